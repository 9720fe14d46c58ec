#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "reports/json.h"
#include "rules/rules.h"

static const struct option options_of_rules[] = {
	OPTION_DIRECTORY, OPTION_CONFIG, OPTION_FORMAT("text or json"), OPTION_HELP, OPTION_END,
};

static void write_text(struct buf *out, struct arena *arena, const struct policy *policy)
{
	for (const struct rule *const *rule = rules; *rule; rule++)
		buf_addf(out, "%-20s %-8s %s (%s)\n", (*rule)->id,
			 level_name(policy_level(policy, *rule)), (*rule)->summary,
			 utf8_clean(arena, policy_origin(policy, arena, *rule), false));
}

static void write_json(struct buf *out, struct arena *arena, const struct policy *policy)
{
	OWNED(cJSON) *root = json_root();
	cJSON *array = NULL;

	json_number(root, "version", 1);
	json_string(root, "policy", policy->origin);
	array = json_array(root, "rules");
	for (const struct rule *const *rule = rules; *rule; rule++) {
		cJSON *object = json_object(array, NULL);

		json_string(object, "id", (*rule)->id);
		json_string(object, "level", level_name(policy_level(policy, *rule)));
		json_string(object, "default", level_name((*rule)->level));
		json_string(object, "summary", (*rule)->summary);
		json_string(object, "set_by", policy_origin(policy, arena, *rule));
	}
	json_print(out, root);
}

/* A status, or -1. */
static int list(struct judging *judging)
{
	const char *format = judging->options->format;
	struct buf out = { 0 };
	int failed = 0;

	if (judging_policy(judging) < 0)
		return -1;
	if (format && strcmp(format, "json") == 0)
		write_json(&out, judging->arena, &judging->policy);
	else
		write_text(&out, judging->arena, &judging->policy);
	failed = buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

static int run(struct options *options, struct arena *arena)
{
	const char *format = options->format;
	struct judging judging;
	int status = -1;

	if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
		return fail_usage("'--format %s': it is text or json", format);
	if (options->words.count > 0)
		return fail_usage("'rules' takes no '%s'", options->words.items[0]);
	if (judging_open(&judging, options, arena, REPOSITORY_OF_USER) >= 0)
		status = list(&judging);
	judging_close(&judging);
	return status;
}

const struct command command_rules = {
	.name = "rules",
	.usage = "[OPTIONS]",
	.summary = "list every rule with its level here and what set it",
	.options = options_of_rules,
	.run = run,
};
