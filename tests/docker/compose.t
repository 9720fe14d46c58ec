#!/usr/bin/perl
# Compose projects put to docker compose config and to the program: every vector, corners and
# generated ones.
use strict;
use warnings;
use Cwd;
use Encode;
use File::Basename qw(dirname);
use JSON::PP;

use Corners;
use Docker;
use Projects;

# Where the engine answers otherwise than the program may: the name of the vector, and why.
my %KNOWN = (
	'include conflict' => 'refused by this engine, merged by the newer one',
	'include overridden by the main file' => 'as above',
	'extends a service that comes from include' => 'found by the newer engine',
	'variable: in a list of contexts without a value' => 'its value may hold one',
	'bases: a service of an include with the name of one here' => 'as above',
	'bases: a service of an include of an include' => 'as above',
	'a binary tag' => 'a text in base 64 is left as it is',
	'a version directive' => 'YAML 1.2 is read here',
	'yaml: a BOM before a directive' => 'YAML 1.2 is read here',
	'JSON with an escaped slash' => 'YAML 1.2 is read here',
	'escapes in quotes' => 'YAML 1.2 is read here',
	'a directory of the environment alone' => 'no environment has a say',
);
# What is refused there is no part of a build, or the engine breaks down over it.
$KNOWN{$_} = 'of no part of a build'
	for 'a name that is a number', 'a version that is a number', 'a version that is a list',
	'profiles that are a string', 'duplicate keys that are one number',
	'a key that is a number somewhere', 'a port that is none', 'a port past the last',
	'a port that is a list', 'ports that are a number', 'an environment with a date',
	'an environment with a list', 'an environment whose items are numbers',
	'an environment that is a string', 'labels that are a string', 'labels with a list',
	'cache_from that is a string', 'tags that are numbers', 'platforms that are a string',
	'a network that is null', 'yaml: a key that is null', 'profiles: null',
	'services: a circle of dependencies', 'services: a volume with a wrong form',
	'services: a healthcheck with a wrong time',
	'services: a memory limit with a wrong unit',
	'services: container names that are the same';
$KNOWN{"additional contexts $_"} = 'the engine stumbles'
	for 'with a null', 'with a number', 'with a boolean', 'with a null below others';
