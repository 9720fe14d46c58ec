#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "model/policy.h"
#include "readers/readers.h"
#include "reports/model.h"
#include "tests/support/memory.h"

static const cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* What the model says of the sources of a Dockerfile, "from:stage" each, and of its error. */
static void print_sources(struct buf *out, const cJSON *model)
{
	const cJSON *file = cJSON_GetArrayItem(get(model, "dockerfiles"), 0);
	const cJSON *stage = NULL, *source = NULL;

	cJSON_ArrayForEach(stage, get(file, "stages"))
		cJSON_ArrayForEach(source, get(stage, "sources"))
	{
		const cJSON *index = get(source, "stage");

		buf_addf(out, "%s:", cJSON_GetStringValue(get(source, "from")));
		if (cJSON_IsNull(index))
			buf_add(out, "null ");
		else
			buf_addf(out, "%d ", index->valueint);
	}
	if (cJSON_IsString(get(file, "error")))
		buf_add(out, get(file, "error")->valuestring);
}

static void expect_sources(const char *text, const char *expected)
{
	static const struct policy policy;
	struct arena arena = { 0 };
	struct project project = { .arena = &arena,
				   .policy = &policy,
				   .snapshot = memory_snapshot(&arena) };
	struct buf json = { 0 }, out = { 0 };
	cJSON *model = NULL;

	memory_file(project.snapshot, "Dockerfile", text, strlen(text), true);
	assert_int_equal(readers_read(&project), 0);
	model_write_json(&json, &project);
	model = cJSON_Parse(buf_text(&json));
	assert_non_null(model);
	print_sources(&out, model);
	assert_string_equal(buf_text(&out), expected);
	cJSON_Delete(model);
	buf_release(&json);
	buf_release(&out);
	arena_release(&arena);
}

/* As the builder's own parser counts them: a number is an index only as it is usually written. */
static void says_which_stage_a_source_is(void **state)
{
	(void)state;
	expect_sources("FROM x AS a\nFROM y\nCOPY --from=A / /\nCOPY --from=0 / /\n"
		       "COPY --from=z:1 / /\nRUN --mount=from=a,target=/a b\n"
		       "RUN --mount=from=0,target=/a b\n",
		       "A:0 0:0 z:1:null a:0 0:null ");
	expect_sources("FROM x AS a\nFROM y\nCOPY --from=+0 / /\nCOPY --from=00 / /\n",
		       "+0:null 00:null ");
	expect_sources("FROM x\nCOPY --from=3 / /\n", "3:3 there is no stage number 3");
	expect_sources("FROM x\nCOPY --from=-1 / /\n", "-1:null there is no stage number -1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_which_stage_a_source_is),
	};

	return cmocka_run_group_tests_name("model report", tests, NULL, NULL);
}
