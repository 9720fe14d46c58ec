#ifndef CLI_CI_PAYLOAD_H
#define CLI_CI_PAYLOAD_H

#include "cli/ci_event.h"
#include "syntax/text.h"

/*
 * The file GITHUB_EVENT_PATH, in which GitHub Actions, and those that are like it, describe the
 * event named event->name: a webhook's payload, JSON that holds much text of whoever caused it. 0,
 * or -1 where the event has a base by its nature and the file does not say which.
 */
int ci_payload_read(struct ci_event *event, struct arena *arena);

/* The same from the file's text. */
int ci_payload_parse(struct ci_event *event, struct arena *arena, struct text text);

#endif
