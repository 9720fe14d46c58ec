#!/usr/bin/env perl
# Read a JSON report strictly: it is what policies/report-schema.json says, and has no other key.
# Print a line for each finding:
#     STATUS RULE PATH[:LINE[:COLUMN-COLUMN]] [SUGGESTION of a stage]
# With --commits a line ends in the first digits of its commit, its ref, and what repairs it.
# With --get KEY.KEY... print that one value.
use strict;
use warnings;
use B;
use FindBin;
use JSON::PP;

sub read_json {
	my ($path) = @_;
	open(my $file, '<:raw', $path) or die "$path: $!\n";
	my $bytes = do { local $/; <$file> };

	die "$path: no newline at the end\n" unless defined $bytes && $bytes =~ /\n\z/;
	return JSON::PP->new->utf8->decode($bytes);
}

my $schema = read_json("$FindBin::Bin/../../policies/report-schema.json");

sub type_of {
	my ($value) = @_;

	return 'null' unless defined $value;
	return { HASH => 'object', ARRAY => 'array' }->{ ref $value } // 'boolean' if ref $value;
	return B::svref_2object(\$value)->FLAGS & B::SVf_POK ? 'string' : 'integer';
}

# Each keyword that the schema uses; any other is an error here.
my %keywords = (
	type => sub { grep { $_ eq type_of($_[1]) } ref $_[0] ? @{ $_[0] } : $_[0] },
	const => sub { defined $_[1] && $_[0] eq $_[1] },
	enum => sub { my $value = $_[1]; defined $value && grep { $_ eq $value } @{ $_[0] } },
	pattern => sub { !defined $_[1] || $_[1] =~ /$_[0]/s },
	minimum => sub { !defined $_[1] || $_[1] >= $_[0] },
	required => sub { my $value = $_[1]; !grep { !exists $value->{$_} } @{ $_[0] } },
	items => sub { fits($_[0], $_[1][$_], "$_[2]\[$_]") for 0 .. $#{ $_[1] }; 1 },
	properties => sub {
		my ($known, $value, $where) = @_;

		fits($known->{$_} // die("$where has an unknown '$_'\n"), $value->{$_}, "$where.$_")
			for sort keys %$value;
		return 1;
	},
	'$ref' => sub {
		my ($name) = $_[0] =~ m{^#/\$defs/(.*)} or die "cannot follow '$_[0]'\n";
		fits($schema->{'$defs'}{$name}, $_[1], $_[2]);
	},
	map { $_ => sub { 1 } } qw($schema $defs title description),
);

sub fits {
	my ($wanted, $value, $where) = @_;

	for (sort { ($b eq 'type') <=> ($a eq 'type') } sort keys %$wanted) {
		my $check = $keywords{$_} // die "the schema has an unknown keyword '$_'\n";
		my $shown = type_of($value) eq 'null' ? 'null' : $value;

		$check->($wanted->{$_}, $value, $where) or die "$where has a wrong $_: $shown\n";
	}
	return 1;
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
my $data = read_json($ARGV[0]);
binmode STDOUT, ':utf8';
if ($mode eq '--get') {
	my $value = $data;
	$value = ref $value eq 'ARRAY' ? $value->[$_] : $value->{$_} for split /\./, $key;
	$value = scalar @$value if ref $value eq 'ARRAY';
	print defined $value ? $value : 'null', "\n";
	exit;
}
fits($schema, $data, 'report');
my $count = grep { $_->{status} eq 'new' && $_->{level} eq 'error' } @{ $data->{findings} };
die "summary counts other errors than the findings\n" if $count != $data->{summary}{errors};
print map { show($_, $mode eq '--commits') } @{ $data->{findings} };
