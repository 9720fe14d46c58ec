#!/usr/bin/env bats
# GitHub: annotations, check runs, and the action on events as GitHub shows them. The action's steps
# are run by github_action.mjs, which says what it cannot.

load helper

# action [PIN]: a copy of the action as the runner has it, in $work/runner/action.
action() {
	mkdir -p "$work/runner/action/src/cli" "$work/runner/action/ci-templates"
	cp "$root/action.yml" "$work/runner/action"
	cp -R "$root/ci-templates/github" "$work/runner/action/ci-templates"
	cp "$root/src/cli/version.h" "$work/runner/action/src/cli"
	version=$(sed -n 's/^#define VERSION "\(.*\)"/\1/p' "$root/src/cli/version.h")
	[ $# -eq 0 ] || sed -i "s/^pins='\$/&\n$version x86_64 $1/" "$work/runner/action/ci-templates/github/releases.sh"
}

sum_of() {
	sha256sum <"$1" | cut -d ' ' -f 1
}

# published FILE: what a server has as this version's binary.
published() {
	mkdir -p "$work/served/o/onedockerfile/releases/download/v$version"
	cp "$1" "$work/served/o/onedockerfile/releases/download/v$version/onedockerfile-linux-x86_64"
}

serve() {
	mkdir -p "$work/served"
	copy_scripts
	exec 9< <(exec "$node" "$work/node/loopback.mjs" "$work/served" "$@" 3>&-)
	daemon=$!
	read -r port <&9
	server=http://127.0.0.1:$port
}

# in_cache: the binary is there from an earlier run.
in_cache() {
	action "$(sum_of "$ONEDOCKERFILE")"
	mkdir -p "$work/runner/tools/onedockerfile/$version/x86_64"
	cp "$ONEDOCKERFILE" "$work/runner/tools/onedockerfile/$version/x86_64/onedockerfile"
}

# act STATUS SETTING...: in the directory at hand.
act() {
	local wanted=$1

	shift
	rm -f "$work/runner/summary"
	copy_scripts
	expect "$wanted" "$node" "$work/node/github_action.mjs" "$work/runner/action" "$PWD" "$@"
}

# results: all that the runner has been told, is standard input.
results() {
	diff -u - "$work/runner/result"
}

@test "annotations are what @actions/core prints of them, and say what the JSON report says" {
	local seed

	for seed in $(seq 1 20); do
		(
			repository "hostile$seed"
			"$here/hostile.py" "$seed" 9
			expect 1 onedockerfile check -f github -o json="$work/$seed.json"
			cp "$work/out" "$work/$seed.txt"
		)
		set -- "$@" "$work/$seed.txt" "$work/$seed.json"
	done
	run_node github_commands.mjs "$@" >"$work/said"
	grep -v ' compared$' "$work/said" | diff /dev/null -
	[ "$(sed 's/ compared//' "$work/said")" -gt 200 ]
	# It would say so.
	sed -i '1s/%0A/%0a/; 2s/title=/title= /; 3s/line=1/line=2/' "$work/1.txt"
	echo '##[add-mask]x' >>"$work/1.txt"
	run_node github_commands.mjs "$work/1.txt" "$work/1.json" >"$work/said"
	[ "$(wc -l <"$work/said")" -eq 5 ]
}

@test "check runs are what GitHub's description of its Checks API asks for" {
	repository hostile
	"$here/hostile.py" 30 120
	expect 1 onedockerfile check -f github-checks
	local description=$modules/@octokit/openapi/generated/api.github.com.json

	run_node github_checks.mjs "$work/out" "$description" | diff <(echo '6 bodies') -
	sed 's/"start_line":/"first_line":/' "$work/out" >"$work/wrong"
	run_node github_checks.mjs "$work/wrong" "$description" | grep -q "required property 'start_line'"
}

@test "the action and the workflow: GitHub's parser, actionlint, action-validator and shellcheck" {
	mkdir "$work/scripts"
	sed '/# SARIF, from here/,$d; /# SARIF/d' "$root/ci-templates/github/workflow.yml" >"$work/less.yml"
	run_node github_files.mjs "$work/scripts" "$root/action.yml" "$root/ci-templates/github/workflow.yml" \
		"$work/less.yml" | diff /dev/null -
	[ "$(ls "$work/scripts")" = "$(printf '%s\n' 1.sh 2.sh)" ]
	shellcheck -s sh "$work"/scripts/*.sh
	copy_scripts
	for file in "$root/action.yml" "$root/ci-templates/github/workflow.yml" "$work/less.yml"; do
		"$node" "$modules/@action-validator/cli/cli.mjs" "$file"
	done
	# They would say so.
	sed 's/using: composite/using: composit/' "$root/action.yml" >"$work/action.yml"
	run_node github_files.mjs "$work/scripts" "$work/action.yml" | grep -q composit
	sed 's/merge_group:/merge_grup:/' "$root/ci-templates/github/workflow.yml" >"$work/workflow.yml"
	[ "$(run_node github_files.mjs "$work/scripts" "$work/workflow.yml" | grep -c merge_grup)" -ge 2 ]
}

@test "on this host: a binary that is pinned is fetched once, kept, and run" {
	repository shop
	bad api
	save variant
	action "$(sum_of "$ONEDOCKERFILE")"
	published "$ONEDOCKERFILE"
	serve
	act 1 github.server_url="$server"
	results <<-'END'
		step install: 0
		error api/Dockerfile.dev:1 "'Dockerfile.dev' is a second Dockerfile beside 'api/Dockerfile'; it only repeats the first instruction of it, so a stage 'base' would do [extra-dockerfile]\nmake it a stage of 'api/Dockerfile' and build it with 'target:'"
		step judge: 1
		verdict="fail"
		errors="1"
		warnings="0"
		sarif-file=""
		json-file=""
	END
	grep -qF '## onedockerfile: fail' "$work/runner/summary"
	kill "$daemon"
	act 1 github.server_url="$server" version="v$version"
	grep -qx 'errors="1"' "$work/runner/result"
}

@test "on this host: what is not pinned is not run, wherever it comes from" {
	repository shop
	good api
	save good
	printf '#!/bin/sh\ntouch "%s/ran"\n' "$work" >"$work/evil"
	chmod +x "$work/evil"
	action "$(sum_of "$ONEDOCKERFILE")"
	published "$work/evil"
	serve
	act 1 github.server_url="$server"
	results <<-END
		error -:- "refused: $server/o/onedockerfile/releases/download/v$version/onedockerfile-linux-x86_64 is not what releases.sh pins; nothing of it was run"
		step install: 3
		step judge: skipped
		verdict=""
		errors=""
		warnings=""
		sarif-file=""
		json-file=""
	END
	[ -z "$(find "$work/runner/tools" -type f)" ]
	cp "$work/evil" "$work/runner/tools/onedockerfile/$version/x86_64/onedockerfile"
	act 1 github.server_url="$server"
	grep -q "^error -:- \"refused: $work/runner/tools/.*/onedockerfile is not what releases.sh pins" "$work/runner/result"
	[ ! -e "$work/ran" ]
}

@test "on this host: a server that fails or is gone is no reason to build" {
	repository shop
	good api
	save good
	action "$(sum_of "$ONEDOCKERFILE")"
	mkdir -p "$work/bin"
	printf '#!/bin/sh\ntouch "%s/built"\n' "$work" >"$work/bin/make"
	chmod +x "$work/bin/make"
	serve
	kill "$daemon"
	PATH=$work/bin:$PATH act 1 github.server_url="$server"
	grep -qF "error -:- \"cannot fetch $server/o/" "$work/runner/result"
	serve token
	PATH=$work/bin:$PATH act 1 github.server_url="$server/git"
	grep -q 'answers with status 401"$' "$work/runner/result"
	[ ! -e "$work/built" ]
}

@test "on this host: the source is built where no binary is pinned, published, or of this machine (make is a stub)" {
	repository shop
	bad api
	save variant
	action "$(printf '%064d' 0)"
	mkdir -p "$work/bin"
	cat >"$work/bin/make" <<-END
		#!/bin/sh
		echo "make \$*" >>"$work/made"
		mkdir -p "\$2/build" && cp "$ONEDOCKERFILE" "\$2/build/onedockerfile"
	END
	chmod +x "$work/bin/make"
	export PATH=$work/bin:$PATH
	serve
	act 1 github.server_url="$server"
	grep -qx 'errors="1"' "$work/runner/result"
	act 1 github.server_url="$server" runner.arch=ARM64
	grep -qx 'errors="1"' "$work/runner/result"
	diff -u - "$work/made" <<-END
		make -C $work/runner/action deps
		make -C $work/runner/action -j $(nproc)
		make -C $work/runner/action deps
		make -C $work/runner/action -j $(nproc)
	END
	act 1 version=9.9.9
	grep -q "there is no binary of version 9.9.9 for x86_64" "$work/runner/result"
	act 1 version='../../x'
	grep -q "^error -:- \"the input 'version' is a release like $version\"" "$work/runner/result"
	act 1 runner.os=Windows
	grep -q 'this runner has Windows' "$work/runner/result"
	[ "$(wc -l <"$work/made")" -eq 4 ]
}

# upstream: main has an old fault; topic, which left it one commit ago, a new one.
# refs/pull/1/merge is the trial merge of both, as is the branch of a merge queue.
upstream() {
	repository upstream
	bad old
	save 'an old fault'
	good api
	echo 'RUN true' >>api/Dockerfile
	save 'a service'
	git checkout -q -b topic
	bad api
	save 'a variant'
	git checkout -q main
	echo words >README
	save 'goes on'
	git checkout -q --detach
	git merge -q --no-edit topic
	git update-ref refs/pull/1/merge HEAD
	git branch gh-readonly-queue/main/pr-1
	git checkout -q main
	cd ..
}

at() {
	git -C "$work/upstream" rev-parse "$1"
}

# checkout REF full|shallow|partial: as actions/checkout leaves a clone.
checkout() {
	local depth=--depth=1

	rm -rf "$work/clone"
	git init -q "$work/clone"
	cd "$work/clone" || return 1
	git remote add origin "file://$work/upstream"
	case $2 in
	full) depth= && set -- "$@" '+refs/heads/*:refs/remotes/origin/*' ;;
	partial)
		git -C "$work/upstream" config uploadpack.allowFilter true
		git config remote.origin.promisor true
		git config remote.origin.partialclonefilter blob:none
		;;
	esac
	# shellcheck disable=SC2086 # no word
	git fetch -q --no-tags $depth origin "+$1:refs/remotes/ci/head" "${@:3}"
	git checkout -q --detach refs/remotes/ci/head
}

