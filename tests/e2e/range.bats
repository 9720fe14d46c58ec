#!/usr/bin/env bats
# Each commit of a range, against its parents.

load helper

history() {
	repository shop
	good api
	save 'a service'
	git tag start
}

@test "judges each commit, oldest first, and says what repairs it" {
	history
	bad api
	save variant
	echo note >README
	save note
	rm api/Dockerfile.dev
	save repaired
	bad web
	save another
	judge 1 --range start..main
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short main~3) - $(short main~1)
		new extra-dockerfile web/Dockerfile.dev:1 $(short main) - -
	END
	reported --get summary.commits <<<4
	reported --get source <<<range
}

@test "lists what it cannot check in order, each once" {
	local at=0 remote='services: {x: {build: "https://example.org/x.git"}}'

	history
	mkdir a b c d
	echo 'include: [../d/part.yml]' >a/compose.yaml
	echo "$remote" | tee b/compose.yaml c/compose.yaml >d/part.yml
	save four
	echo note >README
	save note
	judge 0 --range start..main
	for path in b/compose.yaml c/compose.yaml d/part.yml; do
		reported --get "unchecked.$((at++)).path" <<<"$path"
	done
	reported --get unchecked <<<3
}

# Without its override, that is: then it builds a stage that is used by nothing else.
@test "judges a Dockerfile with every compose file that builds it" {
	history
	mkdir web compose
	printf 'FROM a AS base\nFROM base AS dev\nFROM base AS prod\n' >web/Dockerfile
	echo 'services: {x: {build: {context: ../web, target: dev}}}' >compose/compose.yaml
	echo 'services: {x: {build: {context: ../api, target: base}}}' >compose/compose.override.yaml
	save two
	echo 'RUN make' >>web/Dockerfile
	save more
	judge 0 --range start..main
	reported </dev/null
	git rm -q compose/compose.yaml
	save 'the override alone'
	judge 0 --range main^..main
	reported <<<'new unused-stage web/Dockerfile:2:14-16'
}

@test "judges nothing in an empty range" {
	history
	judge 0 --range main..start
	reported </dev/null
	reported --get verdict <<<pass
}

@test "leaves old faults alone, and lists them when asked" {
	repository shop
	bad old
	save 'an old fault'
	good api
	save 'a service'
	judge 0 --range HEAD^..HEAD
	reported </dev/null
	reported --get summary.inherited <<<1
	judge 0 --range HEAD^..HEAD --all
	reported <<-'END'
		inherited extra-dockerfile old/Dockerfile.dev:1
	END
}

@test "counts a fault that was moved as new" {
	repository shop
	bad old
	save 'an old fault'
	git mv old new
	save moved
	judge 1 --range HEAD^..HEAD
	reported <<-'END'
		new extra-dockerfile new/Dockerfile.dev:1
	END
}

@test "counts a fault that comes back as new" {
	history
	bad api
	save variant
	git rm -q api/Dockerfile.dev
	save repaired
	bad api
	save again
	judge 1 --range HEAD^..HEAD
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short HEAD) - -
	END
}

@test "row 59: judges what Git is told to take for something else" {
	history
	bad api
	save variant
	git replace HEAD start
	judge 1 --range start..main
	judge 1 --rev main
}

@test "row 58: judges commits of unrelated history" {
	history
	git checkout -q --orphan fresh
	bad api
	save 'a fresh start'
	judge 1 --range main..fresh
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short fresh) - -
	END
}

@test "row 89: judges a range across the border of a shallow clone" {
	history
	bad api
	save variant
	good web
	save 'one more'
	good shop
	save 'and another'
	git clone -q --depth 2 "file://$PWD" ../shallow
	cd ../shallow
	judge 0 --range HEAD^..HEAD
	expect 3 onedockerfile check --range "$(git -C ../shop rev-parse start)..HEAD"
	says fetch
}

# Else a fault that two directories speak of would count twice, and let a second one pass.
@test "counts once what two directories say about the same file" {
	repository shop
	for directory in a b; do
		mkdir $directory
		printf 'services:\n' >$directory/compose.yaml
		for name in api web; do
			printf '  %s: {extends: {file: ../common.txt, service: %s}}\n' $name $name
		done >>$directory/compose.yaml
	done
	printf 'services:\n  api: {build: [x]}\n  web: {image: alpine}\n' >common.txt
	save 'an old fault'
	printf 'services:\n  api: {build: [x]}\n  web: {build: [x]}\n' >common.txt
	save 'another one'
	good c
	save 'a service'
	judge 1 --range HEAD~2..HEAD
	reported <<-'END'
		new unreadable common.txt:3:9-13
	END
}

# at DATE TREE PARENT...: a commit.
at() {
	local date=$1 tree=$2 parent
	local -a parents=()

	shift 2
	for parent; do
		parents+=(-p "$parent")
	done
	GIT_COMMITTER_DATE="$date +0000" git commit-tree -m 'a commit' "$tree" "${parents[@]}"
}

@test "what a merge inherits does not hang on dates that lie" {
	local right wrong old middle base left other merge

	repository shop
	good api
	save right
	right=$(git rev-parse 'HEAD^{tree}')
	bad api
	save wrong
	wrong=$(git rev-parse 'HEAD^{tree}')
	old=$(at 1700000100 "$wrong")
	middle=$(at 1700000001 "$right" "$old")
	base=$(at 1700000002 "$right" "$middle")
	left=$(at 1700000200 "$right" "$base" "$old")
	other=$(at 1700000201 "$wrong" "$base" "$old")
	merge=$(at 1700000300 "$wrong" "$left" "$other")
	[ "$(git merge-base --all "$left" "$other")" = "$base" ]
	# It is new in what brings it back, and in the merge it is no more than that.
	expect 1 onedockerfile check --range "$base..$merge" -f json
	grep -q "\"commit\":.\"$other\"" "$work/out"
	[ "$(grep -c '"rule":' "$work/out")" -eq 1 ]
}
