#include <string.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/heap.h"
#include "base/utf8.h"
#include "reports/json.h"

static cJSON *checked(cJSON *item)
{
	if (!item)
		die("out of memory");
	return item;
}

static cJSON *add(cJSON *parent, const char *key, cJSON *child)
{
	checked(child);
	if (key ? !cJSON_AddItemToObject(parent, key, child) : !cJSON_AddItemToArray(parent, child))
		die("out of memory");
	return child;
}

/* cJSON drops what it has no memory for and goes on: so it never has none. */
static void set_hooks(void)
{
	cJSON_Hooks hooks = { .malloc_fn = heap_alloc, .free_fn = heap_free };

	cJSON_InitHooks(&hooks);
}

cJSON *json_root(void)
{
	set_hooks();
	return checked(cJSON_CreateObject());
}

cJSON *json_root_array(void)
{
	set_hooks();
	return checked(cJSON_CreateArray());
}

cJSON *json_object(cJSON *parent, const char *key)
{
	return add(parent, key, cJSON_CreateObject());
}

cJSON *json_array(cJSON *parent, const char *key)
{
	return add(parent, key, cJSON_CreateArray());
}

void json_string(cJSON *object, const char *key, const char *text)
{
	struct arena scratch = { 0 };

	if (text)
		add(object, key, cJSON_CreateString(utf8_replace(&scratch, text)));
	else
		add(object, key, cJSON_CreateNull());
	arena_release(&scratch);
}

void json_shown(cJSON *object, const char *key, const char *text)
{
	struct arena scratch = { 0 };

	json_string(object, key, text ? utf8_clean(&scratch, text, false) : NULL);
	arena_release(&scratch);
}

void json_text(cJSON *array, const char *text)
{
	json_string(array, NULL, text);
}

void json_number(cJSON *object, const char *key, size_t number)
{
	add(object, key, cJSON_CreateNumber((double)number));
}

void json_bool(cJSON *object, const char *key, bool value)
{
	add(object, key, cJSON_CreateBool(value));
}

void json_null(cJSON *object, const char *key)
{
	add(object, key, cJSON_CreateNull());
}

void json_position(cJSON *object, const char *key, unsigned number)
{
	add(object, key, number ? cJSON_CreateNumber(number) : cJSON_CreateNull());
}

static void escape(struct buf *out, unsigned codepoint)
{
	if (codepoint >= 0x10000)
		buf_addf(out, "\\u%04x\\u%04x", 0xD800 + ((codepoint - 0x10000) >> 10),
			 0xDC00 + (codepoint & 0x3FF));
	else
		buf_addf(out, "\\u%04x", codepoint);
}

/* Outside of strings cJSON prints nothing but ASCII, newlines and tabs. */
static bool is_unsafe(const char *text, unsigned codepoint)
{
	if (codepoint == '\n' || codepoint == '\t')
		return false;
	return utf8_is_unprintable(codepoint) || (text[0] == '#' && text[1] == '#');
}

void json_print(struct buf *out, const cJSON *root)
{
	char *text = cJSON_Print(root);
	size_t length = 0;
	unsigned codepoint = 0;

	if (!text)
		die("out of memory");
	length = strlen(text);
	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, text + at, length - at);
		if (is_unsafe(text + at, codepoint))
			escape(out, codepoint);
		else
			buf_addn(out, text + at, size);
	}
	buf_addc(out, '\n');
	cJSON_free(text);
}
