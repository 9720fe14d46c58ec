#include "git/hook_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "git/command.h"

#define MARK "# onedockerfile hook:" /* the second line of a hook of ours begins with it */
#define KEPT ".before-onedockerfile" /* behind the name of the hook that was there before */

/* The value of core.hooksPath, and the scope of the file that sets it (git-config(1)). */
struct hooks_path {
	const char *scope; /* NULL: nothing sets it */
	const char *value;
};

/* "SCOPE NUL NAME LF VALUE NUL", again and again: the last one stands. */
static void find_hooks_path(struct hooks_path *found, struct arena *arena, const struct buf *list)
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
		found->scope = arena_string(arena, scope);
		found->value = arena_string(arena, setting + sizeof(name) - 1);
	}
}

/* Hooks belong to this repository only where it says itself that they are elsewhere. */
static int check_scope(const struct repository *repository, const struct hooks_path *path,
		       const char *directory)
{
	bool own = path->scope &&
		   (strcmp(path->scope, "local") == 0 || strcmp(path->scope, "worktree") == 0);

	if (!path->scope || (own && *path->value))
		return 0;
	if (own)
		return fail("core.hooksPath is set to nothing, so Git looks for hooks in '/'; run "
			    "'git config --%s --unset core.hooksPath'",
			    path->scope);
	return fail("core.hooksPath is '%s' for more than this repository (%s), so Git runs no "
		    "hook of this one; run 'git config core.hooksPath %s/hooks' here, or add "
		    "'onedockerfile hook NAME' to the hooks there yourself",
		    directory, path->scope, repository->common_dir);
}

/* The library does not know every file of settings that Git does: so Git itself is asked. */
static int ask_git(struct hooks_path *found, struct buf *path, struct repository *repository)
{
	static const char *const settings[] = { "config", "--list", "--show-scope", "-z", NULL };
	static const char *const hooks[] = { "rev-parse", "--git-path", "hooks", NULL };
	struct buf list = { 0 };
	int failed = git_command(&list, repository, settings);

	if (!failed)
		find_hooks_path(found, repository->arena, &list);
	buf_release(&list);
	return failed ? -1 : git_command(path, repository, hooks);
}

/* Without the end of the line, and slashes before it. */
static void trim(struct buf *path)
{
	while (path->length > 1 && strchr("\n/", path->text[path->length - 1]))
		path->text[--path->length] = '\0';
}

int hook_directory(struct repository *repository, const char **directory, bool of_server)
{
	/* Git runs the hooks of a push in its own directory, the others in the work tree. */
	struct repository place = *repository;
	const char *base = NULL;
	struct hooks_path found = { 0 };
	struct buf path = { 0 };
	int failed = 0;

	if (of_server)
		place.work_dir = NULL;
	base = place.work_dir ? place.work_dir : place.git_dir;
	failed = ask_git(&found, &path, &place);
	trim(&path);
	*directory = buf_text(&path)[0] == '/'
			     ? arena_string(repository->arena, path.text)
			     : arena_printf(repository->arena, "%s/%s", base, buf_text(&path));
	buf_release(&path);
	return failed ? -1 : check_scope(repository, &found, *directory);
}

/* 'text' for a shell. */
static void add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_add(out, "'\\''");
		else
			buf_addc(out, *text);
	}
	buf_addc(out, '\'');
}

/* The hook that was there before runs first: with the same input, where Git gives any. */
static void write_chain(struct buf *out, const char *run, bool has_input)
{
	buf_add(out, "\nbefore=\"$0" KEPT "\"\nif [ -x \"$before\" ]; then\n");
	if (has_input)
		buf_addf(out,
			 "\tinput=$(cat; echo .)\n"
			 "\tprintf %%s \"${input%%.}\" | \"$before\" \"$@\" || exit\n"
			 "\tprintf %%s \"${input%%.}\" | %s\n"
			 "\texit\n",
			 run);
	else
		buf_add(out, "\t\"$before\" \"$@\" || exit\n");
	buf_addf(out, "fi\nexec %s\n", run);
}

