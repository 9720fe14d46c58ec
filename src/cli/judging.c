#include "cli/judging.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "base/present.h"
#include "base/progress.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/merge_advice.h"
#include "cli/outputs.h"
#include "cli/policy_change.h"
#include "cli/policy_source.h"
#include "cli/version.h"
#include "judge/judge.h"
#include "readers/readers.h"
#include "rules/rules.h"

bool judging_watches(const char *name)
{
	return readers_watch(name) || policy_file_name(name);
}

int judging_seconds(unsigned *seconds, const char *text)
{
	char *end = NULL;
	unsigned long limit = text ? strtoul(text, &end, 10) : 0;

	if (text && (!*text || *end || limit == 0 || limit > 86400))
		return fail_usage("'--timeout %s': it is a number of seconds from 1 to 86400",
				  text);
	*seconds = (unsigned)limit;
	return 0;
}

int judging_start(const char *seconds, const char *advice)
{
	unsigned limit = 0;

	if (judging_seconds(&limit, seconds) < 0)
		return -1;
	if (limit)
		deadline_start(limit, advice);
	return 0;
}

int judging_open(struct judging *judging, struct options *options, struct arena *arena,
		 enum repository_mode mode)
{
	*judging = (struct judging){ .options = options, .arena = arena };
	if (!options->quiet)
		progress_start();
	git_source_init(&judging->source, arena, judging_watches);
	return repository_open(&judging->source.repository, arena, ".", mode);
}

int judging_policy(struct judging *judging)
{
	struct git_source *source = &judging->source;
	const struct options *options = judging->options;
	struct stat status;
	int there = 0;

	if (source->repository.git && !source->repository.work_dir)
		return policy_of_server(&judging->policy, source, options);
	/* Outside a repository a directory may be all of the file system. */
	if (!source->repository.git) {
		there = present(&status, POLICY_FILE);
		if (there == 0)
			there = present(&status, MISNAMED_FILE);
		if (there <= 0)
			return there < 0 ? -1
					 : policy_default_only(&judging->policy, judging->arena,
							       options);
	}
	source->root = source->repository.work_dir ? source->repository.work_dir : ".";
	if (history_of_worktree(&judging->history, source, NULL) < 0)
		return -1;
	return policy_of_tree(&judging->policy, &judging->history, options, NULL);
}

static bool wants_colour(const struct options *options)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (options->colour && strcmp(options->colour, "auto") != 0)
		return strcmp(options->colour, "always") == 0;
	return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

static int check_colour(const struct options *options)
{
	const char *when = options->colour;

	if (when && strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 &&
	    strcmp(when, "never") != 0)
		return fail_usage("'--color %s': it is auto, always or never", when);
	return 0;
}

static bool fails(const struct report *report)
{
	const struct summary *summary = &report->summary;

	return (report->fail_on != LEVEL_OFF && summary->errors > 0) ||
	       (report->fail_on != LEVEL_OFF && report->fail_on <= LEVEL_WARNING &&
		summary->warnings > 0) ||
	       (report->fail_on == LEVEL_NOTICE && summary->notices > 0);
}

/* Unless the policy says so itself, waivers inside files count only where a tree is judged without
 * a base, and never on a server: else a commit could let itself pass. */
static void decide_inline(struct judging *judging)
{
	struct policy *policy = &judging->policy;
	bool has_base = judging->is_push;

	vec_each (const struct change *, change, &judging->history.changes)
		has_base = has_base || change->parents.count > 0;
	if (policy->inline_waivers == INLINE_UNSAID)
		policy->inline_waivers = has_base ? INLINE_DENIED : INLINE_COUNTS;
}

static int say(const struct judging *judging, const char *what, const char *text)
{
	struct buf line = { 0 };
	int failed = 0;

	buf_addf(&line, "onedockerfile: %s: %s\n", what,
		 utf8_clean(judging->arena, text, judging->is_push));
	failed = buf_write(&line, STDERR_FILENO, "standard error");
	buf_release(&line);
	return failed;
}

const char *judging_policy_words(const struct judging *judging)
{
	const struct policy *policy = &judging->policy;
	const char *origin = policy->origin, *between = "; there is no " POLICY_FILE " in ";

	if (!policy->place)
		return origin;
	if (strcmp(origin, POLICY_FILE) == 0)
		between = " of ";
	else if (policy->extends_repository)
		between = ", over " POLICY_FILE " of ";
	return arena_printf(judging->arena, "%s%s%s", origin, between, policy->place);
}

int judging_say(const struct judging *judging, const char *what, const char *words)
{
	return judging->options->verbose ? say(judging, what, words) : 0;
}

/* What is said beside a report that is for programs. */
static int say_note(const struct judging *judging)
{
	const char *format = judging->options->format;

	if (!judging->note || !format || strcmp(format, "text") == 0)
		return 0;
	return say(judging, "note", judging->note);
}

int judging_finish(struct judging *judging)
{
	const struct options *options = judging->options;
	struct judge_options how = { .policy = &judging->policy,
				     .paths = judging->paths,
				     .all = options->all,
				     .progress = progress_show };
	struct outputs outputs = { 0 };
	struct report report = { .version = VERSION,
				 .source = judging->source_name,
				 .policy = judging->policy.origin,
				 .rules = rules,
				 .fail_on = judging->policy.fail_on,
				 .is_push = judging->is_push,
				 .brief = options->quiet,
				 .verbose = options->verbose };
	int failed = 0;

	if (check_colour(options) < 0 || outputs_find(&outputs, judging->arena, options) < 0 ||
	    judging_say(judging, "policy", judging_policy_words(judging)) < 0 ||
	    policy_change_note(judging) < 0 || say_note(judging) < 0)
		return -1;
	report.note = judging->note;
	report.colour = wants_colour(options);
	how.line_marks = outputs_need(&outputs) & NEEDS_LINE_MARKS;
	how.graphs = outputs_need(&outputs) & NEEDS_GRAPHS;
	decide_inline(judging);
	/* What failed for want of time may have been forgiven on the way. */
	failed =
		judge(&report, judging->arena, &judging->history, &how) < 0 ? -1 : deadline_check();
	progress_clear();
	if (!failed)
		failed = merge_advise(judging, &report);
	/* What a library asked us for and did not get, it may have gone on without. */
	if (failure_status())
		failed = -1;
	report.verdict = failed ? "unknown" : fails(&report) ? "fail" : "pass";
	judging->is_told = true;
	if (outputs_write(&outputs, &report) < 0 || failed)
		return -1;
	return fails(&report) ? STATUS_FINDINGS : STATUS_DONE;
}

void judging_choose_colour(struct options *options)
{
	if (!options->colour || strcmp(options->colour, "auto") == 0)
		options->colour = wants_colour(options) ? "always" : "never";
}

void judging_unknown(const struct judging *judging)
{
	const struct policy *policy = &judging->policy;
	struct report report = { .version = VERSION,
				 .source = judging->source_name ? judging->source_name : "worktree",
				 .policy = policy->origin ? policy->origin : "default",
				 .verdict = "unknown",
				 .rules = rules,
				 .is_push = judging->is_push };
	struct outputs outputs = { 0 };

	if (outputs_find(&outputs, judging->arena, judging->options) == 0)
		(void)outputs_write(&outputs, &report);
}

void judging_close(struct judging *judging)
{
	if (failure_status() == STATUS_FAILURE && judging->source_name && !judging->is_told)
		judging_unknown(judging);
	trees_release(&judging->source.trees);
	repository_close(&judging->source.repository);
}
