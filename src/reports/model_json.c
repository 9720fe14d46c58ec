#include "reports/json.h"
#include "reports/model.h"

static void add_index(cJSON *object, const char *key, int index)
{
	if (index < 0)
		json_null(object, key);
	else
		json_number(object, key, (size_t)index);
}

/* The stage a source means, -1: an image or a named context. A number past the last stage is
 * shown as it is written, beside the error of the file; one written oddly ("+0") is no stage. */
static int source_stage(const struct stage_source *source)
{
	bool is_odd = source->from[0] == '+' || (source->from[0] == '0' && source->from[1]);

	if (source->number < 0)
		return source->stage;
	return is_odd ? -1 : source->number;
}

static void add_sources(cJSON *stage, const struct stage_sources *sources)
{
	cJSON *array = json_array(stage, "sources");

	vec_each (const struct stage_source *, source, sources) {
		cJSON *object = json_object(array, NULL);

		json_string(object, "from", source->from);
		add_index(object, "stage", source_stage(source));
		json_number(object, "line", source->line);
	}
}

static void add_stage(cJSON *stages, const struct stage *stage)
{
	cJSON *object = json_object(stages, NULL);

	add_index(object, "index", stage->index);
	json_string(object, "name", stage->name);
	json_string(object, "base", stage->base);
	json_string(object, "platform", stage->platform);
	add_index(object, "parent", stage->parent);
	json_number(object, "start_line", stage->start_line);
	json_number(object, "end_line", stage->end_line);
	add_sources(object, &stage->sources);
}

static void add_dockerfile(cJSON *dockerfiles, const struct dockerfile *file)
{
	cJSON *object = json_object(dockerfiles, NULL);
	cJSON *stages = NULL;

	json_string(object, "path", file->path);
	json_string(object, "error", file->error);
	json_string(object, "opaque", file->opaque);
	stages = json_array(object, "stages");
	vec_each (const struct stage *, stage, &file->stages)
		add_stage(stages, stage);
}

static void add_build(cJSON *builds, const struct build *build)
{
	cJSON *object = json_object(builds, NULL);
	cJSON *files = NULL;

	json_string(object, "path", build->place.path);
	json_string(object, "kind", build->kind);
	json_string(object, "subject", build->subject);
	json_position(object, "line", build->place.span.line);
	files = json_array(object, "files");
	vec_each (const char *const *, file, &build->files)
		json_text(files, *file);
	json_string(object, "context", build->context);
	json_string(object, "dockerfile", build->dockerfile);
	json_string(object, "target", build->target);
	add_index(object, "stage", build->stage);
	json_bool(object, "remote", build->remote);
	json_bool(object, "inline", build->inlined != NULL);
	json_string(object, "error", build->error);
}

void model_write_json(struct buf *out, const struct project *project)
{
	OWNED(cJSON) *root = json_root();
	cJSON *array = NULL;

	json_number(root, "version", 1);
	array = json_array(root, "dockerfiles");
	vec_each (struct dockerfile *const *, file, &project->dockerfiles)
		add_dockerfile(array, *file);
	array = json_array(root, "builds");
	vec_each (const struct build *, build, &project->builds)
		add_build(array, build);
	json_print(out, root);
}