# event NAME KEY=VALUE...: its payload, in $work/event.json.
event() {
	run_node github_event.mjs "$@" >"$work/event.json"
}

# both REF STATUS EVENT: the action on both kinds of checkout. What it is told is standard input.
both() {
	local depth wanted

	wanted=$(cat)
	for depth in ${depths-full shallow}; do
		checkout "$1" "$depth"
		act "$2" github.event_name="$3" github.event="$work/event.json" github.ref="$1" github.sha="$(at "$1")"
		grep -o '^error [^ ]*\|^notice.*\|^verdict.*\|^errors.*' "$work/runner/result" | diff -u <(echo "$wanted") -
	done
}

new_fault=$(printf '%s\n' 'error api/Dockerfile.dev:1' 'verdict="fail"' 'errors="1"')
both_faults=$(printf '%s\n' 'error api/Dockerfile.dev:1' 'error old/Dockerfile.dev:1' 'verdict="fail"' 'errors="2"')

@test "on this host: a push, a first one, a forced one and a deletion, full and shallow" {
	local zeros=0000000000000000000000000000000000000000

	in_cache
	upstream
	event push ref=refs/heads/topic created=false before="$(at topic^)" after="$(at topic)"
	depths='full shallow partial' both refs/heads/topic 1 push <<<"$new_fault"
	event push ref=refs/heads/topic created=true before=$zeros after="$(at topic)"
	both refs/heads/topic 1 push <<<"$both_faults"
	before=$(at topic)
	git -C "$work/upstream" checkout -q topic
	git -C "$work/upstream" commit -q --amend -m 'a variant, rewritten'
	git -C "$work/upstream" checkout -q main
	event push ref=refs/heads/topic created=false forced=true before="$before" after="$(at topic)"
	both refs/heads/topic 0 push <<<$'verdict="pass"\nerrors="0"'
	event push ref=refs/heads/topic created=false deleted=true before="$(at topic)" after=$zeros
	both refs/heads/main 0 push <<<$'verdict="pass"\nerrors="0"'
	grep -qx 'step install: skipped' "$work/runner/result"
	# A server forgets what no ref has any more.
	git -C "$work/upstream" update-ref -d refs/pull/1/merge
	git -C "$work/upstream" branch -q -D gh-readonly-queue/main/pr-1
	git -C "$work/upstream" reflog expire --expire=now --all && git -C "$work/upstream" gc -q --prune=now
	event push ref=refs/heads/topic created=false forced=true before="$before" after="$(at topic)"
	both refs/heads/topic 1 push <<-END
		notice -:- "the commit before this push is gone from the server, so everything counts"
		$both_faults
	END
}

