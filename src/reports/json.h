#ifndef REPORTS_JSON_H
#define REPORTS_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/owned.h"

DEFINE_OWNED(cJSON, cJSON_Delete);

/*
 * cJSON as this program uses it: it never lacks memory (without it the program ends with status
 * 3), what it is given is valid UTF-8, and what it prints starts no command in a log and moves no
 * cursor. A child belongs to its parent from the first moment.
 */

/* A new object or array at the end of an array, or under a key of an object. */
cJSON *json_object(cJSON *parent, const char *key);
cJSON *json_array(cJSON *parent, const char *key);

/* The outermost object, or array; own it. */
cJSON *json_root(void);
cJSON *json_root_array(void);

/* Ill-formed UTF-8 becomes U+FFFD; NULL is null. */
void json_string(cJSON *object, const char *key, const char *text);

/* The same for text that is only shown to people: cleaned as base/utf8.h describes. */
void json_shown(cJSON *object, const char *key, const char *text);
void json_text(cJSON *array, const char *text);
void json_number(cJSON *object, const char *key, size_t number);
void json_bool(cJSON *object, const char *key, bool value);
void json_null(cJSON *object, const char *key);

/* A number, or null where it is 0. */
void json_position(cJSON *object, const char *key, unsigned number);

/* Print with a newline at the end. Controls, bidirectional marks and the '#' that a log could take
 * for a command's are written as \uXXXX. */
void json_print(struct buf *out, const cJSON *root);

#endif
