#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "tests/support/compose.h"

static void says_what_is_extended_that_cannot_be_known(void **state)
{
	(void)state;
	expect_compose(NULL, "compose.yml:1? invalid interpolation format in '${'\n", "compose.yml",
		       "services: {a: {extends: '${', build: y}}\n", NULL);
	expect_compose(NULL, "compose.yml:1? invalid interpolation format in '${x'\n",
		       "compose.yml",
		       "services: {a: {extends: {service: b, file: '${x'}, build: y}}\n", NULL);
	expect_compose(NULL,
		       "compose.yml:1:44 a x x/Dockerfile t\n"
		       "compose.yml:1:44 b y y/Dockerfile t\n"
		       "compose.yml:2:33 c z z/Dockerfile -\n",
		       "compose.yml",
		       "services: {a: {build: {context: x, target: t}}, b: {extends: {service: a, "
		       "file: }, build: y},\n  c: {extends: !reset a, build: z}}\n",
		       NULL);
}

/* One fault of its own, and nothing is said of what would have been there. */
static void says_once_that_nothing_can_be_merged(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "<<: 1\nservices: {a: {build: x}}\n", "1:5" },
		{ "services: {<<: 1, a: {build: x}}\n", "1:16" },
		{ "services: {a: {<<: 1, build: x}}\n", "1:20" },
		{ "services: {a: {<<: 1, build: x}, b: {extends: a, build: y}}\n", "1:20" },
		{ "services: {a: {build: {<<: 1, context: x}}}\n", "1:28" },
		{ "services: {a: {extends: {<<: 1, service: b}, build: x}}\n", "1:30" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_compose(NULL,
			       arena_printf(&arena,
					    "compose.yml:%s: '<<' takes a mapping or a list of "
					    "mappings, not a number\n",
					    cases[i].expected),
			       "compose.yml", cases[i].text, NULL);
	arena_release(&arena);
}

static void limits_how_far_services_extend(void **state)
{
	struct buf text = { 0 }, longer = { 0 };

	(void)state;
	buf_add(&text, "services:\n  s0: {build: .}\n");
	for (int i = 1; i <= 16; i++)
		buf_addf(&text, "  s%d: {extends: s%d, build: !reset null}\n", i, i - 1);
	expect_compose(NULL, "compose.yml:2:15 s0 . Dockerfile -\n", "compose.yml", buf_text(&text),
		       NULL);
	buf_add(&longer, buf_text(&text));
	buf_add(&longer, "  s17: {extends: s16, build: x}\n");
	expect_compose(NULL,
		       "compose.yml:2:15 s0 . Dockerfile -\n"
		       "compose.yml:19:18: service 's17' extends more than 16 others in a row\n",
		       "compose.yml", buf_text(&longer), NULL);
	buf_release(&text);
	buf_release(&longer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_extended_that_cannot_be_known),
		cmocka_unit_test(says_once_that_nothing_can_be_merged),
		cmocka_unit_test(limits_how_far_services_extend),
	};

	return cmocka_run_group_tests_name("services that extend others", tests, NULL, NULL);
}
