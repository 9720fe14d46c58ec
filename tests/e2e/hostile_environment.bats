#!/usr/bin/env bats
# A process whose surroundings somebody has prepared: nothing but what is judged makes the verdict.

load helper

# A repository with one fault in the index and in its last commit, tracked though it is ignored;
# beside it one without any, and a file of settings that would hide what is not tracked.
begin() {
	git init -q clean
	good clean/api
	git -C clean add -A
	git -C clean commit -q -m clean
	printf '*\n' >"$work/everything"
	printf '[core]\n\texcludesFile = %s\n\tworktree = %s\n' "$work/everything" "$work/clean" >"$work/settings"
	repository shop
	good api
	save 'a service'
	echo Dockerfile.dev >.gitignore
	bad api
	git add -f api/Dockerfile.dev
	save variant
}

# What Git's variables can be made to say.
poison() {
	cat <<-END
		GIT_ALTERNATE_OBJECT_DIRECTORIES=$work/clean/.git/objects
		GIT_ALTERNATE_OBJECT_DIRECTORIES=/nonexistent:"quoted
		GIT_ATTR_SOURCE=HEAD^
		GIT_CEILING_DIRECTORIES=$work
		GIT_COMMON_DIR=$work/clean/.git
		GIT_CONFIG=$work/settings
		GIT_CONFIG_COUNT=1
		GIT_CONFIG_COUNT=x
		GIT_CONFIG_PARAMETERS='core.excludesFile=$work/everything' 'core.bare=true'
		GIT_DEFAULT_HASH=sha256
		GIT_DIR=$work/clean/.git
		GIT_DIR=/nonexistent
		GIT_DISCOVERY_ACROSS_FILESYSTEM=0
		GIT_GRAFT_FILE=$work/everything
		GIT_ICASE_PATHSPECS=1
		GIT_IMPLICIT_WORK_TREE=0
		GIT_INDEX_FILE=$work/clean/.git/index
		GIT_INDEX_FILE=/nonexistent
		GIT_INTERNAL_SUPER_PREFIX=clean/
		GIT_LITERAL_PATHSPECS=1
		GIT_NAMESPACE=clean
		GIT_NO_REPLACE_OBJECTS=1
		GIT_OBJECT_DIRECTORY=$work/clean/.git/objects
		GIT_OBJECT_DIRECTORY=/nonexistent
		GIT_PREFIX=clean/
		GIT_PUSH_OPTION_0=skip
		GIT_QUARANTINE_PATH=$work/clean/.git/objects
		GIT_QUARANTINE_PATH=/etc
		GIT_REPLACE_REF_BASE=refs/heads/
		GIT_SHALLOW_FILE=$work/everything
		GIT_WORK_TREE=$work/clean
		GIT_WORK_TREE=/nonexistent
	END
}

# says_same FILE ARGUMENTS...: it refuses, with the same bytes as in FILE.
says_same() {
	local wanted=$1

	shift
	expect 1 "$@"
	cmp "$wanted" "$work/out"
}

@test "row 84: reads no other repository, index or objects because the environment says so" {
	begin
	for source in '' '--rev HEAD' '--range HEAD^..HEAD' --ci; do
		# shellcheck disable=SC2086 # a list of words
		expect 1 onedockerfile check -f json $source
		mv "$work/out" "$work/wanted"
		while read -r setting; do
			# shellcheck disable=SC2086 # a list of words
			says_same "$work/wanted" env "$setting" onedockerfile check -f json $source
		done < <(poison)
	done
	git update-index --split-index
	expect 1 onedockerfile check -f json
	mv "$work/out" "$work/wanted"
	while read -r setting; do
		says_same "$work/wanted" env "$setting" onedockerfile check -f json
	done < <(poison | grep -v ^GIT_CONFIG)
	# Git reads this index for us; with settings that are none it reads nothing.
	GIT_CONFIG_COUNT=x expect 3 onedockerfile check
}

@test "row 84: answers a hook by the repository that Git names, or not at all" {
	begin
	git reset -q --soft HEAD^
	while read -r setting; do
		expect '[13]' env "$setting" onedockerfile hook pre-commit
	done < <(poison | grep -v -e '=/.*/clean' -e GIT_CONFIG)
	# Git names these, and they are whole.
	GIT_DIR=../clean/.git expect 0 onedockerfile hook pre-commit
	GIT_INDEX_FILE=../clean/.git/index expect 0 onedockerfile hook pre-commit
	cd ../clean
	echo "$(git -C ../shop rev-parse HEAD HEAD | xargs) refs/heads/main" >"$work/lines"
	for setting in GIT_DIR=/nonexistent GIT_OBJECT_DIRECTORY=/nonexistent GIT_QUARANTINE_PATH=/etc; do
		expect 3 env "$setting" sh -c "exec onedockerfile hook pre-receive <'$work/lines'"
	done
}

