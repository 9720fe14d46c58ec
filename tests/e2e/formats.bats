#!/usr/bin/env bats
# Every format: byte for byte on a small tree, and safe for its reader on a hostile one.
# shellcheck disable=SC2016 # backticks of Markdown, in names

load helper

formats() {
	onedockerfile check --help | sed -n '/^FORMAT is/,$s/^  \([a-z-]*\)  .*/\1/p'
}

# The tree that the expected reports are of: a finding of each level, with and without columns.
given() {
	repository given
	printf 'FROM alpine:3.20 AS base\nRUN build\nFROM base AS tools\nFROM base AS prod\nCOPY --from=bass /a /a\n' >Dockerfile
	printf 'FROM alpine:3.20\nRUN build\nRUN test\n' >Dockerfile.test
	printf 'services:\n  web:\n    build:\n      context: .\n      target: "prd"\n' >compose.yaml
}

# One with names that would like to be something else.
hostile() {
	local name fill

	repository hostile
	good .
	fill=$(printf '%050d' 0)
	bad "$fill ::error::x"
	bad "${fill}0000000000000::error::x"
	bad "$fill "$'\u00a0:::error::x'
	for name in '::error::x' '##[add-mask]x' '##vso[task.complete result=Succeeded]' '##teamcity[x' \
		$'\n::stop-commands::x' $'\e[2J' $'\u202egnp' $'\xff\xfe' '"]},{"' "'><x>&amp;" ']]>' '--><' \
		'`|`<b>' '[x](y)' '%0A::error::x' '%3B;]x' '```' $'\r##[x' '#quot;]' $'\\' 'a b' $'\ufffe\uffff' '@all'; do
		printf 'FROM alpine:3.20\n' >"Dockerfile.${name//\//_}"
	done
	printf 'services:\n  web:\n    build:\n      context: .\n      target: "##[x::\\n::error::x\\u202e|`<\\e]0;x\\a"\n' >compose.yaml
	printf 'services:\n  web:\n    build: "::x/##[y\\r\\n::z"\n' >compose.other.yaml
	printf 'FROM alpine:3.20 AS a\nCOPY --from=aa;##[x / /\nFROM a AS b\nFROM a AS ##[y\n' >"Dockerfile.::z"
}

# shown FORMAT: what is compared, without the version of the program.
shown() {
	onedockerfile check --all -f "$1" | sed 's/"\(semanticVersion\|version\)":\t"0[^"]*"/"\1":\t"VERSION"/'
}

@test "writes what is expected, byte for byte" {
	local format expected

	given
	for format in $(formats); do
		expected=$root/tests/formats/expected.$format
		[ -z "${UPDATE-}" ] || shown "$format" >"$expected"
		diff -u "$expected" <(shown "$format")
		shown "$format" >"$work/report"
		"$root/tests/formats/readers.py" "$format" "$work/report"
	done
}

@test "says in every format that nothing is wrong, or that nobody knows" {
	local format

	repository clean
	good .
	save good
	for format in $(formats); do
		expect 0 onedockerfile check -f "$format"
		"$root/tests/formats/readers.py" "$format" "$work/out"
	done
	expect 0 onedockerfile check -f sarif
	says '"results":	[]'
	expect 0 onedockerfile check -f gitlab
	diff <(echo '[]') "$work/out"
	expect 0 onedockerfile check -f junit
	says 'failures="0" errors="0"'
	rm -rf .git/objects
	mkdir .git/objects
	for format in $(formats); do
		expect 3 onedockerfile check --rev HEAD -f "$format"
		"$root/tests/formats/readers.py" "$format" "$work/out"
	done
	expect 3 onedockerfile check --rev HEAD -f junit
	says 'errors="1"'
	expect 3 onedockerfile check --rev HEAD -f github-checks
	says '"conclusion":	"failure"'
	expect 3 onedockerfile check --rev HEAD -f markdown
	says 'onedockerfile: unknown'
	expect 3 onedockerfile check --rev HEAD -f sarif
	says '"executionSuccessful":	false'
}

@test "row 72, 73, 74, 75: lets no name of a repository do anything, in any format" {
	local format

	hostile
	for format in $(formats); do
		expect 1 onedockerfile check -f "$format"
		"$root/tests/formats/readers.py" "$format" "$work/out"
	done
	expect 1 onedockerfile check -f sarif
	says '"uri":	"Dockerfile.%FF%FE"'
	says '"uri":	"Dockerfile.%3A%3Aerror%3A%3Ax"'
	save all
	for format in $(formats); do
		expect 1 onedockerfile check --rev HEAD -f "$format"
		"$root/tests/formats/readers.py" "$format" "$work/out"
	done
}

@test "writes many reports in one run, each as if it were the only one" {
	local format outputs=()

	given
	for format in $(formats); do
		outputs+=(-o "$format=$work/$format.one")
	done
	expect 1 onedockerfile check -f text "${outputs[@]}"
	for format in $(formats); do
		onedockerfile check -f "$format" >"$work/alone" || [ $? -eq 1 ]
		cmp "$work/$format.one" "$work/alone"
	done
	expect 2 onedockerfile check -o json=a -o text=a
	says "two reports are to be written to 'a'"
	[ ! -e a ]
	expect 3 onedockerfile check -f text -o "json=$work/none/a" -o "sarif=$work/b"
	says '[extra-dockerfile]'
	[ -s "$work/b" ]
}

