#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/policy.h"
#include "syntax/yaml.h"

/*
 * Typed values of a policy file. Each function returns 0, or -1 with the usage failure
 * "name:line:column: ..."; nothing is converted and nothing is overlooked.
 */
struct settings {
	struct policy *policy; /* where they go */
	struct arena *arena;
	const char *name; /* of the file, for messages */
	const struct rule *const *rules;
	bool appends; /* lists are added to those that are there */
};

/* A key that may stand in a mapping, and who takes its value. */
struct setting_key {
	const char *name;
	int (*read)(struct settings *settings, const struct yaml *value, void *into);
};

/* Record what is wrong with a node. Returns -1. */
int settings_wrong(const struct settings *settings, const struct yaml *node, const char *format,
		   ...) __attribute__((format(printf, 3, 4)));

/* The same for a node whose word is none of some names; those offered tell what was meant. */
int settings_unknown(const struct settings *settings, const struct yaml *node, const char *what,
		     const char *meant);

/* Let each key of a mapping be taken by its row of keys, the last of which has no name. into is
 * handed on. */
int settings_mapping(struct settings *settings, const struct yaml *node,
		     const struct setting_key *keys, void *into);

/* A string that is not empty; what says what it is for: "a reason". */
int settings_string(const struct settings *settings, const struct yaml *node, const char **string,
		    const char *what);

/* A list of strings, none of them empty. Where settings do not append, as everywhere below, it
 * replaces what was in the list. */
int settings_strings(const struct settings *settings, const struct yaml *node,
		     struct strings *strings);

/* The same, of patterns of paths or refs, expanded. */
int settings_patterns(const struct settings *settings, const struct yaml *node,
		      struct strings *patterns);

/* One pattern of paths, added to patterns. */
int settings_pattern(const struct settings *settings, const struct yaml *node,
		     struct strings *patterns);

/* One of some words, ended by NULL; its index goes into choice. */
int settings_choice(const struct settings *settings, const struct yaml *node, size_t *choice,
		    const char *const *words);

int settings_bool(const struct settings *settings, const struct yaml *node, bool *value);

/* The id of a rule. */
int settings_rule(const struct settings *settings, const struct yaml *node,
		  const struct rule **rule);

#endif
