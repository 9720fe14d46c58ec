#!/bin/sh
# Print C source that holds the given files, for src/model/embedded.h. Policies come without their
# comments, which every run would read; a line stays a line.
set -eu

echo '#include "model/embedded.h"'
echo
echo 'const struct embedded embedded_files[] = {'
for file in "$@"; do
	printf '\t{ "%s",' "${file#policies/}"
	# Octal escapes of three digits end by themselves, whatever follows. One literal a line keeps
	# each below the length that compilers have to take.
	LC_ALL=C awk '{
		if (FILENAME ~ /[.]yaml$/)
			sub(/^ *#.*/, "")
		gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\?/, "\\?"); gsub(/\t/, "\\t")
		printf "\n\t  \"%s\\n\"", $0
	} END { if (NR == 0) printf " \"\"" }' "$file"
	echo ' },'
done
echo '	{ 0, 0 },'
echo '};'