@test "shows GitHub the worst first, and where the rest is" {
	local i

	repository many
	for i in $(seq 14); do
		bad "s$i"
	done
	printf 'FROM alpine:3.20 AS a\nFROM alpine:3.20 AS b\nFROM a AS dev\n' >Dockerfile
	expect 1 onedockerfile check -f github
	[ "$(grep -c '^::error' "$work/out")" -eq 10 ]
	says "::error title=onedockerfile::5 more errors, in 's5/Dockerfile.dev', 's6/Dockerfile.dev', 's7/Dockerfile.dev' and 2 other files; the report in another format lists them all"
	[ "$(grep -n '^::warning' "$work/out" | head -n 1 | cut -d: -f1)" -eq 11 ]
	for i in $(seq 15 120); do
		bad "s$i"
	done
	expect 1 onedockerfile check -f github-checks
	python3 -c 'import json, sys; print([len(body["output"]["annotations"]) for body in json.load(sys.stdin)])' \
		<"$work/out" >"$work/sizes"
	diff <(echo '[50, 50, 22]') "$work/sizes"
}

@test "row 76: leaves out what is more than its readers take, and says so" {
	repository many
	yes 'FROM a AS b' | head -n 13000 >Dockerfile
	expect 1 onedockerfile check
	[ "$(grep -c '^Dockerfile:' "$work/out")" -eq 1000 ]
	says '24998 more findings'
	expect 1 onedockerfile check -f azure -o sarif="$work/sarif" -o gitlab="$work/gitlab"
	"$root/tests/formats/readers.py" gitlab "$work/gitlab"
	[ "$(grep -c '^##vso' "$work/out")" -eq 1000 ]
	says '24998 more findings; the report in another format lists them all'
	[ "$(grep -c '"ruleId"' "$work/sarif")" -eq 25000 ]
	grep -F '"998 more findings are left out."' "$work/sarif"
}

# crowd DIRECTORY COUNT: a Dockerfile with a finding, and with services whose names take all the room
# of a label.
crowd() {
	mkdir "$1"
	printf 'FROM alpine AS base\nFROM alpine AS spare\nFROM base AS prod\n' >"$1/Dockerfile"
	printf 'services:\n' >"$1/compose.yaml"
	printf '  s%059d: {build: {context: ., target: prod}}\n' $(seq "$2") >>"$1/compose.yaml"
}

@test "a summary is never more than GitHub takes, nor a drawing more than Mermaid" {
	local i stages wide

	wide=$(printf '\U0001f600%.0s' $(seq 60))
	repository large
	yes 'FROM a AS b' | head -n 13000 >Dockerfile
	for i in $(seq 25); do
		crowd "z$i$wide" 60
	done
	expect 1 onedockerfile check -f markdown
	[ "$(wc -c <"$work/out")" -gt $((896 * 1024)) ]
	[ "$(wc -c <"$work/out")" -lt $((1024 * 1024)) ]
	grep -E '^[0-9]+ more findings, which the report in another format lists\.' "$work/out"
	grep -E '^[0-9]+ more Dockerfiles touched, and not drawn here\.' "$work/out"
	says '...'
	# One stage more than is drawn, more arrows, and more text.
	for stages in 61 31; do
		rm -rf -- *
		for i in $(seq "$stages"); do
			echo "FROM alpine AS s$i"
			[ "$stages" -gt 31 ] || seq -f 'COPY --from=s%g /a /b' 2 $((i - 1))
		done >Dockerfile
		expect 0 onedockerfile check -f markdown
		says 'Its stages cannot be drawn here.'
	done
	rm -rf -- *
	crowd "$wide" 80
	expect 0 onedockerfile check -f markdown
	says 'Its stages cannot be drawn here.'
}

@test "draws what a change touches, and nothing else" {
	repository shop
	good api
	good web
	printf 'services:\n  api: {build: api}\n  web: {build: web}\n' >compose.yaml
	save first
	echo 'RUN more' >>api/Dockerfile
	save second
	expect 0 onedockerfile check --range HEAD~..HEAD -f markdown
	says '### `api/Dockerfile`'
	says_not 'web/Dockerfile'
	says '  s0["base<br>from alpine:3.20"]'
	says '  s0 --> s1'
	says '  u0(["api<br>compose.yaml"])'
	says '  s1 ==> u0'
	sed -i 's/web: {build: web}/web: {build: {context: web, target: base}}/' compose.yaml
	expect 0 onedockerfile check --base HEAD -f markdown
	says '### `web/Dockerfile`'
	says '  s0 ==> u0'
	says_not 'api/Dockerfile'
	bad 'a|b'
	expect 1 onedockerfile check --base HEAD -f markdown
	says '### `a|b/Dockerfile.dev`'
	says '| `a\|b/Dockerfile.dev:1` |'
	rm -r 'a|b'
	mv compose.yaml 'compose.#quot;.yaml'
	expect 0 onedockerfile check --base HEAD -f markdown
	says '<br>compose.#35;quot#59;.yaml"])'
	expect 0 onedockerfile check --rev HEAD -f markdown
	says_not '###'
}

@test "knows a line by what GitHub knows it by" {
	given
	expect 1 onedockerfile check -f sarif
	cp "$work/out" "$work/before"
	sed -i '1i # one more' compose.yaml
	expect 1 onedockerfile check -f sarif
	diff <(grep -F primaryLocationLineHash "$work/before") <(grep -F primaryLocationLineHash "$work/out")
	[ "$(grep -cF primaryLocationLineHash "$work/out")" -gt 2 ]
	save all
	expect 1 onedockerfile check --rev HEAD -f sarif
	diff <(grep -F primaryLocationLineHash "$work/before") <(grep -F primaryLocationLineHash "$work/out")
}