# A repository among the files of another one: its own commit has no fault.
fake() {
	git init -q --bare "$1"
	git -C "$1" fetch -q "$work/clean" main:main
	rm -rf "$1"/hooks "$1"/FETCH_HEAD
	touch "$1/refs/heads/.keep" "$1/refs/tags/.keep"
	git -C "$1" repack -q -a -d
	git -C "$1" pack-refs --all
}

@test "row 92: does not take a repository among the files for the one that has them" {
	begin
	fake plain.git
	fake turned
	git -C turned config core.bare false
	git -C turned config core.worktree "$work/clean"
	save 'two repositories'
	git clone -q . ../clone
	for name in plain.git turned; do
		git -C "../clone/$name" rev-parse HEAD
		for source in '' '--rev HEAD' --ci --staged; do
			# shellcheck disable=SC2086 # a list of words
			expect 3 onedockerfile check -C "../clone/$name" $source
			says "'$work/clone/$name' is one of the files of the repository in '$work/clone/'"
			# shellcheck disable=SC2086 # a list of words
			expect 3 onedockerfile check -C "../clone/$name/refs" $source
		done
		expect 3 onedockerfile hook pre-commit -C "../clone/$name"
	done
	expect 1 onedockerfile check -C ../clone
	# Nobody has taken this one for a file.
	fake ../clone/own.git
	expect 0 onedockerfile check -C ../clone/own.git
	git -C ../clone update-index --split-index
	expect 0 onedockerfile check -C ../clone/own.git
	expect 3 onedockerfile check -C ../clone/plain.git
	says "is one of the files of the repository in '$work/clone/'"
	git -C ../clone update-index --no-split-index
	git -C ../clone sparse-checkout set --cone --sparse-index api
	git -C ../clone ls-files --sparse | grep -qx 'plain.git/'
	fake ../clone/plain.git
	expect 0 onedockerfile check -C ../clone/own.git
	expect 3 onedockerfile check -C ../clone/plain.git
	says "is one of the files of the repository in '$work/clone/'"
	head -c 100 ../clone/.git/index >../half
	cp ../half ../clone/.git/index
	expect 3 onedockerfile check -C ../clone/own.git
	says "the repository in '$work/clone/'"
	GIT_DIR=. expect 0 onedockerfile hook pre-receive -C ../clone/plain.git
}

# verdicts FILE ENVIRONMENT...: what each source but the work tree says there.
verdicts() {
	local into=$1 source

	shift
	: >"$into"
	for source in '--rev HEAD' '--range HEAD^..HEAD' --staged --ci; do
		# shellcheck disable=SC2086 # a list of words
		timeout 60 env "$@" onedockerfile check -f json $source >>"$into" 2>"$work/err" </dev/null ||
			echo "status $?" >>"$into"
	done
}

@test "row 86: reads no file of the user for what is committed" {
	begin
	bad web
	git add -A
	verdicts "$work/wanted" -u none
	printf '[broken\n' >"$HOME/.gitconfig"
	verdicts "$work/broken" -u none
	printf '[include]\n\tpath = .gitconfig\n' >"$HOME/.gitconfig"
	verdicts "$work/circle" -u none
	yes '# more than anybody writes into a file of settings' | head -c 100000000 >"$HOME/.gitconfig"
	verdicts "$work/large" -u none
	rm "$HOME/.gitconfig" && mkfifo "$HOME/.gitconfig"
	verdicts "$work/fifo" -u none
	rm "$HOME/.gitconfig"
	verdicts "$work/unset" -u HOME -u XDG_CONFIG_HOME
	verdicts "$work/nowhere" HOME=/nonexistent XDG_CONFIG_HOME=/dev/null
	for file in broken circle large fifo unset nowhere; do
		cmp "$work/wanted" "$work/$file"
	done
	grep -q '"verdict":.*"fail"' "$work/wanted"
}

