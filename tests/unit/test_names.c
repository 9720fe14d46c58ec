#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/disguise.h"
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

/* Those that public repositories hold, and the documents, sources and data beside them. */
static void knows_every_name_that_was_seen(void **state)
{
	static const char *const dockerfiles[] = {
		"Dockerfile.dev",
		"Dockerfile.prod",
		"Dockerfile.local",
		"Dockerfile.localdev",
		"Dockerfile.development",
		"Dockerfile.production",
		"Dockerfile_dev",
		"Dockerfile_production",
		"Dockerfile_old",
		"Dockerfile_dev_old",
		"Dockerfile-dev",
		"Dockerfile.test",
		"Dockerfile.tests",
		"Dockerfile.unit-tests",
		"Dockerfile.fuzz-tests",
		"Dockerfile.a11y-tests",
		"Dockerfile.lighthouse",
		"Dockerfile.cypress",
		"Dockerfile.playwright",
		"Dockerfile.repro",
		"Dockerfile.base",
		"Dockerfile_base",
		"Dockerfile.builder",
		"Dockerfile.debug",
		"Dockerfile.ci",
		"Dockerfile_ci",
		"Dockerfile.gpu",
		"Dockerfile.cpu",
		"Dockerfile.alpine",
		"Dockerfile-debian",
		"Dockerfile.slim",
		"Dockerfile.bun",
		"Dockerfile.pnpm",
		"Dockerfile.windows",
		"Dockerfile-windows.multi",
		"Dockerfile.multi",
		"Dockerfile.api",
		"Dockerfile.web",
		"Dockerfile.admin",
		"Dockerfile.worker",
		"Dockerfile.django-alpine",
		"Dockerfile.nginx-alpine",
		"Dockerfile.sdk",
		"Dockerfile.ssh-node",
		"Dockerfile.server",
		"Dockerfile.agent",
		"Dockerfile.cli",
		"1.Dockerfile",
		"bad.Dockerfile",
		"wrong.Dockerfile",
		"prod.Dockerfile",
		"android.Dockerfile",
		"DemoDockerfile",
		"SlimDockerfile",
		"Dockerfile.bak",
		"Dockerfile.orig",
		"Dockerfile.rej",
		"Dockerfile.old",
	};
	static const char *const others[] = {
		"md",   "mdx",  "txt",        "rst",          "go",
		"py",   "js",   "ts",         "json",         "yml",
		"yaml", "toml", "html",       "rb",           "rs",
		"java", "sh",   "vim",        "svg",          "png",
		"wasm", "snap", "tmLanguage", "dockerignore", "containerignore",
		"rego", "swp",
	};
	static const char *const templates[] = {
		"j2", "jinja", "tmpl", "tpl", "template", "in", "erb", "mustache", "gotmpl",
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(dockerfiles) / sizeof(dockerfiles[0]); i++)
		assert_int_equal(name_kind(dockerfiles[i]), NAME_DOCKERFILE);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		expect_name(arena_printf(&arena, "Dockerfile.%s", others[i]), "other");
	for (size_t i = 0; i < sizeof(templates) / sizeof(templates[0]); i++)
		expect_name(arena_printf(&arena, "Containerfile.%s", templates[i]), "template");
	arena_release(&arena);
}

