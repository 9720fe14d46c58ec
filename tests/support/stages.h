#ifndef TESTS_SUPPORT_STAGES_H
#define TESTS_SUPPORT_STAGES_H

struct build;

/*
 * What the model makes of a Dockerfile: a line for each stage, "first-last name on base (parent)",
 * with its sources and their places behind it; then why the file is not read or is refused.
 */
void expect_stages(const char *text, const char *expected);

/* The same as a build sees the file. */
void expect_stages_of(const char *text, const struct build *build, const char *expected);

#endif
