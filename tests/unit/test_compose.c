#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/policy.h"
#include "readers/readers.h"
#include "tests/support/compose.h"

static void watches_what_compose_files_are_called(void **state)
{
	static const char *const yes[] = { "compose.yml",           "compose.yaml",
					   "docker-compose.yml",    "docker-compose.prod.yaml",
					   "compose-dev.yml",       "compose_x.yml",
					   "compose.override.yaml", "docker-compose.a.b.yml" };
	static const char *const no[] = { "composer.yml",
					  "compose.json",
					  "compose",
					  ".yml",
					  "my-compose.yml",
					  "composeyml",
					  "Compose.yml",
					  "yml",
					  "docker-compose.yml.bak",
					  "docker.yml",
					  "" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_true(reader_compose.watches(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(reader_compose.watches(no[i]));
}

static void places_a_build_where_its_deciding_value_is(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:3:12 a x x/Dockerfile -\n"
		       "compose.yml:6:16 b y y/Dockerfile -\n"
		       "compose.yml:10:19 c y y/D -\n"
		       "compose.yml:15:15 d y y/D t\n"
		       "compose.yml:17:5 e . Dockerfile -\n"
		       "compose.yml:19:25 f . D -\n"
		       "compose.yml:20:27 g . ~/D -\n",
		       "compose.yml",
		       "services:\n"
		       "  a:\n    build: x\n"
		       "  b:\n    build:\n      context: y\n"
		       "  c:\n    build:\n      context: y\n      dockerfile: D\n"
		       "  d:\n    build:\n      context: y\n      dockerfile: D\n      target: t\n"
		       "  e:\n    build: {}\n"
		       "  f:\n    build: {dockerfile: D, target: ''}\n"
		       "  g: {build: {dockerfile: ~/D}}\n",
		       NULL);
}

static void lays_the_override_over_the_default_file(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "d/compose.override.yml:1:32 a d/x d/x/D two A=2 B=? C=3 @k +d/compose.yaml "
		       "+d/compose.override.yml\n"
		       "d/compose.yaml:9:12 b d d/Dockerfile - +d/compose.yaml "
		       "+d/compose.override.yml\n",
		       "d/compose.yaml",
		       "services:\n  a:\n    build:\n      context: x\n      dockerfile: D\n"
		       "      target: one\n      args: [A=1, B]\n"
		       "  b:\n    build: .\n",
		       "d/compose.override.yml",
		       "services: {a: {build: {target: two, args: {A: 2, C: 3}, "
		       "additional_contexts: {k: ./k}}}}\n",
		       NULL);
}

static void merges_contexts_by_their_names(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:1:33 a x x/Dockerfile - @k @l @n +compose.yml "
		"+compose.override.yml\n",
		"compose.yml",
		"services: {a: {build: {context: x, additional_contexts: [k=./k, l=./l]}}}\n",
		"compose.override.yml",
		"services: {a: {build: {additional_contexts: {n: ./n, k: ./m}}}}\n", NULL);
}

static void takes_null_for_nothing_said(void **state)
{
	(void)state;
	expect_compose(NULL, "compose.yml:2:50 a x x/D t A=1 +compose.yml +compose.override.yml\n",
		       "compose.yml",
		       "services:\n"
		       "  a: {build: {context: x, dockerfile: D, target: t, args: {A: 1}}}\n",
		       "compose.override.yml", "services:\n  a:\n", NULL);
	expect_compose(NULL, "compose.yml:2:3: service 'a' must be a mapping, not null\n",
		       "compose.yml", "services:\n  a:\n", "compose.override.yml",
		       "services: {a: {build: y}}\n", NULL);
}

static void includes_nothing_where_null_stands(void **state)
{
	(void)state;
	expect_compose(NULL, "compose.yml:2:23 a x x/Dockerfile -\n", "compose.yml",
		       "include:\nservices: {a: {build: x}}\n", NULL);
	expect_compose(NULL, "s/one.yml:1:23 b s/y s/y/Dockerfile -\n", "compose.yml",
		       "include:\n"
		       "  - {path: s/one.yml, env_file: /dev/null, project_directory: }\n"
		       "  - {path: s/one.yml, env_file: }\n",
		       "s/one.yml", "services: {b: {build: y}}\n", NULL);
}

