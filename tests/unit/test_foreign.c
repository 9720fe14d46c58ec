#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/policy.h"
#include "readers/readers.h"
#include "tests/support/memory.h"

/* Is it said that the builds of a file with this text are not read? */
static void expect_said(const char *path, const char *text, bool said)
{
	static const struct policy policy;
	struct arena arena = { 0 };
	struct project project = { .arena = &arena,
				   .policy = &policy,
				   .snapshot = memory_snapshot(&arena) };
	struct buf out = { 0 }, expected = { 0 };

	memory_file(project.snapshot, path, text, strlen(text), true);
	assert_int_equal(readers_read(&project), 0);
	vec_each (const struct unchecked *, unchecked, &project.uncheckeds)
		buf_addf(&out, "%s: %s\n", unchecked->path, unchecked->reason);
	if (said)
		buf_addf(&expected, "%s: the builds that it describes are not read\n", path);
	assert_string_equal(buf_text(&out), buf_text(&expected));
	buf_release(&expected);
	buf_release(&out);
	arena_release(&arena);
}

static void says_what_builds_by_other_means(void **state)
{
	static const char *const bakes[] = { "docker-bake.hcl", "d/docker-bake.json",
					     "docker-bake.override.hcl",
					     "docker-bake.override.json" };

	(void)state;
	for (size_t i = 0; i < sizeof(bakes) / sizeof(bakes[0]); i++)
		expect_said(bakes[i], "{}", true);
	expect_said("docker-bake.yml", "{}", false);
	expect_said("a.docker-bake.hcl", "{}", false);
}

/* A container for development is an image, unless a Dockerfile is named. */
static void says_it_of_containers_for_development_that_are_built(void **state)
{
	(void)state;
	expect_said(".devcontainer/devcontainer.json", "{\"build\": {\"dockerfile\": \"D\"}}",
		    true);
	expect_said(".devcontainer.json", "{\"dockerFile\": \"D\"}", true);
	expect_said(".devcontainer.json", "{\"DockerFile\"\t\n : \"D\"}", true);
	expect_said(".devcontainer.json", "{\"a\": \"\\\"//\", \"dockerFile\": \"D\"}", true);
	expect_said(".devcontainer.json", "// \"\n/* \" // */ {\"dockerfile\": \"D\"}", true);
	expect_said(".devcontainer.json", "{\"dockerfil\": \"D\"}", false);
	expect_said(".devcontainer.json", "{\"image\": \"i\"}", false);
	expect_said(".devcontainer.json", "", false);
	/* what the template says beside the image */
	expect_said(".devcontainer.json",
		    "{\n// Or use a Dockerfile, see https://containers.dev/guide/dockerfile\n"
		    "// \"dockerfile\": \"D\"\n/* \"dockerfile\": \"D\" */\n\"image\": \"i\",\n"
		    "\"settings\": {\"files.associations\": {\"*.x\": \"dockerfile\"}}}",
		    false);
	expect_said(".devcontainer.json", "{\"dockerfile\"", false);
	expect_said(".devcontainer.json", "{\"dockerfile", false);
	expect_said(".devcontainer.json", "/* \"dockerfile\":", false);
	expect_said(".devcontainer.json", "\"\\", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_builds_by_other_means),
		cmocka_unit_test(says_it_of_containers_for_development_that_are_built),
	};

	return cmocka_run_group_tests_name("foreign", tests, NULL, NULL);
}
