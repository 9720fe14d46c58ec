# shellcheck shell=sh
# For the steps of action.yml: what they say to GitHub's runner.

# tell LEVEL: standard input, as the text of one workflow command.
tell() {
	tr -d '\r' | sed 's/%/%25/g' | awk -v level="$1" '
		NR == 1 { printf "::%s title=onedockerfile::", level }
		{ printf "%s%s", between, $0; between = "%0A" }
		END { if (NR) print "" }'
}

refuse() {
	status=$1
	shift
	printf '%s\n' "$*" | tell error
	exit "$status"
}

# check_line INPUT VALUE: with a line break in it, it could set other outputs.
check_line() {
	case $2 in
	*[[:cntrl:]]*) refuse 2 "the input '$1' has a line break or another control character in it" ;;
	esac
}

output() {
	printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}
