#include "readers/readers.h"

#include <stdint.h>

#include "base/fail.h"
#include "base/path.h"

#define READER_POINTER(name) &reader_##name,
static const struct reader *const table[] = { READERS(READER_POINTER) };

#define COUNT (sizeof(table) / sizeof(table[0]))

bool readers_watch(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (table[i]->watches(name))
			return true;
	return false;
}

/* A file that will be asked for. */
struct prospect {
	const struct entry *entry;
	blob_parser *parse;
};

struct prospects VEC(struct prospect);

/* Those that no other tree had, in the order in which they will be asked for. */
static void find_prospects(struct prospects *prospects, const struct snapshot *snapshot,
			   const struct reader *reader)
{
	vec_each (const struct entry *, entry, &snapshot->watched) {
		blob_parser *parse = reader->parser(path_name(entry->path));

		if (parse && entry->kind == ENTRY_FILE && entry->id[0] &&
		    !map_get(&snapshot->blobs->by_id, entry->id))
			*vec_add(snapshot->arena, prospects) = (struct prospect){ entry, parse };
	}
}

/* They are parsed in the order in which they are asked for: so the thread is ahead of the readers,
 * who help it from the other end where they come up to it. */
void readers_ahead(struct ahead *ahead, struct snapshot *snapshot, size_t limit)
{
	struct prospects prospects = { 0 };

	if (!snapshot->blobs || snapshot->blobs->ahead)
		return;
	for (size_t i = 0; i < COUNT; i++)
		if (table[i]->parser)
			find_prospects(&prospects, snapshot, table[i]);
	if (prospects.count < MIN_AHEAD || !ahead_start(ahead, snapshot->blobs))
		return;
	vec_each (const struct prospect *, prospect, &prospects) {
		struct text text;

		if (snapshot->blobs->size > limit)
			return;
		if (snapshot_read(snapshot, &text, prospect->entry) < 0) {
			/* It is a failure when its turn comes. */
			failure_clear();
			return;
		}
		if (text.bytes)
			ahead_put(ahead,
				  (struct ahead_task){ snapshot_blob(snapshot, prospect->entry),
						       prospect->parse });
	}
}

static int read_all(struct project *project)
{
	for (size_t i = 0; i < COUNT; i++)
		if (table[i]->read(project) < 0)
			return -1;
	return 0;
}

int readers_read(struct project *project)
{
	struct ahead ahead = { 0 };
	int failed = 0;

	vec_each (const struct fault *, fault, &project->snapshot->faults)
		*vec_add(project->arena, &project->faults) = *fault;
	vec_each (const char *const *, path, &project->snapshot->closed)
		project_unchecked(project, *path, 0, "the directory may not be read");
	readers_ahead(&ahead, project->snapshot, SIZE_MAX);
	failed = read_all(project);
	ahead_stop(&ahead);
	return failed ? -1 : project_resolve(project);
}
