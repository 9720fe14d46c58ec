#include "merge/sighting.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "syntax/slice.h"

static bool is_name_part(char character)
{
	return isalnum((unsigned char)character) || character == '_';
}

static bool is_path_part(char character)
{
	return is_name_part(character) || (character && strchr("./-+@~", character));
}

/* Behind a name nothing may stand that makes it another one. */
static bool ends_there(const struct sighting *seen)
{
	const struct text *line = &seen->line;
	size_t at = seen->end;

	if (at == line->length)
		return true;
	if (line->bytes[at] == '.' || line->bytes[at] == '-')
		return at + 1 == line->length || !is_name_part(line->bytes[at + 1]);
	return !is_name_part(line->bytes[at]);
}

static bool begins_there(const struct sighting *seen)
{
	return seen->start == 0 || !is_path_part(seen->line.bytes[seen->start - 1]) ||
	       seen->line.bytes[seen->start - 1] == '/';
}

/* Does what follows come of a variable, a choice or a format? */
static bool is_made_up_behind(const struct sighting *seen)
{
	struct text rest = slice_from(seen->line, seen->end);
	bool is_parted = strchr(".-_", seen->line.bytes[seen->end - 1]) != NULL;

	if (rest.length == 0)
		return false;
	if (is_parted)
		return strchr("$%{<`", *rest.bytes) != NULL;
	return *rest.bytes == '{' || (rest.length > 1 && *rest.bytes == '$' &&
				      (is_name_part(rest.bytes[1]) || strchr("{(", rest.bytes[1])));
}

/* "}/", ")/" or "$NAME/" before it. */
static bool is_made_up_before(const struct sighting *seen)
{
	const char *bytes = seen->line.bytes;
	size_t at = seen->start;

	if (at > 0 && strchr("})>`", bytes[at - 1]))
		return true;
	while (at > 0 && is_name_part(bytes[at - 1]))
		at--;
	return at > 0 && at < seen->start && strchr("$%", bytes[at - 1]);
}

/* Where the last component of a path begins. */
static size_t last_component(struct text path)
{
	size_t at = path.length;

	while (at > 0 && path.bytes[at - 1] != '/')
		at--;
	return at;
}

/* Can both be the same file, seen from different places? */
static bool may_be(struct text said, struct text path)
{
	while (said.length > 0 && path.length > 0) {
		struct text one = slice_from(said, last_component(said));
		struct text other = slice_from(path, last_component(path));

		if (slice_is(one, ".") || slice_is(one, ".."))
			return true;
		if (!slice_equals(one, other))
			return false;
		said.length -= one.length + (said.length > one.length);
		path.length -= other.length + (path.length > other.length);
	}
	return true;
}

/* Is it the path of another file, one that is there still? 0, 1, or -1. */
static int is_another(struct sought *sought, const char *from, const char *said)
{
	struct entry entry = { 0 };

	said = strchr(said, '/') ? path_normalise(sought->arena, from, said) : NULL;
	if (!said || strcmp(said, sought->kept) == 0)
		return 0;
	if (snapshot_find(sought->snapshot, &entry, said) < 0)
		return -1;
	return entry.kind == ENTRY_FILE;
}

/* Is the path that stands there that of the variant? 0, 1, or -1. */
static int is_path_of(struct sought *sought, const struct sighting *seen,
		      const struct wanted *wanted)
{
	const char *bytes = seen->line.bytes;
	struct text said = { bytes + seen->start, seen->end - seen->start };
	struct text path = { wanted->path, strlen(wanted->path) };
	const char *text = NULL;
	int other = 0;

	while (said.bytes > bytes && is_path_part(said.bytes[-1])) {
		said.bytes--;
		said.length++;
	}
	if (said.bytes > bytes && strchr("$})%>`*?]", said.bytes[-1]))
		return 1;
	if (wanted->kind == WANT_DIRECTORY)
		path = slice_upto(path, last_component(path) - 1);
	if (!may_be(said, path))
		return 0;
	text = slice_string(sought->arena, said);
	other = is_another(sought, ".", text);
	if (!other)
		other = is_another(sought, path_directory(sought->arena, seen->path), text);
	return other < 0 ? -1 : !other;
}

int sighting_is_meant(struct sought *sought, const struct sighting *seen,
		      const struct wanted *wanted)
{
	if (wanted->kind == WANT_BEGINNING)
		return begins_there(seen) && is_made_up_behind(seen);
	if (wanted->kind == WANT_END)
		return ends_there(seen) && is_made_up_before(seen);
	if (!begins_there(seen) || !ends_there(seen))
		return 0;
	if (wanted->kind == WANT_DIRECTORY && !slice_holds_like(seen->line, "docker") &&
	    !slice_holds_like(seen->line, "context") && !slice_holds_like(seen->line, "build"))
		return 0;
	if (wanted->kind == WANT_DIRECTORY && seen->end + 1 < seen->line.length &&
	    seen->line.bytes[seen->end] == '/' && is_path_part(seen->line.bytes[seen->end + 1]))
		return 0;
	return is_path_of(sought, seen, wanted);
}
