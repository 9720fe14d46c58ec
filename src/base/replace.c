#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/present.h"
#include "base/signals.h"

static int fill(const struct replacement *replacement, int fd, mode_t mode)
{
	struct buf content = { 0 };
	int failed = 0;

	buf_addn(&content, replacement->bytes, replacement->length);
	failed = buf_write(&content, fd, replacement->path) < 0 || fchmod(fd, mode) < 0 ||
		 fsync(fd) < 0;
	buf_release(&content);
	if (close(fd) < 0 || failed)
		return fail("cannot write '%s': %s", replacement->temporary, strerror(errno));
	return 0;
}

/* Write the new content beside the old file; of one that is to go, keep the old one's name free. */
static int prepare(struct arena *arena, struct replacement *replacement)
{
	char *name = arena_printf(arena, "%s.XXXXXX", replacement->path);
	mode_t mode = replacement->mode;
	struct stat status;
	int fd = -1, there = present(&status, replacement->path);

	if (there < 0)
		return -1;
	if (!mode && (!there || !S_ISREG(status.st_mode)))
		return fail("'%s' is no file any more", replacement->path);
	replacement->is_there = there;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return fail("cannot create a file beside '%s': %s", replacement->path,
			    strerror(errno));
	replacement->temporary = name;
	replacement->aside =
		replacement->kept ? replacement->kept : arena_printf(arena, "%s.old", name);
	return fill(replacement, fd, mode ? mode : status.st_mode & 07777);
}

/* The old file gets its other name: beside the first where it can have both, so that either the old
 * or the new one is there at any time. */
static int set_aside(struct replacement *replacement)
{
	bool goes = !replacement->bytes && !replacement->from;

	if (!replacement->is_there)
		return 0;
	if ((goes || link(replacement->path, replacement->aside) < 0) &&
	    (goes || errno != EEXIST ? rename(replacement->path, replacement->aside) : -1) < 0)
		return fail("cannot rename '%s': %s", replacement->path, strerror(errno));
	replacement->is_aside = true;
	return 0;
}

/* To a name that is free, as long as the file system can tell. */
static int rename_new(const char *from, const char *path)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	return errno == EINVAL ? rename(from, path) : -1;
}

static int place(struct replacement *replacement)
{
	const char *from = replacement->from ? replacement->from : replacement->temporary;

	if (set_aside(replacement) < 0)
		return -1;
	if (!replacement->bytes && !replacement->from)
		return 0;
	if ((replacement->is_there ? rename(from, replacement->path)
				   : rename_new(from, replacement->path)) < 0)
		return fail("cannot replace '%s': %s", replacement->path, strerror(errno));
	replacement->is_placed = true;
	return 0;
}

/* As it was before place(), however far that came. */
static void put_back(const struct replacement *replacement)
{
	const char *path = replacement->path, *aside = replacement->aside;
	int failed = 0;

	if (replacement->is_placed && replacement->from)
		failed = rename(path, replacement->from);
	else if (replacement->is_placed && !replacement->is_aside)
		failed = unlink(path);
	/* Where both are names of the old file, nothing is renamed. */
	if (!failed && replacement->is_aside)
		failed = rename(aside, path) < 0 || (unlink(aside) < 0 && errno != ENOENT);
	if (failed)
		fail_in("while putting back '%s' (%s)", path, strerror(errno));
}

/* What is left of the way here. The last word on a file that was to go is this. */
static int clear(const struct replacement *replacement, bool done)
{
	int failed = 0;

	const char *temporary = replacement->temporary;

	/* One that took its place is none any more; another was never made. */
	if (replacement->is_placed && !replacement->from)
		temporary = NULL;
	if (temporary && unlink(temporary) < 0 && errno != ENOENT)
		failed = fail("cannot remove '%s': %s", temporary, strerror(errno));
	if (done && replacement->is_aside && !replacement->kept && unlink(replacement->aside) < 0)
		failed = fail("cannot remove '%s': %s", replacement->aside, strerror(errno));
	return failed;
}

static int replace(struct arena *arena, struct replacements *replacements)
{
	int failed = 0;

	vec_each (struct replacement *, replacement, replacements)
		failed = failed || prepare(arena, replacement) < 0;
	vec_each (struct replacement *, replacement, replacements)
		failed = failed || place(replacement) < 0;
	for (size_t i = replacements->count; failed && i-- > 0;)
		put_back(&replacements->items[i]);
	for (size_t i = 0, done = !failed; i < replacements->count; i++)
		failed = clear(&replacements->items[i], done) < 0 || failed;
	return failed ? -1 : 0;
}

int replace_all(struct arena *arena, struct replacements *replacements)
{
	sigset_t before;
	int failed = 0;

	signals_hold(&before);
	failed = replace(arena, replacements);
	signals_let(&before);
	return failed;
}
