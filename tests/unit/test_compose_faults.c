#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "tests/support/compose.h"

static void leaves_what_is_not_in_the_tree_unchecked(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:2:14 a - - -\n"
		"compose.yml:3:14 b - - -\n"
		"compose.yml:4:14 c - - -\n"
		"compose.yml:5:27 d . - -\n"
		"compose.yml:6:27 e . - -\n"
		"compose.yml:7:14 f - - -\n"
		"compose.yml:8:14 g - - -\n"
		"compose.yml:9:14 h - - -\n"
		"compose.yml:2? the context of service 'a', 'https://x.org/r.git', is remote\n"
		"compose.yml:3? the context of service 'b', '../..', is outside the repository\n"
		"compose.yml:4? the context of service 'c', 'sub/x', is in a submodule\n"
		"compose.yml:5? the Dockerfile of service 'd', '/etc/passwd', is outside the "
		"repository\n"
		"compose.yml:6? the Dockerfile of service 'e', 'sub/D', is in a submodule\n"
		"compose.yml:7? the context of service 'f', 'git@h:r', is remote\n"
		"compose.yml:8? the context of service 'g', 'C:\\x', is outside the repository\n"
		"compose.yml:9? the context of service 'h', 'out', is outside the repository\n",
		"compose.yml",
		"services:\n  a: {build: 'https://x.org/r.git'}\n  b: {build: ../..}\n"
		"  c: {build: sub/x}\n  d: {build: {dockerfile: /etc/passwd}}\n"
		"  e: {build: {dockerfile: sub/D}}\n  f: {build: 'git@h:r'}\n"
		"  g: {build: 'C:\\x'}\n  h: {build: out}\n",
		"sub", "<submodule>", "out", "->../../etc", NULL);
}

static void says_which_service_is_no_context(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:7 a . Dockerfile - @there @gone @image @web @known\n"
		       "compose.yml:6:14 b x x/Dockerfile -\n"
		       "compose.yml:2? context 'gone' of service 'a' is service 'no', which is not "
		       "there\n"
		       "compose.yml:2? context 'image' of service 'a' is service 'c', which builds "
		       "nothing\n",
		       "compose.yml",
		       "services:\n  a: {build: {additional_contexts: [there=service:b, "
		       "gone=service:no,\n    image=service:c, web=https://x/y,\n"
		       "    known=service:$X]}}\n"
		       "  c: {image: i}\n  b: {build: x}\n",
		       NULL);
}

static void says_what_it_cannot_include(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:23 a . Dockerfile -\n"
		       "compose.yml:1:48: 'compose.yml' includes itself\n"
		       "bad.yml:2:1: did not find expected node content while parsing a flow node\n"
		       "compose.yml:1? includes 'no.yml', which is not in the tree\n"
		       "compose.yml:1? '../x.yml' is outside the repository\n"
		       "compose.yml:1? 'https://x/y.yml' is remote\n"
		       "compose.yml:1? variable 'V' has no value\n"
		       "compose.yml:1? 'include' names no file\n",
		       "compose.yml",
		       "include: [no.yml, ../x.yml, 'https://x/y.yml', compose.yml, $V/x.yml, {}, "
		       "bad.yml]\n"
		       "services: {a: {build: .}}\n",
		       "bad.yml", "a: [\n", NULL);
}

