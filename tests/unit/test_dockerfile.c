#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "syntax/dockerfile.h"

static void add_instruction(struct buf *out, const struct instruction *instruction)
{
	buf_addf(out, "%u-%u %zu-%zu %s [%.*s]", instruction->start_line, instruction->end_line,
		 instruction->start, instruction->end,
		 instruction->keyword ? keyword_name(instruction->keyword) : "?",
		 (int)instruction->arguments.length, instruction->arguments.bytes);
	vec_each (const struct flag *, flag, &instruction->extras->flags)
		buf_addf(out, " --%.*s=%.*s", (int)flag->name.length, flag->name.bytes,
			 (int)flag->value.length, flag->value.bytes);
	vec_each (const struct heredoc *, heredoc, &instruction->extras->heredocs)
		buf_addf(out, " <<%s%s%.*s{%.*s}", heredoc->chomp ? "-" : "",
			 heredoc->expand ? "" : "!", (int)heredoc->name.length, heredoc->name.bytes,
			 (int)heredoc->body.length, heredoc->body.bytes);
	buf_addc(out, '\n');
}

static void expect_bytes(const char *bytes, size_t length, const char *expected)
{
	struct arena arena = { 0 };
	struct dockerfile_syntax syntax = { 0 };
	struct buf out = { 0 };

	dockerfile_parse(&syntax, &arena,
			 (struct text){ arena_copy(&arena, bytes, length), length });
	vec_each (const struct instruction *, instruction, &syntax.instructions)
		add_instruction(&out, instruction);
	if (syntax.error)
		buf_addf(&out, "%u-%u: %s\n", syntax.error_span.line, syntax.error_span.end_line,
			 syntax.error);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), expected);
}

static void reads_one_instruction_a_line(void **state)
{
	(void)state;
	expect("# a comment\n\nFROM a AS b\n  run  x y \n", "3-3 13-25 FROM [a AS b]\n"
							    "4-4 25-37 RUN [x y]\n");
	expect("FROM a", "1-1 0-6 FROM [a]\n");
	expect("\xEF\xBB\xBF"
	       "FROM a\r\n",
	       "1-1 0-11 FROM [a]\n");
}

static void joins_lines(void **state)
{
	(void)state;
	expect("RUN a \\\n  && b\n", "1-2 0-15 RUN [a   && b]\n");
	expect("RUN a \\  \r\n  # no\n\n b\r\nCMD c\n", "1-4 0-23 RUN [a  b]\n"
							"5-5 23-29 CMD [c]\n");
	expect("RUN a \\", "1-1 0-7 RUN [a]\n");
	expect("RUN a \\\t \n b\n\\ \nCMD c\n", "1-2 0-13 RUN [a  b]\n"
						"3-4 13-22 CMD [c]\n");
	expect("RUN a \\\\\nRUN b\n", "1-1 0-9 RUN [a \\\\]\n"
				      "2-2 9-15 RUN [b]\n");
	expect("\\\nRUN a\n", "1-2 0-8 RUN [a]\n");
	expect("# escape=`\nRUN a `\n b\nRUN c\\\n", "2-3 11-22 RUN [a  b]\n"
						     "4-4 22-29 RUN [c\\]\n");
}

static void reads_heredocs(void **state)
{
	(void)state;
	expect("RUN <<EOF\nFROM x\n# y\nEOF\nCMD z\n", "1-4 0-25 RUN [<<EOF] <<EOF{FROM x\n# y\n}\n"
						       "5-5 25-31 CMD [z]\n");
	expect("RUN <<-'E F' 3<<B\n\tx\n\tE F\nB\n",
	       "1-4 0-28 RUN [<<-'E F' 3<<B] <<-!E F{\tx\n} <<B{}\n");
	expect("COPY \\\n <<EOF /x\r\n EOF\r\nEOF\r\n",
	       "1-4 0-29 COPY [<<EOF /x] <<EOF{ EOF\r\n}\n");
	expect("ONBUILD RUN <<E\nx\nE\n", "1-3 0-20 ONBUILD [RUN <<E] <<E{x\n}\n");
	expect("RUN echo \"<<E\" $((1<<2)) <<<x\n", "1-1 0-30 RUN [echo \"<<E\" $((1<<2)) <<<x]\n");
	expect("CMD <<E\n", "1-1 0-8 CMD [<<E]\n");
	expect("RUN [\"<<E\"]\n", "1-1 0-12 RUN [[\"<<E\"]]\n");
	expect("RUN <<E\nx\n", "1-2 0-10 RUN [<<E] <<E{}\n1-2: no line ends the heredoc 'E'\n");
}

