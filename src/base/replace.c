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
	struct stat status;
	int fd = -1;

	if (lstat(replacement->path, &status) < 0 || !S_ISREG(status.st_mode))
		return fail("'%s' is no file any more", replacement->path);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return fail("cannot create a file beside '%s': %s", replacement->path,
			    strerror(errno));
	replacement->temporary = name;
	return fill(replacement, fd, status.st_mode & 07777);
}

/* Let the old and the new file change places: either is there at any time. */
static int swap(const struct replacement *replacement)
{
	if (renameat2(AT_FDCWD, replacement->temporary, AT_FDCWD, replacement->path,
		      RENAME_EXCHANGE) < 0)
		return fail("cannot replace '%s': %s", replacement->path, strerror(errno));
	return 0;
}

static void put_back(const struct replacements *replacements, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (swap(&replacements->items[i]) < 0)
			fail_in("while putting back '%s'", replacements->items[i].path);
}

static void remove_temporaries(const struct replacements *replacements)
{
	vec_each (const struct replacement *, replacement, replacements)
		if (replacement->temporary)
			unlink(replacement->temporary);
}

int replace_all(struct arena *arena, struct replacements *replacements)
{
	size_t done = 0;
	int failed = 0;

	vec_each (struct replacement *, replacement, replacements)
		failed = failed || prepare(arena, replacement) < 0;
	while (!failed && done < replacements->count) {
		failed = swap(&replacements->items[done]) < 0;
		done += !failed;
	}
	if (failed)
		put_back(replacements, done);
	remove_temporaries(replacements);
	if (failed)
		return -1;
	vec_each (const struct replacement *, replacement, replacements)
		if (!replacement->bytes && unlink(replacement->path) < 0)
			return fail("cannot remove '%s': %s", replacement->path, strerror(errno));
	return 0;
}
