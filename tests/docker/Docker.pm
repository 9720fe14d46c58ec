package Docker;

# Cases in directories of their own, put to the engine in a few calls and to the program in one.
# The settings of engine.sh must be in the environment.
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use JSON::PP;

our @EXPORT = qw(start write_file write_case inspect faults check outline targets build
	import_images image_of make_shell compose_config result finish);

use constant BATCH => 60;

my $json = JSON::PP->new->utf8->canonical;
my $count = 0;
my $calls = 0;

# An empty repository below build, and in it from now on.
sub start {
	my ($name) = @_;
	my $dir = abs_path('build') . "/docker/$name";

	delete @ENV{grep { /^GIT_/ } keys %ENV};
	$ENV{BUILDX_NO_DEFAULT_ATTESTATIONS} = 1;
	$ENV{BUILDKIT_PROGRESS} = 'plain';
	remove_tree($dir);
	make_path($dir);
	chdir $dir or die "cannot enter $dir: $!\n";
	system(qw(git init -q)) == 0 or die "no repository in $dir\n";
	$| = 1;
}

sub write_file {
	my ($path, $bytes) = @_;

	make_path(dirname($path));
	open my $file, '>:raw', $path or die "cannot write $path: $!\n";
	print $file $bytes;
	close $file or die "cannot write $path: $!\n";
}

sub read_file {
	my ($path) = @_;

	open my $file, '<:raw', $path or die "cannot read $path: $!\n";
	local $/;
	return scalar <$file>;
}

# A Dockerfile, and a compose file with a service for each target that is asked for.
sub write_case {
	my ($case) = @_;
	my $services = '';
	my $index = 0;

	write_file("$case->{id}/Dockerfile", $case->{text});
	for my $target (@{$case->{targets}}) {
		my $quoted = JSON::PP->new->allow_nonref->ascii->encode($target =~ s/\$/\$\$/gr);

		$services .= "  t$index:\n    build: {context: ., target: $quoted}\n";
		$index++;
	}
	write_file("$case->{id}/compose.yaml", "services:\n$services") if $index;
}

# What the program sees, by directory of a case: {dockerfile, builds}.
sub inspect {
	my $text = `$ENV{ONEDOCKERFILE} inspect --format json`;
	my %seen;

	die "inspect ended with status $?\n" if $?;
	my $report = $json->decode($text);
	for my $file (@{$report->{dockerfiles}}) {
		my ($id) = split m{/}, $file->{path};

		$seen{$id}{dockerfile} = $file if $file->{path} eq "$id/Dockerfile";
	}
	for my $build (@{$report->{builds}}) {
		my ($id) = split m{/}, $build->{path};

		push @{$seen{$id}{builds}}, $build;
	}
	return \%seen;
}

