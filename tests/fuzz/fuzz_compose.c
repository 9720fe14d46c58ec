#include <stdint.h>
#include <string.h>

#include "model/policy.h"
#include "readers/readers.h"
#include "tests/support/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Parts between NUL bytes are the files of a project. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = { "compose.yml", "compose.override.yml", ".env",
					     "sub/compose.yml", "docker-compose.dev.yml" };
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct project project = { .arena = &arena,
				   .snapshot = memory_snapshot(&arena),
				   .policy = &policy };
	const char *at = (const char *)data, *stop = at + size;

	for (size_t i = 0; at < stop && i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *end = memchr(at, '\0', (size_t)(stop - at));

		end = end ? end : stop;
		memory_file(project.snapshot, paths[i], at, (size_t)(end - at), i != 2);
		at = end + 1;
	}
	reader_compose.read(&project);
	arena_release(&arena);
	return 0;
}
