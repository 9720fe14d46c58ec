#!/usr/bin/env bats
# A policy file for a repository as it is: nothing new passes, and nothing that is there blocks.

load helper

# The paths of the waivers that were written, as they stand there.
paths() {
	sed -n 's/^    path: //p' .onedockerfile.yaml
}

# Fifty second Dockerfiles in two families.
fifty() {
	for number in {01..25}; do
		bad "services/s$number"
	done
	good api
	for number in {26..50}; do
		echo 'FROM alpine:3.20' >"api/Dockerfile.v$number"
	done
	compose prod
	save 'fifty variants'
}

# refused PATH...: these files cannot be committed, and the tree does not pass with them.
refused() {
	for path; do
		mkdir -p "$(dirname "$path")"
		echo 'FROM alpine:3.20' >"$path"
	done
	judge 1
	git add -A
	expect 1 git commit -m 'one more'
	says 'extra-dockerfile'
	git reset -q --hard
}

@test "protects a repository of fifty variants from the next one, after two commands" {
	repository shop
	fifty
	git clone -q --bare . ../central.git
	(cd ../central.git && expect 0 onedockerfile install --server)
	judge 1
	reported --get summary.errors <<<50

	expect 0 onedockerfile init
	says 'next: onedockerfile install'
	expect 0 onedockerfile install

	[ "$(paths | wc -l)" -eq 2 ]
	judge 0
	reported --get summary.waived <<<50
	reported --get summary.errors <<<0
	git add .onedockerfile.yaml
	expect 0 git commit -m 'a policy'
	push 0 ../central.git main
	echo 'RUN true' >>services/s01/Dockerfile.dev
	good web
	git add -A
	expect 0 git commit -m 'work goes on'
	push 0 ../central.git main
	refused services/s51/Dockerfile services/s51/Dockerfile.dev
	refused services/s01/Dockerfile.test
	refused api/Dockerfile.v51
	refused api/Dockerfile.v26.old
	refused web/Dockerfile.dev
	refused other/s01/Dockerfile other/s01/Dockerfile.dev
	bad services/s51
	save 'past the hook'
	push 1 ../central.git main
	says 'services/s51/Dockerfile.dev'
}

@test "holds for three months" {
	repository shop
	bad api
	expect 0 onedockerfile init --date 2026-11-30
	judge 0 --date 2027-02-28
	judge 1 --date 2027-03-01
	says 'expired-waiver'
	rm .onedockerfile.yaml
	expect 0 onedockerfile init
	judge 0
	judge 0 --date "$(date -u -d '89 days' +%F)"
	judge 1 --date "$(date -u -d '93 days' +%F)"
}

@test "writes what people can read" {
	repository shop
	bad api
	bad web
	compose "\${TARGET}"
	printf 'FROM alpine:3.20 AS one\nFROM alpine:3.20 AS two\n' >web/Dockerfile
	expect 0 onedockerfile init --date 2026-12-24
	printf '%s\n' "$work/shop/.onedockerfile.yaml: written, with 1 waiver until 2027-03-24; give each a reason" \
		'next: onedockerfile install' | diff - "$work/out"
	[ ! -s "$work/err" ]
	diff -u - .onedockerfile.yaml <<-'END'
		# What onedockerfile refuses in this repository. 'onedockerfile init' began it on 2026-12-24, when it
		# saw 4 Dockerfiles and 1 build. 'onedockerfile rules' lists every rule and what is in force.
		version: 1

		# What is not said here is as in this policy: default, or strict for a repository that is clean.
		extends: default

		# Findings of this level and above refuse: error, warning, notice or never.
		fail-on: error

		# A rule is error, warning, notice or off; 'onedockerfile explain RULE' says why it is there.
		# These were found and refuse nothing as long as they are no errors:
		# rules:
		#   unresolved-variable: notice  # 1
		#   unused-stage: notice  # 1

		# Paths without findings, in place of the default's list, and Dockerfiles that are no variants:
		# ignore: ["**/{node_modules,vendor,third_party,testdata,fixtures}/**", "examples/**"]
		# dockerfiles: ["images/*/Dockerfile.worker"]

		# Values that variables of compose files take, each of which is checked:
		# variables:
		#   BUILD_TARGET: [dev, prod]
		#   TARGET: []  # without a value in 'docker-compose.yml'

		# Faults that were there already, let be for three months: give each its reason and its owner.
		# The paths name what was there and nothing else. Take out what has been mended.
		waivers:
		  - rule: extra-dockerfile
		    path: "{api,web}/Dockerfile.dev"
		    reason: "to be filled in: why it may stay until then"
		    owner: "tester@example.org"
		    expires: 2027-03-24
	END
	sed -i 's/^# *\(rules\|ignore\|dockerfiles\|variables\):/\1:/; s/^#   /  /; s/: \[\]  #/: [one] #/' .onedockerfile.yaml
	judge 1
	says 'unknown-stage'
	sed -i 's/^extends: .*/extends: strict/; /^variables/,/^$/d' .onedockerfile.yaml
	judge 0
}

@test "has nothing to waive where nothing is wrong" {
	repository shop
	expect 0 onedockerfile init
	says 'written, with 0 waivers'
	tail -n 1 .onedockerfile.yaml | diff - <(echo 'waivers: []')
	judge 0
	good api
	judge 0
	bad api
	judge 1
}

