#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "git/objects.h"
#include "tests/support/grammar.h"
#include "tests/support/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What Git says of other directories with objects, in a file, in that of another, and in the
 * environment: they are opened, or it is a failure. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_ready;
	struct object_store store;
	struct arena arena = { 0 };
	struct text rest = { (const char *)data, size };
	const char *variable = next_part(&arena, &rest);
	const char *other = next_part(&arena, &rest);

	if (!is_ready)
		is_ready = git_libgit2_init() == 1;
	scratch_write("other/info/alternates", (struct text){ other, strlen(other) });
	scratch_write("info/alternates", rest);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", variable, 1);
	if (objects_open(&store, &arena, scratch_directory(), true) < 0)
		require(failure_status() == 3, "a failure says why");
	failure_clear();
	git_odb_free(store.odb);
	arena_release(&arena);
	return 0;
}
