#ifndef SYNTAX_SLICE_H
#define SYNTAX_SLICE_H

#include <stdbool.h>

#include "syntax/text.h"

/*
 * Parts of a text that is looked at and not copied: a struct text whose bytes need not end in a
 * NUL. White space and letter case are Go's, since Go programs read the same files.
 */

/* How many bytes the white space at the start of these bytes takes (unicode.IsSpace); 0: none. */
size_t slice_space(const char *bytes, size_t length);

/* The same of the letter, the decimal digit, or the digit or other number there (syntax/unicode.h).
 */
size_t slice_letter(const char *bytes, size_t length);
size_t slice_digit(const char *bytes, size_t length);
size_t slice_number(const char *bytes, size_t length);

/* Without white space at the start; at the end; at both ends (strings.TrimSpace). */
struct text slice_trim_start(struct text slice);
struct text slice_trim_end(struct text slice);
struct text slice_trim(struct text slice);

/* Without the byte order mark that may begin it. */
struct text slice_skip_mark(struct text slice);

/* What stands from, and up to, a place. */
struct text slice_from(struct text slice, size_t start);
struct text slice_upto(struct text slice, size_t end);

/* Cut the first word off *rest, words being separated by blanks of the Dockerfile grammar
 * ([\t\v\f\r ]+, BuildKit parser.go): empty, and false, where nothing is left. */
bool slice_word(struct text *word, struct text *rest);

/* Cut the first line off *rest, without its LF. False where nothing is left. */
bool slice_line(struct text *line, struct text *rest);

/* Is it this string? In any case of ASCII letters? */
bool slice_is(struct text slice, const char *string);
bool slice_is_like(struct text slice, const char *string);

/* Are both the same bytes? */
bool slice_equals(struct text slice, struct text other);

bool slice_starts(struct text slice, const char *string);

/* Does it stand anywhere in it, in any case of ASCII letters? */
bool slice_holds_like(struct text slice, const char *string);

/* Where the character stands first; the length where it does not. */
size_t slice_find(struct text slice, char character);

/* Is each of its bytes one of these? An empty one is made of anything. */
bool slice_is_made_of(struct text slice, const char *bytes);

/* A copy that ends in a NUL. */
const char *slice_string(struct arena *arena, struct text slice);

/* A copy in lower case, as far as strings.ToLower of Go makes ASCII letters: also of the signs
 * for kelvin (k) and of the capital i with a dot. */
const char *slice_lower(struct arena *arena, struct text slice);

#endif
