#ifndef SYNTAX_INSTRUCTION_H
#define SYNTAX_INSTRUCTION_H

#include "syntax/exec_form.h"
#include "syntax/flags.h"
#include "syntax/heredoc.h"
#include "syntax/keyword.h"

/* Where a part of a joined line stands in the file. */
struct piece {
	size_t joined; /* offset in the joined line */
	size_t offset; /* of its first byte in the file */
	unsigned line;
};

struct pieces VEC(struct piece);

/* What few instructions have. */
struct extras {
	struct pieces more; /* the other lines of a joined one */
	struct flags flags;
	struct heredocs heredocs;
	struct instruction *trigger; /* what ONBUILD stores; NULL for others */
};

/*
 * One instruction of a Dockerfile: its lines joined as BuildKit does, comments and blank lines
 * inside left out. Its raw text is the file's bytes from start to end, whole lines, the bodies of
 * its heredocs with them; what stands between two instructions is comments and blank lines.
 */
struct instruction {
	struct text line;      /* the joined line; a slice of the file where it is one line */
	struct text arguments; /* behind keyword and flags, trimmed; a slice of line */
	size_t offset;         /* where line begins in the file */
	size_t start, end;
	unsigned start_line, end_line;
	enum keyword keyword;
	enum exec_form form; /* of the arguments where the instruction takes both forms */
	const struct extras *extras;
};

/* Of those that the builder does not know only the first is kept: it is why the file is refused. */
struct instructions VEC(struct instruction);

/*
 * Take the joined line of an instruction apart: keyword, arguments and form are set, and flags and
 * trigger of what is to become its extras. Returns why the builder refuses the file then already;
 * NULL: it does not.
 */
const char *instruction_split(struct instruction *instruction, struct extras *extras,
			      struct arena *arena, char escape);

/* Extras to be kept: a copy where there are any. */
const struct extras *extras_keep(struct arena *arena, const struct extras *extras);

/* May its line hold heredocs? */
bool instruction_takes_heredocs(const struct instruction *instruction);

/* The arguments of ADD, COPY, EXPOSE and VOLUME, in either form. */
void instruction_list(struct texts *list, struct arena *arena,
		      const struct instruction *instruction);

/* Why the builder refuses the file for this instruction, on its own or as what ONBUILD stores;
 * NULL: it does not. FROM is from_read()'s (syntax/from.h). */
const char *instruction_check(const struct instruction *instruction, struct arena *arena,
			      char escape);

/* Cut the first word of ARG, ENV or LABEL off *rest, quotes and escapes as written (BuildKit
 * parseWords). False where none is left. */
bool instruction_word(struct text *word, struct text *rest, char escape);

/* A text as messages show it, cut where it is long. */
const char *instruction_shown(struct arena *arena, struct text text);

#endif
