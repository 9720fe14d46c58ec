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

@test "GitLab's and reviewdog's JSON: by a schema of what they read" {
	local format

	given 3 200
	for format in gitlab rdjson; do
		expect 1 onedockerfile check -f "$format"
		run_node schema.mjs "$here/schemas/$format.json" "$work/out" >"$work/said"
		diff /dev/null "$work/said"
	done
}

@test "Checkstyle and JUnit: by a schema of what is read" {
	local format

	given 4 200
	for format in checkstyle junit; do
		expect 1 onedockerfile check -f "$format"
		xmllint --noout --schema "$here/schemas/$format.xsd" "$work/out"
	done
	[ "$(xmllint --xpath 'string(/testsuites/@failures)' "$work/out")" -eq \
		"$(xmllint --xpath 'count(//failure)' "$work/out")" ]
	[ "$(xmllint --xpath 'string(/testsuites/@tests)' "$work/out")" -eq \
		"$(xmllint --xpath 'count(//testcase)' "$work/out")" ]
}

@test "Markdown: GitHub's own converter makes of it what was meant, and nothing else" {
	local seed

	for seed in 5 6 7; do
		(given "$seed" 100 && expect 1 onedockerfile check -f markdown -o gitlab="$work/gitlab")
		cmark-gfm -e table -e autolink -e strikethrough -e tagfilter "$work/out" >"$work/html"
		"$here/markdown.py" "$work/html" "$work/gitlab" >"$work/said"
		diff /dev/null "$work/said"
	done
}

@test "Mermaid draws every graph of a summary" {
	given 8 30
	expect 1 onedockerfile check -f markdown
	run_node mermaid.mjs "$work/out" >"$work/said"
	[ "$(grep -c 'nodes, ' "$work/said")" -eq "$(grep -c '^```mermaid$' "$work/out")" ]
	[ "$(grep -c refused "$work/said")" -eq 0 ]
	sort -rn "$work/said" | head -n 1 | diff - <(echo '32 nodes, 1 edges')
}
