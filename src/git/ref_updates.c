#include "git/ref_updates.h"

#include <stdbool.h>
#include <string.h>

#include "base/fail.h"
#include "git/ids.h"

static int parse_id(git_oid *id, const char *hex)
{
	return strlen(hex) == GIT_OID_HEXSZ ? id_parse(id, hex) : -1;
}

/* No ref has blanks or control characters in its name (git-check-ref-format(1)): a policy must not
 * take such a one for a ref that it does not name. */
static bool is_name(const char *name)
{
	const char *at = name;

	while ((unsigned char)*at > ' ' && *at != '\x7f')
		at++;
	return at > name && !*at;
}

int ref_update_parse(struct ref_update *update, const char *before, const char *after,
		     const char *name)
{
	if (parse_id(&update->before, before) < 0 || parse_id(&update->after, after) < 0 ||
	    !is_name(name))
		return fail("not an update of a ref: '%s %s %s'", before, after, name);
	update->name = update->target = name;
	return 0;
}

static int parse_line(struct ref_updates *updates, struct arena *arena, char *line)
{
	char *after = strchr(line, ' ');
	char *name = after ? strchr(after + 1, ' ') : NULL;

	if (!name)
		return fail("not an update of a ref: '%s'", line);
	*after++ = '\0';
	*name++ = '\0';
	return ref_update_parse(vec_add(arena, updates), line, after, name);
}

/* From the end on: only what was pushed, LOCAL-REF, may hold spaces, as "HEAD^{/fix it}" does. */
static int read_pushed_line(struct ref_updates *updates, struct arena *arena, char *line)
{
	char *words[4] = { line };
	size_t length = strlen(line);

	for (size_t i = 3; i > 0; i--) {
		words[i] = memrchr(line, ' ', length);
		if (!words[i])
			return fail("not a line of pre-push: '%s'", line);
		length = (size_t)(words[i] - line);
	}
	for (size_t i = 1; i <= 3; i++)
		*words[i]++ = '\0';
	return ref_update_parse(vec_add(arena, updates), words[3], words[1], words[2]);
}

int ref_updates_read(struct ref_updates *updates, struct arena *arena, const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n");

		if (lines[length] != '\n')
			return fail("the list of updates is cut: '%s'", lines);
		if (parse_line(updates, arena, arena_copy(arena, lines, length)) < 0)
			return -1;
		lines += length + 1;
	}
	return 0;
}

int ref_updates_read_pushed(struct ref_updates *updates, struct arena *arena, const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n");

		if (read_pushed_line(updates, arena, arena_copy(arena, lines, length)) < 0)
			return -1;
		lines += length + (lines[length] == '\n');
	}
	return 0;
}
