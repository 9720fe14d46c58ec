#include <stdint.h>

#include "base/buf.h"
#include "syntax/yaml.h"
#include "tests/support/yaml_twice.h"

#define MANY 0xf0 /* a byte that stands for many blanks or letters */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void visit(struct arena *arena, const struct yaml *node)
{
	const struct yaml *wrong = NULL;

	vec_each (struct yaml **, item, &node->in->items)
		visit(arena, *item);
	vec_each (const struct yaml_pair *, pair, &node->in->pairs)
		visit(arena, pair->value);
	if (node->kind == YAML_MAPPING)
		yaml_merged(arena, node, &wrong);
	else
		yaml_type_name(node);
}

/* What the grammar is made of, one piece for each byte: so most texts are nearly right. Some
 * pieces are long enough to meet libyaml's limits. */
static struct text text_of_pieces(struct arena *arena, const uint8_t *data, size_t size)
{
	static const char *const pieces[] = {
		"a",     "b",   " ",   "  ",  "\n", "\n  ",     "\n    ", ": ", ":\n",  ":",
		"- ",    "-\n", "-",   "'",   "\"", "[",        "]",      "{",  "}",    ",",
		", ",    "#",   " # ", "&a",  "*a", "&b\n",     "*b ",    "? ", "| \n", "!",
		"\\",    "%",   "---", "...", "<<", "~",        "1",      "''", "\\\"", "a: b\n",
		"- a\n", "a: ", "'a'", "\t",  "\r", "\xc3\xa9",
	};
	struct buf buf = { 0 };
	struct text text;

	for (size_t i = 0; i < size; i++)
		if (data[i] >= MANY)
			buf_repeat(&buf, data[i] % 2 ? ' ' : 'k', 600);
		else
			buf_add(&buf, pieces[data[i] % (sizeof(pieces) / sizeof(*pieces))]);
	text = (struct text){ arena_copy(arena, buf_text(&buf), buf.length), buf.length };
	buf_release(&buf);
	return text;
}

static void expect_the_same(struct arena *arena, struct text text)
{
	if (yaml_twice(arena, text) == YAML_DIFFERS)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct yaml_file file;
	const char *bytes = arena_copy(&arena, (const char *)data, size);

	yaml_read(&file, &arena, (struct text){ bytes, size });
	vec_each (struct yaml **, document, &file.documents)
		if (!file.error)
			visit(&arena, *document);
	expect_the_same(&arena, (struct text){ bytes, size });
	expect_the_same(&arena, text_of_pieces(&arena, data, size));
	arena_release(&arena);
	return 0;
}