$KNOWN{"a question mark $_ in brackets"} = 'YAML takes it, this engine does not'
	for 'in a word', 'at the end of a word';
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
		$path = "$root/$case->{id}" if $path eq '';
		my $remote = is_remote($path) || $path !~ s{^\Q$root\E(?:/|\z)}{};
		my $context = $remote ? 'remote' : normal($path);
		my $dockerfile =
			$remote ? 'remote' :
			length($build->{dockerfile_inline} // '') ? 'inline' :
			$file =~ m{^/} ? 'null' :
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
	my ($case, $view, $answer) = @_;
	my ($ours, $theirs) = (ours($view->{builds}), theirs($case, $answer->{model}));
	my @differences;

	# Of what is laid over the default file, only what it mentions is listed.
	delete @$theirs{grep { !exists $ours->{$_} } keys %$theirs} if $view->{laid};
	for my $build (@{$view->{builds}}) {
		next if !defined $build->{error} || $build->{error} !~ /variable '(\w+)'/;
		# The name of a project without one is that of its directory: a clone has any.
		my $named = grep { /^name: \w/m }
			map { $case->{files}{s{^\Q$case->{id}\E/}{}r} // '' } @{$build->{files}};

		push @differences, "variable '$1' has a value for the engine"
			if $answer->{warnings} !~ /variable is not set/
			&& ($1 ne 'COMPOSE_PROJECT_NAME' || $named)
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

# Is there a file of that name? A link may lead to none.
sub is_there {
	my ($case, $name) = @_;
	my $text = $case->{files}{$name} // return 0;

	return $text !~ /^-> (.*)/ || exists $case->{files}{$1};
}

# The files that compose reads where it is told of none, as a key of a view; undef: there are none.
sub default_files {
	my ($case) = @_;
	my ($named) = ($case->{files}{'.env'} // '') =~ /^COMPOSE_FILE=(.*)/m;
	my @main = grep { is_there($case, $_) }
		qw(compose.yaml compose.yml docker-compose.yml docker-compose.yaml);
	my @override = grep { is_there($case, $_) }
		map { ("$_.yml", "$_.yaml") } qw(compose.override docker-compose.override);

	return join ' ', map { "$case->{id}/$_" } split /[:,]/, $named if defined $named;
	return @main ? join ' ', map { "$case->{id}/$_" } grep { defined } $main[0], $override[0] :
		undef;
}

# What is asked of compose, one question for each view that the program has of a case and for what
# compose finds by itself: {files, dir, options, builds}.
sub views {
	my ($case, $builds) = @_;
	my $default = default_files($case);
	my %views;

	$views{$default} = {dir => $case->{id}, options => [], builds => []} if defined $default;
	for my $build (@$builds) {
		my $files = join ' ', @{$build->{files}};
		my $dir = dirname($build->{files}[0]);

		$views{$files} //= {
			dir => $dir,
			options => [map { ('-f', "'" . s{^\Q$dir\E/}{}r . "'") } @{$build->{files}}],
			laid => @{$build->{files}} > 1,
			builds => []
		};
		push @{$views{$files}{builds}}, $build;
	}
	return map { {%{$views{$_}}, files => $_} } sort keys %views;
}

# What is refused for another reason than its builds is read once more without those reasons.
sub ask {
	my ($view) = @_;
	my @lenient = qw(--no-consistency --no-env-resolution);
	my $answer = compose_config($view->{dir}, $view->{options});

	return $answer if ($answer->{error} // '') !~ $LENIENT;
	my $again = compose_config($view->{dir}, $view->{options}, @lenient);
	return $again->{model} ? {%$again, lenient => 1} : $answer;
}

sub compare {
	my ($case, $view, $faults) = @_;
	my $said = $faults->{$case->{id}} // {};
	my $answer = ask($view);

	return "refused only here: $said->{refused}"
		if $answer->{model} && defined $said->{refused};
	return compare_builds($case, $view, $answer) if $answer->{model};
	return () if defined $said->{refused} || defined $said->{unchecked};
	return () if $answer->{error} =~ $LENIENT || grep { defined $_->{error} } @{$view->{builds}};
	return "refused only by the engine: $answer->{error}";
}

my $first = $ENV{SEED} // 1;
my @corners = project_corners();
my @cases = map { {name => $_->{name}, files => $_->{files}} }
	grep { !@{$_->{args}} && !defined $_->{open} } @{read_vectors()};
push @cases, @corners[grep { !$ENV{QUICK} || $_ % 8 == 0 } 0 .. $#corners];
push @cases,
	map { {name => "seed $_", files => any_project($_)} } $first .. $first + $GENERATED - 1;
@cases = grep { $_->{name} =~ /$ENV{ONLY}/ } @cases if defined $ENV{ONLY};
$cases[$_]{id} = "c$_" for 0 .. $#cases;
start('compose');
for my $case (@cases) {
	my $files = $case->{files};

	write_file("$case->{id}/$_",
		utf8::is_utf8($files->{$_}) ? encode_utf8($files->{$_}) : $files->{$_})
		for grep { $files->{$_} !~ /^-> / } keys %$files;
	symlink $files->{$_} =~ s/^-> |\n//gr, "$case->{id}/$_"
		for grep { $files->{$_} =~ /^-> / } keys %$files;
}
my $seen = inspect();
my $faults = faults();
for my $case (@cases) {
	my $files = $case->{files};
	my @differences = map { compare($case, $_, $faults) }
		views($case, $seen->{$case->{id}}{builds} // []);

	push @differences, map { ("-- $_", $files->{$_}) } sort keys %$files if @differences;
	result($case->{name}, $KNOWN{$case->{name}}, @differences);
}
finish();
