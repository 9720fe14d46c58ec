#include "syntax/directives.h"

#include <string.h>
#include <strings.h>

#include "syntax/json.h"
#include "syntax/reference.h"
#include "syntax/slice.h"

#define MAX_CHECK_OPTIONS 3 /* of "# check=a;b;c"; the last one keeps what follows */

static const char *const keys[] = { "check", "escape", "syntax" };

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

/* \s of Go's regular expressions */
static bool is_blank(char character)
{
	return character == ' ' || character == '\t' || character == '\r' || character == '\f' ||
	       character == '\n';
}

static struct text cut_line(struct text *rest)
{
	struct text line = { 0 };

	slice_line(&line, rest);
	while (line.length > 0 && line.bytes[line.length - 1] == '\r')
		line.length--;
	return line;
}

static size_t key_length(struct text line)
{
	size_t length = 0;

	while (length < line.length) {
		char character = (char)(line.bytes[length] | 0x20);
		bool is_digit = line.bytes[length] >= '0' && line.bytes[length] <= '9';

		if (!(character >= 'a' && character <= 'z') && !(is_digit && length > 0))
			break;
		length++;
	}
	return length;
}

/* Is the line "PREFIX key = value" of a key that is known? Says which, and the value. */
static bool is_directive(size_t *key, struct text *value, struct text line, const char *prefix)
{
	struct text name = { 0 };
	size_t at = 0;

	if (!slice_starts(line, prefix))
		return false;
	line = slice_from(line, strlen(prefix));
	while (line.length > 0 && is_blank(*line.bytes))
		line = slice_from(line, 1);
	name = slice_upto(line, key_length(line));
	at = name.length;
	while (at < line.length && is_blank(line.bytes[at]))
		at++;
	if (at == line.length || line.bytes[at] != '=')
		return false;
	*value = slice_from(line, at + 1);
	/* A value of blanks alone is its last blank: the pattern wants one character. */
	while (value->length > 1 && is_blank(*value->bytes))
		*value = slice_from(*value, 1);
	while (value->length > 1 && is_blank(value->bytes[value->length - 1]))
		value->length--;
	for (*key = 0; *key < KEY_COUNT; ++*key)
		if (slice_is_like(name, keys[*key]))
			return value->length > 0;
	return false;
}

static bool is_true_or_false(struct text value)
{
	static const char *const words[] = { "0",    "1",    "F", "FALSE", "False", "T",
					     "TRUE", "True", "f", "false", "t",     "true" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(value, words[i]))
			return true;
	return false;
}

static bool is_check_option(struct text option)
{
	size_t end = slice_find(option, '=');
	struct text name = slice_trim(slice_upto(option, end));

	if (end == option.length)
		return false;
	if (slice_is(name, "error"))
		return is_true_or_false(slice_trim(slice_from(option, end + 1)));
	return slice_is(name, "experimental") || slice_is(name, "skip");
}

static bool check_is_valid(struct text value)
{
	struct text rest = slice_upto(value, slice_find(value, ' '));

	for (unsigned i = 1; rest.length > 0 || i > 1; i++) {
		size_t end = i == MAX_CHECK_OPTIONS ? rest.length : slice_find(rest, ';');

		if (!is_check_option(slice_upto(rest, end)))
			return false;
		if (end == rest.length)
			break;
		rest = slice_from(rest, end + 1);
	}
	return true;
}

static void refuse(struct directives *directives, unsigned line, const char *error)
{
	directives->error = error;
	directives->error_line = line;
}

static void take(struct directives *directives, struct arena *arena, size_t key,
		 struct directive directive)
{
	struct directive *places[] = { &directives->check, &directives->escape,
				       &directives->syntax };

	directives->last_line = directive.line;
	if (places[key]->line) {
		refuse(directives, directive.line,
		       arena_printf(arena, "the directive '%s' stands there twice", keys[key]));
		return;
	}
	*places[key] = directive;
	if (places[key] != &directives->escape)
		return;
	if (slice_is(directive.value, "\\") || slice_is(directive.value, "`"))
		directives->escape_character = *directive.value.bytes;
	else
		refuse(directives, directive.line,
		       "the directive 'escape' takes a backslash or a backtick");
}

/* The value of a directive as those read it who look for one alone. */
static bool find(struct directive *found, struct text text, size_t wanted, const char *prefix)
{
	struct text rest = text, value = { 0 };
	bool seen[KEY_COUNT] = { false };
	size_t key = 0;

	for (unsigned line = 1; is_directive(&key, &value, cut_line(&rest), prefix); line++) {
		if (seen[key])
			return false;
		seen[key] = true;
		if (key == wanted) {
			*found = (struct directive){ value, line };
			return true;
		}
	}
	return false;
}

static struct text skip_start(struct text text)
{
	text = slice_skip_mark(text);
	if (slice_starts(text, "#!"))
		cut_line(&text);
	return text;
}

void directives_read(struct directives *directives, struct arena *arena, struct text text)
{
	struct text rest = slice_skip_mark(text), value = { 0 };
	struct directive check = { 0 };
	size_t key = 0;

	*directives = (struct directives){ .escape_character = '\\' };
	for (unsigned line = 1; !directives->error; line++) {
		if (!is_directive(&key, &value, slice_trim_start(cut_line(&rest)), "#"))
			break;
		take(directives, arena, key, (struct directive){ value, line });
	}
	/* The linter looks for its options in its own way, before the parser. */
	if (find(&check, skip_start(text), 0, "#") && !check_is_valid(check.value))
		directives->bad_check = check.line + slice_starts(slice_skip_mark(text), "#!");
}

/* [[index.]docker.io/]docker/dockerfile[-upstream][:tag][@digest] */
static bool is_docker_own(struct text image)
{
	if (slice_starts(image, "index.docker.io/"))
		image = slice_from(image, strlen("index."));
	if (slice_starts(image, "docker.io/"))
		image = slice_from(image, strlen("docker.io/"));
	if (!slice_starts(image, "docker/dockerfile"))
		return false;
	image = slice_from(image, strlen("docker/dockerfile"));
	if (slice_starts(image, "-upstream"))
		image = slice_from(image, strlen("-upstream"));
	return image.length == 0 || *image.bytes == ':' || *image.bytes == '@';
}

bool directives_foreign(struct directive *image, struct arena *arena, struct text text)
{
	struct text rest = skip_start(text), value = { 0 };
	size_t syntax = KEY_COUNT - 1;

	*image = (struct directive){ .line = 1 };
	if (find(image, rest, syntax, "#") || find(image, rest, syntax, "//"))
		image->value = slice_upto(image->value, slice_find(image->value, ' '));
	else if (!json_member(&value, arena, rest, keys[syntax]) ||
		 !json_string_of(&image->value, arena, value))
		return false;
	image->line += slice_starts(slice_skip_mark(text), "#!");
	return !is_docker_own(image->value) || !reference_is_valid(image->value);
}
