#!/usr/bin/perl
# A commit that changes nothing its parent's verdict rests on is not judged again. What a range
# finds has to be, commit by commit, what each tree alone against its parent gives.
# SEED=N for other histories, COMMITS=N for longer ones.
use strict;
use warnings;

use File::Temp 'tempdir';
use JSON::PP;
use Test::More;

my $seed = $ENV{SEED} // 4;
my $commits = $ENV{COMMITS} // 150;
my $program = $ENV{ONEDOCKERFILE} or die "ONEDOCKERFILE names the program\n";
srand $seed;

sub one_of { $_[ rand @_ ] }

my $stages = sub { join '', map { "FROM " . one_of('scratch', 'base') . " AS $_\n" } @_ };
my $service = sub { "services:\n  api:\n    build: " . one_of(@_) . "\n" };

# Each path with what it may become next; undef: it goes away.
my %files = (
	'api/Dockerfile' => sub { $stages->('base', one_of('prod', 'dev')) },
	'api/Dockerfile.dev' => sub { one_of(undef, $stages->('base')) },
	'Dockerfile' => sub { one_of(undef, "FROM a\nCOPY --from=bas . .\n", $stages->('base', 'x')) },
	'compose.yaml' => sub {
		one_of(
			undef,
			$service->('{context: api, target: $TARGET}', '{context: links/api}', 'ctx', 'api'),
			"include: [parts/one.txt]\n",
			"services:\n  api:\n    extends: {file: parts/two.txt, service: api}\n",
		)
	},
	'parts/one.txt' => sub { one_of(undef, $service->('{context: ../api, target: base}', '../ctx')) },
	'parts/two.txt' => sub { one_of(undef, $service->('{context: ../api, target: dev}', '../ctx')) },
	'.env' => sub { one_of(undef, "TARGET=base\n", "TARGET=dev\n", "OTHER=1\n") },
	'parts/.env' => sub { one_of(undef, "TARGET=base\n") },
	'.gitattributes' => sub { one_of(undef, "api/Dockerfile ident\n", "*.js text\n") },
	'api/.gitattributes' => sub { one_of(undef, "* working-tree-encoding=UTF-16\n", "* text\n") },
	'ctx/Dockerfile' => sub { one_of(undef, $stages->('base')) },
	'ctx/main.js' => sub { one_of(undef, rand) },
	'links' => sub { one_of(undef, '->.', '->ctx', '->away') },
	'away/api/Dockerfile' => sub { one_of(undef, $stages->('base')) },
	map { my $n = $_; ("src/$n/file.js" => sub { rand }) } 1 .. 6,
);
my @paths = sort keys %files;

sub change {
	my ($path) = @_;
	my $text = $files{$path}->();
	return "D $path\n" unless defined $text;
	my $mode = $text =~ s/^->// ? '120000' : '100644';
	return "M $mode inline $path\ndata " . length($text) . "\n$text\n";
}

my $repository = tempdir(CLEANUP => 1);
system('git', 'init', '-q', '--bare', '-b', 'main', $repository) == 0 or die;
open my $import, '|-', 'git', '-C', $repository, 'fast-import', '--quiet' or die;
for my $n (0 .. $commits) {
	my @changed = $n ? map { one_of(@paths) } 1 .. 1 + rand 3 : @paths;
	print $import "commit refs/heads/main\ncommitter T <t\@example.org> $n +0000\ndata 0\n",
		map { change($_) } @changed;
}
close $import or die;
chomp(my ($root, @ids) = qx(git -C $repository rev-list --reverse main));

# What counts of a report's findings; the rest (who repairs it, which ref) is the range's own.
sub findings {
	my ($id, @arguments) = @_;
	my $json = qx($program check -C $repository --format json @arguments);
	die "status $?" if ($? >> 8) > 1;
	return map { delete @$_{qw(commit ref repaired_by)}; JSON::PP->new->canonical->encode($_) }
		grep { !defined $id || ($_->{commit} // '') eq $id } @{ decode_json($json)->{findings} };
}

my $range = qx($program check -C $repository --format json --range $root..main);
my %found;
push @{ $found{ $_->{commit} } }, $_ for @{ decode_json($range)->{findings} };
my ($total, $parent) = (0, $root);
for my $id (@ids) {
	my @expected = findings(undef, "--rev $id --base $parent");
	my @got = map { delete @$_{qw(commit ref repaired_by)}; JSON::PP->new->canonical->encode($_) }
		@{ $found{$id} // [] };
	$total += @expected;
	$parent = $id;
	next if "@got" eq "@expected";
	is_deeply(\@got, \@expected, "commit $id (SEED=$seed)");
}
cmp_ok($total, '>', $commits / 12, "$total findings of $commits commits are the same one by one");
done_testing;
