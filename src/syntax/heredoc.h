#ifndef SYNTAX_HEREDOC_H
#define SYNTAX_HEREDOC_H

#include "syntax/words.h"

/* "<<EOF" on the line of an instruction, and the lines up to EOF (BuildKit parser.go). */
struct heredoc {
	struct text name; /* the line that ends it, quotes removed */
	struct text body; /* the lines before that one */
	bool chomp;       /* "<<-": tabs at the start of lines do not count */
	bool expand;      /* no part of the name is quoted */
};

struct heredocs VEC(struct heredoc);

/* Is this one word of a line a heredoc? Its body is not read yet. */
bool heredoc_parse(struct heredoc *heredoc, struct arena *arena, struct text word);

/* Those of a joined line, in their order. False where a limit of ours ends the search. */
bool heredocs_find(struct heredocs *heredocs, struct arena *arena, struct text line);

#endif
