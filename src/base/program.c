#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"

#define MAX_PATH 4096    /* bytes */
#define MAX_VERSION 32   /* bytes, the NUL included */
#define CHUNK 65536u     /* bytes of a program that are looked at together */
#define MAX_CHUNKS 1024u /* of one program: 64 MiB */

int program_self(const char **path, struct arena *arena)
{
	char program[MAX_PATH];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program));

	if (length < 0 || length == sizeof(program))
		return fail("cannot tell where this program is: %s",
			    length < 0 ? strerror(errno) : "its path is too long");
	*path = arena_copy(arena, program, (size_t)length);
	return 0;
}

static bool is_program(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

const char *program_find(struct arena *arena, const char *name)
{
	const char *directories = getenv("PATH");

	if (strchr(name, '/'))
		return is_program(name) ? arena_string(arena, name) : NULL;
	while (directories) {
		size_t length = strcspn(directories, ":");
		const char *path = arena_printf(arena, "%.*s%s%s", (int)length, directories,
						length ? "/" : "./", name);

		if (is_program(path))
			return path;
		directories = directories[length] ? directories + length + 1 : NULL;
	}
	return NULL;
}

bool program_is_same(const char *path, const char *other)
{
	struct stat one, two;

	return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
	       one.st_ino == two.st_ino;
}

/* What stands behind the mark in some bytes; the mark alone is that of this very function. */
static const char *find_version(struct arena *arena, const char *bytes, size_t length)
{
	const size_t size = sizeof(PROGRAM_MARK) - 1;
	const char *at = bytes;

	while ((at = memmem(at, length - (size_t)(at - bytes), PROGRAM_MARK, size))) {
		size_t left = length - (size_t)(at - bytes) - size;
		size_t digits = 0;

		at += size;
		while (digits < left && digits < MAX_VERSION && at[digits] > ' ' &&
		       at[digits] < 0x7F)
			digits++;
		/* One that ends where the bytes do may go on. */
		if (digits < left && at[0] >= '0' && at[0] <= '9')
			return arena_copy(arena, at, digits);
	}
	return NULL;
}

const char *program_version(struct arena *arena, const char *path)
{
	char bytes[CHUNK];
	const size_t both = sizeof(PROGRAM_MARK) + MAX_VERSION;
	const char *version = NULL;
	size_t kept = 0, count = 0;
	FILE *file = fopen(path, "re");

	for (unsigned i = 0; file && !version && i < MAX_CHUNKS; i++) {
		count = fread(bytes + kept, 1, sizeof(bytes) - kept, file);
		if (count == 0)
			break;
		version = find_version(arena, bytes, kept + count);
		count += kept;
		kept = count < both ? count : both;
		memmove(bytes, bytes + count - kept, kept);
	}
	if (file)
		(void)fclose(file);
	return version;
}
