#!/usr/bin/env bats
# Faults that are let be for a while: by the policy, or inside the file.

load helper

# waive RULE PATH [KEYS]: a waiver at the end of the policy.
waive() {
	[ -e .onedockerfile.yaml ] || echo 'waivers:' >.onedockerfile.yaml
	printf '  - {rule: %s, path: "%s", reason: vendor image%s}\n' "$1" "$2" "${3:+, $3}" \
		>>.onedockerfile.yaml
}

@test "waives what the policy names, and says so" {
	repository shop
	bad api
	bad web
	waive extra-dockerfile 'api/Dockerfile.{dev,test}' 'owner: "@platform", expires: 2027-03-31'
	judge 1 --date 2027-03-31
	reported <<-'END'
		new extra-dockerfile web/Dockerfile.dev:1
	END
	reported --get summary.waived <<<1
	judge 1 --date 2027-03-31 --all
	reported <<-'END'
		waived extra-dockerfile api/Dockerfile.dev:1
		new extra-dockerfile web/Dockerfile.dev:1
	END
	waive extra-dockerfile web/Dockerfile.dev 'expires: 2027-02-01'
	judge 0 --date 2027-01-31
	expect 0 onedockerfile check --date 2027-01-31
	[ ! -s "$work/out" ]
	expect 0 onedockerfile check --date 2027-01-31 --all
	says "[extra-dockerfile] (waived)"
	says "note: waived: vendor image, owned by '@platform', until 2027-03-31"
	says "; 2 waived; the next to expire, of 'web/Dockerfile.dev', does on 2027-02-01"
	bad old
	sed -i 's|^waivers:|&\n  - {rule: extra-dockerfile, path: old/Dockerfile.dev, reason: vendor image}|' \
		.onedockerfile.yaml
	expect 0 onedockerfile check --date 2027-01-31 --all
	says "; 3 waived; the next to expire, of 'web/Dockerfile.dev', does on 2027-02-01"
}

@test "row 62: holds a waiver until its last day, and names who owes" {
	repository shop
	bad api
	waive extra-dockerfile api/Dockerfile.dev 'owner: "@platform", expires: 2027-03-31'
	judge 0 --date 2027-03-31
	judge 1 --date 2027-04-12
	reported <<-'END'
		new expired-waiver .onedockerfile.yaml:2:109-118
		new extra-dockerfile api/Dockerfile.dev:1
	END
	reported --get findings.0.message <<-'END'
		the waiver of 'extra-dockerfile' for 'api/Dockerfile.dev' expired 12 days ago; its owner is '@platform'
	END
	expect 1 onedockerfile check --date 2027-04-01
	says "expired 1 day ago"
	says "; the oldest waiver, of 'api/Dockerfile.dev', expired on 2027-03-31"
	for date in 2027-4-1 2027-02-29 today ''; do
		expect 2 onedockerfile check --date "$date"
		says "'--date $date': it is a day, as in 2027-03-31"
	done
}

@test "asks the clock where no date is given" {
	repository shop
	bad api
	waive extra-dockerfile api/Dockerfile.dev "expires: $(date -u +%Y-%m-%d)"
	judge 0
	rm .onedockerfile.yaml
	waive extra-dockerfile api/Dockerfile.dev "expires: $(date -u -d yesterday +%Y-%m-%d)"
	judge 1
	TZ=Pacific/Kiritimati judge 1
	says_not 'expired 2 days'
}

@test "warns of a waiver that waives nothing" {
	repository shop
	good api
	waive extra-dockerfile 'api/**'
	judge 0
	reported <<-'END'
		new unused-waiver .onedockerfile.yaml:2:36-43
	END
	judge 1 --fail-on warning
	judge 0 --fail-on warning --level unused-waiver=off
	judge 0 --fail-on warning api
	judge 1 --fail-on warning .onedockerfile.yaml
	save 'a service'
	judge 1 --fail-on warning --rev HEAD
	judge 0 --fail-on warning --rev HEAD --base HEAD --all
	reported <<-'END'
		inherited unused-waiver .onedockerfile.yaml:2:36-43
	END
	judge 0 --fail-on warning --staged
}

@test "waives one service of a file by its name" {
	repository shop
	good api
	printf 'services:\n  a:\n    build: {context: api, target: x}\n  b:\n    build: {context: api, target: x}\n' \
		>compose.yaml
	waive unknown-stage compose.yaml 'subject: a'
	judge 1
	reported <<-'END'
		new unknown-stage compose.yaml:5:35-35 -
	END
}

@test "says nothing of who builds a variant that is waived" {
	repository shop
	bad api
	printf 'services:\n  api:\n    build: {context: api, dockerfile: Dockerfile.dev}\n' >compose.yaml
	judge 1 --all
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
		new variant-reference compose.yaml:3:39-52
	END
	waive extra-dockerfile api/Dockerfile.dev 'expires: 2027-03-31'
	judge 0 --date 2027-03-31
	judge 1 --date 2027-04-01
	reported --get summary.errors <<<3
	rm .onedockerfile.yaml
	printf '# onedockerfile: allow extra-dockerfile vendor image\nFROM alpine:3.20\n' >api/Dockerfile.dev
	judge 0
	reported --get summary.waived <<<1
}

