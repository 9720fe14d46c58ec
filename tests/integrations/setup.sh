#!/bin/sh
# What `make check-integrations` asks: setup.sh DIR puts the npm packages of package-lock.json into
# DIR, and installs what is missing of Debian's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1

# PROGRAM=PACKAGE, where they are not named alike.
needed='npm cmark-gfm xmllint=libxml2-utils nginx fcgiwrap gitolite=gitolite3 sshd=openssh-server ssh-keygen=openssh-client
	curl shellcheck pre-commit rsync busybox=busybox-static groovyc=groovy'
missing=
for need in $needed; do
	PATH=$PATH:/usr/sbin command -v "${need%%=*}" >/dev/null 2>&1 || missing="$missing ${need#*=}"
done
if [ -n "$missing" ]; then
	echo "installing with apt-get:$missing"
	as_root=
	[ "$(id -u)" -eq 0 ] || as_root=sudo
	$as_root apt-get update -q
	# shellcheck disable=SC2086 # a list of words
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

mkdir -p "$dir"
if ! cmp -s "$here/package-lock.json" "$dir/installed"; then
	rm -f "$dir/installed"
	cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$dir"
	(cd "$dir" && npm ci --no-progress)
	# npm keeps what runs scripts from setting, and these packages set it by script.
	chmod +x "$dir"/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool \
		"$dir"/node_modules/node-linux-*/bin/node "$dir"/node_modules/lefthook-linux-*/bin/lefthook
	cp "$here/package-lock.json" "$dir/installed"
fi
