# shellcheck shell=bash
# As for the end-to-end tests, with the packages that setup.sh has put into $INTEGRATIONS.

load ../e2e/helper

here=$BATS_TEST_DIRNAME
: "${INTEGRATIONS:=$root/build/integrations}"
modules=$INTEGRATIONS/node_modules

node=$(echo "$modules"/node-linux-*/bin/node)

# Put this directory's scripts for Node.js into $work/node, where they find what they import.
copy_scripts() {
	[ ! -e "$work/node" ] || return 0
	mkdir "$work/node"
	cp "$here"/*.mjs "$work/node"
	ln -s "$modules" "$work/node/node_modules"
}

# run_node SCRIPT ARGUMENTS...: a script of this directory, by the pinned Node.js.
run_node() {
	local script=$1

	shift
	copy_scripts
	"$node" "$work/node/$script" "$@"
}
