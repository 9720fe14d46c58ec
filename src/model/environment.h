#ifndef MODEL_ENVIRONMENT_H
#define MODEL_ENVIRONMENT_H

#include <stdbool.h>

/* Words that say when an image is built or run, not what it is. All in any case. */

/* "dev", "production", "test", "old" and their like: a tag that makes a file a variant. */
bool is_environment_word(const char *word);

/* "prod", "production". */
bool is_production_word(const char *word);

/* The words of which a directory is one of several for the same thing: docker/dev, docker/prod. */
bool is_environment_directory(const char *name);

#endif
