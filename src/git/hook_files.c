#include "git/hook_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/present.h"
#include "base/shell.h"
#include "base/signals.h"

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

/* The beginning of a hook, which is all of one of ours. */
struct script {
	char text[4096];
};

/* Does a hook of that name stand there, and is it ours? 1 or 0, or -1: then nobody may know. */
static int is_ours(const char *path, struct script *script)
{
	FILE *file = fopen(path, "re");
	size_t length = 0;
	int failed = 0;

	*script->text = '\0';
	if (!file)
		return present_not(errno) ? 0 : fail("cannot open '%s': %s", path, strerror(errno));
	length = fread(script->text, 1, sizeof(script->text) - 1, file);
	if (ferror(file))
		failed = fail("cannot read '%s': %s", path, strerror(errno));
	(void)fclose(file);
	script->text[length] = '\0';
	return failed ? -1 : hook_is_ours(script->text);
}

/* A hook that is to be changed: where it is, and what it is now. */
struct hook {
	const char *path, *kept;
	struct script script;
	int is_ours, is_there;
};

static int look_at(struct hook *hook, struct hook_plan *plan, const char *name)
{
	struct stat status;

	hook->path = arena_printf(plan->arena, "%s/%s", plan->directory, name);
	hook->kept = arena_printf(plan->arena, "%s" KEPT, hook->path);
	hook->is_ours = is_ours(hook->path, &hook->script);
	hook->is_there = hook->is_ours ? hook->is_ours : present(&status, hook->path);
	return hook->is_there < 0 ? -1 : 0;
}

int hook_install(struct hook_plan *plan, enum hook_change *change, const char *name,
		 const char *program)
{
	struct buf script = { 0 };
	struct hook hook;
	struct replacement file = { .mode = 0755 };
	struct stat status;
	int taken = 0;

	if (look_at(&hook, plan, name) < 0)
		return -1;
	write_script(&script, name, program);
	file.bytes = arena_copy(plan->arena, script.text, script.length);
	file.length = script.length;
	buf_release(&script);
	*change = HOOK_UNCHANGED;
	if (hook.is_ours && strcmp(hook.script.text, file.bytes) == 0 &&
	    access(hook.path, X_OK) == 0)
		return 0;
	*change = hook.is_there && !hook.is_ours ? HOOK_CHAINED : HOOK_INSTALLED;
	file.path = hook.path;
	file.kept = *change == HOOK_CHAINED ? hook.kept : NULL;
	taken = file.kept ? present(&status, file.kept) : 0;
	*vec_add(plan->arena, &plan->files) = file;
	return taken <= 0 ? taken
			  : fail("both '%s' and '%s' are hooks of somebody else; remove one",
				 hook.path, hook.kept);
}

int hook_uninstall(struct hook_plan *plan, enum hook_change *change, const char *name)
{
	struct hook hook;
	struct replacement file = { .mode = 0755 };
	struct stat status;
	int restored = 0;

	*change = HOOK_UNCHANGED;
	if (look_at(&hook, plan, name) < 0)
		return -1;
	if (!hook.is_ours)
		return 0;
	restored = present(&status, hook.kept);
	if (restored < 0)
		return -1;
	*change = restored ? HOOK_RESTORED : HOOK_REMOVED;
	file.path = hook.path;
	file.from = restored ? hook.kept : NULL;
	*vec_add(plan->arena, &plan->files) = file;
	return 0;
}

static int change_all(struct hook_plan *plan)
{
	bool is_new = mkdir(plan->directory, 0777) == 0;
	if (!is_new && errno != EEXIST)
		return fail("cannot make the directory '%s': %s", plan->directory, strerror(errno));
	if (replace_all(plan->arena, &plan->files) == 0)
		return 0;
	if (is_new)
		(void)rmdir(plan->directory);
	return -1;
}

int hook_plan_do(struct hook_plan *plan)
{
	sigset_t before;
	int failed = 0;

	if (plan->files.count == 0)
		return 0;
	signals_hold(&before);
	failed = change_all(plan);
	signals_let(&before);
	return failed;
}
