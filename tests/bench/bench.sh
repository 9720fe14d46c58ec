#!/bin/sh
# What the program takes against what git takes for the same objects: a table, and bench.json.
# Medians of runs that take turns. Repositories stay in build/bench; QUICK=1 makes fewer of both.
# Called by make with $BUILD and $ONEDOCKERFILE.
set -eu

runs=${QUICK:+3}
runs=${runs:-15}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$BUILD/bench"
cd "$BUILD/bench"
work=$(pwd)
ours=$ONEDOCKERFILE
measure=$work/../tests/bench/measure
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
sh "$here/repositories.sh"

median() {
	sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# job NAME REPOSITORY INPUT OURS GIT: a file there that both read, and the arguments of both.
# Where the repository has a script `before`, it runs before each turn.
job() {
	: >"$work/ours" && : >"$work/git"
	cd "$work/$2"
	for _ in $(seq "$runs"); do
		[ ! -e before ] || sh before
		# shellcheck disable=SC2086 # lists of words
		"$measure" "$3" "$ours" $4 >>"$work/ours"
		# shellcheck disable=SC2086
		"$measure" "$3" git $5 >>"$work/git"
	done
	cd "$work"
	printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$(cut -d' ' -f1 ours | median)" \
		"$(cut -d' ' -f1 git | median)" "$(cut -d' ' -f2 ours | median)" \
		"$(cut -d' ' -f2 git | median)" | tee -a results | awk -F'\t' -v row="$row" \
		'{ printf row, $1, $2, $3, sprintf("%.2f", $2 / $3), $4 / 1024, $5 / 1024 }'
}

row='%-42s %10.1f %10.1f %6s %8.1f %8.1f\n'
# shellcheck disable=SC2059 # it is above
printf "$(printf '%s' "$row" | sed 's/\.1f/s/g')" "median of $runs runs" 'ours ms' 'git ms' ratio 'ours MiB' 'git MiB'
: >results
tip=$(cat history/tip)
job 'read 1000 Dockerfiles, 1000 compose files' files blobs 'check --rev HEAD' 'cat-file --batch'
job 'read a Dockerfile of 1 MiB' long blobs 'check --rev HEAD' 'cat-file --batch'
job 'find 1000 of 100000 entries' wide tip 'check --rev HEAD' 'ls-tree -r HEAD'
job 'check --range over 200 commits' history tip "check --range main..$tip" "log --raw main..$tip"
job 'hook pre-receive of 200 commits' history update 'hook pre-receive' \
	"rev-list --objects $tip --not --all"
while read -r refs tip; do
	job "hook pre-receive of 14 commits, $refs refs" "refs$refs" update 'hook pre-receive' \
		"rev-list $tip --not --all"
done <many
ours=git
job 'push of 300 refs, with the hook and without' push tip 'push -q hooked' 'push -q plain'

awk -F'\t' '
	BEGIN { printf "{\"jobs\": [" }
	{ printf "%s\n\t{\"name\": \"%s\", \"ours_ms\": %s, \"git_ms\": %s, \"ratio\": %.3f, ",
		(NR > 1 ? "," : ""), $1, $2, $3, $2 / $3
	  printf "\"ours_kib\": %s, \"git_kib\": %s}", $4, $5 }
	END { print "\n]}" }' results >../bench.json
