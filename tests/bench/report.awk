# Results of bench.sh as lines of a table, below a head where the binary is named:
#     job | time wanted | memory wanted | turns | ms and KiB of ours | ms and KiB of Git's
# A ratio above what is wanted has a star.

function ratio(ours, git, wanted)
{
	return sprintf("%.2f%s", ours / git, wanted != "-" && ours > git * wanted ? "*" : " ")
}

BEGIN {
	if (binary)
		printf "%-41s %9s %9s %7s %4s %8s %8s %7s %4s %5s\n", binary, "ours ms", "Git's ms",
			"ratio ", "most", "ours MiB", "Git's", "ratio ", "most", "turns"
}

{
	printf "%-41s %9.1f %9.1f %7s %4s %8.1f %8.1f %7s %4s %5d\n", $1, $5, $7,
		ratio($5, $7, $2), $2, $6 / 1024, $8 / 1024, ratio($6, $8, $3), $3, $4
}
