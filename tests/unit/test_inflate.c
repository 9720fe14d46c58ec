#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "git/inflate.h"

#define SIZE 20000 /* bytes of what is compressed */
#define ROOM (2 * SIZE)

/* What zlib makes of numbers in words, and of bytes that are as good as random. */
struct sample {
	char plain[SIZE + 1], packed[ROOM];
	size_t length; /* of packed */
};

static void make(struct sample *sample, bool is_text, int level)
{
	unsigned long length = sizeof(sample->packed);
	unsigned number = 1;

	for (size_t at = 0; at < SIZE; at++) {
		number = number * 1103515245u + 12345;
		if (is_text)
			sample->plain[at] = "0123456789 stage"[number >> 16 & 15];
		else
			sample->plain[at] = (char)(number >> 16 & 255);
	}
	assert_int_equal(compress2((unsigned char *)sample->packed, &length,
				   (const unsigned char *)sample->plain, SIZE, level),
			 Z_OK);
	sample->length = length;
}

/* Is a text the sample's stream, as far as its plain bytes were of that size? */
static bool is_stream(struct inflater *inflater, const struct sample *sample, struct text from,
		      size_t size)
{
	static char bytes[SIZE + 2];

	memset(bytes, '#', sizeof(bytes));
	if (!inflater_read(inflater, bytes, size, from))
		return false;
	assert_memory_equal(bytes, sample->plain, size);
	assert_int_equal(bytes[size], '#');
	return true;
}

/* Only the whole stream is one, of its own size; what stands behind it is not looked at. */
static void check(const struct sample *sample)
{
	struct text whole = { sample->packed, sample->length };
	struct text more = { sample->packed, ROOM };
	struct inflater inflater = { 0 };

	assert_true(is_stream(&inflater, sample, whole, SIZE));
	assert_true(is_stream(&inflater, sample, more, SIZE));
	assert_false(is_stream(&inflater, sample, whole, SIZE - 1));
	assert_false(is_stream(&inflater, sample, whole, SIZE + 1));
	assert_false(is_stream(&inflater, sample, whole, 0));
	for (; whole.length > 0; whole.length -= 1 + whole.length / 50)
		if (whole.length < sample->length)
			assert_false(is_stream(&inflater, sample, whole, SIZE));
	assert_false(is_stream(&inflater, sample, (struct text){ 0 }, SIZE));
	inflater_release(&inflater);
}

static void reads_whole_streams_alone(void **state)
{
	static struct sample sample;

	(void)state;
	for (int level = 0; level <= 9; level += 3)
		for (int is_text = 0; is_text < 2; is_text++) {
			make(&sample, is_text, level);
			check(&sample);
		}
}

/* As much as is asked for, and of a stream that is cut or short what there is. */
static void reads_beginnings(void **state)
{
	static struct sample sample;
	static char start[ROOM];
	struct text whole = { sample.packed, 0 }, part = whole;
	struct inflater inflater = { 0 };
	size_t length = 0;

	(void)state;
	make(&sample, true, 9);
	whole.length = sample.length;
	for (size_t room = 0; room < 100; room++) {
		memset(start, '#', sizeof(start));
		assert_int_equal(inflater_start(&inflater, start, room, whole), room);
		assert_memory_equal(start, sample.plain, room);
		assert_int_equal(start[room], '#');
	}
	assert_int_equal(inflater_start(&inflater, start, sizeof(start), whole), SIZE);
	for (part.length = 0; part.length < whole.length; part.length += whole.length / 8) {
		assert_in_range(inflater_start(&inflater, start, sizeof(start), part), length,
				SIZE);
		length = inflater_start(&inflater, start, sizeof(start), part);
		assert_memory_equal(start, sample.plain, length);
	}
	assert_in_range(length, SIZE / 2, SIZE - 1);
	inflater_release(&inflater);
}

/* Whichever byte is another one: it is seen, or makes no difference, as hardly any does. */
static void sees_damage(void **state)
{
	static struct sample sample;
	struct inflater inflater = { 0 };
	unsigned same = 0;

	(void)state;
	make(&sample, true, 9);
	for (size_t at = 0; at < sample.length; at++) {
		struct text from = { sample.packed, sample.length };
		char kept = sample.packed[at];

		sample.packed[at] = (char)~kept;
		same += is_stream(&inflater, &sample, from, SIZE);
		sample.packed[at] = kept;
	}
	assert_in_range(same, 0, 3);
	inflater_release(&inflater);
}

static void reads_nothing(void **state)
{
	static const unsigned char packed[] = { 0x78, 0x9c, 3, 0, 0, 0, 0, 1 };
	struct text from = { (const char *)packed, sizeof(packed) };
	struct inflater inflater = { 0 };
	char byte = '#';

	(void)state;
	assert_true(inflater_read(&inflater, &byte, 0, from));
	assert_false(inflater_read(&inflater, &byte, 1, from));
	inflater_release(&inflater);
	inflater_release(&inflater);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_whole_streams_alone),
		cmocka_unit_test(reads_beginnings),
		cmocka_unit_test(sees_damage),
		cmocka_unit_test(reads_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
