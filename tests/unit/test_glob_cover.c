#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/glob.h"
#include "base/glob_cover.h"
#include "base/map.h"

/* What the patterns match, each once and nothing twice: as many as there are paths, all of them. */
static void assert_exact(struct arena *arena, const struct strings *patterns,
			 const struct strings *paths)
{
	struct strings expanded = { 0 };
	struct map known = { 0 };

	vec_each (const char **, pattern, patterns) {
		assert_true(glob_is_valid(*pattern));
		glob_expand(&expanded, arena, *pattern);
	}
	assert_int_equal(expanded.count, paths->count);
	vec_each (const char **, path, &expanded)
		map_put(&known, arena, *path, arena);
	vec_each (const char *const *, path, paths)
		assert_non_null(map_get(&known, *path));
}

static void expect_cover(const char *wanted, const char *const *list)
{
	struct arena arena = { 0 };
	struct strings paths = { 0 }, patterns = { 0 };
	struct buf lines = { 0 };

	for (; *list; list++)
		*vec_add(&arena, &paths) = *list;
	glob_cover(&patterns, &arena, &paths);
	assert_exact(&arena, &patterns, &paths);
	vec_each (const char **, pattern, &patterns)
		buf_addf(&lines, "%s\n", *pattern);
	assert_string_equal(buf_text(&lines), wanted);
	buf_release(&lines);
	arena_release(&arena);
}

#define COVER(wanted, ...) expect_cover(wanted, (const char *const[]){ __VA_ARGS__, NULL })

static void leaves_alone_what_stands_alone(void **state)
{
	(void)state;
	expect_cover("", (const char *const[]){ NULL });
	COVER("a/b\n", "a/b");
	COVER("Dockerfile.dev\napi/Dockerfile.dev\n", "Dockerfile.dev", "api/Dockerfile.dev");
	COVER("a/b/c\na/d/e\n", "a/b/c", "a/d/e");
}

static void joins_what_differs_in_one_component(void **state)
{
	(void)state;
	COVER("api/Dockerfile.{dev,test}\n", "api/Dockerfile.dev", "api/Dockerfile.test");
	COVER("Dockerfile.{dev,prod,test}\n", "Dockerfile.dev", "Dockerfile.prod",
	      "Dockerfile.test");
	COVER("{api,web}/Dockerfile.dev\n", "api/Dockerfile.dev", "web/Dockerfile.dev");
	COVER("a/{x,y}/b/Dockerfile.dev\n", "a/x/b/Dockerfile.dev", "a/y/b/Dockerfile.dev");
}

static void keeps_names_whole_between_separators(void **state)
{
	(void)state;
	COVER("{debug,dev}.Dockerfile\n", "debug.Dockerfile", "dev.Dockerfile");
	COVER("Dockerfile.{debug,dev}\n", "Dockerfile.debug", "Dockerfile.dev");
	COVER("services/{s01,s02}/Dockerfile.ci\n", "services/s01/Dockerfile.ci",
	      "services/s02/Dockerfile.ci");
	COVER("Dockerfile.{dev,dev.old}\n", "Dockerfile.dev", "Dockerfile.dev.old");
	COVER("a.{,b}\n", "a.", "a.b");
	COVER("a-{1,2}-b\n", "a-1-b", "a-2-b");
	COVER("a.{b,b.b}\n", "a.b", "a.b.b");
}

static void multiplies_only_what_is_there_in_full(void **state)
{
	(void)state;
	COVER("{api,web}/Dockerfile.{dev,test}\n", "api/Dockerfile.dev", "api/Dockerfile.test",
	      "web/Dockerfile.dev", "web/Dockerfile.test");
	COVER("api/Dockerfile.{dev,test}\nweb/Dockerfile.dev\n", "api/Dockerfile.dev",
	      "api/Dockerfile.test", "web/Dockerfile.dev");
	COVER("{a,b,c}/Dockerfile.dev\na/Dockerfile.test\n", "a/Dockerfile.dev",
	      "a/Dockerfile.test", "b/Dockerfile.dev", "c/Dockerfile.dev");
}

static void does_not_part_at_a_comma_of_a_name(void **state)
{
	(void)state;
	COVER("{a,b}/x,y\na,b/x,y\n", "a/x,y", "b/x,y", "a,b/x,y");
}

static void stays_within_what_a_pattern_may_hold(void **state)
{
	struct arena arena = { 0 };
	struct strings paths = { 0 }, patterns = { 0 };
	struct buf deep = { 0 };

	(void)state;
	for (int i = 0; i < 2 * GLOB_ALTERNATIVES + 1; i++)
		*vec_add(&arena, &paths) = arena_printf(&arena, "services/%d/Dockerfile.dev", i);
	glob_cover(&patterns, &arena, &paths);
	assert_exact(&arena, &patterns, &paths);
	assert_int_equal(patterns.count, 3);

	patterns = (struct strings){ 0 };
	for (int i = 0; i < 2 * GLOB_ALTERNATIVES + 1; i++)
		*vec_add(&arena, &paths) = arena_printf(&arena, "services/%d/Dockerfile.ci", i);
	glob_cover(&patterns, &arena, &paths);
	assert_exact(&arena, &patterns, &paths);

	for (int i = 0; i < 2000; i++)
		buf_add(&deep, "a/");
	paths = (struct strings){ 0 };
	patterns = (struct strings){ 0 };
	for (int i = 0; i < 50; i++)
		*vec_add(&arena, &paths) = arena_printf(&arena, "%s%d", buf_text(&deep), i);
	glob_cover(&patterns, &arena, &paths);
	assert_exact(&arena, &patterns, &paths);
	assert_int_equal(patterns.count, 1);
	buf_release(&deep);
	arena_release(&arena);
}

static void knows_what_no_pattern_can_name(void **state)
{
	static const char *const no[] = { "", "a*b", "a?b", "{a", "a}", "{{a}}/b" };

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(glob_can_name(no[i]));
	assert_true(glob_can_name("a,b/[c] \"d\"\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_alone_what_stands_alone),
		cmocka_unit_test(joins_what_differs_in_one_component),
		cmocka_unit_test(keeps_names_whole_between_separators),
		cmocka_unit_test(multiplies_only_what_is_there_in_full),
		cmocka_unit_test(does_not_part_at_a_comma_of_a_name),
		cmocka_unit_test(stays_within_what_a_pattern_may_hold),
		cmocka_unit_test(knows_what_no_pattern_can_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
