#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/path.h"
#include "model/policy.h"
#include "readers/compose.h"
#include "readers/readers.h"
#include "tests/support/memory.h"

/*
 * What is said here where compose-go refuses the whole project. Some of that is no fault of a
 * build (contract section 3), some depends on what is not the files' alone.
 */
static const struct {
	const char *name, *answer;
} ours[] = {
	{ "build null + image", "compose.yaml:4:11: fault: 'build' must be a string, not null\n" },
	{ "build null no image", "compose.yaml:3:11: fault: 'build' must be a string, not null\n" },
	{ "target int", "compose.yaml:5:15: fault: 'target' must be a string, not a number\n" },
	{ "target true", "compose.yaml:5:15: fault: 'target' must be a string, not a boolean\n" },
	{ "var os env wins over .env", "a: . Dockerfile prod\n" },
	{ "var unset no default", "a: . Dockerfile ${T} (variable 'T' has no value)\n" },
	{ "var required", "a: . Dockerfile ${T:?need T} (variable 'T' has no value)\n" },
	{ "required var elsewhere", "a: . Dockerfile dev\n" },
	{ "extends missing file", "compose.yaml:3: unchecked: extends a service of 'nope.yml', "
				  "which is not in the tree\n" },
	{ "extends missing svc",
	  "compose.yaml:3: unchecked: service 'b' extends 'a', which is not there\n" },
	{ "inline + dockerfile", "compose.yaml:5:26: fault: 'dockerfile' and 'dockerfile_inline' "
				 "exclude each other\n" },
	{ "context ~",
	  "a: - -  remote\n"
	  "compose.yaml:3: unchecked: the context of service 'a', '~/x', is outside the "
	  "repository\n" },
	{ "v1 format", "a: . Dockerfile \n"
		       "docker-compose.yml:0: unchecked: has no 'services': read as a file of "
		       "version 1, which Docker Compose no longer takes\n" },
	{ "empty file", "" },
	{ "services null", "compose.yaml:1:10: fault: 'services' must be a mapping, not null\n" },
	{ "no image no build", "" },
	{ "undefined network", "a: . Dockerfile dev\n" },
	{ "long-form env interp in key",
	  "compose.yaml:2: unchecked: '${N:-a}' is no name of a service\n" },
};

static const char *answer_of(const char *name)
{
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp(ours[i].name, name) == 0)
			return ours[i].answer;
	return NULL;
}

static const char *text_of(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void print_build(struct buf *out, const struct build *build)
{
	buf_addf(out, "%s: %s ", build->subject, build->context ? build->context : "-");
	if (build->inlined)
		buf_addf(out, "<%s>", build->inlined->text.bytes);
	else
		buf_add(out, build->dockerfile ? build->dockerfile : "-");
	buf_addf(out, " %s", build->target ? build->target : "");
	if (build->error)
		buf_addf(out, " (%s)", build->error);
	buf_addf(out, "%s\n", build->remote ? " remote" : "");
}

static void print_project(struct buf *out, const struct project *project)
{
	vec_each (const struct build *, build, &project->builds)
		print_build(out, build);
	vec_each (const struct fault *, fault, &project->faults)
		buf_addf(out, "%s:%u:%u: fault: %s\n", fault->place.path, fault->place.span.line,
			 fault->place.span.column, fault->message);
	vec_each (const struct unchecked *, unchecked, &project->uncheckeds)
		buf_addf(out, "%s:%u: unchecked: %s\n", unchecked->path, unchecked->line,
			 unchecked->reason);
}

/* compose-go's answer in the same words. */
static void print_expected(struct buf *out, struct arena *arena, const cJSON *test)
{
	const cJSON *build = NULL;

	cJSON_ArrayForEach(build, cJSON_GetObjectItemCaseSensitive(test, "builds"))
	{
		const char *context = path_normalise(arena, ".", text_of(build, "context"));
		const char *inlined = text_of(build, "dockerfile_inline");
		const char *target = text_of(build, "target");

		buf_addf(out, "%s: %s ", text_of(build, "name"), context);
		if (inlined)
			buf_addf(out, "<%s>", inlined);
		else
			buf_add(out, path_normalise(arena, context, text_of(build, "dockerfile")));
		buf_addf(out, " %s\n", target ? target : "");
	}
}

/* docker compose -f A -f B */
static void read_files(struct project *project, const cJSON *arguments)
{
	struct compose compose = { .project = project,
				   .arena = project->arena,
				   .keep = project->arena,
				   .trees = project->arena };
	struct compose_environment environment = { .compose = &compose };
	struct compose_scope scope = { &compose, ".", ".", &environment, { 0 }, NULL, NULL, 0 };
	struct compose_model model = { 0 };
	struct strings files = { 0 };
	struct map seen = { 0 };
	const cJSON *argument = NULL;

	cJSON_ArrayForEach(argument, arguments) * vec_add(project->arena, &files) =
		cJSON_GetStringValue(argument);
	assert_int_equal(compose_load(&scope, &model, &files), 0);
	assert_int_equal(compose_builds(&scope, &model, &files, NULL, &seen), 0);
}

static void check(const cJSON *test)
{
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct project project = { .arena = &arena,
				   .snapshot = memory_snapshot(&arena),
				   .policy = &policy };
	const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(test, "args"), *file = NULL;
	const char *answer = answer_of(text_of(test, "name"));
	struct buf expected = { 0 }, actual = { 0 };

	cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(test, "files")) memory_file(
		project.snapshot, file->string, file->valuestring, strlen(file->valuestring),
		reader_compose.watches(path_name(file->string)));
	if (cJSON_GetArraySize(arguments) > 0)
		read_files(&project, arguments);
	else
		assert_int_equal(reader_compose.read(&project), 0);
	buf_addf(&expected, "%s\n", text_of(test, "name"));
	buf_addf(&actual, "%s\n", text_of(test, "name"));
	if (answer)
		buf_add(&expected, answer);
	else
		print_expected(&expected, &arena, test);
	print_project(&actual, &project);
	assert_string_equal(buf_text(&actual), buf_text(&expected));
	buf_release(&expected);
	buf_release(&actual);
	arena_release(&arena);
}

static void reads_what_compose_go_reads(void **state)
{
	static char text[1 << 20];
	FILE *file = fopen("tests/vectors/compose.json", "r");
	cJSON *tests = NULL;
	const cJSON *test = NULL;

	(void)state;
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	tests = cJSON_Parse(text);
	assert_int_equal(cJSON_GetArraySize(tests), 50);
	cJSON_ArrayForEach(test, tests) check(test);
	cJSON_Delete(tests);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_compose_go_reads),
	};

	return cmocka_run_group_tests_name("vectors of compose", tests, NULL, NULL);
}
