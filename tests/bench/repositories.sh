#!/bin/sh
# The repositories that bench.sh measures, each made anew in the current directory where what makes
# it has changed. In each may stand what its jobs read (input) and what comes before them (before).
# With QUICK those are missing that take long to make, and the history of a tree is short; a whole
# one has a name of its own.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

# empty NAME WORD...: one that is made in a way that the words tell apart. It fails where there is
# nothing to do.
empty() {
	made=$(printf '%s\n' "$@" | cat - "$here/repository.awk" "$here/repositories.sh" |
		git hash-object --stdin)
	[ "$(cat "$1/made" 2>/dev/null)" != "$made" ] || return 1
	rm -rf "$1"
	git init -q --bare -b main "$1"
}

# repository NAME VARIABLE=VALUE...: those of repository.awk. It fails as empty does.
repository() {
	empty "$@" || return 1
	name=$1
	shift
	printf -- '-v\n%s\n' "$@" | xargs awk -f "$here/repository.awk" |
		git -C "$name" fast-import --quiet
}

# finished NAME: with all that stands beside its objects.
finished() {
	echo "$made" >"$1/made"
}

# refs COUNT: half of them are branches, half are tags; what comes after them is new. They are
# written as packed, since Git takes minutes for so many files; and then by Git, as it sorts them.
refs() {
	tips=$(($1 / 2))
	if repository "refs$1" services=9 sources=99 commits=$((tips + 14)); then
		(
			cd "refs$1"
			git rev-list --reverse first..main~14 |
				awk '{ print $1 " refs/heads/b" NR; print $1 " refs/tags/v" NR }' >packed
			mv packed packed-refs
			git update-ref NEW main
			git update-ref refs/heads/main NEW~14
			git pack-refs --all
			echo "$(git rev-parse main) $(cat NEW) refs/heads/main" >input
		)
		finished "refs$1"
	fi
}

# staged COUNT: a clone of such a tree with one file added to the index; nothing is checked out.
staged() {
	rm -rf "index$1"
	git clone -q --no-checkout "tree$1" "index$1"
	(
		cd "index$1"
		git read-tree HEAD
		blob=$(git rev-parse HEAD:services/0/0/Dockerfile)
		git update-index --add --cacheinfo "100644,$blob,services/0/added/Dockerfile"
	)
}

# tree COUNT COMMITS: a tree of so many files with that history.
tree() {
	if repository "tree$1" services=200 sources=$(($1 - 400)) commits="$2" calm=8; then
		staged "$1"
		finished "tree$1"
	fi
}

# A directory of so many entries, of which the first thousand are built. For fast-import that would
# be too many.
wide() {
	blob=$(echo 'FROM scratch' | git hash-object -w --stdin)
	built=$(printf '100644 blob %s\tDockerfile\n' "$blob" | git mktree)
	other=$(printf '100644 blob %s\tfile\n' "$blob" | git mktree)
	wide=$(awk -v entries="$1" -v built="$built" -v other="$other" 'BEGIN {
		for (i = 0; i < entries; i++)
			printf "040000 tree %s\t%d\n", i < 1000 ? built : other, i
	}' | git mktree)
	compose=$(awk 'BEGIN {
		print "services:"
		for (i = 0; i < 1000; i++)
			printf "  s%d: {build: wide/%d}\n", i, i
	}' | git hash-object -w --stdin)
	tree=$(printf '100644 blob %s\tcompose.yaml\n040000 tree %s\twide\n' "$compose" "$wide" |
		git mktree)
	git fast-import --quiet <<-END
		commit refs/heads/main
		committer Bench <bench@example.org> 1700000000 +0000
		data 4
		wide
		M 040000 $tree ""
	END
}

# Two servers that have main, made anew before each turn; one has the hook.
servers() {
	git clone -q --bare --single-branch -b main . server
	for name in hooked plain; do
		git config "remote.$name.url" "$PWD/$name"
		git config "remote.$name.push" 'refs/topics/*:refs/heads/*'
		echo "rm -rf $name && cp -R server $name"
	done >before
	cat >>before <<-'END'
		printf '#!/bin/sh\nexec onedockerfile hook pre-receive\n' >hooked/hooks/pre-receive
		chmod +x hooked/hooks/pre-receive
	END
}

if repository small services=3 sources=20 commits=20; then
	finished small
fi
if repository services services=1000; then
	git -C services ls-tree -r main | awk '{ print $3 }' >services/input
	finished services
fi
if repository long stages=20000; then
	git -C long rev-parse main:Dockerfile >long/input
	finished long
fi
if empty wide 100000; then
	(cd wide && wide 100000)
	finished wide
fi
if repository push services=60 sources=3000 topics=300; then
	(cd push && servers)
	finished push
fi
refs 10000
if [ -n "${QUICK-}" ]; then
	tree 80000 1100
else
	tree 80000 100000
	ln -sfn tree80000 history
	tree 1000000 0
	refs 100000
fi
