#include "git/hook_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/shell.h"

#define MARK "# onedockerfile hook:" /* the second line of a hook of ours begins with it */

#define KEPT ".before-onedockerfile" /* behind the name of the hook that was there before */

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
	shell_quote(out, program);
	write_chain(out, run.text, is_push || strcmp(name, "pre-receive") == 0);
	buf_release(&run);
}

bool hook_is_ours(const char *text)
{
	const char *second = strchr(text, '\n');

	return second && strncmp(second + 1, MARK, sizeof(MARK) - 1) == 0;
}

/* Does a hook of that name stand there, and is it ours? content may be NULL. */
static bool is_ours(const char *path, struct buf *content)
{
	char text[4096];
	FILE *file = fopen(path, "re");
	size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	if (file)
		(void)fclose(file);
	text[length] = '\0';
	if (!hook_is_ours(text))
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
