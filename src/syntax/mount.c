#include "syntax/mount.h"

#include <string.h>

#include "syntax/csv.h"
#include "syntax/instruction.h"
#include "syntax/slice.h"

enum kind {
	KIND_ANY,
	KIND_BOOL,
	KIND_MODE,
	KIND_NUMBER,
	KIND_SHARING,
	KIND_SIZE,
	KIND_TYPE,
};

/* The types of a mount, to be joined; all of them where a variable says which. */
enum type {
	BIND = 1,
	CACHE = 2,
	SECRET = 4,
	SSH = 8,
	TMPFS = 16,
	ANY = BIND | CACHE | SECRET | SSH | TMPFS,
};

static const struct {
	const char *name;
	enum type type;
} types[] = {
	{ "bind", BIND }, { "cache", CACHE }, { "secret", SECRET },
	{ "ssh", SSH },   { "tmpfs", TMPFS },
};

#define TYPE_COUNT (sizeof(types) / sizeof(types[0]))

/* What a field of a mount may hold. */
struct key {
	const char *name;
	enum kind kind;
	bool takes_none; /* its name alone is enough */
	enum type types; /* that take it */
	bool at_once;    /* so the type must stand before it */
};

static const struct key keys[] = {
	{ "destination", .types = ANY },
	{ "dst", .types = ANY },
	{ "env", .types = ANY },
	{ "from", .types = ANY & ~SECRET },
	{ "gid", KIND_NUMBER, .types = CACHE | SECRET | SSH },
	{ "id", .types = ANY },
	{ "mode", KIND_MODE, .types = CACHE | SECRET | SSH },
	{ "readonly", KIND_BOOL, .takes_none = true, .types = ANY },
	{ "readwrite", KIND_BOOL, .takes_none = true, .types = ANY },
	{ "required", KIND_BOOL, .takes_none = true, .types = SECRET | SSH, .at_once = true },
	{ "ro", KIND_BOOL, .takes_none = true, .types = ANY },
	{ "rw", KIND_BOOL, .takes_none = true, .types = ANY },
	{ "sharing", KIND_SHARING, .types = CACHE },
	{ "size", KIND_SIZE, .types = TMPFS, .at_once = true },
	{ "source", .types = ANY & ~SSH },
	{ "src", .types = ANY & ~SSH },
	{ "target", .types = ANY },
	{ "type", KIND_TYPE, .types = ANY },
	{ "uid", KIND_NUMBER, .types = CACHE | SECRET | SSH },
};

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

enum value {
	NO_VALUE,
	OPEN_VALUE, /* variables may leave it empty */
	VALUE,
};

/* What the fields of a mount have said. */
struct mount {
	struct words *words;
	enum type type;
	enum value values[KEY_COUNT];
};

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

		if (!csv_field(&field, arena, &mount))
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
	for (size_t i = 0; i < KEY_COUNT; i++)
		if (slice_is_like(name, keys[i].name))
			return &keys[i];
	return NULL;
}

/* The type of that name; 0: there is none. */
static enum type find_type(struct text name)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (slice_is_like(name, types[i].name))
			return types[i].type;
	return 0;
}

static bool is_one_of(struct text value, const char *const *words)
{
	for (; *words; words++)
		if (slice_is_like(value, *words))
			return true;
	return false;
}

/* A number and its unit; the number is taken as it is. */
static bool is_size(struct text value)
{
	static const char *const units[] = {
		"",   "b",   "k", "kb", "kib", "m", "mb", "mib", "g",
		"gb", "gib", "t", "tb", "tib", "p", "pb", "pib", NULL
	};
	size_t end = value.length;

	while (end > 0 &&
	       !slice_is_made_of((struct text){ value.bytes + end - 1, 1 }, "0123456789. "))
		end--;
	return end > 0 && *value.bytes != '-' && is_one_of(slice_from(value, end), units);
}

static bool is_of_kind(enum kind kind, struct text value)
{
	static const char *const booleans[] = { "0", "1", "f", "false", "t", "true", NULL };
	static const char *const sharings[] = { "locked", "private", "shared", NULL };

	switch (kind) {
	case KIND_BOOL:
		return is_one_of(value, booleans);
	case KIND_MODE:
		return value.length > 0 && slice_is_made_of(value, "01234567");
	case KIND_NUMBER:
		return value.length > 0 && slice_is_made_of(value, "0123456789");
	case KIND_SHARING:
		return is_one_of(value, sharings);
	case KIND_SIZE:
		return is_size(value);
	case KIND_TYPE:
		return find_type(value);
	default:
		return true;
	}
}

