#include "git/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "git/command.h"
#include "git/handles.h"

#define HEADER_SIZE 12    /* bytes of an index file before its first entry */
#define MIN_ENTRY_SIZE 62 /* bytes of an entry without its name */
#define MODE_TYPE 0170000u
#define MODE_LINK 0120000u
#define MODE_SUBMODULE 0160000u

static void add(struct index *index, struct arena *arena, struct index_entry entry)
{
	const struct index_entries *known = &index->entries;

	/* A conflict has up to three entries of one path. */
	if (known->count > 0 && strcmp(known->items[known->count - 1].path, entry.path) == 0) {
		known->items[known->count - 1].unmerged |= entry.unmerged;
		return;
	}
	*vec_add(arena, &index->entries) = entry;
}

static void take_from_library(struct index *index, struct arena *arena, git_index *library)
{
	size_t count = git_index_entrycount(library);

	for (size_t i = 0; i < count; i++) {
		const git_index_entry *entry = git_index_get_byindex(library, i);

		if (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
			continue;
		add(index, arena,
		    (struct index_entry){ .path = arena_string(arena, entry->path),
					  .mode = entry->mode,
					  .id = entry->id,
					  .unmerged = GIT_INDEX_ENTRY_STAGE(entry) > 0 });
	}
}

/* "mode id stage\tpath" of `git ls-files -s -z`. */
static int take_line(struct index *index, struct arena *arena, const char *line)
{
	const char *tab = strchr(line, '\t');
	struct index_entry entry = { .mode = (unsigned)strtoul(line, NULL, 8) };

	if (!tab || tab - line < 7 + GIT_OID_HEXSZ + 2 ||
	    git_oid_fromstrn(&entry.id, line + 7, GIT_OID_HEXSZ) < 0)
		return fail("cannot read what 'git ls-files' says: '%s'", line);
	entry.unmerged = tab[-1] != '0';
	entry.path = arena_string(arena, tab + 1);
	add(index, arena, entry);
	return 0;
}

/* Paths that `git add -N` only announced: to `git diff-files` they are added ones. */
static int leave_out_intended(struct index *index, struct repository *repository)
{
	static const char *const arguments[] = { "diff-files", "--name-only", "--diff-filter=A",
						 "-z", NULL };
	struct index_entries kept = { 0 };
	struct buf paths = { 0 };
	struct map intended = { 0 };

	if (git_command(&paths, repository, arguments) < 0) {
		buf_release(&paths);
		return -1;
	}
	for (const char *at = buf_text(&paths); *at; at += strlen(at) + 1)
		map_put(&intended, repository->arena, at, index);
	vec_each (struct index_entry *, entry, &index->entries)
		if (!map_get(&intended, entry->path))
			*vec_add(repository->arena, &kept) = *entry;
	index->entries = kept;
	buf_release(&paths);
	return 0;
}

static int read_with_git(struct index *index, struct arena *arena, struct repository *repository)
{
	static const char *const arguments[] = { "ls-files", "-s", "-z", "--full-name", NULL };
	struct buf lines = { 0 };
	int failed = git_command(&lines, repository, arguments);

	for (const char *at = buf_text(&lines); !failed && at < lines.text + lines.length;
	     at += strlen(at) + 1)
		failed = take_line(index, arena, at);
	buf_release(&lines);
	return failed || !repository->work_dir ? failed : leave_out_intended(index, repository);
}

/*
 * Is the file long enough for the entries that its header promises (gitformat-index(5): "DIRC",
 * version, count)? Neither the library nor git itself is sure to notice one that is cut. 0, or -1.
 */
static int check_length(const char *path)
{
	unsigned char header[HEADER_SIZE];
	FILE *file = fopen(path, "re");
	size_t length = file ? fread(header, 1, sizeof(header), file) : 0;
	struct stat status = { 0 };
	size_t count = 0;
	int failed = 0;

	if (!file)
		return 0;
	for (size_t i = 8; i < length; i++)
		count = count << 8 | header[i];
	if (length < sizeof(header) || fstat(fileno(file), &status) < 0 ||
	    ((size_t)status.st_size - HEADER_SIZE) / MIN_ENTRY_SIZE < count)
		failed = fail("the index '%s' is cut", path);
	fclose(file);
	return failed;
}

int index_read(struct index *index, struct arena *arena, struct repository *repository)
{
	OWNED(git_index) *library = NULL;
	const char *path = getenv("GIT_INDEX_FILE");

	*index = (struct index){ .repository = repository };
	if (path && *path && access(path, R_OK) < 0)
		return fail("cannot read the index '%s' that GIT_INDEX_FILE names", path);
	if (!path || !*path)
		path = arena_printf(arena, "%s/index", repository->git_dir);
	if (check_length(path) < 0)
		return -1;
	if (git_index_open(&library, path) < 0) {
		failure_clear();
		return read_with_git(index, arena, repository);
	}
	take_from_library(index, arena, library);
	return 0;
}

static enum entry_kind kind_of(unsigned mode)
{
	return (mode & MODE_TYPE) == MODE_LINK        ? ENTRY_LINK
	       : (mode & MODE_TYPE) == MODE_SUBMODULE ? ENTRY_SUBMODULE
						      : ENTRY_FILE;
}

/* The first entry whose path is not before the given one. */
static size_t lower_bound(const struct index_entries *entries, const char *path)
{
	size_t low = 0, high = entries->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(entries->items[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct index_entry *exact(const struct index *index, const char *path)
{
	size_t at = lower_bound(&index->entries, path);

	if (at < index->entries.count && strcmp(index->entries.items[at].path, path) == 0)
		return &index->entries.items[at];
	return NULL;
}

/* A submodule above the path. */
static const struct index_entry *submodule_above(const struct index *index, struct arena *scratch,
						 const char *path)
{
	for (path = path_directory(scratch, path); strcmp(path, ".") != 0;
	     path = path_directory(scratch, path)) {
		const struct index_entry *found = exact(index, path);

		if (found)
			return kind_of(found->mode) == ENTRY_SUBMODULE ? found : NULL;
	}
	return NULL;
}

enum entry_kind index_find(const struct index *index, const struct index_entry **entry,
			   const char *path)
{
	struct arena scratch = { 0 };
	size_t at = 0;
	const char *inside = NULL;
	enum entry_kind kind = ENTRY_ABSENT;

	*entry = exact(index, path);
	if (*entry)
		return kind_of((*entry)->mode);
	if (strcmp(path, ".") == 0)
		return ENTRY_DIRECTORY;
	inside = arena_printf(&scratch, "%s/", path);
	at = lower_bound(&index->entries, inside);
	if (at < index->entries.count && path_is_within(index->entries.items[at].path, path))
		kind = ENTRY_DIRECTORY;
	else if ((*entry = submodule_above(index, &scratch, path)))
		kind = ENTRY_SUBMODULE;
	arena_release(&scratch);
	return kind;
}
