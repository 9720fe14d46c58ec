#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "reports/markdown_text.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A label holds letters, digits and what is no markup; all else is "#N;", a break our own. */
static const char *skip_label(const char *at)
{
	while (*at != '"') {
		if (strncmp(at, "<br>", 4) == 0) {
			at += 4;
		} else if (*at == '#') {
			at += 1 + strspn(at + 1, "0123456789");
			require(*at++ == ';', "an entity has an end");
		} else {
			require(isalnum((unsigned char)*at) || strchr(" ._-/:@", *at), "a label");
			at++;
		}
	}
	return at + 1;
}

/* Lines are nodes and edges of ours. */
static void check(const char *at)
{
	static const char begin[] = "```mermaid\nflowchart TD\n";

	require(strncmp(at, begin, strlen(begin)) == 0, "a drawing begins");
	for (at += strlen(begin); strcmp(at, "```\n") != 0; at++) {
		require(*at && strchr("  su0123456789-.copied=>[](", *at), "nodes and edges");
		at += strcspn(at, "\"\n");
		if (*at == '"') {
			at = skip_label(at + 1);
			at += strspn(at, "])");
		}
		require(*at == '\n', "a line has an end");
	}
}

/* Names of stages and images, and who builds them. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text rest = { (const char *)data, size };
	struct graph graph = { .path = next_part(&arena, &rest) };
	struct buf out = { 0 };

	while (rest.length > 0) {
		struct graph_stage *stage = vec_add(&arena, &graph.stages);
		struct graph_user *user = vec_add(&arena, &graph.users);

		stage->parent = (int)graph.stages.count - 2;
		stage->name = next_part(&arena, &rest);
		stage->base = *stage->name == 'x' ? NULL : next_part(&arena, &rest);
		*vec_add(&arena, &stage->sources) = 0;
		user->subject = next_part(&arena, &rest);
		user->path = graph.path;
		user->stage = stage->parent;
	}
	if (mermaid_write(&out, &graph)) {
		require_harmless((struct text){ out.text, out.length }, "");
		check(out.text);
	} else {
		require(out.length == 0, "nothing where it cannot be drawn");
	}
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
