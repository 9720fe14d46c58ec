package Runs;

# The runs of the program in which something is made to fail, each in a directory of its own, and
# what a run is held to: the bytes of the undisturbed run, or status 3 with a message; nothing left
# behind either way. Runs->all() makes them; each knows where it runs, with what, and its answer.
use strict;
use warnings;
use Counters;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Find ();
use File::Temp ();
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep);

use constant PR_SET_CHILD_SUBREAPER => 36;
use constant SYS_PRCTL => 157;
use constant PATIENCE => 30;    # seconds for a run

my $root = abs_path(__FILE__) =~ s|/tests/support/[^/]*$||r;
my $shared = 'FROM alpine:3.20 AS base\nRUN apk add curl\n';

# What every repository here begins with; $1 is its directory.
my $begin = <<'SH';
set -eu
export HOME=$PWD/home GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export GIT_AUTHOR_DATE='2026-01-02 03:04:05 +0000' GIT_COMMITTER_DATE='2026-01-02 03:04:05 +0000'
mkdir -p home scratch
printf '%s\n' '[user]' 'name = Tester' 'email = tester@example.org' '[init]' \
	'defaultBranch = main' '[core]' "excludesFile = $HOME/excludes" >home/.gitconfig
echo Dockerfile.mine >home/excludes
save() { git add -A; git commit -q -m "$1"; }
service() {
	mkdir -p "$1"
	printf 'FROM alpine:3.20 AS base\nFROM base AS dev\nFROM base AS prod\n' >"$1/Dockerfile"
}
SH

# What is judged depends on every file that a reader could be tempted to do without.
my $judged = <<'SH';
git init -q --template= repo && cd repo
mkdir .git/info
service api && service web && service forced && mkdir linked old mine hidden
printf 'services:\n  api:\n    build: {context: api, target: "${TARGET}"}\n' >compose.yml
printf 'include: [more.yml]\nservices:\n  web:\n    extends: {file: common.yml, service: web}\n' >compose.web.yml
printf 'services:\n  web:\n    build: {context: web, target: base}\n' >common.yml
printf 'services:\n  more:\n    build: {context: web, target: bas}\n' >more.yml
echo TARGET=prod >.env
printf 'rules: {unused-stage: notice}\nwaivers:\n  - {rule: extra-dockerfile, path: old/Dockerfile.dev, reason: old}\n' \
	>.onedockerfile.yaml
printf 'FROM alpine\n' | tee old/Dockerfile >old/Dockerfile.dev
echo 'old/Dockerfile working-tree-encoding=UTF-16LE' >.gitattributes
ln -s ../api/Dockerfile linked/Dockerfile
echo 'hidden/Dockerfile.dev' >.gitignore
printf 'Dockerfile.secret\nforced/Dockerfile.dev\n' >.git/info/exclude
printf 'FROM alpine\n' >forced/Dockerfile.dev && git add -f forced/Dockerfile.dev
for name in hidden/Dockerfile hidden/Dockerfile.dev mine/Dockerfile mine/Dockerfile.mine web/Dockerfile.secret; do
	printf 'FROM alpine\n' >$name
done
save begin
git tag -a -m one one
git checkout -q -b side
echo 'RUN true' >>api/Dockerfile && save side
git checkout -q main
echo 'RUN true' >>web/Dockerfile && save main
git merge -q --no-edit side
git checkout -q -b work
printf 'FROM alpine\n' >web/Dockerfile.dev && save 'a fault'
echo TARGET=prd >.env && save 'another'
git rm -q web/Dockerfile.dev && save 'one repaired'
git gc -q && git commit-graph write --reachable 2>/dev/null
git branch loose && git tag -a -m two two main
SH

