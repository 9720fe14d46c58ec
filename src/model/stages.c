#include "model/stages.h"
#include "model/dockerfile.h"

#include <string.h>

#include "model/arguments.h"
#include "model/dead_end.h"
#include "model/sources.h"
#include "syntax/dockerfile.h"
#include "syntax/from.h"
#include "syntax/reference.h"
#include "syntax/slice.h"

/* The FROMs of a file being looked at in their order. */
struct survey {
	struct dockerfile *file;
	struct arena *arena;
	struct globals globals;
	struct map contexts; /* names of the build's named contexts */
};

static bool is_from(const struct instruction *instruction)
{
	return instruction->keyword == KEYWORD_FROM;
}

static struct span lines_of(const struct instruction *instruction)
{
	return span_lines(instruction->start_line, instruction->end_line);
}

/* The instructions of a file being looked at in their order. */
struct reading {
	struct dockerfile *file;
	struct arena *arena;   /* of the file */
	struct arena scratch;  /* of one instruction */
	struct arena of_froms; /* until it is known that the file is not refused */
	struct VEC(struct from) froms;
};

/* Why the builder refuses an instruction that its parser takes; NULL: it does not. *from is what a
 * FROM says. */
static const char *fault_of(struct reading *reading, struct from *from,
			    const struct instruction *instruction)
{
	char escape = reading->file->syntax->directives.escape_character;
	const char *fault = NULL;

	if (is_from(instruction))
		return from_read(from, &reading->scratch, instruction);
	fault = instruction_check(instruction, &reading->scratch, escape);
	if (!fault && reading->froms.count == 0 && instruction->keyword != KEYWORD_ARG)
		return arena_printf(&reading->scratch, "%s stands before the first FROM",
				    keyword_name(instruction->keyword));
	return fault;
}

/* Say that the error of the file is the name of a stage. */
static void blame_name(struct dockerfile *file, const char *name, struct span span)
{
	file->fault = FAULT_STAGE_NAME;
	file->fault_value = name;
	file->error_span = span;
}

static void refuse(struct reading *reading, const struct from *from,
		   const struct instruction *instruction, const char *fault)
{
	struct dockerfile *file = reading->file;
	struct cursor cursor = { 0 };

	dockerfile_refuse(file, lines_of(instruction), arena_string(reading->arena, fault));
	if (from->bad_name)
		blame_name(file, slice_string(reading->arena, from->name),
			   instruction_span(file->syntax, &cursor, instruction, from->name));
}

/* Read the instructions up to the first one that the builder refuses. */
static void read_instructions(struct reading *reading)
{
	vec_each (const struct instruction *, instruction, &reading->file->syntax->instructions) {
		struct from from = { 0 };
		const char *fault = fault_of(reading, &from, instruction);

		if (fault) {
			refuse(reading, &from, instruction, fault);
			return;
		}
		if (is_from(instruction))
			*vec_add(&reading->of_froms, &reading->froms) = from;
		arena_clear(&reading->scratch);
	}
	if (reading->froms.count == 0)
		dockerfile_refuse(reading->file, span_lines(1, 1), "there is no FROM in the file");
}

/* The stage of a FROM, as far as that says it by itself. */
static void add_stage(struct dockerfile *file, struct arena *arena,
		      const struct instruction *instruction, const struct from *from)
{
	const struct text *platform = flags_value(&instruction->extras->flags, "platform");
	struct stage *stage = vec_add(arena, &file->stages);
	struct cursor cursor = { 0 };

	stage->index = (int)file->stages.count - 1;
	stage->from = instruction;
	stage->start_line = instruction->start_line;
	stage->base_text = slice_string(arena, from->base);
	stage->base_span = instruction_span(file->syntax, &cursor, instruction, from->base);
	if (platform && platform->length > 0)
		stage->platform = slice_string(arena, *platform);
	if (from->name.length > 0) {
		stage->name = slice_lower(arena, from->name);
		stage->name_span = instruction_span(file->syntax, &cursor, instruction, from->name);
	}
}

