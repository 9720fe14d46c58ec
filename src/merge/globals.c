#include "merge/globals.h"

#include <ctype.h>
#include <string.h>

#include "syntax/slice.h"

/* A global argument that a file declares. */
struct global {
	const struct input *input;
	struct text name, text;
	unsigned line;
};

struct globals_found VEC(struct global);

static bool is_same(struct text one, struct text other)
{
	return one.length == other.length && memcmp(one.bytes, other.bytes, one.length) == 0;
}

static struct globals_found globals_of(struct arena *arena, const struct input *input)
{
	struct globals_found found = { 0 };

	for (size_t i = 0; i < input->recipe.globals; i++) {
		struct declareds declared = { 0 };

		recipe_declared(&declared, arena, &input->recipe, &input->recipe.instructions[i]);
		vec_each (const struct declared *, one, &declared)
			*vec_add(arena, &found) =
				(struct global){ input, one->name, one->text,
						 input->recipe.instructions[i].start_line };
	}
	return found;
}

static const struct global *find(const struct globals_found *found, struct text name)
{
	const struct global *last = NULL;

	vec_each (const struct global *, global, found)
		if (is_same(global->name, name))
			last = global;
	return last;
}

static struct place place_of(const struct input *input, unsigned line)
{
	return (struct place){ input->recipe.file->path, span_lines(line, line) };
}

/* Does the text use the variable, as $NAME or ${NAME...}? */
static bool uses(struct text text, struct text name)
{
	for (size_t at = 0; at + name.length < text.length; at++) {
		size_t start = at + 1, end = 0;

		if (text.bytes[at] != '$')
			continue;
		start += text.bytes[start] == '{';
		end = start + name.length;
		if (end <= text.length &&
		    memcmp(text.bytes + start, name.bytes, name.length) == 0 &&
		    (end == text.length ||
		     (!isalnum((unsigned char)text.bytes[end]) && text.bytes[end] != '_')))
			return true;
	}
	return false;
}

static bool is_keyword(const struct instruction *instruction, const char *keyword)
{
	return instruction->keyword && strcmp(instruction->keyword, keyword) == 0;
}

/* The first instruction of a file that would see a global argument which it does not declare
 * itself: in FROM, in another default, or by an ARG without one. */
static const struct instruction *first_user(struct arena *arena, const struct recipe *recipe,
					    struct text name)
{
	for (size_t i = 0; i < recipe->count; i++) {
		const struct instruction *instruction = &recipe->instructions[i];
		struct declareds declared = { 0 };

		if ((i < recipe->globals || is_keyword(instruction, "FROM")) &&
		    uses(instruction->line, name))
			return instruction;
		recipe_declared(&declared, arena, recipe, instruction);
		vec_each (const struct declared *, one, &declared)
			if (!one->has_default && is_same(one->name, name))
				return instruction;
	}
	return NULL;
}

/* Would another file see this one, which it does not declare, or declares with another default? */
static void check_other(struct plan *plan, const struct global *global, const struct input *other)
{
	struct globals_found theirs = globals_of(plan->arena, other);
	const struct global *same = find(&theirs, global->name);
	const struct instruction *user = NULL;
	const char *path = global->input->recipe.file->path;

	if (same) {
		if (!is_same(same->text, global->text) && other > global->input)
			plan_refuse(plan, place_of(global->input, global->line),
				    "give both the same default, or one of them another name",
				    "'ARG %.*s' has another default in line %u of '%s'",
				    (int)global->name.length, global->name.bytes, same->line,
				    other->recipe.file->path);
		return;
	}
	user = first_user(plan->arena, &other->recipe, global->name);
	if (user)
		plan_refuse(plan, place_of(other, user->start_line),
			    "give the argument another name in one of them",
			    "this would see 'ARG %.*s' of line %u of '%s'",
			    (int)global->name.length, global->name.bytes, global->line, path);
}

