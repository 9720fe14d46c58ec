#include "syntax/wildcard.h"

#include <ctype.h>
#include <string.h>

/* A part of a pattern that matches one character, or any number of them. */
enum part {
	PART_ANY,         /* '*' */
	PART_ANYTHING,    /* '**' at an end */
	PART_BROKEN,      /* no text matches it */
	PART_CLASS,       /* [a-z] */
	PART_DIRECTORIES, /* '**' and the slash behind it */
	PART_ONE,         /* '?' */
	PART_PLAIN,       /* the character at `at` */
};

/* A walk over a pattern, and what of the path its part so far can match. */
struct matching {
	struct text pattern;
	size_t at, next; /* the part at hand, and what is behind it */
	struct text path;
	char *reached; /* by length: can the pattern so far match this much of the path? */
};

/* Names of [[:alpha:]] and its like, for ASCII. */
static const struct character_type {
	const char *name;
	int (*has)(int);
} types[] = {
	{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank }, { "cntrl", iscntrl },
	{ "digit", isdigit }, { "graph", isgraph }, { "lower", islower }, { "print", isprint },
	{ "punct", ispunct }, { "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
};

#define TYPE_COUNT (sizeof(types) / sizeof(types[0]))

/* A class being read, and whether it has the byte asked for. */
struct set {
	struct text pattern;
	size_t at;
	unsigned char byte;
	unsigned char before; /* where a range would begin; 0: none can */
	bool has;
};

size_t wildcard_plain(struct text pattern)
{
	size_t length = 0;

	while (length < pattern.length &&
	       (!pattern.bytes[length] || !strchr("*?[\\", pattern.bytes[length])))
		length++;
	return length;
}

/* The character at a place of the pattern; 0 behind its end. */
static unsigned char character(struct text pattern, size_t at)
{
	return at < pattern.length ? (unsigned char)pattern.bytes[at] : 0;
}

/* [:name:] at hand. False where no class is called so. */
static bool read_type(struct set *set)
{
	const char *name = set->pattern.bytes + set->at + 2;
	const char *end = memchr(name, ']', set->pattern.length - set->at - 2);
	size_t length = 0;

	if (!end)
		return false;
	if (end == name || end[-1] != ':') {
		/* It is a set with these characters in it. */
		set->has = set->has || set->byte == '[';
		set->before = '[';
		set->at++;
		return true;
	}
	length = (size_t)(end - name) - 1;
	set->at = (size_t)(end - set->pattern.bytes) + 1;
	set->before = 0;
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		if (strlen(types[i].name) != length || memcmp(types[i].name, name, length) != 0)
			continue;
		set->has = set->has || (set->byte < 0x80 && types[i].has(set->byte));
		return true;
	}
	return false;
}

/* One member of the class: a character, a range, a type. False where the class is broken. */
static bool read_member(struct set *set)
{
	unsigned char first = character(set->pattern, set->at);
	unsigned char second = character(set->pattern, set->at + 1);
	bool is_range = first == '-' && set->before && second && second != ']';

	if (first == '[' && second == ':')
		return read_type(set);
	set->at += is_range;
	first = character(set->pattern, set->at++);
	if (first == '\\')
		first = character(set->pattern, set->at++);
	if (!first)
		return false;
	if (is_range)
		set->has = set->has || (set->byte >= set->before && set->byte <= first);
	else
		set->has = set->has || set->byte == first;
	set->before = is_range ? 0 : first;
	return true;
}

/* Has the class at a place of the pattern this byte? *end is what stands behind it. False also
 * where it is broken, *end then being the place itself. */
static bool class_has(struct text pattern, size_t at, size_t *end, char byte)
{
	struct set set = { .pattern = pattern, .at = at + 1, .byte = (unsigned char)byte };
	unsigned char first = character(pattern, set.at);
	bool negated = first == '!' || first == '^';

	*end = at;
	set.at += negated;
	do
		if (!read_member(&set))
			return false;
	while (character(pattern, set.at) != ']');
	*end = set.at + 1;
	return set.has != negated && byte != '/';
}

/* A run of stars. Two or more are special where they stand alone between slashes or ends. */
static enum part read_stars(struct matching *matching)
{
	struct text pattern = matching->pattern;
	size_t start = matching->at, end = start;
	unsigned char behind = 0;

	while (character(pattern, end) == '*')
		end++;
	matching->next = end;
	behind = character(pattern, end);
	if (end - start < 2 || (start > 0 && pattern.bytes[start - 1] != '/'))
		return PART_ANY;
	if (end == pattern.length)
		return PART_ANYTHING;
	if (behind == '\\' && character(pattern, end + 1) == '/')
		return PART_ANYTHING;
	if (behind != '/')
		return PART_ANY;
	matching->next++;
	return PART_DIRECTORIES;
}

static enum part read_part(struct matching *matching)
{
	struct text pattern = matching->pattern;
	size_t end = 0;

	matching->next = matching->at + 1;
	switch (pattern.bytes[matching->at]) {
	case '*':
		return read_stars(matching);
	case '?':
		return PART_ONE;
	case '[':
		class_has(pattern, matching->at, &end, '\0');
		matching->next = end;
		return end > matching->at ? PART_CLASS : PART_BROKEN;
	case '\\':
		matching->at++;
		matching->next++;
		return matching->at < pattern.length ? PART_PLAIN : PART_BROKEN;
	default:
		return PART_PLAIN;
	}
}

static bool takes(const struct matching *matching, enum part part, char byte)
{
	size_t end = 0;

	if (part == PART_CLASS)
		return class_has(matching->pattern, matching->at, &end, byte);
	return part == PART_ONE ? byte != '/' : byte == matching->pattern.bytes[matching->at];
}

/* A part that takes one character: what was reached before it is reached one further. */
static void take_one(struct matching *matching, enum part part)
{
	char *reached = matching->reached;

	for (size_t i = matching->path.length; i > 0; i--)
		reached[i] = reached[i - 1] && takes(matching, part, matching->path.bytes[i - 1]);
	reached[0] = false;
}

/* A part that takes any number. */
static void take_many(struct matching *matching, enum part part)
{
	char *reached = matching->reached;
	bool open = reached[0];

	for (size_t i = 1; i <= matching->path.length; i++) {
		bool is_slash = matching->path.bytes[i - 1] == '/';

		if (part == PART_ANY && is_slash)
			open = false;
		if (reached[i])
			open = true;
		else if (part != PART_DIRECTORIES || is_slash)
			reached[i] = open;
	}
}

bool wildcard_matches(struct text pattern, struct text path, char *reached)
{
	struct matching matching = { .pattern = pattern, .path = path, .reached = reached };

	memset(reached, false, path.length + 1);
	reached[0] = true;
	for (; matching.at < pattern.length; matching.at = matching.next) {
		enum part part = read_part(&matching);

		if (part == PART_BROKEN)
			return false;
		if (part == PART_ANY || part == PART_ANYTHING || part == PART_DIRECTORIES)
			take_many(&matching, part);
		else
			take_one(&matching, part);
	}
	return reached[path.length];
}
