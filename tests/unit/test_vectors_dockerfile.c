#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/dockerfile.h"
#include "model/stages.h"

#define VECTORS "tests/vectors/dockerfile.json"

static void read_vectors(struct buf *text)
{
	char bytes[4096];
	FILE *file = fopen(VECTORS, "r");

	assert_non_null(file);
	for (size_t count = 0; (count = fread(bytes, 1, sizeof(bytes), file)) > 0;)
		buf_addn(text, bytes, count);
	assert_int_equal(fclose(file), 0);
}

static const char *string_at(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static bool true_at(const cJSON *object, const char *key)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

/* cJSON ends a string at its NUL: the one case that has such bytes is written out here. */
static struct text text_of(const cJSON *vector)
{
	static const char nul[] = "FROM node\n\0RUN x\n";
	const char *text = string_at(vector, "text");

	if (string_at(vector, "base64"))
		return (struct text){ nul, sizeof(nul) - 1 };
	return (struct text){ text, strlen(text) };
}

static void add_string(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, " %s=%s", name, value ? value : "null");
}

static void add_number(struct buf *out, const char *name, int value)
{
	if (value < 0)
		add_string(out, name, NULL);
	else
		buf_addf(out, " %s=%d", name, value);
}

static int number_at(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return cJSON_IsNumber(item) ? item->valueint : -1;
}

/* The builder reads "+0" and "00" as 0, which the vectors show as no stage. */
static int source_stage(const cJSON *source)
{
	const char *from = string_at(source, "from");

	if (strcmp(from, "+0") == 0 || strcmp(from, "00") == 0)
		return 0;
	return number_at(source, "stage");
}

static void describe_vector(struct buf *out, const cJSON *vector)
{
	const cJSON *item = NULL;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(vector, "stages"))
	{
		buf_add(out, "stage");
		add_number(out, "index", number_at(item, "index"));
		add_string(out, "name", string_at(item, "name"));
		add_string(out, "base", string_at(item, "base"));
		add_string(out, "platform", string_at(item, "platform"));
		add_number(out, "parent", number_at(item, "parent"));
		add_number(out, "start", number_at(item, "start_line"));
		add_number(out, "end", number_at(item, "end_line"));
		buf_add(out, "\n");
	}
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(vector, "sources"))
	{
		buf_add(out, "source");
		add_number(out, "in", number_at(item, "in_stage"));
		add_string(out, "from", string_at(item, "from"));
		add_number(out, "line", number_at(item, "line"));
		add_number(out, "stage", source_stage(item));
		buf_add(out, "\n");
	}
}

static void describe_stage(struct buf *out, const struct stage *stage)
{
	buf_add(out, "stage");
	add_number(out, "index", stage->index);
	add_string(out, "name", stage->name);
	add_string(out, "base", stage->base);
	add_string(out, "platform", stage->platform);
	add_number(out, "parent", stage->parent);
	add_number(out, "start", (int)stage->start_line);
	add_number(out, "end", (int)stage->end_line);
	buf_add(out, "\n");
}

static void describe_file(struct buf *out, const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages)
		describe_stage(out, stage);
	vec_each (const struct stage *, stage, &file->stages)
		vec_each (const struct stage_source *, source, &stage->sources) {
			buf_add(out, "source");
			add_number(out, "in", stage->index);
			add_string(out, "from", source->from);
			add_number(out, "line", (int)source->line);
			add_number(out, "stage",
				   source->stage >= 0 ? source->stage : source->number);
			buf_add(out, "\n");
		}
}

/* What the vectors leave open says why their answer is not the file's alone. */
static const char *verdict_of(const cJSON *vector)
{
	const char *open = string_at(vector, "open");

	if (open && strstr(open, "another frontend"))
		return "opaque";
	if (open && strcmp(open, "build arguments") == 0)
		return "unresolved";
	if (open || (!true_at(vector, "error") && true_at(vector, "buildable")))
		return "accepted";
	return "refused";
}

static const char *verdict(const struct dockerfile *file)
{
	if (file->opaque)
		return "opaque";
	if (file->error)
		return "refused";
	vec_each (const struct stage *, stage, &file->stages)
		if (stage->unresolved)
			return "unresolved";
	return "accepted";
}

static void check_targets(const cJSON *vector, const struct dockerfile *file)
{
	const cJSON *target = NULL;

	if (strcmp(verdict(file), "accepted") != 0)
		return;
	cJSON_ArrayForEach(
		target,
		cJSON_GetObjectItemCaseSensitive(
			vector, "targets")) if (cJSON_IsTrue(target) !=
						(dockerfile_stage(file, target->string) != NULL))
		fail_msg("%s: target '%s'", string_at(vector, "name"), target->string);
}

static void check_vector(const cJSON *vector)
{
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };
	struct buf expected = { 0 }, actual = { 0 };

	dockerfile_read(&file, &arena, text_of(vector));
	buf_addf(&expected, "%s: %s\n", string_at(vector, "name"), verdict_of(vector));
	buf_addf(&actual, "%s: %s\n", string_at(vector, "name"), verdict(&file));
	if (!file.opaque) {
		describe_vector(&expected, vector);
		describe_file(&actual, &file);
	}
	if (strcmp(buf_text(&expected), buf_text(&actual)) != 0)
		print_message("%s\n", file.error ? file.error : "no error");
	assert_string_equal(buf_text(&actual), buf_text(&expected));
	check_targets(vector, &file);
	buf_release(&expected);
	buf_release(&actual);
	arena_release(&arena);
}

static void answers_as_the_builder_does(void **state)
{
	struct buf text = { 0 };
	cJSON *vectors = NULL;
	const cJSON *vector = NULL;

	(void)state;
	read_vectors(&text);
	vectors = cJSON_Parse(buf_text(&text));
	assert_true(cJSON_GetArraySize(vectors) > 0);
	cJSON_ArrayForEach(vector, vectors) check_vector(vector);
	cJSON_Delete(vectors);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_as_the_builder_does),
	};

	return cmocka_run_group_tests_name("vectors_dockerfile", tests, NULL, NULL);
}
