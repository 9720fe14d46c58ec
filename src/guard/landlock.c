/* By system calls and numbers of our own: the headers and libraries that know them are newer than
 * the systems this is built on. */
#include "guard/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fail.h"
#include "guard/build.h"

/* The same on every machine. */
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446

#define ASK_VERSION 1u
#define PATH_BENEATH 1
#define READ_FILE (1u << 2)
#define READ_DIRECTORY (1u << 3)
#define NEWEST 6 /* of the versions below */

/* What is denied unless a rule allows it: rights to files; to networks; to other processes. */
struct ruleset {
	uint64_t files, networks, scopes;
};

/* As many as each version knows. */
static const struct ruleset known[NEWEST + 1] = {
	{ 0 },
	{ (1u << 13) - 1, 0, 0 },
	{ (1u << 14) - 1, 0, 0 },
	{ (1u << 15) - 1, 0, 0 },
	{ (1u << 15) - 1, 3, 0 },
	{ (1u << 16) - 1, 3, 0 },
	{ (1u << 16) - 1, 3, 3 },
};

/* The kernel has it without the padding at its end. */
struct rule {
	uint64_t rights;
	int32_t path;
} __attribute__((packed));

static int not_confined(const char *path)
{
	return fail("cannot confine the judging to '%s': %s", path, strerror(errno));
}

/* What is not there, or may not be seen, cannot be read either way. */
static bool is_absent(void)
{
	return errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP;
}

static int allow(int ruleset, const char *path)
{
	struct rule rule = { READ_FILE, open(path, O_PATH | O_CLOEXEC) };
	struct stat status;
	int failed = 0;

	if (rule.path < 0)
		return is_absent() ? 0 : not_confined(path);
	if (fstat(rule.path, &status) == 0 && S_ISDIR(status.st_mode))
		rule.rights |= READ_DIRECTORY;
	if (syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) < 0)
		failed = not_confined(path);
	close(rule.path);
	return failed;
}

static int allow_and_restrict(int ruleset, const struct strings *paths)
{
	vec_each (const char *const *, path, paths)
		if (allow(ruleset, *path) < 0)
			return -1;
	/* Where a sanitizer looks for the threads of its process. */
	if (SANITIZED && allow(ruleset, "/proc") < 0)
		return -1;
	return syscall(RESTRICT_SELF, ruleset, 0) < 0 ? not_confined("the repository") : 0;
}

int landlock_confine(const struct strings *paths)
{
	long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
	const struct ruleset *rights = NULL;
	int ruleset = -1, failed = 0;

	if (version <= 0)
		return 0;
	rights = &known[version > NEWEST ? NEWEST : version];
	ruleset = (int)syscall(CREATE_RULESET, rights, sizeof(*rights), 0);
	if (ruleset < 0)
		return not_confined("the repository");
	failed = allow_and_restrict(ruleset, paths);
	close(ruleset);
	return failed ? -1 : (int)version;
}
