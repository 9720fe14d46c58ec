#include "syntax/mount.h"

#include <string.h>

#include "base/buf.h"
#include "syntax/instruction.h"
#include "syntax/slice.h"

enum kind {
	KIND_ANY,
	KIND_BOOL,
	KIND_MODE,
	KIND_NUMBER,
	KIND_SHARING,
	KIND_TYPE,
};

/* What a field of a mount may hold. */
struct key {
	const char *name;
	enum kind kind;
	bool takes_none; /* its name alone is enough */
};

static const struct key keys[] = {
	{ "destination", KIND_ANY, false }, { "dst", KIND_ANY, false },
	{ "env", KIND_ANY, false },         { "from", KIND_ANY, false },
	{ "gid", KIND_NUMBER, false },      { "id", KIND_ANY, false },
	{ "mode", KIND_MODE, false },       { "readonly", KIND_BOOL, true },
	{ "readwrite", KIND_BOOL, true },   { "required", KIND_BOOL, true },
	{ "ro", KIND_BOOL, true },          { "rw", KIND_BOOL, true },
	{ "sharing", KIND_SHARING, false }, { "size", KIND_ANY, false },
	{ "source", KIND_ANY, false },      { "src", KIND_ANY, false },
	{ "target", KIND_ANY, false },      { "type", KIND_TYPE, false },
	{ "uid", KIND_NUMBER, false },
};

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

static const struct key *find_key(struct text name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (slice_is_like(name, keys[i].name))
			return &keys[i];
	return NULL;
}

static bool is_one_of(struct text value, const char *const *words)
{
	for (; *words; words++)
		if (slice_is_like(value, *words))
			return true;
	return false;
}

static bool is_of_kind(enum kind kind, struct text value)
{
	static const char *const booleans[] = { "0", "1", "f", "false", "t", "true", NULL };
	static const char *const sharings[] = { "locked", "private", "shared", NULL };
	static const char *const types[] = { "bind", "cache", "secret", "ssh", "tmpfs", NULL };

	switch (kind) {
	case KIND_BOOL:
		return is_one_of(value, booleans);
	case KIND_MODE:
		return value.length > 0 && slice_is_made_of(value, "01234567");
	case KIND_NUMBER:
		return value.length > 0 && slice_is_made_of(value, "0123456789");
	case KIND_SHARING:
		return is_one_of(value, sharings);
	case KIND_TYPE:
		return is_one_of(value, types);
	default:
		return true;
	}
}

static const char *fault_of_field(struct words *words, const struct key *key, struct text value)
{
	struct text result = { 0 };

	if (!words_expand(words, &result, value)) {
		if (words->wants_value)
			return NULL;
		return arena_printf(words->arena, "'%s' of the flag '--mount' is refused: %s",
				    instruction_shown(words->arena, value), words->error);
	}
	if (has_variable(value) || is_of_kind(key->kind, result))
		return NULL;
	return arena_printf(words->arena, "'%s' of the flag '--mount' cannot be '%s'", key->name,
			    instruction_shown(words->arena, result));
}

const char *mount_fault(struct words *words, struct text mount)
{
	const char *fault = NULL;

	for (bool more = true; more && !fault;) {
		struct text field = { 0 };
		const struct key *key = NULL;
		size_t end = 0;

		if (!read_field(&field, words->arena, &mount))
			return NULL;
		end = slice_find(field, '=');
		key = find_key(slice_upto(field, end));
		if (!key)
			fault = arena_printf(
				words->arena, "the flag '--mount' has no '%s'",
				instruction_shown(words->arena, slice_upto(field, end)));
		else if (end < field.length)
			fault = fault_of_field(words, key, slice_from(field, end + 1));
		else if (!key->takes_none)
			fault = arena_printf(words->arena,
					     "'%s' of the flag '--mount' has no value", key->name);
		more = mount.length > 0;
		mount = slice_from(mount, more);
	}
	return fault;
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
