#ifndef MERGE_RECIPE_H
#define MERGE_RECIPE_H

#include "model/project.h"
#include "syntax/dockerfile.h"

/* Of an instruction: SHA-256 in hex of what it does, wherever it stands. */
struct key {
	char hex[65];
};

/*
 * A stage with what tells it from others. Keys are of joined lines, comments left out: in place of
 * a stage that is named or counted stands what that stage does, and behind an argument without a
 * default of its own the global one. A chain is all that is done from the image on; where a stage
 * is cut in two it is still the same, unless the builder could tell: then the cut is in it, too.
 * So two stages with the same chain give the same image, from whatever files and by whatever names.
 */
struct recipe_stage {
	const struct stage *stage;
	size_t from, end;              /* its instructions in the file, FROM included */
	struct key base;               /* the chain as FROM leaves it */
	struct VEC(struct key) keys;   /* of each instruction behind FROM */
	struct VEC(struct key) chains; /* as each of them leaves it */
	struct key chain;              /* as the last one leaves it */
	size_t length;                 /* how many instructions the chain has, FROMs left out */
	bool is_marked;                /* it cannot be cut behind its last one without being seen */
};

/* An argument that is declared before the first FROM. */
struct recipe_global {
	struct text name, text; /* text: with its default, as written */
	struct key key;         /* of the text, and of those arguments that it uses */
	const struct instruction *instruction;
};

/* A Dockerfile that can be read, stage by stage. */
struct recipe {
	const struct dockerfile *file;
	const struct instruction *instructions;
	size_t count, globals; /* all of them; those before the first FROM */
	struct VEC(struct recipe_global) declared;
	struct VEC(struct recipe_stage) stages;
};

/* Read a file that has stages and no error. Everything lives in the arena. */
void recipe_read(struct recipe *recipe, struct arena *arena, const struct dockerfile *file);

/* What the last of the global arguments of a name is; NULL: there is none. */
const struct recipe_global *recipe_global(const struct recipe *recipe, struct text name);

/* Does a text use a variable, as $NAME or ${NAME...}? */
bool recipe_uses(struct text text, struct text name);

/* Could the builder tell that a stage was cut somewhere behind this instruction? */
bool recipe_marks(const struct instruction *instruction);

/* The name and, where it has one, the default of the first argument that an ARG declares; name of
 * length 0: it is no ARG. */
struct declared {
	struct text name, text; /* text: all of it, as written */
	bool has_default;
};

struct declareds VEC(struct declared);

/* What an ARG declares; nothing of other instructions. */
void recipe_declared(struct declareds *declared, struct arena *arena, const struct recipe *recipe,
		     const struct instruction *instruction);

#endif
