#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/stages.h"

static void finds_sources(void **state)
{
	(void)state;
	expect_stages("FROM x AS a\nFROM y\nCOPY --from=A / /\nCOPY --from=0 / /\n"
		      "COPY --from=+0 / /\nCOPY --from=z:1 / /\nCOPY --from= / /\n",
		      "1-1 a on x (-1)\n"
		      "2-7 - on y (-1) copy A=0 3:13-3:13 copy 0=0 4:13-4:13 copy +0=0 5:13-5:14 "
		      "copy z:1=-1 6:13-6:15\n");
	expect_stages("FROM x AS a\nFROM y\nRUN --mount=type=cache,target=/c \\\n"
		      " --mount=from=a,target=/a --mount=\"from=0\" x\n",
		      "1-1 a on x (-1)\n"
		      "2-4 - on y (-1) copy a=0 4:15-4:15 copy 0=-1 3:0-3:0\n");
	expect_stages("FROM x AS a\nONBUILD COPY --from=b / /\nONBUILD COPY --from=9 / /\n"
		      "FROM y AS b\n",
		      "1-3 a on x (-1) onbuild b=1 2:21-2:21 onbuild 9=-1 3:21-3:21\n"
		      "4-4 b on y (-1)\n");
	/* a number that does not fit is a name, and one behind a sign a number */
	expect_stages("FROM x\nFROM y\nCOPY --from=9223372036854775808 / /\nCOPY --from=-0 / /\n"
		      "COPY --from=0x / /\nRUN --mount=source=/ z\n",
		      "1-1 - on x (-1)\n"
		      "2-6 - on y (-1) copy 9223372036854775808=-1 3:13-3:31 copy -0=0 4:13-4:14 "
		      "copy 0x=-1 5:13-5:14\n");
	expect_stages("FROM x AS a\nFROM y AS a\nFROM z\nCOPY --from=a / /\n",
		      "1-1 a on x (-1)\n2-2 a on y (-1)\n3-4 - on z (-1) copy a=1 4:13-4:13\n");
}

static void refuses_sources(void **state)
{
	(void)state;
	expect_stages("FROM x\nCOPY --from=7 / /\n",
		      "1-2 - on x (-1) copy 7=-1 2:13-2:13\n"
		      "error: 2:13-2:13 there is no stage number 7\n");
	expect_stages("FROM x\nFROM y\nCOPY --from=2 / /\n",
		      "1-1 - on x (-1)\n2-3 - on y (-1) copy 2=-1 3:13-3:13\n"
		      "error: 3:13-3:13 there is no stage number 2\n");
	expect_stages("FROM x\nCOPY --from=-1 / /\n",
		      "1-2 - on x (-1) copy -1=-1 2:13-2:14\n"
		      "error: 2:13-2:14 there is no stage number -1\n");
	expect_stages("FROM x\nCOPY --from=9223372036854775807 / /\n",
		      "1-2 - on x (-1) copy 9223372036854775807=-1 2:13-2:31\n"
		      "error: 2:13-2:31 there is no stage number 9223372036854775807\n");
	expect_stages("FROM x\nCOPY --from=a${ / /\n",
		      "1-2 - on x (-1) copy a${=-1 2:13-2:15\n"
		      "error: 2:13-2:15 the flag '--from' of COPY takes no variable\n");
	expect_stages("FROM x\nCOPY --from=$V / /\n",
		      "1-2 - on x (-1) copy $V=-1 2:13-2:14\n"
		      "error: 2:13-2:14 the flag '--from' of COPY takes no variable\n");
	expect_stages("FROM x\nCOPY --from=No / /\n",
		      "1-2 - on x (-1) copy No=-1 2:13-2:14\n"
		      "error: 2:13-2:14 'No' is neither a stage nor an "
		      "image\n");
	expect_stages(
		"FROM x AS a\nRUN --mount=from=a y\n",
		"1-2 a on x (-1) copy a=0 2:18-2:18\n"
		"error: 2:18-2:18 the stage 'a' copies from itself, or from one that copies from "
		"it\n");
	expect_stages(
		"FROM x AS a\nCOPY --from=b / /\nFROM y AS b\nCOPY --from=a / /\n",
		"1-2 a on x (-1) copy b=1 2:13-2:13\n"
		"3-4 b on y (-1) copy a=0 4:13-4:13\n"
		"error: 4:13-4:13 the stage 'b' copies from itself, or from one that copies from "
		"it\n");
	expect_stages(
		"FROM x AS scratch\nRUN --mount=type=cache,target=/c y\n",
		"1-2 scratch on x (-1)\n"
		"error: 1:0-1:0 the stage 'scratch' copies from itself, or from one that copies "
		"from "
		"it\n");
}

