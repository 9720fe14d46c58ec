#ifndef MODEL_ARGUMENTS_H
#define MODEL_ARGUMENTS_H

#include "model/project.h"
#include "syntax/words.h"

/*
 * The global arguments of a Dockerfile: those before its first FROM, and those every build has
 * (BuildKit convert.go buildMetaArgs). FROM sees no others.
 */
struct globals {
	/* Of those that every build has, only what a build or the file gives them. */
	struct map values;   /* const char * by name; none where an argument has no value */
	struct map declared; /* names that --build-arg or --platform can give another value, and
				whether the one they have depends on the platform */
	const char *broken;  /* an argument whose default cannot be expanded; NULL: none */
	struct words words;  /* expands with these values */
};

/* What the file, which has a stage, declares, as a build sees it; build NULL: one without
 * arguments. False where a limit is passed: globals->words.error says which. */
bool globals_read(struct globals *globals, struct arena *arena, const struct dockerfile *file,
		  const struct build *build);

/* Expand a word of FROM. False: globals->words.error says why. */
bool globals_expand(struct globals *globals, struct text *result, struct text word);

/* A variable of the word expanded last that a build argument could set, so that all is well: one
 * without value rather than others. NULL: there is none, or the word is no good whatever the
 * values. */
const char *globals_cure(const struct globals *globals);

/* Does the word expanded last depend on the platform? */
bool globals_by_platform(const struct globals *globals);

#endif
