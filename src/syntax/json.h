#ifndef SYNTAX_JSON_H
#define SYNTAX_JSON_H

#include <stdbool.h>

#include "syntax/text.h"

#define MAX_JSON_DEPTH 10000 /* of arrays and objects: what is deeper is no JSON to Go either */

/*
 * JSON that is looked at and not copied, as encoding/json of Go takes it: there is no limit but the
 * depth. What is behind json->rest has been read; begin with depth 0. Each function skips blanks
 * first, and is false where something else stands there.
 */
struct json {
	struct text rest;
	size_t depth;
	unsigned char lists[(MAX_JSON_DEPTH + 7) / 8]; /* a bit for each bracket that is open */
};

/* One of []{}:, */
bool json_take(struct json *json, char character);

/* A string; body is what stands between its quotes, as written. Where none is, nothing is read. */
bool json_take_string(struct json *json, struct text *body);

/* A value and all that is in it. */
bool json_take_value(struct json *json);

/* Is nothing left? */
bool json_at_end(struct json *json);

/* What the body of a string means, UTF-8; in the arena where it differs. Half a pair is U+FFFD. */
struct text json_decode(struct arena *arena, struct text body);

/* The value of a key as it is written, of the last one where there are several. False where there
 * is none, or the text is anything but one whole object. */
bool json_member(struct text *value, struct arena *arena, struct text object, const char *key);

/* What a value that is a string means. */
bool json_string_of(struct text *string, struct arena *arena, struct text value);

#endif
