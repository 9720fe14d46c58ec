#include "readers/readers.h"

#include <stdint.h>

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

/* The files that no other tree had, in the order in which they will be asked for; each blob once.
 */
static void find_tasks(struct ahead_tasks *tasks, const struct snapshot *snapshot,
		       const struct reader *reader)
{
	vec_each (const struct entry *, entry, &snapshot->watched) {
		blob_parser *parse = reader->parser(path_name(entry->path));

		if (parse && entry->kind == ENTRY_FILE && entry->id[0] &&
		    !table_get(&snapshot->blobs->by_id, entry->id))
			*vec_add(snapshot->arena, tasks) =
				(struct ahead_task){ blobs_get(snapshot->blobs, entry->id),
						     entry->id, parse };
	}
}

/* The thread is ahead of the readers, who help it from the other end where they come up to it. */
void readers_ahead(struct ahead *ahead, struct snapshot *snapshot, size_t limit)
{
	if (!snapshot->blobs || snapshot->blobs->ahead || !snapshot->open_blobs)
		return;
	*ahead = (struct ahead){ .limit = limit };
	for (size_t i = 0; i < COUNT; i++)
		if (table[i]->parser)
			find_tasks(&ahead->tasks, snapshot, table[i]);
	if (ahead->tasks.count < MIN_AHEAD)
		return;
	ahead->ours = snapshot->open_blobs(snapshot, false);
	ahead->theirs = snapshot->open_blobs(snapshot, true);
	(void)ahead_start(ahead, snapshot->blobs);
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
