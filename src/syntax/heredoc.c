#include "syntax/heredoc.h"

#include <stdint.h>
#include <string.h>

#include "syntax/slice.h"

/* Whatever the file's escape character is, a heredoc is looked for with a backslash. */
static struct words lexer(struct arena *arena, bool raw_quotes)
{
	return (struct words){ .arena = arena,
			       .escape = '\\',
			       .raw_quotes = raw_quotes,
			       .keep_unset = true,
			       .limit = SIZE_MAX };
}

static size_t count_quotes(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.bytes[i] == '\'' || text.bytes[i] == '"';
	return count;
}

/* ^[0-9]*<<-?\s*[^<]*$: what stands behind it all, the name with its quotes. */
static bool cut(struct text *rest, bool *chomp, struct text word)
{
	size_t at = 0;

	while (at < word.length && word.bytes[at] >= '0' && word.bytes[at] <= '9')
		at++;
	if (!slice_starts(slice_from(word, at), "<<"))
		return false;
	at += 2;
	*chomp = at < word.length && word.bytes[at] == '-';
	at += *chomp;
	while (at < word.length && word.bytes[at] && strchr(" \t\n\f\r", word.bytes[at]))
		at++;
	*rest = slice_from(word, at);
	return rest->length > 0 && slice_find(*rest, '<') == rest->length;
}

bool heredoc_parse(struct heredoc *heredoc, struct arena *arena, struct text word)
{
	struct words plain = lexer(arena, false), raw = lexer(arena, true);
	struct texts names = { 0 }, quoted = { 0 };
	struct text rest = { 0 };

	if (!cut(&rest, &heredoc->chomp, word) || !words_split(&plain, &names, rest) ||
	    names.count != 1 || !words_split(&raw, &quoted, rest) || quoted.count != 1)
		return false;
	heredoc->name = names.items[0];
	heredoc->expand = count_quotes(names.items[0]) == count_quotes(quoted.items[0]);
	heredoc->body = (struct text){ "", 0 };
	return true;
}

bool heredocs_find(struct heredocs *heredocs, struct arena *arena, struct text line)
{
	struct words words = lexer(arena, true);
	struct texts list = { 0 };

	words.raw_escapes = true;
	/* A line that the lexer cannot read has no heredoc. */
	if (!words_split(&words, &list, line))
		return !words.over_limit;
	vec_each (const struct text *, word, &list) {
		struct heredoc heredoc = { 0 };

		if (heredoc_parse(&heredoc, arena, *word))
			*vec_add(arena, heredocs) = heredoc;
	}
	return true;
}
