#ifndef MODEL_ATTRIBUTES_H
#define MODEL_ATTRIBUTES_H

#include "model/project.h"

/*
 * Why Git does not check a file out as it is stored, by the .gitattributes of the tree itself: an
 * encoding, a filter, or $Id$ put in. Then its bytes are not what a builder reads. NULL in *reason
 * where nothing changes. 0, or -1.
 */
int attributes_change(struct project *project, const char **reason, const char *path);

/* The same for a file that is read before there is a project: the policy. */
int attributes_change_of(struct snapshot *snapshot, const char **reason, const char *path);

#endif
