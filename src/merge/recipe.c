#include "merge/recipe.h"

#include <ctype.h>
#include <string.h>

#include "base/sha256.h"
#include "syntax/mount.h"
#include "syntax/slice.h"

/* A stage whose keys are being made. */
struct making {
	struct arena *arena;
	const struct recipe *recipe;
	const struct recipe_stage *stage;
	struct stage_sources sources; /* its own, in the order of its instructions */
	size_t source;                /* the next of them */
	struct sha256 hash;
};

/* With its length, so that nothing can be moved from one text to the next. */
static void add_text(struct sha256 *hash, struct text text)
{
	sha256_add(hash, &text.length, sizeof(text.length));
	if (text.length > 0)
		sha256_add(hash, text.bytes, text.length);
}

static void add_string(struct sha256 *hash, const char *string)
{
	add_text(hash, (struct text){ string ? string : "", string ? strlen(string) : 0 });
	sha256_add(hash, string ? "+" : "-", 1);
}

static struct key key_of(struct sha256 *hash)
{
	struct key key = { 0 };

	sha256_hex(hash, key.hex);
	return key;
}

void recipe_declared(struct declareds *declared, struct arena *arena, const struct recipe *recipe,
		     const struct instruction *instruction)
{
	char escape = recipe->file->syntax->directives.escape_character;
	struct text rest = instruction->arguments, word = { 0 };

	*declared = (struct declareds){ 0 };
	if (instruction->keyword != KEYWORD_ARG)
		return;
	while (instruction_word(&word, &rest, escape)) {
		size_t length = slice_find(word, '=');

		*vec_add(arena, declared) = (struct declared){
			.name = slice_upto(word, length),
			.text = word,
			.has_default = length < word.length,
		};
	}
}

const struct recipe_global *recipe_global(const struct recipe *recipe, struct text name)
{
	for (size_t i = recipe->declared.count; i-- > 0;)
		if (slice_equals(recipe->declared.items[i].name, name))
			return &recipe->declared.items[i];
	return NULL;
}

bool recipe_uses(struct text text, struct text name)
{
	for (size_t at = 0; at + name.length < text.length; at++) {
		struct text rest = slice_from(text, at + 1);

		if (text.bytes[at] != '$')
			continue;
		rest = slice_from(rest, slice_starts(rest, "{"));
		if (slice_equals(slice_upto(rest, name.length), name) &&
		    (rest.length <= name.length ||
		     (!isalnum((unsigned char)rest.bytes[name.length]) &&
		      rest.bytes[name.length] != '_')))
			return true;
	}
	return false;
}

/* What the variables of a text are, as far as the file is read. */
static void add_used(struct sha256 *hash, const struct recipe *recipe, struct text text)
{
	for (size_t i = 0; i < recipe->declared.count; i++) {
		const struct recipe_global *global = &recipe->declared.items[i];

		if (recipe_global(recipe, global->name) == global &&
		    recipe_uses(text, global->name))
			add_string(hash, global->key.hex);
	}
}

/* One may use those above it, as they are there. */
static void add_global(struct arena *arena, struct recipe *recipe,
		       const struct instruction *instruction)
{
	struct declareds declared = { 0 };

	recipe_declared(&declared, arena, recipe, instruction);
	vec_each (const struct declared *, one, &declared) {
		struct recipe_global global = { one->name, one->text, { "" }, instruction };
		struct sha256 hash;

		sha256_init(&hash);
		add_text(&hash, one->text);
		add_used(&hash, recipe, one->text);
		global.key = key_of(&hash);
		*vec_add(arena, &recipe->declared) = global;
	}
}

/* A stage that is copied or mounted from stands for what it does. */
static void add_source(struct making *making)
{
	const struct stage_source *source = NULL;

	if (making->source == making->sources.count)
		return;
	source = &making->sources.items[making->source++];
	if (source->stage >= 0)
		add_string(&making->hash, making->recipe->stages.items[source->stage].chain.hex);
	else
		add_string(&making->hash, source->from);
}

/* The value of --mount without its "from", which is a source. */
static void add_mount(struct making *making, struct text mount)
{
	struct text from = { 0 };

	if (mount_from(&from, making->arena, mount) || from.length == 0) {
		add_text(&making->hash, mount);
		return;
	}
	while (mount.length > 0) {
		struct text field = slice_upto(mount, slice_find(mount, ','));

		if (!slice_starts(field, "from="))
			add_text(&making->hash, field);
		mount = slice_from(mount, field.length);
		mount = slice_from(mount, mount.length > 0);
	}
	add_source(making);
}

static void add_flags(struct making *making, const struct instruction *instruction)
{
	vec_each (const struct flag *, flag, &instruction->extras->flags) {
		add_text(&making->hash, flag->name);
		if (instruction->keyword == KEYWORD_COPY && slice_is(flag->name, "from") &&
		    flag->value.length > 0)
			add_source(making);
		else if (instruction->keyword == KEYWORD_RUN && slice_is(flag->name, "mount"))
			add_mount(making, flag->value);
		else
			add_text(&making->hash, flag->value);
	}
}

