#include <string.h>

#include "base/limits.h"
#include "readers/compose.h"

bool compose_resets(const struct yaml *node)
{
	return node->tag && strcmp(node->tag, "!reset") == 0;
}

bool compose_clears(const struct yaml *node)
{
	return node->replaces || compose_resets(node) ||
	       (node->tag && strcmp(node->tag, "!override") == 0);
}

const struct yaml *compose_mapping(struct compose *compose, const struct yaml *node,
				   const char *path)
{
	const struct yaml *wrong = NULL, *merged = yaml_merged(compose->trees, node, &wrong);

	if (!merged)
		compose_fault(compose, (struct place){ path, wrong->span },
			      "'<<' takes a mapping or a list of mappings, not %s",
			      yaml_type_name(wrong));
	return merged;
}

static void read_extends(struct compose_scope *scope, struct compose_service *service,
			 const struct yaml *node, const char *path)
{
	const struct yaml *name = node, *file = NULL;

	if (compose_resets(node))
		return;
	if (node->kind == YAML_MAPPING) {
		node = compose_mapping(scope->compose, node, path);
		service->broken = node == NULL;
		if (!node)
			return;
		name = yaml_get(node, "service");
		file = yaml_get(node, "file");
	}
	service->extends = true;
	service->extends_place = (struct place){ path, node->span };
	if (name)
		service->extends_service = compose_value(scope, name, path, "extends");
	else
		service->error = "'extends' names no service";
	if (file && !yaml_is_null(file))
		service->extends_file = compose_value(scope, file, path, "file");
	service->extends_file.directory = scope->lookup;
}

static void read_keys(struct compose_scope *scope, struct compose_service *service,
		      const struct yaml *node, const char *path)
{
	const struct yaml_pair *build = yaml_pair(node, "build");
	const struct yaml *extends = yaml_get(node, "extends");

	service->has_image = yaml_get(node, "image") != NULL;
	if (build) {
		service->build.place = (struct place){ path, build->key->span };
		compose_read_build(scope, &service->build, build->value, path);
	}
	if (extends)
		read_extends(scope, service, extends, path);
}

static struct compose_service *read_service(struct compose_scope *scope,
					    const struct yaml_pair *pair, const char *path)
{
	struct arena *arena = scope->compose->arena;
	struct compose_service *service = arena_new(arena, struct compose_service);
	const struct yaml *node = pair->value;

	service->name = pair->key->value;
	service->place = (struct place){ path, pair->key->span };
	service->cleared = compose_clears(node);
	service->set = !compose_resets(node);
	if (!service->set)
		return service;
	service->null = yaml_is_null(node);
	if (node->kind == YAML_MAPPING)
		node = compose_mapping(scope->compose, node, path);
	if (!node)
		service->broken = true;
	else if (node->kind == YAML_MAPPING)
		read_keys(scope, service, node, path);
	else
		service->error = arena_printf(arena, "service '%s' must be a mapping, not %s",
					      service->name, yaml_type_name(node));
	return service;
}

static bool is_service_name(const char *name)
{
	for (const char *at = name; *at; at++)
		if (!(*at >= 'a' && *at <= 'z') && !(*at >= 'A' && *at <= 'Z') &&
		    !(*at >= '0' && *at <= '9') && !strchr("._-", *at))
			return false;
	return *name != '\0';
}

