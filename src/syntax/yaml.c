#include "syntax/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/fail.h"
#include "base/limits.h"
#include "syntax/slice.h"
#include "syntax/yaml_colons.h"
#include "syntax/yaml_place.h"

struct anchor {
	struct yaml *node;
	bool closed; /* else an alias of it stands inside it */
};

/* A collection that is not closed yet. */
struct open {
	struct yaml *node;
	struct yaml *key; /* of a mapping: its value comes next */
	struct anchor *anchor;
};

/* One text on its way to a tree. */
struct reading {
	struct yaml_file *file;
	struct arena *arena;
	struct arena scratch; /* gone once the text is read */
	struct yaml_places places;
	struct text text;
	struct yaml_colons colons;
	bool again; /* another one was found: the text is to be read anew */
	yaml_parser_t *parser;
	struct open stack[MAX_YAML_DEPTH];
	unsigned depth;
	struct map anchors; /* struct anchor *; go-yaml keeps them from document to document */
	size_t events;
	unsigned last; /* byte behind the last value seen */
};

static int refuse(struct reading *reading, struct span span, const char *message)
{
	if (!reading->file->error) {
		reading->file->error = message;
		reading->file->span = span;
	}
	return -1;
}

/* libyaml's reader counts bytes, everything else of it characters. */
static int refuse_by_library(struct reading *reading)
{
	const yaml_parser_t *parser = reading->parser;
	size_t at = 0;

	if (parser->error == YAML_MEMORY_ERROR)
		die("out of memory");
	if (parser->error == YAML_READER_ERROR)
		at = reading->places.start + parser->problem_offset;
	else
		at = yaml_places_byte(&reading->places, parser->problem_mark.index);
	if (at > reading->text.length)
		at = reading->text.length;
	if (strcmp(parser->problem, "found unexpected ':'") == 0)
		reading->again = yaml_colons_note(&reading->colons, reading->text, at);
	return refuse(reading, yaml_places_span(&reading->places, at, at),
		      arena_printf(reading->arena, "%s%s%s", parser->problem,
				   parser->context ? " " : "",
				   parser->context ? parser->context : ""));
}

static struct yaml *node_new(struct reading *reading, const yaml_event_t *event,
			     enum yaml_kind kind)
{
	struct yaml *node = arena_new(reading->arena, struct yaml);

	node->kind = kind;
	node->value = "";
	node->weight = 1;
	node->height = 1;
	node->start = yaml_places_byte(&reading->places, event->start_mark.index);
	node->end = yaml_places_byte(&reading->places, event->end_mark.index);
	return node;
}

/* Set the span, and the places of properties and of what follows a block aside. */
static void node_place(struct reading *reading, struct yaml *node, bool has_properties)
{
	const char *bytes = reading->text.bytes;

	if (has_properties)
		node->start = yaml_skip_properties(bytes, node->start, node->end);
	while (node->end > node->start && strchr(" \t\r\n", bytes[node->end - 1]))
		node->end--;
	node->span = yaml_places_span(&reading->places, node->start, node->end);
}

static struct anchor *anchor_new(struct reading *reading, const yaml_char_t *name,
				 struct yaml *node)
{
	struct anchor *anchor = NULL;

	if (!name)
		return NULL;
	anchor = arena_new(&reading->scratch, struct anchor);
	anchor->node = node;
	anchor->closed = node->kind == YAML_SCALAR;
	map_put(&reading->anchors, &reading->scratch, (const char *)name, anchor);
	return anchor;
}

/* Count what a node adds to the one it stands in, whose way down it may lengthen. */
static int grow(struct reading *reading, struct yaml *into, const struct yaml *node)
{
	into->weight += node->weight;
	if (into->height < node->height + 1)
		into->height = node->height + 1;
	if (into->weight > MAX_YAML_NODES)
		return refuse(reading, into->span.line ? into->span : node->span,
			      arena_printf(reading->arena,
					   "more than %d values where aliases are written out",
					   MAX_YAML_NODES));
	return 0;
}

