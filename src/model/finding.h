#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include "base/vec.h"
#include "syntax/text.h"

struct policy_waiver;
struct rule;

enum level {
	LEVEL_OFF,
	LEVEL_NOTICE,
	LEVEL_WARNING,
	LEVEL_ERROR
};

enum finding_status {
	FINDING_NEW,
	FINDING_INHERITED,
	FINDING_WAIVED
};

/* A fault in one tree. The text of a finding is raw: reports clean it for their reader. */
struct finding {
	const struct rule *rule;
	enum level level;
	enum finding_status status;
	const char *path;
	struct span span;    /* all 0: the whole file */
	const char *message; /* what is wrong; both sides of a contradiction named */
	const char *help;    /* what to do, an imperative; NULL: nothing to say */
	const char *subject; /* service, or stage of a fault inside a Dockerfile; NULL: none */
	const char *value;   /* what the fingerprint has last (contract section 2); NULL: empty */
	const char *dockerfile;             /* the Dockerfile meant; NULL */
	const char *stage;                  /* the stage or target meant; NULL */
	const char *suggestion;             /* what was probably meant; NULL */
	const struct policy_waiver *waiver; /* what waives it; NULL: nothing */
	const char *excerpt;  /* text of the span's first line; NULL where there is none */
	char fingerprint[65]; /* SHA-256 of rule, path, subject, value, NUL between them */

	const char *line_mark;   /* model/line_hashes.h, "HASH:COUNT"; NULL: not asked for, or no
				    such line */
	const char *commit;      /* hex digits; NULL where no commit is judged */
	const char *ref;         /* NULL where no ref is pushed */
	const char *repaired_by; /* hex digits of the later commit of the same push; NULL */
};

struct findings VEC(struct finding);

const char *level_name(enum level level);

/* The level of that name; -1 where there is none. */
int level_parse(enum level *level, const char *name);

const char *finding_status_name(enum finding_status status);

/* Record that there are more than MAX_FINDINGS in a place: a tree, or a file with the last of them.
 * Returns -1. */
int findings_too_many(const char *place);

/* Sort by path, line, column, rule; then drop findings that are the same in all but text. */
void findings_sort(struct findings *findings);

/* A copy that lives in another arena. */
struct finding finding_copy(const struct finding *finding, struct arena *arena);

#endif
