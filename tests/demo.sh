#!/bin/sh
# The two-Dockerfile example from a refused commit to a push that passes, with a real repository
# and a real server in a temporary folder. Fails where a step does not do what it says it does.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
: "${ONEDOCKERFILE:=$root/build/onedockerfile}"
for name in $(git rev-parse --local-env-vars); do
	unset "$name"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" GIT_CONFIG_NOSYSTEM=1 PATH="${ONEDOCKERFILE%/*}:$PATH"
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 LSAN_OPTIONS="exitcode=99:print_suppressions=0:suppressions=$root/tests/support/lsan.supp"
mkdir "$HOME"
git config --global user.name Developer
git config --global user.email developer@example.org
git config --global init.defaultBranch main
cd "$work"

say() { printf '\n# %s\n' "$*"; }

# A command as one would type it.
show() {
	printf '$'
	for word; do
		case $word in
		*' '*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
}

# run STATUS COMMAND...: show the command and what it prints; it has to end with that status.
run() {
	wanted=$1
	shift
	show "$@"
	status=0
	"$@" >"$work/seen" 2>&1 || status=$?
	cat "$work/seen"
	[ "$status" -eq "$wanted" ] || stop "status $status instead of $wanted"
}

# seen TEXT...: the last command has said all of it.
seen() {
	for text; do
		grep -qF -- "$text" "$work/seen" || stop "it did not say: $text"
	done
}

stop() {
	echo "demo: $*" >&2
	exit 1
}

say 'A server with the gate, and a clone whose commits are judged before they are made.'
run 0 git init -q --bare central.git
(cd central.git && run 0 onedockerfile install --server)
run 0 git clone -q central.git parcels
cd parcels
run 0 onedockerfile install

say 'A service with a second Dockerfile for development: the commit is refused.'
cp -R "$root/tests/example/before/." .
run 0 git add .
run 1 git commit -m 'A service that knows where parcels are'
seen 'api/Dockerfile.development:1' '[extra-dockerfile]' 'docker-compose.yml:5:19' '[variant-reference]' 'help:'
run 1 git rev-parse --quiet --verify HEAD

say 'Committed and pushed all the same: the server refuses, and keeps nothing of it.'
run 0 git commit -q --no-verify -m 'A service that knows where parcels are'
run 1 git push --no-verify origin main
seen 'remote: ' 'extra-dockerfile' 'pre-receive hook declined'
[ -z "$(git -C ../central.git for-each-ref)" ] || stop 'the server has kept it'
[ "$(git -C ../central.git count-objects)" = '0 objects, 0 kilobytes' ] || stop 'objects stayed behind'

say 'One Dockerfile with stages, and a compose file that says which: commit and push pass.'
run 0 git rm -q api/Dockerfile.development
cp -R "$root/tests/example/after/." .
run 0 git diff HEAD -- docker-compose.yml
run 0 git add .
run 0 git commit -q --amend -m 'A service that knows where parcels are'
run 0 git push -q origin main
[ "$(git -C ../central.git rev-parse main)" = "$(git rev-parse HEAD)" ] || stop 'the push has not arrived'

say 'A misspelt stage: refused, with the right name proposed.'
run 0 sed -i 's/target: base/target: bse/' docker-compose.yml
run 1 git commit -a -m 'Build another stage'
seen 'docker-compose.yml:5:15' '[unknown-stage]' "base"

printf '\nEach step did what it said.\n'
