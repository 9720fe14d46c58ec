#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "syntax/instruction.h"
#include "tests/support/refusal.h"

/* What the whole file is refused for, whoever builds which stage; nothing else stands there. */
static const struct {
	const char *line, *error;
} cases[] = {
	{ "RUN --network=host x", NULL },
	{ "RUN --network=none x", NULL },
	{ "RUN --network=default x", NULL },
	{ "RUN --network=other x",
	  "the flag '--network' of RUN takes 'default', 'host' or 'none'" },
	{ "RUN --network x", "RUN wants a value for the flag '--network'" },
	{ "RUN --network= x", "the flag '--network' of RUN takes 'default', 'host' or 'none'" },
	{ "RUN --security=insecure x", NULL },
	{ "RUN --security=sandbox x", NULL },
	{ "RUN --security=x x", "the flag '--security' of RUN takes 'insecure' or 'sandbox'" },
	{ "RUN --device=a x", NULL },
	{ "RUN --device=a,required x", NULL },
	{ "RUN --device=a,required=true,required x", NULL },
	{ "RUN --device=required x", NULL },
	{ "RUN --device= x", "RUN wants a value for the flag '--device'" },
	{ "RUN --device=a,required=no x",
	  "'required' of the flag '--device' takes 'true' or 'false'" },
	{ "RUN --device=a,b x", "the flag '--device' names two devices" },
	{ "RUN --device=\\\"a x", "a value of the flag '--device' has a quote in the wrong place" },
	{ "RUN --mount x", "RUN wants a value for the flag '--mount'" },
	{ "RUN --mount= x", "RUN wants a value for the flag '--mount'" },
	{ "RUN --mount=from=$a x", "'from' of the flag '--mount' takes no variable" },
	{ "RUN --mount=target=$a,FROM=b x", NULL },
	{ "RUN --mount=\\\"from=a\\\",target=/b x", NULL },
	{ "RUN --mount=\\\"a\\\"\\\"b\\\" x", NULL },
	{ "RUN --mount=\\\"a x", "a value of the flag '--mount' has a quote in the wrong place" },
	{ "RUN --mount=\\\" x", "a value of the flag '--mount' has a quote in the wrong place" },
	{ "RUN --mount=\\\"a\\\"\\\" x",
	  "a value of the flag '--mount' has a quote in the wrong place" },
	{ "RUN --mount=\\\"a\\\"b x",
	  "a value of the flag '--mount' has a quote in the wrong place" },
	{ "RUN --mount=a\\\"b x", "a value of the flag '--mount' has a quote in the wrong place" },
	{ "RUN --mount=target=/a --network=none --network=host x",
	  "RUN takes only once the flag '--network'" },
	{ "SHELL x", "SHELL wants a JSON array of at least one string" },
	{ "SHELL []", "SHELL wants a JSON array of at least one string" },
	{ "SHELL [\"a\"]", NULL },
	{ "ONBUILD", "ONBUILD wants an argument" },
	{ "ONBUILD RUN x", NULL },
	{ "ONBUILD FROM x", "ONBUILD takes no FROM" },
	{ "ONBUILD ONBUILD RUN x", "ONBUILD takes no ONBUILD" },
	{ "ONBUILD MAINTAINER x", "ONBUILD takes no MAINTAINER" },
	{ "ONBUILD NOPE x", NULL },
	{ "ONBUILD COPY a", NULL },
	{ "ARG", "ARG wants an argument" },
	{ "ARG A B=1", NULL },
	{ "ARG =x", "ARG wants a name before '='" },
	{ "ARG 'A", NULL },
	{ "ENV", "ENV wants an argument" },
	{ "ENV A", "ENV wants a value behind 'A'" },
	{ "ENV A=", NULL },
	{ "ENV A b", NULL },
	{ "ENV A=1 B", "ENV wants name=value in place of 'B'" },
	{ "ENV =x", "ENV wants a name before '='" },
	{ "LABEL", "LABEL wants an argument" },
	{ "LABEL a", "LABEL wants a value behind 'a'" },
	{ "LABEL a=b \"c d\"=e", NULL },
	{ "COPY", "COPY wants at least 2 arguments" },
	{ "COPY a", "COPY wants at least 2 arguments" },
	{ "COPY --link a b", NULL },
	{ "COPY --link=true a b", NULL },
	{ "COPY --link=FALSE a b", NULL },
	{ "COPY --link=yes a b", "COPY takes 'true' or 'false' for the flag '--link'" },
	{ "COPY --link --link a b", "COPY takes only once the flag '--link'" },
	{ "COPY --chown a b", "COPY wants a value for the flag '--chown'" },
	{ "COPY --chown=1 --chown=2 a b", "COPY takes only once the flag '--chown'" },
	{ "COPY --nope a b", "COPY takes no flag '--nope'" },
	{ "COPY --exclude=a --exclude=b c d", NULL },
	{ "COPY --from a b", "COPY wants a value for the flag '--from'" },
	{ "COPY -- a b", NULL },
	{ "COPY --\"link\" a b", NULL },
	{ "COPY --ch\\own=1 a b", NULL },
	{ "COPY --chown='a b' c d", NULL },
	{ "COPY --chown=\"a'b\" c d", NULL },
	{ "COPY [\"a\", \"b\"]", NULL },
	{ "COPY [\"a\"]", "COPY wants at least 2 arguments" },
	{ "COPY []", "COPY wants at least 2 arguments" },
	{ "ADD --keep-git-dir=true a b", NULL },
	{ "ADD --keep-git-dir=x a b", "ADD takes 'true' or 'false' for the flag '--keep-git-dir'" },
	{ "ADD --unpack a b", NULL },
	{ "USER", "USER wants an argument" },
	{ "USER a b", NULL },
	{ "WORKDIR", "WORKDIR wants an argument" },
	{ "WORKDIR a b", NULL },
	{ "CMD", NULL },
	{ "CMD []", NULL },
	{ "ENTRYPOINT", NULL },
	{ "ENTRYPOINT []", NULL },
	{ "EXPOSE", "EXPOSE wants an argument" },
	{ "MAINTAINER", "MAINTAINER wants an argument" },
	{ "VOLUME", "VOLUME wants an argument" },
	{ "VOLUME []", "VOLUME wants at least 1 argument" },
	{ "VOLUME [\"\"]", "VOLUME takes no empty argument" },
	{ "STOPSIGNAL", "STOPSIGNAL wants an argument" },
	{ "RUN", NULL },
	{ "RUN []", NULL },
	{ "RUN --x y", "RUN takes no flag '--x'" },
	{ "run x", NULL },
	{ "FROM", "FROM wants an image or a stage, or these and 'AS' with a name" },
	{ "FROM a b", "FROM wants an image or a stage, or these and 'AS' with a name" },
	{ "FROM a AS", "FROM wants an image or a stage, or these and 'AS' with a name" },
	{ "FROM a AS b c", "FROM wants an image or a stage, or these and 'AS' with a name" },
	{ "FROM --platform a", "FROM wants a value for the flag '--platform'" },
	{ "FROM --platform=linux/x a", NULL },
	{ "FROM --nope=x a", "FROM takes no flag '--nope'" },
};

