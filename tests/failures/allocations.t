#!/usr/bin/perl
# Each allocation fails: by itself, and with all that follow. From one place in the program, the
# calls that lead to it included, the first and the last one are taken.
use strict;
use warnings;
use Injection;
use Runs;

my $preload = "$ENV{FAILURES}/preload.so";

# Where a library crashes that is not ours to mend. libgit2 starts OpenSSL, which takes its memory
# by itself; the program loader and the C library's start come before main.
my $foreign = qr{^(?!.*libasan)\S*/(?:libcrypto|libssl|libssh2|libmbed|libgssapi|libkrb5|ld-linux)[^/]*\.so}m;

sub places {
	my ($run) = @_;
	my $log = "$run->{base}/allocations";
	my (%first, %last);

	unlink $log;
	$run->fault($run->go(env => { LD_PRELOAD => $preload, FAIL_LOG => $log }));
	for (split /\n/, Runs::slurp($log)) {
		my ($number, $place) = split;

		$first{$place} //= $number;
		$last{$place} = $number;
	}
	my %all = map { $_ => 1 } values %first, values %last;
	return sort { $a <=> $b } keys %all;
}

# The libraries in which it crashed, of the innermost first.
sub crashed_elsewhere {
	my ($got) = @_;
	my @frames = grep { !m{libc\.so|preload\.so} } $got->{err} =~ m{^(/\S+?)\(}mg;

	return $got->{status} eq '127' && $got->{err} =~ /error while loading|cannot allocate/
		|| $got->{status} =~ /^signal/ && @frames && "$frames[0]" =~ $foreign;
}

$| = 1;
for my $run (Runs->all($ENV{ONEDOCKERFILE}, $ENV{RUNS} ? qr/$ENV{RUNS}/ : undef)) {
	my @places = Injection::some(16, places($run));

	for my $mode ({}, { FAIL_ALL => 1 }) {
		my $name = %$mode ? 'each allocation and all later ones' : 'each allocation once';

		Injection::strike("$run->{name}, $name", \@places, sub {
			my $log = "$run->{base}/refused";

			unlink $log;
			my $got = $run->go(env => { LD_PRELOAD => $preload, FAIL_LOG => $log,
				FAIL_AT => $_[0], %$mode });
			return (-e $log, $run->fault($got, other => \&crashed_elsewhere));
		});
	}
}
Injection::done();
