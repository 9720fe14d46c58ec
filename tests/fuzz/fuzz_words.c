#include <stdint.h>

#include "syntax/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte picks the settings, the rest is the word. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char value[] = "a.b-c.a";
	struct arena arena = { 0 };
	struct map values = { 0 };
	struct words words = { .arena = &arena, .values = &values, .limit = 1u << 14 };
	struct texts list = { 0 };
	struct text word = { 0 }, result = { 0 };

	if (size == 0)
		return 0;
	map_put(&values, &arena, "a", value);
	words.escape = *data & 1 ? '`' : '\\';
	words.raw_quotes = *data & 2;
	words.raw_escapes = *data & 4;
	words.keep_unset = *data & 8;
	word.length = size - 1;
	word.bytes = arena_copy(&arena, (const char *)data + 1, word.length);
	if (words_expand(&words, &result, word) == (words.error != NULL))
		__builtin_trap();
	words_split(&words, &list, word);
	arena_release(&arena);
	return 0;
}
