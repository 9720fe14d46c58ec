#!/usr/bin/env bats
# Many files are parsed by a second thread where there is a processor for it; nobody can tell.

load helper

# Services that are right and wrong in turns.
street() {
	local number

	repository street
	for number in $(seq 90); do
		good "$number"
		echo "# $number" >>"$number/Dockerfile"
		printf 'services:\n  web:\n    build: {context: ., target: prod}\n' >"$number/compose.yaml"
		case $((number % 4)) in
		1) echo 'FROM' >>"$number/Dockerfile" ;;
		2) sed -i 's/prod/nowhere/' "$number/compose.yaml" ;;
		3) echo 'services: {}' >>"$number/compose.yaml" ;;
		esac
	done
	save 'many services'
}

# alone STATUS COMMAND...: `expect` on one of the processors.
alone() {
	local status=$1

	shift
	expect "$status" taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')" "$@"
}

@test "one processor finds what several find" {
	street
	expect 1 onedockerfile check --rev HEAD -f json
	mv "$work/out" "$work/several"
	grep -q '"errors":.68,' "$work/several"
	alone 1 onedockerfile check --rev HEAD -f json
	cmp "$work/several" "$work/out"
	expect 0 onedockerfile check --rev HEAD --base HEAD
}

@test "an object that is missing is named as ever" {
	local object

	street
	object=$(git rev-parse HEAD:7/Dockerfile)
	rm -f ".git/objects/${object:0:2}/${object:2}"
	expect 3 onedockerfile check --rev HEAD
	says "'7/Dockerfile': object $object is missing"
	mv "$work/err" "$work/several"
	alone 3 onedockerfile check --rev HEAD
	cmp "$work/several" "$work/err"
}
