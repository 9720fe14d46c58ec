#!/usr/bin/env bats
# Compose files and policies that a parser of YAML chokes on, or reads otherwise than people.

load helper

service='services: {a: {build: api}}'

begin() {
	repository shop
	good api
	save 'a service'
}

# refused MESSAGE: the compose file at hand is one that nobody can read, for that reason.
refused() {
	save hostile
	bounded 1 onedockerfile check --rev HEAD
	says "$1 [unreadable]"
}

# accepted: nothing is wrong with it.
accepted() {
	save harmless
	bounded 0 onedockerfile check --rev HEAD -v
	says '1 build'
}

# wrong MESSAGE: the policy at hand is none, for that reason.
wrong() {
	save 'a policy'
	bounded 2 onedockerfile check --rev HEAD
	says ".onedockerfile.yaml:$1"
}

@test "row 1: a million lists inside one another" {
	begin
	perl -e 'print "[" x 1_000_000' >compose.yml
	refused 'compose.yml:1:65: error: nested more than 64 levels deep'
}

@test "row 2: mappings and lists inside one another" {
	begin
	perl -e 'print "{\"\":[" x 200_000' >compose.yml
	refused 'compose.yml:1:161: error: nested more than 64 levels deep'
}

@test "row 3: half a million block lists inside one another" {
	begin
	perl -e 'print "- " x 500_000' >compose.yml
	refused 'compose.yml:1:129: error: nested more than 64 levels deep'
}

@test "row 4: 64 levels are read, 65 are not" {
	begin
	perl -e 'print "services: {a: {build: api, x-a: ", "[" x 61, "]" x 61, "}}\n"' >compose.yml
	accepted
	perl -e 'print "services: {a: {build: api, x-a: ", "[" x 62, "]" x 62, "}}\n"' >compose.yml
	refused 'compose.yml:1:94: error: nested more than 64 levels deep'
}

# bomb FIRST PIECE TIMES: a compose file each of whose lines stands for the one before nine times.
bomb() {
	perl -e '
		my ($first, $piece, $times) = @ARGV;
		print "x0: &a0 $first\n";
		printf "x%d: &a%d $piece\n", $_, $_, join ",", ("*a" . ($_ - 1)) x 9 for 1 .. $times;
	' "$1" "$2" "$3"
	echo "$service"
}

@test "row 5: aliases that stand for more and more" {
	begin
	bomb lol '[%s]' 9 >compose.yml
	refused 'compose.yml:7:9: error: more than 100000 values where aliases are written out'
	bomb lol '[%s]' 5 >compose.yml
	accepted
}

@test "row 6: merge keys that bring more and more" {
	begin
	bomb '{k: v}' '{<<: [%s]}' 12 >compose.yml
	refused 'compose.yml:6:14: error: more than 100000 values where aliases are written out'
	# A mapping that is brought often is still one.
	bomb '{k: v}' '{<<: [%s]}' 4 >compose.yml
	accepted
}

@test "row 7: a list that is part of itself" {
	begin
	printf 'x-a: &a [*a]\n%s\n' "$service" >compose.yml
	refused "compose.yml:1:10: error: alias 'a' stands inside its own anchor"
	printf 'services: &a {b: {build: api}, <<: *a}\n' >compose.yml
	refused "compose.yml:1:36: error: alias 'a' stands inside its own anchor"
}

@test "row 8: forty thousand anchors" {
	begin
	perl -e 'print "x-a:\n", map { "- &a$_ x\n" } 1 .. 40_000' >compose.yml
	echo "$service" >>compose.yml
	accepted
}

@test "row 9: twenty thousand directives" {
	begin
	perl -e 'print map({ "%TAG !a$_! b\n" } 1 .. 20_000), "--- {}\n"' >compose.yml
	refused "compose.yml:17:1: error: more than 16 lines that begin with '%'"
}

@test "row 10: documents without end, and two in a policy" {
	begin
	perl -e 'print "---\n" x 262_144' >compose.yml
	refused 'compose.yml:33334:1: error: more than 100000 YAML events'
	perl -e 'print "--- {}\n" x 101' >compose.yml
	refused 'compose.yml: error: more than 100 documents'
	printf 'version: 1\n---\nversion: 1\n' >.onedockerfile.yaml
	wrong '3:1: a policy is one document, and here begins another'
	perl -e 'print "---\n" x 60_000' >.onedockerfile.yaml
	wrong ''
}

@test "row 11: one mebibyte is read, a byte more is not, nor are sixteen" {
	local size

	begin
	for size in 1048576 1048577 16000000; do
		perl -e 'print "$ARGV[0]\nx-a: ", "b" x ($ARGV[1] - 7 - length $ARGV[0]), "\n"' \
			"$service" "$size" >compose.yml
		[ "$(wc -c <compose.yml)" -eq "$size" ]
		if [ "$size" -eq 1048576 ]; then
			accepted
		else
			refused 'compose.yml: error: larger than 1048576 bytes'
		fi
	done
}

