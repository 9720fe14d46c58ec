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
	expect '[23]' onedockerfile check --staged
	expect '[23]' onedockerfile check --rev HEAD
}

@test "is silent where there is nothing to judge" {
	mkdir plain && cd plain
	expect 0 onedockerfile check
	[ ! -s "$work/out" ] && [ ! -s "$work/err" ]
	repository empty
	expect 0 onedockerfile check
	expect 0 onedockerfile check --staged
	[ ! -s "$work/out" ] && [ ! -s "$work/err" ]
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
	judge 0 --staged
	judge 0 --rev HEAD
}
