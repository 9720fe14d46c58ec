#include "merge/globals.h"

#include <string.h>

#include "syntax/slice.h"

static struct place place_of(const struct input *input, unsigned line)
{
	return (struct place){ input->recipe.file->path, span_lines(line, line) };
}

/* The first instruction of a file that would see a global argument which it does not declare
 * itself: in FROM, in another default, or by an ARG without one. */
static const struct instruction *first_user(struct arena *arena, const struct recipe *recipe,
					    struct text name)
{
	for (size_t i = 0; i < recipe->count; i++) {
		const struct instruction *instruction = &recipe->instructions[i];
		struct declareds declared = { 0 };

		if ((i < recipe->globals || instruction->keyword == KEYWORD_FROM) &&
		    recipe_uses(instruction->line, name))
			return instruction;
		recipe_declared(&declared, arena, recipe, instruction);
		vec_each (const struct declared *, one, &declared)
			if (!one->has_default && slice_equals(one->name, name))
				return instruction;
	}
	return NULL;
}

/* Would another file see this one, which it does not declare, or declares with another default? */
static void check_other(struct plan *plan, const struct input *input,
			const struct recipe_global *global, const struct input *other)
{
	const struct recipe_global *same = recipe_global(&other->recipe, global->name);
	const struct instruction *user = NULL;
	const char *path = input->recipe.file->path;
	unsigned line = global->instruction->start_line;

	if (same) {
		if (strcmp(same->key.hex, global->key.hex) != 0 && other > input)
			plan_refuse(plan, place_of(input, line),
				    "give both the same default, or one of them another name",
				    "'ARG %.*s' has another default in line %u of '%s'",
				    (int)global->name.length, global->name.bytes,
				    same->instruction->start_line, other->recipe.file->path);
		return;
	}
	user = first_user(plan->arena, &other->recipe, global->name);
	if (user)
		plan_refuse(plan, place_of(other, user->start_line),
			    "give the argument another name in one of them",
			    "this would see 'ARG %.*s' of line %u of '%s'",
			    (int)global->name.length, global->name.bytes, line, path);
}

static bool needs(const struct input *input, const char *argument)
{
	vec_each (const struct recipe_stage *, stage, &input->recipe.stages)
		if (stage->stage->unresolved && strcmp(stage->stage->unresolved, argument) == 0)
			return true;
	return false;
}

/* One without a default has to be given to every build of the file whose FROM uses it: that is
 * new for files that do without it. */
static void check_blank(struct plan *plan, const struct input *input)
{
	vec_each (const struct recipe_stage *, stage, &input->recipe.stages) {
		const char *argument = stage->stage->unresolved;

		vec_each (const struct input *, other, &plan->inputs) {
			if (!argument || needs(other, argument))
				continue;
			plan_refuse(plan, place_of(input, stage->stage->start_line),
				    "give it a default",
				    "this depends on the argument '%s', which has no value, and "
				    "builds of '%s' would have to give it one, too",
				    argument, other->recipe.file->path);
			break;
		}
	}
}

/* Names that have another value for each target. */
static const char *by_target(struct text text)
{
	static const char *const names[] = { "TARGETSTAGE", "BUILDKIT_SBOM_SCAN_STAGE" };

	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		if (slice_is(text, names[n]) ||
		    recipe_uses(text, (struct text){ names[n], strlen(names[n]) }))
			return names[n];
	return NULL;
}

/* FROM sees them in any case, an instruction only where ARG declares them. */
static void check_stages(struct plan *plan, const struct input *input)
{
	const struct recipe *recipe = &input->recipe;

	for (size_t i = 0; i < recipe->count; i++) {
		const struct instruction *instruction = &recipe->instructions[i];
		struct declareds declared = { 0 };
		const char *name = NULL;

		if (i < recipe->globals || instruction->keyword == KEYWORD_FROM)
			name = by_target(instruction->line);
		recipe_declared(&declared, plan->arena, recipe, instruction);
		vec_each (const struct declared *, one, &declared)
			name = name ? name : by_target(one->name);
		if (name)
			plan_refuse(plan, place_of(input, instruction->start_line), "do without it",
				    "'%s' is another one for each target", name);
	}
}

/* May the builder's own frontend be taken for this one? It is that of the newest release. */
static bool is_newest(struct text syntax)
{
	static const char *const names[] = { "docker/dockerfile", "docker/dockerfile:1",
					     "docker/dockerfile:1-labs", "docker/dockerfile:labs",
					     "docker/dockerfile:latest" };

	if (slice_starts(syntax, "docker.io/"))
		syntax = slice_from(syntax, strlen("docker.io/"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(syntax, names[i]))
			return true;
	return false;
}

static void check_syntax(struct plan *plan, const struct input *input, const struct input *other)
{
	const struct directive *one = &input->recipe.file->syntax->directives.syntax;
	const struct directive *two = &other->recipe.file->syntax->directives.syntax;
	const char *path = other->recipe.file->path;

	if (one->line && two->line && !slice_equals(one->value, two->value) && other > input)
		plan_refuse(plan, place_of(input, one->line), "name the same one in both",
			    "its syntax is not that of line %u of '%s'", two->line, path);
	if (one->line && !two->line && !is_newest(one->value))
		plan_refuse(plan, place_of(input, one->line),
			    "name it in both, or 'docker/dockerfile:1' here",
			    "'%s' would be read by this release of the syntax, too", path);
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
	if (own->check.line && !slice_equals(own->check.value, kept->check.value))
		plan_refuse(plan, place_of(input, own->check.line), "write the same in both",
			    "'%s' has no such directive 'check'", path);
	if (kept->check.line && !own->check.line && slice_holds_like(kept->check.value, "error"))
		plan_refuse(plan,
			    (struct place){ path, span_lines(kept->check.line, kept->check.line) },
			    "take it out, or write it in both",
			    "its directive 'check' would hold for '%s', too",
			    input->recipe.file->path);
}

static void check_both(struct plan *plan, const struct input *input, const struct input *other)
{
	check_syntax(plan, input, other);
	vec_each (const struct recipe_global *, global, &input->recipe.declared)
		check_other(plan, input, global, other);
}

void globals_check(struct plan *plan)
{
	vec_each (const struct input *, input, &plan->inputs) {
		check_blank(plan, input);
		check_stages(plan, input);
		if (!input->is_kept)
			check_directives(plan, input);
		vec_each (const struct input *, other, &plan->inputs)
			if (other != input)
				check_both(plan, input, other);
	}
}

/* Does a file written before declare a name? NULL: none does. */
static const struct instruction *declared_before(const struct plan *plan, const struct input *input,
						 struct text name)
{
	for (size_t i = plan->inputs.count; i-- > 0 && &plan->inputs.items[i] > input;) {
		const struct recipe_global *same =
			recipe_global(&plan->inputs.items[i].recipe, name);

		if (same)
			return same->instruction;
	}
	return NULL;
}

const struct instruction *globals_same(const struct plan *plan, const struct input *input,
				       size_t index)
{
	const struct instruction *instruction = &input->recipe.instructions[index];
	const struct instruction *found = NULL;

	vec_each (const struct recipe_global *, global, &input->recipe.declared) {
		if (global->instruction != instruction)
			continue;
		found = declared_before(plan, input, global->name);
		if (!found)
			return NULL;
	}
	return found;
}