@test "row 12: UTF-16" {
	begin
	for order in LE BE; do
		printf '\ufeff%s\n' "$service" | iconv -t "UTF-16$order" >compose.yml
		refused 'compose.yml:1:1: error: not UTF-8'
	done
	printf '\ufeffversion: 1\n' | iconv -t UTF-16LE >.onedockerfile.yaml
	wrong '1:1: not UTF-8'
	# One byte order mark says no more than that it is UTF-8.
	printf '\ufeffversion: 1\n' >.onedockerfile.yaml
	printf '\ufeff%s\n' "$service" >compose.yml
	accepted
}

@test "row 13: bytes that are no text" {
	begin
	while read -r bytes reason; do
		printf '%s\nx-a: [b, c%b]\n' "$service" "$bytes" >compose.yml
		refused "compose.yml:2:11: error: $reason"
		printf 'version: 1\nfail-on: er%b\n' "$bytes" >.onedockerfile.yaml
		wrong "2:12: $reason"
		rm .onedockerfile.yaml
	done <<-'END'
		\0377 not UTF-8
		\0300\0257 not UTF-8
		\0355\0240\0200 not UTF-8
		\0364\0220\0200\0200 not UTF-8
		\0000 control characters are not allowed
		\0033 control characters are not allowed
		\0007 control characters are not allowed
	END
}

@test "row 14: a NUL character in the name of a Dockerfile" {
	begin
	cp api/Dockerfile api/Docker
	printf 'services: {a: {build: {context: api, dockerfile: "Docker\\0file"}}}\n' >compose.yml
	refused 'compose.yml:1:50: error: a scalar holds a NUL character'
}

@test "row 15: keys that are there twice" {
	begin
	printf 'services: {a: {build: api, build: web}}\n' >compose.yml
	refused "compose.yml:1:28: error: duplicate key 'build', first on line 1"
	printf 'commits: tip\ncommits: each\n' >.onedockerfile.yaml
	wrong "2:1: duplicate key 'commits', first on line 1"
}

@test "row 16: policies that say what there is not" {
	begin
	while IFS='|' read -r text reason; do
		printf '%b' "$text" >.onedockerfile.yaml
		wrong "$reason"
	done <<-'END'
		mode: strict\n|1:1: unknown key 'mode'
		rules: {extra-dockerfiles: off}\n|1:9: unknown rule 'extra-dockerfiles'
		rules: [off]\n|1:8: a mapping of rules is wanted here, not a list
		ignore: vendor\n|1:9: a list of patterns is wanted here, not a string
		|1:1: the policy is empty
		# nothing\n|1:1: the policy is empty
	END
	rm .onedockerfile.yaml
	bounded 2 onedockerfile check --rev HEAD --config missing.yaml
	says 'missing.yaml'
}

@test "row 17: words that older YAML takes for something else" {
	begin
	while IFS='|' read -r text reason; do
		echo "$text" >.onedockerfile.yaml
		wrong "$reason"
	done <<-'END'
		fail-on: no|1:10: unknown value 'no'
		rules: {unused-stage: no}|1:23: unknown value 'no'
		rules: {unused-stage: OFF}|1:23: unknown value 'OFF'
		rules: {unused-stage: false}|1:23: one of 'off', 'notice', 'warning', 'error' is wanted
		inline: on|1:9: true or false is wanted here, not a string
		inline: yes|1:9: true or false is wanted here, not a string
		commits: 012|1:10: one of 'each', 'tip' is wanted here, not a number
		refs: [1_000]|1:8: a pattern is a string, not a number
		version: 012|1:10: the version of a policy is 1
		fail-on: ~|1:10: one of
	END
	echo 'rules: {unused-stage: off}' >.onedockerfile.yaml
	save 'a policy'
	bounded 0 onedockerfile check --rev HEAD
}

@test "row 18: tags" {
	begin
	echo 'ignore: !!python/object [a]' >.onedockerfile.yaml
	wrong "1:25: the tag 'tag:yaml.org,2002:python/object' means nothing here"
	rm .onedockerfile.yaml
	# Compose leaves a text with a tag a text, and has two tags of its own.
	bad api
	echo 'services: {a: {build: {context: api, dockerfile: !!python/object Dockerfile.dev}}}' >compose.yml
	save tagged
	bounded 1 onedockerfile check --rev HEAD
	says "service 'a' builds 'api/Dockerfile.dev'"
	rm api/Dockerfile.dev
	echo 'services: {a: {build: {context: api, target: !!int a}}}' >compose.yml
	refused "compose.yml:1:52: error: 'target' must be a string, not a number"
	echo 'services: {a: {build: {context: api, target: no}}}' >compose.yml
	while IFS='|' read -r build status; do
		printf 'services: {a: {build: %s}}\n' "$build" >compose.override.yml
		save override
		bounded "$status" onedockerfile check --rev HEAD
	done <<-'END'
		{target: !reset no}|0
		!override {context: api}|0
		{context: api}|1
	END
}
