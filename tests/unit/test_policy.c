#include "model/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "base/limits.h"
#include "model/rule.h"
#include "rules/rules.h"

/* Two rules are enough to see what a file does to them. */
static const struct rule extra = { .id = "extra-dockerfile",
				   .level = LEVEL_ERROR,
				   .option = "platforms" };
static const struct rule unused = { .id = "unused-stage", .level = LEVEL_NOTICE };
static const struct rule *const two_rules[] = { &extra, &unused, NULL };

static void write_list(struct buf *out, const char *name, const struct strings *list)
{
	buf_addf(out, "%s:", name);
	vec_each (const char **, string, list)
		buf_addf(out, " '%s'", *string);
	buf_add(out, "\n");
}

static void write_policy(struct buf *out, const struct policy *policy)
{
	static const char *const inlines[] = { "unsaid", "counts", "denied" };

	buf_addf(out, "%s fail-on %s commits %s inline %s\n", policy->origin,
		 level_name(policy->fail_on), policy->tip ? "tip" : "each",
		 inlines[policy->inline_waivers]);
	vec_each (const struct rule_setting *, setting, &policy->rules) {
		buf_addf(out, "%s (line %u)", level_name(setting->level), setting->line);
		write_list(out, "", &setting->words);
	}
	write_list(out, "ignore", &policy->ignore);
	write_list(out, "dockerfiles", &policy->dockerfiles);
	write_list(out, "refs", &policy->refs);
	vec_each (const struct policy_variable *, variable, &policy->variables)
		write_list(out, variable->name, &variable->values);
	vec_each (const struct policy_waiver *, waiver, &policy->waivers)
		buf_addf(out, "%u: %s %s %s '%s' %s %s\n", waiver->path_span.line, waiver->rule->id,
			 waiver->path, waiver->subject ? waiver->subject : "-", waiver->reason,
			 waiver->owner ? waiver->owner : "-",
			 waiver->expires ? waiver->expires : "-");
}

static void expect_policy(const char *text, const char *expected)
{
	struct arena arena = { 0 };
	struct policy policy = { .fail_on = LEVEL_ERROR };
	struct buf out = { 0 };

	failure_clear();
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ text, strlen(text) }, "p", two_rules),
		0);
	write_policy(&out, &policy);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void expect_error_in(const char *text, size_t length, const char *expected)
{
	struct arena arena = { 0 };
	struct policy policy = { .fail_on = LEVEL_ERROR };

	failure_clear();
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ text, length }, "p", two_rules), -1);
	assert_string_equal(failure_message(), expected);
	assert_int_equal(failure_status(), 2);
	failure_clear();
	arena_release(&arena);
}

static void expect_error(const char *text, const char *expected)
{
	expect_error_in(text, strlen(text), expected);
}

#define NOTHING                                                                                    \
	"p fail-on error commits each inline unsaid\n"                                             \
	"error (line 0):\n"                                                                        \
	"notice (line 0):\n"                                                                       \
	"ignore:\ndockerfiles:\nrefs:\n"

static void takes_every_key(void **state)
{
	(void)state;
	expect_policy(
		"version: 1\n"
		"extends: default\n"
		"fail-on: warning\n"
		"rules:\n"
		"  unused-stage: off\n"
		"  extra-dockerfile: {level: notice, platforms: [windows, arm64]}\n"
		"ignore: [\"vendor/**\", \"**/{a,b}/**\", \"**{{**\"]\n"
		"dockerfiles: [\"images/*/Dockerfile.worker\"]\n"
		"variables: {BUILD_TARGET: [dev, prod], NAME: api, NONE: \"\"}\n"
		"inline: true\n"
		"commits: tip\n"
		"refs: [\"refs/heads/*\"]\n"
		"waivers:\n"
		"  - {rule: extra-dockerfile, path: build/Dockerfile.arm, subject: null,\n"
		"     reason: vendor SDK, owner: \"@platform\", expires: 2027-03-31}\n"
		"  - rule: unused-stage\n"
		"    path: \"api/**\"\n"
		"    reason: later\n",
		"p fail-on warning commits tip inline counts\n"
		"notice (line 6): 'windows' 'arm64'\n"
		"off (line 5):\n"
		"ignore: 'vendor/**' '**/a/**' '**/b/**' '**{{**'\n"
		"dockerfiles: 'images/*/Dockerfile.worker'\n"
		"refs: 'refs/heads/*'\n"
		"BUILD_TARGET: 'dev' 'prod'\n"
		"NAME: 'api'\n"
		"NONE: ''\n"
		"14: extra-dockerfile build/Dockerfile.arm - 'vendor SDK' @platform 2027-03-31\n"
		"17: unused-stage api/** - 'later' - -\n");
}

