#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/refusal.h"

#define TAKES_NO(key, type) "the flag '--mount' takes no '" key "' while its type is '" type "'"

/* What stops a stage, and so a file that has no other one. */
static const struct {
	const char *line, *error;
} cases[] = {
	{ "EXPOSE 0 80/TCP 80-90/udp +80 8080:80 1.2.3.4:x:80 $P ${P:-abc} '' 80/ 8\\0", NULL },
	{ "EXPOSE 80\u00A081\u2003", NULL },
	{ "EXPOSE 80\u00A0x", "'x' is no port" },
	{ "EXPOSE '80\u00A081'", "'80\u00A081' is no port" },
	{ "EXPOSE 80'", "'80'' is refused: it holds a single quote without its end" },
	{ "EXPOSE abc", "'abc' is no port" },
	{ "EXPOSE 65535 65536", "'65536' is no port" },
	{ "EXPOSE 90-80", "'90-80' is no port" },
	{ "EXPOSE 80-90-100", "'80-90-100' is no port" },
	{ "EXPOSE $P -1", "'-1' is no port" },
	{ "EXPOSE /tcp", "'/tcp' is no port" },
	{ "EXPOSE 80/foo", "'foo' is no protocol of a port" },
	{ "EXPOSE 80/tcp/udp", "'tcp/udp' is no protocol of a port" },
	{ "EXPOSE 80-80 1-65535 80/SCTP", NULL },
	{ "EXPOSE 80-", "'80-' is no port" },
	{ "EXPOSE 80-65536", "'80-65536' is no port" },
	{ "EXPOSE 4294967377", "'4294967377' is no port" },
	{ "EXPOSE 18446744073709551696", "'18446744073709551696' is no port" },
	{ "EXPOSE abc 70000", "'abc' is no port" },
	{ "EXPOSE 80 9x", "'9x' is no port" },
	{ "STOPSIGNAL SIG\"TERM\"", NULL },
	{ "STOPSIGNAL SI", "'SI' is no signal" },
	{ "STOPSIGNAL ''", "'' is no signal" },
	{ "STOPSIGNAL 0x9", "'0x9' is no signal" },
	{ "STOPSIGNAL sigrtmin+15", NULL },
	{ "STOPSIGNAL -99", NULL },
	{ "STOPSIGNAL $S", NULL },
	{ "STOPSIGNAL 00", "'00' is no signal" },
	{ "STOPSIGNAL SIGRTMIN+16", "'SIGRTMIN+16' is no signal" },
	{ "STOPSIGNAL 9 9", "'9 9' is no signal" },
	{ "STOPSIGNAL SIG", "'SIG' is no signal" },
	{ "VOLUME /a $V", NULL },
	{ "VOLUME /a ''", "VOLUME takes no empty argument" },
	{ "VOLUME [\"/a\", \"''\"]", "VOLUME takes no empty argument" },
	{ "COPY HTTP://x/y $U ${U:-http://x} ftp://x http: http://x/", NULL },
	{ "COPY a \"ht\"tps://x/y /", "COPY takes no URL, and 'https://x/y' is one" },
	{ "COPY --chmod=0007777 a /", NULL },
	{ "COPY --chmod=u+x a /", NULL },
	{ "COPY --chmod= a /", NULL },
	{ "COPY --chmod=00000 a /", NULL },
	{ "COPY --chmod=00010000 a /", "'00010000' is no mode of files" },
	{ "COPY --chmod=8 a /", "'8' is no mode of files" },
	{ "COPY --chmod=999x a /", "'999x' is no mode of files" },
	{ "COPY --chmod=0o755 a /", "'0o755' is no mode of files" },
	{ "COPY --chmod=7$X a /", NULL },
	{ "ADD --chmod=77777 a /", "'77777' is no mode of files" },
	{ "ADD http://x/y a /", NULL },
	{ "ADD --checksum=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
	  "http://x/y /",
	  NULL },
	{ "ADD --checksum=e3b0 https://x/y.git /", NULL },
	{ "ADD --checksum=$S a b /", NULL },
	{ "ADD --checksum=sha256:e3b0 http://x/$Y /", NULL },
	{ "ADD --checksum=sha256:e3b0 http://x/y /", "'sha256:e3b0' is no checksum" },
	{ "ADD --checksum=e3b0 http://x/y /", "'e3b0' is no checksum" },
	{ "ADD --checksum=e3b0 http://x/y http://x/z /",
	  "the flag '--checksum' of ADD is for one source" },
	{ "ADD --checksum=e3b0 a /", "the flag '--checksum' of ADD wants a URL for a source" },
	{ "RUN --mount=type=cache,target=/a,sharing=LOCKED,mode=0755,uid=1,gid=0,id=,ro=T x",
	  NULL },
	{ "RUN --mount=TYPE=Bind,dst=/a,READONLY,rw=$R,id=${M:-9} x", NULL },
	{ "RUN --mount=type=foo --mount=typ=cache x",
	  "'type' of the flag '--mount' cannot be 'foo'" },
	{ "RUN --mount=type=foo x", "'type' of the flag '--mount' cannot be 'foo'" },
	{ "RUN --mount=target=/a x --mount=type=foo", NULL },
	{ "RUN --mount=type=cache,target=/a,mode=9 x",
	  "'mode' of the flag '--mount' cannot be '9'" },
	{ "RUN --mount=type=cache,target=/a,uid= x", "'uid' of the flag '--mount' cannot be ''" },
	{ "RUN --mount=type=cache,target=/a,sharing=all x",
	  "'sharing' of the flag '--mount' cannot be 'all'" },
	{ "RUN --mount=target=/a,ro=yes x", "'ro' of the flag '--mount' cannot be 'yes'" },
	{ "RUN --mount=target=/a --mount=typ=cache x", "the flag '--mount' has no 'typ'" },
	{ "RUN --mount=target=/a, x", "the flag '--mount' has no ''" },
	{ "RUN --mount=target=/a,destination x",
	  "'destination' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,dst x", "'dst' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,env x", "'env' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,from x", "'from' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,gid x", "'gid' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,id x", "'id' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,mode x", "'mode' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,sharing x", "'sharing' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,size x", "'size' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,source x", "'source' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,src x", "'src' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,target x", "'target' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,type x", "'type' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,uid x", "'uid' of the flag '--mount' has no value" },
	{ "RUN --mount=target=/a,readonly x", NULL },
	{ "RUN --mount=target=/a,readwrite x", NULL },
	{ "RUN --mount=type=ssh,mode=0600,uid=1,gid=2,required x", NULL },
	{ "RUN --mount=mode=0700,sharing=locked,target=/a,type=cache x", NULL },
	{ "RUN --mount=target=/a,mode=0700 x", TAKES_NO("mode", "bind") },
	{ "RUN --mount=target=/a,uid=${U:-1} x", TAKES_NO("uid", "bind") },
	{ "RUN --mount=type=tmpfs,target=/a,gid=1 x", TAKES_NO("gid", "tmpfs") },
	{ "RUN --mount=type=ssh,sharing=shared x", TAKES_NO("sharing", "ssh") },
	{ "RUN --mount=type=ssh,src=a x", TAKES_NO("src", "ssh") },
	{ "RUN --mount=type=ssh,source=$S x", NULL },
	{ "RUN --mount=type=cache,target=/a,size=1 x", TAKES_NO("size", "cache") },
	{ "RUN --mount=target=/a,required x", TAKES_NO("required", "bind") },
	{ "RUN --mount=id=a,required=true,type=secret x", TAKES_NO("required", "bind") },
	{ "RUN --mount=type=$T,target=/a,required,mode=9$M,size=1,sharing=shared x", NULL },
	{ "RUN --mount=type=tmpfs,target=/a,size=1.5GiB --mount=type=tmpfs,target=/b,size=9 x",
	  NULL },
	{ "RUN --mount=type=tmpfs,target=/a,size=100% x",
	  "'size' of the flag '--mount' cannot be '100%'" },
	{ "RUN --mount=type=tmpfs,target=/a,size=-1 x",
	  "'size' of the flag '--mount' cannot be '-1'" },
	{ "RUN --mount=type=tmpfs,target=/a,size=k x",
	  "'size' of the flag '--mount' cannot be 'k'" },
	{ "RUN --mount=type=secret,id=a,from=scratch x", TAKES_NO("from", "secret") },
	{ "RUN --mount=type=secret,id=a,source=b x",
	  "a secret of the flag '--mount' takes 'id' or 'source', not both" },
	{ "RUN --mount=type=secret,id=a,src=b x",
	  "a secret of the flag '--mount' takes 'id' or 'source', not both" },
	{ "RUN --mount=type=secret,id=,source=b,env=A,required x", NULL },
	{ "RUN --mount=type=secret,id=$I,source=b x", NULL },
	{ "RUN --mount=type=secret,destination=/a x", NULL },
	{ "RUN --mount=type=secret,id=$I x", NULL },
	{ "RUN --mount=type=secret,env=A,dst= x", "a secret of the flag '--mount' wants an 'id'" },
	{ "RUN --mount=target=/a,ro x", NULL },
	{ "RUN --mount=target=/a,rw x", NULL },
	{ "RUN --mount=target=/${A x",
	  "'/${A' of the flag '--mount' is refused: it holds a '${' without its '}'" },
	{ "RUN --mount=target=${A:?x} x", NULL },
	{ "RUN --mount=\\\"target=/a\\\",mode=9 x", "'mode' of the flag '--mount' cannot be '9'" },
	{ "RUN --mount=\\\"target=/a,b\\\"\\\"c\\\",ro x",
	  "'/a,b\"c' of the flag '--mount' is refused: it holds a double quote without its end" },
	{ "RUN --mount=type=cache,target=/a,sharing=private,mode=,uid=1 x",
	  "'mode' of the flag '--mount' cannot be ''" },
	{ "STOPSIGNAL +9", NULL },
	{ "STOPSIGNAL -", "'-' is no signal" },
	{ "STOPSIGNAL 9x", "'9x' is no signal" },
	{ "STOPSIGNAL TERM", NULL },
	{ "ADD --checksum= http://x/y /", NULL },
	{ "ADD --checksum=sha512:e3b0 http://x/y /", NULL },
	{ "ADD --checksum=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550 "
	  "http://x/y /",
	  "'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca4959...' is no checksum" },
	{ "ADD --checksum=e3b0 git@github.com:a/b /", NULL },
	{ "ADD --checksum=e3b0 github.com/a/b /", NULL },
	{ "ADD --checksum=sha256:E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
	  "http://x/y /",
	  "'sha256:E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca4959...' is no checksum" },
	{ "COPY <<E /\n$A ${A:-\"} it's \\${\nE", NULL },
	{ "COPY <<\"E\" /\n${\nE", NULL },
	{ "RUN <<E\n${\nE", NULL },
	{ "COPY <<E <<F /\nx\nE\n${A\n}\nF",
	  "the heredoc 'F' is refused: it uses an operator in '${...}' that is not supported" },
	{ "ADD <<-E /\n\t${A:-x\n\tE",
	  "the heredoc 'E' is refused: it holds a '${' without its '}'" },
	{ "ENV ${A=x", "'${A' is refused: it holds a '${' without its '}'" },
	{ "ENV A=${b", "'${b' is refused: it holds a '${' without its '}'" },
	{ "ENV A ${b", "'${b' is refused: it holds a '${' without its '}'" },
	{ "ENV A b ${c", "'b ${c' is refused: it holds a '${' without its '}'" },
	{ "ENV A=1 B=${c D=${e", "'${c' is refused: it holds a '${' without its '}'" },
	{ "LABEL a=b ${c=d", "'${c' is refused: it holds a '${' without its '}'" },
	{ "ARG A=1 B=${c", "'${c' is refused: it holds a '${' without its '}'" },
	{ "ARG ${A=x", NULL },
	{ "ARG A$", NULL },
	{ "ENV $A=$B", NULL },
	{ "USER ${U", "'${U' is refused: it holds a '${' without its '}'" },
	{ "WORKDIR /${x/y", "'/${x/y' is refused: it holds a '${' without its '}'" },
	{ "STOPSIGNAL ${x", "'${x' is refused: it holds a '${' without its '}'" },
	{ "VOLUME /a ${x ${y", "'${x' is refused: it holds a '${' without its '}'" },
	{ "COPY ${a ${b /", "'${a' is refused: it holds a '${' without its '}'" },
	{ "COPY <<E $x /\nx\nE", NULL },
	{ "COPY <<'${E' /\n${E", NULL },
	{ "ADD [\"${a\", \"b\"]", "'${a' is refused: it holds a '${' without its '}'" },
	{ "CMD ${a", NULL },
	{ "ENTRYPOINT ${a", NULL },
	{ "RUN ${a", NULL },
	{ "SHELL [\"${a\"]", NULL },
	{ "MAINTAINER ${a", NULL },
	{ "ONBUILD EXPOSE abc", NULL },
};

static void refuses_what_no_stage_can_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		expect_refusal(cases[i].error, "FROM a\n", cases[i].line, "\n");
		expect_refusal(cases[i].error, "FROM a AS b\n", cases[i].line, "\nFROM b\n");
		expect_refusal(NULL, "FROM a AS b\n", cases[i].line, "\nFROM a\n");
	}
}

static void reads_heredocs_with_a_backslash(void **state)
{
	(void)state;
	expect_refusal(NULL, "# escape=`\nFROM a\nCOPY <<E /\n", "\\${A", "\nE\n");
	expect_refusal("the heredoc 'E' is refused: it uses an operator in '${...}' that is not "
		       "supported",
		       "# escape=`\nFROM a\nCOPY <<E /\n", "`${A", "\nE\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_what_no_stage_can_do),
		cmocka_unit_test(reads_heredocs_with_a_backslash),
	};

	return cmocka_run_group_tests_name("operands", tests, NULL, NULL);
}
