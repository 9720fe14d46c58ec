#include "model/project.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "model/attributes.h"
#include "model/dockerfile.h"
#include "model/names.h"
#include "model/stages.h"
#include "syntax/dockerfile.h"
#include "syntax/slice.h"

static const char *const pointer_starts[] = { "version https://git-lfs.github.com/spec/",
					      "version https://hawser.github.com/spec/" };

static bool is_pointer(struct text text)
{
	for (size_t i = 0; i < sizeof(pointer_starts) / sizeof(pointer_starts[0]); i++)
		if (slice_starts(text, pointer_starts[i]))
			return true;
	return false;
}

/* Why a link is not followed; NULL: it leads to a file. */
static const char *link_fault(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_FILE:
		return NULL;
	case ENTRY_SUBMODULE:
		return "its link leads into a submodule";
	case ENTRY_OUTSIDE:
		return "its link leaves the tree, or leads nowhere";
	default:
		return "its link leads to no file";
	}
}

/* The same blob is the same Dockerfile, wherever and however often it stands. */
static void parse(struct project *project, struct dockerfile *file, const struct entry *entry,
		  struct text text)
{
	struct blob *blob = snapshot_blob(project->snapshot, entry);
	const char *path = file->path, *real_path = file->real_path;

	if (!blob) {
		dockerfile_read(file, project->arena, text);
		return;
	}
	*file = *blob_dockerfile(blob, &project->snapshot->blobs->arena);
	file->path = path;
	file->real_path = real_path;
}

/* A Containerfile is made for buildah, which knows the variables of COPY --from
 * (buildah imagebuildah/stage_executor.go). */
static void forgive(struct dockerfile *file)
{
	if (file->fault != FAULT_COPY_FROM || !name_is_containerfile(path_name(file->path)))
		return;
	file->error = NULL;
	file->fault = FAULT_NONE;
}

static int read_text(struct project *project, struct dockerfile *file, const struct entry *entry)
{
	struct text text = { 0 };

	if (snapshot_read(project->snapshot, &text, entry) < 0)
		return -1;
	file->real_path = entry->path;
	if (!text.bytes) {
		file->opaque =
			arena_printf(project->arena, "it is larger than %u bytes", MAX_FILE_SIZE);
		file->too_large = true;
	} else if (is_pointer(text)) {
		file->opaque = "it is a pointer of Git LFS, not the file";
	} else if (attributes_change(project, &file->opaque, entry->path) < 0) {
		return -1;
	} else if (!file->opaque) {
		parse(project, file, entry, text);
		forgive(file);
	}
	return 0;
}

/* What stands at the path. NULL in *file where no file and no link does. */
static int read_file(struct project *project, struct dockerfile **file, const char *path)
{
	struct entry entry = { 0 }, itself = { .path = path };
	const char *fault = NULL;

	*file = NULL;
	if (snapshot_find(project->snapshot, &entry, path) < 0)
		return -1;
	fault = link_fault(entry.kind);
	if (fault) {
		if (snapshot_lookup(project->snapshot, &itself, path) < 0)
			return -1;
		if (itself.kind != ENTRY_LINK)
			return 0;
	}
	*file = arena_new(project->arena, struct dockerfile);
	(*file)->path = arena_string(project->arena, path);
	(*file)->real_path = (*file)->path;
	(*file)->first_from = 1;
	(*file)->opaque = fault;
	(*file)->leads_nowhere = fault && entry.kind != ENTRY_SUBMODULE;
	return fault ? 0 : read_text(project, *file, &entry);
}

int project_read_dockerfile(struct project *project, struct dockerfile **file, const char *path)
{
	*file = project_dockerfile(project, path);
	if (*file)
		return 0;
	if (read_file(project, file, path) < 0)
		return -1;
	if (!*file)
		return 0;
	table_put(&project->by_path, project->arena, path, *file);
	*vec_add(project->arena, &project->dockerfiles) = *file;
	if ((*file)->opaque && !(*file)->too_large)
		project_unchecked(project, path, 0, "%s", (*file)->opaque);
	return 0;
}

struct dockerfile *project_dockerfile(const struct project *project, const char *path)
{
	return table_get(&project->by_path, path);
}

/* A Dockerfile behind a symbolic link was read at another path. */
struct text project_text(const struct project *project, const char *path)
{
	const struct dockerfile *file = project_dockerfile(project, path);
	const struct text *text = NULL;

	if (file && file->text.bytes)
		return file->text;
	text = table_get(&project->snapshot->texts, path);
	return text && text->bytes ? *text : (struct text){ "", 0 };
}

const struct dockerfile *build_dockerfile(const struct project *project, const struct build *build)
{
	if (build->variant)
		return build->variant;
	if (build->inlined)
		return build->inlined;
	return build->dockerfile ? project_dockerfile(project, build->dockerfile) : NULL;
}

int project_too_many_builds(const char *place)
{
	return fail("more than %d builds in one tree: %s", MAX_BUILDS, place);
}

