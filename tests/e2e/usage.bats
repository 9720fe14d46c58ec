#!/usr/bin/env bats
# What is said to who asks wrongly: one line that names what is wrong, and status 2.

load helper

# wrong MESSAGE ARGUMENTS...: that is all that is said.
wrong() {
	local message=$1

	shift
	expect 2 onedockerfile "$@"
	diff -u - "$work/err" <<<"onedockerfile: $message"
}

shop() {
	repository shop
	bad api
	save variant
}

@test "names an option that is not there, or has no value" {
	shop
	wrong "unknown option '--colour'; did you mean '--color'?" check --colour always
	wrong "unknown option '--xylophone'" check --xylophone
	wrong "unknown option '-Z'" check -qZ
	wrong "option '--all' takes no value" check --all=yes
	wrong "option '--rev' needs a value" check --rev
	wrong "option '-f' needs a value" check -q -f
	expect 1 onedockerfile check -qfjson
	grep -q '^{' "$work/out"
}

@test "names a value that no option takes" {
	shop
	wrong "'--level extra-dockerfile': write it as RULE=LEVEL" check --level extra-dockerfile
	wrong "'--level extra-dockerfile=loud': the level is error, warning, notice or off" check --level extra-dockerfile=loud
	wrong "'--fail-on sometimes': it is error, warning, notice or never" check -t sometimes
	wrong "'--fail-on off': it is error, warning, notice or never" check -t off
	wrong "'--color sometimes': it is auto, always or never" check --color sometimes
	wrong "'--date 2027-02-30': it is a day, as in 2027-03-31" check --date 2027-02-30
	expect 2 onedockerfile check -o xylophone=report
	says "'xylophone'"
	for command in check doctor 'hook pre-commit' 'hook pre-receive'; do
		# shellcheck disable=SC2086 # a command and its word
		wrong "'--timeout soon': it is a number of seconds from 1 to 86400" $command --timeout soon
	done
}

@test "names a word that a command does not take" {
	shop
	wrong "'inspect' takes no 'api'" inspect api
	wrong 'only one of --staged and --rev can be looked at at a time' inspect --staged --rev HEAD
	wrong "what is 'now'?" install now
	wrong "what is 'now'?" uninstall now
	wrong "no hook 'pre-comit'; did you mean 'pre-commit'?" hook pre-comit
	wrong 'which hook? pre-commit, pre-merge-commit, pre-push, pre-receive or update' hook xylophone
	wrong 'which hook? pre-commit, pre-merge-commit, pre-push, pre-receive or update' hook
	wrong 'hook update needs the 3 arguments that Git gives it' hook update -- refs/heads/main
	wrong 'hook pre-push needs the 1 arguments that Git gives it' hook pre-push
}

@test "names a path that is outside" {
	shop
	wrong "'/etc' is outside '$PWD'" check /etc
	wrong "'/etc' is outside '$PWD'" check --rev HEAD /etc
	expect 1 onedockerfile check --rev HEAD "$PWD/api"
	cd api
	wrong "'../..' is outside '$work/shop'" check ../..
	wrong "'../..' is outside '$work/shop'" check --rev HEAD ../..
	wrong "'../..' is outside '$work/shop'" merge ../..
	wrong "'/etc' is outside '$work/shop'" merge --only /etc
	wrong "'../../x' is outside '$work/shop'" merge --stage ../../x=y
}

@test "names what cannot be merged" {
	shop
	wrong 'merge one directory at a time' merge api web
	for words in api/Dockerfile.dev =dev api/Dockerfile.dev=; do
		wrong "'--stage $words': write it as FILE=NAME" merge --stage "$words"
	done
	expect 2 onedockerfile merge --stage web/Dockerfile=ship
	says "'web/Dockerfile' is not among the files that are merged"
	[ ! -s "$work/out" ]
	expect 0 onedockerfile merge "$PWD/api"
	grep -qx 'deleted file mode 100644' "$work/out"
	git clone -q --bare . ../central.git
	cd ../central.git
	wrong 'there is no work tree here to be changed' merge
	wrong "this repository is bare: '--server' is for it" install
}
