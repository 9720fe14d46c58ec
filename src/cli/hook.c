#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/confinement.h"
#include "cli/judging.h"
#include "cli/outputs.h"
#include "cli/policy_source.h"
#include "cli/push_refs.h"
#include "git/handles.h"
#include "guard/guard.h"

#define SERVER_SECONDS "30" /* for the push that waits, unless --timeout says otherwise */

static const struct option options_of_hook[] = {
	OPTION_DIRECTORY,
	OPTIONS_OF_JUDGING,
	OPTION_HELP,
	OPTION_END,
};

/* A hook of githooks(5): what it judges. words are the arguments that Git gives it. */
struct hook {
	const char *name;
	const char *source; /* for the report */
	bool is_push;       /* told over "remote:" */
	size_t arguments;
	int (*make)(struct judging *judging, const char *const *words);
};

static int read_input(struct buf *input)
{
	char chunk[65536];

	for (;;) {
		ssize_t count = read(STDIN_FILENO, chunk, sizeof(chunk));

		if (count < 0 && errno == EINTR && deadline_check() == 0)
			continue;
		if (count < 0)
			return fail("cannot read standard input: %s", strerror(errno));
		if (count == 0)
			break;
		buf_addn(input, chunk, (size_t)count);
		if (input->length > MAX_HOOK_INPUT)
			return fail("standard input has more than %u bytes", MAX_HOOK_INPUT);
	}
	if (strlen(buf_text(input)) != input->length)
		return fail("standard input holds a NUL byte");
	return 0;
}

/* The lines of standard input, in the run's arena. */
static int read_lines(const char **lines, struct arena *arena)
{
	struct buf input = { 0 };
	int failed = read_input(&input);

	*lines = arena_copy(arena, buf_text(&input), input.length);
	buf_release(&input);
	return failed;
}

static int make_of_index(struct judging *judging, bool in_merge)
{
	if (history_of_index(&judging->history, &judging->source, in_merge) < 0)
		return -1;
	return policy_of_tree(&judging->policy, &judging->history, judging->options, NULL);
}

static int make_pre_commit(struct judging *judging, const char *const *words)
{
	(void)words;
	return make_of_index(judging, false);
}

static int make_pre_merge_commit(struct judging *judging, const char *const *words)
{
	(void)words;
	return make_of_index(judging, true);
}

/* The tree of what an updated ref will name; NULL where it is no commit. 0, or -1. */
static int tip_tree(const char **tree, struct judging *judging, const struct ref_update *update)
{
	struct commit *commit = NULL;
	git_object_t type = GIT_OBJECT_COMMIT;
	git_oid object;

	*tree = NULL;
	if (git_oid_is_zero(&update->after))
		return 0;
	if (commits_peel(&judging->source.commits, &commit, &object, &type, &update->after) < 0)
		return -1;
	if (commit)
		*tree = id_hex(judging->arena, &commit->tree);
	return 0;
}

/* A policy that cannot be read must not become that of HEAD: it would refuse every later push. That
 * is so, too, where HEAD is at none of the refs that are judged. */
static int check_next_policy(struct judging *judging, const struct ref_updates *updates)
{
	const char *head = NULL;

	if (repository_head_name(&judging->source.repository, &head) < 0 ||
	    (head && ref_follow(&head, &judging->source.repository) < 0))
		return -1;
	vec_each (const struct ref_update *, update, updates) {
		const char *tree = NULL;

		if (!head || strcmp(update->target, head) != 0)
			continue;
		if (tip_tree(&tree, judging, update) < 0)
			return -1;
		if (tree && policy_check(&judging->history, &judging->policy, tree) < 0)
			return fail_in("the policy that this push brings to %s", head);
	}
	return 0;
}

static bool only_deletes(const struct push *push)
{
	vec_each (const struct ref_update *, update, &push->updates)
		if (!git_oid_is_zero(&update->after))
			return false;
	return true;
}

static int make_of_push(struct judging *judging, struct push *push)
{
	struct git_source *source = &judging->source;
	const struct push nothing = { 0 };
	struct ref_updates all = { 0 };

	if (only_deletes(push))
		return policy_default_only(&judging->policy, judging->arena, judging->options) < 0
			       ? -1
			       : history_of_push(&judging->history, source, &nothing);
	if (ref_updates_follow(&push->updates, &source->repository) < 0 ||
	    push_refs_check(push, &source->repository) < 0 ||
	    policy_of_server(&judging->policy, source, judging->options) < 0 ||
	    refs_read(&push->known, &source->repository) < 0)
		return -1;
	all = push->updates;
	push_refs_keep(push, judging->arena, &judging->policy);
	push->tip = judging->policy.tip;
	if (history_of_push(&judging->history, source, push) < 0)
		return -1;
	return check_next_policy(judging, &all);
}

static int make_pre_receive(struct judging *judging, const char *const *words)
{
	struct push push = { 0 };
	const char *lines = NULL;

	(void)words;
	if (read_lines(&lines, judging->arena) < 0 ||
	    ref_updates_read(&push.updates, judging->arena, lines) < 0)
		return -1;
	return make_of_push(judging, &push);
}

/* update REF OLD NEW */
static int make_update(struct judging *judging, const char *const *words)
{
	struct push push = { 0 };

	if (ref_update_parse(vec_add(judging->arena, &push.updates), words[1], words[2], words[0]) <
	    0)
		return -1;
	return make_of_push(judging, &push);
}

