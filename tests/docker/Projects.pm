package Projects;

# Compose projects made by chance; the same seed makes the same files.
use strict;
use warnings;
no warnings 'qw';
use Exporter qw(import);

our @EXPORT = qw(any_project);

my @CONTEXTS =
	qw(. . ./ ./sub sub sub/deep/.. "./sub" './x' ${CTX} ${CTX:-sub} $CTX/x ../other a/./b//c
	sub/ https://github.com/x/y.git#main git@github.com:x/y.git github.com/x/y
	"" ${EMPTY:-.} ./$$x);
my @DOCKERFILES =
	qw(Dockerfile D.dev sub/D ../D ./x/../D "" "D.dev" ${DF} ${DF:-Dockerfile}
	docker/${T:-dev}/D
	Dockerfile.$T ${EMPTY} ./Dockerfile a//b);
my @TARGETS = (
	'dev', 'prod', '"dev"', q('prod'), '${T}', '${T:-dev}', '${T-dev}', '${EMPTY:-x}',
	'${EMPTY-x}',
	'${T:+y}', '${U:+y}', '${U:-${T:-deep}}', '${U:-deep}', '$T', '"$T"', '$$dev',
	'a-${T}-b', '${T}${T}',
	'on', 'yes', 'n', '"1"', '!!str 1', 'a b', '"a\\tb"', '"\\x64ev"', q('it''s'),
	'"dev" # note', 'dev#x',
	'${U-}', '${EMPTY+set}', '${T:?no}', '${U:-a b}', '"${U:-}"', '${EMPTY}', 'DEV', 'é',
	'"\\u00e9"',
	"|-\n        dev", ">-\n        dev", "|\n        dev", ">\n        a\n        b",
	"'a\n        b'",
	"a\n        b", '!!str dev', '1dev', '1.2.3', '-', '.', '..', '0x', '0xZ', '1_', '12e',
	'=', '_', "''",
	'08:30', '2024-01', 'nan', 'inf', '"~"', 'tRue', 'nULL', '&t dev', '1:2', '+', '.e1',
	'${T:-"x"}',
	'${U:-}}', '${U:-x:y}', '${T:+${U:-z}}', '${U-${EMPTY-q}}', '${_U:-x}', '${t:-low}',
	'$T_x', '$T-x', '$1'
);
my @ODD_TARGETS =
	qw(1 0 1.5 true True false null ~ Null 0o7 0x1F 1e3 .inf -.INF .nan 2024-01-01 1_000
	+1 -1 010
	0b1 .5 1. !!int "3" [] {} [a] {a: b} *nothing ${} ${T ${1} $ ${T:-a ${T!x} ${T:x} !foo @x
	`x`
	0o8 0x 00 1__0 0.0 1e+3 -0 2024-01-01T00:00:00Z 0xG 1,000 12:30:45 !!null x NULL FALSE);
my @ELSEWHERE = (
	"    networks: [nowhere]\n", "    environment:\n      X: \${Y?}\n",
	"    env_file: missing.env\n",
	"    bogus: 1\n", "    volumes: ['v:/x']\n", "    ports: ['80:80']\n",
	"    depends_on: [nobody]\n",
	"    profiles: [p]\n", "    command: [a, b]\n", "    image: x\n",
	"    develop:\n      watch:\n        - {action: sync, path: ., target: /x}\n",
	"    secrets: [s]\n", "    x-y: {z: 1}\n", "    labels: {a: 1}\n",
	"    environment: [A=b, C]\n",
	"    restart: \"no\"\n", "    scale: 2\n", "    deploy: {replicas: 2}\n",
	"    environment:\n      - A=\$\$x\n"
);
my @EXTRA_KEYS = (
	"      args: {A: b}\n", "      args: [A=b, C]\n", "      no_cache: true\n",
	"      x-note: 1\n",
	"      additional_contexts: {k: ./k}\n", "      labels: {a: b}\n",
	"      network: host\n", "      pull: true\n",
	"      cache_from: [x]\n", "      platforms: [linux/amd64]\n", "      ssh: [default]\n",
	"      secrets: [s]\n",
	"      additional_contexts: [k=./k]\n", "      shm_size: 1gb\n", "      tags: [x]\n",
	"      privileged: true\n"
);
my @ENVIRONMENTS = (
	"T=dev\n", "T=prod\nCTX=sub\nEMPTY=\n", "export T='q'\n",
	"CTX=./sub # note\nDF=\"D.x\"\n",
	"T=a\nU=\${T}b\n", "EMPTY=\nT=\${EMPTY:-z}\n", "T='\${X}'\nDF=D\n", "# T=no\nT = sp\n",
	"T: colon\nCTX=sub\n", "T=\"a\\nb\"\n",
	"T=x\nT=y\n", "\xef\xbb\xbfT=bom\n", "T=crlf\r\nCTX=sub\r\n", "T=a#b\nDF=a #b\n", "T=\n",
	"CTX='sub'\nT=\"it's\"\n", "T=\$\$x\n"
);

sub one {
	return $_[int rand @_];
}

sub chance {
	my ($percent) = @_;

	return rand(100) < $percent;
}

sub target {
	my ($odd) = @_;

	return
		$odd
		&& chance(40) ? one(@ODD_TARGETS) :
		chance(40) ? one(qw(dev prod base)) :
		one(@TARGETS);
}

# The keys of a build, in block style six columns in.
sub build_keys {
	my ($odd) = @_;
	my $text = '';

	$text .= '      <<: ' . one('*b', '*c', '[*b, *c]', '[*c, *b]') . "\n" if chance(15);
	$text .= '      context: ' . one(@CONTEXTS) . "\n" if chance(70);
	if (chance(10)) {
		$text .=
			"      dockerfile_inline: |\n        FROM scratch AS dev\n"
			. "        FROM scratch AS prod\n";
	} elsif (chance(45)) {
		$text .= '      dockerfile: ' . one(@DOCKERFILES) . "\n";
	}
	$text .= '      target: ' . target($odd) . "\n" if chance(70);
	$text .= one(@EXTRA_KEYS) if chance(20);
	$text .= one(
		"      bogus: 1\n", "      dockerfile: D\n", "      target: again\n",
		"      <<: *b\n", "      <<: *none\n",
		"      <<: {target: flow}\n", "      \"<<\": *b\n", "      <<: x\n",
		"      <<:\n", "      <<: [*b, x]\n"
	) if $odd && chance(30);
	return length $text ? "    build:\n$text" : "    build: {}\n";
}

sub build {
	my ($odd) = @_;

	return '    build: ' . one(@CONTEXTS) . "\n" if chance(15);
	return
		  '    build: {context: '
		. one(qw(. sub "./x"))
		. ', target: '
		. one(qw(dev "prod" '${T:-dev}' "$T")) . "}\n"
		if chance(12);
	return '    build: ' . one('*b', '*c', '&n {target: own}') . "\n" if chance(10);
	return
		'    build: '
		. one('', '[]', '1', 'null', '~', 'true', '"', '{context: .', '- x') . "\n"
		if $odd && chance(20);
	return build_keys($odd);
}

sub service {
	my ($name, $odd, @others) = @_;
	my $text = "  $name:\n";

	$text = "  $name: &svc\n" if $name eq 'a';
	$text .= one("    <<: *svc\n", "    <<: [*svc]\n") if $name ne 'a' && chance(10);
	if (@others && chance(25)) {
		my $other = one(@others);

		$text .= one(
			"    extends: $other\n", "    extends: {service: $other}\n",
			"    extends:\n      service: $other\n",
			"    extends: {file: base/common.yml, service: one}\n",
			"    extends: {file: base/common.yml, service: two}\n",
			"    extends: {file: ./base/common.yml, service: three}\n"
		);
		$text .= "    extends: {service: nobody}\n" =~ s/extends/x-extends/r if $odd;
		return $text . (chance(50) ? build($odd) : '');
	}
	$text .= chance(90) ? build($odd) : "    image: x\n";
	$text .= one(grep { !/image/ || $text !~ /image:/ } @ELSEWHERE) if chance(15);
	return $text;
}

sub services {
	my ($odd, @names) = @_;
	my $text = "services:\n";
	my @above;

	for my $name (@names) {
		$text .= service($name, $odd, @above);
		push @above, $name;
	}
	return $text;
}

# What a second file changes.
sub override {
	my ($odd, @names) = @_;
	my $text = "services:\n";

	for my $name (@names) {
		$text .= "  $name:\n" . one(
			"    build:\n      target: " . target($odd) . "\n",
			"    build: ./other\n",
			"    build:\n      dockerfile: " . one(@DOCKERFILES) . "\n",
			"    build: {context: " . one(qw(sub . ./o)) . "}\n",
			"    build: !reset null\n    image: x\n",
			"    build:\n      target: !reset null\n",
			"    build: !override\n      context: fresh\n",
			"    build:\n      dockerfile: !reset x\n", "    environment: {A: b}\n",
			"    build: !override {target: only}\n",
			"    build:\n      target: !override replaced\n", "    image: y\n",
			"    build:\n      context: !reset null\n",
			"    build: !reset {}\n    image: z\n",
			"    build:\n      target: \"\"\n",
			"    build:\n      additional_contexts: {q: ./q}\n",
			"    build: !override ./str\n", "    build: {}\n"
		);
	}
	$text .= "  new:\n    build: {target: added}\n" if chance(15);
	return $text;
}

sub include {
	return "include:\n" . one(
		"  - inc/part.yml\n", "  - ./inc/part.yml\n", "  - path: inc/part.yml\n",
		"  - path: [inc/part.yml, inc/more.yml]\n",
		"  - path: inc/part.yml\n    project_directory: .\n",
		"  - path: inc/part.yml\n    project_directory: base\n",
		"  - path: inc/part.yml\n    env_file: inc/own.env\n",
		"  - path:\n      - inc/part.yml\n      - inc/more.yml\n"
			. "    project_directory: ./inc\n"
	);
}

sub parts {
	my ($files, $odd) = @_;

	$files->{'base/common.yml'} =
		  "services:\n  one:\n    build:\n      context: .\n      target: \${T:-common}\n"
		. "  two:\n    extends: one\n    build: {dockerfile: Two}\n"
		. "  three:\n    extends: {file: ../inc/more.yml, service: p}\n";
	$files->{'inc/part.yml'} =
		"services:\n  p:\n    build:\n      context: ./ctx\n      target: \${T:-part}\n"
		. "  q:\n    build: .\n";
	$files->{'inc/more.yml'} =
		  "services:\n  p:\n    build:\n      target: "
		. one(qw(more ${T:-more}))
		. "\n      context: "
		. one(qw(. ./m)) . "\n";
	$files->{'inc/own.env'} = "T=own\n";
	$files->{'inc/.env'} = "T=local\n" if chance(30);
}

sub mutated {
	my ($text) = @_;
	my $at = int rand length $text;

	substr($text, $at, chance(50) ? 1 : 0) =
		one('"', q('), ':', '-', '#', '{', '}', '[', '&', '*', '!', '|', "\t", ' ', "\n",
		'$', ',', '?', '');
	return $text;
}

sub any_project {
	my ($seed) = @_;

	srand($seed);
	my $odd = chance(35);
	my @names = (qw(a b c d))[0 .. int rand 4];
	my $text =
		"x-b: &b {context: sub, target: from-b}\n"
		. "x-c: &c\n  dockerfile: C\n  target: from-c\n";
	my %files;

	$text .= one("version: '3.8'\n", "name: x\n", "# a note\n", "networks: {n: {}}\n", '')
		if chance(40);
	$text .= include() if chance(15);
	$text .= services($odd, @names);
	$text .= "---\n" . override($odd, one(@names)) if chance(8);
	$text .=
		one("bogus: 1\n", "services: {}\n", "x-d: {a: 1, a: 2}\n", "...\n", "---\n",
		"x-e: *gone\n")
		if $odd && chance(20);
	$text = mutated($text) if $odd && chance(30);
	$text =~ s/\n/\r\n/g if chance(4);
	$text = "\xef\xbb\xbf$text" if chance(3);
	parts(\%files, $odd);
	$files{one(qw(compose.yaml compose.yml docker-compose.yml docker-compose.yaml))} = $text;
	$files{one(qw(compose.override.yaml docker-compose.override.yml))} =
		override($odd, one(@names))
		if chance(30);
	$files{'.env'} = one(@ENVIRONMENTS) if chance(55);
	$files{'.env'} = mutated($files{'.env'}) if $files{'.env'} && chance(15);
	return \%files;
}

1;
