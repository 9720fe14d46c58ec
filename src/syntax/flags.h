#ifndef SYNTAX_FLAGS_H
#define SYNTAX_FLAGS_H

#include "syntax/keyword.h"
#include "syntax/words.h"

/* --name=value of an instruction. Slices of its line where nothing is quoted or escaped. */
struct flag {
	struct text name, value;
	bool has_value;
};

struct flags VEC(struct flag);

/* Cut the flags off the start of *rest, as BuildKit split_command.go does; escape is the
 * directive's character. */
void flags_read(struct flags *flags, struct arena *arena, struct text *rest, char escape);

/* Why the instruction of that keyword does not take these flags; NULL: it does. */
const char *flags_check(const struct flags *flags, struct arena *arena, enum keyword keyword);

/* The value of a flag; NULL where it is not given. */
const struct text *flags_value(const struct flags *flags, const char *name);

#endif
