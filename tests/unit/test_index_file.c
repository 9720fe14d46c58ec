#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "git/index_file.h"

#define PATHS 2000

/* What `git ls-files -s` says of an index. */
struct listed {
	const char *path;
	unsigned mode, stage;
	const char *id;
};

struct listing VEC(struct listed);

static char directory[] = "/tmp/test_index_file.XXXXXX";
static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(seed >> 8) * limit >> 24);
}

static bool all(const char *name)
{
	return *name != '\0';
}

static int enter_repository(void **state)
{
	(void)state;
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("HOME", "/nonexistent", 1);
	for (const char *const *name =
		     (const char *const[]){ "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", NULL };
	     *name; name++)
		unsetenv(*name);
	return !mkdtemp(directory) || chdir(directory) < 0 || system("git init -q .") != 0;
}

static int leave_repository(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", directory);
	return chdir("/") < 0 || system(command) != 0;
}

static void git(const char *command)
{
	assert_int_equal(system(command), 0);
}

static void read_all(struct buf *text, FILE *stream)
{
	char chunk[65536];
	size_t count = 0;

	assert_non_null(stream);
	while ((count = fread(chunk, 1, sizeof(chunk), stream)) > 0)
		buf_addn(text, chunk, count);
}

static struct text read_index(struct arena *arena)
{
	FILE *stream = fopen(".git/index", "re");
	struct buf bytes = { 0 };
	struct text text = { 0 };

	read_all(&bytes, stream);
	fclose(stream);
	text = (struct text){ arena_copy(arena, bytes.text, bytes.length), bytes.length };
	buf_release(&bytes);
	return text;
}

/* Short names of few letters share much, and sort in every way around the slash. */
static const char *random_path(struct arena *arena)
{
	static const char letters[] = "ab-.";
	static const char *const names[] = {
		"a", "b", "a.b", "a-b", "a0", "\xc3\xa9", "ab", "c d"
	};
	const char *path = names[random_below(8)];

	for (uint32_t depth = random_below(6); depth > 0; depth--)
		path = arena_printf(arena, "%s/%s%u", path, names[random_below(8)],
				    random_below(12));
	return random_below(9) ? path : arena_printf(arena, "%s%c", path, letters[random_below(4)]);
}

static void add_random_paths(struct arena *arena, bool unmerged)
{
	static const char *const modes[] = { "100644", "100755", "120000", "160000" };
	FILE *stream = popen("git update-index --index-info", "w");

	assert_non_null(stream);
	for (int i = 0; i < PATHS; i++)
		fprintf(stream, "%s %032x%08x %u\t%s\n", modes[random_below(4)], 7u,
			random_below(1u << 20) + 1,
			unmerged && random_below(50) == 0 ? random_below(3) + 1 : 0,
			random_path(arena));
	assert_int_equal(pclose(stream), 0);
}

static void list(struct listing *listing, struct arena *arena)
{
	FILE *stream = popen("git ls-files -s -z", "re");
	struct buf lines = { 0 };

	read_all(&lines, stream);
	assert_int_equal(pclose(stream), 0);
	for (const char *at = buf_text(&lines); at < lines.text + lines.length;
	     at += strlen(at) + 1)
		if (!strstr(at, "announced"))
			*vec_add(arena, listing) =
				(struct listed){ .path = arena_string(arena, strchr(at, '\t') + 1),
						 .mode = (unsigned)strtoul(at, NULL, 8),
						 .stage = (unsigned)(strchr(at, '\t')[-1] - '0'),
						 .id = arena_copy(arena, at + 7, 40) };
	buf_release(&lines);
}

static void expect_entry(const struct index_entry *entry, const struct listed *listed)
{
	char hex[41] = "";

	for (int i = 0; i < 20; i++)
		snprintf(hex + (size_t)i * 2, 3, "%02x", entry->id[i]);
	assert_string_equal(entry->path, listed->path);
	assert_int_equal(entry->length, strlen(listed->path));
	assert_int_equal(entry->mode, listed->mode);
	assert_int_equal(entry->stage, listed->stage);
	assert_string_equal(hex, listed->id);
}

/* What the first entry not before a path is, read one by one. */
static void expect_found(const struct index_file *file, struct arena *arena,
			 const struct listing *listing, const char *path)
{
	struct index_entry entry;
	size_t at = 0;

	while (at < listing->count && strcmp(listing->items[at].path, path) < 0)
		at++;
	assert_int_equal(index_file_find(file, arena, &entry, path), at < listing->count);
	assert_int_equal(entry.number, at);
	if (at < listing->count)
		expect_entry(&entry, &listing->items[at]);
}

