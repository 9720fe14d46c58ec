#include "base/limits.h"
#include "readers/compose_model.h"

struct compose_service *compose_service(const struct compose_model *model, const char *name)
{
	struct compose_service *service = map_get(&model->by_name, name);

	return service || !model->below ? service : compose_service(model->below, name);
}

void compose_list_put(struct compose_list *list, struct map *places, struct arena *arena,
		      struct compose_item item)
{
	size_t *place = map_get(places, item.name);

	if (place) {
		list->items.items[*place] = item;
		return;
	}
	if (list->items.count == MAX_COMPOSE_ITEMS) {
		list->too_long = true;
		return;
	}
	place = arena_new(arena, size_t);
	*place = list->items.count;
	map_put(places, arena, item.name, place);
	*vec_add(arena, &list->items) = item;
}

static struct compose_value merge_value(struct compose_value base, struct compose_value over)
{
	bool says_nothing = !over.set || (over.null && base.set);

	return says_nothing && !over.cleared ? base : over;
}

static const struct compose_list *merge_list(struct arena *arena, const struct compose_list *base,
					     const struct compose_list *over)
{
	struct compose_list *result = NULL;
	struct map places = { 0 };

	if (!over)
		return base;
	if (!base || over->cleared || over->too_long || over->lasting)
		return over;
	/* What is wrong is dropped where something lies below. */
	if (base->too_long || base->error || over->error)
		return base;
	result = arena_new(arena, struct compose_list);
	vec_each (const struct compose_item *, item, &base->items)
		compose_list_put(result, &places, arena, *item);
	vec_each (const struct compose_item *, item, &over->items)
		compose_list_put(result, &places, arena, *item);
	return result;
}

static struct compose_build merge_build(struct arena *arena, const struct compose_build *base,
					const struct compose_build *over)
{
	struct compose_build result = *over;

	if (over->cleared || !base->set)
		return *over;
	/* What is neither text nor mapping is dropped where something lies below. */
	if (!over->set || over->error || base->error)
		return *base;
	result.context = merge_value(base->context, over->context);
	result.dockerfile = merge_value(base->dockerfile, over->dockerfile);
	result.target = merge_value(base->target, over->target);
	result.inlined = merge_value(base->inlined, over->inlined);
	result.arguments = merge_list(arena, base->arguments, over->arguments);
	result.contexts = merge_list(arena, base->contexts, over->contexts);
	return result;
}

struct compose_service compose_merge(struct arena *arena, const struct compose_service *base,
				     const struct compose_service *over)
{
	struct compose_service result = *over;

	if (!base || !base->set || base->null || over->cleared)
		return *over;
	if (!over->set || over->null)
		return *base;
	if (base->error) {
		result.error = base->error;
		result.place = base->place;
	}
	result.has_image = base->has_image || over->has_image;
	result.broken = base->broken || over->broken;
	result.build = merge_build(arena, &base->build, &over->build);
	if (!over->extends) {
		result.extends = base->extends;
		result.extends_service = base->extends_service;
		result.extends_file = base->extends_file;
		result.extends_place = base->extends_place;
	}
	return result;
}

static const struct compose_list *settled_list(struct arena *arena, const struct compose_list *list)
{
	struct compose_list *result = NULL;
	bool marked = list && list->cleared;

	if (list)
		vec_each (const struct compose_item *, item, &list->items)
			marked = marked || item->cleared;
	if (!marked)
		return list;
	result = arena_new(arena, struct compose_list);
	*result = *list;
	result->cleared = false;
	result->items = (struct compose_items){ 0 };
	vec_each (const struct compose_item *, item, &list->items)
		if (!item->cleared)
			*vec_add(arena, &result->items) = *item;
	return result;
}

struct compose_service compose_settled(struct arena *arena, const struct compose_service *service)
{
	struct compose_service result = *service;
	struct compose_build *build = &result.build;

	result.cleared = false;
	build->cleared = false;
	build->context.cleared = false;
	build->dockerfile.cleared = false;
	build->target.cleared = false;
	build->inlined.cleared = false;
	build->arguments = settled_list(arena, build->arguments);
	build->contexts = settled_list(arena, build->contexts);
	return result;
}

void compose_put(struct compose_model *model, struct arena *arena, struct compose_service *service)
{
	struct compose_service *known = map_get(&model->by_name, service->name);

	/* One object for a name: what was handed out stays the one that is in the model. */
	if (known && known != service) {
		*known = *service;
	} else if (!known) {
		map_put(&model->by_name, arena, service->name, service);
		*vec_add(arena, &model->services) = service;
	}
}

/* Each file is checked when it is laid: what is wrong then is refused, whatever lies above. */
static bool is_wrong(const struct compose_service *service)
{
	const struct compose_build *build = &service->build;

	return service->error || build->error || build->context.wrong || build->dockerfile.wrong ||
	       build->target.wrong || build->inlined.wrong ||
	       (build->arguments && build->arguments->error) ||
	       (build->contexts && build->contexts->error);
}

void compose_lay(struct compose_model *model, struct arena *arena,
		 const struct compose_model *document)
{
	if (document->cleared) {
		model->below = NULL;
		vec_each (struct compose_service **, service, &model->services)
			**service = (struct compose_service){ .name = (*service)->name };
	}
	vec_each (struct compose_service **, service, &document->services) {
		struct compose_service *base = compose_service(model, (*service)->name);
		struct compose_service *laid = NULL, merged;

		if (base && is_wrong(base))
			continue;
		laid = arena_new(arena, struct compose_service);
		merged = compose_merge(arena, base, *service);
		*laid = compose_settled(arena, &merged);
		compose_put(model, arena, laid);
	}
}
