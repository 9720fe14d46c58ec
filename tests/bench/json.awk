# Results of bench.sh, in the form that report.awk reads, as JSON.

function number(wanted)
{
	return wanted == "-" ? "null" : wanted
}

BEGIN {
	printf "{\"binary\": \"%s\", \"jobs\": [", binary
}

{
	printf "%s\n\t{\"name\": \"%s\", \"turns\": %d, ", (NR > 1 ? "," : ""), $1, $4
	printf "\"ours_ms\": %s, \"git_ms\": %s, \"ratio\": %.3f, \"wanted\": %s, ",
		$5, $7, $5 / $7, number($2)
	printf "\"ours_kib\": %d, \"git_kib\": %d, \"memory_ratio\": %.3f, \"memory_wanted\": %s}",
		$6, $8, $6 / $8, number($3)
}

END {
	print "\n]}"
}
