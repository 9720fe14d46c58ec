#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "git/ref_updates.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *hex(const git_oid *id)
{
	static char digits[2][GIT_OID_HEXSZ + 1];
	static int turn;

	turn = !turn;
	return git_oid_tostr(digits[turn], sizeof(digits[turn]), id);
}

/* What pre-receive was given is what was read, written again. */
static void check(const struct ref_updates *updates, const char *lines)
{
	struct buf again = { 0 };

	vec_each (const struct ref_update *, update, updates)
		buf_addf(&again, "%s %s %s\n", hex(&update->before), hex(&update->after),
			 update->name);
	require_same(buf_text(&again), lines);
	buf_release(&again);
}

/* Of a line of pre-push the first word is not kept: the rest is at its end. */
static void check_pushed(const struct ref_updates *updates, struct arena *arena, const char *lines)
{
	vec_each (const struct ref_update *, update, updates) {
		size_t length = strcspn(lines, "\n");
		const char *line = arena_copy(arena, lines, length);
		const char *end = arena_printf(arena, " %s %s %s", hex(&update->after),
					       update->name, hex(&update->before));

		require(length >= strlen(end), "a line is not shorter than what it says");
		require_same(line + length - strlen(end), end);
		lines += length + (lines[length] == '\n');
	}
	require(*lines == '\0', "each line is an update");
}

/* What standard input may be: updates, or a failure. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct ref_updates updates = { 0 }, pushed = { 0 };
	const char *lines = arena_copy(&arena, (const char *)data, size);

	if (ref_updates_read(&updates, &arena, lines) == 0)
		check(&updates, lines);
	else
		require(failure_status() == 3, "a failure says why");
	failure_clear();
	if (ref_updates_read_pushed(&pushed, &arena, lines) == 0)
		check_pushed(&pushed, &arena, lines);
	else
		require(failure_status() == 3, "a failure says why");
	failure_clear();
	arena_release(&arena);
	return 0;
}
