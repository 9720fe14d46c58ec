#!/usr/bin/env bats
# Every way around the gate that a pusher has: each is tried with a real push, and refused.

load helper

note="note: '.onedockerfile.yaml' is changed in refs/heads/"

# A server that has a service under a policy of its own, and a clone of it at hand.
begin() {
	server central.git
	repository shop
	good api
	printf 'fail-on: error\n' >.onedockerfile.yaml
	save 'a service'
	push 0 "$work/central.git" main
}

# loosen TEXT: another policy, and the variant that it would let pass.
loosen() {
	printf '%s\n' "$1" >.onedockerfile.yaml
	bad api
}

# refused REF...: for the variant, and nothing of it was kept.
refused() {
	push 1 "$work/central.git" "$@"
	says '[extra-dockerfile]'
	[ "$(git -C "$work/central.git" for-each-ref | wc -l)" -eq "${refs:-1}" ]
}

@test "row 61: the policy is edited in the commit that needs it" {
	begin
	for policy in 'rules: {extra-dockerfile: off}' 'rules: {extra-dockerfile: warning}' \
		'fail-on: never' 'ignore: ["**"]' 'dockerfiles: ["**"]' 'refs: []' 'refs: [none]' \
		'commits: tip' 'rules: {extra-dockerfile: {platforms: [dev]}}' 'inline: true' \
		'waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: mine}]'; do
		loosen "$policy"
		save "$policy"
		refused main
		says "${note}main; the"
		reported --get policy <<<.onedockerfile.yaml
		refused main:refs/heads/topic
		git reset -q --hard HEAD^
	done
}

@test "row 61: the policy is deleted in the commit that needs it" {
	begin
	printf 'rules: {missing-context: error}\nextends: strict\n' >.onedockerfile.yaml
	save 'a stricter policy'
	push 0 "$work/central.git" main
	says "${note}main; the"
	git rm -q .onedockerfile.yaml
	printf 'services:\n  a:\n    build: ./nowhere\n' >compose.yaml
	save 'none, and a context that is not there'
	push 1 "$work/central.git" main
	says '[missing-context]'
	says "${note}main; the"
}

@test "the policy is edited in an earlier commit of the same push" {
	begin
	loosen 'rules: {extra-dockerfile: off}'
	git add .onedockerfile.yaml
	git commit -q -m 'the policy alone'
	git add -A
	git commit -q -m 'what it lets pass'
	refused main
	says "${note}main; the"
}

@test "the policy is edited on another ref of the same push" {
	begin
	loosen 'rules: {extra-dockerfile: off}'
	git add .onedockerfile.yaml
	git commit -q -m 'the policy alone'
	git branch policy
	git add -A
	git commit -q -m 'what it lets pass'
	git branch variant
	git reset -q --hard HEAD~2
	refused policy:refs/heads/main variant:refs/heads/zzz
	refused policy:refs/heads/aaa variant:refs/heads/main
}

@test "the policy is edited on a new branch that is then pushed to the main one" {
	begin
	git checkout -q -b topic
	loosen 'rules: {extra-dockerfile: off}'
	git add .onedockerfile.yaml
	git commit -q -m 'the policy alone'
	push 0 "$work/central.git" topic
	says "${note}topic; the"
	git add -A
	git commit -q -m 'what it lets pass'
	refs=2 refused topic
	refs=2 refused topic:main
	refs=2 refused topic:refs/heads/other
}

@test "the policy comes by a merge" {
	begin
	git checkout -q -b policy
	loosen 'rules: {extra-dockerfile: off}'
	git add .onedockerfile.yaml
	git commit -q -m 'the policy alone'
	git checkout -q main
	git add -A
	git commit -q -m variant
	git merge -q --no-edit policy
	refused main
	says "${note}main; the"
	git reset -q --hard HEAD~1
	git checkout -q -b late HEAD~1
	git merge -q --no-commit --no-ff policy
	bad api
	git add -A
	git commit -q -m 'a merge that adds a variant'
	refused late:main
}

@test "a comment waives" {
	begin
	good api
	printf '# onedockerfile: allow extra-dockerfile because I say so\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save 'a comment'
	refused main
	printf 'inline: true\n' >.onedockerfile.yaml
	save 'comments count'
	refused main
	git reset -q --hard HEAD~2
	printf 'inline: true\n' >.onedockerfile.yaml
	save 'comments count'
	push 0 "$work/central.git" main
	printf '# onedockerfile: allow extra-dockerfile\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save 'a comment without a reason'
	refused main
	git reset -q --hard HEAD^
	printf '# onedockerfile: allow extra-dockerfile because I say so\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save 'a comment'
	push 0 "$work/central.git" main
	reported --get summary.waived <<<1
	printf 'FROM alpine:3.20\n' >api/Dockerfile.dev
	save 'the comment goes, the variant stays'
	refused main
}

@test "the policy has another name" {
	begin
	git mv .onedockerfile.yaml .onedockerfile.yml
	bad api
	save 'another ending'
	push 1 "$work/central.git" main
	says "'.onedockerfile.yml' is not read; its name is '.onedockerfile.yaml'"
	refused main:refs/heads/topic
	git reset -q --hard HEAD^
	git mv .onedockerfile.yaml onedockerfile.yaml
	bad api
	save 'another name'
	refused main
	git reset -q --hard HEAD^
	git mv .onedockerfile.yaml .OneDockerfile.yaml
	bad api
	save 'another case'
	refused main
}

