#!/usr/bin/perl
# Write what a fuzzer begins with: seeds.pl TARGET DIRECTORY. The seeds are the inputs of
# tests/vectors and the policies of the rules' pages, so that they are kept once.
use strict;
use warnings;
use Encode;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP;
use MIME::Base64;

my ($target, $directory) = @ARGV;
my $count = 0;

sub slurp {
	local (@ARGV, $/) = @_;
	return scalar <>;
}

sub vectors {
	return @{JSON::PP->new->utf8->decode(slurp("tests/vectors/$_[0].json"))};
}

sub texts {
	return map { defined $_->{base64} ? decode_base64($_->{base64}) : encode_utf8($_->{text}) }
		vectors('dockerfile');
}

sub files {
	return map { $_->{files} } vectors('compose');
}

# The parts that fuzz_compose.c takes for files, in its order.
sub project {
	my ($files) = @_;
	my @parts = ('', '', '', '');

	for my $path (sort keys %$files) {
		my $part = $path =~ /override/ ? 1 : $path eq '.env' ? 2 : $path =~ m{/|^a\.} ? 3 : 0;
		$parts[$part] = encode_utf8($files->{$path});
	}
	return join("\0", @parts);
}

# The first byte is that of the settings in fuzz_words.c.
sub words {
	my %seen;
	my @lines = grep { /[\$'"\\`]/ && !$seen{$_}++ } map { split /\n/ } texts();

	return map { my $line = $_; map { chr($_) . $line } 0, 1 } @lines;
}

# The forms that git itself writes an index in, of one repository after the other.
sub indexes {
	my $place = tempdir(CLEANUP => 1);
	my $git = "cd $place && export GIT_INDEX_FILE=index && git";
	my @seeds;

	system("git init -q $place && mkdir -p $place/sub/a && cd $place && touch f sub/f sub/fa sub/a/f");
	for my $change ('add f', 'add -A', 'write-tree >tree', 'update-index --skip-worktree sub/f',
		'rm -q --cached sub/fa', 'add -N sub/fa', 'write-tree >tree',
		"update-index --index-info <conflict") {
		open(my $file, '>', "$place/conflict") or die "$place: $!\n";
		print $file map { sprintf("100644 %040d %d\tconflict/f\n", 7, $_) } 1 .. 3;
		close($file);
		system("$git $change");
		for my $version (2, 4) {
			system("$git update-index --index-version $version");
			push @seeds, slurp("$place/index");
		}
	}
	return @seeds;
}

# What is in loose objects of each type, to be compressed, and cut or not, as fuzz_loose.c says.
sub objects {
	my @objects = ("blob 6\0FROM a", "blob 0\0", "blob 5\0FROM a", "tag 4\0abcd",
		"tree 33\000100644 a\0" . 'x' x 20, "commit 46\0tree " . 'a' x 40 . "\n");

	return map { my $object = $_; map { $_ . $object } "\6\0", "\1\0", "\6\3", "\6\x84" } @objects;
}

# What GitHub says of an event, as fuzz_event.c asks for it.
sub events {
	my $id = '0123456789' x 4;
	my @bodies = map { qq({"title": "\\u0041\\ud83d", "n": [-1.5e3, true, null], $_}) } '"after": "x"',
		qq("before": "$id"), qq("before": "$id", "after": "000"),
		qq("pull_request": {"base": {"sha": "$id"}}), qq("merge_group": {"base_sha": "-$id"});

	return (@bodies, map { substr($_, 0, -2) } @bodies);
}

# Records as fuzz_pack.c makes a pack of them, and packs that git itself made.
sub packs {
	my $record = sub { pack('C C n/a', $_[0], 0, $_[1]) };
	my $base = join('', map { "line $_\n" } 1 .. 40);
	# Both sizes, then copies from the base and words of its own.
	my $delta = "\xb7\x02\x9c\x01" . "\x90\x40" . "\x05hello" . "\xb3\x10\x00\x57\x00";
	my $place = tempdir(CLEANUP => 1);
	my @seeds = map { "\0" . $_ } (
		$record->(3, $base) . $record->(6, $delta) . $record->(1, 'tree') . $record->(4, ''),
		$record->(2, $base) . $record->(7, $delta) . $record->(6 | 8, $delta),
		$record->(7, $delta) . $record->(7 | 8, $delta),
	);

	system("cd $place && git init -q && seq 99 >a && sed s/7/8/ a >b && git add .");
	for my $options ('--delta-base-offset', '', '--index-version=1', '--index-version=2,0x20') {
		my $name = `cd $place && git ls-files -s | cut -c8-47 | git pack-objects -q $options p`;

		chomp $name;
		push @seeds, "\1" . pack('n/a', slurp("$place/p-$name.pack")) . slurp("$place/p-$name.idx");
	}
	return @seeds;
}

my %SEEDS = (
	compose => sub { map { project($_) } files() },
	dockerfile => \&texts,
	event => \&events,
	index => \&indexes,
	loose => \&objects,
	pack => \&packs,
	policy => sub {
		my @pages = map { slurp($_) } glob 'policies/rules/*.md';

		return ((map { slurp($_) } glob 'policies/*.yaml'),
			map { /^```yaml \.onedockerfile\.yaml\n(.*?)^```/gms } @pages);
	},
	words => \&words,
	yaml => sub { map { encode_utf8($_) } map { values %$_ } files() },
);

make_path($directory);
for my $seed ($SEEDS{$target} ? $SEEDS{$target}->() : ()) {
	open(my $file, '>', sprintf('%s/%03d', $directory, $count++)) or die "$directory: $!\n";
	print $file $seed;
	close($file) or die "$directory: $!\n";
}
