#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

#include "base/vec.h"
#include "syntax/text.h"

/* A file and a part of it. */
struct place {
	const char *path;
	struct span span;
};

/* What cannot be read as a whole: an `unreadable` finding. */
struct fault {
	struct place place;
	const char *message;
	const char *help; /* NULL: what helps with any file */
};

struct faults VEC(struct fault);

#endif
