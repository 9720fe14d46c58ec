#include <string.h>
#include <strings.h>

#include "base/path.h"
#include "readers/readers.h"

/* What other programs build images by. It is not read, which is said: a Dockerfile that it names is
 * judged as every other, but not whether it has the stage that is built. */
static const char *const names[] = {
	".devcontainer.json", "devcontainer.json",        "docker-bake.hcl",
	"docker-bake.json",   "docker-bake.override.hcl", "docker-bake.override.json",
};

/* Asked of every name of a tree. */
static bool watch(const char *name)
{
	if (*name != '.' && *name != 'd')
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Where a comment or string that begins here ends; where none does, the next byte. */
static const char *skip(const char *at, const char *end)
{
	size_t left = (size_t)(end - at);
	const char *close = NULL;

	if (left > 1 && memcmp(at, "//", 2) == 0) {
		close = memchr(at, '\n', left);
		return close ? close : end;
	}
	if (left > 1 && memcmp(at, "/*", 2) == 0) {
		close = memmem(at + 2, left - 2, "*/", 2);
		return close ? close + 2 : end;
	}
	if (*at != '"')
		return at + 1;
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

/* Most containers for development are an image, and their template has a comment on Dockerfiles;
 * bake builds whatever it is given. */
static bool builds(const char *name, struct text text)
{
	static const char key[] = "\"dockerfile\"";
	const size_t size = strlen(key);

	if (!text.bytes || !strstr(name, "devcontainer"))
		return true;
	for (const char *at = text.bytes, *end = at + text.length, *next = at; at < end;
	     at = next) {
		next = skip(at, end);
		if ((size_t)(next - at) != size || strncasecmp(at, key, size) != 0)
			continue;
		while (next < end && strchr(" \t\r\n", *next))
			next++;
		if (next < end && *next == ':')
			return true;
	}
	return false;
}

static int read_files(struct project *project)
{
	vec_each (const struct entry *, entry, &project->snapshot->watched) {
		const char *name = path_name(entry->path);
		struct entry found = { 0 };
		struct text text = { 0 };

		if (!watch(name))
			continue;
		if (snapshot_find(project->snapshot, &found, entry->path) < 0 ||
		    (found.kind == ENTRY_FILE &&
		     snapshot_read(project->snapshot, &text, &found) < 0))
			return -1;
		if (builds(name, text))
			project_unchecked(project, entry->path, 0,
					  "the builds that it describes are not read");
	}
	return 0;
}

const struct reader reader_foreign = {
	.name = "foreign",
	.watches = watch,
	.read = read_files,
};
