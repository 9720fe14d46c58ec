#include "git/tree.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/path.h"
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

static struct entry entry_of(struct arena *arena, const struct tree_entry *found)
{
	struct entry entry = { .path = arena_copy(arena, found->name, found->length),
			       .kind = tree_entry_kind(found) };
	git_oid id;

	git_oid_fromraw(&id, found->id);
	git_oid_tostr(entry.id, sizeof(entry.id), &id);
	return entry;
}

/* A path is there once more in each directory on the way to it, so a small tree may take much room.
 * 0, or -1. */
static int take_room(struct tree_summary *summary, const char *path, size_t size)
{
	size_t length = strlen(path);
	char hex[GIT_OID_HEXSZ + 1];

	if (length > MAX_TREE_PATH)
		return fail("'%s' has a path of more than %d bytes", path_name(path),
			    MAX_TREE_PATH);
	summary->room += length + size;
	if (summary->room <= MAX_TREE_ROOM)
		return 0;
	git_oid_tostr(hex, sizeof(hex), &summary->node.id);
	return fail("the paths below tree %s take more than %u MiB", hex, MAX_TREE_ROOM >> 20);
}

static int add_watched(struct trees *trees, struct tree_summary *summary, struct entry entry)
{
	if (take_room(summary, entry.path, sizeof(entry)) < 0)
		return -1;
	if (summary->watched.count == MAX_WATCHED_FILES)
		return snapshot_too_many(id_hex(trees->arena, &summary->node.id));
	*vec_add(trees->arena, &summary->watched) = entry;
	return 0;
}

struct fault trees_fault(struct arena *arena, const char *path, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return (struct fault){ .place = { .path = path },
			       .message = arena_printf(
				       arena, "tree %s is malformed: modes with leading zeros",
				       hex),
			       .help = "let Git write the directory anew: commit a change in it" };
}

static int add_fault(struct trees *trees, struct tree_summary *summary, struct fault fault)
{
	if (take_room(summary, fault.place.path, sizeof(fault)) < 0)
		return -1;
	if (summary->faults.count == MAX_WATCHED_FILES)
		return fail("more than %d malformed trees in one", MAX_WATCHED_FILES);
	*vec_add(trees->arena, &summary->faults) = fault;
	return 0;
}

/* Where a tree stands. */
struct spot {
	int depth;
	struct index_hint hint;
};

static int summarise(struct trees *trees, struct tree_summary **summary, const git_oid *tree,
		     const struct spot *spot);

/* What is watched below a directory of the tree being read. */
static int add_below(struct trees *trees, struct tree_summary *summary,
		     const struct tree_entry *found, const struct spot *above)
{
	struct tree_summary *below = NULL;
	struct spot spot = { above->depth + 1,
			     index_hint_below(&above->hint,
					      (struct text){ found->name, found->length }) };
	const char *name = NULL;
	git_oid id;

	git_oid_fromraw(&id, found->id);
	if (summarise(trees, &below, &id, &spot) < 0)
		return -1;
	if (summary->height <= below->height)
		summary->height = below->height + 1;
	if (below->watched.count == 0 && below->faults.count == 0)
		return 0;
	summary->room += below->room;
	name = arena_copy(trees->arena, found->name, found->length);
	vec_each (const struct entry *, entry, &below->watched) {
		struct entry copy = *entry;

		copy.path = path_join(trees->arena, name, entry->path);
		if (add_watched(trees, summary, copy) < 0)
			return -1;
	}
	vec_each (const struct fault *, fault, &below->faults) {
		struct fault copy = *fault;

		copy.place.path = path_join(trees->arena, name, fault->place.path);
		if (add_fault(trees, summary, copy) < 0)
			return -1;
	}
	return 0;
}

bool trees_watch_name(const struct trees *trees, const char *name, enum entry_kind kind)
{
	return (kind == ENTRY_FILE || kind == ENTRY_LINK) && strlen(name) <= MAX_WATCHED_NAME &&
	       trees->watches(name);
}

