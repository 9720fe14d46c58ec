#ifndef SUPPORT_HISTORY_H
#define SUPPORT_HISTORY_H

/*
 * A directory for the tests of a file, whose name is made of what mkdtemp(3) takes, with what a
 * shell makes of the history there; libgit2 is ready, and nobody's settings count. For the set-up
 * and the teardown of a group: 0, or something else.
 */
int history_enter(char *directory, const char *history);
int history_leave(const char *directory);

#endif