# Bake takes what looks like a template in any string for one.
sub escape {
	my ($text) = @_;

	return $text =~ s/([\$%])\{/$1$1\{/gr;
}

sub bake {
	my ($asked, @options) = @_;
	my %targets;

	for my $name (keys %$asked) {
		my $item = $asked->{$name};
		my $target = {context => $item->{id}};

		$target->{target} = escape($item->{target}) if length($item->{target} // '');
		$target->{output} = ["type=local,dest=$item->{out}"] if $item->{out};
		$target->{dockerfile} = escape($item->{dockerfile}) if $item->{dockerfile};
		@$target{qw(tags network)} = ([$item->{tag}], 'none') if $item->{tag};
		$targets{$name} = $target;
	}
	$calls++;
	write_file("bake-$calls.json", $json->encode({target => \%targets}));
	my $call = "docker buildx bake -f bake-$calls.json @options @{[sort keys %targets]}";
	my $text = `$call 2>bake-$calls.err`;
	return ($?, $text);
}

# One call of the builder for many files; its answers by what they were asked as. What a file makes
# fail for all of them is asked again in halves, until that file is alone: undef.
sub call {
	my ($kind, $asked) = @_;
	my @todo = [sort keys %$asked];
	my %answers;

	while (my $names = shift @todo) {
		my @some = splice @$names, 0, BATCH;

		push @todo, $names if @$names;
		my (undef, $text) =
			bake({map { $_ => $asked->{$_} } @some}, "--call=$kind,format=json");
		my $answer = eval { $json->decode($text) };
		if ($answer) {
			$answers{$_} = $answer->{target}{$_}{$kind} for @some;
		} elsif (@some > 1) {
			push @todo, [splice @some, 0, @some / 2], \@some;
		}
	}
	return \%answers;
}

# Why the builder refuses, undef where it does not: {name => {id, target}}.
sub check {
	my ($asked) = @_;
	my $answers = call('check', $asked);

	return {map { $_ => $answers->{$_}{buildError}{message} } keys %$answers};
}

# Why a plain build is refused, one file at a time.
sub outline {
	my ($asked) = @_;
	my %errors;

	for my $name (sort keys %$asked) {
		my ($status) = bake({$name => $asked->{$name}}, '--call=outline,format=json');

		$errors{$name} = $status ? read_file("bake-$calls.err") : undef;
	}
	return \%errors;
}

# The stages that it lists, of files that can be parsed.
sub targets {
	my ($asked) = @_;
	my $answers = call('targets', $asked);

	return {map { $_ => $answers->{$_}{targets} } keys %$answers};
}

# Real builds, of what the builder does not refuse: {name => {id, target, out}}, or of images:
# {name => {id, dockerfile, target, tag}}.
sub build {
	my ($asked) = @_;
	my @names = sort keys %$asked;

	while (my @some = splice @names, 0, BATCH) {
		my ($status) = bake({map { $_ => $asked->{$_} } @some});

		die "a build failed: " . read_file("bake-$calls.err") . "\n" if $status;
	}
}

# Images without network: each holds a file that says what it is.
sub import_images {
	my (@names) = @_;

	write_file('image/m', 'image');
	for my $name (@names) {
		next if system("docker image inspect '$name' >/dev/null 2>&1") == 0;
		system("tar -C image -c . | docker import - '$name' >/dev/null 2>&1");
	}
	remove_tree('image');
}

# What an image is: its settings and its layers.
sub image_of {
	my (@tags) = @_;
	my $text = `docker image inspect @tags`;
	my %images;

	for my $image (@{$json->decode($text)}) {
		my $known = $json->encode({config => $image->{Config}, layers => $image->{RootFS}});

		$images{$_} = $known for map { s/:latest$//r } @{$image->{RepoTags}};
	}
	return \%images;
}

# An image that has a shell, and a variable of its own.
sub make_shell {
	my (@names) = @_;

	write_file('shell/Dockerfile', <<~'END');
		FROM scratch
		COPY busybox /bin/busybox
		RUN ["/bin/busybox", "--install", "-s", "/bin"]
		ENV A=image
		END
	system(qw(cp /bin/busybox shell)) == 0 or die "no busybox\n";
	build({map { $_ => {id => 'shell', tag => $_} } @names});
}

# What makes a case unreadable, leaves part of it unread or depends on a variable without value, by
# directory of the case.
sub faults {
	my $report = $json->decode(scalar `$ENV{ONEDOCKERFILE} check --format json`);
	my %faults;

	for my $finding (@{$report->{findings}}) {
		my ($id) = split m{/}, $finding->{path};

		$faults{$id}{refused} //= $finding->{message}
			if $finding->{rule} eq 'unreadable'
			&& $finding->{message} !~ /inline Dockerfile/;
		$faults{$id}{open} //= $finding->{message}
			if $finding->{rule} eq 'unresolved-variable';
	}
	for my $item (@{$report->{unchecked}}) {
		my ($id) = split m{/}, $item->{path};

		$faults{$id}{unchecked} //= $item->{reason};
	}
	return \%faults;
}

# docker compose config of a directory, whatever the environment holds: {model, warnings} or {error}.
sub compose_config {
	my ($dir, $files, @options) = @_;
	my $plugin = "$ENV{DOCKER_CONFIG}/cli-plugins/docker-compose";
	my $call = "'$plugin' --profile '*' @$files config --format json @options";
	my $text = `cd '$dir' && env -i PATH="\$PATH" HOME=/nowhere $call 2>"\$OLDPWD/compose.err"`;
	my $said = read_file('compose.err');

	return $? ? {error => $said} : {model => $json->decode($text), warnings => $said};
}

# One line of TAP; what differs is said below it. A known difference counts as none.
sub result {
	my ($name, $known, @differences) = @_;

	my $todo = $known && @differences ? " # TODO $known" : '';

	$count++;
	$name =~ s/[^ -~]|#/?/g;
	print @differences ? 'not ' : '', "ok $count - $name$todo\n";
	print {$known ? *STDOUT : *STDERR} map { "# $_\n" } "$name:",
		map { split /\n/ } @differences
		if @differences;
}

sub finish {
	print "1..$count\n";
}

1;
