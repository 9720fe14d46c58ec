#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

/* What the words of a command line say; each command takes some of them. */
struct options {
	const char *directory; /* -C */
	const char *config;    /* -c, --config */
	const char *format;    /* -f, --format */
	const char *fail_on;   /* -t, --fail-on */
	const char *colour;    /* --color */
	const char *rev, *range, *base;
	const char *timeout;    /* seconds */
	const char *date;       /* YYYY-MM-DD */
	struct strings outputs; /* FORMAT=FILE */
	struct strings levels;  /* RULE=LEVEL */
	struct strings stages;  /* FILE=NAME */
	struct strings only;    /* files */
	struct strings words;   /* everything else, in order */
	bool staged, ci, all, quiet, verbose, server, write, help;
};

/* One option: parser, usage and help from one line. Exactly one of the offsets' kinds is meant. */
struct option {
	char letter;       /* '\0': none */
	const char *name;  /* without the dashes; NULL: none */
	const char *value; /* what the help calls its value; NULL: takes none */
	const char *help;
	enum {
		OPTION_FLAG,
		OPTION_TEXT,
		OPTION_LIST
	} kind;
	size_t offset; /* in struct options */
};

#define OPTION_OF(member) offsetof(struct options, member)

/* Options that several commands take. */
#define OPTION_DIRECTORY                                                                           \
	{                                                                                          \
		'C', NULL, "DIR", "work as if started in DIR", OPTION_TEXT, OPTION_OF(directory)   \
	}
#define OPTION_CONFIG                                                                              \
	{                                                                                          \
		'c', "config", "FILE", "judge by this policy file", OPTION_TEXT, OPTION_OF(config) \
	}
#define OPTION_FORMAT(help)                                                                        \
	{                                                                                          \
		'f', "format", "FORMAT", help, OPTION_TEXT, OPTION_OF(format)                      \
	}
#define OPTION_COLOUR                                                                              \
	{                                                                                          \
		'\0', "color", "WHEN", "auto, always or never", OPTION_TEXT, OPTION_OF(colour)     \
	}
#define OPTION_STAGED                                                                              \
	{                                                                                          \
		'\0', "staged", NULL, "the index, as git commit would record it", OPTION_FLAG,     \
			OPTION_OF(staged)                                                          \
	}
#define OPTION_REV                                                                                 \
	{                                                                                          \
		'\0', "rev", "REV", "the tree of one commit", OPTION_TEXT, OPTION_OF(rev)          \
	}
#define OPTION_SERVER                                                                              \
	{                                                                                          \
		'\0', "server", NULL, "the hook of a server: pre-receive", OPTION_FLAG,            \
			OPTION_OF(server)                                                          \
	}
#define OPTION_TIMEOUT(help)                                                                       \
	{                                                                                          \
		'\0', "timeout", "SECONDS", help, OPTION_TEXT, OPTION_OF(timeout)                  \
	}
#define OPTION_DATE(help)                                                                          \
	{                                                                                          \
		'\0', "date", "YYYY-MM-DD", help, OPTION_TEXT, OPTION_OF(date)                     \
	}
/* How findings are judged and reported: check and hook. */
#define OPTIONS_OF_JUDGING                                                                         \
	OPTION_CONFIG, OPTION_FORMAT("format on standard output (below); text"),                   \
		{ 'o',           "output",                                                         \
		  "FORMAT=FILE", "write a report to a file too (repeatable)",                      \
		  OPTION_LIST,   OPTION_OF(outputs) },                                             \
		{ '\0',        "all",         NULL, "list inherited and waived findings too",      \
		  OPTION_FLAG, OPTION_OF(all) },                                                   \
		{ 't',         "fail-on",                                                          \
		  "LEVEL",     "fail from error, warning or notice on, or never",                  \
		  OPTION_TEXT, OPTION_OF(fail_on) },                                               \
		{ '\0',         "level",                                                           \
		  "RULE=LEVEL", "set a rule to error, warning, notice or off",                     \
		  OPTION_LIST,  OPTION_OF(levels) },                                               \
		OPTION_COLOUR, { 'q',         NULL,                                                \
				 NULL,        "one line a finding, nothing else",                  \
				 OPTION_FLAG, OPTION_OF(quiet) },                                  \
		{ 'v',         NULL,                                                               \
		  NULL,        "say what was judged, by which policy",                             \
		  OPTION_FLAG, OPTION_OF(verbose) },                                               \
		OPTION_TIMEOUT("give up after that time (a server's hooks: 30)"),                  \
		OPTION_DATE("the day on which waivers are asked whether they hold")
#define OPTION_HELP                                                                                \
	{                                                                                          \
		'h', "help", NULL, "show this", OPTION_FLAG, OPTION_OF(help)                       \
	}
#define OPTION_END                                                                                 \
	{                                                                                          \
		'\0', NULL, NULL, NULL, OPTION_FLAG, 0                                             \
	}

/*
 * Read words (ended by NULL) by a table that ends with OPTION_END. Options may stand among other
 * words; "--" ends them. 0, or -1 with a usage failure.
 */
int options_read(struct options *options, struct arena *arena, const struct option *table,
		 const char *const *words);

struct buf;

/* One line for each option of a table. */
void options_help(struct buf *out, const struct option *table);

#endif
