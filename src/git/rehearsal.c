#include "git/rehearsal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/path.h"
#include "base/process.h"
#include "base/shell.h"

#define MAX_ARGUMENTS 12
#define SIDE "refs/onedockerfile/side" /* what is merged; no branch is called so */

/* A rehearsal in progress. Below `root` are the clone, the bare copy that is pushed to, and for
 * each of them a directory of hooks of which at most one holds something. */
struct trial {
	struct repository *repository;
	struct arena *arena;
	struct throwaway place;
	const char *root, *clone, *copy;
	const char *branch;         /* that is pushed to */
	const char *kept, *variant; /* paths that no repository has */
	bool is_born;               /* there is a commit to begin with */
	struct buf said;            /* by the last command */
};

/* What tells Git of another repository (git rev-parse --local-env-vars). */
static const char *const foreign[] = { "GIT_ALTERNATE_OBJECT_DIRECTORIES",
				       "GIT_COMMON_DIR",
				       "GIT_CONFIG",
				       "GIT_CONFIG_COUNT",
				       "GIT_CONFIG_PARAMETERS",
				       "GIT_DIR",
				       "GIT_GRAFT_FILE",
				       "GIT_IMPLICIT_WORK_TREE",
				       "GIT_INDEX_FILE",
				       "GIT_INTERNAL_SUPER_PREFIX",
				       "GIT_NO_REPLACE_OBJECTS",
				       "GIT_OBJECT_DIRECTORY",
				       "GIT_PREFIX",
				       "GIT_REPLACE_REF_BASE",
				       "GIT_SHALLOW_FILE",
				       "GIT_WORK_TREE",
				       NULL };

/*
 * Settings of a clone, against those of the user that would run other programs or ask for
 * something. Files are wanted as they are stored, and only those at the root and the two to be
 * tried.
 */
static const char settings[] = "\tfsmonitor = false\n\tsparseCheckout = true\n"
			       "[commit]\n\tgpgSign = false\n"
			       "[gc]\n\tauto = 0\n"
			       "[maintenance]\n\tauto = false\n"
			       "[merge]\n\tverifySignatures = false\n"
			       "[push]\n\tgpgSign = false\n\trecurseSubmodules = no\n"
			       "[submodule]\n\trecurse = false\n"
			       "[user]\n\tname = onedockerfile\n\temail = doctor@localhost\n";
static const char attributes[] = "* -filter -ident -text -working-tree-encoding\n";

/* The first line that says something. */
static const char *first_line(struct arena *arena, const struct buf *said)
{
	const char *text = buf_text(said) + strspn(buf_text(said), " \t\r\n");

	return arena_copy(arena, text, strcspn(text, "\r\n"));
}

/* Run git, and take in all that it says. 0 with its status, or -1. */
static int run(struct trial *trial, int *status, const char *directory,
	       const char *const *arguments)
{
	const char *words[MAX_ARGUMENTS + 4] = { "git", "-c", "protocol.file.allow=always" };
	struct process process = {
		.directory = directory, .words = words, .unset = foreign, .place = &trial->place
	};

	for (size_t i = 0; i < MAX_ARGUMENTS && arguments[i]; i++)
		words[3 + i] = arguments[i];
	buf_clear(&trial->said);
	return process_run(status, &trial->said, &process);
}

/* Run git where nothing may go wrong. */
static int git(struct trial *trial, const char *directory, const char *const *arguments)
{
	int status = 0;

	if (run(trial, &status, directory, arguments) < 0)
		return -1;
	return status == 0 ? 0
			   : fail("git cannot make a throw-away clone: %s",
				  first_line(trial->arena, &trial->said));
}

#define GIT(trial, directory, ...) git(trial, directory, (const char *const[]){ __VA_ARGS__, NULL })

static int make_directory(const char *path)
{
	return mkdir(path, 0700) < 0 && errno != EEXIST
		       ? fail("cannot make the directory '%s': %s", path, strerror(errno))
		       : 0;
}

static int write_text(const char *path, const char *text)
{
	struct buf out = { 0 };
	int failed = 0;

	buf_add(&out, text);
	failed = buf_write_file(&out, path);
	buf_release(&out);
	return failed;
}

/* A value of a file of settings (git-config(1)). */
static void add_value(struct buf *out, const char *key, const char *value)
{
	buf_addf(out, "\t%s = \"", key);
	for (; *value; value++) {
		if (*value == '\n')
			buf_add(out, "\\n");
		else if (*value == '"' || *value == '\\')
			buf_addf(out, "\\%c", *value);
		else
			buf_addc(out, *value);
	}
	buf_add(out, "\"\n");
}

