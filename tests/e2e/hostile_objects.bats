#!/usr/bin/env bats
# Objects that lie, are too much, or are no objects at all.

load helper

# bomb KIND...: what tests/support/bombs.pl makes, in the repository at hand; its id is $made.
bomb() {
	"$root/tests/support/bombs.pl" "$@" 2>"$work/made" | git index-pack --stdin >/dev/null
	made=$(cat "$work/made")
}

begin() {
	repository shop
	bad api
	save variant
	blob=$(git rev-parse HEAD:api/Dockerfile)
	zero=0000000000000000000000000000000000000000
}

@test "row 42: does not judge a tree whose entries are not what their modes say" {
	begin
	while read -r reason entry; do
		expect 3 onedockerfile check --rev "$(git commit-tree -m odd "$(tree "$entry")")"
		says "$reason"
	done <<-END
		blob 40000 api $blob
		commit 40000 api $(git rev-parse HEAD)
		tree 100644 Dockerfile $(git rev-parse HEAD:api)
		commit 100644 Dockerfile $(git rev-parse HEAD)
		tree 120000 Dockerfile $(git rev-parse HEAD:api)
		missing 40000 api $zero
		missing 100644 Dockerfile $zero
		missing 100644 Dockerfile 0123456789012345678901234567890123456789
		missing 40000 api 0123456789012345678901234567890123456789
	END
	# A submodule is no object of this repository, whatever it is called.
	expect 0 onedockerfile check --rev "$(git commit-tree -m odd "$(tree "160000 Dockerfile $zero")")"
}

@test "row 42: refuses a push of a tree whose entries are not what their modes say" {
	begin
	git init -q --bare ../central.git
	server "$work/central.git"
	for entry in "40000 api $blob" "100644 Dockerfile $(git rev-parse HEAD:api)"; do
		push 1 ../central.git "$(git commit-tree -m odd "$(tree "$entry")"):refs/heads/main"
	done
	[ -z "$(git -C ../central.git for-each-ref)" ]
}

# written LINE...: a commit of these lines, and a message.
written() {
	printf '%s\n' "$@" '' message | literal commit
}

@test "row 43: reads the tree of a commit as Git does, or does not judge it" {
	begin
	tree="tree $(git rev-parse 'HEAD^{tree}')"
	who='Tester <tester@example.org> 1700000000 +0000'
	# Git takes all of these, so they are judged.
	for author in "$who" '' 'nobody' '<>' 'x <a@b' "$(printf '\377') <\377> x y" "$who$who" \
		'T <t@example.org> 99999999999999999999 +9999' 'T <t@example.org> -1 -0000'; do
		for name in author committer; do
			expect 1 onedockerfile check --rev "$(written "$tree" "$name $author")"
			expect 1 onedockerfile check --range "HEAD..$(written "$tree" "$name $author")"
		done
	done
	for first in '' 'tree' "tree ${tree:5:39}" "tree $zero" "tree $blob" "tree $(git rev-parse HEAD)" \
		"author $who" " $tree" "Tree ${tree:5}"; do
		expect 3 onedockerfile check --rev "$(written "$first" "author $who" "committer $who")"
	done
	expect 1 onedockerfile check --range "HEAD..$(written "$tree" parent "author $who" "committer $who")"
	for parent in 'parent ' "parent $zero" "parent $blob" "parent ${tree:5}" \
		'parent 0123456789012345678901234567890123456789' 'parent xyz'; do
		commit=$(written "$tree" "$parent" "author $who" "committer $who")
		expect 3 onedockerfile check --range "HEAD..$commit"
	done
	for cut in 0 1 5 44 45; do
		expect 3 onedockerfile check --rev "$(printf '%s\n' "$tree" | head -c "$cut" | literal commit)"
	done
}

@test "row 43: goes on judging pushes once HEAD is a commit that the library does not read" {
	begin
	git init -q --bare ../central.git
	git push -q ../central.git main
	server "$work/central.git"
	for author in '' nobody 'T <t@example.org' 'T <t@example.org> 99999999999999999999 +0000'; do
		commit=$(written "tree $(git rev-parse 'HEAD^{tree}')" "parent $(git rev-parse HEAD)" \
			"author $author" "committer $author")
		push 0 --force ../central.git "$commit:refs/heads/main"
		push 0 ../central.git "$commit:refs/heads/$(git rev-parse --short=10 "$commit")"
	done
}

@test "row 44: does not judge directories inside one another without end" {
	repository shop
	bomb deep 256 Dockerfile Dockerfile.dev
	bounded 1 onedockerfile check --rev "$made"
	for depth in 257 5000; do
		bomb deep $depth Dockerfile Dockerfile.dev
		bounded 3 onedockerfile check --rev "$made"
		says 'lies more than 256 directories deep'
	done
	bomb deep 5000 notes
	bounded 3 onedockerfile check --rev "$made"
	bounded 3 onedockerfile check --range "$made..$(git commit-tree -m next -p "$made" "$(tree "40000 b $(git rev-parse "$made^{tree}")")")"
}

@test "row 45: is not held up by a tree that unfolds to a billion files" {
	repository shop
	for levels in 8 12; do
		bomb bomb $levels Dockerfile Dockerfile.dev
		bounded 3 onedockerfile check --rev "$made"
		says 'more than 100000 Dockerfiles and compose files in tree '
		bomb bomb $levels notes
		bounded 0 onedockerfile check --rev "$made"
	done
}

