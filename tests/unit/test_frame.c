#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "guard/frame.h"

#define ROOM 4096

/* A frame as it comes out of the pipe. */
struct sent {
	struct arena arena;
	char bytes[ROOM];
	size_t length;
};

static const struct outlet_part parts[] = {
	{ STDERR_FILENO, NULL, "a note\n", 7 },
	{ -1, "out/report.json", "{}\0{}", 5 },
	{ STDOUT_FILENO, NULL, "", 0 },
	{ STDOUT_FILENO, NULL, "Dockerfile:1: error\n", 20 },
};

#define COUNT (sizeof(parts) / sizeof(parts[0]))

static int send_frame(void **state)
{
	static struct sent sent;
	struct frame_writer writer;
	int ends[2];

	sent = (struct sent){ 0 };
	*state = &sent;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(frame_begin(&writer, ends[1]), 0);
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(frame_put(&writer, &parts[i]), 0);
	assert_int_equal(frame_end(&writer, 1), 0);
	close(ends[1]);
	sent.length = (size_t)read(ends[0], sent.bytes, sizeof(sent.bytes));
	close(ends[0]);
	assert_in_range(sent.length, 150, ROOM - 1);
	return 0;
}

static int forget_frame(void **state)
{
	arena_release(&((struct sent *)*state)->arena);
	return 0;
}

static void reads_what_was_said_in_its_order(void **state)
{
	struct sent *sent = *state;
	struct frame frame;

	assert_null(frame_read(&frame, &sent->arena, sent->bytes, sent->length));
	assert_int_equal(frame.status, 1);
	assert_int_equal(frame.parts.count, COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		const struct outlet_part *part = &frame.parts.items[i];

		assert_int_equal(part->fd, parts[i].fd);
		assert_int_equal(part->length, parts[i].length);
		assert_memory_equal(part->bytes, parts[i].bytes, parts[i].length);
		if (parts[i].file)
			assert_string_equal(part->file, parts[i].file);
		else
			assert_null(part->file);
	}
}

/* Nothing of it, and no status that a program could end with. */
static void assert_refused(struct sent *sent, size_t length)
{
	struct frame frame;

	assert_non_null(frame_read(&frame, &sent->arena, sent->bytes, length));
	assert_int_equal(frame.status, -1);
	assert_int_equal(frame.parts.count, 0);
}

static void refuses_every_beginning_of_a_frame(void **state)
{
	struct sent *sent = *state;

	for (size_t length = 0; length < sent->length; length++)
		assert_refused(sent, length);
}

static void refuses_a_frame_with_any_bit_changed(void **state)
{
	struct sent *sent = *state;

	for (size_t i = 0; i < sent->length * 8; i++) {
		sent->bytes[i / 8] = (char)(sent->bytes[i / 8] ^ (1 << i % 8));
		assert_refused(sent, sent->length);
		sent->bytes[i / 8] = (char)(sent->bytes[i / 8] ^ (1 << i % 8));
	}
}

static void refuses_what_goes_on_behind_the_end(void **state)
{
	struct sent *sent = *state;
	struct frame frame;

	assert_string_equal(frame_read(&frame, &sent->arena, sent->bytes, sent->length + 1),
			    "goes on behind its end");
	memmove(sent->bytes + sent->length, sent->bytes, sent->length);
	assert_refused(sent, 2 * sent->length);
}

static void says_what_is_wrong(void **state)
{
	struct sent *sent = *state;
	struct frame frame;

	assert_string_equal(frame_read(&frame, &sent->arena, sent->bytes, 0), "is missing");
	assert_string_equal(frame_read(&frame, &sent->arena, sent->bytes, 3), "is cut off");
	assert_string_equal(frame_read(&frame, &sent->arena, sent->bytes, sent->length - 1),
			    "is cut off");
	sent->bytes[sent->length - 1] = '?';
	assert_string_equal(frame_read(&frame, &sent->arena, sent->bytes, sent->length),
			    "is damaged");
}

/* A status that no command has, under a digest that is right. */
static void refuses_a_status_that_there_is_not(void **state)
{
	struct sent *sent = *state;
	struct frame_writer writer;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(frame_begin(&writer, ends[1]), 0);
	assert_int_equal(frame_end(&writer, 4), 0);
	sent->length = (size_t)read(ends[0], sent->bytes, sizeof(sent->bytes));
	close(ends[0]);
	close(ends[1]);
	assert_refused(sent, sent->length);
}

/* The same for a path that is another one up to its first NUL. */
static void refuses_a_path_with_a_nul_in_it(void **state)
{
	struct sent *sent = *state;
	char *name = memmem(sent->bytes, sent->length, "report", strlen("report"));
	struct sha256 hash;
	char digest[FRAME_DIGEST + 1];

	*name = '\0';
	sha256_init(&hash);
	sha256_add(&hash, sent->bytes, sent->length - FRAME_DIGEST);
	sha256_hex(&hash, digest);
	memcpy(sent->bytes + sent->length - FRAME_DIGEST, digest, FRAME_DIGEST);
	assert_refused(sent, sent->length);
}

static void says_that_it_cannot_be_written(void **state)
{
	struct frame_writer writer;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(full >= 0);
	assert_int_equal(frame_begin(&writer, full), -1);
	assert_int_equal(frame_put(&writer, &parts[0]), -1);
	assert_int_equal(frame_end(&writer, 0), -1);
	close(full);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, send_frame, forget_frame)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_what_was_said_in_its_order),
		TEST(refuses_every_beginning_of_a_frame),
		TEST(refuses_a_frame_with_any_bit_changed),
		TEST(refuses_what_goes_on_behind_the_end),
		TEST(says_what_is_wrong),
		TEST(refuses_a_status_that_there_is_not),
		TEST(refuses_a_path_with_a_nul_in_it),
		TEST(says_that_it_cannot_be_written),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
