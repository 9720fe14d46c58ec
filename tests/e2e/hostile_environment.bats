#!/usr/bin/env bats
# A process whose surroundings somebody has prepared: nothing but what is judged makes the verdict.

load helper

# A repository with one fault in the index and in its last commit, tracked though it is ignored;
# beside it one without any, and a file of settings that would hide what is not tracked.
begin() {
	git init -q clean
	good clean/api
	git -C clean add -A
	git -C clean commit -q -m clean
	printf '*\n' >"$work/everything"
	printf '[core]\n\texcludesFile = %s\n\tworktree = %s\n' "$work/everything" "$work/clean" >"$work/settings"
	repository shop
	good api
	save 'a service'
	echo Dockerfile.dev >.gitignore
	bad api
	git add -f api/Dockerfile.dev
	save variant
}

# What Git's variables can be made to say.
poison() {
	cat <<-END
		GIT_ALTERNATE_OBJECT_DIRECTORIES=$work/clean/.git/objects
		GIT_ALTERNATE_OBJECT_DIRECTORIES=/nonexistent:"quoted
		GIT_ATTR_SOURCE=HEAD^
		GIT_CEILING_DIRECTORIES=$work
		GIT_COMMON_DIR=$work/clean/.git
		GIT_CONFIG=$work/settings
		GIT_CONFIG_COUNT=1
		GIT_CONFIG_COUNT=x
		GIT_CONFIG_PARAMETERS='core.excludesFile=$work/everything' 'core.bare=true'
		GIT_DEFAULT_HASH=sha256
		GIT_DIR=$work/clean/.git
		GIT_DIR=/nonexistent
		GIT_DISCOVERY_ACROSS_FILESYSTEM=0
		GIT_GRAFT_FILE=$work/everything
		GIT_ICASE_PATHSPECS=1
		GIT_IMPLICIT_WORK_TREE=0
		GIT_INDEX_FILE=$work/clean/.git/index
		GIT_INDEX_FILE=/nonexistent
		GIT_INTERNAL_SUPER_PREFIX=clean/
		GIT_LITERAL_PATHSPECS=1
		GIT_NAMESPACE=clean
		GIT_NO_REPLACE_OBJECTS=1
		GIT_OBJECT_DIRECTORY=$work/clean/.git/objects
		GIT_OBJECT_DIRECTORY=/nonexistent
		GIT_PREFIX=clean/
		GIT_PUSH_OPTION_0=skip
		GIT_QUARANTINE_PATH=$work/clean/.git/objects
		GIT_QUARANTINE_PATH=/etc
		GIT_REPLACE_REF_BASE=refs/heads/
		GIT_SHALLOW_FILE=$work/everything
		GIT_WORK_TREE=$work/clean
		GIT_WORK_TREE=/nonexistent
	END
}

# says_same FILE ARGUMENTS...: it refuses, with the same bytes as in FILE.
says_same() {
	local wanted=$1

	shift
	expect 1 "$@"
	cmp "$wanted" "$work/out"
}

@test "row 84: reads no other repository, index or objects because the environment says so" {
	begin
	for source in '' '--rev HEAD' '--range HEAD^..HEAD' --ci; do
		# shellcheck disable=SC2086 # a list of words
		expect 1 onedockerfile check -f json $source
		mv "$work/out" "$work/wanted"
		while read -r setting; do
			# shellcheck disable=SC2086 # a list of words
			says_same "$work/wanted" env "$setting" onedockerfile check -f json $source
		done < <(poison)
	done
	git update-index --split-index
	expect 1 onedockerfile check -f json
	mv "$work/out" "$work/wanted"
	while read -r setting; do
		says_same "$work/wanted" env "$setting" onedockerfile check -f json
	done < <(poison | grep -v ^GIT_CONFIG)
	# Git reads this index for us; with settings that are none it reads nothing.
	GIT_CONFIG_COUNT=x expect 3 onedockerfile check
}

@test "row 84: answers a hook by the repository that Git names, or not at all" {
	begin
	git reset -q --soft HEAD^
	while read -r setting; do
		expect '[13]' env "$setting" onedockerfile hook pre-commit
	done < <(poison | grep -v -e '=/.*/clean' -e GIT_CONFIG)
	# Git names these, and they are whole.
	GIT_DIR=../clean/.git expect 0 onedockerfile hook pre-commit
	GIT_INDEX_FILE=../clean/.git/index expect 0 onedockerfile hook pre-commit
	cd ../clean
	echo "$(git -C ../shop rev-parse HEAD HEAD | xargs) refs/heads/main" >"$work/lines"
	for setting in GIT_DIR=/nonexistent GIT_OBJECT_DIRECTORY=/nonexistent GIT_QUARANTINE_PATH=/etc; do
		expect 3 env "$setting" sh -c "exec onedockerfile hook pre-receive <'$work/lines'"
	done
}

# A repository among the files of another one: its own commit has no fault.
fake() {
	git init -q --bare "$1"
	git -C "$1" fetch -q "$work/clean" main:main
	rm -rf "$1"/hooks "$1"/FETCH_HEAD
	touch "$1/refs/heads/.keep" "$1/refs/tags/.keep"
	git -C "$1" repack -q -a -d
	git -C "$1" pack-refs --all
}

@test "row 92: does not take a repository among the files for the one that has them" {
	begin
	fake plain.git
	fake turned
	git -C turned config core.bare false
	git -C turned config core.worktree "$work/clean"
	save 'two repositories'
	git clone -q . ../clone
	for name in plain.git turned; do
		git -C "../clone/$name" rev-parse HEAD
		for source in '' '--rev HEAD' --ci --staged; do
			# shellcheck disable=SC2086 # a list of words
			expect 3 onedockerfile check -C "../clone/$name" $source
			says "'$work/clone/$name' is one of the files of the repository in '$work/clone/'"
			# shellcheck disable=SC2086 # a list of words
			expect 3 onedockerfile check -C "../clone/$name/refs" $source
		done
		expect 3 onedockerfile hook pre-commit -C "../clone/$name"
	done
	git -C ../clone update-index --split-index
	expect 3 onedockerfile check -C ../clone/plain.git
	git -C ../clone update-index --no-split-index
	expect 1 onedockerfile check -C ../clone
	# Nobody has taken this one for a file.
	fake ../clone/own.git
	expect 0 onedockerfile check -C ../clone/own.git
	GIT_DIR=. expect 0 onedockerfile hook pre-receive -C ../clone/plain.git
}
