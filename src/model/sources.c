#include "model/sources.h"

#include <limits.h>
#include <string.h>

#include "base/limits.h"
#include "model/cycle.h"
#include "model/dockerfile.h"
#include "syntax/dockerfile.h"
#include "syntax/mount.h"
#include "syntax/reference.h"
#include "syntax/slice.h"

/* The stages of a file while their sources are looked up. */
struct search {
	struct dockerfile *file;
	struct arena *arena;
	struct stage *stage; /* whose instructions are read */
	const struct instruction *instruction;
	struct cursor cursor;
	bool *uses_scratch; /* by stage: it mounts from a stage called "scratch" */
};

/* strconv.Atoi: an optional sign and digits that fit. */
static bool is_number(long *number, const char *text)
{
	const char *digits = text + (*text == '-' || *text == '+');
	size_t count = strspn(digits, "0123456789");

	*number = 0;
	if (count == 0 || digits[count])
		return false;
	for (; *digits; digits++) {
		if (*number > (LONG_MAX - (*digits - '0')) / 10)
			return false;
		*number = *number * 10 + (*digits - '0');
	}
	if (*text == '-')
		*number = -*number;
	return true;
}

static const struct stage *find_stage(const struct dockerfile *file, const char *name)
{
	return *name ? dockerfile_stage(file, name) : NULL;
}

static void check_image(struct search *search, const struct stage_source *source)
{
	struct text text = { source->from, strlen(source->from) };

	if (slice_is(text, "scratch") || reference_is_valid(text))
		return;
	dockerfile_refuse(search->file, source->span,
			  arena_printf(search->arena, "'%s' is neither a stage nor an image",
				       instruction_shown(search->arena, text)));
}

/* COPY takes an index too. */
static void resolve_index(struct search *search, struct stage_source *source, long number)
{
	source->number = number > INT_MAX || number < 0 ? -1 : (int)number;
	if (number >= 0 && (size_t)number < search->file->stages.count)
		source->stage = (int)number;
	else
		dockerfile_refuse(
			search->file, source->span,
			arena_printf(search->arena, "there is no stage number %ld", number));
}

static struct stage_source make(struct search *search, struct text value, bool is_copy)
{
	struct stage_source source = { .stage = -1, .number = -1, .is_copy = is_copy };

	source.from = slice_string(search->arena, value);
	source.line = search->instruction->start_line;
	source.span =
		instruction_span(search->file->syntax, &search->cursor, search->instruction, value);
	return source;
}

static void resolve(struct search *search, struct stage_source *source)
{
	const struct stage *stage = NULL;
	long number = 0;

	if (source->is_copy && is_number(&number, source->from)) {
		resolve_index(search, source, number);
		return;
	}
	stage = find_stage(search->file, source->from);
	if (stage)
		source->stage = stage->index;
	else
		check_image(search, source);
}

static bool has_variables(struct search *search, struct text value)
{
	struct words words = { .arena = search->arena, .limit = MAX_FILE_SIZE };
	struct map none = { 0 };
	struct text result = { 0 };

	words.values = &none;
	words.escape = search->file->syntax->directives.escape_character;
	/* Each quote and each variable without value is shorter than what it is written with. */
	return !words_expand(&words, &result, value) || result.length != value.length;
}

static void refuse_variable(struct dockerfile *file, struct span span)
{
	bool is_first = !file->error;

	dockerfile_refuse(file, span, "the flag '--from' of COPY takes no variable");
	if (is_first)
		file->fault = FAULT_COPY_FROM;
}

static void read_copy(struct search *search, const struct instruction *copy,
		      struct stage_sources *sources)
{
	const struct text *value = flags_value(&copy->extras->flags, "from");
	struct stage_source source = { 0 };

	if (!value || value->length == 0)
		return;
	source = make(search, *value, true);
	if (sources == &search->stage->sources && has_variables(search, *value))
		refuse_variable(search->file, source.span);
	else
		resolve(search, &source);
	*vec_add(search->arena, sources) = source;
}

static void read_run(struct search *search, const struct instruction *run,
		     struct stage_sources *sources)
{
	vec_each (const struct flag *, flag, &run->extras->flags) {
		struct text from = { 0 };
		struct stage_source source = { 0 };

		if (!slice_is(flag->name, "mount") || mount_from(&from, search->arena, flag->value))
			continue;
		if (from.length == 0) {
			search->uses_scratch[search->stage->index] = true;
			continue;
		}
		source = make(search, from, false);
		resolve(search, &source);
		*vec_add(search->arena, sources) = source;
	}
}

static void read_instruction(struct search *search, const struct instruction *instruction,
			     struct stage_sources *sources)
{
	if (instruction->keyword == KEYWORD_COPY)
		read_copy(search, instruction, sources);
	else if (instruction->keyword == KEYWORD_RUN)
		read_run(search, instruction, sources);
}

/* What ONBUILD stores is not refused here: only a stage that builds on this one sees it. */
static void read_trigger(struct search *search, const struct instruction *trigger)
{
	struct dockerfile before = *search->file;
	bool uses_scratch = search->uses_scratch[search->stage->index];

	read_instruction(search, trigger, &search->stage->triggers);
	search->file->error = before.error;
	search->file->error_span = before.error_span;
	search->file->fault = before.fault;
	search->uses_scratch[search->stage->index] = uses_scratch;
}

void sources_read(struct dockerfile *file, struct arena *arena)
{
	struct search search = { .file = file, .arena = arena };
	const struct stage *scratch = find_stage(file, "scratch");

	search.uses_scratch = arena_alloc(arena, file->stages.count + 1);
	vec_each (const struct instruction *, instruction, &file->syntax->instructions) {
		bool is_from = instruction->keyword == KEYWORD_FROM;

		if (is_from) {
			search.stage = search.stage ? search.stage + 1 : file->stages.items;
			search.stage->sources = search.stage->triggers =
				(struct stage_sources){ 0 };
		}
		if (is_from || !search.stage)
			continue;
		search.instruction = instruction;
		search.cursor = (struct cursor){ 0 };
		if (instruction->extras->trigger)
			read_trigger(&search, instruction->extras->trigger);
		else
			read_instruction(&search, instruction, &search.stage->sources);
	}
	cycle_check(file, arena, scratch ? search.uses_scratch : NULL,
		    scratch ? scratch->index : -1);
}
