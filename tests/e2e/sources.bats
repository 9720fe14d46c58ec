#!/usr/bin/env bats
# What is judged: the work tree, the index, a commit, a directory.

load helper

@test "judges tracked and untracked files, not ignored ones" {
	repository shop
	good api
	printf 'Dockerfile.local\n/build/\n' >.gitignore
	save 'a service'
	cp api/Dockerfile api/Dockerfile.local
	bad build/image
	judge 0
	reported </dev/null
	reported --get source <<<worktree
	bad api
	judge 1
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	rm api/Dockerfile.dev
	git add -f api/Dockerfile.local
	judge 1
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.local:1
	END
}

@test "judges a tracked file as it lies in the work tree" {
	repository shop
	bad api
	save variant
	rm api/Dockerfile.dev
	judge 0
	judge 0 --staged
	judge 1 --rev HEAD
}

@test "judges a directory outside a repository" {
	mkdir plain && cd plain
	bad api
	judge 1
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	expect 0 onedockerfile inspect
	says api/Dockerfile.dev
	expect '[23]' onedockerfile check --staged
	expect '[23]' onedockerfile check --rev HEAD
}

# Without the rights of root, for whom no directory is closed.
unprivileged() {
	[ "$(id -u)" -eq 0 ] || return 0
	command -v setpriv >/dev/null || skip "root may read everything, and there is no setpriv"
	chmod -R a+rwX "$work"
	nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	$nobody onedockerfile --version >/dev/null || skip "nobody else may run the program"
}

# Like judge, as somebody whom modes bind.
judge_unprivileged() {
	local wanted=$1

	shift
	# shellcheck disable=SC2086 # a list of words
	expect "$wanted" ${nobody-} onedockerfile check -f json "$@"
	cp "$work/out" "$work/report.json"
}

@test "says which untracked directories it may not read" {
	repository shop
	good api
	save 'a service'
	mkdir -p closed/inside listed/inside ignored
	bad listed
	echo /ignored >.gitignore
	unprivileged
	chmod 000 closed ignored
	chmod 444 listed
	judge_unprivileged 0
	chmod 755 closed ignored listed
	reported --get unchecked.0.path <<<closed
	reported --get unchecked.0.reason <<<'the directory may not be read'
	reported --get unchecked.1.path <<<listed
	grep -c '"reason"' "$work/report.json" | diff - <(echo 2)
}

@test "3 where it may not read what is tracked, or built" {
	repository shop
	good api
	compose base
	unprivileged
	chmod 000 api
	judge_unprivileged 3
	chmod 755 api
	says "cannot look at 'api/Dockerfile': Permission denied"
	save 'a service'
	unprivileged
	chmod 000 api
	judge_unprivileged 3
	chmod 755 api
	says "cannot read the directory 'api': Permission denied"
	reported --get verdict <<<unknown
}

@test "reads no file of the work tree that is too large, and does not go too deep" {
	repository shop
	good api
	size=$(wc -c <api/Dockerfile)
	yes '#' | head -c $((1048576 - size)) >>api/Dockerfile
	judge 0
	echo >>api/Dockerfile
	judge 1
	reported <<-'END'
		new unreadable api/Dockerfile:1
	END
	good api
	truncate -s 1048577 .onedockerfile.yaml
	expect 2 onedockerfile check
	says "'.onedockerfile.yaml' has more than"
	rm .onedockerfile.yaml
	mkdir -p "$(printf 'd/%.0s' {1..256})"
	judge 0
	mkdir -p "$(printf 'd/%.0s' {1..257})"
	expect 3 onedockerfile check
}

@test "is silent where there is nothing to judge" {
	mkdir plain && cd plain
	expect 0 onedockerfile check
	[ ! -s "$work/out" ]
	[ ! -s "$work/err" ]
	repository empty
	expect 0 onedockerfile check
	expect 0 onedockerfile check --staged
	[ ! -s "$work/out" ]
	[ ! -s "$work/err" ]
}

@test "judges a commit, a tag and, in a bare repository, HEAD" {
	repository shop
	bad api
	save variant
	git tag -a -m release v1
	git rm -q api/Dockerfile.dev
	save repaired
	judge 1 --rev v1
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	judge 0 --rev HEAD
	git clone -q --bare . ../shop.git
	cd ../shop.git
	judge 0
	judge 1 --rev HEAD^
	reported --get source <<<rev
}