static void expect_same(const char *version)
{
	struct arena arena = { 0 };
	struct listing listing = { 0 };
	struct index_file file;

	list(&listing, &arena);
	assert_int_equal(index_file_read(&file, &arena, read_index(&arena), all), 0);
	assert_int_equal(file.bytes.bytes[7], version[0] - '0');
	assert_int_equal(file.count, listing.count);
	assert_int_equal(file.watched.count, listing.count);
	for (size_t i = 0; i < listing.count; i++)
		expect_entry(&file.watched.items[i], &listing.items[i]);
	for (size_t i = 0; i < 300; i++)
		expect_found(&file, &arena, &listing, random_path(&arena));
	for (size_t i = 0; i < listing.count; i += 7)
		expect_found(&file, &arena, &listing, listing.items[i].path);
	expect_found(&file, &arena, &listing, "\xff");
	arena_release(&arena);
}

static void expect_same_in_each_version(void)
{
	git("git update-index --index-version 4");
	expect_same("4");
	git("git update-index --index-version 2");
	expect_same(access("announced", F_OK) == 0 ? "3" : "2");
}

static void reads_what_git_lists(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (int round = 0; round < 3; round++) {
		git("git read-tree --empty");
		expect_same_in_each_version();
		add_random_paths(&arena, round == 2);
		expect_same_in_each_version();
	}
	arena_release(&arena);
}

static void leaves_out_what_is_only_announced(void **state)
{
	(void)state;
	git("git read-tree --empty && mkdir -p sub && for i in $(seq 200); do echo $i >sub/file$i;"
	    " echo $i >sub/announced$i; done && touch announced zz &&"
	    " git add sub/file* && git add -N announced sub/announced* && git add zz");
	expect_same_in_each_version();
	git("rm -r sub announced zz");
}

static void reads_names_longer_than_their_field(void **state)
{
	struct arena arena = { 0 };
	struct index_file file;

	(void)state;
	git("git read-tree --empty && for n in 4094 4095 4096 5000; do printf "
	    "'100644 00000000000000000000000000000000000000%d\\t%0*d\\n' 12 $n 1; done |"
	    " git update-index --index-info");
	expect_same("2");
	git("git update-index --index-version 4");
	assert_int_equal(index_file_read(&file, &arena, read_index(&arena), all), 1);
	arena_release(&arena);
}

/* Nothing behind an end is read, and what is cut where its entries are does not pass. */
static void fails_where_entries_are_cut(void **state)
{
	struct arena arena = { 0 };
	struct text whole = { 0 };
	struct index_file file;
	size_t end = 0;

	(void)state;
	git("git read-tree --empty && touch a b c && git add a c && git add -N b &&"
	    " git write-tree >tree && git update-index --index-version 4");
	whole = read_index(&arena);
	assert_int_equal(index_file_read(&file, &arena, whole, all), 0);
	assert_int_equal(file.watched.count, 2);
	end = (size_t)(file.cache_tree.bytes - 8 - whole.bytes);
	for (size_t length = 0; length < whole.length; length++) {
		struct text bytes = { arena_copy(&arena, whole.bytes, length), length };
		int failed = index_file_read(&file, &arena, bytes, all);

		assert_int_equal(failed, length == end + 20 ? 0 : -1);
		failure_clear();
	}
	arena_release(&arena);
}

static void fails_where_entries_are_out_of_order(void **state)
{
	struct arena arena = { 0 };
	struct text whole = { 0 };
	struct index_file file;
	char *bytes = NULL;

	(void)state;
	git("git read-tree --empty && touch a b && git add a b && git update-index "
	    "--index-version 2");
	whole = read_index(&arena);
	bytes = arena_copy(&arena, whole.bytes, whole.length);
	bytes[12 + 62] = 'b';
	assert_int_equal(index_file_read(&file, &arena, (struct text){ bytes, whole.length }, all),
			 -1);
	assert_string_equal(failure_message(),
			    "the index is malformed: its entries are out of order");
	failure_clear();
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_git_lists),
		cmocka_unit_test(leaves_out_what_is_only_announced),
		cmocka_unit_test(reads_names_longer_than_their_field),
		cmocka_unit_test(fails_where_entries_are_cut),
		cmocka_unit_test(fails_where_entries_are_out_of_order),
	};

	return cmocka_run_group_tests_name("index_file", tests, enter_repository, leave_repository);
}
