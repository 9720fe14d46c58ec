#include "base/present.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/fail.h"

bool present_not(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

static int look(struct stat *status, const char *path, int flags)
{
	if (fstatat(AT_FDCWD, path, status, flags) == 0)
		return 1;
	return present_not(errno) ? 0 : fail("cannot look at '%s': %s", path, strerror(errno));
}

int present(struct stat *status, const char *path)
{
	return look(status, path, AT_SYMLINK_NOFOLLOW);
}

int present_behind(struct stat *status, const char *path)
{
	return look(status, path, 0);
}
