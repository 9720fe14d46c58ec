#ifndef CLI_CONFINEMENT_H
#define CLI_CONFINEMENT_H

#include "cli/judging.h"

/* Once the repository is open, a worker can read only what belongs to it: its directories, those
 * of all its objects, and the server's policy file. With -v it says how far. 0, or -1. */
int judging_confine(struct judging *judging);

#endif
