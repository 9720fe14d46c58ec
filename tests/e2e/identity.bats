#!/usr/bin/env bats
# What makes a finding another one: its value, never its line.

load helper

# A Dockerfile of one service, which a build needs.
service() {
	repository shop
	printf 'FROM a AS base\nFROM base AS prod\n' >Dockerfile
}

# write FILE PATTERN VALUE: the value in the place of '%s'.
write() {
	local dir=${1%/*}

	[ "$dir" = "$1" ] || mkdir -p "$dir"
	# shellcheck disable=SC2059
	printf "$2" "$3" >"$1"
}

# renewed RULE FILE PATTERN OLD NEW: another value makes a new finding of that rule, and a line
# above it does not.
renewed() {
	local rule=$1 file=$2 pattern=$3

	write "$file" "$pattern" "$4"
	save before
	judge 1 --rev HEAD --level "$rule=error"
	says "\"$rule\""
	write "$file" "# more\n$pattern" "$4"
	save moved
	judge 0 --range HEAD^..HEAD --level "$rule=error"
	write "$file" "# more\n$pattern" "$5"
	save other
	judge 1 --range HEAD^..HEAD --level "$rule=error"
	says "\"$rule\""
}

compose='services:\n  api:\n    build: %s\n'

@test "unknown-stage: the target" {
	service
	renewed unknown-stage compose.yaml "${compose/\%s/{context: ., target: %s\}}" bse bes
}

@test "variant-reference: the file that is built" {
	service
	echo 'FROM a' | tee Dockerfile.dev >Dockerfile.test
	renewed variant-reference compose.yaml "${compose/\%s/{context: ., dockerfile: %s\}}" \
		Dockerfile.dev Dockerfile.test
}

@test "missing-dockerfile: the file that is built" {
	service
	renewed missing-dockerfile compose.yaml "${compose/\%s/{context: ., dockerfile: %s\}}" one two
}

@test "missing-context: the directory" {
	service
	renewed missing-context compose.yaml "$compose" ./one ./two
}

@test "duplicate-stage: the name" {
	service
	renewed duplicate-stage Dockerfile 'FROM a AS one\nFROM a AS two\nFROM a AS %s\n' one two
}

@test "invalid-stage-name: the name" {
	service
	renewed invalid-stage-name Dockerfile 'FROM a AS %s\n' 1a 2b
}

@test "development-last: the name" {
	service
	renewed development-last Dockerfile 'FROM a AS base\nFROM base AS %s\n' dev debug
}

@test "unused-stage: the name" {
	service
	renewed unused-stage Dockerfile 'FROM a AS %s\nFROM a AS prod\n' one two
}

@test "unknown-source: the source" {
	service
	renewed unknown-source Dockerfile \
		'FROM a AS base\nFROM base AS prod\nCOPY --from=%s . .\n' bas bse
}

@test "unresolved-variable: the variable" {
	service
	renewed unresolved-variable compose.yaml "${compose/\%s/{context: ., target: \$%s\}}" ONE TWO
}
