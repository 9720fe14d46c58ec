package Reading;

# Dockerfiles as the engine reads them and as the program does.
use strict;
use warnings;
use Exporter qw(import);

use Docker;

our @EXPORT = qw(compare_cases);

# An image that is not here says nothing about the file.
my $NO_IMAGE = qr/failed to resolve source metadata|failed to do request|pull access denied/;
# What a build argument can cure, which the program leaves open.
my $CURABLE =
	qr/empty\ platform\ value|should\ not\ be\ blank|failed\ to\ process
	|failed\ to\ parse\ (?:stage\ name|platform)|could\ not\ parse/x;
# What the builder looks at only when it builds the stage: the file is not refused for it.
my $ONE_TARGET =
	qr/needs\ to\ be\ defined\ before\ current|invalid\ mount\ target
	|a\ git\ ref\ for/x;
# The same where the file is refused for it if no other stage can be built.
my $DEAD_END =
	qr/^failed\ to\ process|^invalid\ (?:\w*[Pp]ort|IP|ranges|signal|field|value|chmod|checksum)
	|unsupported\ (?:mount|sharing|digest)|unexpected\ key|a\ URL\ for|empty\ string|^checksum
	|invalid\ syntax|not\ allowed\ for|cache\ sharing|secret\ mount|both\ source|ssh\ does/x;
my $NOT_FOUND = qr/target stage .* could not be found/s;

sub shown {
	my ($value) = @_;

	return defined $value ? "'$value'" : 'null';
}

