#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fail.h"
#include "base/present.h"
#include "base/replace.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "cli/policy_draft.h"
#include "cli/policy_source.h"
#include "judge/judge.h"
#include "rules/rules.h"

#define MONTHS 3     /* that a waiver holds */
#define MAX_SHOWN 20 /* findings that are named one by one */

static const struct option options_of_init[] = {
	OPTION_DIRECTORY,
	OPTION_DATE("the day from which three months count"),
	OPTION_HELP,
	OPTION_END,
};

/* Where the policy is to be; a failure where there is one. */
static int find_place(const char **path, const struct judging *judging)
{
	const char *root = judging->source.repository.work_dir;
	const char *misnamed = NULL;
	struct stat status;
	int there = 0, other = 0;

	if (!root)
		return fail_usage("this repository is bare: a policy file is written in a clone");
	*path = arena_printf(judging->arena, "%s/" POLICY_FILE, root);
	misnamed = arena_printf(judging->arena, "%s/" MISNAMED_FILE, root);
	there = present(&status, *path);
	other = present(&status, misnamed);
	if (there < 0 || other < 0)
		return -1;
	if (there)
		return fail_usage("'%s' is there already, and stays as it is", *path);
	if (other)
		return fail_usage("'%s' is not read; its name is '" POLICY_FILE "'", misnamed);
	return 0;
}

/* What is wrong with the work tree by the default policy. */
static int look(struct report *report, struct judging *judging)
{
	struct judge_options how = { .policy = &judging->policy };

	judging->source.root = judging->source.repository.work_dir;
	if (policy_default_only(&judging->policy, judging->arena, judging->options) < 0 ||
	    history_of_worktree(&judging->history, &judging->source, NULL) < 0)
		return -1;
	/* What is waived where it stands needs no second waiver. */
	judging->policy.inline_waivers = INLINE_COUNTS;
	return judge(report, judging->arena, &judging->history, &how);
}

/* Who answers for the waivers until somebody says otherwise: who proposes them. */
static int find_owner(const char **owner, struct judging *judging)
{
	if (repository_setting(&judging->source.repository, owner, "user.email") < 0)
		return -1;
	if (*owner && (!(*owner)[strspn(*owner, " \t")] || !utf8_is_valid(*owner, strlen(*owner))))
		*owner = NULL;
	return 0;
}

/* A new file, whole or not at all. */
static int write_new(const struct buf *text, struct arena *arena, const char *path)
{
	mode_t mask = umask(0);
	struct replacement file = {
		.path = path, .bytes = text->text, .length = text->length, .mode = 0666 & ~mask
	};
	struct replacements files = { .items = &file, .count = 1 };

	umask(mask);
	return replace_all(arena, &files);
}

/* It has to pass its own reader before anybody sees it. */
static int write_policy(const struct policy_draft *draft, struct arena *arena, const char *path)
{
	struct policy policy = { 0 };
	struct buf text = { 0 };
	int failed = 0;

	policy_draft_write(&text, draft);
	failed =
		policy_default(&policy, arena, rules) < 0 ||
				policy_read(&policy, arena, (struct text){ text.text, text.length },
					    POLICY_FILE, rules) < 0
			? fail_in("what was to be written")
			: write_new(&text, arena, path);
	buf_release(&text);
	return failed;
}

static int warn_of(const struct unnameds *unnameds, struct arena *arena)
{
	struct buf lines = { 0 };
	int failed = 0;

	vec_each (const struct unnamed *, unnamed, unnameds) {
		if (unnamed - unnameds->items == MAX_SHOWN) {
			buf_addf(&lines, "onedockerfile: warning: and %u more\n",
				 unnameds->count - MAX_SHOWN);
			break;
		}
		buf_addf(&lines, "onedockerfile: warning: no waiver for '%s' [%s]: %s\n",
			 utf8_clean(arena, unnamed->finding->path, false),
			 unnamed->finding->rule->id, unnamed->reason);
	}
	failed = buf_write(&lines, STDERR_FILENO, "standard error");
	buf_release(&lines);
	return failed;
}

static int say_next(const struct policy_draft *draft, struct arena *arena, const char *path)
{
	size_t waivers = proposals_count(&draft->proposals);
	struct buf out = { 0 };
	int failed = 0;

	buf_addf(&out, "%s: written, with %zu waiver%s", utf8_clean(arena, path, false), waivers,
		 waivers == 1 ? "" : "s");
	if (waivers > 0)
		buf_addf(&out, " until %s; give each a reason", draft->expires);
	buf_add(&out, "\nnext: onedockerfile install\n");
	failed = buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

/* A status, or -1. */
static int init(struct judging *judging)
{
	struct report report = { 0 };
	struct policy_draft draft = { .report = &report };
	struct unnameds unnameds = { 0 };
	struct arena *arena = judging->arena;
	const char *path = "";

	if (find_place(&path, judging) < 0 || look(&report, judging) < 0 ||
	    find_owner(&draft.owner, judging) < 0)
		return -1;
	proposals_make(&draft.proposals, &unnameds, arena, &report.findings);
	draft.today = judging->policy.today;
	draft.expires = date_months_later(arena, draft.today, MONTHS);
	if (write_policy(&draft, arena, path) < 0 || warn_of(&unnameds, arena) < 0 ||
	    say_next(&draft, arena, path) < 0)
		return -1;
	return STATUS_DONE;
}

static int run(struct options *options, struct arena *arena)
{
	struct judging judging;
	int absent = 0, status = -1;

	if (options->words.count > 0)
		return fail_usage("'init' takes no '%s'", options->words.items[0]);
	absent = judging_open(&judging, options, arena, REPOSITORY_OF_USER);
	if (repository_required(absent) == 0)
		status = init(&judging);
	judging_close(&judging);
	return status;
}

const struct command command_init = {
	.name = "init",
	.usage = "[--date YYYY-MM-DD]",
	.summary = "write a policy file that fits this repository",
	.options = options_of_init,
	.run = run,
};
