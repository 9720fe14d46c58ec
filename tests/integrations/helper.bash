# shellcheck shell=bash
# As for the end-to-end tests, with the packages that setup.sh has put into $INTEGRATIONS.

load ../e2e/helper

here=$BATS_TEST_DIRNAME
: "${INTEGRATIONS:=$root/build/integrations}"
modules=$INTEGRATIONS/node_modules

# run_node SCRIPT ARGUMENTS...: a script of this directory, by the pinned Node.js. What it imports
# is looked for from its copy.
run_node() {
	local script=$1

	shift
	cp "$here/$script" "$INTEGRATIONS/$script"
	"$(echo "$modules"/node-linux-*/bin/node)" "$INTEGRATIONS/$script" "$@"
}