static void refuses_wrong_types_on_the_way_to_a_build(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:6:14 e . Dockerfile -\n"
		"compose.yml:8:3: the name of a service must be a string, not a number\n"
		"compose.yml:11:11: '<<' takes a mapping or a list of mappings, not a number\n"
		"compose.yml:9:16: 'extends' must be a string, not a list\n"
		"compose.yml:2:3: service 'a' must be a mapping, not a list\n"
		"compose.yml:3:7: 'build' must be a string or a mapping, not a list\n"
		"compose.yml:4:24: 'context' must be a string, not a mapping\n"
		"compose.yml:5:27: 'dockerfile' must be a string, not a number\n"
		"compose.yml:7:3: service 'f' must be a mapping, not null\n"
		"compose.yml:10:3: 'extends' names no service\n"
		"compose.a.yml:1:1: a compose file must be a mapping, not a list\n"
		"compose.b.yml:1:10: 'include' must be a list, not a string\n"
		"compose.c.yml:1:26: duplicate key 'build', first on line 1\n",
		"compose.yml",
		"services:\n  a: []\n  b: {build: []}\n  c: {build: {context: {}}}\n"
		"  d: {build: {dockerfile: 1}}\n  e: {build: .}\n  f:\n  1: {build: .}\n"
		"  g: {extends: [x]}\n  h: {extends: {file: x.yml}}\n  i: {<<: 1}\n",
		"compose.a.yml", "- a\n", "compose.b.yml", "include: x\n", "compose.c.yml",
		"services: {a: {build: ., build: x}}\n", NULL);
}

static void refuses_lists_of_a_wrong_type(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:8:7 f . Dockerfile - A=? B= C=1 +compose.yml +compose.override.yml\n"
		"compose.override.yml:2:7 g . Dockerfile - A=b +compose.yml "
		"+compose.override.yml\n"
		"compose.yml:2:21: 'args' must be a mapping or a list, not a string\n"
		"compose.yml:3:21: 'args' must be a mapping or a list, not null\n"
		"compose.yml:4:27: an item of 'args' must be a string, not a number\n"
		"compose.yml:5:25: 'A' in 'args' must be a string, not a list\n"
		"compose.yml:6:36: 'additional_contexts' must be a mapping or a list, not a "
		"string\n"
		"compose.yml:7:37: an item of 'additional_contexts' must be a string, not a "
		"mapping\n",
		"compose.yml",
		"services:\n"
		"  a: {build: {args: A=b}}\n"
		"  b: {build: {args: }}\n"
		"  c: {build: {args: [A=b, 1]}}\n"
		"  d: {build: {args: {A: [b]}}}\n"
		"  e: {build: {additional_contexts: k=./k}}\n"
		"  h: {build: {additional_contexts: [{k: ./k}]}}\n"
		"  f: {build: {args: {A: , B: '', C: 1}}}\n"
		"  g: {build: {args: {A: b}}}\n",
		"compose.override.yml", "services:\n  g: {build: {args: A=c}}\n", NULL);
}

static void refuses_names_and_values_of_a_wrong_type(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.yml:5:7 d . Dockerfile - @k @X\n"
		"compose.yml:2:22: a name in 'args' must be a string, not a number\n"
		"compose.yml:3:25: 'A' in 'args' must be a string, not a date\n"
		"compose.yml:4:37: an item of 'additional_contexts' must be 'name=value', not "
		"'k'\n"
		"compose.yml:6:37: an item of 'additional_contexts' must be 'name=value', not "
		"'${X:-}'\n",
		"compose.yml",
		"services:\n"
		"  a: {build: {args: {1: b}}}\n"
		"  b: {build: {args: {A: 2001-01-01}}}\n"
		"  c: {build: {additional_contexts: [k]}}\n"
		"  d: {build: {additional_contexts: ['${X:-k=./k}', 'X=$X']}}\n"
		"  e: {build: {additional_contexts: ['${X:-}']}}\n",
		NULL);
}

static void refuses_a_wrong_type_whatever_lies_above(void **state)
{
	(void)state;
	expect_compose(
		NULL,
		"compose.override.yml:6:23 e . Dockerfile y +compose.yml +compose.override.yml\n"
		"compose.yml:2:23: 'target' must be a string, not a number\n"
		"compose.yml:3:24: 'context' must be a string, not null\n"
		"compose.yml:4:7: 'build' must be a string or a mapping, not a list\n"
		"compose.yml:5:14: 'build' must be a string, not a number\n",
		"compose.yml",
		"services:\n  a: {build: {target: 1}}\n  b: {build: {context: }}\n  c: "
		"{build: []}\n"
		"  d: {build: 1}\n  e: {build: {target: x}}\n",
		"compose.override.yml",
		"services:\n  a: {build: {target: x}}\n  b: !override {build: .}\n"
		"  c: {build: !reset null}\n  d: {build: !override .}\n"
		"  e: {build: {target: y}}\n",
		NULL);
}

