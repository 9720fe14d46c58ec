/* What Git says of an index that it alone reads, written down as one that we read. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "git/command.h"
#include "git/handles.h"
#include "git/index.h"

#define HEADER_SIZE 12
#define ENTRY_SIZE 62
#define HASH_SIZE 20
#define LONG_NAME 0xfffu

static void add_number(struct buf *image, size_t number)
{
	const char bytes[] = { (char)(number >> 24), (char)(number >> 16), (char)(number >> 8),
			       (char)number };

	buf_addn(image, bytes, sizeof(bytes));
}

static void add_entry(struct buf *image, const struct index_entry *entry)
{
	size_t name = entry->length < LONG_NAME ? entry->length : LONG_NAME;
	size_t flags = name | (size_t)entry->stage << 12;
	const char both[] = { (char)(flags >> 8), (char)flags };

	for (int i = 0; i < 6; i++)
		add_number(image, 0);
	add_number(image, entry->mode);
	for (int i = 0; i < 3; i++)
		add_number(image, 0);
	buf_addn(image, (const char *)entry->id, HASH_SIZE);
	buf_addn(image, both, sizeof(both));
	buf_addn(image, entry->path, entry->length);
	buf_repeat(image, '\0', 8 - (ENTRY_SIZE + entry->length) % 8);
}

/* "mode id stage\tpath" of `git ls-files -s -z`; a path that was only announced is left out. */
static int take_line(struct buf *image, const char *line, const struct map *announced)
{
	const char *tab = strchr(line, '\t');
	struct index_entry entry = { .mode = (unsigned)strtoul(line, NULL, 8) };
	git_oid id;

	if (!tab || tab - line < 7 + GIT_OID_HEXSZ + 2 ||
	    git_oid_fromstrn(&id, line + 7, GIT_OID_HEXSZ) < 0)
		return fail("cannot read what 'git ls-files' says: '%s'", line);
	entry.id = id.id;
	entry.stage = (unsigned)(tab[-1] - '0') & 3;
	entry.path = tab + 1;
	entry.length = strlen(entry.path);
	if (map_get(announced, entry.path))
		return 0;
	add_entry(image, &entry);
	return 1;
}

/* Paths that `git add -N` only announced: to `git diff-files` they are added ones. */
static int find_announced(struct map *announced, struct arena *arena, struct repository *repository)
{
	static const char *const arguments[] = { "diff-files", "--name-only", "--diff-filter=A",
						 "-z", NULL };
	struct buf paths = { 0 };
	int failed = repository->work_dir ? git_command(&paths, repository, arguments) : 0;

	for (const char *at = buf_text(&paths); !failed && *at; at += strlen(at) + 1)
		map_put(announced, arena, at, repository);
	buf_release(&paths);
	return failed;
}

static int add_entries(struct buf *image, const struct buf *lines, const struct map *announced,
		       size_t *count)
{
	const char *at = buf_text(lines);

	for (; at < lines->text + lines->length; at += strlen(at) + 1) {
		int added = take_line(image, at, announced);

		if (added < 0)
			return -1;
		*count += (size_t)added;
	}
	return 0;
}

int index_ask_git(struct text *bytes, struct arena *arena, struct repository *repository)
{
	static const char *const arguments[] = { "ls-files", "-s", "-z", "--full-name", NULL };
	struct buf lines = { 0 }, image = { 0 };
	struct map announced = { 0 };
	size_t count = 0;
	int failed = git_command(&lines, repository, arguments) < 0 ||
		     find_announced(&announced, arena, repository) < 0;

	buf_add(&image, "DIRC");
	add_number(&image, 2);
	add_number(&image, 0);
	failed = failed || add_entries(&image, &lines, &announced, &count) < 0;
	buf_repeat(&image, '\0', HASH_SIZE);
	for (int i = 0; i < 4; i++)
		image.text[HEADER_SIZE - 4 + i] = (char)(count >> (24 - 8 * i));
	*bytes = (struct text){ arena_copy(arena, image.text, image.length), image.length };
	buf_release(&lines);
	buf_release(&image);
	return failed ? -1 : 0;
}
