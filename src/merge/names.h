#ifndef MERGE_NAMES_H
#define MERGE_NAMES_H

#include "merge/plan.h"

/*
 * Name the placed parts. The kept file's stages keep their names, and its last one becomes "prod"
 * where it has none; a shared beginning is "base"; what a variant builds is named after the file;
 * its other stages keep theirs. A name that is taken, or that would stand for an image or a named
 * context, gets another one. Parts that nobody can ask for stay without.
 */
void names_give(struct plan *plan);

#endif
