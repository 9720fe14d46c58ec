#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "model/ahead.h"
#include "model/policy.h"
#include "readers/readers.h"
#include "reports/model.h"
#include "syntax/yaml.h"
#include "tests/support/memory.h"

#define FILES (4 * MIN_AHEAD)
#define MILLISECOND 1000000L /* in nanoseconds */

/* What a tree is, with all its faults, read with blobs that are parsed ahead or without. */
static void print_tree(struct buf *out, struct blobs *blobs, void (*add)(struct snapshot *))
{
	static const struct policy none;
	struct arena arena = { 0 };
	struct project project = { .arena = &arena,
				   .snapshot = memory_snapshot(&arena),
				   .policy = &none };

	add(project.snapshot);
	project.snapshot->blobs = blobs;
	assert_int_equal(readers_read(&project), 0);
	model_write_json(out, &project);
	vec_each (const struct fault *, fault, &project.faults)
		buf_addf(out, "%s:%u: %s\n", fault->place.path, fault->place.span.line,
			 fault->message);
	vec_each (const struct unchecked *, unchecked, &project.uncheckeds)
		buf_addf(out, "%s:%u? %s\n", unchecked->path, unchecked->line, unchecked->reason);
	arena_release(&arena);
}

static void expect_the_same(void (*add)(struct snapshot *))
{
	struct blobs blobs = { 0 };
	struct buf plain = { 0 }, ahead = { 0 }, again = { 0 };

	print_tree(&plain, NULL, add);
	print_tree(&ahead, &blobs, add);
	print_tree(&again, &blobs, add);
	assert_string_equal(buf_text(&ahead), buf_text(&plain));
	assert_string_equal(buf_text(&again), buf_text(&plain));
	assert_null(blobs.ahead);
	blobs_release(&blobs);
	buf_release(&plain);
	buf_release(&ahead);
	buf_release(&again);
}

static void add_file(struct snapshot *snapshot, const char *path, const char *text)
{
	memory_file(snapshot, path, text, strlen(text), true);
}

static void add_services(struct snapshot *snapshot)
{
	struct arena *arena = snapshot->arena;

	for (int i = 0; i < FILES; i++) {
		add_file(snapshot, arena_printf(arena, "%d/Dockerfile", i),
			 arena_printf(arena, "ARG A=%d\nFROM b:$A AS c\nFROM %s AS d\n", i,
				      i % 7 ? "c" : "$B"));
		add_file(snapshot, arena_printf(arena, "%d/compose.yaml", i),
			 arena_printf(arena,
				      "services:\n  s%d:\n    build: {context: ., target: %s}\n%s",
				      i, i % 5 ? "c" : "$C", i % 11 ? "" : "  s: {a: 1, a: 2}\n"));
	}
}

static void reads_the_same_ahead(void **state)
{
	(void)state;
	expect_the_same(add_services);
}

/* Nothing at all is a Dockerfile and a compose file. */
static void add_equal_files(struct snapshot *snapshot)
{
	struct arena *arena = snapshot->arena;

	for (int i = 0; i < FILES; i++) {
		add_file(snapshot, arena_printf(arena, "%d/Dockerfile", i), i % 2 ? "" : "FROM a");
		add_file(snapshot, arena_printf(arena, "%d/compose.yaml", i), "");
		add_file(snapshot, arena_printf(arena, "%d/compose.dev.yaml", i), "FROM a");
	}
}

static void reads_a_blob_of_two_kinds(void **state)
{
	(void)state;
	expect_the_same(add_equal_files);
}

static void add_large_files(struct snapshot *snapshot)
{
	char *bytes = arena_alloc(snapshot->arena, MAX_FILE_SIZE + 1);

	memset(bytes, '#', MAX_FILE_SIZE + 1);
	add_services(snapshot);
	memory_file(snapshot, "0/Dockerfile.large", bytes, MAX_FILE_SIZE + 1, true);
	memory_file(snapshot, "9/compose.large.yaml", bytes, MAX_FILE_SIZE + 1, true);
}

static void leaves_what_is_too_large(void **state)
{
	(void)state;
	expect_the_same(add_large_files);
}

static void parse(struct blob *blob, struct arena *arena)
{
	(void)blob_yaml(blob, arena);
}

/* Its id is the text of a blob; one in so many is not to be had. */
struct texts {
	struct blob_source source;
	int missing;
	long slowness; /* nanoseconds for each */
	int reads, releases;
	sem_t begun; /* with one that is read */
};

static void pass(long nanoseconds)
{
	if (nanoseconds > 0)
		nanosleep(&(struct timespec){ .tv_nsec = nanoseconds }, NULL);
}

static bool read_text(struct blob_source *source, struct arena *arena, struct text *text,
		      const char *id)
{
	struct texts *texts = (struct texts *)source;

	if (texts->missing && atoi(id) % texts->missing == 0)
		return false;
	*text = (struct text){ arena_string(arena, id), strlen(id) };
	texts->reads++;
	sem_post(&texts->begun);
	pass(texts->slowness);
	return true;
}

static void release_texts(struct blob_source *source)
{
	((struct texts *)source)->releases++;
}

/* Many texts "0", "1", ... of which each is read once. */
struct test {
	struct blobs blobs;
	struct blob *all[FILES];
	struct ahead ahead;
	struct texts ours, theirs;
};

