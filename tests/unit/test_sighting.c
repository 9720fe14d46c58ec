#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "merge/sighting.h"
#include "tests/support/memory.h"

/* In a line of ci/build.sh, is what is sought, whose first letter is marked by a '|', the variant?
 * It is gone; web/Dockerfile.dev, one below ci and the file into which it went are there. */
static void expect(int expected, enum wanted_kind kind, const char *sought_text, const char *marked)
{
	struct arena arena = { 0 };
	struct sought sought = { .arena = &arena,
				 .snapshot = memory_snapshot(&arena),
				 .kept = "api/Dockerfile" };
	const struct wanted wanted = { .kind = kind,
				       .text = sought_text,
				       .path = "api/Dockerfile.dev" };
	size_t start = strcspn(marked, "|");
	const char *line = arena_printf(&arena, "%.*s%s", (int)start, marked, marked + start + 1);
	struct sighting seen = { .path = "ci/build.sh",
				 .line = { line, strlen(line) },
				 .start = start,
				 .end = start + strlen(sought_text) };

	memory_file(sought.snapshot, "web/Dockerfile.dev", "", 0, false);
	memory_file(sought.snapshot, "api/Dockerfile", "", 0, false);
	memory_file(sought.snapshot, "ci/web/Dockerfile.dev", "", 0, false);
	if (sighting_is_meant(&sought, &seen, &wanted) != expected)
		fail_msg("'%s' in '%s'", sought_text, marked);
	arena_release(&arena);
}

static void sees_a_name_that_stands_by_itself(void **state)
{
	(void)state;
	expect(1, WANT_NAME, "Dockerfile.dev", "|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f |Dockerfile.dev .");
	expect(1, WANT_NAME, "Dockerfile.dev", "see |Dockerfile.dev.");
	expect(1, WANT_NAME, "Dockerfile.dev", "see |Dockerfile.dev-");
	expect(1, WANT_NAME, "Dockerfile.dev", "see |Dockerfile.dev. Then");
	expect(1, WANT_NAME, "Dockerfile.dev", "'|Dockerfile.dev'");
	expect(0, WANT_NAME, "Dockerfile.dev", "|Dockerfile.dev.bak");
	expect(0, WANT_NAME, "Dockerfile.dev", "|Dockerfile.dev-2");
	expect(0, WANT_NAME, "Dockerfile.dev", "|Dockerfile.dev2");
	expect(0, WANT_NAME, "Dockerfile.dev", "|Dockerfile.dev_x");
	expect(0, WANT_NAME, "Dockerfile.dev", "my|Dockerfile.dev");
	expect(0, WANT_NAME, "Dockerfile.dev", "x-|Dockerfile.dev");
}

static void follows_the_path_that_stands_there(void **state)
{
	(void)state;
	expect(1, WANT_NAME, "Dockerfile.dev", "-f api/|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f /src/api/|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f ./|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f ../|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f $DIR/|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "-f ${DIR}/|Dockerfile.dev");
	expect(1, WANT_NAME, "Dockerfile.dev", "**/|Dockerfile.dev");
	expect(0, WANT_NAME, "Dockerfile.dev", "-f web/|Dockerfile.dev");
	expect(0, WANT_NAME, "Dockerfile.dev", "-f old/|Dockerfile.dev");
}

static void sees_a_directory_where_images_are_built(void **state)
{
	(void)state;
	expect(1, WANT_DIRECTORY, "api", "docker build |api");
	expect(1, WANT_DIRECTORY, "api", "docker build ./|api/");
	expect(1, WANT_DIRECTORY, "api", "context: |api");
	expect(1, WANT_DIRECTORY, "api", "BUILD(|api)");
	expect(0, WANT_DIRECTORY, "api", "cd |api");
	expect(0, WANT_DIRECTORY, "api", "docker build |api/sub");
	expect(1, WANT_DIRECTORY, "api", "docker build old/|api");
	expect(1, WANT_DIRECTORY, "api", "docker build |api/ .");
	expect(0, WANT_DIRECTORY, "api", "docker build |api-web");
	expect(0, WANT_DIRECTORY, "api", "docker build |apis");
}

static void sees_a_beginning_whose_end_is_made_up(void **state)
{
	(void)state;
	expect(1, WANT_BEGINNING, "Dockerfile.", "|Dockerfile.$KIND");
	expect(1, WANT_BEGINNING, "Dockerfile.", "x/|Dockerfile.{dev,prod}");
	expect(1, WANT_BEGINNING, "Dockerfile.", "|Dockerfile.%s");
	expect(1, WANT_BEGINNING, "Dockerfile.", "|Dockerfile.<kind>");
	expect(1, WANT_BEGINNING, "Dockerfile", "|Dockerfile{,.dev}");
	expect(1, WANT_BEGINNING, "Dockerfile", "|Dockerfile$SUFFIX");
	expect(1, WANT_BEGINNING, "Dockerfile", "|Dockerfile${SUFFIX}");
	expect(1, WANT_BEGINNING, "Dockerfile", "|Dockerfile$(suffix)");
	expect(0, WANT_BEGINNING, "Dockerfile", "|Dockerfile$ ");
	expect(0, WANT_BEGINNING, "Dockerfile", "|Dockerfile$");
	expect(0, WANT_BEGINNING, "Dockerfile", "|Dockerfile");
	expect(0, WANT_BEGINNING, "Dockerfile", "|Dockerfile x");
	expect(0, WANT_BEGINNING, "Dockerfile.", "|Dockerfile.dev");
	expect(0, WANT_BEGINNING, "Dockerfile.", "my|Dockerfile.$KIND");
}

static void sees_an_end_whose_beginning_is_made_up(void **state)
{
	(void)state;
	expect(1, WANT_END, "/Dockerfile.dev", "$DIR|/Dockerfile.dev");
	expect(1, WANT_END, "/Dockerfile.dev", "%DIR|/Dockerfile.dev");
	expect(1, WANT_END, "/Dockerfile.dev", "${DIR}|/Dockerfile.dev");
	expect(1, WANT_END, "/Dockerfile.dev", "$(dir)|/Dockerfile.dev");
	expect(1, WANT_END, "/Dockerfile.dev", "<dir>|/Dockerfile.dev");
	expect(0, WANT_END, "/Dockerfile.dev", "dir|/Dockerfile.dev");
	expect(0, WANT_END, "/Dockerfile.dev", "$|/Dockerfile.dev");
	expect(0, WANT_END, "/Dockerfile.dev", "|/Dockerfile.dev");
	expect(0, WANT_END, "/Dockerfile.dev", "$DIR|/Dockerfile.devel");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sees_a_name_that_stands_by_itself),
		cmocka_unit_test(follows_the_path_that_stands_there),
		cmocka_unit_test(sees_a_directory_where_images_are_built),
		cmocka_unit_test(sees_a_beginning_whose_end_is_made_up),
		cmocka_unit_test(sees_an_end_whose_beginning_is_made_up),
	};

	return cmocka_run_group_tests_name("sighting", tests, NULL, NULL);
}
