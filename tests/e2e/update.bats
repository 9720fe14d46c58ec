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

# asks STATUS [OPTIONS] -- REF OLD NEW: the hook, as Git would call it.
asks() {
	local wanted=$1

	shift
	expect "$wanted" onedockerfile hook update "$@"
}

@test "judges by the policy and the threshold that it is given" {
	git init -q --bare central.git
	repository shop
	bad api
	save variant
	commit=$(git rev-parse HEAD)
	zeros=$(printf '%040d' 0)
	cp -r .git/objects ../central.git
	cd ../central.git
	asks 1 -- refs/heads/main "$zeros" "$commit"
	echo 'rules: {extra-dockerfile: off}' >"$work/policy.yaml"
	asks 0 -c "$work/policy.yaml" -- refs/heads/main "$zeros" "$commit"
	asks 2 -c "$work/none.yaml" -- refs/heads/main "$zeros" "$commit"
	says "no policy file '$work/none.yaml'"
	asks 2 -t sometimes -- refs/heads/main "$commit" "$zeros"
	asks 2 -o xylophone=report -- refs/heads/main "$zeros" "$commit"
	asks 0 -- refs/heads/main "$commit" "$zeros"
	git config onedockerfile.failOn sometimes
	asks 2 -- refs/heads/main "$zeros" "$commit"
	says 'setting onedockerfile.failOn'
}

@test "refuses what is no update of a ref" {
	server central.git update
	cd central.git
	zeros=$(printf '%040d' 0)
	for words in "main x $zeros" "main $zeros x" "refs/heads/main $zeros ${zeros}0"; do
		# shellcheck disable=SC2086 # its words
		asks 3 -- $words
	done
}

# What is pushed cannot become its policy.
@test "takes any policy where no ref is HEAD" {
	server central.git update
	repository shop
	good api
	save 'a service'
	push 0 "$work/central.git" main
	git -C ../central.git update-ref --no-deref HEAD main
	echo 'rule: {}' >.onedockerfile.yaml
	save broken
	push 0 "$work/central.git" main
	git -C ../central.git symbolic-ref HEAD refs/heads/main
	echo 'rules: 1' >.onedockerfile.yaml
	save 'broken otherwise'
	push 1 "$work/central.git" main
}
