#!/usr/bin/env bats
# Repositories and indexes that are not as they should be.

load helper

begin() {
	repository shop
	good api
	save 'a service'
	bad api
	git add -A
}

# flipped FILE OFFSET: one bit of that byte is another.
flipped() {
	perl -e 'open F, "+<", $ARGV[0]; seek F, $ARGV[1], 0; read F, $b, 1; seek F, $ARGV[1], 0;
		print F chr(ord($b) ^ (1 << $ARGV[1] % 8))' "$1" "$2"
}

@test "row 88: names what it does not read in a repository" {
	local name

	begin
	git config core.repositoryFormatVersion 1
	cp .git/config "$work/config"
	for name in objectFormat=sha256 refStorage=reftable compatObjectFormat=sha256 unheardOf=1 worktree=x noop-v1=1; do
		cp "$work/config" .git/config
		git config "extensions.${name%=*}" "${name#*=}" || true
		for source in '' --staged '--rev HEAD' --ci; do
			# shellcheck disable=SC2086 # a list of words
			expect 3 onedockerfile check $source
		done
		[ -s "$work/err" ]
		GIT_DIR=.git expect 3 onedockerfile hook pre-commit
	done
	cp "$work/config" .git/config
	for version in 2 99 -1 x; do
		git config core.repositoryFormatVersion "$version" || true
		expect '[13]' onedockerfile check --staged
	done
}

@test "row 89: judges the tip of a shallow clone by what it has, or says how to fetch more" {
	begin
	git commit -q --no-verify -m variant
	good web
	save more
	git clone -q --depth 1 "file://$PWD" ../shallow
	cd ../shallow
	expect 1 onedockerfile check --rev HEAD
	expect 1 onedockerfile check
	expect 3 onedockerfile check --range HEAD^..HEAD
	says 'fetch-depth: 0'
	expect 3 onedockerfile check --base HEAD^
	says 'fetch'
	# What says that it ends elsewhere, or is no list, hides nothing.
	git -C ../shop rev-parse HEAD^ >.git/shallow
	expect 3 onedockerfile check --range HEAD^..HEAD
	for text in garbage '' "$(git rev-parse HEAD)x" "$(printf '%040d' 0)"; do
		printf '%s\n' "$text" >.git/shallow
		expect '[13]' onedockerfile check --rev HEAD
		expect 3 onedockerfile check --range HEAD^..HEAD
	done
	rm .git/shallow && mkdir .git/shallow
	expect '[13]' onedockerfile check --rev HEAD
}

@test "row 90: says of a damaged index what it holds, or that it cannot tell" {
	local at size version

	begin
	for version in 2 4; do
		git update-index --index-version "$version"
		cp .git/index "$work/whole"
		size=$(stat -c %s .git/index)
		git ls-files -s >"$work/listed"
		for at in $(seq 0 $((size / 25 + 1)) $((size - 1))); do
			flipped .git/index "$at"
			expect '[013]' onedockerfile check --staged -f json
			# Passed is only what Git itself takes for something else.
			if grep -q '"verdict":.*"pass"' "$work/out" &&
				git ls-files -s 2>/dev/null | cmp -s - "$work/listed"; then
				echo "byte $at" && return 1
			fi
			cp "$work/whole" .git/index
		done
		for at in $(seq 1 $((size / 12)) $((size - 21))); do
			head -c "$at" "$work/whole" >.git/index
			expect 3 onedockerfile check --staged
			says .git/index
			cp "$work/whole" .git/index
		done
		{
			cat "$work/whole"
			head -c 100 /dev/zero
		} >.git/index
		expect '[13]' onedockerfile check --staged
		cp "$work/whole" .git/index
	done
}

# conflict KIND: leave one of that kind on a Dockerfile in the index.
conflict() {
	git checkout -q -f -B theirs start
	case $1 in
	both) echo RUN a >>api/Dockerfile ;;
	deleted) git rm -q api/Dockerfile ;;
	added) good new && echo RUN a >>new/Dockerfile ;;
	esac
	save theirs
	git checkout -q -f -B ours start
	case $1 in
	both | deleted) echo RUN b >>api/Dockerfile ;;
	added) good new ;;
	esac
	save ours
	git merge -q theirs 2>/dev/null && return 1
	return 0
}

@test "row 90: does not judge a conflict of any kind, nor what is only announced" {
	repository shop
	good api
	save 'a service'
	git tag start
	for kind in both deleted added; do
		conflict "$kind"
		expect 3 onedockerfile check --staged
		says 'is unmerged in the index'
		expect 3 onedockerfile hook pre-commit
		git merge --abort
	done
	git checkout -q -f start
	bad api
	git add -N api/Dockerfile.dev
	expect 0 onedockerfile check --staged
	git update-index --split-index
	expect 0 onedockerfile check --staged
	git add api/Dockerfile.dev
	expect 1 onedockerfile check --staged
}

@test "row 91: judges what a rebase stops at, an amended commit and one in another worktree" {
	begin
	arm pre-commit
	git worktree add -q ../other -b other
	expect 1 git commit -q -m variant
	expect 1 git commit -q --amend -m variant
	git commit -q --no-verify -m variant
	expect 0 git commit -q --amend -m again
	rm api/Dockerfile.dev
	expect 0 git commit -q --amend -a --allow-empty -m without
	cd ../other
	bad web
	git add -A
	expect 1 git commit -q -m variant
	says web/Dockerfile.dev
	git commit -q --no-verify -m variant
	GIT_SEQUENCE_EDITOR='sed -i s/^pick/edit/' git rebase -q -i HEAD^ 2>/dev/null
	bad api
	git add -A
	expect 1 git commit -q --amend --no-edit
	says api/Dockerfile.dev
	git rm -q -f api/Dockerfile.dev web/Dockerfile.dev
	expect 0 git commit -q --amend --no-edit
	expect 0 git rebase --continue
}

@test "takes no name of a commit that means two" {
	begin
	git commit -q --no-verify -m variant
	git update-ref refs/remotes/origin/main HEAD^
	git checkout -q -b topic
	expect 1 onedockerfile check --rev HEAD --base origin/main
	# Whoever may push a tag would have his own commit for a base.
	git tag origin/main HEAD
	for words in '--rev HEAD --base origin/main' '--base origin/main' '--range origin/main..HEAD' \
		'--rev origin/main' '--rev origin/main^' '--range origin/main~0..HEAD'; do
		# shellcheck disable=SC2086 # a list of words
		expect 3 onedockerfile check $words
		says "'origin/main' is both 'refs/tags/origin/main' and 'refs/remotes/origin/main'"
	done
	expect 1 onedockerfile check --rev HEAD --base refs/remotes/origin/main
	expect 1 onedockerfile check --rev HEAD --base remotes/origin/main
	short=$(git rev-parse --short=7 HEAD^)
	expect 1 onedockerfile check --range "$short..HEAD"
	git tag "$short" HEAD
	expect 3 onedockerfile check --range "$short..HEAD"
	says "'$short' is both 'refs/tags/$short' and the beginning of an id"
	# Alike is no harm; a whole name, an id and HEAD mean one thing whatever else is there.
	git tag -f origin/main HEAD^
	expect 1 onedockerfile check --rev HEAD --base origin/main
	git update-ref refs/heads/HEAD HEAD^
	git update-ref "refs/heads/$(git rev-parse HEAD)" HEAD^
	git update-ref refs/tags/refs/heads/topic HEAD^
	for name in HEAD "$(git rev-parse HEAD)" refs/heads/topic; do
		expect 1 onedockerfile check --rev "$name"
	done
}
