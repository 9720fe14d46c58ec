#include "git/window.h"

#include <unistd.h>

#include "git/mapped.h"

#define MIN_FILE (4u << 20) /* bytes of a file that is worth it */

bool window_open(struct window_file *file, const char *path, bool is_read)
{
	if (!mapped_open_file(&file->bytes, &file->file, path))
		return false;
	if (!is_read || file->bytes.length < MIN_FILE) {
		close(file->file);
		file->file = 0;
	}
	return true;
}

static bool has(const struct window *window, int file, size_t offset, size_t length)
{
	return window->file == file && offset >= window->start &&
	       offset + length <= window->start + window->length;
}

static bool read_part(struct window *window, int file, size_t offset)
{
	size_t start = offset > WINDOW_REACH ? offset - WINDOW_REACH : 0;
	ssize_t length = pread(file, window->bytes, WINDOW_SIZE, (off_t)start);

	window->count++;
	window->file = file;
	window->start = start;
	window->length = length > 0 ? (size_t)length : 0;
	return length > 0;
}

const char *window_at(struct window *window, const struct window_file *file, size_t offset,
		      size_t length)
{
	if (file->file == 0 || length > WINDOW_REACH || window->count >= MAX_WINDOWS)
		return file->bytes.bytes + offset;
	if (!has(window, file->file, offset, length) &&
	    !(read_part(window, file->file, offset) && has(window, file->file, offset, length)))
		return file->bytes.bytes + offset;
	return window->bytes + (offset - window->start);
}

void window_close(struct window_file *file)
{
	mapped_close(file->bytes);
	if (file->file)
		close(file->file);
}
