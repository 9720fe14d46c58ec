package Corners;

# Corners of the grammar, written by hand in corners/: the first line of a file is a frame, and each
# other line stands for itself in it. A control picture stands for what it shows: ␉ for a tab, ␊ for
# the end of a line; ␂ is a byte order mark and ␠ a no-break space. projects/ holds whole projects.
use strict;
use warnings;
use utf8;
use Exporter qw(import);

our @EXPORT = qw(dockerfile_corners project_corners);

my %PICTURES = (
	'␀' => "\0", '␉' => "\t", '␊' => "\n", '␋' => "\x0b", '␌' => "\f", '␍' => "\r",
	'␂' => "\x{feff}", '␠' => "\x{a0}"
);
my $ENVIRONMENT = "T=dev\nE=\nX=\$T-x\nY='\$T'\n";
my $SHOWN = 'services: {a: {build: {context: ., target: "${A-unset}|${B-unset}|${C-unset}"}}}';

sub bytes {
	my ($text) = @_;

	$text =~ s/([␀␉␊␋␌␍␂␠])/$PICTURES{$1}/g;
	utf8::encode($text);
	return $text;
}

# The lines of a file, in its frame: {name, text}.
sub framed {
	my ($name) = @_;

	open my $file, '<:utf8', "tests/docker/corners/$name.txt" or die "no $name.txt: $!\n";
	chomp(my ($frame, @lines) = <$file>);
	return map { {name => bytes("$name: $_"), text => bytes($frame =~ s/%s/$_/r)} } @lines;
}

# Files to be read by the builder: {name, text, targets}.
sub dockerfile_corners {
	return map { {%$_, targets => [bytes('K'), 'C']} } map { framed($_) }
		qw(base line instruction continuation escape expansion file grammar heredoc onbuild
			operand platform shadow word);
}

# The projects of a file: {name, files}.
sub projects {
	my ($path) = @_;
	my @cases;

	open my $file, '<:utf8', $path or die "no $path: $!\n";
	local $/ = "\n== ";
	for my $text (<$file>) {
		my ($name, @files) = split /\n-- /, $text =~ s/^== //r =~ s/\n== \z/\n/r;

		push @cases,
			{
			name => bytes($name),
			files => {map { bytes($_) } map { split /\n/, "$_\n", 2 } @files}
			};
	}
	return @cases;
}

# Projects to be read by compose: {name, files}.
sub project_corners {
	my @cases;

	for my $case (framed('target')) {
		push @cases,
			{
			name => $case->{name},
			files => {'compose.yaml' => $case->{text}, '.env' => $ENVIRONMENT}
			};
	}
	for my $case (framed('dotenv')) {
		push @cases,
			{
			name => $case->{name},
			files => {'compose.yaml' => $SHOWN, '.env' => $case->{text}}
			};
	}
	return @cases, map { projects($_) } sort glob 'tests/docker/corners/projects/*.txt';
}

1;