static const char *fault_of_value(struct mount *mount, const struct key *key, struct text value)
{
	struct words *words = mount->words;
	bool is_fixed = !has_variable(value);
	struct text result = { 0 };

	if (!words_expand(words, &result, value)) {
		if (words->wants_value)
			return NULL;
		return arena_printf(words->arena, "'%s' of the flag '--mount' is refused: %s",
				    instruction_shown(words->arena, value), words->error);
	}
	if (key->kind != KIND_ANY || (is_fixed && result.length > 0))
		mount->values[key - keys] = VALUE;
	else if (!is_fixed)
		mount->values[key - keys] = OPEN_VALUE;
	if (is_fixed && !is_of_kind(key->kind, result))
		return arena_printf(words->arena, "'%s' of the flag '--mount' cannot be '%s'",
				    key->name, instruction_shown(words->arena, result));
	if (key->kind == KIND_TYPE)
		mount->type = is_fixed ? find_type(result) : ANY;
	return NULL;
}

static const char *fault_of_key(const struct mount *mount, const struct key *key)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (mount->type == types[i].type && !(key->types & mount->type))
			return arena_printf(mount->words->arena,
					    "the flag '--mount' takes no '%s' while its type is "
					    "'%s'",
					    key->name, types[i].name);
	return NULL;
}

static const char *fault_of_field(struct mount *mount, struct text field)
{
	struct arena *arena = mount->words->arena;
	size_t end = slice_find(field, '=');
	const struct key *key = find_key(slice_upto(field, end));
	const char *fault = NULL;

	if (!key)
		return arena_printf(arena, "the flag '--mount' has no '%s'",
				    instruction_shown(arena, slice_upto(field, end)));
	if (end == field.length && !key->takes_none)
		return arena_printf(arena, "'%s' of the flag '--mount' has no value", key->name);
	if (key->at_once)
		fault = fault_of_key(mount, key);
	if (!fault && end < field.length)
		fault = fault_of_value(mount, key, slice_from(field, end + 1));
	return fault;
}

/* Of a field or of its short name, whichever says more. */
static enum value value_of(const struct mount *mount, const char *name, const char *short_name)
{
	enum value value = mount->values[find_key((struct text){ name, strlen(name) }) - keys];

	return value || !short_name ? value : value_of(mount, short_name, NULL);
}

static const char *fault_of_secret(const struct mount *mount)
{
	enum value id = value_of(mount, "id", NULL);
	enum value source = value_of(mount, "source", "src");

	if (id == VALUE && source == VALUE)
		return "a secret of the flag '--mount' takes 'id' or 'source', not both";
	if (!id && !source && !value_of(mount, "target", "dst") &&
	    !value_of(mount, "destination", NULL))
		return "a secret of the flag '--mount' wants an 'id'";
	return NULL;
}

/* What is wrong with all of its fields together. */
static const char *fault_of_mount(const struct mount *mount)
{
	const char *fault = NULL;

	for (size_t i = 0; i < KEY_COUNT && !fault; i++)
		if (mount->values[i] == VALUE && !keys[i].at_once)
			fault = fault_of_key(mount, &keys[i]);
	if (!fault && mount->type == SECRET)
		fault = fault_of_secret(mount);
	return fault;
}

const char *mount_fault(struct words *words, struct text text)
{
	struct mount mount = { .words = words, .type = BIND };
	const char *fault = NULL;

	for (bool more = true; more && !fault;) {
		struct text field = { 0 };

		if (!csv_field(&field, words->arena, &text))
			return NULL;
		fault = fault_of_field(&mount, field);
		more = text.length > 0;
		text = slice_from(text, more);
	}
	return fault ? fault : fault_of_mount(&mount);
}

const char *device_check(struct arena *arena, struct text device)
{
	struct text field = { 0 };
	bool named = false;

	if (device.length == 0)
		return "RUN wants a value for the flag '--device'";
	for (bool more = true; more;) {
		size_t end = 0;

		if (!csv_field(&field, arena, &device))
			return "a value of the flag '--device' has a quote in the wrong place";
		end = slice_find(field, '=');
		if (!slice_is_like(slice_upto(field, end), "required")) {
			if (named)
				return "the flag '--device' names two devices";
			named = true;
		} else if (end < field.length &&
			   !is_of_kind(KIND_BOOL, slice_from(field, end + 1))) {
			return "'required' of the flag '--device' takes 'true' or 'false'";
		}
		more = device.length > 0;
		device = slice_from(device, more);
	}
	return NULL;
}
