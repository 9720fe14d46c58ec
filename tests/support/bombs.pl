#!/usr/bin/perl
# A pack of objects that nobody makes by accident, on standard output, for `git index-pack --stdin`;
# the last of them is told to standard error. FILEs are named in order, and before small letters.
#
#   bombs.pl deep N [FILE...]     N directories inside one another; files in the last
#   bombs.pl wide N [FILE...]     one directory of N files, and those
#   bombs.pl square N [FILE...]   N directories of N files each, no two alike; those in the root
#   bombs.pl bomb N [FILE...]     ten times the same directory in each, N levels; those in the last
#   bombs.pl tags N ID            N tags of tags, the first one of that commit
#   bombs.pl octopus N FILE...    a commit with those files and N parents, each a root
use strict;
use warnings;

use Compress::Zlib;
use Digest::SHA qw(sha1 sha1_hex);

my %number = (commit => 1, tree => 2, blob => 3, tag => 4);
my ($count, $entries, $last) = (0, '', '');

# The id of an object, by its bytes.
sub object {
	my ($type, $content) = @_;
	my $size = length $content;
	my $head = $number{$type} << 4 | $size & 15;

	for ($size >>= 4; $size; $size >>= 7) {
		$entries .= chr($head | 128);
		$head = $size & 127;
	}
	$entries .= chr($head) . compress($content, 1);
	$count++;
	$last = sha1_hex("$type " . length($content) . "\0$content");
	return pack 'H*', $last;
}

sub tree {
	return object(tree => join '', @_);
}

sub commit {
	my ($tree, @parents) = @_;
	my $who = 'Tester <tester@example.org> 1700000000 +0000';

	return object(commit => join "\n", 'tree ' . unpack('H*', $tree),
		(map { 'parent ' . unpack 'H*', $_ } @parents), "author $who", "committer $who", '', 'x');
}

my ($kind, $n, @files) = @ARGV;
my $blob = object(blob => "FROM alpine:3.20\n");
my @entries = $kind eq 'tags' ? () : map { "100644 $_\0$blob" } @files;

if ($kind eq 'deep') {
	my $tree = tree(@entries);
	$tree = tree("40000 a\0$tree") for 1 .. $n;
	commit($tree);
} elsif ($kind eq 'wide') {
	commit(tree(@entries, map { sprintf "100644 f%07d\0%s", $_, $blob } 1 .. $n));
} elsif ($kind eq 'square') {
	my @trees = map { my $i = $_; tree(map { sprintf "100644 f%d-%07d\0%s", $i, $_, $blob } 1 .. $n) } 1 .. $n;
	commit(tree(@entries, map { sprintf "40000 d%07d\0%s", $_, $trees[$_ - 1] } 1 .. $n));
} elsif ($kind eq 'bomb') {
	my $tree = tree(@entries);
	$tree = tree(map { "40000 $_\0$tree" } 0 .. 9) for 1 .. $n;
	commit($tree);
} elsif ($kind eq 'tags') {
	my ($id, $type) = ($files[0], 'commit');
	for (1 .. $n) {
		object(tag => "object $id\ntype $type\ntag t$_\ntagger Tester <tester\@example.org> 1 +0000\n\nx");
		($id, $type) = ($last, 'tag');
	}
} else {
	my @parents = map { commit(tree(sprintf "100644 f%07d\0%s", $_, $blob)) } 1 .. $n;
	commit(tree(@entries), @parents);
}
my $pack = 'PACK' . pack('NN', 2, $count) . $entries;
binmode STDOUT;
print $pack, sha1($pack) or die;
print STDERR "$last\n";
