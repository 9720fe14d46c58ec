#!/usr/bin/env bats
# What the options of a check change.

load helper

variants() {
	repository shop
	bad api
	save variant
}

@test "sets the level of a rule" {
	variants
	judge 0 --level extra-dockerfile=warning
	reported --get findings.0.level <<<warning
	judge 0 --level extra-dockerfile=notice
	judge 0 --level extra-dockerfile=off
	reported </dev/null
}

@test "fails on what it is told to" {
	variants
	judge 1 -t error
	judge 0 --fail-on never
	reported --get verdict <<<pass
	reported --get summary.errors <<<1
	judge 1 --fail-on warning --level extra-dockerfile=warning
	judge 0 --fail-on warning --level extra-dockerfile=notice
	judge 1 --fail-on notice --level extra-dockerfile=notice
	judge 0 --fail-on notice --level extra-dockerfile=off
}

@test "inherits from the base it is given" {
	variants
	git tag start
	judge 0 --base start
	reported --get summary.inherited <<<1
	bad web
	judge 1 --base start
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
	judge 1 --base start --all
	reported <<-'END'
		inherited extra-dockerfile api/Dockerfile.dev:1
		new extra-dockerfile web/Dockerfile.dev:1
	END
	save another
	judge 1 --rev HEAD --base start
	judge 0 --rev HEAD --base HEAD
}

@test "writes several reports in one run" {
	variants
	expect 1 onedockerfile check -f github -o json=report -o text=plain
	grep -q '^::error .*file=api/Dockerfile.dev,line=1' "$work/out"
	cp report "$work/report.json"
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	grep -q '^api/Dockerfile.dev:1: error: .* \[extra-dockerfile\]$' plain
	expect 1 onedockerfile check
	cmp "$work/out" plain
}

@test "gives the same bytes for the same input" {
	variants
	for format in text json github; do
		expect 1 onedockerfile check -f "$format"
		cp "$work/out" first
		expect 1 onedockerfile check -f "$format"
		cmp "$work/out" first
		rm first
	done
}

@test "colours only where it is told to" {
	variants
	expect 1 onedockerfile check
	[ "$(grep -c $'\e' "$work/out")" -eq 0 ]
	expect 1 onedockerfile check --color always
	grep -q $'\e\\[' "$work/out"
	expect 1 onedockerfile check --color never
	[ "$(grep -c $'\e' "$work/out")" -eq 0 ]
	expect 1 onedockerfile check --color auto
	[ "$(grep -c $'\e' "$work/out")" -eq 0 ]
}

@test "colours at a terminal that can, unless it is told not to" {
	variants
	# coloured STATUS COMMAND: whether it is, at a terminal as script(1) makes one.
	coloured() {
		local status=0

		expect 1 script -qec "$2" /dev/null
		grep -q $'\e\\[' "$work/out" || status=1
		[ "$status" -eq "$1" ]
	}
	export TERM=xterm
	coloured 0 'onedockerfile check'
	coloured 0 'NO_COLOR= onedockerfile check'
	coloured 0 'onedockerfile check --color auto'
	coloured 1 'NO_COLOR=1 onedockerfile check'
	coloured 1 'onedockerfile check --color never'
	coloured 1 'TERM=dumb onedockerfile check'
	coloured 1 'unset TERM; onedockerfile check'
}

@test "colours a server's answer only where it is told to" {
	variants
	git clone -q --bare . ../central.git
	cd ../central.git
	commit=$(git rev-parse main)
	git update-ref -d refs/heads/main
	for when in auto never always; do
		expect 1 onedockerfile hook update --color "$when" -- refs/heads/main "$(printf '%040d' 0)" "$commit"
		says extra-dockerfile
	done
	grep -q $'\e\\[' "$work/out" "$work/err"
}

@test "says what it can do" {
	expect 0 onedockerfile --version
	grep -q '^onedockerfile [0-9]' "$work/out"
	expect 0 onedockerfile --help
	for command in check hook inspect install uninstall explain; do
		grep -q "^ *\(onedockerfile \)\?$command" "$work/out"
		expect 0 onedockerfile "$command" --help
		[ -s "$work/out" ]
		expect 0 onedockerfile --help
	done
}

@test "explains a rule, offline" {
	expect 0 onedockerfile explain unknown-stage
	sed '/^## In force here/,$d' "$work/out" | diff - <(cat "$root/policies/rules/unknown-stage.md" && echo)
	expect 2 onedockerfile explain unknown-stag
	says unknown-stage
}

@test "takes no path for one that is judged where there is nothing" {
	local source

	repository shop
	good api
	bad web
	save first
	git rm -q -r web
	git commit -q -m 'no web'
	good other
	git add other
	for source in '--rev HEAD' '--range HEAD~..HEAD' '--staged'; do
		# shellcheck disable=SC2086 # its words
		expect 2 onedockerfile check $source apo
		says "there is no 'apo' in what is judged"
		# shellcheck disable=SC2086 # its words
		expect 0 onedockerfile check $source api
	done
	expect 0 onedockerfile check --range HEAD~..HEAD web
	expect 0 onedockerfile check --rev HEAD --base HEAD~ web
	expect 2 onedockerfile check --rev HEAD web
	expect 1 onedockerfile check --rev HEAD~ web/Dockerfile.dev
	expect 0 onedockerfile check --staged other
	expect 2 onedockerfile check --rev HEAD other
}

@test "judges a history that has not begun" {
	repository shop
	bad api
	expect 0 onedockerfile check --rev HEAD
	expect 3 onedockerfile check --base HEAD
	says "'HEAD' has no commit yet"
	git init -q --bare ../central.git
	cd ../central.git
	expect 0 onedockerfile check
	expect 0 onedockerfile inspect -f json
}

@test "judges a range of a bare repository, and what its HEAD shows" {
	variants
	git commit -q --allow-empty -m more
	git clone -q --bare . ../central.git
	cd ../central.git
	expect 0 onedockerfile check --range HEAD^..HEAD
	expect 0 onedockerfile check --range HEAD..HEAD
	expect 1 onedockerfile check
	expect 0 onedockerfile inspect
	says api/Dockerfile.dev
}

@test "takes no empty word for a revision" {
	repository shop
	good api
	save first
	for option in --rev --base --range; do
		expect 2 onedockerfile check "$option" ''
		says "'$option' names nothing: it is empty"
	done
}
