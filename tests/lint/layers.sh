#!/bin/sh
# Who may include what: each folder's own line below, and each library behind one wall.
set -eu
cd "$(dirname "$0")/../.."

allowed() {
	case $1 in
	base) echo 'base' ;;
	syntax) echo 'base syntax' ;;
	model) echo 'base syntax model' ;;
	readers) echo 'base syntax model readers' ;;
	rules) echo 'base syntax model rules' ;;
	reports) echo 'base model reports' ;;
	guard) echo 'base guard' ;;
	git) echo 'base syntax model git' ;;
	judge) echo 'base syntax model readers rules reports judge' ;;
	merge) echo 'base syntax model readers rules merge' ;;
	*) echo 'base syntax model readers rules reports judge merge guard git cli' ;;
	esac
}

# Where a foreign header may stand, as a pattern of files.
library() {
	case $1 in
	git2*) echo 'src/git/*' ;;
	yaml.h) echo 'src/syntax/yaml*.c' ;;
	pthread.h) echo 'src/base/thread.h' ;;
	zlib.h) echo 'src/git/inflate.h' ;;
	libdeflate.h) echo 'src/git/inflate.c' ;;
	cjson/*) echo 'src/reports/json.h' ;;
	*) echo '*' ;;
	esac
}

# "FILE HEADER" for every include of ours, then of theirs.
ours() { sed -n "s|^#include \"\\(.*\\)\"|$1 \\1|p" "$1"; }
theirs() { sed -n "s|^#include <\\(.*\\)>|$1 \\1|p" "$1"; }

layer() {
	case $1 in
	*/*) echo "${1%%/*}" ;;
	*) echo "${1%.*}" ;;
	esac
}

bad=$(
	for file in src/*.[ch] src/*/*.[ch]; do
		[ -e "$file" ] || continue
		ours "$file" | while read -r from header; do
			case " $(allowed "$(layer "${from#src/}")") " in
			*" $(layer "$header") "*) ;;
			*) echo "$from: '$header' is not of a layer below" ;;
			esac
		done
		theirs "$file" | while read -r from header; do
			may=$(library "$header")
			case $from in
			src/main.c) ;;
			*) eval "case \$from in $may) ;; *) echo \"\$from: <\$header> belongs in \$may\" ;; esac" ;;
			esac
		done
	done
	# It has to be given an allocator before it is first called.
	grep -n 'cJSON_[A-Z][A-Za-z]*(' src/*.c src/*/*.c |
		sed -n '/^src\/reports\/json_writer.c:/d; s/:.*cJSON_/: only json_writer.c calls cJSON_/p'
)
[ -z "$bad" ] || {
	echo "$bad" >&2
	exit 1
}
