#ifndef SYNTAX_PORT_H
#define SYNTAX_PORT_H

#include "syntax/text.h"

/*
 * Why the builder takes a word of EXPOSE, its quotes and variables read, for no port:
 * [[address:]port of the host:]port[/protocol], where a port may be a range. NULL: it is one, or
 * nothing (BuildKit dockerfile2llb/convert_expose.go).
 */
const char *port_fault(struct arena *arena, struct text port);

#endif
