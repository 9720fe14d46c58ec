#include "syntax/mount.h"

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

/* One field of comma-separated values (Go's encoding/csv); *rest is left at the comma. */
static bool read_field(struct text *field, struct arena *arena, struct text *rest)
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

static bool has_variable(struct text value)
{
	size_t at = slice_find(value, '$');

	return at + 1 < value.length;
}

const char *mount_from(struct text *from, struct arena *arena, struct text mount)
{
	struct text field = { 0 };

	*from = (struct text){ "", 0 };
	if (mount.length == 0)
		return "RUN wants a value for the flag '--mount'";
	for (bool more = true; more;) {
		size_t end = 0;

		if (!read_field(&field, arena, &mount))
			return "a value of the flag '--mount' has a quote in the wrong place";
		end = slice_find(field, '=');
		if (end < field.length && slice_is_like(slice_upto(field, end), "from")) {
			*from = slice_from(field, end + 1);
			if (has_variable(*from))
				return "'from' of the flag '--mount' takes no variable";
		}
		more = mount.length > 0;
		mount = slice_from(mount, more);
	}
	return NULL;
}

const char *device_check(struct arena *arena, struct text device)
{
	struct text field = { 0 };
	bool named = false;

	for (bool more = true; more;) {
		if (!read_field(&field, arena, &device))
			return "a value of the flag '--device' has a quote in the wrong place";
		if (!slice_is_like(slice_upto(field, slice_find(field, '=')), "required")) {
			if (named)
				return "the flag '--device' names two devices";
			named = true;
		}
		more = device.length > 0;
		device = slice_from(device, more);
	}
	return NULL;
}
