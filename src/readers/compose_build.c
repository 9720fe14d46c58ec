#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/path.h"
#include "model/dockerfile.h"
#include "model/stages.h"
#include "readers/compose.h"

/* One build on its way. */
struct making {
	struct compose_scope *scope;
	const struct compose_model *model;
	const struct compose_service *service;
	struct build *build;
};

static bool is_given(const struct compose_value *value)
{
	return value->set && *value->text;
}

/* A value that cannot be known: say so once, in the build. True where that is so. */
static bool is_unknown(struct making *making, const struct compose_value *value)
{
	struct build *build = making->build;
	struct arena *arena = making->scope->compose->keep;

	if (!value->unresolved && !value->error)
		return false;
	if (!build->error && value->unresolved) {
		build->unresolved = arena_string(arena, value->unresolved);
		build->unresolved_place = value->place;
		build->error = arena_printf(arena, "variable '%s' has no value", value->unresolved);
	} else if (value->error) {
		compose_unchecked(making->scope->compose, value->place, "%s in '%s'", value->error,
				  value->written);
		if (!build->error)
			build->error =
				arena_printf(arena, "%s in '%s'", value->error, value->written);
	}
	return true;
}

static void set_remote(struct making *making, const char *context, const char *why)
{
	struct place place = making->build->context_place;

	making->build->remote = true;
	making->build->context = NULL;
	compose_unchecked(making->scope->compose, place.path ? place : making->build->place,
			  "the context of service '%s', '%s', %s", making->service->name, context,
			  why);
}

static int set_context(struct making *making)
{
	const struct compose_value *value = &making->service->build.context;
	/* An empty one is never moved: wherever it is written, it is the project's own directory.
	 */
	const char *text = is_given(value) ? value->text : ".";
	const char *directory = is_given(value) ? value->directory : making->scope->directory;
	struct build *build = making->build;
	struct entry entry = { 0 };

	if (value->set && value->place.path)
		build->context_place = value->place;
	if (is_unknown(making, value))
		return 0;
	if (compose_is_remote(text)) {
		set_remote(making, text, "is remote");
		return 0;
	}
	if (!compose_is_absolute(text))
		build->context = path_normalise(making->scope->compose->keep, directory, text);
	if (!build->context) {
		set_remote(making, text, "is outside the repository");
		return 0;
	}
	if (snapshot_find(making->scope->compose->project->snapshot, &entry, build->context) < 0)
		return -1;
	if (entry.kind == ENTRY_SUBMODULE || entry.kind == ENTRY_OUTSIDE)
		set_remote(making, text, compose_absence(entry.kind));
	return 0;
}

static void leave_dockerfile(struct making *making, const char *name, const char *why)
{
	struct build *build = making->build;
	struct compose *compose = making->scope->compose;
	const char *reason = arena_printf(compose->keep, "the Dockerfile of service '%s', '%s', %s",
					  making->service->name, name, why);

	build->dockerfile = NULL;
	build->error = build->error ? build->error : reason;
	compose_unchecked(compose,
			  build->dockerfile_place.path ? build->dockerfile_place : build->place,
			  "%s", reason);
}

static void set_inlined(struct making *making)
{
	const struct compose_value *value = &making->service->build.inlined;
	struct compose *compose = making->scope->compose;
	struct dockerfile *file = arena_new(compose->keep, struct dockerfile);

	file->path = "";
	file->real_path = value->place.path;
	file->text = (struct text){ arena_string(compose->keep, value->text), strlen(value->text) };
	dockerfile_read(file, compose->keep, file->text);
	making->build->inlined = file;
	/* Only what stands there whatever the variables are is known. */
	if (file->error || !dockerfile_stage(file, making->service->build.target.text))
		is_unknown(making, value);
}

static int set_dockerfile(struct making *making)
{
	const struct compose_value *value = &making->service->build.dockerfile;
	const char *name = is_given(value) ? value->text : "Dockerfile";
	struct build *build = making->build;
	struct compose *compose = making->scope->compose;
	struct entry entry = { 0 };

	if (is_given(&making->service->build.inlined)) {
		set_inlined(making);
		return 0;
	}
	if (is_given(value) || value->unresolved)
		build->dockerfile_place = value->place;
	if (is_unknown(making, value) || !build->context)
		return 0;
	/* Only a context may begin at home. */
	if (!compose_is_absolute(name) || *name == '~')
		build->dockerfile = path_normalise(compose->keep, build->context, name);
	if (!build->dockerfile) {
		leave_dockerfile(making, name, "is outside the repository");
		return 0;
	}
	if (snapshot_find(compose->project->snapshot, &entry, build->dockerfile) < 0)
		return -1;
	if (entry.kind == ENTRY_SUBMODULE || entry.kind == ENTRY_OUTSIDE)
		leave_dockerfile(making, name, compose_absence(entry.kind));
	return 0;
}

static void set_target(struct making *making)
{
	const struct compose_value *value = &making->service->build.target;
	struct build *build = making->build;

	if (is_given(value) || value->unresolved) {
		build->target_place = value->place;
		build->target = arena_string(making->scope->compose->keep, value->text);
	}
	if (is_unknown(making, value))
		build->target = value->written;
}

