#include "git/worktree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/present.h"
#include "git/handles.h"

/* A snapshot's own. */
struct worktree {
	const char *root;
	struct index *index; /* NULL: no repository */
	watcher *watches;
};

static const char *absolute(struct snapshot *snapshot, const char *path)
{
	const struct worktree *tree = snapshot->source;

	return arena_printf(snapshot->arena, "%s/%s", tree->root, path);
}

/* Git sees a repository of its own where it tracks a submodule, checked out or not; and where it
 * tracks nothing, in a directory with a .git in it. 1 or 0, or -1. */
static int is_repository(struct snapshot *snapshot, const char *path)
{
	const struct worktree *tree = snapshot->source;
	const char *inside = NULL;
	enum entry_kind tracked = ENTRY_ABSENT;
	struct index_entry entry;
	struct stat status;
	int error = 0;

	if (strcmp(path, ".") == 0)
		return 0;
	if (tree->index)
		tracked = index_find(tree->index, snapshot->arena, &entry, path);
	if (tracked == ENTRY_SUBMODULE || tracked == ENTRY_DIRECTORY)
		return tracked == ENTRY_SUBMODULE;
	inside = absolute(snapshot, path_join(snapshot->arena, path, ".git"));
	if (lstat(inside, &status) == 0)
		return 1;
	error = errno;
	/* Of a closed directory read_directory() decides. */
	if (present_not(error) || (error == EACCES && faccessat(AT_FDCWD, absolute(snapshot, path),
								X_OK, AT_EACCESS) < 0))
		return 0;
	return fail("cannot look at '%s': %s", inside, strerror(error));
}

/* Ignored and not tracked either. 1, 0 or -1. */
static int is_ignored(struct snapshot *snapshot, const char *path)
{
	const struct worktree *tree = snapshot->source;
	struct index_entry entry;
	int ignored = 0;

	if (!tree->index || strcmp(path, ".") == 0 ||
	    index_find(tree->index, snapshot->arena, &entry, path) != ENTRY_ABSENT)
		return 0;
	if (git_ignore_path_is_ignored(&ignored, tree->index->repository->git, path) < 0)
		return fail_git("cannot tell whether Git ignores '%s'", path);
	return ignored;
}

/* What stands at a path. 0, or -1 where nobody may know. */
static int find_kind(struct snapshot *snapshot, enum entry_kind *kind, const char *path)
{
	struct stat status;
	int repository = 0;

	*kind = ENTRY_ABSENT;
	if (lstat(absolute(snapshot, path), &status) < 0) {
		return present_not(errno) ? 0
					  : fail("cannot look at '%s': %s", path, strerror(errno));
	}
	if (S_ISDIR(status.st_mode)) {
		repository = is_repository(snapshot, path);
		*kind = repository ? ENTRY_SUBMODULE : ENTRY_DIRECTORY;
	} else if (S_ISREG(status.st_mode))
		*kind = ENTRY_FILE;
	else if (S_ISLNK(status.st_mode))
		*kind = ENTRY_LINK;
	return repository < 0 ? -1 : 0;
}

/* What stands there when every directory above it is one of this tree. */
static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	int ignored = 0;

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	if (strstr(path, "//") || path_is_within(path, ".git"))
		return 0;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *above = arena_copy(snapshot->arena, path, (size_t)(slash - path));

		if (find_kind(snapshot, &found->kind, above) < 0)
			return -1;
		if (found->kind == ENTRY_SUBMODULE)
			return 0;
		if (found->kind != ENTRY_DIRECTORY) {
			found->kind = ENTRY_ABSENT;
			return 0;
		}
	}
	if (find_kind(snapshot, &found->kind, path) < 0)
		return -1;
	if (found->kind == ENTRY_ABSENT)
		return 0;
	ignored = is_ignored(snapshot, path);
	if (ignored > 0)
		found->kind = ENTRY_ABSENT;
	return ignored < 0 ? -1 : 0;
}

static int read_link(struct arena *arena, struct text *text, const char *path)
{
	char target[4096];
	ssize_t length = readlink(path, target, sizeof(target));

	if (length < 0 || length == sizeof(target))
		return fail("cannot read the link '%s'", path);
	*text = (struct text){ arena_copy(arena, target, (size_t)length), (size_t)length };
	return 0;
}

