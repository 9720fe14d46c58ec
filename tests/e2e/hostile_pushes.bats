#!/usr/bin/env bats
# Ways past a server's gate that lead over refs: each is tried with a real push.

load helper

# A server with a service, under the policy TEXT of its own where one is given; a clone at hand.
begin() {
	git init -q --bare central.git
	repository shop
	good api
	save 'a service'
	git push -q ../central.git main
	server "$work/central.git"
	if [ -n "${1-}" ]; then
		printf '%s\n' "$1" >"$work/central.git/policy.yaml"
		git -C ../central.git config onedockerfile.policy policy.yaml
	fi
}

# refs: what the server has, and where it is.
refs() {
	git -C "$work/central.git" for-each-ref --format='%(objectname) %(refname)'
}

@test "row 55: judges what is pushed through a symbolic ref as what it is written to" {
	begin 'refs: ["refs/heads/{main,stable}"]'
	before=$(git rev-parse main)
	git -C ../central.git symbolic-ref refs/heads/alias refs/heads/main
	git -C ../central.git symbolic-ref refs/heads/second refs/heads/alias
	git -C ../central.git symbolic-ref refs/heads/unborn refs/heads/stable
	ln -s refs/heads/main ../central.git/refs/heads/linked
	bad api
	save variant
	for name in alias second unborn linked; do
		push 1 ../central.git "main:refs/heads/$name"
		says '[extra-dockerfile]'
	done
	push 0 ../central.git main:refs/heads/topic
	push 1 ../central.git main
	[ "$(git -C ../central.git rev-parse main)" = "$before" ]
	git -C ../central.git symbolic-ref refs/heads/circle refs/heads/round
	git -C ../central.git symbolic-ref refs/heads/round refs/heads/circle
	push 1 ../central.git main:refs/heads/circle
}

@test "takes no policy through a symbolic ref that would refuse every later push" {
	begin
	git -C ../central.git symbolic-ref refs/heads/alias refs/heads/main
	echo 'rulez: 1' >.onedockerfile.yaml
	save broken
	push 1 ../central.git main:refs/heads/alias
	says "did you mean 'rules'?"
	push 0 ../central.git main:refs/heads/other
	git -C ../central.git symbolic-ref HEAD refs/heads/alias
	push 1 ../central.git main
	says "did you mean 'rules'?"
}

@test "row 61: takes no policy that is too much only together with the server's" {
	begin 'extends: repository
ignore: ["vendor/**"]'
	{
		echo 'ignore:'
		seq -f '- "x%.0f"' 1000
	} >.onedockerfile.yaml
	save 'as many patterns as one file may have'
	expect 0 onedockerfile check
	push 1 ../central.git main
	says 'more than 1000 patterns'
	push 0 ../central.git main:refs/heads/other
	sed -i '$d' .onedockerfile.yaml
	save 'one less'
	push 0 ../central.git main
	push 0 ../central.git main:refs/heads/another
}

@test "row 60: counts nothing as judged because the host keeps it for a pull request" {
	begin
	before=$(refs)
	bad api
	save variant
	for name in refs/pull/1/head refs/pull-requests/1/from refs/merge-requests/1/head refs/keep-around/x \
		refs/pipelines/1 refs/environments/review/deployments/1; do
		git -C ../central.git fetch -q "$work/shop" "main:$name"
		push 1 ../central.git main
		says '[extra-dockerfile]'
		git checkout -q -b merged main^
		git merge -q --no-ff -m 'a pull request' main
		push 1 ../central.git merged:main
		git checkout -q main
		git branch -q -D merged
		git -C ../central.git update-ref -d "$name"
	done
	[ "$(refs)" = "$before" ]
	push 1 ../central.git main:refs/pull/1/head
}

