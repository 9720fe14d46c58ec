#!/usr/bin/env bats
# A server's hook judges in a worker. Whatever becomes of that, of its supervisor or of what started
# both: nothing is accepted without a verdict, and nothing stays behind.

load helper

# How often each of them is killed; more for who has the time.
: "${KILLS:=3}"

# A sanitizer takes memory and system calls of its own.
sanitized() {
	case $ONEDOCKERFILE in *address*) ;; *) return 1 ;; esac
}

# What the kernel has by its own word; a program that counts what it reaches uses neither.
needs_seccomp() {
	if [ -n "${COVERED-}" ] || ! grep -q '^Seccomp:' /proc/self/status; then
		skip 'no seccomp here'
	fi
}

needs_landlock() {
	python3 -c 'import ctypes; exit(ctypes.CDLL(None).syscall(444, 0, 0, 1) <= 0)' ||
		skip 'no Landlock here'
}

# A bare repository with two commits, and a clone beside it; its hook notes its process.
central() {
	server central.git
	# shellcheck disable=SC2016 # for the hook's own shell
	sed -i "2i echo \$\$ >'$work/supervisor'" central.git/hooks/pre-receive
	repository shop
	good api
	save 'a service'
	git remote add origin ../central.git
	git push -q origin main
	rm -f "$work/supervisor" "$work/report.json"
	ref=$(git rev-parse main)
}

# hook STATUS [ARGUMENTS...]: pre-receive of the central repository, told that main moves to HEAD.
# With $limits, options of prlimit(1).
hook() {
	local wanted=$1

	shift
	echo "$ref $(git rev-parse HEAD) refs/heads/main" >"$work/lines"
	expect "$wanted" sh -c "cd '$work/central.git'; 
		GIT_OBJECT_DIRECTORY='$PWD/.git/objects' exec prlimit ${limits-} onedockerfile hook pre-receive <'$work/lines' $*"
}

# The worker of the hook that runs; fails where there is none any more.
worker_of() {
	pgrep -P "$1" onedockerfile
}

# gone PROCESS...: each ends by itself, soon.
gone() {
	local process

	for process; do
		for _ in {1..50}; do
			kill -0 "$process" 2>/dev/null || continue 2
			sleep 0.1
		done
		echo "process $process is still there"
		return 1
	done
}

# What a run may leave behind is nothing; only who kills receive-pack leaves its own quarantine.
left_nothing() {
	local file

	for file in "$work"/report.json.* "$work"/central.git/objects/tmp_* \
		"$work"/central.git/objects/incoming-*; do
		[ ! -e "$file" ] || {
			echo "left behind: $file"
			return 1
		}
	done
	git -C "$work/central.git" fsck --strict --no-dangling >"$work/fsck" 2>&1 || {
		cat "$work/fsck"
		return 1
	}
}

# victim WHICH SUPERVISOR: its process.
victim() {
	case $1 in
	worker) worker_of "$2" ;;
	supervisor) echo "$2" ;;
	receive-pack) ps -o ppid= -p "$2" | tr -d ' ' ;;
	esac
}

# killed WHICH: push, and kill that with SIGKILL at some moment. The ref has moved only if the verdict was
# "pass".
killed() {
	local after before pushing supervisor worker process

	before=$(git -C "$work/central.git" rev-parse main)
	rm -f "$work/supervisor" "$work/report.json"
	git push -q origin HEAD:main >"$work/pushed" 2>&1 3>&- &
	pushing=$!
	until [ -s "$work/supervisor" ] || ! kill -0 "$pushing" 2>/dev/null; do
		:
	done
	supervisor=$(cat "$work/supervisor")
	sleep "0.0$((RANDOM % 5))$((RANDOM % 10))"
	worker=$(worker_of "$supervisor") || true
	process=$(victim "$1" "$supervisor") || true
	[ -z "$process" ] || kill -9 "$process" 2>/dev/null || true
	wait "$pushing" || true
	# shellcheck disable=SC2086 # there may be none
	gone "$supervisor" $worker
	[ "$1" != receive-pack ] || rm -rf "$work"/central.git/objects/{tmp_objdir-,}incoming-*
	after=$(git -C "$work/central.git" rev-parse main)
	[ "$before" = "$after" ] || grep -q '"verdict":	"pass"' "$work/report.json"
	left_nothing
}

