#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "tests/support/compose.h"

#define FILES " +compose.yml +compose.override.yml\n"

/* What an override makes of the service of this text; the deciding value stands there. */
static void expect_merged(const char *expected, const char *below, const char *above)
{
	expect_compose(NULL, expected, "compose.yml", below, "compose.override.yml", above, NULL);
}

static const char below[] =
	"services: {a: {build: {context: x, dockerfile: D, target: t, args: [A=1, B=2], "
	"additional_contexts: [k=./k]}}}\n";

static void replaces_each_value_of_a_build(void **state)
{
	(void)state;
	expect_merged("compose.yml:1:59 a y y/D t A=1 B=2 @k" FILES, below,
		      "services: {a: {build: y}}\n");
	expect_merged("compose.yml:1:59 a x x/E t A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {dockerfile: E}}}\n");
	expect_merged("compose.override.yml:1:32 a x x/D u A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {target: u}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t A=3 B=2 C=4 @k" FILES, below,
		      "services: {a: {build: {args: {A: 3, C: 4}}}}\n");
	expect_merged("compose.override.yml:1:33 a y - -" FILES,
		      "services: {a: {build: {context: x, dockerfile_inline: FROM a}}}\n",
		      "services: {a: {build: {context: y, dockerfile_inline: FROM b}}}\n");
}

static void keeps_a_build_below_null(void **state)
{
	static const char *const nothing[] = {
		"services: {a: }\n",
		"services: {a: {image: i, build: }}\n",
		"services: {a: {build: {context: }}}\n",
		"services: {a: {build: {dockerfile: }}}\n",
		"services: {a: {build: {target: }}}\n",
		"services: {a: {build: {args: }}}\n",
		"services: {a: {build: {additional_contexts: }}}\n",
		"services: {a: {image: i}}\n",
		"# nothing\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		expect_merged("compose.yml:1:59 a x x/D t A=1 B=2 @k" FILES, below, nothing[i]);
	expect_merged("compose.yml:1:33 a x - -" FILES,
		      "services: {a: {build: {context: x, dockerfile_inline: FROM a}}}\n",
		      "services: {a: {build: {dockerfile_inline: }}}\n");
}

/* Docker Compose drops what is neither text nor mapping where something lies below. */
static void keeps_a_build_below_a_wrong_type(void **state)
{
	static const char *const wrong[] = {
		"services: {a: {build: [y]}}\n",
		"services: {a: {build: 1}}\n",
		"services: {a: {build: {args: text}}}\n",
		"services: {a: {build: {args: {A: [1]}}}}\n",
		"services: {a: {build: {additional_contexts: 1}}}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		expect_merged("compose.yml:1:59 a x x/D t A=1 B=2 @k" FILES, below, wrong[i]);
}

static void drops_what_lies_below_a_reset(void **state)
{
	(void)state;
	expect_merged("compose.yml:1:59 a . D t A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {context: !reset null}}}\n");
	expect_merged("compose.yml:1:59 a x x/Dockerfile t A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {dockerfile: !reset null}}}\n");
	expect_merged("compose.yml:1:48 a x x/D - A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {target: !reset null}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t @k" FILES, below,
		      "services: {a: {build: {args: !reset null}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t A=1 B=2" FILES, below,
		      "services: {a: {build: {additional_contexts: !reset null}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t A=1 @k" FILES, below,
		      "services: {a: {build: {args: {B: !reset null}}}}\n");
	expect_merged("compose.yml:1:33 a x x/Dockerfile -" FILES,
		      "services: {a: {build: {context: x, dockerfile_inline: FROM a}}}\n",
		      "services: {a: {build: {dockerfile_inline: !reset null}}}\n");
	expect_merged("", below, "services: {a: {image: i, build: !reset null}}\n");
	expect_merged("", below, "services: {a: !reset null}\n");
	expect_merged("", below, "services: !reset null\n");
}

static void puts_an_override_in_the_place_of_what_lies_below(void **state)
{
	(void)state;
	expect_merged("compose.override.yml:1:42 a x x/D u A=1 B=2 @k" FILES, below,
		      "services: {a: {build: {target: !override u}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t C=3 @k" FILES, below,
		      "services: {a: {build: {args: !override [C=3]}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t A=1 B=2 @n" FILES, below,
		      "services: {a: {build: {additional_contexts: !override [n=./n]}}}\n");
	expect_merged("compose.override.yml:1:42 a . Dockerfile u" FILES, below,
		      "services: {a: {build: !override {target: u}}}\n");
	expect_merged("compose.override.yml:1:42 a . Dockerfile u" FILES, below,
		      "services: {a: !override {build: {target: u}}}\n");
	expect_merged("compose.override.yml:1:42 b . Dockerfile u" FILES, below,
		      "services: !override {b: {build: {target: u}}}\n");
	/* What is wrong is not dropped then. */
	expect_merged("compose.override.yml:1:40: 'args' must be a mapping or a list, not a tagged "
		      "value\n",
		      below, "services: {a: {build: {args: !override C}}}\n");
}

/* But names and items are refused whatever lies below. */
static void refuses_a_wrong_name_over_a_list(void **state)
{
	(void)state;
	expect_merged("compose.override.yml:1:31: a name in 'args' must be a string, not a "
		      "number\n",
		      below, "services: {a: {build: {args: {1: b}}}}\n");
	expect_merged("compose.override.yml:1:31: an item of 'args' must be a string, not a "
		      "number\n",
		      below, "services: {a: {build: {args: [1]}}}\n");
}

static void refuses_a_service_that_is_no_mapping(void **state)
{
	(void)state;
	expect_merged("compose.override.yml:1:12: service 'a' must be a mapping, not a list\n",
		      below, "services: {a: [b]}\n");
	expect_merged("compose.yml:1:12: service 'a' must be a mapping, not a string\n",
		      "services: {a: b}\n", "services: {a: {build: x}}\n");
}

/* Each file is checked before the next is laid over it. */
static void refuses_what_is_wrong_whatever_lies_above(void **state)
{
	static const char *const wrong[][2] = {
		{ "[x]", "compose.yml:1:16: 'build' must be a string or a mapping, not a list\n" },
		{ "{context: 1}", "compose.yml:1:33: 'context' must be a string, not a number\n" },
		{ "{dockerfile: 1}",
		  "compose.yml:1:36: 'dockerfile' must be a string, not a number\n" },
		{ "{target: 1}", "compose.yml:1:32: 'target' must be a string, not a number\n" },
		{ "{dockerfile_inline: 1}",
		  "compose.yml:1:43: 'dockerfile_inline' must be a string, not a number\n" },
		{ "{args: 1}",
		  "compose.yml:1:30: 'args' must be a mapping or a list, not a number\n" },
		{ "{additional_contexts: 1}",
		  "compose.yml:1:45: 'additional_contexts' must be a mapping or a list, not a "
		  "number\n" },
	};
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "services: {a: {build: %s}}\n", wrong[i][0]);
		expect_merged(wrong[i][1], text, "services: {a: !override {build: x}}\n");
	}
}