static void refuses_an_empty_document_but_no_empty_file(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:23 a . Dockerfile - +compose.yml +compose.override.yml\n"
		       "compose.yml:3:1: a compose file must be a mapping, not null\n"
		       "compose.a.yml:1:1: a compose file must be a mapping, not null\n",
		       "compose.yml", "services: {a: {build: .}}\n---\n", "compose.override.yml",
		       "# nothing\n", "compose.a.yml", "null\n", NULL);
}

/* A value of 64 KiB, so often. */
static void expect_long_arguments(unsigned count, const char *end)
{
	struct buf text = { 0 }, variables = { 0 }, expected = { 0 };

	buf_add(&variables, "A=");
	for (unsigned i = 0; i < 65536 / 8; i++)
		buf_add(&variables, "01234567");
	buf_addf(&expected, "compose.yml:1:32 a . Dockerfile t %s%s", buf_text(&variables) + 2,
		 end);
	buf_add(&text, "services: {a: {build: {target: t, args: [");
	for (unsigned i = 0; i < count; i++)
		buf_addf(&text, "%s$A", i ? "," : "");
	buf_add(&text, "]}}}\n");
	expect_compose(NULL, buf_text(&expected), "compose.yml", buf_text(&text), ".env",
		       buf_text(&variables), NULL);
	buf_release(&expected);
	buf_release(&variables);
	buf_release(&text);
}

static void limits_what_variables_make(void **state)
{
	(void)state;
	expect_long_arguments(256, "=?\n");
	expect_long_arguments(
		257, "=? $A=?\n"
		     "compose.yml:1:810: its texts with variables take more than 16 MiB\n");
}

static void follows_the_files_that_an_env_file_names(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:23 a . Dockerfile -\n"
		       "compose.yml:1:23 a . Dockerfile - +compose.yml +s/hidden.yml\n"
		       "s/hidden.yml:1:23 b x x/Dockerfile - +compose.yml +s/hidden.yml\n",
		       "compose.yml", "services: {a: {build: .}}\n", ".env",
		       "COMPOSE_FILE=compose.yml:s/hidden.yml\n", "s/hidden.yml",
		       "services: {b: {build: x}}\n", NULL);
	expect_compose(NULL,
		       "compose.yml:1:23 a . Dockerfile -\n"
		       ".env:0? COMPOSE_FILE names 'no.yml', which is not in the tree\n",
		       "compose.yml", "services: {a: {build: .}}\n", ".env",
		       "COMPOSE_FILE=no.yml\n", NULL);
}

static void finds_a_project_by_its_env_file_alone(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "d/stack.yml:1:44 a d/x d/x/Dockerfile t\n"
		       "d/stack.yml:1:60 b d/y d/y/Dockerfile -\n",
		       ".env", "COMPOSE_FILE=d/stack.yml\n", "d/stack.yml",
		       "services: {a: {build: {context: x, target: t}}, b: {build: y}}\n", NULL);
}

static void places_a_named_project_where_its_first_file_is(void **state)
{
	(void)state;
	/* and takes variables from there too, those of the naming file before them */
	expect_compose(
		NULL,
		"d/stack.yml:1:44 a d/x d/x/Dockerfile above-below +d/stack.yml +e/more.yml\n"
		"e/more.yml:1:23 b d/y d/y/Dockerfile - +d/stack.yml +e/more.yml\n",
		".env", "COMPOSE_FILE=d/stack.yml:e/more.yml\nA=above\n", "d/.env",
		"A=x\nB=below\n", "d/stack.yml",
		"services: {a: {build: {context: x, target: $A-$B}}}\n", "e/more.yml",
		"services: {b: {build: y}}\n", NULL);
}

