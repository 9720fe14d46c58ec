#ifndef TESTS_SUPPORT_EXPECT_H
#define TESTS_SUPPORT_EXPECT_H

/*
 * Judge a tree in memory with every reader and every rule, and compare all that is found, one line
 * each: "path:line:column: level: message [rule]", without the column where there is none. The
 * tree is given as pairs of path and text, ended by NULL; a text that begins with "-> " is the
 * target of a symbolic link.
 */
void expect_report(const char *expected, ...) __attribute__((sentinel));

/* The same tree, and of each finding what a report has beside its message: "rule: subject, value,
 * dockerfile, stage, suggestion: help", "-" where there is none. */
void expect_details(const char *expected, ...) __attribute__((sentinel));

/* The same as the first under a policy file that is laid over the default. */
void expect_report_under(const char *policy, const char *expected, ...) __attribute__((sentinel));

#endif
