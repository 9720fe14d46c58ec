#!/usr/bin/env bats
# What is read up to a limit, and what is said one past it: limits that only a repository can meet.
# The others are in tests/unit.

load helper

objects() {
	"$root/tests/support/objects.pl" "$@"
}

# put ID: standard input becomes the file of that loose object.
put() {
	mkdir -p ".git/objects/${1:0:2}"
	cat >".git/objects/${1:0:2}/${1:2}"
}

# committed TREE: a commit of it, which may lack objects.
committed() {
	git commit-tree -m x "$1"
}

@test "follows fifty tags of tags" {
	local id type=commit

	repository shop
	good api
	save 'a service'
	id=$(git rev-parse HEAD)
	for i in $(seq 51); do
		id=$(printf 'object %s\ntype %s\ntag t\ntagger a <a@b> 1 +0000\n' "$id" "$type" |
			git hash-object -t tag -w --literally --stdin)
		type=tag
		[ "$i" -lt 50 ] || git update-ref "refs/tags/t$i" "$id"
	done
	git init -q --bare ../central.git
	server ../central.git
	push 0 ../central.git t50
	push 1 ../central.git t51
	says 'refs/tags/t51: more than 50 tags on the way to a commit'
}

# deep COUNT: a branch of that name with a file in so many directories, one in the other.
deep() {
	local path

	path=$(printf 'd/%.0s' $(seq "$1"))Dockerfile
	printf 'commit refs/heads/%s\ncommitter a <a@b> 1 +0000\ndata 0\nM 644 inline %s\ndata 7\nFROM a\n\n' \
		"$1" "$path" | git fast-import --quiet
}

@test "reads 256 directories inside one another" {
	repository shop
	deep 256
	deep 257
	judge 0 --rev 256
	reported --get summary.dockerfiles <<<1
	judge 3 --rev 257
	says ' lies more than 256 directories deep'
	judge 3 --range 256..257
	says ' lies more than 256 directories deep'
}

@test "watches 100,000 files of a tree" {
	local file

	repository shop
	file=$(git hash-object -w --stdin <<<'FROM a')
	seq -f 'Dockerfile.%06g' 100000 | sed "s|^|100644 blob $file\t|" >list
	judge 0 --rev "$(committed "$(git mktree <list)")"
	printf '100644 blob %s\tcompose.yml\n' "$file" >>list
	judge 3 --rev "$(committed "$(git mktree <list)")"
	says 'more than 100000 Dockerfiles and compose files in tree '
}

@test "looks at no name that no file system takes" {
	local file name

	repository shop
	file=$(git hash-object -w --stdin <<<'nonsense')
	name=Dockerfile.$(printf '%0754d' 0)
	judge 1 --rev "$(committed "$(printf '100644 blob %s\t%s\n' "$file" "$name" | git mktree)")"
	judge 0 --rev "$(committed "$(printf '100644 blob %s\t%s0\n' "$file" "$name" | git mktree)")"
}

@test "reads no object of more than 64 MiB" {
	local id=1111111111111111111111111111111111111111

	repository shop
	printf '%040d %s refs/heads/main\n' 0 "$id" >lines
	for type in commit tree; do
		objects loose "$type" 67108864 | put "$id"
		expect 3 sh -c 'onedockerfile hook pre-receive <lines'
		says malformed
		objects loose "$type" 67108865 | put "$id"
		expect 3 sh -c 'onedockerfile hook pre-receive <lines'
		says "cannot read object $id: "
		says ' is larger than 64 MiB'
	done
}

# A file that is packed as a change of one of so many bytes.
changed() {
	local id

	objects pack "$1" 'FROM alpine' | git index-pack --stdin --keep >/dev/null
	id=$(printf 'FROM alpine' | git hash-object --stdin)
	committed "$(printf '100644 blob %s\tDockerfile\n' "$id" | git mktree)"
}