/* The stages that these FROMs begin. */
static void add_stages(struct reading *reading)
{
	struct stages *stages = &reading->file->stages;

	vec_reserve(reading->arena, stages, reading->froms.count);
	vec_each (const struct instruction *, instruction, &reading->file->syntax->instructions) {
		if (is_from(instruction))
			add_stage(reading->file, reading->arena, instruction,
				  &reading->froms.items[stages->count]);
		if (stages->count > 0)
			stages->items[stages->count - 1].end_line = instruction->end_line;
	}
}

/* The stages of a file, as far as that says them by itself: none where it cannot be parsed. The
 * error is the parser's own then, or that of the first instruction that it takes and the builder
 * does not. */
static void read_stages(struct dockerfile *file, struct arena *arena)
{
	struct reading reading = { .file = file, .arena = arena };
	const struct dockerfile_syntax *syntax = file->syntax;

	if (syntax->error)
		dockerfile_refuse(file, syntax->error_span, syntax->error);
	else
		read_instructions(&reading);
	if (!file->error)
		add_stages(&reading);
	arena_release(&reading.scratch);
	arena_release(&reading.of_froms);
}

static void find_first_from(struct dockerfile *file)
{
	vec_each (const struct instruction *, instruction, &file->syntax->instructions)
		if (is_from(instruction)) {
			file->first_from = instruction->start_line;
			return;
		}
}

/* What is wrong with a stage's FROM: the stage's to tell where an argument can cure it, else the
 * file's error. */
static void blame(struct survey *survey, struct stage *stage, const char *error)
{
	const char *cure = globals_cure(&survey->globals);

	if (cure) {
		stage->unresolved = cure;
		stage->base = NULL;
	} else {
		dockerfile_refuse(survey->file, stage->base_span, error);
	}
}

static void read_platform(struct survey *survey, struct stage *stage, const struct text *platform)
{
	struct text value = { 0 };
	struct text text = *platform;
	const char *shown = NULL;

	if (globals_expand(&survey->globals, &value, text) && platform_is_valid(value))
		return;
	shown = instruction_shown(survey->arena, text);
	if (survey->globals.words.error)
		blame(survey, stage,
		      arena_printf(survey->arena, "the platform '%s' is refused: %s", shown,
				   survey->globals.words.error));
	else
		blame(survey, stage, arena_printf(survey->arena, "'%s' is no platform", shown));
	/* Without its platform nobody knows which image is meant. */
	stage->base = NULL;
}

static void read_base(struct survey *survey, struct stage *stage, struct text written)
{
	struct arena *arena = survey->arena;
	const struct stage *above = NULL;
	struct text base = { 0 };

	if (!globals_expand(&survey->globals, &base, written)) {
		blame(survey, stage,
		      arena_printf(arena, "'%s' is refused: %s", instruction_shown(arena, written),
				   survey->globals.words.error));
		return;
	}
	stage->is_platform_base = globals_by_platform(&survey->globals);
	if (base.length == 0) {
		blame(survey, stage,
		      arena_printf(arena, "FROM '%s' names no image, it is empty",
				   instruction_shown(arena, written)));
		return;
	}
	stage->base = base.bytes;
	above = map_get(&survey->file->by_name, stage->base);
	if (above)
		stage->parent = above->index;
	else if (!slice_is(base, "scratch") && !reference_is_valid(base))
		blame(survey, stage,
		      arena_printf(arena, "'%s' is neither a stage above nor an image",
				   instruction_shown(arena, written)));
}

/* The names of these stages are no names of contexts. */
static bool is_reserved(const char *name)
{
	return strcmp(name, "scratch") == 0 || strcmp(name, "context") == 0;
}

/* The parser takes names that end in a sign. Then a context of that name is looked for, and such
 * names are references to images (buildkit dockerui/namedcontext.go). */
static void check_name(struct survey *survey, const struct stage *stage)
{
	struct dockerfile *file = survey->file;

	if (file->error || is_reserved(stage->name) ||
	    reference_is_valid((struct text){ stage->name, strlen(stage->name) }))
		return;
	dockerfile_refuse(file, stage->name_span,
			  arena_printf(survey->arena, "'%s' is no name for a stage", stage->name));
	blame_name(file, stage->name, stage->name_span);
}

