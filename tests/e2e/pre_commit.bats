#!/usr/bin/env bats
# The index, as each way of committing hands it to the hook.

load helper

started() {
	repository shop
	arm pre-commit
	good api
	save 'a service'
}

@test "refuses the first commit of a repository" {
	repository shop
	arm pre-commit
	bad api
	git add -A
	expect 1 git commit -m first
	says 'api/Dockerfile.dev'
}

@test "takes a good first commit" {
	repository shop
	arm pre-commit
	good api
	git add -A
	expect 0 git commit -m first
}

@test "says nothing where there is nothing to judge" {
	repository notes
	arm pre-commit
	echo hello >README
	git add -A
	expect 0 git commit -q -m first
	[ ! -s "$work/out" ] && [ ! -s "$work/err" ]
}

@test "judges what is staged, not the work tree" {
	started
	bad api
	git add -A
	rm api/Dockerfile.dev
	expect 1 git commit -m 'staged, then removed'
	git rm -q --cached api/Dockerfile.dev
	bad api
	echo note >README
	git add README
	expect 0 git commit -m 'in the work tree only'
}

@test "row 91: sees what 'commit -a' takes" {
	started
	compose base
	save compose
	compose bse
	expect 1 git commit -a -m misspelt
	says '[unknown-stage]'
	compose prod
	expect 0 git commit -a -m right
}

@test "row 91: sees only the path of 'commit PATH'" {
	started
	compose base
	save compose
	bad other
	git add other
	compose prod
	expect 0 git commit -m 'one path' docker-compose.yml
	git diff --cached --name-only | grep -qx other/Dockerfile.dev
	compose prd
	git rm -q -r --cached other
	expect 1 git commit -m 'a bad path' docker-compose.yml
}

@test "row 91: judges an amended commit against the commit it replaces" {
	started
	bad api
	git add -A
	expect 1 git commit --amend --no-edit
	save 'an old fault'
	expect 0 git commit --amend -m 'in other words'
	compose bse
	git add -A
	expect 1 git commit --amend --no-edit
}

@test "takes a commit that leaves old faults as they are" {
	repository shop
	bad api
	save 'an old fault'
	arm pre-commit
	echo note >README
	git add -A
	expect 0 git commit -m 'something else'
	bad other
	git add -A
	expect 1 git commit -m 'one more'
	says 'other/Dockerfile.dev'
	says_not 'api/Dockerfile.dev:'
}

@test "row 91: works in a linked worktree" {
	started
	git worktree add -q ../linked -b side
	cd ../linked
	bad api
	git add -A
	expect 1 git commit -m variant
	git rm -q --cached api/Dockerfile.dev
	good web
	git add web
	expect 0 git commit -m 'a second service'
}

@test "works from a subfolder" {
	started
	bad api
	cd api
	git add -A
	expect 1 git commit -m variant
	says 'api/Dockerfile.dev'
}

@test "works with a git directory and a work tree named apart" {
	started
	bad api
	git add -A
	mv .git ../apart
	cd ..
	expect 1 git --git-dir="$work/apart" --work-tree="$work/shop" commit -m variant
	says 'api/Dockerfile.dev'
}

@test "passes over what is only intended to be added" {
	started
	bad api
	echo note >README
	git add README
	git add -N api/Dockerfile.dev
	expect 0 git commit -m 'the note alone'
}

@test "judges the commit that ends a cherry-pick" {
	started
	git checkout -q -b side
	echo side >README
	bad api
	save side
	git checkout -q main
	echo main >README
	save main
	expect 1 git cherry-pick side
	echo both >README
	git add README
	expect 1 git -c core.editor=true cherry-pick --continue
	says 'api/Dockerfile.dev'
}
