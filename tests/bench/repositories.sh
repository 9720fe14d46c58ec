#!/bin/sh
# The repositories that bench.sh measures, each made anew in the current directory where what makes
# it has changed. With each stand the inputs of its jobs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

# repository NAME VARIABLE=VALUE...: those of repository.awk.
repository() {
	name=$1
	shift
	sum=$(printf '%s\n' "$@" | cat - "$here/repository.awk" "$here/repositories.sh" |
		git hash-object --stdin)
	[ "$(cat "$name/made" 2>/dev/null)" != "$sum" ] || return 1
	rm -rf "$name"
	git init -q --bare -b main "$name"
	printf -- '-v\n%s\n' "$@" | xargs awk -f "$here/repository.awk" |
		git -C "$name" fast-import --quiet
	git -C "$name" rev-parse main >"$name/tip"
	echo "$sum" >"$name/made"
}

if repository files services=1000; then
	git -C files ls-tree -r main | awk '{ print $3 }' >files/blobs
fi

if repository long stages=149796; then
	git -C long rev-parse main:Dockerfile >long/blobs
fi

repository wide entries=100000 || :

# What a push brings is there already, and no ref holds it.
if repository history services=60 sources=3000 commits=200; then
	new=$(cat history/tip)
	git -C history update-ref refs/heads/main "$new~200"
	echo "$(git -C history rev-parse main) $new refs/heads/main" >history/update
fi
