#!/usr/bin/perl
# Compose projects put to docker compose config and to the program: every vector, corners and
# generated ones.
use strict;
use warnings;
use Cwd;
use Encode;
use JSON::PP;

use Corners;
use Docker;
use Projects;

# Where the engine answers otherwise than the program may: the name of the vector, and why.
my %KNOWN = (
	'include conflict' => 'refused by this engine, merged by the newer one',
	'include overridden by the main file' => 'as above',
	'extends a service that comes from include' => 'found by the newer engine',
	'a binary tag' => 'a text in base 64 is left as it is',
	'a version directive' => 'YAML 1.2 is read here',
	'JSON with an escaped slash' => 'YAML 1.2 is read here',
	'escapes in quotes' => 'YAML 1.2 is read here',
	'a directory of the environment alone' => 'no environment has a say',
	'variables that compose sets itself' => 'the directory of a clone has any name',
	'a .env with a file' => 'the default file is read all the same',
);
# What is refused there is no part of a build, or the engine breaks down over it.
$KNOWN{$_} = 'of no part of a build'
	for 'a name that is a number', 'a version that is a number', 'a version that is a list',
	'profiles that are a string', 'duplicate keys that are one number',
	'a key that is a number somewhere';
$KNOWN{"additional contexts $_"} = 'the engine stumbles'
	for 'with a null', 'with a number', 'in a list without a value';
# Why compose refuses a project that the program reads on: nothing of it is about what is built.
my $LENIENT =
	qr/undefined\ (?:build\ secret|network|volume|secret|config|service)|neither\ an\ image
	|failed\ to\ cast|invalid\ interpolation|map\ merge\ requires|depends\ on|additional\ propert|required\ variable|env\ file|empty\ compose\ file/x;
my $GENERATED = $ENV{QUICK} ? 100 : 400;

sub read_vectors {
	local (@ARGV, $/) = ('tests/vectors/compose.json');
	return JSON::PP->new->utf8->decode(scalar <>);
}

# As a path in the tree, 'a/./b/../c' being 'a/c'.
sub normal {
	my ($path) = @_;
	my @parts;

	for my $part (split m{/+}, $path) {
		next if $part eq '' || $part eq '.';
		if ($part eq '..' && @parts && $parts[-1] ne '..') {
			pop @parts;
		} else {
			push @parts, $part;
		}
	}
	return @parts ? join('/', @parts) : '.';
}

sub is_remote {
	my ($context) = @_;

	return $context =~ m{://|^(?:git\@|github\.com/|service:)};
}

sub line {
	my ($name, $context, $dockerfile, $target) = @_;

	return encode_utf8(
		"$name: $context $dockerfile " . (length($target // '') ? $target : '-'));
}

# As it is, where compose shows it so that it can be read again.
sub plain {
	my ($text) = @_;

	return ($text // '') =~ s/\$\$/\$/gr;
}

# What compose would build: lines by service.
sub theirs {
	my ($case, $model) = @_;
	my $root = getcwd();
	my %lines;

	for my $name (keys %{$model->{services}}) {
		my $build = $model->{services}{$name}{build} or next;
		my ($path, $file, $target) =
			map { plain($build->{$_}) } qw(context dockerfile target);
		my $remote = is_remote($path);
		my $context = $remote ? 'remote' :
			normal($path eq '' ? $case->{id} : $path =~ s{^\Q$root\E/}{}r);
		my $dockerfile =
			$remote ? 'remote' :
			length($build->{dockerfile_inline} // '') ? 'inline' :
			normal("$context/" . ($file eq '' ? 'Dockerfile' : $file));

		$lines{$name} = line($name, $context, $dockerfile, $target);
	}
	return \%lines;
}

sub ours {
	my ($builds) = @_;

	return {
		map {
			$_->{subject} => line(
				$_->{subject}, $_->{remote} ? 'remote' : $_->{context} // 'null',
				$_->{remote} ? 'remote' :
					$_->{inline} ? 'inline' :
					$_->{dockerfile} // 'null', $_->{target}
			)
		} @$builds
	};
}

# A build that depends on a variable without a value is not judged.
sub compare_builds {
	my ($case, $builds, $answer) = @_;
	my ($ours, $theirs) = (ours($builds), theirs($case, $answer->{model}));
	my @differences;

	for my $build (@$builds) {
		next if !defined $build->{error} || $build->{error} !~ /variable '(\w+)'/;
		push @differences, "variable '$1' has a value for the engine"
			if $answer->{warnings} !~ /variable is not set/
			&& !$answer->{lenient};
		delete $ours->{$build->{subject}};
		delete $theirs->{$build->{subject}};
	}
	for my $name (sort keys %{{%$ours, %$theirs}}) {
		my ($here, $there) = map { $_->{$name} // "$name: nothing" } $ours, $theirs;

		push @differences, "here:   $here", "engine: $there" if $here ne $there;
	}
	return @differences;
}

sub compare {
	my ($case, $seen, $faults, $answer) = @_;
	my $builds = $seen->{builds} // [];
	my $said = $faults->{$case->{id}} // {};

	return "refused only here: $said->{refused}"
		if $answer->{model} && defined $said->{refused};
	return compare_builds($case, $builds, $answer) if $answer->{model};
	return () if defined $said->{refused} || defined $said->{unchecked};
	return () if $answer->{error} =~ $LENIENT || grep { defined $_->{error} } @$builds;
	return "refused only by the engine: $answer->{error}";
}

my $first = $ENV{SEED} // 1;
my @corners = project_corners();
my @cases = map { {name => $_->{name}, files => $_->{files}} }
	grep { !@{$_->{args}} && !defined $_->{open} } @{read_vectors()};
push @cases, @corners[grep { !$ENV{QUICK} || $_ % 8 == 0 } 0 .. $#corners];
push @cases,
	map { {name => "seed $_", files => any_project($_)} } $first .. $first + $GENERATED - 1;
$cases[$_]{id} = "c$_" for 0 .. $#cases;
start('compose');
for my $case (@cases) {
	my $files = $case->{files};

	write_file("$case->{id}/$_",
		utf8::is_utf8($files->{$_}) ? encode_utf8($files->{$_}) : $files->{$_})
		for keys %$files;
}
my $seen = inspect();
my $faults = faults();
my $answers = compose_config([], map { $_->{id} } @cases);
# What is refused for another reason than its builds is read once more without those reasons.
my @again = grep { ($answers->{$_}{error} // '') =~ $LENIENT } map { $_->{id} } @cases;
my $lenient = compose_config([qw(--no-consistency --no-env-resolution)], @again);
for my $id (grep { $lenient->{$_}{model} } @again) {
	$answers->{$id} = {%{$lenient->{$id}}, lenient => 1};
}
for my $case (@cases) {
	my @differences = compare($case, $seen->{$case->{id}}, $faults, $answers->{$case->{id}});
	my $files = $case->{files};

	push @differences, map { ("-- $_", $files->{$_}) } sort keys %$files if @differences;
	result($case->{name}, $KNOWN{$case->{name}}, @differences);
}
finish();
