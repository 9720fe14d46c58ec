#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "model/attributes.h"
#include "model/policy.h"
#include "readers/compose.h"

static const char *chosen(struct compose *compose, const char *name)
{
	struct compose_choice *choice = map_get(&compose->variables, name);

	if (!choice || choice->variable->values.count == 0)
		return NULL;
	choice->used = true;
	return choice->variable->values.items[choice->index];
}

/* The process environment is never asked: what is judged decides alone. */
static const char *lookup(void *from, const char *name)
{
	const struct compose_environment *environment = from;
	const char *value = NULL;

	/* The farthest above wins, and the policy stands above them all. */
	for (; environment; environment = environment->above) {
		const char *here = environment->above ? NULL : chosen(environment->compose, name);

		here = here ? here : map_get(&environment->values, name);
		value = here ? here : value;
	}
	return value;
}

/* In the whole project, whatever an include adds. Its name is in the end that of its directory, and
 * a clone has any. */
static const char *lookup_at_top(const struct compose_environment *environment, const char *name)
{
	const char *value = NULL;

	while (environment->above)
		environment = environment->above;
	value = lookup((void *)(uintptr_t)environment, name);
	if (strcmp(name, "COMPOSE_PROJECT_NAME") != 0 || (value && *value))
		return value;
	return environment->project ? environment->project : template_unknown;
}

static const char *lookup_in_file(void *from, const char *name)
{
	return strcmp(name, "COMPOSE_PROJECT_NAME") == 0 ? lookup_at_top(from, name)
							 : lookup(from, name);
}

const char *compose_argument(const struct compose_scope *scope, const char *name)
{
	const char *value = lookup_at_top(scope->environment, name);

	return value == template_unknown ? NULL : value;
}

/* Nothing in a file without a dollar depends on other variables; without a policy's values nothing
 * does at the top. */
static bool is_constant(const struct compose_environment *environment, struct text text)
{
	return !memchr(text.bytes, '$', text.length) ||
	       (!environment->above && environment->compose->choices.count == 0);
}

static void read_variables(struct compose_environment *environment, struct text text,
			   struct place place)
{
	struct compose *compose = environment->compose;
	struct dotenv file = { .values = environment->values };
	const struct map nothing = { 0 };
	bool constant = is_constant(environment, text) && !environment->several &&
			compose->kept < MAX_COMPOSE_KEPT;

	/* The project has its name before it includes anything. */
	dotenv_read(&file, constant ? compose->keep : compose->arena, text,
		    environment->above ? lookup_in_file : lookup, environment);
	place.span.line = file.line;
	if (file.error)
		compose_unchecked(compose, place, "its variables are not known: %s", file.error);
	environment->values = file.error ? nothing : file.values;
	if (constant) {
		struct map *values = arena_new(compose->keep, struct map);

		*values = environment->values;
		compose->kept += file.size;
		map_put(&compose->constants, compose->keep, place.path, values);
	}
}

int compose_environment_read(struct compose_environment *environment, const char *path)
{
	struct compose *compose = environment->compose;
	const struct map *known = environment->several ? NULL : map_get(&compose->constants, path);
	struct entry entry = { 0 };
	struct text text = { 0 };
	struct place place = { .path = path };
	const char *change = NULL;

	if (known) {
		environment->values = *known;
		return 0;
	}
	if (snapshot_find(compose->project->snapshot, &entry, arena_string(compose->keep, path)) <
	    0)
		return -1;
	if (entry.kind != ENTRY_FILE)
		return 0;
	if (snapshot_read(compose->project->snapshot, &text, &entry) < 0 ||
	    attributes_change(compose->project, &change, entry.path) < 0)
		return -1;
	if (change)
		compose_unchecked(compose, place, "%s", change);
	else if (text.bytes)
		read_variables(environment, text, place);
	else
		compose_unchecked(compose, place, "larger than %u bytes", MAX_FILE_SIZE);
	return 0;
}

static const char *wrong_type(struct arena *arena, const struct yaml *node, const char *what)
{
	return arena_printf(arena, "'%s' must be a string, not %s", what, yaml_type_name(node));
}

bool compose_is_text(const struct yaml *node)
{
	return node->kind == YAML_SCALAR &&
	       (yaml_type(node) == YAML_STRING || yaml_type(node) == YAML_TAGGED);
}

/* A small file can name a long value often. */
static struct template expand(struct compose_scope *scope, const char *text, struct place place)
{
	struct compose *compose = scope->compose;
	struct template expanded =
		template_expand(compose->arena, text, lookup_in_file, scope->environment);
	size_t before = compose->text;

	if (expanded.text == text)
		return expanded;
	compose->text += strlen(expanded.text);
	if (compose->text <= MAX_COMPOSE_TEXT)
		return expanded;
	expanded.error = "its texts with variables take more than 16 MiB";
	if (before <= MAX_COMPOSE_TEXT)
		compose_fault(compose, place, "%s", expanded.error);
	return expanded;
}

struct compose_value compose_value(struct compose_scope *scope, const struct yaml *node,
				   const char *path, const char *what)
{
	struct compose_value value = { .set = true, .text = "", .written = "" };
	struct template expanded = { 0 };

	value.directory = scope->directory;
	value.place = (struct place){ path, node->span };
	value.cleared = compose_clears(node);
	value.set = !compose_resets(node);
	if (!value.set)
		return value;
	if (!compose_is_text(node)) {
		value.null = yaml_is_null(node);
		value.wrong = true;
		value.error = wrong_type(scope->compose->arena, node, what);
		return value;
	}
	expanded = expand(scope, node->value, value.place);
	value.written = node->value;
	value.text = expanded.error ? node->value : expanded.text;
	value.unresolved = expanded.unresolved;
	value.error = expanded.error;
	return value;
}
