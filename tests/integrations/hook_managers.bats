#!/usr/bin/env bats
# The real managers of hooks refuse and accept what Git's own hooks would.

load helper

# A repository with an old fault that blocks nothing, and a service that a compose file builds.
given() {
	repository shop
	bad old
	good api
	echo words >api/README
	compose prod
	save 'what is there'
}

# add_fault DIR: put there and staged.
add_fault() {
	bad "$1"
	git add -A
}

refused() {
	before=$(git rev-parse HEAD)
	expect 1 "$@"
	says "$says"
	[ "$(git rev-parse HEAD)" = "$before" ]
}

# The same by each manager, whose hooks are in place and known to `doctor`.
hooks_work() {
	expect 0 onedockerfile doctor
	add_fault web
	says=web/Dockerfile.dev refused git commit -m 'a second one'
	git rm -qf --cached web/Dockerfile.dev
	rm web/Dockerfile.dev
	expect 0 git commit -m 'a service'
	# A commit that only deletes.
	git rm -q api/Dockerfile
	says=docker-compose.yml refused git commit -m 'goes away'
	git checkout -q HEAD -- api/Dockerfile
	# What is not staged before `git commit -a`.
	compose nowhere
	says=docker-compose.yml refused git commit -a -m 'another stage'
	git checkout -q HEAD -- docker-compose.yml
	git rm -q old/Dockerfile.dev
	expect 0 git commit -m 'only deletes, and a fault at that'
}

# Each side is good, and the merge of them is not.
merge_works() {
	git checkout -q -b topic
	compose base
	save 'builds another stage'
	git checkout -q main
	printf 'FROM alpine:3.20 AS prod\n' >api/Dockerfile
	save 'has one stage'
	says="'base'" refused git merge --no-edit topic
	git merge --abort
}

# To an empty server, where all history counts; to one that has the branch; a branch that it does
# not have.
pushes_work() {
	# shellcheck disable=SC2016 # is not to expand
	local odd='$(touch${IFS}ran);'

	git init -q --bare "$work/server"
	git remote add origin "$work/server"
	says=old/Dockerfile.dev refused git push origin main
	git push -q --no-verify origin main
	for branch in main other; do
		git checkout -q -B "$branch"
		add_fault "$branch"
		save 'a second one'
		git rm -q -r "$branch"
		git commit -q --no-verify -m 'and its end'
		says="$branch/Dockerfile.dev" refused git push origin "$branch"
		git reset -q --hard HEAD~2
		git commit -q --allow-empty -m 'nothing new'
		expect 0 git push origin "$branch"
	done
	expect 0 git push origin --delete other
	# A name that a shell would read.
	git remote rename origin "$odd"
	git commit -q --allow-empty -m 'nothing new'
	expect 0 git push "$odd" main
	[ ! -e ran ]
	git remote rename "$odd" origin
	[ "$(git ls-remote origin | cut -f 2)" = "$(printf 'HEAD\nrefs/heads/main')" ]
}

# This project as pre-commit gets it: a repository with a release.
project() {
	repository "$work/project"
	mkdir ci-templates
	cp -r "$root/.pre-commit-hooks.yaml" "$root/hooks" .
	cp -r "$root/ci-templates/pre-commit" ci-templates
	save 'a release'
	git tag v0.1.0
	cd "$work" || return 1
	export PRE_COMMIT_HOME=$work/pre-commit
}

# configure ID...
configure() {
	printf 'repos:\n- repo: %s/project\n  rev: v0.1.0\n  hooks: [' "$work"
	printf '{id: %s}, ' "$@"
	printf ']\n'
}

@test "pre-commit: the manifest, each hook tried, and all files" {
	/usr/bin/pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"
	project
	given
	expect 0 /usr/bin/pre-commit try-repo "$work/project" onedockerfile --all-files
	says Passed
	# Everything counts.
	expect 1 /usr/bin/pre-commit try-repo "$work/project" onedockerfile-all --hook-stage manual --all-files
	says old/Dockerfile.dev
	add_fault web
	for id in onedockerfile onedockerfile-script; do
		expect 1 /usr/bin/pre-commit try-repo "$work/project" "$id" --all-files
		says web/Dockerfile.dev
		says_not old/Dockerfile.dev
	done
}

@test "pre-commit: commits, merges and pushes" {
	project
	given
	configure onedockerfile onedockerfile-merge onedockerfile-push >.pre-commit-config.yaml
	save 'its configuration'
	expect 0 /usr/bin/pre-commit install -t pre-commit -t pre-merge-commit -t pre-push
	hooks_work
	expect 0 /usr/bin/pre-commit run --all-files
	merge_works
	pushes_work
}

@test "pre-commit: a push that is tried by hand" {
	project
	given
	configure onedockerfile-push >.pre-commit-config.yaml
	save 'its configuration'
	add_fault web
	save 'a second one'
	expect 1 /usr/bin/pre-commit run --hook-stage push --from-ref HEAD~1 --to-ref HEAD
	says web/Dockerfile.dev
	says_not old/Dockerfile.dev
	expect 0 /usr/bin/pre-commit run --hook-stage push --from-ref HEAD~2 --to-ref HEAD~1
}

@test "lefthook: commits, merges and pushes" {
	PATH="$(echo "$modules"/lefthook-linux-*/bin):$PATH"
	given
	cp "$root/ci-templates/lefthook.yml" lefthook.yml
	save 'its configuration'
	expect 0 lefthook validate
	expect 0 lefthook install
	hooks_work
	merge_works
	pushes_work
}

@test "husky: commits, merges and pushes" {
	given
	mkdir .husky
	cp "$root"/ci-templates/husky/* .husky
	save 'its configuration'
	expect 0 "$(echo "$modules"/node-linux-*/bin/node)" "$modules/husky/bin.js"
	[ "$(git config core.hooksPath)" = .husky/_ ]
	hooks_work
	merge_works
	pushes_work
}