static int read_descriptor(struct arena *arena, struct text *text, int fd, const char *path)
{
	struct stat status;
	size_t done = 0;
	char *bytes = NULL;

	if (fstat(fd, &status) < 0)
		return fail("cannot read '%s': %s", path, strerror(errno));
	*text = (struct text){ .length = (size_t)status.st_size };
	if (text->length > MAX_FILE_SIZE)
		return 0;
	bytes = arena_alloc(arena, text->length + 1);
	while (done < text->length) {
		ssize_t count = read(fd, bytes + done, text->length - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return fail("cannot read '%s': %s", path, strerror(errno));
		if (count == 0)
			break;
		done += (size_t)count;
	}
	*text = (struct text){ bytes, done };
	return 0;
}

static int read_file(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	const char *path = absolute(snapshot, entry->path);
	int fd = -1;
	int failed = 0;

	if (entry->kind == ENTRY_LINK)
		return read_link(arena, text, path);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return fail("cannot read '%s': %s", path, strerror(errno));
	failed = read_descriptor(arena, text, fd, path);
	close(fd);
	return failed;
}

/* Directories still to be read. */
struct pending {
	const char *path;
	unsigned depth;
};

struct pendings VEC(struct pending);

static int see(struct snapshot *snapshot, struct pendings *pending, struct pending at,
	       const char *name)
{
	const struct worktree *tree = snapshot->source;
	const char *path = path_join(snapshot->arena, at.path, name);
	enum entry_kind kind = ENTRY_ABSENT;
	bool watched = false;
	int ignored = 0;

	if (find_kind(snapshot, &kind, path) < 0)
		return -1;
	watched = (kind == ENTRY_FILE || kind == ENTRY_LINK) && tree->watches(name);
	if (kind != ENTRY_DIRECTORY && !watched)
		return 0;
	ignored = is_ignored(snapshot, path);
	if (ignored)
		return ignored < 0 ? -1 : 0;
	if (watched)
		*vec_add(snapshot->arena, &snapshot->watched) =
			(struct entry){ .path = path, .kind = kind };
	else if (at.depth >= MAX_TREE_DEPTH)
		return fail("'%s' lies more than %d directories deep", path, MAX_TREE_DEPTH);
	else
		*vec_add(snapshot->arena, pending) = (struct pending){ path, at.depth + 1 };
	return 0;
}

static int read_names(struct snapshot *snapshot, struct pendings *pending, struct pending at,
		      DIR *directory)
{
	const struct dirent *entry = NULL;

	while ((errno = 0, entry = readdir(directory))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    strcmp(entry->d_name, ".git") == 0)
			continue;
		if (deadline_check() < 0 || see(snapshot, pending, at, entry->d_name) < 0)
			return -1;
	}
	return errno ? fail("cannot read the directory '%s': %s", at.path, strerror(errno)) : 0;
}

/* A closed directory that Git knows nothing of is passed over, and said to be; where it tracks a
 * file in it, the tree is not complete. */
static int pass_over(struct snapshot *snapshot, const char *path)
{
	const struct worktree *tree = snapshot->source;
	const char *why = strerror(errno);
	struct index_entry entry;

	if (errno != EACCES || strcmp(path, ".") == 0 ||
	    (tree->index &&
	     index_find(tree->index, snapshot->arena, &entry, path) == ENTRY_DIRECTORY))
		return fail("cannot read the directory '%s': %s", path, why);
	*vec_add(snapshot->arena, &snapshot->closed) = path;
	return 0;
}

static int read_directory(struct snapshot *snapshot, struct pendings *pending, struct pending at)
{
	const char *path = absolute(snapshot, at.path);
	DIR *directory = opendir(path);
	int failed = 0;

	if (!directory)
		return pass_over(snapshot, at.path);
	/* Its names can be read, but nothing behind them. */
	if (faccessat(dirfd(directory), ".", X_OK, AT_EACCESS) < 0)
		failed = pass_over(snapshot, at.path);
	else
		failed = read_names(snapshot, pending, at, directory);
	closedir(directory);
	return failed;
}

static int by_path(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return strcmp(a->path, b->path);
}

int worktree_snapshot(struct snapshot *snapshot, struct arena *arena, const char *root,
		      struct index *index, watcher *watches)
{
	struct worktree *tree = arena_new(arena, struct worktree);
	struct pendings pending = { 0 };

	*tree = (struct worktree){ root, index, watches };
	*snapshot = (struct snapshot){
		.arena = arena, .lookup = lookup, .read = read_file, .source = tree
	};
	*vec_add(arena, &pending) = (struct pending){ ".", 0 };
	while (pending.count > 0) {
		struct pending at = pending.items[--pending.count];

		if (read_directory(snapshot, &pending, at) < 0)
			return -1;
	}
	vec_sort(&snapshot->watched, by_path);
	return 0;
}