/* One without a default has to be given to every build of the file whose FROM uses it. */
static void check_blank(struct plan *plan, const struct input *input)
{
	vec_each (const struct recipe_stage *, stage, &input->recipe.stages)
		if (stage->stage->unresolved)
			plan_refuse(
				plan, place_of(input, stage->stage->start_line),
				"give it a default",
				"this depends on the argument '%s', which has no value, and every "
				"build of the merged file would have to give it one",
				stage->stage->unresolved);
}

static void check_stages(struct plan *plan, const struct input *input)
{
	static const char *const names[] = { "TARGETSTAGE", "BUILDKIT_SBOM_SCAN_STAGE" };
	const struct recipe *recipe = &input->recipe;

	for (size_t i = 0; i < recipe->count; i++) {
		struct declareds declared = { 0 };

		recipe_declared(&declared, plan->arena, recipe, &recipe->instructions[i]);
		vec_each (const struct declared *, one, &declared)
			for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
				if (slice_is(one->name, names[n]))
					plan_refuse(
						plan,
						place_of(input, recipe->instructions[i].start_line),
						"do without it",
						"'%s' is another one for each target", names[n]);
	}
}

static void check_directives(struct plan *plan, const struct input *input)
{
	const struct directives *kept = &plan_kept(plan)->recipe.file->syntax->directives;
	const struct directives *own = &input->recipe.file->syntax->directives;
	const char *path = plan_kept(plan)->recipe.file->path;

	if (own->escape_character != kept->escape_character)
		plan_refuse(plan, place_of(input, own->escape.line ? own->escape.line : 1),
			    "write both with the same one",
			    "its escape character is not that of '%s'", path);
	if (own->syntax.line && kept->syntax.line &&
	    !is_same(own->syntax.value, kept->syntax.value))
		plan_refuse(plan, place_of(input, own->syntax.line), "name the same one in both",
			    "its syntax is not that of line %u of '%s'", kept->syntax.line, path);
	if (own->check.line && (!kept->check.line || !is_same(own->check.value, kept->check.value)))
		plan_refuse(plan, place_of(input, own->check.line), "write the same in both",
			    "'%s' has no such directive 'check'", path);
	if (kept->check.line && !own->check.line &&
	    slice_find(kept->check.value, '=') < kept->check.value.length &&
	    slice_starts(kept->check.value, "error=true"))
		plan_refuse(plan,
			    (struct place){ path, span_lines(kept->check.line, kept->check.line) },
			    "take it out, or write it in both",
			    "its directive 'check' would hold for '%s', too",
			    input->recipe.file->path);
}

void globals_check(struct plan *plan)
{
	vec_each (const struct input *, input, &plan->inputs) {
		struct globals_found found = globals_of(plan->arena, input);

		check_blank(plan, input);
		check_stages(plan, input);
		if (!input->is_kept)
			check_directives(plan, input);
		vec_each (const struct global *, global, &found)
			vec_each (const struct input *, other, &plan->inputs)
				if (other != input)
					check_other(plan, global, other);
	}
}

/* The instruction of a file that declares a name. */
static const struct instruction *declaring(struct arena *arena, const struct recipe *recipe,
					   struct text name)
{
	for (size_t i = 0; i < recipe->globals; i++) {
		struct declareds declared = { 0 };

		recipe_declared(&declared, arena, recipe, &recipe->instructions[i]);
		vec_each (const struct declared *, one, &declared)
			if (is_same(one->name, name))
				return &recipe->instructions[i];
	}
	return NULL;
}

const struct instruction *globals_same(const struct plan *plan, const struct input *input,
				       size_t index)
{
	const struct input *end = plan->inputs.items + plan->inputs.count;
	const struct instruction *found = NULL;
	struct declareds declared = { 0 };

	recipe_declared(&declared, plan->arena, &input->recipe, &input->recipe.instructions[index]);
	vec_each (const struct declared *, one, &declared) {
		found = NULL;
		for (const struct input *other = end; !found && --other > input;)
			found = declaring(plan->arena, &other->recipe, one->name);
		if (!found)
			return NULL;
	}
	return found;
}
