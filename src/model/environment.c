#include "model/environment.h"

#include <stddef.h>
#include <strings.h>

/* Mostly the first letters tell two words apart: by other bits than the one of their case. */
static bool is_one_of(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (((**words ^ *word) | 0x20) == 0x20 && strcasecmp(*words, word) == 0)
			return true;
	return false;
}

bool is_environment_word(const char *word)
{
	static const char *const words[] = {
		"bak", "ci",   "copy", "debug",      "dev",   "develop", "development", "local",
		"old", "orig", "prod", "production", "stage", "staging", "test",        NULL,
	};

	return is_one_of(words, word);
}

bool is_production_word(const char *word)
{
	static const char *const words[] = { "prod", "production", NULL };

	return is_one_of(words, word);
}

bool is_environment_directory(const char *name)
{
	static const char *const words[] = { "dev",   "develop", "development",
					     "local", "prod",    "production",
					     "stage", "staging", NULL };

	return is_one_of(words, name);
}