# The builder shows the name of a stage as written in FROM, and its base before expansion.
sub compare_stages {
	my ($stages, $listed) = @_;
	my @listed = @$listed;
	my @differences;

	push @differences, scalar(@$stages) . ' stages, the engine has ' . @listed
		if @$stages != @listed;
	for my $index (0 .. ($#$stages < $#listed ? $#$stages : $#listed)) {
		my ($ours, $theirs) = ($stages->[$index], $listed[$index]);
		my $line = $theirs->{location}{ranges}[0]{start}{line};
		my $base = $theirs->{base} // '';

		push @differences,
			  "stage $index is named "
			. shown($ours->{name})
			. ', not '
			. shown($theirs->{name})
			if ($ours->{name} // '') ne lc($theirs->{name} // '');
		push @differences, "stage $index starts at line $ours->{start_line}, not $line"
			if $ours->{start_line} != $line;
		push @differences,
			"stage $index builds on " . shown($ours->{base}) . ", not '$base'"
			if !(defined $ours->{platform} && !defined $ours->{base})
			&& $base =~ /^[a-z0-9:._\/-]+$/i
			&& ($ours->{base} // '') ne $base;
		push @differences, "stage $index is the last one only here"
			if ($index == $#$stages) != !!$theirs->{default};
	}
	return @differences;
}

sub compare_refusal {
	my ($file, $open, $error) = @_;

	$error = undef if defined $error && $error =~ $NO_IMAGE;
	return () if defined $error == defined $file->{error};
	return "refused only here: $file->{error}" if !defined $error;
	return () if $error =~ $DEAD_END && @{$file->{stages}} > 1;
	return () if $error =~ $ONE_TARGET || $open && $error =~ $CURABLE;
	return "refused only by the engine: $error";
}

sub compare_case {
	my ($case, $seen, $theirs) = @_;
	my $file = $seen->{dockerfile} or return 'no Dockerfile in inspect';
	my $error = $theirs->{error};
	my @differences = compare_refusal($file, $seen->{open}, $error);
	my %builds = map { $_->{subject} => $_ } @{$seen->{builds}};

	push @differences, compare_stages($file->{stages}, $theirs->{listed})
		if $theirs->{listed};
	push @differences, scalar(@{$file->{stages}}) . ' stages of what cannot be parsed'
		if !$theirs->{listed} && @{$file->{stages}};
	push @differences, 'no stages' if $theirs->{listed} && !@{$file->{stages}};
	for my $index (0 .. $#{$case->{targets}}) {
		my $ours = $builds{"t$index"};
		my $answer = $theirs->{targets}[$index];
		my $found = !defined $answer || $answer !~ $NOT_FOUND;

		# A refusal may come before the target is looked for.
		next if defined $answer && $found && $answer !~ $NO_IMAGE;
		push @differences,
			  'target '
			. shown($case->{targets}[$index]) . ' is '
			. ($found ? '' : 'not ')
			. 'there for the engine'
			if $theirs->{listed} && $found != defined $ours->{stage};
	}
	return @differences;
}

# What is refused after parsing: only such a file has stages to list, one that cannot be parsed
# would end the call for all.
sub is_parsed {
	my ($error) = @_;

	return !defined $error || $error =~ $NO_IMAGE || $error =~ /^(?:invalid\ stage\ index
		|circular\ dependency|base\ name\ |empty\ platform
		|failed\ to\ parse\ platform|cannot\ copy\ from\ stage|failed\ to\ process)/x;
}

# The name of the last stage, which is what a plain build builds. Without a target the check looks
# at every stage, a build only at those that it needs.
sub last_stage {
	my ($seen) = @_;
	my $stages = $seen->{dockerfile}{stages};

	return @$stages ? $stages->[-1]{name} : undef;
}

# Why a plain build of each is refused: {id => message}.
sub ask_for_errors {
	my ($cases, $seen) = @_;
	my (%asked, %unsure);

	for my $case (@$cases) {
		my $id = $case->{id};

		$asked{$id} = {id => $id, target => last_stage($seen->{$id})};
	}
	my $errors = check(\%asked);
	for my $id (grep { defined $errors->{$_} && $errors->{$_} !~ $NO_IMAGE } keys %asked) {
		$unsure{$id} = $asked{$id}
			if !defined $seen->{$id}{dockerfile}{error} && !defined $asked{$id}{target};
	}
	# A file that ends the call has no answer in it.
	$unsure{$_} = $asked{$_} for grep { !exists $errors->{$_} } keys %asked;
	return {%$errors, %{outline(\%unsure)}};
}

# What the engine makes of each: {id => {error, listed, targets}}.
sub ask {
	my ($cases, $seen) = @_;
	my $errors = ask_for_errors($cases, $seen);
	my (%parsed, %asked, %answers);

	for my $case (@$cases) {
		my $id = $case->{id};

		next if !is_parsed($errors->{$id}) && !@{$seen->{$id}{dockerfile}{stages}};
		$parsed{$id} = {id => $id};
		$asked{"$id-$_"} = {id => $id, target => $case->{targets}[$_]}
			for 0 .. $#{$case->{targets}};
	}
	my $lists = targets(\%parsed);
	my $found = check(\%asked);
	for my $case (@$cases) {
		my $id = $case->{id};

		$answers{$id} = {
			error => $errors->{$id},
			listed => $lists->{$id},
			targets => [map { $found->{"$id-$_"} } 0 .. $#{$case->{targets}}],
		};
	}
	return \%answers;
}

# A test for each case {id, name, text, targets}; %$known says why the engine at hand differs.
sub compare_cases {
	my ($cases, $known) = @_;

	write_case($_) for @$cases;
	my $seen = inspect();
	my $faults = faults();
	my @asked = grep { !defined $seen->{$_->{id}}{dockerfile}{opaque} } @$cases;
	my %images;

	$images{$_}++
		for grep { defined && /^[a-z0-9][a-z0-9.:_\/-]*$/ && $_ ne 'scratch' }
		map { $_->{base} } map { @{$_->{dockerfile}{stages}} } values %$seen;
	# One image is enough for a case: an image that only one asks for is no loss.
	import_images(grep { $images{$_} > 1 } sort keys %images);
	$seen->{$_}{open} = $faults->{$_}{open} for keys %$faults;
	my $answers = ask(\@asked, $seen);
	for my $case (@asked) {
		my @differences =
			compare_case($case, $seen->{$case->{id}}, $answers->{$case->{id}});

		push @differences, $case->{text} if @differences;
		result($case->{name}, $known->{$case->{name}}, @differences);
	}
}

1;
