#!/usr/bin/env bats
# Real pushes over git daemon and smart HTTP, and to hooks as Gitea, GitLab and GitHub run them.
# shellcheck disable=SC2030,SC2031,SC2034 # variables of each test, some for pushes.bash

load helper
load serving
load pushes

run_git_daemon() {
	start git-daemon "$(git --exec-path)/git-daemon" --verbose --listen=127.0.0.1 --port="$1" \
		--export-all --enable=receive-pack --base-path="$work/srv"
}

@test "git daemon" {
	armed pre-receive
	serve git-daemon 'Ready to rumble' run_git_daemon
	url=git://127.0.0.1:$port/shop.git
	drill
}

# One process, which stays the user that it is: no master to drop rights.
nginx_conf() {
	cat <<-END
		daemon off;
		master_process off;
		pid $work/nginx.pid;
		error_log stderr notice;
		events {}
		http {
			access_log off;
			client_body_temp_path $work/body;
			proxy_temp_path $work/proxy;
			fastcgi_temp_path $work/fastcgi;
			uwsgi_temp_path $work/uwsgi;
			scgi_temp_path $work/scgi;
			client_max_body_size 0;
			server {
				listen 127.0.0.1:$1;
				location ~ ^/git(/.*) {
					include /etc/nginx/fastcgi_params;
					fastcgi_pass unix:$work/fcgi.sock;
					fastcgi_param SCRIPT_FILENAME $(git --exec-path)/git-http-backend;
					fastcgi_param GIT_PROJECT_ROOT $work/srv;
					fastcgi_param GIT_HTTP_EXPORT_ALL 1;
					fastcgi_param PATH_INFO \$1;
					auth_basic git;
					auth_basic_user_file $work/users;
				}
			}
		}
	END
}

run_nginx() {
	nginx_conf "$1" >"$work/nginx.conf"
	start nginx /usr/sbin/nginx -e stderr -c "$work/nginx.conf"
}

@test "smart HTTP: nginx, fcgiwrap and git-http-backend" {
	armed pre-receive
	echo 'alice:{PLAIN}secret' >users
	start fcgiwrap /usr/sbin/fcgiwrap -c 2 -s "unix:$work/fcgi.sock"
	await "${running[-1]}" test -S "$work/fcgi.sock"
	serve nginx 'using the .* event method' run_nginx
	export no_proxy=127.0.0.1
	url=http://alice:secret@127.0.0.1:$port/git/shop.git
	drill
}

@test "a bare repository, as install --server leaves it" {
	git init -q --bare "$work/srv/shop.git"
	bare=$work/srv/shop.git
	expect 0 onedockerfile install --server -C "$bare"
	url=$bare
	drill
	expect 0 onedockerfile doctor -C "$bare"
}

@test "a bare repository, with the hook for each ref" {
	armed update hooks/update
	declined='hook declined'
	drill
}

