#!/bin/sh
# What the program takes against what git takes for the same: each line of `jobs`, as a table and as
# bench.json. Medians of runs that take turns, in repositories that stay in bench/. QUICK=1 has few
# turns and smaller ones of its own. Called by make with $BUILD and $ONEDOCKERFILE.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
measure=$BUILD/tests/bench/measure
PATH=$(dirname "$ONEDOCKERFILE"):$PATH
export PATH GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

# At least so many turns, and more for so many seconds.
if [ -n "${QUICK-}" ]; then
	work=$BUILD/bench/quick turns=3 seconds=0
else
	work=$BUILD/bench turns=11 seconds=2
fi
mkdir -p "$work"
cd "$work"
# The project's own repository around them is nobody's business.
GIT_CEILING_DIRECTORIES=${work%/*}
export GIT_CEILING_DIRECTORIES
sh "$here/repositories.sh"

# One line of the table as soon as it is known, whatever the awk: most of them wait for more input.
sed -n '/^#/!s/ | /|/gp' "$here/jobs" >wanted
: >figures
awk -v binary="${ONEDOCKERFILE#"$BUILD/"}" -f "$here/report.awk" </dev/null
while IFS='|' read -r name where ours git time memory; do
	# With QUICK some are not there.
	[ -d "$where" ] || [ -z "${QUICK-}" ] || continue
	line=$(cd "$where" && "$measure" "$turns" "$seconds" "$ours" "$git")
	echo "$name|$time|$memory|$line" | tee -a figures | awk -F'|' -f "$here/report.awk"
done <wanted
awk -F'|' -v binary="${ONEDOCKERFILE#"$BUILD/"}" -f "$here/json.awk" figures >"$BUILD/bench.json"
