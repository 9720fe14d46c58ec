#include "model/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/glob.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "model/rule.h"

#define MAX_SHOWN 100 /* bytes of a wrong value in a message */

int settings_wrong(const struct settings *settings, const struct yaml *node, const char *format,
		   ...)
{
	char message[1024];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return fail_usage("%s:%u:%u: %s", settings->name, node->span.line, node->span.column,
			  message);
}

int settings_unknown(const struct settings *settings, const struct yaml *node, const char *what,
		     const char *meant)
{
	if (meant)
		return settings_wrong(settings, node, "unknown %s '%.*s'; did you mean '%s'?", what,
				      MAX_SHOWN, node->value, meant);
	return settings_wrong(settings, node, "unknown %s '%.*s'", what, MAX_SHOWN, node->value);
}

static int unknown_key(const struct settings *settings, const struct yaml *node,
		       const struct setting_key *keys)
{
	struct nearest nearest = { .wanted = node->value };
	struct buf names = { 0 };

	for (const struct setting_key *key = keys; key->name; key++)
		nearest_offer(&nearest, key->name);
	if (nearest.name)
		return settings_unknown(settings, node, "key", nearest.name);
	for (const struct setting_key *key = keys; key->name; key++)
		buf_addf(&names, "%s'%s'", key == keys ? "" : ", ", key->name);
	settings_wrong(settings, node, "unknown key '%.*s'; the keys here are %s", MAX_SHOWN,
		       node->value, buf_text(&names));
	buf_release(&names);
	return -1;
}

int settings_mapping(struct settings *settings, const struct yaml *node,
		     const struct setting_key *keys, void *into)
{
	if (node->kind != YAML_MAPPING)
		return settings_wrong(settings, node, "a mapping is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (const struct yaml_pair *, pair, &node->in->pairs) {
		const struct setting_key *key = keys;

		while (key->name && strcmp(key->name, pair->key->value) != 0)
			key++;
		if (!key->name)
			return unknown_key(settings, pair->key, keys);
		if (key->read(settings, pair->value, into) < 0)
			return -1;
	}
	return 0;
}

int settings_string(const struct settings *settings, const struct yaml *node, const char **string,
		    const char *what)
{
	if (!yaml_is_string(node)) {
		bool quotable = node->kind == YAML_SCALAR && *node->value && !node->tag;

		return settings_wrong(settings, node, "%s is a string, not %s%s", what,
				      yaml_type_name(node), quotable ? "; put it in quotes" : "");
	}
	if (node->value[strspn(node->value, " \t\r\n")] == '\0')
		return settings_wrong(settings, node, "%s is empty", what);
	*string = arena_string(settings->arena, node->value);
	return 0;
}

int settings_strings(const struct settings *settings, const struct yaml *node,
		     struct strings *strings)
{
	if (!settings->appends)
		*strings = (struct strings){ 0 };
	if (node->kind != YAML_SEQUENCE)
		return settings_wrong(settings, node, "a list is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (struct yaml **, item, &node->in->items) {
		const char *string = NULL;

		if (settings_string(settings, *item, &string, "an item of this list") < 0)
			return -1;
		*vec_add(settings->arena, strings) = string;
	}
	return 0;
}

/* What matches nothing, although it looks as if it would, is an error too. */
int settings_pattern(const struct settings *settings, const struct yaml *node,
		     struct strings *patterns)
{
	const char *pattern = "";
	size_t length = 0;

	if (settings_string(settings, node, &pattern, "a pattern") < 0)
		return -1;
	length = strlen(pattern);
	if (!glob_is_valid(pattern))
		return settings_wrong(settings, node,
				      "'%.*s' is no pattern: its braces do not match, are nested "
				      "or too many",
				      MAX_SHOWN, pattern);
	if (pattern[0] == '/' || strncmp(pattern, "./", 2) == 0 || strncmp(pattern, "../", 3) == 0)
		return settings_wrong(settings, node,
				      "pattern '%.*s' matches nothing: patterns begin at the root, "
				      "without '/' or '.'",
				      MAX_SHOWN, pattern);
	if (pattern[length - 1] == '/')
		return settings_wrong(settings, node,
				      "pattern '%.*s' matches nothing: write '**' behind the '/'",
				      MAX_SHOWN, pattern);
	glob_expand(patterns, settings->arena, pattern);
	if (patterns->count > MAX_PATTERNS)
		return settings_wrong(settings, node, "more than %d patterns", MAX_PATTERNS);
	return 0;
}

int settings_patterns(const struct settings *settings, const struct yaml *node,
		      struct strings *patterns)
{
	if (!settings->appends)
		*patterns = (struct strings){ 0 };
	if (node->kind != YAML_SEQUENCE)
		return settings_wrong(settings, node, "a list of patterns is wanted here, not %s",
				      yaml_type_name(node));
	vec_each (struct yaml **, item, &node->in->items)
		if (settings_pattern(settings, *item, patterns) < 0)
			return -1;
	return 0;
}

int settings_choice(const struct settings *settings, const struct yaml *node, size_t *choice,
		    const char *const *words)
{
	struct nearest nearest = { .wanted = node->value };
	struct buf list = { 0 };

	for (size_t i = 0; yaml_is_string(node) && words[i]; i++)
		if (strcmp(words[i], node->value) == 0) {
			*choice = i;
			return 0;
		}
	for (size_t i = 0; words[i]; i++) {
		if (yaml_is_string(node))
			nearest_offer(&nearest, words[i]);
		buf_addf(&list, "%s'%s'", i ? ", " : "", words[i]);
	}
	if (!yaml_is_string(node))
		settings_wrong(settings, node, "one of %s is wanted here, not %s", buf_text(&list),
			       yaml_type_name(node));
	else if (nearest.name)
		settings_unknown(settings, node, "value", nearest.name);
	else
		settings_wrong(settings, node, "unknown value '%.*s'; it is one of %s", MAX_SHOWN,
			       node->value, buf_text(&list));
	buf_release(&list);
	return -1;
}

int settings_bool(const struct settings *settings, const struct yaml *node, bool *value)
{
	if (node->kind != YAML_SCALAR || yaml_type(node) != YAML_BOOL)
		return settings_wrong(settings, node, "true or false is wanted here, not %s",
				      yaml_type_name(node));
	*value = node->value[0] == 't' || node->value[0] == 'T';
	return 0;
}

int settings_rule(const struct settings *settings, const struct yaml *node,
		  const struct rule **rule)
{
	struct nearest nearest = { .wanted = node->value };

	for (size_t i = 0; settings->rules[i]; i++)
		if (strcmp(settings->rules[i]->id, node->value) == 0) {
			*rule = settings->rules[i];
			return 0;
		}
	for (size_t i = 0; settings->rules[i]; i++)
		nearest_offer(&nearest, settings->rules[i]->id);
	return settings_unknown(settings, node, "rule", nearest.name);
}