static void says_what_is_wrong_where_it_stands(void **state)
{
	(void)state;
	/* not where it is extended */
	expect_compose(NULL, "compose.yml:2:3: service 'b' must be a mapping, not a list\n",
		       "compose.yml", "services:\n  b: []\n  a: {extends: b, build: x}\n", NULL);
	expect_compose(NULL, "compose.yml:2:7: 'build' must be a string or a mapping, not a list\n",
		       "compose.yml", "services:\n  b: {build: []}\n  a: {extends: b, build: x}\n",
		       NULL);
}

static void knows_nothing_of_what_extends_the_unknown(void **state)
{
	static const char unknown[] = "services: {a: {extends: $V, build: x}}\n";

	(void)state;
	expect_merged("compose.yml:1? variable 'V' has no value\n", unknown,
		      "services: {a: {build: {target: t}}}\n");
	expect_merged("compose.override.yml:1? variable 'V' has no value\n",
		      "services: {a: {build: {target: t}}}\n", unknown);
	expect_merged("compose.override.yml:1:33 a y y/Dockerfile -" FILES
		      "compose.yml:1? variable 'V' has no value\n",
		      unknown, "services: {a: !override {build: y}}\n");
	expect_compose(NULL, "compose.yml:3? variable 'V' has no value\n", "compose.yml",
		       "services:\n  a: {extends: b, build: x}\n  b: {extends: $V}\n", NULL);
}

