#!/usr/bin/env perl
# Read a JSON report strictly: every key that has to be there and no other, and every value of its
# type. Print a line for each finding:
#     STATUS RULE PATH[:LINE[:COLUMN-COLUMN]] [SUGGESTION of a stage]
# With --commits a line ends in the first digits of its commit, its ref, and what repairs it.
# With --get KEY.KEY... print that one value.
use strict;
use warnings;
use JSON::PP;

my $text = qr/^.*$/s;
my $maybe = sub { my $of = shift; sub { !defined $_[0] || $of->($_[0]) } };
my $string = sub { defined $_[0] && !ref $_[0] && $_[0] =~ $text };
my $number = sub { defined $_[0] && !ref $_[0] && $_[0] =~ /^\d+$/ };
my $line = sub { $number->(@_) && $_[0] > 0 };
my $one_of = sub { my %ok = map { $_ => 1 } @_; sub { defined $_[0] && $ok{ $_[0] } } };
my $hex = sub { my $of = shift; sub { defined $_[0] && $_[0] =~ /^(?:[0-9a-f]{2})+$/ && (!$of || length $_[0] == $of) } };

my %finding = (
	rule => $string, level => $one_of->(qw(error warning notice)),
	status => $one_of->(qw(new inherited waived)),
	commit => $maybe->($hex->(40)), ref => $maybe->($string), repaired_by => $maybe->($hex->(40)),
	path => $string, path_bytes => $maybe->($hex->(0)),
	start_line => $maybe->($line), end_line => $maybe->($line),
	start_column => $maybe->($line), end_column => $maybe->($line),
	title => $string, message => $string, help => $maybe->($string), subject => $maybe->($string),
	dockerfile => $maybe->($string), stage => $maybe->($string), suggestion => $maybe->($string),
	fingerprint => $hex->(64),
);
my %summary = map { $_ => $number }
	qw(commits dockerfiles builds errors warnings notices inherited waived);
my %report = (
	version => sub { $_[0] eq '1' }, tool => \&is_tool,
	source => $one_of->(qw(worktree staged rev range push ci)), policy => $string,
	verdict => $one_of->(qw(pass fail unknown)),
	summary => sub { fits('summary', $_[0], \%summary) },
	findings => sub { list('finding', $_[0], \%finding) },
	unchecked => sub {
		list('unchecked', $_[0], { path => $string, line => $maybe->($line), reason => $string });
	},
);

sub fits {
	my ($what, $have, $keys) = @_;

	die "$what is no object\n" unless ref $have eq 'HASH';
	for (sort keys %$keys) {
		die "$what has no '$_'\n" unless exists $have->{$_};
		my $shown = defined $have->{$_} ? $have->{$_} : 'null';
		die "$what has a wrong '$_': $shown\n" unless $keys->{$_}->($have->{$_});
	}
	for (sort keys %$have) {
		die "$what has an unknown '$_'\n" unless $keys->{$_};
	}
	return 1;
}

sub list {
	my ($what, $have, $keys) = @_;

	die "$what: no list\n" unless ref $have eq 'ARRAY';
	fits($what, $_, $keys) for @$have;
	return 1;
}

sub is_tool {
	return fits('tool', $_[0], { name => sub { $_[0] eq 'onedockerfile' }, version => $string });
}

sub show {
	my ($finding, $commits) = @_;
	my $place = $finding->{path};

	$place .= ":$finding->{start_line}" if defined $finding->{start_line};
	$place .= ":$finding->{start_column}-$finding->{end_column}" if defined $finding->{start_column};
	my @words = ($finding->{status}, $finding->{rule}, $place);
	push @words, $finding->{suggestion} // '-' if $finding->{rule} eq 'unknown-stage' && !$commits;
	if ($commits) {
		push @words, map { defined $_ ? $_ =~ /^[0-9a-f]{40}$/ ? substr($_, 0, 10) : $_ : '-' }
			@{$finding}{qw(commit ref repaired_by)};
	}
	return join(' ', @words) . "\n";
}

my ($mode, $key) = ('', '');
if (@ARGV > 1 && $ARGV[0] =~ /^--/) {
	$mode = shift;
	$key = shift if $mode eq '--get';
}
open(my $file, '<:raw', $ARGV[0]) or die "$ARGV[0]: $!\n";
my $bytes = do { local $/; <$file> };
die "no newline at the end\n" unless defined $bytes && $bytes =~ /\n\z/;
my $data = JSON::PP->new->utf8->decode($bytes);
binmode STDOUT, ':utf8';
if ($mode eq '--get') {
	my $value = $data;
	$value = ref $value eq 'ARRAY' ? $value->[$_] : $value->{$_} for split /\./, $key;
	$value = scalar @$value if ref $value eq 'ARRAY';
	print defined $value ? $value : 'null', "\n";
	exit;
}
fits('report', $data, \%report);
my $count = grep { $_->{status} eq 'new' && $_->{level} eq 'error' } @{ $data->{findings} };
die "summary counts other errors than the findings\n" if $count != $data->{summary}{errors};
print map { show($_, $mode eq '--commits') } @{ $data->{findings} };