@test "row 86: does not pass a work tree whose user has broken settings" {
	begin
	for settings in '[broken' '[include]
	path = .gitconfig' '[core]
	excludesFile = /dev/zero/x
	attributesFile = /nonexistent'; do
		printf '%s\n' "$settings" >"$HOME/.gitconfig"
		expect '[13]' onedockerfile check
	done
	HOME=/nonexistent expect 1 onedockerfile check
	expect 1 env -u HOME onedockerfile check
}

# What people have around them, and could have.
surroundings() {
	cat <<-'END'
		LC_ALL=C TZ=UTC
		LC_ALL=C.UTF-8 TZ=Pacific/Kiritimati
		LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=tr
		LC_ALL=xx_YY.nonsense LANG=%s%n
		LC_CTYPE=tr_TR.ISO-8859-9 LC_NUMERIC=de_DE TZ=../../etc/passwd
		LC_ALL= LANG= TZ= COLUMNS=1 LINES=1 TERM=
		TZ=<%s>-99:99 POSIXLY_CORRECT=1 MALLOC_PERTURB_=165 TERM=xterm-256color CI=true
	END
}

@test "row 96: says the same in every locale, time zone and order of variables" {
	local format line

	begin
	printf 'FROM alpine AS BASE\nFROM base AS PRODI\nFROM base AS prodi\nCOPY --from=BASİ / /\n' >api/Dockerfile
	printf 'services:\n  i: {build: {context: api, target: PRODİ}}\n' >compose.yaml
	printf 'FROM a\n' >$'api/Dockerfile.\xc4\xb0\xff'
	save 'i with and without dots'
	# Where the system can make the locale, it is a real one.
	mkdir "$work/locales"
	localedef -i tr_TR -f UTF-8 "$work/locales/tr_TR.UTF-8" 2>"$work/err" || true
	for format in json text sarif; do
		expect 1 onedockerfile check -f "$format" --rev HEAD
		mv "$work/out" "$work/wanted"
		while read -r line; do
			# shellcheck disable=SC2086 # a list of words
			expect 1 env $line LOCPATH="$work/locales" onedockerfile check -f "$format" --rev HEAD
			cmp "$work/wanted" "$work/out"
		done < <(surroundings)
		expect 1 env -i PATH="$PATH" onedockerfile check -f "$format" --rev HEAD
		cmp "$work/wanted" "$work/out"
	done
}

@test "row 96: says the same of objects that are loose, packed or in a graph, whatever the umask" {
	local mask

	begin
	git rm -q .gitignore
	for number in 1 2 3 4 5 6 7 8; do
		bad "service$number"
		save "service $number"
	done
	expect 1 onedockerfile check -f json --range HEAD~8..HEAD
	mv "$work/out" "$work/wanted"
	for step in true 'git gc -q' 'git repack -q -a -d -f --depth=2' 'git commit-graph write --reachable' \
		'git multi-pack-index write' 'git pack-refs --all'; do
		$step 2>/dev/null
		for mask in 000 022 077 777; do
			expect 1 bash -c "umask $mask; exec onedockerfile check -f json --range HEAD~8..HEAD -o sarif=$work/$mask"
			cmp "$work/wanted" "$work/out"
			rm -f "$work/$mask"
		done
	done
	mkdir "$work/alone.git" && cd "$work/alone.git" && git init -q --bare
	git -C "$work/shop" pack-objects --all --stdout -q </dev/null | git unpack-objects -q
	expect 1 onedockerfile check -f json --range "$(git -C "$work/shop" rev-parse HEAD~8)..$(git -C "$work/shop" rev-parse HEAD)"
	cmp "$work/wanted" "$work/out"
}

@test "row 97: knows days long ago and far ahead, and asks no clock but its own" {
	begin
	echo 'waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: x, expires: 2027-03-31}]' >.onedockerfile.yaml
	for date in 0001-01-01 1970-01-01 1969-12-31 2027-03-31; do
		expect 0 onedockerfile check --date "$date"
	done
	for date in 2027-04-01 2038-01-20 2100-02-28 9999-12-31; do
		expect 1 onedockerfile check --date "$date"
		says expired-waiver
	done
	for date in 2027-02-29 10000-01-01 '' now 1e9 -1 2027-3-1 $'2027-03-31\n'; do
		expect 2 onedockerfile check --date "$date"
	done
	save 'a policy'
	# A commit's own date moves nothing.
	for date in '0 +0000' '4102444800 +0000' '9999999999 +1400'; do
		GIT_COMMITTER_DATE="@$date" GIT_AUTHOR_DATE="@$date" git commit -q --no-verify --allow-empty -m "$date"
		expect 1 onedockerfile check --date 2027-04-01 --rev HEAD
		expect 0 onedockerfile check --date 2027-03-31 --rev HEAD
	done
}

