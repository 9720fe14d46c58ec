#!/bin/sh
# What the project needs from the system. --install installs what building and testing miss,
# --install lint also what `make lint` and `make fuzz` use, --install release or coverage what
# `make release` or `make coverage` does, --install failures what `make check-failures` does; --flags
# PACKAGE... prints the compiler and linker flags of libraries, and installs nothing.
set -eu

if [ "$1" = --flags ]; then
	shift
	pkg-config --cflags --libs "$@" 2>/dev/null || echo "-lgit2 -lyaml -lcjson -lz -ldeflate"
	exit
fi

programs='gcc make pkg-config git bats prove perl pgrep strace'
libraries='libgit2 yaml-0.1 libcjson zlib libdeflate cmocka'
modules='jsonschema yaml'
packages='gcc libc6-dev make pkg-config git bats perl procps strace python3-jsonschema python3-yaml
	libgit2-dev libyaml-dev libcjson-dev zlib1g-dev libdeflate-dev libcmocka-dev'
if [ "${2-}" = lint ]; then
	programs="$programs clang clang-format clang-tidy cppcheck shellcheck mandoc"
	packages="$packages clang clang-format clang-tidy cppcheck shellcheck mandoc"
fi
if [ "${2-}" = coverage ]; then
	programs="$programs gcovr"
	packages="$packages gcovr"
fi
if [ "${2-}" = failures ]; then
	programs="$programs strace prlimit"
	packages="$packages strace util-linux"
fi
if [ "${2-}" = release ]; then
	programs="$programs xz"
	packages="$packages xz-utils"
fi

missing=
for program in $programs; do
	command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
for library in $libraries; do
	pkg-config --exists "$library" 2>/dev/null || missing="$missing $library"
done
for module in $modules; do
	/usr/bin/python3 -c "import $module" 2>/dev/null || missing="$missing python3-$module"
done
[ -n "$missing" ] || exit 0

echo "missing:$missing"
# shellcheck disable=SC2086 # a list of words
set -- $packages
command -v apt-get >/dev/null 2>&1 || {
	echo "no apt-get here; install the equivalents of: $*" >&2
	exit 1
}
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
echo "installing with apt-get: $*"
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
