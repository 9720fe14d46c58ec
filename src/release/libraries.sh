#!/bin/sh
# The libraries of the release binary: their upstream archives as Debian's newest release has them,
# compiled without what reaches a network. An archive that is in DIR/sources is not fetched.
#   libraries.sh fetch DIR   get what sources.sha256 pins; status 75 where it is not to be had
#   libraries.sh build DIR   fetch, then make DIR/lib, DIR/include, DIR/licenses ($CC, $CFLAGS)
#   libraries.sh pin DIR     pin what Debian has now
# SUITE (sid) is the release of Debian that the archives come from, but for libdeflate's: that is
# of STABLE, as not every mirror has the newest one.
set -eu

STABLE=trixie

say() {
	echo "libraries: $*" >&2
}

# Debian's source packages.
pinned_names() {
	sed 's/.*  \(.*\)_.*/\1/' "$pins"
}

with_releases() {
	while read -r name; do
		case $name in
		libdeflate) echo "$name/$STABLE" ;;
		*) echo "$name/${SUITE:-sid}" ;;
		esac
	done
}

download() {
	list_suite deb-src "$STABLE"
	# shellcheck disable=SC2046 # a list of words
	(cd "$dir/sources" && apt source --download-only --tar-only \
		$(pinned_names | with_releases))
}

download_logged() {
	if ! command -v apt-get >/dev/null || ! download >"$dir/download.log" 2>&1; then
		[ ! -f "$dir/download.log" ] || tail -n 3 "$dir/download.log" >&2
		say "cannot download from Debian; put what $pins names into $dir/sources"
		return 75
	fi
	rm -rf "$dir/apt"
}

pinned() {
	(cd "$dir/sources" && sha256sum --check --status "$pins" 2>/dev/null)
}

# Another archive under a pinned name is refused; another version only is not the one we want.
compare() {
	status=0
	while read -r sum name; do
		if [ -f "$dir/sources/$name" ]; then
			found=$(sha256sum <"$dir/sources/$name")
			[ "${found%% *}" != "$sum" ] || continue
			say "refused: the SHA-256 of $dir/sources/$name is ${found%% *}," \
				"and $pins pins $sum"
			return 1
		fi
		say "$pins pins $name, and Debian has" \
			"$(cd "$dir/sources" && echo "${name%%_*}"_*.orig.tar.*) now;" \
			"to take that, run 'sh src/release/libraries.sh pin $dir' and test"
		status=75
	done <"$pins"
	return $status
}

fetch() {
	pinned && return
	download_logged || return
	compare
}

pin() {
	names=$(pinned_names)
	rm -rf "$dir/sources"
	mkdir "$dir/sources"
	download_logged || return
	for name in $names; do
		(cd "$dir/sources" && sha256sum "$name"_*.orig.tar.*)
	done >"$pins.new"
	mv "$pins.new" "$pins"
	cat "$pins"
}

# unpack NAME: into DIR/NAME, and go there.
unpack() {
	rm -rf "${dir:?}/$1"
	mkdir "$dir/$1"
	tar -xf "$dir/sources/$(sed -n "s/.*  \($1_\)/\1/p" "$pins")" --strip-components=1 -C "$dir/$1"
	cd "$dir/$1"
}

# archive NAME FILE...: DIR/lib/NAME from these sources, compiled with $flags as well.
archive() {
	name=$1
	shift
	# shellcheck disable=SC2016 # for the shell below
	printf '%s\n' "$@" | xargs -P "$(nproc)" -n 8 sh -c 'for file; do
		$COMPILE -c -o "${file%.c}.o" "$file" || exit 255; done' compile
	rm -f "$dir/lib/$name"
	printf '%s\n' "$@" | LC_ALL=C sort | sed 's/c$/o/' | xargs ar Dcq "$dir/lib/$name"
}

# with FLAG...: how the next archive is compiled. Foreign code: its warnings are not ours to mend.
with() {
	COMPILE="${CC:-gcc} -std=gnu11 -D_GNU_SOURCE $CFLAGS -ffile-prefix-map=$dir/= -w $*"
	export COMPILE
}

build_small() {
	(
		unpack zlib
		with -DHAVE_UNISTD_H -DHAVE_HIDDEN
		archive libz.a adler32.c crc32.c deflate.c inf*.c trees.c zutil.c
		cp zlib.h zconf.h "$dir/include"
		cp LICENSE "$dir/licenses/zlib"
	)
	(
		unpack libdeflate
		with -I.
		archive libdeflate.a lib/adler32.c lib/deflate_decompress.c lib/zlib_decompress.c \
			lib/utils.c lib/*/cpu_features.c
		cp libdeflate.h "$dir/include"
		cp COPYING "$dir/licenses/libdeflate"
	)
	(
		unpack cjson
		with
		archive libcjson.a cJSON.c
		mkdir "$dir/include/cjson"
		cp cJSON.h "$dir/include/cjson"
		cp LICENSE "$dir/licenses/cjson"
	)
	(
		unpack libyaml
		sed 's/@YAML_VERSION[A-Z_]*@/0/' cmake/config.h.in >config.h
		with -DHAVE_CONFIG_H -I. -Iinclude
		archive libyaml.a src/*.c
		cp include/yaml.h "$dir/include"
		cp License "$dir/licenses/libyaml"
	)
}

# Of what HTTP needs only a setting is left; the linker drops what would use the rest.
build_libgit2() {
	unpack libgit2
	cp "$here/git2_features.h" src/util
	rm src/libgit2/transports/httpclient.c src/libgit2/transports/httpparser.c
	with -Iinclude -Isrc/util -Isrc/libgit2 -Ideps/xdiff -I../include \
		-DSHA1DC_NO_STANDARD_INCLUDES -DSHA1DC_CUSTOM_INCLUDE_SHA1_C='<git2_util.h>' \
		-DSHA1DC_CUSTOM_INCLUDE_UBC_CHECK_C='<git2_util.h>'
	archive libgit2.a src/util/*.c src/util/unix/*.c src/util/allocators/*.c \
		src/util/hash/builtin.c src/util/hash/collisiondetect.c src/util/hash/*/*.c \
		src/libgit2/*.c src/libgit2/*/*.c deps/xdiff/*.c
	cp -r include/* "$dir/include"
	cp COPYING "$dir/licenses/libgit2"
}

build() {
	fetch || return
	rm -rf "${dir:?}/lib" "$dir/include" "$dir/licenses"
	mkdir "$dir/lib" "$dir/include" "$dir/licenses"
	build_small
	(build_libgit2)
	rm -rf "$dir/zlib" "$dir/libdeflate" "$dir/cjson" "$dir/libyaml" "$dir/libgit2"
	: >"$dir/lib/built"
}

[ $# -eq 2 ] || {
	sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
	exit 2
}
here=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/suite.sh
. "$here/../../tests/suite.sh"
pins=$here/sources.sha256
mkdir -p "$2/sources"
dir=$(cd "$2" && pwd -P)
case $1 in
fetch) fetch ;;
build) build ;;
pin) pin ;;
*) say "no such command: $1" && exit 2 ;;
esac
