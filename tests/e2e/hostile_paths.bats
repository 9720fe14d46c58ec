#!/usr/bin/env bats
# What compose files and their like name: other places, other files, themselves.
# shellcheck disable=SC2016,SC2088,SC1003 # variables and tildes are for compose

load helper

begin() {
	repository shop
	mkdir api
	printf 'FROM alpine:3.20 AS base\n' >api/Dockerfile
}

# found STATUS [SOURCE...]: the last commit has this; standard input is a line for each finding, as
# "rule path:line", and "path: reason" for what is unchecked.
found() {
	local wanted=$1

	shift
	save hostile
	bounded "$wanted" onedockerfile check "${@:---rev=HEAD}" -f json
	diff -u - <(perl -MJSON::PP -CO -0777 -ne '
		my $report = decode_json($_);
		print "$_->{rule} $_->{path}:$_->{start_line}\n" for @{$report->{findings}};
		print "$_->{path}: $_->{reason}\n" for @{$report->{unchecked}};
	' "$work/out")
}

# build WHAT: a compose file with one service.
build() {
	printf 'services: {a: {build: %s}}\n' "$1"
}

# untouched SOURCE: it opens and asks for no path but those it may. Leaks cannot be looked for in
# what is traced.
untouched() {
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=%file,readlinkat -o "$work/trace" "$ONEDOCKERFILE" check "$1" >/dev/null || [ $? -eq 1 ]
	grep -q "$PWD" "$work/trace"
	if grep -E '^[0-9]+ +[a-z0-9]+\([^"]*"[^"]*(passwd|secret|elsewhere|srv|file:|C:|\.\./|~)' "$work/trace"; then
		return 1
	fi
}

@test "row 64: no path leads out of the repository" {
	begin
	printf 'FROM a\n' | tee "$work/elsewhere" >"$work/secret"
	while read -r path; do
		build "{context: api, dockerfile: '$path'}" >compose.yml
		found 0 <<-END
			compose.yml: the Dockerfile of service 'a', '$path', is outside the repository
		END
		build "'$path'" >compose.yml
		found 0 <<-END
			compose.yml: the context of service 'a', '$path', is outside the repository
		END
	done <<-'END'
		../../etc/passwd
		../../elsewhere
		../api/../../secret
		/etc/passwd
		//etc/passwd
		C:\x
		C:/x
		\\srv\x
	END
	# No builder takes these for what they look like where a Dockerfile is named.
	for path in '~/.secret' 'file:///etc/passwd'; do
		build "{context: api, dockerfile: '$path'}" >compose.yml
		found 1 <<-'END'
			missing-dockerfile compose.yml:1
		END
	done
	build "'~/.secret'" >compose.yml
	found 0 <<-'END'
		compose.yml: the context of service 'a', '~/.secret', is outside the repository
	END
	build "'file:///etc/passwd'" >compose.yml
	found 0 <<-'END'
		compose.yml: the context of service 'a', 'file:///etc/passwd', is remote
	END
}

@test "row 64: nothing outside is opened, or asked for" {
	strace -o /dev/null true || skip 'strace cannot trace here'
	begin
	printf 'FROM a\n' | tee "$work/elsewhere" >"$work/secret"
	ln -s ../elsewhere Dockerfile
	ln -s ../elsewhere compose.override.yml
	ln -s "$work/secret" .env
	ln -s ../secret .gitattributes
	cat >compose.yml <<-'END'
		include: [../elsewhere, /etc/passwd, {path: api/c.yml, env_file: ../secret, project_directory: ..}]
		services:
		  a: {build: {context: api, dockerfile: ../../elsewhere}}
		  b: {build: {context: ../elsewhere}}
		  c: {build: {context: /etc, dockerfile: passwd}}
		  d: {build: {context: '~/.secret'}}
		  e: {build: {context: 'C:\x', dockerfile: '\\srv\x'}}
		  f: {build: 'file:///etc/passwd'}
		  g: {extends: {file: ../elsewhere, service: a}}
		  h: {extends: {file: /etc/passwd, service: a}}
		  i: {env_file: ../secret, build: {context: ., additional_contexts: {x: ../elsewhere}}}
		  j: {build: {context: ., dockerfile_inline: "FROM a\nCOPY --from=../secret / /\n"}}
	END
	printf 'services: {}\n' >api/c.yml
	git add -A
	git commit -q -m hostile
	for source in --rev=HEAD --staged --all; do
		untouched "$source"
	done
}

@test "row 65: a context that is a link, a submodule or a file" {
	begin
	ln -s ../elsewhere out
	ln -s /etc absolute
	ln -s api inside
	ln -s loop loop
	echo x >file
	git add -A
	git update-index --add --cacheinfo "160000,$(git write-tree),lib"
	git commit -q -m 'a submodule'
	mkdir lib
	cat >compose.yml <<-'END'
		services:
		  a: {build: out}
		  b: {build: absolute}
		  c: {build: {context: inside, target: base}}
		  d: {build: file}
		  e: {build: loop}
		  f: {build: lib}
		  g: {build: nowhere}
		  h: {build: {context: ., dockerfile: api}}
	END
	found 1 <<-'END'
		missing-context compose.yml:5
		missing-context compose.yml:8
		missing-dockerfile compose.yml:9
		compose.yml: the context of service 'a', 'out', is outside the repository
		compose.yml: the context of service 'b', 'absolute', is outside the repository
		compose.yml: the context of service 'e', 'loop', is outside the repository
		compose.yml: the context of service 'f', 'lib', is in a submodule
	END
}

@test "row 66: a context that is remote" {
	begin
	for context in https://github.com/a/b.git http://a/b.tar.gz git@github.com:a/b.git github.com/a/b \
		ssh://a/b docker-image://alpine oci-layout://a service:b; do
		build "{context: '$context', dockerfile: ../../x, target: t}" >compose.yml
		found 0 <<-END
			compose.yml: the context of service 'a', '$context', is remote
		END
	done
}

@test "row 67: a Dockerfile in the compose file is judged as every other" {
	begin
	build '{context: api, target: tset, dockerfile_inline: "FROM a AS test\n"}' >compose.yml
	found 1 <<-'END'
		unknown-stage compose.yml:1
	END
	build '{context: api, dockerfile_inline: "FROM a\nnonsense\n"}' >compose.yml
	found 1 <<-'END'
		unreadable compose.yml:1
	END
	build '{context: api, dockerfile_inline: "FROM a", dockerfile: Dockerfile}' >compose.yml
	found 1 <<-'END'
		unreadable compose.yml:1
	END
	build '{context: api, target: test, dockerfile_inline: "FROM a AS test\n"}' >compose.yml
	found 0 </dev/null
}

@test "row 68: variables in paths" {
	begin
	while IFS='|' read -r path status expected; do
		build "'$path'" >compose.yml
		found "$status" <<<"$expected"
	done <<-'END'
		${X}|0|unresolved-variable compose.yml:1
		$X/y|0|unresolved-variable compose.yml:1
		${X?said}|0|unresolved-variable compose.yml:1
		${X:-../y}|0|compose.yml: the context of service 'a', '../y', is outside the repository
		$$|0|missing-context compose.yml:1
		a$${X}|0|missing-context compose.yml:1
		${|0|compose.yml: invalid interpolation format in '${'
		${X|0|compose.yml: invalid interpolation format in '${X'
		${1}|0|compose.yml: invalid interpolation format in '${1}'
		${X Y}|0|compose.yml: invalid interpolation format in '${X Y}'
	END
	build '"${X:-api}"' >compose.yml
	found 0 </dev/null
}

# unreadable MESSAGE: the last report has one finding, which says so.
unreadable() {
	found 1 <<<"unreadable ${1%%: *}"
	says "${1#*: }"
}

@test "row 69: files and services that lead to themselves, to too many or elsewhere" {
	local i

	begin
	echo 'services: {a: {extends: a}}' >compose.yml
	unreadable "compose.yml:1: service 'a' extends itself"
	echo 'services: {a: {extends: b}, b: {extends: a, build: api}}' >compose.yml
	unreadable "compose.yml:1: service 'a' extends itself"
	echo 'services: {a: {extends: {file: b.yml, service: b}}}' >compose.yml
	echo 'services: {b: {extends: {file: compose.yml, service: a}}}' >b.yml
	unreadable "compose.yml:1: service 'b' extends itself"
	echo 'include: [compose.yml]' | tee b.yml >compose.yml
	unreadable "compose.yml:1: 'compose.yml' includes itself"
	echo 'include: [b.yml]' >compose.yml
	unreadable "b.yml:1: 'compose.yml' includes itself"
	for i in $(seq 16); do
		echo "include: [$((i + 1)).yml]" >"$i.yml"
	done
	echo 'include: [1.yml]' >compose.yml
	echo 'services: {a: {build: api}}' >17.yml
	unreadable "16.yml:1: '17.yml' is included more than 16 deep"
	for i in $(seq 101); do
		echo 'x-a: 1' >"$i.yml"
	done
	{ echo 'include:'; printf -- '- %d.yml\n' $(seq 99); } >compose.yml
	found 0 </dev/null
	echo '- 100.yml' >>compose.yml
	unreadable '100.yml:: more than 100 files'
	cat >compose.yml <<-'END'
		include: [https://a/b.yml, oci://a/b, git@github.com:a/b, ../../x.yml, nowhere.yml]
		services:
		  a: {extends: {file: https://a/b.yml, service: b}}
		  b: {extends: {file: nowhere.yml, service: b}}
	END
	found 0 <<-'END'
		compose.yml: '../../x.yml' is outside the repository
		compose.yml: 'git@github.com:a/b' is remote
		compose.yml: 'https://a/b.yml' is remote
		compose.yml: 'oci://a/b' is remote
		compose.yml: includes 'nowhere.yml', which is not in the tree
		compose.yml: 'https://a/b.yml' is remote
		compose.yml: extends a service of 'nowhere.yml', which is not in the tree
	END
}

@test "row 70: what a variable, an override or JSON names is built, too" {
	begin
	build api >compose.yml
	build '{context: api, target: no}' >hidden.yml
	echo COMPOSE_FILE=hidden.yml >.env
	found 1 <<-'END'
		unknown-stage hidden.yml:1
	END
	echo COMPOSE_FILE=compose.yml:hidden.yml:../x.yml >.env
	found 0 <<-'END'
		.env: '../x.yml' is outside the repository
	END
	git rm -q .env hidden.yml
	build '{target: no}' >compose.override.yml
	found 1 <<-'END'
		unknown-stage compose.override.yml:1
	END
	git rm -q compose.override.yml
	printf '{"services": {"a": {"build": {"context": "api", "target": "no"}}}}\n' >compose.yml
	found 1 <<-'END'
		unknown-stage compose.yml:1
	END
}

@test "row 71: what other programs build by is named, and what it names is judged" {
	begin
	cp api/Dockerfile api/Dockerfile.dev
	mkdir -p .devcontainer image/.devcontainer
	printf 'target "a" {\n  dockerfile = "Dockerfile.dev"\n  target = "no"\n}\n' >docker-bake.hcl
	printf '{"build": {"dockerfile": "../api/Dockerfile.dev"}} // JSON with comments\n' >.devcontainer/devcontainer.json
	printf '{"image": "a"}\n' >image/.devcontainer/devcontainer.json
	found 1 <<-'END'
		extra-dockerfile api/Dockerfile.dev:1
		.devcontainer/devcontainer.json: the builds that it describes are not read
		docker-bake.hcl: the builds that it describes are not read
	END
}

# ignored STATUS PATTERN: what becomes of the one fault where the policy ignores that, at once.
ignored() {
	printf "ignore: ['%s']\n" "$2" >.onedockerfile.yaml
	save 'a policy'
	bounded "$1" bash -c 'ulimit -t 1; exec onedockerfile check --rev HEAD'
}

@test "row 98: patterns that take long, and those that are none" {
	local name times

	times=$(printf '%0500d' 0)
	name=$(printf '%0200d' 0 | tr 0 a)
	repository shop
	mkdir -p "$name/$name/$name/$name"
	printf 'FROM a AS b\nFROM a AS b\n' >"$name/$name/$name/$name/Dockerfile"
	ignored 1 "${times//0/*a}b"
	ignored 1 "**/${times//0/*a}b"
	ignored 1 "$(printf '**/%.0s' $(seq 80))x"
	ignored 1 "$(printf '**/*a*a*a/%.0s' $(seq 80))x"
	ignored 0 "$(printf '**/%.0s' $(seq 80))Dockerfile"
	# Brackets and backslashes stand for themselves: directories have such names.
	ignored 1 '['
	ignored 1 '[!'
	ignored 1 'a\'
	mkdir '[!a]' && git mv "$name" '[!a]/x\'
	ignored 0 '[!a]/x\/**'
	ignored 2 "$(printf '{a,b}%.0s' $(seq 20))"
	says 'its braces do not match, are nested or too many'
	ignored 2 '{a'
	ignored 2 '/a'
	says 'patterns begin at the root'
}
