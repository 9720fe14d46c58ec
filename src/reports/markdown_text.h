#ifndef REPORTS_MARKDOWN_TEXT_H
#define REPORTS_MARKDOWN_TEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/graph.h"

/*
 * Text of a repository in GitHub Flavored Markdown, cleaned as for people (base/utf8.h): it stays
 * in its cell of a table, and is no markup, link or mention.
 */

/* As text; as code, in a table or elsewhere. */
void markdown_text(struct buf *out, const char *text);
void markdown_code(struct buf *out, const char *text, bool in_table);

/* A drawing in a block of Mermaid: stages, what each builds on and copies from, and who builds it.
 * False, and nothing is written, where it is more than Mermaid draws. */
bool mermaid_write(struct buf *out, const struct graph *graph);

#endif
