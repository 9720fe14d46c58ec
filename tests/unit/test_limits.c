#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "model/policy.h"
#include "model/stages.h"
#include "syntax/template.h"
#include "syntax/yaml.h"
#include "tests/support/compose.h"

/* What is read up to a limit, and what is said one past it. */

static void expect_yaml(const struct buf *text, const char *expected)
{
	struct arena arena = { 0 };
	struct yaml_file file;
	struct buf out = { 0 };

	yaml_read(&file, &arena, (struct text){ text->text, text->length });
	if (file.error)
		buf_addf(&out, "%u:%u: %s", file.span.line, file.span.column, file.error);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

/* Levels of lists, of which those from the third one stand behind an alias. */
static void nest(struct buf *text, size_t levels, bool behind_alias)
{
	buf_clear(text);
	if (behind_alias) {
		buf_add(text, "a: &a ");
		levels -= 2;
	}
	buf_repeat(text, '[', levels);
	buf_repeat(text, ']', levels);
	if (behind_alias)
		buf_add(text, "\nb: [*a]\n");
}

static void limits_the_depth_of_yaml(void **state)
{
	struct buf text = { 0 };

	(void)state;
	nest(&text, MAX_YAML_DEPTH, false);
	expect_yaml(&text, "");
	nest(&text, MAX_YAML_DEPTH + 1, false);
	expect_yaml(&text, "1:65: nested more than 64 levels deep");
	nest(&text, MAX_YAML_DEPTH, true);
	expect_yaml(&text, "");
	nest(&text, MAX_YAML_DEPTH + 1, true);
	expect_yaml(&text, "2:5: nested more than 64 levels deep");
	buf_release(&text);
}

static void limits_the_events_of_yaml(void **state)
{
	struct buf text = { 0 };

	(void)state;
	/* The stream, the document and the list begin and end. */
	for (size_t i = 0; i < MAX_YAML_EVENTS - 6; i++)
		buf_add(&text, "- a\n");
	expect_yaml(&text, "");
	buf_add(&text, "- b\n");
	expect_yaml(&text, "99996:1: more than 100000 YAML events");
	buf_release(&text);
}

static void limits_what_aliases_expand_to(void **state)
{
	struct buf text = { 0 };

	(void)state;
	/* The root, 100 lists of 999 values, and so many more that it is the limit. */
	buf_add(&text, "- &a [x");
	for (int i = 0; i < 998; i++)
		buf_add(&text, ",x");
	buf_add(&text, "]\n");
	for (int i = 0; i < 98; i++)
		buf_add(&text, "- *a\n");
	for (size_t i = 0; i < MAX_YAML_NODES - 1 - 99 * 1000; i++)
		buf_add(&text, "- x\n");
	expect_yaml(&text, "");
	buf_add(&text, "- x\n");
	expect_yaml(&text, "1:1: more than 100000 values where aliases are written out");
	buf_release(&text);
}

static void limits_the_directives_of_yaml(void **state)
{
	struct buf text = { 0 };

	(void)state;
	for (int i = 0; i < MAX_YAML_DIRECTIVES; i++)
		buf_addf(&text, "%%TAG !%c! b\n", 'a' + i);
	buf_add(&text, "--- a\n");
	expect_yaml(&text, "");
	buf_add(&text, "%\n");
	expect_yaml(&text, "18:1: more than 16 lines that begin with '%'");
	buf_release(&text);
}

/* What becomes of a text for each number up to a count, the limit and one more. */
static void expect_at(const char *begin, const char *const *piece, size_t count,
		      const char *expected, const char *expected_past)
{
	struct buf text = { 0 };

	for (size_t past = 0; past < 2; past++) {
		buf_clear(&text);
		buf_add(&text, begin);
		for (size_t i = 0; i < count + past; i++)
			buf_addf(&text, "%s%zu%s", piece[0], i, piece[1]);
		expect_compose(NULL, past ? expected_past : expected, "compose.yml",
			       buf_text(&text), NULL);
	}
	buf_release(&text);
}

static void limits_the_documents_of_a_compose_file(void **state)
{
	static const char *const piece[] = { "---\nx-", ": 1\n" };

	(void)state;
	expect_at("", piece, MAX_COMPOSE_DOCUMENTS, "",
		  "compose.yml:0:0: more than 100 documents\n");
}

static void limits_the_services_of_a_compose_file(void **state)
{
	static const char *const piece[] = { " s", ": {image: a}\n" };

	(void)state;
	expect_at("services:\n", piece, MAX_COMPOSE_SERVICES, "",
		  "compose.yml:0:0: more than 10000 services\n");
}

/* Arguments of one build: as many as are read are there, one more is refused with all. */
static void limits_the_arguments_of_a_build(void **state)
{
	struct buf text = { 0 }, expected = { 0 };

	(void)state;
	buf_add(&text, "services:\n a:\n  build:\n   args:\n");
	buf_add(&expected, "compose.yml:3:3 a . Dockerfile -");
	for (int i = 0; i < MAX_COMPOSE_ITEMS; i++) {
		buf_addf(&text, "    K%d: v\n", i);
		buf_addf(&expected, " K%d=v", i);
	}
	buf_addc(&expected, '\n');
	expect_compose(NULL, buf_text(&expected), "compose.yml", buf_text(&text), NULL);
	buf_add(&text, "    K: v\n");
	expect_compose(NULL, "compose.yml:3:3: 'build' has more than 1000 arguments or contexts\n",
		       "compose.yml", buf_text(&text), NULL);
	buf_release(&text);
	buf_release(&expected);
}

static void limits_how_deep_files_include_one_another(void **state)
{
	struct arena arena = { 0 };
	const char *files[2 * (MAX_COMPOSE_DEPTH + 2) + 1] = { "compose.yml",
							       "include: [1/c.yml]\n" };
	const char **last = &files[2 * MAX_COMPOSE_DEPTH];

	(void)state;
	for (int i = 1; i <= MAX_COMPOSE_DEPTH + 1; i++) {
		files[2 * i] = arena_printf(&arena, "%d/c.yml", i);
		files[2 * i + 1] = arena_printf(&arena, "include: [../%d/c.yml]\n", i + 1);
	}
	expect_compose_of(NULL, "16/c.yml:1:11: '17/c.yml' is included more than 16 deep\n", files);
	last[1] = "services: {a: {build: x}}\n";
	expect_compose_of(NULL, "16/c.yml:1:23 a 16/x 16/x/Dockerfile -\n", files);
	arena_release(&arena);
}

static void limits_the_files_of_a_project(void **state)
{
	struct arena arena = { 0 };
	struct buf text = { 0 };
	const char *files[2 * (MAX_COMPOSE_FILES + 1) + 1] = { "compose.yml" };

	(void)state;
	buf_add(&text, "services: {a: {build: .}}\ninclude:\n");
	for (int i = 1; i <= MAX_COMPOSE_FILES; i++) {
		files[2 * i] = arena_printf(&arena, "%d.yml", i);
		files[2 * i + 1] = "x-a: 1\n";
	}
	/* The file itself is one of them. */
	for (int i = 1; i < MAX_COMPOSE_FILES; i++)
		buf_addf(&text, "- %d.yml\n", i);
	files[1] = buf_text(&text);
	expect_compose_of(NULL, "compose.yml:1:23 a . Dockerfile -\n", files);
	buf_add(&text, "- 100.yml\n");
	files[1] = buf_text(&text);
	expect_compose_of(NULL,
			  "compose.yml:1:23 a . Dockerfile -\n100.yml:0:0: more than 100 files\n",
			  files);
	buf_release(&text);
	arena_release(&arena);
}

/* A policy's values of one variable. */
static struct policy_variable variable(struct arena *arena, const char *name, int count)
{
	struct policy_variable result = { .name = name };

	for (int i = 0; i < count; i++)
		*vec_add(arena, &result.values) = arena_printf(arena, "%s%d", name, i);
	return result;
}

static void limits_the_combinations_of_values(void **state)
{
	static const char text[] = "services: {a: {build: {target: $A$B}}}\n";
	struct arena arena = { 0 };

	(void)state;
	for (int past = 0; past < 2; past++) {
		struct policy policy = { 0 };
		struct buf expected = { 0 };

		*vec_add(&arena, &policy.variables) = variable(&arena, "A", 2);
		*vec_add(&arena, &policy.variables) =
			variable(&arena, "B", MAX_COMPOSE_CHOICES / 2 + past);
		for (int i = 0; i < MAX_COMPOSE_CHOICES; i++)
			buf_addf(&expected, "compose.yml:1:32 a . Dockerfile A%dB%d\n", i % 2,
				 i / 2);
		if (past)
			buf_add(&expected, "compose.yml:0? its variables have more than 64 "
					   "combinations of values\n");
		expect_compose(&policy, buf_text(&expected), "compose.yml", text, NULL);
		buf_release(&expected);
	}
	arena_release(&arena);
}

/* Defaults within defaults. The text is in the arena. */
static const char *nested_default(struct arena *arena, size_t depth)
{
	struct buf text = { 0 };
	const char *copy = NULL;

	for (size_t i = 0; i < depth; i++)
		buf_add(&text, "${U:-");
	buf_addc(&text, 'x');
	buf_repeat(&text, '}', depth);
	copy = arena_string(arena, buf_text(&text));
	buf_release(&text);
	return copy;
}

static void limits_how_deep_defaults_are_nested(void **state)
{
	static const char format[] = "services: {a: {build: {target: '%s'}}}\n";
	struct arena arena = { 0 };
	const char *text = nested_default(&arena, MAX_TEMPLATE_DEPTH);

	(void)state;
	expect_compose(NULL, "compose.yml:1:32 a . Dockerfile x\n", "compose.yml",
		       arena_printf(&arena, format, text), NULL);
	text = nested_default(&arena, MAX_TEMPLATE_DEPTH + 1);
	expect_compose(NULL,
		       arena_printf(&arena,
				    "compose.yml:1:32 a . Dockerfile %s\ncompose.yml:1? defaults "
				    "nested more than 32 deep in '%s'\n",
				    text, text),
		       "compose.yml", arena_printf(&arena, format, text), NULL);
	arena_release(&arena);
}

static void expect_dockerfile(const struct buf *text, const char *expected)
{
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };

	dockerfile_read(&file, &arena, (struct text){ text->text, text->length });
	assert_string_equal(file.error ? file.error : "", expected);
	arena_release(&arena);
}

