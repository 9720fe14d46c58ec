#!/usr/bin/env bats
# The policy of a server: its own file, that of the repository, both, or one that only reports.

load helper

# A server with a service, whose configuration names policy.yaml; a clone of it at hand.
begin() {
	server central.git
	git -C central.git config onedockerfile.policy policy.yaml
	printf '%s\n' "${1:-version: 1}" >central.git/policy.yaml
	repository shop
	good api
	save 'a service'
	push 0 "$work/central.git" main
}

@test "prefers its own file to that of the repository" {
	begin 'rules: {extra-dockerfile: warning}'
	echo 'rules: {extra-dockerfile: off}' >.onedockerfile.yaml
	save 'a policy of the repository'
	push 0 "$work/central.git" main
	says_not 'is changed'
	bad api
	save variant
	push 0 "$work/central.git" main
	reported --get summary.warnings <<<1
	reported --get policy <<<"$work/central.git/policy.yaml"
}

@test "lays its own file over that of HEAD, whatever is pushed" {
	begin 'extends: repository
rules: {missing-context: error}
waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: the server says so}]'
	printf '%s\n' 'rules: {missing-context: off, unused-stage: error}' \
		'waivers: [{rule: extra-dockerfile, path: web/Dockerfile.dev, reason: so says the repository}]' \
		>.onedockerfile.yaml
	bad api
	save 'a policy of the repository, and a variant that the server waives'
	push 0 "$work/central.git" main
	says "note: '.onedockerfile.yaml' is changed in refs/heads/main; the"
	reported --get summary.waived <<<1
	bad web
	save 'a variant that the repository waives'
	push 0 "$work/central.git" main
	reported --get summary.waived <<<2
	printf 'services:\n  a:\n    build: ./nowhere\n' >compose.yaml
	save 'what the server does not let the repository allow'
	push 1 "$work/central.git" main
	says '[missing-context]'
	git reset -q --hard HEAD^
	sed -i '1s/FROM/FROM alpine AS unused\nFROM/' api/Dockerfile
	save 'what the repository refuses'
	push 1 "$work/central.git" main
	says '[unused-stage]'
	git reset -q --hard HEAD^
	printf 'waivers: [{rule: extra-dockerfile, path: one/Dockerfile.dev, reason: mine}]\n' >.onedockerfile.yaml
	bad one
	save 'a waiver for itself'
	push 1 "$work/central.git" main
	says 'one/Dockerfile.dev'
}

@test "takes no policy that says something wrong" {
	begin
	echo 'rule: {}' >"$work/central.git/policy.yaml"
	good web
	save 'another service'
	push 1 "$work/central.git" main
	says "central.git/policy.yaml:1:1: unknown key 'rule'; did you mean 'rules'?"
	rm "$work/central.git/policy.yaml"
	push 1 "$work/central.git" main
	says "central.git/policy.yaml', which 'onedockerfile.policy' names"
	mkdir "$work/central.git/policy.yaml"
	push 1 "$work/central.git" main
	says 'is no policy file'
	git -C "$work/central.git" config onedockerfile.policy ''
	push 1 "$work/central.git" main
	[ "$(git -C "$work/central.git" rev-parse main)" = "$(git rev-parse HEAD^)" ]
}

@test "lets no repository extend a repository, and nobody extend a file" {
	begin
	git -C "$work/central.git" config --unset onedockerfile.policy
	for base in repository ./.onedockerfile.yaml ../strict.yaml policies/strict.yaml; do
		echo "extends: $base" >.onedockerfile.yaml
		expect 2 onedockerfile check
		says '.onedockerfile.yaml:1:10: '
		save "$base"
		push 1 "$work/central.git" main
		says 'the policy that this push brings to refs/heads/main: .onedockerfile.yaml:1:10: '
		git reset -q --hard HEAD^
	done
}

