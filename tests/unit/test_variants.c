#include "model/variants.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/glob.h"

/* A tree of Dockerfiles: "path", "path = text", "path -> target". */
static struct dockerfile *dockerfile(struct arena *arena, const char *line)
{
	struct dockerfile *file = arena_new(arena, struct dockerfile);
	const char *link = strstr(line, " -> "), *text = strstr(line, " = ");
	bool unknown = strstr(line, " ?");
	size_t length = strcspn(line, " ");

	file->path = arena_copy(arena, line, length);
	file->real_path = link ? link + 4 : file->path;
	file->text.bytes = text ? text + 3 : file->path;
	file->text.length = strlen(file->text.bytes);
	if (unknown)
		file->text = (struct text){ 0 };
	return file;
}

static void expect_under(const struct policy *policy, const char *const *lines,
			 const char *expected)
{
	struct arena arena = { 0 };
	struct project project = { .arena = &arena };
	struct strings platforms = { 0 };
	struct variants variants = { &arena, &project, policy, &platforms, { 0 } };
	struct buf out = { 0 };

	*vec_add(&arena, &platforms) = "windows";
	*vec_add(&arena, &platforms) = "arm64";
	*vec_add(&arena, &platforms) = "cuda";
	for (; *lines; lines++) {
		struct dockerfile *file = dockerfile(&arena, *lines);

		*vec_add(&arena, &project.dockerfiles) = file;
		table_put(&project.by_path, &arena, file->path, file);
	}
	variants_find(&variants);
	vec_each (struct dockerfile **, file, &project.dockerfiles) {
		const struct dockerfile *kept = variants_kept(&variants, (*file)->path);

		if (kept)
			buf_addf(&out, "%s of %s\n", (*file)->path, kept->path);
	}
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

#define EXPECT(expected, ...)                                                                      \
	do {                                                                                       \
		static const struct policy policy;                                                 \
		static const char *const lines[] = { __VA_ARGS__, NULL };                          \
		expect_under(&policy, lines, expected);                                            \
	} while (0)

static void keeps_the_one_with_the_default_name(void **state)
{
	(void)state;
	EXPECT("api/Dockerfile.development of api/Dockerfile\n", "api/Dockerfile",
	       "api/Dockerfile.development");
	EXPECT("Dockerfile-api of Dockerfile\n"
	       "Dockerfile_old of Dockerfile\n"
	       "DevDockerfile of Dockerfile\n"
	       "worker.Dockerfile of Dockerfile\n",
	       "Dockerfile", "Dockerfile-api", "Dockerfile_old", "DevDockerfile",
	       "worker.Dockerfile");
	EXPECT("", "Dockerfile", "api/Dockerfile", "api/web/Dockerfile");
}

static void prefers_the_family_that_docker_looks_for(void **state)
{
	(void)state;
	EXPECT("Containerfile of Dockerfile\n", "Containerfile", "Dockerfile");
	EXPECT("Containerfile.dev of Containerfile\n", "Containerfile", "Containerfile.dev");
	EXPECT("dockerfile of Dockerfile\n", "Dockerfile", "dockerfile");
	EXPECT("dockerfile.dev of dockerfile\n", "dockerfile", "dockerfile.dev");
}

static void takes_only_words_of_environment_where_no_name_is_bare(void **state)
{
	(void)state;
	EXPECT("", "Dockerfile.api", "Dockerfile.worker");
	EXPECT("Dockerfile.api.dev of Dockerfile.api\n", "Dockerfile.api", "Dockerfile.api.dev",
	       "Dockerfile.worker");
	EXPECT("Dockerfile.dev of Dockerfile.prod\n"
	       "Dockerfile.test of Dockerfile.prod\n",
	       "Dockerfile.dev", "Dockerfile.prod", "Dockerfile.test");
	EXPECT("Dockerfile.test of Dockerfile.dev\n", "Dockerfile.dev", "Dockerfile.test");
	EXPECT("dev.Dockerfile of prod.Dockerfile\n", "dev.Dockerfile", "prod.Dockerfile");
	EXPECT("ApiDevDockerfile of ApiDockerfile\n", "ApiDevDockerfile", "ApiDockerfile");
	EXPECT("", "Dockerfile.dev");
	EXPECT("", "api.Dockerfile", "Dockerfile.api");
}

static void expect_pair(const char *kept, const char *before, const char *word, bool is_variant)
{
	static const struct policy policy;
	struct arena arena = { 0 };
	bool is_folder = strchr(before, '/') != NULL;
	const char *other =
		arena_printf(&arena, "%s%s%s", before, word, is_folder ? "/Dockerfile" : "");
	const char *lines[] = { kept, other, NULL };

	expect_under(&policy, lines,
		     is_variant ? arena_printf(&arena, "%s of %s\n", other, kept) : "");
	arena_release(&arena);
}

static void knows_every_word_of_an_environment(void **state)
{
	static const char *const words[] = { "dev",  "develop",    "development", "local",
					     "prod", "production", "stage",       "staging",
					     "test", "debug",      "ci",          "old",
					     "bak",  "orig",       "copy" };
	static const char *const none[] = { "testing", "qa", "x", "devel", "release", "2" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		expect_pair("Dockerfile.api", "Dockerfile.api.", words[i], true);
		/* Folders have fewer such words. */
		expect_pair("d/prod/Dockerfile", "d/", words[i], i < 8 && i != 4);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		expect_pair("Dockerfile.api", "Dockerfile.api.", none[i], false);
		expect_pair("d/prod/Dockerfile", "d/", none[i], false);
	}
}

static void takes_sibling_directories_for_one(void **state)
{
	(void)state;
	EXPECT("docker/dev/Dockerfile of docker/prod/Dockerfile\n", "docker/dev/Dockerfile",
	       "docker/prod/Dockerfile");
	EXPECT("compose/local/django/Dockerfile of compose/production/django/Dockerfile\n",
	       "compose/local/django/Dockerfile", "compose/production/django/Dockerfile",
	       "compose/production/nginx/Dockerfile");
	EXPECT("dev/Dockerfile.x of stage/Dockerfile\n", "dev/Dockerfile.x", "stage/Dockerfile");
	EXPECT("", "docker/api/Dockerfile", "docker/web/Dockerfile");
	EXPECT("", "docker/test/Dockerfile", "docker/prod/Dockerfile");
	EXPECT("", "dev/a/Dockerfile", "prod/b/Dockerfile");
	EXPECT("", "docker/Dockerfile", "docker/dev/Dockerfile");
	EXPECT("", "a/development-tools/Dockerfile", "a/prod/Dockerfile");
}

static void lets_another_name_of_the_kept_file_be(void **state)
{
	(void)state;
	EXPECT("", "Dockerfile", "Dockerfile.dev -> Dockerfile");
	EXPECT("", "Dockerfile -> Dockerfile.prod", "Dockerfile.prod");
	EXPECT("Dockerfile.dev of Dockerfile\n", "Dockerfile", "Dockerfile.dev -> other");
	EXPECT("", "Containerfile = FROM a", "Dockerfile = FROM a");
	EXPECT("Containerfile of Dockerfile\n", "Containerfile = FROM a", "Dockerfile = FROM b");
	EXPECT("Dockerfile.dev of Dockerfile\n", "Dockerfile = FROM a", "Dockerfile.dev = FROM a");
	EXPECT("Containerfile of Dockerfile\n", "Containerfile = FROM aa", "Dockerfile = FROM a");
	EXPECT("Containerfile of Dockerfile\n", "Containerfile ?", "Dockerfile ?");
	EXPECT("", "Containerfile = FROM a", "dockerfile = FROM a");
	EXPECT("dockerfile of Dockerfile\n", "dockerfile = FROM a", "Dockerfile = FROM a");
	EXPECT("Containerfile.dev of Dockerfile\n", "Containerfile.dev = FROM a",
	       "Dockerfile = FROM a");
}

static void lets_platforms_be(void **state)
{
	(void)state;
	EXPECT("", "Dockerfile", "Dockerfile.windows", "Dockerfile-ARM64", "Dockerfile.cuda12.4",
	       "windows.Dockerfile");
	EXPECT("Dockerfile.window of Dockerfile\n", "Dockerfile", "Dockerfile.window");
}

static void lets_what_the_policy_allows_be(void **state)
{
	static const char *const lines[] = { "images/a/Dockerfile", "images/a/Dockerfile.dev",
					     "images/a/Dockerfile.worker", NULL };
	struct arena arena = { 0 };
	struct policy policy = { 0 };

	(void)state;
	glob_expand(&policy.dockerfiles, &arena, "images/*/Dockerfile.worker");
	expect_under(&policy, lines, "images/a/Dockerfile.dev of images/a/Dockerfile\n");
	arena_release(&arena);
}

static void looks_only_at_files_with_the_name_of_a_dockerfile(void **state)
{
	(void)state;
	EXPECT("", "Dockerfile", "Dockerfile.dev.dockerignore", "Dockerfile.md", "build.txt",
	       "Dockerfile.j2", "app.build");
}

/* Eight words of environments in a path are looked at. */
static void limits_the_words_by_which_directories_are_siblings(void **state)
{
	(void)state;
	EXPECT("dev/dev/dev/dev/dev/dev/dev/dev/Dockerfile of "
	       "dev/dev/dev/dev/dev/dev/dev/prod/Dockerfile\n",
	       "dev/dev/dev/dev/dev/dev/dev/dev/Dockerfile",
	       "dev/dev/dev/dev/dev/dev/dev/prod/Dockerfile");
	EXPECT("", "dev/dev/dev/dev/dev/dev/dev/dev/dev/Dockerfile",
	       "dev/dev/dev/dev/dev/dev/dev/dev/prod/Dockerfile");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_one_with_the_default_name),
		cmocka_unit_test(prefers_the_family_that_docker_looks_for),
		cmocka_unit_test(takes_only_words_of_environment_where_no_name_is_bare),
		cmocka_unit_test(knows_every_word_of_an_environment),
		cmocka_unit_test(takes_sibling_directories_for_one),
		cmocka_unit_test(lets_another_name_of_the_kept_file_be),
		cmocka_unit_test(lets_platforms_be),
		cmocka_unit_test(lets_what_the_policy_allows_be),
		cmocka_unit_test(looks_only_at_files_with_the_name_of_a_dockerfile),
		cmocka_unit_test(limits_the_words_by_which_directories_are_siblings),
	};

	return cmocka_run_group_tests_name("variants", tests, NULL, NULL);
}
