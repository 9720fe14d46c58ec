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
