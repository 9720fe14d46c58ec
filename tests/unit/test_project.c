#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "readers/readers.h"
#include "tests/support/memory.h"

/* A project over a tree that is made by hand. */
struct fixture {
	struct arena arena;
	struct project project;
};

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){ 0 };
	fixture->project.arena = &fixture->arena;
	fixture->project.snapshot = memory_snapshot(&fixture->arena);
}

static void add_file(struct fixture *fixture, const char *path, const char *text)
{
	memory_file(fixture->project.snapshot, path, text, strlen(text), true);
}

static void expect(struct fixture *fixture, const char *expected)
{
	struct buf out = { 0 };

	assert_int_equal(reader_dockerfile.read(&fixture->project), 0);
	assert_int_equal(project_resolve(&fixture->project), 0);
	vec_each (struct dockerfile **, file, &fixture->project.dockerfiles)
		buf_addf(&out, "%s at %s: %u%s%s\n", (*file)->path, (*file)->real_path,
			 (*file)->stages.count, (*file)->opaque ? ", " : "",
			 (*file)->opaque ? (*file)->opaque : "");
	vec_each (const struct build *, build, &fixture->project.builds)
		buf_addf(&out, "%s builds %s: %d of %u\n", build->subject, build->dockerfile,
			 build->stage,
			 build_dockerfile(&fixture->project, build)
				 ? build_dockerfile(&fixture->project, build)->stages.count
				 : 0);
	vec_each (const struct unchecked *, unchecked, &fixture->project.uncheckeds)
		buf_addf(&out, "unchecked %s:%u: %s\n", unchecked->path, unchecked->line,
			 unchecked->reason);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&fixture->arena);
}

static void reads_every_dockerfile(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	add_file(&fixture, "b/Dockerfile.dev", "FROM x\n");
	add_file(&fixture, "Dockerfile", "FROM x AS a\nFROM a\n");
	add_file(&fixture, "b/Dockerfile.j2", "FROM {{ x }}\n");
	expect(&fixture,
	       "Dockerfile at Dockerfile: 2\n"
	       "b/Dockerfile.dev at b/Dockerfile.dev: 1\n"
	       "unchecked b/Dockerfile.j2:0: a template, not the Dockerfile it becomes\n");
}

static void follows_links_inside_the_tree(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	add_file(&fixture, "a/Dockerfile", "FROM x\n");
	memory_link(fixture.project.snapshot, "b/Dockerfile", "../a/Dockerfile", true);
	memory_link(fixture.project.snapshot, "c/Dockerfile", "../../Dockerfile", true);
	memory_link(fixture.project.snapshot, "d/Dockerfile", "/Dockerfile", true);
	memory_link(fixture.project.snapshot, "e/Dockerfile", "Dockerfile", true);
	memory_link(fixture.project.snapshot, "f/Dockerfile", "../a", true);
	expect(&fixture,
	       "a/Dockerfile at a/Dockerfile: 1\n"
	       "b/Dockerfile at a/Dockerfile: 1\n"
	       "c/Dockerfile at c/Dockerfile: 0, its link leaves the tree, or leads nowhere\n"
	       "d/Dockerfile at d/Dockerfile: 0, its link leaves the tree, or leads nowhere\n"
	       "e/Dockerfile at e/Dockerfile: 0, its link leaves the tree, or leads nowhere\n"
	       "f/Dockerfile at f/Dockerfile: 0, its link leads to no file\n"
	       "unchecked c/Dockerfile:0: its link leaves the tree, or leads nowhere\n"
	       "unchecked d/Dockerfile:0: its link leaves the tree, or leads nowhere\n"
	       "unchecked e/Dockerfile:0: its link leaves the tree, or leads nowhere\n"
	       "unchecked f/Dockerfile:0: its link leads to no file\n");
}

