#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/drift.h"
#include "model/stages.h"

static void expect_told(const char *one, const char *other, const char *told)
{
	struct arena arena = { 0 };
	struct dockerfile left = { .path = "a" }, right = { .path = "b" };

	dockerfile_read(&left, &arena, (struct text){ one, strlen(one) });
	dockerfile_read(&right, &arena, (struct text){ other, strlen(other) });
	assert_string_equal(drift_told(&arena, &left, &right), told);
	arena_release(&arena);
}

static void says_where_two_files_part(void **state)
{
	(void)state;
	expect_told(
		"FROM node:16\nRUN a\nCMD [\"x\"]\n", "FROM node:16\n# why\nRUN a\nCOPY . .\n",
		"; the first 2 instructions are the same, then line 3 has 'CMD [\"x\"]' and line 4 "
		"there 'COPY . .'");
	expect_told("FROM node:16\nRUN a\n", "FROM node:16\nRUN b\n",
		    "; the first instruction is the same, then line 2 has 'RUN a' and line 2 there "
		    "'RUN b'");
}

static void says_that_a_file_only_repeats_the_beginning(void **state)
{
	(void)state;
	expect_told("from node:16\nrun a\n", "FROM node:16 AS base\nRUN \\\n  a\nCMD x\n",
		    "; it only repeats the first 2 instructions of it, so a stage 'base' would do");
	expect_told("FROM node:16\nCMD x\n", "FROM node:16\n",
		    "; it repeats all of it and goes on in line 2 with 'CMD x'");
}

static void says_that_files_are_the_same_or_have_nothing_in_common(void **state)
{
	(void)state;
	expect_told("FROM a\nRUN x\n", "FROM a\n\n# so\nRUN x",
		    "; both hold the same instructions");
	expect_told("FROM a\n", "# b\nFROM b\n",
		    "; they differ from the first instruction on: line 1 has 'FROM a' and line 2 "
		    "there 'FROM b'");
	expect_told("FROM --platform=linux/amd64 a\n", "FROM a\n",
		    "; they differ from the first instruction on: line 1 has 'FROM "
		    "--platform=linux/amd64 a' and line 1 there 'FROM a'");
	expect_told("FROM a\nRUN x\n", "FROM a\nRUN <<E\n", "");
}

static void compares_the_bodies_of_heredocs(void **state)
{
	(void)state;
	expect_told("FROM a\nRUN <<E\nx\n  x y\nE\n", "FROM a\nRUN <<E\nx\n  x z\nE\n",
		    "; the first instruction is the same, then line 4 has 'x y' and line 4 there "
		    "'x z'");
	expect_told("FROM a\nRUN <<E\nx\nE\n", "FROM a\nRUN <<E\nx\nz\nE\n",
		    "; the first instruction is the same, then line 4 has 'E' and line 4 there "
		    "'z'");
	expect_told("FROM a\nRUN \\\n # why\n <<E\nx\nE\n", "FROM a\nRUN \\\n <<E\nx\nE\n",
		    "; both hold the same instructions");
}

static void shows_a_part_of_a_long_instruction(void **state)
{
	static const char text[] = "0123456789012345678901234567890123456789";
	char one[300], other[300];

	(void)state;
	snprintf(one, sizeof(one), "FROM a\nRUN %s%s\n", text, text);
	expect_told(one, "FROM a\n",
		    "; it repeats all of it and goes on in line 2 with 'RUN "
		    "01234567890123456789012345678901234567890123456789012345...'");
	snprintf(one, sizeof(one), "FROM a\nRUN %s \\\n\t&& b %s\n", text, text);
	snprintf(other, sizeof(other), "FROM a\nRUN %s \\\n\t&& c\n", text);
	expect_told(
		one, other,
		"; the first instruction is the same, then line 2 has '...1234567890123456789 && "
		"b 0123456789012345678901234567890123...' and line 2 there "
		"'...1234567890123456789 && c'");
	expect_told("FROM a\nRUN b  c\n", "FROM a\nRUN b c\n",
		    "; the first instruction is the same, then line 2 has other white space than "
		    "line 2 there");
}

/* What the builder does not know is compared as it stands. */
static void compares_what_is_no_instruction(void **state)
{
	(void)state;
	expect_told("FROM a\nX y\n", "FROM a\nX y\n", "; both hold the same instructions");
	expect_told("FROM a\nX y\n", "FROM a\nX z\n",
		    "; the first instruction is the same, then line 2 has 'X y' and line 2 there "
		    "'X z'");
	expect_told("FROM a\nX y\n", "FROM a\nRUN y\n",
		    "; the first instruction is the same, then line 2 has 'X y' and line 2 there "
		    "'RUN y'");
	expect_told("# syntax=a/b\n", "FROM a\n", "");
	expect_told("FROM a\n", "# syntax=a/b\n", "");
	expect_told("FROM a\nRUN <<E\n", "FROM a\n", "");
}

static void compares_flags_as_they_are_written(void **state)
{
	(void)state;
	expect_told("FROM a\nCOPY --link x y\n", "FROM a\nCOPY --link x y\n",
		    "; both hold the same instructions");
	expect_told("FROM a\nCOPY x y\n", "FROM a\nCOPY --link x y\n",
		    "; the first instruction is the same, then line 2 has 'COPY x y' and line 2 "
		    "there 'COPY --link x y'");
	expect_told("FROM a\tAS b\nRUN x\n", "FROM a\nRUN x\n",
		    "; both hold the same instructions");
}

/* No character is cut through. */
static void cuts_between_characters(void **state)
{
	static const char fifty[] = "01234567890123456789012345678901234567890123456789";
	char one[300], other[300];

	(void)state;
	snprintf(one, sizeof(one), "FROM a\nRUN 12345%s\xC3\xA9z\n", fifty);
	expect_told(one, "FROM a\n",
		    "; it repeats all of it and goes on in line 2 with 'RUN "
		    "1234501234567890123456789012345678901234567890123456789...'");
	snprintf(one, sizeof(one),
		 "FROM a\nRUN %s\xC3\xA9"
		 "12345678901234567890123x%s\n",
		 fifty, fifty);
	snprintf(other, sizeof(other),
		 "FROM a\nRUN %s\xC3\xA9"
		 "12345678901234567890123y\n",
		 fifty);
	expect_told(one, other,
		    "; the first instruction is the same, then line 2 has "
		    "'...\xC3\xA9"
		    "12345678901234567890123x0123456789012345678901234567890123...' and line 2 "
		    "there '...\xC3\xA9"
		    "12345678901234567890123y'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_where_two_files_part),
		cmocka_unit_test(says_that_a_file_only_repeats_the_beginning),
		cmocka_unit_test(says_that_files_are_the_same_or_have_nothing_in_common),
		cmocka_unit_test(compares_what_is_no_instruction),
		cmocka_unit_test(compares_flags_as_they_are_written),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(compares_the_bodies_of_heredocs),
		cmocka_unit_test(shows_a_part_of_a_long_instruction),
	};

	return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}
