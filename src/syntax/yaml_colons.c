#include "syntax/yaml_colons.h"

#include <string.h>

bool yaml_colons_note(struct yaml_colons *colons, struct text text, size_t at)
{
	if (colons->count == MAX_YAML_COLONS || at + 1 >= text.length || text.bytes[at] != ':' ||
	    !strchr(",]}", text.bytes[at + 1]) || !text.bytes[at + 1])
		return false;
	colons->at[colons->count++] = at;
	return true;
}

struct text yaml_colons_hide(const struct yaml_colons *colons, struct arena *arena,
			     struct text text)
{
	char *copy = NULL;

	if (colons->count == 0)
		return text;
	copy = arena_copy(arena, text.bytes, text.length);
	for (unsigned i = 0; i < colons->count; i++)
		copy[colons->at[i]] = '_';
	return (struct text){ copy, text.length };
}

void yaml_colons_show(const struct yaml_colons *colons, char *word, size_t length, size_t end)
{
	for (unsigned i = 0; i < colons->count; i++)
		if (length > 0 && colons->at[i] + 1 == end)
			word[length - 1] = ':';
}
