#!/usr/bin/env bats
# Files that are checked out otherwise than they are stored, as a pusher may arrange it.

load helper

# Under this one what is part of a script is an instruction in what is checked out.
transliterated='working-tree-encoding=ASCII//TRANSLIT'

begin() {
	repository shop
	good api
	printf 'RUN <<EOF\n\uff25\uff2f\uff26\nFROM scratch\nRUN <<EOF\nEOF\n' >>api/Dockerfile
	git add api
	judge 0 --staged
}

# unchecked PATH REASON: it alone is named, by each source that has the commit.
unchecked() {
	for source in '--rev HEAD' --staged; do
		# shellcheck disable=SC2086 # a list of words
		judge 0 $source
		reported --get unchecked <<<1
		reported --get unchecked.0.path <<<"$1"
		reported --get unchecked.0.reason <<<"$2"
	done
}

@test "row 27: reads attributes that are the text of a link, as Git does when it checks out" {
	begin
	ln -s $'\n*ile '"$transliterated"$'\n' .gitattributes
	git add .gitattributes
	git commit -q -m 'a link'
	git clone -q . ../clone
	[ "$(grep -cx EOF ../clone/api/Dockerfile)" -eq 2 ]
	unchecked api/Dockerfile "it is changed by an attribute, 'working-tree-encoding' in line 2 of '.gitattributes'"
}

# pushed: the last push was judged, and says what could not be.
pushed() {
	reported --get verdict <<<pass
	reported --get unchecked.0.path <<<api/Dockerfile
	reported --get unchecked.0.reason <<<"it is changed by an attribute, '$1' in line $2 of '$3'"
}

@test "row 27: sees what an attribute changes, whichever commit brings it and wherever it stands" {
	server central.git
	begin
	git commit -q -m 'a service'
	push 0 "$work/central.git" main
	printf '[attr]hidden filter=run\n' >.gitattributes
	printf '* hidden\n' >api/.gitattributes
	git add .gitattributes api/.gitattributes
	git commit -q -m 'a macro, and who uses it'
	push 0 "$work/central.git" main
	pushed filter 1 api/.gitattributes
	printf '/*/Docker* !filter ident\n' >>.gitattributes
	git rm -q --cached api/.gitattributes
	git add .gitattributes
	git commit -q -m 'another one, above'
	push 0 "$work/central.git" main
	pushed ident 2 .gitattributes
	git rm -q --cached .gitattributes
	git commit -q -m none
	push 0 "$work/central.git" main
	reported --get unchecked <<<0
}

# patterns COUNT: a file of attributes, and that many patterns in it.
patterns() {
	perl -e 'print map { "x$_ filter=y\n" } 1 .. $ARGV[0]' "$1"
}

# unknown REASON: nobody knows the attributes of the Dockerfile, which is said.
unknown() {
	save attributes
	bounded 0 onedockerfile check --rev HEAD -f json -o "json=$work/report.json"
	reported --get unchecked.0.path <<<api/Dockerfile
	reported --get unchecked.0.reason <<<"its attributes are not known: $1"
}

@test "row 28: does not know the attributes of a file that is too large" {
	repository shop
	good api
	patterns 700000 >.gitattributes
	[ "$(wc -c <.gitattributes)" -gt 10000000 ]
	unknown "'.gitattributes' is larger than 1048576 bytes"
	patterns 10001 >.gitattributes
	unknown "'.gitattributes' has more than 10000 patterns"
	patterns 10000 >.gitattributes
	save attributes
	judge 0 --rev HEAD
	reported --get unchecked <<<0
}

@test "row 28: does not read one large file of attributes in every directory" {
	local file i

	repository shop
	patterns 10000 >attributes
	file=$(git hash-object -w attributes)
	good api
	rm attributes
	git add -A
	git update-index --index-info < <(
		for i in $(seq 300); do
			printf '100644 %s\td%d/.gitattributes\n' "$file" "$i"
			printf '100644 %s\td%d/Dockerfile\n' "$(git rev-parse :api/Dockerfile)" "$i"
		done
	)
	git commit -q -m 'one file, often'
	bounded 0 onedockerfile check --rev HEAD -f json
	grep -q "and those before it have more than 4194304 bytes" "$work/out"
}