static void add_arguments(struct making *making, const struct instruction *instruction)
{
	struct declareds declared = { 0 };

	add_text(&making->hash, slice_trim(instruction->arguments));
	recipe_declared(&declared, making->arena, making->recipe, instruction);
	vec_each (const struct declared *, one, &declared) {
		const struct recipe_global *global = recipe_global(making->recipe, one->name);

		if (!one->has_default)
			add_string(&making->hash, global ? global->key.hex : NULL);
	}
	vec_each (const struct heredoc *, heredoc, &instruction->extras->heredocs) {
		add_text(&making->hash, heredoc->name);
		add_text(&making->hash, heredoc->body);
	}
}

static void add_instruction(struct making *making, const struct instruction *instruction)
{
	const struct instruction *trigger = instruction->extras->trigger;

	add_string(&making->hash, keyword_name(instruction->keyword));
	if (trigger) {
		add_instruction(making, trigger);
		return;
	}
	add_flags(making, instruction);
	add_arguments(making, instruction);
}

/* What ONBUILD names is kept apart from what the stage itself does. */
static struct key trigger_key(const struct making *making, const struct instruction *instruction)
{
	struct making triggers = *making;

	triggers.sources = (struct stage_sources){ 0 };
	triggers.source = 0;
	vec_each (const struct stage_source *, source, &making->stage->stage->triggers)
		if (source->line == instruction->start_line)
			*vec_add(making->arena, &triggers.sources) = *source;
	sha256_init(&triggers.hash);
	add_instruction(&triggers, instruction);
	return key_of(&triggers.hash);
}

static struct key instruction_key(struct making *making, const struct instruction *instruction)
{
	if (instruction->extras->trigger)
		return trigger_key(making, instruction);
	sha256_init(&making->hash);
	add_instruction(making, instruction);
	return key_of(&making->hash);
}

/*
 * Where a stage begins the environment of the image wins over arguments again, a CMD from before is
 * dropped by an ENTRYPOINT, and what ONBUILD stored is run (BuildKit dockerfile2llb/convert.go).
 */
bool recipe_marks(const struct instruction *instruction)
{
	return instruction->keyword == KEYWORD_ARG || instruction->keyword == KEYWORD_CMD ||
	       instruction->keyword == KEYWORD_ONBUILD;
}

static struct key next_key(struct key before, const char *next)
{
	struct sha256 hash;

	sha256_init(&hash);
	add_string(&hash, before.hex);
	add_string(&hash, next);
	return key_of(&hash);
}

/* An image is what FROM says, and what that becomes. The platform of what builds on a stage is not
 * looked at. */
static struct key base_key(const struct recipe *recipe, const struct stage *stage)
{
	const struct recipe_stage *parent = NULL;
	struct sha256 hash;

	if (stage->parent >= 0) {
		parent = &recipe->stages.items[stage->parent];
		return parent->is_marked ? next_key(parent->chain, "cut") : parent->chain;
	}
	sha256_init(&hash);
	add_string(&hash, stage->platform);
	add_string(&hash, stage->base_text);
	add_string(&hash, stage->base);
	add_used(&hash, recipe, stage->from->line);
	return key_of(&hash);
}

static void make_stage(struct recipe_stage *made, struct arena *arena, const struct recipe *recipe)
{
	const struct stage *stage = made->stage;
	struct making making = { .arena = arena, .recipe = recipe, .stage = made };
	const struct recipe_stage *parent =
		stage->parent >= 0 ? &recipe->stages.items[stage->parent] : NULL;

	making.sources = stage->sources;
	made->chain = made->base = base_key(recipe, stage);
	made->length = made->end - made->from - 1 + (parent ? parent->length : 0);
	for (size_t i = made->from + 1; i < made->end; i++) {
		const struct instruction *instruction = &recipe->instructions[i];
		struct key key = instruction_key(&making, instruction);

		*vec_add(arena, &made->keys) = key;
		made->chain = next_key(made->chain, key.hex);
		*vec_add(arena, &made->chains) = made->chain;
		made->is_marked = made->is_marked || recipe_marks(instruction);
	}
}

void recipe_read(struct recipe *recipe, struct arena *arena, const struct dockerfile *file)
{
	const struct instructions *all = &file->syntax->instructions;

	*recipe = (struct recipe){ .file = file, .instructions = all->items, .count = all->count };
	vec_reserve(arena, &recipe->stages, file->stages.count);
	for (size_t i = 0; i < all->count; i++) {
		struct recipe_stage *last = recipe->stages.items + recipe->stages.count;

		if (all->items[i].keyword == KEYWORD_FROM) {
			last = vec_add(arena, &recipe->stages);
			last->stage = &file->stages.items[recipe->stages.count - 1];
			last->from = i;
		} else if (recipe->stages.count == 0) {
			recipe->globals = i + 1;
			add_global(arena, recipe, &all->items[i]);
			continue;
		} else {
			last--;
		}
		last->end = i + 1;
	}
	vec_each (struct recipe_stage *, stage, &recipe->stages)
		make_stage(stage, arena, recipe);
}
