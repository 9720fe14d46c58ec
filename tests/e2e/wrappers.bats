#!/usr/bin/env bats
# The wrappers of hooks/ for servers hand over what they are given, and lose no status on the way.
# shellcheck disable=SC2030,SC2031 # each test has variables of its own

load helper

# answering STATUS: a program of that name that notes what it was asked, and says two lines.
answering() {
	mkdir -p "$work/bin"
	cat >"$work/bin/onedockerfile" <<-END
		#!/bin/sh
		echo "\$@" >"$work/asked"
		cat >"$work/given"
		echo said
		echo
		echo '  complained' >&2
		exit $1
	END
	chmod +x "$work/bin/onedockerfile"
	PATH=$work/bin:$PATH
}

# wrapper STATUS NAME [ARGUMENTS]: it ends so, for the lines of a push.
wrapper() {
	local wanted=$1 name=$2

	shift 2
	echo 'old new refs/heads/main' >"$work/lines"
	# shellcheck disable=SC2016 # for that shell to expand
	expect "$wanted" sh -c '"$0" "$@" <lines' "$root/hooks/$name" "$@"
}

@test "every status of the program is that of the hook" {
	for status in 0 1 2 3 137; do
		answering "$status"
		for name in pre-receive gitolite gitea gitlab; do
			wrapper "$status" "$name"
			echo 'hook pre-receive --' | diff - asked
			diff lines given
			says said
		done
		wrapper "$status" github-enterprise
		echo 'hook pre-receive --timeout 4 --' | diff - asked
		wrapper "$status" update refs/heads/main old new
		echo 'hook update -- refs/heads/main old new' | diff - asked
	done
}

@test "without the program no hook of a server lets anything pass" {
	mkdir bin
	for name in cat grep rm sed sh timeout; do
		ln -s "$(command -v "$name")" bin
	done
	all=$PATH
	PATH=$work/bin
	for name in pre-receive gitolite gitea gitlab github-enterprise update; do
		wrapper 127 "$name" refs/heads/main old new
	done
	GL_ID=user-7 GL_PROTOCOL=web wrapper 127 gitlab
	says 'GL-HOOK-ERR: '
	wrapper 0 gitolite-vref refs/heads/main old new tree tree W VREF/ONEDOCKERFILE
	says 'VREF/ONEDOCKERFILE onedockerfile refused it'
	PATH=$all
}

@test "gitolite is told by one line of standard output that a virtual ref is refused" {
	for status in 1 2 3 137; do
		answering "$status"
		wrapper 0 gitolite-vref refs/heads/main old new tree tree W VREF/ONEDOCKERFILE/x
		echo 'VREF/ONEDOCKERFILE/x onedockerfile refused it; what to do stands above' | diff - out
		printf 'said\n\n  complained\n' | diff - err
		echo 'hook update -- refs/heads/main old new' | diff - asked
	done
	answering 0
	wrapper 0 gitolite-vref refs/heads/main old new tree tree W VREF/ONEDOCKERFILE
	diff /dev/null out
}

@test "GitLab's web is shown marked lines, a terminal plain ones" {
	export GL_ID=user-7 GL_REPOSITORY=project-7 GL_PROJECT_PATH=shop/api GL_PROTOCOL
	for status in 0 1 2 3 137; do
		answering "$status"
		GL_PROTOCOL=web
		wrapper "$status" gitlab
		printf 'GL-HOOK-ERR: said\nGL-HOOK-ERR:   complained\n' | diff - out
		diff /dev/null err
		diff lines given
		for GL_PROTOCOL in ssh http; do
			wrapper "$status" gitlab
			printf 'said\n\n' | diff - out
		done
	done
	# An older GitLab does not say by which protocol.
	unset GL_PROTOCOL
	wrapper 137 gitlab
	says 'GL-HOOK-ERR: said'
}

@test "GitLab's wikis and designs pass unjudged, whatever a project is named" {
	answering 1
	export GL_ID=user-7 GL_PROTOCOL=ssh GL_REPOSITORY GL_PROJECT_PATH
	for GL_REPOSITORY in wiki-7 group-7-wiki design-7; do
		GL_PROJECT_PATH=shop/api.wiki
		wrapper 0 gitlab
		[ ! -e asked ]
	done
	for GL_PROJECT_PATH in shop/api.wiki wiki-7 design-7/api.design a-wiki; do
		for GL_REPOSITORY in project-7 ''; do
			wrapper 1 gitlab
		done
	done
	unset GL_REPOSITORY
	wrapper 1 gitlab
}