/* What the repository itself says of us; a path there is one from its own directory. */
static int add_our_settings(struct buf *out, struct repository *repository)
{
	const char *policy = NULL, *threshold = NULL;

	if (repository_setting(repository, &policy, "onedockerfile.policy") < 0 ||
	    repository_setting(repository, &threshold, "onedockerfile.failOn") < 0)
		return -1;
	buf_add(out, "[onedockerfile]\n");
	if (policy && policy[0] != '/')
		policy = arena_printf(repository->arena, "%s/%s", repository->git_dir, policy);
	if (policy)
		add_value(out, "policy", policy);
	if (threshold)
		add_value(out, "failOn", threshold);
	return 0;
}

/* The settings of a clone in place of those that Git gave it: it knows no way back to the
 * repository but the place of its objects. */
static int configure(struct trial *trial, const char *git_dir, const char *hooks)
{
	const char *path = arena_printf(trial->arena, "%s/config", git_dir);
	const char *ours = arena_printf(trial->arena, "%s/ours", git_dir);
	struct buf text = { 0 };
	int failed = 0;

	buf_add(&text, "[core]\n");
	add_value(&text, "hooksPath", hooks);
	buf_add(&text, settings);
	failed = add_our_settings(&text, trial->repository) < 0 || make_directory(hooks) < 0 ||
		 write_text(ours, buf_text(&text)) < 0 ||
		 GIT(trial, trial->root, "config", "--file", path, "include.path", ours) < 0 ||
		 GIT(trial, trial->root, "config", "--file", path, "--remove-section",
		     "remote.origin") < 0;
	buf_release(&text);
	return failed ? -1 : 0;
}

/* No line of a list of alternates can name a path that holds an end of line. */
static const char *sharing(const struct trial *trial)
{
	return strchr(trial->repository->git_dir, '\n') ? "--no-hardlinks" : "--shared";
}

static int make_clone(struct trial *trial)
{
	const char *git_dir = arena_printf(trial->arena, "%s/.git", trial->clone);
	const char *info = arena_printf(trial->arena, "%s/info", git_dir);

	if (GIT(trial, trial->root, "-c", "core.hooksPath=/dev/null", "clone", "-q", sharing(trial),
		"--no-checkout", "--template=", trial->repository->git_dir, trial->clone) < 0 ||
	    configure(trial, git_dir, arena_printf(trial->arena, "%s/hooks", trial->root)) < 0 ||
	    make_directory(info) < 0 ||
	    write_text(arena_printf(trial->arena, "%s/sparse-checkout", info),
		       arena_printf(trial->arena, "/*\n!/*/\n/%s/\n", path_name(trial->root))) <
		    0 ||
	    write_text(arena_printf(trial->arena, "%s/attributes", info), attributes) < 0)
		return -1;
	return trial->is_born ? GIT(trial, trial->clone, "read-tree", "-m", "-u", "HEAD") : 0;
}

static int make_copy(struct trial *trial)
{
	if (GIT(trial, trial->root, "-c", "core.hooksPath=/dev/null", "clone", "-q", "--bare",
		sharing(trial), "--template=", trial->repository->git_dir, trial->copy) < 0 ||
	    configure(trial, trial->copy,
		      arena_printf(trial->arena, "%s/server-hooks", trial->root)) < 0)
		return -1;
	return trial->is_born ? GIT(trial, trial->root, "--git-dir", trial->copy, "update-ref",
				    trial->branch, "HEAD")
			      : 0;
}

/* The hook stays where it is, since it may look for files beside it. */
static int put_hook(const struct trial *trial, const char *hooks, const char *name,
		    const char *path)
{
	const char *file = arena_printf(trial->arena, "%s/%s/%s", trial->root, hooks, name);
	struct buf text = { 0 };
	int failed = 0;

	buf_add(&text, "#!/bin/sh\nexec ");
	shell_quote(&text, path);
	buf_add(&text, " \"$@\"\n");
	failed = buf_write_file(&text, file);
	buf_release(&text);
	if (!failed && chmod(file, 0700) < 0)
		failed = fail("cannot make '%s' executable: %s", file, strerror(errno));
	return failed;
}

/* A server's hook may run those of a folder that it looks for below the repository. Git itself is
 * told of another place, so it runs no other hook that lies there. */
static int lend_hooks(const struct trial *trial, const char *path)
{
	const char *hooks = path_directory(trial->arena, path);

	return symlink(hooks, arena_printf(trial->arena, "%s/hooks", trial->copy)) < 0
		       ? fail("cannot make a link to '%s': %s", hooks, strerror(errno))
		       : 0;
}

/* Two files in a directory of their own: what is there already may be at fault or not. */
static int stage(struct trial *trial, const char *file)
{
	const char *path = arena_printf(trial->arena, "%s/%s", trial->clone, file);

	if (make_directory(path_directory(trial->arena, path)) < 0 ||
	    write_text(path, "FROM scratch\n") < 0)
		return -1;
	return GIT(trial, trial->clone, "update-index", "--add", "--", file);
}

