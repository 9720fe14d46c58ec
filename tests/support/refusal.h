#ifndef SUPPORT_REFUSAL_H
#define SUPPORT_REFUSAL_H

/* Why a Dockerfile with this line is refused whole; NULL: it is not. before and after are the text
 * around the line. */
void expect_refusal(const char *expected, const char *before, const char *line, const char *after);

#endif
