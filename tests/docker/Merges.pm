package Merges;

# Dockerfiles of one service that are to become stages of one: by hand, one for each thing that
# could be seen in an image if it were done wrong, and by chance.
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(merges any_merge);

# name => the kept file and the others; the word "refused" where they cannot be merged.
my @MERGES = (
	'a beginning' => [
		"FROM shell\nRUN echo 1 >/1\nWORKDIR /srv\nRUN echo 2 >2\nCOPY . .\nCMD [\"prod\"]\n",
		"FROM shell\nRUN echo 1 >/1\nWORKDIR /srv\nRUN echo 2 >2\nCMD [\"dev\"]\n"
	],
	'all of a variant' => ["FROM shell\nRUN echo 1 >/1\nCOPY a /\n", "FROM shell\nRUN echo 1 >/1\n"],
	'all of the kept file' =>
		["FROM shell\nRUN echo 1 >/1\n", "FROM shell\nRUN echo 1 >/1\nCOPY a /\n"],
	'the image alone' => ["FROM shell\nRUN echo 1 >/1\n", "FROM shell\nRUN echo 2 >/1\n"],
	'nothing' => ["FROM shell\nRUN echo 1 >/1\n", "FROM other\nRUN echo 1 >/1\n"],
	'everything' => ["FROM shell\nRUN echo 1 >/1\n", "# why\nFROM shell\nRUN echo 1 >/1\n"],
	'CMD before ENTRYPOINT' => [
		"FROM shell\nCMD [\"c\"]\nRUN echo 1 >/1\nENTRYPOINT [\"p\"]\n",
		"FROM shell\nCMD [\"c\"]\nRUN echo 1 >/1\nENTRYPOINT [\"d\"]\n"
	],
	'ENTRYPOINT before CMD' => [
		"FROM shell\nENTRYPOINT [\"e\"]\nRUN echo 1 >/1\nCMD [\"p\"]\n",
		"FROM shell\nENTRYPOINT [\"e\"]\nRUN echo 1 >/1\nCMD d\n"
	],
	'CMD of a stage above ENTRYPOINT' => [
		"FROM shell AS x\nCMD c\nFROM x\nENTRYPOINT [\"e\"]\nRUN echo p >/1\n",
		"FROM shell AS x\nCMD c\nFROM x\nENTRYPOINT [\"e\"]\nRUN echo d >/1\n"
	],
	'ARG over ENV' => [
		"FROM shell\nENV K=env\nARG K=arg\nRUN echo \$K >/k\nRUN echo p \$K >/p\n",
		"FROM shell\nENV K=env\nARG K=arg\nRUN echo \$K >/k\nRUN echo d \$K >/d\n"
	],
	'ARG over what the image sets' => [
		"FROM shell\nARG A=arg\nRUN echo \$A >/k\nRUN echo p \$A >/p\nENV B=\$A\n",
		"FROM shell\nARG A=arg\nRUN echo \$A >/k\nRUN echo d \$A >/d\n"
	],
	'ARG again' => [
		"ARG V=1\nFROM shell\nARG V=2\nRUN echo \$V >/1\nARG V\nRUN echo \$V >/2\n",
		"ARG V=1\nFROM shell\nARG V=2\nRUN echo \$V >/1\nARG V\nRUN echo \$V >/3\n"
	],
	'ENV of ENV' => [
		"FROM shell\nENV P=/x:\$A\nENV Q=\${P:-y}/z\nRUN echo \$Q >/q\nRUN echo p >/p\n",
		"FROM shell\nENV P=/x:\$A\nENV Q=\${P:-y}/z\nRUN echo \$Q >/q\nLABEL q=\$Q\n"
	],
	'ONBUILD' => [
		"FROM shell\nRUN echo 1 >/1\nONBUILD RUN echo late >/late\nRUN echo 2 >/2\n",
		"FROM shell\nRUN echo 1 >/1\nONBUILD RUN echo late >/late\nRUN echo 3 >/3\n"
	],
	'ONBUILD of a stage above' => [
		"FROM shell AS x\nONBUILD RUN echo late >/late\nFROM x\nRUN echo p >/p\n",
		"FROM shell AS x\nONBUILD RUN echo late >/late\nFROM x\nRUN echo d >/d\n"
	],
	'ONBUILD COPY --from' => [
		"FROM shell\nRUN echo p >/p\n",
		"FROM shell AS deps\nRUN echo 1 >/1\nFROM shell AS x\n"
			. "ONBUILD COPY --from=deps /1 /2\nFROM x\n"
	],
	'ONBUILD COPY --from another name' => [
		"FROM shell AS deps\nRUN echo p >/1\nFROM shell\n",
		"FROM shell AS deps\nRUN echo 1 >/1\nFROM shell AS x\n"
			. "ONBUILD COPY --from=deps /1 /2\nFROM x\n",
		'refused'
	],
	'all that is inherited' => [
		"FROM shell\nSHELL [\"/bin/sh\", \"-ec\"]\nUSER 1\nWORKDIR /w\nWORKDIR x\nEXPOSE 80 81/udp\n"
			. "VOLUME /v\nSTOPSIGNAL 9\nHEALTHCHECK --retries=3 CMD true\nLABEL a=b c=\"d e\"\n"
			. "MAINTAINER m\nENV E=\"f g\"\nWORKDIR y\nCMD echo p\n",
		"FROM shell\nSHELL [\"/bin/sh\", \"-ec\"]\nUSER 1\nWORKDIR /w\nWORKDIR x\nEXPOSE 80 81/udp\n"
			. "VOLUME /v\nSTOPSIGNAL 9\nHEALTHCHECK --retries=3 CMD true\nLABEL a=b c=\"d e\"\n"
			. "MAINTAINER m\nENV E=\"f g\"\nWORKDIR z\nCMD echo d\n"
	],
	'builders of one name' => [
		"FROM shell AS builder\nRUN echo p >/x\nFROM other\nCOPY --from=builder /x /\n",
		"FROM shell AS builder\nRUN echo d >/x\nFROM other\nCOPY --from=builder /x /\n"
	],
	'one builder for both' => [
		"FROM shell AS builder\nRUN echo p >/x\nFROM other\nCOPY --from=builder /x /\n"
			. "RUN echo p >/p\n",
		"FROM shell AS make\nRUN echo p >/x\nFROM other AS run\nCOPY --from=make /x /\n"
			. "RUN echo d >/d\n"
	],
	'numbers' => [
		"FROM shell\nRUN echo p >/x\nFROM other\nCOPY --from=0 /x /\n",
		"FROM shell\nRUN echo d >/x\nFROM shell\nRUN echo e >/x\nFROM other\n"
			. "COPY --from=1 /x /\nCOPY --from=0 /x /y\n"
	],
	'mounts' => [
		"FROM shell AS s\nRUN echo p >/x\nFROM other\nRUN --mount=from=s,target=/s cp /s/x /x\n",
		"FROM shell AS s\nRUN echo d >/x\nFROM other\n"
			. "RUN --mount=type=bind,target=/s,from=s \\\n  --mount=type=tmpfs,target=/t cp /s/x /x\n"
	],
	'images as sources' => [
		"FROM shell\nCOPY --from=other /bin/busybox /b\n",
		"FROM shell\nCOPY --from=other /bin/busybox /b\nRUN --mount=from=shell,target=/s ls /s >/l\n"
	],
	'an image that is called as a stage would be' => [
		"FROM shell\nRUN echo p >/p\n", "FROM shell\nRUN echo d >/d\n",
		"FROM checks\nCOPY --from=checks /bin/busybox /b\n"
	],
	'a stage that is called as an image' => [
		"FROM shell AS other\nRUN echo 1 >/1\nFROM other\n", "FROM other\nRUN echo 2 >/2\n",
		'refused'
	],
	'a variant that is a stage' => [
		"FROM shell AS deps\nRUN echo 1 >/1\nFROM deps AS ship\nRUN echo 2 >/2\n",
		"FROM shell\nRUN echo 1 >/1\n"
	],
	'more than a stage' => [
		"FROM shell AS deps\nRUN echo 1 >/1\nRUN echo 2 >/2\nFROM deps AS ship\nRUN echo 3 >/3\n",
		"FROM shell\nRUN echo 1 >/1\nCOPY a /\n"
	],
	'the last stage of the kept file as an inner one' => [
		"FROM shell\nRUN echo 1 >/1\n",
		"FROM shell AS x\nRUN echo 1 >/1\nFROM x\nRUN echo 2 >/2\n"
	],
	'three files' => [
		"FROM shell\nRUN echo 1 >/1\nRUN echo 2 >/2\nRUN echo p >/p\n",
		"FROM shell\nRUN echo 1 >/1\nRUN echo 2 >/2\nRUN echo d >/d\n",
		"FROM shell\nRUN echo 1 >/1\nRUN echo t >/t\n"
	],
	'three of which two are one' => [
		"FROM shell AS x\nRUN echo 1 >/1\n", "FROM shell\nRUN echo 1 >/1\n",
		"FROM shell AS x\nRUN echo 1 >/1\nFROM x AS y\nFROM y\nCOPY --from=x /1 /2\n"
	],
	'heredocs' => [
		"FROM shell\nRUN <<EOF\necho 1 >/1\n# no comment\nEOF\nCOPY <<A <<\"B\" /d/\n"
			. "\$A\nA\n\$A\nB\nRUN echo p >/p\n",
		"FROM shell\nRUN <<EOF\necho 1 >/1\n# no comment\nEOF\nCOPY <<A <<\"B\" /d/\n"
			. "\$A\nA\n\$A\nB\nRUN <<-E\n\techo e >/e\n\tE\n"
	],
	'comments and lines that go on' => [
		"# p\nFROM shell\n\n# one\nRUN echo 1 \\\n  # in it\n  >/1\n\n\n# two\nrun echo p >/p\n# end",
		"FROM shell as x\n# another\nRUN echo 1 \\\n\n  >/1\n# d\nRUN echo d >/d"
	],
	'CR LF' => [
		"FROM shell\r\nRUN echo 1 \\\r\n  >/1\r\nCOPY <<EOF /f\r\ntrue\r\nEOF\r\n",
		"FROM shell\r\nRUN echo 1 \\\r\n  >/1\r\nRUN echo 2 >/2\r\n"
	],
	'another escape' => [
		"# escape=`\nFROM shell\nRUN echo 1 `\n  >/1\nRUN echo 2 >/2\n",
		"# escape=`\n\nFROM shell\nRUN echo 1 `\n  >/1\n"
	],
	'a byte order mark and a comment like a directive' => [
		"\xEF\xBB\xBFFROM shell\nRUN echo 1 \\\n  >/1\n", "\n# escape=`\nFROM shell\n"
	],
	'global arguments' => [
		"ARG N=shell\nARG V=1\nFROM \$N\nARG V\nRUN echo \$V >/v\nRUN echo p >/p\n",
		"ARG V=1\nARG W=\${V}2\nFROM shell\nARG W\nARG V\nRUN echo \$V\$W >/v\n"
	],
	'global arguments in another order' => [
		"ARG W=\${V}2\nARG V=1\nFROM shell\nARG W\nRUN echo \$W >/v\n",
		"ARG V=1\nARG W=\${V}2\nFROM shell\nARG W\nRUN echo \$W >/v\n", 'refused'
	],
	'a platform' => [
		"FROM --platform=\$BUILDPLATFORM shell\nRUN echo 1 >/1\nRUN echo 2 >/2\n",
		"FROM --platform=\$BUILDPLATFORM shell\nRUN echo 1 >/1\nARG TARGETARCH\n"
			. "RUN echo \$TARGETARCH >/2\n"
	],
	'an empty image' =>
		["FROM scratch\nCOPY a /\nCOPY b /\n", "FROM scratch\nCOPY a /\nCOPY b /c\n"],
	'COPY of all kinds' => [
		"FROM shell\nADD a /x/\nCOPY --chown=1:2 --chmod=600 b /x/\nCOPY --link a /y/\nCOPY . /p/\n",
		"FROM shell\nADD a /x/\nCOPY --chown=1:2 --chmod=600 b /x/\nCOPY --link a /y/\n"
			. "COPY [\"a\", \"/d/\"]\n"
	],
	'RUN of other kinds' => [
		"FROM shell\nRUN --mount=type=cache,target=/c echo 1 >/1\n"
			. "RUN [\"touch\", \"/2\"]\nRUN --network=none echo p >/p\n",
		"FROM shell\nRUN --mount=type=cache,target=/c echo 1 >/1\nRUN [\"touch\", \"/2\"]\nUSER x\n"
	],
);

