#include "syntax/exec_form.h"

#include "syntax/json.h"
#include "syntax/slice.h"

/* The elements of an array whose '[' is read. Anything but a string is left out. */
static bool read_elements(struct json *json, struct texts *strings, struct arena *arena,
			  bool *mixed)
{
	struct text body = { 0 };

	if (json_take(json, ']'))
		return true;
	do {
		if (json_take_string(json, &body)) {
			if (strings)
				*vec_add(arena, strings) = json_decode(arena, body);
			continue;
		}
		*mixed = true;
		if (!json_take_value(json))
			return false;
	} while (json_take(json, ','));
	return json_take(json, ']');
}

enum exec_form exec_form_read(struct texts *strings, struct arena *arena, struct text text)
{
	struct json json;
	bool mixed = false;

	/* Most are of the other form. */
	text = slice_trim_start(text);
	if (!slice_starts(text, "["))
		return EXEC_NONE;
	json.rest = slice_from(text, 1);
	json.depth = 0;
	if (!read_elements(&json, strings, arena, &mixed) || !json_at_end(&json))
		return EXEC_NONE;
	return mixed ? EXEC_MIXED : EXEC_STRINGS;
}
