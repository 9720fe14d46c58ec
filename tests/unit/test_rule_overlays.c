/* Files that could stand alone, yet are meant to be laid over the default file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"

#define STAGES                                                                                     \
	"FROM alpine AS base\nFROM base AS final\nFROM base AS dev\n"                              \
	"FROM base AS prod\nCOPY --from=dev /a /b\n"
#define DEFAULT                                                                                    \
	"services:\n"                                                                              \
	"  web: {build: {context: .., dockerfile: docker/Dockerfile, target: prod}}\n"

static void takes_what_an_overlay_leaves_out_from_the_default_file(void **state)
{
	(void)state;
	expect_report("", "docker/Dockerfile", STAGES, "run/compose.yml", DEFAULT,
		      "run/compose.final.yml",
		      "services: {web: {image: i, build: {target: final}}}\n", NULL);
	/* without a target of its own: that of the default file, not all there are */
	expect_report("", "run/Dockerfile", "FROM alpine AS a\nFROM alpine AS b\n",
		      "run/compose.yml", "services: {web: {build: {context: ., target: a}}}\n",
		      "run/compose.args.yml", "services: {web: {build: {args: {A: b}}}}\n", NULL);
	/* a stage that the Dockerfile beside the overlay does not have */
	expect_report("", "docker/Dockerfile", STAGES, "run/Dockerfile", "FROM alpine\n",
		      "run/compose.yml", DEFAULT, "run/compose.final.yml",
		      "services: {web: {build: {target: final}}}\n", NULL);
}

/* What is no project by itself may be meant for one in a directory above, whose paths it has. */
static void takes_a_part_for_one_of_a_project_above(void **state)
{
	static const char part[] =
		"services:\n"
		"  web: {build: {context: .., dockerfile: docker/Dockerfile, target: dev}}\n"
		"  db: {ports: [1]}\n";
	static const char whole[] =
		"services:\n"
		"  web: {build: {context: .., dockerfile: docker/Dockerfile, target: dev}}\n";

	(void)state;
	expect_report("", "docker/Dockerfile", STAGES, "run/compose.yml", DEFAULT,
		      "run/a/b/compose.final.yml",
		      "services: {web: {build: {target: final}}, db: {ports: [1]}}\n", NULL);
	expect_report("docker/Dockerfile:2:14: notice: nothing builds stage 'final' of "
		      "'docker/Dockerfile', builds on it or copies from it [unused-stage]\n",
		      "docker/Dockerfile", STAGES, "run/compose.yml", DEFAULT,
		      "run/a/compose.dev.yml", part, NULL);
	/* a project by itself */
	expect_report("docker/Dockerfile:2:14: notice: nothing builds stage 'final' of "
		      "'docker/Dockerfile', builds on it or copies from it [unused-stage]\n"
		      "run/a/compose.dev.yml:2:42: error: service 'web' builds "
		      "'run/docker/Dockerfile', which is not in this tree [missing-dockerfile]\n",
		      "docker/Dockerfile", STAGES, "run/compose.yml", DEFAULT,
		      "run/a/compose.dev.yml", whole, NULL);
	/* no project above */
	expect_report("run/a/compose.dev.yml:2:42: error: service 'web' builds "
		      "'run/docker/Dockerfile', which is not in this tree [missing-dockerfile]\n",
		      "run/x", "", "run/a/compose.dev.yml", part, NULL);
}

static void blames_an_overlay_that_is_right_nowhere(void **state)
{
	(void)state;
	expect_report("run/compose.dev.yml:1:34: error: service 'web' builds 'run/Dockerfile', "
		      "which is not in this tree [missing-dockerfile]\n",
		      "docker/Dockerfile", "FROM alpine\nFROM alpine AS prod\n", "run/compose.yml",
		      DEFAULT, "run/compose.dev.yml",
		      "services: {web: {build: {target: divers}}}\n", NULL);
	/* another service than that of the default file */
	expect_report("run/compose.dev.yml:1:35: error: service 'base' builds 'run/Dockerfile', "
		      "which is not in this tree [missing-dockerfile]\n",
		      "docker/Dockerfile", "FROM alpine\nFROM alpine AS prod\n", "run/compose.yml",
		      DEFAULT, "run/compose.dev.yml", "services: {base: {build: {target: prod}}}\n",
		      NULL);
	/* a context of its own says where it builds */
	expect_report("run/compose.dev.yml:1:46: error: service 'web' builds 'run/Dockerfile', "
		      "which is not in this tree [missing-dockerfile]\n",
		      "docker/Dockerfile", "FROM alpine\nFROM alpine AS prod\n", "run/compose.yml",
		      DEFAULT, "run/compose.dev.yml",
		      "services: {web: {build: {context: ., target: prod}}}\n", NULL);
}

static void sees_a_variant_in_an_overlay(void **state)
{
	(void)state;
	expect_report("app/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside "
		      "'app/Dockerfile'; both hold the same instructions [extra-dockerfile]\n"
		      "compose.dev.yml:1:38: error: service 'web' builds 'app/Dockerfile.dev', a "
		      "second Dockerfile beside 'app/Dockerfile' [variant-reference]\n",
		      "app/Dockerfile", "FROM alpine\n", "app/Dockerfile.dev", "FROM alpine\n",
		      "compose.yml", "services: {web: {build: app}}\n", "compose.dev.yml",
		      "services: {web: {build: {dockerfile: Dockerfile.dev}}}\n", NULL);
}

static void says_what_is_wrong_in_an_overlay_once(void **state)
{
	(void)state;
	expect_report("run/compose.dev.yml:3:7: error: 'build' must be a string or a mapping, not "
		      "a list [unreadable]\n",
		      "docker/Dockerfile", "FROM alpine\nFROM alpine AS prod\n", "run/compose.yml",
		      DEFAULT, "run/compose.dev.yml",
		      "services:\n  web: {build: {target: prod}}\n  b: {build: []}\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_an_overlay_leaves_out_from_the_default_file),
		cmocka_unit_test(takes_a_part_for_one_of_a_project_above),
		cmocka_unit_test(blames_an_overlay_that_is_right_nowhere),
		cmocka_unit_test(sees_a_variant_in_an_overlay),
		cmocka_unit_test(says_what_is_wrong_in_an_overlay_once),
	};

	return cmocka_run_group_tests_name("overlays", tests, NULL, NULL);
}