/* A context that is what another service builds: say so where there is no such build. */
static void check_context(struct making *making, const struct compose_item *item)
{
	static const char start[] = "service:";
	const char *name = item->value, *why = NULL;
	const struct compose_service *other = NULL;

	if (!name || strncmp(name, start, strlen(start)) != 0)
		return;
	name += strlen(start);
	other = compose_service(making->model, name);
	if (!other || !other->set)
		why = "is not there";
	else if (!other->build.set && !other->broken && !other->error)
		why = "builds nothing";
	if (why)
		compose_unchecked(making->scope->compose, making->service->build.place,
				  "context '%s' of service '%s' is service '%s', which %s",
				  item->name, making->service->name, name, why);
}

static void set_lists(struct making *making)
{
	const struct compose_build *from = &making->service->build;
	struct arena *arena = making->scope->compose->keep;
	struct build *build = making->build;

	if (from->arguments)
		vec_each (const struct compose_item *, item, &from->arguments->items)
			*vec_add(arena, &build->arguments) =
				(struct argument){ arena_string(arena, item->name),
						   arena_string(arena, item->value) };
	if (from->contexts)
		vec_each (const struct compose_item *, item, &from->contexts->items) {
			*vec_add(arena, &build->contexts) = arena_string(arena, item->name);
			check_context(making, item);
		}
}

/* Why compose refuses this build; NULL: it does not. */
static const char *refusal(struct arena *arena, const struct compose_build *build,
			   struct place *place)
{
	const struct compose_value *values[] = { &build->context, &build->dockerfile,
						 &build->target, &build->inlined };
	const struct compose_list *lists[] = { build->arguments, build->contexts };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i]->set && values[i]->wrong) {
			*place = values[i]->place;
			return values[i]->error;
		}
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (lists[i] && lists[i]->error) {
			*place = lists[i]->place;
			return lists[i]->error;
		}
	*place = build->place;
	if (build->error)
		return build->error;
	if ((build->arguments && build->arguments->too_long) ||
	    (build->contexts && build->contexts->too_long))
		return arena_printf(arena, "'build' has more than %d arguments or contexts",
				    MAX_COMPOSE_ITEMS);
	*place = build->inlined.place;
	return is_given(&build->dockerfile) && is_given(&build->inlined)
		       ? "'dockerfile' and 'dockerfile_inline' exclude each other"
		       : NULL;
}

static void set_place(struct build *build)
{
	if (build->target_place.path)
		build->place = build->target_place;
	else if (build->dockerfile_place.path)
		build->place = build->dockerfile_place;
	else if (build->context_place.path)
		build->place = build->context_place;
}

static void add_part(struct buf *key, const char *part)
{
	buf_add(key, part ? part : "\n");
	buf_addc(key, '\n');
}

/* Was the same made before, with other values of variables? */
static bool is_known(struct compose *compose, struct map *seen, const struct build *build)
{
	struct buf key = { 0 };
	bool known = false;

	if (compose->choices.count == 0)
		return false;
	add_part(&key, build->subject);
	add_part(&key, build->context);
	add_part(&key, build->dockerfile);
	add_part(&key, build->target);
	add_part(&key, build->error);
	add_part(&key, build->inlined ? build->inlined->text.bytes : NULL);
	buf_addf(&key, "%u\n", build->arguments.count);
	vec_each (const struct argument *, argument, &build->arguments) {
		add_part(&key, argument->name);
		add_part(&key, argument->value);
	}
	vec_each (const char **, context, &build->contexts)
		add_part(&key, *context);
	known = map_get(seen, buf_text(&key));
	map_put(seen, compose->keep, buf_text(&key), seen);
	buf_release(&key);
	return known;
}

static int make(struct making *making, const struct strings *files, struct map *seen)
{
	struct compose *compose = making->scope->compose;
	struct build *build = making->build;

	*build = (struct build){ .kind = "compose",
				 .subject = making->service->name,
				 .files = *files,
				 .stage = -1,
				 .place = making->service->build.place };
	if (set_context(making) < 0 || set_dockerfile(making) < 0)
		return -1;
	set_lists(making);
	set_target(making);
	set_place(build);
	if (is_known(compose, seen, build))
		return 0;
	*vec_add(compose->keep, &compose->project->builds) = *build;
	return compose->project->builds.count > MAX_BUILDS
		       ? project_too_many_builds(build->place.path)
		       : 0;
}

static int make_build(struct making *making, const struct strings *files, struct map *seen)
{
	const struct compose_service *service = making->service;
	struct compose *compose = making->scope->compose;
	struct place place = { 0 };
	const char *refused = NULL;

	if (!service->set || service->broken)
		return 0;
	if (service->error)
		compose_fault(compose, service->place, "%s", service->error);
	if (service->error || !service->build.set)
		return 0;
	refused = refusal(compose->arena, &service->build, &place);
	if (!refused)
		return make(making, files, seen);
	compose_fault(compose, place, "%s", refused);
	return 0;
}

int compose_builds(struct compose_scope *scope, const struct compose_model *model,
		   const struct strings *files, const struct compose_model *mentioned,
		   struct map *seen)
{
	vec_each (struct compose_service **, item, &(mentioned ? mentioned : model)->services) {
		struct build build;
		struct making making = { .scope = scope,
					 .build = &build,
					 .model = model,
					 .service = compose_service(model, (*item)->name) };

		if (making.service && make_build(&making, files, seen) < 0)
			return -1;
	}
	return 0;
}