@test "row 46: judges a tree of a million files, flat and nested" {
	repository shop
	for kind in 'wide 1000000' 'square 1000'; do
		# shellcheck disable=SC2086 # a list of words
		bomb $kind Dockerfile Dockerfile.dev
		bounded 1 onedockerfile check --rev "$made"
		says '1 error in 2 Dockerfiles'
	done
}

# same FILE ARGUMENTS...: a damaged repository says what FILE has, or nothing at all.
same() {
	local wanted=$1

	shift
	expect '[13]' onedockerfile check -f json "$@"
	cmp -s "$wanted" "$work/out" || grep -q '"verdict":.*"unknown"' "$work/out"
}

# packed: everything in one pack, with deltas; $pack is its name without ending.
packed() {
	begin
	seq 3000 >api/notes
	save notes
	sed -i 's/^2000$/two thousand/' api/notes
	printf 'FROM alpine:3.20\nRUN a\n' >api/Dockerfile.dev
	save more
	git repack -q -a -d -f --window=50
	pack=$(echo .git/objects/pack/*.pack)
	pack=${pack%.pack}
	chmod u+w "$pack".*
	rm -f "$pack.rev"
	expect 1 onedockerfile check -f json --rev HEAD
	cp "$work/out" "$work/wanted"
	cp -R .git "$work/whole"
}

# restore: the pack as it was.
restore() {
	rm -rf .git && cp -R "$work/whole" .git
}

@test "row 49: says what a damaged pack held, or that it cannot tell" {
	local at size

	packed
	size=$(stat -c %s "$pack.pack")
	for at in $(seq 0 11) $(seq 12 $((size / 25)) "$size"); do
		perl -e 'open F, "+<", $ARGV[0]; seek F, $ARGV[1], 0; read F, $b, 1; seek F, $ARGV[1], 0;
			print F chr(ord($b) ^ (1 << $ARGV[1] % 8))' "$pack.pack" "$at"
		same "$work/wanted" --rev HEAD
		cp "$work/whole${pack#.git}.pack" "$pack.pack"
	done
}

@test "row 49: does not take a pack or its index for whole that is cut" {
	local file length size

	packed
	for file in "$pack.pack" "$pack.idx"; do
		size=$(stat -c %s "$file")
		for length in 0 3 8 12 40 1030 $((size / 3)) $((size / 2)) $((size - 21)) $((size - 1)); do
			[ "$length" -lt "$size" ] || continue
			truncate -s "$length" "$file"
			same "$work/wanted" --rev HEAD
			cp "$work/whole${file#.git}" "$file"
		done
	done
	# An index that leads to nowhere.
	for file in "$pack.pack" "$pack.idx"; do
		rm "$file"
		expect 3 onedockerfile check --rev HEAD
		mkfifo "$file"
		expect 3 onedockerfile check --rev HEAD --timeout 1
		rm "$file" && mkdir "$file"
		expect 3 onedockerfile check --rev HEAD
		restore
	done
	expect 1 onedockerfile check --rev HEAD
}

@test "row 49: is not held up by a pack whose index leads it in circles" {
	packed
	# Where objects lie: behind the fan-out, the names and their sums (gitformat-pack "idx").
	count=$(git show-index <"$pack.idx" | wc -l)
	for offset in 0 12 4294967295 2147483647; do
		perl -e 'open F, "+<", $ARGV[0]; seek F, 8 + 1024 + 24 * $ARGV[1], 0;
			print F pack("N", $ARGV[2]) x $ARGV[1]' "$pack.idx" "$count" "$offset"
		expect 3 onedockerfile check --rev HEAD
		cp "$work/whole${pack#.git}.idx" "$pack.idx"
	done
}

@test "row 50: follows fifty tags of tags, and says where there are more" {
	begin
	git init -q --bare ../central.git
	server "$work/central.git"
	bomb tags 50 "$(git rev-parse HEAD)"
	bounded 1 onedockerfile check --rev "$made"
	says '1 error'
	push 1 ../central.git "$made:refs/tags/t"
	says 'api/Dockerfile.dev'
	bomb tags 51 "$(git rev-parse HEAD)"
	bounded 3 onedockerfile check --rev "$made"
	push 1 ../central.git "$made:refs/tags/t"
	says 'more than 50 tags on the way to a commit'
	bomb tags 2000 "$(git rev-parse HEAD)"
	bounded 3 onedockerfile check --rev "$made"
	bomb tags 51 "$(git rev-parse HEAD:api/Dockerfile)" && git update-ref refs/tags/long "$made"
	expect 1 onedockerfile check --rev HEAD
}

@test "row 57: judges a merge of three thousand roots" {
	repository shop
	bomb octopus 3000 Dockerfile Dockerfile.dev
	bounded 1 onedockerfile check --rev "$made"
	git update-ref refs/heads/main "$made"
	git init -q --bare ../central.git
	server "$work/central.git"
	push 1 ../central.git main
	reported <<-'END'
		new extra-dockerfile Dockerfile.dev:1
	END
	reported --get summary.commits <<<3001
}
