#!/bin/sh
# What the program takes against what git takes for the same: each line of `jobs`, as a table and as
# bench.json. Medians of runs that take turns, in repositories that stay in bench/. QUICK=1 has few
# turns and smaller ones of its own. Called by make with $BUILD and $ONEDOCKERFILE.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
measure=$BUILD/tests/bench/measure
PATH=$(dirname "$ONEDOCKERFILE"):$PATH
export PATH GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

if [ -n "${QUICK-}" ]; then
	work=$BUILD/bench/quick turns=3 seconds=0
else
	work=$BUILD/bench turns=11 seconds=2
fi
mkdir -p "$work"
cd "$work"
sh "$here/repositories.sh"

# Of each job what it is named and wanted, and what measure says; in the end, that this is the end.
# With QUICK some are not there.
sed -n '/^#/!s/ | /|/gp' "$here/jobs" >"$work/wanted"
{
	while IFS='|' read -r name where ours git time memory; do
		[ -d "$where" ] || [ -z "${QUICK-}" ] || continue
		figures=$(cd "$where" && "$measure" "$turns" "$seconds" "$ours" "$git")
		echo "$name|$time|$memory|$figures"
	done <"$work/wanted"
	echo end
} | awk -F'|' -v binary="${ONEDOCKERFILE#"$BUILD/"}" -v json="$work/json" -f "$here/report.awk"
mv "$work/json" "$BUILD/bench.json"
