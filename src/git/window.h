#ifndef GIT_WINDOW_H
#define GIT_WINDOW_H

#include <stdbool.h>

#include "syntax/text.h"

#define WINDOW_SIZE 8192
#define WINDOW_REACH (WINDOW_SIZE / 2) /* bytes on either side of what is asked for */
#define MAX_WINDOWS 1500               /* that are read in a run; after them a map is cheaper */

/* A file of Git, mapped, and open as long as parts of it may be read instead. */
struct window_file {
	struct text bytes;
	int file; /* 0: it is only mapped */
};

/* The part of a file that was read last; zero it to begin. The first page that is touched of a map
 * costs 64 KB (Linux maps its neighbours, too), which is much for who looks in a few places of a
 * large file: a part is read as fast, into memory that is used again. */
struct window {
	int file;
	size_t start, length;
	unsigned count; /* parts that were read so far */
	char bytes[WINDOW_SIZE];
};

/* Map a regular file that is not empty, and leave it open if it may also be read. False: it is not
 * there, or cannot be opened. */
bool window_open(struct window_file *file, const char *path, bool is_read);

/* Some bytes of a file, all of which it has, until the next call. More than WINDOW_REACH of them
 * are always looked for in the map. */
const char *window_at(struct window *window, const struct window_file *file, size_t offset,
		      size_t length);

/* Also where nothing was opened. */
void window_close(struct window_file *file);

#endif
