#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/policy.h"
#include "tests/support/compose.h"

/* What a build of this text becomes: `said` without the file and the service. */
static void expect_build(const char *said, const char *build)
{
	struct arena arena = { 0 };

	expect_compose(NULL, said, "compose.yml",
		       arena_printf(&arena, "services:\n  a:\n    build: %s\n", build), "sub",
		       "<submodule>", "d/D", "FROM scratch\n", NULL);
	arena_release(&arena);
}

/* Whatever system the tree is checked out on. */
static void takes_what_has_a_letter_of_a_drive_for_absolute(void **state)
{
	static const char *const absolute[] = { "a:/x", "z:/x", "A:/x", "Z:/x", "m:\\x",   "/x",
						"~/x",  "~",    "C:\\", "c:/",  "\\\\h\\x" };
	static const char *const relative[] = { "1:/x", "@:/x", "[:/x", "`:/x",  "{:/x",
						"C:x",  "C:",   "ab:/", "x/C:/", "\\x" };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(absolute) / sizeof(absolute[0]); i++)
		expect_build(arena_printf(&arena,
					  "compose.yml:3:12 a - - -\ncompose.yml:3? the context of "
					  "service 'a', '%s', is outside the repository\n",
					  absolute[i]),
			     arena_printf(&arena, "'%s'", absolute[i]));
	for (size_t i = 0; i < sizeof(relative) / sizeof(relative[0]); i++) {
		const char *name = relative[i];

		name = strcmp(name, "x/C:/") == 0 ? "x/C:" : name;
		name = strcmp(name, "ab:/") == 0 ? "ab:" : name;
		expect_build(
			arena_printf(&arena, "compose.yml:3:12 a %s %s/Dockerfile -\n", name, name),
			arena_printf(&arena, "'%s'", relative[i]));
	}
	arena_release(&arena);
}

static void knows_what_is_remote(void **state)
{
	static const char *const remote[] = { "https://x/y", "github.com/x/y", "git@x:y", "ssh://x",
					      "service:b",   "oci:x",          "x://" };
	static const char *const local[] = { "github.co", "github.com", "git", "xgit@x:y",
					     "oci",       "services:b", "x:/y" };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
		expect_build(arena_printf(&arena,
					  "compose.yml:3:12 a - - -\ncompose.yml:3? the context of "
					  "service 'a', '%s', is remote\n",
					  remote[i]),
			     arena_printf(&arena, "'%s'", remote[i]));
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]) - 1; i++)
		expect_build(arena_printf(&arena, "compose.yml:3:12 a %s %s/Dockerfile -\n",
					  local[i], local[i]),
			     arena_printf(&arena, "'%s'", local[i]));
	arena_release(&arena);
}

static void finds_the_dockerfile_from_the_context(void **state)
{
	(void)state;
	expect_build("compose.yml:3:37 a d D -\n", "{context: d, dockerfile: ../D}");
	expect_build("compose.yml:3:37 a x x/~/D -\n", "{context: x, dockerfile: ~/D}");
	expect_build("compose.yml:3:25 a . C:D -\n", "{dockerfile: 'C:D'}");
	expect_build("compose.yml:3:22 a d d/Dockerfile -\n", "{context: d, dockerfile: ''}");
	expect_build("compose.yml:3:25 a . - -\n"
		     "compose.yml:3? the Dockerfile of service 'a', '../D', is outside the "
		     "repository\n",
		     "{dockerfile: ../D}");
	expect_build("compose.yml:3:25 a . - -\n"
		     "compose.yml:3? the Dockerfile of service 'a', 'C:\\D', is outside the "
		     "repository\n",
		     "{dockerfile: 'C:\\D'}");
	/* nothing is said of it where the context is not known */
	expect_build("compose.yml:3:38 a - - -\n"
		     "compose.yml:3? the context of service 'a', '..', is outside the "
		     "repository\n",
		     "{context: .., dockerfile: ../D}");
}

static void says_the_first_thing_that_is_unknown(void **state)
{
	(void)state;
	expect_build("compose.yml:3:52 a - - $B $A\n",
		     "{context: $A/x, dockerfile: $C, target: $B}");
	expect_build("compose.yml:3:37 a . - t $C\n", "{dockerfile: $C, target: t}");
	expect_build("compose.yml:3:36 a - - $B\n"
		     "compose.yml:3? invalid interpolation format in '${'\n",
		     "{context: '${', target: $B}");
}

