#include "git/hook_place.h"

#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "git/command.h"

/* "SCOPE NUL NAME LF VALUE NUL", again and again: the last one stands. */
static void find_setting(struct hook_place *place, struct arena *arena, const struct buf *list)
{
	static const char name[] = "core.hookspath\n";
	const char *at = buf_text(list), *end = at + list->length;

	while (at < end) {
		const char *scope = at, *setting = at + strlen(at) + 1;

		if (setting >= end)
			return;
		at = setting + strlen(setting) + 1;
		if (strncmp(setting, name, sizeof(name) - 1) != 0)
			continue;
		place->scope = arena_string(arena, scope);
		place->is_empty = !setting[sizeof(name) - 1];
	}
}

/* The library does not know every file of settings that Git does: so Git itself is asked. */
static int ask_git(struct hook_place *place, struct buf *path, struct repository *repository)
{
	static const char *const settings[] = { "config", "--list", "--show-scope", "-z", NULL };
	static const char *const hooks[] = { "rev-parse", "--git-path", "hooks", NULL };
	struct buf list = { 0 };
	int failed = git_command(&list, repository, settings);

	if (!failed)
		find_setting(place, repository->arena, &list);
	buf_release(&list);
	failed = failed ? -1 : git_command(path, repository, hooks);
	/* Into a pipe Git loses what it cannot write, and ends with status 0. */
	if (!failed && (path->length < 2 || path->text[path->length - 1] != '\n'))
		failed = fail("git does not say where its hooks are");
	return failed;
}

/* Without the end of the line, and slashes before it. */
static void trim(struct buf *path)
{
	while (path->length > 1 && strchr("\n/", path->text[path->length - 1]))
		path->text[--path->length] = '\0';
}

int hook_place_find(struct hook_place *place, struct repository *repository, bool of_server)
{
	/* Git runs the hooks of a push in its own directory, the others in the work tree. */
	struct repository where = *repository;
	const char *base = NULL;
	struct buf path = { 0 };
	int failed = 0;

	*place = (struct hook_place){ 0 };
	if (of_server)
		where.work_dir = NULL;
	base = where.work_dir ? where.work_dir : where.git_dir;
	failed = ask_git(place, &path, &where);
	trim(&path);
	place->directory = buf_text(&path)[0] == '/' ? arena_string(repository->arena, path.text)
						     : arena_printf(repository->arena, "%s/%s",
								    base, buf_text(&path));
	place->is_own = !place->scope || strcmp(place->scope, "local") == 0 ||
			strcmp(place->scope, "worktree") == 0;
	buf_release(&path);
	return failed;
}

int hook_directory(struct repository *repository, const char **directory, bool of_server)
{
	struct hook_place place;

	if (hook_place_find(&place, repository, of_server) < 0)
		return -1;
	*directory = place.directory;
	if (!place.is_own)
		return fail("core.hooksPath is '%s' for more than this repository (%s), so Git "
			    "runs no hook of this one; run 'git config core.hooksPath %s/hooks' "
			    "here, or add 'onedockerfile hook NAME' to the hooks there yourself",
			    place.directory, place.scope, repository->common_dir);
	if (place.is_empty)
		return fail("core.hooksPath is set to nothing, so Git looks for hooks in '/'; run "
			    "'git config --%s --unset core.hooksPath'",
			    place.scope);
	return 0;
}
