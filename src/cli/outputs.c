#include "cli/outputs.h"

#include <string.h>
#include <unistd.h>

#include "base/fail.h"

static int find_format(const struct format **format, const char *name)
{
	struct buf names = { 0 };

	*format = formats_find(name);
	if (*format)
		return 0;
	for (size_t i = 0; formats[i]; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", formats[i]->name);
	fail_usage("no format '%s'; there are %s", name, buf_text(&names));
	buf_release(&names);
	return -1;
}

/* Of two reports in one file the first would be lost. */
static int check_file(const struct outputs *outputs, const char *file)
{
	vec_each (const struct output *, output, outputs)
		if (strcmp(output->file, file) == 0)
			return fail_usage("two reports are to be written to '%s'", file);
	return 0;
}

static int add_file(struct outputs *outputs, struct arena *arena, const char *text)
{
	size_t length = strcspn(text, "=");
	const char *file = text + length + (text[length] == '=');
	const struct format *format = NULL;

	if (!*file)
		return fail_usage("'--output %s': write it as FORMAT=FILE", text);
	if (find_format(&format, arena_copy(arena, text, length)) < 0 ||
	    check_file(outputs, file) < 0)
		return -1;
	*vec_add(arena, outputs) = (struct output){ format, file };
	return 0;
}

int outputs_find(struct outputs *outputs, struct arena *arena, const struct options *options)
{
	const struct format *format = NULL;

	*outputs = (struct outputs){ 0 };
	vec_each (const char *const *, text, &options->outputs)
		if (add_file(outputs, arena, *text) < 0)
			return -1;
	if (find_format(&format, options->format ? options->format : "text") < 0)
		return -1;
	*vec_add(arena, outputs) = (struct output){ format, NULL };
	return 0;
}

void outputs_files(struct strings *files, struct arena *arena, const struct outputs *outputs)
{
	vec_each (const struct output *, output, outputs)
		if (output->file)
			*vec_add(arena, files) = output->file;
}

unsigned outputs_need(const struct outputs *outputs)
{
	unsigned needs = 0;

	vec_each (const struct output *, output, outputs)
		needs |= output->format->needs;
	return needs;
}

static int write_one(const struct output *output, const struct report *report)
{
	struct buf out = { 0 };
	int failed = 0;

	output->format->write(&out, report);
	failed = output->file ? buf_write_file(&out, output->file)
			      : buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

int outputs_write(const struct outputs *outputs, const struct report *report)
{
	int failed = 0;

	vec_each (const struct output *, output, outputs)
		if (write_one(output, report) < 0)
			failed = -1;
	return failed;
}

void outputs_help(struct buf *out)
{
	buf_add(out, "\nFORMAT is one of:\n\n");
	for (size_t i = 0; formats[i]; i++)
		buf_addf(out, "  %-14s  %s\n", formats[i]->name, formats[i]->summary);
}
