#ifndef SYNTAX_TEMPLATE_H
#define SYNTAX_TEMPLATE_H

#include "base/arena.h"

/* The value of a variable that is set to something that is not known: this very address, empty. */
extern const char template_unknown[];

/* The value of a variable; NULL: it has none. */
typedef const char *template_lookup(void *variables, const char *name);

/* A text whose variables are replaced. */
struct template
{
	const char *text;       /* variables without value are empty */
	const char *unresolved; /* the first variable that is needed and has no value; NULL: none */
	const char *error;      /* why the text is no template; NULL: it is one */
};

/*
 * Replace $name, ${name} and ${name OPERATOR text}, the operator being one of :- - :+ + :? and ?;
 * "$$" is a dollar (compose-go template.go). A variable that a text requires with '?' is
 * unresolved without value. A value given with '-' or '+' is no lack of one; one that is not known
 * stays unresolved whatever is given. Values that make more than MAX_TEMPLATE_LENGTH bytes are an
 * error.
 */
struct template template_expand(struct arena *arena, const char *text, template_lookup *lookup,
				void *variables);

#endif
