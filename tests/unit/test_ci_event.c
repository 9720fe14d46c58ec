#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "cli/ci_payload.h"
#include "cli/ci_systems.h"

#define SHA "0123456789abcdef0123456789abcdef01234567"
#define ZEROS "0000000000000000000000000000000000000000"
#define BASE(sha) "{\"pull_request\":{\"base\":{\"sha\":" sha "}}}"

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

/* The event of a payload as "before target", or why it cannot be read. */
static void expect_payload(const char *name, const char *payload, const char *wanted)
{
	struct ci_event event = { .system = "GitHub Actions", .name = name };
	struct arena arena = { 0 };
	const char *found = NULL;

	if (ci_payload_parse(&event, &arena, (struct text){ payload, strlen(payload) }) < 0)
		found = arena_string(&arena, failure_message());
	else
		found = arena_printf(&arena, "%s %s", or_none(event.before), or_none(event.target));
	assert_string_equal(found, wanted);
	failure_clear();
	arena_release(&arena);
}

static void reads_what_an_event_is_measured_against(void **state)
{
	(void)state;
	expect_payload("push", "{\"before\":\"" SHA "\"}", SHA " -");
	expect_payload("push", "{\"before\":\"" ZEROS "\",\"after\":\"" SHA "\"}", "- -");
	expect_payload("push", "{\"before\":\"" SHA "\",\"after\":\"" ZEROS "\"}", "- -");
	expect_payload("pull_request", BASE("\"" SHA "\""), "- " SHA);
	expect_payload("pull_request_target", BASE("\"" SHA "\""), "- " SHA);
	expect_payload("merge_group", "{\"merge_group\":{\"base_sha\":\"" SHA "\"}}", "- " SHA);
	expect_payload("schedule", "", "- -");
	expect_payload(NULL, "", "- -");
}

static void is_misled_by_no_text_of_others(void **state)
{
	(void)state;
	expect_payload("push",
		       "{\"commits\":[{\"before\":\"" ZEROS "\",\"message\":\"\\\",\\\"before\\\":"
		       "\\\"x\\ud83d\x7f\xff\"}],\"before\":\"" SHA "\"}",
		       SHA " -");
	expect_payload("pull_request",
		       "{\"title\":\"pull_request\",\"pull_request\":{\"body\":\"{\\\"base\\\":{\","
		       "\"head\":{\"sha\":\"" ZEROS "\"},\"base\":{\"sha\":\"" SHA "\"}}}",
		       "- " SHA);
}

static void refuses_what_names_no_commit(void **state)
{
	static const char not_said[] =
		"the description of the event 'pull_request' names no commit";

	(void)state;
	expect_payload("push", "", "no 'before' in the description of the event 'push'");
	expect_payload("push", "[]", "no 'before' in the description of the event 'push'");
	expect_payload("push", "{\"before\":\"" SHA "\"",
		       "no 'before' in the description of the event 'push'");
	expect_payload("pull_request", "{\"pull_request\":[{\"base\":{}}]}",
		       "no 'base' in the description of the event 'pull_request'");
	expect_payload("pull_request", BASE("null"), not_said);
	expect_payload("pull_request", BASE("[\"" SHA "\"]"), not_said);
	expect_payload("pull_request", BASE("\"" SHA "\\u0000\""), not_said);
	expect_payload("pull_request", BASE("\"-x\""),
		       "'-x' is no commit, as which the description of the event names it");
	expect_payload("pull_request", BASE("\"" SHA "\\n\""),
		       "'" SHA "\n' is no commit, as which the description of the event names it");
}

static void reads_a_push_of_many_commits(void **state)
{
	struct buf payload = { 0 };

	(void)state;
	buf_add(&payload, "{\"commits\":[{}");
	for (size_t i = 0; i < 20000; i++)
		buf_add(&payload,
			",{\"id\":\"" SHA "\",\"added\":[\"a\",\"b\"],\"distinct\":true}");
	buf_add(&payload, "],\"before\":\"" SHA "\"}");
	expect_payload("push", payload.text, SHA " -");
	buf_release(&payload);
}

static void refuses_what_is_too_deep(void **state)
{
	struct buf payload = { 0 };

	(void)state;
	buf_add(&payload, "{\"before\":\"" SHA "\",\"x\":");
	buf_repeat(&payload, '[', 1000000);
	expect_payload("push", payload.text, "no 'before' in the description of the event 'push'");
	buf_release(&payload);
}

/* Forget what an earlier test has set, or the machine. */
static int forget(void **state)
{
	(void)state;
	for (const struct ci_system *system = ci_systems; system->name; system++)
		unsetenv(system->mark);
	return 0;
}

static void expect_event(const char *system, const char *before, const char *branch)
{
	struct arena arena = { 0 };
	struct ci_event event;

	assert_int_equal(ci_event_find(&event, &arena), 0);
	assert_string_equal(or_none(event.system), system);
	assert_string_equal(or_none(event.before), before);
	assert_string_equal(or_none(event.branch), branch);
	arena_release(&arena);
}

static void knows_a_system_by_its_mark(void **state)
{
	(void)state;
	setenv("CI", "true", 1);
	expect_event("-", "-", "-");
	setenv("CI", "woodpecker", 1);
	expect_event("Woodpecker", "-", "-");
	setenv("TF_BUILD", "", 1);
	expect_event("Woodpecker", "-", "-");
	setenv("TF_BUILD", "True", 1);
	setenv("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/1", 1);
	expect_event("Azure Pipelines", "-", "release/1");
	unsetenv("SYSTEM_PULLREQUEST_TARGETBRANCH");
}

static void asks_what_the_event_is_before_what_it_is_measured_against(void **state)
{
	(void)state;
	setenv("DRONE", "true", 1);
	setenv("DRONE_TARGET_BRANCH", "main", 1);
	setenv("DRONE_COMMIT_BEFORE", SHA, 1);
	setenv("DRONE_BUILD_EVENT", "push", 1);
	expect_event("Drone", SHA, "-");
	setenv("DRONE_BUILD_EVENT", "pull_request", 1);
	expect_event("Drone", "-", "main");
	setenv("DRONE_BUILD_EVENT", "cron", 1);
	expect_event("Drone", "-", "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_an_event_is_measured_against),
		cmocka_unit_test(is_misled_by_no_text_of_others),
		cmocka_unit_test(refuses_what_names_no_commit),
		cmocka_unit_test(reads_a_push_of_many_commits),
		cmocka_unit_test(refuses_what_is_too_deep),
		cmocka_unit_test_setup(knows_a_system_by_its_mark, forget),
		cmocka_unit_test_setup(asks_what_the_event_is_before_what_it_is_measured_against,
				       forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
