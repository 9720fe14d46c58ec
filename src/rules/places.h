#ifndef RULES_PLACES_H
#define RULES_PLACES_H

#include "model/rule.h"

/* A finding about a build, where it says what is wrong, else where the build is written. */
struct finding at_build(const struct build *build, const struct place *place);

/* A finding about a whole Dockerfile: on the line of its first FROM. */
struct finding at_dockerfile(const struct dockerfile *file);

/* A finding about a stage at a part of its Dockerfile. */
struct finding at_stage(const struct dockerfile *file, const struct stage *stage, struct span span);

/* A finding about a waiver, at a part of its policy file. */
struct finding at_waiver(struct arena *arena, const struct policy_waiver *waiver, struct span span);

/* Is this file but another name, a symbolic link, of one that is judged itself? */
bool is_judged_elsewhere(const struct project *project, const struct dockerfile *file);

/* What a message calls the Dockerfile of a build: "'api/Dockerfile'", "its inline Dockerfile". */
const char *dockerfile_title(struct arena *arena, const struct dockerfile *file);

/* Say which stages the others build on or copy from, one bool a stage; where a base depends on
 * the platform or an argument, any stage above it may be meant. */
void mark_used(bool *used, const struct dockerfile *file);

/* A key for what a name means in one file alone. */
const char *name_in(struct arena *arena, const char *path, const char *name);

/* The names in quotes, the first few of them: "'base', 'prod', ...". */
const char *names_listed(struct arena *arena, const struct strings *names);

#endif
