#!/usr/bin/env bats
# The server's gate, over a local path: every line, every new commit, before anything is kept.

load helper

# A server that has, from before the gate, one good and one faulty commit; a clone of it.
central() {
	git init -q --bare "${1:-central.git}"
	repository shop
	good api
	save 'a service'
	bad old
	save 'an old fault'
	git remote add origin "$work/${1:-central.git}"
	git push -q origin main
	server "$work/${1:-central.git}"
}

refs() {
	git -C "$work/central.git" for-each-ref --format='%(refname)'
}

@test "refuses through the project's own hook" {
	central
	(cd "$work/central.git" && arm pre-receive)
	bad api
	save variant
	expect 1 git push origin main
	says 'remote: '
	says 'api/Dockerfile.dev'
	says 'pre-receive hook declined'
}

@test "prints only ASCII of at most 72 columns, what was refused first" {
	central
	mkdir -p 'dépôt/ein langer Weg'
	bad 'dépôt/ein langer Weg'
	save variant
	push 1 origin main
	sed -n 's/^remote: //p' "$work/err" >lines
	[ "$(LC_ALL=C grep -c '[^ -~]' lines)" -eq 0 ]
	head -n 1 lines | grep -q 'refused by onedockerfile: 1 error in 1 new commit'
	grep -v '^ *$' lines | tail -n 3 | head -n 1 | grep -q '^To get out: '
	long=$(sed 's/ *$//' lines | grep -v Dockerfile | awk 'length > 72')
	[ -z "$long" ] || { echo "$long" && return 1; }
}

@test "takes good commits on faulty history" {
	central
	good web
	save 'one more'
	push 0 origin main
	reported --get summary.inherited <<<1
	reported --get verdict <<<pass
}

@test "row 56: refuses a push in which a later commit repairs an earlier one" {
	central
	bad api
	save variant
	faulty=$(short HEAD)
	rm api/Dockerfile.dev
	save repaired
	push 1 origin main
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $faulty refs/heads/main $(short HEAD)
	END
	says "$(git rev-parse --short=7 HEAD)"
}

@test "judges each of forty refs" {
	central
	good web
	save 'one more'
	for i in $(seq 10 49); do
		git checkout -q -b "topic$i" main
		bad "service$i"
		save "topic $i"
	done
	push 1 origin --all
	[ "$(refs)" = refs/heads/main ]
	reported --get findings <<<40
	for i in $(seq 10 49); do
		echo "new extra-dockerfile service$i/Dockerfile.dev:1 $(short "topic$i") refs/heads/topic$i -"
	done | reported --commits
}

@test "refuses forty refs for one that is bad, and takes them without it" {
	central
	for i in $(seq 10 48); do
		git checkout -q -b "topic$i" main
		good "service$i"
		save "topic $i"
	done
	git checkout -q -b last main
	bad api
	save variant
	push 1 origin --all
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short last) refs/heads/last -
	END
	[ "$(refs)" = refs/heads/main ]
	git checkout -q main
	git branch -q -D last
	push 0 origin --all
	[ "$(refs | wc -l)" -eq 40 ]
}

@test "row 51: takes a new branch, and the deletion of one" {
	central
	push 0 origin main:refs/heads/release
	good web
	save 'one more'
	push 0 origin main:refs/heads/topic
	push 0 origin --delete topic
	push 0 origin :release
	[ "$(refs)" = refs/heads/main ]
}

@test "judges what else comes with a deletion" {
	central
	git push -q origin main:refs/heads/topic
	bad api
	save variant
	push 1 origin :topic main
	[ "$(refs | wc -l)" -eq 2 ]
}

@test "row 51, 58: judges unrelated history that is forced" {
	central
	git checkout -q --orphan fresh
	git rm -q -r -f --cached .
	rm -r old
	bad api
	save 'a fresh start'
	push 1 --force origin fresh:main
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short HEAD) refs/heads/main -
	END
	git rm -q api/Dockerfile.dev
	git commit -q --amend -m 'a better start'
	push 0 --force origin fresh:main
}

@test "lets a branch be set back" {
	central
	push 0 --force origin main^:main
	[ "$(git -C "$work/central.git" rev-parse main)" = "$(git rev-parse main^)" ]
}

@test "row 50: judges the commits of annotated and nested tags" {
	central
	bad api
	save variant
	git tag -a -m one v1
	git tag -a -m two v2 v1
	git tag v3
	git reset -q --hard HEAD^
	for tag in v1 v2 v3; do
		push 1 origin "$tag"
		reported --commits <<-END
			new extra-dockerfile api/Dockerfile.dev:1 $(short "$tag^{commit}") refs/tags/$tag -
		END
	done
	git tag -f -a -m good v4
	push 0 origin v4
}

@test "row 50: takes tags of blobs and trees, which bring no commit" {
	central
	git tag blob HEAD:api/Dockerfile
	git tag -a -m tree tree 'HEAD^{tree}'
	echo secret | git hash-object -w --stdin | xargs git tag fresh
	push 0 origin blob tree fresh
}

@test "judges a push into an empty repository" {
	server central.git
	repository shop
	bad api
	save first
	push 1 "$work/central.git" main
	reported --get findings.0.path <<<api/Dockerfile.dev
	git rm -q api/Dockerfile.dev
	git commit -q --amend -m first
	push 0 "$work/central.git" main
}

@test "works where the path holds a colon and quotes" {
	central 'a:b "c".git'
	good web
	save 'one more'
	push 0 origin main
	reported --get summary.inherited <<<1
	bad api
	save variant
	push 1 origin main
	reported --get findings.0.path <<<api/Dockerfile.dev
}

@test "sees what is borrowed from other repositories" {
	central
	git clone -q --bare --shared "$work/central.git" "$work/fork.git"
	server "$work/fork.git"
	good web
	save 'one more'
	push 0 "$work/fork.git" main:refs/heads/topic
	reported --get summary.inherited <<<1
	bad api
	save variant
	push 1 "$work/fork.git" main:refs/heads/topic
	reported --get findings.0.path <<<api/Dockerfile.dev
}

@test "judges a push from a shallow clone" {
	central
	git clone -q --depth 1 "file://$work/central.git" "$work/shallow"
	cd "$work/shallow"
	bad api
	save variant
	push 1 origin main
	reported --get findings.0.path <<<api/Dockerfile.dev
	git rm -q api/Dockerfile.dev
	git commit -q --amend --allow-empty -m nothing
	push 0 origin main
}

@test "judges a repository with a work tree" {
	repository central
	git commit -q --allow-empty -m first
	git config receive.denyCurrentBranch updateInstead
	server "$work/central/.git"
	git clone -q . ../shop
	cd ../shop
	bad api
	save variant
	push 1 origin main
	git rm -q api/Dockerfile.dev
	git commit -q --amend -m better
	push 0 origin main
	[ -e ../central/api/Dockerfile ]
}

@test "reports without refusing where the server says so" {
	central
	git -C "$work/central.git" config onedockerfile.failOn never
	bad api
	save variant
	push 0 origin main
	says 'api/Dockerfile.dev'
}
