#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "syntax/yaml.h"

static void dump(struct buf *out, const struct yaml *node, unsigned depth)
{
	static const char *const types[] = { "null", "bool", "number", "date", "text", "tagged" };

	buf_addf(out, "%u:%u-%u:%u ", node->span.line, node->span.column, node->span.end_line,
		 node->span.end_column);
	if (node->tag)
		buf_addf(out, "%s ", node->tag);
	if (node->kind == YAML_SCALAR)
		buf_addf(out, "%s '%s'\n", types[yaml_type(node)], node->value);
	else
		buf_addf(out, "%s\n", node->kind == YAML_MAPPING ? "{" : "[");
	vec_each (struct yaml **, item, &node->in->items) {
		buf_repeat(out, ' ', depth + 1);
		dump(out, *item, depth + 1);
	}
	vec_each (const struct yaml_pair *, pair, &node->in->pairs) {
		buf_repeat(out, ' ', depth + 1);
		buf_addf(out, "%s = ", pair->key->value);
		dump(out, pair->value, depth + 1);
	}
}

static void dump_file(struct buf *out, const struct yaml_file *file)
{
	if (file->error) {
		buf_addf(out, "%u:%u: %s\n", file->span.line, file->span.column, file->error);
		return;
	}
	vec_each (struct yaml **, document, &file->documents)
		dump(out, *document, 0);
}

static void expect_bytes(const char *bytes, size_t length, const char *expected)
{
	struct arena arena = { 0 };
	struct yaml_file file;
	struct buf out = { 0 };

	yaml_read(&file, &arena, (struct text){ arena_copy(&arena, bytes, length), length });
	dump_file(&out, &file);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), expected);
}

/* The same piece many times over, then an end. */
static void expect_many(const char *piece, size_t times, const char *tail, const char *expected)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < times; i++)
		buf_add(&text, piece);
	buf_add(&text, tail);
	expect_bytes(buf_text(&text), text.length, expected);
	buf_release(&text);
}

static void reads_blocks_with_their_places(void **state)
{
	(void)state;
	expect("services:\n  a:\n    build:   # why\n      context: .\n      target: \"dev\"\n\n"
	       "  b: [x, 'y z']\n",
	       "1:1-7:15 {\n"
	       " services = 2:3-7:15 {\n"
	       "  a = 3:5-5:19 {\n"
	       "   build = 4:7-5:19 {\n"
	       "    context = 4:16-4:16 text '.'\n"
	       "    target = 5:15-5:19 text 'dev'\n"
	       "  b = 7:6-7:15 [\n"
	       "   7:7-7:7 text 'x'\n"
	       "   7:10-7:14 text 'y z'\n");
}

static void counts_code_points_and_ends_lines_at_line_feeds_alone(void **state)
{
	(void)state;
	expect("\xEF\xBB\xBF\xC3\xA9: 'a\xE2\x80\xA8"
	       "b'\r\nk: v\n",
	       "1:1-2:4 {\n"
	       " \xC3\xA9 = 1:4-1:8 text 'a\xE2\x80\xA8"
	       "b'\n"
	       " k = 2:4-2:4 text 'v'\n");
}

static void takes_scalars_as_the_core_schema_does(void **state)
{
	(void)state;
	expect("[~, null, True, on, yes, 1, 0x1F, 1_000, 1.5e3, .inf, 2024-01-01, 2024-13-01, "
	       "1.2.3,"
	       " '1', !!str 1, !!int '1', !reset x, 0o7, 0o8, 08, -, 2024-01-01T10:00:00Z]",
	       "1:1-1:158 [\n"
	       " 1:2-1:2 null '~'\n"
	       " 1:5-1:8 null 'null'\n"
	       " 1:11-1:14 bool 'True'\n"
	       " 1:17-1:18 text 'on'\n"
	       " 1:21-1:23 text 'yes'\n"
	       " 1:26-1:26 number '1'\n"
	       " 1:29-1:32 number '0x1F'\n"
	       " 1:35-1:39 number '1_000'\n"
	       " 1:42-1:46 number '1.5e3'\n"
	       " 1:49-1:52 number '.inf'\n"
	       " 1:55-1:64 date '2024-01-01'\n"
	       " 1:67-1:76 text '2024-13-01'\n"
	       " 1:79-1:83 text '1.2.3'\n"
	       " 1:86-1:88 text '1'\n"
	       " 1:97-1:97 tag:yaml.org,2002:str text '1'\n"
	       " 1:106-1:108 tag:yaml.org,2002:int number '1'\n"
	       " 1:118-1:118 !reset tagged 'x'\n"
	       " 1:121-1:123 number '0o7'\n"
	       " 1:126-1:128 text '0o8'\n"
	       " 1:131-1:132 number '08'\n"
	       " 1:135-1:135 text '-'\n"
	       " 1:138-1:157 date '2024-01-01T10:00:00Z'\n");
}

