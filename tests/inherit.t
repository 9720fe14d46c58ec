#!/usr/bin/perl
# Of a range only what each commit touches is judged. What it finds has to be, commit by commit, what
# each tree alone, judged whole, gives, less what the parents' trees give.
# SEED=N for other histories, COMMITS=N for longer ones; REPO=DIR and RANGE=A..B for a real one.
# OTHER=FILE is another binary, which judges the range; both have to print the same of it.
use strict;
use warnings;

use File::Temp 'tempdir';
use JSON::PP;
use Test::More;

my $seed = $ENV{SEED} // 6;
my $program = $ENV{ONEDOCKERFILE} or die "ONEDOCKERFILE names the program\n";
my $other = $ENV{OTHER} // $program;
my $work = tempdir(CLEANUP => 1);
my $json = JSON::PP->new->canonical;
$ENV{GIT_NO_REPLACE_OBJECTS} = 1;
srand $seed;

sub one_of { $_[ rand @_ ] }

# Some of the time a comment waives what is wrong.
sub waived {
	my ($rule) = @_;
	return rand() < 0.2 ? "# onedockerfile: allow $rule for now\n" : '';
}

my $stages = sub {
	return waived(one_of('extra-dockerfile', 'unused-stage')) . join '',
		map { "FROM " . one_of('scratch', 'base') . " AS $_\n" } @_;
};
my $service = sub {
	my $build = one_of(@_);
	return "services:\n  api:\n" . waived(one_of('missing-dockerfile', 'unknown-stage')) . "    build: $build\n";
};

# Each path with what it may become next; undef: it goes away.
my %files = (
	'api/Dockerfile' => sub { $stages->('base', one_of('prod', 'dev')) },
	'api/Dockerfile.dev' => sub { one_of(undef, $stages->('base')) },
	'Dockerfile' => sub { one_of(undef, "FROM a\nCOPY --from=bas . .\n", $stages->('base', 'x')) },
	'compose.yaml' => sub {
		one_of(
			undef,
			$service->('{context: api, target: $TARGET}', '{context: links/api}', 'ctx', 'api'),
			"include: [parts/one.txt]\n",
			"services:\n  api:\n    extends: {file: parts/two.txt, service: api}\n",
		)
	},
	'compose.dev.yaml' => sub { one_of(undef, $service->('{target: base}', '{target: dev}')) },
	'deep/part/compose.dev.yaml' => sub {
		one_of(undef, map { $service->($_) . "  more: {ports: []}\n" } '{target: base}', '../ctx')
	},
	'parts/one.txt' => sub { one_of(undef, $service->('{context: ../api, target: base}', '../ctx')) },
	'parts/two.txt' => sub { one_of(undef, $service->('{context: ../api, target: dev}', '../ctx')) },
	'.env' => sub { one_of(undef, "TARGET=base\n", "TARGET=dev\n", "OTHER=1\n") },
	'parts/.env' => sub { one_of(undef, "TARGET=base\n") },
	'.gitattributes' => sub { one_of(undef, "api/Dockerfile ident\n", "*.js text\n") },
	'api/.gitattributes' => sub { one_of(undef, "* working-tree-encoding=UTF-16\n", "* text\n") },
	'ctx/Dockerfile' => sub { one_of(undef, $stages->('base')) },
	'ctx/main.js' => sub { one_of(undef, rand) },
	'links' => sub { one_of(undef, '->.', '->ctx', '->away') },
	'away/api/Dockerfile' => sub { one_of(undef, $stages->('base')) },
	'away/Containerfile.test' => sub { one_of(undef, $stages->('base'), '->../ctx/Dockerfile') },
	'away/compose.yml' => sub { one_of(undef, $service->(map { "../docker/$_" } 'dev', 'prod')) },
	'docker/dev/Dockerfile' => sub { one_of(undef, $stages->('base', one_of('dev', 'prod'))) },
	'docker/prod/Dockerfile' => sub { one_of(undef, $stages->('base'), '->../dev/Dockerfile') },
	'docker/compose.yaml' => sub {
		one_of(
			undef,
			$service->('{context: ., dockerfile: odd.txt}', '{context: ., dockerfile: ../api/Dockerfile.dev}'),
			"include: [../parts/broken.txt]\n",
			"services:\n  api:\n    extends: {file: ../parts/two.txt, service: api}\n",
		)
	},
	'docker/odd.txt' => sub { one_of(undef, $stages->('base', one_of('dev', 'prod'))) },
	'other/compose.yaml' => sub {
		one_of(
			undef, 'services: [',
			$service->('{context: ../docker, dockerfile: odd.txt, target: base}'),
			"include: [../parts/broken.txt]\n",
			"services:\n  api:\n    build: {context: ../api, target: dev, args: {A: b}}\n",
		)
	},
	'other/compose.override.yaml' => sub { one_of(undef, $service->('{context: ../api, target: prod}')) },
	'other/.env' => sub { one_of(undef, "COMPOSE_FILE=compose.yaml:../parts/one.txt\n", "TARGET=prod\n") },
	'other/Dockerfile.j2' => sub { one_of(undef, 'FROM {{ base }}') },
	'parts/broken.txt' => sub { one_of(undef, 'services: [', $service->('../ctx', '../docker')) },
	map { my $n = $_; ("src/$n/file.js" => sub { rand }) } 1 .. 6,
);
my @paths = sort keys %files;

