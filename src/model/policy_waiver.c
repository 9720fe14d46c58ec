#include "model/policy_waiver.h"

#include <string.h>

static int read_rule(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;
	const char *id = NULL;

	if (settings_string(settings, node, &id, "a rule") < 0)
		return -1;
	return settings_rule(settings, node, &waiver->rule);
}

/* Is there a component that says where: one without wildcards? */
static bool says_where(const char *path)
{
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length > 0 && strcspn(path, "*?{") >= length)
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
	if (!says_where(waiver->path))
		return settings_wrong(settings, node,
				      "a waiver for everything is none: at least one component of "
				      "its path has no wildcard");
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

static unsigned number(const char *digits, size_t count)
{
	unsigned value = 0;

	for (size_t i = 0; i < count; i++)
		value = value * 10 + (unsigned)(digits[i] - '0');
	return value;
}

/* YYYY-MM-DD, and a day that the calendar has. */
static bool is_date(const char *text)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	static const char shape[] = "dddd-dd-dd";
	unsigned year = 0, month = 0, day = 0, leap = 0;

	if (strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	year = number(text, 4);
	month = number(text + 5, 2);
	day = number(text + 8, 2);
	leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + leap;
}

static int read_expires(struct settings *settings, const struct yaml *node, void *into)
{
	struct policy_waiver *waiver = into;

	if (yaml_is_null(node))
		return 0;
	if (node->kind != YAML_SCALAR || !is_date(node->value))
		return settings_wrong(settings, node, "a day is wanted here, as in 2027-03-31");
	waiver->expires = arena_string(settings->arena, node->value);
	return 0;
}

static int read_waiver(struct settings *settings, const struct yaml *node)
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
	struct policy_waiver waiver = { .line = node->span.line };
	const char *missing = NULL;

	if (settings_mapping(settings, node, keys, &waiver) < 0)
		return -1;
	missing = !waiver.rule ? "rule" : !waiver.path ? "path" : !waiver.reason ? "reason" : NULL;
	if (missing)
		return settings_wrong(settings, node, "this waiver has no '%s'", missing);
	*vec_add(settings->arena, &settings->policy->waivers) = waiver;
	return 0;
}

int settings_waivers(struct settings *settings, const struct yaml *node, void *into)
{
	(void)into;
	settings->policy->waivers = (struct policy_waivers){ 0 };
	if (node->kind != YAML_SEQUENCE)
		return settings_wrong(settings, node, "a list of waivers is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (struct yaml **, item, &node->items)
		if (read_waiver(settings, *item) < 0)
			return -1;
	return 0;
}
