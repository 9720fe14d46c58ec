#include "syntax/dockerfile.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "syntax/slice.h"

#define USUAL_INSTRUCTIONS 32 /* that a file has at most */

/* A file being read line by line. */
struct reader {
	struct dockerfile_syntax *syntax;
	struct arena *arena;
	struct text rest;
	unsigned line;    /* lines read */
	bool is_too_long; /* the next one is */
	struct arena scratch;
	struct instructions found; /* in scratch */
	bool has_unknown;          /* there was an instruction that the builder does not know */
	struct buf joined;
};

/* The next line without its end. False at the end, and before a line that is too long. */
static bool read_line(struct reader *reader, struct text *line)
{
	size_t end = slice_find(reader->rest, '\n');

	reader->is_too_long = end > MAX_LINE_LENGTH;
	if (reader->rest.length == 0 || reader->is_too_long)
		return false;
	*line = slice_upto(reader->rest, end);
	while (line->length > 0 && line->bytes[line->length - 1] == '\r')
		line->length--;
	reader->rest = slice_from(reader->rest, end + (end < reader->rest.length));
	reader->line++;
	return true;
}

static size_t offset_of(const struct reader *reader, const char *at)
{
	return (size_t)(at - reader->syntax->text.bytes);
}

static void refuse(struct dockerfile_syntax *syntax, unsigned first, unsigned last,
		   const char *error)
{
	syntax->error = error;
	syntax->error_span = span_lines(first, last);
}

/* Does the instruction go on behind this line? Then the escape character is taken off its end. */
static bool cut_continuation(struct text *line, char escape)
{
	size_t end = line->length;

	while (end > 0 && (line->bytes[end - 1] == ' ' || line->bytes[end - 1] == '\t'))
		end--;
	if (end == 0 || line->bytes[end - 1] != escape)
		return false;
	/* Two escape characters, or three, are not one that escapes the end of the line. */
	if (end > 1 && line->bytes[end - 2] == escape)
		return false;
	line->length = end - 1;
	return true;
}

static void add_piece(struct reader *reader, struct pieces *pieces, struct text line)
{
	size_t offset = offset_of(reader, line.bytes);

	*vec_add(reader->arena, pieces) = (struct piece){ .joined = reader->joined.length,
							  .offset = offset,
							  .line = reader->line };
	buf_addn(&reader->joined, line.bytes, line.length);
}

/* The lines behind the first one. Comments and blank lines in between do not count. */
static void join(struct reader *reader, struct instruction *instruction, struct pieces *pieces)
{
	char escape = reader->syntax->directives.escape_character;
	struct text line = { 0 };
	bool more = true;

	buf_clear(&reader->joined);
	buf_addn(&reader->joined, instruction->line.bytes, instruction->line.length);
	while (more && read_line(reader, &line)) {
		struct text trimmed = slice_trim_start(line);

		if (trimmed.length == 0 || *trimmed.bytes == '#')
			continue;
		more = cut_continuation(&line, escape);
		add_piece(reader, pieces, line);
	}
	if (pieces->count == 0)
		return;
	instruction->line.length = reader->joined.length;
	instruction->line.bytes =
		arena_copy(reader->arena, buf_text(&reader->joined), reader->joined.length);
}

static bool may_have_heredocs(const struct instruction *instruction)
{
	struct text line = instruction->line;

	if (!instruction_takes_heredocs(instruction))
		return false;
	for (size_t at = 0; (at += slice_find(slice_from(line, at), '<')) + 1 < line.length; at++)
		if (line.bytes[at + 1] == '<')
			return true;
	return false;
}

static bool ends_heredoc(const struct heredoc *heredoc, struct text line)
{
	while (heredoc->chomp && slice_starts(line, "\t"))
		line = slice_from(line, 1);
	return line.length == heredoc->name.length &&
	       memcmp(line.bytes, heredoc->name.bytes, line.length) == 0;
}

static bool read_body(struct reader *reader, struct heredoc *heredoc)
{
	struct text line = { 0 };

	heredoc->body.bytes = reader->rest.bytes;
	while (read_line(reader, &line)) {
		if (ends_heredoc(heredoc, line)) {
			heredoc->body.length = (size_t)(line.bytes - heredoc->body.bytes);
			return true;
		}
	}
	return false;
}

static const char *read_heredocs(struct reader *reader, struct heredocs *heredocs, struct text line)
{
	if (!heredocs_find(heredocs, reader->arena, line))
		return arena_printf(reader->arena, "its words are nested more than %d deep",
				    MAX_WORD_NESTING);
	vec_each (struct heredoc *, heredoc, heredocs)
		if (!read_body(reader, heredoc))
			return arena_printf(reader->arena, "no line ends the heredoc '%s'",
					    instruction_shown(reader->arena, heredoc->name));
	return NULL;
}

