# shellcheck shell=bash
# A temporary HOME with real git and nothing of the machine's own; gone after each test.

root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
: "${ONEDOCKERFILE:=$root/build/onedockerfile}"

# By which the systems are known that check --ci knows.
ci_marks=$(sed -n 's/.*\.mark = "\([A-Z_]*\)".*/\1/p' "$root/src/cli/ci_systems.c")

setup() {
	local name

	for name in $(git rev-parse --local-env-vars) XDG_CONFIG_HOME NO_COLOR CI $ci_marks; do
		unset "$name"
	done
	work=$(mktemp -d) && work=$(cd "$work" && pwd -P)
	export HOME=$work/home GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 PATH="${ONEDOCKERFILE%/*}:$PATH"
	# What a sanitizer says must not look like a verdict.
	export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 LSAN_OPTIONS="exitcode=99:print_suppressions=0:suppressions=$root/tests/support/lsan.supp"
	mkdir "$HOME"
	cat >"$HOME/.gitconfig" <<-'END'
		[user]
			name = Tester
			email = tester@example.org
		[init]
			defaultBranch = main
		[advice]
			detachedHead = false
		[protocol "file"]
			allow = always
	END
	cd "$work" || return 1
}

teardown() {
	if [ -n "${daemon-}" ]; then
		kill "$daemon" 2>/dev/null || true
	fi
	cd / && rm -rf "$work"
}

# expect STATUS COMMAND...: it ends, soon, with that status or one of a pattern. $work/out and
# $work/err hold what it said.
expect() {
	local wanted=$1 status=0

	shift
	timeout 60 "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
	# A worker's is no status of ours.
	if grep -E 'Sanitizer:|runtime error:' "$work/err"; then
		return 1
	fi
	# shellcheck disable=SC2053 # a pattern
	[[ $status == $wanted ]] && return
	echo "status $status instead of $wanted: $*"
	cat "$work/out" "$work/err"
	return 1
}

# bounded STATUS COMMAND...: as `expect`, in little time and memory and with a small stack; a
# sanitizer takes room for itself.
bounded() {
	local wanted=$1 room=300000

	shift
	[[ "$(ldd "$ONEDOCKERFILE" 2>&1)" != *libasan* ]] || room=unlimited
	expect "$wanted" bash -c "ulimit -s 1024; ulimit -v $room; exec timeout 10 \"\$@\"" - "$@"
}

# literal TYPE: an object of what standard input says, whatever it says.
literal() {
	git hash-object -t "$1" -w --literally --stdin
}

# tree ENTRY...: a tree written by hand; an entry is "MODE NAME OBJECT".
tree() {
	local mode name object

	for entry; do
		read -r mode name object <<<"$entry"
		printf '%s %s\0' "$mode" "$name"
		printf '%s' "$object" | perl -ne 'print pack "H*", $_'
	done | literal tree
}

# judge STATUS ARGUMENTS...: what `check` says, which has to be as the schema has it; kept for
# `reported`.
judge() {
	local wanted=$1

	shift
	expect "$wanted" onedockerfile check -f json "$@"
	cp "$work/out" "$work/report.json"
	"$root/tests/support/report.pl" "$work/report.json" >/dev/null
}

# reported [--commits] [--get KEY]: the last report is what standard input says.
reported() {
	diff -u - <("$root/tests/support/report.pl" "$@" "$work/report.json" 2>&1)
}

# says WORDS: they are in what the last `expect` printed.
says() {
	grep -qF -- "$1" "$work/out" "$work/err" && return
	echo "not said: $1"
	cat "$work/out" "$work/err"
	return 1
}

says_not() {
	if grep -F -- "$1" "$work/out" "$work/err"; then
		return 1
	fi
}

repository() {
	git init -q "$1" && cd "$1" || return 1
}

# arm HOOK...: put the project's own hooks into the repository at hand.
arm() {
	local hook hooks

	hooks=$(git rev-parse --git-path hooks)
	mkdir -p "$hooks"
	for hook; do
		cp "$root/hooks/$hook" "$hooks/$hook"
	done
}

# server DIR [HOOK]: a bare repository whose hook also leaves a report for `reported`.
server() {
	local hook=${2:-pre-receive}

	[ -d "$1" ] || git init -q --bare "$1"
	mkdir -p "$1/hooks"
	printf '#!/bin/sh\nexec onedockerfile hook %s -o json=%s -- "$@"\n' \
		"$hook" "'$work/report.json'" >"$1/hooks/$hook"
	chmod +x "$1/hooks/$hook"
}

push() {
	local wanted=$1

	shift
	rm -f "$work/report.json"
	expect "$wanted" git push "$@"
}

# good DIR: a service with one Dockerfile. bad DIR: one with a variant beside it.
good() {
	mkdir -p "$1"
	printf 'FROM alpine:3.20 AS base\nFROM base AS prod\n' >"$1/Dockerfile"
}

bad() {
	good "$1"
	printf 'FROM alpine:3.20\n' >"$1/Dockerfile.dev"
}

# compose TARGET: a compose file that builds that stage of api/Dockerfile.
compose() {
	printf 'services:\n  api:\n    build:\n      context: api\n      target: %s\n' "$1" >docker-compose.yml
}

# save SUBJECT: commit everything, unjudged.
save() {
	git add -A
	git commit -q --no-verify --allow-empty -m "$1"
}

short() {
	git rev-parse --short=10 "$1"
}
