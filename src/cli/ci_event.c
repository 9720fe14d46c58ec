#include "cli/ci_event.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "cli/ci_systems.h"

#define ID_DIGITS 40 /* of a commit */

/* A variable that says something; its name may be NULL. */
static const char *variable(const char *name)
{
	const char *value = name ? getenv(name) : NULL;

	return value && *value ? value : NULL;
}

static bool is(const char *value, const char *wanted)
{
	return value && strcmp(value, wanted) == 0;
}

int ci_event_commit(const char **id, struct arena *arena, const char *word, const char *source)
{
	if (!word || !*word || !word[strspn(word, "0")])
		return 0;
	if (strlen(word) != ID_DIGITS || word[strspn(word, "0123456789abcdef")])
		return fail("'%s' is no commit, as which %s names it", word, source);
	*id = arena_string(arena, word);
	return 0;
}

static int read_commit(const char **id, struct arena *arena, const char *name)
{
	return ci_event_commit(id, arena, variable(name), name);
}

/* Systems write the branch main in either way: main, refs/heads/main. */
static const char *branch_name(const char *name)
{
	static const char heads[] = "refs/heads/";

	return name && strncmp(name, heads, sizeof(heads) - 1) == 0 ? name + sizeof(heads) - 1
								    : name;
}

/* refs/pull/N/merge, which GitHub makes and Azure takes over */
static bool is_trial_merge(const char *ref)
{
	static const char start[] = "refs/pull/", end[] = "/merge";
	size_t length = ref ? strlen(ref) : 0;

	return length > sizeof(start) + sizeof(end) - 2 &&
	       strncmp(ref, start, sizeof(start) - 1) == 0 &&
	       strcmp(ref + length - (sizeof(end) - 1), end) == 0;
}

static int read_target(struct ci_event *event, struct arena *arena, const struct ci_system *system)
{
	event->branch = branch_name(variable(system->branch));
	if (is_trial_merge(variable(system->ref)) &&
	    read_commit(&event->merge, arena, system->commit) < 0)
		return -1;
	if (read_commit(&event->target, arena, system->target) < 0)
		return -1;
	return read_commit(&event->fork, arena, system->fork);
}

static int read_event(struct ci_event *event, struct arena *arena, const struct ci_system *system)
{
	bool pulls = !system->pull || is(event->name, system->pull);
	bool pushes = !system->push || is(event->name, system->push);

	if (pulls && read_target(event, arena, system) < 0)
		return -1;
	if (event->target || event->branch)
		return 0;
	if (system->before_event && !is(variable(system->before_event), system->push))
		pushes = false;
	if (pushes && read_commit(&event->before, arena, system->before) < 0)
		return -1;
	if (system->read && system->read(event, arena) < 0)
		return -1;
	return event->is_of_target ? read_commit(&event->workflow, arena, system->commit) : 0;
}

int ci_event_find(struct ci_event *event, struct arena *arena)
{
	*event = (struct ci_event){ 0 };
	for (const struct ci_system *system = ci_systems; system->name; system++) {
		const char *mark = variable(system->mark);

		if (!mark || (system->mark_value && !is(mark, system->mark_value)))
			continue;
		event->system = system->name;
		event->name = variable(system->event);
		return read_event(event, arena, system);
	}
	return 0;
}