@test "row 59: takes no ref that makes Git read something else than what was judged" {
	begin
	file=$(git rev-parse HEAD:api/Dockerfile)
	other=$(printf 'FROM a AS b\nFROM a AS b\n' | git hash-object -w --stdin)
	expect 1 git push ../central.git "$other:refs/replace/$file"
	says "'refs/replace/$file'"
	says 'core.useReplaceRefs = false'
	[ "$(git -C ../central.git cat-file blob main:api/Dockerfile)" = "$(cat api/Dockerfile)" ]
	expect 1 git push ../central.git "main:refs/replace/$(git rev-parse HEAD)"
	for policy in 'refs: ["refs/heads/*"]' 'fail-on: never'; do
		echo "$policy" >../central.git/policy.yaml
		git -C ../central.git config onedockerfile.policy policy.yaml
		expect 1 git push ../central.git "$other:refs/replace/$file"
	done
	git -C ../central.git hash-object -w --stdin <<<'FROM scratch' >"$work/object"
	git -C ../central.git update-ref "refs/replace/$file" "$(cat "$work/object")"
	push 0 ../central.git ":refs/replace/$file"
	git -C ../central.git config core.useReplaceRefs false
	push 0 ../central.git "$other:refs/replace/$file"
	[ "$(git -C ../central.git cat-file blob main:api/Dockerfile)" = "$(cat api/Dockerfile)" ]
}

@test "row 51: judges ten thousand refs, and nothing where nothing is pushed" {
	begin
	bad api
	save variant
	zero=0000000000000000000000000000000000000000
	seq -f "$zero $(git rev-parse main^) refs/heads/topic%.0f" 9999 >"$work/lines"
	expect 0 sh -c "cd ../central.git && onedockerfile hook pre-receive <'$work/lines'"
	git -C ../central.git fetch -q "$work/shop" main
	echo "$zero $(git rev-parse main) refs/heads/topic10000" >>"$work/lines"
	expect 1 sh -c "cd ../central.git && onedockerfile hook pre-receive <'$work/lines'"
	says '1 error in 1 new commit'
	expect 0 sh -c 'cd ../central.git && onedockerfile hook pre-receive </dev/null'
	expect '[03]' sh -c 'cd ../central.git && onedockerfile hook pre-receive <&-'
}

# told STATUS: what the hook says to these lines, which printf writes.
told() {
	# shellcheck disable=SC2059 # with \n and \0 in them
	printf "$2" >"$work/lines"
	expect "$1" sh -c "cd ../central.git && onedockerfile hook pre-receive <'$work/lines'"
}

@test "row 52: takes no line for an update that Git would not have written" {
	begin
	zero=0000000000000000000000000000000000000000
	id=$(git rev-parse main)
	told 0 "$zero $id refs/heads/x\n"
	for line in "$zero $id refs/heads/x" "$zero $id" "$zero $id \n" "$zero\n" "$zero $id refs\0/heads/x\n" \
		"$zero ${id:0:39} refs/heads/x\n" "$zero ${id}0 refs/heads/x\n" "$zero $id\trefs/heads/x\n" \
		" $zero $id refs/heads/x\n" "$zero  $id refs/heads/x\n" '\n' "$zero $id refs/heads/x\n\n" \
		"${zero}${zero:0:24} ${id}${zero:0:24} refs/heads/x\n" "$zero $id  refs/heads/x\n" \
		"$zero $id refs/heads/x\r\n" "$zero $id refs/heads/x y\n" "$zero $id refs/heads/x\177\n"; do
		told 3 "$line"
	done
	# Old and new alike, in capitals, twice, or with a long name: nothing of it hides anything.
	bad api
	save variant
	git -C ../central.git fetch -q "$work/shop" main
	id=$(git rev-parse main)
	told 1 "$id $id refs/heads/main\n"
	told '[13]' "$zero ${id^^} refs/heads/x\n"
	told 1 "$zero $id refs/heads/x\n$zero $id refs/heads/x\n"
	told 1 "$zero $(git rev-parse main^) refs/heads/x\n$zero $id refs/heads/x\n"
	told '[13]' "$zero $id refs/heads/$(head -c 1000000 /dev/zero | tr '\0' x)\n"
}

