#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "model/embedded.h"
#include "model/policy_waiver.h"
#include "model/rule.h"
#include "model/settings.h"

#define MAX_TAG_SHOWN 60 /* bytes of one in a message */

static const char *const levels[] = { "off", "notice", "warning", "error", NULL };

static int read_version(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	if (node->kind != YAML_SCALAR || yaml_type(node) != YAML_NUMBER ||
	    strcmp(node->value, "1") != 0)
		return settings_wrong(settings, node, "the version of a policy is 1");
	return 0;
}

/* Done before all other keys, see lay_base(). */
static int read_extends(struct settings *settings, const struct yaml *node, void *into)
{
	(void)settings;
	(void)node;
	(void)into;
	return 0;
}

static int read_fail_on(struct settings *settings, const struct yaml *node, void *into)
{
	static const char *const words[] = { "never", "notice", "warning", "error", NULL };
	size_t choice = 0;

	(void)into;
	if (settings_choice(settings, node, &choice, words) < 0)
		return -1;
	settings->policy->fail_on = (enum level)choice;
	return 0;
}

static int read_level(struct settings *settings, const struct yaml *node, void *into)
{
	struct rule_setting *setting = into;
	size_t choice = 0;

	if (settings_choice(settings, node, &choice, levels) < 0)
		return -1;
	setting->level = (enum level)choice;
	return 0;
}

static int read_words(struct settings *settings, const struct yaml *node, void *into)
{
	struct rule_setting *setting = into;

	return settings_strings(settings, node, &setting->words);
}

static int read_rule(struct settings *settings, const struct yaml_pair *pair)
{
	const struct rule *rule = NULL;
	struct rule_setting *setting = NULL;

	if (settings_rule(settings, pair->key, &rule) < 0)
		return -1;
	setting = policy_set(settings->policy, settings->arena, rule);
	setting->origin = settings->name;
	setting->line = pair->key->span.line;
	if (pair->value->kind == YAML_MAPPING) {
		const struct setting_key keys[] = {
			{ "level", read_level },
			{ rule->option, read_words },
			{ 0 },
		};

		return settings_mapping(settings, pair->value, keys, setting);
	}
	return read_level(settings, pair->value, setting);
}

