#include <stdint.h>
#include <string.h>

#include "syntax/dotenv.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *lookup(void *variables, const char *name)
{
	(void)variables;
	return strcmp(name, "A") == 0 ? "a" : NULL;
}

/* What is read says where it stopped, and why, or has no error. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct dotenv file = { 0 };
	struct text text = { arena_copy(&arena, (const char *)data, size), size };

	dotenv_read(&file, &arena, text, lookup, NULL);
	if (file.error && !memchr(text.bytes, '\0', size))
		require(file.line > 0 && file.line <= text_line_at(text, size), "a line of it");
	else
		require(file.line == 0, "no line of no error");
	require(file.values.count <= size, "no more variables than bytes");
	arena_release(&arena);
	return 0;
}
