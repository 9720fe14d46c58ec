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

# Records as fuzz_pack.c makes a pack of them, and packs that git itself made; all of them mapped,
# and read in parts.
sub packs {
	my $record = sub { pack('C C n/a', $_[0], 0, $_[1]) };
	my $base = join('', map { "line $_\n" } 1 .. 40);
	# Both sizes, then copies from the base and words of its own.
	my $delta = "\xb7\x02\x9c\x01" . "\x90\x40" . "\x05hello" . "\xb3\x10\x00\x57\x00";
	my $place = tempdir(CLEANUP => 1);
	my @seeds = map { ("\0" . $_, "\2" . $_) } (
		$record->(3, $base) . $record->(6, $delta) . $record->(1, 'tree') . $record->(4, ''),
		$record->(2, $base) . $record->(7, $delta) . $record->(6 | 8, $delta),
		$record->(7, $delta) . $record->(7 | 8, $delta),
	);

	system("cd $place && git init -q && seq 99 >a && sed s/7/8/ a >b && git add .");
	for my $options ('--delta-base-offset', '', '--index-version=1', '--index-version=2,0x20') {
		my $name = `cd $place && git ls-files -s | cut -c8-47 | git pack-objects -q $options p`;

		chomp $name;
		my $files = pack('n/a', slurp("$place/p-$name.pack")) . slurp("$place/p-$name.idx");
		push @seeds, "\1$files", "\3$files";
	}
	return @seeds;
}

# Parts that a target cuts at the NUL bytes.
sub parts {
	return map { join("\0", @$_) } @_;
}

# What would like to be a command, a line, markup or another order of characters.
my @HOSTILE = ('::error::x', ' ::add-mask::y', "\xe3\x80\x80::warning::z", '##[add-mask]a', '###[x]',
	'##vso[task.complete]', '##TeamCity[x]', ':', '::', '#', "a\nb", "a\r::x", "\e[2J", "\xc2\x9b",
	"\x7f", "\xe2\x80\xae", "\xef\xbb\xbf", "\xef\xbf\xbe", "\xf0\x9f\x98\x80", "\xff", "\xc3",
	"\xed\xa0\x80", "\xf4\x90\x80\x80", '<b>&amp;"\'', ']]>', '-->', '%0A%25', 'a,b;c=d]', '`a``b`', '|', '\\', '@all',
	'[a](b)', 'https://example.org', 'a' x 100, "\xcc\x81" x 80, join(' ', ('ab:: ') x 30), '$(x)', ' ');

# Findings of tests/support/told.c: a note, then path, message, help and line of each.
sub reports {
	my @findings = map { [$HOSTILE[$_], $HOSTILE[-$_], $HOSTILE[$_ / 2], $HOSTILE[($_ * 7) % @HOSTILE]] }
		0 .. $#HOSTILE;

	return parts((map { ['note', @$_] } @findings), ['::note', map { @$_ } @findings[0 .. 11]]);
}

# What names and paths are called, and those in the directory of another.
sub pairs {
	return parts(map { my ($one, @others) = @$_; map { [$one, $_] } @others } @_);
}

my @GLOBS = (['**/{a,b}/*.md', 'a/x.md', 'x/b/y.md', 'b'], ['a*b**/c?', 'ab/cd', 'axb/y/cz'], ['{{x}}/**', '{{x}}/y'],
	['*a*a*/**/b', 'aaa/x/b', 'aaaaaa'], ['a/**', 'a', 'a/b/c'], ['**', 'x/y'], ['refs/*/x', 'refs/a/b/x']);

sub run {
	my ($place, $command) = @_;
	my $as = join(' ', map { ("GIT_${_}_NAME=a", "GIT_${_}_EMAIL=a") } 'AUTHOR', 'COMMITTER');
	my $said = `cd $place && export $as && $command`;

	return $said;
}