@test "on this host: a pull request and a merge queue, full and shallow" {
	in_cache
	upstream
	event pull_request pull_request.base.sha="$(at main)" pull_request.head.sha="$(at topic)"
	both refs/pull/1/merge 1 pull_request <<<"$new_fault"
	# Some check out the head.
	both refs/heads/topic 1 pull_request <<<"$new_fault"
	event merge_group merge_group.base_sha="$(at main)" merge_group.head_sha="$(at gh-readonly-queue/main/pr-1)"
	both refs/heads/gh-readonly-queue/main/pr-1 1 merge_group <<<"$new_fault"
	# What is checked out is not the pull request.
	event pull_request pull_request.base.sha="$(at main)"
	depths=full both refs/heads/main 1 pull_request_target <<<$'error -:-\nverdict="unknown"\nerrors=""'
}

# not_judged WORDS: for that reason, and the runner has been told nothing else.
not_judged() {
	grep -qF -- "$1" "$work/runner/result"
	grep -v '^error -:- ' "$work/runner/result" | sed 's/step judge: [23]/step judge/' | diff -u - <(
		printf '%s\n' 'step install: 0' 'step judge' 'verdict="unknown"' 'errors=""' 'warnings=""' 'sarif-file=""' 'json-file=""'
	)
}

@test "on this host: a hostile path, base or file is no option, command or output" {
	in_cache
	repository shop
	bad api
	bad './-a b'
	bad './:!*'
	save variants
	act 1 path=$'api\n-a b\n'
	[ "$(grep -c '^error ' "$work/runner/result")" -eq 2 ]
	act 1 path='--help'
	not_judged "there is no '--help' in what is judged"
	act 1 path=$'api\n::add-mask::x\e[2J##[add-mask]y'
	not_judged "the input 'path' has a line break or another control character in it"
	act 1 sarif-file=$'x\nverdict=pass'
	not_judged "the input 'sarif-file' has a line break"
	act 1 fail-on=$'error\n::add-mask::x' annotations=false
	not_judged "it is error, warning, notice or never"
	act 1 base='--upload-pack=touch x'
	not_judged "cannot find the base '--upload-pack=touch x'"
	act 1 base='+main:refs/heads/x'
	not_judged "cannot find the base '+main:refs/heads/x'"
	act 1 sarif-file='-x=y\nverdict=pass<<z' json-file=' %0A'
	tail -n 5 "$work/runner/result" | diff - <(printf '%s\n' 'verdict="fail"' 'errors="3"' 'warnings="0"' \
		'sarif-file="-x=y\\nverdict=pass<<z"' 'json-file=" %0A"')
	[ -s './-x=y\nverdict=pass<<z' ] && [ -s ' %0A' ]
	[ "$(git for-each-ref | wc -l)" -eq 1 ] && [ ! -e x ]
}

