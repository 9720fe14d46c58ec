#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "cli/command.h"
#include "model/embedded.h"
#include "rules/rules.h"

static const struct option options_of_explain[] = {
	OPTION_HELP,
	OPTION_END,
};

static int run(struct options *options, struct arena *arena)
{
	const char *id = options->words.count == 1 ? options->words.items[0] : NULL;
	const struct rule *rule = NULL;
	const char *page = NULL;
	struct buf out = { 0 };
	int failed = 0;

	if (!id)
		return fail_usage("explain which rule? see 'onedockerfile rules'");
	if (rules_get(&rule, id) < 0)
		return -1;
	page = embedded(arena_printf(arena, "rules/%s.md", id));
	if (!page)
		return fail("there is no page for '%s' in this binary", id);
	buf_add(&out, page);
	failed = buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

const struct command command_explain = {
	.name = "explain",
	.usage = "RULE",
	.summary = "show a rule: why, what it refuses, what it accepts",
	.options = options_of_explain,
	.run = run,
};
