#include "merge/files_check.h"

#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "model/dockerfile.h"
#include "syntax/slice.h"

static struct place place_of(const struct dockerfile *file)
{
	return (struct place){ .path = file->path };
}

/* Lines that end in CR LF, and those that do not. */
static void count_ends(struct text text, size_t *returned, size_t *plain)
{
	for (size_t at = 0; at < text.length; at++)
		if (text.bytes[at] == '\n')
			++*(at > 0 && text.bytes[at - 1] == '\r' ? returned : plain);
}

/* Files whose lines end differently, or each in its own way. */
static void check_ends(struct plan *plan)
{
	const struct dockerfile *kept = plan_kept(plan)->recipe.file;
	size_t returned = 0, plain = 0;

	vec_each (const struct input *, input, &plan->inputs)
		count_ends(input->recipe.file->text, &returned, &plain);
	if (returned > 0 && plain > 0)
		plan_refuse(plan, place_of(kept), "convert one of them",
			    "some lines of the files end in CR LF and some in LF alone");
}

/* Two stages of one name, of which only one can be asked for. */
static void check_names(struct plan *plan, const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages)
		if (stage->name && dockerfile_stage(file, stage->name) != stage)
			plan_refuse(plan, (struct place){ file->path, stage->name_span },
				    "give one of them another name",
				    "two of its stages are called '%s'", stage->name);
}

/* What copies from a stage further down is only found once that is there. */
static void check_order(struct plan *plan, const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages)
		vec_each (const struct stage_source *, source, &stage->sources)
			if (source->stage >= stage->index)
				plan_refuse(plan, (struct place){ file->path, source->span },
					    "move that stage up",
					    "this copies from a stage that is not above it");
}

/* Where the last line goes on, what is written behind the file becomes a part of it. */
static void check_end(struct plan *plan, const struct dockerfile *file)
{
	const struct instructions *own = &file->syntax->instructions;
	const char *more = arena_printf(plan->arena, "%s\nFROM scratch\n", file->text.bytes);
	struct dockerfile_syntax syntax;
	unsigned line = own->items[own->count - 1].end_line;

	dockerfile_parse(&syntax, plan->arena, (struct text){ more, strlen(more) });
	if (syntax.instructions.count == own->count)
		plan_refuse(plan, (struct place){ file->path, span_lines(line, line) },
			    "end it without the escape character",
			    "its last line goes on behind the end of the file");
}

static void check_file(struct plan *plan, const struct dockerfile *file)
{
	if (file->error)
		plan_refuse(plan, (struct place){ file->path, file->error_span }, "correct it",
			    "the builder refuses it: %s", file->error);
	else if (file->opaque)
		plan_refuse(plan, place_of(file), "merge it by hand", "it was not read: %s",
			    file->opaque);
	else if (strcmp(file->path, file->real_path) != 0)
		plan_refuse(plan, place_of(file), "put a file in its place",
			    "it is a symbolic link to '%s'", file->real_path);
	if (file->syntax) {
		check_names(plan, file);
		check_order(plan, file);
	}
	if (!file->error && !file->opaque && file != plan_kept(plan)->recipe.file)
		check_end(plan, file);
}

/* A file's own ignore file, which counts in place of the context's. */
static const char *own_ignore(struct arena *arena, const struct dockerfile *file)
{
	return arena_printf(arena, "%s.dockerignore", file->path);
}

/* The same for podman alone. */
static const char *podman_ignore(struct arena *arena, const struct dockerfile *file)
{
	return arena_printf(arena, "%s.containerignore", file->path);
}

/* The patterns of an ignore file: one a line, no comments, no blank lines. */
static const char *patterns(struct arena *arena, struct text text)
{
	struct buf out = { 0 };
	struct text line = { 0 };
	const char *copy = NULL;

	while (slice_line(&line, &text)) {
		if (slice_starts(line, "#") || slice_trim(line).length == 0)
			continue;
		line = slice_trim(line);
		buf_addn(&out, line.bytes, line.length);
		buf_addc(&out, '\n');
	}
	copy = arena_string(arena, buf_text(&out));
	buf_release(&out);
	return copy;
}

/* The text of a file that may be there: bytes NULL where it is not, or is too long. 0, or -1. */
static int read_file(struct text *text, struct snapshot *snapshot, const char *path)
{
	struct entry entry = { 0 };

	*text = (struct text){ 0 };
	if (snapshot_find(snapshot, &entry, path) < 0)
		return -1;
	return entry.kind == ENTRY_FILE ? snapshot_read(snapshot, text, &entry) : 0;
}

/* What an ignore file leaves out; NULL: there is none. 0, or -1. */
static int read_patterns(const char **found, struct arena *arena, struct snapshot *snapshot,
			 const char *path)
{
	struct text text = { 0 };

	if (read_file(&text, snapshot, path) < 0)
		return -1;
	*found = text.bytes ? patterns(arena, text) : NULL;
	return 0;
}

