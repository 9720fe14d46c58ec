#include "merge/scalar.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* A value and what stands around it on its line. */
struct found {
	struct text file;
	size_t start, end; /* of the value, its quotes included */
	size_t line;       /* where its line begins */
	char quote;        /* '\0': none */
};

static bool find(const struct scalars *scalars, struct found *found, struct place place)
{
	const struct span *span = &place.span;
	char first = '\0';

	if (!place.path || !span->column || span->line != span->end_line)
		return false;
	*found = (struct found){ .file = project_text(scalars->project, place.path) };
	found->line = text_offset(found->file, span->line, 1);
	found->start = text_offset(found->file, span->line, span->column);
	found->end = text_offset(found->file, span->line, span->end_column + 1);
	if (found->start >= found->end || found->end > found->file.length)
		return false;
	first = found->file.bytes[found->start];
	found->quote = first == '"' || first == '\'' ? first : '\0';
	return first != '&' && first != '!' && first != '*' && first != '|' && first != '>';
}

/* Where the key before the value stands, without its quotes. False where it is another one. */
static bool find_key(const struct found *found, const char *key, size_t *start)
{
	const char *bytes = found->file.bytes;
	size_t at = found->start, length = strlen(key);

	while (at > found->line && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t'))
		at--;
	if (at == found->line || bytes[--at] != ':')
		return false;
	while (at > found->line && bytes[at - 1] == ' ')
		at--;
	if (at > found->line && (bytes[at - 1] == '"' || bytes[at - 1] == '\''))
		at--;
	if (at < found->line + length || memcmp(bytes + at - length, key, length) != 0)
		return false;
	*start = at - length;
	return true;
}

static bool is_quoted_key(const struct found *found, size_t key)
{
	return key > found->line &&
	       (found->file.bytes[key - 1] == '"' || found->file.bytes[key - 1] == '\'');
}

/* Is there nothing before it on its line? */
static bool is_block(const struct found *found, size_t key)
{
	for (size_t at = found->line; at < key; at++)
		if (found->file.bytes[at] != ' ')
			return false;
	return true;
}

static bool is_plain(const char *value)
{
	static const char *const words[] = { "true", "false", "null", "yes", "no", "on", "off" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(value, words[i]) == 0)
			return false;
	return strspn(value, "0123456789") == 0 || strchr(value, '/');
}

/* The value as it is written; NULL where it cannot be written so. */
static const char *written(struct arena *arena, const char *value, char quote)
{
	static const char safe[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";

	if (!*value || strspn(value, safe) != strlen(value))
		return NULL;
	if (!quote && (!is_plain(value) || *value == '-'))
		quote = '"';
	return quote ? arena_printf(arena, "%c%s%c", quote, value, quote) : value;
}

/* Two changes of the same bytes are one where they say the same. */
static bool change(struct scalars *scalars, struct change_of_text wanted)
{
	vec_each (const struct change_of_text *, one, &scalars->changes) {
		if (strcmp(one->path, wanted.path) != 0)
			continue;
		if (one->start == wanted.start && one->end == wanted.end && one->start < one->end)
			return strcmp(one->text, wanted.text) == 0;
		if (one->start < wanted.end && wanted.start < one->end)
			return false;
	}
	*vec_add(scalars->arena, &scalars->changes) = wanted;
	return true;
}

/* What is put in at a place, behind what was put there before; the same only once. */
static bool insert(struct scalars *scalars, const char *path, size_t at, const char *text)
{
	vec_each (struct change_of_text *, one, &scalars->changes) {
		if (one->start != at || one->end != at || strcmp(one->path, path) != 0)
			continue;
		if (!strstr(one->text, text))
			one->text = arena_printf(scalars->arena, "%s%s", one->text, text);
		return true;
	}
	*vec_add(scalars->arena, &scalars->changes) = (struct change_of_text){ path, at, at, text };
	return true;
}

bool scalar_set(struct scalars *scalars, struct place place, const char *value)
{
	struct found found;
	const char *text = NULL;

	if (!find(scalars, &found, place))
		return false;
	text = written(scalars->arena, value, found.quote);
	return text &&
	       change(scalars, (struct change_of_text){ place.path, found.start, found.end, text });
}

bool scalar_rename(struct scalars *scalars, struct place place, const char *key, const char *now)
{
	struct found found;
	size_t start = 0;

	return find(scalars, &found, place) && find_key(&found, key, &start) &&
	       change(scalars,
		      (struct change_of_text){ place.path, start, start + strlen(key), now });
}

/* The rest of a line with nothing but this on it: all of it, or up to a comment. */
static void widen_line(const struct found *found, size_t *start, size_t *end)
{
	const struct text *file = &found->file;
	size_t at = *end;

	while (at < file->length && (file->bytes[at] == ' ' || file->bytes[at] == '\t'))
		at++;
	if (at < file->length && file->bytes[at] == '#') {
		*end = at;
		return;
	}
	*start = found->line;
	at += at < file->length && file->bytes[at] == '\r';
	*end = at + (at < file->length && file->bytes[at] == '\n');
}

/* An item of a mapping in braces goes with the comma behind or before it. */
static void widen_item(const struct found *found, size_t *start, size_t *end)
{
	const char *bytes = found->file.bytes;
	size_t at = *end;

	while (at < found->file.length && bytes[at] == ' ')
		at++;
	if (at < found->file.length && bytes[at] == ',') {
		for (at++; at < found->file.length && bytes[at] == ' ';)
			at++;
		*end = at;
		return;
	}
	for (at = *start; at > found->line && bytes[at - 1] == ' ';)
		at--;
	if (at > found->line && bytes[at - 1] == ',')
		*start = at - 1;
}

bool scalar_drop(struct scalars *scalars, struct place place, const char *key)
{
	struct found found;
	size_t start = 0, end = 0;

	if (!find(scalars, &found, place) || !find_key(&found, key, &start))
		return false;
	end = found.end;
	start -= is_quoted_key(&found, start);
	if (is_block(&found, start))
		widen_line(&found, &start, &end);
	else
		widen_item(&found, &start, &end);
	return change(scalars, (struct change_of_text){ place.path, start, end, "" });
}

/* "build: DIRECTORY" becomes "build: {context: DIRECTORY, KEY: VALUE}". */
static bool add_to_string(struct scalars *scalars, struct place place, const struct found *found,
			  const char *item)
{
	const char *bytes = found->file.bytes + found->start;
	size_t length = found->end - found->start;

	if (!found->quote && strcspn(bytes, ",[]{}#&*!|>%@`\"'") < length)
		return false;
	insert(scalars, place.path, found->start, "{context: ");
	vec_each (struct change_of_text *, one, &scalars->changes) {
		size_t end = strlen(one->text);

		if (one->start != found->end || one->end != found->end ||
		    strcmp(one->path, place.path) != 0)
			continue;
		one->text =
			arena_printf(scalars->arena, "%.*s, %s}", (int)(end - 1), one->text, item);
		return true;
	}
	return insert(scalars, place.path, found->end, arena_printf(scalars->arena, ", %s}", item));
}

/* On a line of its own, below that of the value. */
static bool add_line(struct scalars *scalars, struct place place, const struct found *found,
		     size_t key, const char *item)
{
	size_t at = found->end;
	bool is_returned = false;

	while (at < found->file.length && found->file.bytes[at] != '\n')
		at++;
	is_returned = at > found->end && found->file.bytes[at - 1] == '\r';
	return insert(scalars, place.path, at - is_returned,
		      arena_printf(scalars->arena, "%s%*s%s", is_returned ? "\r\n" : "\n",
				   (int)(key - found->line), "", item));
}

bool scalar_add(struct scalars *scalars, struct place place, const char *key, const char *value)
{
	static const char *const keys[] = { "context", "dockerfile", "target" };
	const char *text = NULL, *item = NULL;
	struct found found;
	size_t start = 0;

	if (!find(scalars, &found, place))
		return false;
	text = written(scalars->arena, value, found.quote);
	if (!text)
		return false;
	item = arena_printf(scalars->arena, "%s: %s", key, text);
	if (find_key(&found, "build", &start))
		return add_to_string(scalars, place, &found, item);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!find_key(&found, keys[i], &start))
			continue;
		start -= is_quoted_key(&found, start);
		if (is_block(&found, start))
			return add_line(scalars, place, &found, start, item);
		return insert(scalars, place.path, found.end,
			      arena_printf(scalars->arena, ", %s", item));
	}
	return false;
}

void scalars_paths(const struct scalars *scalars, struct strings *paths)
{
	struct map seen = { 0 };

	vec_each (const struct change_of_text *, one, &scalars->changes) {
		if (map_get(&seen, one->path))
			continue;
		map_put(&seen, scalars->arena, one->path, &seen);
		*vec_add(scalars->arena, paths) = one->path;
	}
}

static int by_start(const void *left, const void *right)
{
	const struct change_of_text *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

struct text scalars_text(struct scalars *scalars, const char *path)
{
	struct text before = project_text(scalars->project, path), after = { 0 };
	struct buf out = { 0 };
	size_t at = 0;

	vec_sort(&scalars->changes, by_start);
	vec_each (const struct change_of_text *, one, &scalars->changes) {
		if (strcmp(one->path, path) != 0)
			continue;
		buf_addn(&out, before.bytes + at, one->start - at);
		buf_add(&out, one->text);
		at = one->end;
	}
	buf_addn(&out, before.bytes + at, before.length - at);
	after.length = out.length;
	after.bytes = arena_copy(scalars->arena, buf_text(&out), out.length);
	buf_release(&out);
	return after;
}