static void needs_no_key_at_all(void **state)
{
	(void)state;
	expect_policy("{}\n", NOTHING);
	expect_policy("fail-on: never\n", "p fail-on off commits each inline unsaid\n"
					  "error (line 0):\n"
					  "notice (line 0):\n"
					  "ignore:\ndockerfiles:\nrefs:\n");
}

static void keeps_the_level_where_only_words_are_said(void **state)
{
	(void)state;
	expect_policy("rules: {extra-dockerfile: {platforms: []}}\n",
		      "p fail-on error commits each inline unsaid\n"
		      "error (line 1):\n"
		      "notice (line 0):\n"
		      "ignore:\ndockerfiles:\nrefs:\n");
}

static void names_the_nearest_right_word(void **state)
{
	(void)state;
	expect_error("version: 1\n\nwaviers: []\n",
		     "p:3:1: unknown key 'waviers'; did you mean 'waivers'?");
	expect_error("rules: {unused-stag: off}\n",
		     "p:1:9: unknown rule 'unused-stag'; did you mean 'unused-stage'?");
	expect_error("rules: {unused-stage: warn}\n",
		     "p:1:23: unknown value 'warn'; did you mean 'warning'?");
	expect_error("rules: {extra-dockerfile: {platform: [arm]}}\n",
		     "p:1:28: unknown key 'platform'; did you mean 'platforms'?");
	expect_error("fail-on: always\n",
		     "p:1:10: unknown value 'always'; it is one of 'never', 'notice', 'warning', "
		     "'error'");
	expect_error("rules: {nothing: off}\n", "p:1:9: unknown rule 'nothing'");
	expect_error("rules: {unused-stage: {words: []}}\n",
		     "p:1:24: unknown key 'words'; the keys here are 'level'");
}

static void refuses_wrong_types(void **state)
{
	(void)state;
	expect_error("[a]\n", "p:1:1: a mapping is wanted here, not a list");
	expect_error("version: \"1\"\n", "p:1:10: the version of a policy is 1");
	expect_error("version: 2\n", "p:1:10: the version of a policy is 1");
	expect_error("fail-on: true\n",
		     "p:1:10: one of 'never', 'notice', 'warning', 'error' is wanted here, not "
		     "a boolean");
	expect_error("rules: off\n", "p:1:8: a mapping of rules is wanted here, not a string");
	expect_error("rules: {unused-stage: [off]}\n",
		     "p:1:23: one of 'off', 'notice', 'warning', 'error' is wanted here, not a "
		     "list");
	expect_error("ignore: vendor/**\n",
		     "p:1:9: a list of patterns is wanted here, not a string");
	expect_error("ignore: [1]\n",
		     "p:1:10: a pattern is a string, not a number; put it in quotes");
	expect_error("dockerfiles: {a: b}\n",
		     "p:1:14: a list of patterns is wanted here, not a mapping");
	expect_error("rules: {extra-dockerfile: {platforms: arm64}}\n",
		     "p:1:39: a list is wanted here, not a string");
	expect_error("rules: {extra-dockerfile: {platforms: [1]}}\n",
		     "p:1:40: an item of this list is a string, not a number; put it in quotes");
	expect_error("inline: on\n", "p:1:9: true or false is wanted here, not a string");
	expect_error("variables: [A]\n",
		     "p:1:12: a mapping of variables is wanted here, not a list");
	expect_error("variables: {A: 1}\n",
		     "p:1:16: a value is a string, not a number; put it in quotes");
	expect_error("variables: {A: []}\n", "p:1:16: variable 'A' has no value here");
	expect_error("variables: {1A: a}\n", "p:1:13: '1A' is no name of a variable");
	expect_error("commits:\n", "p:1:9: one of 'each', 'tip' is wanted here, not null");
	expect_error("waivers: {}\n", "p:1:10: a list of waivers is wanted here, not a mapping");
}