@test "lets a comment on the line above waive, with a reason" {
	repository shop
	good api
	compose nothing
	sed -i 's/^ *target/      # onedockerfile: allow unknown-stage is on its way\n&/' docker-compose.yml
	judge 0 --all
	reported <<-'END'
		waived unknown-stage docker-compose.yml:6:15-21 -
	END
	for comment in 'onedockerfile: allow unknown-stage' 'onedockerfile: allow unknown-stage  ' \
		'onedockerfile: allow missing-target is on its way' 'allow unknown-stage is on its way' \
		'onedockerfile: allowunknown-stage is on its way' 'note onedockerfile: allow unknown-stage so'; do
		compose nothing
		sed -i "s/^ *target/      # $comment\n&/" docker-compose.yml
		judge 1
	done
	compose nothing
	sed -i 's/nothing/& # onedockerfile: allow unknown-stage is on its way/' docker-compose.yml
	judge 1
	compose nothing
	sed -i 's/^ *context/      # onedockerfile: allow unknown-stage is on its way\n&/' docker-compose.yml
	judge 1
}

@test "lets a comment before the first FROM waive for a whole Dockerfile" {
	repository shop
	printf '# syntax=docker/dockerfile:1\n# onedockerfile: allow unused-stage scripts build it\nARG A\nFROM alpine AS one\nFROM alpine AS two\nFROM alpine\n' >Dockerfile
	judge 0 --all
	reported <<-'END'
		waived unused-stage Dockerfile:4:16-18
		waived unused-stage Dockerfile:5:16-18
	END
	sed -i '2d;s/^FROM alpine AS two/# onedockerfile: allow unused-stage scripts build it\n&/' Dockerfile
	judge 0 --all
	reported <<-'END'
		new unused-stage Dockerfile:3:16-18
		waived unused-stage Dockerfile:5:16-18
	END
}

@test "does not let a commit waive itself inside a file" {
	repository shop
	good api
	save 'a service'
	good web
	printf '# onedockerfile: allow extra-dockerfile because I say so\nFROM alpine:3.20\n' >api/Dockerfile.dev
	judge 0
	git add -A
	judge 1 --staged
	judge 1 --base HEAD
	save variant
	judge 0 --rev HEAD
	judge 1 --rev HEAD --base HEAD^
	judge 1 --range HEAD^..HEAD
	git reset -q --hard HEAD^
	echo 'inline: true' >.onedockerfile.yaml
	save 'waivers inside files count'
	printf '# onedockerfile: allow extra-dockerfile because I say so\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save variant
	judge 0 --range HEAD^..HEAD
	reported --get summary.waived <<<1
	echo 'inline: false' >.onedockerfile.yaml
	judge 1
}

@test "inherits only what is not waived" {
	repository shop
	printf 'inline: true\n' >.onedockerfile.yaml
	good api
	save 'a service'
	printf '# onedockerfile: allow extra-dockerfile for now\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save 'a variant that is waived'
	printf 'FROM alpine:3.20\n' >api/Dockerfile.dev
	save 'the waiver goes, the variant stays'
	touch other
	save 'nothing of it changes'
	printf '# onedockerfile: allow extra-dockerfile once more\nFROM alpine:3.20\n' >api/Dockerfile.dev
	save 'it is waived again'
	judge 1 --range HEAD~4..HEAD
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short HEAD~2) - $(short HEAD)
	END
	reported --get summary.waived <<<1
	reported --get summary.inherited <<<0
}

@test "lets a waived finding take no inherited one's place" {
	repository shop
	echo "inline: true" >.onedockerfile.yaml
	printf 'FROM alpine AS base\nFROM alpine\nCOPY --from=base b b\nCOPY --from=bsae a a\n' >Dockerfile
	save 'one'
	printf 'FROM alpine AS base\nFROM alpine\nCOPY --from=base b b\nCOPY --from=bsae a a\n# onedockerfile: allow unknown-source soon\nCOPY --from=bsae a a\n' >Dockerfile
	save 'one that is waived'
	judge 0 --rev HEAD --base HEAD^ --fail-on warning --all
	reported <<-'END'
		inherited unknown-source Dockerfile:4:13-16
		waived unknown-source Dockerfile:6:13-16
	END
	sed -i '3s/$/\nCOPY --from=bsae c c/' Dockerfile
	save 'one more'
	judge 1 --rev HEAD --base HEAD^ --fail-on warning --all
	reported <<-'END'
		inherited unknown-source Dockerfile:4:13-16
		new unknown-source Dockerfile:5:13-16
		waived unknown-source Dockerfile:7:13-16
	END
}

@test "refuses a strict policy with a waiver for ever" {
	repository shop
	good api
	echo 'extends: strict' >.onedockerfile.yaml
	echo 'waivers:' >>.onedockerfile.yaml
	waive extra-dockerfile api/Dockerfile.dev
	expect 2 onedockerfile check
	says ".onedockerfile.yaml:3:5: this waiver has no 'expires', which a strict policy asks for"
	sed -i 's/image}/image, expires: 2027-03-31}/' .onedockerfile.yaml
	judge 1 --date 2027-01-01
	reported <<-'END'
		new unused-waiver .onedockerfile.yaml:3:36-55
	END
}
