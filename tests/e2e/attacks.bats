#!/usr/bin/env bats
# Ways around the gate, and ways to break it, that somebody has tried.

load helper

central() {
	git init -q --bare central.git
	repository shop
	good api
	save 'a service'
	git remote add origin "$work/central.git"
	git push -q origin main
	server "$work/central.git"
}

@test "takes no policy that would refuse every later push" {
	central
	echo 'rulez: 1' >.onedockerfile.yaml
	save broken
	push 1 origin main
	says "did you mean 'rules'?"
	git mv .onedockerfile.yaml .onedockerfile.yml
	save misnamed
	push 1 origin main
	push 0 origin main:refs/heads/other
}

@test "lets a branch be deleted whatever the policy is" {
	central
	git push -q origin main:refs/heads/other
	git -C ../central.git config onedockerfile.policy no-such-file
	push 1 origin main:refs/heads/more
	push 0 origin :other
}

@test "prints no workflow command of a file, in any format" {
	repository shop
	good api
	printf 'FROM a AS base\nFROM a AS base ##[error]x ##vso[task]y\n' >api/Dockerfile
	mkdir -p 'p##[error]q'
	bad 'p##[error]q'
	save forged
	for format in text github json; do
		expect 1 onedockerfile check -f "$format"
		says_not '##['
		says_not '##vso['
	done
}

@test "counts nothing as judged because a symbolic ref names it" {
	central
	echo 'refs: ["refs/heads/*"]' >"$work/central.git/policy"
	git -C ../central.git config onedockerfile.policy policy
	git -C ../central.git symbolic-ref refs/heads/alias refs/wip/x
	bad api
	save variant
	push 0 origin main:refs/wip/x
	push 1 origin main
}

@test "reads a split index under literal pathspecs" {
	repository shop
	bad api
	git update-index --split-index
	git add -A
	GIT_LITERAL_PATHSPECS=1 expect 1 onedockerfile check --staged
}

@test "sees what comes back by a merge when only tips are judged" {
	central
	echo 'commits: tip' >"$work/central.git/policy"
	git -C ../central.git config onedockerfile.policy policy
	bad api
	save variant
	git -C ../central.git fetch -q "$work/shop" main:main
	git branch side
	git rm -q api/Dockerfile.dev
	save repaired
	push 0 origin main
	git checkout -q side
	save 'something else'
	git checkout -q main
	git merge -q --no-commit --no-ff side
	bad api
	git add -A
	git commit -q --no-verify -m 'back again'
	push 1 origin main
}

@test "writes a report neither over a link nor through it" {
	repository shop
	good api
	echo kept >target
	ln -s target report
	expect 3 onedockerfile check -o json=report
	[ -L report ]
	[ "$(cat target)" = kept ]
	onedockerfile check -o json=/dev/stdout -q | grep -q '"verdict"'
}

@test "judges no commit again because dates lie" {
	central
	bad api
	GIT_COMMITTER_DATE='2020-02-01T00:00:00Z' git commit -q --allow-empty -m x
	git add -A
	GIT_COMMITTER_DATE='2020-02-02T00:00:00Z' git commit -q --no-verify -m variant
	git branch topic
	for i in 1 2 3 4 5 6 7 8 9 10; do
		GIT_COMMITTER_DATE="1980-01-01T00:00:$i" git commit -q --no-verify --allow-empty -m "$i"
	done
	GIT_COMMITTER_DATE='2020-03-01T00:00:00Z' git commit -q --no-verify --allow-empty -m tip
	git -C ../central.git fetch -q "$work/shop" main:main
	git checkout -q topic
	git commit -q --no-verify --allow-empty -m more
	push 0 origin topic
}

@test "judges no path that is not there, and what a link names" {
	repository shop
	bad api
	save variant
	ln -s api link
	expect 2 onedockerfile check apj
	expect 1 onedockerfile check link
	expect 1 onedockerfile check ../shop/api
	expect 2 onedockerfile check --rev HEAD other
}

@test "reports that it could not judge" {
	repository shop
	good api
	save 'a service'
	expect 3 onedockerfile check --rev nosuch -f json -o json=report
	grep -q '"verdict":.*"unknown"' report
	grep -q '"verdict":.*"unknown"' "$work/out"
}

# stages NUMBER: a Dockerfile in which so many stages have one name.
stages() {
	printf 'FROM alpine:3.20\n'
	seq -f 'FROM image:%.0f AS same' "$1"
	printf 'FROM busybox\nCOPY --from=same /x /y\n'
}

# What a commit leaves in memory is no number for the next one: here a name of 32767 bytes, which
# needs as much as an arena takes at first.
@test "counts no new finding as an old one behind a commit with a long name" {
	local directory file name

	repository shop
	stages 2 >Dockerfile
	save first
	file=$(echo x | git hash-object -w --stdin)
	directory=$(printf '100644 blob %s\tfile\n' "$file" | git mktree)
	name=$(printf '%0200d' 0)
	{
		git ls-tree HEAD
		seq -f "$name%04.0f" 400 | sed "s/^/040000 tree $directory\t/"
	} | git mktree >"$work/tree"
	git reset -q "$(git commit-tree -p HEAD -m wide "$(cat "$work/tree")")"
	{
		git ls-tree HEAD
		printf '100644 blob %s\t%032767d\n' "$file" 0
	} | git mktree >"$work/tree"
	git reset -q "$(git commit-tree -p HEAD -m long "$(cat "$work/tree")")"
	for number in 2 3; do
		{ stages "$number" && echo "# $number"; } >"$work/text"
		git update-index --cacheinfo "100644,$(git hash-object -w "$work/text"),Dockerfile"
		git reset -q --soft "$(git commit-tree -p HEAD -m "$number" "$(git write-tree)")"
	done
	expect 1 onedockerfile check --range HEAD~4..HEAD
	says 'has two stages named'
}