static int add_key(struct reading *reading, struct open *open, struct yaml *key)
{
	const struct yaml_pair *first = NULL;

	if (key->kind != YAML_SCALAR)
		return refuse(reading, key->span, "a key must be a scalar");
	first = yaml_pair(open->node, key->value);
	if (first)
		return refuse(reading, key->span,
			      arena_printf(reading->arena, "duplicate key '%s', first on line %u",
					   key->value, first->key->span.line));
	open->key = key;
	return 0;
}

static int too_deep(struct reading *reading, struct span span)
{
	return refuse(
		reading, span,
		arena_printf(reading->arena, "nested more than %d levels deep", MAX_YAML_DEPTH));
}

/* Put a complete node, or one that begins, where it belongs. */
static int add(struct reading *reading, struct yaml *node)
{
	struct open *open = reading->depth ? &reading->stack[reading->depth - 1] : NULL;

	if (!open) {
		*vec_add(reading->arena, &reading->file->documents) = node;
		return 0;
	}
	if (open->node->kind == YAML_SEQUENCE) {
		*vec_add(reading->arena, &open->node->items) = node;
		return 0;
	}
	if (!open->key)
		return add_key(reading, open, node);
	yaml_add_pair(reading->arena, open->node, (struct yaml_pair){ open->key, node });
	open->key = NULL;
	return 0;
}

static int add_complete(struct reading *reading, struct yaml *node)
{
	if (reading->depth && grow(reading, reading->stack[reading->depth - 1].node, node) < 0)
		return -1;
	return add(reading, node);
}

static int read_scalar(struct reading *reading, const yaml_event_t *event)
{
	struct yaml *node = node_new(reading, event, YAML_SCALAR);
	const char *value = (const char *)event->data.scalar.value;
	const char *tag = (const char *)event->data.scalar.tag;
	char *copy = arena_copy(reading->arena, value, event->data.scalar.length);

	node->length = (unsigned)event->data.scalar.length;
	node->value = copy;
	node->tag = arena_string(reading->arena, tag);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node_place(reading, node, tag || event->data.scalar.anchor);
	if (node->plain)
		yaml_colons_show(&reading->colons, copy, node->length, node->end);
	if (memchr(node->value, '\0', node->length))
		return refuse(reading, node->span, "a scalar holds a NUL character");
	anchor_new(reading, event->data.scalar.anchor, node);
	reading->last = node->end;
	return add_complete(reading, node);
}

static int read_alias(struct reading *reading, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	const struct anchor *anchor = map_get(&reading->anchors, name);
	struct yaml *place = node_new(reading, event, YAML_SCALAR);

	node_place(reading, place, false);
	reading->last = place->end;
	if (!anchor)
		return refuse(reading, place->span,
			      arena_printf(reading->arena, "unknown alias '%s'", name));
	if (!anchor->closed)
		return refuse(reading, place->span,
			      arena_printf(reading->arena,
					   "alias '%s' stands inside its own anchor", name));
	if (reading->depth + anchor->node->height > MAX_YAML_DEPTH)
		return too_deep(reading, place->span);
	return add_complete(reading, anchor->node);
}

static int begin(struct reading *reading, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml *node = node_new(reading, event, kind);
	const yaml_char_t *tag = NULL, *anchor = NULL;

	if (kind == YAML_MAPPING) {
		tag = event->data.mapping_start.tag;
		anchor = event->data.mapping_start.anchor;
	} else {
		tag = event->data.sequence_start.tag;
		anchor = event->data.sequence_start.anchor;
	}
	node->tag = arena_string(reading->arena, (const char *)tag);
	if (tag || anchor)
		node->start = yaml_skip_properties(reading->text.bytes, node->start,
						   reading->text.length);
	node->span = yaml_places_span(&reading->places, node->start, node->start);
	if (reading->depth == MAX_YAML_DEPTH)
		return too_deep(reading, node->span);
	if (add(reading, node) < 0)
		return -1;
	reading->stack[reading->depth++] =
		(struct open){ .node = node, .anchor = anchor_new(reading, anchor, node) };
	return 0;
}

