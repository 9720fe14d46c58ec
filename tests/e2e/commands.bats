#!/usr/bin/env bats
# The commands that tell of the rules, and the options that say more, less, or nothing too late.

load helper

# What the last command printed, whole.
printed() {
	diff -u - "$work/out"
}

whispered() {
	diff -u - "$work/err"
}

shop() {
	repository shop
	bad api
	printf 'FROM {{ base }}\n' >api/Dockerfile.j2
}

# rule ID: its line in what `rules` printed.
rule() {
	grep "^$1 " "$work/out"
}

@test "lists every rule with its level and what set it" {
	repository shop
	expect 0 onedockerfile rules
	sed 's/ .*//' "$work/out" | diff - <(basename -s .md "$root"/policies/rules/*.md)
	awk '{ print $2 }' "$work/out" | sort -u | diff - <(printf '%s\n' error notice warning)
	rule unknown-stage | diff - <(printf '%-20s %-8s %s (default:%s)\n' unknown-stage error \
		"a build's target is no stage of the Dockerfile it builds" \
		"$(grep -n unknown-stage "$root/policies/default.yaml" | cut -d : -f 1)")
	printf 'version: 1\nrules:\n  unused-stage: error\n  unknown-stage: off\n' >.onedockerfile.yaml
	expect 0 onedockerfile rules
	rule unused-stage | grep -q ' error  .* (\.onedockerfile\.yaml:3)$'
	rule unknown-stage | grep -q ' off  .* (\.onedockerfile\.yaml:4)$'
	rule unreadable | grep -q ' error  .* (default:[0-9]*)$'
	echo 'rules: {unreadable: notice}' >../other.yaml
	expect 0 onedockerfile rules -f text -c ../other.yaml
	rule unreadable | grep -q ' notice  .* (\.\./other\.yaml:1)$'
	rule unused-stage | grep -q ' notice  .* (default:[0-9]*)$'
}

@test "lists the rules as JSON" {
	repository shop
	printf 'rules:\n  extra-dockerfile: off\n' >.onedockerfile.yaml
	expect 0 onedockerfile rules -f json
	cp "$work/out" "$work/report.json"
	reported --get version <<<1
	reported --get policy <<<.onedockerfile.yaml
	reported --get rules.3.id <<<extra-dockerfile
	reported --get rules.3.level <<<off
	reported --get rules.3.default <<<error
	reported --get rules.3.summary <<<'a variant stands beside the Dockerfile of its service'
	reported --get rules.3.set_by <<<.onedockerfile.yaml:2
	[ "$(grep -c '"id"' "$work/out")" -eq "$(find "$root/policies/rules" -name '*.md' | wc -l)" ]
}

@test "lists the rules by the policy of where it is" {
	mkdir plain && cd plain
	expect 0 onedockerfile rules
	rule unused-stage | grep -q ' notice '
	cd .. && repository shop
	echo 'rules: {unused-stage: warning}' >.onedockerfile.yaml
	good api
	save 'a service'
	cd api
	expect 0 onedockerfile rules
	rule unused-stage | grep -q ' warning  .* (\.onedockerfile\.yaml:1)$'
	git clone -q --bare .. ../../central.git
	expect 0 onedockerfile rules -C ../../central.git
	rule unused-stage | grep -q ' warning  .* (\.onedockerfile\.yaml:1)$'
}

@test "lists the rules of a policy whose name would be a command" {
	local name=$'##[add-mask]\e.yaml'

	printf 'rules: {unused-stage: off}\n' >"$name"
	expect 0 onedockerfile rules -c "$name"
	says '(\x23#[add-mask]\x1b.yaml:1)'
	says_not '##['
}

@test "lists no rules for who asks wrongly" {
	repository shop
	expect 2 onedockerfile rules unknown-stage
	whispered <<-'END'
		onedockerfile: 'rules' takes no 'unknown-stage'
	END
	expect 2 onedockerfile rules -f sarif
	whispered <<-'END'
		onedockerfile: '--format sarif': it is text or json
	END
	echo 'rule: {}' >.onedockerfile.yaml
	expect 2 onedockerfile rules
	says "'rules'"
	[ ! -s "$work/out" ]
	echo garbage >.git/HEAD
	expect 3 onedockerfile rules
	[ ! -s "$work/out" ]
}

@test "explains each rule, with what is rejected and what is accepted" {
	for page in "$root"/policies/rules/*.md; do
		expect 0 onedockerfile explain "$(basename "$page" .md)"
		head -n "$(wc -l <"$page")" "$work/out" | cmp - "$page"
		grep -q '^## Rejected' "$work/out"
		grep -q '^## Accepted' "$work/out"
	done
}

@test "explains how a rule is set here" {
	# here RULE: what `explain` says behind the page.
	here() {
		diff -u - <(sed '1,/^## In force here/d' "$work/out" | sed 1d)
	}
	line() {
		grep -n "^  $1:" "$root/policies/$2.yaml" | cut -d: -f1
	}
	expect 0 onedockerfile explain unknown-stage
	here <<<"level: error (default:$(line unknown-stage default))"
	expect 0 onedockerfile explain development-last
	here <<-END
		level: warning (default:$(line development-last default))
		words: dev, develop, development, local, test, debug
	END
	repository shop
	printf 'extends: strict\nrules:\n  development-last: {words: [tmp, test]}\n' >.onedockerfile.yaml
	expect 0 onedockerfile explain development-last
	here <<-'END'
		level: error (.onedockerfile.yaml:3)
		words: tmp, test
	END
	expect 0 onedockerfile explain extra-dockerfile
	here <<-END
		level: error (strict:$(line extra-dockerfile strict))
		platforms: none
	END
	cd .. && expect 0 onedockerfile explain extra-dockerfile -C shop
	says 'level: error (strict:'
	echo 'rules: {unknown-stag: off}' >shop/.onedockerfile.yaml
	expect 2 onedockerfile explain unknown-stage -c shop/.onedockerfile.yaml
	says "did you mean 'unknown-stage'?"
	grep -q '^# unknown-stage' "$work/out"
	echo '[core' >shop/.git/config
	expect 3 onedockerfile explain unknown-stage -C shop
	grep -q '^# unknown-stage' "$work/out"
}

@test "explains one rule that there is" {
	for arguments in '' 'unknown-stage unreadable' --level; do
		# shellcheck disable=SC2086 # a list of words
		expect 2 onedockerfile explain $arguments
		[ ! -s "$work/out" ]
		[ -s "$work/err" ]
	done
	expect 2 onedockerfile explain unknown-stag
	says "did you mean 'unknown-stage'?"
}

@test "says one line a finding and nothing else with -q" {
	shop
	expect 1 onedockerfile check -q
	printed <<-'END'
		api/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside 'api/Dockerfile'; it only repeats the first instruction of it, so a stage 'base' would do [extra-dockerfile]
	END
	[ ! -s "$work/err" ]
	rm api/Dockerfile.dev
	expect 0 onedockerfile check -q
	[ ! -s "$work/out" ]
	[ ! -s "$work/err" ]
}

@test "says what was judged, and by which policy, with -v" {
	shop
	rm api/Dockerfile.dev
	expect 0 onedockerfile check
	printed <<-'END'
		1 place not checked (-v lists them)
	END
	[ ! -s "$work/err" ]
	expect 0 onedockerfile check -v
	printed <<-'END'
		api/Dockerfile.j2: not checked: a template, not the Dockerfile it becomes
		0 errors in 1 Dockerfile and 0 builds
	END
	whispered <<<'onedockerfile: policy: default; there is no .onedockerfile.yaml in the work tree'
	echo 'version: 1' >.onedockerfile.yaml
	compose prod
	expect 0 onedockerfile check -qv --timeout 600
	[ ! -s "$work/out" ]
	whispered <<<'onedockerfile: policy: .onedockerfile.yaml of the work tree'
	git add .
	expect 0 onedockerfile hook pre-commit -v
	says 'onedockerfile: policy: .onedockerfile.yaml of the index'
	says '0 errors in 1 Dockerfile and 1 build'
}

@test "takes a number of seconds for --timeout" {
	shop
	for seconds in 0 -1 86401 1.5 soon ''; do
		expect 2 onedockerfile check --timeout "$seconds" -o json=report
		whispered <<-END
			onedockerfile: '--timeout $seconds': it is a number of seconds from 1 to 86400
		END
		[ ! -s "$work/out" ]
		[ ! -e report ]
	done
	expect 1 onedockerfile check
	cp "$work/out" untimed
	for seconds in 60 86400; do
		expect 1 onedockerfile check --timeout "$seconds"
		printed <untimed
	done
}