static void reads_every_other_file_as_a_view_of_its_own(void **state)
{
	(void)state;
	/* alone: each service is complete */
	expect_compose(NULL,
		       "compose.yml:1:23 a x x/Dockerfile -\n"
		       "compose.test.yml:1:23 b y y/Dockerfile -\n",
		       "compose.yml", "services: {a: {build: x}}\n", "compose.test.yml",
		       "services: {b: {build: y}, c: {image: z}}\n", NULL);
	/* laid over the default file, without its override; only what it mentions is listed */
	expect_compose(
		NULL,
		"compose.override.yml:1:32 a x x/Dockerfile o +compose.yml +compose.override.yml\n"
		"compose.yml:1:38 b y y/Dockerfile - +compose.yml +compose.override.yml\n"
		"compose.yml:1:38 b y y/Dockerfile - +compose.yml +compose.dev.yml\n",
		"compose.yml", "services: {a: {build: x}, b: {build: y}}\n", "compose.override.yml",
		"services: {a: {build: {target: o}}}\n", "compose.dev.yml",
		"services: {b: {environment: {D: 1}}}\n", NULL);
	/* another default name is a view too; an override without a default file stands alone */
	expect_compose(NULL,
		       "compose.yaml:1:23 a x x/Dockerfile -\n"
		       "docker-compose.yml:1:23 a z z/Dockerfile -\n"
		       "s/compose.override.yml:1:23 a s/x s/x/Dockerfile -\n",
		       "compose.yaml", "services: {a: {build: x}}\n", "docker-compose.yml",
		       "services: {a: {build: z}}\n", "s/compose.override.yml",
		       "services: {a: {build: x}, b: {command: c}}\n", NULL);
}

static void extends_services_in_every_form(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"s/x.yml:1:59 a s/c s/c/D prod A=1 B=2\n"
		"compose.yml:3:47 b . own t2 A=1\n"
		"s/x.yml:1:110 c . Dockerfile t\n"
		"s/x.yml:1:59 d s/c s/c/D prod A=1\n",
		"compose.yml",
		"services:\n"
		"  a: {extends: {service: x, file: s/x.yml}, build: {args: {B: 2}}}\n"
		"  b: {extends: a, build: {context: ., target: t2, dockerfile: own, args: "
		"!override "
		"[A=1]}}\n"
		"  c: {extends: {service: no-context, file: s/x.yml}}\n"
		"  d: {extends: {service: y, file: s/x.yml}}\n",
		"s/x.yml",
		"services: {x: {build: {context: c, dockerfile: D, target: prod, args: {A: 1}}}, "
		"no-context: {build: {target: t}}, y: {extends: {file: ../s/x.yml, service: x}}}\n",
		NULL);
}

static void takes_an_empty_context_for_the_directory_of_the_project(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "s/x.yml:1:32 a . Dockerfile t\n"
		       "s/i.yml:1:33 p . Dockerfile -\n",
		       "compose.yml",
		       "include: [s/i.yml]\n"
		       "services: {a: {extends: {file: s/x.yml, service: a}}}\n",
		       "s/i.yml", "services: {p: {build: {context: ''}}}\n", "s/x.yml",
		       "services: {a: {build: {target: t, context: ''}}}\n", NULL);
}

static void keeps_what_a_service_extends_when_it_clears_what_lies_below(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.override.yml:1:38 b y y/D t +compose.yml +compose.override.yml\n"
		       "compose.override.yml:1:38 a x x/D t +compose.yml +compose.override.yml\n",
		       "compose.yml", "services: {b: {build: {context: z, args: [A=1]}}}\n",
		       "compose.override.yml",
		       "x-a: &a {build: {context: x, target: t, dockerfile: D}}\n"
		       "services:\n  a: *a\n  b: !override {extends: a, build: {context: y}}\n",
		       NULL);
}

static void sees_only_its_own_document_when_it_extends(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:23 a x x/Dockerfile -\n"
		       "compose.yml:3? service 'b' extends 'a', which is not there\n",
		       "compose.yml",
		       "services: {a: {build: x}}\n---\nservices: {b: {extends: a}}\n", NULL);
}

