#include "base/path.h"
#include "model/names.h"
#include "readers/readers.h"

static bool watch(const char *name)
{
	return name_kind(name) != NAME_OTHER;
}

static int read_files(struct project *project)
{
	vec_each (const struct entry *, entry, &project->snapshot->watched) {
		enum name_kind kind = name_kind(path_name(entry->path));
		struct dockerfile *file = NULL;

		if (kind == NAME_TEMPLATE)
			project_unchecked(project, entry->path, 0,
					  "a template, not the Dockerfile it becomes");
		else if (kind == NAME_DOCKERFILE &&
			 project_read_dockerfile(project, &file, entry->path) < 0)
			return -1;
	}
	return 0;
}

static void parse(struct blob *blob, struct arena *arena)
{
	(void)blob_dockerfile(blob, arena);
}

static blob_parser *parser_of(const char *name)
{
	return name_kind(name) == NAME_DOCKERFILE ? parse : NULL;
}

const struct reader reader_dockerfile = {
	.name = "dockerfile",
	.watches = watch,
	.parser = parser_of,
	.read = read_files,
};
