#include "model/waiver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "rules/rules.h"
#include "tests/support/memory.h"

static void knows_the_days_of_the_calendar(void **state)
{
	static const char *const days[] = { "2027-03-31", "2024-02-29", "2000-02-29",
					    "0000-01-01", "9999-12-31", "2027-12-01" };
	static const char *const others[] = {
		"",           "2027-02-29", "1900-02-29", "2027-00-01", "2027-13-01",
		"2027-01-00", "2027-04-31", "2027-1-01",  "2027-01-1",  "2027-01-011",
		"2027/01/01", "-027-01-01", "2027-01-1x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		assert_true(date_is_valid(days[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(date_is_valid(others[i]));
}

static void counts_the_days_between(void **state)
{
	static const struct {
		const char *from, *to;
		long days;
	} cases[] = {
		{ "2027-03-31", "2027-03-31", 0 },       { "2027-03-31", "2027-04-01", 1 },
		{ "2027-12-31", "2028-01-01", 1 },       { "2028-02-28", "2028-03-01", 2 },
		{ "2027-02-28", "2027-03-01", 1 },       { "2027-01-01", "2028-01-01", 365 },
		{ "2028-01-01", "2029-01-01", 366 },     { "1900-01-01", "1901-01-01", 365 },
		{ "2000-01-01", "2001-01-01", 366 },     { "1970-01-01", "2026-11-24", 20781 },
		{ "0000-01-01", "9999-12-31", 3652424 }, { "2027-04-01", "2027-03-31", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(date_days(cases[i].from, cases[i].to), cases[i].days);
}

/* What a policy waives of a broken rule, by path and subject: the reason. */
static const char *reason(const struct policy *policy, const char *path, const char *subject)
{
	const struct policy_waiver *waiver =
		waiver_find(policy, &rule_unknown_stage, path, subject);

	return waiver ? waiver->reason : "none";
}

static void finds_the_first_waiver_that_holds(void **state)
{
	static const char text[] =
		"waivers:\n"
		"  - {rule: unused-stage, path: \"a/**\", reason: other}\n"
		"  - {rule: unknown-stage, path: a/b.yml, reason: old, expires: 2027-01-31}\n"
		"  - {rule: unknown-stage, path: a/b.yml, subject: web, reason: named}\n"
		"  - {rule: unknown-stage, path: \"{a,c}/*.yml\", reason: wide}\n";
	struct arena arena = { 0 };
	struct policy policy = { 0 };

	(void)state;
	failure_clear();
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ text, strlen(text) }, "p", rules), 0);
	assert_string_equal(reason(&policy, "a/b.yml", "web"), "old");
	policy.today = "2027-01-31";
	assert_string_equal(reason(&policy, "a/b.yml", "web"), "old");
	policy.today = "2027-02-01";
	assert_string_equal(reason(&policy, "a/b.yml", "web"), "named");
	assert_string_equal(reason(&policy, "a/b.yml", "WEB"), "wide");
	assert_string_equal(reason(&policy, "a/b.yml", NULL), "wide");
	assert_string_equal(reason(&policy, "c/d.yml", "web"), "wide");
	assert_string_equal(reason(&policy, "c/d/e.yml", "web"), "none");
	assert_string_equal(reason(&policy, "a/b.yaml", NULL), "none");
	arena_release(&arena);
}

/* What the comments of a file that is read waive at a line: the reason. */
static const char *inline_reason(struct inline_waivers *waivers, const struct rule *rule,
				 unsigned line)
{
	const struct policy_waiver *waiver = inline_waiver_find(waivers, rule, "f.yml", line);

	return waiver ? waiver->reason : "none";
}

static void reads_waivers_of_a_file(void **state)
{
	static const char text[] = "\t # onedockerfile:allow\tunknown-stage  a b\t\r\n"
				   "a\n"
				   "#onedockerfile: allow unused-stage c\n"
				   "# onedockerfile: allow unknown-stage\n"
				   "# onedockerfile: allow  \n"
				   "# onedockerfile:\n"
				   "#\n"
				   "onedockerfile: allow unknown-stage d\n"
				   "# onedockerfile: allow unknown-stage e\0f\n"
				   "# onedockerfile: allow unknown-stage g";
	struct arena arena = { 0 };
	struct project project = { .arena = &arena, .snapshot = memory_snapshot(&arena) };
	struct inline_waivers waivers = { .arena = &arena, .project = &project };
	struct entry entry = { 0 };
	struct text read = { 0 };
	struct buf out = { 0 };

	(void)state;
	memory_file(project.snapshot, "f.yml", text, sizeof(text) - 1, true);
	assert_int_equal(snapshot_find(project.snapshot, &entry, "f.yml"), 0);
	assert_int_equal(snapshot_read(project.snapshot, &read, &entry), 0);
	for (unsigned line = 0; line < 14; line++)
		buf_addf(&out, "%u %s, %s\n", line,
			 inline_reason(&waivers, &rule_unknown_stage, line),
			 inline_reason(&waivers, &rule_unused_stage, line));
	assert_string_equal(buf_text(&out), "0 none, none\n"
					    "1 none, none\n"
					    "2 a b, none\n"
					    "3 none, none\n"
					    "4 none, c\n"
					    "5 none, none\n"
					    "6 none, none\n"
					    "7 none, none\n"
					    "8 none, none\n"
					    "9 none, none\n"
					    "10 e, none\n"
					    "11 g, none\n"
					    "12 none, none\n"
					    "13 none, none\n");
	buf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_days_of_the_calendar),
		cmocka_unit_test(counts_the_days_between),
		cmocka_unit_test(finds_the_first_waiver_that_holds),
		cmocka_unit_test(reads_waivers_of_a_file),
	};

	return cmocka_run_group_tests_name("waivers", tests, NULL, NULL);
}
