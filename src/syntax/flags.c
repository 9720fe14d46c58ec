#include "syntax/flags.h"

#include <string.h>

#include "base/buf.h"
#include "syntax/slice.h"

enum flag_type {
	FLAG_BOOL,
	FLAG_STRING,
	FLAG_LIST
};

struct flag_rule {
	enum keyword keyword;
	const char *name;
	enum flag_type type;
};

/* What BuildKit instructions/parse.go and its commands_run*.go declare. */
static const struct flag_rule rules[] = {
	{ KEYWORD_ADD, "checksum", FLAG_STRING },
	{ KEYWORD_ADD, "chmod", FLAG_STRING },
	{ KEYWORD_ADD, "chown", FLAG_STRING },
	{ KEYWORD_ADD, "exclude", FLAG_LIST },
	{ KEYWORD_ADD, "keep-git-dir", FLAG_BOOL },
	{ KEYWORD_ADD, "link", FLAG_BOOL },
	{ KEYWORD_ADD, "unpack", FLAG_BOOL },
	{ KEYWORD_COPY, "chmod", FLAG_STRING },
	{ KEYWORD_COPY, "chown", FLAG_STRING },
	{ KEYWORD_COPY, "exclude", FLAG_LIST },
	{ KEYWORD_COPY, "from", FLAG_STRING },
	{ KEYWORD_COPY, "link", FLAG_BOOL },
	{ KEYWORD_COPY, "parents", FLAG_BOOL },
	{ KEYWORD_FROM, "platform", FLAG_STRING },
	{ KEYWORD_HEALTHCHECK, "interval", FLAG_STRING },
	{ KEYWORD_HEALTHCHECK, "retries", FLAG_STRING },
	{ KEYWORD_HEALTHCHECK, "start-interval", FLAG_STRING },
	{ KEYWORD_HEALTHCHECK, "start-period", FLAG_STRING },
	{ KEYWORD_HEALTHCHECK, "timeout", FLAG_STRING },
	{ KEYWORD_RUN, "device", FLAG_LIST },
	{ KEYWORD_RUN, "mount", FLAG_LIST },
	{ KEYWORD_RUN, "network", FLAG_STRING },
	{ KEYWORD_RUN, "security", FLAG_STRING },
};

#define RULE_COUNT (sizeof(rules) / sizeof(rules[0]))

/* Bytes, not code points, are asked here: the builder takes these two for Latin-1 spaces. */
static bool is_space(char byte)
{
	return (byte >= '\t' && byte <= '\r') || byte == ' ' || byte == '\x85' || byte == '\xA0';
}

/* How long the word at the start is; *plain says that nothing in it is quoted or escaped. */
static size_t word_length(struct text text, bool *plain, char escape)
{
	char quote = '\0';
	size_t at = 0;

	*plain = true;
	for (; at < text.length && (quote || !is_space(text.bytes[at])); at++) {
		char byte = text.bytes[at];

		if (byte == escape) {
			*plain = false;
			at += at + 1 < text.length;
		} else if (quote ? byte == quote : byte == '\'' || byte == '"') {
			*plain = false;
			quote = quote ? '\0' : byte;
		}
	}
	return at;
}

static struct text unquote(struct arena *arena, struct text word, char escape)
{
	char *copy = arena_bytes(arena, word.length + 1);
	char quote = '\0';
	size_t length = 0;

	for (size_t at = 0; at < word.length; at++) {
		char byte = word.bytes[at];

		if (quote ? byte == quote : byte == '\'' || byte == '"') {
			quote = quote ? '\0' : byte;
			continue;
		}
		if (byte == escape && ++at == word.length)
			break;
		copy[length++] = word.bytes[at];
	}
	copy[length] = '\0';
	return (struct text){ copy, length };
}

static struct flag split(struct text word)
{
	struct flag flag = { 0 };
	size_t end = 0;

	word = slice_from(word, 2);
	end = slice_find(word, '=');
	flag.name = slice_upto(word, end);
	flag.has_value = end < word.length;
	flag.value = slice_from(word, end + flag.has_value);
	return flag;
}

void flags_read(struct flags *flags, struct arena *arena, struct text *rest, char escape)
{
	for (;;) {
		struct text word = *rest;
		bool plain = true;

		while (rest->length && is_space(*rest->bytes))
			*rest = slice_from(*rest, 1);
		if (!slice_starts(*rest, "--"))
			return;
		word = slice_upto(*rest, word_length(*rest, &plain, escape));
		*rest = slice_from(*rest, word.length);
		if (!plain)
			word = unquote(arena, word, escape);
		if (slice_is(word, "--"))
			return;
		*vec_add(arena, flags) = split(word);
	}
}

static const struct flag_rule *find(enum keyword keyword, struct text name)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (rules[i].keyword == keyword && slice_is(name, rules[i].name))
			return &rules[i];
	return NULL;
}

static const char *check_one(const struct flag *flag, const struct flag_rule *rule, bool again)
{
	if (!rule)
		return "takes no flag";
	if (again && rule->type != FLAG_LIST)
		return "takes only once the flag";
	if (rule->type != FLAG_BOOL && !flag->has_value)
		return "wants a value for the flag";
	if (rule->type == FLAG_BOOL && flag->has_value && !slice_is_like(flag->value, "true") &&
	    !slice_is_like(flag->value, "false"))
		return "takes 'true' or 'false' for the flag";
	return NULL;
}

const char *flags_check(const struct flags *flags, struct arena *arena, enum keyword keyword)
{
	bool seen[RULE_COUNT] = { false };

	vec_each (const struct flag *, flag, flags) {
		const struct flag_rule *rule = find(keyword, flag->name);
		const char *fault = check_one(flag, rule, rule && seen[rule - rules]);

		if (fault)
			return arena_printf(arena, "%s %s '--%s'", keyword_name(keyword), fault,
					    slice_string(arena, flag->name));
		seen[rule - rules] = true;
	}
	return NULL;
}

const struct text *flags_value(const struct flags *flags, const char *name)
{
	vec_each (const struct flag *, flag, flags)
		if (slice_is(flag->name, name))
			return &flag->value;
	return NULL;
}
