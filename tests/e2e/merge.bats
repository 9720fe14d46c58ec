#!/usr/bin/env bats
# Merges: what a parent has is old, unless the first parent had repaired it.

load helper

# main names a stage that side renames: each is right alone.
crossed() {
	repository shop
	good api
	save 'a service'
	git checkout -q -b side
	sed -i 's/base/common/' api/Dockerfile
	save 'rename the stage'
	git checkout -q main
	compose base
	save 'build the stage'
}

# A fault that main repairs while side works on it.
repaired() {
	repository shop
	bad api
	save 'an old fault'
	git checkout -q -b side
	echo 'RUN true' >>api/Dockerfile.dev
	save 'work on the variant'
	git checkout -q main
	git rm -q api/Dockerfile.dev
	save 'remove the variant'
}

@test "refuses a clean merge of two right branches that is wrong" {
	crossed
	arm pre-merge-commit
	expect 1 git merge --no-edit side
	says '[unknown-stage]'
}

@test "takes a clean merge" {
	repository shop
	good api
	save 'a service'
	git checkout -q -b side
	good web
	save 'one more'
	git checkout -q main
	echo note >README
	save note
	arm pre-commit pre-merge-commit
	expect 0 git merge --no-edit side
}

@test "inherits a fault from the branch that is merged" {
	repository shop
	good api
	save 'a service'
	git checkout -q -b side
	bad api
	save 'an old fault'
	git checkout -q main
	echo note >README
	save note
	arm pre-commit pre-merge-commit
	expect 0 git merge --no-edit side
	judge 0 --range HEAD^1..HEAD^1
	judge 1 --range HEAD^1..HEAD
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short side) - -
	END
}

@test "judges the commit that ends a merge with conflicts" {
	crossed
	echo main >README
	save main
	git checkout -q side
	echo side >README
	save side
	git checkout -q main
	arm pre-commit
	expect 1 git merge side
	echo both >README
	git add README
	expect 1 git commit --no-edit
	says '[unknown-stage]'
	compose common
	git add -A
	expect 0 git commit --no-edit
}

@test "says it when a merge brings back what was repaired" {
	repaired
	arm pre-commit
	expect 1 git merge side
	git add api/Dockerfile.dev
	expect 1 git commit --no-edit
	says 'api/Dockerfile.dev'
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	git rm -q -f api/Dockerfile.dev
	expect 0 git commit --no-edit
}

@test "inherits it where the first parent still has it" {
	repaired
	git checkout -q side
	arm pre-commit
	expect 1 git merge main
	git add api/Dockerfile.dev
	expect 0 git commit --no-edit
}

@test "says it of a merge commit in a range, too" {
	repaired
	git checkout -q -b evil
	git update-ref HEAD "$(git commit-tree -p main -p side -m evil 'side^{tree}')"
	judge 1 --range main..evil
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short evil) - -
	END
	git update-ref HEAD "$(git commit-tree -p side -p main -m kept 'side^{tree}')"
	judge 0 --range main..evil
}

@test "judges an octopus against all its parents" {
	repository shop
	good api
	save 'a service'
	for name in one two; do
		git checkout -q -b "$name" main
		bad "$name"
		save "$name"
	done
	git checkout -q main
	echo note >README
	save note
	git merge -q -m octopus one two
	bad three
	git add -A
	git commit -q --amend -m octopus
	judge 1 --range one..HEAD
	reported --commits <<-END
		new extra-dockerfile two/Dockerfile.dev:1 $(short two) - -
		new extra-dockerfile three/Dockerfile.dev:1 $(short HEAD) - -
	END
}
