#include <stdint.h>
#include <string.h>

#include "base/shell.h"
#include "base/utf8.h"
#include "syntax/yaml.h"
#include "syntax/yaml_quote.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A word of a shell is the text, and ends where it ends. */
static void check_shell(struct arena *arena, const char *text)
{
	const char *word = shell_word(arena, text);
	struct buf quoted = { 0 };

	shell_quote(&quoted, text);
	require_same(shell_unquote(arena, arena_printf(arena, "%s; more", quoted.text)), text);
	if (strcmp(word, text) == 0)
		require_only(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789_@%+:,./-");
	else
		require_same(word, quoted.text);
	buf_release(&quoted);
}

static void require_seen(const char *text, size_t length)
{
	unsigned codepoint = 0;

	for (size_t at = 0; at < length;) {
		at += utf8_decode(&codepoint, text + at, length - at);
		require(codepoint == '\n' || !utf8_is_unprintable(codepoint), "seen by people");
	}
}

/* A value of YAML, some blanks in, is the text when it is read. */
static void check_yaml(struct arena *arena, const char *text, unsigned blanks)
{
	struct buf out = { 0 };
	struct yaml_file file;
	const struct yaml *value = NULL;

	buf_add(&out, "a:\n");
	buf_repeat(&out, ' ', blanks);
	buf_add(&out, "b: ");
	yaml_quote(&out, text, blanks + 2);
	buf_add(&out, "\n");
	require_seen(out.text, out.length);
	yaml_read(&file, arena, (struct text){ out.text, out.length });
	require(!file.error && file.documents.count == 1, "a document");
	value = yaml_get(yaml_get(file.documents.items[0], "a"), "b");
	require(value && value->kind == YAML_SCALAR, "a scalar");
	require_same(value->value, text);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);

	check_shell(&arena, text);
	check_yaml(&arena, utf8_replace(&arena, text), 1 + (unsigned)(size % 7));
	arena_release(&arena);
	return 0;
}
