#include "git/mapped.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map(struct text *bytes, int file)
{
	struct stat status;
	void *mapped = MAP_FAILED;

	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
		mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (mapped == MAP_FAILED)
		return false;
	*bytes = (struct text){ mapped, (size_t)status.st_size };
	return true;
}

bool mapped_open_file(struct text *bytes, int *file, const char *path)
{
	int opened = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (opened >= 0 && map(bytes, opened)) {
		*file = opened;
		return true;
	}
	if (opened >= 0)
		close(opened);
	return false;
}

bool mapped_open(struct text *bytes, const char *path)
{
	int file = 0;

	if (!mapped_open_file(bytes, &file, path))
		return false;
	close(file);
	return true;
}

void mapped_close(struct text bytes)
{
	if (bytes.bytes)
		munmap((void *)(uintptr_t)bytes.bytes, bytes.length);
}
