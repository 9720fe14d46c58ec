#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "tests/support/compose.h"

static void places_a_project_where_its_directory_is(void **state)
{
	static const char including[] = "include: [{path: s/x.yml, project_directory: p}]\n";
	static const char included[] =
		"services: {a: {build: {target: '${T:-none}'}}, b: {build: x}}\n";

	(void)state;
	expect_compose(NULL,
		       "s/x.yml:1:32 a p p/Dockerfile there\n"
		       "s/x.yml:1:59 b p/x p/x/Dockerfile -\n",
		       "compose.yml", including, "s/x.yml", included, "p/.env", "T=there\n", NULL);
	/* what is no directory counts as a file in one */
	expect_compose(NULL,
		       "s/x.yml:1:32 a . Dockerfile none\n"
		       "s/x.yml:1:59 b x x/Dockerfile -\n",
		       "compose.yml", including, "s/x.yml", included, "p", "T=file\n", NULL);
	expect_compose(NULL,
		       "s/x.yml:1:32 a . Dockerfile none\n"
		       "s/x.yml:1:59 b x x/Dockerfile -\n",
		       "compose.yml", including, "s/x.yml", included, NULL);
	/* it is said from the directory of the project, a path from that of its file too */
	expect_compose(NULL, "e/f.yml:1:23 a p/x p/x/Dockerfile -\n", "compose.yml",
		       "include: [d/c.yml]\n", "d/c.yml",
		       "include: [{path: ../e/f.yml, project_directory: ../p}]\n", "e/f.yml",
		       "services: {a: {build: x}}\n", "p/here", "", NULL);
}

static void builds_where_the_included_file_is(void **state)
{
	(void)state;
	/* but an empty context is never moved */
	expect_compose(NULL,
		       "s/x.yml:1:16 a s s/Dockerfile -\n"
		       "s/x.yml:1:39 b . Dockerfile -\n"
		       "s/x.yml:1:64 c . Dockerfile t\n"
		       "s/x.yml:1:93 d s/y s/y/Dockerfile -\n",
		       "compose.yml", "include: [s/x.yml]\n", "s/x.yml",
		       "services: {a: {build: {}}, b: {build: ''}, c: {build: {target: t, context: "
		       "''}}, d: {build: y}}\n",
		       NULL);
}

static void lays_the_paths_of_one_include_over_each_other(void **state)
{
	(void)state;
	expect_compose(NULL, "t/y.yml:1:58 b s/x s/x/Dockerfile u\n", "compose.yml",
		       "include: [{path: [s/x.yml, t/y.yml]}]\n", "s/x.yml",
		       "services: {a: {build: {target: t}}, b: {build: x}}\n", "t/y.yml",
		       "services: {a: !reset null, b: {image: i, build: {target: u}}}\n", NULL);
}

static void lays_its_own_services_over_the_included(void **state)
{
	static const char included[] =
		"services: {a: {build: {context: x, target: t, args: [A=1]}}}\n";

	(void)state;
	expect_compose(NULL, "compose.yml:2:32 a s/x s/x/Dockerfile u A=1\n", "compose.yml",
		       "include: [s/x.yml]\nservices: {a: {build: {target: u}}}\n", "s/x.yml",
		       included, NULL);
	expect_compose(NULL, "s/x.yml:1:44 a s/x s/x/Dockerfile t A=1\n", "compose.yml",
		       "include: [s/x.yml]\nservices: {a: !reset null}\n", "s/x.yml", included,
		       NULL);
	/* what it clears is cleared below: in other files */
	expect_compose(NULL,
		       "s/x.yml:1:44 a s/x s/x/Dockerfile t A=1 +compose.yml "
		       "+compose.override.yml\n",
		       "compose.yml",
		       "services: {a: {build: {context: y, args: [A=2, B=2], dockerfile: D}}}\n",
		       "compose.override.yml", "include: [s/x.yml]\nservices: {a: !reset null}\n",
		       "s/x.yml", included, NULL);
}

static void includes_one_file_as_often_as_it_is_named(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:23 b x x/Dockerfile -\n"
		       "u/z.yml:1:23 c u/x u/x/Dockerfile -\n",
		       "compose.yml",
		       "include: [s/x.yml, t/y.yml, u/z.yml]\nservices: {b: {build: x}}\n",
		       "s/x.yml", "include: [../u/z.yml]\n", "t/y.yml", "include: [../u/z.yml]\n",
		       "u/z.yml", "services: {c: {build: x}}\n", NULL);
	/* and a second path is on no way back */
	expect_compose(NULL,
		       "s/x.yml:1:23 a s/x s/x/Dockerfile -\n"
		       "s/z.yml:2:23 c s/y s/y/Dockerfile -\n",
		       "compose.yml", "include: [{path: [s/x.yml, s/z.yml]}]\n", "s/x.yml",
		       "services: {a: {build: x}}\n", "s/z.yml",
		       "include: [x.yml]\nservices: {c: {build: y}}\n", NULL);
}

