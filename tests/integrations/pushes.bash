# shellcheck shell=bash
# What a server has to take and to refuse, and what the pusher is told: real pushes to $url, whose
# repository is $bare. $mark stands before each line of the text, $declined is what Git says after
# it, and $closing what the server does.

# armed WRAPPER [PLACE]: a bare repository, with it at that place.
armed() {
	bare=$work/srv/shop.git
	git init -q --bare "$bare"
	install -D -m 755 "$root/hooks/$1" "$bare/${2:-hooks/pre-receive}"
	url=$bare
}

# state: the refs that the server has.
state() {
	git --git-dir="$bare" for-each-ref
}

# takes REFSPEC...: pushed to $url, without a word.
takes() {
	expect 0 git push "$url" "$@"
	says_not 'remote: '
}

# refuses REFSPEC...: nothing of it stays, and the text says what it was and how to get out.
refuses() {
	state >"$work/before"
	expect 1 git push "$url" "$@"
	state | diff "$work/before" -
	told
}

finding="api/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside \
'api/Dockerfile'; it only repeats the first instruction of it, so a stage 'base' would do [extra-dockerfile]"

# The text of the hook, whole, and nothing in between: one error in a commit that $ref brings.
told() {
	sed -n '/refused by onedockerfile/,/shows a rule with examples/p' "$work/err" >"$work/lines"
	[ "$(grep -vc "^remote: ${mark-}" "$work/lines")" -eq 0 ]
	sed "s/^remote: ${mark-}//; s/ *$//; /^$/d; s/[0-9a-f]\{12\}$/ID/" "$work/lines" |
		diff -u - <(cat <<-END
			refused by onedockerfile: 1 error in 1 new commit
			  $ref
			commit ID
			$finding
			    1 | FROM alpine:3.20
			  help: make it a stage of 'api/Dockerfile' and build it with 'target:'
			To get out: mend each commit named above, not a later one (the last by
			'git commit --amend', others by 'git rebase -i'), and push again.
			'onedockerfile explain RULE' shows a rule with examples.
		END
		)
	says "! [remote rejected] "
	says "(${declined-pre-receive hook declined})"
	says "${closing-}"
}

# On the way of the text: take away what is wrong with the last commit.
mend() {
	git rm -q api/Dockerfile.dev
	git commit -q --amend --allow-empty -m mended
}

variant() {
	bad api
	save variant
}

# To a server that has nothing yet: a branch with a fault, and without.
drill_empty() {
	local ref=refs/heads/main

	repository shop
	variant
	refuses main
	mend
	takes main
}

# To one that has a commit from before the gate, with a fault that is nobody's now.
drill_old() {
	local ref=refs/heads/topic

	bad old
	save 'an old fault'
	git --git-dir="$bare" fetch -q "$PWD" +main:main
	good web
	save 'one more'
	takes main
	takes main:refs/heads/release main:refs/heads/other
	takes --delete other
	git checkout -q -b topic
	variant
	refuses topic
	mend
	takes topic :release
	git reset -q --hard main
	takes --force topic
}

drill_tags() {
	local ref=refs/tags/v1

	takes main:refs/tags/v0
	variant
	git tag -a -m one v1
	refuses v1
	git tag -d v1
	mend
	git tag -a -m one v1
	takes v1 topic
	takes --delete v1
}

# History of its own in place of the branch's.
drill_forced() {
	local ref=refs/heads/topic

	git checkout -q --orphan fresh
	git rm -q -r -f .
	variant
	refuses --force fresh:topic
	mend
	takes --force fresh:topic
	[ "$(git --git-dir="$bare" rev-parse topic)" = "$(git rev-parse fresh)" ]
	state | sed 's/.*\t//' | diff - <(printf 'refs/%s\n' heads/main heads/topic tags/v0)
}

drill() {
	drill_empty
	drill_old
	drill_tags
	drill_forced
}

# What the head of a wrapper says to write down.
recipe() {
	sed -n 's/^#     //p' "$root/hooks/$1"
}
