#ifndef READERS_COMPOSE_MODEL_H
#define READERS_COMPOSE_MODEL_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "model/project.h"
#include "syntax/yaml.h"

/*
 * What compose files say of builds, and no more: the part of compose-go's model that decides what
 * is built. Each thing can be absent, set, or cleared (tagged !reset or !override): what lies
 * below, an earlier file or a service that is extended, is then dropped at that place.
 */

/* A text, its variables replaced. */
struct compose_value {
	bool set, cleared;
	bool null;              /* set to nothing: keeps what lies below */
	const char *text;       /* "" where it is wrong */
	const char *written;    /* before variables were replaced */
	const char *unresolved; /* the variable without value it needs; NULL: none */
	const char *error;      /* why it is no text; NULL: it is one */
	bool wrong;             /* of error: the type is wrong */
	const char *directory;  /* what it is relative to, where it is a path */
	struct place place;
};

struct compose_item {
	const char *name;
	const char *value; /* NULL: none, or not known */
	bool cleared;
};

struct compose_items VEC(struct compose_item);

/* Names with values; never changed once made, so many builds may share one. */
struct compose_list {
	bool cleared;
	bool too_long;              /* more than MAX_COMPOSE_ITEMS; the rest is not there */
	const char *error;          /* the type is wrong; NULL: it is not */
	bool lasting;               /* of error: refused whatever lies below */
	struct place place;         /* of the error */
	struct compose_items items; /* names differ */
};

struct compose_build {
	bool set, cleared;
	struct place place; /* of the key `build` */
	const char *error;  /* the type is wrong; NULL: it is not */
	struct compose_value context, dockerfile, target, inlined;
	const struct compose_list *arguments, *contexts; /* NULL: none */
};

enum compose_state {
	COMPOSE_UNTOUCHED,
	COMPOSE_ENTERED,
	COMPOSE_DONE
};

struct compose_service {
	const char *name;
	bool set, cleared;
	bool null; /* set to nothing: keeps what lies below */
	bool has_image;
	bool broken;       /* what it extends cannot be known; that is reported elsewhere */
	const char *error; /* the type is wrong; NULL: it is not */
	struct place place;
	struct compose_build build;

	bool extends; /* as written, until compose_extend() has done its work */
	struct compose_value extends_service, extends_file;
	struct place extends_place;
	enum compose_state state; /* of that work */
	unsigned depth;           /* services behind it */
};

struct compose_services VEC(struct compose_service *);

/* One document, one file, or files laid over each other. */
struct compose_model {
	bool cleared;                     /* !reset or !override at `services` */
	struct compose_services services; /* in the order they were seen first */
	struct map by_name;
	const struct yaml *include; /* of one document; NULL: none */
	/* Files below, which are not changed; NULL: none. Look-ups see what they have, `services`
	 * does not. */
	const struct compose_model *below;
};

/* Put an item in, or in the place of the one of its name; places is where each name stands. */
void compose_list_put(struct compose_list *list, struct map *places, struct arena *arena,
		      struct compose_item item);

struct compose_service *compose_service(const struct compose_model *model, const char *name);

/* Put a service in, or in the place of the one of its name. */
void compose_put(struct compose_model *model, struct arena *arena, struct compose_service *service);

/*
 * A service laid over another one of its name, which is NULL or unset where there is none
 * (compose-go override/merge.go). What is cleared stays marked as the upper one has it; the lower
 * one is settled.
 */
struct compose_service compose_merge(struct arena *arena, const struct compose_service *base,
				     const struct compose_service *over);

/* The same service without marks of what it clears. */
struct compose_service compose_settled(struct arena *arena, const struct compose_service *service);

/* Lay a document over what was read before. */
void compose_lay(struct compose_model *model, struct arena *arena,
		 const struct compose_model *document);

#endif
