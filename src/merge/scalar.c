#include "merge/scalar.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "merge/scalar_index.h"

/* A value with what it belongs to. */
struct found {
	struct text file;
	const struct yaml *mapping, *key, *value;
	size_t line; /* where the line of the key begins */
};

static const struct scalar_index *index_of(struct scalars *scalars, const char *path)
{
	struct scalar_index *index = map_get(&scalars->files, path);

	if (index)
		return index;
	index = arena_new(scalars->arena, struct scalar_index);
	scalar_index_read(index, scalars->arena, project_text(scalars->project, path));
	map_put(&scalars->files, scalars->arena, path, index);
	return index;
}

/* Only what stands on one line, without an anchor or a tag, is changed. */
static bool is_simple(const struct found *found, const struct span *span)
{
	const char *bytes = found->file.bytes;

	if (span->line != span->end_line || found->value->start >= found->value->end ||
	    strchr("|>", bytes[found->value->start]) || found->key->start < found->line)
		return false;
	for (size_t at = found->key->end; at < found->value->start; at++)
		if (!strchr(": \t", bytes[at]))
			return false;
	return true;
}

static bool find(struct scalars *scalars, struct found *found, struct place place)
{
	const struct located *located = NULL;
	size_t start = 0;

	if (!place.path || !place.span.column)
		return false;
	*found = (struct found){ .file = project_text(scalars->project, place.path) };
	start = text_offset(found->file, place.span.line, place.span.column);
	located = scalar_index_at(index_of(scalars, place.path), start);
	if (!located)
		return false;
	found->mapping = located->mapping;
	found->key = located->key;
	found->value = located->value;
	found->line = text_offset(found->file, place.span.line, 1);
	return is_simple(found, &place.span);
}

static bool is_quoted(const struct found *found, const struct yaml *node)
{
	return strchr("\"'", found->file.bytes[node->start]) != NULL;
}

static bool is_flow(const struct found *found)
{
	return found->file.bytes[found->mapping->start] == '{';
}

/* Is there nothing before its key on the line? */
static bool is_first(const struct found *found)
{
	for (size_t at = found->line; at < found->key->start; at++)
		if (found->file.bytes[at] != ' ')
			return false;
	return true;
}

static bool is_plain(const char *value)
{
	static const char *const words[] = { "true", "false", "null", "yes", "no", "on", "off" };
	static const char safe[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(value, words[i]) == 0)
			return false;
	return strspn(value, safe) == strlen(value) && *value != '-' &&
	       (strspn(value, "0123456789.") == 0 || strchr(value, '/'));
}

/* The value as it is written; NULL where it cannot be written so. */
static const char *written(struct arena *arena, const char *value, char quote)
{
	if (!quote && !is_plain(value))
		quote = '"';
	for (const char *at = value; *at; at++)
		if ((unsigned char)*at < ' ' || strchr("\"'\\$", *at))
			return NULL;
	if (!*value)
		return NULL;
	return quote ? arena_printf(arena, "%c%s%c", quote, value, quote) : value;
}