static void write_script(struct buf *out, const char *name, const char *program)
{
	/* Standard output of the other hooks goes to standard error, or over "remote:", by itself.
	 */
	bool is_push = strcmp(name, "pre-push") == 0;
	struct buf run = { 0 };

	buf_addf(&run, "\"$program\" hook %s -- \"$@\"%s", name, is_push ? " >&2" : "");
	buf_addf(out, "#!/bin/sh\n" MARK " %s; 'onedockerfile uninstall' takes it away again\n",
		 name);
	buf_add(out, "program=");
	add_quoted(out, program);
	write_chain(out, run.text, is_push || strcmp(name, "pre-receive") == 0);
	buf_release(&run);
}

/* Does a hook of that name stand there, and is it ours? content may be NULL. */
static bool is_ours(const char *path, struct buf *content)
{
	char text[4096];
	FILE *file = fopen(path, "re");
	size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
	const char *second = NULL;

	if (file)
		fclose(file);
	text[length] = '\0';
	second = strchr(text, '\n');
	if (!second || strncmp(second + 1, MARK, sizeof(MARK) - 1) != 0)
		return false;
	if (content)
		buf_addn(content, text, length);
	return true;
}

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static int keep_other(const char *path, const char *kept)
{
	if (exists(kept))
		return fail("both '%s' and '%s' are hooks of somebody else; remove one", path,
			    kept);
	if (rename(path, kept) < 0)
		return fail("cannot rename '%s': %s", path, strerror(errno));
	return 0;
}

static int write_hook(const struct buf *script, const char *path)
{
	if (buf_write_file(script, path) < 0)
		return -1;
	if (chmod(path, 0755) < 0)
		return fail("cannot make '%s' executable: %s", path, strerror(errno));
	return 0;
}

static int install_at(enum hook_change *change, const struct buf *script, const char *path,
		      const char *kept)
{
	struct buf content = { 0 };
	bool ours = is_ours(path, &content);
	bool same =
		ours && strcmp(buf_text(&content), script->text) == 0 && access(path, X_OK) == 0;

	buf_release(&content);
	*change = same ? HOOK_UNCHANGED : HOOK_INSTALLED;
	if (same)
		return 0;
	if (!ours && exists(path)) {
		if (keep_other(path, kept) < 0)
			return -1;
		*change = HOOK_CHAINED;
	}
	return write_hook(script, path);
}

int hook_install(enum hook_change *change, const char *directory, const char *name,
		 const char *program)
{
	struct arena scratch = { 0 };
	struct buf script = { 0 };
	const char *path = arena_printf(&scratch, "%s/%s", directory, name);
	const char *kept = arena_printf(&scratch, "%s" KEPT, path);
	int failed = 0;

	write_script(&script, name, program);
	if (mkdir(directory, 0777) < 0 && errno != EEXIST)
		failed = fail("cannot make the directory '%s': %s", directory, strerror(errno));
	else
		failed = install_at(change, &script, path, kept);
	buf_release(&script);
	arena_release(&scratch);
	return failed;
}

int hook_uninstall(enum hook_change *change, const char *directory, const char *name)
{
	struct arena scratch = { 0 };
	const char *path = arena_printf(&scratch, "%s/%s", directory, name);
	const char *kept = arena_printf(&scratch, "%s" KEPT, path);
	int failed = 0;

	*change = HOOK_UNCHANGED;
	if (is_ours(path, NULL)) {
		*change = exists(kept) ? HOOK_RESTORED : HOOK_REMOVED;
		if (*change == HOOK_RESTORED ? rename(kept, path) < 0 : unlink(path) < 0)
			failed = fail("cannot remove '%s': %s", path, strerror(errno));
	}
	arena_release(&scratch);
	return failed;
}