@test "the policy is a symbolic link" {
	begin
	echo 'rules: {extra-dockerfile: off}' >loose.yaml
	ln -sf loose.yaml .onedockerfile.yaml
	bad api
	save 'a link'
	push 1 "$work/central.git" main
	says "'.onedockerfile.yaml' is no regular file, as a policy has to be"
	refused main:refs/heads/topic
	expect 2 onedockerfile check
	says "'.onedockerfile.yaml' is no regular file, as a policy has to be"
	git rm -q --cached .onedockerfile.yaml
	rm .onedockerfile.yaml
	mkdir .onedockerfile.yaml
	touch .onedockerfile.yaml/a
	save 'a directory'
	push 1 "$work/central.git" main
	says "'.onedockerfile.yaml' is no regular file, as a policy has to be"
	expect 2 onedockerfile check
}

@test "row 62: a waiver for everything" {
	begin
	for path in '**' '*/*' '**/*' '?**' '{a,**}' '**/{*,?}' '**/?*/**'; do
		printf 'waivers: [{rule: extra-dockerfile, path: "%s", reason: all}]\n' "$path" >.onedockerfile.yaml
		save "$path"
		push 1 "$work/central.git" main
		says 'a waiver for everything is none'
		expect 2 onedockerfile check
		git reset -q --hard HEAD^
	done
}

@test "row 62: a waiver dated in the past" {
	begin
	echo 'waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: now, expires: 2020-12-31}]' \
		>.onedockerfile.yaml
	save 'a waiver that has expired'
	push 0 "$work/central.git" main
	bad api
	save variant
	refused main
	GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' git commit -q --amend --date='2020-01-01T00:00:00Z' --no-edit
	refused main
	says_not expired-waiver
}

@test "a second policy in a folder" {
	begin
	bad api
	echo 'rules: {extra-dockerfile: off}' >api/.onedockerfile.yaml
	save 'another policy'
	refused main
	says "onedockerfile: warning: 'api/.onedockerfile.yaml' is not read; a policy is at the root"
	expect 1 onedockerfile check
	says "onedockerfile: warning: 'api/.onedockerfile.yaml' is not read; a policy is at the root"
}

@test "row 63: push options, and the pusher's environment and configuration" {
	begin
	git -C "$work/central.git" config receive.advertisePushOptions true
	bad api
	save variant
	echo 'rules: {extra-dockerfile: off}' >"$work/loose.yaml"
	git config --global onedockerfile.policy "$work/loose.yaml"
	git config --global onedockerfile.failOn never
	git config onedockerfile.failOn never
	export ONEDOCKERFILE_CONFIG=$work/loose.yaml ONEDOCKERFILE_POLICY=$work/loose.yaml \
		ONEDOCKERFILE_FAIL_ON=never ONEDOCKERFILE_SKIP=1 SKIP=onedockerfile \
		GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=onedockerfile.failOn GIT_CONFIG_VALUE_0=never \
		GIT_CONFIG_KEY_1=onedockerfile.policy GIT_CONFIG_VALUE_1=$work/loose.yaml \
		GIT_CONFIG_PARAMETERS="'onedockerfile.failOn=never'" GIT_CONFIG_GLOBAL=$HOME/.gitconfig \
		XDG_CONFIG_HOME=$HOME TZ=UTC-14 FAKETIME=2000-01-01
	unset GIT_CONFIG_NOSYSTEM
	refused -o onedockerfile.skip -o 'onedockerfile.failOn=never' -o skip-ci main
	git -c onedockerfile.failOn=never push -q "$work/central.git" main 2>"$work/err" && return 1
	says '[extra-dockerfile]'
	[ "$(git -C "$work/central.git" rev-parse main)" = "$(git rev-parse HEAD^)" ]
}

@test "the same holds where a base is given" {
	repository shop
	good api
	echo 'fail-on: error' >.onedockerfile.yaml
	save 'a service'
	git checkout -q -b topic
	loosen 'rules: {extra-dockerfile: off}'
	judge 0
	for policy in 'rules: {extra-dockerfile: off}' 'inline: true' 'fail-on: never' \
		'waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: mine}]'; do
		loosen "$policy"
		printf '# onedockerfile: allow extra-dockerfile mine\nFROM alpine:3.20\n' >api/Dockerfile.dev
		judge 1 --base main
		says "onedockerfile: note: '.onedockerfile.yaml' is changed; the policy is that of main, commit $(git rev-parse --short=12 main)"
		expect 1 onedockerfile check --base main
		grep -q "^note: '.onedockerfile.yaml' is changed; the policy is that of main, commit" "$work/out"
		save "$policy"
		judge 1 --rev HEAD --base main
		says "note: '.onedockerfile.yaml' is changed; the policy is that of main, commit"
		judge 1 --range main..topic
		says "note: '.onedockerfile.yaml' is changed; the policy is that of main, commit"
		git reset -q --hard main
	done
	ln -sf elsewhere .onedockerfile.yaml
	bad api
	judge 1 --base main
	rm .onedockerfile.yaml
	judge 1 --base main
	says "note: '.onedockerfile.yaml' is changed"
	git checkout -q .onedockerfile.yaml
	judge 1 --base main
	says_not 'is changed'
}

@test "a push that leaves the policy alone says nothing of it" {
	begin
	git checkout -q -b old
	git checkout -q main
	echo 'commits: each' >>.onedockerfile.yaml
	save 'the policy moves on'
	push 0 "$work/central.git" main
	says "${note}main; the"
	git checkout -q old
	good web
	save 'another service'
	push 0 "$work/central.git" old
	says_not 'is changed'
	git checkout -q main
	good web
	save 'another service'
	push 0 "$work/central.git" main
	says_not 'is changed'
}
