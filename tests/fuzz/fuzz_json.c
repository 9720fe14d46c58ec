#include <cjson/cJSON.h>
#include <stdint.h>
#include <string.h>

#include "syntax/json.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Is that all that there is? */
static bool is_whole(struct json *json, struct text text)
{
	json->rest = text;
	json->depth = 0;
	return json_take_value(json) && json_at_end(json);
}

/* A string that both take means the same to both; what \u means is more to us. */
static void check_string(struct arena *arena, struct text text, const cJSON *item)
{
	struct text string = { 0 };

	require(json_string_of(&string, arena, text), "a string is one");
	require(string.length == strlen(item->valuestring) &&
			memcmp(string.bytes, item->valuestring, string.length) == 0,
		"a string means the same");
}

/* What we take for JSON cJSON takes, too, where it is not too deep and has no \u; what cJSON makes
 * of it we take. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct json json;
	struct text text = { arena_copy(&arena, (const char *)data, size), size }, value = { 0 };
	bool is_taken = is_whole(&json, text);
	cJSON *item = cJSON_ParseWithLengthOpts(text.bytes, size + 1, NULL, 1);
	char *printed = item ? cJSON_PrintUnformatted(item) : NULL;

	require(json.rest.length <= size && json.depth <= MAX_JSON_DEPTH, "inside the text");
	if (is_taken && size < CJSON_NESTING_LIMIT && !memchr(text.bytes, 'u', size))
		require(item != NULL, "cJSON takes it, too");
	if (printed)
		require(is_whole(&json, (struct text){ printed, strlen(printed) }), "again");
	if (is_taken && cJSON_IsString(item) && !memchr(text.bytes, 'u', size))
		check_string(&arena, text, item);
	(void)json_member(&value, &arena, text, "a");
	cJSON_free(printed);
	cJSON_Delete(item);
	arena_release(&arena);
	return 0;
}
