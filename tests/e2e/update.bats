#!/usr/bin/env bats
# Hosts that run a hook for each ref.

load helper

@test "refuses the bad ref of a push and takes the others" {
	server central.git update
	repository shop
	good api
	save 'a service'
	git checkout -q -b topic
	bad api
	save variant
	push 1 "$work/central.git" main topic
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short topic) refs/heads/topic -
	END
	[ "$(git -C "$work/central.git" for-each-ref --format='%(refname)')" = refs/heads/main ]
}

@test "works as the project's own hook" {
	git init -q --bare central.git
	(cd central.git && arm update)
	repository shop
	bad api
	save variant
	expect 1 git push "$work/central.git" main
	says 'api/Dockerfile.dev'
	git rm -q api/Dockerfile.dev
	git commit -q --amend -m better
	expect 0 git push "$work/central.git" main
	expect 0 git push "$work/central.git" main:topic
	expect 0 git push "$work/central.git" :topic
}
