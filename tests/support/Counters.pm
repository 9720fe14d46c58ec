package Counters;

# What runs of a program that counts its branches (gcc --coverage) have reached, where those runs are
# disturbed: each one counts for itself, and only what it has written whole is added, with gcov-tool,
# to what this test has reached before. COUNTERS is a directory; without it nothing counts.
use strict;
use warnings;
use File::Path qw(make_path remove_tree);

my $all = $ENV{COUNTERS} && "$ENV{COUNTERS}/$$";

# For a run whose files are below a directory.
sub environment {
	my ($base) = @_;

	return $all ? (GCOV_PREFIX => "$base/counters") : ();
}

sub gather {
	my ($base) = @_;
	my $new = "$base/counters";

	return if !$all || !-d $new;
	if (!-d $all) {
		make_path($ENV{COUNTERS});
		system('cp', '-a', $new, $all) == 0 or die "cp: $?";
	} elsif (!system("gcov-tool merge '$all' '$new' -o '$all.both' >'$base/gcov-tool' 2>&1")) {
		remove_tree($all);
		rename "$all.both", $all or die "$all: $!";
	}
	remove_tree($new, "$all.both");
}

1;
