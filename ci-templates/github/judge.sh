#!/bin/sh
# Second step of action.yml: judges what is checked out, with $ONEDOCKERFILE, and reports. INPUT_*
# are the action's inputs; the status is the tool's.
set -eu
scripts=$(cd "$(dirname "$0")" && pwd)
cd "$GITHUB_WORKSPACE"
# shellcheck source=ci-templates/github/runner.sh
. "$scripts/runner.sh"
# shellcheck source=ci-templates/github/fetch.sh
. "$scripts/fetch.sh"
work=$(mktemp -d "$RUNNER_TEMP/onedockerfile.XXXXXX")
trap 'rm -rf "$work"' EXIT

# judge OPTIONS: of $source; what is said about it is in $work.
judge() {
	status=0
	# shellcheck disable=SC2086 # words
	"$ONEDOCKERFILE" check $source -f "$format" -o json="$work/report.json" \
		-o markdown="$work/summary.md" ${INPUT_JSON_FILE:+-o "json=$INPUT_JSON_FILE"} "$@" \
		>"$work/out" 2>"$work/err" || status=$?
}

# Code scanning tells by itself what is new, and takes for repaired what it is not told again: it is
# told everything, and nothing where not everything is known.
write_sarif() {
	all=0
	"$ONEDOCKERFILE" check --rev HEAD -f sarif "$@" >"$work/all.sarif" 2>"$work/git" || all=$?
	if [ $all -gt 1 ]; then
		tell warning <"$work/git"
	elif [ -s "$work/all.sarif" ]; then
		cat "$work/all.sarif" >"$INPUT_SARIF_FILE"
		output sarif-file "$INPUT_SARIF_FILE"
	fi
}

# Is there more to judge by than there was?
fill_up() {
	fetch_missing "$work/err" >"$work/git" 2>&1 && return
	cat "$work/git" >>"$work/err"
	# A server may have lost what was before a forced push: then nothing is inherited.
	[ "$GITHUB_EVENT_NAME" = push ] && grep -q 'not our ref' "$work/git" || return 1
	echo 'the commit before this push is gone from the server, so everything counts' | tell notice
	source='--rev HEAD'
}

# Of the reports of a whole judgement: the numbers. Where there is nothing to judge is no report.
output_count() {
	number=0
	[ ! -e "$work/report.json" ] ||
		number=$(sed -n "/^.\"findings\":/q; s/^..\"$1\":.\([0-9]*\),\$/\1/p" "$work/report.json")
	output "$1" "$number"
}

output_judged() {
	output verdict "$1"
	output_count errors
	output_count warnings
}

output verdict unknown
check_line sarif-file "$INPUT_SARIF_FILE"
check_line json-file "$INPUT_JSON_FILE"
check_line base "$INPUT_BASE"
rm -f -- "$INPUT_SARIF_FILE" "$INPUT_JSON_FILE"
if [ "$DELETED" = true ]; then
	echo 'The ref is deleted: there is nothing to judge.'
	output_judged pass
	exit
fi

case $INPUT_ANNOTATIONS in
true) format=github ;;
false) format=text ;;
*) refuse 2 "the input 'annotations' is true or false" ;;
esac
[ -z "$INPUT_CONFIG" ] || set -- "$@" --config="$INPUT_CONFIG"
[ -z "$INPUT_FAIL_ON" ] || set -- "$@" --fail-on="$INPUT_FAIL_ON"
set -- "$@" --
while IFS= read -r path; do
	[ -n "$path" ] || continue
	check_line path "$path"
	set -- "$@" "$path"
done <<END
$INPUT_PATH
END

source=--ci
if [ -n "$INPUT_BASE" ]; then
	base=$(find_base "$INPUT_BASE" 2>"$work/git") ||
		refuse 3 "cannot find the base '$INPUT_BASE': $(cat "$work/git")"
	source="--rev HEAD --base $base"
fi
judge "$@"
for _ in 1 2; do
	if [ $status -ne 3 ] || ! fill_up; then
		break
	fi
	judge "$@"
done

cat "$work/out"
case $status in
0) output_judged pass && cat "$work/err" ;;
1) output_judged fail && cat "$work/err" ;;
*) tell error <"$work/err" ;;
esac
[ ! -e "$INPUT_JSON_FILE" ] || output json-file "$INPUT_JSON_FILE"
[ -z "$INPUT_SARIF_FILE" ] || [ "$status" -gt 1 ] || write_sarif "$@"
[ ! -e "$work/summary.md" ] || cat "$work/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
exit "$status"