static void knows_templates(void **state)
{
	(void)state;
	expect_name("Dockerfile.j2", "template");
	expect_name("Dockerfile.dev.tmpl", "template");
	expect_name("dev.Dockerfile.template", "template");
	expect_name("Dockerfile.in", "template");
	expect_name("Dockerfile.ejs", "template");
	expect_name("Redis-Cluster.Dockerfile.ejs", "template");
	expect_name("Dockerfile.hbs", "template");
	expect_name("Dockerfile.m4", "template");
	expect_name("Dockerfile.cue", "template");
	expect_name("Dockerfile__tmpl__", "template");
	expect_name("dev.Dockerfile__template__", "template");
	expect_name("__tmpl__", "other");
	expect_name("Dockerfile_tmpl", "dockerfile tmpl");
	expect_name("archDockerfile.js.map", "other");
	expect_name("dockerfile-template.coffee", "other");
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

static void expect_disguise(const char *name, const char *expected)
{
	struct arena arena = { 0 };
	const char *found = name_disguised(&arena, name);

	assert_string_equal(found ? found : "-", expected);
	assert_int_equal(name_is_disguised(name), found != NULL);
	arena_release(&arena);
}

static void sees_through_names_that_look_like_others(void **state)
{
	static const char *const dockerfiles[] = {
		"Dockerfile ",
		"Dockerfile.",
		"Dockerfile. .",
		"Dockerfile::$DATA",
		"Dockerfile:x",
		"Docker\xE2\x80\x8B"
		"file",
		"D\xD0\xBE"
		"ckerfile",
		"\xEF\xBC\xA4ockerfile",
		"DOCKER~1",
		"docker~23",
		"Dockerfil\xD0\xB5\xEF\xBB\xBF",
	};
	static const char *const none[] = {
		"Dockerfile", "Dockerfile.dev ", "dockerfile", "compose.yml", "Dockerfile.md",
		"DOCKER~",    "docker~x",        "README.",    "a:b",         "Makefile~",
		"HTML",       ":Dockerfile",     "",           ".",           "\xFF\xFE",
		"contai~",    "CONTAI~1x",       "abcdef~1",   "docker",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(dockerfiles) / sizeof(dockerfiles[0]); i++)
		assert_true(name_is_disguised(dockerfiles[i]));
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		expect_disguise(none[i], "-");
	expect_disguise("Doc\xE2\x84\xAA"
			"erfile",
			"DocKerfile");
	expect_disguise("Containerfile.", "Containerfile");
	expect_disguise("CONTAI~1", "Containerfile");
	expect_disguise("contai~09", "Containerfile");
	expect_disguise("\xEF\xBC\xA4\xEF\xBD\x8F\xEF\xBD\x83ker\xEF\xBC\x8D"
			"compose.yml",
			"docker-compose.yml");
	expect_disguise("Docker\xE2\x80\x8B"
			"file.dev",
			"Dockerfile.dev");
	expect_disguise("COMPOSE.YML", "compose.yml");
	expect_disguise("Docker-Compose.prod.yaml", "docker-compose.prod.yaml");
	expect_disguise("compose.yml.", "compose.yml");
	expect_disguise("\xD1\x81ompose.yml", "compose.yml");
}

/* What has no width, up to the last one on either side, and HFS+ drops the same. */
static void sees_through_what_cannot_be_seen(void **state)
{
	static const char *const ignored[] = {
		"\xC2\xAD",     "\xCD\x8F",     "\xE2\x80\x8B", "\xE2\x80\x8F",
		"\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA0", "\xE2\x81\xAF",
		"\xEF\xB8\x80", "\xEF\xB8\x8F", "\xEF\xBB\xBF",
	};
	static const char *const seen[] = {
		"\xC2\xAC",     "\xC2\xAE",     "\xCD\x8E",     "\xCD\x90",     "\xE2\x80\x8A",
		"\xE2\x80\x90", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xB0",
		"\xEF\xB7\xBF", "\xEF\xB8\x90", "\xEF\xBB\xBE", "\xEF\xBC\x80",
	};
	char name[30];

	(void)state;
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
		snprintf(name, sizeof(name), "Docker%sfile", ignored[i]);
		expect_disguise(name, "Dockerfile");
	}
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
		snprintf(name, sizeof(name), "Docker%sfile", seen[i]);
		expect_disguise(name, "-");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_dockerfiles),
		cmocka_unit_test(knows_what_is_none),
		cmocka_unit_test(knows_every_name_that_was_seen),
		cmocka_unit_test(knows_templates),
		cmocka_unit_test(knows_compose_files),
		cmocka_unit_test(sees_through_what_cannot_be_seen),
		cmocka_unit_test(sees_through_names_that_look_like_others),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
