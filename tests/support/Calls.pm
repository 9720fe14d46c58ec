package Calls;

# Each system call of a program's runs fails in turn, with what the kernel could say of it.
use strict;
use warnings;
use Injection;
use Runs;

my %errors = (
	'openat,open' => [qw(EIO EACCES EMFILE)],
	'read,pread64' => [qw(EIO EINTR)],
	'mmap' => [qw(ENOMEM)],
	'fstat,newfstatat,stat,lstat,statx' => [qw(EIO EACCES)],
	'access,faccessat,faccessat2,readlink,readlinkat,getcwd' => [qw(EIO EACCES)],
	'getdents64' => [qw(EIO)],
	'write,pwrite64,writev' => [qw(EIO ENOSPC EPIPE EINTR)],
	'close' => [qw(EIO)],
	'clone,clone3,fork,vfork' => [qw(EAGAIN ENOMEM)],
	'pipe2,pipe,dup2,dup3' => [qw(EMFILE)],
	'rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,fsync,fchmod,chmod,link,ftruncate' =>
		[qw(EIO ENOSPC EACCES)],
	'wait4,poll,ppoll' => [qw(EINTR)],
	'chdir,fchdir,execve' => [qw(EIO)],
);

sub trace {
	my ($run, $calls, @inject) = @_;
	my $log = "$run->{base}/trace";
	# With a filter in the kernel it is faster, and sends no signals.
	my @filter = grep({ /:signal=/ } @inject) ? () : '--seccomp-bpf';
	my $got;

	unlink $log;
	$got = $run->go(words => ['strace', '-f', '-y', @filter, '-qq', '-o', $log, '-e', "trace=$calls",
		@inject]);
	$got->{calls} = Runs::slurp($log);
	return $got;
}

# The most calls of the name in one thread: each of them counts its own. Counters are written last,
# and not for our own sake.
sub most {
	my ($log, $name) = @_;
	my (%count, $most);

	$count{$1}++ while $log =~ m{^(\d+) +$name\((?!.*/counters/)}mg;
	($most) = sort { $b <=> $a } values %count, 0;
	return $most;
}

# Before main the program loader has words and a status of its own, or it crashes.
sub is_loader {
	my ($got, $run, @strace) = @_;
	my @frames;

	return $got->{err} =~ /error while loading shared libraries|cannot allocate TLS/
		if $got->{status} eq '127';
	return 0 if $got->{status} !~ /^signal/;
	@frames = trace($run, @strace, '-k')->{calls} =~ /--- SIGSEGV.*\n((?: > .*\n)+)/ ? split /\n/, $1 : ();
	return @frames && !grep { !m{/ld-linux} } @frames;
}

# libgit2 asks with access(2) whether the user has settings and excludes, and takes every error for a no,
# much as Git does. Of all patterns these count least: without them more is judged, never less.
sub is_lenient {
	my ($call) = @_;

	return $call =~ m{access\("[^"]*/home/(?:excludes|\.gitconfig)"};
}

sub strike_run {
	my ($run, $calls, $may) = @_;
	my $log = trace($run, $calls)->{calls};
	my @places;

	$run->reset;
	for my $name (split /,/, $calls) {
		my $most = most($log, $name) or next;
		# The first one that strace sees is its own.
		my $first = $name eq "execve" ? 2 : 1;

		push @places, map { my $error = $_; map { "$name $error $_" } $first .. $most } @{ $errors{$calls} };
	}
	return if !@places;
	Injection::strike("$run->{name}, $calls", [Injection::some(6, @places)], sub {
		my ($name, $error, $n) = split / /, $_[0];
		my @strace = ($calls, '-e', "inject=$name:error=$error:when=$n");
		my $got = trace($run, @strace);
		my $silent = $name =~ /write/ && $got->{calls} =~ /write\(2<.*INJECTED/;

		my ($struck) = $got->{calls} =~ /^(.*INJECTED.*)$/m;

		$run->reset if $struck && is_lenient($struck);
		return ($struck && !is_lenient($struck),
			$run->fault($got, silent => $silent, other => $may && sub { $may->($_[0], $run, @strace) }));
	});
}

# The n-th call fails, and every later one.
sub strike_forever {
	my ($run, $name, $error) = @_;
	my $most = most(trace($run, $name)->{calls}, $name);

	$run->reset;
	Injection::strike("$run->{name}, $name for good", [Injection::some(6, 1 .. $most)], sub {
		my $got = trace($run, $name, '-e', "inject=$name:error=$error:when=$_[0]+");

		return ($got->{calls} =~ /INJECTED/, $run->fault($got));
	});
}

# A limit on memory in steps, from where the C library comes as far as main.
sub strike_limits {
	my ($run) = @_;
	my @limits = map { (256 + 32 * $_) << 10 } 0 .. 63;

	Injection::strike("$run->{name}, little memory", [Injection::some(6, @limits)], sub {
		my $got = $run->go(words => ['prlimit', "--data=$_[0]"]);

		return ($got->{status} ne $run->{answer}{status} || $got->{out} ne $run->{answer}{out},
			$run->fault($got));
	});
}

# For each run, each kind of call, and what more there is to do with a run.
sub run {
	my ($program, $may, $more) = @_;

	$| = 1;
	for my $run (Runs->all($program, $ENV{RUNS} ? qr/$ENV{RUNS}/ : undef)) {
		for my $calls (sort keys %errors) {
			next if $ENV{CALLS} && $calls !~ $ENV{CALLS};
			strike_run($run, $calls, $may);
		}
		$more->($run) if $more;
	}
	Injection::done();
}

1;
