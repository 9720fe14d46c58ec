#!/bin/sh
# Files of at most 400 lines, and memory of its own making in src/base only.
set -eu
cd "$(dirname "$0")/../.."

bad=$(
	find src tests -name '*.[ch]' -exec wc -l {} + |
		awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines, at most 400" }'
	find src tests/unit tests/support -name '*.[ch]' ! -path 'src/base/*' -exec \
		grep -nEH '(^|[^[:alnum:]_>.])((malloc|calloc|realloc|free)[[:space:]]*\(|goto[[:space:]])' {} + |
		grep -vE ':[[:space:]]*(/?\*|//)' | sed 's/$/ (in src\/base only)/' || true
)
[ -z "$bad" ] || {
	echo "$bad" >&2
	exit 1
}