@test "on this host: what a policy, a threshold and a base change" {
	in_cache
	upstream
	event push created=false before="$(at topic^)" after="$(at topic)"
	checkout refs/heads/topic shallow
	act 0 github.event_name=push github.event="$work/event.json" fail-on=never annotations=false
	tail -n 5 "$work/runner/result" | head -n 2 | diff - <(printf '%s\n' 'verdict="pass"' 'errors="1"')
	says 'api/Dockerfile.dev:1: error: '
	echo 'rules: {extra-dockerfile: off}' >"$work/policy.yaml"
	act 0 github.event_name=push github.event="$work/event.json" config="$work/policy.yaml"
	grep -qx 'errors="0"' "$work/runner/result"
	for base in main "$(at main)" "$(at topic^ | cut -c 1-9)"; do
		checkout refs/heads/topic shallow
		git fetch -q --depth=1 origin "$(at topic^)"
		act 1 base="$base"
		grep -qx 'errors="1"' "$work/runner/result"
	done
	act 1 base=main sarif-file=a.sarif
	grep -qx 'sarif-file="a.sarif"' "$work/runner/result"
	[ "$(grep -c '"ruleId"' a.sarif)" -eq 2 ]
	act 1 base=none sarif-file=a.sarif
	[ ! -e a.sarif ]
	not_judged "cannot find the base 'none': fatal: couldn't find remote ref none"
}

