# shellcheck shell=bash
# Servers of a test: on a free port of loopback, ended by their own process id, and by themselves
# after two minutes.

running=()

# await PID COMMAND...: until the command is true; 1 where that process ends before.
await() {
	local pid=$1

	shift
	for _ in $(seq 200); do
		"$@" && return
		kill -0 "$pid" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

# start NAME COMMAND...: what it says goes to $work/NAME.log.
start() {
	local name=$1

	shift
	timeout 120 "$@" >"$work/$name.log" 2>&1 3>&- &
	running+=($!)
}

# serve NAME READY START: `START PORT` starts it, and it listens once it has said READY. Sets port.
serve() {
	local name=$1 ready=$2 starts=$3

	for port in $(shuf -i 20000-32000 -n 20); do
		"$starts" "$port"
		await "${running[-1]}" grep -qs "$ready" "$work/$name.log" && return
	done
	cat "$work/$name.log"
	return 1
}

teardown() {
	if [ "${#running[@]}" -gt 0 ]; then
		kill "${running[@]}" 2>/dev/null || true
		wait "${running[@]}" 2>/dev/null || true
	fi
	cd / && rm -rf "$work"
}
