#ifndef CLI_POLICY_CHANGE_H
#define CLI_POLICY_CHANGE_H

#include "cli/judging.h"

/* Where what is judged brings another policy than the one it is judged by, note it. 0, or -1. */
int policy_change_note(struct judging *judging);

#endif
