#!/usr/bin/env bats
# Hooks come, stand beside those that were there, and go without a trace.

load helper

# Everything there is to know of the files below a directory.
picture() {
	(cd "$1" && find . -type f ! -name index -printf '%P %m ' -exec sha256sum {} \; | sort)
}

# A hook that notes its arguments and its standard input, and ends with the status in a file.
noting() {
	mkdir -p "${1%/*}"
	# shellcheck disable=SC2016 # for the hook to expand
	printf '#!/bin/sh\n{ echo "$@"; cat; } >>%s\nexit "$(cat %s)"\n' \
		"'$work/noted'" "'$work/ends'" >"$1"
	chmod +x "$1"
	echo 0 >"$work/ends"
}

fires() {
	bad api
	git add -A
	expect 1 git commit -m variant
	says 'api/Dockerfile.dev'
	git reset -q --hard 2>/dev/null || git rm -q -f --cached -r .
	rm -rf api
}

@test "installs, once, and takes away again" {
	repository shop
	picture .git >../before
	expect 0 onedockerfile install
	[ -x .git/hooks/pre-push ]
	[ -x .git/hooks/pre-merge-commit ]
	fires
	expect 0 onedockerfile uninstall
	picture .git | grep '^hooks/\|^config' >../after
	grep '^hooks/\|^config' ../before | diff - ../after
}

@test "a second install changes nothing" {
	repository shop
	noting .git/hooks/pre-push
	expect 0 onedockerfile install
	picture .git >../once
	expect 0 onedockerfile install
	picture .git | diff ../once -
}

@test "chains a hook that was there, with its input, arguments and status" {
	git init -q --bare central.git
	repository shop
	noting .git/hooks/pre-push
	noting .git/hooks/pre-commit
	picture .git/hooks >../before
	expect 0 onedockerfile install
	good api
	git add -A
	expect 0 git commit -m 'a service'
	: >"$work/noted"
	expect 0 git push "$work/central.git" main
	diff "$work/noted" - <<-END
		$work/central.git $work/central.git
		refs/heads/main $(git rev-parse main) refs/heads/main 0000000000000000000000000000000000000000
	END
	good web
	git add -A
	echo 7 >"$work/ends"
	expect 1 git commit -m 'one more'
	echo 0 >"$work/ends"
	expect 0 git commit -m 'one more'
	echo 7 >"$work/ends"
	expect 1 git push "$work/central.git" main
	echo 0 >"$work/ends"
	bad api
	save variant
	expect 1 git push "$work/central.git" main
	says 'api/Dockerfile.dev'
	expect 0 onedockerfile uninstall
	picture .git/hooks | diff ../before -
}

@test "makes a hook of its own run again that was changed" {
	repository shop
	expect 0 onedockerfile install
	cp .git/hooks/pre-commit ../ours
	chmod -x .git/hooks/pre-commit
	expect 0 onedockerfile install
	says 'pre-commit: installed'
	[ -x .git/hooks/pre-commit ]
	echo true >>.git/hooks/pre-commit
	expect 0 onedockerfile install
	says 'pre-commit: installed'
	says 'pre-push: nothing to do'
	cmp ../ours .git/hooks/pre-commit
}

@test "keeps one hook of somebody else, and no second one" {
	repository shop
	printf '#!/bin/sh' >.git/hooks/pre-commit
	expect 0 onedockerfile uninstall
	says 'pre-commit: nothing to do'
	expect 0 onedockerfile install
	says 'pre-commit: installed; the hook that was there runs before it'
	printf '#!/bin/sh\n' >.git/hooks/pre-commit
	picture .git/hooks >../before
	expect 3 onedockerfile install
	says "both '$PWD/.git/hooks/pre-commit' and '$PWD/.git/hooks/pre-commit.before-onedockerfile' are hooks of somebody else; remove one"
	picture .git/hooks | diff ../before -
}

@test "does not wake a hook that was not executable" {
	repository shop
	noting .git/hooks/pre-commit
	chmod -x .git/hooks/pre-commit
	echo 7 >"$work/ends"
	picture .git/hooks >../before
	expect 0 onedockerfile install
	good api
	git add -A
	expect 0 git commit -m 'a service'
	expect 0 onedockerfile uninstall
	picture .git/hooks | diff ../before -
}

@test "respects hooks that the repository keeps elsewhere" {
	repository shop
	git config core.hooksPath .githooks
	noting .githooks/pre-commit
	picture .githooks >../before
	expect 0 onedockerfile install
	[ -x .githooks/pre-push ]
	[ ! -e .git/hooks/pre-push ]
	bad api
	git add api
	expect 1 git commit -m variant
	says 'api/Dockerfile.dev'
	expect 0 onedockerfile uninstall
	picture .githooks | diff ../before -
}

@test "says where hooks are so that no log takes it for a command" {
	repository shop
	git config core.hooksPath $'##[add-mask]\e'
	expect 0 onedockerfile install
	says '/\x23#[add-mask]\x1b/pre-commit: installed'
	says_not '##['
}

