#!/usr/bin/perl
# What `merge` makes of Dockerfiles is really built, by what Compose itself reads in the compose
# files: each service has the image it had, the same settings and the same layers. The builder keeps
# what it has built, so that a layer is only the same where the builder takes both for one.
use strict;
use warnings;

use Docker;
use Merges;

my $CHANCES = $ENV{QUICK} ? 4 : 40;
my @NAMES = qw(Dockerfile Dockerfile.dev Dockerfile.checks);

# A service for each file and each stage that has a name.
sub compose {
	my ($dir, $texts) = @_;
	my $text = "services:\n";
	my $index = 0;

	for my $number (0 .. $#$texts) {
		my @targets = $texts->[$number] =~ /^FROM .* AS (\S+)\r?$/gim;

		for my $target (undef, @targets) {
			$text .= "  s$index:\n    build:\n      context: ../../context\n"
				. "      dockerfile: ../$dir/$NAMES[$number]\n"
				. (defined $target ? "      target: $target\n" : '');
			$index++;
		}
	}
	return $text;
}

sub write_merge {
	my ($merge) = @_;

	for my $state (qw(old new)) {
		my $dir = "$state/$merge->{id}";

		write_file("$dir/$NAMES[$_]", $merge->{files}[$_]) for 0 .. $#{$merge->{files}};
		write_file("$dir/compose.yaml", compose($dir, $merge->{files}));
	}
}

# Merge below "new", as a diff for git: why each case is refused, by its id.
sub merge_all {
	my %refused;
	my $status = system("$ENV{ONEDOCKERFILE} merge new >diff 2>said") >> 8;

	die "merge ended with status $status\n" if $status > 1;
	system(qw(git apply --whitespace=nowarn diff)) == 0 or die "git does not take the diff\n";
	open my $said, '<', 'said' or die "cannot read said: $!\n";
	my $id;
	while (my $line = <$said>) {
		$id = $2 ? $1 : undef if $line =~ m{^new/(\w+)/Dockerfile: (cannot)?};
		$refused{$id} .= $line if defined $id;
	}
	return \%refused;
}

# What a service is built of, as Compose reads it.
sub builds {
	my ($state, $merge) = @_;
	my $config = compose_config("$state/$merge->{id}", ['-f compose.yaml']);

	die "$merge->{name}: $config->{error}\n" if $config->{error};
	my $services = $config->{model}{services};
	return {
		map {
			(
				"$state-$merge->{id}-$_" => {
					id => 'context',
					dockerfile => $services->{$_}{build}{dockerfile},
					target => $services->{$_}{build}{target},
					tag => "merge-$state-$merge->{id}-$_",
				}
			)
		} keys %$services
	};
}

my $first = $ENV{SEED} // 1;
my @by_hand = merges();
@by_hand = @by_hand[grep { $_ % 3 == $first % 3 } 0 .. $#by_hand] if $ENV{QUICK};
my @merges = (@by_hand, map { any_merge($_) } $first .. $first + $CHANCES - 1);
$merges[$_]{id} = "m$_" for 0 .. $#merges;

start('merge');
write_file("context/$_", $_) for qw(a b);
write_merge($_) for @merges;
make_shell(qw(shell other checks));
my $refused = merge_all();
my (%old, %new);
for my $merge (@merges) {
	my $is_refused = defined $refused->{$merge->{id}};

	result("$merge->{name}: " . ($merge->{is_refused} ? 'refused' : 'merged'),
		undef,
		!$merge->{is_refused} == !$is_refused
			|| ($is_refused && $merge->{name} =~ /^seed/) ? () : $refused->{$merge->{id}} // 'it is merged'
	);
	next if $is_refused;
	$merge->{builds} = builds('new', $merge);
	%new = (%new, %{$merge->{builds}});
	%old = (%old, %{builds('old', $merge)});
}
build({%old, %new});
my $images = image_of(map { $_->{tag} } values %old, values %new);
for my $merge (grep { $_->{builds} } @merges) {
	for my $name (sort keys %{$merge->{builds}}) {
		my $build = $merge->{builds}{$name};
		my $was = $images->{$build->{tag} =~ s/^merge-new/merge-old/r};
		my $is = $images->{$build->{tag}};

		result("$merge->{name}, target " . ($build->{target} // '(none)'),
			undef, defined $was && $was eq $is ? () : ("was: $was", "is:  $is", @{$merge->{files}}));
	}
}
finish();
