#include "tests/support/builder.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"

#define VARIABLES 4 /* A to D */

struct image {
	char files[65];
	const char *cmd, *entrypoint, *config;
	const char *env[VARIABLES], *seen[VARIABLES];
	struct strings onbuild;
	bool is_cmd_set;
};

struct built {
	const char *name, *base, *platform;
	struct strings instructions;
	struct image image;
	bool is_done;
};

struct builder {
	struct arena *arena;
	const char *globals[VARIABLES];
	bool is_global[VARIABLES];
	struct VEC(struct built) stages;
};

static void feed(char files[65], struct arena *arena, const char *text)
{
	const char *both = arena_printf(arena, "%s|%s", files, text);
	struct sha256 hash;

	sha256_init(&hash);
	sha256_add(&hash, both, strlen(both));
	sha256_hex(&hash, files);
}

/* The text with $A and ${A} filled in. */
static const char *expand(struct arena *arena, const char *const *values, const char *text)
{
	const char *out = "";

	for (; *text; text++) {
		bool is_braced = text[0] == '$' && text[1] == '{';
		const char *name = text + 1 + is_braced;

		if (text[0] == '$' && *name >= 'A' && *name < 'A' + VARIABLES) {
			const char *value = values[*name - 'A'];

			out = arena_printf(arena, "%s%s", out, value ? value : "");
			text = name + is_braced;
		} else {
			out = arena_printf(arena, "%s%c", out, *text);
		}
	}
	return out;
}

