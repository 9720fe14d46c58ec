#!/usr/bin/env bats
# Names that hide a Dockerfile, and what stands in its place.
# shellcheck disable=SC2016 # a dollar is part of a name

load helper

# found STATUS SOURCE...: the last commit has this; standard input is a line for each finding, and
# "path: reason" for what is unchecked.
found() {
	local wanted=$1

	shift
	bounded "$wanted" onedockerfile check "${@:---rev=HEAD}" -f json
	diff -u - <(perl -MJSON::PP -CO -0777 -ne '
		my $report = decode_json($_);
		print "$_->{rule} $_->{path}\n" for @{$report->{findings}};
		print "$_->{path}: $_->{reason}\n" for @{$report->{unchecked}};
	' "$work/out")
}

@test "row 30: submodules with the names of Dockerfiles, and what is built in them" {
	repository shop
	good api
	printf 'services:\n  a: {build: web}\n  b: {build: lib/x}\n  c: {build: {context: ., dockerfile: lib/D}}\n' >compose.yml
	git add -A
	for path in api/Dockerfile.dev web/Dockerfile lib; do
		git update-index --add --cacheinfo "160000,$(git write-tree),$path"
	done
	git commit -q -m submodules
	for source in --rev=HEAD --staged; do
		found 0 "$source" <<-'END'
			compose.yml: the Dockerfile of service 'a', 'Dockerfile', is in a submodule
			compose.yml: the context of service 'b', 'lib/x', is in a submodule
			compose.yml: the Dockerfile of service 'c', 'lib/D', is in a submodule
		END
	done
}

# link TARGET NAME: a directory whose Dockerfile is a link.
link() {
	mkdir -p "$2"
	ln -s "$1" "$2/Dockerfile"
}

# chain NAME HOPS: the same by so many links.
chain() {
	local i

	mkdir "$1"
	printf 'FROM alpine:3.20\n' >"$1/file"
	for i in $(seq "$2"); do
		ln -s "$(if [ "$i" -eq "$2" ]; then echo file; else echo "link$((i + 1))"; fi)" "$1/link$i"
	done
	mv "$1/link1" "$1/Dockerfile"
}

@test "row 31: links to a file, out of the tree, in circles, to directories and through many others" {
	repository shop
	good kept
	link ../kept/Dockerfile inside
	link ../../elsewhere outside
	link /etc/passwd absolute
	link Dockerfile loop
	link ../kept directory
	link nothing nowhere
	chain eight 8
	chain nine 9
	save links
	for source in --rev=HEAD --staged --all; do
		found 0 "$source" <<-'END'
			absolute/Dockerfile: its link leaves the tree, or leads nowhere
			directory/Dockerfile: its link leads to no file
			loop/Dockerfile: its link leaves the tree, or leads nowhere
			nine/Dockerfile: its link leaves the tree, or leads nowhere
			nowhere/Dockerfile: its link leads to no file
			outside/Dockerfile: its link leaves the tree, or leads nowhere
		END
	done
	expect 0 onedockerfile inspect --rev HEAD --format text
	[ "$(grep -c 'from alpine:3.20' "$work/out")" -eq 3 ]
}

@test "row 32: the same name in other letters" {
	for name in DOCKERFILE dockerfile DockerFile CONTAINERFILE; do
		repository "$work/$name"
		good api
		printf 'FROM alpine:3.20\n' >"api/$name"
		save 'a second one'
		found 1 <<-END
			extra-dockerfile api/$name
		END
	done
}

@test "row 33: names that Windows takes for another" {
	repository shop
	good api
	for name in 'Dockerfile ' Dockerfile. 'Dockerfile::$DATA' DOCKER~1 CONTAI~2 'Dockerfile.dev. '; do
		printf 'FROM alpine:3.20\n' >"api/$name"
	done
	echo 'services: {a: {build: nowhere}}' | tee compose.yml. >COMPOSE.YML
	save 'on Linux each is a file of its own'
	for source in --rev=HEAD --all; do
		found 1 "$source" <<-'END'
			extra-dockerfile api/Dockerfile.dev. 
			COMPOSE.YML: its name can be taken for 'compose.yml', as which it is not read
			api/CONTAI~2: its name can be taken for 'Containerfile', as which it is not read
			api/DOCKER~1: its name can be taken for 'Dockerfile', as which it is not read
			api/Dockerfile : its name can be taken for 'Dockerfile', as which it is not read
			api/Dockerfile.: its name can be taken for 'Dockerfile', as which it is not read
			api/Dockerfile::$DATA: its name can be taken for 'Dockerfile', as which it is not read
			compose.yml.: its name can be taken for 'compose.yml', as which it is not read
		END
	done
}

@test "row 34: names that people or macOS take for another" {
	local name

	for name in $'Docker\u200bfile' $'D\u043eckerfile' $'\uff24ockerfile' $'Dockerfile\ufeff' \
		$'Dockerf\u0131le'; do
		repository "$work/$name"
		good api
		printf 'FROM alpine:3.20\n' >"api/$name"
		save 'they look alike'
		found 0 <<-END
			api/$name: its name can be taken for 'Dockerfile', as which it is not read
		END
	done
}

@test "row 35: a directory of that name, and a Dockerfile in it" {
	repository shop
	mkdir Dockerfile
	good Dockerfile
	echo 'services: {a: {build: {context: ., dockerfile: Dockerfile}}, b: {build: Dockerfile}}' >compose.yml
	bad Dockerfile/Dockerfile.dev
	save directories
	found 1 <<-'END'
		extra-dockerfile Dockerfile/Dockerfile.dev/Dockerfile.dev
		missing-dockerfile compose.yml
	END
}

@test "row 36: the other families, and what only has the name in it" {
	repository shop
	good api
	for name in Containerfile Dockerfile.dev app.dockerfile; do
		printf 'FROM alpine:3.20\n' >"api/$name"
	done
	for name in app.Dockerfile.dockerignore Dockerfile.containerignore Dockerfile.rego Dockerfile.md dockerfile.go; do
		echo nonsense >"api/$name"
	done
	echo nonsense >api/Dockerfile.j2
	save families
	found 1 <<-'END'
		extra-dockerfile api/Containerfile
		extra-dockerfile api/Dockerfile.dev
		extra-dockerfile api/app.dockerfile
		api/Dockerfile.j2: a template, not the Dockerfile it becomes
	END
}
