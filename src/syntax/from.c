#include "syntax/from.h"

#include "syntax/slice.h"

/* In any case: that of Go, to which the long s is an s. */
static bool is_as(struct text word)
{
	return slice_is_like(word, "as") || slice_is_like(word, "a\xC5\xBF");
}

/* ^[a-z][a-z0-9-_.]*$ once in lower case */
static bool is_name(struct arena *arena, struct text written)
{
	const char *name = slice_lower(arena, written);
	size_t i = 0;

	for (; name[i]; i++) {
		bool is_letter = name[i] >= 'a' && name[i] <= 'z';
		bool is_more = (name[i] >= '0' && name[i] <= '9') || name[i] == '-' ||
			       name[i] == '_' || name[i] == '.';

		if (!is_letter && !(is_more && i > 0))
			return false;
	}
	return i > 0 && slice_find(written, '\0') == written.length;
}

const char *from_read(struct from *from, struct arena *arena, const struct instruction *instruction)
{
	struct text rest = instruction->arguments, as = { 0 };

	*from = (struct from){ 0 };
	slice_word(&from->base, &rest);
	if (slice_word(&as, &rest))
		slice_word(&from->name, &rest);
	if (from->base.length == 0 || rest.length > 0 ||
	    (as.length > 0 && (from->name.length == 0 || !is_as(as))))
		return "FROM wants an image or a stage, or these and 'AS' with a name";
	if (from->name.length > 0 && !is_name(arena, from->name)) {
		from->bad_name = true;
		return arena_printf(arena, "'%s' is no name for a stage",
				    instruction_shown(arena, from->name));
	}
	return flags_check(&instruction->extras->flags, arena, instruction->keyword);
}
