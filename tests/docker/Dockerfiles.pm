package Dockerfiles;

# Dockerfiles made by chance; the same seed makes the same file.
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(any_dockerfile plain_dockerfile);

my @NAMES = qw(base build dev prod test a b-1 c_2 d.3 node Alpine Base DEV scratch context);
my @IMAGES = qw(alpine alpine node node:20 scratch scratch busybox:1.36 ghcr.io/x/y:1);
my @GLOBALS = (
	'ARG V=alpine', 'ARG W=$V', 'ARG E=', 'ARG U', 'ARG T="node"', q(ARG Q='al'pine),
	'ARG P=${V:+node}', 'ARG V=node X=${V}', 'ARG N=base', 'arg tag=20',
	'ARG D=foo.alpine.tar',
	'ARG V=a\\lpine', 'ARG L=$MISSING', 'ARG L=${MISSING:-node}', 'ARG V', '# ARG V=x',
	"ARG V=alp\\\nine", 'ARG K="a b"', 'ARG M=node@latest', 'ARG I=$TARGETARCH',
);
my @EXPANSIONS = (
	'$V', '${V}', '${U:-alpine}', '${U-node}', '${E:-alpine}', '${E-alpine}', '${V:+node}',
	'${E+node}', '${T:-x}', 'node:${tag}', '"${V}"', q('alpine'), '"node"', 'al\\pine',
	'${D#*.}', '${D##*.}', '${D%.*}', '${D%%.*}', '${D/foo./}', '${D//a/b}',
	'${U:-${T:-node}}',
	'$N', '${N}', '${W}', '${V:?needed}', '${U:?needed}', '${U?}', '${V', '$', '${}', '$$V',
	'${V:=x}', '${V^^}', '\\$V', '$TARGETARCH', '${X}${tag}', '$V$tag', '${D#foo?}',
	'${D%[t]ar}',
	'${U:+x}alpine', '${W-$T}', '${U:-"node"}', '${D/*./}', '${Q}', '$L', '$P', '$E', '${I}',
);
my @GOOD = (
	'RUN echo hi', 'RUN ["a", "b"]', 'RUN ["a", 1]', "RUN a \\\n  b", "RUN a \\\n# note\n b",
	"RUN a \\\n\n b", "RUN <<EOF\nFROM x AS hidden\nEOF", "RUN <<-EOF\n\tFROM y\n\tEOF",
	"RUN <<'A' <<B\nFROM q\nA\nFROM r\nB", "RUN cat <<EOF >/x\nbody \\\nEOF",
	'RUN echo $((1<<2))',
	'RUN echo "<<EOF"', 'RUN --mount=type=cache,target=/c x', 'RUN --network=none x',
	'RUN --mount=type=bind,from=%s,target=/x y', 'RUN --mount=from=%s,target=/x y',
	'COPY . .',
	'COPY --from=%s /a /b', 'COPY --from=%s /a /b', 'COPY --from=%s --chown=1:1 /a /b',
	'COPY --chmod=644 a b', "COPY <<EOF /f\nFROM z\nEOF", 'COPY ["a b", "c"]', 'ADD a b',
	'ENV A=b C="d e"', 'ENV A b c', 'LABEL a=b "c d"=e', 'EXPOSE 80', 'EXPOSE 80/tcp 1-3',
	'USER x',
	'WORKDIR /x', 'CMD ["a"]', 'CMD a', 'ENTRYPOINT ["a"]', 'VOLUME /x', 'VOLUME ["/a"]',
	'STOPSIGNAL 9', 'HEALTHCHECK NONE', 'HEALTHCHECK --interval=5s CMD x',
	'SHELL ["a", "-c"]',
	'ONBUILD RUN x', 'ONBUILD COPY --from=%s /a /b', 'MAINTAINER x', 'ARG X', 'ARG X=1 Y=2',
	'# a note', '', '   # a note', "\tRUN x", 'run x', "RUN x \\", "RUN x \\ \n y",
	"RUN x \\\\",
	'RUN x # FROM z', "RUN <<EOF cat\n EOF\nEOF", "ADD <<A <<B /d/\n1\nA\n2\nB",
	'RUN cat <<< x',
	"RUN 3<<E x\nE", "RUN <<\"E F\" x\nE F", 'ENV FROM=x', "ENV A=b \\\n C=d",
	'COPY --link a b',
	'RUN [ "a" ', 'CMD []', 'ENTRYPOINT []', "EXPOSE 80 \\\n 81", 'LABEL a',
	"LABEL a=b \\\n\tc=d",
	"RUN --mount=type=secret,id=x \\\n --mount=from=%s,target=/t y",
	"RUN a && \\\n  # note\n  b && \\\n  c", 'ARG Z=${V:-x}', 'ENV P=$PATH:${A:-"x y"}',
	'USER ${U:-x}',
	'COPY --exclude=*.md a b', "HEALTHCHECK --retries=3 \\\n CMD [\"a\"]", 'WORKDIR "/a b"',
);
my @BAD = (
	'COPY a', 'ADD --from=a b c', 'ENV A', 'ENV A=b C', 'WORKDIR', 'HEALTHCHECK x', 'SHELL a',
	'ONBUILD FROM x', 'ONBUILD ONBUILD RUN x', 'ARG', 'FORM alpine', 'RUN', 'RUN --bogus x',
	'RUN --mount=from=$V,target=/x y', 'RUN --mount=type=bogus,target=/x y',
	'COPY --from=$V /a /b',
	'COPY --from= /a /b', 'COPY --from=99 /a /b', 'FROM alpine AS', 'FROM alpine AS 1a',
	'FROM alpine AS $V', 'FROM', 'FROM a b', 'FROM alpine as x y', 'FROM --bogus=1 alpine',
	'FROM Alpine', 'FROM alpine # note', "RUN <<EOF\nnever closed", 'MAINTAINER',
	'STOPSIGNAL',
	'USER', 'EXPOSE', 'VOLUME', 'LABEL', 'ENTRYPOINT', 'CMD', 'COPY', 'RUN --mount=target x',
	'RUN --network=bogus x', 'RUN --security=bogus x', 'COPY --chmod=999x a b', 'ENV =x',
	'ARG =x',
	'ENV "A B"=c', 'HEALTHCHECK --interval=x CMD y', 'HEALTHCHECK NONE x', 'VOLUME [""]',
	'COPY --from a b',
	'FROM --platform= alpine', 'FROM --platform=bogus/x/y/z alpine',
	'FROM --platform=$U alpine',
	'FROM alpine:', 'FROM alpine:a:b', 'FROM -x', 'FROM alpine@sha256:1', 'ONBUILD',
	'ONBUILD BOGUS',
	'RUN --mount=type=cache x', 'RUN --mount=type=tmpfs x',
	'RUN --mount=type=bind,bogus=1,target=/x y',
	"\\", "# escape=x", 'STOPSIGNAL a b', 'USER a b', 'ADD ["a"]', 'SHELL []',
	'RUN --network x',
);
my @DIRECTIVES = (
	"# escape=`\n", "# escape=\\\n", "# check=skip=all\n",
	"# check=skip=JSONArgsRecommended\n",
	"#escape = `\n", "# foo=bar\n# escape=`\n", "\n# escape=`\n",
	"# Escape=`\n# check=skip=all\n",
	"# escape=\n", "# escape=`\n# escape=`\n", "# escape=x\n", "# check=bogus\n",
);

