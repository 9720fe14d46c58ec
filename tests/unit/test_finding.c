#include "model/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/rule.h"
#include "tests/support/memory.h"

static const struct rule unknown = { .id = "unknown-stage", .level = LEVEL_ERROR };
static const struct rule unused = { .id = "unused-stage", .level = LEVEL_NOTICE };

/* A pass over a tree of one file, and the policy it is judged by. */
struct fixture {
	struct arena arena, keep;
	struct project project;
	struct policy policy;
	struct findings findings;
	struct excerpts excerpts;
	struct pass pass;
};

static void begin(struct fixture *fixture, const char *path, const char *bytes)
{
	struct text text = { 0 };

	*fixture = (struct fixture){ 0 };
	fixture->project.arena = &fixture->arena;
	fixture->project.snapshot = memory_snapshot(&fixture->arena);
	memory_file(fixture->project.snapshot, path, bytes, strlen(bytes), true);
	(void)snapshot_read(fixture->project.snapshot, &text,
			    &fixture->project.snapshot->watched.items[0]);
	fixture->excerpts =
		(struct excerpts){ .arena = &fixture->arena, .project = &fixture->project };
	fixture->pass = (struct pass){ .project = &fixture->project,
				       .policy = &fixture->policy,
				       .rule = &unknown,
				       .findings = &fixture->findings,
				       .arena = &fixture->arena,
				       .keep = &fixture->keep,
				       .excerpts = &fixture->excerpts };
}

static void end(struct fixture *fixture)
{
	arena_release(&fixture->arena);
	arena_release(&fixture->keep);
}

static void fingerprints_what_it_is_and_not_where(void **state)
{
	struct fixture fixture;
	struct finding finding = { .path = "docker-compose.yml", .subject = "api", .value = "bse" };

	(void)state;
	begin(&fixture, "docker-compose.yml", "one\ntwo\n");
	found(&fixture.pass, finding, "one");
	finding.span = (struct span){ 2, 1, 2, 3 };
	found(&fixture.pass, finding, "two");
	found(&fixture.pass, (struct finding){ .path = "a" }, "three");
	assert_int_equal(fixture.findings.count, 3);
	assert_string_equal(fixture.findings.items[0].fingerprint,
			    "3bdeaf70688cfb0e54517999ef5703e7094b4b6a9eb0d41174bcda2da9efad10");
	assert_string_equal(fixture.findings.items[1].fingerprint,
			    fixture.findings.items[0].fingerprint);
	assert_string_equal(fixture.findings.items[2].fingerprint,
			    "4c6f098114d56082badd3138f20ab4ee49d397c13b1873a8fea96e7395eccdd4");
	end(&fixture);
}

static void copies_what_it_is_given(void **state)
{
	struct fixture fixture;
	char subject[] = "api", help[] = "do it";
	const struct finding *kept = NULL;

	(void)state;
	begin(&fixture, "compose.yml", "one\n  two\r\n");
	found(&fixture.pass,
	      (struct finding){ .path = "compose.yml",
				.span = { 2, 3, 2, 5 },
				.subject = subject,
				.help = help },
	      "service '%s' is wrong", subject);
	memset(subject, 'x', 3);
	memset(help, 'x', 5);
	arena_release(&fixture.arena);
	kept = &fixture.findings.items[0];
	assert_ptr_equal(kept->rule, &unknown);
	assert_int_equal(kept->level, LEVEL_ERROR);
	assert_int_equal(kept->status, FINDING_NEW);
	assert_string_equal(kept->subject, "api");
	assert_string_equal(kept->help, "do it");
	assert_string_equal(kept->message, "service 'api' is wrong");
	assert_string_equal(kept->excerpt, "  two");
	assert_null(kept->value);
	end(&fixture);
}

static const char *excerpt_of(struct fixture *fixture, unsigned line)
{
	return excerpts_line(&fixture->excerpts, "Dockerfile", line);
}