static void refuses_an_instruction_that_the_builder_refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_refusal(cases[i].error, "FROM a\n", cases[i].line, "\nFROM a\n");
}

static void expect_words(const char *text, char escape, const char *expected)
{
	struct text rest = { text, strlen(text) }, word = { 0 };
	struct buf out = { 0 };

	while (instruction_word(&word, &rest, escape))
		buf_addf(&out, "[%.*s]", (int)word.length, word.bytes);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

/* As BuildKit's parseWords: quotes and escapes stay, one at the very end is dropped. */
static void splits_names_and_values(void **state)
{
	(void)state;
	expect_words("", '\\', "");
	expect_words(" A=1  B\t", '\\', "[A=1][B]");
	expect_words("A='b c' D=\"e f\"g h", '\\', "[A='b c'][D=\"e f\"g][h]");
	expect_words("A=b\\ c d", '\\', "[A=b\\ c][d]");
	expect_words("A=\"b\\\" c\" d", '\\', "[A=\"b\\\" c\"][d]");
	expect_words("A='b\\' c", '\\', "[A='b\\'][c]");
	expect_words("A='\"' \"'\" b", '\\', "[A='\"'][\"'\"][b]");
	expect_words("a b\\", '\\', "[a][b]");
	expect_words("a \\", '\\', "[a]");
	expect_words("a 'b\\", '\\', "[a]['b\\]");
	expect_words("a\\ b`  c", '`', "[a\\][b` ][c]");
	expect_words("a\xC2\xA0"
		     "b",
		     '\\', "[a][b]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_an_instruction_that_the_builder_refuses),
		cmocka_unit_test(splits_names_and_values),
	};

	return cmocka_run_group_tests_name("instruction", tests, NULL, NULL);
}
