#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"

/* The statuses of every command; a status is never a count. */
enum exit_status {
	STATUS_DONE = 0,     /* judged completely, nothing at or above the threshold */
	STATUS_FINDINGS = 1, /* judged; findings at or above the threshold */
	STATUS_USAGE = 2,    /* wrong usage or policy; nothing was judged */
	STATUS_FAILURE = 3,  /* could not judge */
};

/*
 * A command. A new one is a file with one `const struct command command_<name>` and one line here.
 */
struct command {
	const char *name;
	const char *usage;   /* what stands behind the name */
	const char *summary; /* a few words for people */
	const struct option *options;
	void (*more_help)(struct buf *out); /* what else --help shows; NULL: nothing */
	/* Do it: a status, or -1 with a failure recorded. */
	int (*run)(struct options *options, struct arena *arena);
};

#define COMMANDS(COMMAND)                                                                          \
	COMMAND(check)                                                                             \
	COMMAND(doctor)                                                                            \
	COMMAND(explain)                                                                           \
	COMMAND(hook)                                                                              \
	COMMAND(init)                                                                              \
	COMMAND(inspect)                                                                           \
	COMMAND(install)                                                                           \
	COMMAND(merge)                                                                             \
	COMMAND(rules)                                                                             \
	COMMAND(uninstall)

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)

#endif