static void read_services(struct compose_scope *scope, struct compose_model *model,
			  const struct yaml *node, const char *path)
{
	struct compose *compose = scope->compose;

	model->cleared = compose_clears(node);
	if (compose_resets(node))
		return;
	if (node->kind != YAML_MAPPING) {
		compose_fault(compose, (struct place){ path, node->span },
			      "'services' must be a mapping, not %s", yaml_type_name(node));
		return;
	}
	node = compose_mapping(compose, node, path);
	compose->services += node ? node->in->pairs.count : 0;
	if (compose->services > MAX_COMPOSE_SERVICES) {
		compose_fault(compose, (struct place){ .path = path }, "more than %d services",
			      MAX_COMPOSE_SERVICES);
		return;
	}
	for (size_t i = 0; node && i < node->in->pairs.count; i++) {
		const struct yaml_pair *pair = &node->in->pairs.items[i];
		struct place place = { path, pair->key->span };

		if (!is_service_name(pair->key->value))
			compose_unchecked(compose, place, "'%s' is no name of a service",
					  pair->key->value);
		else if (!compose_is_text(pair->key))
			compose_fault(compose, place,
				      "the name of a service must be a string, not %s",
				      yaml_type_name(pair->key));
		else
			compose_put(model, compose->arena, read_service(scope, pair, path));
	}
}

/* With its merge keys resolved; as it is where that cannot be. */
static const struct yaml *merged(struct compose *compose, const struct yaml *node)
{
	const struct yaml *wrong = NULL, *whole = NULL;

	if (node->kind == YAML_MAPPING)
		whole = yaml_merged(compose->trees, node, &wrong);
	return whole ? whole : node;
}

/* A workflow of GitHub has a job called 'build' as likely as not. */
static bool is_first_build(const struct yaml *build)
{
	return build->kind == YAML_SCALAR || yaml_get(build, "context") ||
	       yaml_get(build, "dockerfile") || yaml_get(build, "target");
}

/* Does a key at the top look like a service? */
static bool is_first_service(struct compose *compose, const struct yaml_pair *pair)
{
	const struct yaml *node = merged(compose, pair->value);
	const struct yaml *build = yaml_get(node, "build"), *image = yaml_get(node, "image"),
			  *extends = yaml_get(node, "extends");

	if (strncmp(pair->key->value, "x-", 2) == 0)
		return false;
	return (build && is_first_build(merged(compose, build))) ||
	       (image && image->kind == YAML_SCALAR) || (extends && extends->kind != YAML_SEQUENCE);
}

/* Its builds were but a context: the Dockerfile stood beside them. */
static void read_first_dockerfiles(struct compose_scope *scope, struct compose_model *model,
				   const struct yaml *services, const char *path)
{
	vec_each (const struct yaml_pair *, pair, &services->in->pairs) {
		struct compose_service *service = compose_service(model, pair->key->value);
		const struct yaml *name =
			yaml_get(merged(scope->compose, pair->value), "dockerfile");

		if (service && name && !service->build.dockerfile.set)
			service->build.dockerfile = compose_value(scope, name, path, "dockerfile");
	}
}

/* The services of a file that has nothing else: what compose wanted in its first version. */
static void read_first_version(struct compose_scope *scope, struct compose_model *model,
			       const struct yaml *root, const char *path)
{
	struct yaml services = yaml_empty(scope->compose->arena, YAML_MAPPING);

	services.span = root->span;
	vec_each (const struct yaml_pair *, pair, &root->in->pairs)
		if (is_first_service(scope->compose, pair))
			yaml_add_pair(scope->compose->arena, &services, *pair);
	if (services.in->pairs.count == 0)
		return;
	compose_unchecked(scope->compose, (struct place){ .path = path },
			  "has no 'services': read as a file of version 1, which Docker "
			  "Compose no longer takes");
	read_services(scope, model, &services, path);
	read_first_dockerfiles(scope, model, &services, path);
}

void compose_document(struct compose_scope *scope, struct compose_model *model,
		      const struct yaml *root, const char *path)
{
	const struct yaml *services = NULL;

	*model = (struct compose_model){ 0 };
	if (root->kind != YAML_MAPPING) {
		compose_fault(scope->compose, (struct place){ path, root->span },
			      "a compose file must be a mapping, not %s", yaml_type_name(root));
		return;
	}
	root = compose_mapping(scope->compose, root, path);
	services = root ? yaml_get(root, "services") : NULL;
	model->include = root ? yaml_get(root, "include") : NULL;
	if (services)
		read_services(scope, model, services, path);
	else if (root && !model->include)
		read_first_version(scope, model, root, path);
}
