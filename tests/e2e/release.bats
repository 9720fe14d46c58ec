#!/usr/bin/env bats
# The release binary is all that it needs: no library, no file, no other program.

load helper

# In $work/root: the program, and a bare repository that has `good` and, pushed later, `worse`.
alone() {
	case $(ldd "$ONEDOCKERFILE" 2>&1) in
	*'statically linked'* | *'not a dynamic executable'*) ;;
	*) skip 'not the release binary' ;;
	esac
	[ "$(id -u)" -eq 0 ] || skip 'only root may change its root'
	repository shop
	good api
	compose prod
	save good
	git branch good
	bad api
	save worse
	mkdir "$work/root"
	cp "$ONEDOCKERFILE" "$work/root/onedockerfile"
	git clone -q --bare . "$work/root/shop.git"
	git --git-dir="$work/root/shop.git" update-ref -d refs/heads/main
}

@test "checks a repository in a root that has nothing else" {
	alone
	expect 0 chroot "$work/root" /onedockerfile check -C /shop.git --rev good
	expect 1 chroot "$work/root" /onedockerfile check -C /shop.git --rev "$(git rev-parse main)"
	says 'api/Dockerfile.dev'
}

@test "answers pre-receive in a root that has nothing else" {
	alone
	export GIT_DIR=/shop.git
	echo "$(git --git-dir=.git rev-parse good main | xargs) refs/heads/good" >"$work/lines"
	expect 1 sh -c "chroot '$work/root' /onedockerfile hook pre-receive <'$work/lines'"
	says 'extra-dockerfile'
	echo "$(git --git-dir=.git rev-parse main good | xargs) refs/heads/good" >"$work/lines"
	expect 0 sh -c "chroot '$work/root' /onedockerfile hook pre-receive <'$work/lines'"
}

@test "says the same in a root that has nothing else" {
	alone
	expect 1 onedockerfile check -f json -C "$work/root/shop.git" --rev "$(git rev-parse main)"
	mv "$work/out" "$work/outside"
	expect 1 chroot "$work/root" /onedockerfile check -f json -C /shop.git --rev "$(git rev-parse main)"
	cmp "$work/outside" "$work/out"
}