@test "makes no object of one of more than 64 MiB" {
	repository shop
	changed 3000000 >commit
	judge 0 --rev "$(cat commit)"
	rm -f .git/objects/pack/*
	changed 67108865 >commit
	judge 3 --rev "$(cat commit)"
	says 'it, or what it is packed as a change of, is larger than 64 MiB'
}

@test "takes 64 MiB of refs" {
	git init -q --bare central.git
	cd central.git
	# A line of 128 bytes, which deletes a branch.
	yes "$(printf '%040d %040d refs/heads/%034d' 0 0 0)" | head -c 67108864 >../lines
	expect 0 sh -c 'onedockerfile hook pre-receive <../lines'
	echo >>../lines
	expect 3 sh -c 'onedockerfile hook pre-receive <../lines'
	says 'standard input has more than 67108864 bytes'
}

# One file that ten others include, and one service more.
@test "judges 100,000 builds of a tree" {
	repository shop
	for n in {0..9}; do
		mkdir "$n"
		echo 'include: [../all.yml]' >"$n"/compose.yaml
	done
	seq -f '  s%g: {build: .}' 1 10000 | sed '1i services:' >all.yml
	echo 'FROM a' >Dockerfile
	git add . && git commit -qm builds
	judge 0 --rev HEAD
	says '"builds":	100000,'
	mkdir more
	echo 'services: {a: {build: ..}}' >more/compose.yaml
	git add . && git commit -qm more
	judge 3 --rev HEAD
	says "more than 100000 builds in one tree: more/compose.yaml"
}

# A hundred thousand builds, findings and files watched come together where each tree has 250 of them.
@test "counts what a tree has, not what those before it had" {
	repository shop
	awk 'function file(path, text) {
		printf "M 644 inline %s\ndata %d\n%s\n", path, length(text), text
	}
	BEGIN {
		for (i = 0; i < 250; i++)
			services = services sprintf("  s%d: {build: {context: d%d, target: none}}\n", i, i)
		while (commit++ < 420) {
			printf "commit refs/heads/main\ncommitter a <a@b> %d +0000\ndata 0\n", commit
			for (i = 0; commit == 1 && i < 250; i++)
				file("d" i "/Dockerfile", "FROM a\n")
			file("compose.yaml", "# " commit "\nservices:\n" services)
		}
	}' | git fast-import --quiet
	judge 0 --range main~419..main
	reported --get summary.builds <<<250
	reported --get summary.inherited <<<250
}

blob() {
	printf %b "$1" | git hash-object -w --stdin
}

# A directory with a variant.
variant() {
	printf '100644 blob %s\tDockerfile\n100644 blob %s\tDockerfile.dev\n' \
		"$(blob 'FROM a\n')" "$(blob 'FROM b\n')" | git mktree
}

# variants COUNT FILE TEXT: one of so many directories with a variant, and a file.
variants() {
	{
		seq "$1" | sed "s/.*/040000 tree $(variant)\t&/"
		printf '100644 blob %s\t%s\n' "$(blob "$3")" "$2"
	} | git mktree
}

# within SECONDS STATUS COMMAND...: so much of a processor's time it may take.
within() {
	local seconds=$1 wanted=$2

	shift 2
	expect "$wanted" bash -c "ulimit -t $seconds; exec \"\$@\"" - "$@"
}

@test "compares a commit with its parent, not with all that is wrong in its tree" {
	local trees=()

	[[ "$(ldd "$ONEDOCKERFILE")" != *libasan* ]] || skip 'a sanitizer takes more time'
	repository shop
	for i in 0 1 2; do
		trees[i]=$(variants 4000 compose.yaml "services: {s$i: {image: x}}\n")
	done
	awk -v trees="${trees[*]}" 'BEGIN {
		count = split(trees, tree)
		while (i++ < 4000)
			printf "commit refs/heads/main\ncommitter a <a@b> %d +0000\ndata 0\nM 040000 %s \"\"\n\n",
				i, tree[i % count + 1]
	}' | git fast-import --quiet
	within 2 0 onedockerfile check -f json --range main~3999..main
	says '"inherited":	4000,'
}