# A push whose quarantine stays: the hook that saw it is to be run again.
my $pushed = <<'SH';
git init -q --template= --bare server.git
git -C server.git config receive.unpackLimit 3
git -C server.git config onedockerfile.policy policy.yaml
printf 'rules: {development-last: off}\n' >server.git/policy.yaml
git init -q --template= --bare clean.git
git -C clean.git config receive.unpackLimit 100
git init -q repo && cd repo
service api && save begin && git push -q ../server.git main 2>/dev/null
git push -q ../clean.git main 2>/dev/null
for server in server clean; do
	mkdir -p ../$server.git/hooks
	printf '%s\n' '#!/bin/sh' 'cat >../'$server'.in' "env | sed -n '/^GIT_/p' | LC_ALL=C sort >../$server.env" \
		'cp -a "$GIT_QUARANTINE_PATH" ../kept' 'exit 1' >../$server.git/hooks/pre-receive
	chmod +x ../$server.git/hooks/pre-receive
done
push() {
	! git push -q "../$1.git" $2 2>/dev/null
	mv ../kept "$(sed -n 's/^GIT_QUARANTINE_PATH=//p' ../$1.env)"
	rm -r "../$1.git/hooks"
}
git checkout -q -b fine && service web && save fine && git tag -a -m one one
push clean 'fine one'
git checkout -q -b work
printf 'FROM alpine\n' >api/Dockerfile.dev && save 'a fault'
printf 'services:\n  web:\n    build: {context: web, target: prd}\n' >compose.yml && save 'another'
git rm -q api/Dockerfile.dev && save 'one repaired'
push server 'work fine'
cd .. && rm -r repo
SH

my $merged = <<'SH';
git init -q --template= repo && cd repo
printf 'FROM alpine:3.20 AS base\nRUN apk add curl\nFROM base AS prod\nCMD ["a"]\n' >Dockerfile
printf 'FROM alpine:3.20 AS base\nRUN apk add curl\nFROM base AS dev\nCMD ["b"]\n' >Dockerfile.dev
printf 'services:\n  api:\n    build:\n      context: .\n      dockerfile: Dockerfile.dev\n' >compose.yml
save begin
SH

# Name, what makes the place, where in it to run, the words, and what else there is to it.
sub specs {
	return (
		['check', $judged, 'repo', ['check', '--all']],
		['check --rev', $judged, 'repo', ['check', '--rev', 'two', '--base', 'one', '-f', 'json']],
		['check --range', $judged, 'repo', ['check', '--range', 'two..loose', '-f', 'json']],
		['check --staged', $judged, 'repo', ['check', '--staged', '--all', '-f', 'json']],
		['hook pre-commit', $judged . "service new && rm old/Dockerfile\n"
			. "printf 'FROM alpine\\n' >new/Dockerfile.dev && git add -A\n", 'repo',
			['hook', 'pre-commit'], env => { GIT_INDEX_FILE => '.git/index' }],
		['hook pre-push', $judged . "git rev-parse work main >../push.ids\n"
			. "git update-ref refs/remotes/o/main main\n"
			. "printf 'refs/heads/work %s refs/heads/work %040d\\n' \$(git rev-parse work) 0 >../push.in\n",
			'repo', ['hook', 'pre-push', '--', 'o', 'u'], input => 'push.in'],
		['hook pre-receive, refused', $pushed, 'server.git', ['hook', 'pre-receive'],
			input => 'server.in', git => 'server.env'],
		['hook pre-receive, taken', $pushed, 'clean.git', ['hook', 'pre-receive'],
			input => 'clean.in', git => 'clean.env'],
		['hook update', $pushed, 'server.git', ['hook', 'update', '--'], git => 'server.env',
			ref => 'server.in'],
		['check, all formats', $judged, 'repo', ['check', '--rev', 'work',
			map { ('-o', "$_=../scratch/$_") } formats()], reports => 1],
		['inspect', $judged, 'repo', ['inspect', '-f', 'json']],
		['merge', $merged, 'repo', ['merge']],
		['merge --write', $merged, 'repo', ['merge', '--write']],
		['install', $merged, 'repo', ['install']],
		['uninstall', $merged . "\"\$ONEDOCKERFILE\" install >/dev/null\n", 'repo', ['uninstall']],
		['init', $judged . "rm .onedockerfile.yaml\n", 'repo', ['init']],
		['rules', $judged, 'repo', ['rules', '-f', 'json']],
	);
}