/* What the remote is known to have: what was fetched from it, and what its refs are at now. */
static int add_known_of_remote(struct push *push, struct judging *judging, const char *remote)
{
	const char *prefix = arena_printf(judging->arena, "refs/remotes/%s/", remote);
	struct refs all = { 0 };

	if (refs_read(&all, &judging->source.repository) < 0)
		return -1;
	vec_each (const struct ref *, ref, &all)
		if (strncmp(ref->name, prefix, strlen(prefix)) == 0)
			*vec_add(judging->arena, &push->known) = *ref;
	vec_each (const struct ref_update *, update, &push->updates)
		if (git_odb_exists(judging->source.repository.odb, &update->before))
			*vec_add(judging->arena, &push->known) =
				(struct ref){ update->name, update->before };
	return 0;
}

/* The policy of the first tip that leaves: every commit of the push is judged by this one. */
static int policy_of_tip(struct judging *judging, const struct push *push)
{
	const char *tree = NULL, *ref = NULL;

	vec_each (const struct ref_update *, update, &push->updates) {
		if (tip_tree(&tree, judging, update) < 0)
			return -1;
		ref = update->name;
		if (tree)
			break;
	}
	if (!tree)
		return policy_default_only(&judging->policy, judging->arena, judging->options);
	if (policy_of_tree(&judging->policy, &judging->history, judging->options, tree) < 0)
		return -1;
	if (judging->policy.place)
		judging->policy.place = ref;
	return 0;
}

/* pre-push REMOTE URL */
static int make_pre_push(struct judging *judging, const char *const *words)
{
	struct push push = { 0 };
	const char *lines = NULL;

	if (read_lines(&lines, judging->arena) < 0 ||
	    ref_updates_read_pushed(&push.updates, judging->arena, lines) < 0 ||
	    add_known_of_remote(&push, judging, words[0]) < 0 ||
	    history_of_push(&judging->history, &judging->source, &(struct push){ 0 }) < 0 ||
	    policy_of_tip(judging, &push) < 0)
		return -1;
	push.tip = judging->policy.tip;
	return history_of_push(&judging->history, &judging->source, &push);
}

static const struct hook hooks[] = {
	{ "pre-commit", "staged", false, 0, make_pre_commit },
	{ "pre-merge-commit", "staged", false, 0, make_pre_merge_commit },
	{ "pre-push", "push", false, 1, make_pre_push },
	{ "pre-receive", "push", true, 0, make_pre_receive },
	{ "update", "push", true, 3, make_update },
};

#define HOOK_COUNT (sizeof(hooks) / sizeof(hooks[0]))

/* NULL with a usage failure where there is none of that name. */
static const struct hook *find_hook(const char *name)
{
	struct nearest nearest = { .wanted = name };

	for (size_t i = 0; i < HOOK_COUNT; i++) {
		if (strcmp(hooks[i].name, name) == 0)
			return &hooks[i];
		nearest_offer(&nearest, hooks[i].name);
	}
	if (nearest.name)
		fail_usage("no hook '%s'; did you mean '%s'?", name, nearest.name);
	else
		fail_usage("which hook? pre-commit, pre-merge-commit, pre-push, pre-receive or "
			   "update");
	return NULL;
}

static int judge_hook(const struct hook *hook, struct options *options, struct arena *arena)
{
	struct judging judging;
	bool is_push = strcmp(hook->source, "push") == 0;
	int absent = 0, status = -1;

	if (judging_start(options->timeout, is_push ? JUDGE_TIPS : JUDGE_LESS) < 0)
		return -1;
	absent = judging_open(&judging, options, arena, REPOSITORY_OF_HOOK);
	judging.source_name = hook->source;
	judging.is_push = hook->is_push;
	if (repository_required(absent) == 0 &&
	    (!hook->is_push || judging_confine(&judging) == 0) &&
	    hook->make(&judging, options->words.items + 1) == 0)
		status = judging_finish(&judging);
	judging_close(&judging);
	return status;
}

/* What a stranger pushes is judged by a worker: the supervisor reads neither the repository nor
 * standard input. */
static int judge_guarded(const struct hook *hook, struct options *options, struct arena *arena)
{
	struct judging judging = {
		.options = options, .arena = arena, .source_name = hook->source, .is_push = true
	};
	struct outputs outputs = { 0 };
	struct strings files = { 0 };
	struct guard guard = { .advice = JUDGE_TIPS, .files = &files };
	int status = -1;

	if (!options->timeout)
		options->timeout = SERVER_SECONDS;
	if (judging_seconds(&guard.seconds, options->timeout) < 0 ||
	    outputs_find(&outputs, arena, options) < 0)
		return -1;
	outputs_files(&files, arena, &outputs);
	judging_choose_colour(options);
	switch (guard_start(&status, arena, &guard)) {
	case GUARD_WORKER:
		return judge_hook(hook, options, arena);
	case GUARD_FAILED:
		judging_unknown(&judging);
		break;
	case GUARD_ANSWERED:
		break;
	}
	return status;
}

static int run(struct options *options, struct arena *arena)
{
	const struct hook *hook = find_hook(options->words.count ? options->words.items[0] : "");

	if (!hook)
		return -1;
	if (options->words.count - 1 < hook->arguments)
		return fail_usage("hook %s needs the %zu arguments that Git gives it", hook->name,
				  hook->arguments);
	return (hook->is_push ? judge_guarded : judge_hook)(hook, options, arena);
}

const struct command command_hook = {
	.name = "hook",
	.usage = "NAME [OPTIONS] [-- ARGUMENTS...]",
	.summary = "judge what Git asks a hook about",
	.options = options_of_hook,
	.more_help = outputs_help,
	.run = run,
};
