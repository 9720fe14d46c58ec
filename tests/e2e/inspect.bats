#!/usr/bin/env bats
# What the tool sees, for other programs.

load helper

pretty() {
	perl -MJSON::PP -0777 -ne 'print JSON::PP->new->utf8->canonical->pretty->indent_length(1)
		->encode(JSON::PP->new->utf8->decode($_))' "$@"
}

@test "shows Dockerfiles with stages, and who builds which" {
	repository parcels
	cp -R "$root/tests/example/after/." .
	save 'one Dockerfile'
	expect 0 onedockerfile inspect --format json
	pretty "$work/out" >model
	pretty - >expected <<-'END'
		{"version": 1,
		 "dockerfiles": [{"path": "api/Dockerfile", "error": null, "opaque": null, "stages": [
		  {"index": 0, "name": "base", "base": "python:3.12-slim", "platform": null,
		   "parent": null, "start_line": 2, "end_line": 8, "sources": []},
		  {"index": 1, "name": "prod", "base": "base", "platform": null,
		   "parent": 0, "start_line": 11, "end_line": 16, "sources": []}]}],
		 "builds": [{"path": "docker-compose.yml", "kind": "compose", "subject": "api", "line": 5,
		  "files": ["docker-compose.yml"], "context": "api", "dockerfile": "api/Dockerfile",
		  "target": "base", "stage": 0, "remote": false, "inline": false, "error": null}]}
	END
	diff -u expected model
}

@test "shows the same of the index and of a commit" {
	repository parcels
	cp -R "$root/tests/example/after/." .
	save 'one Dockerfile'
	expect 0 onedockerfile inspect --format json
	cp "$work/out" "$work/first"
	rm -r api docker-compose.yml
	for source in --staged '--rev HEAD'; do
		# shellcheck disable=SC2086 # a list of words
		expect 0 onedockerfile inspect --format json $source
		cmp "$work/first" "$work/out"
	done
	expect 0 onedockerfile inspect
	expect 3 sh -c 'onedockerfile inspect --format json >/dev/full'
	expect 2 onedockerfile inspect --format github
	expect 2 onedockerfile inspect --range HEAD..HEAD
}

@test "says the same to people, in lines" {
	repository shop
	mkdir -p api docs
	# shellcheck disable=SC2016 # the Dockerfile's variable
	printf 'FROM alpine:3.20 AS base\nFROM base\nCOPY --from=base /a /\nCOPY --from=nginx /b /\nFROM ${X}\nRUN --mount=from=0,target=/x true\n' >api/Dockerfile
	printf 'NOT a Dockerfile\n' >docs/Dockerfile
	printf '# syntax=example/other\nFROM x\n' >docs/Dockerfile.other
	printf 'FROM a\033[1mb AS b\n' >docs/Dockerfile.bold
	cat >compose.yml <<-'END'
		services:
		  api:
		    build: {context: api, target: base}
		  plain:
		    build: api
		  inline:
		    build: {dockerfile_inline: FROM alpine}
		  other:
		    build: {context: api, target: "${NONE}"}
		  remote:
		    build: https://example.org/x.git
	END
	expect 0 onedockerfile inspect --format text
	diff -u - "$work/out" <<-'END'
		api/Dockerfile
		  error: FROM '${X}' names no image, it is empty
		  0:1 base from alpine:3.20
		  1:2 - from base (stage 0), copies base (stage 0), copies nginx
		  2:5 - from ${X}, copies 0
		docs/Dockerfile
		  error: there is no instruction 'NOT'
		docs/Dockerfile.bold
		  error: 'a\x1b[1mb' is neither a stage above nor an image
		  0:1 b from a\x1b[1mb
		docs/Dockerfile.other
		  not read: its syntax is that of 'example/other'
		compose.yml:3: api builds api/Dockerfile target base (stage 0) in api
		compose.yml:5: plain builds api/Dockerfile target - (stage 2) in api
		compose.yml:7: inline builds inline text target - (stage 0) in .
		compose.yml:9: other builds api/Dockerfile target ${NONE} in api: variable 'NONE' has no value
		compose.yml:11: remote builds - target - in -
	END
}