# Many good commits, so that there is time to kill in; then one that may never land.
kill_often() {
	local i

	central
	for i in $(seq "$KILLS"); do
		for commit in {1..40}; do
			echo "FROM alpine:3.$i$commit" >api/Dockerfile
			save "$commit"
		done
		killed "$1"
	done
	git push -q origin main || true
	ref=$(git -C ../central.git rev-parse main)
	bad api
	for i in $(seq "$KILLS"); do
		save "$i"
		killed "$1"
		[ "$(git -C ../central.git rev-parse main)" = "$ref" ]
	done
}

@test "row 81: takes no push without a verdict when its worker is killed" {
	kill_often worker
}

@test "row 81: takes no push without a verdict when its supervisor is killed" {
	kill_often supervisor
}

@test "row 81: leaves no process behind when receive-pack is killed" {
	kill_often receive-pack
}

# waiting [COMMAND]: start a hook that waits for its input, as $supervisor and $worker.
waiting() {
	needs_seccomp
	export ASAN_OPTIONS=$ASAN_OPTIONS:handle_segv=0
	mkfifo "$work/fifo"
	exec 9<>"$work/fifo"
	(cd "$work/central.git" && GIT_OBJECT_DIRECTORY=$work/shop/.git/objects exec onedockerfile hook \
		pre-receive -v -f json -o json="$work/told" <"$work/fifo" >"$work/out" 2>"$work/err" 9>&-) &
	supervisor=$!
	until worker=$(worker_of "$supervisor") && [ "$(grep Seccomp: "/proc/$worker/status")" = $'Seccomp:\t2' ]; do
		kill -0 "$supervisor"
	done
}

# refused REASON: with status 3, that sentence alone, reports without a verdict, and no process left.
refused() {
	local status=0

	wait "$supervisor" || status=$?
	exec 9>&-
	[ "$status" -eq 3 ]
	diff - "$work/err" <<<"onedockerfile: $1"
	cp "$work/out" "$work/report.json"
	reported --get verdict <<<unknown
	cmp "$work/out" "$work/told"
	gone "$supervisor" "$worker"
	rm "$work/fifo"
}

@test "row 80, row 81: says why there is no verdict, whatever ended the worker" {
	local end='so there is no verdict; push again, and report it if it stays so'

	central
	waiting
	kill -9 "$worker"
	refused "the judging was killed, as it happens where memory is short (SIGKILL), $end"
	waiting
	kill -SEGV "$worker"
	refused "the judging crashed (SIGSEGV), $end"
	waiting
	kill -XCPU "$worker"
	refused "the judging took more processor time than it may (SIGXCPU), $end"
	waiting
	kill -USR1 "$worker"
	refused "the judging was ended (signal 10), $end"
}

