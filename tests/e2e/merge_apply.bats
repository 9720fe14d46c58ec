#!/usr/bin/env bats
# The diff of `merge` is one that git takes, whatever the paths and the files are.
# shellcheck disable=SC2016 # variables of Dockerfiles

load helper

# What a directory can be called, and end in a slash.
names=('plain/' 'with space/' 'quo"te/' "apo'strophe/" $'tab\there/' $'new\nline/' 'ünïcode/' '日本/'
	'back\slash/' 'a b/c d/' '-dash/' 'percent%20/' '$dollar/' '*star*/' '[x]/' 'space at the end /'
	$'\xff\xfe/' 'a/' 'b/' ' b/' '')

# Beginnings, then what files go on with: lines that end in LF, in CR LF, and in nothing.
starts=('FROM a\nRUN x' 'ARG V=1\nFROM a:$V AS b\n\n# why\nWORKDIR /w' '# c\n\nFROM a\n\n\nRUN <<E\nx\nE'
	'FROM g AS build\nRUN make\nFROM a\nCOPY --from=build /x /' 'FROM a')
ends=('RUN y\n' 'CMD ["z"]' '\n\n# at the end\n' 'COPY . .\n\n' 'FROM c AS last\nRUN é\n')

pairs() {
	number=0
	for name in "${names[@]}"; do
		for end in '' $'\r'; do
			[ -z "$name" ] && [ -n "$end" ] && continue
			dir=$name${end:+crlf/}
			mkdir -p "./$dir"
			start=${starts[number % 5]}
			printf '%b' "$start\n${ends[number % 3]}" >"./${dir}Dockerfile"
			printf '%b' "$start\n${ends[(number + 1 + number / 5 % 4) % 5]}" >"./${dir}Dockerfile.dev"
			[ $((number % 4)) -eq 0 ] && chmod 755 "./${dir}Dockerfile" "./${dir}Dockerfile.dev"
			[ -z "$end" ] || sed -i 's/$/\r/' "./${dir}Dockerfile" "./${dir}Dockerfile.dev"
			[ $((number % 7)) -ne 0 ] || : >"./${dir}Dockerfile.dev.dockerignore"
			number=$((number + 1))
		done
	done
}

@test "git applies the diff, and gets what --write writes" {
	repository work
	pairs
	save 'many services'
	git clone -q . "$work/written"
	expect 0 onedockerfile merge
	cp "$work/out" "$work/diff"
	git apply --check --whitespace=nowarn "$work/diff"
	git apply --whitespace=nowarn "$work/diff"
	[ "$(grep -c '^deleted file' "$work/diff")" -ge 41 ]
	(cd "$work/written" && expect 0 onedockerfile merge --write)
	rm -rf "$work/written/.git"
	diff -r --exclude=.git . "$work/written"
	[ "$(git diff --summary | grep -c 'mode change')" -eq 0 ]
	expect 0 onedockerfile check
	expect 0 onedockerfile merge
	[ ! -s "$work/out" ]
}

@test "git applies the diff where it converts the ends of lines" {
	repository work
	mkdir api
	printf 'FROM a\r\nRUN x\r\n' >api/Dockerfile
	printf 'FROM a\r\nRUN y\r\n' >api/Dockerfile.dev
	git config core.autocrlf true
	save 'from another system'
	expect 0 onedockerfile merge
	cp "$work/out" "$work/diff"
	git apply "$work/diff"
	[ "$(git status --short | grep -c .)" -eq 2 ]
	git checkout -q .
	expect 0 onedockerfile merge --write
	[ "$(git status --short | grep -c .)" -eq 2 ]
}
