#ifndef TESTS_SUPPORT_COMPOSE_H
#define TESTS_SUPPORT_COMPOSE_H

struct policy;

/*
 * What the compose reader makes of files, given as path, text, path, text, ..., NULL: a line for
 * each build, each fault ("path:line:column: ...") and each thing unchecked ("path:line? ...").
 * A text that begins with "->" is a symbolic link, "<submodule>" a submodule. No policy: NULL.
 */
void expect_compose(const struct policy *policy, const char *expected, ...)
	__attribute__((sentinel));

/* The same of an array that ends with NULL. */
void expect_compose_of(const struct policy *policy, const char *expected, const char *const *files);

#endif