@test "only reports where its configuration says so" {
	begin
	bad api
	save variant
	for setting in error warning notice; do
		git -C "$work/central.git" config onedockerfile.failOn "$setting"
		push 1 "$work/central.git" main
	done
	git -C "$work/central.git" config onedockerfile.failOn off
	push 1 "$work/central.git" main
	says "setting onedockerfile.failOn: '--fail-on off': it is error, warning, notice or never"
	git -C "$work/central.git" config onedockerfile.failOn never
	push 0 "$work/central.git" main
	says 'onedockerfile: 1 error in 1 new commit'
	says_not refused
	reported --get verdict <<<pass
	reported --get summary.errors <<<1
}

@test "row 54, 55, 60: judges only the refs that its policy names" {
	begin 'refs: ["refs/heads/{main,release-*}"]'
	bad api
	save variant
	push 0 "$work/central.git" main:refs/heads/topic main:refs/tags/v1
	push 1 "$work/central.git" main
	push 1 "$work/central.git" main:refs/heads/release-1/final
}

@test "takes no policy that would refuse every later push, also where HEAD is not judged" {
	begin 'extends: repository
refs: ["refs/heads/release-*"]'
	echo 'rule: {}' >.onedockerfile.yaml
	save broken
	push 1 "$work/central.git" main
	says "the policy that this push brings to refs/heads/main: .onedockerfile.yaml:1:1: unknown key 'rule'"
	push 0 "$work/central.git" main:refs/heads/topic main~:refs/heads/release-1
}

@test "takes no policy that is too much only together with the server's" {
	begin 'extends: repository
ignore: ["vendor/**"]'
	awk 'BEGIN { print "ignore:"; while (i++ < 1000) print "- a" i }' >.onedockerfile.yaml
	save many
	push 1 "$work/central.git" main
	says 'the policy that this push brings to refs/heads/main: '
	says 'central.git/policy.yaml:2:10: more than 1000 patterns'
	push 0 "$work/central.git" main:refs/heads/topic
}

# soon STATUS COMMAND...: in well less than a second, but for a machine that is busy.
soon() {
	local wanted=$1 status=0

	shift
	timeout 10 bash -c 'ulimit -t 1; ulimit -v 400000; exec "$@"' - "$@" >"$work/out" 2>"$work/err" || status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "status $status: $*"
	cat "$work/out" "$work/err"
	return 1
}

@test "refuses a policy that is too much, at once" {
	[[ "$(ldd "$ONEDOCKERFILE")" != *libasan* ]] || skip 'a sanitizer wants its memory'
	repository shop
	good api
	awk 'BEGIN { while (i++ < 2 ^ 20) printf "#" }' >.onedockerfile.yaml
	soon 2 onedockerfile check
	says "'.onedockerfile.yaml' has more than 262144 bytes"
	soon 2 onedockerfile check -c .onedockerfile.yaml
	says "'.onedockerfile.yaml' is no policy file of at most 262144 bytes"
	save 'a large one'
	soon 2 onedockerfile check --rev HEAD
	{
		printf 'ignore: [&a0 "a"]\n'
		for n in {1..30}; do
			printf 'a%s: &a%s [*a%s, *a%s, *a%s, *a%s]\n' "$n" "$n" $((n - 1)) $((n - 1)) $((n - 1)) $((n - 1))
		done
	} >.onedockerfile.yaml
	soon 2 onedockerfile check
	awk 'BEGIN { printf "ignore: "; while (i++ < 100000) printf "[" }' >.onedockerfile.yaml
	soon 2 onedockerfile check
	awk 'BEGIN { print "ignore:"; while (i++ < 60000) print "- a" }' >.onedockerfile.yaml
	soon 2 onedockerfile check
	says '.onedockerfile.yaml:1002:3: more than 1000 patterns'
	awk 'BEGIN {
		print "waivers:"
		while (i++ < 900) print "- {rule: unused-stage, path: \"a{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}\", reason: b}"
	}' >.onedockerfile.yaml
	soon 2 onedockerfile check
	says 'more than 1000 patterns of waivers'
	awk 'BEGIN { printf "rules: {"; while (i++ < 20000) printf "a%d: off, ", i; print "}" }' >.onedockerfile.yaml
	soon 2 onedockerfile check
	says ".onedockerfile.yaml:1:9: unknown rule 'a1'"
}
