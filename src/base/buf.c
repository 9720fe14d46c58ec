#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/outlet.h"
#include "base/present.h"
#include "base/signals.h"

static void make_room(struct buf *buf, size_t more)
{
	size_t room = buf->room ? buf->room : 256;
	char *text = NULL;

	if (more > SIZE_MAX / 4 - buf->length)
		die("out of memory");
	if (buf->text && more < buf->room - buf->length)
		return;
	while (room < buf->length + more + 1)
		room *= 2;
	text = realloc(buf->text, room);
	if (!text)
		die("out of memory");
	buf->text = text;
	buf->room = room;
}

void buf_addn(struct buf *buf, const char *bytes, size_t length)
{
	make_room(buf, length);
	if (length)
		memcpy(buf->text + buf->length, bytes, length);
	buf->length += length;
	buf->text[buf->length] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
	buf_addn(buf, text, strlen(text));
}

void buf_addc(struct buf *buf, char character)
{
	buf_addn(buf, &character, 1);
}

void buf_repeat(struct buf *buf, char character, size_t times)
{
	make_room(buf, times);
	memset(buf->text + buf->length, character, times);
	buf->length += times;
	buf->text[buf->length] = '\0';
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	int length = 0;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		die("cannot format a text");
	make_room(buf, (size_t)length);
	va_start(arguments, format);
	(void)vsnprintf(buf->text + buf->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	buf->length += (size_t)length;
}

const char *buf_text(const struct buf *buf)
{
	return buf->text ? buf->text : "";
}

void buf_cut(struct buf *buf, size_t length)
{
	buf->length = length;
	if (buf->text)
		buf->text[length] = '\0';
}

void buf_clear(struct buf *buf)
{
	buf_cut(buf, 0);
}

void buf_release(struct buf *buf)
{
	free(buf->text);
	*buf = (struct buf){ 0 };
}

/* 1 where there is no outlet for it; 0, or -1. */
static int put(const struct buf *buf, int fd, const char *file, const char *name)
{
	const struct outlet *outlet = outlet_get();
	struct outlet_part part = { fd, file, buf_text(buf), buf->length };

	if (!outlet || (!file && fd != STDOUT_FILENO && fd != STDERR_FILENO))
		return 1;
	if (!file && buf->length == 0)
		return 0;
	return outlet->put(&part) < 0 ? fail("cannot write to %s: %s", name, strerror(errno)) : 0;
}

int buf_write(const struct buf *buf, int fd, const char *name)
{
	size_t done = 0;
	int written = put(buf, fd, NULL, name);

	if (written <= 0)
		return written;
	while (done < buf->length) {
		ssize_t count = write(fd, buf->text + done, buf->length - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return fail("cannot write to %s: %s", name, strerror(errno));
		done += (size_t)count;
	}
	return 0;
}

static int write_and_close(const struct buf *buf, int fd, const char *path)
{
	int failed = buf_write(buf, fd, path);

	if (close(fd) < 0 && !failed)
		return fail("cannot write to %s: %s", path, strerror(errno));
	return failed;
}

/* A device or a pipe is written to as it is; a file is replaced by a complete one. A link to a file
 * is never replaced, and what it names never overwritten. 1: a device or a pipe; 0, or -1. */
static int is_special(const char *path)
{
	struct stat status = { 0 };
	int there = present(&status, path);
	bool is_link = there > 0 && S_ISLNK(status.st_mode);
	bool special = false;

	if (is_link)
		there = present_behind(&status, path);
	if (there < 0)
		return -1;
	special = there > 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
	return is_link && !special ? fail("'%s' is a link; name the file itself", path) : special;
}

static int write_special(const struct buf *buf, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return fail("cannot write to '%s': %s", path, strerror(errno));
	return write_and_close(buf, fd, path);
}

/* Beside the file first, so that it is the old or the new one at any time. */
static int write_beside(const struct buf *buf, const char *path)
{
	struct buf temporary = { 0 };
	mode_t mask = umask(0);
	int fd = -1;
	int failed = 0;

	umask(mask);
	buf_addf(&temporary, "%s.XXXXXX", path);
	fd = mkostemp(temporary.text, O_CLOEXEC);
	if (fd < 0)
		failed = fail("cannot create '%s': %s", path, strerror(errno));
	else if (fchmod(fd, 0666 & ~mask) < 0 || write_and_close(buf, fd, path) < 0 ||
		 rename(temporary.text, path) < 0)
		failed = fail("cannot write to '%s': %s", path, strerror(errno));
	if (failed && fd >= 0)
		unlink(temporary.text);
	buf_release(&temporary);
	return failed;
}

static int write_file(const struct buf *buf, const char *path)
{
	sigset_t before;
	int failed = 0, special = 0;

	if (strcmp(path, "/dev/stdout") == 0)
		return buf_write(buf, STDOUT_FILENO, path);
	if (strcmp(path, "/dev/stderr") == 0)
		return buf_write(buf, STDERR_FILENO, path);
	special = is_special(path);
	if (special)
		return special < 0 ? -1 : write_special(buf, path);
	signals_hold(&before);
	failed = write_beside(buf, path);
	signals_let(&before);
	return failed;
}

int buf_write_file(const struct buf *buf, const char *path)
{
	int written = put(buf, -1, path, path);

	return written > 0 ? write_file(buf, path) : written;
}
