#include "model/embedded.h"

#include <stddef.h>
#include <string.h>

const char *embedded(const char *name)
{
	for (const struct embedded *file = embedded_files; file->name; file++)
		if (strcmp(file->name, name) == 0)
			return file->text;
	return NULL;
}