# ignores PROCESS SIGNAL: as who started it wanted.
ignores() {
	local mask

	mask=$(sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$1/status")
	(((0x$mask >> ($(kill -l "$2") - 1)) & 1))
}

@test "row 80: ends with its worker when it is told to" {
	central
	for signal in TERM HUP INT QUIT ALRM XCPU; do
		# A shell lets what it starts in the background ignore some of them, and nohup another.
		waiting
		if ignores "$supervisor" "$signal"; then
			kill -KILL "$worker"
			wait "$supervisor" || true
			rm "$work/fifo"
			continue
		fi
		kill "-$signal" "$supervisor"
		refused "interrupted by SIG$signal before there was a verdict"
	done
}

@test "row 80: minds no signal that says nothing" {
	central
	echo more >notes
	save more
	waiting
	for _ in {1..200}; do
		kill -WINCH "$supervisor" "$worker"
		kill -CHLD "$supervisor" "$worker"
		kill -CONT "$supervisor" "$worker"
	done
	echo "$ref $(git rev-parse HEAD) refs/heads/main" >&9
	exec 9>&-
	wait "$supervisor"
	cp "$work/out" "$work/report.json"
	reported --get verdict <<<pass
}

@test "row 81: a worker ends with its supervisor, and that with what started it" {
	local shell

	central
	waiting
	kill -9 "$supervisor"
	gone "$worker"
	wait "$supervisor" || true
	rm "$work/fifo"
	mkfifo "$work/fifo"
	exec 9<>"$work/fifo"
	# It has more to do, else it would become the hook.
	(cd "$work/central.git" && exec sh -c 'onedockerfile hook pre-receive; exit' <"$work/fifo" 9>&-) &
	shell=$!
	until supervisor=$(worker_of "$shell") && worker=$(worker_of "$supervisor"); do
		kill -0 "$shell"
	done
	kill -9 "$shell"
	gone "$supervisor" "$worker"
	wait "$shell" || true
	exec 9>&-
}

@test "row 77: 3 for output that cannot be written, and nothing else is" {
	central
	echo more >notes
	save more
	hook 0 -f json
	for output in '>/dev/full' '>&-' '-o json=/dev/full' "-o text=$work/nowhere/report"; do
		hook 3 -f json "$output"
		grep -qE 'onedockerfile: cannot (write to|create)' "$work/err"
	done
	# Whoever reads it is gone.
	mkfifo "$work/closed"
	exec 7<>"$work/closed"
	exec 8>"$work/closed" 7>&-
	hook 3 -f json '>&8'
	says 'cannot write to standard output: Broken pipe'
	exec 8>&-
	echo precious >"$work/target"
	ln -s "$work/target" "$work/link"
	mkdir "$work/directory"
	hook 3 -o "json=$work/link"
	hook 3 -o "json=$work/directory"
	[ "$(cat "$work/target")" = precious ]
	[ -z "$(ls "$work/directory")" ]
	left_nothing
}

@test "row 78: writes to no file that took the place of a closed stream" {
	local before

	central
	bad api
	save variant
	before=$(find "$work/central.git" -type f -exec cksum {} + | sort)
	for closed in '<&-' '>&-' '2>&-' '<&- >&-' '>&- 2>&-' '<&- >&- 2>&-'; do
		hook '[13]' -v "$closed"
	done
	hook 3 '<&-'
	hook 3 '>&-'
	[ "$(find "$work/central.git" -type f -exec cksum {} + | sort)" = "$before" ]
}

@test "row 83: is right, or says that it cannot judge, with few files, processes or little stack" {
	! sanitized || skip 'a sanitizer takes more by itself'
	central
	echo more >notes
	save more
	limits=--stack=1048576 hook 0
	limits=--nofile=12 hook 0
	for limits in --nofile={5,6,7,8,9,10} --nproc=0 --data=8388608; do
		hook '@(0|3|127)' # 127: not even its libraries can be opened
	done
	bad api
	save variant
	limits=--stack=1048576 hook 1
	# With less to map the kernel itself ends what it is about to start.
	for limits in --nofile={5,6,8} --nproc=0 --data={1000000,8000000,100000000} \
		--as={8000000,100000000} --cpu=1 --fsize=0 --core=0; do
		hook '@(1|3|127)'
	done
}

@test "row 82: reads a pack that is larger than the memory it may map" {
	! sanitized || skip 'a sanitizer takes more by itself'
	central
	# As large as its content, since that is not compressed.
	{
		printf 'blob\nmark :1\ndata 100000000\n'
		head -c 100000000 /dev/zero
		printf '\nblob\nmark :2\ndata 12\nFROM alpine\n\ncommit refs/heads/main\nmark :3\n'
		printf 'committer T <t@example.org> 1700000000 +0000\ndata 5\nlarge\nfrom %s\n' "$ref"
		printf 'M 100644 :2 api/Dockerfile.dev\nM 100644 :1 api/large\n\n'
	} | git -c core.compression=0 -c fastimport.unpackLimit=1 fast-import --quiet
	[ "$(cat .git/objects/pack/*.pack | wc -c)" -gt 100000000 ]
	git reset -q
	limits=--as=64000000 hook 1
	says 'api/Dockerfile.dev'
}

@test "row 85: takes no directory for the quarantine that holds no objects, and hides none by another" {
	central
	bad api
	save variant
	echo "$ref $(git rev-parse HEAD) refs/heads/main" >../lines
	cd ../central.git
	for place in /etc / /nonexistent "$work/lines" "$work" ''; do
		GIT_QUARANTINE_PATH=$place expect 3 sh -c 'onedockerfile hook pre-receive <../lines'
		GIT_QUARANTINE_PATH=$place GIT_OBJECT_DIRECTORY=$work/shop/.git/objects expect 1 \
			sh -c 'onedockerfile hook pre-receive <../lines'
	done
	# A host may have it anywhere.
	GIT_QUARANTINE_PATH=$work/shop/.git/objects expect 1 sh -c 'onedockerfile hook pre-receive <../lines'
	says 'api/Dockerfile.dev'
}

# pooled POOL: what the central repository has lies there, and it borrows it.
pooled() {
	git -C "$work/central.git" repack -adq
	git init -q --bare "$1"
	mv "$work"/central.git/objects/pack/* "$1/objects/pack/"
	echo "$1/objects" >"$work/central.git/objects/info/alternates"
}

@test "row 93: reads the pools that objects are borrowed from, however many and in whatever circle" {
	local i pool=$work/pool.git

	central
	pooled "$pool"
	pooled "$work/pool of pool.git"
	mv "$pool"/objects/pack/* "$work/pool of pool.git/objects/pack/"
	echo "$work/pool of pool.git/objects" >"$pool/objects/info/alternates"
	echo "$pool/objects" >"$work/central.git/objects/info/alternates"
	echo "$work/central.git/objects" >"$work/pool of pool.git/objects/info/alternates"
	bad api
	save variant
	hook 1 -v
	says 'api/Dockerfile.dev'
	git reset -q --hard HEAD^
	echo more >notes
	save more
	hook 0
	for i in {1..1000}; do
		mkdir -p "$work/pools/$i/pack"
		echo "$work/pools/$i"
	done >>"$work/central.git/objects/info/alternates"
	hook 0
	# Git only warns of one that is missing.
	echo "$work/missing" >>"$work/central.git/objects/info/alternates"
	hook 0
	echo "$work/missing" >"$work/central.git/objects/info/alternates"
	expect 3 sh -c "cd '$work/central.git' && onedockerfile hook pre-receive <'$work/lines'"
}

@test "reads a policy that the server has anywhere, and settings from a file that its own includes" {
	central
	mkdir "$work/etc"
	echo 'rules: {extra-dockerfile: off}' >"$work/etc/policy.yaml"
	printf '[onedockerfile]\n\tpolicy = %s\n\tfailOn = never\n' "$work/etc/policy.yaml" >"$work/etc/settings"
	git -C ../central.git config include.path "$work/etc/settings"
	bad api
	save variant
	hook 0 -v
	says "policy: $work/etc/policy.yaml"
	rm "$work/etc/policy.yaml"
	hook 2
	echo '[onedockerfile]' >"$work/etc/settings"
	hook 1
}

# Paths that lead out, in the ways that a compose file has.
lead_out() {
	local path

	echo 'services:'
	for path in ../../../../etc/passwd /etc/passwd /etc "~"/.ssh/id_rsa ../central.git /proc/self/environ \
		'\\server\share' 'C:\windows' file:///etc/passwd https://127.0.0.1/x 'git@127.0.0.1:x' /dev/zero; do
		printf "  a%s:\n    build: {context: '%s'}\n" "$((++count))" "$path"
		printf "  a%s:\n    build: {context: ., dockerfile: '%s'}\n" "$((++count))" "$path"
		printf "  a%s:\n    build: .\n    env_file: '%s'\n" "$((++count))" "$path"
		printf "  a%s:\n    extends: {file: '%s', service: a}\n" "$((++count))" "$path"
		printf "  a%s:\n    build: {context: ., additional_contexts: {x: '%s'}}\n" "$((++count))" "$path"
	done
}

@test "opens nothing outside the repository, and no socket, once it is confined" {
	local trace=$work/trace

	strace -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
	needs_seccomp
	needs_landlock
	export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
	central
	lead_out >docker-compose.yml
	ln -s /etc/passwd Dockerfile
	ln -s ../../central.git/config api/Dockerfile.dev
	save 'leads out'
	echo "$ref $(git rev-parse HEAD) refs/heads/main" >"$work/lines"
	expect '[13]' sh -c "cd '$work/central.git'; GIT_OBJECT_DIRECTORY='$PWD/.git/objects' exec strace -f -o '$trace' \
		onedockerfile hook pre-receive -v <'$work/lines'"
	says 'confined: to limits, Landlock'
	# From the moment it is confined, by the process that is.
	awk '/seccomp\(SECCOMP_SET_MODE_FILTER/ { process = $1; next } process == $1' "$trace" >"$work/confined"
	[ "$(grep -c 'openat(' "$work/confined")" -gt 5 ]
	! grep -E '(socket|connect|execve|fork|clone3?|ptrace|kill)\(.* = [0-9]' "$work/confined" || false
	! grep -E 'open(at)?\(.*(O_WRONLY|O_RDWR|O_CREAT).* = [0-9]' "$work/confined" || false
	! grep -E 'open(at)?\(.* = [0-9]' "$work/confined" |
		grep -vE 'open(at)?\((AT_FDCWD, )?"'"$work"'/(central|shop/\.git)|openat\([0-9]+, "' || false
}
