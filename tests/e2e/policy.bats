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

@test "takes no policy that an attribute changes" {
	server central.git
	repository shop
	good api
	printf 'rules:\n  extra-dockerfile: warning\n' >.onedockerfile.yaml
	save 'a service'
	push 0 "$work/central.git" main
	for attribute in filter=secret working-tree-encoding=UTF-16 ident; do
		printf '# changes\n*.yaml %s\n' "$attribute" >.gitattributes
		git -c filter.secret.clean=cat -c filter.secret.smudge=cat add .gitattributes
		for source in '' --staged; do
			# shellcheck disable=SC2086 # no word or one
			judge 3 $source
			says "cannot read the policy '.onedockerfile.yaml': it is changed by an attribute, '${attribute%%=*}' in line 2 of '.gitattributes'"
			reported --get verdict <<<unknown
		done
		git commit -q --no-verify -m "$attribute"
		judge 3 --rev HEAD
		push 1 "$work/central.git" main
		says "the policy that this push brings to refs/heads/main: cannot read the policy '.onedockerfile.yaml'"
		git reset -q --hard HEAD^
	done
	printf '*.yaml text eol=lf\n*.png filter=lfs\n' >.gitattributes
	judge 0
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
