#include "merge/references.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "syntax/slice.h"

/* What to look for: a name as it is, or "Dockerfile." with something that becomes the rest. */
struct wanted {
	const char *name;
	bool is_open; /* what follows is made up as it runs */
};

struct search {
	struct arena *arena;
	struct references *references;
	struct VEC(struct wanted) wanted;
};

static bool is_name_part(char character)
{
	return isalnum((unsigned char)character) || character == '_';
}

/* Behind a name nothing may stand that makes it another one. */
static bool ends(struct text text, size_t at, bool is_open)
{
	if (at == text.length)
		return !is_open;
	if (is_open)
		return strchr("$%{<`", text.bytes[at]) != NULL;
	if (text.bytes[at] == '.' || text.bytes[at] == '-')
		return at + 1 == text.length || !is_name_part(text.bytes[at + 1]);
	return !is_name_part(text.bytes[at]);
}

static bool speaks_of(struct text line, const struct wanted *wanted)
{
	size_t length = strlen(wanted->name);

	for (size_t at = 0; at + length <= line.length; at++)
		if (line.bytes[at] == *wanted->name &&
		    memcmp(line.bytes + at, wanted->name, length) == 0 &&
		    (at == 0 || !is_name_part(line.bytes[at - 1])) &&
		    ends(line, at + length, wanted->is_open))
			return true;
	return false;
}

/* Documents and lists of names, which nothing runs. */
static bool is_harmless(const char *path)
{
	static const char *const ends[] = { ".md",   ".txt",          ".rst",       ".adoc",
					    ".html", ".dockerignore", ".gitignore", "CODEOWNERS",
					    ".svg",  ".csv" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t length = strlen(path), end = strlen(ends[i]);

		if (length >= end && strcasecmp(path + length - end, ends[i]) == 0)
			return true;
	}
	return false;
}

static void search_line(struct search *search, const char *path, struct text line, unsigned number)
{
	vec_each (const struct wanted *, wanted, &search->wanted) {
		if (!speaks_of(line, wanted))
			continue;
		*vec_add(search->arena, search->references) = (struct reference){
			.path = arena_string(search->arena, path),
			.line = number,
			.of = wanted->name,
			.breaks = !is_harmless(path),
		};
		return;
	}
}

static void search_text(struct search *search, const char *path, struct text text)
{
	/* What holds a NUL is no text. */
	if (!text.bytes || (text.length && memchr(text.bytes, '\0', text.length)))
		return;
	for (unsigned number = 1; text.length > 0; number++) {
		struct text line = slice_upto(text, slice_find(text, '\n'));

		search_line(search, path, line, number);
		text = slice_from(text, line.length);
		text = slice_from(text, text.length > 0);
	}
}

/* Files of one name are told apart by their directory. */
static void want(struct search *search, const struct plan *plan, const char *path)
{
	const char *kept = path_name(plan_kept(plan)->recipe.file->path), *name = path_name(path);
	size_t stem = strcspn(name, ".-_");

	if (strcmp(name, kept) == 0) {
		name = arena_printf(search->arena, "%s/%s",
				    path_name(path_directory(search->arena, path)), name);
		stem = 0;
	}
	*vec_add(search->arena, &search->wanted) = (struct wanted){ name, false };
	if (stem && name[stem])
		*vec_add(search->arena, &search->wanted) =
			(struct wanted){ arena_copy(search->arena, name, stem + 1), true };
}

static bool is_of_plan(const struct plan *plan, const char *path)
{
	vec_each (const struct input *, input, &plan->inputs)
		if (strcmp(input->recipe.file->path, path) == 0)
			return true;
	return false;
}

int references_find(struct references *references, struct arena *arena, const struct plan *plan,
		    struct snapshot *snapshot)
{
	struct search search = { .arena = arena, .references = references };

	vec_each (const struct input *, input, &plan->inputs)
		if (!input->is_kept)
			want(&search, plan, input->recipe.file->path);
	vec_each (const struct entry *, entry, &snapshot->watched) {
		struct text text = { 0 };

		if (entry->kind != ENTRY_FILE || is_of_plan(plan, entry->path))
			continue;
		if (snapshot_read(snapshot, &text, entry) < 0)
			return -1;
		search_text(&search, entry->path, text);
	}
	return 0;
}
