#include "model/disguise.h"
#include "base/path.h"
#include "readers/readers.h"

/* What it says is not known: whether the name is taken for another depends on where. */
static int read_names(struct project *project)
{
	vec_each (const struct entry *, entry, &project->snapshot->watched) {
		const char *name = name_disguised(project->arena, path_name(entry->path));

		if (name)
			project_unchecked(project, entry->path, 0,
					  "its name can be taken for '%s', as which it is not read",
					  name);
	}
	return 0;
}

const struct reader reader_disguise = {
	.name = "disguise",
	.watches = name_is_disguised,
	.read = read_names,
};