static void knows_a_heredoc_by_its_word(void **state)
{
	(void)state;
	expect("RUN 12<<A\nA\n", "1-2 0-12 RUN [12<<A] <<A{}\n");
	expect("RUN << \t E\nx\nE\n", "1-3 0-15 RUN [<< \t E] <<E{x\n}\n");
	expect("RUN <<A\"B\"'C'\nABC\n", "1-2 0-18 RUN [<<A\"B\"'C'] <<!ABC{}\n");
	expect("RUN <<\\E\nE\n", "1-2 0-11 RUN [<<\\E] <<E{}\n");
	expect("RUN <<$A\n$A\n", "1-2 0-12 RUN [<<$A] <<$A{}\n");
	expect("RUN <<A <<A\nx\nA\ny\nA\n", "1-5 0-20 RUN [<<A <<A] <<A{x\n} <<A{y\n}\n");
	expect("RUN <<\nRUN <<-\nRUN <<\"\"\n", "1-1 0-7 RUN [<<]\n"
						"2-2 7-15 RUN [<<-]\n"
						"3-3 15-24 RUN [<<\"\"]\n");
	expect("RUN x<<A 3x<<A <<A<B <<A>B<\n", "1-1 0-28 RUN [x<<A 3x<<A <<A<B <<A>B<]\n");
	/* the line is no words at all */
	expect("RUN echo \"a <<E\nCMD x\n", "1-1 0-16 RUN [echo \"a <<E]\n"
					    "2-2 16-22 CMD [x]\n");
}

static void ends_a_heredoc_with_a_whole_line(void **state)
{
	(void)state;
	expect("RUN <<E\nEE\nE \n\tE\nF\n\nE\nCMD E\n",
	       "1-7 0-22 RUN [<<E] <<E{EE\nE \n\tE\nF\n\n}\n8-8 22-28 CMD [E]\n");
	expect("RUN <<-E\n E\n\t\tE\n", "1-3 0-16 RUN [<<-E] <<-E{ E\n}\n");
	expect("RUN <<E\nE", "1-2 0-9 RUN [<<E] <<E{}\n");
}

static void refuses_words_that_are_nested_too_deep(void **state)
{
	struct buf text = { 0 }, line = { 0 }, expected = { 0 };

	(void)state;
	buf_add(&text, "<<");
	for (int i = 0; i <= MAX_WORD_NESTING; i++)
		buf_add(&text, "${a:-");
	buf_addf(&expected, "1-1 0-%zu RUN [%s]\n1-1: its words are nested more than 100 deep\n",
		 text.length + strlen("RUN "), text.text);
	buf_addf(&line, "RUN %s", buf_text(&text));
	expect(buf_text(&line), buf_text(&expected));
	buf_release(&line);
	buf_release(&expected);
	buf_release(&text);
}

static void reads_flags(void **state)
{
	(void)state;
	expect("COPY --from=a --link b c\n", "1-1 0-25 COPY [b c] --from=a --link=\n");
	expect("COPY --from=\"a b\" --chown=\\$x b c\n",
	       "1-1 0-34 COPY [b c] --from=a b --chown=$x\n");
	expect("COPY --from=a\v--link\f\tb c\n", "1-1 0-26 COPY [b c] --from=a --link=\n");
	expect("# escape=`\nCOPY --from=`k --exclude=dir\\ a' 'b c\n",
	       "2-2 11-49 COPY [a' 'b c] --from=k --exclude=dir\\\n");
	expect("# escape=`\nFROM --plat`form=a`\tb c\n", "2-2 11-35 FROM [c] --platform=a\tb\n");
	expect("COPY --chown='a\\'b' --from='' c d\n", "1-1 0-34 COPY [c d] --chown=a'b --from=\n");
	expect("COPY --chown=\\\\a\\\"b c d\n", "1-1 0-24 COPY [c d] --chown=\\a\"b\n");
	expect("COPY --chown=a=b --link\n", "1-1 0-24 COPY [] --chown=a=b --link=\n");
	/* two bytes are Latin-1 spaces to the builder, wherever they stand */
	expect("COPY --chown=\xC3\xA0x b\n", "1-1 0-19 COPY [x b] --chown=\xC3\n");
	expect("COPY --chown=\xC3\x85x b\n", "1-1 0-19 COPY [x b] --chown=\xC3\n");
	expect("COPY --chown=\xC3\x84x b\n", "1-1 0-19 COPY [b] --chown=\xC3\x84x\n");
	expect("FROM -- --a\n", "1-1 0-12 FROM [--a]\n");
	expect("RUN \\\n --mount=from=x \\\n y\n", "1-3 0-27 RUN [y] --mount=from=x\n");
}

static void refuses_what_the_parser_refuses(void **state)
{
	(void)state;
	expect("", "0-0: the file is empty\n");
	expect("\n# x\n", "1-1: there is no instruction in the file\n");
	expect("# escape=`\n# Escape=\\\nFROM a\n",
	       "2-2: the directive 'escape' stands there twice\n");
	expect("# escape=x\nFROM a\n",
	       "1-1: the directive 'escape' takes a backslash or a backtick\n");
	expect("#\xC2\xA0"
	       "escape=x\n# escape=x\nFROM a\n",
	       "3-3 23-30 FROM [a]\n");
	expect("ENV a\n", "1-1 0-6 ENV [a]\n1-1: ENV wants a value behind 'a'\n");
	expect("LABEL a=1 b\n",
	       "1-1 0-12 LABEL [a=1 b]\n1-1: LABEL wants name=value in place of 'b'\n");
	expect("CMD [\"a\", 1]\n",
	       "1-1 0-13 CMD [[\"a\", 1]]\n"
	       "1-1: the JSON array of CMD holds something else than strings\n");
}

