#ifndef SYNTAX_YAML_COLONS_H
#define SYNTAX_YAML_COLONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/limits.h"
#include "syntax/text.h"

/*
 * Colons at the end of plain words in "[...]" and "{...}", as in "{DEBUG:, LEVEL: 1}". They belong
 * to their words (so go-yaml reads them), but libyaml refuses them: it is given the text without
 * them, and the words get them back.
 */
struct yaml_colons {
	size_t at[MAX_YAML_COLONS]; /* bytes of the text */
	unsigned count;
};

/* Is it such a colon that the library refused at a byte, and not one too many? Then it is noted. */
bool yaml_colons_note(struct yaml_colons *colons, struct text text, size_t at);

/* The text without them, as long as before; the same one where there are none. */
struct text yaml_colons_hide(const struct yaml_colons *colons, struct arena *arena,
			     struct text text);

/* Give a plain word that ends at that byte of the text its colon back, where it had one. */
void yaml_colons_show(const struct yaml_colons *colons, char *word, size_t length, size_t end);

#endif