@test "leaves a policy that is there as it is" {
	repository shop
	bad api
	for name in .onedockerfile.yaml .onedockerfile.yml; do
		echo 'fail-on: never' >"$name"
		expect 2 onedockerfile init
		says "$work/shop/$name'"
		[ ! -s "$work/out" ]
		diff "$name" - <<<'fail-on: never'
		rm "$name"
		ln -s nowhere "$name"
		expect 2 onedockerfile init
		[ ! -e nowhere ]
		[ "$(readlink "$name")" = nowhere ]
		rm "$name"
		mkdir "$name"
		expect 2 onedockerfile init
		rmdir "$name"
		[ ! -e .onedockerfile.yaml ]
	done
	expect 0 onedockerfile init
	cp .onedockerfile.yaml ../first
	expect 2 onedockerfile init
	cmp ../first .onedockerfile.yaml
}

@test "names paths as they are" {
	repository shop
	for directory in 'a "b"' "c'd" 'e\f' 'g: # h' $'i\nj' $'\tk' ' l ' 'm,n' '[o]' ./-p '&q' '!r' '%s' \
		$'\303\251' $'\342\200\256t' $'\177u'; do
		bad "$directory"
	done
	bad .
	expect 0 onedockerfile init
	[ ! -s "$work/err" ]
	judge 0
	reported --get summary.waived <<<17
	[ "$(paths | wc -l)" -le 3 ]
	bad v
	judge 1
	reported --get summary.errors <<<1
}

@test "says for which names there can be no waiver" {
	repository shop
	bad api
	for directory in 'a*' 'b?' '{c}' 'd}' $'e\377'; do
		bad "$directory"
	done
	expect 0 onedockerfile init
	paths | diff - <(echo '"api/Dockerfile.dev"')
	[ "$(wc -l <"$work/err")" -eq 5 ]
	says "warning: no waiver for 'a*/Dockerfile.dev' [extra-dockerfile]: one of '*?{}' is in its name, so that its waiver would match others too"
	says "warning: no waiver for 'e\\xff/Dockerfile.dev' [extra-dockerfile]: its name is no UTF-8, and a policy file is"
	judge 1
	reported --get summary.errors <<<5
	reported --get summary.waived <<<1
}

@test "waives a service's fault and not that of the next one" {
	repository shop
	good api
	compose testing
	expect 0 onedockerfile init --date 2026-11-24
	grep -A5 '  - rule' .onedockerfile.yaml | diff - <(
		cat <<-'END'
			  - rule: unknown-stage
			    path: "docker-compose.yml"
			    subject: "api"
			    reason: "to be filled in: why it may stay until then"
			    owner: "tester@example.org"
			    expires: 2027-02-24
		END
	)
	judge 0
	printf '  web:\n    build: {context: api, target: tesitng}\n' >>docker-compose.yml
	judge 1
	reported <<-'END'
		new unknown-stage docker-compose.yml:7:35-41 -
	END
}

@test "needs no waiver for who builds what is waived, nor for what is waived already" {
	repository shop
	bad api
	bad web
	sed -i '1i # onedockerfile: allow extra-dockerfile it goes next week' web/Dockerfile.dev
	printf 'services:\n  api:\n    build: {context: api, dockerfile: Dockerfile.dev}\n' >compose.yaml
	expect 0 onedockerfile init
	paths | diff - <(echo '"api/Dockerfile.dev"')
	judge 0
	reported --get summary.warnings <<<0
}

@test "names nobody where nobody is known" {
	repository shop
	bad api
	git config --global --unset user.email
	expect 0 onedockerfile init
	grep -qx '    owner: null' .onedockerfile.yaml
	judge 0
	for name in ' ' $'\xff@example.org'; do
		rm .onedockerfile.yaml
		git config user.email "$name"
		expect 0 onedockerfile init
		grep -qx '    owner: null' .onedockerfile.yaml
	done
}

@test "names the first twenty that it cannot waive, and says how many more" {
	repository shop
	for number in {10..31}; do
		bad "a*$number"
	done
	expect 0 onedockerfile init
	[ "$(grep -c "^onedockerfile: warning: no waiver for 'a\*" "$work/err")" -eq 20 ]
	[ "$(tail -n 1 "$work/err")" = 'onedockerfile: warning: and 2 more' ]
}

@test "waives twice what is wrong twice by one waiver" {
	repository shop
	mkdir api
	printf 'FROM a AS b\nFROM a AS b\nFROM a AS b\n' >api/Dockerfile
	judge 1
	reported --get summary.errors <<<2
	expect 0 onedockerfile init
	[ "$(paths | wc -l)" -eq 1 ]
	judge 0
}

@test "writes to the root of the work tree, and only there" {
	repository shop
	bad api
	save 'a variant'
	expect 0 onedockerfile init -C api
	[ -f .onedockerfile.yaml ]
	[ ! -e api/.onedockerfile.yaml ]
	git worktree add -q ../linked
	(cd ../linked && expect 0 onedockerfile init && [ -f .onedockerfile.yaml ])
	git clone -q --bare . ../central.git
	(cd ../central.git && expect 2 onedockerfile init && says bare)
	mkdir ../plain
	(cd ../plain && expect 3 onedockerfile init && says 'there is no Git repository here')
	[ -z "$(ls -A ../plain)" ]
}

@test "writes nothing for who asks wrongly" {
	repository shop
	for words in now '--date tomorrow' '--date 2027-02-29' --force; do
		# shellcheck disable=SC2086 # a list of words
		expect 2 onedockerfile init $words
		[ ! -e .onedockerfile.yaml ]
	done
	expect 3 sh -c 'onedockerfile init >/dev/full'
	says 'cannot write to standard output'
	rm .onedockerfile.yaml
	bad 'a*'
	expect 3 sh -c 'onedockerfile init 2>/dev/full'
	expect 0 onedockerfile init --help
	says '[--date YYYY-MM-DD]'
}