static void takes_an_inline_dockerfile_as_far_as_it_is_known(void **state)
{
	(void)state;
	/* the target is there whatever the variable is */
	expect_build("compose.yml:3:21 a . - t\n",
		     "{target: t, dockerfile_inline: \"FROM x AS t\\nRUN $B\"}");
	expect_build("compose.yml:3:21 a . - u $B\n",
		     "{target: u, dockerfile_inline: \"FROM x AS t\\nRUN $B\"}");
	expect_build("compose.yml:3:5 a . - - $B\n", "{dockerfile_inline: \"FROM $B\"}");
	expect_build("compose.yml:3:5 a . - -\n", "{dockerfile_inline: FROM x, dockerfile: ''}");
	expect_build("compose.yml:3:5 a . - -\n", "{dockerfile_inline: FROM x, dockerfile: $V}");
	expect_build("compose.yml:3:32: 'dockerfile' and 'dockerfile_inline' exclude each other\n",
		     "{dockerfile_inline: FROM x, dockerfile: D}");
}

static void reads_names_and_values_in_either_form(void **state)
{
	(void)state;
	expect_build("compose.yml:3:5 a . Dockerfile - A=3 B= C=1=2 D=?\n",
		     "{args: [A=1, !reset E=2, B=, C=1=2, D, A=3]}");
	expect_build("compose.yml:3:5 a . Dockerfile - A=1.50 B= C=true D=? E=a$b F=0x1F\n",
		     "{args: {A: 1.50, B: '', C: true, D: , E: a$$b, F: 0x1F, G: !reset x}}");
	expect_build("compose.yml:3:5 a . Dockerfile - A=? B=? C=?\n",
		     "{args: [A=$V, 'B=${', 'C']}");
	expect_build("compose.yml:3:5 a . Dockerfile - A=? B=?\n", "{args: {A: $V, B: '${'}}");
	expect_build("compose.yml:3:5 a . Dockerfile - @k @l @m @${\n",
		     "{additional_contexts: [k=$V, 'l=${', m=, '${']}");
	expect_build("compose.yml:3:5 a . Dockerfile -\n"
		     "compose.yml:3:24: '<<' takes a mapping or a list of mappings, not a number\n",
		     "{args: {<<: 1, A: b}}");
}

/* go-yaml takes what has a tag of its own for text. */
static void takes_what_has_a_tag_for_text(void **state)
{
	(void)state;
	expect_build("compose.yml:3:46 a 1 1/Dockerfile true A=1 B=2 @k\n",
		     "{context: !override 1, target: !x true, args: [!override A=1, !x B=2], "
		     "additional_contexts: [!x k=./k]}");
	expect_build("compose.yml:3:5 a . Dockerfile - A=1\n", "{args: {!x A: !override 1}}");
	expect_build("compose.yml:3:26: a name in 'args' must be a string, not a number\n",
		     "{args: {!!int '1': 1}}");
	expect_compose(NULL, "compose.yml:1:26 a x x/Dockerfile -\n", "compose.yml",
		       "services: {!x a: {build: x}}\n", NULL);
}

static void says_which_name_is_none_of_a_service(void **state)
{
	static const char *const wrong[] = { "",   "b c", "a/b", "\xC3\xA9", "a:", "a@",
					     "a[", "a`",  "a{",  "a,",       "a;" };
	struct arena arena = { 0 };

	(void)state;
	expect_compose(NULL, "compose.yml:1:31 azAZ09_.- x x/Dockerfile -\n", "compose.yml",
		       "services: {azAZ09_.-: {build: x}}\n", NULL);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		expect_compose(NULL,
			       arena_printf(&arena, "compose.yml:1? '%s' is no name of a service\n",
					    wrong[i]),
			       "compose.yml",
			       arena_printf(&arena, "services: {'%s': {build: x}}\n", wrong[i]),
			       NULL);
	arena_release(&arena);
}

static void asks_each_service_that_is_a_context(void **state)
{
	(void)state;
	/* what is wrong or not known with it is said elsewhere */
	expect_compose(NULL,
		       "compose.yml:2:7 a . Dockerfile - @k @l @m @n\n"
		       "compose.yml:4:3: service 'c' must be a mapping, not a list\n"
		       "compose.yml:3? variable 'V' has no value\n"
		       "compose.yml:2? context 'm' of service 'a' is service 'd', which builds "
		       "nothing\n"
		       "compose.yml:2? context 'n' of service 'a' is service '', which is not "
		       "there\n",
		       "compose.yml",
		       "services:\n"
		       "  a: {build: {additional_contexts: ['k=service:b', 'l=service:c', "
		       "'m=service:d', 'n=service:']}}\n"
		       "  b: {extends: $V}\n  c: []\n  d: {image: x}\n",
		       NULL);
	expect_compose(NULL,
		       "compose.override.yml:1:16 a . Dockerfile - @k +compose.yml "
		       "+compose.override.yml\n"
		       "compose.override.yml:1? context 'k' of service 'a' is service 'b', which "
		       "is not there\n",
		       "compose.yml", "services: {b: {build: x}}\n", "compose.override.yml",
		       "services: {a: {build: {additional_contexts: ['k=service:b']}}, b: !reset "
		       "x}\n",
		       NULL);
}