void project_fault(struct project *project, struct place place, const char *format, ...)
{
	struct fault *fault = vec_add(project->arena, &project->faults);
	va_list arguments;

	fault->place = place;
	va_start(arguments, format);
	fault->message = arena_vprintf(project->arena, format, arguments);
	va_end(arguments);
}

void project_unchecked(struct project *project, const char *path, unsigned line, const char *format,
		       ...)
{
	struct unchecked *unchecked = vec_add(project->arena, &project->uncheckeds);
	va_list arguments;

	unchecked->path = path;
	unchecked->line = line;
	va_start(arguments, format);
	unchecked->reason = arena_vprintf(project->arena, format, arguments);
	va_end(arguments);
}

/* The builder takes "dockerfile" where "Dockerfile" is asked for and not there, or is a link that
 * it does not find a file behind. */
static int read_built(struct project *project, struct build *build)
{
	struct dockerfile *file = NULL;
	const char *lower = NULL;

	if (!build->dockerfile || build->inlined)
		return 0;
	if (project_read_dockerfile(project, &file, build->dockerfile) < 0)
		return -1;
	if ((file && !file->leads_nowhere) ||
	    strcmp(path_name(build->dockerfile), "Dockerfile") != 0)
		return 0;
	lower = path_join(project->arena, path_directory(project->arena, build->dockerfile),
			  "dockerfile");
	if (project_read_dockerfile(project, &file, lower) < 0)
		return -1;
	if (file)
		build->dockerfile = lower;
	return 0;
}

bool effort_is_too_much(const struct effort *effort)
{
	return effort->variants > MAX_VARIANT_STEPS || effort->matches > MAX_MATCH_STEPS ||
	       effort->read > MAX_ATTRIBUTES_READ;
}

static void find_stage(const struct project *project, struct build *build)
{
	const struct dockerfile *file = build_dockerfile(project, build);
	const struct stage *stage = NULL;

	build->stage = -1;
	if (!file || build->unresolved)
		return;
	stage = dockerfile_stage(file, build->target);
	if (stage)
		build->stage = stage->index;
}

static int compare(const char *left, const char *right)
{
	return strcmp(left ? left : "", right ? right : "");
}

static int by_path(const void *left, const void *right)
{
	const struct dockerfile *const *a = left, *const *b = right;

	return strcmp((*a)->path, (*b)->path);
}

static int by_line(unsigned left, unsigned right)
{
	return (left > right) - (left < right);
}

static int by_place(const struct place *left, const struct place *right)
{
	int order = compare(left->path, right->path);

	order = order ? order : by_line(left->span.line, right->span.line);
	return order ? order : by_line(left->span.column, right->span.column);
}

static int by_build(const void *left, const void *right)
{
	const struct build *a = left, *b = right;
	int order = by_place(&a->place, &b->place);

	order = order ? order : compare(a->subject, b->subject);
	order = order ? order : compare(a->dockerfile, b->dockerfile);
	order = order ? order : compare(a->target, b->target);
	return order ? order : compare(a->context, b->context);
}

static int by_fault(const void *left, const void *right)
{
	const struct fault *a = left, *b = right;
	int order = by_place(&a->place, &b->place);

	return order ? order : strcmp(a->message, b->message);
}

static int by_unchecked(const void *left, const void *right)
{
	const struct unchecked *a = left, *b = right;
	int order = compare(a->path, b->path);

	order = order ? order : by_line(a->line, b->line);
	return order ? order : strcmp(a->reason, b->reason);
}

void uncheckeds_sort(struct uncheckeds *uncheckeds)
{
	vec_sort(uncheckeds, by_unchecked);
}

static const char *laid_key(struct arena *arena, const struct build *build)
{
	return arena_printf(arena, "%s\n%s", build->files.items[build->files.count - 1],
			    build->subject);
}

/* A file that is a view may be meant to be laid over the default one: find its builds there. With
 * several values of variables each of them has to be right. */
static void find_laid(struct project *project)
{
	struct map laid = { 0 };

	vec_each (struct build *, build, &project->covered) {
		const char *key = NULL;
		struct build *other = NULL;

		if (build->files.count < 2)
			continue;
		key = laid_key(project->arena, build);
		other = map_get(&laid, key);
		if (!other || other->stage >= 0)
			map_put(&laid, project->arena, key, build);
	}
	if (laid.count == 0)
		return;
	vec_each (struct build *, build, &project->builds) {
		const struct build *other = NULL;

		if (build->files.count == 1)
			other = map_get(&laid, laid_key(project->arena, build));
		build->laid = other && other->stage >= 0 ? other : NULL;
	}
}

int project_resolve(struct project *project)
{
	vec_each (struct build *, build, &project->builds)
		if (read_built(project, build) < 0)
			return -1;
	project_make_variants(project);
	vec_each (struct build *, build, &project->builds)
		find_stage(project, build);
	vec_each (struct build *, build, &project->covered)
		find_stage(project, build);
	find_laid(project);
	vec_sort(&project->dockerfiles, by_path);
	vec_sort(&project->builds, by_build);
	vec_sort(&project->faults, by_fault);
	uncheckeds_sort(&project->uncheckeds);
	return 0;
}
