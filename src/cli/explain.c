#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "model/embedded.h"
#include "reports/wrap.h"
#include "rules/rules.h"

static const struct option options_of_explain[] = {
	OPTION_DIRECTORY,
	OPTION_CONFIG,
	OPTION_HELP,
	OPTION_END,
};

static void write_words(struct buf *out, struct arena *arena, const char *lead,
			const struct strings *words)
{
	struct buf list = { 0 };

	vec_each (const char **, word, words)
		buf_addf(&list, "%s%s", list.length ? ", " : "", *word);
	wrap_write(out, lead, words->count ? utf8_clean(arena, buf_text(&list), false) : "none");
	buf_release(&list);
}

/* What the policy here makes of the rule. */
static void write_setting(struct buf *out, struct judging *judging, const struct rule *rule)
{
	const struct policy *policy = &judging->policy;
	struct arena *arena = judging->arena;

	buf_addf(out, "\n## In force here\n\nlevel: %s (%s)\n",
		 level_name(policy_level(policy, rule)),
		 utf8_clean(arena, policy_origin(policy, arena, rule), false));
	if (rule->option)
		write_words(out, arena, arena_printf(arena, "%s: ", rule->option),
			    policy_words(policy, rule));
}

/* The page needs nothing but this program: it is shown although the policy may be wrong. */
static int explain(struct options *options, struct arena *arena, const struct rule *rule)
{
	const char *page = embedded(arena_printf(arena, "rules/%s.md", rule->id));
	struct judging judging;
	struct buf out = { 0 };
	int failed = 0;

	if (!page)
		return fail("there is no page for '%s' in this binary", rule->id);
	buf_add(&out, page);
	failed = judging_open(&judging, options, arena, REPOSITORY_OF_USER) < 0 ||
		 judging_policy(&judging) < 0;
	if (!failed)
		write_setting(&out, &judging, rule);
	judging_close(&judging);
	if (buf_write(&out, STDOUT_FILENO, "standard output") < 0)
		failed = true;
	buf_release(&out);
	return failed ? -1 : STATUS_DONE;
}

static int run(struct options *options, struct arena *arena)
{
	const char *id = options->words.count == 1 ? options->words.items[0] : NULL;
	const struct rule *rule = NULL;

	if (!id)
		return fail_usage("explain which rule? see 'onedockerfile rules'");
	if (rules_get(&rule, id) < 0)
		return -1;
	return explain(options, arena, rule);
}

const struct command command_explain = {
	.name = "explain",
	.usage = "RULE",
	.summary = "show a rule: why, what it refuses and accepts, how it is set here",
	.options = options_of_explain,
	.run = run,
};