/* The instruction that begins on a line. False where the parser refuses it. */
static bool read_instruction(struct reader *reader, struct text trimmed, const char *line_start)
{
	struct dockerfile_syntax *syntax = reader->syntax;
	struct extras extras = { 0 };
	struct instruction instruction = { .line = trimmed,
					   .start_line = reader->line,
					   .extras = &extras };
	char escape = syntax->directives.escape_character;
	const char *error = NULL;

	instruction.start = offset_of(reader, line_start);
	instruction.offset = offset_of(reader, trimmed.bytes);
	if (cut_continuation(&instruction.line, escape))
		join(reader, &instruction, &extras.more);
	error = instruction_split(&instruction, &extras, reader->arena, escape);
	if (!error && may_have_heredocs(&instruction))
		error = read_heredocs(reader, &extras.heredocs, instruction.line);
	instruction.extras = extras_keep(reader->arena, &extras);
	instruction.end = offset_of(reader, reader->rest.bytes);
	instruction.end_line = reader->line;
	if (instruction.keyword || !reader->has_unknown)
		*vec_add(&reader->scratch, &reader->found) = instruction;
	reader->has_unknown = reader->has_unknown || !instruction.keyword;
	if (error)
		refuse(syntax, instruction.start_line, reader->line, error);
	return !error;
}

/* Those that were found, in no more room than they need. */
static void keep_instructions(struct reader *reader)
{
	struct instructions *kept = &reader->syntax->instructions;

	vec_reserve(reader->arena, kept, reader->found.count);
	vec_each (const struct instruction *, instruction, &reader->found)
		*vec_add(reader->arena, kept) = *instruction;
	arena_release(&reader->scratch);
}

static void read_instructions(struct reader *reader)
{
	struct text line = { 0 };

	vec_reserve(&reader->scratch, &reader->found, USUAL_INSTRUCTIONS);
	while (read_line(reader, &line)) {
		struct text trimmed = line;

		if (reader->line == 1)
			trimmed = slice_skip_mark(trimmed);
		trimmed = slice_trim_start(trimmed);
		if (trimmed.length == 0 || *trimmed.bytes == '#')
			continue;
		if (reader->found.count == MAX_INSTRUCTIONS) {
			refuse(reader->syntax, reader->line, reader->line,
			       "there are more than 20000 instructions");
			return;
		}
		if (!read_instruction(reader, trimmed, line.bytes))
			return;
	}
	if (reader->is_too_long)
		refuse(reader->syntax, reader->line + 1, reader->line + 1,
		       "a line is longer than 65535 bytes");
}

void dockerfile_parse(struct dockerfile_syntax *syntax, struct arena *arena, struct text text)
{
	struct reader reader = { .syntax = syntax, .arena = arena, .rest = text };

	*syntax = (struct dockerfile_syntax){ .text = text };
	directives_read(&syntax->directives, arena, text);
	if (syntax->directives.error) {
		refuse(syntax, syntax->directives.error_line, syntax->directives.error_line,
		       syntax->directives.error);
		return;
	}
	if (text.length == 0) {
		refuse(syntax, 0, 0, "the file is empty");
		return;
	}
	read_instructions(&reader);
	keep_instructions(&reader);
	buf_release(&reader.joined);
	if (!syntax->error && syntax->instructions.count == 0)
		refuse(syntax, 1, 1, "there is no instruction in the file");
}

/* The piece in which the byte at an offset of the joined line stands. */
static struct piece find_piece(const struct instruction *instruction, size_t joined)
{
	const struct pieces *more = &instruction->extras->more;
	size_t behind = vec_before(more, joined, joined + 1);

	if (behind > 0)
		return more->items[behind - 1];
	return (struct piece){ 0, instruction->offset, instruction->start_line };
}

static void move_to(struct cursor *cursor, const char *bytes, size_t line_start, size_t offset)
{
	if (cursor->line_start != line_start || cursor->offset > offset || cursor->column == 0)
		*cursor = (struct cursor){ line_start, line_start, 1 };
	cursor->column += (unsigned)utf8_count(bytes + cursor->offset, offset - cursor->offset);
	cursor->offset = offset;
}

struct span instruction_span(const struct dockerfile_syntax *syntax, struct cursor *cursor,
			     const struct instruction *instruction, struct text slice)
{
	const char *first = instruction->line.bytes;
	struct piece piece = { 0 };
	struct span span = { 0 };
	size_t joined = 0, offset = 0, line_start = 0;

	if (slice.length == 0 || slice.bytes < first ||
	    slice.bytes >= first + instruction->line.length)
		return span_lines(instruction->start_line, instruction->start_line);
	joined = (size_t)(slice.bytes - first);
	piece = find_piece(instruction, joined);
	if (find_piece(instruction, joined + slice.length - 1).line != piece.line)
		return span_lines(piece.line, piece.line);
	offset = piece.offset + joined - piece.joined;
	line_start = piece.line == instruction->start_line ? instruction->start : piece.offset;
	move_to(cursor, syntax->text.bytes, line_start, offset);
	span.line = span.end_line = piece.line;
	span.column = cursor->column;
	move_to(cursor, syntax->text.bytes, line_start, offset + slice.length);
	span.end_column = cursor->column - 1;
	return span;
}
