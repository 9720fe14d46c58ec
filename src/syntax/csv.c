#include "syntax/csv.h"

#include "base/buf.h"
#include "syntax/slice.h"

/* A quoted field, whose first quote is read: "" in it is one quote. False: it does not end well. */
static bool read_quoted(struct text *field, struct arena *arena, struct text *rest)
{
	struct buf out = { 0 };
	bool ended = false;

	while (rest->length && !ended) {
		size_t end = slice_find(*rest, '"');

		buf_addn(&out, rest->bytes, end);
		if (end == rest->length)
			break;
		*rest = slice_from(*rest, end + 1);
		ended = !slice_starts(*rest, "\"");
		if (!ended) {
			buf_addc(&out, '"');
			*rest = slice_from(*rest, 1);
		}
	}
	field->length = out.length;
	field->bytes = arena_copy(arena, buf_text(&out), out.length);
	buf_release(&out);
	return ended && (!rest->length || *rest->bytes == ',');
}

bool csv_field(struct text *field, struct arena *arena, struct text *rest)
{
	size_t end = 0;

	if (slice_starts(*rest, "\"")) {
		*rest = slice_from(*rest, 1);
		return read_quoted(field, arena, rest);
	}
	end = slice_find(*rest, ',');
	*field = slice_upto(*rest, end);
	*rest = slice_from(*rest, end);
	return slice_find(*field, '"') == field->length;
}
