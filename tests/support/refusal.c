#include "tests/support/refusal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/dockerfile.h"
#include "model/stages.h"

void expect_refusal(const char *expected, const char *before, const char *line, const char *after)
{
	struct arena arena = { 0 };
	struct dockerfile file = { 0 };
	const char *text = arena_printf(&arena, "%s%s%s", before, line, after);

	dockerfile_read(&file, &arena, (struct text){ text, strlen(text) });
	if (expected)
		assert_string_equal(file.error ? file.error : line, expected);
	else if (file.error)
		fail_msg("'%s': %s", line, file.error);
	arena_release(&arena);
}
