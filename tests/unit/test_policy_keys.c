#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "model/policy.h"
#include "rules/rules.h"

/* Every key of a policy with what it takes, where wrong is NULL, and with what it does not. */
static const struct {
	const char *text, *wrong;
} cases[] = {
	{ "version: 1", NULL },
	{ "version: 1.0", "p:1:10: the version of a policy is 1" },
	{ "version: 0x1", "p:1:10: the version of a policy is 1" },
	{ "version: [1]", "p:1:10: the version of a policy is 1" },
	{ "version:", "p:1:9: the version of a policy is 1" },

	{ "extends: default", NULL },
	{ "extends: strict", NULL },
	{ "extends: repository", "p:1:10: only the policy of a server extends 'repository'" },
	{ "extends: ../other.yaml",
	  "p:1:10: unknown value '../other.yaml'; it is one of 'default', 'strict', 'repository'" },
	{ "extends: [strict]",
	  "p:1:10: one of 'default', 'strict', 'repository' is wanted here, not a list" },
	{ "extend: strict", "p:1:1: unknown key 'extend'; did you mean 'extends'?" },

	{ "fail-on: error", NULL },
	{ "fail-on: warning", NULL },
	{ "fail-on: notice", NULL },
	{ "fail-on: never", NULL },
	{ "fail-on: off",
	  "p:1:10: unknown value 'off'; it is one of 'never', 'notice', 'warning', 'error'" },
	{ "fail-on: Error", "p:1:10: unknown value 'Error'; did you mean 'error'?" },
	{ "fail_on: error", "p:1:1: unknown key 'fail_on'; did you mean 'fail-on'?" },
	{ "failOn: error", "p:1:1: unknown key 'failOn'; did you mean 'fail-on'?" },

	{ "rules: {}", NULL },
	{ "rules: {unused-stage: off}", NULL },
	{ "rules: {unused-stage: \"off\"}", NULL },
	{ "rules: {unused-stage: {}}", NULL },
	{ "rules: {unused-stage: {level: error}}", NULL },
	{ "rules: {expired-waiver: warning}", NULL },
	{ "rules: {development-last: {words: [dev, test]}}", NULL },
	{ "rules: {extra-dockerfile: {level: error, platforms: []}}", NULL },
	{ "rules:", "p:1:7: a mapping of rules is wanted here, not null" },
	{ "rules: [unused-stage]", "p:1:8: a mapping of rules is wanted here, not a list" },
	{ "rules: {unused-stage: false}",
	  "p:1:23: one of 'off', 'notice', 'warning', 'error' is wanted here, not a boolean" },
	{ "rules: {unused-stage: no}",
	  "p:1:23: unknown value 'no'; it is one of 'off', 'notice', 'warning', 'error'" },
	{ "rules: {unused-stage: 0}",
	  "p:1:23: one of 'off', 'notice', 'warning', 'error' is wanted here, not a number" },
	{ "rules: {unused-stage: ~}",
	  "p:1:23: one of 'off', 'notice', 'warning', 'error' is wanted here, not null" },
	{ "rules: {unused_stage: off}",
	  "p:1:9: unknown rule 'unused_stage'; did you mean 'unused-stage'?" },
	{ "rules: {unused-stage: off, unused-stage: error}",
	  "p:1:28: duplicate key 'unused-stage', first on line 1" },
	{ "rules: {unused-stage: {level: loud}}",
	  "p:1:31: unknown value 'loud'; it is one of 'off', 'notice', 'warning', 'error'" },
	{ "rules: {unused-stage: {platforms: [arm]}}",
	  "p:1:24: unknown key 'platforms'; the keys here are 'level'" },
	{ "rules: {development-last: {words: dev}}",
	  "p:1:35: a list is wanted here, not a string" },
	{ "rules: {development-last: {words: [\"\"]}}", "p:1:36: an item of this list is empty" },
	{ "rules: {extra-dockerfile: {platforms: {arm: 1}}}",
	  "p:1:39: a list is wanted here, not a mapping" },
	{ "rules: {extra-dockerfile: {words: [arm]}}",
	  "p:1:28: unknown key 'words'; the keys here are 'level', 'platforms'" },
	{ "rule: {unused-stage: off}", "p:1:1: unknown key 'rule'; did you mean 'rules'?" },

	{ "ignore: []", NULL },
	{ "ignore: [vendor, \"**/a/**\", \"{a,b}/**\", \"a?c\", \"{{x}}/**\"]", NULL },
	{ "ignore: {a: b}", "p:1:9: a list of patterns is wanted here, not a mapping" },
	{ "ignore: [[a]]", "p:1:10: a pattern is a string, not a list" },
	{ "ignore: [~]", "p:1:10: a pattern is a string, not null; put it in quotes" },
	{ "ignore: [\"../a\"]", "p:1:10: pattern '../a' matches nothing: patterns begin at the "
				"root, without '/' or '.'" },
	{ "ignore: [\"{a\"]",
	  "p:1:10: '{a' is no pattern: its braces do not match, are nested or too many" },
	{ "ignore: !!seq [a]", NULL },
	{ "ignore: !x [a]", "p:1:12: the tag '!x' means nothing here" },
	{ "ignore: !!map [a]", "p:1:15: the tag 'tag:yaml.org,2002:map' means nothing here" },
	{ "ignore: [!x a]", "p:1:13: the tag '!x' means nothing here" },
	{ "rules: !reset {unused-stage: off}", "p:1:15: the tag '!reset' means nothing here" },
	{ "!x ignore: []", "p:1:4: the tag '!x' means nothing here" },
	{ "ignores: []", "p:1:1: unknown key 'ignores'; did you mean 'ignore'?" },

	{ "dockerfiles: [\"images/*/Dockerfile.worker\"]", NULL },
	{ "dockerfiles: Dockerfile.worker",
	  "p:1:14: a list of patterns is wanted here, not a string" },
	{ "dockerfiles: [/Dockerfile]", "p:1:15: pattern '/Dockerfile' matches nothing: patterns "
					"begin at the root, without '/' or '.'" },
	{ "dockerfile: []", "p:1:1: unknown key 'dockerfile'; did you mean 'dockerfiles'?" },

	{ "variables: {}", NULL },
	{ "variables: {BUILD_TARGET: [dev, prod], _x1: \"\"}", NULL },
	{ "variables: {A: [[a]]}", "p:1:17: an item of this list is a string, not a list" },
	{ "variables: {A: {b: c}}", "p:1:16: a value is a string, not a mapping" },
	{ "variables: {A-B: c}", "p:1:13: 'A-B' is no name of a variable" },
	{ "variables: {A: true}", "p:1:16: a value is a string, not a boolean; put it in quotes" },
	{ "variable: {}", "p:1:1: unknown key 'variable'; did you mean 'variables'?" },

	{ "inline: true", NULL },
	{ "inline: false", NULL },
	{ "inline: yes", "p:1:9: true or false is wanted here, not a string" },
	{ "inline: \"true\"", "p:1:9: true or false is wanted here, not a string" },
	{ "inline: 1", "p:1:9: true or false is wanted here, not a number" },
	{ "inline: []", "p:1:9: true or false is wanted here, not a list" },
	{ "in-line: true", "p:1:1: unknown key 'in-line'; did you mean 'inline'?" },

	{ "commits: each", NULL },
	{ "commits: tip", NULL },
	{ "commits: tips", "p:1:10: unknown value 'tips'; did you mean 'tip'?" },
	{ "commits: [tip]", "p:1:10: one of 'each', 'tip' is wanted here, not a list" },
	{ "commit: tip", "p:1:1: unknown key 'commit'; did you mean 'commits'?" },

	{ "refs: []", NULL },
	{ "refs: [\"**\", \"refs/heads/*\"]", NULL },
	{ "refs: main", "p:1:7: a list of patterns is wanted here, not a string" },
	{ "refs: [1]", "p:1:8: a pattern is a string, not a number; put it in quotes" },
	{ "ref: []", "p:1:1: unknown key 'ref'; did you mean 'refs'?" },

	{ "waivers: []", NULL },
	{ "waivers: [{rule: unused-stage, path: a, reason: b}]", NULL },
	{ "waivers: [{rule: unused-stage, path: \"{a,b}/**\", reason: b}]", NULL },
	{ "waivers: [{rule: unused-stage, path: \"**/a\", subject: c, reason: b, owner: d}]",
	  NULL },
	{ "waivers: [{rule: unused-stage, path: a, subject: ~, reason: b, owner: ~, expires: ~}]",
	  NULL },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expires: 2028-02-29}]", NULL },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expires: \"2027-12-31\"}]", NULL },
	{ "waivers: [a]", "p:1:11: a mapping is wanted here, not a string" },
	{ "waivers: a", "p:1:10: a list of waivers is wanted here, not a string" },
	{ "waivers: [{}]", "p:1:11: this waiver has no 'rule'" },
	{ "waivers: [{rule: 1, path: a, reason: b}]",
	  "p:1:18: a rule is a string, not a number; put it in quotes" },
	{ "waivers: [{rule: unused-waiver, path: a, reason: b}]",
	  "p:1:18: 'unused-waiver' cannot be waived" },
	{ "waivers: [{rule: \"*\", path: a, reason: b}]", "p:1:18: unknown rule '*'" },
	{ "waivers: [{rule: unused-stage, path: [a], reason: b}]",
	  "p:1:38: a pattern is a string, not a list" },
	{ "waivers: [{rule: unused-stage, path: \"**\", reason: b}]",
	  "p:1:38: a waiver for everything is none: at least one component of its path has no "
	  "wildcard" },
	{ "waivers: [{rule: unused-stage, path: \"*/*\", reason: b}]",
	  "p:1:38: a waiver for everything is none: at least one component of its path has no "
	  "wildcard" },
	{ "waivers: [{rule: unused-stage, path: \"{a,**}\", reason: b}]",
	  "p:1:38: a waiver for everything is none: at least one component of its path has no "
	  "wildcard" },
	{ "waivers: [{rule: unused-stage, path: \"{**,*}/?*\", reason: b}]",
	  "p:1:38: a waiver for everything is none: at least one component of its path has no "
	  "wildcard" },
	{ "waivers: [{rule: unused-stage, path: a, reason: 1}]",
	  "p:1:49: a reason is a string, not a number; put it in quotes" },
	{ "waivers: [{rule: unused-stage, path: a, reason: ~}]",
	  "p:1:49: a reason is a string, not null; put it in quotes" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, subject: 1}]",
	  "p:1:61: a subject is a string, not a number; put it in quotes" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, owner: [c]}]",
	  "p:1:59: an owner is a string, not a list" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expires: 2027-13-01}]",
	  "p:1:61: a day is wanted here, as in 2027-03-31" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expires: 2027-03-31 12:00:00}]",
	  "p:1:61: a day is wanted here, as in 2027-03-31" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expires: [2027]}]",
	  "p:1:61: a day is wanted here, as in 2027-03-31" },
	{ "waivers: [{rule: unused-stage, path: a, reason: b, expire: 2027-03-31}]",
	  "p:1:52: unknown key 'expire'; did you mean 'expires'?" },
	{ "extends: strict\nwaivers: [{rule: unused-stage, path: a, reason: b}]",
	  "p:2:11: this waiver has no 'expires', which a strict policy asks for" },
	{ "waviers: []", "p:1:1: unknown key 'waviers'; did you mean 'waivers'?" },

	{ "<<: {commits: tip}",
	  "p:1:1: unknown key '<<'; the keys here are 'commits', 'dockerfiles', 'extends', "
	  "'fail-on', 'ignore', 'inline', 'refs', 'rules', 'variables', 'version', 'waivers'" },
	{ "a: &a [*a]", "p:1:8: alias 'a' stands inside its own anchor" },
};

static void takes_what_is_right_and_says_where_it_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena = { 0 };
		struct policy policy = { 0 };
		struct text text = { cases[i].text, strlen(cases[i].text) };

		failure_clear();
		assert_int_equal(policy_default(&policy, &arena, rules), 0);
		assert_int_equal(policy_read(&policy, &arena, text, "p", rules),
				 cases[i].wrong ? -1 : 0);
		assert_string_equal(failure_message(), cases[i].wrong ? cases[i].wrong : "");
		assert_int_equal(failure_status(), cases[i].wrong ? 2 : 0);
		arena_release(&arena);
	}
	failure_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_is_right_and_says_where_it_is_wrong),
	};

	return cmocka_run_group_tests_name("policy keys", tests, NULL, NULL);
}
