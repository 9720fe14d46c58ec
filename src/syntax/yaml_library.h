#ifndef SYNTAX_YAML_LIBRARY_H
#define SYNTAX_YAML_LIBRARY_H

#include "syntax/yaml_tree.h"

/* Read all of a text with libyaml. */
void yaml_library_read(struct yaml_tree *tree);

#endif