sub formats {
	my $program = $ENV{ONEDOCKERFILE};

	return map { /^  (\S+)/ ? $1 : () } (split /FORMAT is one of:\n/, `'$program' check --help`)[1]
		=~ /^(  \S.*)$/mg;
}

sub slurp {
	my ($path) = @_;

	open(my $file, '<:raw', $path) or return '';
	local $/;
	return scalar readline($file) // '';
}

# Everything below a directory: names, modes and contents, but for when.
sub state_of {
	my ($directory) = @_;
	my @lines;

	File::Find::find({ no_chdir => 1, wanted => sub {
		my $path = $_;
		my @status = lstat $path or return;
		my $content = -l _ ? readlink($path) : -f _ ? sha256_hex(slurp($path)) : '';

		push @lines, sprintf "%s %o %s", substr($path, length $directory), $status[2], $content;
	} }, map { "$directory/$_" } grep { -e "$directory/$_" } qw(repo server.git clean.git scratch home));
	return join "\n", sort @lines;
}

sub make {
	my ($class, $program, $name, $script, $where, $words, %more) = @_;
	my $place = File::Temp->newdir("failures.XXXXXX", TMPDIR => 1);
	my $base = abs_path("$place");
	my $self = bless { name => $name, place => $place, base => $base, program => $program,
		directory => "$base/trial/$where", words => [@$words], %more }, $class;

	mkdir "$base/trial";
	open(my $shell, '|-', 'sh', '-c', "cd '$base/trial' && exec sh") or die "sh: $!";
	print $shell $begin, $script;
	close $shell or die "$name: its place cannot be made\n";
	system('cp', '-a', "$base/trial", "$base/kept") == 0 or die "cp: $?";
	$self->{environment} = { PATH => $ENV{PATH}, HOME => "$base/trial/home", LC_ALL => 'C.UTF-8',
		GIT_CONFIG_NOSYSTEM => 1, TMPDIR => "$base/trial/scratch", %{ $more{env} // {} },
		map { /^([^=]+)=(.*)$/ } split /\n/, $more{git} ? slurp("$base/trial/$more{git}") : '' };
	if ($more{ref}) {
		my ($old, $new, $ref) = split ' ', slurp("$base/trial/$more{ref}");
		push @{ $self->{words} }, $ref, $old, $new;
	}
	$self->{before} = state_of("$base/trial");
	$self->{answer} = $self->go;
	$self->{after} = state_of("$base/trial");
	$self->reset;
	return $self;
}

# All of them, or those whose names match.
sub all {
	my ($class, $program, $pattern) = @_;
	my @specs = grep { $_->[0] =~ ($pattern // qr/./) } specs();

	syscall(SYS_PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	delete $ENV{$_} for grep { /^(GIT_|CI$|GITHUB_|XDG_)/ } keys %ENV;
	return map { $class->make($program, @$_) } @specs;
}

sub reset {
	my ($self) = @_;

	system('rm', '-rf', "$self->{base}/trial");
	system('cp', '-a', "$self->{base}/kept", "$self->{base}/trial") == 0 or die "cp: $?";
}

# Orphans come to us. Who cleans up may take a moment; all others are gone at once.
sub reap {
	my $end = time + 10;

	while (time < $end) {
		my $child = waitpid(-1, WNOHANG);
		return 1 if $child < 0;
		sleep 0.002 if $child == 0;
	}
	return 0;
}

# Run it: {words => what to put in front, env => ..., body => done in the child before}.
sub go {
	my ($self, %how) = @_;
	my ($out, $err) = ("$self->{base}/out", "$self->{base}/err");
	my $input = $self->{input} ? "$self->{base}/trial/$self->{input}" : '/dev/null';
	my $child = fork // die "fork: $!";

	if ($child == 0) {
		%ENV = (%{ $self->{environment} }, Counters::environment($self->{base}), %{ $how{env} // {} });
		chdir $self->{directory} or POSIX::_exit(99);
		open(STDIN, '<', $input) && open(STDOUT, '>', $out) && open(STDERR, '>', $err)
			or POSIX::_exit(99);
		setpgrp;
		$how{body}->() if $how{body};
		exec { ($how{words} // [$self->{program}])->[0] } @{ $how{words} // [] },
			$self->{program}, @{ $self->{words} } or POSIX::_exit(99);
	}
	$how{meanwhile}->($child) if $how{meanwhile};
	# Whatever hangs is killed with all that it started.
	local $SIG{ALRM} = sub { kill 'KILL', -$child };
	alarm PATIENCE;
	waitpid($child, 0);
	alarm 0;
	my $status = WIFEXITED($?) ? WEXITSTATUS($?) : 'signal ' . WTERMSIG($?);
	my $reaped = reap();
	Counters::gather($self->{base});
	return { status => $status, out => slurp($out), err => slurp($err), reaped => $reaped };
}

# What the run may not have done, or nothing. %may: whatever else is allowed here.
sub fault {
	my ($self, $got, %may) = @_;
	my $answer = $self->{answer};
	my $state = state_of("$self->{base}/trial");
	my $fault = $self->fault_of($got, $state, %may);

	$self->reset if $state ne $self->{before};
	return $fault;
}

sub fault_of {
	my ($self, $got, $state, %may) = @_;
	my $answer = $self->{answer};
	my $whole = $state eq $self->{after} || $self->{reports}
		&& $got->{status} =~ /^(3|signal .*)$/ && $self->are_reports($state);

	return 'leaves a process behind' unless $got->{reaped};
	# A file that cannot be removed stays, is named, and everything else is as it is to be.
	if ($got->{status} eq '3' && $got->{err} =~ /cannot remove '/) {
		$state =~ s/^\S+\.\w{6}(?:\.old)? .*\n?//mg;
		chomp $state;
		$whole ||= $state eq $self->{after};
	}
	return 'leaves something behind: ' . difference($self->{before}, $state)
		if !$whole && $state ne $self->{before} && !$may{leaves};
	if ($got->{status} eq '3') {
		return "says '$1' with status 3" if $got->{out} =~ /"verdict":\s*"(pass|fail)"/ && !$may{silent};
		return length $got->{err} || $may{silent} ? undef : 'says nothing with status 3';
	}
	return $may{other}->($got) ? undef : "ends with $got->{status}: $got->{err}"
		if $got->{status} ne $answer->{status} && $may{other};
	return "ends with $got->{status}: $got->{err}" if $got->{status} ne $answer->{status};
	return "says something else with status $got->{status}: " . difference($answer->{out}, $got->{out})
		if $got->{out} ne $answer->{out};
	return $whole ? undef : 'has not done it';
}

# A run that could not judge says so in its reports, and one that a signal ended has written some:
# nothing but these is there, each one whole.
sub are_reports {
	my ($self, $state) = @_;
	my $format = join '|', formats();
	my @new = grep { index("\n$self->{before}\n", "\n$_\n") < 0 } split /\n/, $state;

	return !grep { !m{^/scratch/($format) } || slurp("$self->{base}/trial/scratch/$1") =~ /[^\n]\z/ } @new;
}

sub difference {
	my ($one, $other) = @_;
	my %known = map { $_ => 1 } split /\n/, $one;
	my %new = map { $_ => 1 } split /\n/, $other;
	my @lines = ((map { "-$_" } grep { !$new{$_} } keys %known), map { "+$_" } grep { !$known{$_} } keys %new);

	return join ' | ', @lines > 4 ? (@lines[0 .. 3], '...') : @lines;
}

1;
