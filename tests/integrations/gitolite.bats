#!/usr/bin/env bats
# Real pushes over SSH to gitolite, with either of its ways to run a hook.
# shellcheck disable=SC2030,SC2031,SC2034 # variables of each test, some for pushes.bash

load helper
load serving
load pushes

# gitolite in a home of its own, for the user at hand; admin and alice have keys.
host_gitolite() {
	local name

	mkdir "$work/git" "$work/keys"
	for name in host admin alice; do
		ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$work/keys/$name"
	done
	HOME=$work/git gitolite setup -pk "$work/keys/admin.pub" >"$work/setup.log" 2>&1
	# What it needs stands in the file already, behind a comment sign.
	sed -i 's/# \(LOCAL_CODE  *=>  *".ENV{HOME}\)/\1/; s/# \(.repo-specific-hooks.\)/\1/' \
		"$work/git/.gitolite.rc"
	install -D -m 755 "$root/hooks/gitolite" "$work/git/local/hooks/repo-specific/onedockerfile"
	install -D -m 755 "$root/hooks/gitolite-vref" "$work/git/local/VREF/ONEDOCKERFILE"
}

sshd_conf() {
	cat <<-END
		ListenAddress 127.0.0.1:$1
		HostKey $work/keys/host
		PidFile none
		AuthorizedKeysFile $work/git/.ssh/authorized_keys
		AuthenticationMethods publickey
		PermitRootLogin forced-commands-only
		StrictModes no
		UsePAM no
		SetEnv HOME=$work/git PATH=$PATH GIT_CONFIG_NOSYSTEM=1
	END
}

run_sshd() {
	sshd_conf "$1" >"$work/sshd.conf"
	start sshd /usr/sbin/sshd -D -e -f "$work/sshd.conf"
}

# as NAME: who the next to push is.
as() {
	export GIT_SSH_COMMAND="ssh -F $work/ssh.conf -i $work/keys/$1"
}

serve_gitolite() {
	host_gitolite
	# Where systemd starts it, systemd makes this.
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	serve sshd 'Server listening' run_sshd
	cat >"$work/ssh.conf" <<-END
		Host server
			HostName 127.0.0.1
			Port $port
			User $(id -un)
			IdentitiesOnly yes
			IdentityAgent none
			BatchMode yes
			# Of those that it would offer first the keys cost more than all the rest.
			KexAlgorithms curve25519-sha256
			StrictHostKeyChecking no
			UserKnownHostsFile /dev/null
			LogLevel ERROR
	END
}

# gated WRAPPER: a repository of alice's with what the head of that wrapper says.
gated() {
	serve_gitolite
	as admin
	git clone -q server:gitolite-admin "$work/admin"
	cp "$work/keys/alice.pub" "$work/admin/keydir"
	printf '\nrepo shop\n    RW+ = alice\n    %s\n' "$(recipe "$1")" >>"$work/admin/conf/gitolite.conf"
	git -C "$work/admin" add -A
	git -C "$work/admin" commit -q -m 'A shop'
	git -C "$work/admin" push -q origin HEAD
	as alice
	bare=$work/git/repositories/shop.git
	url=server:shop
}

@test "gitolite over SSH, with a hook for one repository" {
	gated gitolite
	drill
	expect 0 onedockerfile doctor -C "$bare"
	says 'ok: pre-receive: it refused'
}

@test "gitolite over SSH, with a virtual ref" {
	gated gitolite-vref
	declined='hook declined'
	closing='remote: onedockerfile refused it; what to do stands above'
	drill
	# Each ref is asked about by itself, as with Git's own hook.
	git checkout -q -b two main
	variant
	ref=refs/heads/two
	expect 1 git push "$url" main:fine two
	told
	says_not 'exit status'
	git --git-dir="$bare" rev-parse -q --verify fine
}
