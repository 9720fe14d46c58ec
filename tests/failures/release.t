#!/usr/bin/perl
# Each system call fails once in the release binary. It is static, so that nothing can be preloaded:
# its memory is refused by the kernel, once, from some point on, and by a limit.
use strict;
use warnings;
use Calls;

my $program = $ENV{SHIPPED};

if (!-x $program) {
	print "1..0 # SKIP there is no release binary\n";
	exit;
}
Calls::run($program, undef, sub {
	my ($run) = @_;

	Calls::strike_forever($run, 'mmap', 'ENOMEM');
	Calls::strike_limits($run);
});
