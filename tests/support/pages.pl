#!/usr/bin/env perl
# Run the examples of rule pages against $ONEDOCKERFILE and print TAP. An example is a section
# "## Rejected: ..." or "## Accepted: ..." with fenced blocks: "```LANGUAGE PATH" holds a file,
# "```report" what is found, a line for each finding and its help, and all of it; "```date" the day
# on which it is judged. An accepted example has no report, or one that says what is found beside
# the rule of the page.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP;

my $program = $ENV{ONEDOCKERFILE} || 'build/onedockerfile';
my $number = 0;

sub examples {
	my ($page) = @_;
	my (@examples, $block);

	open(my $file, '<', $page) or die "$page: $!\n";
	while (my $line = <$file>) {
		if (defined $block) {
			if ($line =~ /^```$/) { undef $block }
			else { $$block .= $line }
		} elsif ($line =~ /^## ((Rejected|Accepted): .*)$/) {
			push @examples, { title => $1, kind => $2, files => {}, report => '', date => '' };
		} elsif ($line =~ /^## /) {
			push @examples, undef;
		} elsif ($line =~ /^```(report|date)$/) {
			$block = \$examples[-1]{$1};
		} elsif ($line =~ /^```\w+ (\S+)$/) {
			$examples[-1]{files}{$1} = '';
			$block = \$examples[-1]{files}{$1};
		} elsif ($line =~ /^```/) {
			$block = \my $prose;
		}
	}
	return grep { defined } @examples;
}

sub judge {
	my ($files, $date) = @_;
	my $tree = tempdir(CLEANUP => 1);
	my @command = ($program, 'check', '-C', $tree, '--format', 'json');

	for my $path (keys %$files) {
		make_path(dirname("$tree/$path"));
		open(my $file, '>', "$tree/$path") or die "$path: $!\n";
		print $file $files->{$path};
		close($file) or die "$path: $!\n";
	}
	push @command, '--date', $1 if $date =~ /^(.+)\n/;
	open(my $pipe, '-|', @command) or die "$program: $!\n";
	my $text = do { local $/; <$pipe> };
	close($pipe);
	return ($? >> 8, eval { decode_json($text) } || { findings => [] });
}

sub show {
	my ($finding) = @_;
	my $place = "$finding->{path}:$finding->{start_line}";

	$place .= ":$finding->{start_column}" if defined $finding->{start_column};
	my $text = "$place: $finding->{level}: $finding->{message} [$finding->{rule}]\n";
	$text .= "help: $finding->{help}\n" if defined $finding->{help};
	return $text;
}

# What an example has to be: a page cannot reject without saying how its own rule does.
sub check {
	my ($rule, $example) = @_;
	my ($status, $report) = judge($example->{files}, $example->{date});
	my @findings = @{ $report->{findings} };
	my $text = join('', map { show($_) } @findings);
	my $errors = grep { $_->{level} eq 'error' } @findings;
	my $own = grep { $_->{rule} eq $rule } @findings;

	return "status $status with $errors errors" if $status != ($errors ? 1 : 0);
	return "found:\n$text" . "expected:\n$example->{report}" if $text ne $example->{report};
	return "'$rule' finds nothing" if $example->{kind} eq 'Rejected' && !$own;
	return "'$rule' finds something" if $example->{kind} eq 'Accepted' && $own;
	return '';
}

for my $page (@ARGV) {
	my $rule = basename($page, '.md');
	my %kinds;

	for my $example (examples($page)) {
		my $wrong = check($rule, $example);

		$kinds{ $example->{kind} }++;
		printf "%sok %d - %s: %s\n", $wrong ? 'not ' : '', ++$number, $rule, $example->{title};
		print map { "# $_\n" } split(/\n/, $wrong);
	}
	printf "%sok %d - %s: rejects and accepts\n",
		$kinds{Rejected} && $kinds{Accepted} ? '' : 'not ', ++$number, $rule;
}
print "1..$number\n";
