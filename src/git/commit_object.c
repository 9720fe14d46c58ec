#include "git/commit_object.h"

#include <stdlib.h>
#include <string.h>

#include "git/ids.h"

/* A commit or tag object's bytes that were not read yet. */
struct reading {
	const char *at, *end;
};

/* The line "name value" that is next: its value, which ends before *line_end; NULL: it is not. */
static const char *header(struct reading *reading, const char **line_end, const char *name)
{
	size_t size = strlen(name), left = (size_t)(reading->end - reading->at);
	const char *value = reading->at + size + 1;

	if (left <= size || memcmp(reading->at, name, size) != 0 || reading->at[size] != ' ')
		return NULL;
	*line_end = memchr(value, '\n', left - size - 1);
	if (!*line_end)
		return NULL;
	reading->at = *line_end + 1;
	return value;
}

/* A line "name id". 0; 1 where the next one has another name; or -1. */
static int id_header(git_oid *id, struct reading *reading, const char *name)
{
	const char *end = NULL;
	const char *value = header(reading, &end, name);

	if (!value)
		return 1;
	return end - value == GIT_OID_HEXSZ ? id_parse(id, value) : -1;
}

/* "Name <mail> seconds zone": the seconds, 0 where they cannot be read. */
static int64_t date_of(struct reading *reading)
{
	const char *end = NULL;
	const char *committer = header(reading, &end, "committer");
	const char *mail = committer ? memrchr(committer, '>', (size_t)(end - committer)) : NULL;

	/* The end of the line ends the number, too, but not the space before it. */
	return mail && mail + 1 + strspn(mail + 1, " \t\v\f\r") < end ? strtoll(mail + 1, NULL, 10)
								      : 0;
}

static size_t count_parents(struct reading reading)
{
	const char *end = NULL;
	size_t count = 0;

	while (header(&reading, &end, "parent"))
		count++;
	return count;
}

const char *commit_object_read(struct commit_object *commit, struct arena *arena, struct text text)
{
	struct reading reading = { text.bytes, text.bytes + text.length };
	const char *end = NULL;

	if (id_header(&commit->tree, &reading, "tree") != 0)
		return "no tree";
	commit->parents = count_parents(reading);
	if (commit->parents > 0)
		commit->parent_ids = arena_alloc(arena, commit->parents * sizeof(git_oid));
	for (size_t i = 0; i < commit->parents; i++)
		if (id_header(&commit->parent_ids[i], &reading, "parent") != 0)
			return "bad parent";
	(void)header(&reading, &end, "author");
	commit->date = date_of(&reading);
	return NULL;
}

const char *tag_object_read(git_oid *object, struct text text)
{
	struct reading reading = { text.bytes, text.bytes + text.length };

	return id_header(object, &reading, "object") == 0 ? NULL : "no object";
}
