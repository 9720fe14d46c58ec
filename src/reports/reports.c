#include "reports/reports.h"

#include <string.h>

#define FORMAT_POINTER(name) &format_##name,
const struct format *const formats[] = { FORMATS(FORMAT_POINTER) NULL };

const struct format *formats_find(const char *name)
{
	for (size_t i = 0; formats[i]; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const char *place_told(struct arena *arena, const struct finding *finding)
{
	if (!finding->span.line)
		return finding->path;
	return arena_printf(arena, "%s:%u", finding->path, finding->span.line);
}

const char *plural(struct arena *arena, size_t count, const char *noun)
{
	return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}
