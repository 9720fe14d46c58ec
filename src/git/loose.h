#ifndef GIT_LOOSE_H
#define GIT_LOOSE_H

#include <git2.h>

#include "git/inflate.h"
#include "syntax/text.h"

#define MAX_LOOSE_HEADER 32 /* bytes of "TYPE SIZE" and its NUL, as Git allows */
#define MAX_LOOSE_DIGITS 18 /* of SIZE */
#define OBJECT_TOO_LARGE "is larger than 64 MiB" /* than MAX_OBJECT_SIZE */

/*
 * A loose object is a file with one zlib stream of "TYPE SIZE", a NUL, and so many bytes. libgit2
 * waits for ever for the end of one that is cut, and some of its releases write behind their memory
 * for one that is longer than it says: hence this reader.
 */
struct loose {
	z_stream stream;
	struct text file;
	char head[MAX_LOOSE_HEADER]; /* its beginning, inflated */
	size_t head_length, head_end;
	git_object_t type;
	size_t size;
};

/* To begin with, once for any number of objects; and to end with. */
void loose_init(struct loose *loose);
void loose_release(struct loose *loose);

/* Read type and size of the object in a file's bytes. NULL, or what is wrong with them. */
const char *loose_header(struct loose *loose, struct text file);

/* After that, its content: size bytes, and room for one more. NULL, or what is wrong. Whether they
 * hash to its name is not asked, as for every other object that is read. */
const char *loose_content(struct loose *loose, char *content);

#endif