static void takes_what_is_too_large_for_a_number_for_a_text(void **state)
{
	(void)state;
	expect("[1e308, 1e309, 12e4567, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFFF, "
	       "-0x8000000000000001, 1_0e40_0, 0_x1, ._10, 99999999999999999999]",
	       "1:1-1:129 [\n"
	       " 1:2-1:6 number '1e308'\n"
	       " 1:9-1:13 text '1e309'\n"
	       " 1:16-1:22 text '12e4567'\n"
	       " 1:25-1:42 number '0xFFFFFFFFFFFFFFFF'\n"
	       " 1:45-1:63 text '0xFFFFFFFFFFFFFFFFF'\n"
	       " 1:66-1:84 text '-0x8000000000000001'\n"
	       " 1:87-1:94 text '1_0e40_0'\n"
	       " 1:97-1:100 number '0_x1'\n"
	       " 1:103-1:106 text '._10'\n"
	       " 1:109-1:128 number '99999999999999999999'\n");
}

static void shares_what_an_alias_means(void **state)
{
	(void)state;
	expect("a: &x {k: v}\nb: *x\n", "1:1-2:5 {\n"
					" a = 1:7-1:12 {\n"
					"  k = 1:11-1:11 text 'v'\n"
					" b = 1:7-1:12 {\n"
					"  k = 1:11-1:11 text 'v'\n");
}

static void reads_several_documents_that_share_their_anchors(void **state)
{
	(void)state;
	expect("a: 1\n---\n---\nb: 2\n",
	       "1:1-1:4 {\n a = 1:4-1:4 number '1'\n3:1-3:1 null ''\n4:1-4:4 {\n"
	       " b = 4:4-4:4 number '2'\n");
	expect("a: &x 1\n---\nb: *x\n", "1:1-1:7 {\n a = 1:7-1:7 number '1'\n"
					"3:1-3:5 {\n b = 1:7-1:7 number '1'\n");
	expect("a: 1\n---\nb: *x\n", "3:4: unknown alias 'x'\n");
	expect("", "");
}

/* As go-yaml reads them; libyaml takes none of these. */
static void leaves_words_in_brackets_the_colon_at_their_end(void **state)
{
	(void)state;
	expect("{A:, b: [c:, d], e: f:}", "1:1-1:23 {\n"
					  " A: = 1:4-1:4 null ''\n"
					  " b = 1:9-1:15 [\n"
					  "  1:10-1:11 text 'c:'\n"
					  "  1:14-1:14 text 'd'\n"
					  " e = 1:21-1:22 text 'f:'\n");
	expect("- &x [a\n  b:,\n \xC3\xA9:]\n- *x\n",
	       "1:1-4:4 [\n"
	       " 1:6-3:4 [\n  1:7-2:4 text 'a b:'\n  3:2-3:3 text '\xC3\xA9:'\n"
	       " 1:6-3:4 [\n  1:7-2:4 text 'a b:'\n  3:2-3:3 text '\xC3\xA9:'\n");
	expect("{a:, a:}", "1:6: duplicate key 'a:', first on line 1\n");
	expect("[a:, *b]", "1:6: unknown alias 'b'\n");
	expect("[a:, b:]\n---\n[c:]\n", "1:1-1:8 [\n 1:2-1:3 text 'a:'\n 1:6-1:7 text 'b:'\n"
					"3:1-3:4 [\n 3:2-3:3 text 'c:'\n");
	expect("[a:, b:[c]]", "1:7: found unexpected ':' while scanning a plain scalar\n");
	expect("[a:, 'b:, ",
	       "1:11: found unexpected end of stream while scanning a quoted scalar\n");
	expect_many("- [a:]\n", 17, "",
		    "17:5: found unexpected ':' while scanning a plain scalar\n");
}

