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

@test "reads attributes that are the text of a link, as Git does when it checks out" {
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

@test "sees what an attribute changes, whichever commit brings it and wherever it stands" {
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
