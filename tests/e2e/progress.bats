#!/usr/bin/env bats
# How far a long run is, at a terminal: a line that is gone before anything else is said.

load helper

# Three commits to push, each with a fault; what pre-push is told of them comes late.
slow() {
	repository shop
	for name in a b c; do
		bad "$name"
		save "$name"
	done
	printf 'refs/heads/main %s refs/heads/main %040d\n' "$(git rev-parse HEAD)" 0 >"$work/lines"
	printf '#!/bin/sh\n(sleep 0.7; cat "%s/lines") | onedockerfile hook pre-push --color never "$@" -- origin url\n' \
		"$work" >"$work/slow"
	chmod +x "$work/slow"
}

# At a terminal, as script(1) makes one: lines end with CR LF there.
terminal() {
	expect "$1" script -qec "$2" /dev/null
	sed -i 's/\r$//' "$work/out"
}

@test "shows how far it is, and takes that away before the report" {
	slow
	expect 1 "$work/slow"
	says_not judged
	cp "$work/out" "$work/report"
	terminal 1 "$work/slow"
	perl -0pi -e 's/\A(\rjudged [0-2] of 3 commits)+\r {21}\r// or die "no line\n"' "$work/out"
	cmp "$work/out" "$work/report"
}

@test "shows nothing with -q, or where standard error is no terminal" {
	slow
	terminal 1 "$work/slow -q"
	says 'a/Dockerfile.dev'
	says_not $'\r'
	terminal 1 "$work/slow 2>$work/errors"
	says 'a/Dockerfile.dev'
	says_not $'\r'
	[ ! -s "$work/errors" ]
}

@test "takes it away before it says what failed" {
	slow
	file=$(git rev-parse 'HEAD~2^{tree}')
	file=.git/objects/${file:0:2}/${file:2}
	chmod u+w "$file"
	truncate -s 0 "$file"
	terminal 3 "$work/slow"
	says $'of 3 commits\r                     \ronedockerfile: cannot read object'
}