# A tree in which each path comes from one of the parents' trees, or is changed.
sub grow {
	my @parents = @_;
	my %tree = map { $_ => one_of(@parents)->{$_} } @paths;
	$tree{$_} = $files{$_}->() for @parents > 1 ? () : map { one_of(@paths) } 1 .. 1 + rand 3;
	return \%tree;
}

# What makes one tree of another.
sub change {
	my ($path, $text) = @_;
	return "D $path\n" unless defined $text;
	my $mode = $text =~ s/^->// ? '120000' : '100644';
	return "M $mode inline $path\ndata " . length($text) . "\n$text\n";
}

# A repository, and what takes its commits in.
sub import_to {
	my ($repository) = @_;
	system('git', 'init', '-q', '--bare', '-b', 'main', $repository) == 0 or die;
	open my $out, '|-', 'git', '-C', $repository, 'fast-import', '--quiet' or die;
	return $out;
}

# A commit with these parents, each a mark, and what it changes.
sub record {
	my ($out, $mark, $date, $parents, @changes) = @_;
	my @links = map { ($_ ? 'merge' : 'from') . " :$parents->[$_][0]\n" } 0 .. $#$parents;
	print $out "commit refs/heads/main\nmark :$mark\ncommitter T <t\@example.org> $date +0000\n",
		"data 0\n", @links, @changes;
}

