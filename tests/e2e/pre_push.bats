#!/usr/bin/env bats
# What is about to leave: the commits that the remote is not known to have.

load helper

# A clone whose remote has good and, from before the gate, faulty history.
cloned() {
	git init -q --bare central.git
	repository shop
	good api
	save 'a service'
	bad old
	save 'an old fault'
	git remote add origin ../central.git
	git push -q origin main
	arm pre-push
}

@test "refuses a new branch with a new fault" {
	cloned
	git checkout -q -b topic
	bad api
	save variant
	expect 1 git push origin topic
	says 'api/Dockerfile.dev'
	says_not 'old/Dockerfile.dev'
	[ -z "$(git -C ../central.git for-each-ref refs/heads/topic)" ]
}

@test "takes good commits on faulty history that the remote has" {
	cloned
	git checkout -q -b topic
	good web
	save 'one more'
	expect 0 git push origin topic main
	expect 0 git push origin topic
}

@test "takes a new branch without a new commit" {
	cloned
	expect 0 git push origin main:refs/heads/release
}

@test "takes what is pushed by an expression with spaces in it" {
	cloned
	good web
	save 'one more service'
	expect 0 git push origin 'HEAD^{/one more}:refs/heads/more'
	bad web
	save 'a new fault'
	expect 1 git push origin 'HEAD^{/new fault}:refs/heads/more'
	says 'web/Dockerfile.dev'
}

@test "judges by the policy that it is given, and nothing that Git does not say" {
	repository shop
	bad api
	save variant
	line="refs/heads/main $(git rev-parse HEAD) refs/heads/main $(printf '%040d' 0)"
	hook() {
		printf '%s\n' "$1" >"$work/lines"
		shift
		# shellcheck disable=SC2016 # for that shell to expand
		expect "$1" sh -c 'onedockerfile hook pre-push "$@" -- origin url <"$0"' "$work/lines" "${@:2}"
	}
	hook "$line" 1
	echo 'rules: {extra-dockerfile: off}' >"$work/policy.yaml"
	hook "$line" 0 -c "$work/policy.yaml"
	for line in refs/heads/main "${line%0}" 'a b c d'; do
		hook "$line" 3
	done
}

@test "lets a branch be deleted" {
	cloned
	git push -q origin main:refs/heads/topic
	expect 0 git push origin --delete topic
}

@test "judges unrelated history that is forced" {
	cloned
	git checkout -q --orphan fresh
	git rm -q -r -f --cached .
	rm -r old
	save 'a fresh start'
	expect 0 git push --force origin fresh:main
	bad api
	save variant
	expect 1 git push --force origin fresh:main
	says 'api/Dockerfile.dev'
}

@test "judges the commits of a tag" {
	cloned
	bad api
	save variant
	git tag -a -m release v1
	git reset -q --hard HEAD^
	expect 1 git push origin v1
	expect 1 git push --tags origin main
}

@test "judges each of several refs" {
	cloned
	good web
	save 'one more'
	git checkout -q -b topic
	bad api
	save variant
	expect 1 git push origin main topic
	expect 0 git push origin main
}

@test "works for a remote without a name" {
	cloned
	bad api
	save variant
	expect 1 git push ../central.git main
	says 'api/Dockerfile.dev'
}

@test "works from a linked worktree" {
	cloned
	git worktree add -q ../linked -b topic
	cd ../linked
	bad api
	save variant
	expect 1 git push origin topic
	says 'api/Dockerfile.dev'
}
