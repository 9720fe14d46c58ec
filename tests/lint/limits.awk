# The tables of policies/limits.md, made of src/base/limits.h: a heading is a comment by itself, a
# limit "WHAT. Past it: WHAT THEN." above its #define.

function number(value,    parts) {
	gsub(/[()u]/, "", value)
	split(value, parts, " << ")
	return parts[2] ? parts[1] * 2 ^ parts[2] : value
}

function grouped(value) {
	value = sprintf("%d", value)
	while (match(value, /[0-9][0-9][0-9][0-9](,|$)/))
		value = substr(value, 1, RSTART) "," substr(value, RSTART + 1)
	return value
}

function shown(value, what) {
	if (what !~ /^Bytes/)
		return grouped(value)
	if (value % 1048576 == 0)
		return value / 1048576 " MiB"
	if (value % 1024 == 0)
		return value / 1024 " KiB"
	return grouped(value) " bytes"
}

/^\/\*/ { comment = "" }
/^(\/\*| \*)/ {
	sub(/^(\/\*| \*)[ \t]*/, "")
	comment = comment (comment ? " " : "") $0
	sub(/[ \t]*\*\/$/, "", comment)
}
/^$/ && comment && comment !~ /Past it: / {
	if (comment !~ /\. /)
		printf "\n## %s\n\n| what | limit | past it |\n|---|---|---|\n", comment
	comment = ""
}
/^#define MAX_/ {
	if (split(comment, parts, /\. Past it: /) != 2) {
		print "no \"Past it:\" above " $2
		next
	}
	sub(/\.( .*)?$/, "", parts[2])
	printf "| %s | %s | %s |\n", parts[1], shown(number(substr($0, length($1 $2) + 3)), parts[1]),
		parts[2]
	comment = ""
}
