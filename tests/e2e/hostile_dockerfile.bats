#!/usr/bin/env bats
# Dockerfiles that are too much, or that a builder reads otherwise than people.
# shellcheck disable=SC2016 # dollars and backticks are for the builder

load helper

begin() {
	repository shop
	mkdir api
}

# refused LINE REASON: the builder refuses the Dockerfile at hand there, and so does the tool.
refused() {
	save hostile
	bounded 1 onedockerfile check --rev HEAD
	says "api/Dockerfile:$1: error: the builder refuses 'api/Dockerfile': $2 [unreadable]"
}

# stages [NAME...]: the Dockerfile at hand is read, and has these; "-" is one without a name.
stages() {
	save harmless
	bounded 0 onedockerfile check --rev HEAD
	expect 0 onedockerfile inspect --rev HEAD --format text
	diff <(printf '%s\n' "$@") <(sed -n 's/^  [0-9]*:[0-9]* \([^ ]*\) from .*/\1/p' "$work/out")
}

# opaque REASON: it is not read, which is said.
opaque() {
	save opaque
	judge 0 --rev HEAD
	reported --get unchecked <<<1
	reported --get unchecked.0.path <<<api/Dockerfile
	reported --get unchecked.0.reason <<<"$1"
}

@test "row 19: one and two gibibytes are not read" {
	local id=2222222222222222222222222222222222222222 size

	repository shop
	mkdir .git/objects/22
	printf '100644 blob %s\tDockerfile\n100644 blob %s\tcompose.yml\n' "$id" "$id" >entries
	for size in 1073741824 2147483648; do
		"$root/tests/support/objects.pl" loose blob "$size" >".git/objects/22/${id:2}"
		bounded 1 onedockerfile check --rev "$(git commit-tree -m large "$(git mktree <entries)")"
		says 'Dockerfile:1: error: '
		says "'Dockerfile' is not read: it is larger than 1048576 bytes [unreadable]"
		says 'compose.yml: error: larger than 1048576 bytes [unreadable]'
	done
}

@test "row 20: one mebibyte is read, a byte more is not" {
	begin
	perl -e 'print "FROM a\n", "#\n" x 524_284, "\n"' >api/Dockerfile
	[ "$(wc -c <api/Dockerfile)" -eq 1048576 ]
	stages -
	echo >>api/Dockerfile
	save large
	bounded 1 onedockerfile check --rev HEAD
	says "'api/Dockerfile' is not read: it is larger than 1048576 bytes [unreadable]"
}

@test "row 21: 65,535 bytes of a line are read, one more is not" {
	begin
	perl -e 'print "FROM a\nRUN ", "x" x (65_535 - 4), "\n"' >api/Dockerfile
	stages -
	perl -e 'print "FROM a\nRUN ", "x" x (65_536 - 4), "\n"' >api/Dockerfile
	refused 2 'a line is longer than 65535 bytes'
}

@test "row 22: half a million lines of one instruction, and as many instructions as there is room for" {
	begin
	perl -e 'print "FROM a\nRUN a \\\n", "\\\n" x 520_000' >api/Dockerfile
	stages -
	for line in 'ONBUILD RUN a' 'ONBUILD COPY --from=x a b' 'FROM a' 'RUN --mount=from=a,target=/a b' 'ENV A=${B:-${C:-d}}'; do
		perl -e 'print "FROM a\n", "$ARGV[0]\n" x int(1_000_000 / (1 + length $ARGV[0]))' "$line" >api/Dockerfile
		refused 20001 'there are more than 20000 instructions'
		perl -e 'print "FROM a\n", "$ARGV[0]\n" x 19_999' "$line" >api/Dockerfile
		save many
		bounded 0 onedockerfile check --rev HEAD
	done
	# Each stage has a name of its own, each builds on the one before.
	perl -e 'print "FROM a AS s0\n", map { sprintf "FROM s%d AS s%d\n", $_ - 1, $_ } 1 .. 19_999' >api/Dockerfile
	save chain
	bounded 0 onedockerfile check --rev HEAD
}

