#include "cli/ci_payload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/limits.h"
#include "syntax/json.h"
#include "syntax/slice.h"

/* Which commit of the payload says what the event is measured against. Every other event has
 * nothing before it. */
static const struct kind {
	const char *event;
	const char *path[4]; /* keys, from the outermost one */
	bool is_before, is_of_target;
} kinds[] = {
	{ "merge_group", { "merge_group", "base_sha" }, false, false },
	{ "pull_request", { "pull_request", "base", "sha" }, false, false },
	{ "pull_request_review", { "pull_request", "base", "sha" }, false, false },
	{ "pull_request_review_comment", { "pull_request", "base", "sha" }, false, false },
	{ "pull_request_sync", { "pull_request", "base", "sha" }, false, false }, /* Gitea */
	{ "pull_request_target", { "pull_request", "base", "sha" }, false, true },
	{ "push", { "before" }, true, false },
};

static const struct kind *kind_of(const char *event)
{
	for (size_t i = 0; event && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].event, event) == 0)
			return &kinds[i];
	return NULL;
}

static int read_all(struct text *text, struct arena *arena, int fd, const char *path)
{
	struct stat status;
	char *bytes = NULL;
	size_t done = 0;
	ssize_t count = 1;

	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > MAX_PAYLOAD_SIZE)
		return fail("'%s' is no file of at most %u bytes", path, MAX_PAYLOAD_SIZE);
	bytes = arena_alloc(arena, (size_t)status.st_size + 1);
	while (done < (size_t)status.st_size && count > 0) {
		count = read(fd, bytes + done, (size_t)status.st_size - done);
		done += count > 0 ? (size_t)count : 0;
	}
	*text = (struct text){ bytes, done };
	return count < 0 ? fail("cannot read '%s': %s", path, strerror(errno)) : 0;
}

static int read_file(struct text *text, struct arena *arena, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int failed = 0;

	if (fd < 0)
		return fail("cannot read '%s': %s", path, strerror(errno));
	failed = read_all(text, arena, fd, path);
	close(fd);
	return failed;
}

/* A ref that is gone leaves nothing that could be measured against it. */
static bool is_deletion(struct arena *arena, struct text payload)
{
	struct text after = { 0 };

	return json_member(&after, arena, payload, "after") &&
	       json_string_of(&after, arena, after) && after.length > 0 &&
	       strspn(slice_string(arena, after), "0") == after.length;
}

int ci_payload_parse(struct ci_event *event, struct arena *arena, struct text text)
{
	const struct kind *kind = kind_of(event->name);
	const char *word = NULL;

	if (!kind || (kind->is_before && is_deletion(arena, text)))
		return 0;
	for (const char *const *key = kind->path; *key; key++)
		if (!json_member(&text, arena, text, *key))
			return fail("no '%s' in the description of the event '%s'", *key,
				    event->name);
	if (!json_string_of(&text, arena, text) || memchr(text.bytes, '\0', text.length))
		return fail("the description of the event '%s' names no commit", event->name);
	word = slice_string(arena, text);
	event->is_of_target = kind->is_of_target;
	return ci_event_commit(kind->is_before ? &event->before : &event->target, arena, word,
			       "the description of the event");
}

int ci_payload_read(struct ci_event *event, struct arena *arena)
{
	const char *path = getenv("GITHUB_EVENT_PATH");
	struct text text = { 0 };

	if (!kind_of(event->name))
		return 0;
	if (!path || !*path)
		return fail("GITHUB_EVENT_PATH is not set, which %s has", event->system);
	if (read_file(&text, arena, path) < 0)
		return -1;
	return ci_payload_parse(event, arena, text) < 0 ? fail_in("%s", path) : 0;
}
