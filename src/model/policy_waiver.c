#include "model/policy_waiver.h"

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "model/rule.h"

static int read_rule(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;
	const char *id = NULL;

	if (settings_string(settings, node, &id, "a rule") < 0)
		return -1;
	if (settings_rule(settings, node, &waiver->rule) < 0)
		return -1;
	if (waiver->rule->settle)
		return settings_wrong(settings, node, "'%s' cannot be waived", id);
	return 0;
}

/* Is there a component that says where: one without wildcards? */
static bool says_where(const char *path)
{
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length > 0 && strcspn(path, "*?") >= length)
			return true;
		path += length;
		path += *path == '/';
	}
	return false;
}

static int read_path(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	if (settings_pattern(settings, node, &waiver->patterns) < 0)
		return -1;
	waiver->path = arena_string(settings->arena, node->value);
	waiver->path_span = node->span;
	vec_each (const char **, pattern, &waiver->patterns)
		if (!says_where(*pattern))
			return settings_wrong(settings, node,
					      "a waiver for everything is none: at least one "
					      "component of its path has no wildcard");
	return 0;
}

static int read_subject(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	return yaml_is_null(node) ? 0
				  : settings_string(settings, node, &waiver->subject, "a subject");
}

static int read_reason(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	return settings_string(settings, node, &waiver->reason, "a reason");
}

static int read_owner(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	return yaml_is_null(node) ? 0 : settings_string(settings, node, &waiver->owner, "an owner");
}

static int read_expires(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	if (yaml_is_null(node))
		return 0;
	if (node->kind != YAML_SCALAR || !date_is_valid(node->value))
		return settings_wrong(settings, node, "a day is wanted here, as in 2027-03-31");
	waiver->expires = arena_string(settings->arena, node->value);
	waiver->expires_span = node->span;
	return 0;
}

static int read_waiver(struct policy_waiver *waiver, struct settings *settings,
		       const struct yaml *node)
{
	static const struct setting_key keys[] = {
		{ "expires", read_expires },
		{ "owner", read_owner },
		{ "path", read_path },
		{ "reason", read_reason },
		{ "rule", read_rule },
		{ "subject", read_subject },
		{ 0 },
	};
	const char *missing = NULL;

	*waiver = (struct policy_waiver){ .origin = settings->name };
	if (settings_mapping(settings, node, keys, waiver) < 0)
		return -1;
	missing = !waiver->rule     ? "rule"
		  : !waiver->path   ? "path"
		  : !waiver->reason ? "reason"
				    : NULL;
	if (missing)
		return settings_wrong(settings, node, "this waiver has no '%s'", missing);
	if (!waiver->expires && settings->policy->dated)
		return settings_wrong(settings, node,
				      "this waiver has no 'expires', which a strict policy asks "
				      "for");
	return 0;
}

int settings_waivers(struct settings *settings, const struct yaml *node, void *into)
{
	size_t patterns = 0;

	(void)into;
	if (!settings->appends)
		settings->policy->waivers = (struct policy_waivers){ 0 };
	if (node->kind != YAML_SEQUENCE)
		return settings_wrong(settings, node, "a list of waivers is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (struct yaml **, item, &node->in->items) {
		struct policy_waiver *waiver = vec_add(settings->arena, &settings->policy->waivers);

		if (read_waiver(waiver, settings, *item) < 0)
			return -1;
		patterns += waiver->patterns.count;
		if (patterns > MAX_PATTERNS)
			return settings_wrong(settings, *item, "more than %d patterns of waivers",
					      MAX_PATTERNS);
	}
	return 0;
}