static void tells_what_it_does_not_read(void **state)
{
	struct fixture fixture;
	struct buf large = { 0 };

	(void)state;
	set_up(&fixture);
	buf_add(&large, "FROM x\n");
	buf_repeat(&large, '\n', MAX_FILE_SIZE - large.length);
	add_file(&fixture, "a/Dockerfile", large.text);
	buf_addc(&large, '\n');
	add_file(&fixture, "b/Dockerfile", large.text);
	add_file(&fixture, "c/Dockerfile", "version https://git-lfs.github.com/spec/v1\n");
	add_file(&fixture, "d/Dockerfile", "# syntax=a/b\n");
	buf_release(&large);
	expect(&fixture,
	       "a/Dockerfile at a/Dockerfile: 1\n"
	       "b/Dockerfile at b/Dockerfile: 0, it is larger than 1048576 bytes\n"
	       "c/Dockerfile at c/Dockerfile: 0, it is a pointer of Git LFS, not the file\n"
	       "d/Dockerfile at d/Dockerfile: 0, its syntax is that of 'a/b'\n"
	       "unchecked c/Dockerfile:0: it is a pointer of Git LFS, not the file\n"
	       "unchecked d/Dockerfile:0: its syntax is that of 'a/b'\n");
}

static void does_not_read_what_an_attribute_changes(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	memory_file(fixture.project.snapshot, ".gitattributes", "/a/** filter=lfs\n", 17, false);
	add_file(&fixture, "a/Dockerfile", "FROM x\n");
	add_file(&fixture, "a/b/Dockerfile", "version https://git-lfs.github.com/spec/v1\n");
	memory_link(fixture.project.snapshot, "a/c/Dockerfile", "../../d/Dockerfile", true);
	add_file(&fixture, "d/Dockerfile", "FROM x\n");
	memory_link(fixture.project.snapshot, "e/Dockerfile", "../a/Dockerfile", true);
	expect(&fixture,
	       "a/Dockerfile at a/Dockerfile: 0, it is changed by an attribute, 'filter' in line 1 "
	       "of '.gitattributes'\n"
	       "a/b/Dockerfile at a/b/Dockerfile: 0, it is a pointer of Git LFS, not the file\n"
	       "a/c/Dockerfile at d/Dockerfile: 1\n"
	       "d/Dockerfile at d/Dockerfile: 1\n"
	       "e/Dockerfile at a/Dockerfile: 0, it is changed by an attribute, 'filter' in line 1 "
	       "of '.gitattributes'\n"
	       "unchecked a/Dockerfile:0: it is changed by an attribute, 'filter' in line 1 of "
	       "'.gitattributes'\n"
	       "unchecked a/b/Dockerfile:0: it is a pointer of Git LFS, not the file\n"
	       "unchecked e/Dockerfile:0: it is changed by an attribute, 'filter' in line 1 of "
	       "'.gitattributes'\n");
}

static void add_build(struct fixture *fixture, const char *subject, const char *dockerfile,
		      const char *target)
{
	struct build *build = vec_add(&fixture->arena, &fixture->project.builds);

	build->subject = subject;
	build->dockerfile = dockerfile;
	build->target = target;
	build->place = (struct place){ "compose.yml", { 1, 1, 1, 1 } };
}

static void finds_what_builds_build(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	add_file(&fixture, "a/dockerfile", "FROM x AS a\nFROM a AS b\n");
	add_file(&fixture, "other", "FROM x\n");
	add_build(&fixture, "e", "a/Dockerfile.dev", "A");
	add_build(&fixture, "d", "other", "");
	add_build(&fixture, "c", "a/Dockerfile", "no");
	add_build(&fixture, "b", "a/Dockerfile", "A");
	add_build(&fixture, "a", "a/Dockerfile", NULL);
	expect(&fixture, "a/dockerfile at a/dockerfile: 2\n"
			 "other at other: 1\n"
			 "a builds a/dockerfile: 1 of 2\n"
			 "b builds a/dockerfile: 0 of 2\n"
			 "c builds a/dockerfile: -1 of 2\n"
			 "d builds other: 0 of 1\n"
			 "e builds a/Dockerfile.dev: -1 of 0\n");
}