# A commit with these parents, each a mark and its tree; so is what it gives.
sub commit {
	my ($out, $mark, @parents) = @_;
	my $tree = @parents ? grow(map { $_->[1] } @parents) : { map { $_ => $files{$_}->() } @paths };
	my $before = @parents ? $parents[0][1] : {};
	my @changed = grep { ($tree->{$_} // '') ne ($before->{$_} // '') } @paths;
	my $date = rand() < 0.2 ? 1 + int rand 200 : $mark;
	record($out, $mark, $date, \@parents, map { change($_, $tree->{$_}) } @changed);
	return [ $mark, $tree ];
}

# Lines of history that part and are merged, two or more at once, and in the end all of them. Some
# fall far behind the others before they are, and some commits have a date that is not theirs.
sub generate {
	my ($repository, $commits) = @_;
	my $out = import_to($repository);
	my @tips = commit($out, 1);
	for my $mark (2 .. $commits) {
		push @tips, one_of(@tips) if @tips < 5 && rand() < 0.05;
		my $count = rand() < 0.07 ? 2 + int rand 2 : 1;
		my @parents = splice @tips, int(@tips * rand() ** 3), $count;
		unshift @tips, commit($out, $mark, distinct(@parents));
	}
	commit($out, $commits + 1, distinct(@tips));
	close $out or die;
}

sub distinct {
	my %seen;
	return grep { !$seen{ $_->[0] }++ } @_;
}

my $repository = $ENV{REPO} // "$work/generated";
generate($repository, $ENV{COMMITS} // 150) unless defined $ENV{REPO};
my @git = ('git', '-C', $repository);

sub lines {
	open my $in, '-|', @_ or die;
	chomp(my @lines = <$in>);
	close $in or die "'@_' failed\n";
	return @lines;
}

# One policy for all, which reads comments alike with and without a base.
open my $policy, '>', "$work/policy.yaml" or die;
print $policy <<'END';
inline: true
rules:
  unused-waiver: off
waivers:
  - {rule: unknown-stage, path: "{docker,other}/*", reason: soon}
  - {rule: extra-dockerfile, path: away/Containerfile.test, reason: never}
END
close $policy or die;

sub check {
	my ($binary, @arguments) = @_;
	open my $in, '-|', $binary, 'check', '-C', $repository, '--config', "$work/policy.yaml",
		@arguments or die;
	my $report = do { local $/; <$in> };
	close $in;
	die "'check @arguments': status $?" if ($? >> 8) > 1;
	return $report;
}

sub report { $json->decode(check(@_, '--format', 'json')) }

my %tree_of;
sub tree_of {
	my ($id) = @_;
	return $tree_of{$id} //= (lines(@git, 'rev-parse', "$id^{tree}"))[0];
}

# What the tree of a commit gives by itself.
my %trees;
sub alone {
	my ($id) = @_;
	return $trees{ tree_of($id) } //= report($program, '--rev', $id);
}

sub verdict { alone(@_)->{findings} }

# What is found and what is not checked comes in the order of its paths.
sub compare_order {
	my @lists = map { ($_->{findings}, $_->{unchecked}) } values %trees;
	my @wrong = grep { $_->[0] ne $_->[1] }
		map { my @paths = map { $_->{path} } @$_; [ "@paths", "@{[ sort @paths ]}" ] } @lists;
	is_deeply(\@wrong, [], @lists . ' lists are in order');
}

sub count { scalar grep { $_->{fingerprint} eq $_[1] } @{ $_[0] } }

sub most { my $most = 0; $most = $_ > $most ? $_ : $most for @_; $most }

# How many of a fingerprint a commit inherits: as many as the parent with the most of them, less
# those that the first parent has repaired since the two were one.
sub allowed {
	my ($fingerprint, @parents) = @_;
	my $first = @parents ? count(verdict($parents[0]), $fingerprint) : 0;
	return most(map {
		my $count = count(verdict($_), $fingerprint);
		if ($count > $first) {
			my @bases = lines(@git, 'merge-base', '--all', $parents[0], $_);
			my $base = most(map { count(verdict($_), $fingerprint) } @bases);
			$count -= most(0, $base - $first);
		}
		$count;
	} @parents);
}

sub shown {
	return map { my %copy = %$_; delete @copy{qw(commit ref repaired_by)}; $json->encode(\%copy) } @_;
}

sub expected {
	my ($id, @parents) = @_;
	my (%seen, %allowed);
	return grep {
		my $fingerprint = $_->{fingerprint};
		$allowed{$fingerprint} //= allowed($fingerprint, @parents);
		++$seen{$fingerprint} > $allowed{$fingerprint};
	} @{ verdict($id) };
}

# A range gives what its commits give one by one; how many findings, commits and merges it has.
sub compare {
	my ($range) = @_;
	my $report = report($other, '--range', $range);
	my ($total, $commits, $merges) = (0, 0, 0);
	my (%found, %unchecked, $last);
	push @{ $found{ $_->{commit} } }, $_ for @{ $report->{findings} };
	# What Git lists of a range can hold what its start has, where dates lie.
	my ($start, $end) = split /\.\./, $range;
	my %old = map { $_ => 1 } lines(@git, 'rev-list', $start);
	for (lines(@git, 'log', '--reverse', '--format=%H %T %P', $end)) {
		my ($id, $tree, @parents) = split;
		next if $old{$id};
		$tree_of{$id} = $tree;
		my @expected = shown(expected($id, @parents));
		my @got = shown(@{ delete $found{$id} // [] });
		$last = alone($id)->{summary};
		$unchecked{ $json->encode($_) } = 1 for @{ alone($id)->{unchecked} };
		$commits++;
		$merges++ if @parents > 1;
		$total += @expected;
		is_deeply(\@got, \@expected, "commit $id of $range (SEED=$seed)") if "@got" ne "@expected";
	}
	is($report->{summary}{commits}, $commits, "$range has as many commits as its end can reach and its start cannot");
	is_deeply([ keys %found ], [], "there are no findings of other commits than those of $range");
	is_deeply([ sort map { $json->encode($_) } @{ $report->{unchecked} } ], [ sort keys %unchecked ],
		'what is not checked is what is not checked of each');
	is_deeply([ @{ $report->{summary} }{qw(dockerfiles builds)} ], [ @$last{qw(dockerfiles builds)} ],
		'what is counted is what the last tree has');
	return ($total, $commits, $merges);
}

# Ranges that begin in the midst of it: what came before is then read only as far as it has to be.
sub later {
	my @all = lines(@git, 'rev-list', '--topo-order', 'HEAD');
	return map { "$all[ $#all * $_ / 5 ]..HEAD" } 1 .. 4;
}

# A tangle of merges in which no date means anything; all of it is reachable from the last commit.
sub tangle {
	my ($repository, $commits) = @_;
	my $out = import_to($repository);
	for my $mark (1 .. $commits) {
		my @parents = distinct(map { [ one_of(1 .. $mark - 1) ] } 1 .. ($mark > 1 ? one_of(1, 1, 2, 3) : 0));
		record($out, $mark, 1 + int rand 100, \@parents, change('Dockerfile', "FROM a:$mark\n"));
	}
	close $out or die;
}

# Whatever the dates say, what is new in a range is what its end can reach and its start cannot. Git
# itself is no measure for that: where dates lie, 'git rev-list A..B' can name commits that A has.
sub compare_counts {
	tangle("$work/tangle", 80);
	my %parents = map { my ($id, @parents) = split; $id => \@parents }
		lines('git', '-C', "$work/tangle", 'rev-list', '--parents', 'HEAD');
	my $reach = sub {
		my %seen;
		my @left = @_;
		while (defined(my $id = pop @left)) {
			push @left, @{ $parents{$id} } unless $seen{$id}++;
		}
		return \%seen;
	};
	my @all = sort keys %parents;
	my @wrong = grep {
		my ($old, $new) = map { $reach->($_) } split /\.\./;
		report($other, '-C', "$work/tangle", '--range', $_)->{summary}{commits}
			!= grep { !$old->{$_} } keys %$new;
	} map { join '..', one_of(@all), one_of(@all) } 1 .. 60;
	is_deeply(\@wrong, [], 'as many commits are judged as there are');
}

my ($root) = reverse lines(@git, 'rev-list', '--max-parents=0', 'HEAD');
my $range = $ENV{RANGE} // "$root..HEAD";
my ($total, $commits, $merges) = compare($range);
compare($_) for defined $ENV{RANGE} ? () : later();
compare_counts() unless defined $ENV{RANGE};
compare_order();
for my $format ($other eq $program ? () : qw(json text github)) {
	my @arguments = ('--all', '--format', $format, '--range', $range);
	ok(check($program, @arguments) eq check($other, @arguments), "both binaries print the same $format");
}
cmp_ok($total, '>', defined $ENV{REPO} ? -1 : $commits / 20,
	"$total findings of $commits commits, $merges of them merges, are the same one by one");
done_testing;
