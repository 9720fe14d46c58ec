#!/usr/bin/env bats
# The forms in which Git keeps an index.

load helper

variant_of() {
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
}

@test "reads a split index" {
	repository shop
	good api
	git add -A
	git update-index --split-index
	save 'a service'
	bad api
	git add -A
	ls .git/sharedindex.* >/dev/null
	variant_of
}

@test "reads a sparse index" {
	repository shop
	good api
	good web
	bad old
	save services
	git sparse-checkout set --cone --sparse-index web
	git ls-files --sparse | grep -qx 'api/'
	judge 0 --staged
	reported --get summary.inherited <<<1
	bad web
	git add web
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
}

@test "reads index version 4" {
	repository shop
	git config index.version 4
	bad api
	git add -A
	variant_of
}

@test "reads an index whose checksum was skipped" {
	repository shop
	bad api
	git add -A
	size=$(wc -c <.git/index)
	head -c 20 /dev/zero | dd of=.git/index bs=1 seek=$((size - 20)) conv=notrunc 2>/dev/null
	variant_of
}

@test "reads an index with untracked cache and assumed entries" {
	repository shop
	bad api
	git add -A
	git update-index --untracked-cache
	git update-index --assume-unchanged api/Dockerfile
	variant_of
}

@test "refuses to guess at a broken index" {
	repository shop
	bad api
	git add -A
	head -c 40 .git/index >short && mv short .git/index
	expect 3 onedockerfile check --staged
}

@test "reads the index that the environment names" {
	repository shop
	good api
	git add -A
	cp .git/index other
	bad api
	GIT_INDEX_FILE=other git add -A api
	judge 0 --staged
	GIT_INDEX_FILE=other expect 1 onedockerfile hook pre-commit
}
