#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

/* Text being written. Zero it to begin; text is NUL-terminated once something was added. */
struct buf {
	char *text;
	size_t length, room;
};

void buf_add(struct buf *buf, const char *text);
void buf_addn(struct buf *buf, const char *bytes, size_t length);
void buf_addc(struct buf *buf, char character);
void buf_repeat(struct buf *buf, char character, size_t times);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text, "" where nothing was added. The buf keeps it. */
const char *buf_text(const struct buf *buf);

/* Drop what was added behind a length that it had. */
void buf_cut(struct buf *buf, size_t length);

/* Empty it and keep the room. */
void buf_clear(struct buf *buf);
void buf_release(struct buf *buf);

/*
 * Write all of it to a file descriptor, or to a file that is replaced whole once its new content
 * is complete. 0, or -1 with the failure recorded.
 */
int buf_write(const struct buf *buf, int fd, const char *name);
int buf_write_file(const struct buf *buf, const char *path);

#endif