@test "on this host: fetches with the job's token where the checkout left none, or an old one" {
	in_cache
	upstream
	serve secret
	mkdir -p "$work/served/git"
	git clone -q --bare upstream "$work/served/git/shop.git"
	event push created=false before="$(at topic^)" after="$(at topic)"
	shop=$server/git/git/shop.git
	checkout refs/heads/topic shallow
	git remote set-url origin "$shop"
	act 1 github.event_name=push github.event="$work/event.json" github.server_url="$server" github.token=wrong
	grep -qx 'verdict="unknown"' "$work/runner/result"
	act 1 github.event_name=push github.event="$work/event.json" github.server_url="$server" github.token=secret
	grep -qx 'errors="1"' "$work/runner/result"
	checkout refs/heads/topic shallow
	git remote set-url origin "$shop"
	git config "http.$server/.extraheader" 'AUTHORIZATION: basic b2xk'
	act 1 github.event_name=push github.event="$work/event.json" github.server_url="$server" github.token=secret
	grep -qx 'errors="1"' "$work/runner/result"
}

@test "on this host: judges and fetches in a workspace of another user" {
	[ "$(id -u)" -eq 0 ] || skip 'only root may give files away'
	in_cache
	upstream
	event push created=false before="$(at topic^)" after="$(at topic)"
	checkout refs/heads/topic shallow
	chown -R 12345 .
	act 1 github.event_name=push github.event="$work/event.json"
	grep -qx 'errors="1"' "$work/runner/result"
}

@test "on this host: hundreds of hostile findings, in a summary that GitHub takes" {
	in_cache
	repository hostile
	"$here/hostile.py" 40 300
	save hostile
	act 1 sarif-file=a.sarif annotations=false
	grep '^[a-z-]* [^ ]*:' "$work/runner/result" | diff - <(printf '%s\n' 'step install: 0' 'step judge: 1')
	[ "$(wc -c <"$work/runner/summary")" -gt 10000 ]
	act 1
	grep '^[a-z-]* [^ ]*:' "$work/runner/result" | grep -v '^error \|^warning \|^notice ' |
		diff - <(printf '%s\n' 'step install: 0' 'step judge: 1')
}