static void extends_what_an_include_brings(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "s/c.yml:1:32 b s s/Dockerfile t\n"
		       "s/c.yml:1:32 a s s/Dockerfile t\n",
		       "compose.yml", "include: [s/c.yml]\nservices: {b: {extends: a}}\n",
		       "s/c.yml", "services: {a: {build: {target: t}}}\n", NULL);
}

static void refuses_services_that_extend_themselves(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:3:24 c . Dockerfile -\n"
		"compose.yml:5:16: service 'a' extends itself\n"
		"compose.yml:6:16: service 'e' extends itself\n"
		"s/x.yml:1:25: service 'x' extends itself\n",
		"compose.yml",
		"services:\n  a: {extends: b}\n  c: {build: {context: .}}\n  d: {extends: b}\n"
		"  b: {extends: a, build: .}\n  e: {extends: e}\n"
		"  f: {extends: {file: s/x.yml, service: x}}\n",
		"s/x.yml", "services: {x: {extends: {file: ../s/x.yml, service: x}}}\n", NULL);
}

static void includes_projects(void **state)
{
	(void)state;
	expect_compose(NULL, "s/c.yml:1:32 a s s/Dockerfile own\n", "compose.yml",
		       "include:\n  - path: [s/c.yml]\n    env_file: e.env\n", "s/c.yml",
		       "services: {a: {build: {target: '${T}'}}}\n", "e.env", "T=own\n", NULL);
}

static void takes_the_env_file_beside_an_include_that_names_none(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "s/x.yml:1:32 a s s/Dockerfile beside\n"
		       "s/y.yml:1:32 b s s/Dockerfile none\n",
		       "compose.yml",
		       "include:\n  - {path: s/x.yml, env_file: []}\n"
		       "  - {path: s/y.yml, env_file: /dev/null}\n",
		       "s/.env", "T=beside\n", "s/x.yml",
		       "services: {a: {build: {target: '${T:-none}'}}}\n", "s/y.yml",
		       "services: {b: {build: {target: '${T:-none}'}}}\n", NULL);
}

static void lays_env_files_over_each_other_for_one_include_alone(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "s/x.yml:1:32 a s s/Dockerfile over-b\n"
		       "t/x.yml:1:32 b t t/Dockerfile $A-$B $B\n",
		       "compose.yml",
		       "include:\n  - {path: s/x.yml, env_file: [a.env, b.env]}\n"
		       "  - {path: t/x.yml, env_file: [a.env]}\n",
		       "a.env", "A=a\nC=c\n", "b.env", "A=over\nB=b\n", "s/x.yml",
		       "services: {a: {build: {target: $A-$B}}}\n", "t/x.yml",
		       "services: {b: {build: {target: $A-$B}}}\n", NULL);
}

static void takes_variables_from_env_files_and_the_policy(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:32 a . Dockerfile top\n"
		       "s/c.yml:1:32 b s s/Dockerfile top-low\n",
		       "compose.yml", "services: {a: {build: {target: $T}}}\ninclude: [s/c.yml]\n",
		       ".env", "T=top\n", "s/c.yml", "services: {b: {build: {target: $T-$U}}}\n",
		       "s/.env", "T=low\nU=low\n", NULL);
}

static void takes_an_argument_without_value_from_the_variables(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:16 a . Dockerfile - A=one B=? C=\n"
		       "compose.yml:2:7 b . Dockerfile - A=one B=?\n",
		       "compose.yml",
		       "services: {a: {build: {args: [A, B, C]}},\n  b: {build: {args: {A: , B: "
		       "}}}}\n",
		       ".env", "A=one\nC=\n", NULL);
}

static void checks_every_value_of_the_policy(void **state)
{
	static const char *names[] = { "dev", "prod" };
	struct policy policy = { 0 };
	static struct policy_variable variable = { .name = "T" };

	(void)state;
	variable.values.items = names;
	variable.values.count = 2;
	policy.variables.items = &variable;
	policy.variables.count = 1;
	expect_compose(&policy,
		       "compose.yml:1:32 a . Dockerfile dev\n"
		       "compose.yml:1:59 b . Dockerfile -\n"
		       "compose.yml:1:32 a . Dockerfile prod\n",
		       "compose.yml",
		       "services: {a: {build: {target: $T}}, b: {build: {context: .}}}\n", ".env",
		       "T=file\n", NULL);
}

