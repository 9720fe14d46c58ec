#include "base/outlet.h"

static const struct outlet *current;

void outlet_set(const struct outlet *outlet)
{
	current = outlet;
}

const struct outlet *outlet_get(void)
{
	return current;
}