static void refuses_a_file_that_is_no_single_mapping(void **state)
{
	static char large[MAX_POLICY_SIZE + 1];

	(void)state;
	expect_error("", "p:1:1: the policy is empty");
	expect_error("# nothing\n", "p:1:1: the policy is empty");
	expect_error("version: 1\n---\nversion: 1\n",
		     "p:3:1: a policy is one document, and here begins another");
	memset(large, '#', sizeof(large));
	expect_error_in(large, MAX_POLICY_SIZE, "p:1:1: the policy is empty");
	expect_error_in(large, MAX_POLICY_SIZE + 1, "p: a policy of more than 256 KiB");
}

static void refuses_patterns_that_match_nothing(void **state)
{
	(void)state;
	expect_error("ignore: [\"{a,{b}}\"]\n",
		     "p:1:10: '{a,{b}}' is no pattern: its braces do not match, are nested or too "
		     "many");
	expect_error("ignore: [/vendor]\n",
		     "p:1:10: pattern '/vendor' matches nothing: patterns begin at the root, "
		     "without '/' or '.'");
	expect_error("ignore: [vendor/]\n",
		     "p:1:10: pattern 'vendor/' matches nothing: write '**' behind the '/'");
	expect_error("ignore: [\"\"]\n", "p:1:10: a pattern is empty");
}

static void refuses_too_many_patterns(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_add(&text, "ignore:\n");
	for (int i = 0; i < MAX_PATTERNS; i++)
		buf_add(&text, "- a\n");
	buf_add(&text, "- b\n");
	expect_error(buf_text(&text), "p:1002:3: more than 1000 patterns");
	buf_release(&text);
}

static void refuses_waivers_that_say_too_little(void **state)
{
	(void)state;
	expect_error("waivers: [{rule: unused-stage, path: a}]\n",
		     "p:1:11: this waiver has no 'reason'");
	expect_error("waivers: [{path: a, reason: b}]\n", "p:1:11: this waiver has no 'rule'");
	expect_error("waivers: [{rule: unused-stage, reason: b}]\n",
		     "p:1:11: this waiver has no 'path'");
	expect_error("waivers: [{rule: unused-stage, path: a, reason: \" \"}]\n",
		     "p:1:49: a reason is empty");
	expect_error("waivers: [{rule: unused, path: a, reason: b}]\n",
		     "p:1:18: unknown rule 'unused'; did you mean 'unused-stage'?");
	expect_error("waivers: [{rule: unused-stage, path: \"**/*\", reason: b}]\n",
		     "p:1:38: a waiver for everything is none: at least one component of its path "
		     "has no wildcard");
	expect_error("waivers: [{rule: unused-stage, path: a, reason: b, expires: 2027-02-29}]\n",
		     "p:1:61: a day is wanted here, as in 2027-03-31");
	expect_error("waivers: [{rule: unused-stage, path: a, reason: b, expires: soon}]\n",
		     "p:1:61: a day is wanted here, as in 2027-03-31");
	expect_error("waivers: [{rule: unused-stage, path: a, reason: b, until: 2027-03-31}]\n",
		     "p:1:52: unknown key 'until'; the keys here are 'expires', 'owner', 'path', "
		     "'reason', 'rule', 'subject'");
}

static void knows_leap_years(void **state)
{
	(void)state;
	expect_policy("waivers: [{rule: unused-stage, path: a, reason: b, expires: 2028-02-29}]\n",
		      NOTHING "1: unused-stage a - 'b' - 2028-02-29\n");
}

static void extends_only_what_is_shipped(void **state)
{
	struct arena arena = { 0 };
	struct policy policy = { .for_server = true };
	static const char text[] = "extends: repository\n";

	(void)state;
	expect_error("extends: stricter\n",
		     "p:1:10: unknown value 'stricter'; did you mean 'strict'?");
	expect_error(text, "p:1:10: only the policy of a server extends 'repository'");
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ text, strlen(text) }, "p", two_rules),
		0);
	assert_true(policy.extends_repository);
	arena_release(&arena);
}

