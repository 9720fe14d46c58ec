#include <stdint.h>

#include "model/dockerfile.h"
#include "model/stages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every stage of a file is read; spans and indexes must stay inside it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };
	struct build build = { .target = "a" };

	dockerfile_read(&file, &arena,
			(struct text){ arena_copy(&arena, (const char *)data, size), size });
	vec_each (const struct stage *, stage, &file.stages) {
		if (stage->parent >= stage->index || stage->end_line < stage->start_line)
			__builtin_trap();
		vec_each (const struct stage_source *, source, &stage->sources)
			if (source->stage >= (int)file.stages.count)
				__builtin_trap();
	}
	*vec_add(&arena, &build.arguments) = (struct argument){ "a", "b" };
	dockerfile_for_build(&file, &arena, &build);
	dockerfile_nearest(&file, "a");
	arena_release(&arena);
	return 0;
}
