#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/line_hashes.h"

/* All hashes of a text, as GitHub writes them, one a line. */
static void expect_hashes(const char *text, size_t length, const char *expected)
{
	struct arena arena = { 0 };
	struct line_hashes hashes = line_hashes(&arena, (struct text){ text, length });
	struct buf all = { 0 };

	vec_each (const struct line_hash *, hash, &hashes)
		buf_addf(&all, "%" PRIx64 ":%u\n", hash->hash, hash->count);
	assert_string_equal(buf_text(&all), expected);
	buf_release(&all);
	arena_release(&arena);
}

/* The values that GitHub's own tests expect (github/codeql-action fingerprints.test.ts). */
static void hashes_as_github_does(void **state)
{
	static const char letters[] = " a\nb\n  \t\tc\n d";
	static const char words[] = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End";

	(void)state;
	expect_hashes("", 0, "c129715d7a2bc9a3:1\n");
	expect_hashes(letters, strlen(letters),
		      "271789c17abda88f:1\n54703d4cd895b18:1\n180aee12dab6264:1\n"
		      "a23a3dc5e078b07b:1\n");
	expect_hashes(words, strlen(words),
		      "8b7cf3e952e7aeb2:1\nb1ae1287ec4718d9:1\nbff680108adb0fcc:1\n"
		      "c6805c5e1288b612:1\nb86d3392aea1be30:1\ne6ceba753e1a442:1\n");
}

/* Worked out beside this with the characters of JavaScript, of which these take two. */
static void hashes_pairs_of_characters(void **state)
{
	static const char text[] = "# \xF0\x9F\x90\xB3\nFROM a\n\xF4\x8F\xBF\xBF";
	static const char ends[] = "\xEF\xBF\xBF\xF0\x90\x80\x80";

	(void)state;
	expect_hashes(text, strlen(text),
		      "e590408101e1ef61:1\nbf5e08a418f8ff4c:1\n15435320200a525:1\n");
	expect_hashes(ends, strlen(ends), "e2eafd4109c94322:1\n");
}

static void counts_lines_that_are_the_same(void **state)
{
	struct arena arena = { 0 };
	struct buf text = { 0 };
	struct line_hashes hashes = { 0 };

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_add(&text, "x\n");
	hashes = line_hashes(&arena, (struct text){ text.text, text.length });
	assert_int_equal(hashes.count, 301);
	for (unsigned i = 0; i < 200; i++) {
		assert_int_equal(hashes.items[i].hash, hashes.items[0].hash);
		assert_int_equal(hashes.items[i].count, i + 1);
	}
	assert_true(hashes.items[299].hash != hashes.items[0].hash);
	assert_int_equal(hashes.items[299].count, 1);
	buf_release(&text);
	arena_release(&arena);
}

static void sees_through_line_ends_and_bad_bytes(void **state)
{
	struct arena arena = { 0 };
	struct line_hashes one = line_hashes(&arena, (struct text){ "a\r\nb\xff\r", 6 });
	struct line_hashes other = line_hashes(&arena, (struct text){ "a\nb\xEF\xBF\xBD\n", 7 });

	(void)state;
	assert_int_equal(one.count, 3);
	assert_int_equal(other.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(one.items[i].hash, other.items[i].hash);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_as_github_does),
		cmocka_unit_test(hashes_pairs_of_characters),
		cmocka_unit_test(counts_lines_that_are_the_same),
		cmocka_unit_test(sees_through_line_ends_and_bad_bytes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
