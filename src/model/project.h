#ifndef MODEL_PROJECT_H
#define MODEL_PROJECT_H

#include <stdbool.h>

#include "base/map.h"
#include "base/table.h"
#include "base/vec.h"
#include "model/snapshot.h"
#include "syntax/text.h"

struct attributes;
struct dockerfile_syntax;
struct instruction;
struct policy;

/* COPY --from=... or RUN --mount=...,from=... of a stage. */
struct stage_source {
	const char *from; /* as written, quotes removed */
	int stage;        /* index of the stage it means, -1: an image or a named context */
	int number;    /* COPY --from=2: 2, else -1; past the last stage only where error is set */
	unsigned line; /* of its instruction */
	bool is_copy;  /* COPY --from, else RUN --mount */
	struct span span; /* of the value; line alone where the value is not found in one piece */
};

struct stage_sources VEC(struct stage_source);

struct stage {
	int index;
	const struct instruction *from;
	const char *name;       /* lower-cased as BuildKit does; NULL: none */
	const char *base;       /* after expansion of global arguments; NULL: empty or unknown */
	const char *base_text;  /* as written */
	const char *platform;   /* --platform as written; NULL: none */
	const char *unresolved; /* the argument without value that base depends on; NULL: none */
	bool is_platform_base;  /* base depends on the platform, so another stage may be meant */
	int parent;             /* index of the stage it builds on, -1: an image */
	unsigned start_line, end_line;
	struct span name_span, base_span;
	struct stage_sources sources;
	struct stage_sources triggers; /* of its ONBUILD: sources of the stages that build on it */
};

struct stages VEC(struct stage);

/* Why a builder refuses a whole file. */
enum dockerfile_fault {
	FAULT_NONE,
	FAULT_UNREADABLE, /* anything but the one that has a rule of its own */
	FAULT_STAGE_NAME, /* a stage name that the builder does not take */
	FAULT_COPY_FROM,  /* a variable in COPY --from: buildah fills it in, BuildKit does not */
};

struct dockerfile {
	const char *path;      /* as the tree names it, or "" for text inside a compose file */
	const char *real_path; /* where its bytes are: another path behind a symbolic link */
	struct text text;      /* bytes NULL where it was not read */
	const char *error;     /* why the builder refuses the file whole; NULL: it does not */
	enum dockerfile_fault fault; /* of error */
	const char *fault_value;     /* the stage name of FAULT_STAGE_NAME */
	struct span error_span;
	const char *opaque;   /* why it was not read; NULL: it was */
	bool too_large;       /* opaque, and an `unreadable` finding */
	bool leads_nowhere;   /* opaque: a link without a file behind it here */
	unsigned first_from;  /* line of the first FROM, 1 where there is none */
	struct stages stages; /* empty where the file cannot be parsed */
	struct map by_name;   /* the last struct stage of each name, all lower case */
	const struct dockerfile_syntax *syntax; /* its instructions; NULL where opaque */
};

struct dockerfiles VEC(struct dockerfile *);

/* An argument of a build (compose build.args); value NULL: taken from the environment. */
struct argument {
	const char *name, *value;
};

struct arguments VEC(struct argument);

/* Who builds which stage: the narrow waist between readers and rules. */
struct build {
	const char *kind;       /* "compose" */
	const char *subject;    /* the service */
	struct strings files;   /* the files merged */
	const char *context;    /* normalised path; NULL: remote, outside, or not known */
	const char *dockerfile; /* normalised path; NULL: inline, remote, outside, or not known */
	const char *target;     /* as it will be asked for; NULL: none */
	int stage;              /* index in its Dockerfile, -1: none; set by project_resolve() */
	bool remote;            /* the context is no directory of this tree */
	struct dockerfile *inlined; /* dockerfile_inline; NULL: none */
	struct dockerfile *variant; /* the Dockerfile as arguments and contexts make it; NULL: as
				       it is; set by project_resolve() */
	const char *error;          /* why it was not resolved; NULL: it was */
	const char *unresolved;     /* the variable without value it depends on; NULL: none */
	const struct build *laid;   /* the same of its file laid over the default one, where all is
				       there; NULL: none; set by project_resolve() */
	struct arguments arguments;
	struct strings contexts; /* names of additional_contexts: they hide stages and images */
	struct place target_place, dockerfile_place, context_place; /* where written; path NULL:
								       nowhere */
	struct place unresolved_place;
	struct place
		place; /* the deciding one: target, else dockerfile, else context, else build */
};

struct builds VEC(struct build);

/* What was seen and could not be judged. */
struct unchecked {
	const char *path;
	unsigned line; /* 0: the whole file */
	const char *reason;
};

struct uncheckeds VEC(struct unchecked);

/* By path, line, reason. */
void uncheckeds_sort(struct uncheckeds *uncheckeds);

/* What was spent of what a tree as a whole may take. */
struct effort {
	size_t variants; /* instructions read again for the arguments of builds */
	size_t matches;  /* patterns of attributes, those with wildcards times path */
	size_t read;     /* bytes of files of attributes, each as often as it was read */
};

/* Is it more than one tree may take, read at one go or part by part? Then something may have been
 * left out, which is among `uncheckeds`. */
bool effort_is_too_much(const struct effort *effort);

/* What the readers make of a snapshot. Everything lives in the arena. */
struct project {
	struct arena *arena;
	struct snapshot *snapshot;
	const struct policy *policy;
	struct dockerfiles dockerfiles; /* sorted by path once resolved */
	struct table by_path;           /* struct dockerfile * */
	struct builds builds;
	struct builds covered; /* builds that an override changes, or of a view laid over the
				  default file: nobody judges them, but they use stages */
	struct faults faults;
	struct uncheckeds uncheckeds;
	struct attributes *attributes; /* model/attributes.h; NULL until they are asked for */
	struct effort effort;
};

/* The Dockerfile at a path, read the first time it is asked for; NULL in *file where there is no
 * such file (see snapshot_find() for why). 0, or -1 when the world is wrong. */
int project_read_dockerfile(struct project *project, struct dockerfile **file, const char *path);

/* The Dockerfile at a path if it was read; NULL else. */
struct dockerfile *project_dockerfile(const struct project *project, const char *path);

/* The text of a file that was read; empty where it was not. */
struct text project_text(const struct project *project, const char *path);

/* What a build builds: its Dockerfile or inline text; NULL where it has none here. */
const struct dockerfile *build_dockerfile(const struct project *project, const struct build *build);

/* Record that there are more than MAX_BUILDS in a place: a tree, or a file with the last of them.
 * Returns -1. */
int project_too_many_builds(const char *place);

void project_fault(struct project *project, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void project_unchecked(struct project *project, const char *path, unsigned line, const char *format,
		       ...) __attribute__((format(printf, 4, 5)));

/* What each build with arguments or contexts of its own makes of its Dockerfile. */
void project_make_variants(struct project *project);

/* After all readers: read what builds name, find the stage of each target, sort. 0, or -1. */
int project_resolve(struct project *project);

#endif