bool trees_watch(const struct trees *trees, const struct tree_entry *entry)
{
	return trees_watch_name(trees, entry->name, tree_entry_kind(entry));
}

/* The order of a tree's entries is that of the bytes of the paths below them. */
static int read_entries(struct trees *trees, struct tree_summary *summary,
			struct tree_cursor *cursor, const struct spot *spot)
{
	struct tree_entry found;
	size_t entries = 0;
	int more = 0;

	for (; (more = tree_next(cursor, &found)) > 0; entries++) {
		if (is_directory(&found)) {
			if (add_below(trees, summary, &found, spot) < 0)
				return -1;
		} else if (trees_watch(trees, &found) &&
			   add_watched(trees, summary, entry_of(trees->arena, &found)) < 0)
			return -1;
	}
	return more < 0 ? -1 : trees_take(trees, cursor->id, entries);
}

/* Is there something to watch in the directory itself? Then its paths will be asked for. */
static bool watches_own(const struct tree_summary *summary)
{
	vec_each (const struct entry *, entry, &summary->watched)
		if (!strchr(entry->path, '/'))
			return true;
	return false;
}

static int read_summary(struct trees *trees, struct tree_summary *summary, const git_oid *tree,
			const struct spot *spot)
{
	struct tree_cursor cursor = { .id = tree };
	const struct tree_object *kept = NULL;
	struct arena scratch = { 0 };
	int failed = 0;

	if (spot->depth > MAX_TREE_DEPTH)
		return trees_too_deep(tree);
	/* A comparison has mostly read what has changed; nothing is kept that is seen once. */
	kept = (const struct tree_object *)ids_get(&trees->objects, tree);
	if (kept)
		cursor.text = kept->text;
	else
		failed = repository_read(trees->repository, &scratch, &cursor.text,
					 (struct wanted){ tree, GIT_OBJECT_TREE, 0 });
	if (!failed)
		failed = read_entries(trees, summary, &cursor, spot);
	if (!failed && !kept && watches_own(summary)) {
		cursor.text.bytes = arena_copy(&trees->kept, cursor.text.bytes, cursor.text.length);
		trees_keep(trees, tree, cursor.text);
	}
	arena_release(&scratch);
	if (!failed && cursor.padded)
		failed = add_fault(trees, summary, trees_fault(trees->arena, ".", tree));
	return failed;
}

/* What the index has in the same directory. */
static int take_hint(struct trees *trees, struct tree_summary *summary,
		     const struct index_hint *hint)
{
	struct index_entries watched = index_hint_watched(hint);

	vec_each (const struct index_entry *, found, &watched) {
		struct entry entry =
			index_entry_found(found, found->path + strlen(hint->node->path));

		if (entry.kind != ENTRY_SUBMODULE && add_watched(trees, summary, entry) < 0)
			return -1;
	}
	return 0;
}

/* What is said with the help of the index is true of the tree in this one place. */
static int summarise(struct trees *trees, struct tree_summary **summary, const git_oid *tree,
		     const struct spot *spot)
{
	*summary = (struct tree_summary *)ids_get(&trees->summaries, tree);
	if (*summary)
		return spot->depth + (*summary)->height > MAX_TREE_DEPTH ? trees_too_deep(tree) : 0;
	*summary = arena_new(trees->arena, struct tree_summary);
	(*summary)->node.id = *tree;
	if (index_hint_is(&spot->hint, tree))
		return take_hint(trees, *summary, &spot->hint);
	if (read_summary(trees, *summary, tree, spot) < 0)
		return -1;
	if (!spot->hint.node)
		ids_put(&trees->summaries, trees->arena, &(*summary)->node);
	return 0;
}

int trees_summary(struct trees *trees, const struct tree_summary **summary, const git_oid *tree,
		  int depth)
{
	struct tree_summary *found = NULL;
	struct spot root = { depth, index_hint(trees->index) };
	int failed = summarise(trees, &found, tree, &root);

	*summary = found;
	return failed;
}
