#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "git/refs_files.h"
#include "tests/support/grammar.h"
#include "tests/support/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const loose[] = { "refs/heads/a", "refs/heads/b/c", "refs/tags/a" };

/* Each name once, and an id that stands in one of the files. */
static void check(const struct refs *refs, struct arena *arena, struct text all)
{
	struct map seen = { 0 };
	char hex[GIT_OID_HEXSZ + 1];

	vec_each (const struct ref *, ref, refs) {
		require(!map_get(&seen, ref->name), "a ref is there once");
		map_put(&seen, arena, ref->name, &seen);
		require(strncmp(ref->name, "refs/", 5) == 0, "a name of a ref");
		git_oid_tostr(hex, sizeof(hex), &ref->id);
		require(memmem(all.bytes, all.length, hex, GIT_OID_HEXSZ) != NULL, "an id");
	}
}

/* Three loose refs, then packed-refs. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct repository repository = { .arena = &arena, .common_dir = scratch_directory() };
	struct text all = { (const char *)data, size }, rest = all;
	struct refs refs = { 0 };

	for (size_t i = 0; i < sizeof(loose) / sizeof(loose[0]); i++) {
		const char *content = next_part(&arena, &rest);

		scratch_remove(loose[i]);
		if (*content)
			scratch_write(loose[i], (struct text){ content, strlen(content) });
	}
	scratch_write("packed-refs", rest);
	if (refs_read_files(&refs, &repository) == 0)
		check(&refs, &arena, all);
	arena_release(&arena);
	return 0;
}
