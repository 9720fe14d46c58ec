#!/usr/bin/env bats
# What is said has nowhere to go, or what is to be written no place: every command says so with
# status 3, and leaves what is there as it is.

load ../e2e/helper

# Each command that says something, where `faulty` was.
sayings=('check' 'check -f json' 'check --rev HEAD' 'hook pre-commit' 'inspect' 'merge' 'rules'
	'rules --format json' 'explain unknown-stage' 'install' 'uninstall' 'doctor' 'init' '--help'
	'--version' 'check --help')

# A repository with a fault, staged too, that merge can repair.
faulty() {
	repository shop
	printf 'FROM alpine:3.20 AS base\nFROM base AS prod\nCMD ["a"]\n' >Dockerfile
	printf 'FROM alpine:3.20 AS base\nFROM base AS dev\nCMD ["b"]\n' >Dockerfile.dev
	save begin
	printf 'FROM alpine:3.20 AS base\nFROM base AS test\nCMD ["c"]\n' >Dockerfile.test
	git add -A
}

# Every file that is here.
listing() {
	find . -type f -exec sha256sum {} + | LC_ALL=C sort
}

# Into a pipe that nobody reads.
# shellcheck disable=SC2016 # of perl
into_closed=(perl -e 'pipe(my $r, my $w); close $r; open(STDOUT, ">&", $w); $SIG{PIPE} = shift; exec @ARGV')

# each_saying COMMAND...: it runs each of them where it can say nothing. Those that change files do
# so before they say it.
each_saying() {
	local words

	faulty
	for words in "${sayings[@]}"; do
		# shellcheck disable=SC2086 # words
		expect 3 "$@" onedockerfile $words
		[ -s "$work/err" ]
		case $words in
		init) rm .onedockerfile.yaml ;;
		install | uninstall) onedockerfile install >/dev/null ;;
		esac
	done
}

@test "standard output is a full disk" {
	# shellcheck disable=SC2016 # for the shell inside
	each_saying sh -c 'exec "$@" >/dev/full' sh
}

@test "nobody reads standard output, and SIGPIPE is as always" {
	each_saying "${into_closed[@]}" DEFAULT
}

@test "nobody reads standard output, and SIGPIPE is ignored" {
	each_saying "${into_closed[@]}" IGNORE
}

# closed STATUS STREAMS COMMAND...: with these streams closed, by their numbers; no file is opened
# in the place of one and written to.
closed() {
	local status=0

	listing >"$work/before"
	# shellcheck disable=SC2016 # of perl
	perl -MPOSIX -e 'POSIX::close($_) for split //, shift; exec @ARGV' "$2" onedockerfile "${@:3}" \
		>"$work/out" 2>"$work/err" </dev/null || status=$?
	echo "status $status instead of $1 with $2 closed: ${*:3}"
	[ "$status" = "$1" ]
	rm -f report.json
	listing | diff "$work/before" -
}

@test "standard streams are closed, each with each" {
	local streams

	faulty
	for streams in 0 2 02; do
		closed 1 $streams check
		closed 1 $streams check -o json=report.json
		closed 1 $streams hook pre-commit
		closed 0 $streams rules
		closed 0 $streams inspect
	done
	for streams in 1 01 12 012; do
		closed 3 $streams check
		closed 3 $streams check -o json=report.json
		closed 3 $streams hook pre-commit
		closed 3 $streams rules
		closed 3 $streams inspect
	done
	# Its proof goes to standard error.
	closed 0 0 merge
	for streams in 1 2 01 02 12 012; do
		closed 3 $streams merge
	done
}

# On a file system of its own, which is gone with the process. $1 says what is done to it.
on_file_system() {
	unshare -m true 2>/dev/null || skip 'nothing can be mounted here'
	# shellcheck disable=SC2016 # for the shell inside
	expect 0 unshare -m bash -euc '
		mount -t tmpfs -o size=1m none "$1/disk" && cp -a "$1/shop" "$1/disk" && cd "$1/disk/shop"
		eval "$2"
		list() { find . -type f -exec sha256sum {} + | LC_ALL=C sort; }
		list >"$1/before"
		for words in "check -o json=old.json" "check -o json=new.json" "merge --write" install init; do
			status=0
			onedockerfile $words >"$1/said" 2>"$1/why" </dev/null || status=$?
			if [ $status != 3 ] || [ ! -s "$1/why" ]; then
				echo "$words: $status"
				cat "$1/why"
				exit 1
			fi
			list | diff "$1/before" -
		done
		' bash "$work" "$1"
}

@test "the file system is full" {
	faulty
	git reset -q --hard
	echo old >old.json
	mkdir "$work/disk"
	on_file_system 'dd if=/dev/zero of=filler 2>/dev/null || true'
}

@test "the file system is read-only" {
	faulty
	git reset -q --hard
	echo old >old.json
	mkdir "$work/disk"
	# shellcheck disable=SC2016 # for the shell inside
	on_file_system 'mount -o remount,ro "$1/disk"'
}

@test "files may not grow" {
	faulty
	git reset -q --hard
	echo old >old.json
	listing >"$work/before"
	for words in 'check -o json=old.json' 'check -o json=new.json' 'merge --write' install init; do
		# What it says goes through a pipe, which may grow.
		# shellcheck disable=SC2086,SC2016 # words; for the shell inside
		expect 0 bash -c '(ulimit -f 0; "$@" 2>&1 >/dev/null; test $? = 3 && echo refused) | cat' bash onedockerfile $words
		says refused
		says onedockerfile:
		listing | diff "$work/before" -
	done
}

@test "the current directory is gone" {
	for words in check 'check -f json' 'check --rev HEAD' inspect merge 'merge --write' install init doctor; do
		mkdir "$work/gone" && cd "$work/gone" && rmdir "$work/gone"
		# shellcheck disable=SC2086 # words
		expect 3 onedockerfile $words
		[ -s "$work/err" ]
		cd "$work"
	done
}

@test "temporary files have no place" {
	faulty
	TMPDIR=$work/nowhere expect 1 onedockerfile check
	TMPDIR=$work/nowhere expect 1 onedockerfile hook pre-commit
	TMPDIR=$work/nowhere expect 0 onedockerfile merge
	onedockerfile install >/dev/null
	TMPDIR=$work/nowhere expect '[13]' onedockerfile doctor
}
