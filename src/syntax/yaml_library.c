#include "syntax/yaml_library.h"

#include <string.h>
#include <yaml.h>

#include "base/fail.h"
#include "syntax/slice.h"
#include "syntax/yaml_colons.h"

/* One text that libyaml reads. */
struct reading {
	struct yaml_tree *tree;
	struct yaml_colons colons;
	bool again; /* another one was found: the text is to be read anew */
	yaml_parser_t *parser;
};

/* libyaml's reader counts bytes, everything else of it characters. */
static void refuse(struct reading *reading)
{
	const yaml_parser_t *parser = reading->parser;
	struct yaml_tree *tree = reading->tree;
	size_t at = 0;

	if (parser->error == YAML_MEMORY_ERROR)
		die("out of memory");
	if (parser->error == YAML_READER_ERROR)
		at = tree->places.start + parser->problem_offset;
	else
		at = yaml_places_byte(&tree->places, parser->problem_mark.index);
	if (at > tree->text.length)
		at = tree->text.length;
	if (strcmp(parser->problem, "found unexpected ':'") == 0)
		reading->again = yaml_colons_note(&reading->colons, tree->text, at);
	yaml_tree_refuse(tree, yaml_places_span(&tree->places, at, at),
			 arena_printf(tree->arena, "%s%s%s", parser->problem,
				      parser->context ? " " : "",
				      parser->context ? parser->context : ""));
}

static int read_scalar(struct reading *reading, struct yaml_event *event,
		       const yaml_event_t *theirs)
{
	char *value = (char *)theirs->data.scalar.value;

	event->value = value;
	event->length = (unsigned)theirs->data.scalar.length;
	event->plain = theirs->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	event->tag = (const char *)theirs->data.scalar.tag;
	event->anchor = (const char *)theirs->data.scalar.anchor;
	if (event->plain)
		yaml_colons_show(&reading->colons, value, event->length, event->end);
	return yaml_tree_scalar(reading->tree, event);
}

static int read_event(struct reading *reading, const yaml_event_t *theirs)
{
	struct yaml_tree *tree = reading->tree;
	struct yaml_event event = {
		.start = yaml_places_byte(&tree->places, theirs->start_mark.index),
		.end = yaml_places_byte(&tree->places, theirs->end_mark.index),
	};

	if (yaml_tree_count(tree, event.start) < 0)
		return -1;
	switch (theirs->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reading, &event, theirs);
	case YAML_ALIAS_EVENT:
		event.anchor = (const char *)theirs->data.alias.anchor;
		return yaml_tree_alias(tree, &event);
	case YAML_SEQUENCE_START_EVENT:
		event.tag = (const char *)theirs->data.sequence_start.tag;
		event.anchor = (const char *)theirs->data.sequence_start.anchor;
		return yaml_tree_begin(tree, &event, YAML_SEQUENCE);
	case YAML_MAPPING_START_EVENT:
		event.tag = (const char *)theirs->data.mapping_start.tag;
		event.anchor = (const char *)theirs->data.mapping_start.anchor;
		return yaml_tree_begin(tree, &event, YAML_MAPPING);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return yaml_tree_end(tree, event.end);
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
			refuse(reading);
			return;
		}
		more = read_event(reading, &event) == 0 && event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
}

static void read_with(struct reading *reading, yaml_parser_t *parser)
{
	struct yaml_tree *tree = reading->tree;
	struct text text = yaml_colons_hide(&reading->colons, &tree->scratch, tree->text);

	text = slice_from(text, tree->places.start);
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
	struct arena *arena = reading->tree->arena, attempt = { 0 };

	while (reading->again) {
		arena_release(&attempt);
		yaml_tree_restart(reading->tree, &attempt);
		reading->again = false;
		read_once(reading);
	}
	arena_join(arena, &attempt);
	reading->tree->arena = arena;
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

void yaml_library_read(struct yaml_tree *tree)
{
	struct reading reading = { .tree = tree };
	size_t wrong = find_excess_directive(tree->text);

	if (wrong < tree->text.length) {
		yaml_tree_refuse(tree, yaml_places_span(&tree->places, wrong, wrong),
				 arena_printf(tree->arena,
					      "more than %d lines that begin with '%%'",
					      MAX_YAML_DIRECTIVES));
		return;
	}
	read_once(&reading);
	if (reading.again)
		read_again(&reading);
}
