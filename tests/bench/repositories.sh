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

# refs COUNT: half of them are branches, half are tags; the last commits are new.
refs() {
	tips=$(($1 / 2))
	if repository "refs$1" services=9 sources=99 commits=$((tips + 14)) tips=$tips; then
		new=$(cat "refs$1/tip")
		git -C "refs$1" update-ref refs/heads/main "$new~14"
		git -C "refs$1" pack-refs --all
		echo "$(git -C "refs$1" rev-parse main) $new refs/heads/main" >"refs$1/update"
	fi
	echo "$1 $(cat "refs$1/tip")"
}

refs 10000 >many
[ -n "${QUICK-}" ] || refs 100000 >>many

# Two servers that have main, made anew before each turn; one has the hook.
if repository push services=60 sources=3000 topics=300; then
	git clone -q --bare --single-branch -b main push push/server
	for name in hooked plain; do
		git -C push config "remote.$name.url" "$PWD/push/$name"
		git -C push config "remote.$name.push" 'refs/topics/*:refs/heads/*'
		echo "rm -rf $name && cp -R server $name"
	done >push/before
	cat >>push/before <<-'END'
		printf '#!/bin/sh\nexec "%s" hook pre-receive\n' "$ONEDOCKERFILE" >hooked/hooks/pre-receive
		chmod +x hooked/hooks/pre-receive
	END
fi