/* A file stands alone where each of its services is complete, in whichever of its documents. */
static void finds_an_image_in_any_document(void **state)
{
	static const char *const images[] = {
		"services: {b: {image: i}}\n---\nservices: {b: {command: c}}\n",
		"services: {b: {command: c}}\n---\nservices: {b: {image: i}}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(images) / sizeof(images[0]); i++)
		expect_compose(NULL, "compose.yml:1:23 b x x/Dockerfile -\n", "compose.yml",
			       "services: {b: {build: x}}\n", "compose.dev.yml", images[i], NULL);
}

static void merges_a_service_over_the_one_it_extends(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:63 b x x/D t A=1\n"
		       "compose.yml:2:63 a y y/D t A=2\n",
		       "compose.yml",
		       "services:\n"
		       "  b: {build: {context: x, dockerfile: D, args: [A=1], target: t}}\n"
		       "  a: {extends: b, build: {context: y, args: [A=2]}}\n",
		       NULL);
}

/* What a service clears, another that extends it or an include of it does not. */
static void clears_nothing_for_another(void **state)
{
	static const char *const clearing[] = {
		"{image: i, build: !override {args: [C=3]}}",
		"!override {image: i, build: {args: [C=3]}}",
		"{image: i, build: {args: !override [C=3]}}",
		"{image: i, build: {args: {A: !reset x, C: 3}}}",
		/* In parentheses, since it is one text of two. */
		("{image: i, build: {context: !reset y, dockerfile: !reset E, target: !reset u, "
		 "dockerfile_inline: !reset F, additional_contexts: !reset [], args: [C=3]}}"),
	};
	char text[300];

	(void)state;
	for (size_t i = 0; i < sizeof(clearing) / sizeof(clearing[0]); i++) {
		snprintf(text, sizeof(text), "services: {b: %s}\n", clearing[i]);
		expect_compose(NULL, "compose.yml:1:59 a x x/D t A=1 B=2 C=3 @k" FILES,
			       "compose.yml", below, "compose.override.yml",
			       "services: {a: {extends: {file: s/b.yml, service: b}}}\n", "s/b.yml",
			       text, NULL);
		snprintf(text, sizeof(text), "services: {a: %s}\n", clearing[i]);
		expect_compose(NULL, "compose.yml:1:59 a . D t A=1 B=2 C=3 @k" FILES, "compose.yml",
			       below, "compose.override.yml", "include: [a.yml]\n", "a.yml", text,
			       NULL);
	}
	expect_merged("compose.yml:1:59 a x x/D t A=1 B=2 C=3 @k" FILES
		      "compose.override.yml:1:33 b . Dockerfile - C=3" FILES,
		      below,
		      "services: {a: {extends: b}, b: {build: {context: !reset y, target: !reset "
		      "u, args: !override [C=3], additional_contexts: !reset []}}}\n");
	expect_merged("compose.yml:1:59 a x x/D t A=1 B=2 @k" FILES
		      "compose.override.yml:1:33 b . Dockerfile -" FILES,
		      below, "services: {a: {extends: b}, b: {build: {args: {A: !reset x}}}}\n");
}

/* What a service extends is of its own file: the file above may extend another. */
static void extends_in_each_file(void **state)
{
	(void)state;
	expect_merged("compose.override.yml:1:73 a x x/D u" FILES
		      "compose.yml:1:59 b . Dockerfile t" FILES
		      "compose.override.yml:1:73 c . Dockerfile u" FILES,
		      "services: {a: {extends: b, build: x}, b: {build: {target: t}}}\n",
		      "services: {a: {extends: c, build: {dockerfile: D}}, c: {build: {target: "
		      "u}}}\n");
}

/* What "{service}" becomes where x-a and x-b say these. */
static void expect_merge_key(const char *service, const char *expected)
{
	static const char text[] = "x-a: &a {build: {context: x, target: t}}\n"
				   "x-b: &b {build: {context: y}, image: i}\n"
				   "x-c: &c {<<: *a, image: i}\n"
				   "x-d: &d {k1: 1, k2: 2, k3: 3, k4: 4, k5: 5, k6: 6, k7: 7, k8: "
				   "8, k9: 9, build: x}\n"
				   "x-e: &e {<<: [1], build: x}\n"
				   "x-f: &f {build: !reset x}\n"
				   "services: {s: %s}\n";
	char full[600];

	snprintf(full, sizeof(full), text, service);
	expect_compose(NULL, expected, "compose.yml", full, NULL);
}