# As Gitea and Forgejo do it: all hooks of a folder get the same lines, and the first that refuses
# decides, once all have run.
delegate() {
	cat >"$bare/hooks/pre-receive" <<-'END'
		#!/bin/sh
		lines=$(cat)
		statuses=
		for one in "$GIT_DIR"/hooks/pre-receive.d/*; do
			if [ -f "$one" ] && [ -x "$one" ]; then
				echo "$lines" | "$one"
				statuses="$statuses $?"
			fi
		done
		for status in $statuses; do
			[ "$status" -eq 0 ] || exit "$status"
		done
	END
	chmod +x "$bare/hooks/pre-receive"
}

@test "Gitea and Forgejo: a delegate that runs pre-receive.d" {
	# As a new repository gets it.
	git config --global init.templateDir "$work/template"
	install -D -m 755 "$root/hooks/gitea" template/hooks/pre-receive.d/onedockerfile
	bare=$work/srv/shop.git
	git init -q --bare "$bare"
	url=$bare
	delegate
	# The server's own, before and after.
	for name in gitea zeal; do
		printf '#!/bin/sh\ncat >>%s\n' "'$work/seen'" >"$bare/hooks/pre-receive.d/$name"
		chmod +x "$bare/hooks/pre-receive.d/$name"
	done
	drill
	# What one saw the other saw.
	[ -s "$work/seen" ]
	sort "$work/seen" | uniq -c | awk '$1 % 2' | diff /dev/null -
	expect 0 onedockerfile doctor -C "$bare"
	says 'ok: pre-receive: it refused'
}

# As Gitaly does it: in the environment that it makes, until one refuses.
gitaly() {
	cat >"$bare/hooks/pre-receive" <<-'END'
		#!/bin/sh
		set -eu
		lines=$(cat)
		# Of Git's three variables these two go on; a push that only deletes has none.
		quarantine=$(env | grep -E '^GIT_(ALTERNATE_OBJECT_DIRECTORIES|OBJECT_DIRECTORY)=') || true
		for one in custom_hooks/pre-receive.d/*; do
			case $one in *~) continue ;; esac
			[ -f "$one" ] && [ -x "$one" ] || continue
			echo "$lines" | env -i PATH="$PATH" HOME="$HOME" GIT_DIR="$PWD" \
				$quarantine GL_ID=user-7 GL_USERNAME=alice GL_PROJECT_PATH="$GL_PROJECT_PATH" \
				GL_REPOSITORY="$GL_REPOSITORY" GL_PROTOCOL="$GL_PROTOCOL" "$one"
		done
	END
	chmod +x "$bare/hooks/pre-receive"
}

gitlab() {
	armed gitlab custom_hooks/pre-receive.d/onedockerfile
	gitaly
	export GL_REPOSITORY=project-7 GL_PROJECT_PATH=shop/api GL_PROTOCOL=$1
}

@test "GitLab: a push over SSH" {
	gitlab ssh
	drill
}

@test "GitLab: a merge in the web" {
	gitlab web
	mark='GL-HOOK-ERR: '
	drill
}

@test "GitLab: a wiki passes, and no project that is named like one" {
	gitlab ssh
	GL_PROJECT_PATH=shop/api.wiki
	repository shop
	variant
	ref=refs/heads/main
	refuses main
	GL_REPOSITORY=wiki-7
	takes main
}

@test "GitLab: what cannot be judged is refused, in words that the web shows" {
	gitlab web
	git --git-dir="$bare" config onedockerfile.policy absent.yaml
	repository shop
	good api
	save 'a service'
	expect 1 git push "$url" main
	says "remote: GL-HOOK-ERR: onedockerfile: no policy file '"
	says 'pre-receive hook declined'
	[ -z "$(state)" ]
}

# rooted COMMAND...: in $work/environment, where everything is that it may see.
rooted() {
	local be=()

	[ "$(id -u)" -eq 0 ] || be=(unshare --user --map-root-user)
	"${be[@]}" chroot "$work/environment" "$@"
}

# As on GitHub Enterprise: the hook runs in an environment that has nothing else, where the
# repository lies at another path.
@test "GitHub Enterprise: an environment of the release binary and a shell" {
	local release=$root/build/release/onedockerfile

	[ -x "$release" ] || skip "no release binary: 'make release'"
	mkdir -p bin build/release
	cp "$release" build/release
	cat >bin/ghe-hook-env-create <<-'END'
		#!/bin/sh
		mkdir environment && tar -xzf "$2" -C environment
	END
	chmod +x bin/ghe-hook-env-create
	recipe github-enterprise | PATH=$work/bin:$PATH sh -eu
	[ "$(id -u)" -eq 0 ] || rooted /bin/sh -c true || skip 'only root may change its root here'
	mkdir environment/hooks
	cp "$root/hooks/github-enterprise" environment/hooks/onedockerfile
	bare=$work/environment/shop.git
	git init -q --bare "$bare"
	{
		printf '#!/bin/bash\nwork=%q\n' "$work"
		declare -f rooted
		cat <<-'END'
			for name in GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES; do
				[ ! -v "$name" ] || export "$name=${!name#"$work/environment"}"
			done
			rooted /bin/sh -c 'cd /shop.git && PATH=/bin exec /hooks/onedockerfile'
		END
	} >"$bare/hooks/pre-receive"
	chmod +x "$bare/hooks/pre-receive"
	url=$bare
	drill
}
