#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/table.h"

#define MANY 20000
#define ALIKE 200
#define FACTOR 0x9e3779b97f4a7c15u /* that of table.c */

struct fixture {
	struct arena arena;
	struct table table;
	char values[MANY];
};

static int begin(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ 0 };
	*state = &fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	return 0;
}

static void put(struct fixture *fixture, const char *key, size_t value)
{
	table_put(&fixture->table, &fixture->arena, key, &fixture->values[value]);
}

static void expect(const struct fixture *fixture, const char *key, size_t value)
{
	assert_ptr_equal(table_get(&fixture->table, key), &fixture->values[value]);
}

static size_t count(const struct table *table)
{
	return table->linked + table->rest.count;
}

/* Paths that begin or end alike, as those of services do. */
static const char *path(char text[64], size_t number)
{
	(void)snprintf(text, 64, "services/%zu/a/rather/long/way/down/Dockerfile%.*s", number / 2,
		       (int)(number % 2), ".dev");
	return text;
}

static void holds_many(void **state)
{
	struct fixture *fixture = *state;
	char text[64];

	assert_null(table_get(&fixture->table, "none"));
	for (size_t i = 0; i < MANY; i++) {
		assert_null(table_get(&fixture->table, path(text, i)));
		put(fixture, text, i);
		expect(fixture, text, i);
		expect(fixture, path(text, i / 2), i / 2);
	}
	assert_int_equal(count(&fixture->table), MANY);
	for (size_t i = 0; i < MANY; i++)
		put(fixture, path(text, i), MANY - 1 - i);
	assert_int_equal(count(&fixture->table), MANY);
	for (size_t i = 0; i < MANY; i++)
		expect(fixture, path(text, i), MANY - 1 - i);
}

/* Hardly any of the names that people write share a chain with many. */
static void spreads_names(void **state)
{
	static const struct {
		const char *before, *behind;
		int digits;
	} names[] = { { "", "", 1 },
		      { "web", "", 5 },
		      { "app/web", "", 1 },
		      { "", "/Dockerfile.dev", 1 },
		      { "teams/a/services/", "/Dockerfile", 1 } };
	struct fixture *fixture = *state;
	char text[64];

	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
		fixture->table = (struct table){ 0 };
		for (size_t i = 0; i < MANY; i++) {
			(void)snprintf(text, sizeof(text), "%s%0*zu%s", names[k].before,
				       names[k].digits, i, names[k].behind);
			put(fixture, text, i);
		}
		assert_int_equal(count(&fixture->table), MANY);
		assert_in_range(fixture->table.rest.count, 0, MANY / 1000);
	}
}

/* Each is another key, to its last byte and no further. */
static void tells_keys_apart(void **state)
{
	static const char all[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct fixture *fixture = *state;
	char key[sizeof(all)] = "";

	for (size_t length = 0; length < sizeof(all); length++) {
		memcpy(key, all, length);
		key[length] = '\0';
		put(fixture, key, length);
	}
	for (size_t length = 0; length < sizeof(all); length++) {
		memcpy(key, all, length);
		key[length] = '\0';
		expect(fixture, key, length);
		if (length > 0)
			key[length - 1] = 'b';
		assert_true(length == 0 || !table_get(&fixture->table, key));
	}
}

/* What becomes of a hash by the eight bytes that come next, as in table.c. */
static uint64_t mixed(uint64_t hash, uint64_t bytes)
{
	hash = (hash ^ bytes) * FACTOR;
	return hash ^ hash >> 32;
}

/* The bytes that make of a hash what is wanted. */
static uint64_t bytes_for(uint64_t hash, uint64_t wanted)
{
	uint64_t inverse = 1;

	for (int i = 0; i < 6; i++)
		inverse *= 2 - FACTOR * inverse;
	return (wanted ^ wanted >> 32) * inverse ^ hash;
}

/* The key of sixteen bytes that begins with a number and has that hash; false where one of its
 * bytes would be a NUL. */
static bool key_of(char key[17], uint64_t number, uint64_t hash)
{
	uint64_t first = 0x6162636465666768u + number;
	uint64_t second = bytes_for(mixed(16, first), hash);

	memcpy(key, &first, sizeof(first));
	memcpy(key + sizeof(first), &second, sizeof(second));
	key[16] = '\0';
	return strlen(key) == 16;
}

/* Are keys with these hashes found as all others are, before and after there are many more? */
static void check_alike(struct fixture *fixture, uint64_t first, uint64_t step)
{
	char key[17], text[64];
	size_t keys = 0;

	for (size_t i = 0; i < ALIKE; i++)
		if (key_of(key, i, first + i * step)) {
			assert_null(table_get(&fixture->table, key));
			put(fixture, key, i);
			put(fixture, key, i + 1);
			expect(fixture, key, i + 1);
			keys++;
		}
	assert_in_range(keys, ALIKE * 3 / 4, ALIKE);
	assert_in_range(fixture->table.rest.count, keys - 8, keys);
	for (size_t i = 0; i < MANY; i++)
		put(fixture, path(text, i), i);
	for (size_t i = 0; i < ALIKE; i++)
		if (key_of(key, i, first + i * step)) {
			expect(fixture, key, i + 1);
			put(fixture, key, i + 2);
			expect(fixture, key, i + 2);
		}
	for (size_t i = 0; i < MANY; i++)
		expect(fixture, path(text, i), i);
}

static void finds_keys_of_one_hash(void **state)
{
	check_alike(*state, 0x123456789abcdef0u, 0);
}

/* Once there are more chains, each of those has its own. */
static void finds_keys_that_part_later(void **state)
{
	check_alike(*state, 0x123000009abcdef0u, (uint64_t)1 << 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(holds_many, begin, end),
		cmocka_unit_test_setup_teardown(spreads_names, begin, end),
		cmocka_unit_test_setup_teardown(tells_keys_apart, begin, end),
		cmocka_unit_test_setup_teardown(finds_keys_of_one_hash, begin, end),
		cmocka_unit_test_setup_teardown(finds_keys_that_part_later, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
