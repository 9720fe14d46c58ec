#!/bin/sh
# First step of action.yml: says in GITHUB_OUTPUT which `binary` the second one runs. That is the
# one that releases.sh pins for the version and this machine, out of the runner's tool cache or
# freshly fetched; only where there is none, what the source beside this file gives.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=${here%/*/*}

# shellcheck source=ci-templates/github/runner.sh
. "$here/runner.sh"

finish() {
	output binary "$1"
	exit
}

# Other bytes are never run, and nothing else is in their place.
is_pinned() {
	sum=$(sha256sum <"$1")
	[ "${sum%% *}" = "$pin" ]
}

build() {
	[ "$version" = "$own" ] || refuse 3 "there is no binary of version $version for $arch, and the" \
		"source of this action is that of $own; take the action itself at v$version"
	echo "onedockerfile $version: $1; building from source"
	make -C "$source" deps
	make -C "$source" -j "$(nproc)"
	finish "$source/build/onedockerfile"
}

fetch() {
	echo "onedockerfile $version: from $address"
	status=$(curl --silent --show-error --location --retry 3 --connect-timeout 20 --max-time 300 \
		--output "$1" --write-out '%{http_code}' "$address") || refuse 3 "cannot fetch $address"
	case $status in
	200) ;;
	404) build "none is published for $arch" ;;
	*) refuse 3 "$address answers with status $status" ;;
	esac
	is_pinned "$1" || refuse 3 "refused: $address is not what releases.sh pins; nothing of it was run"
	chmod 755 "$1"
}

[ "$RUNNER_OS" = Linux ] || refuse 3 "onedockerfile runs on Linux, and this runner has $RUNNER_OS"
own=$(sed -n 's/^#define VERSION "\(.*\)"/\1/p' "$source/src/cli/version.h")
version=${INPUT_VERSION:-$own}
version=${version#v}
case $version in
[!0-9]* | *[!0-9A-Za-z.-]*) refuse 2 "the input 'version' is a release like $own" ;;
esac
case $RUNNER_ARCH in
X64) arch=x86_64 ;;
ARM64) arch=aarch64 ;;
*) arch=$(uname -m) ;;
esac

# shellcheck source=ci-templates/github/releases.sh
. "$here/releases.sh"
pin=$(echo "$pins" | awk -v version="$version" -v arch="$arch" '$1 == version && $2 == arch { print $3 }')
[ -n "$pin" ] || build "none is pinned for $arch"

cache=${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/onedockerfile/$version/$arch
mkdir -p "$cache"
binary=$cache/onedockerfile
if [ ! -e "$binary" ]; then
	new=$(mktemp "$cache/new.XXXXXX")
	trap 'rm -f "$new"' EXIT
	fetch "$new"
	mv -f "$new" "$binary"
fi
is_pinned "$binary" || refuse 3 "refused: $binary is not what releases.sh pins; find out who changed" \
	"it, then remove it"
finish "$binary"