static char quote_of(const struct found *found)
{
	return is_quoted(found, found->value) ? found->file.bytes[found->value->start] : '\0';
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
	vec_each (const struct change_of_text *, one, &scalars->kept)
		if (strcmp(one->path, wanted.path) == 0 && one->start < wanted.end &&
		    wanted.start < one->end)
			return false;
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

void scalar_keep(struct scalars *scalars, struct place place)
{
	struct text file = { 0 };
	struct change_of_text kept = { .path = place.path };

	if (!place.path || !place.span.column)
		return;
	file = project_text(scalars->project, place.path);
	kept.start = text_offset(file, place.span.line, place.span.column);
	kept.end = text_offset(file, place.span.end_line, place.span.end_column + 1);
	*vec_add(scalars->arena, &scalars->kept) = kept;
}

bool scalar_is_kept(const struct scalars *scalars, struct place place)
{
	size_t start = text_offset(project_text(scalars->project, place.path), place.span.line,
				   place.span.column);

	vec_each (const struct change_of_text *, one, &scalars->kept)
		if (strcmp(one->path, place.path) == 0 && one->start == start)
			return true;
	return false;
}

bool scalar_is_variable(struct scalars *scalars, struct place place)
{
	struct found found;

	return find(scalars, &found, place) && strchr(found.value->value, '$');
}

bool scalar_set(struct scalars *scalars, struct place place, const char *value)
{
	struct found found;
	const char *text = NULL;

	if (!find(scalars, &found, place))
		return false;
	text = written(scalars->arena, value, quote_of(&found));
	return text && change(scalars, (struct change_of_text){ place.path, found.value->start,
								found.value->end, text });
}

bool scalar_rename(struct scalars *scalars, struct place place, const char *key, const char *now)
{
	struct found found;
	size_t quote = 0;

	if (!find(scalars, &found, place) || strcmp(found.key->value, key) != 0 ||
	    yaml_get(found.mapping, now))
		return false;
	quote = is_quoted(&found, found.key);
	return change(scalars, (struct change_of_text){ place.path, found.key->start + quote,
							found.key->end - quote, now });
}

/* The rest of a line with nothing but this on it: all of it, or up to a comment. */
static bool widen_line(const struct found *found, size_t *start, size_t *end)
{
	const struct text *file = &found->file;
	size_t at = *end;

	while (at < file->length && strchr(" \t", file->bytes[at]))
		at++;
	if (at < file->length && file->bytes[at] == '#') {
		*end = at;
		return true;
	}
	at += at < file->length && file->bytes[at] == '\r';
	if (at < file->length && file->bytes[at] != '\n')
		return false;
	*start = found->line;
	*end = at + (at < file->length);
	return true;
}

/* An item of a mapping in braces goes with the comma behind or before it. */
static bool widen_item(const struct found *found, size_t *start, size_t *end)
{
	const char *bytes = found->file.bytes;
	size_t at = *end;

	while (at < found->file.length && bytes[at] == ' ')
		at++;
	if (at < found->file.length && bytes[at] == ',') {
		for (at++; at < found->file.length && bytes[at] == ' ';)
			at++;
		*end = at;
		if (is_first(found))
			(void)widen_line(found, start, end);
		return true;
	}
	for (at = *start; strchr(" \t\r\n", bytes[at - 1]);)
		at--;
	if (bytes[at - 1] == ',')
		*start = at - 1;
	return strchr(",{", bytes[at - 1]) != NULL;
}

bool scalar_drop(struct scalars *scalars, struct place place, const char *key)
{
	struct found found;
	size_t start = 0, end = 0;
	bool is_cut = false;

	if (!find(scalars, &found, place) || strcmp(found.key->value, key) != 0)
		return false;
	start = found.key->start;
	end = found.value->end;
	if (is_flow(&found))
		is_cut = widen_item(&found, &start, &end);
	else
		is_cut = found.mapping->in->pairs.count > 1 && is_first(&found) &&
			 widen_line(&found, &start, &end);
	return is_cut && change(scalars, (struct change_of_text){ place.path, start, end, "" });
}

/* "build: DIRECTORY" becomes "build: {context: DIRECTORY, KEY: VALUE}". */
static bool add_to_string(struct scalars *scalars, struct place place, const struct found *found,
			  const char *item)
{
	size_t end = found->value->end;

	if (!is_quoted(found, found->value) && strpbrk(found->value->value, ",[]{}"))
		return false;
	insert(scalars, place.path, found->value->start, "{context: ");
	vec_each (struct change_of_text *, one, &scalars->changes) {
		size_t length = strlen(one->text);

		if (one->start != end || one->end != end || strcmp(one->path, place.path) != 0)
			continue;
		if (!strstr(one->text, item))
			one->text = arena_printf(scalars->arena, "%.*s, %s}", (int)(length - 1),
						 one->text, item);
		return true;
	}
	return insert(scalars, place.path, end, arena_printf(scalars->arena, ", %s}", item));
}

/* On a line of its own, below that of the value. */
static bool add_line(struct scalars *scalars, struct place place, const struct found *found,
		     const char *item)
{
	size_t at = found->value->end;
	bool is_returned = false;

	if (!is_first(found))
		return false;
	while (at < found->file.length && found->file.bytes[at] != '\n')
		at++;
	is_returned = found->file.bytes[at - 1] == '\r';
	return insert(scalars, place.path, at - is_returned,
		      arena_printf(scalars->arena, "%s%*s%s", is_returned ? "\r\n" : "\n",
				   (int)(found->key->start - found->line), "", item));
}

bool scalar_add(struct scalars *scalars, struct place place, const char *key, const char *value)
{
	const char *text = NULL, *item = NULL;
	struct found found;
	bool is_string = false;

	if (!find(scalars, &found, place))
		return false;
	is_string = strcmp(found.key->value, "build") == 0;
	text = written(scalars->arena, value, quote_of(&found));
	if (!text || (!is_string && yaml_get(found.mapping, key)))
		return false;
	item = arena_printf(scalars->arena, is_quoted(&found, found.key) ? "\"%s\": %s" : "%s: %s",
			    key, text);
	if (is_string)
		return add_to_string(scalars, place, &found, item);
	if (strcmp(found.key->value, "context") != 0 &&
	    strcmp(found.key->value, "dockerfile") != 0 && strcmp(found.key->value, "target") != 0)
		return false;
	if (is_flow(&found))
		return insert(scalars, place.path, found.value->end,
			      arena_printf(scalars->arena, ", %s", item));
	return add_line(scalars, place, &found, item);
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
