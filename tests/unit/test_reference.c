#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "syntax/reference.h"

#define ABC "abcdefghijklmnopqrstuvwxyz0123456789"
#define HEX32 "0123456789abcdef0123456789abcdef"
#define HEX64 HEX32 HEX32

/* Texts that are something, then texts that are not. */
static void expect(bool (*is_valid)(struct text text), const char *const *good,
		   const char *const *bad)
{
	for (; *good; good++)
		if (!is_valid((struct text){ *good, strlen(*good) }))
			fail_msg("'%s' is refused", *good);
	for (; *bad; bad++)
		if (is_valid((struct text){ *bad, strlen(*bad) }))
			fail_msg("'%s' is taken", *bad);
}

static void knows_the_path_of_an_image(void **state)
{
	static const char *const good[] = { "a",     "node",    "a/b/c",      "a_b", "a__b",
					    "a.b",   "a-b",     "a----b",     "0",   "a0/9z",
					    "a/b.c", "a__b--c", "node/x.y_z", NULL };
	static const char *const bad[] = { "",          "/",    "a/",  "/a",     "a//b",
					   "A",         "aB",   "-a",  "a-",     "_a",
					   "a_",        "a.",   ".a",  "a..b",   "a___b",
					   "a._b",      "a-_b", "a b", "a/-b",   "a$b",
					   "a\xC3\xA4", "a{b",  "a`b", "a:b/c!", NULL };

	(void)state;
	expect(reference_is_valid, good, bad);
}

static void knows_the_registry_of_an_image(void **state)
{
	static const char *const good[] = { "ghcr.io/a",
					    "localhost/a",
					    "localhost:5000/a",
					    "A/b",
					    "aB/c",
					    "Z9-x/c",
					    "a-b.c/d",
					    "a.b:80/c:1",
					    "1.2.3.4/a",
					    "[::1]/a",
					    "[::1]:5000/a",
					    "[fe80::AF]:1/a",
					    "a_b.c/d",
					    "xn--a.example/b",
					    NULL };
	static const char *const bad[] = {
		"a.b:/c",       "a.b:x/c",     "-a.b/c", "a-.b/c",   "a..b/c",    ".a/b",
		"a./b",         "[::1/a",      "[]/a:b", "[::g]/a",  "[::1]x/a",  "[::1]:/a",
		"[::1]:8a/a",   "a.b:80:90/c", "A_b/c",  "ghcr.io/", "ghcr.io/A", "::1]/a",
		"localhost:/a", "a.[/b",       "A{/b",   "A`/b",     NULL
	};

	(void)state;
	expect(reference_is_valid, good, bad);
}

static void knows_tag_and_digest_of_an_image(void **state)
{
	static const char *const good[] = { "a:1",
					    "a:_",
					    "a:v1.2-rc_3",
					    "a:Z.-",
					    "a@sha256:" HEX64,
					    "a:1@sha256:" HEX64,
					    "a@sha384:" HEX64 HEX32,
					    "a.b:80/c:1@sha512:" HEX64 HEX64,
					    NULL };
	static const char *const bad[] = { "a:",
					   "a:.1",
					   "a:-1",
					   "a:1:2",
					   "a:1 2",
					   "a:{",
					   "a@",
					   "a@sha256",
					   "a@sha256:",
					   "a@md5:" HEX32,
					   "a@sha256:" HEX32,
					   "a@sha256:" HEX64 "0",
					   "a@sha384:" HEX64,
					   "a@sha256:" HEX32 "0123456789ABCDEF0123456789abcdef",
					   "a@sha256:" HEX32 "0123456789abcdeg0123456789abcdef",
					   "@sha256:" HEX64,
					   NULL };

	(void)state;
	expect(reference_is_valid, good, bad);
}

/* An id of an image looks like a name. */
static void tells_a_name_from_an_id(void **state)
{
	static const char *const good[] = { HEX32,      HEX64 "0",       HEX32 HEX32 "g",
					    "a/" HEX64, "z" HEX32 HEX32, NULL };
	static const char *const bad[] = { HEX64, NULL };

	(void)state;
	expect(reference_is_valid, good, bad);
}

static bool is_valid_with(const char *before, size_t length, const char *after)
{
	struct buf text = { 0 };
	bool is_valid = false;

	buf_add(&text, before);
	buf_repeat(&text, 'a', length);
	buf_add(&text, after);
	is_valid = reference_is_valid((struct text){ text.text, text.length });
	buf_release(&text);
	return is_valid;
}

/* 255 bytes with the namespace that Docker adds; 128 of a tag. */
static void limits_the_length_of_a_name(void **state)
{
	(void)state;
	assert_true(is_valid_with("", 247, ""));
	assert_false(is_valid_with("", 248, ""));
	assert_true(is_valid_with("a/", 253, ""));
	assert_false(is_valid_with("a/", 254, ""));
	assert_true(is_valid_with("a.b/", 255, ""));
	assert_false(is_valid_with("a.b/", 256, ":1"));
	assert_true(is_valid_with("a:", 128, ""));
	assert_false(is_valid_with("a:", 129, ""));
}

static void knows_platforms(void **state)
{
	static const char *const good[] = { "linux",
					    "LINUX",
					    "amd64",
					    "x86-64",
					    "x86_64",
					    "linux/arm",
					    "linux/arm/v7",
					    "a/b",
					    "windows(10.0.17763+feature)",
					    "windows(10.0)/amd64",
					    "any.thing/A_b/8-9",
					    NULL };
	static const char *const bad[] = { "",       "unknown", "/",       "linux/",
					   "/amd64", "a/b/",    "a/b/c/d", "li nux",
					   "a/b c",  "linux(1", "linux1)", "(1)",
					   "a/b(1)", "a@/b",    "a[/b",    "windows(1)x/amd64",
					   NULL };

	(void)state;
	expect(platform_is_valid, good, bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_path_of_an_image),
		cmocka_unit_test(knows_the_registry_of_an_image),
		cmocka_unit_test(knows_tag_and_digest_of_an_image),
		cmocka_unit_test(tells_a_name_from_an_id),
		cmocka_unit_test(limits_the_length_of_a_name),
		cmocka_unit_test(knows_platforms),
	};

	return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
