#include "model/inline_waiver.h"

#include <string.h>

#include "model/rule.h"

#define MARK "onedockerfile:"
#define VERB "allow"

struct comment {
	const char *id; /* of the rule */
	const char *reason;
	unsigned line;
};

struct comments VEC(struct comment);

struct waived_file {
	struct map whole;         /* reasons by rule: before the first FROM */
	struct comments comments; /* in the order of their lines */
};

/* What comes behind blanks and a word; NULL where something else is there. */
static const char *skip_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	text += strspn(text, " \t");
	if (strncmp(text, word, length) != 0)
		return NULL;
	return text + length;
}

/* A waiver without reason is none. */
static bool read_comment(struct comment *comment, struct arena *arena, struct text line)
{
	const char *at = line.bytes, *end = line.bytes + line.length;
	size_t length = 0;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (at == end || *at != '#')
		return false;
	at = skip_word(arena_copy(arena, at + 1, (size_t)(end - at) - 1), MARK);
	at = at ? skip_word(at, VERB) : NULL;
	if (!at || (*at != ' ' && *at != '\t'))
		return false;
	at += strspn(at, " \t");
	length = strcspn(at, " \t");
	comment->id = arena_copy(arena, at, length);
	at += length;
	comment->reason = at + strspn(at, " \t");
	return *comment->reason != '\0';
}

static struct waived_file *read_file(struct inline_waivers *waivers, struct text rest,
				     unsigned first_from)
{
	struct waived_file *file = arena_new(waivers->arena, struct waived_file);

	for (unsigned number = 1; rest.length > 0; number++) {
		const char *newline = memchr(rest.bytes, '\n', rest.length);
		struct comment comment = { .line = number };
		size_t size = newline ? (size_t)(newline - rest.bytes) + 1 : rest.length;

		if (read_comment(&comment, waivers->arena, text_line(rest, 1))) {
			*vec_add(waivers->arena, &file->comments) = comment;
			if (number < first_from)
				map_put(&file->whole, waivers->arena, comment.id,
					arena_string(waivers->arena, comment.reason));
		}
		rest.bytes += size;
		rest.length -= size;
	}
	return file;
}

/* The reason in the comment on a line, which names the rule. */
static const char *reason_at(const struct comments *comments, const struct rule *rule,
			     unsigned line)
{
	size_t at = vec_before(comments, line, line);

	if (at == comments->count || comments->items[at].line != line ||
	    strcmp(comments->items[at].id, rule->id) != 0)
		return NULL;
	return comments->items[at].reason;
}

/* Files with the same text have the same comments, whether they are Dockerfiles or not. */
static const struct waived_file *file_at(struct inline_waivers *waivers, const char *path)
{
	const struct dockerfile *dockerfile = project_dockerfile(waivers->project, path);
	struct text text = project_text(waivers->project, path);
	struct map *files = dockerfile ? &waivers->dockerfiles : &waivers->others;
	struct waived_file *file = NULL;
	char key[TEXT_KEY];

	text_key(key, text);
	file = map_get(files, key);
	if (file)
		return file;
	file = read_file(waivers, text, dockerfile ? dockerfile->first_from : 0);
	map_put(files, waivers->arena, key, file);
	return file;
}

const struct policy_waiver *inline_waiver_find(struct inline_waivers *waivers,
					       const struct rule *rule, const char *path,
					       unsigned line)
{
	const struct waived_file *file = file_at(waivers, path);
	struct policy_waiver *waiver = NULL;
	const char *reason = NULL;

	reason = map_get(&file->whole, rule->id);
	if (!reason && line > 1)
		reason = reason_at(&file->comments, rule, line - 1);
	if (!reason)
		return NULL;
	waiver = arena_new(waivers->arena, struct policy_waiver);
	*waiver = (struct policy_waiver){ .rule = rule, .path = path, .reason = reason };
	return waiver;
}