@test "row 53: takes a name of a ref for a name, whatever it says" {
	local name worse=() better=()

	begin
	bad api
	save variant
	git -C ../central.git fetch -q "$work/shop" main
	export place=$work/run
	zero=0000000000000000000000000000000000000000
	# shellcheck disable=SC2016 # they are names
	for name in '$(touch$IFS$place)' '`id`' ';touch&|x' '-rf' '--help' HEAD $'\u202egnp' $'\xff\xfe' \
		$'\xc2\x9b31m' '%0A' '##x' '{%s}%n' "'\"" '{a,b}' '@' 'refs/heads/main' 'x.lock.x' \
		"$(head -c 200 /dev/zero | tr '\0' y)"; do
		worse+=("main:refs/heads/$name")
		better+=("main^:refs/heads/$name")
		echo "$zero $(git rev-parse main) refs/heads/$name" >"$work/lines"
		expect 1 sh -c "cd ../central.git && onedockerfile hook pre-receive <'$work/lines'"
		says 'refs/heads/'
		[ "$(cat "$work/out" "$work/err" | LC_ALL=C grep -c '[^ -~]')" -eq 0 ]
	done
	push 1 ../central.git "${worse[@]}"
	push 0 ../central.git "${better[@]}"
	git -C ../central.git pack-refs --all
	push 1 ../central.git main
	push 0 ../central.git main^:refs/heads/after
	[ ! -e "$work/run" ]
}

@test "row 54, 55: counts nothing as judged because a ref that is not judged has it" {
	begin 'refs: ["refs/heads/main", "refs/heads/release/**"]'
	before=$(git rev-parse main)
	bad api
	save variant
	git tag -a -m tagged v1
	for name in refs/notes/x refs/tags/v0 refs/heads/topic refs/heads/releases refs/stash/x refs/wip/main; do
		push 0 ../central.git "main:$name"
	done
	push 0 ../central.git v1
	save more
	push 0 ../central.git main:refs/heads/topic
	push 1 ../central.git main
	push 1 ../central.git main:refs/heads/release/1/2
	push 1 ../central.git main:refs/heads/topic main
	git merge-base --is-ancestor "$before" main
	[ "$(git -C ../central.git rev-parse main)" = "$before" ]
}

@test "row 54, 60: judges notes and other refs, too, where the policy names none" {
	begin
	bad api
	save variant
	for name in refs/notes/commits refs/heads/topic refs/stash/x refs/for/main refs/meta/config \
		refs/changes/01/1/1 refs/remotes/origin/main; do
		push 1 ../central.git "main:$name"
		says '[extra-dockerfile]'
	done
	git notes add -m 'a note'
	push 0 ../central.git refs/notes/commits
}

@test "row 56: sees a fault that is gone at the tip, unless only tips are judged" {
	begin
	bad api
	save variant
	git rm -q api/Dockerfile.dev
	save repaired
	push 1 ../central.git main
	says '[extra-dockerfile]'
	echo 'commits: tip' >"$work/central.git/policy.yaml"
	git -C ../central.git config onedockerfile.policy policy.yaml
	push 1 ../central.git main^:main
	# What another ref of the same push repairs is judged where it is a tip, or what one inherits.
	git checkout -q -b later main^
	save 'something else'
	push 1 ../central.git main main^:refs/heads/x
	push 1 ../central.git main later
	push 0 ../central.git main
}

# A branch that is left has a fault which main has repaired since, two hundred commits ago.
@test "row 57: lets no merge bring back what was repaired long ago" {
	begin
	git checkout -q -b old
	bad api
	save variant
	git checkout -q -b new
	git rm -q api/Dockerfile.dev
	save repaired
	awk 'BEGIN {
		while (i++ < 200)
			printf "commit refs/heads/new\ncommitter a <a@b> %d +0000\ndata 0\n%s\n",
				2000000000 + i, (i > 1 ? "" : "from refs/heads/new^0\n")
	}' | git fast-import --quiet
	git push -q --receive-pack='git -c core.hooksPath=/dev/null receive-pack' ../central.git new old
	git branch merged "$(GIT_COMMITTER_DATE='2000001000 +0000' git commit-tree -m merged -p new -p old 'old^{tree}')"
	push 1 ../central.git merged
	reported --get summary.errors <<<1
}

