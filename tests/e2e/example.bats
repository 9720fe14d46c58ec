#!/usr/bin/env bats
# The two-Dockerfile example: refused at the commit, refused at the push, mended, refused again.

load helper

before() {
	repository parcels
	arm pre-commit pre-push
	cp -R "$root/tests/example/before/." .
	git add -A
}

after() {
	rm api/Dockerfile.development
	cp -R "$root/tests/example/after/." .
	git add -A
}

@test "refuses to commit a second Dockerfile, and says where" {
	before
	expect 1 git commit -m 'a second Dockerfile'
	says 'api/Dockerfile.development:1'
	says '[extra-dockerfile]'
	says 'docker-compose.yml:5:19: error:'
	says '[variant-reference]'
	says 'help:'
	expect 128 git rev-parse --verify HEAD
	judge 1 --staged
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.development:1
		new variant-reference docker-compose.yml:5:19-40
	END
}

@test "refuses to push it, in quarantine" {
	server central.git
	before
	save 'a second Dockerfile'
	push 1 --no-verify "$work/central.git" main
	says 'remote: '
	says 'extra-dockerfile'
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.development:1 $(short HEAD) refs/heads/main -
		new variant-reference docker-compose.yml:5:19-40 $(short HEAD) refs/heads/main -
	END
	[ -z "$(git -C "$work/central.git" for-each-ref)" ]
	[ "$(git -C "$work/central.git" count-objects)" = '0 objects, 0 kilobytes' ]
}

@test "takes one Dockerfile with stages, at the commit and at the push" {
	server central.git
	before
	save 'a second Dockerfile'
	after
	expect 0 git commit --amend -m 'one Dockerfile'
	push 0 "$work/central.git" main
	reported </dev/null
	reported --get verdict <<<pass
	[ "$(git -C "$work/central.git" rev-parse main)" = "$(git rev-parse main)" ]
}

@test "refuses a misspelt stage and proposes the right one" {
	server central.git
	before
	after
	save 'one Dockerfile'
	sed -i 's/target: base/target: bse/' docker-compose.yml
	expect 1 git commit -a -m 'a stage that is not there'
	says '[unknown-stage]'
	says "base"
	git add -A
	judge 1 --staged
	reported <<-'END'
		new unknown-stage docker-compose.yml:5:15-17 base
	END
	save 'a stage that is not there'
	push 1 "$work/central.git" main
}