/* A commit that no hook is asked about. */
static int commit(struct trial *trial)
{
	return GIT(trial, trial->clone, "commit", "-q", "--no-verify", "--allow-empty", "-m",
		   "to be tried");
}

static void judge(struct rehearsal *rehearsal, const struct trial *trial, int status)
{
	const char *said = buf_text(&trial->said);

	rehearsal->said = first_line(trial->arena, &trial->said);
	rehearsal->end = status == 0 ? REHEARSAL_PASSED
			 : strstr(said, trial->variant) && strstr(said, "extra-dockerfile")
				 ? REHEARSAL_REFUSED
				 : REHEARSAL_FOR_OTHER;
}

static int try_command(struct rehearsal *rehearsal, struct trial *trial,
		       const char *const *arguments)
{
	int status = 0;

	if (run(trial, &status, trial->clone, arguments) < 0)
		return -1;
	judge(rehearsal, trial, status);
	return 0;
}

static int try_commit(struct rehearsal *rehearsal, struct trial *trial)
{
	static const char *const arguments[] = { "commit", "-q", "-m", "to be tried", NULL };

	if (stage(trial, trial->kept) < 0 || stage(trial, trial->variant) < 0)
		return -1;
	return try_command(rehearsal, trial, arguments);
}

/* Two branches that are both right, and a variant once they are merged. */
static int try_merge(struct rehearsal *rehearsal, struct trial *trial)
{
	static const char *const arguments[] = { "merge",       "-q", "--no-ff", "-m",
						 "to be tried", SIDE, NULL };

	if (commit(trial) < 0 || stage(trial, trial->variant) < 0 || commit(trial) < 0 ||
	    GIT(trial, trial->clone, "update-ref", SIDE, "HEAD") < 0 ||
	    GIT(trial, trial->clone, "reset", "-q", "--hard", "HEAD^") < 0 ||
	    stage(trial, trial->kept) < 0 || commit(trial) < 0)
		return -1;
	return try_command(rehearsal, trial, arguments);
}

static int try_push(struct rehearsal *rehearsal, struct trial *trial)
{
	const char *const arguments[] = { "push", trial->copy,
					  arena_printf(trial->arena, "HEAD:%s", trial->branch),
					  NULL };

	if (stage(trial, trial->kept) < 0 || stage(trial, trial->variant) < 0 || commit(trial) < 0)
		return -1;
	return try_command(rehearsal, trial, arguments);
}

/* How a hook is made to run, in a clone or in the copy that is pushed to. */
static const struct way {
	const char *name, *what;
	bool of_copy, needs_copy;
	int (*try)(struct rehearsal *rehearsal, struct trial *trial);
} ways[] = {
	{ "pre-commit", "commit", false, false, try_commit },
	{ "pre-merge-commit", "merge", false, false, try_merge },
	{ "pre-push", "push", false, true, try_push },
	{ "pre-receive", "push", true, true, try_push },
	{ "update", "push", true, true, try_push },
};

#define WAY_COUNT (sizeof(ways) / sizeof(ways[0]))

static int try(struct rehearsal *rehearsal, struct trial *trial, const char *name, const char *path)
{
	const struct way *way = ways;

	while (way < ways + WAY_COUNT && strcmp(way->name, name) != 0)
		way++;
	if (way == ways + WAY_COUNT)
		return fail("'%s' is no hook that can be tried", name);
	rehearsal->what = way->what;
	if (make_clone(trial) < 0 || (way->needs_copy && make_copy(trial) < 0) ||
	    put_hook(trial, way->of_copy ? "server-hooks" : "hooks", name, path) < 0 ||
	    (way->of_copy && lend_hooks(trial, path) < 0))
		return -1;
	return way->try(rehearsal, trial);
}

int rehearse(struct rehearsal *rehearsal, struct repository *repository, const char *name,
	     const char *path)
{
	struct trial trial = { .repository = repository, .arena = repository->arena };
	git_oid head;
	int born = repository_revision(repository, &head, "HEAD");
	int failed = 0;

	trial.is_born = born == 0;
	if (born < 0 || repository_head_name(repository, &trial.branch) < 0 ||
	    throwaway_make(&trial.place, trial.arena, "onedockerfile-doctor") < 0)
		return -1;
	if (!trial.branch)
		trial.branch = "refs/heads/onedockerfile-doctor";
	trial.root = trial.place.path;
	trial.clone = arena_printf(trial.arena, "%s/clone", trial.root);
	trial.copy = arena_printf(trial.arena, "%s/copy.git", trial.root);
	trial.kept = arena_printf(trial.arena, "%s/Dockerfile", path_name(trial.root));
	trial.variant = arena_printf(trial.arena, "%s/Dockerfile.dev", path_name(trial.root));
	failed = try(rehearsal, &trial, name, path);
	buf_release(&trial.said);
	return throwaway_remove(&trial.place) < 0 ? -1 : failed;
}
