#ifndef CLI_CHECKUP_H
#define CLI_CHECKUP_H

#include "base/buf.h"
#include "cli/judging.h"
#include "git/hook_place.h"

/* How a line of a checkup begins. */
enum health {
	HEALTH_OK,
	HEALTH_WRONG,   /* the gate is not armed; the line says how to mend it */
	HEALTH_UNKNOWN, /* it cannot be found out */
};

/* What doctor finds out about the hooks of one repository, line by line. */
struct checkup {
	struct judging *judging;
	struct arena *arena;
	struct hook_place place;
	const char *self;   /* this program */
	const char *policy; /* which one the hooks take now, for people */
	bool of_server;     /* hooks of pushes that come in, else those of a clone */
	bool wrong, unknown;
	struct buf out;
};

/* Add a line; whatever is in its names, it stays one. */
void checkup_say(struct checkup *checkup, enum health health, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for the failure at hand, which is over then. what: "policy". */
void checkup_failed(struct checkup *checkup, enum health health, const char *what);

/* What to run so that hooks of ours are there and Git runs them. In the arena. */
const char *checkup_cure(const struct checkup *checkup);

/* One hook: is it there, what does it run, does it refuse. */
void checkup_hook(struct checkup *checkup, const char *name);

#endif
