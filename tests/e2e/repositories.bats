#!/usr/bin/env bats
# Kinds of repositories, and of refs: what Git can read is judged, and nothing slips through.

load helper

central() {
	git init -q --bare "${1:-central.git}"
	repository shop
	good api
	save 'a service'
	git remote add origin "$work/${1:-central.git}"
	git push -q origin main
	server "$work/${1:-central.git}"
}

# A commit with a fault that the server has, on no ref.
given() {
	bad api
	save variant
	git -C ../central.git fetch -q "$work/shop" main
	rm -f ../central.git/FETCH_HEAD
}

# What the last refusal says to run, run.
follow() {
	local line

	line=$(sed -n "s/.*'\(git fetch [^']*\)'.*/\1/p" "$work/err" | head -n 1)
	echo "$line"
	$line
}

@test "judges the commits of a thousand refs, each once" {
	central
	main=$(git rev-parse main)
	for i in $(seq 500); do
		cat <<-END
			commit refs/heads/topic$i
			mark :$i
			committer Tester <tester@example.org> $((1700000000 + i)) +0000
			data 1
			x
			from $main
			M 100644 inline service$i/Dockerfile
			data 7
			FROM a
			M 100644 inline service$i/Dockerfile.dev
			data 7
			FROM b
			reset refs/tags/v$i
			from :$i

		END
	done >commits
	git fast-import --quiet <commits
	push 1 origin 'refs/heads/topic*:refs/heads/topic*' 'refs/tags/*:refs/tags/*'
	reported --get summary.commits <<<500
	[ "$(git -C ../central.git for-each-ref | wc -l)" -eq 1 ]
}

@test "knows what only an annotated tag holds, packed or loose" {
	central
	given
	git -C ../central.git tag -a -m one v1 "$(git rev-parse main)"
	git -C ../central.git tag -a -m two v2 v1
	git -C ../central.git tag -d v1
	save more
	push 0 origin main:refs/heads/loose
	save 'and more'
	git -C ../central.git pack-refs --all
	git -C ../central.git update-ref -d refs/heads/loose
	grep -q '^\^' ../central.git/packed-refs
	push 0 origin main:refs/heads/packed
	reported --get summary.commits <<<2
}

@test "lets a loose ref count before a packed one" {
	central
	given
	git -C ../central.git update-ref refs/heads/topic "$(git rev-parse main)"
	git -C ../central.git pack-refs --all
	git -C ../central.git update-ref refs/heads/topic "$(git rev-parse main^)"
	push 1 origin main
	# Also where another one stands behind it.
	git -C ../central.git update-ref refs/heads/zoo "$(git rev-parse main^)"
	push 1 origin main
}

@test "lets a loose symbolic ref count before a packed one" {
	central
	given
	git -C ../central.git update-ref refs/heads/topic "$(git rev-parse main)"
	git -C ../central.git pack-refs --all
	git -C ../central.git symbolic-ref refs/heads/topic refs/heads/main
	push 1 origin main
}

@test "reads packed refs in any order, and links to loose ones" {
	central
	given
	git -C ../central.git update-ref refs/heads/topic "$(git rev-parse main)"
	git -C ../central.git pack-refs --all
	sort -r -k 2 ../central.git/packed-refs | grep -v '^#' >packed
	mv packed ../central.git/packed-refs
	save more
	push 0 origin main:refs/heads/other
	mkdir ../central.git/elsewhere
	git rev-parse main >../central.git/elsewhere/kept
	ln -s ../../elsewhere ../central.git/refs/heads/linked
	git -C ../central.git update-ref -d refs/heads/topic
	git -C ../central.git update-ref -d refs/heads/other
	save 'and more'
	push 0 origin main:refs/heads/other
}

@test "counts nothing as judged because of a ref that is broken" {
	central
	given
	git rev-parse main | cut -c 1-39 >../central.git/refs/heads/cut
	: >../central.git/refs/heads/empty
	git rev-parse main >../central.git/refs/heads/main.lock
	git rev-parse main >../central.git/refs/heads/.hidden
	echo 0123456789012345678901234567890123456789 >../central.git/refs/heads/absent
	expect 1 sh -c "cd ../central.git && echo $(git rev-parse main^ main | tr '\n' ' ')refs/heads/main |
		onedockerfile hook pre-receive"
}

@test "judges the same with a commit graph, in one file or in layers" {
	central
	for i in 1 2 3 4 5 6; do
		git checkout -q -b "side$i" main
		good "service$i"
		save "side $i"
	done
	git checkout -q main
	git merge -q -m octopus side1 side2 side3 side4
	git push -q --no-verify origin main side5 || true
	cd ../central.git
	git update-ref -d refs/heads/side5
	git commit-graph write --reachable --split=no-merge
	git fetch -q ../shop side5:side5
	git commit-graph write --reachable --split=no-merge
	git fetch -q ../shop side6:side6
	git commit-graph write --reachable --split=no-merge
	[ "$(wc -l <objects/info/commit-graphs/commit-graph-chain)" -eq 3 ]
	cd ../shop
	git merge -q -m both side5 side6
	bad api
	save variant
	for kind in layers file broken cut none; do
		case $kind in
		file) git -C ../central.git commit-graph write --reachable ;;
		broken) printf garbage | dd of=../central.git/objects/info/commit-graph bs=1 seek=30 conv=notrunc ;;
		cut) truncate -s 1100 ../central.git/objects/info/commit-graph ;;
		none) rm -rf ../central.git/objects/info/commit-graph* ;;
		esac
		chmod -R u+w ../central.git/objects/info
		rm -f "$work/report.json"
		expect 1 git push origin main
		reported --commits <<-END
			new extra-dockerfile api/Dockerfile.dev:1 $(short main) refs/heads/main -
		END
		reported --get summary.commits <<<2
	done
}