@test "row 97: holds a waiver to the day that the clock says, whichever it is" {
	case $(ldd "$ONEDOCKERFILE" 2>&1) in
	*statically* | *libasan* | *'not a dynamic'*) skip 'no clock can be put into it' ;;
	esac
	begin
	echo 'waivers: [{rule: extra-dockerfile, path: api/Dockerfile.dev, reason: x, expires: 2027-03-31}]' >.onedockerfile.yaml
	echo '#include <stdlib.h>
		#include <time.h>
		time_t time(time_t *at) { time_t now = atoll(getenv("NOW")); if (at) *at = now; return now; }' >"$work/clock.c"
	cc -shared -fPIC -o "$work/clock.so" "$work/clock.c"
	# The last day ends by UTC; then come 2038, 2100 and a year that no day can be written of.
	for now in 0 -1 1806537599; do
		expect 0 env NOW=$now LD_PRELOAD="$work/clock.so" onedockerfile check
	done
	for now in 1806537600 2147483648 4102444800; do
		expect 1 env NOW=$now LD_PRELOAD="$work/clock.so" onedockerfile check
	done
	for now in 253402300800 9223372036854775807; do
		expect 3 env NOW=$now LD_PRELOAD="$work/clock.so" onedockerfile check
	done
}

# expect_words STATUS: of a check of all words of standard input.
expect_words() {
	xargs -s 2000000 -n 100000 sh -c 'timeout 20 onedockerfile check -- "$@" >out 2>err; echo $?' - >"$work/statuses"
	[ "$(cat "$work/statuses")" = "$1" ]
}

@test "row 99: takes every word of the command line for what it is" {
	begin
	expect 1 onedockerfile check --
	expect 1 onedockerfile check -- api
	for words in - '' ' ' -- --- -x --rev= '--rev HEAD HEAD' $'\n' "$(printf 'x%.0s' {1..5000})"; do
		expect 2 onedockerfile check -- "$words"
		[ ! -s "$work/out" ]
	done
	for words in - '' $'\n' -- -h- --Rev '---'; do
		expect 2 onedockerfile "$words"
		expect 2 onedockerfile hook "$words"
	done
	expect 2 onedockerfile check -- $'x\n::error::y' $'\e[2J' $'\xff' '##[error]x'
	says_not '##['
	[ "$(grep -c -e $'^::' -e $'\e' "$work/err")" -eq 0 ]
	# As many words as the system lets a process have.
	yes api | head -n 100000 | expect_words 1
	yes nowhere | head -n 100000 | expect_words 2
	expect 2 onedockerfile check --rev "$(printf '%0120000d' 0)" --rev
	expect 3 onedockerfile check --rev "$(printf '%0120000d' 0)"
	expect 3 onedockerfile check --rev $'HEAD\n::error::x'
	[ "$(grep -c '^::' "$work/err")" -eq 0 ]
	expect 3 onedockerfile check --rev -x
}

@test "row 100: needs no temporary files, and a directory to be in" {
	begin
	for place in /nonexistent /dev/null /proc; do
		TMPDIR=$place expect 1 onedockerfile check --rev HEAD
		TMPDIR=$place expect 0 onedockerfile check --staged
	done
	mkdir "$work/gone"
	for source in '' '--rev HEAD' --staged --ci '--range HEAD^..HEAD'; do
		# shellcheck disable=SC2086 # a list of words
		(cd "$work/gone" && rmdir "$work/gone" && expect 3 onedockerfile check $source)
		mkdir "$work/gone"
	done
	(cd "$work/gone" && rmdir "$work/gone" && expect 3 onedockerfile hook pre-receive)
	if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
		for source in '' '--rev HEAD' '--range HEAD^..HEAD'; do
			expect 1 unshare -m sh -c "mount --bind . . && mount -o remount,bind,ro . && cd . &&
				exec onedockerfile check $source"
		done
		expect 3 unshare -m sh -c "mount --bind . . && mount -o remount,bind,ro . && cd '$work/shop' &&
			exec onedockerfile check -o json=report"
	fi
}
