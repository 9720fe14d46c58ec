#ifndef TESTS_SUPPORT_YAML_TWICE_H
#define TESTS_SUPPORT_YAML_TWICE_H

#include "syntax/text.h"

/* What the quick reader and libyaml make of a text. */
enum yaml_agreement {
	YAML_LEFT,    /* the quick one leaves it to libyaml */
	YAML_SAME,    /* the same tree, to the last byte of each node */
	YAML_DIFFERS, /* another one, or libyaml refuses what the quick one takes */
};

enum yaml_agreement yaml_twice(struct arena *arena, struct text text);

#endif
