#!/usr/bin/env bats
# The index spares reading the trees of commits that are judged, where it holds what the last of them
# has and there are many objects; what it says must be true of them.

load helper

# A repository with so many packed objects that the index is looked at.
large() {
	repository shop
	seq 10000 | sed 's/.*/blob\ndata <<E\nblob &\nE/' |
		git -c fastimport.unpackLimit=1 fast-import --quiet
}

# Two services in main, each of its commits a fault more, and main is checked out.
services() {
	large
	bad api
	bad web/store
	save services
	printf 'FROM a\n' >api/Dockerfile.test
	save 'a variant'
	compose nowhere
	save 'a compose file'
}

# faults SOURCE...: those of the last commit, and of no other.
faults() {
	judge 1 "$@"
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
		new extra-dockerfile api/Dockerfile.test:1
		new unknown-stage docker-compose.yml:5:15-21 -
		new extra-dockerfile web/store/Dockerfile.dev:1
	END
}

# hide OBJECT: it is missing.
hide() {
	mv ".git/objects/$(git rev-parse "$1" | sed 's,..,&/,')" gone
}

@test "does not read trees that the index has" {
	services
	hide HEAD:web
	faults --rev HEAD
	judge 1 --range HEAD~2..HEAD
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.test:1
		new unknown-stage docker-compose.yml:5:15-21 -
	END
	reported --get summary.dockerfiles <<<5
	echo "main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~2)" >../line
	expect 1 bash -c 'onedockerfile hook pre-push -- origin nowhere <../line'
	says 'api/Dockerfile.test:1:'
	git read-tree --empty
	expect 3 onedockerfile check --rev HEAD
	says "object $(git rev-parse HEAD:web) is missing"
}

@test "reads trees where the index has another one" {
	services
	bad another
	git add -A
	git write-tree >/dev/null
	faults --rev HEAD
	git rm -qr --cached api another
	faults --rev HEAD
}

@test "reads trees where the index can be read by Git alone, or by nobody" {
	services
	cp .git/index whole
	faults --rev HEAD
	head -c 100 whole >.git/index
	faults --rev HEAD
	: >.git/index
	faults --rev HEAD
	head -c 4000 /dev/urandom >.git/index
	faults --rev HEAD
	rm .git/index && mkdir .git/index
	faults --rev HEAD
	rmdir .git/index && ln -s nowhere .git/index
	faults --rev HEAD
	rm .git/index && cp whole .git/index
	git update-index --split-index
	faults --rev HEAD
	git update-index --no-split-index
	git sparse-checkout set --cone --sparse-index web
	git ls-files --sparse | grep -qx 'api/'
	faults --rev HEAD
	git sparse-checkout disable
	git update-index --index-version 4
	faults --rev HEAD
}

@test "judges commits and not what is merged in the index" {
	services
	git checkout -qb side HEAD~1
	printf 'FROM b\n' >api/Dockerfile.test
	save 'another variant'
	git checkout -q main
	printf 'FROM c\n' >api/Dockerfile.test
	save 'a third'
	expect 1 git merge -q side
	git ls-files -u | grep -q Dockerfile.test
	faults --rev HEAD
	expect 1 onedockerfile check --range HEAD~3..HEAD
}

# shadow ENTRY...: a directory that Git would not have written, in a commit that the index holds.
shadow() {
	git commit-tree -m odd "$(git mktree <<<"040000 tree $(tree "$@")	api")" |
		xargs git update-ref refs/heads/main
	git read-tree main
}

@test "lets nothing hide in a tree that Git would not have written and yet checks out" {
	large
	one=$(printf 'FROM a AS base\n' | git hash-object -w --stdin)
	other=$(printf 'FROM b AS base\n' | git hash-object -w --stdin)

	# Of two, Git checks out one.
	shadow "100644 Dockerfile $one" "100644 Dockerfile $other" "100644 Dockerfile.dev $one"
	expect 3 onedockerfile check --rev main
	says 'is malformed: entries out of order or twice'
	shadow "100644 Dockerfile $one" "40000 Dockerfile $(git rev-parse main:api)" "100644 Dockerfile.dev $one"
	expect 3 onedockerfile check --rev main
	says 'is malformed'

	# What Git checks out as it is has to be seen.
	shadow "0100644 Dockerfile $one" "100644 Dockerfile.dev $other"
	expect 1 onedockerfile check --rev main
	says 'api/Dockerfile.dev:1: error'
	shadow "100644 Dockerfile.dev $other" "100644 Dockerfile $one"
	expect 1 onedockerfile check --rev main
	says 'api/Dockerfile.dev:1: error'
	shadow "100644 Dockerfile $one" "100644 x/Dockerfile $one" "100644 x/Dockerfile.dev $other"
	expect 1 onedockerfile check --rev main
	says 'api/x/Dockerfile.dev:1: error'

	# Without the index it is said what is wrong with it.
	git read-tree --empty
	expect 3 onedockerfile check --rev main
	says 'is malformed: an entry named as no file can be'
}