/* What the repository has stays, but for single values that the server's file sets. */
static void lays_a_servers_file_over_that_of_the_repository(void **state)
{
	static const char under[] = "fail-on: warning\n"
				    "commits: tip\n"
				    "rules:\n"
				    "  extra-dockerfile: {level: notice, platforms: [arm64]}\n"
				    "  unused-stage: error\n"
				    "ignore: [\"a/**\"]\n"
				    "variables: {A: [x], B: y}\n"
				    "waivers: [{rule: unused-stage, path: a, reason: b}]\n";
	static const char over[] = "extends: repository\n"
				   "fail-on: error\n"
				   "rules: {extra-dockerfile: {platforms: [windows]}}\n"
				   "ignore: [\"b/**\"]\n"
				   "refs: [\"refs/heads/**\"]\n"
				   "variables: {B: [z], C: w}\n"
				   "waivers: [{rule: unused-stage, path: c, reason: d}]\n";
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ under, strlen(under) }, "p", two_rules),
		0);
	policy.for_server = true;
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ over, strlen(over) }, "q", two_rules),
		0);
	write_policy(&out, &policy);
	assert_string_equal(buf_text(&out), "q fail-on error commits tip inline unsaid\n"
					    "notice (line 3): 'arm64' 'windows'\n"
					    "error (line 5):\n"
					    "ignore: 'a/**' 'b/**'\n"
					    "dockerfiles:\n"
					    "refs: 'refs/heads/**'\n"
					    "A: 'x'\n"
					    "B: 'y' 'z'\n"
					    "C: 'w'\n"
					    "8: unused-stage a - 'b' - -\n"
					    "7: unused-stage c - 'd' - -\n");
	buf_release(&out);
	arena_release(&arena);
}

static void ships_a_default_that_sets_every_rule_as_it_is_built(void **state)
{
	struct arena arena = { 0 };
	struct policy policy = { 0 };

	(void)state;
	assert_int_equal(policy_default(&policy, &arena, rules), 0);
	assert_string_equal(policy.origin, "default");
	vec_each (const struct rule_setting *, setting, &policy.rules) {
		assert_string_equal(setting->origin, "default");
		assert_int_equal(setting->level, setting->rule->level);
		assert_true((setting->words.count > 0) == (setting->rule->option != NULL));
	}
	assert_true(policy_ignores(&policy, "vendor/a/Dockerfile"));
	assert_true(policy_ignores(&policy, "a/node_modules/b/Dockerfile"));
	assert_true(policy_ignores(&policy, "a/{{cookiecutter.name}}/Dockerfile"));
	assert_false(policy_ignores(&policy, "vendored/Dockerfile"));
	assert_false(policy_ignores(&policy, "vendor"));
	arena_release(&arena);
}

static void ships_a_strict_one_without_warnings_and_platforms(void **state)
{
	static const char text[] = "rules: {unused-stage: warning}\nextends: strict\n";
	struct arena arena = { 0 };
	struct policy policy = { 0 };

	(void)state;
	assert_int_equal(policy_default(&policy, &arena, rules), 0);
	assert_int_equal(
		policy_read(&policy, &arena, (struct text){ text, strlen(text) }, "p", rules), 0);
	vec_each (const struct rule_setting *, setting, &policy.rules)
		assert_true(setting->level != LEVEL_WARNING || setting->rule == &rule_unused_stage);
	assert_int_equal(policy_level(&policy, &rule_unused_stage), LEVEL_WARNING);
	assert_int_equal(policy_words(&policy, &rule_extra_dockerfile)->count, 0);
	assert_int_equal(policy.inline_waivers, INLINE_DENIED);
	assert_true(policy.ignore.count > 0);
	assert_string_equal(policy.origin, "p");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_every_key),
		cmocka_unit_test(needs_no_key_at_all),
		cmocka_unit_test(keeps_the_level_where_only_words_are_said),
		cmocka_unit_test(names_the_nearest_right_word),
		cmocka_unit_test(refuses_wrong_types),
		cmocka_unit_test(refuses_a_file_that_is_no_single_mapping),
		cmocka_unit_test(refuses_patterns_that_match_nothing),
		cmocka_unit_test(refuses_too_many_patterns),
		cmocka_unit_test(refuses_waivers_that_say_too_little),
		cmocka_unit_test(knows_leap_years),
		cmocka_unit_test(extends_only_what_is_shipped),
		cmocka_unit_test(lays_a_servers_file_over_that_of_the_repository),
		cmocka_unit_test(ships_a_default_that_sets_every_rule_as_it_is_built),
		cmocka_unit_test(ships_a_strict_one_without_warnings_and_platforms),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
