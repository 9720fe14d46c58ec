#!/usr/bin/perl
# Real builds: which stage a stage is based on and which one each COPY --from means is written in
# the files of what comes out.
use strict;
use warnings;

use Docker;
use Dockerfiles;

my $CASES = $ENV{QUICK} ? 30 : 120;

# Does a build of a stage come to copy from a stage below the one that copies?
sub is_refused {
	my ($stages, $index) = @_;
	my $stage = $stages->[$index];
	my @needed = grep { defined } $stage->{parent}, map { $_->{stage} } @{$stage->{sources}};

	return grep { $_ > $index || is_refused($stages, $_) } @needed;
}

# What the stages that the program sees would leave: path => content.
sub expected {
	my ($stages, $index) = @_;
	my $stage = $stages->[$index];
	my $files = defined $stage->{parent} ? expected($stages, $stage->{parent}) : {};

	$files->{m} = $index;
	for my $source (@{$stage->{sources}}) {
		$files->{"s$source->{line}"} = $source->{stage} // 'image';
	}
	return $files;
}

sub shown {
	my ($files) = @_;

	return join ' ', map { "$_=$files->{$_}" } sort keys %$files;
}

sub found {
	my ($dir) = @_;
	my %files;

	for my $path (glob "$dir/*") {
		open my $file, '<', $path or die "cannot read $path: $!\n";
		chomp($files{$path =~ s{.*/}{}r} = <$file>);
	}
	return \%files;
}

my $first = $ENV{SEED} // 1;
my @cases = map {
	{ %{plain_dockerfile($_)}, id => "c$_", name => "seed $_" }
} $first .. $first + $CASES - 1;

start('stages');
write_case($_) for @cases;
my $seen = inspect();
import_images(qw(alpine node base dev));
my %asked;
for my $case (@cases) {
	my @targets = ('', @{$case->{targets}});

	$asked{"$case->{id}-$_"} =
		{id => $case->{id}, target => $targets[$_], out => "out/$case->{id}-$_"}
		for 0 .. $#targets;
}
# Without a target the check looks at every stage, a build only at those that it needs.
my $errors = check(
	{
		map { $_ => {id => $asked{$_}{id}, target => $asked{$_}{target} || 'last'} }
			keys %asked
	}
);
build({map { $_ => $asked{$_} } grep { !defined $errors->{$_} } keys %asked});
for my $case (@cases) {
	my $dockerfile = $seen->{$case->{id}}{dockerfile};
	my $stages = $dockerfile->{stages};
	my @wanted = ($#$stages, map { $_->{stage} } @{$seen->{$case->{id}}{builds}});

	for my $number (0 .. $#wanted) {
		my $error = $errors->{"$case->{id}-$number"};
		my $ours =
			   defined $dockerfile->{error}
			|| !defined $wanted[$number]
			|| is_refused($stages, $wanted[$number]) ? 'refused' :
			shown(expected($stages, $wanted[$number]));
		my $theirs = defined $error ? 'refused' : shown(found("out/$case->{id}-$number"));
		my @said = ("here:   $ours " . ($dockerfile->{error} // ''),
			"engine: $theirs " . ($error // ''));

		result(
			"$case->{name}, "
				. ($number ? "target $case->{targets}[$number - 1]" : 'plain'),
			undef, $ours eq $theirs ? () : (@said, $case->{text})
		);
	}
}
finish();