static void names_the_variable_without_value(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:23 a . Dockerfile x-$T $T\n"
		       "compose.yml:3:24 b - - - $D\n"
		       "compose.yml:4:27 c . - - $F\n"
		       "compose.yml:5:23 d . Dockerfile ${\n"
		       "compose.yml:5? invalid interpolation format in '${'\n",
		       "compose.yml",
		       "services:\n  a: {build: {target: x-$T}}\n  b: {build: {context: $D/x}}\n"
		       "  c: {build: {dockerfile: $F}}\n  d: {build: {target: '${'}}\n",
		       NULL);
}

static void resets_and_overrides_what_lies_below(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:4:16 a x x/Dockerfile - B=2 +compose.yml +compose.override.yml\n"
		"compose.override.yml:4:37 c . D - +compose.yml +compose.override.yml\n",
		"compose.yml",
		"services:\n  a:\n    build:\n      context: x\n      target: t\n      args: [A=1, "
		"B=2]\n"
		"  b: {build: y}\n  c: {build: {context: z, target: t}}\n",
		"compose.override.yml",
		"services:\n  a: {build: {target: !reset null, args: {A: !reset null}}}\n"
		"  b: !reset null\n  c: {build: !override {dockerfile: D}}\n",
		NULL);
}

static void merges_keys_shallowly(void **state)
{
	(void)state;
	expect_compose(NULL, "compose.yml:2:31 b y y/Dockerfile -\n", "compose.yml",
		       "x-a: &a {image: i, build: {context: x, target: t}}\n"
		       "services: {b: {<<: *a, build: y}}\n",
		       NULL);
}

static void resets_what_a_merge_key_brings_below_alone(void **state)
{
	(void)state;
	/* as Docker Compose does: what is here is taken, what lies below is dropped */
	expect_compose(NULL,
		       "compose.yml:2:48 b y y/Dockerfile t +compose.yml +compose.override.yml\n"
		       "compose.override.yml:1:18 a x x/Dockerfile over +compose.yml "
		       "+compose.override.yml\n"
		       "compose.override.yml:2:26 c . Dockerfile u +compose.yml "
		       "+compose.override.yml\n",
		       "compose.yml",
		       "services:\n  b: &b {image: i, build: {context: y, target: t}}\n"
		       "  a: {build: {context: x, target: below, args: [A=1]}}\n"
		       "  c: {build: {context: z}}\n",
		       "compose.override.yml",
		       "x-a: &a {target: over}\nx-b: &b {build: {target: u}}\nservices:\n"
		       "  a: {build: {<<: *a, target: !reset null, args: !reset []}}\n"
		       "  c: {<<: *b, build: !reset null}\n",
		       NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(watches_what_compose_files_are_called),
		cmocka_unit_test(places_a_build_where_its_deciding_value_is),
		cmocka_unit_test(lays_the_override_over_the_default_file),
		cmocka_unit_test(merges_contexts_by_their_names),
		cmocka_unit_test(takes_null_for_nothing_said),
		cmocka_unit_test(includes_nothing_where_null_stands),
		cmocka_unit_test(reads_every_other_file_as_a_view_of_its_own),
		cmocka_unit_test(extends_services_in_every_form),
		cmocka_unit_test(takes_an_empty_context_for_the_directory_of_the_project),
		cmocka_unit_test(keeps_what_a_service_extends_when_it_clears_what_lies_below),
		cmocka_unit_test(sees_only_its_own_document_when_it_extends),
		cmocka_unit_test(extends_what_an_include_brings),
		cmocka_unit_test(refuses_services_that_extend_themselves),
		cmocka_unit_test(includes_projects),
		cmocka_unit_test(takes_the_env_file_beside_an_include_that_names_none),
		cmocka_unit_test(lays_env_files_over_each_other_for_one_include_alone),
		cmocka_unit_test(takes_variables_from_env_files_and_the_policy),
		cmocka_unit_test(takes_an_argument_without_value_from_the_variables),
		cmocka_unit_test(checks_every_value_of_the_policy),
		cmocka_unit_test(names_the_variable_without_value),
		cmocka_unit_test(resets_and_overrides_what_lies_below),
		cmocka_unit_test(merges_keys_shallowly),
		cmocka_unit_test(resets_what_a_merge_key_brings_below_alone),
	};

	return cmocka_run_group_tests_name("compose", tests, NULL, NULL);
}
