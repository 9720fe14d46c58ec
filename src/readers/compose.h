#ifndef READERS_COMPOSE_H
#define READERS_COMPOSE_H

#include "readers/compose_model.h"
#include "syntax/dotenv.h"
#include "syntax/template.h"

#define MAX_COMPOSE_KEPT (8u << 20) /* bytes of variables past which .env files are read again */

struct policy_variable;

/* A variable with the values a policy gives it, and the one in force. */
struct compose_choice {
	const struct policy_variable *variable;
	size_t index;
	bool used; /* since the view at hand began */
};

struct compose_choices VEC(struct compose_choice);

/* A compose file as it was read. */
struct compose_source {
	const char *path;
	enum entry_kind kind; /* what stands there; ENTRY_FILE is the only one that can be read */
	bool usable;          /* it could be read; else that is reported */
	bool opaque;          /* nobody can say what it says here */
	struct yaml_file yaml;
};

/* All that is known while the compose files of a project are read. */
struct compose {
	struct project *project;
	struct arena *arena;  /* gone once a view is read */
	struct arena *keep;   /* lives as long as the project */
	struct arena *trees;  /* of YAML nodes: at least as long */
	struct table sources; /* struct compose_source *, by path */
	struct map constants; /* struct map *: .env files that are always the same, by path */
	struct map reported;  /* what was said before */
	struct map variables; /* struct compose_choice *, by name */
	struct compose_choices choices;
	size_t files, services; /* read for the view at hand */
	size_t text;            /* bytes that variables made of its texts */
	size_t kept;            /* bytes of constants */
};

/* Where variables come from: the policy at the top, below it one .env file after another. */
struct compose_environment {
	struct compose *compose;
	const struct compose_environment *above; /* wins */
	bool several; /* files are laid over each other: what one says alone is not kept */
	struct map values;
	const char *project; /* the name that files give the project; NULL: none, or not known */
};

/* One project: the files of a view, or of an include. */
struct compose_scope {
	struct compose *compose;
	const char *directory; /* what paths in it are relative to */
	const char *lookup;    /* what files it names are relative to; nearly always the same */
	struct compose_environment *environment;
	struct map extended; /* struct compose_model *: files that services extend, by path */
	const struct compose_scope *above; /* the project that includes this one; NULL: none */
	const char *file;                  /* the one of them that includes this project */
	unsigned depth;
};

/* Say what is wrong or was not checked, each thing once. */
void compose_fault(struct compose *compose, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void compose_unchecked(struct compose *compose, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The file at a path, read the first time. 0, or -1. */
int compose_source(struct compose *compose, struct compose_source **source, const char *path);

/* Where a file that is named in another one is; NULL, and said, where that cannot be known. */
const char *compose_path(struct compose *compose, const struct compose_value *file);

/* Why no file can be read at a path: "is not in the tree" and the like. */
const char *compose_absence(enum entry_kind kind);

/* Is a context or a file named so not in this file system: a URL, a Git reference? */
bool compose_is_remote(const char *name);

/* Is it a path of the machine it is used on: absolute, in a home directory, on a Windows drive? */
bool compose_is_absolute(const char *name);

/* Put the variables of the .env file at a path below what is there. Nothing where there is no such
 * file. 0, or -1. */
int compose_environment_read(struct compose_environment *environment, const char *path);

/* The value that an argument of a build has where none is given: that of the variable in the whole
 * project, whatever an include adds. NULL where it has none or it is not known. */
const char *compose_argument(const struct compose_scope *scope, const char *name);

/* Any tag but those of YAML's own types leaves a scalar a text (go-yaml resolve.go). */
bool compose_is_text(const struct yaml *node);

/* A text of a file with its variables replaced; what is no text has an error that begins with
 * what it is called. */
struct compose_value compose_value(struct compose_scope *scope, const struct yaml *node,
				   const char *path, const char *what);

/* The mapping with its merge keys resolved; NULL, and a fault, where that cannot be. */
const struct yaml *compose_mapping(struct compose *compose, const struct yaml *node,
				   const char *path);

/* Is it tagged !reset; !reset or !override? */
bool compose_resets(const struct yaml *node);
bool compose_clears(const struct yaml *node);

/* What one document of the file at path says. */
void compose_document(struct compose_scope *scope, struct compose_model *model,
		      const struct yaml *root, const char *path);

/* What a value of `build` says. */
void compose_read_build(struct compose_scope *scope, struct compose_build *build,
			const struct yaml *node, const char *path);

/* Lay all that services of the document extend below them. 0, or -1. */
int compose_extend(struct compose_scope *scope, struct compose_model *document);

/* Put what the document includes into it. 0, or -1. */
int compose_include(struct compose_scope *scope, struct compose_model *document, const char *path);

/* Find the name that these files give the project, for the variables of its environment: the last
 * one counts. 0, or -1. */
int compose_name_read(struct compose_scope *scope, const struct strings *paths);

/* Lay the files of a scope over each other, extends and include done. 0, or -1. */
int compose_load(struct compose_scope *scope, struct compose_model *model,
		 const struct strings *paths);

/* Make builds of the services, of those alone that mentioned has where it is not NULL. seen holds
 * those made before with other values of variables. 0, or -1. */
int compose_builds(struct compose_scope *scope, const struct compose_model *model,
		   const struct strings *files, const struct compose_model *mentioned,
		   struct map *seen);

#endif