static void tells_apart_what_values_of_the_policy_make(void **state)
{
	static const char *names[] = { "one", "two" };
	static struct policy_variable variable = { .name = "V" };
	struct policy policy = { 0 };

	(void)state;
	variable.values.items = names;
	variable.values.count = 2;
	policy.variables.items = &variable;
	policy.variables.count = 1;
	expect_compose(&policy,
		       "compose.yml:2:7 a . Dockerfile - A=one\n"
		       "compose.yml:3:7 b . - -\n"
		       "compose.yml:4:14 c one one/Dockerfile -\n"
		       "compose.yml:5:27 d . one -\n"
		       "compose.yml:6:7 e . Dockerfile - @one\n"
		       "compose.yml:7:14 f x x/Dockerfile -\n"
		       "compose.yml:2:7 a . Dockerfile - A=two\n"
		       "compose.yml:3:7 b . - -\n"
		       "compose.yml:4:14 c two two/Dockerfile -\n"
		       "compose.yml:5:27 d . two -\n"
		       "compose.yml:6:7 e . Dockerfile - @two\n",
		       "compose.yml",
		       "services:\n"
		       "  a: {build: {args: [A=$V]}}\n"
		       "  b: {build: {dockerfile_inline: 'FROM $V'}}\n"
		       "  c: {build: $V}\n"
		       "  d: {build: {dockerfile: $V}}\n"
		       "  e: {build: {additional_contexts: ['$V=./k']}}\n"
		       "  f: {build: x}\n",
		       NULL);
}

#define FIRST                                                                                      \
	"compose.yml:0? has no 'services': read as a file of version 1, which Docker Compose "     \
	"no longer takes\n"

/* There the Dockerfile stood beside the context. */
static void reads_a_service_of_the_first_version(void **state)
{
	(void)state;
	expect_compose(NULL, "compose.yml:1:39 a x x/D -\n" FIRST, "compose.yml",
		       "a: {build: x, links: [b], dockerfile: D}\nb: {image: i}\n", NULL);
	expect_compose(NULL,
		       "compose.yml:1:42 a x x/D -\n"
		       "compose.yml:1:42 b x x/D -\n" FIRST,
		       "compose.yml", "a: &a {build: x, links: [b], dockerfile: D}\nb: {<<: *a}\n",
		       NULL);
	expect_compose(NULL,
		       "s/c.yml:1:27 a s/x s/x/E -\n" FIRST
		       "s/c.yml:0? has no 'services': read as a file of version 1, which Docker "
		       "Compose no longer takes\n",
		       "compose.yml", "a: {extends: {file: s/c.yml, service: b}}\n", "s/c.yml",
		       "b: {build: x, dockerfile: E}\n", NULL);
	expect_compose(NULL, "compose.yml:1:33 a x x/Dockerfile t\n" FIRST, "compose.yml",
		       "a: {build: {context: x, target: t}, links: [b]}\n", NULL);
	/* files of other programs */
	expect_compose(NULL, "", "compose.yml",
		       "name: Compose\n"
		       "on: push\n"
		       "jobs: {build: {runs-on: x, steps: [{run: docker compose build}]}}\n",
		       NULL);
	expect_compose(NULL, "", "compose.yml",
		       "build: {extends: [.docker, .tests], script: [x]}\n"
		       "test: {image: {name: x}, script: [x]}\n",
		       NULL);
	/* in what came later it has no meaning */
	expect_compose(NULL, "compose.yml:1:23 a x x/Dockerfile -\n", "compose.yml",
		       "services: {a: {build: x, dockerfile: D}}\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_service_of_the_first_version),
		cmocka_unit_test(takes_what_has_a_letter_of_a_drive_for_absolute),
		cmocka_unit_test(knows_what_is_remote),
		cmocka_unit_test(finds_the_dockerfile_from_the_context),
		cmocka_unit_test(says_the_first_thing_that_is_unknown),
		cmocka_unit_test(takes_an_inline_dockerfile_as_far_as_it_is_known),
		cmocka_unit_test(reads_names_and_values_in_either_form),
		cmocka_unit_test(takes_what_has_a_tag_for_text),
		cmocka_unit_test(says_which_name_is_none_of_a_service),
		cmocka_unit_test(asks_each_service_that_is_a_context),
		cmocka_unit_test(tells_apart_what_values_of_the_policy_make),
	};

	return cmocka_run_group_tests_name("builds of compose files", tests, NULL, NULL);
}