@test "refuses hooks that belong to every repository" {
	repository shop
	mkdir "$HOME/hooks"
	git config --global core.hooksPath "$HOME/hooks"
	expect '[123]' onedockerfile install
	says core.hooksPath
	[ -z "$(ls "$HOME/hooks")" ]
}

# What Git itself calls the place of hooks is where they were put, and a commit is refused.
refuses_a_commit() {
	[ -x "$(git rev-parse --git-path hooks/pre-commit)" ]
	bad api
	git add -A
	expect 1 git commit -m variant
	says 'api/Dockerfile.dev'
}

@test "asks for the user's settings where Git does" {
	repository shop
	mkdir ../everywhere
	cp "$HOME/.gitconfig" ../settings
	git config -f ../settings core.hooksPath "$work/everywhere"
	export GIT_CONFIG_GLOBAL=$work/settings
	expect 3 onedockerfile install
	says "core.hooksPath is '$work/everywhere' for more than this repository (global)"
	[ ! -e .git/hooks/pre-commit ]
	[ -z "$(ls ../everywhere)" ]
	expect 3 onedockerfile uninstall
	git config core.hooksPath "$work/shop/.git/hooks"
	expect 0 onedockerfile install
	[ -z "$(ls ../everywhere)" ]
	refuses_a_commit
}

@test "is not led astray by one command's settings" {
	repository shop
	expect 3 git -c core.hooksPath=elsewhere -c "alias.arm=!onedockerfile install" arm
	says '(command)'
	[ ! -e elsewhere ]
	[ ! -e .git/hooks/pre-commit ]
}

@test "refuses an empty place for hooks" {
	repository shop
	git config core.hooksPath ''
	expect 3 onedockerfile install
	says "core.hooksPath is set to nothing, so Git looks for hooks in '/'"
	[ ! -e .git/hooks/pre-commit ]
	[ ! -e pre-commit ]
	git config --local --unset core.hooksPath
	expect 0 onedockerfile install
	refuses_a_commit
}

@test "puts hooks where one worktree keeps its own" {
	repository shop
	good api
	save 'a service'
	git config extensions.worktreeConfig true
	git worktree add -q ../linked -b side
	cd ../linked
	git config --worktree core.hooksPath .linked-hooks
	expect 0 onedockerfile install
	[ -x .linked-hooks/pre-push ]
	[ ! -e ../shop/.git/hooks/pre-push ]
	echo .linked-hooks >../shop/.git/info/exclude
	refuses_a_commit
	cd ../shop
	bad api
	git add -A
	expect 0 git commit -m variant
	git reset -q --hard HEAD^
	expect 0 onedockerfile install
	refuses_a_commit
}

@test "guards a worktree of a bare repository" {
	repository shop
	good api
	save 'a service'
	git clone -q --bare . ../central.git
	git -C ../central.git worktree add -q ../linked -b side
	cd ../linked
	expect 0 onedockerfile install
	[ -x ../central.git/hooks/pre-commit ]
	refuses_a_commit
}

@test "guards pushes where a relative place of hooks is meant" {
	repository shop
	good api
	save 'a service'
	for kind in '--bare' ''; do
		rm -rf ../central
		# shellcheck disable=SC2086 # no word or one
		git init -q $kind ../central
		git -C ../central config core.hooksPath gates
		(cd ../central && expect 0 onedockerfile install --server)
		expect 0 git push ../central main:refs/heads/topic
		bad api
		save variant
		expect 1 git push ../central main:refs/heads/topic
		says 'api/Dockerfile.dev'
		git reset -q --hard HEAD^
	done
}

@test "serves all worktrees of a repository" {
	repository shop
	good api
	save 'a service'
	git worktree add -q ../linked -b side
	cd ../linked
	expect 0 onedockerfile install
	bad api
	git add -A
	expect 1 git commit -m variant
	cd ../shop
	bad api
	git add -A
	expect 1 git commit -m variant
	expect 0 onedockerfile uninstall
	expect 0 git commit -m variant
}

@test "guards a server, beside the hook that was there" {
	git init -q --bare central.git
	noting central.git/hooks/pre-receive
	picture central.git/hooks >before
	(cd central.git && expect 0 onedockerfile install --server)
	picture central.git >once
	(cd central.git && expect 0 onedockerfile install --server)
	picture central.git | diff once -
	repository shop
	good api
	save 'a service'
	expect 0 git push "$work/central.git" main
	grep -q " $(git rev-parse main) refs/heads/main$" "$work/noted"
	bad api
	save variant
	expect 1 git push "$work/central.git" main
	says 'api/Dockerfile.dev'
	git reset -q --hard HEAD^
	good web
	save 'one more'
	echo 7 >"$work/ends"
	expect 1 git push "$work/central.git" main
	cd ../central.git
	expect 0 onedockerfile uninstall --server
	picture hooks | diff ../before -
}

@test "says so outside a repository" {
	mkdir plain && cd plain
	expect '[23]' onedockerfile install
	expect '[23]' onedockerfile uninstall
}
