#include "model/trace.h"

#include "base/path.h"

static struct views *add(struct trace *trace, const char *path)
{
	struct views *views = arena_new(trace->arena, struct views);

	table_put(&trace->paths, trace->arena, path, views);
	return views;
}

static bool is_viewed_by(const struct views *views, const void *viewer)
{
	/* Who was last is mostly who is now. */
	for (size_t i = views->viewers.count; i-- > 0;)
		if (views->viewers.items[i] == viewer)
			return true;
	return views->by_all;
}

void trace_note(struct trace *trace, const char *path)
{
	struct views *views = table_get(&trace->paths, path);
	const char *above = NULL;

	if (!views) {
		views = add(trace, path);
		above = path_directory(trace->arena, path);
	}
	for (; above && !table_get(&trace->paths, above);
	     above = path_directory(trace->arena, above))
		add(trace, above);
	if (is_viewed_by(views, trace->viewer))
		return;
	views->by_all = views->viewers.count == MAX_VIEWERS;
	if (!views->by_all)
		*vec_add(trace->arena, &views->viewers) = trace->viewer;
}

const struct views *trace_views(const struct trace *trace, const char *path)
{
	return table_get(&trace->paths, path);
}