static bool begins(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

/* What stands behind the first word. */
static const char *behind(const char *text)
{
	text += strcspn(text, " ");
	return text + strspn(text, " ");
}

static struct image build(struct builder *builder, size_t index);

/* A source as what it is, whatever it is called. */
static const char *source_image(struct builder *builder, const char *name, bool is_copy)
{
	char *end = NULL;
	unsigned long number = strtoul(name, &end, 10);

	if (is_copy && *name && !*end && number < builder->stages.count)
		return arena_string(builder->arena, build(builder, number).files);
	for (size_t i = builder->stages.count; i-- > 0;)
		if (builder->stages.items[i].name &&
		    strcasecmp(builder->stages.items[i].name, name) == 0)
			return arena_string(builder->arena, build(builder, i).files);
	return arena_printf(builder->arena, "image %s", name);
}

/* The instruction with the image behind "from=" in place of its name. */
static const char *resolved(struct builder *builder, const char *text)
{
	const char *from = strstr(text, "from="), *name = NULL;
	size_t length = 0;

	if (!from || !strstr(text, "--"))
		return text;
	from += strlen("from=");
	length = strcspn(from, ", ");
	name = arena_copy(builder->arena, from, length);
	return arena_printf(builder->arena, "%.*s<%s>%s", (int)(from - text), text,
			    source_image(builder, name, begins(text, "COPY")), from + length);
}

static void declare(struct builder *builder, struct image *image, const char *text)
{
	int name = *text - 'A';

	if (text[1] == '=')
		image->seen[name] = expand(builder->arena, image->seen, text + 2);
	else if (builder->is_global[name])
		image->seen[name] = builder->globals[name];
}

static void apply(struct builder *builder, struct image *image, const char *text)
{
	const char *rest = behind(text);
	struct arena *arena = builder->arena;

	if (begins(text, "ARG ")) {
		declare(builder, image, rest);
	} else if (begins(text, "ENV ")) {
		image->env[*rest - 'A'] = image->seen[*rest - 'A'] =
			expand(arena, image->seen, rest + 2);
	} else if (begins(text, "CMD ")) {
		image->cmd = rest;
		image->is_cmd_set = true;
	} else if (begins(text, "ENTRYPOINT ")) {
		image->entrypoint = rest;
		image->cmd = image->is_cmd_set ? image->cmd : NULL;
	} else if (begins(text, "ONBUILD ")) {
		*vec_add(arena, &image->onbuild) = rest;
	} else if (begins(text, "RUN ") || begins(text, "COPY ") || begins(text, "ADD ")) {
		feed(image->files, arena, image->config);
		feed(image->files, arena, resolved(builder, text));
		for (int i = 0; i < VARIABLES; i++)
			feed(image->files, arena, image->seen[i] ? image->seen[i] : "-");
	} else {
		image->config = arena_printf(arena, "%s\n%s", image->config,
					     expand(arena, image->seen, text));
	}
}

/* What FROM leaves: a stage above, or an image of which one variable is known. */
static void begin(struct builder *builder, struct image *image, size_t index)
{
	const struct built *stage = &builder->stages.items[index];
	const char *base = expand(builder->arena, builder->globals, stage->base);

	*image = (struct image){ .config = "" };
	image->env[0] = "of the image";
	for (size_t i = index; i-- > 0;)
		if (builder->stages.items[i].name &&
		    strcmp(builder->stages.items[i].name, base) == 0) {
			*image = build(builder, i);
			break;
		}
	if (!*image->files)
		feed(image->files, builder->arena,
		     arena_printf(builder->arena, "%s on %s", base, stage->platform));
	for (int i = 0; i < VARIABLES; i++)
		if (image->env[i])
			image->seen[i] = image->env[i];
	image->is_cmd_set = false;
}

static struct image build(struct builder *builder, size_t index)
{
	struct built *stage = &builder->stages.items[index];
	struct strings triggers = { 0 };

	if (stage->is_done)
		return stage->image;
	begin(builder, &stage->image, index);
	triggers = stage->image.onbuild;
	stage->image.onbuild = (struct strings){ 0 };
	vec_each (const char *const *, trigger, &triggers)
		apply(builder, &stage->image, *trigger);
	vec_each (const char *const *, instruction, &stage->instructions)
		apply(builder, &stage->image, *instruction);
	stage->is_done = true;
	return stage->image;
}

static void add_stage(struct builder *builder, const char *text)
{
	struct built *stage = vec_add(builder->arena, &builder->stages);
	const char *name = NULL;

	text = behind(text);
	stage->platform = "";
	if (begins(text, "--")) {
		stage->platform = arena_copy(builder->arena, text, strcspn(text, " "));
		text = behind(text);
	}
	stage->base = arena_copy(builder->arena, text, strcspn(text, " "));
	name = behind(behind(text));
	if (*name) {
		char *lower = arena_copy(builder->arena, name, strcspn(name, " "));

		for (char *at = lower; *at; at++)
			*at = (char)tolower((unsigned char)*at);
		stage->name = lower;
	}
}

static void add_instruction(struct builder *builder, const char *text)
{
	if (begins(text, "FROM ")) {
		add_stage(builder, text);
	} else if (builder->stages.count == 0) {
		const char *word = behind(text);

		builder->is_global[*word - 'A'] = true;
		if (word[1] == '=')
			builder->globals[*word - 'A'] =
				expand(builder->arena, builder->globals, word + 2);
	} else {
		struct built *last = &builder->stages.items[builder->stages.count - 1];

		*vec_add(builder->arena, &last->instructions) = text;
	}
}

/* The next line without blanks around it; its end is overwritten. NULL: there is none. */
static char *next_line(char **rest)
{
	char *line = *rest, *end = NULL;

	if (!line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : NULL;
	end = end ? end : line + strlen(line);
	*end = '\0';
	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return line + strspn(line, " \t");
}

static void read_text(struct builder *builder, const char *text)
{
	char *rest = arena_string(builder->arena, text), *line = NULL;
	const char *joined = "";

	while ((line = next_line(&rest))) {
		size_t length = strlen(line);
		bool is_open = length > 0 && line[length - 1] == '\\';

		if (!length || *line == '#')
			continue;
		joined = arena_printf(builder->arena, "%s%.*s", joined, (int)(length - is_open),
				      line);
		if (is_open)
			continue;
		while (strstr(joined, "<<EOF") && (line = next_line(&rest)) &&
		       strcmp(line, "EOF") != 0)
			joined = arena_printf(builder->arena, "%s\n%s", joined, line);
		add_instruction(builder, joined);
		joined = "";
	}
}

const char *builder_image(struct arena *arena, const char *text, const char *target)
{
	struct builder builder = { .arena = arena };
	struct image image;
	size_t index = 0;
	const char *out = NULL;

	read_text(&builder, text);
	if (builder.stages.count == 0)
		return "no stages";
	index = builder.stages.count - 1;
	for (size_t i = 0; target && i < builder.stages.count; i++)
		if (builder.stages.items[i].name &&
		    strcasecmp(builder.stages.items[i].name, target) == 0)
			index = i;
	image = build(&builder, index);
	out = arena_printf(arena, "%s%s\ncmd %s\nentrypoint %s\n", image.files, image.config,
			   image.cmd ? image.cmd : "-", image.entrypoint ? image.entrypoint : "-");
	for (int i = 0; i < VARIABLES; i++)
		out = arena_printf(arena, "%s%c=%s\n", out, 'A' + i,
				   image.env[i] ? image.env[i] : "-");
	vec_each (const char *const *, trigger, &image.onbuild)
		out = arena_printf(arena, "%sonbuild %s\n", out, *trigger);
	return out;
}

struct strings builder_targets(struct arena *arena, const char *text)
{
	struct builder builder = { .arena = arena };
	struct strings names = { 0 };

	read_text(&builder, text);
	vec_each (const struct built *, stage, &builder.stages)
		if (stage->name)
			*vec_add(arena, &names) = stage->name;
	return names;
}
