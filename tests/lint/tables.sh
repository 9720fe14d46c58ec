#!/bin/sh
# The tables are sorted; each rule has its page and, in policies/default.yaml, its level; each format
# is in the manual; and each limit is in policies/limits.md.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C

failed=0
complain() {
	echo "$*" >&2
	failed=1
}

# Names of an X macro's table: the lines "<tab>NAME(word)" of a header.
table() { sed -n "s/^[[:space:]]*$1(\\([a-z_]*\\)).*/\\1/p" "$2"; }

sorted() {
	names=$(table "$1" "$2")
	[ -n "$names" ] || complain "$2: no table of $1"
	[ "$names" = "$(echo "$names" | sort -u)" ] || complain "$2: the table of $1 is not sorted"
}

# What the default policy says of a rule, in either form: "rule: level", "rule: {level: ...}".
policy_level() {
	sed -n "s/^  $1:[[:space:]]*\\({level:[[:space:]]*\\)\\{0,1\\}\\([a-z]*\\).*/\\2/p" \
		policies/default.yaml
}

sorted READER src/readers/readers.h
sorted RULE src/rules/rules.h
sorted FORMAT src/reports/reports.h
sorted COMMAND src/cli/command.h

systems=$(sed -n 's/.*\.name = "\(.*\)",.*/\1/p' src/cli/ci_systems.c)
[ -n "$systems" ] || complain "src/cli/ci_systems.c: no table of systems"
[ "$systems" = "$(echo "$systems" | sort -fu)" ] || complain "src/cli/ci_systems.c: the table is not sorted"

for name in $(table RULE src/rules/rules.h); do
	rule=$(echo "$name" | tr _ -)
	level=$(sed -n 's/.*\.level = LEVEL_\([A-Z]*\),.*/\1/p' "src/rules/$name.c" | tr '[:upper:]' '[:lower:]')
	[ -e "policies/rules/$rule.md" ] || complain "policies/rules/$rule.md: missing"
	[ "$(policy_level "$rule")" = "$level" ] ||
		complain "policies/default.yaml: '$rule' is not '$level' there, as in src/rules/$name.c"
done
for page in policies/rules/*.md; do
	name=$(basename "$page" .md | tr - _)
	table RULE src/rules/rules.h | grep -qx "$name" || complain "$page: no such rule"
done
for name in $(table FORMAT src/reports/reports.h); do
	format=$(echo "$name" | tr _ -)
	grep -qx "\.It Cm $format" src/cli/onedockerfile.1 || complain "onedockerfile.1: no format '$format'"
done
limits=$(awk -f tests/lint/limits.awk src/base/limits.h | grep .)
[ "$limits" = "$(grep -e '^## ' -e '^|' policies/limits.md)" ] || {
	echo "$limits" | diff policies/limits.md - | grep -e '^[<>] ## ' -e '^[<>] |' >&2
	complain "policies/limits.md: not the limits of src/base/limits.h"
}
exit "$failed"