static void shows_no_line_that_is_not_there_or_too_long(void **state)
{
	struct fixture fixture;
	char text[2 * MAX_EXCERPT_LENGTH + 4] = { 0 };

	(void)state;
	memset(text, 'a', MAX_EXCERPT_LENGTH);
	text[MAX_EXCERPT_LENGTH] = '\n';
	memset(text + MAX_EXCERPT_LENGTH + 1, 'b', MAX_EXCERPT_LENGTH + 1);
	begin(&fixture, "Dockerfile", text);
	assert_int_equal(strlen(excerpt_of(&fixture, 1)), MAX_EXCERPT_LENGTH);
	assert_null(excerpt_of(&fixture, 2));
	assert_null(excerpt_of(&fixture, 3));
	assert_null(excerpt_of(&fixture, 0));
	assert_null(excerpts_line(&fixture.excerpts, "other", 1));
	end(&fixture);
}

static void drops_what_the_policy_switches_off_or_ignores(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, "a", "");
	*vec_add(&fixture.arena, &fixture.policy.ignore) = "vendor/**";
	*vec_add(&fixture.arena, &fixture.policy.rules) =
		(struct rule_setting){ .rule = &unused, .level = LEVEL_OFF };
	found(&fixture.pass, (struct finding){ .path = "vendor/a" }, "ignored");
	fixture.pass.rule = &unused;
	found(&fixture.pass, (struct finding){ .path = "a" }, "off");
	assert_int_equal(fixture.findings.count, 0);
	fixture.policy.rules.items[0].level = LEVEL_WARNING;
	found(&fixture.pass, (struct finding){ .path = "a" }, "warned of");
	assert_int_equal(fixture.findings.count, 1);
	assert_int_equal(fixture.findings.items[0].level, LEVEL_WARNING);
	end(&fixture);
}

static void sorts_by_place_and_rule_and_drops_what_is_the_same(void **state)
{
	static const struct {
		const struct rule *rule;
		const char *path;
		unsigned line, column;
		const char *value;
	} rows[] = {
		{ &unused, "b", 1, 1, "x" },   { &unknown, "b", 1, 1, "x" },
		{ &unknown, "a", 10, 1, "x" }, { &unknown, "a", 9, 2, "x" },
		{ &unknown, "a", 9, 1, "y" },  { &unknown, "a", 9, 1, "y" },
		{ &unknown, "b", 1, 1, "x" },
	};
	struct fixture fixture;
	struct buf out = { 0 };

	(void)state;
	begin(&fixture, "c", "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture.pass.rule = rows[i].rule;
		found(&fixture.pass,
		      (struct finding){ .path = rows[i].path,
					.span = { rows[i].line, rows[i].column, 0, 0 },
					.value = rows[i].value },
		      "number %zu", i);
	}
	findings_sort(&fixture.findings);
	vec_each (const struct finding *, finding, &fixture.findings)
		buf_addf(&out, "%s:%u:%u %s %s: %s\n", finding->path, finding->span.line,
			 finding->span.column, finding->rule->id, finding->value, finding->message);
	assert_string_equal(buf_text(&out), "a:9:1 unknown-stage y: number 4\n"
					    "a:9:2 unknown-stage x: number 3\n"
					    "a:10:1 unknown-stage x: number 2\n"
					    "b:1:1 unknown-stage x: number 1\n"
					    "b:1:1 unused-stage x: number 0\n");
	buf_release(&out);
	end(&fixture);
}

static void names_levels_and_back(void **state)
{
	enum level level = LEVEL_OFF;

	(void)state;
	for (int i = LEVEL_OFF; i <= LEVEL_ERROR; i++) {
		assert_int_equal(level_parse(&level, level_name((enum level)i)), 0);
		assert_int_equal(level, i);
	}
	assert_int_equal(level_parse(&level, "fatal"), -1);
	assert_string_equal(finding_status_name(FINDING_WAIVED), "waived");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprints_what_it_is_and_not_where),
		cmocka_unit_test(copies_what_it_is_given),
		cmocka_unit_test(shows_no_line_that_is_not_there_or_too_long),
		cmocka_unit_test(drops_what_the_policy_switches_off_or_ignores),
		cmocka_unit_test(sorts_by_place_and_rule_and_drops_what_is_the_same),
		cmocka_unit_test(names_levels_and_back),
	};

	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
