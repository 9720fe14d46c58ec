#!/bin/sh
# Run fuzzers on their seeds and corpora, then on what they make of them: run.sh BUILD TIME NAME...
# Those of $JOBS at once. For each a line; the last one is "N passed, N failed".
set -eu

build=$1 time=$2
shift 2

# one NAME: its findings are what it wrote to $build/NAME.log, and the input in a file beside it.
one() {
	log=$build/fuzz-$1.log
	mkdir -p "$build/corpus/$1"
	rm -rf "$build/seeds/$1"
	perl tests/fuzz/seeds.pl "$1" "$build/seeds/$1"
	set -- "$1" "$build/corpus/$1" "$build/seeds/$1"
	[ ! -d "tests/fuzz/corpus/$1" ] || set -- "$@" "tests/fuzz/corpus/$1"
	name=$1
	shift
	if "$build/fuzz-$name" -max_total_time="$time" -timeout=4 -report_slow_units=2 -rss_limit_mb=1024 \
		-print_final_stats=1 -artifact_prefix="$build/$name-" "$@" >"$log" 2>&1; then
		sed -n "s/^stat::number_of_executed_units: */ok $name: executions /p" "$log"
	else
		tail -n 60 "$log"
		echo "not ok $name: $log"
	fi
}

if [ "$1" = --one ]; then
	one "$2"
	exit
fi
printf '%s\n' "$@" | xargs -P "${JOBS:-1}" -n 1 sh "$0" "$build" "$time" --one | tee "$build/fuzz.log"
failed=$(grep -c '^not ok ' "$build/fuzz.log" || true)
passed=$(grep -c '^ok ' "$build/fuzz.log" || true)
# One that said nothing at all broke off.
failed=$((failed + $# - failed - passed))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