/* A block ends where the last thing in it does; libyaml's event says where the next token is. */
static int end(struct reading *reading, const yaml_event_t *event)
{
	struct open open = reading->stack[--reading->depth];
	struct yaml *node = open.node;
	char first = reading->text.bytes[node->start];

	if (first == '[' || first == '{')
		reading->last = yaml_places_byte(&reading->places, event->end_mark.index);
	node->end = reading->last > node->start ? reading->last : node->start;
	node->span = yaml_places_span(&reading->places, node->start, node->end);
	if (open.anchor)
		open.anchor->closed = true;
	return reading->depth ? grow(reading, reading->stack[reading->depth - 1].node, node) : 0;
}

static struct span span_of(struct reading *reading, const yaml_event_t *event)
{
	size_t at = yaml_places_byte(&reading->places, event->start_mark.index);

	return yaml_places_span(&reading->places, at, at);
}

static int read_event(struct reading *reading, const yaml_event_t *event)
{
	if (++reading->events > MAX_YAML_EVENTS)
		return refuse(
			reading, span_of(reading, event),
			arena_printf(reading->arena, "more than %d YAML events", MAX_YAML_EVENTS));
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reading, event);
	case YAML_ALIAS_EVENT:
		return read_alias(reading, event);
	case YAML_SEQUENCE_START_EVENT:
		return begin(reading, event, YAML_SEQUENCE);
	case YAML_MAPPING_START_EVENT:
		return begin(reading, event, YAML_MAPPING);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return end(reading, event);
	default:
		return 0;
	}
}

static void read_events(struct reading *reading)
{
	bool more = true;

	while (more) {
		yaml_event_t event;

		if (!yaml_parser_parse(reading->parser, &event)) {
			refuse_by_library(reading);
			return;
		}
		more = read_event(reading, &event) == 0 && event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
}

/* libyaml compares each directive with all before it, within one event. Where the first one is that
 * is too many; else the text's length. */
static size_t find_excess_directive(struct text text)
{
	const char *at = text.bytes, *stop = text.bytes + text.length;
	unsigned count = 0;

	while (at && at < stop) {
		count += *at == '%';
		if (count > MAX_YAML_DIRECTIVES)
			return (size_t)(at - text.bytes);
		at = memchr(at, '\n', (size_t)(stop - at));
		at = at ? at + 1 : NULL;
	}
	return text.length;
}

static void read_with(struct reading *reading, yaml_parser_t *parser)
{
	struct text text = yaml_colons_hide(&reading->colons, &reading->scratch, reading->text);

	text = slice_from(text, reading->places.start);
	reading->parser = parser;
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)text.bytes, text.length);
	read_events(reading);
}

static void read_once(struct reading *reading)
{
	yaml_parser_t parser;

	if (!yaml_parser_initialize(&parser))
		die("out of memory");
	read_with(reading, &parser);
	yaml_parser_delete(&parser);
}

/* From the start, as long as that finds another colon. Only what comes of the last time stays. */
static void read_again(struct reading *reading)
{
	struct arena *arena = reading->arena, attempt = { 0 };

	while (reading->again) {
		arena_release(&attempt);
		*reading->file = (struct yaml_file){ 0 };
		reading->arena = &attempt;
		reading->again = false;
		reading->anchors = (struct map){ 0 };
		reading->depth = 0;
		reading->events = 0;
		reading->last = 0;
		read_once(reading);
	}
	arena_join(arena, &attempt);
	reading->arena = arena;
}

static void read_checked(struct reading *reading)
{
	size_t wrong = 0;

	if (!yaml_places_read(&reading->places, &wrong, &reading->scratch, reading->text)) {
		refuse(reading, yaml_places_span(&reading->places, wrong, wrong), "not UTF-8");
		return;
	}
	wrong = find_excess_directive(reading->text);
	if (wrong < reading->text.length) {
		refuse(reading, yaml_places_span(&reading->places, wrong, wrong),
		       arena_printf(reading->arena, "more than %d lines that begin with '%%'",
				    MAX_YAML_DIRECTIVES));
		return;
	}
	read_once(reading);
	if (reading->again)
		read_again(reading);
}

void yaml_read(struct yaml_file *file, struct arena *arena, struct text text)
{
	struct reading reading = { .file = file, .arena = arena, .text = text };

	*file = (struct yaml_file){ 0 };
	read_checked(&reading);
	arena_release(&reading.scratch);
}
