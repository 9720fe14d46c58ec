#!/usr/bin/env bats
# GitHub: annotations and check runs.

load helper

@test "annotations are what @actions/core prints of them, and say what the JSON report says" {
	local seed

	for seed in $(seq 1 20); do
		(
			repository "hostile$seed"
			"$here/hostile.py" "$seed" 9
			expect 1 onedockerfile check -f github -o json="$work/$seed.json"
			cp "$work/out" "$work/$seed.txt"
		)
		set -- "$@" "$work/$seed.txt" "$work/$seed.json"
	done
	run_node github_commands.mjs "$@" >"$work/said"
	grep -v ' compared$' "$work/said" | diff /dev/null -
	[ "$(sed 's/ compared//' "$work/said")" -gt 200 ]
	# It would say so.
	sed -i '1s/%0A/%0a/; 2s/title=/title= /; 3s/line=1/line=2/' "$work/1.txt"
	echo '##[add-mask]x' >>"$work/1.txt"
	run_node github_commands.mjs "$work/1.txt" "$work/1.json" >"$work/said"
	[ "$(wc -l <"$work/said")" -eq 5 ]
}

@test "check runs are what GitHub's description of its Checks API asks for" {
	repository hostile
	"$here/hostile.py" 30 120
	expect 1 onedockerfile check -f github-checks
	local description=$modules/@octokit/openapi/generated/api.github.com.json

	run_node github_checks.mjs "$work/out" "$description" | diff <(echo '5 bodies') -
	sed 's/"start_line":/"first_line":/' "$work/out" >"$work/wrong"
	run_node github_checks.mjs "$work/wrong" "$description" | grep -q "required property 'start_line'"
}
