/*
 * Dockerfiles made of a seed are merged: what a builder that shares no code with us makes of each
 * old target is what it makes of the new one, and no comment is lost. SEED and COUNT in the
 * environment ask for others, and for more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "merge/merge.h"
#include "model/stages.h"
#include "readers/readers.h"
#include "rules/rules.h"
#include "tests/support/builder.h"
#include "tests/support/generated.h"
#include "tests/support/memory.h"

/* A seed's files, and what came of them. */
struct trial {
	struct arena *arena;
	unsigned long seed;
	const struct policy *policy;
	struct generateds files;
	struct overlay overlay;
	struct mergeds mergeds;
};

static void print_files(const struct trial *trial)
{
	const struct rewrite *merged = overlay_rewrite(&trial->overlay, "Dockerfile");

	vec_each (const struct generated *, file, &trial->files)
		print_error("== %s\n%s\n", file->path, file->text);
	if (merged)
		print_error("== merged\n%s\n", merged->after.bytes);
	vec_each (const struct merged *, one, &trial->mergeds)
		vec_each (const struct refusal *, refusal, &one->refusals)
			print_error("%s:%u: %s\n", refusal->place.path, refusal->place.span.line,
				    refusal->message);
}

static void blame(const struct trial *trial, const char *what, const char *before,
		  const char *after)
{
	print_files(trial);
	print_error("seed %lu: %s\n-- before:\n%s\n-- after:\n%s\n", trial->seed, what, before,
		    after);
	assert_string_equal(what, "");
}

static void run(struct trial *trial)
{
	struct merge_options options = { .policy = trial->policy, .directory = "." };

	if (merge(&trial->mergeds, trial->arena, &trial->overlay, &options) < 0)
		assert_string_equal(failure_message(), "");
}

static const char *text_of(const struct trial *trial, const char *path)
{
	vec_each (const struct generated *, file, &trial->files)
		if (strcmp(file->path, path) == 0)
			return file->text;
	return NULL;
}

static const char *merged_text(const struct trial *trial)
{
	const struct rewrite *rewrite = overlay_rewrite(&trial->overlay, "Dockerfile");

	return arena_copy(trial->arena, rewrite->after.bytes, rewrite->after.length);
}

static void compare(const struct trial *trial, const char *what, const char *before_text,
		    const char *before_target, const char *after_target)
{
	const char *before = builder_image(trial->arena, before_text, before_target);
	const char *after = builder_image(trial->arena, merged_text(trial), after_target);

	if (strcmp(before, after) != 0)
		blame(trial, what, before, after);
}

/* Every old target is proven, and what is proven is so. */
static void check_targets(const struct trial *trial, const struct merged *merged,
			  const struct generated *file)
{
	struct strings targets = builder_targets(trial->arena, file->text);
	size_t count = 0;

	vec_each (const struct proven *, proven, &merged->provens) {
		if (strcmp(proven->path, file->path) != 0)
			continue;
		count++;
		compare(trial,
			arena_printf(trial->arena, "%s, %s", proven->path,
				     proven->target ? proven->target : "the last"),
			file->text, proven->target, proven->now);
	}
	if (count != targets.count + 1)
		blame(trial, "not every target is proven", "", "");
}

static bool has_line(const char *text, const char *line, size_t length)
{
	for (const char *at = text; (at = strstr(at, "# note")); at++)
		if (strncmp(at, line, length) == 0 && (at[length] == '\n' || at[length] == '\r'))
			return true;
	return false;
}

static void check_comments(const struct trial *trial, const struct generated *file)
{
	const char *merged = merged_text(trial);

	for (const char *at = file->text; (at = strstr(at, "# note")); at++)
		if (!has_line(merged, at, strcspn(at, "\r\n")))
			blame(trial, "a comment is lost", at, "");
}

static void check_builds(const struct trial *trial, const struct builds *old,
			 const struct builds *new)
{
	assert_int_equal(old->count, new->count);
	for (size_t i = 0; i < old->count; i++) {
		const struct build *was = &old->items[i], *is = &new->items[i];

		assert_string_equal(was->subject, is->subject);
		if (!is->dockerfile || strcmp(is->dockerfile, "Dockerfile") != 0)
			blame(trial, was->subject, was->dockerfile, "another file");
		compare(trial, was->subject, text_of(trial, was->dockerfile), was->target,
			is->target);
	}
}

/* What each service builds, with and without what is laid over. */
static void check_services(const struct trial *trial)
{
	struct snapshot before, after;
	struct project old = { .arena = trial->arena, .policy = trial->policy };
	struct project new = old;
	struct overlay copy = trial->overlay;

	before = *trial->overlay.below;
	before.found = before.texts = (struct table){ 0 };
	old.snapshot = &before;
	overlay_snapshot(&after, trial->arena, &copy);
	new.snapshot = &after;
	assert_int_equal(readers_read(&old), 0);
	assert_int_equal(readers_read(&new), 0);
	check_builds(trial, &old.builds, &new.builds);
	check_builds(trial, &old.covered, &new.covered);
}

/* Refusals are for reasons in the files, never because the result would be wrong. */
static void check_refusals(const struct trial *trial, const struct merged *merged)
{
	vec_each (const struct refusal *, refusal, &merged->refusals)
		if (refusal->help && strcmp(refusal->help, "merge it by hand") == 0)
			blame(trial, refusal->message, "", "");
}

static void check_again(struct trial *trial)
{
	struct trial again = *trial;
	struct snapshot snapshot;

	overlay_snapshot(&snapshot, trial->arena, &trial->overlay);
	again.overlay = (struct overlay){ .below = &snapshot };
	again.mergeds = (struct mergeds){ 0 };
	run(&again);
	if (again.mergeds.count > 0)
		blame(trial, "merging again changes something", "", "");
}

/* Is it merged? */
static bool try(unsigned long seed, const struct policy *policy)
{
	struct arena arena = { 0 };
	struct trial trial = { .arena = &arena, .seed = seed, .policy = policy };
	bool is_merged = false;

	generate(&trial.files, &arena, seed);
	trial.overlay.below = memory_snapshot(&arena);
	vec_each (const struct generated *, file, &trial.files)
		memory_file(trial.overlay.below, file->path, file->text, strlen(file->text), true);
	run(&trial);
	vec_each (const struct merged *, merged, &trial.mergeds) {
		check_refusals(&trial, merged);
		is_merged = merged->refusals.count == 0;
		if (!is_merged)
			continue;
		vec_each (const struct generated *, file, &trial.files) {
			if (strncmp(file->path, "compose.", 8) == 0)
				continue;
			check_targets(&trial, merged, file);
			check_comments(&trial, file);
		}
		check_services(&trial);
		check_again(&trial);
	}
	arena_release(&arena);
	return is_merged;
}

static unsigned long from_environment(const char *name, unsigned long usual)
{
	const char *text = getenv(name);

	return text && *text ? strtoul(text, NULL, 10) : usual;
}

static void gives_every_target_the_image_it_had(void **state)
{
	unsigned long first = from_environment("SEED", 1), count = from_environment("COUNT", 10000);
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	unsigned long merged = 0;

	(void)state;
	assert_int_equal(policy_default(&policy, &arena, rules), 0);
	for (unsigned long seed = first; seed < first + count; seed++)
		merged += try(seed, &policy);
	print_message("# seeds %lu to %lu: %lu merged\n", first, first + count - 1, merged);
	/* Most have no reason to be refused. */
	assert_true(merged * 2 >= count || count < 100);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_every_target_the_image_it_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
