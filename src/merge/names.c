#include "merge/names.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "model/names.h"
#include "syntax/reference.h"

/* Names that are taken, in lower case: those of stages, images and contexts. */
struct naming {
	struct plan *plan;
	struct map taken;
};

static const char *lower(struct arena *arena, const char *text)
{
	char *copy = arena_string(arena, text);

	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

static void take(struct naming *naming, const char *name)
{
	if (name)
		map_put(&naming->taken, naming->plan->arena, lower(naming->plan->arena, name),
			naming);
}

static bool is_taken(const struct naming *naming, const char *name)
{
	return map_get(&naming->taken, name) || map_get(&naming->plan->reserved, name);
}

/* The name, or with the first number behind it that makes it free. */
static const char *fresh(struct naming *naming, const char *wanted)
{
	const char *name = wanted;

	for (unsigned number = 2; is_taken(naming, name); number++)
		name = arena_printf(naming->plan->arena, "%s-%u", wanted, number);
	take(naming, name);
	return name;
}

/* What stands for an image wherever a stage could be meant. */
static void take_images(struct naming *naming, const struct input *input)
{
	vec_each (const struct recipe_stage *, stage, &input->recipe.stages) {
		if (stage->stage->parent < 0) {
			take(naming, stage->stage->base_text);
			take(naming, stage->stage->base);
		}
		vec_each (const struct stage_source *, source, &stage->stage->sources)
			if (source->stage < 0)
				take(naming, source->from);
		vec_each (const struct stage_source *, source, &stage->stage->triggers)
			if (source->stage < 0)
				take(naming, source->from);
	}
}

/* In lower case, with single separators between letters and digits: the builder wants the name of a
 * stage to be good for an image, too. It begins with a letter, so that there is one to go back to.
 */
static const char *as_name(struct arena *arena, const char *text)
{
	char *name = arena_printf(arena, "%s%s", isalpha((unsigned char)*text) ? "" : "variant-",
				  lower(arena, text));
	char *to = name;

	for (const char *from = name; *from; from++) {
		if (isalnum((unsigned char)*from))
			*to++ = *from;
		else if (isalnum((unsigned char)to[-1]))
			*to++ = *from == '_' || *from == '.' ? *from : '-';
	}
	while (!isalnum((unsigned char)to[-1]))
		to--;
	*to = '\0';
	return name;
}

/* What the file is called besides "Dockerfile", else the directory it stands in, else all of its
 * name; as a name. */
static const char *tag_of(struct arena *arena, const char *path)
{
	const char *directory = path_name(path_directory(arena, path)), *text = NULL;
	struct strings tags = { 0 };

	name_tags(&tags, arena, path_name(path));
	vec_each (const char *const *, tag, &tags)
		text = text ? arena_printf(arena, "%s-%s", text, *tag) : *tag;
	if (!text)
		text = strcmp(directory, ".") == 0 ? path_name(path) : directory;
	return as_name(arena, text);
}

static bool is_last(const struct part *part)
{
	const struct recipe *recipe = &part->input->recipe;

	return part->stage == &recipe->stages.items[recipe->stages.count - 1];
}

static bool is_name(const char *name)
{
	return isalpha((unsigned char)*name) &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(name) &&
	       reference_is_valid((struct text){ name, strlen(name) });
}

/* The name that was asked for is given or refused. */
static const char *wanted_name(struct naming *naming, const struct input *input)
{
	struct place place = { .path = input->recipe.file->path };

	if (!is_name(input->stage))
		plan_refuse(
			naming->plan, place,
			"begin it with a small letter; then come those, digits, and single '-', "
			"'_' and '.' between them",
			"'%s' is no name for a stage", input->stage);
	else if (is_taken(naming, input->stage))
		plan_refuse(naming->plan, place, "take another name",
			    "'%s' is the name of something else already", input->stage);
	take(naming, input->stage);
	return input->stage;
}

static const char *last_name(struct naming *naming, const struct part *part)
{
	struct arena *arena = naming->plan->arena;
	const char *tag = NULL;

	if (part->input->stage)
		return wanted_name(naming, part->input);
	if (part->input->is_kept)
		return fresh(naming, is_taken(naming, "prod") ? "production" : "prod");
	tag = tag_of(arena, part->input->recipe.file->path);
	return fresh(naming, tag);
}

static bool is_base(const struct part *part, const struct parts *parts)
{
	vec_each (struct part *const *, other, parts)
		if ((*other)->base == part)
			return true;
	return false;
}

/* A stage between keeps its name, with that of its file before it where it is taken. */
static const char *inner_name(struct naming *naming, const struct part *part)
{
	struct arena *arena = naming->plan->arena;
	const char *tag = NULL;

	if (part->known && !is_taken(naming, part->known))
		return fresh(naming, part->known);
	if (part->input->is_kept && is_base(part, &naming->plan->parts))
		return fresh(naming, "base");
	if (part->input->is_kept)
		return fresh(naming, arena_printf(arena, "stage-%d", part->stage->stage->index));
	tag = tag_of(arena, part->input->recipe.file->path);
	if (!part->known)
		return fresh(naming, arena_printf(arena, "%s-%d", tag, part->stage->stage->index));
	return fresh(naming, arena_printf(arena, "%s-%s", tag, part->known));
}

static bool names_part(const struct part *other, const struct stage_sources *sources,
		       const struct part *part)
{
	vec_each (const struct stage_source *, source, sources)
		if (source->stage >= 0 && other->input->parts[source->stage] == part)
			return true;
	return false;
}

static bool is_copied(const struct part *part, const struct parts *parts)
{
	vec_each (struct part *const *, other, parts)
		if (names_part(*other, &(*other)->stage->stage->sources, part) ||
		    names_part(*other, &(*other)->stage->stage->triggers, part))
			return true;
	return false;
}

/* Stages of the kept file that have a name have it still. */
static bool keeps_name(const struct part *part)
{
	return part->input->is_kept && !part->is_shared && part->stage->stage->name &&
	       !(is_last(part) && part->input->stage);
}

static void refuse_image(struct plan *plan, const struct part *part, const struct input *input,
			 struct span span)
{
	plan_refuse(plan, (struct place){ input->recipe.file->path, span },
		    "give that stage another name",
		    "the image '%s' could be taken for the stage of that name in line %u of '%s'",
		    part->name, part->stage->stage->start_line, part->input->recipe.file->path);
}

static void check_sources(struct plan *plan, const struct part *part, const struct input *input,
			  const struct stage_sources *sources)
{
	vec_each (const struct stage_source *, source, sources)
		if (source->stage < 0 && strcasecmp(source->from, part->name) == 0)
			refuse_image(plan, part, input, source->span);
}

/* A name that was there before may be that of an image elsewhere; in the FROM of its own stage it
 * is one still. */
static void check_images(struct plan *plan, const struct part *part)
{
	vec_each (const struct input *, input, &plan->inputs) {
		for (size_t i = 0; i < input->recipe.stages.count; i++) {
			const struct stage *stage = input->recipe.stages.items[i].stage;

			if (input->parts[i] == part)
				continue;
			if (stage->parent < 0 && stage->base &&
			    strcmp(stage->base, part->name) == 0)
				refuse_image(plan, part, input, stage->base_span);
			check_sources(plan, part, input, &stage->sources);
			check_sources(plan, part, input, &stage->triggers);
		}
	}
}

static void give(struct naming *naming, struct part *part)
{
	const struct parts *parts = &naming->plan->parts;
	bool is_asked_for = part->is_target || is_base(part, parts) || is_copied(part, parts);

	if (keeps_name(part))
		return;
	if (part->is_shared)
		part->name = fresh(naming, "base");
	else if (is_last(part))
		part->name = last_name(naming, part);
	else if (is_asked_for)
		part->name = inner_name(naming, part);
}

void names_give(struct plan *plan)
{
	struct naming naming = { .plan = plan };

	take(&naming, "scratch");
	take(&naming, "context");
	vec_each (const struct input *, input, &plan->inputs)
		take_images(&naming, input);
	vec_each (struct part *const *, part, &plan->parts)
		if (keeps_name(*part)) {
			(*part)->name = (*part)->stage->stage->name;
			take(&naming, (*part)->name);
			check_images(plan, *part);
		}
	vec_each (struct part *const *, part, &plan->parts)
		if ((*part)->is_shared)
			give(&naming, *part);
	vec_each (struct part *const *, part, &plan->parts)
		if (!(*part)->is_shared && is_last(*part))
			give(&naming, *part);
	vec_each (struct part *const *, part, &plan->parts)
		if (!(*part)->is_shared && !is_last(*part))
			give(&naming, *part);
}