my @LINES = (
	'RUN echo %d >/%d', 'RUN echo $A$K >/%d', 'ENV K=%d', 'ENV A=%d', 'ARG K=%d', 'ARG A',
	'ARG K', 'CMD ["%d"]', 'ENTRYPOINT ["%d"]', 'WORKDIR w%d', 'LABEL l=$K-%d', 'LABEL m=%d',
	'COPY a /a%d', 'EXPOSE %d', 'ONBUILD RUN echo %d >/late', 'VOLUME /v%d', 'CMD %d',
	'SHELL ["/bin/sh", "-ec"]', 'HEALTHCHECK CMD echo %d', 'STOPSIGNAL %d',
);
my $seed;

sub below {
	my ($end) = @_;

	$seed = ($seed * 1103515245 + 12345) % 2**31;
	return int($seed / 65536) % $end;
}

sub any_line {
	return $LINES[below(scalar @LINES)] =~ s/%d/1 + below(6)/ger =~ s{>/(\d)}{>/tmp-$1}r . "\n";
}

sub lines {
	my ($end) = @_;

	return map { any_line() } 1 .. below($end);
}

sub any_file {
	my ($inner, $shared) = @_;
	my $text = below(3) ? "ARG K=global\n" : '';
	my @named;

	for my $name (qw(builder deps)) {
		next if below(2);
		$text .= "FROM " . (@named && below(2) ? $named[0] : 'shell') . " AS $name\n"
			. join('', @$inner[0 .. below(@$inner + 1) - 1], lines(2));
		push @named, $name;
	}
	$text .= "FROM shell\n" . join('', @$shared[0 .. below(@$shared + 1) - 1], lines(4));
	$text .= "COPY --from=$named[-1] /bin/busybox /b\n" if @named && below(2);
	return $text;
}

# {name, files, is_refused}
sub merges {
	my @merges;

	while (my ($name, $files) = splice @MERGES, 0, 2) {
		my @texts = grep { $_ ne 'refused' } @$files;

		push @merges, {name => $name, files => \@texts, is_refused => @texts < @$files};
	}
	return @merges;
}

# A pair made of a seed, which may be refused.
sub any_merge {
	my ($of) = @_;

	$seed = $of * 7919 + 1;
	my @inner = map { any_line() } 1 .. 3;
	my @shared = map { any_line() } 1 .. 5;
	return {name => "seed $of", files => [map { any_file(\@inner, \@shared) } 1 .. 2]};
}

1;
