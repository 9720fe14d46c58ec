#!/usr/bin/env bats
# Over the network, as far as loopback: git daemon runs the hook.

load helper

# Serve $work on a free port of loopback; returns once it listens.
serve() {
	local port

	for port in $(shuf -i 20000-60000 -n 20); do
		exec 9< <(exec "$(git --exec-path)/git-daemon" --verbose --listen=127.0.0.1 \
			--port="$port" --export-all --enable=receive-pack --base-path="$work" \
			2>&1 3>&-)
		# shellcheck disable=SC2034 # ended by teardown
		daemon=$!
		while read -r line <&9; do
			case $line in
			*'Ready to rumble'*)
				url=git://127.0.0.1:$port
				return
				;;
			esac
		done
	done
	return 1
}

@test "refuses and takes a push over git daemon" {
	server central.git
	repository shop
	good api
	save 'a service'
	serve
	push 0 "$url/central.git" main
	bad api
	save variant
	push 1 "$url/central.git" main
	says 'remote: '
	says 'api/Dockerfile.dev'
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short HEAD) refs/heads/main -
	END
	git rm -q api/Dockerfile.dev
	git commit -q --amend --allow-empty -m better
	push 0 "$url/central.git" main
}

@test "judges each of forty refs over git daemon" {
	server central.git
	repository shop
	good api
	save 'a service'
	for i in $(seq 10 48); do
		git branch "topic$i"
	done
	git checkout -q -b last
	bad api
	save variant
	serve
	push 1 "$url/central.git" --all
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short last) refs/heads/last -
	END
	[ -z "$(git -C "$work/central.git" for-each-ref)" ]
}
