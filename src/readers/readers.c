#include "readers/readers.h"

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

int readers_read(struct project *project)
{
	vec_each (const struct fault *, fault, &project->snapshot->faults)
		*vec_add(project->arena, &project->faults) = *fault;
	vec_each (const char *const *, path, &project->snapshot->closed)
		project_unchecked(project, *path, 0, "the directory may not be read");
	for (size_t i = 0; i < COUNT; i++)
		if (table[i]->read(project) < 0)
			return -1;
	return project_resolve(project);
}