static void limits_the_words_that_variables_make(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_add(&text, "ARG A=");
	buf_repeat(&text, 'x', MAX_WORD_LENGTH / 2);
	buf_add(&text, "\nARG B=$A$A\nFROM a\n");
	expect_dockerfile(&text, "");
	text.length -= strlen("$A$A\nFROM a\n");
	buf_add(&text, "x$A$A\nFROM a\n");
	expect_dockerfile(&text, "its variables make a word of more than 65536 bytes");
	buf_release(&text);
}

/* Each of the lines takes half of the length of a word to read, and all of it to replace. */
static void limits_the_steps_of_a_file(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_add(&text, "ARG A=");
	buf_repeat(&text, 'x', MAX_WORD_LENGTH / 2);
	for (unsigned i = 0; i < MAX_EXPANSION_OF_FILE / MAX_WORD_LENGTH - 1; i++)
		buf_add(&text, "\nARG B=$A$A");
	buf_add(&text, "\nFROM a\n");
	expect_dockerfile(&text, "");
	for (unsigned i = 0; i < 2; i++) {
		text.length -= strlen("\nFROM a\n");
		buf_add(&text, "\nARG B=$A$A\nFROM a\n");
	}
	expect_dockerfile(&text, "its variables take more than 16777216 steps to expand");
	buf_release(&text);
}

