#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include "base/arena.h"
#include "base/buf.h"

/* Write text as one word of a shell: 'text', whatever is in it. */
void shell_quote(struct buf *out, const char *text);

/* The same as a string, without quotes where it needs none: for people. In the arena. */
const char *shell_word(struct arena *arena, const char *text);

/* The text that shell_quote() wrote, which stands at the beginning of quoted. In the arena. */
const char *shell_unquote(struct arena *arena, const char *quoted);

#endif
