#!/bin/sh
# A Docker engine of our own to ask: Debian's packages unpacked below DIR and run there, without
# network. What the machine itself gets is runc and busybox-static, where they are missing.
#   engine.sh start DIR   fetch it the first time, run it, wait until it answers
#   engine.sh env DIR     the settings that reach it, for a shell to eval
#   engine.sh stop DIR    end it
# SUITE (sid) is the release of Debian that the packages come from.
set -eu

nowhere=http://127.0.0.1:9
packages='docker.io docker-cli docker-buildx docker-compose containerd'

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

fetch() {
	mkdir -p "$dir/config/cli-plugins"
	list_suite deb
	# shellcheck disable=SC2086 # a list of words
	(cd "$dir/apt" && apt download $packages)
	for package in "$dir"/apt/*.deb; do
		dpkg -x "$package" "$dir/new"
	done
	cp "$dir"/new/usr/libexec/docker/cli-plugins/* "$dir/config/cli-plugins"
	rm -rf "$dir/apt"
	mv "$dir/new" "$dir/root"
}

install_missing() {
	dpkg -s runc busybox-static >/dev/null 2>&1 && return
	as_root apt-get update -q
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
		install -y -q --no-install-recommends runc busybox-static
}

settings() {
	echo "PATH='$dir/root/usr/bin:$dir/root/usr/sbin:$PATH'"
	echo "DOCKER_HOST='unix://$dir/socket' DOCKER_CONFIG='$dir/config'"
	echo 'export PATH DOCKER_HOST DOCKER_CONFIG'
}

answers() {
	docker version >/dev/null 2>&1
}

# The proxy is no proxy: an image that is not here is refused at once, wherever this runs.
run() {
	as_root rm -f "$dir/pid"
	{ as_root setsid env PATH="$PATH" HTTP_PROXY="$nowhere" HTTPS_PROXY="$nowhere" dockerd \
		--host "unix://$dir/socket" --group "$(id -g)" \
		--data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" \
		--storage-driver vfs --bridge none --iptables=false --ip6tables=false \
		--ip-forward=false; } </dev/null >"$dir/log" 2>&1 &
}

start() {
	[ -d "$dir/root" ] || { install_missing && fetch; } >"$dir/fetch.log" 2>&1 || {
		tail -n 5 "$dir/fetch.log" >&2
		exit 1
	}
	answers || run
	for _ in $(seq 120); do
		answers && exit
		sleep 0.5
	done
	tail -n 5 "$dir/log" >&2
	exit 1
}

stop() {
	[ -s "$dir/pid" ] || exit 0
	pid=$(cat "$dir/pid")
	as_root kill "$pid"
	for _ in $(seq 60); do
		as_root kill -0 "$pid" 2>/dev/null || exit 0
		sleep 0.5
	done
	as_root kill -KILL "$pid"
}

[ $# -eq 2 ] || {
	sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
	exit 2
}
# shellcheck source=tests/suite.sh
. "$(dirname "$0")/../suite.sh"
mkdir -p "$2"
dir=$(cd "$2" && pwd -P)
[ ${#dir} -lt 90 ] || { echo "too long a path for a socket: $dir" >&2 && exit 1; }
eval "$(settings)"
case $1 in
start) start ;;
stop) stop ;;
env) settings ;;
*) echo "no such command: $1" >&2 && exit 2 ;;
esac