# A repository with a merge of three, tags, and packed refs.
sub repository {
	my $place = tempdir(CLEANUP => 1);

	run($place, 'git init -q -b main . && mkdir -p a.d a && touch a.d/x a/f a- && git add . && git commit -qm 1 &&
		for i in 1 2 3; do git commit -q --allow-empty -m $i && git branch b$i && git reset -q --hard HEAD^; done &&
		git merge -q b1 b2 b3 && git tag light && git tag -a -m x heavy && git -c advice.nestedTag=false tag -a -m y twice heavy && git pack-refs --all');
	return $place;
}

sub trees {
	my $place = repository();
	my $raw = run($place, 'git cat-file tree HEAD^{tree}');

	return ("\1$raw", "\1" . substr($raw, 0, -3), map { "\0$_" } parts(map { [map { "\0$_" } @$_] }
		['a', 'a-', 'a-b', 'b'], [map { 'a' . '-' x $_ } 0 .. 11]), "\0\0a\0\0a-\0\1a\0", "\0\5a\0\3b\0\4c\0\6d\0\7e\0");
}

sub commits {
	my $place = repository();

	return map { run($place, "git cat-file -p $_") } 'HEAD', 'b1', 'main~0^2', 'heavy', 'twice';
}

sub graphs {
	my $place = repository();
	my $one = run($place, 'git commit-graph write --reachable && cat .git/objects/info/commit-graph');
	my $chain = '.git/objects/info/commit-graphs';
	my ($lower, $upper) = split /\n/, run($place, "rm .git/objects/info/commit-graph && git rev-parse b1 |
		git commit-graph write --stdin-commits --split=no-merge && git commit-graph write --reachable --split=no-merge && cat $chain/*-chain");
	my @files = map { slurp("$place/$chain/graph-$_.graph") } $lower, $upper;

	return ("\0\0\0$one", "\1" . pack('n', length($files[0])) . $files[0] . $files[1]);
}

sub refs {
	my $packed = slurp(repository() . '/.git/packed-refs');
	my $id = 'a' x 40;

	return parts(['', '', '', $packed], ["$id\n", 'ref: refs/heads/main', "$id x", $packed], ["$id\n", '', '', '']);
}

sub updates {
	my ($old, $new) = ('0' x 40, '1f' x 20);
	my @lines = ("$old $new refs/heads/main\n", "$new $old refs/heads/a b\n", "refs/heads/x $new refs/heads/y $old\n",
		"HEAD^{/fix it} $new refs/heads/y $old\n", "(delete) $old refs/heads/z $new\n");

	return (@lines, join('', @lines[0, 1]), join('', @lines[2 .. 4]), substr($lines[0], 0, -1));
}

# What a worker answers, without the digest at its end: records of errors, a file and output.
sub frames {
	my $mark = "frame\0\1\0";
	my @records = (pack('L L Q a*', 2, 0, 4, "note"), pack('L L Q a*', 3, 1, 2, 'a{}'), pack('L L Q', 1, 0, 0));

	return map { $mark . join('', @records[0 .. $_ - 1]) . pack('L L Q', 4, 1, $_) } 0 .. 3;
}

# Files as fuzz_project.c has them, or fuzz_merge.c: two Dockerfiles, who builds them, another one.
sub projects {
	my ($last) = @_;
	my @one = ("FROM a AS base\nRUN x\nFROM base AS prod\nCOPY --from=base /a /a\n", "ARG V=1\nFROM a:\$V\nRUN prod\n",
		"FROM a\n", "# syntax=x\nFROM a\n", "FROM a\nRUN <<E\nx\nE\n");
	my @other = ("FROM a AS base\nRUN x\nFROM base AS dev\n", "ARG V=1\nFROM a:\$V\nRUN dev\n", "FROM a AS a\nFROM b AS a\n",
		"FROM a\nRUN dev\nCMD [\"x\"]\n", "FROM bas AS 1x\n");
	my $compose = "services:\n  a:\n    build: {context: ., target: bse}\n  b:\n    build:\n      context: .\n" .
		"      dockerfile: Dockerfile.dev\n";

	return parts(map { [$one[$_], $other[$_], $_ % 2 ? $compose : '', $_ % 3 ? '' : $last] } 0 .. $#one);
}

my %SEEDS = (
	alternates => sub {
		return parts(['', '', "../other\n"], ['/dev/shm:"/dev/sh\155":#x', "..\n", "# x\n\"../o\\164her\"\n/nowhere\n"]);
	},
	attributes => sub {
		return parts(map { ['a/Dockerfile.dev', '* -filter', "$_\n"] } '* filter=lfs', '[attr]a ident' . "\n" . 'sub/** a',
			'"a/\\104*" working-tree-encoding=UTF-16', '/sub/a/*[!x] !filter ident', '**/[[:alpha:]]* text -ident');
	},
	azure => \&reports,
	clean => sub { return @HOSTILE },
	commit => \&commits,
	cover => sub {
		my @names = ('Dockerfile.dev', 'Dockerfile.test', 'Dockerfile-a,b', 'dev.Dockerfile');
		return parts(\@names, [map { my $at = $_; map { "$at/$_" } @names } 'api', 'web', 'a/b/c']);
	},
	dotenv => sub {
		return ((map { encode_utf8($_->{'.env'} // ()) } grep { defined $_->{'.env'} } files()),
			"export A='x\\'y'\nB=\"\\n\\0101\\\$\" # c\nC: \${A:-x} #\nD\n");
	},
	frame => \&frames,
	github => \&reports,
	glob => sub { return pairs(@GLOBS) },
	graph => \&graphs,
	hook => \&updates,
	json => sub { return (events(), '"\\/\\b"', '[[],{"a":[]}]', '{"a":1,"a":{"b":"c"}}', '-0.5e+3') },
	markdown => sub { return @HOSTILE },
	merge => sub { return projects("FROM a\nRUN test\n") },
	mermaid => \&reports,
	path => sub { return pairs(['.', 'a/./b//c/..', '../a', '/a', '', '...'], ['a/b', '../../c', '../../../c', './/']) },
	project => sub { return projects('>../Dockerfile') },
	quote => sub { return @HOSTILE },
	refs => \&refs,
	report => \&reports,
	sarif => \&reports,
	sha256 => sub { return map { chr($_) x 200 } 0, 1, 55, 63, 64, 65 },
	text => \&reports,
	tree => \&trees,
	wildcard => sub { return pairs(@GLOBS, ['[a-z]*[!x]', 'ab'], ['\\*/[[:digit:]]', '*/1'], ['a/**/b', 'a/b']) },
	xml => sub { return @HOSTILE },
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