sub one {
	return $_[int rand @_];
}

sub chance {
	my ($percent) = @_;

	return rand(100) < $percent;
}

sub recase {
	my ($name) = @_;

	return chance(15) ? uc $name : chance(15) ? ucfirst $name : $name;
}

# What FROM and --from name: a stage above, below or this one, an image, a number.
sub source {
	my (@names) = @_;

	return one(qw(0 1 2 00 +1 -1 7)) if chance(15);
	return @names && chance(75) ? recase(one(@names)) : one(@IMAGES[0 .. 3], 'nothing');
}

sub from {
	my ($name, @names) = @_;
	my $base =
		chance(25) ? one(@EXPANSIONS) :
		@names
		&& chance(45) ? (chance(8) ? recase(one(@names)) : lc one(@names)) :
		one(@IMAGES);
	my $flag =
		chance(6) ?
		'--platform=' . one('linux/amd64', '$BUILDPLATFORM', '${TARGETPLATFORM}') . ' ' :
		'';
	my $line = chance(10) ? "from  $flag$base" : "FROM $flag$base";

	$line .= one(' AS ', ' as ', "\tAs ", " \\\n  AS ") . $name if length $name;
	return $line . (chance(5) ? '  ' : '');
}

sub mutated {
	my ($text) = @_;
	my $at = int rand length $text;

	return $text if !length $text;
	substr($text, $at, chance(50) ? 1 : 0) =
		one('\\', '"', q('), '$', '{', '}', '<', '-', '=', '#', '[', ',', "\t", ' ',
		"\n", 'x', '');
	return $text;
}

# Anything, mostly accepted.
sub any_dockerfile {
	my ($seed) = @_;

	srand($seed);
	my @names = map { chance(80) ? one(@NAMES) : '' } 1 .. 1 + int rand 4;
	$names[-1] = one(@NAMES) if chance(90);
	my @all = grep { length } @names;
	my $text = chance(12) ? one(@DIRECTIVES) : '';

	$text .= one(@GLOBALS) . "\n" for 1 .. int rand 5;
	for my $name (@names) {
		$text .= from($name, @all) . "\n";
		for (1 .. int rand 5) {
			my $line = chance(3) ? one(@BAD) : one(@GOOD);

			$text .=
				sprintf($line =~ s/%(?!s)/%%/gr,
				$line =~ /%s/ ? source(@all) : ())
				. "\n";
		}
	}
	$text = mutated($text) if chance(15);
	$text =~ s/\n\z// if chance(15);
	$text =~ s/\n/\r\n/g if chance(8);
	$text = "\xef\xbb\xbf$text" if chance(4);
	return {
		text => $text,
		targets => [
			recase(@all ? one(@all) : 'none'), one(qw(0 1 nope stage-0), ' a', @NAMES)
		]
	};
}

# Stages on nothing but each other, which a build without network and without a shell can build.
# Each has a file that says its number, and for each COPY --from one that says what it copied from.
# Numbers are written plainly: the report shows '+1' as it is written, not as what it means.
sub plain_dockerfile {
	my ($seed) = @_;

	srand($seed);
	my @names = map { chance(85) ? one(@NAMES[0 .. 11]) : '' } 1 .. 1 + int rand 4;
	push @names, 'last';
	my @above;
	my $text = "ARG N=base M=dev R='\$0'\nARG E\n";
	my $line = 3;

	for my $index (0 .. $#names) {
		my $base =
			@above && chance(60) ?
			lc one(@above) :
			one(qw(scratch scratch scratch alpine $N ${M} ${E:-base} ${N/base/node} ${N//s/$R}));

		$text .=
			"FROM $base" . (length $names[$index] ? " AS $names[$index]" : '') . "\n";
		$text .= "COPY <<EOF /m\n$index\nEOF\n";
		$line += 4;
		for (1 .. int rand 3) {
			my $source = chance(30) ? one(0 .. $#names) : @above
				&& chance(85) ? recase(one(@above)) : 'alpine';

			$text .= "COPY --from=$source /m /s$line\n";
			$line++;
		}
		push @above, $names[$index] if length $names[$index];
	}
	return {text => $text, targets => [@above ? recase(one(@above)) : ()]};
}

1;