@test "row 23: a byte order mark and CRLF are harmless; NUL, CR and UTF-16 are not" {
	begin
	printf '\ufeffFROM a AS b\r\nRUN c \\\r\n\td\r\n' >api/Dockerfile
	stages b
	printf 'FROM a\0b\n' >api/Dockerfile
	refused 1:6 "'a' is refused: it holds a NUL byte"
	printf 'FROM a\n\0FROM b\n' >api/Dockerfile
	refused 2 "there is no instruction ''"
	printf 'FROM a\rFROM b\r' >api/Dockerfile
	refused 1 "FROM wants an image or a stage, or these and 'AS' with a name"
	printf '\ufeffFROM a\n' | iconv -t UTF-16LE >api/Dockerfile
	refused 1 "there is no instruction '\\xff\\xfeF'"
	printf 'FROM a\n' | iconv -t UTF-16BE >api/Dockerfile
	refused 1 "there is no instruction ''"
}

@test "row 24: directives mean what the builder makes of them" {
	begin
	# A backtick joins the lines.
	printf '# escape=`\nFROM a AS b\nRUN x `\nFROM c AS d\n' >api/Dockerfile
	stages b
	# Behind a comment it does not.
	printf '# no directive\n# escape=`\nFROM a AS b\nRUN x `\nFROM c AS d\nFROM b\nCOPY --from=d / /\n' >api/Dockerfile
	stages b d -
	printf '# escape=`\n# Escape=`\nFROM a\n' >api/Dockerfile
	refused 2 "the directive 'escape' stands there twice"
	printf '# escape=x\nFROM a\n' >api/Dockerfile
	refused 1 "the directive 'escape' takes a backslash or a backtick"
	printf '# syntax=evil/x\nwhatever it likes\n' >api/Dockerfile
	opaque "its syntax is that of 'evil/x'"
	printf '#!/usr/bin/env x\n# syntax=evil/x\nwhatever it likes\n' >api/Dockerfile
	opaque "its syntax is that of 'evil/x'"
	printf '// syntax=evil/x\nwhatever it likes\n' >api/Dockerfile
	opaque "its syntax is that of 'evil/x'"
	printf '{"syntax": "evil/x"}\n' >api/Dockerfile
	opaque "its syntax is that of 'evil/x'"
	printf '# syntax=docker/dockerfile:1\nFROM a\nwhatever it likes\n' >api/Dockerfile
	refused 3 "there is no instruction 'whatever'"
}

@test "row 25: the lines of a heredoc are no instructions, and it ends" {
	begin
	printf 'FROM a AS b\nRUN <<E\nFROM c AS d\nE\nCOPY <<-"F" <<G /x/\nFROM c\n\tF\nnonsense\nG\n' >api/Dockerfile
	stages b
	printf 'FROM a\nRUN <<E\nFROM b\n' >api/Dockerfile
	refused 2 "no line ends the heredoc 'E'"
	# One that is none: there is no instruction that takes it.
	printf 'FROM a AS b\nENV A=<<E\nFROM b AS c\n' >api/Dockerfile
	stages b c
}

@test "row 26: letters that look like others are no instruction" {
	local word

	begin
	for word in $'\uff26\uff32\uff2f\uff2d' $'F\u0420OM' $'\u200bFROM' $'F\u2060ROM' $'F\u00adROM'; do
		printf 'FROM a\n%s b\n' "$word" >api/Dockerfile
		save "$word"
		bounded 1 onedockerfile check --rev HEAD
		says 'api/Dockerfile:2: error: '
		says "there is no instruction '"
	done
	# The builder takes the sign of kelvin for a K.
	printf 'FROM a AS b\nWOR\u212aDIR /\n' >api/Dockerfile
	stages b
}

@test "row 29: a pointer of Git LFS is not the file" {
	begin
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12\n' 0 >api/Dockerfile
	opaque 'it is a pointer of Git LFS, not the file'
	good api
	cp api/Dockerfile api/Dockerfile.dev
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12\n' 0 >api/Dockerfile.dev
	save 'a variant'
	judge 1 --rev HEAD
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
}
