#!/usr/bin/env bats
# Reports of hundreds of hostile findings, read by those whose formats they are.

load helper

# given SEED COUNT: a hostile tree with a commit.
given() {
	repository "hostile$1"
	"$here/hostile.py" "$1" "$2"
	save hostile
}

sarif() { "$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" "$@" --log ForceOverwrite >"$work/out" 2>&1; }

@test "SARIF: its schema, and the rules of GitHub that Microsoft's validator knows" {
	given 1 200
	expect 1 onedockerfile check -o sarif="$work/hostile.sarif"
	git rm -q --cached -r . && git clean -qfdx && good .
	expect 0 onedockerfile check -o sarif="$work/clean.sarif"
	for name in hostile clean; do
		sarif validate "$work/$name.sarif" --rule-kind 'Sarif;Ghas' --level 'Error;Warning;Note' -o "$work/v.sarif"
		run_node sarif.mjs "$modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json" \
			"$work/$name.sarif" "$work/v.sarif" >"$work/said"
		diff /dev/null "$work/said"
	done
}

@test "SARIF: lines are known by the same hashes that Microsoft's tool computes" {
	given 2 100
	printf '\r\n\tRUN x\r\n  \r\n\r\nCOPY --from=bas /a /a\r\n' >>Dockerfile
	expect 1 onedockerfile check -o sarif="$work/a.sarif"
	run_node fingerprints.mjs "$PWD" "$work/a.sarif" "$work/bare.sarif" >"$work/ours"
	sarif rewrite "$work/bare.sarif" --insert RollingHashPartialFingerprints -o "$work/b.sarif"
	run_node fingerprints.mjs "$PWD" "$work/b.sarif" "$work/bare.sarif" >"$work/theirs"
	# Their tool finds no file whose name is no UTF-8, or that it takes for a URI of another kind.
	paste "$work/ours" "$work/theirs" | grep -v none >"$work/both"
	[ "$(wc -l <"$work/both")" -gt 150 ]
	awk '$1 != $2' "$work/both" | diff /dev/null -
}
