#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/directives.h"
#include "syntax/slice.h"

static struct text text_of(const char *bytes)
{
	return (struct text){ bytes, strlen(bytes) };
}

/* The escape character, the line of the last directive and that of a bad check; or the error. */
static void expect(const char *text, const char *expected)
{
	struct arena arena = { 0 };
	struct directives directives = { 0 };

	directives_read(&directives, &arena, text_of(text));
	assert_string_equal(
		directives.error
			? arena_printf(&arena, "%u: %s", directives.error_line, directives.error)
			: arena_printf(&arena, "%c %u %u", directives.escape_character,
				       directives.last_line, directives.bad_check),
		expected);
	arena_release(&arena);
}

static void reads_directives_until_there_is_none(void **state)
{
	(void)state;
	expect("", "\\ 0 0");
	expect("FROM a\n", "\\ 0 0");
	expect("# escape=`\nFROM a\n", "` 1 0");
	expect("#escape=\\\r\n", "\\ 1 0");
	expect("  # \t\f ESCAPE \t = \t ` \t\r\n", "` 1 0");
	expect("# syntax=a/b\n# escape=`\n# check=skip=all\n", "` 3 0");
	expect("\xEF\xBB\xBF# escape=`\n", "` 1 0");
	expect("# a comment\n# escape=`\n", "\\ 0 0");
	expect("# other=x\n# escape=`\n", "\\ 0 0");
	expect("# e5cape=`\n", "\\ 0 0");
	expect("# 5=`\n", "\\ 0 0");
	expect("# escape`\n", "\\ 0 0");
	expect("# escape=\n", "\\ 0 0");
	expect("# escape \n", "\\ 0 0");
	expect("\n# escape=`\n", "\\ 0 0");
	expect("# =`\n", "\\ 0 0");
}

static void refuses_wrong_directives(void **state)
{
	(void)state;
	expect("# escape=x\n", "1: the directive 'escape' takes a backslash or a backtick");
	expect("# escape=``\n", "1: the directive 'escape' takes a backslash or a backtick");
	expect("# escape= \n", "1: the directive 'escape' takes a backslash or a backtick");
	expect("# escape=`\n# escape=`\n", "2: the directive 'escape' stands there twice");
	expect("# syntax=a\n# SYNTAX=b\n", "2: the directive 'syntax' stands there twice");
}

static void tells_a_wrong_check(void **state)
{
	(void)state;
	expect("# check=skip=all;error=true\n", "\\ 1 0");
	expect("# check=error=T\n", "\\ 1 0");
	expect("# check= skip=A,B ;x\n", "\\ 1 0");
	expect("# check=experimental=all;skip=x\n", "\\ 1 0");
	expect("# check=error=yes\n", "\\ 1 1");
	expect("# check=error\n", "\\ 1 1");
	expect("# check=other=x\n", "\\ 1 1");
	expect("# check=skip=a;\n", "\\ 1 1");
	expect("# check=;skip=a\n", "\\ 1 1");
	expect("# syntax=a\n# check=x\n", "\\ 2 2");
	expect("#!/bin/sh\n# check=x\n", "\\ 0 2");
	expect("# a comment\n# check=x\n", "\\ 0 0");
	expect("# escape=`\n# escape=`\n", "2: the directive 'escape' stands there twice");
}

static void expect_foreign(const char *text, const char *expected)
{
	struct arena arena = { 0 };
	struct directive image = { 0 };
	bool found = directives_foreign(&image, &arena, text_of(text));

	assert_string_equal(found ? arena_printf(&arena, "%u: %s", image.line,
						 slice_string(&arena, image.value))
				  : "-",
			    expected);
	arena_release(&arena);
}

static void knows_who_reads_the_file_in_place_of_docker(void **state)
{
	(void)state;
	expect_foreign("FROM a\n", "-");
	expect_foreign("# syntax=x/y\n", "1: x/y");
	expect_foreign("#!/bin/y\n# syntax=x/y\n", "2: x/y");
	expect_foreign("// syntax=x/y\n", "1: x/y");
	expect_foreign("{\"syntax\": \"x/y\"}\n", "1: x/y");
	expect_foreign("{\"syntax\": 1}\n", "-");
	expect_foreign("{\"a\": \"x/y\"}\n", "-");
	expect_foreign("# escape=`\n# syntax=x/y\n", "2: x/y");
	expect_foreign("# escape=`\n# escape=`\n# syntax=x/y\n", "-");
	expect_foreign("# a comment\n# syntax=x/y\n", "-");
}

static void knows_the_frontend_of_docker(void **state)
{
	(void)state;
	expect_foreign("# syntax=docker/dockerfile\n", "-");
	expect_foreign("# syntax=docker/dockerfile:1\n", "-");
	expect_foreign("# syntax=docker/dockerfile:1.7-labs x\n", "-");
	expect_foreign("# syntax=docker/dockerfile:1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e"
		       "4649b934ca495991b7852b855\n",
		       "-");
	expect_foreign("# syntax=index.docker.io/docker/dockerfile:1\n", "-");
	expect_foreign("# syntax=docker/dockerfile@sha256:0\n", "1: docker/dockerfile@sha256:0");
	expect_foreign("# syntax=docker/dockerfile:1;\n", "1: docker/dockerfile:1;");
	expect_foreign("{\"syntax\": \"docker/dockerfile:1 x\"}\n", "1: docker/dockerfile:1 x");
	expect_foreign("# syntax=registry-1.docker.io/docker/dockerfile\n",
		       "1: registry-1.docker.io/docker/dockerfile");
	expect_foreign("# syntax=docker.io/docker/dockerfile:1\n", "-");
	expect_foreign("# syntax=docker/dockerfile-upstream:master\n", "-");
	expect_foreign("# syntax=docker/dockerfile-upstream\n", "-");
	expect_foreign("# syntax=docker/dockerfiles:1\n", "1: docker/dockerfiles:1");
	expect_foreign("# syntax=docker.io/dockerfile:1\n", "1: docker.io/dockerfile:1");
	expect_foreign("# syntax=x/docker/dockerfile:1\n", "1: x/docker/dockerfile:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_directives_until_there_is_none),
		cmocka_unit_test(refuses_wrong_directives),
		cmocka_unit_test(tells_a_wrong_check),
		cmocka_unit_test(knows_who_reads_the_file_in_place_of_docker),
		cmocka_unit_test(knows_the_frontend_of_docker),
	};

	return cmocka_run_group_tests_name("directives", tests, NULL, NULL);
}
