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
