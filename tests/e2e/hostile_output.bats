#!/usr/bin/env bats
# What names of a repository could make of a report, a log or a terminal.
# shellcheck disable=SC2016,SC1003 # backticks and backslashes, in names

load helper

# Names by what they are up to.
moving=($'a\n::set-output name=x::y' $'\n::error::x' $'b\r::stop-commands::t' $'\r\n##[x' $'\e[2J\e[H'
	$'\e]52;c;aGk=\a' $'\e]0;title\e\\' $'\x9b2J' $'\xc2\x9b31m' $'\a' $'\b\b\b\b' $'\x7f' $'\t' $'\v\f'
	$'\u2028::x' $'\u2029::x' $'\u0085::x' $'\u202egnp.' $'\u2066\u2069' $'\u200f\u200e\u061c' $'\u200b\u2060\ufeff'
	$'\xe2\x80' $'\x01\x02\x1f')
older=('##[stop-commands]t' 'x ##[add-mask]a' '##[set-output name=result;]clean' '#\#[x' '###[x]' '##[[x'
	'##vso[task.setvariable variable=x]y' '##teamcity[x' '##[endgroup]' $'#\n#[x' '%23%23[x' '&#35;&#35;[x')
escaped=(',line=9::forged' '::forged' '%0A::x' '%250A' '%25250A' '=x' ' x' 'x ' $'\u3000::x' $'\u00a0::x'
	'a,b:c;d' ']]>' '<!--' '&lt;' '"' "'" '\' '\n' '\u0000' '${x}' '`id`' '|x|' '[x](y)' '<b>' '@all' '#1' '~~x' '__x')
bytes=($'\xff' $'\xc0\xaf' $'\xed\xa0\x80' $'\xf4\x90\x80\x80' $'\xf0\x9f\x98' $'\xe0\x80\xaf' $'a\x80b'
	$'\ufffe' $'\uffff' $'\ufffd' $'\U0001f600' $'\u0301\u0301\u0301' "$(printf '\u0301%.0s' {1..100})"
	"$(printf 'x%.0s' {1..240})")

formats() {
	onedockerfile check --help | sed -n '/^FORMAT is/,$s/^  \([a-z-]*\)  .*/\1/p'
}

# named NAME...: a tree of a Dockerfile, and of a variant with each name behind its own; their names
# may be anything but a slash, which makes a directory.
named() {
	local blob

	blob=$(printf 'FROM alpine:3.20\n' | git hash-object -w --stdin)
	git read-tree --empty
	printf "100644 $blob\tDockerfile%s\0" '' "${@/#/.}" | git update-index -z --index-info
	git commit-tree -m names "$(git write-tree)"
}

# harmless COMMIT [FORMAT...]: each of the reports on it is a document, and nothing else.
harmless() {
	local commit=$1 format

	shift
	# shellcheck disable=SC2046 # a list of words
	[ $# -gt 0 ] || set -- $(formats)
	for format; do
		expect 1 onedockerfile check --rev "$commit" -f "$format"
		"$root/tests/formats/readers.py" "$format" "$work/out"
		[ ! -s "$work/err" ]
	done
}

# holds NAME...: the last report has these paths: as text, or as bytes where they are none.
holds() {
	python3 - "$work/report.json" "$@" <<-'END'
		import json, os, sys
		findings = json.load(open(sys.argv[1], encoding="utf-8"))["findings"]
		found = [bytes.fromhex(f["path_bytes"] or "") or f["path"].encode() for f in findings]
		lost = [name for name in sys.argv[2:] if b"Dockerfile." + os.fsencode(name) not in found]
		sys.exit(f"not found: {lost}" if lost else 0)
	END
}

# over_push COMMIT: it is refused, with nothing but plain lines that are marked as the server's.
over_push() {
	git init -q --bare ../central.git
	server "$work/central.git"
	push 1 ../central.git "$1:refs/heads/main"
	grep '^remote:' "$work/err" >"$work/told"
	[ "$(LC_ALL=C grep -c '[^ -~]' "$work/told")" -eq 0 ]
	[ "$(grep -c -e '^remote: *::' -e '##\[' -e '##vso' "$work/told")" -eq 0 ]
	[ "$(grep -c 'Dockerfile' "$work/told")" -gt 0 ]
	rm -rf ../central.git
}

@test "row 72: escapes what moves a cursor, rings a bell or begins a line" {
	repository shop
	commit=$(named "${moving[@]}")
	harmless "$commit" github text
	judge 1 --rev "$commit"
	holds "${moving[@]}"
	over_push "$commit"
}

@test "row 73: starts no command of the older kind, wherever it stands" {
	repository shop
	commit=$(named "${older[@]}")
	harmless "$commit"
	for format in $(formats); do
		onedockerfile check --rev "$commit" -f "$format" >"$work/out" 2>"$work/err" || [ $? -eq 1 ]
		[ "$format" = azure ] || says_not '##vso['
		says_not '##['
	done
	judge 1 --rev "$commit"
	holds "${older[@]}"
	over_push "$commit"
}

@test "row 74: keeps what looks like a property, an escape or a command for a name" {
	repository shop
	commit=$(named "${escaped[@]}")
	harmless "$commit" github text
	judge 1 --rev "$commit"
	holds "${escaped[@]}"
	# One command each, or GitHub's ten and one that says how many more.
	expect 1 onedockerfile check --rev "$commit" -f github
	[ "$(grep -c '^::' "$work/out")" -eq "$(wc -l <"$work/out")" ]
	[ "$(grep -c '^::error' "$work/out")" -eq 10 ]
	over_push "$commit"
}

@test "row 75: keeps the bytes of a name that is no text" {
	repository shop
	commit=$(named "${bytes[@]}")
	harmless "$commit" github text
	judge 1 --rev "$commit"
	holds "${bytes[@]}"
	# The longest path that Git checks out, of bytes that are no text, too.
	for name in $'\xff' x; do
		long=$(printf "${name}%.0s" {1..250})
		path=$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long
		git read-tree --empty
		blob=$(printf 'FROM alpine:3.20\n' | git hash-object -w --stdin)
		git update-index --add --cacheinfo "100644,$blob,$path/Dockerfile" \
			--add --cacheinfo "100644,$blob,$path/Dockerfile.dev"
		commit=$(git commit-tree -m long "$(git write-tree)")
		harmless "$commit" text json sarif
	done
}

@test "row 72, 73, 74, 75: writes all such names into every format" {
	repository shop
	harmless "$(named "${moving[@]}" "${older[@]}" "${escaped[@]}" "${bytes[@]}")"
}

@test "row 72, 73, 74: lets no word of a file, a ref or a commit do anything" {
	repository shop
	mkdir api
	printf 'FROM alpine AS a\nFROM alpine AS a ##[error]\nCOPY --from=\u202eb / /\nFROM a AS \e[2J\n' >api/Dockerfile
	printf '# ::error::\r::error::x\nFROM alpine ##vso[task.complete] AS b\n' >api/Dockerfile.dev
	printf 'services:\n  "a\\n::error::x":\n    build: {context: "api\\u0085::x", target: "##[x"}\n  "\\e]0;x\\a": {build: {context: api, target: "%%0A::x"}}\n' >compose.yaml
	printf 'services: {x: {build: "##[add-mask]x\\n::y"}} # ##[x\n' >compose.other.yaml
	git add -A
	commit=$(printf '##[error]x\n\n::error::y\n' | git commit-tree "$(git write-tree)")
	harmless "$commit"
	over_push "$commit"
	printf '"##[x\\n::error::y": 1\n' >.onedockerfile.yaml
	for words in check 'check -f github' inspect rules; do
		# shellcheck disable=SC2086 # a list of words
		expect '[02]' onedockerfile $words
		says_not '##['
		[ "$(cat "$work/out" "$work/err" | grep -c '^::')" -eq 0 ]
	done
}

@test "shows the stages of twenty Dockerfiles, and counts the others" {
	local i

	repository shop
	for i in $(seq 10 29); do
		bad "s$i"
	done
	rm -f s*/Dockerfile.dev
	save twenty
	for i in $(seq 10 29); do
		echo 'RUN more' >>"s$i/Dockerfile"
	done
	expect 0 onedockerfile check --base HEAD -f markdown
	[ "$(grep -c '^### ' "$work/out")" -eq 20 ]
	says_not 'not drawn here'
	good s30
	expect 0 onedockerfile check --base HEAD -f markdown
	[ "$(grep -c '^### ' "$work/out")" -eq 20 ]
	says_not '### `s30/Dockerfile`'
	says '1 more Dockerfile touched, and not drawn here.'
	good s31
	expect 0 onedockerfile check --base HEAD -f markdown
	says '2 more Dockerfiles touched, and not drawn here.'
}

# repeated COUNT: a tree with that many directories of one Dockerfile with 40,000 findings; its commit.
repeated() {
	local blob i

	blob=$(yes 'FROM a AS b' | head -n 20000 | git hash-object -w --stdin)
	git read-tree --empty
	for i in $(seq "$1"); do
		printf '100644 %s\td%s/Dockerfile\0' "$blob" "$i"
	done | git update-index -z --index-info
	git commit-tree -m many "$(git write-tree)"
}

@test "row 76: prints a thousand of many findings, and refuses to count a million" {
	repository shop
	expect 1 onedockerfile check --rev "$(repeated 1)"
	[ "$(grep -c '^d1/Dockerfile:' "$work/out")" -eq 1000 ]
	[ "$(wc -c <"$work/out")" -lt $((1 << 20)) ]
	says '38998 more findings'
	says '19999 errors, 19999 notices in 1 Dockerfile'
	for count in 3 600; do
		commit=$(repeated "$count")
		expect 3 timeout 20 onedockerfile check --rev "$commit"
		says 'more than 100000 findings in one tree: '
	done
	base=$(git commit-tree -m base "$(git mktree </dev/null)")
	commit=$(git commit-tree -m more -p "$base" "$commit^{tree}")
	expect 3 timeout 20 onedockerfile check --range "$base..$commit"
	says 'more than 100000 findings in one tree: '
}
