#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include <stdbool.h>

#include "base/vec.h"

/* What a base name says of its file. */
enum name_kind {
	NAME_OTHER,
	NAME_DOCKERFILE, /* alone, with a tag, or after one */
	NAME_TEMPLATE,   /* something that becomes a Dockerfile: Dockerfile.j2 */
};

enum name_kind name_kind(const char *name);

/* Dockerfile or Containerfile and nothing else, in any case. */
bool name_is_bare(const char *name);

/* Is the family word of a Dockerfile's name "Containerfile"? */
bool name_is_containerfile(const char *name);

/*
 * The words of a Dockerfile's name beside the family word, lower-cased, in their order: tags are
 * split at '.', '-', '_' and ' ', and where a capital follows a small letter. "api.Dockerfile"
 * has api; "Dockerfile.api-dev" has api, dev. None for a bare name and for other files.
 */
void name_tags(struct strings *tags, struct arena *arena, const char *name);

/* compose.yaml, docker-compose.prod.yml and their like (contract section 5). */
bool name_is_compose(const char *name);

#endif
