#!/usr/bin/env bats
# The forms in which Git keeps an index.

load helper

variant_of() {
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
}

@test "row 90: reads a split index" {
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

@test "reads a split index in which an entry takes the place of another" {
	repository shop
	good api
	git add -A
	git update-index --split-index
	save 'a service'
	printf 'FROM scratch AS base\nFROM scratch AS base\n' >api/Dockerfile
	git add -A
	ls .git/sharedindex.* >/dev/null
	judge 1 --staged
	reported <<-'END'
		new unused-stage api/Dockerfile:1:17-20
		new duplicate-stage api/Dockerfile:2:17-20
	END
}

@test "row 90: reads a sparse index" {
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

@test "reads an index with extensions that are for Git alone" {
	repository shop
	good api
	good web
	save services
	git config core.fsmonitor "$work/shop/monitor"
	git config index.threads 2
	printf '#!/bin/sh\nprintf "token\\0/\\0"\n' >monitor
	chmod +x monitor
	bad api
	GIT_TEST_INDEX_THREADS=2 git add api
	git update-index --fsmonitor
	for extension in EOIE IEOT FSMN TREE; do
		grep -q "$extension" .git/index
	done
	variant_of
}

@test "row 90: reads entries that were only announced as absent" {
	repository shop
	good api
	git add -A
	bad api
	git add -N api/Dockerfile.dev
	judge 0 --staged
	git add api/Dockerfile.dev
	variant_of
}

@test "row 91: reads what commit -a and commit of single files put together" {
	repository shop
	arm pre-commit
	good api
	good web
	save services
	bad web
	git add web
	echo RUN b >>api/Dockerfile
	expect 0 git commit -qm one api
	expect 1 git commit -qm two -a
	says web/Dockerfile.dev
	git rm -qf web/Dockerfile.dev
	expect 0 git commit -qm three -a --allow-empty
}

@test "row 90: does not judge what is unmerged" {
	repository shop
	good api
	save ours
	git checkout -qb theirs
	echo RUN a >>api/Dockerfile
	git commit -qam a
	git checkout -q main
	echo RUN b >>api/Dockerfile
	git commit -qam b
	git merge -q theirs || true
	expect 3 onedockerfile check --staged
	says "'api/Dockerfile' is unmerged"
}

@test "reads a submodule, a link and odd names of an index in each version" {
	repository shop
	good api
	ln -s Dockerfile api/Containerfile
	printf 'FROM a\n' >"$(printf 'api/Dockerfile.\377')"
	printf 'services:\n  m: {build: {context: m/x}}\n  n: {build: n}\n' >compose.yaml
	git add -A
	git update-index --add --cacheinfo "160000,$(git hash-object -w compose.yaml),m"
	for version in 2 3 4; do
		git update-index --index-version $version
		judge 1 --staged
		reported <<-'END'
			new extra-dockerfile api/Dockerfile.�:1
			new missing-context compose.yaml:3:14-14
		END
	done
}

# Forty services, then one more fault, and others in what was there: HEAD is asked what is new.
@test "inherits alike with and without a cache tree" {
	repository shop
	for i in $(seq 40); do
		bad "area$((i % 4))/service$i"
	done
	save services
	judge 0 --staged
	reported --get summary.inherited <<<40
	bad area1/another
	printf 'FROM a\n' >area2/service2/Dockerfile.test
	git mv area3/service3 area3/moved
	git add -A
	judge 1 --staged
	cp "$work/report.json" "$work/with.json"
	reported <<-'END'
		new extra-dockerfile area1/another/Dockerfile.dev:1
		new extra-dockerfile area2/service2/Dockerfile.test:1
		new extra-dockerfile area3/moved/Dockerfile.dev:1
	END
	git write-tree >/dev/null
	judge 1 --staged
	cmp "$work/with.json" "$work/report.json"
	git ls-files -s >entries
	git read-tree --empty
	git update-index --index-info <entries
	judge 1 --staged
	cmp "$work/with.json" "$work/report.json"
}

@test "does not read what HEAD and the index have in common" {
	repository shop
	bad api
	bad web
	touch web/more
	save services
	mv ".git/objects/$(git rev-parse HEAD:api | sed 's,..,&/,')" gone
	bad web
	printf 'FROM a\n' >web/Dockerfile.test
	git add web
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.test:1
	END
}

@test "row 90: refuses to guess at a broken index" {
	repository shop
	bad api
	git add -A
	cp .git/index whole
	head -c 40 whole >.git/index
	expect 3 onedockerfile check --staged
	says .git/index
	: >.git/index
	expect 3 onedockerfile check --staged
	says .git/index
	head -c 4000 /dev/urandom >.git/index
	expect 3 onedockerfile check --staged
	says .git/index
	rm .git/index && mkdir .git/index
	expect 3 onedockerfile check --staged
	says .git/index
	rmdir .git/index && cp whole .git/index
	GIT_INDEX_FILE=none expect 3 onedockerfile check --staged
	says none
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
