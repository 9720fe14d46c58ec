#!/usr/bin/env bats
# When it cannot judge it says so: 2 for what is asked wrongly, 3 for a world that is broken.

load helper

shop() {
	repository shop
	good api
	save 'a service'
}

# A file that nothing can be read from.
lose() {
	local object

	object=$(git rev-parse "$1")
	rm -f ".git/objects/${object:0:2}/${object:2}"
}

@test "2 for wrong usage, and no report" {
	shop
	for arguments in --nonsense '--format nonsense' '--staged --rev HEAD' --rev --range \
		'--level nonsense=error' '--level extra-dockerfile=loud' '--fail-on loudly' \
		'-o json' '--staged --base HEAD' '--range main..main --base main' \
		'--color sometimes' '-c'; do
		# shellcheck disable=SC2086 # a list of words
		expect 2 onedockerfile check -o json=report $arguments
		[ ! -s "$work/out" ]
		[ -s "$work/err" ]
		[ ! -e report ]
	done
	expect 2 onedockerfile
	expect 2 onedockerfile nonsense
	expect 2 onedockerfile hook
	expect 2 onedockerfile hook post-nonsense
	expect 2 onedockerfile explain
}

@test "2 for a wrong policy, with its place and the right key" {
	shop
	printf 'version: 1\nrule:\n  extra-dockerfile: off\n' >.onedockerfile.yaml
	expect 2 onedockerfile check -o json=report
	says '.onedockerfile.yaml:2:1'
	says "'rules'"
	[ ! -s "$work/out" ]
	[ ! -e report ]
	printf 'rules:\n  extra-dockerfil: off\n' >.onedockerfile.yaml
	expect 2 onedockerfile check
	says '.onedockerfile.yaml:2:3'
	says "'extra-dockerfile'"
	for text in 'ignore: 7' 'rules: [a]' 'version: 1
version: 1' 'rules: {extra-dockerfile: loud}' 'ignore: [' '- a'; do
		echo "$text" >.onedockerfile.yaml
		expect 2 onedockerfile check
		says '.onedockerfile.yaml:'
	done
	expect 2 onedockerfile check --config nowhere.yaml
}

@test "2 for a policy under the wrong name, or behind a link" {
	shop
	echo 'version: 1' >.onedockerfile.yml
	expect 2 onedockerfile check
	mv .onedockerfile.yml policy
	ln -s policy .onedockerfile.yaml
	expect 2 onedockerfile check
}

# The file of an object, which may be written to.
loose() {
	local object

	object=$(git rev-parse "$1")
	object=.git/objects/${object:0:2}/${object:2}
	chmod u+w "$object"
	echo "$object"
}

# unread FILE REASON [ARGUMENTS...]: with the object in FILE as it is now there is no verdict.
unread() {
	local file=$1 reason=$2 object=${1#.git/objects/}

	shift 2
	expect 3 timeout 10 "$ONEDOCKERFILE" check "${@:---rev=HEAD}"
	says "cannot read object ${object/\//}: '$PWD/$file' $reason"
}

@test "row 48: 3 for an object that is cut, wherever that is" {
	local file kept=$work/kept

	shop
	seq 9000 >api/.env
	printf 'services: {api: {build: api}}\n' >api/compose.yml
	save 'a large file'
	for object in HEAD 'HEAD^{tree}' HEAD:api HEAD:api/Dockerfile HEAD:api/.env; do
		file=$(loose "$object")
		cp "$file" "$kept"
		size=$(stat -c %s "$file")
		for length in 0 1 5 17 $((size / 2)) $((size - 1)); do
			head -c "$length" "$kept" >"$file"
			unread "$file" "is $([ "$length" -eq 0 ] && echo empty || echo 'cut off')"
		done
		cp "$kept" "$file"
	done
	expect 0 onedockerfile check --rev HEAD
}

@test "3 for a cut commit, however it is named" {
	local commit file

	shop
	echo >file
	save another
	commit=$(git rev-parse HEAD)
	file=$(loose HEAD)
	truncate -s -9 "$file"
	for name in "$commit" "${commit:0:7}" main HEAD^ "${commit:0:9}^{tree}"; do
		unread "$file" 'is cut off' --rev "$name"
	done
	unread "$file" 'is cut off' --range "$commit^..HEAD"
	unread "$file" 'is cut off' --base HEAD
	unread "$file" 'is cut off' --staged
}

# deflate TEXT: as a loose object is written. Perl's own module has it.
deflate() {
	perl -MCompress::Zlib -e 'print compress(eval "qq\0$ARGV[0]\0")' "$1"
}

@test "row 47: 3 for an object that is not what it says" {
	local file

	shop
	file=$(loose HEAD:api/Dockerfile)
	while IFS='|' read -r content reason; do
		deflate "$content" >"$file"
		unread "$file" "$reason"
	done <<-'END'
		blob 9\x00FROM a|is shorter than its header says
		blob 5\x00FROM a|is longer than its header says
		blob 5\x00@{["x" x 100000]}|is longer than its header says
		blob 1000000\x00FROM a|is shorter than its header says
		blob 99999999999999999999\x00FROM a|is no object: its header is wrong
		blob 06\x00FROM a|is no object: its header is wrong
		blob \x00FROM a|is no object: its header is wrong
		file 6\x00FROM a|is no object: its header is wrong
		blob 6 |is no object: its header is wrong
		@{["x" x 100000]}|is no object: its header is wrong
	END
	# What is said to be four gigabytes is not read at all.
	deflate 'blob 4294967296\x00FROM a' >"$file"
	expect 1 onedockerfile check --rev HEAD
	says 'it is larger than 1048576 bytes'
	deflate 'blob 6\x00FROM a' >"$file"
	expect 0 onedockerfile check --rev HEAD
	echo rest >>"$file"
	unread "$file" 'goes on behind its end'
	head -c 50 /dev/urandom >"$file"
	printf x | dd of="$file" conv=notrunc status=none
	unread "$file" 'is damaged'
	rm "$file"
	mkfifo "$file"
	unread "$file" 'is empty'
	rm "$file"
	mkdir "$file"
	unread "$file" 'cannot be read'
}

@test "3 for a broken repository" {
	shop
	cp -R .git ../kept
	echo garbage >.git/HEAD
	expect 3 onedockerfile check --staged
	expect 3 onedockerfile check
	rm -r .git && cp -R ../kept .git
	echo '[broken' >>.git/config
	expect 3 onedockerfile check
	expect 3 onedockerfile hook pre-commit
	rm -r .git && cp -R ../kept .git
	GIT_DIR=/nonexistent expect 3 onedockerfile hook pre-commit
	GIT_DIR=/nonexistent expect 3 onedockerfile check --staged
}

@test "row 42: 3 for a missing object" {
	shop
	bad web
	save variant
	lose HEAD:api/Dockerfile
	expect 3 onedockerfile check --rev HEAD -f json
	cp "$work/out" "$work/report.json"
	reported --get verdict <<<unknown
	expect 3 onedockerfile check --rev HEAD^
	lose 'HEAD^{tree}'
	expect 3 onedockerfile check --rev HEAD
	expect 3 onedockerfile check --range HEAD^..HEAD
	lose HEAD
	expect 3 onedockerfile check --rev HEAD
}

@test "row 52: 3 for a push of what is not there" {
	git init -q --bare central.git
	cd central.git
	zero=0000000000000000000000000000000000000000
	printf '%s %s refs/heads/main\n' "$zero" 0123456789012345678901234567890123456789 >../lines
	expect 3 sh -c 'onedockerfile hook pre-receive <../lines'
	for line in garbage "$zero" "$zero $zero" "$zero ${zero}0 refs/heads/main" "xyz $zero ref"; do
		echo "$line" >../lines
		expect '[23]' sh -c 'onedockerfile hook pre-receive <../lines'
	done
	printf '%s %s refs/heads/main' "$zero" 0123456789012345678901234567890123456789 >../lines
	expect '[23]' sh -c 'onedockerfile hook pre-receive <../lines'
}

@test "3 for want of time, with every report that was asked for" {
	git init -q --bare central.git
	cd central.git
	mkfifo lines
	exec 9<>lines # who writes, and goes on writing
	for hook in pre-receive pre-push; do
		expect 3 sh -c "exec onedockerfile hook $hook --timeout 1 -f json -o json=report \
			-o text=plain -- central url <&9"
		says "onedockerfile: no verdict within 1 s; set 'commits: tip' in the policy, or a longer --timeout"
		cmp report "$work/out"
		cp report "$work/report.json"
		reported --get verdict <<<unknown
		reported --get source <<<push
		rm report plain
	done
	exec 9>&-
}

# alarmed STATUS COMMAND...: it ends so when its worker's time is up while that waits for a line.
alarmed() {
	local wanted=$1 child worker status=0

	shift
	"$@" >"$work/out" 2>"$work/err" <&9 &
	child=$!
	# Once it minds the signal this can come before the time is up.
	until worker=$(pgrep -P "$child" onedockerfile) &&
		grep -q '^SigCgt:.*[2367abef]...$' "/proc/$worker/status"; do
		kill -0 "$child"
	done
	kill -ALRM "$worker"
	wait "$child" || status=$?
	[ "$status" -eq "$wanted" ]
}

@test "a server's hook has half a minute, and four seconds on GitHub Enterprise" {
	git init -q --bare central.git
	cd central.git
	mkfifo lines
	exec 9<>lines # who writes, and goes on writing
	alarmed 3 "$root/hooks/pre-receive"
	says "onedockerfile: no verdict within 30 s; set 'commits: tip' in the policy, or a longer --timeout"
	alarmed 3 "$root/hooks/github-enterprise"
	says 'onedockerfile: no verdict within 4 s;'
	alarmed 3 onedockerfile hook pre-receive --timeout 120
	says 'onedockerfile: no verdict within 120 s;'
	exec 9>&-
}

@test "3 for want of time even where it cannot end in good order" {
	shop
	for number in {1..150}; do
		echo 'FROM alpine:3.20' >"api/Dockerfile.$number"
	done
	mkfifo full
	exec 9<>full # who reads, and never does
	expect 1 onedockerfile check -f json
	[ "$(stat -c %s "$work/out")" -gt 65536 ]
	expect 3 sh -c 'onedockerfile check -f json --timeout 1 >&9'
	exec 9>&-
	says 'onedockerfile: no verdict within 1 s; judge less, or set a longer --timeout (ended by force)'
}

@test "3 with a report where there is no repository, or a broken one" {
	mkdir plain && cd plain
	for arguments in 'check --staged' 'check --rev HEAD' 'hook pre-commit' 'hook pre-receive'; do
		# shellcheck disable=SC2086 # a list of words
		expect 3 onedockerfile $arguments -o json=../report.json
		reported --get verdict <<<unknown
		rm ../report.json
	done
	shop
	echo garbage >.git/HEAD
	judge 3
	reported --get verdict <<<unknown
}

@test "3 for output that cannot be written" {
	shop
	bad web
	for format in text json github; do
		expect 3 sh -c "onedockerfile check -f $format >/dev/full"
		expect 3 sh -c "onedockerfile check -f $format >&-"
		expect 3 onedockerfile check -o "$format=/dev/full"
		expect 3 onedockerfile check -o "$format=nowhere/report"
	done
	rm -r web
	expect 3 sh -c 'onedockerfile check -f json >/dev/full'
	expect 3 sh -c 'onedockerfile --help >/dev/full'
	expect 3 sh -c 'onedockerfile --version >&-'
	expect 3 sh -c 'onedockerfile explain unknown-stage >/dev/full'
}

@test "refuses when standard error is closed, too" {
	shop
	bad web
	git add -A
	expect '[13]' sh -c 'onedockerfile hook pre-commit 2>&-'
	expect '[13]' sh -c 'onedockerfile hook pre-commit >&- 2>&-'
}

@test "row 88: 3 for a repository with SHA-256" {
	git init -q --object-format=sha256 shop
	cd shop
	good api
	save 'a service'
	expect 3 onedockerfile check --rev HEAD
	expect 3 onedockerfile check --staged
	says SHA-256
}

@test "3 for what a partial clone did not bring" {
	shop
	git config uploadpack.allowFilter true
	git clone -q --bare --filter=tree:0 "file://$PWD" ../partial.git
	rm -rf "$work/shop"
	cd ../partial.git
	expect 3 onedockerfile check --rev HEAD
}

@test "3 for a hook outside a repository" {
	mkdir plain && cd plain
	expect 3 onedockerfile hook pre-commit
	expect 3 onedockerfile hook pre-receive
}
