#!/usr/bin/env bats
# `merge`: several Dockerfiles become stages of one.
# shellcheck disable=SC2016 # variables of Dockerfiles

load helper

before() {
	repository parcels
	cp -R "$root/tests/example/before/." .
	save 'two Dockerfiles'
}

# merged ARGUMENTS...: merge, take the diff as git does, and commit; $work/err is the proof.
merged() {
	expect 0 onedockerfile merge "$@"
	cp "$work/out" "$work/diff"
	git apply --check "$work/diff"
	git apply "$work/diff"
}

@test "makes one Dockerfile of two, and changes the line of the compose file that names one" {
	before
	sed -i 's/dockerfile: Dockerfile.development/dockerfile: "Dockerfile.development" # for the desk/' docker-compose.yml
	save 'in quotes'
	merged
	says "api/Dockerfile.development, last stage: now target 'base'; 4 instructions, identical"
	says "api/Dockerfile, last stage: now target 'prod', and what a build without target gets; 7 instructions, identical"
	[ ! -e api/Dockerfile.development ]
	diff -u - api/Dockerfile <<-'END'
		FROM python:3.12-slim AS base

		RUN apt-get update && apt-get install -y --no-install-recommends libzbar0
		WORKDIR /srv

		COPY requirements.txt ./
		RUN pip install --no-cache-dir -r requirements.txt

		FROM base AS prod
		COPY . .

		USER nobody
		CMD ["gunicorn", "--bind", "0.0.0.0:8000", "parcels:app"]
	END
	[ "$(sed -n 5p docker-compose.yml)" = '      target: "base" # for the desk' ]
	expect 0 onedockerfile check
	expect 0 onedockerfile merge
	[ ! -s "$work/out" ]
	says 'there is nothing to merge'
}

@test "writes all files or none, and none that is not committed" {
	before
	chmod 755 api/Dockerfile
	save 'a mode'
	echo '# mine' >>docker-compose.yml
	expect 1 onedockerfile merge --write
	says 'docker-compose.yml: nothing is written, since it is not as HEAD has it'
	[ -e api/Dockerfile.development ]
	git diff --quiet -- api
	git checkout -q docker-compose.yml
	chmod 555 api
	if ! touch api/x 2>/dev/null; then
		expect 3 onedockerfile merge --write
		git diff --quiet
	fi
	rm -f api/x
	chmod 755 api
	expect 0 onedockerfile merge --write
	[ ! -e api/Dockerfile.development ]
	[ -x api/Dockerfile ]
	[ "$(git status --short | grep -vc '^ [MD]')" -eq 0 ]
	expect 0 onedockerfile check
}

@test "writes over no file where Git has something else" {
	repository shop
	bad api
	mv api/Dockerfile kept
	ln -s ../kept api/Dockerfile
	save 'a link'
	rm api/Dockerfile
	cp kept api/Dockerfile
	expect 3 onedockerfile merge --write
	says "cannot tell whether 'api/Dockerfile' is committed: it cannot be looked at, or Git has no file there"
	cmp kept api/Dockerfile
}

@test "writes where no repository keeps what was" {
	before
	rm -rf .git
	expect 0 onedockerfile merge --write
	[ ! -e api/Dockerfile.development ]
	expect 0 onedockerfile check
}

@test "lists who speaks of a file that goes away, and writes nothing where that would break" {
	before
	printf 'docker build -f api/Dockerfile.development api\n' >build.sh
	printf 'FROM=1\n# docker build -f "api/Dockerfile.$KIND" api\n' >run.sh
	printf 'See `Dockerfile.development`.\n' >NOTES.md
	printf 'Dockerfile.development\0' >logo
	printf 'Dockerfile.developments and my_Dockerfile.development2\n' >other.sh
	save 'who builds it'
	expect 1 onedockerfile merge --write
	says "build.sh:1: would break, since it names 'Dockerfile.development'"
	says "run.sh:2: would break, since it names 'Dockerfile.'"
	says "NOTES.md:1: is to be changed by hand, since it speaks of 'Dockerfile.development'"
	says 'nothing is written'
	says_not other.sh
	says_not logo
	git diff --quiet
	merged
}

@test "names stages as it is asked to, and leaves out what it is asked to leave" {
	before
	printf 'FROM python:3.12-slim\nRUN test\n' >api/Dockerfile.test
	save 'a third'
	printf '# escape=`\nFROM python:3.12-slim\n' >api/Dockerfile.ci
	save 'one that does not fit'
	expect 1 onedockerfile merge
	says 'to merge some of them: --only FILE'
	git rm -q api/Dockerfile.ci
	expect 2 onedockerfile merge --only api/Dockerfile.none
	says "'api/Dockerfile.none' is no variant of a Dockerfile"
	expect 2 onedockerfile merge --stage api/Dockerfile.test
	expect 1 onedockerfile merge --stage api/Dockerfile.test=A,b
	says "'A,b' is no name for a stage"
	expect 0 onedockerfile merge --stage api/Dockerfile=ship
	grep -qx '+FROM base AS ship' "$work/out"
	merged --only api/Dockerfile.test --stage api/Dockerfile.test=checks api
	grep -qx 'FROM base AS checks' api/Dockerfile
	[ -e api/Dockerfile.development ]
	[ ! -e api/Dockerfile.test ]
}

@test "says why it does not merge, with the place, and merges the others" {
	before
	mkdir web
	printf 'ARG V=1\nFROM node:$V\n' >web/Dockerfile
	printf 'ARG V=2\nFROM node:$V\n' >web/Dockerfile.dev
	save 'two services'
	expect 1 onedockerfile merge
	says "web/Dockerfile: cannot be merged with 'web/Dockerfile.dev'"
	says "web/Dockerfile.dev:1: 'ARG V' has another default in line 1 of 'web/Dockerfile'"
	says "api/Dockerfile: merged with 'api/Dockerfile.development'"
	cp "$work/out" "$work/diff"
	git apply --check "$work/diff"
	says_not 'a/web/'
}

@test "is proposed where it would succeed, by those who judge what it changes" {
	before
	mkdir web
	printf 'ARG V=1\nFROM node:$V\n' >web/Dockerfile
	printf 'ARG V=2\nFROM node:$V\n' >web/Dockerfile.dev
	save 'two services'
	judge 1
	reported --get findings.0.help <<<"make it a stage of 'api/Dockerfile' and build it with 'target:'; 'onedockerfile merge' does both"
	reported --get findings.2.help <<<"make it a stage of 'web/Dockerfile' and build it with 'target:'"
	judge 1 --rev HEAD
	reported --get findings.0.help <<<"make it a stage of 'api/Dockerfile' and build it with 'target:'"
	cd web
	judge 1
	reported --get findings.0.help <<<"make it a stage of 'api/Dockerfile' and build it with 'target:'"
}