/* A named context stands in for the whole stage: nobody knows what that one is built on. */
static void hide(struct survey *survey, struct stage *stage)
{
	if (!map_get(&survey->contexts, stage->name) || is_reserved(stage->name))
		return;
	stage->base = NULL;
	stage->parent = -1;
}

/* What a build makes of a stage. */
static void settle_stage(struct survey *survey, struct stage *stage)
{
	struct text base = { 0 }, rest = stage->from->arguments;

	stage->base = stage->unresolved = NULL;
	stage->is_platform_base = false;
	stage->parent = -1;
	slice_word(&base, &rest);
	read_base(survey, stage, base);
	if (stage->platform)
		read_platform(survey, stage, flags_value(&stage->from->extras->flags, "platform"));
	if (stage->name) {
		map_put(&survey->file->by_name, survey->arena, stage->name, stage);
		check_name(survey, stage);
		hide(survey, stage);
	}
}

/* The stages of a file that can be parsed, as a build sees them. */
static void settle(struct dockerfile *file, struct arena *arena, const struct build *build)
{
	struct survey survey = { .file = file, .arena = arena };

	file->by_name = (struct map){ 0 };
	if (build)
		vec_each (const char **, name, &build->contexts)
			map_put(&survey.contexts, arena, *name, file);
	if (file->syntax->directives.bad_check)
		dockerfile_refuse(file,
				  span_lines(file->syntax->directives.bad_check,
					     file->syntax->directives.bad_check),
				  "the directive 'check' takes 'skip=', 'error=' and "
				  "'experimental='");
	if (!globals_read(&survey.globals, arena, file, build))
		dockerfile_refuse(file, span_lines(file->first_from, file->first_from),
				  survey.globals.words.error);
	vec_each (struct stage *, stage, &file->stages)
		settle_stage(&survey, stage);
	if (survey.globals.broken && !file->stages.items[0].unresolved)
		file->stages.items[0].unresolved = survey.globals.broken;
}

void dockerfile_read(struct dockerfile *file, struct arena *arena, struct text text)
{
	struct dockerfile_syntax *syntax = NULL;
	struct directive foreign = { 0 };
	bool is_foreign = directives_foreign(&foreign, arena, text);

	file->text = text;
	file->first_from = 1;
	if (is_foreign && reference_is_valid(foreign.value)) {
		file->opaque = arena_printf(arena, "its syntax is that of '%s'",
					    instruction_shown(arena, foreign.value));
		return;
	}
	syntax = arena_new(arena, struct dockerfile_syntax);
	dockerfile_parse(syntax, arena, text);
	file->syntax = syntax;
	find_first_from(file);
	if (is_foreign)
		dockerfile_refuse(file, span_lines(foreign.line, foreign.line),
				  arena_printf(arena, "'%s' of the directive 'syntax' is no image",
					       instruction_shown(arena, foreign.value)));
	else
		read_stages(file, arena);
	if (file->error)
		return;
	settle(file, arena, NULL);
	sources_read(file, arena);
	dead_end_check(file, arena);
}

struct dockerfile *dockerfile_for_build(const struct dockerfile *file, struct arena *arena,
					const struct build *build)
{
	struct dockerfile *copy = arena_new(arena, struct dockerfile);

	*copy = *file;
	if (file->stages.count == 0)
		return copy;
	copy->error = NULL;
	copy->fault = FAULT_NONE;
	copy->error_span = (struct span){ 0 };
	copy->stages = (struct stages){ 0 };
	vec_reserve(arena, &copy->stages, file->stages.count);
	vec_each (const struct stage *, stage, &file->stages)
		*vec_add(arena, &copy->stages) = *stage;
	settle(copy, arena, build);
	/* All builds have the same sources; what is wrong with them may stand behind an error. */
	if (file->error)
		sources_read(copy, arena);
	if (file->error && build->contexts.count == 0)
		dead_end_check(copy, arena);
	return copy;
}
