#!/bin/sh
# To be sourced: another release of Debian, $SUITE or else sid, as the machine's own mirror has it,
# with a package list below $dir/apt.

# The machine's list keeps naming the release that it has.
apt() {
	apt-get -q -o Dir::Etc::sourcelist="$dir/apt/sources" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::Lists="$dir/apt/lists" -o Dir::Cache="$dir/apt/cache" \
		-o Dir::State::status=/dev/null -o APT::Sandbox::User="$(id -un)" "$@"
}

mirror() {
	# shellcheck disable=SC2016 # apt's own field
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/\?$' |
		head -n 1
}

# list_suite deb|deb-src [OTHER]: what apt gets after this comes from there; with another release
# beside it, what is asked for as NAME/RELEASE.
list_suite() {
	keys=/usr/share/keyrings/debian-archive-keyring.gpg
	mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
	for suite in "${SUITE:-sid}" ${2+"$2"}; do
		echo "$1 [signed-by=$keys] $(mirror) $suite main"
	done >"$dir/apt/sources"
	apt update
}
