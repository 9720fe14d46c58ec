#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/names.h"

/* Kind, whether it is bare, the family, and the tags. */
static void expect_name(const char *name, const char *expected)
{
	static const char *const kinds[] = { "other", "dockerfile", "template" };
	struct arena arena = { 0 };
	struct strings tags = { 0 };
	struct buf out = { 0 };

	buf_add(&out, kinds[name_kind(name)]);
	buf_add(&out, name_is_bare(name) ? " bare" : "");
	buf_add(&out, name_is_containerfile(name) ? " container" : "");
	name_tags(&tags, &arena, name);
	vec_each (const char **, tag, &tags)
		buf_addf(&out, " %s", *tag);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void knows_dockerfiles(void **state)
{
	(void)state;
	expect_name("Dockerfile", "dockerfile bare");
	expect_name("dockerfile", "dockerfile bare");
	expect_name("DOCKERFILE", "dockerfile bare");
	expect_name("Containerfile", "dockerfile bare container");
	expect_name("Dockerfile.dev", "dockerfile dev");
	expect_name("Dockerfile-dev", "dockerfile dev");
	expect_name("Dockerfile_dev_old", "dockerfile dev old");
	expect_name("Dockerfile dev", "dockerfile dev");
	expect_name("dev.Dockerfile", "dockerfile dev");
	expect_name("dev.dockerfile", "dockerfile dev");
	expect_name("DevDockerfile", "dockerfile dev");
	expect_name("MyDevContainerfile", "dockerfile container my dev");
	expect_name("Dockerfile.api-dev", "dockerfile api dev");
	expect_name("api.Dockerfile.dev", "dockerfile api dev");
	expect_name("Dockerfile.php", "dockerfile php");
	expect_name("Dockerfile.localDev", "dockerfile local dev");
	expect_name("1.Dockerfile", "dockerfile 1");
}

static void knows_what_is_none(void **state)
{
	static const char *const names[] = {
		"",
		"Dockerfile.dockerignore",
		"Dockerfile.dev.dockerignore",
		"x.containerignore",
		"Dockerfile.rego",
		"Dockerfile.md",
		"Dockerfile.go",
		"Dockerfile.json",
		"dockerfile-parser.js",
		"dockerfile.yaml",
		"Dockerfile~",
		"Dockerfile.swp",
		".Dockerfile.swp",
		"Dockerfile.",
		".Dockerfile",
		"Dockerfiles",
		"mydockerfile",
		"Dockerfiledev",
		"Dockerfile2",
		"Dockerfile.dev.md",
		"dockerfile.TOML",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		expect_name(names[i], "other");
}

static void knows_templates(void **state)
{
	(void)state;
	expect_name("Dockerfile.j2", "template");
	expect_name("Dockerfile.dev.tmpl", "template");
	expect_name("dev.Dockerfile.template", "template");
	expect_name("Dockerfile.in", "template");
	expect_name("config.j2", "other");
}

static void knows_compose_files(void **state)
{
	static const char *const names[] = { "compose.yml",
					     "compose.yaml",
					     "docker-compose.yml",
					     "docker-compose.prod.yml",
					     "docker-compose-dev.yaml",
					     "compose_x.yml",
					     "compose.a.b.yml" };
	static const char *const others[] = { "compose.json",    "composer.yml", "compose",
					      "docker.yml",      "xcompose.yml", "Compose.yml",
					      "compose.yml.bak", "yml",          "" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_true(name_is_compose(names[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(name_is_compose(others[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_dockerfiles),
		cmocka_unit_test(knows_what_is_none),
		cmocka_unit_test(knows_templates),
		cmocka_unit_test(knows_compose_files),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