static void takes_what_merge_keys_bring(void **state)
{
	static const char a[] = "compose.yml:1:38 s x x/Dockerfile t\n";

	(void)state;
	expect_merge_key("{<<: *a}", a);
	expect_merge_key("{! <<: *a}", a);
	expect_merge_key("{!!merge <<: *a}", a);
	expect_merge_key("{<<: [*a, *b]}", a);
	expect_merge_key("{<<: *c, image: j}", a);
	expect_merge_key("{<<: *f, build: &z {target: t, context: x}, image: i}",
			 "compose.yml:7:43 s x x/Dockerfile t\n");
	expect_merge_key("{<<: [*b, *a]}", "compose.yml:2:27 s y y/Dockerfile -\n");
	expect_merge_key("{<<: *d}", "compose.yml:4:80 s x x/Dockerfile -\n");
	expect_merge_key("{<<: *d, k7: 8, build: z}", "compose.yml:7:38 s z z/Dockerfile -\n");
	/* none of these is a merge key */
	expect_merge_key("{'<<': *a, image: i}", "");
	expect_merge_key("{!!str <<: *a, image: i}", "");
	expect_merge_key("{<<: [], image: i}", "");
	expect_merge_key("{<<: *f, image: i}", "");
	expect_merge_key("{<<: *f, build: !reset y, image: i}", "");
	expect_merge_key(
		"{<<: [*a, 1]}",
		"compose.yml:7:25: '<<' takes a mapping or a list of mappings, not a number\n");
	expect_merge_key(
		"{<<: *e}",
		"compose.yml:5:15: '<<' takes a mapping or a list of mappings, not a number\n");
	expect_merge_key(
		"{<<: }",
		"compose.yml:7:20: '<<' takes a mapping or a list of mappings, not null\n");
}

/* A service 'a' with so many items in a list, named from here on. */
static const char *text_of(struct arena *arena, const char *list, int first, int count)
{
	struct buf text = { 0 };
	const char *result = NULL;

	buf_addf(&text, "services:\n a:\n  build:\n   %s\n", list);
	for (int i = first; i < first + count; i++)
		buf_addf(&text, "    K%d: v\n", i);
	result = arena_string(arena, buf_text(&text));
	buf_release(&text);
	return result;
}

/* They count together, whichever files they stand in. */
static void limits_the_lists_of_merged_builds(void **state)
{
	static const int counts[][2] = { { 1, MAX_COMPOSE_ITEMS + 1 },
					 { MAX_COMPOSE_ITEMS + 1, 1 },
					 { MAX_COMPOSE_ITEMS / 2, MAX_COMPOSE_ITEMS / 2 + 1 } };
	static const char refused[] = "'build' has more than 1000 arguments or contexts";
	struct arena arena = { 0 };
	const char *expected = arena_printf(&arena, "compose.override.yml:3:3: %s\n", refused);

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		expect_compose(NULL, expected, "compose.yml",
			       text_of(&arena, "args:", 0, counts[i][0]), "compose.override.yml",
			       text_of(&arena, "args:", counts[i][0], counts[i][1]), NULL);
	expect_compose(NULL, arena_printf(&arena, "compose.yml:3:3: %s\n", refused), "compose.yml",
		       text_of(&arena, "args: !override", 0, MAX_COMPOSE_ITEMS + 1), NULL);
	expect_compose(NULL, arena_printf(&arena, "compose.yml:3:3: %s\n", refused), "compose.yml",
		       text_of(&arena, "additional_contexts:", 0, MAX_COMPOSE_ITEMS + 1), NULL);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_each_value_of_a_build),
		cmocka_unit_test(keeps_a_build_below_null),
		cmocka_unit_test(keeps_a_build_below_a_wrong_type),
		cmocka_unit_test(drops_what_lies_below_a_reset),
		cmocka_unit_test(puts_an_override_in_the_place_of_what_lies_below),
		cmocka_unit_test(refuses_a_wrong_name_over_a_list),
		cmocka_unit_test(refuses_a_service_that_is_no_mapping),
		cmocka_unit_test(refuses_what_is_wrong_whatever_lies_above),
		cmocka_unit_test(says_what_is_wrong_where_it_stands),
		cmocka_unit_test(knows_nothing_of_what_extends_the_unknown),
		cmocka_unit_test(finds_an_image_in_any_document),
		cmocka_unit_test(merges_a_service_over_the_one_it_extends),
		cmocka_unit_test(clears_nothing_for_another),
		cmocka_unit_test(extends_in_each_file),
		cmocka_unit_test(takes_what_merge_keys_bring),
		cmocka_unit_test(limits_the_lists_of_merged_builds),
	};

	return cmocka_run_group_tests_name("merges of compose files", tests, NULL, NULL);
}