@test "row 57: judges what a merge brings that no parent has" {
	begin
	git checkout -q -b side
	save aside
	git checkout -q main
	save ahead
	for parents in 'side' 'side main~1' 'side side'; do
		bad api
		git add -A
		arguments=
		for parent in main $parents; do
			arguments="$arguments -p $(git rev-parse "$parent")"
		done
		# shellcheck disable=SC2086 # a list of words
		merge=$(git commit-tree -m 'an evil merge' $arguments "$(git write-tree)")
		push 1 ../central.git "$merge:refs/heads/main"
		reported --commits <<-END
			new extra-dockerfile api/Dockerfile.dev:1 $(git rev-parse --short=10 "$merge") refs/heads/main -
		END
		git reset -q --hard
	done
	# Its own parent, and a parent that is there twice.
	push 0 ../central.git "$(git commit-tree -m merge -p main -p main 'main^{tree}'):refs/heads/main"
}

@test "row 58: judges every file of a history that begins anew" {
	begin
	git checkout -q --orphan fresh
	bad web
	save 'a fresh start'
	git checkout -q main
	git merge -q --no-edit --allow-unrelated-histories fresh
	for refspec in fresh main fresh:refs/tags/v1 +fresh:main; do
		push 1 ../central.git "$refspec"
		says 'web/Dockerfile.dev'
	done
}

@test "row 61, 62: lets a push neither loosen its policy nor waive itself" {
	begin
	bad api
	for waiver in '{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: x, expires: 2999-12-31}' \
		'{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: x, expires: 1970-01-01}' \
		'{rule: extra-dockerfile, path: "api/*", reason: x}'; do
		echo "waivers: [$waiver]" >.onedockerfile.yaml
		save waived
		push 1 ../central.git main
		says '[extra-dockerfile]'
		git reset -q --soft HEAD^
	done
	for waiver in '{rule: extra-dockerfile, path: ../x, reason: x}' '{rule: extra-dockerfile, path: /x, reason: x}' \
		'{rule: extra-dockerfile, path: "", reason: x}' '{rule: extra-dockerfile, path: x, reason: ""}' \
		'{rule: extra-dockerfile, path: x, reason: x, expires: 2999-02-30}' \
		'{rule: extra-dockerfile, path: x, reason: x, expires: 0}' \
		'{rule: extra-dockerfile, path: x, reason: x, expires: 99999-01-01}' \
		'{rule: extra-dockerfile, path: x, reason: x, expires: never}' \
		'{rule: "*", path: x, reason: x}' '{path: x, reason: x}'; do
		echo "waivers: [$waiver]" >.onedockerfile.yaml
		expect 2 onedockerfile check
		says '.onedockerfile.yaml:1:'
	done
}

@test "reads no policy of a server but a file" {
	begin 'version: 1'
	before=$(refs)
	save more
	for policy in nowhere.yaml .. hooks fifo /dev/null /dev/zero loop /proc/self/mem; do
		mkfifo "$work/central.git/fifo" 2>/dev/null || true
		ln -sf loop "$work/central.git/loop"
		git -C ../central.git config onedockerfile.policy "$policy"
		push 1 ../central.git main
		says onedockerfile
	done
	git -C ../central.git config onedockerfile.policy policy.yaml
	[ "$(refs)" = "$before" ]
	rm "$work/central.git/policy.yaml"
	ln -s "$work/real.yaml" "$work/central.git/policy.yaml"
	echo 'version: 1' >"$work/real.yaml"
	push 0 ../central.git main
}