static int read_rules(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	if (node->kind != YAML_MAPPING)
		return settings_wrong(settings, node, "a mapping of rules is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (const struct yaml_pair *, pair, &node->in->pairs)
		if (read_rule(settings, pair) < 0)
			return -1;
	return 0;
}

static int read_ignore(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	return settings_patterns(settings, node, &settings->policy->ignore);
}

static int read_dockerfiles(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	return settings_patterns(settings, node, &settings->policy->dockerfiles);
}

static int read_refs(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	return settings_patterns(settings, node, &settings->policy->refs);
}

/* What Compose takes for the name of a variable. */
static bool is_variable(const char *name)
{
	static const char letters[] = "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	static const char digits[] = "0123456789";
	const char *at = name;

	while (*at && (strchr(letters, *at) || (at > name && strchr(digits, *at))))
		at++;
	return *name && !*at;
}

/* The variable of that name, which is there where settings append, else added. */
static struct policy_variable *variable_of(struct settings *settings, const char *name)
{
	struct policy_variables *variables = &settings->policy->variables;
	struct policy_variable *variable = NULL;

	vec_each (struct policy_variable *, known, variables)
		if (settings->appends && strcmp(known->name, name) == 0)
			return known;
	variable = vec_add(settings->arena, variables);
	variable->name = arena_string(settings->arena, name);
	return variable;
}

static int read_variable(struct settings *settings, const struct yaml_pair *pair)
{
	struct policy_variable *variable = NULL;
	const char *value = NULL;

	if (!is_variable(pair->key->value))
		return settings_wrong(settings, pair->key, "'%.100s' is no name of a variable",
				      pair->key->value);
	variable = variable_of(settings, pair->key->value);
	if (pair->value->kind != YAML_SEQUENCE) {
		/* An empty value is one too. */
		if (yaml_is_string(pair->value) && !*pair->value->value)
			value = "";
		else if (settings_string(settings, pair->value, &value, "a value") < 0)
			return -1;
		*vec_add(settings->arena, &variable->values) = value;
	} else if (settings_strings(settings, pair->value, &variable->values) < 0) {
		return -1;
	} else if (variable->values.count == 0) {
		return settings_wrong(settings, pair->value, "variable '%s' has no value here",
				      variable->name);
	}
	return 0;
}

static int read_variables(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	if (!settings->appends)
		settings->policy->variables = (struct policy_variables){ 0 };
	if (node->kind != YAML_MAPPING)
		return settings_wrong(settings, node,
				      "a mapping of variables is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (const struct yaml_pair *, pair, &node->in->pairs)
		if (read_variable(settings, pair) < 0)
			return -1;
	return 0;
}

static int read_inline(struct settings *settings, const struct yaml *node, void *into)
{
	bool counts = false;

	(void)into;
	if (settings_bool(settings, node, &counts) < 0)
		return -1;
	settings->policy->inline_waivers = counts ? INLINE_COUNTS : INLINE_DENIED;
	return 0;
}

static int read_commits(struct settings *settings, const struct yaml *node, void *into)
{
	static const char *const words[] = { "each", "tip", NULL };
	size_t choice = 0;

	(void)into;
	if (settings_choice(settings, node, &choice, words) < 0)
		return -1;
	settings->policy->tip = choice == 1;
	return 0;
}

static const struct setting_key keys[] = {
	{ "commits", read_commits },     { "dockerfiles", read_dockerfiles },
	{ "extends", read_extends },     { "fail-on", read_fail_on },
	{ "ignore", read_ignore },       { "inline", read_inline },
	{ "refs", read_refs },           { "rules", read_rules },
	{ "variables", read_variables }, { "version", read_version },
	{ "waivers", settings_waivers }, { 0 },
};

/* A tag says that a value is something else than what is written. */
static int check_tags(const struct settings *settings, const struct yaml *node)
{
	if (yaml_is_tagged(node))
		return settings_wrong(settings, node, "the tag '%.*s' means nothing here",
				      MAX_TAG_SHOWN, node->tag);
	vec_each (struct yaml **, item, &node->in->items)
		if (check_tags(settings, *item) < 0)
			return -1;
	vec_each (const struct yaml_pair *, pair, &node->in->pairs)
		if (check_tags(settings, pair->key) < 0 || check_tags(settings, pair->value) < 0)
			return -1;
	return 0;
}

/* The only document, which is a mapping. */
static int read_root(const struct settings *settings, const struct yaml **root, struct text text)
{
	struct yaml_file file = { 0 };

	if (text.length > MAX_POLICY_SIZE || !text.bytes)
		return fail_usage("%s: a policy of more than %u KiB", settings->name,
				  MAX_POLICY_SIZE >> 10);
	yaml_read(&file, settings->arena, text);
	if (file.error)
		return fail_usage("%s:%u:%u: %s", settings->name, file.span.line, file.span.column,
				  file.error);
	if (file.documents.count == 0 || yaml_is_null(file.documents.items[0]))
		return fail_usage("%s:1:1: the policy is empty", settings->name);
	if (file.documents.count > 1)
		return settings_wrong(settings, file.documents.items[1],
				      "a policy is one document, and here begins another");
	*root = file.documents.items[0];
	return check_tags(settings, *root);
}

static int read_text(struct settings *settings, struct text text);

/* What the file extends is laid first, wherever the key stands. */
static int lay_base(struct settings *settings, const struct yaml *node)
{
	static const char *const words[] = { "default", "strict", "repository", NULL };
	struct settings strict = *settings;
	const char *text = embedded("strict.yaml");
	size_t choice = 0;

	if (!node)
		return 0;
	if (settings_choice(settings, node, &choice, words) < 0)
		return -1;
	if (choice == 2 && !settings->policy->for_server)
		return settings_wrong(settings, node,
				      "only the policy of a server extends 'repository'");
	settings->policy->extends_repository = settings->appends = choice == 2;
	if (choice != 1)
		return 0;
	settings->policy->dated = true;
	if (!text)
		die("policies/strict.yaml is not inside the program");
	strict.name = "strict";
	return read_text(&strict, (struct text){ text, strlen(text) });
}

static int read_text(struct settings *settings, struct text text)
{
	const struct yaml *root = NULL;

	if (read_root(settings, &root, text) < 0 ||
	    lay_base(settings, yaml_get(root, "extends")) < 0)
		return -1;
	return settings_mapping(settings, root, keys, NULL);
}

int policy_read(struct policy *policy, struct arena *arena, struct text text, const char *name,
		const struct rule *const *rules)
{
	struct settings settings = {
		.policy = policy, .arena = arena, .name = arena_string(arena, name), .rules = rules
	};

	for (size_t i = 0; rules[i]; i++)
		policy_set(policy, arena, rules[i]);
	if (read_text(&settings, text) < 0)
		return -1;
	policy->origin = settings.name;
	return 0;
}
