#include "model/names.h"

#include <string.h>
#include <strings.h>

#include "syntax/slice.h"

#define SEPARATORS ".-_ "

/* What is behind the last dot of a name that speaks of Dockerfiles and is none: documents, sources,
 * data, and what tools put beside a Dockerfile. */
static const char *const others[] = {
	"adoc", "bat", "cfg",      "cjs",  "cmd",  "coffee",       "conf",  "containerignore",
	"cpp",  "cs",  "css",      "csv",  "diff", "dockerignore", "gif",   "go",
	"gz",   "h",   "hcl",      "htm",  "html", "ini",          "ipynb", "java",
	"jpeg", "jpg", "js",       "json", "jsx",  "kt",           "lock",  "log",
	"lua",  "map", "markdown", "md",   "mdx",  "mjs",          "org",   "patch",
	"pdf",  "pl",  "png",      "ps1",  "py",   "pyc",          "rb",    "rego",
	"rs",   "rst", "scala",    "scss", "sh",   "sha256",       "snap",  "sql",
	"svg",  "swp", "tar",      "tf",   "tgz",  "tmlanguage",   "toml",  "ts",
	"tsx",  "txt", "vim",      "wasm", "xml",  "yaml",         "yml",   "zip",
};

/* What makes a file of them says what it is. */
static const char *const templates[] = {
	"cue",   "ejs", "erb",      "gotmpl", "handlebars", "hbs",  "in",  "j2",
	"jinja", "m4",  "mustache", "njk",    "template",   "tmpl", "tpl",
};

/* What Angular and Nx have names of templates end with. */
static const char *const template_ends[] = { "__template__", "__tmpl__" };

/* Where the family word stands in a name. */
struct family {
	size_t start, end;
};

static const char *const families[] = { "containerfile", "dockerfile" };

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool is_in(const char *const *table, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(word, table[i]) == 0)
			return true;
	return false;
}

static bool is_separator(char character)
{
	return character && strchr(SEPARATORS, character);
}

static bool is_word(char character)
{
	char lower = (char)(character | 0x20);

	return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9');
}

static bool has_tag(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!is_separator(text[i]))
			return true;
	return false;
}

/* DevDockerfile: a capital makes the border that a separator makes elsewhere. */
static bool starts_family(const char *name, size_t start)
{
	if (start == 0)
		return true;
	if (is_separator(name[start - 1]))
		return has_tag(name, start);
	return is_word(name[start - 1]) && (name[start] == 'D' || name[start] == 'C');
}

static bool ends_family(const char *name, size_t length, size_t end)
{
	return end == length || (is_separator(name[end]) && has_tag(name + end, length - end));
}

/* What all families end with: most names of a tree are told by that they do not have it. */
static bool has_ending(const char *name)
{
	while ((name = strpbrk(name, "rR")))
		if (strncasecmp(name++, "rfile", strlen("rfile")) == 0)
			return true;
	return false;
}

static bool find_family(struct family *family, const char *name, size_t length)
{
	for (size_t start = 0; start < length; start++)
		for (size_t i = 0; i < COUNT(families); i++) {
			size_t end = start + strlen(families[i]);

			if (end <= length &&
			    strncasecmp(name + start, families[i], end - start) == 0 &&
			    starts_family(name, start) && ends_family(name, length, end)) {
				*family = (struct family){ start, end };
				return true;
			}
		}
	return false;
}

/* The length of what a template becomes, by its name. 0: it is none. */
static size_t before_template(const char *name, size_t length)
{
	const char *dot = strrchr(name, '.');

	if (dot && is_in(templates, COUNT(templates), dot + 1))
		return (size_t)(dot - name);
	for (size_t i = 0; i < COUNT(template_ends); i++) {
		size_t end = strlen(template_ends[i]);

		if (length > end && strcmp(name + length - end, template_ends[i]) == 0)
			return length - end;
	}
	return 0;
}

/* The same as name_kind(), and where its family stands in a name that is no other. */
static enum name_kind read_name(struct family *family, const char *name)
{
	size_t length = strlen(name), before = 0;
	const char *dot = NULL;

	if (!has_ending(name) || name[length - 1] == '~')
		return NAME_OTHER;
	before = before_template(name, length);
	if (before)
		return find_family(family, name, before) ? NAME_TEMPLATE : NAME_OTHER;
	dot = strrchr(name, '.');
	if (dot && is_in(others, COUNT(others), dot + 1))
		return NAME_OTHER;
	return find_family(family, name, length) ? NAME_DOCKERFILE : NAME_OTHER;
}

enum name_kind name_kind(const char *name)
{
	struct family family = { 0 };

	return read_name(&family, name);
}

bool name_is_bare(const char *name)
{
	return is_in(families, COUNT(families), name);
}

bool name_is_containerfile(const char *name)
{
	struct family family = { 0 };

	return read_name(&family, name) == NAME_DOCKERFILE && (name[family.start] | 0x20) == 'c';
}

static bool is_upper(char character)
{
	return character >= 'A' && character <= 'Z';
}

/* Does a word begin here, in the middle of a name? */
static bool starts_word(const char *text, size_t at)
{
	return is_upper(text[at]) && is_word(text[at - 1]) && !is_upper(text[at - 1]);
}

static void add_words(struct strings *tags, struct arena *arena, struct text text)
{
	size_t start = 0;

	for (size_t at = 0; at <= text.length; at++) {
		bool ends = at == text.length || is_separator(text.bytes[at]);

		if (!ends && (at == start || !starts_word(text.bytes, at)))
			continue;
		if (at > start)
			*vec_add(arena, tags) =
				slice_lower(arena, (struct text){ text.bytes + start, at - start });
		start = at + ends;
	}
}

void name_tags(struct strings *tags, struct arena *arena, const char *name)
{
	struct family family = { 0 };

	if (read_name(&family, name) != NAME_DOCKERFILE)
		return;
	add_words(tags, arena, (struct text){ name, family.start });
	add_words(tags, arena, (struct text){ name + family.end, strlen(name + family.end) });
}

bool name_is_compose(const char *name)
{
	const char *dot = NULL;

	/* Most names of a tree are told by their first letter. */
	if (*name != 'c' && *name != 'd')
		return false;
	dot = strrchr(name, '.');
	if (!dot || (strcmp(dot, ".yml") != 0 && strcmp(dot, ".yaml") != 0))
		return false;
	if (strncmp(name, "docker-", strlen("docker-")) == 0)
		name += strlen("docker-");
	if (strncmp(name, "compose", strlen("compose")) != 0)
		return false;
	name += strlen("compose");
	return name == dot || strchr(".-_", *name);
}