/* An instruction with a text below so many defaults. */
static void add_nested_default(struct buf *text, size_t length, size_t depth)
{
	buf_add(text, "FROM a\nENV A=");
	for (size_t i = 0; i < depth; i++)
		buf_add(text, "${U:-");
	buf_repeat(text, 'x', length);
	buf_repeat(text, '}', depth);
	buf_addc(text, '\n');
}

static void limits_the_steps_of_an_instruction(void **state)
{
	struct buf text = { 0 };

	(void)state;
	/* Each level reads the text anew. */
	add_nested_default(&text, 20000, 45);
	expect_dockerfile(&text, "");
	buf_clear(&text);
	add_nested_default(&text, 20000, 60);
	expect_dockerfile(&text,
			  "'${U:-${U:-${U:-${U:-${U:-${U:-${U:-${U:-${U:-${U:-${U:-${U:-...' is "
			  "refused: its variables take more than 1048576 steps to expand");
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_the_depth_of_yaml),
		cmocka_unit_test(limits_the_events_of_yaml),
		cmocka_unit_test(limits_what_aliases_expand_to),
		cmocka_unit_test(limits_the_directives_of_yaml),
		cmocka_unit_test(limits_the_documents_of_a_compose_file),
		cmocka_unit_test(limits_the_services_of_a_compose_file),
		cmocka_unit_test(limits_the_arguments_of_a_build),
		cmocka_unit_test(limits_how_deep_files_include_one_another),
		cmocka_unit_test(limits_the_files_of_a_project),
		cmocka_unit_test(limits_the_combinations_of_values),
		cmocka_unit_test(limits_how_deep_defaults_are_nested),
		cmocka_unit_test(limits_the_words_that_variables_make),
		cmocka_unit_test(limits_the_steps_of_a_file),
		cmocka_unit_test(limits_the_steps_of_an_instruction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