static void refuses_a_way_back(void **state)
{
	(void)state;
	expect_compose(NULL, "s/x.yml:1:11: 'compose.yml' includes itself\n", "compose.yml",
		       "include: [s/x.yml]\n", "s/x.yml", "include: [../compose.yml]\n", NULL);
	expect_compose(NULL, "t/y.yml:1:11: 's/x.yml' includes itself\n", "compose.yml",
		       "include: [s/x.yml]\n", "s/x.yml", "include: [../t/y.yml]\n", "t/y.yml",
		       "include: [../s/x.yml]\n", NULL);
}

static void takes_what_a_merge_key_brings(void **state)
{
	(void)state;
	expect_compose(NULL, "s/x.yml:1:23 a x x/Dockerfile -\n", "compose.yml",
		       "x-i: &i {path: s/x.yml}\ninclude: [{<<: *i, project_directory: .}]\n",
		       "s/x.yml", "services: {a: {build: x}}\n", NULL);
	expect_compose(NULL,
		       "compose.yml:1:16: '<<' takes a mapping or a list of mappings, not a "
		       "number\n",
		       "compose.yml", "include: [{<<: 1, path: s/x.yml}]\n", "s/x.yml",
		       "services: {a: {build: x}}\n", NULL);
}

/* What cannot be known of an include leaves it out, and the rest is read. */
static void says_what_it_cannot_know_of_an_include(void **state)
{
	static const struct {
		const char *include, *said;
	} unknown[] = {
		{ "[/dev/null]", "1? '/dev/null' is outside the repository" },
		{ "[{path: s/x.yml, project_directory: ..}]", "1? '..' is outside the repository" },
		{ "[{path: s/x.yml, project_directory: $V}]", "1? variable 'V' has no value" },
		{ "[{path: [s/x.yml, $V]}]", "1? variable 'V' has no value" },
		{ "[{path: [s/x.yml, no.yml]}]", "1? includes 'no.yml', which is not in the tree" },
		{ "[s]", "1? includes 's', which is a directory" },
		{ "[m/x.yml]", "1? includes 'm/x.yml', which is in a submodule" },
		{ "[{path: []}]", "1? 'include' names no file" },
		{ "[{path: s/x.yml, project_directory: [p]}]",
		  "1:46: 'project_directory' must be a string, not a list" },
		{ "[1]", "1:11: 'path' must be a string, not a number" },
		{ "[{path: {a: b}}]", "1:18: 'path' must be a string, not a mapping" },
		{ "1", "1:10: 'include' must be a list, not a number" },
		{ "!reset [s/x.yml]", NULL },
		{ "[]", NULL },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		const char *text = arena_printf(&arena, "include: %s\nservices: {b: {build: y}}\n",
						unknown[i].include);
		const char *said =
			unknown[i].said ? arena_printf(&arena, "compose.yml:%s\n", unknown[i].said)
					: "";

		expect_compose(
			NULL, arena_printf(&arena, "compose.yml:2:23 b y y/Dockerfile -\n%s", said),
			"compose.yml", text, "s/x.yml", "services: {a: {build: x}}\n", "m",
			"<submodule>", NULL);
	}
	arena_release(&arena);
}

/* The files are read all the same: only what they would have said is not known. */
static void says_what_it_cannot_know_of_variables(void **state)
{
	static const struct {
		const char *files, *said;
	} unknown[] = {
		{ "no.env", "1? env_file 'no.env' is not in the tree" },
		{ "[s]", "1? env_file 's' is a directory" },
		{ "../e.env", "1? '../e.env' is outside the repository" },
		{ "[$V]", "1? variable 'V' has no value" },
		{ "1", "1:37: 'env_file' must be a string, not a number" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		expect_compose(NULL,
			       arena_printf(&arena,
					    "s/x.yml:1:32 a s s/Dockerfile $T $T\ncompose.yml:%s\n",
					    unknown[i].said),
			       "compose.yml",
			       arena_printf(&arena, "include: [{path: s/x.yml, env_file: %s}]\n",
					    unknown[i].files),
			       "s/x.yml", "services: {a: {build: {target: $T}}}\n", "s/.env",
			       "T=beside\n", NULL);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_a_project_where_its_directory_is),
		cmocka_unit_test(builds_where_the_included_file_is),
		cmocka_unit_test(lays_the_paths_of_one_include_over_each_other),
		cmocka_unit_test(lays_its_own_services_over_the_included),
		cmocka_unit_test(includes_one_file_as_often_as_it_is_named),
		cmocka_unit_test(refuses_a_way_back),
		cmocka_unit_test(takes_what_a_merge_key_brings),
		cmocka_unit_test(says_what_it_cannot_know_of_an_include),
		cmocka_unit_test(says_what_it_cannot_know_of_variables),
	};

	return cmocka_run_group_tests_name("includes of compose files", tests, NULL, NULL);
}
