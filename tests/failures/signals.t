#!/usr/bin/perl
# A signal at any moment: the program ends by it, or as if there had been none. Files are as before
# or as they were to be, none is left beside them, and no process goes on.
use strict;
use warnings;
use Calls;
use Injection;
use Runs;
use Time::HiRes qw(sleep time);

my %numbers = (TERM => 15, HUP => 1, INT => 2, XCPU => 24);
my $steps = $ENV{QUICK} ? 4 : 40;

sub try_signal {
	my ($run, $signal, $moment) = @_;
	my $got = $run->go(meanwhile => sub {
		sleep $moment;
		kill $signal, $_[0];
	});

	return (1, $run->fault($got, other => sub { $_[0]{status} eq "signal $numbers{$signal}" }));
}

# While files change, at each of the calls that change them.
sub strike_calls {
	my ($run) = @_;
	my $calls = 'openat,write,fchmod,fsync,close,link,rename,renameat,renameat2,unlink,mkdir';
	my $log = Calls::trace($run, $calls)->{calls};
	my @places = map { my $name = $_; map { "$name $_" } 1 .. Calls::most($log, $name) } split /,/, $calls;

	$run->reset;
	Injection::strike("$run->{name}, SIGTERM at a call", [Injection::some(16, @places)], sub {
		my ($name, $n) = split / /, $_[0];
		my $got = Calls::trace($run, $calls, '-e', "inject=$name:signal=TERM:when=$n");

		return ($got->{calls} =~ /--- SIGTERM/,
			$run->fault($got, other => sub { $_[0]{status} eq "signal $numbers{TERM}" }));
	});
}

# How long it takes, from the fork on.
sub duration {
	my ($run) = @_;
	my $start = time;

	$run->fault($run->go);
	return time - $start;
}

$| = 1;
for my $run (Runs->all($ENV{ONEDOCKERFILE}, $ENV{RUNS} ? qr/$ENV{RUNS}/ : undef)) {
	my $long = duration($run);

	for my $signal (sort keys %numbers) {
		Injection::strike("$run->{name}, SIG$signal", [map { $_ * $long / $steps } 0 .. $steps - 1],
			sub { try_signal($run, $signal, $_[0]) });
	}
	strike_calls($run) if $run->{before} ne $run->{after};
	Injection::strike("$run->{name}, calls interrupted all the time", [1 .. $steps / 4 + 1], sub {
		my $got = $run->go(env => { LD_PRELOAD => "$ENV{FAILURES}/preload.so", STORM => 1 });

		return (1, $run->fault($got));
	});
}
Injection::done();
