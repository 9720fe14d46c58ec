#!/usr/bin/env bats
# What a policy file changes, and where it is taken from.

load helper

variants() {
	repository shop
	bad api
	bad web
	save variants
}

@test "changes levels and ignores paths" {
	variants
	printf 'rules:\n  extra-dockerfile: warning\n' >.onedockerfile.yaml
	judge 0
	reported --get summary.warnings <<<2
	reported --get policy <<<.onedockerfile.yaml
	printf 'ignore: ["api/**"]\n' >.onedockerfile.yaml
	judge 1
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
}

@test "reads the policy from what it judges" {
	variants
	printf 'rules:\n  extra-dockerfile: off\n' >.onedockerfile.yaml
	judge 1 --rev HEAD
	save policy
	judge 0 --rev HEAD
	rm .onedockerfile.yaml
	judge 1
	judge 0 --rev HEAD
}

@test "prefers the policy it is given" {
	variants
	printf 'rules:\n  extra-dockerfile: off\n' >../policy.yaml
	judge 0 --config ../policy.yaml
	judge 0 --rev HEAD -c ../policy.yaml
}

@test "takes the policy of a range from where it begins" {
	repository shop
	good api
	save 'a service'
	bad api
	printf 'rules:\n  extra-dockerfile: off\n' >.onedockerfile.yaml
	save 'loosen the gate and walk through'
	judge 1 --range HEAD^..HEAD
}

@test "takes the policy of a push from the server's HEAD, not from the push" {
	server central.git
	repository shop
	good api
	save 'a service'
	push 0 "$work/central.git" main
	bad api
	printf 'rules:\n  extra-dockerfile: off\n' >.onedockerfile.yaml
	save 'loosen the gate and walk through'
	push 1 "$work/central.git" main
	push 1 "$work/central.git" main:refs/heads/topic
}

@test "takes the policy of a push from the server's configuration" {
	server central.git
	printf 'rules:\n  extra-dockerfile: off\n' >central.git/policy.yaml
	git -C central.git config onedockerfile.policy policy.yaml
	repository shop
	bad api
	save variant
	push 0 "$work/central.git" main
}

@test "does not listen to the environment" {
	variants
	ONEDOCKERFILE_CONFIG=/dev/null TARGET=base judge 1
	compose "\${TARGET}"
	TARGET=nonsense expect 1 onedockerfile check -f json
	cp "$work/out" first
	TARGET=base expect 1 onedockerfile check -f json
	cmp first "$work/out"
}
