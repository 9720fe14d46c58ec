#!/usr/bin/env bats
# Ways past a server's gate that lead over refs: each is tried with a real push.

load helper

# A server with a service, under the policy TEXT of its own where one is given; a clone at hand.
begin() {
	git init -q --bare central.git
	repository shop
	good api
	save 'a service'
	git push -q ../central.git main
	server "$work/central.git"
	if [ -n "${1-}" ]; then
		printf '%s\n' "$1" >"$work/central.git/policy.yaml"
		git -C ../central.git config onedockerfile.policy policy.yaml
	fi
}

# refs: what the server has, and where it is.
refs() {
	git -C "$work/central.git" for-each-ref --format='%(objectname) %(refname)'
}

@test "row 55: judges what is pushed through a symbolic ref as what it is written to" {
	begin 'refs: ["refs/heads/{main,stable}"]'
	before=$(git rev-parse main)
	git -C ../central.git symbolic-ref refs/heads/alias refs/heads/main
	git -C ../central.git symbolic-ref refs/heads/second refs/heads/alias
	git -C ../central.git symbolic-ref refs/heads/unborn refs/heads/stable
	bad api
	save variant
	for name in alias second unborn; do
		push 1 ../central.git "main:refs/heads/$name"
		says '[extra-dockerfile]'
	done
	push 0 ../central.git main:refs/heads/topic
	push 1 ../central.git main
	[ "$(git -C ../central.git rev-parse main)" = "$before" ]
	git -C ../central.git symbolic-ref refs/heads/circle refs/heads/round
	git -C ../central.git symbolic-ref refs/heads/round refs/heads/circle
	push 1 ../central.git main:refs/heads/circle
}

@test "takes no policy through a symbolic ref that would refuse every later push" {
	begin
	git -C ../central.git symbolic-ref refs/heads/alias refs/heads/main
	echo 'rulez: 1' >.onedockerfile.yaml
	save broken
	push 1 ../central.git main:refs/heads/alias
	says "did you mean 'rules'?"
	push 0 ../central.git main:refs/heads/other
}

@test "row 60: counts nothing as judged because the host keeps it for a pull request" {
	begin
	before=$(refs)
	bad api
	save variant
	for name in refs/pull/1/head refs/pull-requests/1/from refs/merge-requests/1/head refs/keep-around/x; do
		git -C ../central.git fetch -q "$work/shop" "main:$name"
		push 1 ../central.git main
		says '[extra-dockerfile]'
		git checkout -q -b merged main^
		git merge -q --no-ff -m 'a pull request' main
		push 1 ../central.git merged:main
		git checkout -q main
		git branch -q -D merged
		git -C ../central.git update-ref -d "$name"
	done
	[ "$(refs)" = "$before" ]
	push 1 ../central.git main:refs/pull/1/head
}

@test "row 59: takes no ref that makes Git read something else than what was judged" {
	begin
	file=$(git rev-parse HEAD:api/Dockerfile)
	other=$(printf 'FROM a AS b\nFROM a AS b\n' | git hash-object -w --stdin)
	expect 1 git push ../central.git "$other:refs/replace/$file"
	says "'refs/replace/$file'"
	says 'core.useReplaceRefs = false'
	[ "$(git -C ../central.git cat-file blob main:api/Dockerfile)" = "$(cat api/Dockerfile)" ]
	expect 1 git push ../central.git "main:refs/replace/$(git rev-parse HEAD)"
	for policy in 'refs: ["refs/heads/*"]' 'fail-on: never'; do
		echo "$policy" >../central.git/policy.yaml
		git -C ../central.git config onedockerfile.policy policy.yaml
		expect 1 git push ../central.git "$other:refs/replace/$file"
	done
	git -C ../central.git hash-object -w --stdin <<<'FROM scratch' >"$work/object"
	git -C ../central.git update-ref "refs/replace/$file" "$(cat "$work/object")"
	push 0 ../central.git ":refs/replace/$file"
	git -C ../central.git config core.useReplaceRefs false
	push 0 ../central.git "$other:refs/replace/$file"
	[ "$(git -C ../central.git cat-file blob main:api/Dockerfile)" = "$(cat api/Dockerfile)" ]
}
