#!/usr/bin/env bats
# Thousands of hostile strings through every format, to standard output, to files and over a push:
# HOSTILE says how many, SEED which.

load helper

@test "hostile strings leave every document valid and start no command in the runner's parser" {
	local seed=${SEED:-1}

	copy_scripts
	mkdir mass
	"$here/mass.py" "${HOSTILE:-5000}" "$seed" "$work/mass" "$(command -v onedockerfile)" \
		"$node" "$work/node/github_read.mjs" >said || {
		tail -n 20 said
		return 1
	}
	tail -n 21 said
	[ "$(grep -c . said)" -eq 1 ]
	grep ', 0 complaints$' said
}
