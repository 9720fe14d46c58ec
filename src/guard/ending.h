#ifndef GUARD_ENDING_H
#define GUARD_ENDING_H

#include "guard/frame.h"
#include "guard/supervise.h"

/*
 * Judge how a worker ended. Nothing less than a whole frame, and an exit that agrees with it, is
 * an answer. 0, the parts of the frame pointing into supervision->bytes; or -1 with the failure
 * that says what happened, and no frame.
 */
int ending_judge(struct frame *frame, const struct supervision *supervision, struct arena *arena,
		 const struct guard *guard);

#endif