static void add_contexts(struct strings *contexts, struct arena *arena, const struct builds *builds,
			 const struct dockerfile *file)
{
	vec_each (const struct build *, build, builds)
		if (build->context && build->dockerfile &&
		    strcmp(build->dockerfile, file->path) == 0)
			*vec_add(arena, contexts) = build->context;
}

/* The contexts that builds give a file; its own directory where nothing builds it. */
static struct strings contexts_of(struct arena *arena, const struct project *project,
				  const struct dockerfile *file)
{
	struct strings contexts = { 0 };

	add_contexts(&contexts, arena, &project->builds, file);
	add_contexts(&contexts, arena, &project->covered, file);
	if (contexts.count == 0)
		*vec_add(arena, &contexts) = path_directory(arena, file->path);
	return contexts;
}

static void refuse_ignores(struct plan *plan, const struct dockerfile *file, const char *one,
			   const char *other)
{
	plan_refuse(plan, place_of(file), "let both ignore the same files",
		    "'%s' and '%s' differ, so that COPY would bring other files", one, other);
}

/* Where only one of two files has its own ignore file, that has to say what the context of the
 * variant does: its builds are those that get the other one. */
static int check_context(struct plan *plan, const struct project *project, const char *context,
			 const struct dockerfile *file, const char *own)
{
	struct arena *arena = plan->arena;
	const char *usual = path_join(arena, context, ".dockerignore"), *found = NULL;

	if (read_patterns(&found, arena, project->snapshot, usual) < 0)
		return -1;
	if (strcmp(found ? found : "", own) != 0)
		refuse_ignores(plan, file, own_ignore(arena, file), usual);
	return 0;
}

/* An ignore file of a variant goes away with it. 0, or -1. */
static int remove_ignore(const struct project *project, struct overlay *overlay, const char *path)
{
	struct rewrite gone = { .path = path };

	if (read_file(&gone.before, project->snapshot, path) < 0)
		return -1;
	overlay_put(overlay, gone);
	return 0;
}

/* 0, or -1. */
static int check_podman(struct plan *plan, const struct project *project,
			const struct dockerfile *file, struct overlay *overlay)
{
	struct arena *arena = plan->arena;
	const char *path = podman_ignore(arena, file), *own = NULL, *of_kept = NULL;
	const char *other = podman_ignore(arena, plan_kept(plan)->recipe.file);

	if (read_patterns(&own, arena, project->snapshot, path) < 0 ||
	    read_patterns(&of_kept, arena, project->snapshot, other) < 0)
		return -1;
	if (!own != !of_kept || (own && strcmp(own, of_kept) != 0))
		refuse_ignores(plan, file, path, other);
	return own ? remove_ignore(project, overlay, path) : 0;
}

/* 0, or -1. */
static int check_ignores(struct plan *plan, const struct project *project,
			 const struct dockerfile *file, struct overlay *overlay)
{
	struct arena *arena = plan->arena;
	const struct dockerfile *kept = plan_kept(plan)->recipe.file, *with = NULL;
	const char *own = NULL, *of_kept = NULL, *path = own_ignore(arena, file);
	struct strings contexts = { 0 };

	if (read_patterns(&own, arena, project->snapshot, path) < 0 ||
	    read_patterns(&of_kept, arena, project->snapshot, own_ignore(arena, kept)) < 0)
		return -1;
	if (own && of_kept && strcmp(own, of_kept) != 0)
		refuse_ignores(plan, file, path, own_ignore(arena, kept));
	with = own ? file : kept;
	if (!own != !of_kept) {
		contexts = contexts_of(arena, project, file);
		vec_each (const char *const *, context, &contexts)
			if (check_context(plan, project, *context, with, own ? own : of_kept) < 0)
				return -1;
	}
	return own ? remove_ignore(project, overlay, path) : 0;
}

/* Files of two directories may be built in two contexts. */
static void check_places(struct plan *plan, const struct project *project,
			 const struct dockerfile *file)
{
	const char *kept = plan_kept(plan)->recipe.file->path;
	const char *here = path_directory(plan->arena, file->path);

	if (strcmp(here, path_directory(plan->arena, kept)) == 0)
		return;
	vec_each (const struct build *, build, &project->builds)
		if (build->dockerfile && strcmp(build->dockerfile, file->path) == 0)
			return;
	plan_refuse(plan, place_of(file), "say in a compose file how it is built",
		    "it is in another directory than '%s', and nothing says in which context it is "
		    "built",
		    kept);
}

int files_check(struct plan *plan, const struct project *project, struct overlay *overlay)
{
	vec_each (const struct input *, input, &plan->inputs) {
		check_file(plan, input->recipe.file);
		if (input->is_kept)
			continue;
		check_places(plan, project, input->recipe.file);
		if (check_ignores(plan, project, input->recipe.file, overlay) < 0 ||
		    check_podman(plan, project, input->recipe.file, overlay) < 0)
			return -1;
	}
	check_ends(plan);
	return 0;
}
