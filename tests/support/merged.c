#include "tests/support/merged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "rules/rules.h"
#include "tests/support/memory.h"

/* Files, and what came of them. */
struct merging {
	struct arena arena;
	struct policy policy;
	struct merge_options options;
	struct overlay overlay;
	struct mergeds mergeds;
	struct buf out;
};

static void add_files(struct merging *merging, va_list files)
{
	const char *path = NULL;

	merging->overlay.below = memory_snapshot(&merging->arena);
	while ((path = va_arg(files, const char *))) {
		const char *text = va_arg(files, const char *);

		if (strncmp(text, "-> ", 3) == 0)
			memory_link(merging->overlay.below, path, text + 3, true);
		else
			memory_file(merging->overlay.below, path, text, strlen(text), true);
	}
}

static void run(struct merging *merging)
{
	failure_clear();
	merging->options.policy = &merging->policy;
	merging->options.directory = ".";
	if (policy_default(&merging->policy, &merging->arena, rules) < 0 ||
	    merge(&merging->mergeds, &merging->arena, &merging->overlay, &merging->options) < 0)
		assert_string_equal(failure_message(), "");
}

static void write_refusals(struct merging *merging)
{
	vec_each (const struct merged *, merged, &merging->mergeds)
		vec_each (const struct refusal *, refusal, &merged->refusals)
			buf_addf(&merging->out, "%s:%u: %s\n", refusal->place.path,
				 refusal->place.span.line, refusal->message);
}

static void write_references(struct merging *merging)
{
	vec_each (const struct merged *, merged, &merging->mergeds)
		vec_each (const struct reference *, reference, &merged->references)
			buf_addf(&merging->out, "%s:%u%c %s\n", reference->path, reference->line,
				 reference->breaks ? '!' : ':', reference->of);
}

static void write_files(struct merging *merging)
{
	struct rewrites rewrites = overlay_rewrites(&merging->overlay, &merging->arena);

	vec_each (const struct rewrite *, rewrite, &rewrites) {
		buf_addf(&merging->out, "%s %s\n", rewrite->after.bytes ? "==" : "--",
			 rewrite->path);
		buf_addn(&merging->out, rewrite->after.bytes ? rewrite->after.bytes : "",
			 rewrite->after.length);
	}
}

static void release(struct merging *merging)
{
	buf_release(&merging->out);
	arena_release(&merging->arena);
}

static void expect(struct merging *merging, const char *expected, va_list files)
{
	add_files(merging, files);
	run(merging);
	write_refusals(merging);
	write_references(merging);
	write_files(merging);
	assert_string_equal(buf_text(&merging->out), expected);
	release(merging);
}

void expect_merge(const char *expected, ...)
{
	struct merging merging = { 0 };
	va_list files;

	va_start(files, expected);
	expect(&merging, expected, files);
	va_end(files);
}

void expect_merge_as(const char *path, const char *name, const char *only, const char *expected,
		     ...)
{
	struct merging merging = { 0 };
	va_list files;

	if (path)
		*vec_add(&merging.arena, &merging.options.names) =
			(struct stage_name){ path, name };
	if (only)
		*vec_add(&merging.arena, &merging.options.only) = only;
	va_start(files, expected);
	expect(&merging, expected, files);
	va_end(files);
}

void expect_refused(const char *part, ...)
{
	struct merging merging = { 0 };
	va_list files;

	va_start(files, part);
	add_files(&merging, files);
	va_end(files);
	run(&merging);
	write_refusals(&merging);
	if (!*part || !strstr(buf_text(&merging.out), part))
		assert_string_equal(buf_text(&merging.out), part);
	release(&merging);
}
