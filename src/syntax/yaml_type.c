#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/yaml.h"

#define CORE "tag:yaml.org,2002:"
#define MAX_NUMBER_LENGTH 512 /* without underscores: what is longer is none */

/* Ways to write what is neither text nor a number one could compute (go-yaml resolve.go). */
static const struct {
	const char *text;
	enum yaml_type type;
} words[] = {
	{ "", YAML_NULL },        { "~", YAML_NULL },       { "null", YAML_NULL },
	{ "Null", YAML_NULL },    { "NULL", YAML_NULL },    { "true", YAML_BOOL },
	{ "True", YAML_BOOL },    { "TRUE", YAML_BOOL },    { "false", YAML_BOOL },
	{ "False", YAML_BOOL },   { "FALSE", YAML_BOOL },   { ".nan", YAML_NUMBER },
	{ ".NaN", YAML_NUMBER },  { ".NAN", YAML_NUMBER },  { ".inf", YAML_NUMBER },
	{ ".Inf", YAML_NUMBER },  { ".INF", YAML_NUMBER },  { "+.inf", YAML_NUMBER },
	{ "+.Inf", YAML_NUMBER }, { "+.INF", YAML_NUMBER }, { "-.inf", YAML_NUMBER },
	{ "-.Inf", YAML_NUMBER }, { "-.INF", YAML_NUMBER },
};

static bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* Step over digits. How many? */
static size_t skip_digits(const char **at, const char *allowed)
{
	size_t count = strspn(*at, allowed);

	*at += count;
	return count;
}

static bool is_float(const char *at)
{
	size_t count = skip_digits(&at, "0123456789");

	if (*at == '.') {
		at++;
		count += skip_digits(&at, "0123456789");
	}
	if (count > 0 && (*at == 'e' || *at == 'E')) {
		at++;
		at += *at == '+' || *at == '-';
		count = skip_digits(&at, "0123456789");
	}
	return count > 0 && *at == '\0';
}

/* The digits behind "0x", "0o" or "0b"; *base is 0 where there is no such start. */
static const char *digits_of(int *base, const char *text)
{
	char letter = text[0] == '0' ? (char)(text[1] | 0x20) : '\0';

	*base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
	return *base ? text + 2 : text;
}

/* Does it fit into the 64 bits that there are for it? */
static bool is_integer(const char *digits, int base, char sign)
{
	uint64_t limit = sign == '-'   ? (uint64_t)INT64_MAX + 1
			 : sign == '+' ? (uint64_t)INT64_MAX
				       : UINT64_MAX;
	const char *allowed = base == 16 ? "0123456789abcdefABCDEF" : base == 8 ? "01234567" : "01";
	const char *end = digits;

	if (skip_digits(&end, allowed) == 0 || *end)
		return false;
	errno = 0;
	return strtoull(digits, NULL, base) <= limit && errno == 0;
}

/* Does each underscore stand between two digits, as Go has it? */
static bool parts_digits(const char *text)
{
	for (size_t i = 1; text[i]; i++)
		if (text[i] == '_' && (!is_digit(text[i - 1]) || !is_digit(text[i + 1])))
			return false;
	return true;
}

/* Underscores count for nothing, and what is too large is a text. A dot at the start alone makes a
 * number as Go reads it. */
static bool is_number(const char *text)
{
	char plain[MAX_NUMBER_LENGTH + 1], sign = *text;
	const char *digits = NULL;
	size_t length = 0;
	int base = 0;

	if (!is_digit(sign) && sign != '+' && sign != '-' && (sign != '.' || !parts_digits(text)))
		return false;
	for (; *text && length < MAX_NUMBER_LENGTH; text++)
		if (*text != '_')
			plain[length++] = *text;
	plain[length] = '\0';
	digits = digits_of(&base, plain + (sign == '+' || sign == '-'));
	if (base)
		return is_integer(digits, base, sign) && !*text;
	return is_float(digits) && isfinite(strtod(plain, NULL)) && !*text;
}

/* One or two digits between low and high: the value, or -1. */
static int part(const char **at, int low, int high)
{
	int value = 0;
	const char *start = *at;

	while (is_digit(**at) && *at - start < 2)
		value = value * 10 + *(*at)++ - '0';
	return *at > start && value >= low && value <= high ? value : -1;
}