@test "reads packs through an index of several" {
	central
	given
	git -C ../central.git update-ref refs/heads/topic "$(git rev-parse main)"
	git -C ../central.git repack -q -a -d
	git -C ../central.git multi-pack-index write
	rm -f ../central.git/objects/pack/*.rev
	save more
	push 0 origin main
}

@test "sees what is borrowed by a relative path, one with a colon or one that is gone" {
	central 'a:b "c".git'
	server fork.git
	printf '%s\n' "../../gone.git/objects" "../../a:b \"c\".git/objects" >fork.git/objects/info/alternates
	mv fork.git ..
	good web
	save 'one more'
	expect 0 git push "$work/fork.git" main:refs/heads/topic
	bad api
	save variant
	expect 1 git push "$work/fork.git" main:refs/heads/topic
	says 'api/Dockerfile.dev'
}

# lends FROM TO [LINE]: FROM's alternates are TO's objects, by a path relative to them.
lends() {
	printf '%s\n' '# borrowed' ${3:+"$3"} "../../$2/objects" >"$1/objects/info/alternates"
}

@test "follows alternates of alternates as far as Git, also in a circle" {
	local file

	git init -q a.git --bare
	repository work
	good api
	save 'a service'
	git push -q ../a.git main
	for name in b c d e f; do
		git init -q --bare "../$name.git"
	done
	lends ../b.git a.git
	lends ../c.git b.git
	lends ../d.git c.git "\"$work/a.git\\057objects\""
	lends ../e.git d.git
	lends ../f.git e.git
	lends ../a.git f.git
	for name in b c d e f; do
		expect 0 git -C "../$name.git" cat-file -e "$(git rev-parse HEAD)"
		expect 0 onedockerfile check -C "../$name.git" --rev "$(git rev-parse HEAD)"
	done
	file=$(git rev-parse HEAD)
	file=$work/a.git/objects/${file:0:2}/${file:2}
	chmod u+w "$file"
	truncate -s -5 "$file"
	expect 3 onedockerfile check -C ../f.git --rev "$(git rev-parse HEAD)"
	says "'$file' is cut off"
	yes ../../nowhere/objects | head -c 1100000 >../f.git/objects/info/alternates
	expect 3 onedockerfile check -C ../f.git --rev "$(git rev-parse HEAD)"
	says "info/alternates' has more than 1048576 bytes"
}

@test "takes a path in bad quotes as it is written, as Git does" {
	git init -q --bare a.git
	repository work
	good api
	save 'a service'
	git push -q ../a.git main
	for name in '"b' '"c\q"' '"d\057"'; do
		git init -q --bare "../f.git"
		cp -r ../a.git/objects "../f.git/objects/$name"
		printf '%s\n' "$name" >../f.git/objects/info/alternates
		if git -C ../f.git cat-file -e "$(git rev-parse HEAD)"; then
			expect 0 onedockerfile check -C ../f.git --rev "$(git rev-parse HEAD)"
		else
			expect 3 onedockerfile check -C ../f.git --rev "$(git rev-parse HEAD)"
		fi
		rm -rf ../f.git
	done
}

@test "judges what a graft hides" {
	repository shop
	bad api
	save variant
	bad web
	save another
	save more
	# To Git the first commit is the last one's parent.
	echo "$(git rev-parse HEAD) $(git rev-parse HEAD~2)" >.git/info/grafts
	[ "$(git rev-list --count HEAD~1..HEAD 2>/dev/null)" -eq 1 ]
	judge 1 --range "$(git rev-list HEAD 2>/dev/null | tail -n 1)..HEAD"
	reported --get summary.commits <<<2
}

@test "row 50: refuses a tree that a ref or tag names by itself" {
	central
	bad api
	git add -A
	tree=$(git write-tree)
	git reset -q --hard
	git tag lone "$tree"
	git tag -a -m tagged tagged "$tree"
	push 1 origin lone
	push 1 origin tagged
	push 0 origin 'main^{tree}:refs/tags/known'
}

@test "judges a repository and work tree that the environment names" {
	git init -q --separate-git-dir "$work/kept" shop
	cd shop
	git config core.hooksPath "$work/kept/hooks"
	arm pre-commit
	bad api
	git add -A
	expect 1 git commit -m variant
	cd "$work"
	expect 1 git --git-dir="$work/kept" --work-tree="$work/shop" commit -m variant
	GIT_DIR=$work/kept GIT_WORK_TREE=$work/shop expect 1 git commit -m variant
	rm shop/.git
	git -C kept config core.worktree "$work/shop"
	expect 1 git -C kept commit -m variant
	says 'api/Dockerfile.dev'
}

@test "finds the repository where Git does" {
	repository shop
	bad api
	git add -A
	cd api
	GIT_DIR=../.git GIT_WORK_TREE=.. expect 1 onedockerfile hook pre-commit
	GIT_DIR=../.git GIT_COMMON_DIR=../.git expect 1 onedockerfile hook pre-commit
	expect 1 onedockerfile hook pre-commit
	GIT_CEILING_DIRECTORIES=$work/shop expect 3 onedockerfile hook pre-commit
	says 'could not find repository'
	GIT_CEILING_DIRECTORIES=$work expect 1 onedockerfile hook pre-commit
}

@test "row 87: reads a repository whoever owns it, also where Git itself would not" {
	[ "$(id -u)" -eq 0 ] || skip 'only root may give files away'
	repository shop
	good api
	save 'a service'
	bad api
	git add -A
	arm pre-commit
	chown -R 65534:65534 .
	expect 1 onedockerfile check --staged
	expect 0 onedockerfile check --rev HEAD
	expect 128 git commit -m variant
	says 'dubious ownership'
	GIT_DIR=.git expect 1 git commit -m variant
	says 'api/Dockerfile.dev'
	GIT_DIR=.git git update-index --split-index
	expect 1 onedockerfile check --staged
}

@test "row 88: reads a repository whatever extensions it can bear, and no other" {
	repository shop
	good api
	save 'a service'
	git config core.repositoryFormatVersion 0
	cp .git/config kept
	printf '[extensions]\n\tsomethingElse = true\n' >>.git/config
	expect 0 onedockerfile check --rev HEAD
	cp kept .git/config
	git config core.repositoryFormatVersion 1
	for extension in worktreeConfig partialClone preciousObjects relativeWorktrees; do
		printf '[extensions]\n\t%s = true\n' "$extension" >>.git/config
		expect 0 onedockerfile check --rev HEAD
	done
	cp .git/config kept
	printf '[extensions]\n\trefStorage = reftable\n' >>.git/config
	expect 3 onedockerfile check --rev HEAD
	says reftable
	printf '[extensions]\n\tsomethingElse = true\n' >>kept
	cp kept .git/config
	expect 3 onedockerfile check
	says somethingelse
}

@test "row 89: says how to fetch what a shallow clone lacks" {
	central
	git branch base
	git tag start
	for i in 1 2 3; do
		save "$i"
	done
	git push -q --no-verify origin main base start
	for base in origin/base start "$(git rev-parse base)" HEAD~3; do
		git clone -q --depth 1 --no-tags -b main "file://$work/central.git" "$work/shallow"
		cd "$work/shallow"
		expect 3 onedockerfile check --range "$base..HEAD"
		says 'fetch-depth: 0'
		follow
		judge 0 --range "$base..HEAD"
		reported --get summary.commits <<<3
		cd .. && rm -rf shallow
	done
	git clone -q --depth 2 "file://$work/central.git" shallow
	cd shallow
	git fetch -q --depth 1 origin tag start
	expect 3 onedockerfile check --range start..HEAD
	follow
	expect 0 onedockerfile check --range start..HEAD
}

@test "ends where a shallow clone ends, in each of its worktrees" {
	central
	save one
	save two
	git push -q --no-verify origin main
	git clone -q --depth 2 "file://$work/central.git" shallow
	cd shallow
	git worktree add -q ../linked -b side
	cd ../linked
	bad api
	save variant
	judge 1 --range main^..side
	reported --get summary.commits <<<2
	expect 3 onedockerfile check --range HEAD~3..side
	says 'fetch-depth: 0'
}

@test "says how to fetch what a partial clone lacks" {
	central
	git -C ../central.git config uploadpack.allowFilter true
	for filter in blob:none tree:0 'blob:none --depth=1'; do
		# shellcheck disable=SC2086 # its words
		git clone -q --bare --filter=$filter "file://$work/central.git" "$work/partial"
		cd "$work/partial"
		expect 3 onedockerfile check --rev HEAD
		says 'this clone is partial'
		follow
		expect 0 onedockerfile check --rev HEAD
		cd .. && rm -rf partial
	done
}

@test "row 94: judges the same while Git packs the objects anew" {
	local number packing

	repository shop
	for number in $(seq 20); do
		good "service$number"
		[ $((number % 5)) -ne 0 ] || bad "service$number"
		save "service $number"
	done
	git repack -q -a -d
	expect 1 onedockerfile check -f json --range main~19..main
	mv "$work/out" "$work/before"
	(while [ ! -e "$work/enough" ]; do git repack -q -a -d -f --depth=$((RANDOM % 9 + 1)); done) &
	packing=$!
	for number in $(seq 15); do
		expect 1 onedockerfile check -f json --range main~19..main
		cmp "$work/before" "$work/out"
	done
	touch "$work/enough"
	wait "$packing"
}
