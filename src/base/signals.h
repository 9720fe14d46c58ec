#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <signal.h>

/* From here on no signal ends the program but one that cannot be held, nor does its time: for the
 * moment in which files take their places. *before is for signals_let(), where what came meanwhile
 * is delivered. */
void signals_hold(sigset_t *before);

void signals_let(const sigset_t *before);

#endif
