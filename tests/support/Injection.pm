package Injection;

# One test for each run of Runs.pm and each kind of failure: every place where it can strike is
# struck once. With QUICK=1 only some of the places are, in even steps over all of them, with QUICK=8
# eight times as many.
use strict;
use warnings;

my $number = 0;
my $struck = 0;

sub say_test {
	my ($good, $name, @notes) = @_;

	$number++;
	$name =~ tr/#/?/;
	print $good ? '' : 'not ', "ok $number - $name\n";
	print map { "# $_\n" } map { split /\n/ } @notes;
}

# At most so many of the places, the first and the last among them.
sub some {
	my ($most, @places) = @_;

	$most *= $ENV{QUICK} || 0;
	return @places if !$most || @places <= $most;
	return map { $places[int($_ * $#places / ($most - 1) + 0.5)] } 0 .. $most - 1;
}

# strike($name, \@places, sub { my $place = shift; ... }): the sub gives the fault, or nothing;
# and whether the failure came about at all.
sub strike {
	my ($name, $places, $try) = @_;
	my ($hits, @faults) = 0;

	for my $place (@$places) {
		my ($hit, $fault) = $try->($place);

		$hits++ if $hit;
		push @faults, "$place: $fault" if $hit && $fault;
	}
	$struck += $hits;
	push @faults, 'no failure came about' if !$hits;
	my $shown = $ENV{ALL} ? @faults : 8;
	my @shown = @faults > $shown ? (@faults[0 .. $shown - 1], @faults - $shown . ' more') : @faults;
	say_test(!@faults, "$name: $hits failures, each told or without effect", @shown);
}

sub done {
	say_test($struck > 0, "$struck failures in all");
	print "1..$number\n";
}

1;
