#!/usr/bin/env bats
# A second thread parses many files, and reads the trees of a repository with many objects, where
# there is a processor for it; nobody can tell.

load helper

# Services that are right and wrong in turns.
street() {
	local number

	repository street
	for number in $(seq 90); do
		good "$number"
		echo "# $number" >>"$number/Dockerfile"
		printf 'services:\n  web:\n    build: {context: ., target: prod}\n' >"$number/compose.yaml"
		case $((number % 4)) in
		1) echo 'FROM' >>"$number/Dockerfile" ;;
		2) sed -i 's/prod/nowhere/' "$number/compose.yaml" ;;
		3) echo 'services: {}' >>"$number/compose.yaml" ;;
		esac
	done
	save 'many services'
}

# alone STATUS COMMAND...: `expect` on one of the processors.
alone() {
	local status=$1

	shift
	expect "$status" taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')" "$@"
}

@test "one processor finds what several find" {
	street
	expect 1 onedockerfile check --rev HEAD -f json
	mv "$work/out" "$work/several"
	grep -q '"errors":.68,' "$work/several"
	alone 1 onedockerfile check --rev HEAD -f json
	cmp "$work/several" "$work/out"
	expect 0 onedockerfile check --rev HEAD --base HEAD
}

# With a stage as its base the last one is all that there is to build, with an image it is not.
@test "one processor makes of builds with arguments what two make" {
	repository builds
	printf '%s\n' 'ARG BASE=one' 'FROM scratch AS one' 'FROM scratch AS two' \
		"FROM \$BASE AS app" >Dockerfile
	{
		echo 'services:'
		seq 300 | sed 's/.*/  app&: {build: {context: ., args: [BASE=one]}}/; 1~2s/one/a:1/'
	} >compose.yaml
	save 'one Dockerfile, 300 builds'
	expect 0 onedockerfile check --rev HEAD -f json
	mv "$work/out" "$work/several"
	grep -q '"warnings":.150,' "$work/several"
	alone 0 onedockerfile check --rev HEAD -f json
	cmp "$work/several" "$work/out"
}

# Two more commits, so that the first of three trees is judged directory by directory.
and_two() {
	rm 5/Dockerfile
	save 'one less'
	bad 6
	save 'one more'
}

@test "one processor finds in a range what several find" {
	street
	and_two
	expect 1 onedockerfile check --range HEAD~2..HEAD --all -f json
	mv "$work/out" "$work/several"
	grep -q '"inherited":.67,' "$work/several"
	alone 1 onedockerfile check --range HEAD~2..HEAD --all -f json
	cmp "$work/several" "$work/out"
}

@test "texts that are too many to be kept are read again" {
	local number

	street
	for number in $(seq 90); do
		seq -f '# line %.0f' 9000 >>"$number/Dockerfile"
	done
	save 'much to read'
	[ "$(git cat-file -s HEAD:90/Dockerfile)" -gt 100000 ]
	and_two
	expect 1 onedockerfile check --range HEAD~2..HEAD --all -f json
	mv "$work/out" "$work/several"
	alone 1 onedockerfile check --range HEAD~2..HEAD --all -f json
	cmp "$work/several" "$work/out"
	grep -q '"dockerfiles":.90,' "$work/out"
}

@test "an object that is missing is named as ever" {
	local object

	street
	object=$(git rev-parse HEAD:7/Dockerfile)
	rm -f ".git/objects/${object:0:2}/${object:2}"
	expect 3 onedockerfile check --rev HEAD
	says "'7/Dockerfile': object $object is missing"
	mv "$work/err" "$work/several"
	alone 3 onedockerfile check --rev HEAD
	cmp "$work/several" "$work/err"
}

# A bare repository of 80 directories, every fourth of them with a variant too much, and so many
# objects, all packed, that a second thread reads trees.
avenue() {
	git init -q --bare -b main avenue && cd avenue || return 1
	awk 'BEGIN {
		print "commit refs/heads/main"
		print "committer Test <test@example.org> 1700000000 +0000"
		print "data 4\nmany"
		for (d = 1; d <= 80; d++) {
			for (i = 1; i <= 130; i++)
				print "M 100644 inline " d "/src/" i "\ndata <<E\n" d " " i "\nE"
			print "M 100644 inline " d "/Dockerfile\ndata <<E\nFROM a AS base" d "\nE"
			if (d % 4 == 0)
				print "M 100644 inline " d "/Dockerfile.dev\ndata <<E\nFROM a\nE"
		}
	}' | git -c fastimport.unpackLimit=1 fast-import --quiet
	[ "$(git count-objects -v | sed -n 's/in-pack: //p')" -gt 10000 ]
}

# same STATUS COMMAND...: `expect` of several threads and of one, which say the same.
same() {
	expect "$@"
	mv "$work/out" "$work/several"
	mv "$work/err" "$work/several-err"
	alone "$@"
	cmp "$work/several" "$work/out"
	cmp "$work/several-err" "$work/err"
}

# with NUMBER TREE: a commit of main's tree with that one instead of a directory.
with() {
	git ls-tree main | awk -v number="$1" -v tree="$2" -v OFS='\t' '
		$4 == number { print "040000 tree " tree, number; next } { print }' |
		git mktree | xargs git commit-tree -m 'another tree' -p main
}