static void trims_blocks_of_text(void **state)
{
	(void)state;
	expect("a: |\n  x\n  y\n\n\nb: !reset\nc:\n", "1:1-7:2 {\n"
						      " a = 1:4-3:3 text 'x\ny\n'\n"
						      " b = 6:10-6:10 !reset tagged ''\n"
						      " c = 7:3-7:3 null ''\n");
}

static void refuses_a_key_that_is_there_twice(void **state)
{
	(void)state;
	expect("a: 1\nb: 2\n'a': 3\n", "3:1: duplicate key 'a', first on line 1\n");
	expect("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n",
	       "4:3: duplicate key '<<', first on line 3\n");
	expect("[a]: 1\n", "1:1: a key must be a scalar\n");
}

static void refuses_a_cycle(void **state)
{
	(void)state;
	expect("&a [*a]\n", "1:5: alias 'a' stands inside its own anchor\n");
}

static void refuses_what_expands_to_too_much(void **state)
{
	(void)state;
	expect("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
	       "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
	       "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
	       "5:7: more than 100000 values where aliases are written out\n");
	expect("a: &a {x: 1}\nb: &b {<<: [*a,*a,*a,*a,*a,*a,*a,*a,*a]}\n"
	       "c: &c {<<: [*b,*b,*b,*b,*b,*b,*b,*b,*b]}\nd: &d {<<: "
	       "[*c,*c,*c,*c,*c,*c,*c,*c,*c]}\n"
	       "e: &e {<<: [*d,*d,*d,*d,*d,*d,*d,*d,*d]}\nf: &f {<<: "
	       "[*e,*e,*e,*e,*e,*e,*e,*e,*e]}\n"
	       "g: &g {<<: [*f,*f,*f,*f,*f,*f,*f,*f,*f]}\n",
	       "6:12: more than 100000 values where aliases are written out\n");
}

static void refuses_one_level_more_than_the_limit(void **state)
{
	(void)state;
	expect_many("[", 65, "", "1:65: nested more than 64 levels deep\n");
	expect_many("[", 1000000, "", "1:65: nested more than 64 levels deep\n");
	expect_many("- ", 500000, "", "1:129: nested more than 64 levels deep\n");
	expect_many("{\"\":[", 200000, "", "1:161: nested more than 64 levels deep\n");
}

static void refuses_a_flood_of_directives(void **state)
{
	(void)state;
	expect_many("%TAG !a! b\n", 20000, "--- a\n",
		    "17:1: more than 16 lines that begin with '%'\n");
}

static void refuses_a_flood_of_events(void **state)
{
	(void)state;
	expect_many("---\n", 40000, "", "33334:1: more than 100000 YAML events\n");
}

static void refuses_what_is_not_utf8(void **state)
{
	(void)state;
	expect_bytes("\xFF\xFE"
		     "a\0",
		     4, "1:1: not UTF-8\n");
	expect("a: b\nc: \xC0\xAF\n", "2:4: not UTF-8\n");
	expect("a: \"b\\0c\"\n", "1:4: a scalar holds a NUL character\n");
	expect_bytes("a: \0\n", 5, "1:4: control characters are not allowed\n");
}

static void says_where_a_text_is_no_yaml(void **state)
{
	(void)state;
	expect("a:\n\tb: 1\n", "2:1: found character that cannot start any token while scanning "
			       "for the next token\n");
	expect("a: [b\n", "2:1: did not find expected ',' or ']' while parsing a flow sequence\n");
}