@test "goes from a revision to the commits before it as Git does" {
	local number revision

	repository shop
	bad api
	for number in 1 2 3 4; do
		printf 'FROM a\n' >"api/Dockerfile.$number"
		save "variant $number"
	done
	git checkout -qb side HEAD~2
	bad web
	save 'another service'
	git tag -m it v1
	git checkout -q main
	git merge -q side
	# The library does not read a commit whose author has no address.
	git cat-file commit HEAD | sed 's/^author .*/author nobody/' | literal commit >../odd
	git reset -q --soft "$(cat ../odd)"
	bad odd
	save 'after it'
	for revision in HEAD~ HEAD^ HEAD~1 main~2 HEAD^^2 HEAD~1^2 HEAD^^^ HEAD~2~1 HEAD~0 main^0 HEAD^1^1~0 \
		v1~1 v1^0 v1^^ "$(cat ../odd)~2" "$(git rev-parse --short=10 HEAD)~3" '@~2' 'HEAD~5' \
		'main@{0}~2' 'HEAD^{commit}'; do
		expect 1 onedockerfile check --rev "$(git rev-parse "$revision^{commit}")" -f json
		mv "$work/out" "$work/wanted"
		expect 1 onedockerfile check --rev "$revision" -f json
		cmp "$work/wanted" "$work/out"
	done
	judge 1 --range HEAD~3..HEAD~
	reported --get summary.commits <<<"$(git rev-list --count HEAD~3..HEAD~)"
	for revision in HEAD~6 HEAD~99999999999999999999 HEAD^2 HEAD^99999999999999999999 HEAD~1^3 v1^2 \
		none~1 'HEAD~-1' 'HEAD~1x' '~1' '^HEAD' ''; do
		expect '[23]' onedockerfile check --rev "$revision"
	done
	git checkout -q --orphan new
	expect 3 onedockerfile check --rev HEAD~1
}

@test "judges the whole repository from a subfolder" {
	repository shop
	bad api
	good web
	save variant
	judge 1 -C web
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	cd web
	judge 1
	judge 1 --rev HEAD
}

@test "limits the verdict to paths" {
	repository shop
	bad api
	bad web
	save variants
	judge 1 api
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	judge 0 api/Dockerfile
	judge 1 --rev HEAD web/Dockerfile.dev
	good other
	judge 0 other
	cd web
	judge 1 .
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
}

@test "works in linked worktrees" {
	repository shop
	good api
	save 'a service'
	git worktree add -q ../linked -b side
	bad api
	cd ../linked
	judge 0
	judge 0 --staged
	bad web
	git add -A
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
}

@test "leaves submodules alone" {
	git init -q part
	(cd part && bad api && save part)
	repository shop
	good api
	git submodule --quiet add ../part part
	save 'with a part'
	judge 0
	printf 'services:\n  part:\n    build: {context: part/api}\n' >compose.yaml
	judge 0
	rm compose.yaml
	judge 0 --staged
	judge 0 --rev HEAD
}

@test "leaves submodules alone that are not checked out" {
	git init -q part
	(cd part && bad . && save part)
	repository whole
	git submodule --quiet add ../part part
	printf 'services:\n  a: {build: part}\n  b: {build: {context: ., dockerfile: part/x/Dockerfile}}\n' >compose.yaml
	save 'with a part'
	git clone -q . ../shop
	cd ../shop
	for source in '' --staged '--rev HEAD'; do
		# shellcheck disable=SC2086 # two words
		judge 0 $source
		says "the context of service 'a', 'part', is in a submodule"
		says "the Dockerfile of service 'b', 'part/x/Dockerfile', is in a submodule"
	done
	# What lies there is nothing that Git would take.
	cp ../part/Dockerfile* part
	judge 0
}

@test "judges what is tracked and has a repository around it" {
	repository shop
	good api
	save 'a service'
	git init -q api
	bad api
	git status --porcelain | grep -qx '?? api/Dockerfile.dev'
	judge 1
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
}