@test "one thread finds in a large tree what two find" {
	avenue
	same 1 onedockerfile check --rev main -f json
	grep -q '"dockerfiles":.100,' "$work/out"
	grep -q '"errors":.20,' "$work/out"
	same 1 onedockerfile check --range "main..$(with 9 "$(git rev-parse main:40)")" -f json
	[ "$(git ls-tree -r --name-only main | grep -c Dockerfile)" -eq 100 ]
}

@test "objects that are not packed are found all the same" {
	avenue
	good api
	blob=$(git hash-object -w api/Dockerfile)
	inner=$(printf '100644 blob %s\tDockerfile\n100644 blob %s\tDockerfile.old\n' "$blob" "$blob" |
		git mktree)
	same 1 onedockerfile check --range "main..$(with 77 "$inner")"
	says '77/Dockerfile.old:'
	same 1 onedockerfile check --rev "$(with 2 "$inner")" -f json
	grep -q '"errors":.21,' "$work/out"
}

@test "a tree that is malformed or missing is named as ever, whoever comes to it" {
	avenue
	blob=$(git rev-parse main:1/Dockerfile | sed 's/../\\x&/g')
	odd=$(printf '100600 a\0%b' "$blob" | git hash-object -t tree -w --literally --stdin)
	for number in 1 41 80; do
		git update-ref refs/heads/odd "$(with "$number" "$odd")"
		same 3 onedockerfile check --rev odd
		says "tree $odd is malformed: an entry of unknown mode"
		git repack -adq
		same 3 onedockerfile check --rev odd
		says "tree $odd is malformed: an entry of unknown mode"
	done
	missing=$(printf '100644 blob %s\tgone\n' "$(git rev-parse main:1/Dockerfile)" | git mktree)
	commit=$(with 79 "$missing")
	rm -f "objects/${missing:0:2}/${missing:2}"
	same 3 onedockerfile check --rev "$commit"
	says "object $missing is missing"
}

@test "two threads are no more held up by a tree that unfolds without end than one" {
	avenue
	good api
	blob=$(git hash-object -w api/Dockerfile)
	inner=$(printf '100644 blob %s\tDockerfile\n' "$blob" | git mktree)
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		inner=$(for name in a b c d e f g h; do
			printf '040000 tree %s\t%s\n' "$inner" "$name"
		done | git mktree)
	done
	same 3 onedockerfile check --rev "$(with 50 "$inner")"
	says 'more than 100000 Dockerfiles and compose files'
}

# A bare repository of 620 branches at as many commits and a tag of each, so many that a second
# thread reads commits; and refs at what is none: a tag, a tree, a malformed commit, nothing.
boulevard() {
	git init -q --bare -b main boulevard && cd boulevard || return 1
	awk 'BEGIN {
		for (i = 1; i <= 620; i++) {
			print "commit refs/heads/main"
			print "mark :" i
			print "committer Test <test@example.org> " 1700000000 + i " +0000"
			print "data 4\nmore"
			print "M 100644 inline " i % 7 "/Dockerfile\ndata <<E\nFROM a AS base" i "\nE"
			print "reset refs/heads/b" i "\nfrom :" i "\n"
			print "reset refs/tags/t" i "\nfrom :" i "\n"
		}
	}' | git -c fastimport.unpackLimit=1 fast-import --quiet
	git tag -a -m tag annotated main~30
	git tag a-tree 'main^{tree}'
	malformed=$(echo 'no commit' | git hash-object -t commit -w --literally --stdin)
	echo "$malformed" >refs/heads/malformed
	echo "${malformed//[0-9a-f]/1}" >refs/heads/missing
}

# pushed COMMIT: what a push of it to the branch `new` would tell the hook.
pushed() {
	echo "$(printf '%040d' 0) $1 refs/heads/new" >input
}

@test "one thread finds behind many refs what two find" {
	boulevard
	good api
	worse=$(printf '100644 blob %s\tDockerfile\n100644 blob %s\tDockerfile.dev\n' \
		"$(git hash-object -w api/Dockerfile)" "$(git hash-object -w api/Dockerfile)" |
		git mktree)
	first=$(git commit-tree -m first -p main~300 "$(with 1 "$worse")^{tree}")
	pushed "$(git commit-tree -m second -p "$first" -p main~5 'main~5^{tree}')"
	same 1 sh -c 'onedockerfile hook pre-receive -f json <input'
	grep -q '"commits":.2,' "$work/out"
	# What a ref names brings nothing, whoever has read it.
	pushed "$(git rev-parse main~7)"
	same 0 sh -c 'onedockerfile hook pre-receive <input'
	git rev-parse main~310 >shallow
	pushed "$first"
	same 1 sh -c 'onedockerfile hook pre-receive -f json <input'
	grep -q '"commits":.1,' "$work/out"
	rm shallow
	git rev-parse main~200 | git commit-graph write --stdin-commits
	same 1 sh -c 'onedockerfile hook pre-receive -f json <input'
	grep -q '"commits":.1,' "$work/out"
}