static void merges_with_the_nearer_winning(void **state)
{
	static const char text[] = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\n"
				   "z:\n  <<: [*x, *y]\n  a: 3\nq: {'<<': 1}\nw: {<<: 1}\n";
	struct arena arena = { 0 };
	struct yaml_file file;
	struct buf out = { 0 };
	const struct yaml *root = NULL, *wrong = NULL;

	(void)state;
	yaml_read(&file, &arena, (struct text){ text, sizeof(text) - 1 });
	root = file.documents.items[0];
	dump(&out, yaml_merged(&arena, yaml_get(root, "z"), &wrong), 0);
	dump(&out, yaml_merged(&arena, yaml_get(root, "q"), &wrong), 0);
	assert_null(yaml_merged(&arena, yaml_get(root, "w"), &wrong));
	dump(&out, wrong, 0);
	assert_string_equal(buf_text(&out), "4:3-5:6 {\n"
					    " a = 5:6-5:6 number '3'\n"
					    " b = 1:17-1:17 number '1'\n"
					    " c = 2:17-2:17 number '2'\n"
					    "6:4-6:12 {\n"
					    " << = 6:11-6:11 number '1'\n"
					    "7:9-7:9 number '1'\n");
	buf_release(&out);
	arena_release(&arena);
}

static void marks_the_bytes_of_a_value(void **state)
{
	static const char text[] = "\xC3\xA9: !!str  &a \"d\xC3\xA9v\" # x\n";
	struct arena arena = { 0 };
	struct yaml_file file;
	const struct yaml *node = NULL;

	(void)state;
	yaml_read(&file, &arena, (struct text){ text, sizeof(text) - 1 });
	node = yaml_get(file.documents.items[0], "\xC3\xA9");
	assert_string_equal(arena_copy(&arena, text + node->start, node->end - node->start),
			    "\"d\xC3\xA9v\"");
	arena_release(&arena);
}

static void finds_every_key_of_many(void **state)
{
	static const char text[] = "{k0: v0, k1: v1, k2: v2, k3: v3, k4: v4, k5: v5, k6: v6, "
				   "k7: v7, k8: v8, k9: v9, k10: v10}";
	struct arena arena = { 0 };
	struct yaml_file file;

	(void)state;
	yaml_read(&file, &arena, (struct text){ text, sizeof(text) - 1 });
	for (int i = 0; i <= 10; i++)
		assert_string_equal(
			yaml_get(file.documents.items[0], arena_printf(&arena, "k%d", i))->value,
			arena_printf(&arena, "v%d", i));
	assert_null(yaml_get(file.documents.items[0], "k11"));
	arena_release(&arena);
	expect("{a: , b: , c: , d: , e: , f: , g: , h: , i: , j: , a: }",
	       "1:52: duplicate key 'a', first on line 1\n");
	expect("{a: , b: , c: , d: , e: , f: , g: , h: , i: , j: , i: }",
	       "1:52: duplicate key 'i', first on line 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_blocks_with_their_places),
		cmocka_unit_test(counts_code_points_and_ends_lines_at_line_feeds_alone),
		cmocka_unit_test(takes_scalars_as_the_core_schema_does),
		cmocka_unit_test(takes_what_is_too_large_for_a_number_for_a_text),
		cmocka_unit_test(shares_what_an_alias_means),
		cmocka_unit_test(reads_several_documents_that_share_their_anchors),
		cmocka_unit_test(leaves_words_in_brackets_the_colon_at_their_end),
		cmocka_unit_test(trims_blocks_of_text),
		cmocka_unit_test(refuses_a_key_that_is_there_twice),
		cmocka_unit_test(finds_every_key_of_many),
		cmocka_unit_test(refuses_a_cycle),
		cmocka_unit_test(refuses_what_expands_to_too_much),
		cmocka_unit_test(refuses_one_level_more_than_the_limit),
		cmocka_unit_test(refuses_a_flood_of_directives),
		cmocka_unit_test(refuses_a_flood_of_events),
		cmocka_unit_test(refuses_what_is_not_utf8),
		cmocka_unit_test(says_where_a_text_is_no_yaml),
		cmocka_unit_test(merges_with_the_nearer_winning),
		cmocka_unit_test(marks_the_bytes_of_a_value),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
