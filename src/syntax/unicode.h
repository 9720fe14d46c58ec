#ifndef SYNTAX_UNICODE_H
#define SYNTAX_UNICODE_H

#include <stdbool.h>

/*
 * Categories of code points, by Unicode 15.0: what the functions of these names in Go's package
 * unicode say since Go 1.21, with which BuildKit and Compose are built.
 */
bool unicode_is_letter(unsigned codepoint); /* L */
bool unicode_is_digit(unsigned codepoint);  /* Nd */
bool unicode_is_number(unsigned codepoint); /* N: digits, too */

#endif
