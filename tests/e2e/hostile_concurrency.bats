#!/usr/bin/env bats
# What others do to a repository while it is judged.

# shellcheck disable=SC2016 # what runs in the background
load helper

# A server whose history has a fault in every fifth of 20 commits, and a clone of it.
begin() {
	local number

	git init -q --bare central.git
	repository shop
	for number in $(seq 20); do
		good "service$number"
		[ $((number % 5)) -ne 0 ] || bad "service$number"
		save "service $number"
	done
	git remote add origin ../central.git
	git push -q origin main
}

# meanwhile COMMAND: again and again, in the background, until `enough`.
meanwhile() {
	rm -f "$work/enough"
	(while [ ! -e "$work/enough" ]; do eval "$1"; done >/dev/null 2>&1) &
	others=$!
}

enough() {
	touch "$work/enough"
	wait "$others"
}

# undisturbed STATUS COMMAND...: it says what is in $work/wanted, or that it cannot tell.
undisturbed() {
	local wanted=$1

	shift
	expect "[${wanted}3]" "$@"
	cmp -s "$work/wanted" "$work/out" || grep -q '"verdict":.*"unknown"' "$work/out" || return 1
	cmp -s "$work/wanted" "$work/out" && told=$((told + 1))
	return 0
}

@test "row 94: judges the same, or says that it cannot, while Git packs and prunes" {
	begin
	cd ../central.git
	expect 1 onedockerfile check -f json --range main~19..main
	cp "$work/out" "$work/wanted"
	told=0
	meanwhile 'git repack -q -a -d -f --depth=$((RANDOM % 9 + 1)); git prune-packed; git pack-refs --all
		git gc -q --prune=now; git multi-pack-index write'
	for _ in $(seq 12); do
		undisturbed 1 onedockerfile check -f json --range main~19..main
	done
	enough
	[ "$told" -gt 0 ]
	expect 0 git fsck --no-progress
}

@test "row 94: answers pre-receive while the server packs, prunes and loses refs" {
	begin
	server "$work/central.git"
	meanwhile 'cd "$work/central.git"; git repack -q -a -d -f; git prune-packed; git pack-refs --all --prune
		git update-ref refs/heads/passing main~3; git update-ref -d refs/heads/passing'
	for number in $(seq 4); do
		good "new$number"
		save "new $number"
		expect '[01]' git push -q origin "main:refs/heads/good$number"
		bad "new$number"
		save "variant $number"
		expect 1 git push -q origin "main:refs/heads/bad$number"
		git reset -q --hard HEAD^
	done
	enough
	[ -z "$(git -C ../central.git for-each-ref 'refs/heads/bad*')" ]
	expect 0 git push -q origin main
	expect 0 git -C ../central.git fsck --no-progress
}

# is_faulty NUMBER: is that push to be refused?
is_faulty() {
	[ $(($1 % 3)) -eq 0 ]
}

# pusher NUMBER: a clone that pushes to its own branch and to one that all of them want.
pusher() {
	local status=0

	cd "$work/clone$1" || return 1
	git push -q origin "HEAD:refs/heads/own$1" 2>"$work/own$1" || status=$?
	echo "$status" >"$work/own$1.status"
	status=0
	git push -q origin HEAD:refs/heads/shared 2>"$work/shared$1" || status=$?
	echo "$status" >"$work/shared$1.status"
}

# PUSHES at once, ROUNDS times; 50 and 10 where somebody has the time.
@test "row 95: takes of many pushes at once just those that are good" {
	local number round

	begin
	(cd ../central.git && arm pre-receive)
	for round in $(seq "${ROUNDS:-1}"); do
		for number in $(seq "${PUSHES:-16}"); do
			git clone -q --shared "$work/shop" "$work/clone$number"
			git -C "$work/clone$number" remote set-url origin "$work/central.git"
			cd "$work/clone$number"
			good "round$round-$number"
			! is_faulty "$number" || bad "round$round-$number"
			save "push $number"
		done
		for number in $(seq "${PUSHES:-16}"); do
			pusher "$number" &
		done
		wait
		cd "$work/shop"
		for number in $(seq "${PUSHES:-16}"); do
			if is_faulty "$number"; then
				[ "$(cat "$work/own$number.status")" -eq 1 ]
				grep -q 'extra-dockerfile' "$work/own$number"
				[ "$(cat "$work/shared$number.status")" -eq 1 ]
			else
				[ "$(cat "$work/own$number.status")" -eq 0 ] || { cat "$work/own$number" && return 1; }
			fi
		done
		# One that was good came first to the shared branch; the others were late.
		[ "$(cat "$work"/shared*.status | grep -cx 0)" -eq 1 ]
		winner=$(grep -lx 0 "$work"/shared*.status)
		winner=${winner##*shared} && winner=${winner%.status}
		[ "$(git -C ../central.git rev-parse shared)" = "$(git -C "$work/clone$winner" rev-parse HEAD)" ]
		[ "$(git -C ../central.git for-each-ref 'refs/heads/own*' | wc -l)" -eq "$(cat "$work"/own*.status | grep -cx 0)" ]
		expect 0 git -C ../central.git fsck --no-progress --connectivity-only
		[ -z "$(find ../central.git -name '*incoming*' -o -name '*.lock')" ]
		git -C ../central.git for-each-ref --format='delete %(refname)' 'refs/heads/own*' refs/heads/shared |
			git -C ../central.git update-ref --stdin
		rm -rf "$work"/clone* "$work"/own* "$work"/shared*
	done
}
