#!/usr/bin/env bats
# A gate is armed when it refuses: each hook is looked at and tried, and nothing is changed.

load helper

setup_file() {
	version=$("${ONEDOCKERFILE:-$BATS_TEST_DIRNAME/../../build/onedockerfile}" --version)
	export version=${version#* }
}

# Everything there is to know of a directory, and that nothing temporary is left.
picture() {
	(cd "$1" && find . -printf '%P %m %s %T@ %l\n' | sort && find . -type f -exec sha256sum {} + | sort)
}

# doctor STATUS [ARGUMENTS]: it says that, changes nothing, and leaves nothing.
doctor() {
	local wanted=$1 top

	shift
	top=$(git rev-parse --show-toplevel 2>/dev/null) || top=$(git rev-parse --absolute-git-dir)
	export TMPDIR=$work/tmp
	mkdir -p "$TMPDIR"
	picture "$top" >"$work/before"
	expect "$wanted" onedockerfile doctor "$@"
	picture "$top" | diff "$work/before" -
	[ -z "$(ls -A "$TMPDIR")" ]
}

# The lines that were printed, all of them.
told() {
	diff -u - "$work/out"
}

# hook PATH LINE...: a script that notes where it ran.
hook() {
	local path=$1

	shift
	mkdir -p "$(dirname "$path")"
	printf '%s\n' '#!/bin/sh' "$@" >"$path"
	chmod +x "$path"
}

# What is told of hooks that run this program.
armed() {
	cat <<-END
		ok: pre-commit: it runs '$ONEDOCKERFILE', version $version, this program
		ok: pre-commit: it refused a commit with a second Dockerfile in a throw-away clone
		ok: pre-merge-commit: it runs '$ONEDOCKERFILE', version $version, this program
		ok: pre-merge-commit: it refused a merge with a second Dockerfile in a throw-away clone
		ok: pre-push: it runs '$ONEDOCKERFILE', version $version, this program
		ok: pre-push: it refused a push with a second Dockerfile in a throw-away clone
	END
}

shop() {
	repository shop
	good api
	save 'a service'
	onedockerfile install >/dev/null
}

@test "proves that the hooks of a clone refuse" {
	shop
	bad web
	doctor 0
	told <<-END
		ok: hooks: Git runs those in '$PWD/.git/hooks'
		ok: policy: default
		$(armed)
	END
	[ ! -s "$work/err" ]
	echo 'version: 1' >.onedockerfile.yaml
	git add .
	doctor 0 -C api
	says "ok: policy: '.onedockerfile.yaml' of the index"
}

@test "says what is missing, and what mends it" {
	repository shop
	doctor 1
	told <<-END
		ok: hooks: Git runs those in '$PWD/.git/hooks'
		ok: policy: default
		wrong: pre-commit: there is none in '$PWD/.git/hooks'; run: onedockerfile install
		wrong: pre-merge-commit: there is none in '$PWD/.git/hooks'; run: onedockerfile install
		wrong: pre-push: there is none in '$PWD/.git/hooks'; run: onedockerfile install
	END
	onedockerfile install
	chmod -x .git/hooks/pre-commit
	rm .git/hooks/pre-push
	doctor 1
	says "wrong: pre-commit: '$PWD/.git/hooks/pre-commit' is not executable, so Git passes it by; run: chmod +x $PWD/.git/hooks/pre-commit"
	says "wrong: pre-push: there is none"
	says "ok: pre-merge-commit"
	sed -n 's/.*; run: //p' "$work/out" >"$work/cures"
	sh "$work/cures"
	doctor 0
}

@test "proves it whatever HEAD is, and wherever it is asked" {
	repository shop
	onedockerfile install
	doctor 0
	good api
	save 'a service'
	git checkout -q --detach
	doctor 0
	git worktree add -q ../linked -b side
	cd ../linked
	git rm -q -r api
	save 'nothing'
	doctor 0
	cd ../shop
	git sparse-checkout set nothing
	doctor 0
	git clone -q --depth 1 "file://$PWD" ../shallow
	cd ../shallow
	onedockerfile install
	doctor 0
	mkdir "$work/ a 'b'\\"$'\n'
	mv ../shop "$work/ a 'b'\\"$'\n'
	cd "$work/ a 'b'\\"$'\n/shop'
	onedockerfile install
	doctor 0
}

@test "tells which program a hook runs" {
	mkdir "$work/older"
	cp "$ONEDOCKERFILE" "$work/copy"
	sed "s/@(#)onedockerfile $version/@(#)onedockerfile 0.0.9/" "$ONEDOCKERFILE" >"$work/older/onedockerfile"
	printf '#!/bin/sh\nexec %s "$@"\n' "$ONEDOCKERFILE" >"$work/wrapper"
	chmod +x "$work/copy" "$work/older/onedockerfile" "$work/wrapper"
	shop
	sed -i "s|^program=.*|program='$work/copy'|" .git/hooks/pre-commit
	doctor 0
	says "ok: pre-commit: it runs '$work/copy', version $version, another copy of this program"
	sed -i "s|^program=.*|program='$work/older/onedockerfile'|" .git/hooks/pre-merge-commit
	doctor 1
	says "wrong: pre-merge-commit: it runs '$work/older/onedockerfile', version 0.0.9, and this is $version; run: onedockerfile install"
	onedockerfile install
	sed -i "s|^program=.*|program='$work/wrapper'|" .git/hooks/pre-commit
	doctor 3
	says "unknown: pre-commit: it runs '$work/wrapper', whose version cannot be told; this is '$ONEDOCKERFILE', $version"
	says "ok: pre-commit: it refused"
	sed -i "s|^program=.*|program='$work/gone'|" .git/hooks/pre-commit
	doctor 1
	says "wrong: pre-commit: it runs '$work/gone', which is not there; run: onedockerfile install"
	says "unknown: pre-commit: it refused a commit in a throw-away clone, but not for its second Dockerfile:"
	onedockerfile install
	doctor 0
}

@test "finds the program of a hook on the PATH" {
	repository shop
	arm pre-commit pre-merge-commit pre-push
	doctor 0
	told <<-END
		ok: hooks: Git runs those in '$PWD/.git/hooks'
		ok: policy: default
		$(armed)
	END
	mkdir "$work/bin"
	ln -s "$(command -v git)" "$(command -v sh)" "$work/bin"
	expect 1 env PATH="$work/bin" "$ONEDOCKERFILE" doctor
	says "wrong: pre-commit: it runs 'onedockerfile', which is not there; run: ln -sf $ONEDOCKERFILE /usr/local/bin/onedockerfile"
}

@test "notices what displaced the hooks" {
	shop
	git config --global core.hooksPath "$HOME/hooks"
	doctor 1
	says "wrong: hooks: core.hooksPath (global) leads Git to '$HOME/hooks', past those of onedockerfile in '$PWD/.git/hooks'; run: git config core.hooksPath $PWD/.git/hooks && onedockerfile install"
	says "wrong: pre-commit: there is none in '$HOME/hooks'"
	hook "$HOME/hooks/pre-commit" "exec onedockerfile hook pre-commit -- \"\$@\""
	hook "$HOME/hooks/pre-merge-commit" "exec onedockerfile hook pre-merge-commit -- \"\$@\""
	hook "$HOME/hooks/pre-push" "exec onedockerfile hook pre-push -- \"\$@\""
	doctor 0
	says "ok: hooks: Git runs those in '$HOME/hooks' (core.hooksPath, global)"
	rm "$HOME/hooks/pre-commit"
	doctor 1
	sed -n 's/^wrong: hooks: .*; run: //p' "$work/out" >"$work/cure"
	sh "$work/cure"
	doctor 0
	git config --global --unset core.hooksPath
	git config core.hooksPath ''
	doctor 1
	says "wrong: hooks: core.hooksPath is set to nothing (local), so Git looks for them in '/'; run: git config --local --unset core.hooksPath && onedockerfile install"
	git config core.hooksPath .githooks
	doctor 1
	says "wrong: hooks: core.hooksPath (local) leads Git to '$PWD/.githooks', past those of onedockerfile in '$PWD/.git/hooks'; run: onedockerfile install"
	onedockerfile install
	doctor 0
}

@test "sees hooks that somebody keeps elsewhere, and none of ours beside them" {
	repository shop
	git config core.hooksPath hooks
	doctor 1
	says "ok: hooks: Git runs those in '$PWD/hooks' (core.hooksPath, local)"
	says "wrong: pre-commit: there is none in '$PWD/hooks'"
}

@test "knows husky, whose hooks run those beside them" {
	shop
	git config core.hooksPath .husky/_
	for name in pre-commit pre-merge-commit pre-push; do
		# shellcheck disable=SC2016 # for the hook to expand
		hook ".husky/_/$name" '. "$(dirname "$0")/h"'
	done
	# shellcheck disable=SC2016
	hook .husky/_/h 's=$(dirname "$(dirname "$0")")/$(basename "$0")' "[ ! -f \"\$s\" ] && exit 0" "sh -e \"\$s\" \"\$@\""
	doctor 1
	says "past those of onedockerfile in '$PWD/.git/hooks'"
	says "wrong: pre-commit: it let a commit with a second Dockerfile pass in a throw-away clone; run: echo 'onedockerfile hook pre-commit -- \"\$@\"' >>$PWD/.husky/pre-commit"
	says "wrong: pre-merge-commit: it let a merge with a second Dockerfile pass in a throw-away clone; run: echo"
	sed -n 's/.*; run: echo/echo/p' "$work/out" >"$work/cures"
	[ "$(wc -l <"$work/cures")" -eq 3 ]
	sh "$work/cures"
	doctor 0
	says "ok: pre-push: it runs '$ONEDOCKERFILE', version $version, this program"
}

@test "lets a manager of hooks read its settings in the clone" {
	repository shop
	mkdir deep
	echo false >deep/file
	# shellcheck disable=SC2016 # for the hook to expand
	hook .git/hooks/pre-commit '# lefthook' '[ ! -e deep/file ] && sh -e ./lefthook.yml "${0##*/}"'
	cp .git/hooks/pre-commit .git/hooks/pre-merge-commit
	# shellcheck disable=SC2016
	hook .git/hooks/pre-push '# generated by lefthook' 'exec onedockerfile hook pre-push -- "$@"'
	echo true >lefthook.yml
	save settings
	doctor 1
	says "ok: pre-commit: '$PWD/.git/hooks/pre-commit' is a hook of lefthook; what it does is tried"
	says "wrong: pre-commit: it let a commit with a second Dockerfile pass in a throw-away clone; run: onedockerfile install"
	says "wrong: pre-merge-commit: it let a merge with a second Dockerfile pass in a throw-away clone; run: onedockerfile install"
	# shellcheck disable=SC2016
	echo 'onedockerfile hook "$1"' >lefthook.yml
	save settings
	doctor 0
	says "ok: pre-commit: '$PWD/.git/hooks/pre-commit' is a hook of lefthook, and '$PWD/lefthook.yml' names onedockerfile"
}

@test "does not take every refusal for ours" {
	shop
	hook .git/hooks/pre-commit 'echo' 'echo "the tests  fail" >&2' 'exit 1'
	doctor 3
	says "ok: pre-commit: '$PWD/.git/hooks/pre-commit' is a hook of somebody else; what it does is tried"
	says 'unknown: pre-commit: it refused a commit in a throw-away clone, but not for its second Dockerfile: the tests  fail'
	hook .git/hooks/pre-commit 'git diff --cached --name-only' 'exit 1'
	doctor 3
	says 'unknown: pre-commit: it refused a commit in a throw-away clone, but not for its second Dockerfile:'
	hook .git/hooks/pre-commit 'true'
	doctor 1
	onedockerfile install
	doctor 0
	echo 'rule: {}' >.onedockerfile.yaml
	save 'a wrong policy'
	doctor 1
	says "wrong: policy: all is refused until it is mended: .onedockerfile.yaml:1:1: unknown key 'rule'; did you mean 'rules'?"
	says "unknown: pre-commit: it refused a commit in a throw-away clone, but not for its second Dockerfile: onedockerfile: .onedockerfile.yaml:1:1: unknown key 'rule'; did you mean 'rules'?"
	echo garbage >.git/index
	expect 1 onedockerfile doctor
	says 'wrong: policy: all is refused until it is mended: '
}

@test "says when the policy lets it pass" {
	shop
	echo 'rules: {extra-dockerfile: warning}' >.onedockerfile.yaml
	save 'a soft policy'
	doctor 1
	says "wrong: pre-commit: it let a commit with a second Dockerfile pass in a throw-away clone; by the policy '.onedockerfile.yaml' of the index extra-dockerfile is warning, and error refuses; run: onedockerfile rules"
	says 'wrong: pre-push: it let a push'
	echo 'fail-on: never' >.onedockerfile.yaml
	save 'no policy'
	doctor 1
	says "extra-dockerfile is error, and nothing refuses; run: onedockerfile rules"
}

@test "proves that a server refuses" {
	git init -q --bare central.git
	cd central.git
	doctor 1
	told <<-END
		ok: hooks: Git runs those in '$PWD/hooks'
		ok: policy: default
		wrong: pre-receive: there is none in '$PWD/hooks'; run: onedockerfile install --server
	END
	onedockerfile install --server
	doctor 0
	told <<-END
		ok: hooks: Git runs those in '$PWD/hooks'
		ok: policy: default
		ok: pre-receive: it runs '$ONEDOCKERFILE', version $version, this program
		ok: pre-receive: it refused a push with a second Dockerfile in a throw-away clone
	END
	git config onedockerfile.failOn never
	doctor 1
	says "wrong: pre-receive: it let a push with a second Dockerfile pass in a throw-away clone; onedockerfile.failOn is 'never'; run: git config --unset onedockerfile.failOn"
	git config onedockerfile.failOn error
	echo 'rules: {extra-dockerfile: warning}' >policy.yaml
	git config onedockerfile.policy policy.yaml
	doctor 1
	says "by the policy '$PWD/policy.yaml' extra-dockerfile is warning, and error refuses"
	git config --unset onedockerfile.failOn
	echo 'refs: ["refs/heads/main"]' >policy.yaml
	git config onedockerfile.policy policy.yaml
	(cd .. && repository shop && good api && save 'a service' && git push -q ../central.git main)
	doctor 0
	says "ok: policy: '$PWD/policy.yaml'"
	mkdir 'a "b"\c'
	cp policy.yaml 'a "b"\c'
	git config onedockerfile.policy "$PWD/"'a "b"\c/policy.yaml'
	doctor 0
	git config onedockerfile.policy policy.yaml
	echo 'rules: {extra-dockerfile: off}' >policy.yaml
	doctor 1
	says "by the policy '$PWD/policy.yaml' extra-dockerfile is off, and error refuses"
	echo 'version: 1' >policy.yaml
	git update-ref --no-deref HEAD main
	doctor 0
	mv hooks/pre-receive hooks/pre-receive.off
	cp "$root/hooks/update" hooks/update
	doctor 0
	says "ok: update: it refused a push with a second Dockerfile in a throw-away clone"
	mv hooks/pre-receive.off hooks/pre-receive
	git config --unset onedockerfile.policy
	(cd ../shop && echo 'version: 1' >.onedockerfile.yaml && save 'a policy' &&
		git push -q ../central.git HEAD:refs/heads/policy)
	git update-ref --no-deref HEAD policy
	doctor 0
	says "ok: policy: '.onedockerfile.yaml' of HEAD"
	says 'ok: pre-receive: it refused'
	says_not 'update:'
}

@test "tries a server's hook with those that it runs from the folder beside it" {
	git init -q --bare central.git
	cd central.git
	# shellcheck disable=SC2016 # for the hook to expand
	hook hooks/pre-receive 'lines=$(cat)' 'for one in "$GIT_DIR"/hooks/pre-receive.d/*; do' \
		'echo "$lines" | "$one" || exit' 'done'
	hook hooks/pre-receive.d/others 'cat >/dev/null'
	doctor 1
	says 'wrong: pre-receive: it let a push with a second Dockerfile pass in a throw-away clone'
	cp "$root/hooks/gitea" hooks/pre-receive.d/onedockerfile
	doctor 0
	says 'ok: pre-receive: it refused a push with a second Dockerfile in a throw-away clone'
}

@test "sees both gates of a repository that is served with its work tree" {
	shop
	onedockerfile install --server
	doctor 0
	[ "$(grep -c '^ok: pre-' "$work/out")" -eq 8 ]
	sed -i 's/^exec .*/exit 0/' .git/hooks/pre-receive
	doctor 1
	says 'wrong: pre-receive'
	rm .git/hooks/pre-receive
	cp "$root/hooks/update" .git/hooks/update
	doctor 0
	says 'ok: update: it refused a push'
}

@test "runs nothing but the hook, and lets it reach nothing" {
	shop
	marker=$work/marker
	for name in commit-msg post-checkout post-commit post-index-change post-merge pre-auto-gc \
		prepare-commit-msg reference-transaction; do
		hook ".git/hooks/$name" "echo $name >>$marker"
		hook "$work/templates/hooks/$name" "echo template $name >>$marker"
	done
	hook "$work/run" "echo \$* >>$marker" 'cat'
	git config --global init.templateDir "$work/templates"
	git config --global core.fsmonitor "$work/run"
	git config --global commit.gpgSign true
	git config --global push.gpgSign if-asked
	git config --global gpg.program "$work/run"
	git config --global filter.run.smudge "$work/run smudge"
	git config --global filter.run.clean "$work/run clean"
	git config --global core.editor "$work/run editor"
	cp -r "$HOME/.gitconfig" .git/config.user
	echo '* filter=run' >.gitattributes
	git -c core.fsmonitor=false -c filter.run.clean=cat add .
	git -c core.fsmonitor=false -c commit.gpgSign=false -c core.hooksPath=/dev/null commit -q -m attributes
	git -c core.fsmonitor=false -c filter.run.clean=cat status >/dev/null
	rm -f "$marker"
	doctor 0
	[ ! -e "$marker" ]
	hook .git/hooks/pre-commit 'git push -q origin HEAD:evil' 'git config core.evil true' \
		'git commit-tree -m evil HEAD^{tree} | xargs git update-ref refs/heads/evil' 'git gc -q --prune=now'
	doctor 1
}

# The hook says when it has begun, and its end of a pipe is closed when it is gone; standard output
# of doctor ends when all are gone who clean up.
dies_of() {
	mkfifo "$work/hook"
	hook .git/hooks/pre-commit "exec 3>$work/hook" 'echo begun >&3' 'exec sleep 1000'
	export TMPDIR=$work/tmp
	mkdir -p "$TMPDIR"
	{
		onedockerfile doctor &
		exec 4<"$work/hook"
		read -r _ <&4
		[ -n "$(ls -A "$TMPDIR")" ] || echo 'nothing was there'
		kill "-$1" $!
		timeout 60 cat <&4 || echo 'the hook goes on'
		wait $! || true
	} 2>/dev/null | cat >"$work/out"
	[ ! -s "$work/out" ]
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "cleans up when it is terminated" {
	shop
	dies_of TERM
}

@test "cleans up when it is killed" {
	shop
	dies_of KILL
}

@test "cleans up when a hook takes too long" {
	shop
	hook .git/hooks/pre-commit 'trap "" TERM' 'while :; do sleep 1000; done'
	doctor 3 --timeout 1
	says 'unknown: pre-commit: no verdict within 1 s; set a longer --timeout'
}

@test "cannot tell where there is nothing to tell of" {
	expect 3 onedockerfile doctor
	says 'there is no Git repository here'
	[ ! -s "$work/out" ]
	shop
	expect 2 onedockerfile doctor now
	says "'doctor' takes no 'now'"
	TMPDIR=$work/gone expect 3 onedockerfile doctor
	says "unknown: pre-commit: cannot make the directory '$work/gone/onedockerfile-doctor."
	mkdir "$work/bin"
	expect 3 env PATH="$work/bin" "$ONEDOCKERFILE" doctor
	says 'cannot run git'
	expect 0 onedockerfile doctor --help
}
