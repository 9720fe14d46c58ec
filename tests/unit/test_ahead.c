#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* Put many texts "0", "1", ... ahead; false where one processor is all there is. */
static bool put_all(struct ahead *ahead, struct blobs *blobs, struct blob **all)
{
	if (!ahead_start(ahead, blobs)) {
		print_message("# nothing is read ahead: one processor alone\n");
		return false;
	}
	for (int i = 0; i < FILES; i++) {
		const char *text = arena_printf(&blobs->arena, "%d", i);

		all[i] = blobs_get(blobs, text);
		all[i]->text = (struct text){ text, strlen(text) };
		ahead_put(ahead, (struct ahead_task){ all[i], parse });
	}
	return true;
}

static void take(struct ahead *ahead, struct blobs *blobs, struct blob *blob)
{
	const struct yaml_file *before = NULL;

	ahead_take(ahead, blob);
	before = blob->yaml;
	assert_ptr_equal(blobs_get(blobs, blob->text.bytes), blob);
	assert_true(!before || blob_yaml(blob, &blobs->arena) == before);
	assert_string_equal(blob_yaml(blob, &blobs->arena)->documents.items[0]->value,
			    blob->text.bytes);
}

/* Behind the thread, which is helped then, or towards it. */
static void parses_each_text_once(void **state)
{
	(void)state;
	for (int backwards = 0; backwards < 2; backwards++) {
		struct blobs blobs = { 0 };
		struct blob *all[FILES];
		struct ahead ahead;

		if (!put_all(&ahead, &blobs, all))
			return;
		for (int i = 0; i < FILES; i++)
			take(&ahead, &blobs, all[backwards ? FILES - 1 - i : i]);
		ahead_stop(&ahead);
		blobs_release(&blobs);
	}
}

static void stops_with_texts_left(void **state)
{
	struct blobs blobs = { 0 };
	struct blob *all[FILES];
	struct ahead ahead;

	(void)state;
	if (!put_all(&ahead, &blobs, all))
		return;
	ahead_stop(&ahead);
	assert_null(blobs.ahead);
	for (int i = 0; i < FILES; i++)
		assert_string_equal(blob_yaml(all[i], &blobs.arena)->documents.items[0]->value,
				    all[i]->text.bytes);
	ahead_stop(&(struct ahead){ 0 });
	blobs_release(&blobs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_same_ahead),
		cmocka_unit_test(reads_a_blob_of_two_kinds),
		cmocka_unit_test(leaves_what_is_too_large),
		cmocka_unit_test(parses_each_text_once),
		cmocka_unit_test(stops_with_texts_left),
	};

	return cmocka_run_group_tests_name("ahead", tests, NULL, NULL);
}
