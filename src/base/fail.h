#ifndef BASE_FAIL_H
#define BASE_FAIL_H

/*
 * What is wrong with the world: no repository, a missing object, a bad option, a full disk.
 * (What is wrong with the content of a file under review is a finding, never a failure.)
 * A function that can fail returns 0, or -1 after one of these; its caller returns -1 in turn and
 * may put the place in front with fail_in(). Only main prints the message.
 */

/* Remember that the judgement is not possible (status 3). Returns -1: return fail("..."); */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Remember that the usage or the policy is wrong (status 2). Returns -1. */
int fail_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Put "where: " in front of the message at hand. Returns -1. */
int fail_in(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The exit status and the message of the first failure; 0 and "" when there was none. */
int failure_status(void);
const char *failure_message(void);

/* Forget the failure at hand: for a caller that knows another way. */
void failure_clear(void);

/* No memory, or a mistake of ours: say so on standard error and end with status 3. */
void die(const char *message) __attribute__((noreturn));

#endif
