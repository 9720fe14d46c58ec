#!/usr/bin/perl
# Dockerfiles put to the engine and to the program: every vector, corners and generated ones.
use strict;
use warnings;
use Encode;
use JSON::PP;
use MIME::Base64;

use Corners;
use Docker;
use Dockerfiles;
use Reading;

# Where the engine answers otherwise than the newer builder that the vectors come from, or than the
# program may: the name of the vector, and why.
my $NEWER = 'a flag that the newer builder knows';
my $NEXT = 'an image that is copied from gets the next number, which is no stage of the file';
my %KNOWN = (
	brokenother => 'the last stage is refused, and not the file: another target can be built',
	hdr_lint2 =>
		'the builder makes its own warnings errors here; they are no part of the reading',
	"shadow: FROM alpine AS k\nCOPY --from=alpine / /\nCOPY --from=1 / /" => $NEXT,
	"shadow: FROM alpine AS k\nFROM k AS c\nCOPY --from=node / /\nCOPY --from=2 / /" => $NEXT,
	'instruction: COPY --parents --from=a / /' => $NEWER,
	'instruction: RUN --security=sandbox y' => $NEWER,
	'instruction: RUN --security=insecure y' => $NEWER,
);
my $GENERATED = $ENV{QUICK} ? 100 : 400;

sub read_vectors {
	local (@ARGV, $/) = ('tests/vectors/dockerfile.json');
	return JSON::PP->new->utf8->decode(scalar <>);
}

sub vector_case {
	my ($vector) = @_;
	my @targets = sort keys %{$vector->{targets}};

	splice @targets, 2 if $ENV{QUICK};
	return {
		name => $vector->{name},
		text => defined $vector->{base64} ? decode_base64($vector->{base64}) :
			encode_utf8($vector->{text}),
		targets => \@targets,
	};
}

# The frontend that a file names cannot be had without network.
my @cases = grep { $_->{text} !~ /syntax\s*=/i } map { vector_case($_) } @{read_vectors()};
my @corners = dockerfile_corners();
push @cases, @corners[grep { !$ENV{QUICK} || $_ % 8 == 0 } 0 .. $#corners];
my $first = $ENV{SEED} // 1;
for my $seed ($first .. $first + $GENERATED - 1) {
	push @cases, {%{any_dockerfile($seed)}, name => "seed $seed"};
}
@cases = grep { $_->{name} =~ /$ENV{ONLY}/ } @cases if defined $ENV{ONLY};
$cases[$_]{id} = "c$_" for 0 .. $#cases;
start('dockerfile');
compare_cases(\@cases, \%KNOWN);
finish();