static void prepare(struct test *test, int missing, size_t limit)
{
	memset(test, 0, sizeof(*test));
	test->ours = test->theirs =
		(struct texts){ { read_text, release_texts }, .missing = missing };
	sem_init(&test->ours.begun, 0, 0);
	sem_init(&test->theirs.begun, 0, 0);
	test->ahead.ours = &test->ours.source;
	test->ahead.theirs = &test->theirs.source;
	test->ahead.limit = limit;
	for (int i = 0; i < FILES; i++) {
		const char *id = arena_printf(&test->blobs.arena, "%d", i);

		test->all[i] = blobs_get(&test->blobs, id);
		*vec_add(&test->blobs.arena, &test->ahead.tasks) =
			(struct ahead_task){ test->all[i], id, parse };
	}
}

/* False where one processor is all there is. */
static bool start(struct test *test, int missing, size_t limit)
{
	prepare(test, missing, limit);
	if (ahead_start(&test->ahead, &test->blobs))
		return true;
	print_message("# nothing is read ahead: one processor alone\n");
	blobs_release(&test->blobs);
	return false;
}

static void *idle(void *argument)
{
	return argument;
}

/* What we do where a blob was not read. */
static void read_late(struct blob *blob, struct arena *arena, int number)
{
	const char *text = arena_printf(arena, "%d", number);

	if (!blob->is_read)
		blob->text = (struct text){ text, strlen(text) };
	blob->is_read = true;
}

static void take(struct test *test, int number)
{
	struct blob *blob = test->all[number];
	const struct yaml_file *before = NULL;

	ahead_take(&test->ahead, blob);
	before = blob->yaml;
	read_late(blob, &test->blobs.arena, number);
	assert_ptr_equal(blobs_get(&test->blobs, blob->text.bytes), blob);
	assert_true(!before || blob_yaml(blob, &test->blobs.arena) == before);
	assert_string_equal(blob_yaml(blob, &test->blobs.arena)->documents.items[0]->value,
			    blob->text.bytes);
}

/* Behind the thread, which is helped then, or towards it. */
static void parses_each_text_once(void **state)
{
	static struct test test;

	(void)state;
	for (int backwards = 0; backwards < 2; backwards++) {
		if (!start(&test, 0, SIZE_MAX))
			return;
		for (int i = 0; i < FILES; i++)
			take(&test, backwards ? FILES - 1 - i : i);
		ahead_stop(&test.ahead);
		assert_true(test.ours.reads + test.theirs.reads <= FILES);
		assert_int_equal(test.theirs.releases, 1);
		assert_int_equal(test.ours.releases, 0);
		assert_null(test.blobs.ahead);
		blobs_release(&test.blobs);
	}
}

/* While we do the last task, the thread comes to another one of the same blob. */
static void reads_a_blob_of_two_tasks_once(void **state)
{
	static struct test test;

	(void)state;
	prepare(&test, 0, SIZE_MAX);
	test.ours.slowness = 60 * MILLISECOND;
	test.theirs.slowness = 20 * MILLISECOND;
	test.ahead.tasks.items[2] = test.ahead.tasks.items[1];
	test.ahead.tasks.count = 3;
	if (ahead_start(&test.ahead, &test.blobs)) {
		assert_int_equal(sem_wait(&test.theirs.begun), 0);
		ahead_take(&test.ahead, test.all[0]);
		ahead_take(&test.ahead, test.all[1]);
		ahead_stop(&test.ahead);
		assert_int_equal(test.ours.reads + test.theirs.reads, 2);
		assert_int_equal(test.blobs.size, 2);
	}
	blobs_release(&test.blobs);
}

static void leaves_what_it_cannot_read(void **state)
{
	static struct test test;

	(void)state;
	if (!start(&test, 3, SIZE_MAX))
		return;
	for (int i = 0; i < FILES; i++)
		take(&test, i);
	ahead_stop(&test.ahead);
	blobs_release(&test.blobs);
}

/* What is read counts, and past the limit nothing more is. */
static void keeps_to_its_limit(void **state)
{
	static struct test test;

	(void)state;
	if (!start(&test, 0, 0))
		return;
	assert_int_equal(pthread_join(test.ahead.thread, NULL), 0);
	assert_int_equal(test.theirs.reads, 1);
	assert_int_equal(test.ahead.size, 1);
	for (int i = 0; i < FILES; i++)
		take(&test, i);
	assert_int_equal(test.ours.reads, 0);
	assert_true(thread_start(&test.ahead.thread, idle, NULL)); /* for ahead_stop() to join */
	ahead_stop(&test.ahead);
	assert_int_equal(test.blobs.size, 1);
	blobs_release(&test.blobs);
}

static void stops_with_texts_left(void **state)
{
	static struct test test;

	(void)state;
	if (!start(&test, 0, SIZE_MAX))
		return;
	ahead_stop(&test.ahead);
	assert_null(test.blobs.ahead);
	for (int i = 0; i < FILES; i++) {
		read_late(test.all[i], &test.blobs.arena, i);
		assert_string_equal(
			blob_yaml(test.all[i], &test.blobs.arena)->documents.items[0]->value,
			test.all[i]->text.bytes);
	}
	ahead_stop(&(struct ahead){ 0 });
	blobs_release(&test.blobs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_same_ahead),
		cmocka_unit_test(reads_a_blob_of_two_kinds),
		cmocka_unit_test(leaves_what_is_too_large),
		cmocka_unit_test(parses_each_text_once),
		cmocka_unit_test(reads_a_blob_of_two_tasks_once),
		cmocka_unit_test(leaves_what_it_cannot_read),
		cmocka_unit_test(keeps_to_its_limit),
		cmocka_unit_test(stops_with_texts_left),
	};

	return cmocka_run_group_tests_name("ahead", tests, NULL, NULL);
}
