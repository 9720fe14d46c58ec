#include "tests/support/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/path.h"
#include "model/policy.h"
#include "readers/readers.h"
#include "tests/support/memory.h"

static void print_build(struct buf *out, const struct build *build)
{
	buf_addf(out, "%s:%u:%u %s %s ", build->place.path, build->place.span.line,
		 build->place.span.column, build->subject, build->context ? build->context : "-");
	buf_addf(out, "%s %s", build->dockerfile ? build->dockerfile : "-",
		 build->target ? build->target : "-");
	if (build->unresolved)
		buf_addf(out, " $%s", build->unresolved);
	vec_each (const struct argument *, argument, &build->arguments)
		buf_addf(out, " %s=%s", argument->name, argument->value ? argument->value : "?");
	vec_each (const char **, context, &build->contexts)
		buf_addf(out, " @%s", *context);
	if (build->files.count > 1)
		vec_each (const char **, file, &build->files)
			buf_addf(out, " +%s", *file);
	buf_add(out, "\n");
}

static void print_project(struct buf *out, const struct project *project)
{
	vec_each (const struct build *, build, &project->builds)
		print_build(out, build);
	vec_each (const struct fault *, fault, &project->faults)
		buf_addf(out, "%s:%u:%u: %s\n", fault->place.path, fault->place.span.line,
			 fault->place.span.column, fault->message);
	vec_each (const struct unchecked *, unchecked, &project->uncheckeds)
		buf_addf(out, "%s:%u? %s\n", unchecked->path, unchecked->line, unchecked->reason);
}

void expect_compose_of(const struct policy *policy, const char *expected, const char *const *files)
{
	static const struct policy none;
	struct arena arena = { 0 };
	struct project project = { .arena = &arena,
				   .snapshot = memory_snapshot(&arena),
				   .policy = policy ? policy : &none };
	struct buf out = { 0 };

	for (; *files; files += 2) {
		const char *path = files[0], *text = files[1];
		bool watched = reader_compose.watches(path_name(path));

		if (strncmp(text, "->", 2) == 0)
			memory_link(project.snapshot, path, text + 2, watched);
		else if (strcmp(text, "<submodule>") == 0)
			memory_submodule(project.snapshot, path);
		else
			memory_file(project.snapshot, path, text, strlen(text), watched);
	}
	assert_int_equal(reader_compose.read(&project), 0);
	print_project(&out, &project);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

void expect_compose(const struct policy *policy, const char *expected, ...)
{
	struct arena arena = { 0 };
	struct strings list = { 0 };
	const char *item = NULL;
	va_list files;

	va_start(files, expected);
	do {
		item = va_arg(files, const char *);
		*vec_add(&arena, &list) = item;
	} while (item);
	va_end(files);
	expect_compose_of(policy, expected, list.items);
	arena_release(&arena);
}
