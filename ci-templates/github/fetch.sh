# shellcheck shell=sh
# For judge.sh: fetches commits that a shallow checkout lacks.
here=$(pwd -P)

# The runner's user need not own the directory, as in the container of a job, and nobody is there
# to be asked for a password.
repository() {
	LC_ALL=C GIT_TERMINAL_PROMPT=0 git -c safe.directory="$here" "$@"
}

# Also of a partial clone everything is needed.
fetch_as_is() {
	repository fetch --quiet --no-tags --no-filter "$@"
}

# Where the checkout has not left its token in the repository, the job's own is tried. One that it
# left has to go: GitHub refuses two.
fetch_by_token() {
	key=http.${GITHUB_SERVER_URL:-https://github.com}/.extraheader
	token=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
	GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=$key GIT_CONFIG_VALUE_0='' GIT_CONFIG_KEY_1=$key \
		GIT_CONFIG_VALUE_1="AUTHORIZATION: basic $token" fetch_as_is "$@"
}

fetch() {
	fetch_as_is "$@" || { [ -n "$TOKEN" ] && fetch_by_token "$@"; }
}

# The id of a commit, branch or tag. A branch is what the remote has now; a commit that is here need
# not be fetched.
find_base() {
	case $1 in
	-*) false ;;
	*) repository check-ref-format --allow-onelevel "$1" ;;
	esac || {
		echo 'that is the name of no commit, branch or tag' >&2
		return 1
	}
	id=$(repository rev-parse --quiet --verify "$1^{commit}") || id=
	if [ ${#1} -ge 7 ] && [ "${id#"$1"}" != "$id" ]; then
		echo "$id"
		return
	fi
	depth=
	[ "$(repository rev-parse --is-shallow-repository)" = false ] || depth=--depth=1
	fetch $depth origin "$1" && repository rev-parse --verify 'FETCH_HEAD^{commit}'
}

# fetch_missing FILE: what the tool has said there that it misses. Of its line only the id of the
# commit is not fixed, so nothing in it can be anything else.
fetch_missing() {
	line=$(sed -nE 's/.*; run: git fetch --no-tags( --depth=1| --unshallow)? (origin [0-9a-f]{40})$/\1 \2/p' "$1")
	[ -n "$line" ] || return 1
	# shellcheck disable=SC2086 # words
	fetch $line
}
