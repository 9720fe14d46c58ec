#include "model/history.h"

#include <string.h>

bool changes_is_last(const struct changes *changes, size_t index)
{
	const char *ref = changes->items[index].ref;
	const char *next = index + 1 < changes->count ? changes->items[index + 1].ref : NULL;

	return index + 1 == changes->count || (ref && next && strcmp(ref, next) != 0);
}
