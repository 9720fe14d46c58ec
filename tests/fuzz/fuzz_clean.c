#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct text text_of(const char *string)
{
	return (struct text){ string, strlen(string) };
}

/* A text for a terminal, and one for a push: harmless, and nothing is left to be cleaned. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);
	const char *valid = utf8_replace(&arena, text);

	for (int ascii = 0; ascii < 2; ascii++) {
		const char *clean = utf8_clean(&arena, text, ascii);

		require_harmless(text_of(clean), "");
		require(!strchr(clean, '\n'), "one line");
		require_same(utf8_clean(&arena, clean, ascii), clean);
		for (const char *at = clean; ascii && *at; at++)
			require(*at >= ' ' && *at <= '~', "ASCII");
	}
	require(utf8_is_valid(valid, strlen(valid)), "valid when replaced");
	require_same(utf8_replace(&arena, valid), valid);
	require(utf8_count(valid, strlen(valid)) == utf8_count(text, strlen(text)), "as many");
	require(utf8_is_valid(text, strlen(text)) == (strcmp(text, valid) == 0), "valid as it is");
	arena_release(&arena);
	return 0;
}
