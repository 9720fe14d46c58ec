# The results of bench.sh as a table, and in the file `json`:
#     job | time wanted | memory wanted | turns | ms and KiB of ours | ms and KiB of Git's
# and a line that says `end`. A ratio above what is wanted has a star.

function ratio(ours, git, wanted)
{
	return sprintf("%.2f%s", ours / git, wanted != "-" && ours > git * wanted ? "*" : " ")
}

function number(wanted)
{
	return wanted == "-" ? "null" : wanted
}

BEGIN {
	printf "%-41s %9s %9s %7s %4s %8s %8s %7s %4s %5s\n", binary, "ours ms", "Git's ms",
		"ratio ", "most", "ours MiB", "Git's", "ratio ", "most", "turns"
	printf "{\"binary\": \"%s\", \"jobs\": [", binary >json
}

$0 == "end" {
	whole = 1
	print "\n]}" >json
	next
}

{
	printf "%-41s %9.1f %9.1f %7s %4s %8.1f %8.1f %7s %4s %5d\n", $1, $5, $7,
		ratio($5, $7, $2), $2, $6 / 1024, $8 / 1024, ratio($6, $8, $3), $3, $4
	fflush()
	printf "%s\n\t{\"name\": \"%s\", \"turns\": %d, ", (NR > 1 ? "," : ""), $1, $4 >json
	printf "\"ours_ms\": %s, \"git_ms\": %s, \"ratio\": %.3f, \"wanted\": %s, ",
		$5, $7, $5 / $7, number($2) >json
	printf "\"ours_kib\": %d, \"git_kib\": %d, \"memory_ratio\": %.3f, \"memory_wanted\": %s}",
		$6, $8, $6 / $8, number($3) >json
}

END {
	exit !whole
}
