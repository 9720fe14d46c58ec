#ifndef SYNTAX_YAML_QUICK_H
#define SYNTAX_YAML_QUICK_H

#include "syntax/yaml_tree.h"

/*
 * Read a text as libyaml does, in a fraction of the time, if it is written as most are: in ASCII,
 * one document, mappings and lists in blocks or brackets, scalars that end on the line where they
 * begin, anchors and aliases. False: it is not, or is wrong; what is in the tree is of no use then,
 * and libyaml says what the text is.
 */
bool yaml_quick_read(struct yaml_tree *tree);

#endif