static void says_where_a_circle_is_closed(void **state)
{
	(void)state;
	expect_stages(
		"FROM x AS a\nFROM y\nCOPY --from=b / /\nFROM z AS b\nCOPY --from=c / /\n"
		"COPY --from=1 / /\nFROM a AS c\n",
		"1-1 a on x (-1)\n"
		"2-3 - on y (-1) copy b=2 3:13-3:13\n"
		"4-6 b on z (-1) copy c=3 5:13-5:13 copy 1=1 6:13-6:13\n"
		"7-7 c on a (0)\n"
		"error: 6:13-6:13 the stage 'b' copies from itself, or from one that copies from "
		"it\n");
	expect_stages(
		"FROM x\nCOPY --from=0 / /\n",
		"1-2 - on x (-1) copy 0=0 2:13-2:13\n"
		"error: 2:13-2:13 a stage copies from itself, or from one that copies from it\n");
	/* twice the same is none */
	expect_stages("FROM x AS a\nFROM y AS b\nCOPY --from=a / /\nFROM z\nCOPY --from=a / /\n"
		      "COPY --from=b / /\n",
		      "1-1 a on x (-1)\n"
		      "2-3 b on y (-1) copy a=0 3:13-3:13\n"
		      "4-6 - on z (-1) copy a=0 5:13-5:13 copy b=1 6:13-6:13\n");
}

static void refuses_a_file_of_which_no_stage_can_be_built(void **state)
{
	(void)state;
	expect_stages("FROM a\nENV A=\"b\n",
		      "1-2 - on a (-1)\n"
		      "error: 2:0-2:0 '\"b' is refused: it holds a double quote without its end\n");
	expect_stages("FROM a AS x\nRUN y\nUSER ${U\nFROM x AS z\nFROM b\nCOPY --from=x / /\n",
		      "1-3 x on a (-1)\n"
		      "4-4 z on x (0)\n"
		      "5-6 - on b (-1) copy x=0 6:13-6:13\n"
		      "error: 3:0-3:0 '${U' is refused: it holds a '${' without its '}'\n");
	expect_stages("FROM a\nVOLUME [\"'b\"]\nFROM c\nLABEL a=b c='d\n",
		      "1-2 - on a (-1)\n"
		      "3-4 - on c (-1)\n"
		      "error: 2:0-2:0 ''b' is refused: it holds a single quote without its end\n");
	/* what copies from below does not need it */
	expect_stages("FROM a AS x\nUSER ${U\nFROM b\nCOPY --from=y / /\nFROM c AS y\nUSER ${V\n",
		      "1-2 x on a (-1)\n"
		      "3-4 - on b (-1) copy y=2 4:13-4:13\n"
		      "5-6 y on c (-1)\n");
	expect_stages("FROM a AS x\nUSER ${U\nFROM b\nRUN --mount=from=z,target=/z y\n",
		      "1-2 x on a (-1)\n"
		      "3-4 - on b (-1) copy z=-1 4:18-4:18\n");
	expect_stages("FROM a\nCOPY it's /\nFROM b AS c\n", "1-2 - on a (-1)\n"
							    "3-3 c on b (-1)\n");
	expect_stages("FROM a\nUSER ${U:?needed}\nRUN it's\nCOPY <<A /x\nit's\nA\nENV A=it\\'s\n",
		      "1-7 - on a (-1)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_sources),
		cmocka_unit_test(refuses_sources),
		cmocka_unit_test(says_where_a_circle_is_closed),
		cmocka_unit_test(refuses_a_file_of_which_no_stage_can_be_built),
	};

	return cmocka_run_group_tests_name("sources of stages", tests, NULL, NULL);
}