static bool skip(const char **at, char character)
{
	if (**at != character)
		return false;
	++*at;
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool is_zone(const char *at)
{
	if (strcmp(at, "Z") == 0)
		return true;
	if ((*at != '+' && *at != '-') || strlen(at) != 6 || at[3] != ':')
		return false;
	return is_digit(at[1]) && is_digit(at[2]) && is_digit(at[4]) && is_digit(at[5]);
}

static bool is_time(const char *at, bool zone)
{
	if (part(&at, 0, 23) < 0 || !skip(&at, ':') || part(&at, 0, 59) < 0 || !skip(&at, ':') ||
	    part(&at, 0, 59) < 0)
		return false;
	if (*at == '.') {
		at++;
		if (!is_digit(*at))
			return false;
		while (is_digit(*at))
			at++;
	}
	return zone ? is_zone(at) : *at == '\0';
}

static bool is_timestamp(const char *at)
{
	int year = 0, month = 0, day = 0;

	for (int i = 0; i < 4; i++, at++) {
		if (!is_digit(*at))
			return false;
		year = year * 10 + *at - '0';
	}
	if (!skip(&at, '-') || (month = part(&at, 1, 12)) < 0 || !skip(&at, '-'))
		return false;
	day = part(&at, 1, 31);
	if (day < 0 || day > month_days(year, month))
		return false;
	if (*at == '\0')
		return true;
	if (skip(&at, ' '))
		return is_time(at, false);
	return (skip(&at, 'T') || skip(&at, 't')) && is_time(at, true);
}

static enum yaml_type type_of_plain(const char *text)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (*words[i].text == *text && strcmp(words[i].text, text) == 0)
			return words[i].type;
	if (is_timestamp(text))
		return YAML_TIMESTAMP;
	return is_number(text) ? YAML_NUMBER : YAML_STRING;
}

static enum yaml_type type_of_tag(const char *tag)
{
	const char *name = tag + strlen(CORE);

	if (strncmp(tag, CORE, strlen(CORE)) != 0)
		return YAML_TAGGED;
	if (strcmp(name, "str") == 0 || strcmp(name, "binary") == 0)
		return YAML_STRING;
	if (strcmp(name, "int") == 0 || strcmp(name, "float") == 0)
		return YAML_NUMBER;
	if (strcmp(name, "bool") == 0)
		return YAML_BOOL;
	if (strcmp(name, "null") == 0)
		return YAML_NULL;
	return strcmp(name, "timestamp") == 0 ? YAML_TIMESTAMP : YAML_TAGGED;
}

enum yaml_type yaml_type(const struct yaml *scalar)
{
	if (scalar->tag && strcmp(scalar->tag, "!") != 0)
		return type_of_tag(scalar->tag);
	return scalar->plain ? type_of_plain(scalar->value) : YAML_STRING;
}

bool yaml_is_string(const struct yaml *node)
{
	return node && node->kind == YAML_SCALAR && yaml_type(node) == YAML_STRING;
}

bool yaml_is_null(const struct yaml *node)
{
	return node && node->kind == YAML_SCALAR && yaml_type(node) == YAML_NULL;
}

bool yaml_is_tagged(const struct yaml *node)
{
	const char *own = node->kind == YAML_MAPPING ? CORE "map" : CORE "seq";

	if (!node->tag)
		return false;
	if (node->kind == YAML_SCALAR)
		return yaml_type(node) == YAML_TAGGED;
	return strcmp(node->tag, "!") != 0 && strcmp(node->tag, own) != 0;
}

const char *yaml_type_name(const struct yaml *node)
{
	static const char *const names[] = {
		[YAML_NULL] = "null",       [YAML_BOOL] = "a boolean",
		[YAML_NUMBER] = "a number", [YAML_TIMESTAMP] = "a date",
		[YAML_STRING] = "a string", [YAML_TAGGED] = "a tagged value",
	};

	if (node->kind == YAML_MAPPING)
		return "a mapping";
	return node->kind == YAML_SEQUENCE ? "a list" : names[yaml_type(node)];
}