static void gives_an_error_in_an_env_file_its_place(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "compose.yml:1:32 a . Dockerfile $T $T\n"
		       ".env:2? its variables are not known: a quote is not closed\n",
		       "compose.yml", "services: {a: {build: {target: $T}}}\n", ".env",
		       "T=x\nU='\n", NULL);
}

static void says_that_an_env_file_is_too_large(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_add(&text, "T=x\n");
	buf_repeat(&text, '\n', MAX_FILE_SIZE - text.length);
	expect_compose(NULL, "compose.yml:1:32 a . Dockerfile x\n", ".env", buf_text(&text),
		       "compose.yml", "services: {a: {build: {target: $T}}}\n", NULL);
	buf_addc(&text, '\n');
	expect_compose(NULL,
		       "compose.yml:1:32 a . Dockerfile $T $T\n"
		       ".env:0? larger than 1048576 bytes\n",
		       ".env", buf_text(&text), "compose.yml",
		       "services: {a: {build: {target: $T}}}\n", NULL);
	buf_release(&text);
}

static void does_not_read_what_an_attribute_changes(void **state)
{
	static const char reason[] = "it is changed by an attribute, 'filter' in line 1 of "
				     "'.gitattributes'";
	char expected[1000];

	(void)state;
	snprintf(expected, sizeof(expected), "compose.yml:0? %s\n", reason);
	expect_compose(NULL, expected, ".gitattributes", "compose.yml filter=crypt\n",
		       "compose.yml", "services: {a: {build: .}}\n", "compose.override.yml",
		       "services: {a: {build: {target: b}}}\n", "compose.dev.yml",
		       "services: {a: {command: x}, b: {build: no}}\n", NULL);
	snprintf(expected, sizeof(expected),
		 "compose.yml:1:32 a . Dockerfile $T $T\n"
		 ".env:0? %s\n",
		 reason);
	expect_compose(NULL, expected, ".gitattributes", ".env filter=crypt\n", "compose.yml",
		       "services: {a: {build: {target: $T}}}\n", ".env", "T=x\n", NULL);
}

static void parses_text_inside_a_compose_file(void **state)
{
	(void)state;
	expect_compose(
		NULL, "compose.yml:1:32 a . - b\n", "compose.yml",
		"services: {a: {build: {target: b, dockerfile_inline: 'FROM scratch AS b'}}}\n",
		NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_what_is_not_in_the_tree_unchecked),
		cmocka_unit_test(says_which_service_is_no_context),
		cmocka_unit_test(says_what_it_cannot_include),
		cmocka_unit_test(refuses_wrong_types_on_the_way_to_a_build),
		cmocka_unit_test(refuses_lists_of_a_wrong_type),
		cmocka_unit_test(refuses_names_and_values_of_a_wrong_type),
		cmocka_unit_test(refuses_a_wrong_type_whatever_lies_above),
		cmocka_unit_test(refuses_an_empty_document_but_no_empty_file),
		cmocka_unit_test(limits_what_variables_make),
		cmocka_unit_test(follows_the_files_that_an_env_file_names),
		cmocka_unit_test(finds_a_project_by_its_env_file_alone),
		cmocka_unit_test(places_a_named_project_where_its_first_file_is),
		cmocka_unit_test(gives_an_error_in_an_env_file_its_place),
		cmocka_unit_test(says_that_an_env_file_is_too_large),
		cmocka_unit_test(does_not_read_what_an_attribute_changes),
		cmocka_unit_test(parses_text_inside_a_compose_file),
	};

	return cmocka_run_group_tests_name("faults of compose files", tests, NULL, NULL);
}