static void takes_the_lower_case_name_where_a_link_leads_nowhere(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	for (char name[] = "a/dockerfile"; *name < 'e'; ++*name)
		add_file(&fixture, arena_string(&fixture.arena, name), "FROM x AS low\n");
	memory_link(fixture.project.snapshot, "a/Dockerfile", "gone", true);
	memory_link(fixture.project.snapshot, "b/Dockerfile", "Dockerfile", true);
	memory_link(fixture.project.snapshot, "c/Dockerfile", "../b", true);
	memory_link(fixture.project.snapshot, "d/Dockerfile", "../other", true);
	memory_link(fixture.project.snapshot, "e/Dockerfile", "gone", true);
	add_file(&fixture, "other", "FROM x\nFROM x AS low\n");
	add_build(&fixture, "a", "a/Dockerfile", "low");
	add_build(&fixture, "b", "b/Dockerfile", "low");
	add_build(&fixture, "c", "c/Dockerfile", "low");
	add_build(&fixture, "d", "d/Dockerfile", "low");
	add_build(&fixture, "e", "e/Dockerfile", "low");
	expect(&fixture,
	       "a/Dockerfile at a/Dockerfile: 0, its link leads to no file\n"
	       "a/dockerfile at a/dockerfile: 1\n"
	       "b/Dockerfile at b/Dockerfile: 0, its link leaves the tree, or leads nowhere\n"
	       "b/dockerfile at b/dockerfile: 1\n"
	       "c/Dockerfile at c/Dockerfile: 0, its link leads to no file\n"
	       "c/dockerfile at c/dockerfile: 1\n"
	       "d/Dockerfile at other: 2\n"
	       "d/dockerfile at d/dockerfile: 1\n"
	       "e/Dockerfile at e/Dockerfile: 0, its link leads to no file\n"
	       "a builds a/dockerfile: 0 of 1\n"
	       "b builds b/dockerfile: 0 of 1\n"
	       "c builds c/dockerfile: 0 of 1\n"
	       "d builds d/Dockerfile: 1 of 2\n"
	       "e builds e/Dockerfile: -1 of 0\n"
	       "unchecked a/Dockerfile:0: its link leads to no file\n"
	       "unchecked b/Dockerfile:0: its link leaves the tree, or leads nowhere\n"
	       "unchecked c/Dockerfile:0: its link leads to no file\n"
	       "unchecked e/Dockerfile:0: its link leads to no file\n");
}

/* Builds of one file, each with an argument, for which all of it is read again. */
static void limits_what_is_read_again(void **state)
{
	const size_t lines = 1024, most = MAX_VARIANT_STEPS / lines;
	struct fixture fixture;
	struct buf text = { 0 };

	(void)state;
	set_up(&fixture);
	buf_add(&text, "FROM x\n");
	for (size_t i = 1; i < lines; i++)
		buf_add(&text, "RUN y\n");
	add_file(&fixture, "Dockerfile", text.text);
	for (size_t i = 0; i <= most; i++) {
		struct build *build = vec_add(&fixture.arena, &fixture.project.builds);

		*build = (struct build){ .dockerfile = "Dockerfile", .place = { "c", { 0 } } };
		build->place.span.line = (unsigned)i;
		*vec_add(&fixture.arena, &build->arguments) = (struct argument){ "A", "b" };
	}
	assert_int_equal(project_resolve(&fixture.project), 0);
	assert_non_null(fixture.project.builds.items[most - 1].variant);
	assert_null(fixture.project.builds.items[most].variant);
	assert_int_equal(fixture.project.uncheckeds.count, 1);
	assert_int_equal(fixture.project.uncheckeds.items[0].line, most);
	assert_string_equal(
		fixture.project.uncheckeds.items[0].reason,
		"builds with arguments of their own read more than 1048576 instructions");
	buf_release(&text);
	arena_release(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_dockerfile),
		cmocka_unit_test(follows_links_inside_the_tree),
		cmocka_unit_test(tells_what_it_does_not_read),
		cmocka_unit_test(does_not_read_what_an_attribute_changes),
		cmocka_unit_test(finds_what_builds_build),
		cmocka_unit_test(takes_the_lower_case_name_where_a_link_leads_nowhere),
		cmocka_unit_test(limits_what_is_read_again),
	};

	return cmocka_run_group_tests_name("project", tests, NULL, NULL);
}
