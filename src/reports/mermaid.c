#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "reports/markdown_text.h"

#define MAX_LABEL 60      /* code points */
#define MAX_EDGES 400     /* Mermaid draws up to 500 */
#define MAX_SOURCE 40000u /* bytes; Mermaid reads up to 50,000 characters */

static bool is_plain(unsigned codepoint)
{
	return codepoint < 0x80 && (isalnum((int)codepoint) || strchr(" ._-/:@", (int)codepoint));
}

/* In a label in quotes everything else can be written as an entity. */
static void add_label(struct buf *out, const char *text)
{
	struct arena scratch = { 0 };
	const char *clean = utf8_clean(&scratch, text, false);
	size_t length = strlen(clean), count = 0;
	unsigned codepoint = 0;

	for (size_t at = 0, size = 0; at < length && count < MAX_LABEL; at += size, count++) {
		size = utf8_decode(&codepoint, clean + at, length - at);
		if (is_plain(codepoint))
			buf_addc(out, (char)codepoint);
		else
			buf_addf(out, "#%u;", codepoint);
	}
	buf_add(out, count == MAX_LABEL ? "..." : "");
	arena_release(&scratch);
}

static void write_stage(struct buf *out, const struct graph_stage *stage, size_t index)
{
	buf_addf(out, "  s%zu[\"", index);
	if (stage->name)
		add_label(out, stage->name);
	else
		buf_addf(out, "stage %zu", index);
	if (stage->base) {
		buf_add(out, "<br>from ");
		add_label(out, stage->base);
	}
	buf_add(out, "\"]\n");
}

static size_t write_edges(struct buf *out, const struct graph_stage *stage, size_t index)
{
	if (stage->parent >= 0)
		buf_addf(out, "  s%d --> s%zu\n", stage->parent, index);
	vec_each (const int *, source, &stage->sources)
		buf_addf(out, "  s%d -. copied .-> s%zu\n", *source, index);
	return stage->sources.count + (stage->parent >= 0);
}

static size_t write_user(struct buf *out, const struct graph_user *user, size_t index)
{
	buf_addf(out, "  u%zu([\"", index);
	add_label(out, user->subject);
	buf_add(out, "<br>");
	add_label(out, user->path);
	buf_add(out, "\"])\n");
	if (user->stage >= 0)
		buf_addf(out, "  s%d ==> u%zu\n", user->stage, index);
	return user->stage >= 0;
}

bool mermaid_write(struct buf *out, const struct graph *graph)
{
	size_t start = out->length, edges = 0;
	bool fits = false;

	buf_add(out, "```mermaid\nflowchart TD\n");
	for (size_t i = 0; i < graph->stages.count; i++)
		write_stage(out, &graph->stages.items[i], i);
	for (size_t i = 0; i < graph->stages.count; i++)
		edges += write_edges(out, &graph->stages.items[i], i);
	for (size_t i = 0; i < graph->users.count; i++)
		edges += write_user(out, &graph->users.items[i], i);
	buf_add(out, "```\n");
	fits = graph->stages.count > 0 && edges <= MAX_EDGES && out->length - start <= MAX_SOURCE;
	if (!fits)
		buf_cut(out, start);
	return fits;
}
