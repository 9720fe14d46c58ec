#!/bin/sh
# Each header compiles alone.
set -eu
cd "$(dirname "$0")/../.."

# shellcheck disable=SC2046 # a list of flags
set -- $(tests/deps.sh --flags libgit2 yaml-0.1 libcjson cmocka)
for header in src/*.h src/*/*.h tests/support/*.h; do
	[ -e "$header" ] || continue
	printf '#include "%s"\n' "${header#src/}" |
		"${CC:-gcc}" -std=gnu11 -D_GNU_SOURCE -Isrc -I. -Wall -Wextra -Werror "$@" \
			-fsyntax-only -x c - || {
		echo "$header does not compile alone" >&2
		exit 1
	}
done
