#include "git/tree.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "git/handles.h"
#include "syntax/slice.h"

#define DIRECTORY_MODE 0040000u
#define LINK_MODE 0120000u
#define SUBMODULE_MODE 0160000u

static int malformed(const struct tree_cursor *cursor, const char *why)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), cursor->id);
	return fail("tree %s is malformed: %s", hex, why);
}

static bool is_mode(unsigned mode)
{
	return mode == 0100644 || mode == 0100755 || mode == 0100664 || mode == DIRECTORY_MODE ||
	       mode == LINK_MODE || mode == SUBMODULE_MODE;
}

/* Names that no work tree can hold, or that hide what they are (git's verify_path). */
static bool is_bad_name(const char *name, size_t length)
{
	static const char *const bad[] = { ".", "..", ".git", "git~1" };
	bool may_be = length <= strlen("git~1") && (name[0] == '.' || (name[0] | 0x20) == 'g');

	for (size_t i = 0; may_be && i < sizeof(bad) / sizeof(bad[0]); i++)
		if (strlen(bad[i]) == length && strncasecmp(name, bad[i], length) == 0)
			return true;
	return length == 0 || memchr(name, '/', length);
}

static bool is_directory(const struct tree_entry *entry)
{
	return entry->mode == DIRECTORY_MODE;
}

int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t common = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->name, b->name, common);
	unsigned char next_a = 0, next_b = 0;

	if (order)
		return order;
	next_a = a->length > common ? (unsigned char)a->name[common] : is_directory(a) ? '/' : 0;
	next_b = b->length > common ? (unsigned char)b->name[common] : is_directory(b) ? '/' : 0;
	return next_a - next_b;
}

static bool begins_with(const struct tree_entry *entry, const struct tree_entry *file)
{
	return entry->length >= file->length && memcmp(entry->name, file->name, file->length) == 0;
}

/* Make room for one more: what is forgotten begins the names of all that are remembered. */
static void forget_file(struct tree_cursor *cursor)
{
	cursor->forgotten = cursor->files[0];
	cursor->file_count--;
	memmove(cursor->files, cursor->files + 1, cursor->file_count * sizeof(cursor->files[0]));
}

/*
 * A file and a directory of one name need not stand side by side: "a", "a.b", "a/". So the files
 * are remembered that the entries since begin with, as git's fsck.c does; a directory that could be
 * of the name of one that was forgotten is refused.
 */
static int check_twice(struct tree_cursor *cursor, const struct tree_entry *entry)
{
	const struct tree_entry *forgotten = &cursor->forgotten;

	while (cursor->file_count > 0 &&
	       !begins_with(entry, &cursor->files[cursor->file_count - 1]))
		cursor->file_count--;
	for (size_t i = 0; is_directory(entry) && i < cursor->file_count; i++)
		if (cursor->files[i].length == entry->length)
			return malformed(cursor, "a file and a directory of the same name");
	if (is_directory(entry) && forgotten->name && begins_with(forgotten, entry))
		return malformed(cursor, "too many files whose names begin as a directory's");
	if (is_directory(entry))
		return 0;
	if (cursor->file_count == MAX_TREE_ALIKE)
		forget_file(cursor);
	cursor->files[cursor->file_count++] = *entry;
	return 0;
}

static int check(struct tree_cursor *cursor, const struct tree_entry *entry)
{
	if (!is_mode(entry->mode))
		return malformed(cursor, "an entry of unknown mode");
	if (is_bad_name(entry->name, entry->length))
		return malformed(cursor, "an entry named as no file can be");
	if (cursor->before.name && tree_entry_compare(&cursor->before, entry) >= 0)
		return malformed(cursor, "entries out of order or twice");
	return check_twice(cursor, entry);
}

/* The mode at the beginning, and how many digits it has; 0: it is none. */
static size_t read_mode(unsigned *mode, struct text text)
{
	size_t digits = 0;

	/* Most are files, whose mode has one way to be written. */
	if (slice_starts(text, "100644 ")) {
		*mode = 0100644;
		return strlen("100644");
	}
	*mode = 0;
	while (digits < text.length && digits < 7 && text.bytes[digits] >= '0' &&
	       text.bytes[digits] <= '7')
		*mode = *mode * 8 + (unsigned)(text.bytes[digits++] - '0');
	return digits < text.length && text.bytes[digits] == ' ' ? digits : 0;
}

int tree_next(struct tree_cursor *cursor, struct tree_entry *entry)
{
	const char *at = cursor->text.bytes + cursor->at;
	size_t left = cursor->text.length - cursor->at;
	const char *end = NULL;
	unsigned mode = 0;
	size_t digits = 0;

	if (left == 0) {
		if (cursor->is_sound)
			*cursor->is_sound = true;
		return 0;
	}
	digits = read_mode(&mode, (struct text){ at, left });
	if (digits == 0)
		return malformed(cursor, "an entry's mode is no octal number");
	end = memchr(at + digits, '\0', left - digits);
	if (!end || left - (size_t)(end - at) - 1 < GIT_OID_RAWSZ)
		return malformed(cursor, "its end is missing");
	cursor->padded |= at[0] == '0';
	*entry = (struct tree_entry){ .name = at + digits + 1,
				      .length = (size_t)(end - at) - digits - 1,
				      .mode = mode,
				      .id = (const unsigned char *)end + 1 };
	if (!(cursor->is_sound && *cursor->is_sound) && check(cursor, entry) < 0)
		return -1;
	cursor->before = *entry;
	cursor->at += (size_t)(end - at) + 1 + GIT_OID_RAWSZ;
	return 1;
}

enum entry_kind tree_entry_kind(const struct tree_entry *entry)
{
	return entry->mode == DIRECTORY_MODE   ? ENTRY_DIRECTORY
	       : entry->mode == LINK_MODE      ? ENTRY_LINK
	       : entry->mode == SUBMODULE_MODE ? ENTRY_SUBMODULE
					       : ENTRY_FILE;
}