@test "tells who repairs what is found where there is not too much of both" {
	[[ "$(ldd "$ONEDOCKERFILE")" != *libasan* ]] || skip 'a sanitizer takes more time'
	repository shop
	awk -v variant="$(variant)" 'BEGIN {
		while (i++ < 8000)
			printf "commit refs/heads/main\ncommitter a <a@b> %d +0000\ndata 0\nM 040000 %s %d/%d\n\n",
				i, variant, i / 90, i
	}' | git fast-import --quiet
	within 4 1 onedockerfile check --range main~7999..main
	says '7999 errors'
}

@test "compares ten million findings with those of parents" {
	local parents=()

	repository shop
	mapfile -t parents < <(
		awk -v tree="$(variants 0 a a)" 'BEGIN {
			while (i++ < 1000)
				printf "commit refs/heads/%d\ncommitter a <a@b> %d +0000\ndata 0\nM 040000 %s \"\"\n\n", i, i, tree
		}' | git fast-import --quiet
		git for-each-ref --format=%\(objectname\)
	)
	for count in 10000 10001; do
		git branch -f "c$count" "$(git commit-tree -m x "${parents[@]/#/-p}" "$(variants "$count" a a)")"
	done
	expect 1 onedockerfile check --range 1..c10000
	expect 3 onedockerfile check --range 1..c10001
	says 'more than 10000000 findings to compare with those of parents; bring less at once'
}

@test "takes 64 MiB of an event" {
	local event

	repository shop
	good api
	save 'a service'
	event=$(printf '{"before": "%040d", "after": "%s"}' 0 "$(git rev-parse HEAD)")
	perl -e 'print $ARGV[0], " " x (67_108_864 - length $ARGV[0])' "$event" >"$work/event"
	export GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=$work/event
	expect 0 onedockerfile check --ci
	echo >>"$work/event"
	expect 3 onedockerfile check --ci
	says "'$work/event' is no file of at most 67108864 bytes"
}

# octopus COUNT: a merge of main, where a variant is gone, with so many commits that had it.
octopus() {
	local parents=()

	mapfile -t parents < <(git rev-list --reverse main | head -n "$1")
	git branch -f merged "$(git commit-tree -m x -p main "${parents[@]/#/-p}" 'main~7999^{tree}')"
}

@test "takes 16,777,216 steps to what the parents of merges have in common" {
	repository shop
	awk -v variant="$(variant)" -v plain="$(git mktree </dev/null)" 'BEGIN {
		while (i++ < 8000)
			printf "commit refs/heads/main\ncommitter a <a@b> %d +0000\ndata 0\nM 040000 %s \"\"\n\n",
				i, i <= 4000 ? variant : plain
	}' | git fast-import --quiet
	octopus 1000
	expect 1 onedockerfile check --range main..merged
	says '[extra-dockerfile]'
	octopus 4000
	expect 3 onedockerfile check --range main..merged
	says 'more than 16777216 steps to what the parents of merges have in common, as of commit '
}

# Four MiB of attributes are read, one area of the tree at a time as well.
@test "reads 4 MiB of attributes of a tree, whole or by its parts" {
	repository shop
	for name in {1..6}; do
		good "$name"
		seq -f '#%0100g' 10300 | head -c 1048576 >"$name/.gitattributes"
	done
	save attributes
	for note in one two; do
		echo "$note" >notes
		save "$note"
	done
	for source in '--rev HEAD' '--range HEAD~2..HEAD'; do
		# shellcheck disable=SC2086 # two words
		judge 0 $source
		reported --get unchecked <<<2
		reported --get unchecked.0.path <<<5/Dockerfile
		reported --get unchecked.1.path <<<6/Dockerfile
	done
}