static void takes_lines_up_to_the_limit(void **state)
{
	struct buf text = { 0 }, expected = { 0 };

	(void)state;
	buf_add(&text, "FROM a\n#");
	buf_repeat(&text, 'x', MAX_LINE_LENGTH - 1);
	buf_add(&text, "\nRUN b\n");
	buf_addf(&expected, "1-1 0-7 FROM [a]\n3-3 %zu-%zu RUN [b]\n", text.length - 6,
		 text.length);
	expect(text.text, expected.text);
	buf_clear(&text);
	buf_add(&text, "FROM a\n#");
	buf_repeat(&text, 'x', MAX_LINE_LENGTH);
	expect(text.text, "1-1 0-7 FROM [a]\n2-2: a line is longer than 65535 bytes\n");
	buf_release(&text);
	buf_release(&expected);
}

static void takes_instructions_up_to_the_limit(void **state)
{
	struct arena arena = { 0 };
	struct dockerfile_syntax syntax;
	struct buf text = { 0 };

	(void)state;
	for (unsigned i = 0; i < MAX_INSTRUCTIONS; i++)
		buf_add(&text, "FROM a\n#\n");
	dockerfile_parse(&syntax, &arena, (struct text){ buf_text(&text), text.length });
	assert_null(syntax.error);
	assert_int_equal(syntax.instructions.count, MAX_INSTRUCTIONS);
	buf_add(&text, "\nRUN b\n");
	dockerfile_parse(&syntax, &arena, (struct text){ buf_text(&text), text.length });
	assert_string_equal(syntax.error, "there are more than 20000 instructions");
	assert_int_equal(syntax.error_span.line, 2 * MAX_INSTRUCTIONS + 2);
	buf_release(&text);
	arena_release(&arena);
}

static void keeps_bytes_that_are_no_text(void **state)
{
	static const char nul[] = "FROM a\n\0RUN x\n";
	static const char behind[] = "FROM\0\0\0\0\0\0\0\0a\n";

	(void)state;
	expect_bytes(nul, sizeof(nul) - 1, "1-1 0-7 FROM [a]\n2-2 7-14 ? [x]\n");
	expect_bytes(behind, sizeof(behind) - 1, "1-1 0-14 ? []\n");
	expect("\xEF\xBC\xA6\xEF\xBC\xB2\xEF\xBC\xAF\xEF\xBC\xAD x\n", "1-1 0-15 ? [x]\n");
	expect("FROM a\rRUN x\r", "1-1 0-13 FROM [a\rRUN x]\n");
}

static void finds_places(void **state)
{
	static const char text[] = "RUN \xC3\xA9 ab \\\n  cd e\\\nf\n";
	static const char *const words[] = { "ab", "cd", "ef", "RU", "ab", "N ", "d " };
	struct arena arena = { 0 };
	struct dockerfile_syntax syntax = { 0 };
	struct cursor cursor = { 0 };
	struct buf out = { 0 };

	(void)state;
	dockerfile_parse(&syntax, &arena, (struct text){ text, sizeof(text) - 1 });
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct instruction *run = &syntax.instructions.items[0];
		struct text word = { strstr(run->line.bytes, words[i]), 2 };
		struct span span = instruction_span(&syntax, &cursor, run, word);

		buf_addf(&out, "%u:%u-%u:%u\n", span.line, span.column, span.end_line,
			 span.end_column);
	}
	assert_string_equal(out.text, "1:7-1:8\n2:3-2:4\n2:0-2:0\n1:1-1:2\n1:7-1:8\n"
				      "1:3-1:4\n2:4-2:5\n");
	buf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_one_instruction_a_line),
		cmocka_unit_test(joins_lines),
		cmocka_unit_test(reads_heredocs),
		cmocka_unit_test(knows_a_heredoc_by_its_word),
		cmocka_unit_test(ends_a_heredoc_with_a_whole_line),
		cmocka_unit_test(refuses_words_that_are_nested_too_deep),
		cmocka_unit_test(reads_flags),
		cmocka_unit_test(refuses_what_the_parser_refuses),
		cmocka_unit_test(takes_lines_up_to_the_limit),
		cmocka_unit_test(takes_instructions_up_to_the_limit),
		cmocka_unit_test(keeps_bytes_that_are_no_text),
		cmocka_unit_test(finds_places),
	};

	return cmocka_run_group_tests_name("dockerfile", tests, NULL, NULL);
}
