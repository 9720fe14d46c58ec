package Tally;

# prove's own harness, which says at the end in one line how many tests passed and failed. A
# program that broke off, or failed without a failed test, counts as one that failed.
use strict;
use warnings;
use parent 'TAP::Harness';

sub summary {
	my ($self, $aggregate) = @_;
	my ($passed, $failed) = (0, 0);

	$self->SUPER::summary($aggregate);
	for my $parser ($aggregate->parsers) {
		my $bad = $parser->failed;
		my $broken = $parser->parse_errors || $parser->exit || $parser->wait;

		$passed += $parser->passed;
		$failed += $bad || ($broken ? 1 : 0);
	}
	print "$passed passed, $failed failed\n";
}

1;
