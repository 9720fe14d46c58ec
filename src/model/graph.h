#ifndef MODEL_GRAPH_H
#define MODEL_GRAPH_H

#include "base/vec.h"

/* A stage as it is drawn. */
struct graph_stage {
	const char *name;        /* NULL: none */
	const char *base;        /* the image it builds on; NULL: unknown, or it is a stage */
	int parent;              /* index of the stage it builds on; -1: none */
	struct VEC(int) sources; /* indices of stages it copies from or mounts, each once */
};

/* Who builds which stage. */
struct graph_user {
	const char *subject; /* the service */
	const char *path;    /* of the file that says so */
	int stage;           /* index; -1: none, or not known */
};

/* A Dockerfile and all who build it. All text is raw. */
struct graph {
	const char *path;
	struct VEC(struct graph_stage) stages; /* none where they are too many, or unknown */
	struct VEC(struct graph_user) users;
};

struct graphs VEC(struct graph);

#endif
