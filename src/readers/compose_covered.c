#include <string.h>

#include "base/path.h"
#include "readers/compose_view.h"

/* What is built otherwise than by a view. What is wrong there is not said. 0, or -1. */
static int read_beside(struct compose *compose, const struct compose_view *view)
{
	struct project *project = compose->project, before = *project;
	int result = 0;

	project->builds = project->covered;
	result = compose_view_read(compose, view);
	project->covered = project->builds;
	project->builds = before.builds;
	project->faults.count = before.faults.count;
	project->uncheckeds.count = before.uncheckeds.count;
	return result;
}

/* Directories with a default file that others below look for, each found once. */
struct hosts {
	struct table by_path; /* struct host *, of the directories that were passed on the way up */
	struct compose_directories all;
};

struct host {
	struct compose_directory *directory; /* NULL: none */
};

/* Is a default file here? Then the directory, else NULL in *host. 0, or -1. */
static int try_host(struct compose *compose, struct hosts *hosts, struct compose_directory **host,
		    const char *path)
{
	struct compose_directory *directory = arena_new(compose->keep, struct compose_directory);

	directory->path = path;
	if (compose_find_main(compose, directory) < 0)
		return -1;
	*host = directory->main ? directory : NULL;
	if (*host)
		*vec_add(compose->keep, &hosts->all) = directory;
	return 0;
}

/* The nearest directory above with a default file; NULL: none. 0, or -1. */
static int find_host(struct compose *compose, struct hosts *hosts, struct compose_directory **host,
		     const char *path)
{
	const struct host *known = NULL;
	struct strings passed = { 0 };

	*host = NULL;
	while (!*host && !known && strcmp(path, ".") != 0) {
		path = path_directory(compose->keep, path);
		known = table_get(&hosts->by_path, path);
		if (known)
			*host = known->directory;
		else if (try_host(compose, hosts, host, path) < 0)
			return -1;
		*vec_add(compose->keep, &passed) = path;
	}
	vec_each (const char *const *, item, &passed) {
		struct host *entry = arena_new(compose->keep, struct host);

		entry->directory = *host;
		table_put(&hosts->by_path, compose->keep, *item, entry);
	}
	return 0;
}

/* Files laid over the default one of a directory. 0, or -1. */
static int read_laid(struct compose *compose, struct compose_directory *directory,
		     const struct strings *files)
{
	vec_each (const char *const *, path, files) {
		struct compose_view view = compose_view_laid(compose, directory, *path);

		if (read_beside(compose, &view) < 0)
			return -1;
	}
	return 0;
}

/* The default file where its override is left out, and what may be meant to be laid over one, here
 * or above. 0, or -1. */
static int read_covered(struct compose *compose, struct hosts *hosts,
			struct compose_directory *directory)
{
	struct compose_directory *host = NULL;
	struct compose_view view = compose_view_of(compose, directory);

	if (directory->override) {
		*vec_add(compose->keep, &view.files) = directory->main;
		if (read_beside(compose, &view) < 0)
			return -1;
	}
	if (directory->main || directory->partial.count == 0)
		return read_laid(compose, directory, &directory->partial);
	if (find_host(compose, hosts, &host, directory->path) < 0)
		return -1;
	return host ? read_laid(compose, host, &directory->partial) : 0;
}

static void forget_bases(struct compose_directories *directories)
{
	vec_each (struct compose_directory **, directory, directories)
		compose_directory_forget(*directory);
}

int compose_read_covered(struct compose *compose, struct compose_directories *directories)
{
	struct hosts hosts = { 0 };
	int result = 0;

	vec_each (struct compose_directory **, directory, directories)
		result = result < 0 ? result : read_covered(compose, &hosts, *directory);
	forget_bases(directories);
	forget_bases(&hosts.all);
	return result;
}
