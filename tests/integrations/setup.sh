#!/bin/sh
# What `make check-integrations` asks: setup.sh DIR puts the npm packages of package-lock.json into
# DIR, and installs what is missing of Debian's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
policy=/usr/sbin/policy-rc.d # asked before a package starts a service

# PROGRAM=PACKAGE, where they are not named alike.
needed='npm cmark-gfm xmllint=libxml2-utils nginx fcgiwrap gitolite=gitolite3 sshd=openssh-server ssh-keygen=openssh-client
	curl shellcheck pre-commit rsync groovyc=groovy'
missing=
for need in $needed; do
	PATH=$PATH:/usr/sbin command -v "${need%%=*}" >/dev/null 2>&1 || missing="$missing ${need#*=}"
done
# The other busybox is of the same name and needs libraries.
dpkg -s busybox-static >/dev/null 2>&1 || missing="$missing busybox-static"
if [ -n "$missing" ]; then
	echo "installing with apt-get:$missing"
	as_root=
	[ "$(id -u)" -eq 0 ] || as_root=sudo
	# The tests start servers of their own; those of the packages are not to listen to the network.
	if ! [ -e "$policy" ]; then
		trap '$as_root rm -f "$policy"' EXIT
		printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
		$as_root chmod 755 "$policy"
	fi
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
