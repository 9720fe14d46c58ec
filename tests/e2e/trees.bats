#!/usr/bin/env bats
# Trees that nobody makes by accident.

load helper

blob() {
	printf 'FROM alpine:3.20\n' | git hash-object -w --stdin
}

@test "row 40: reads modes with leading zeros" {
	repository shop
	inner=$(tree "100644 Dockerfile $(blob)" "0100644 Dockerfile.dev $(blob)")
	top=$(tree "040000 api $inner")
	judge 1 --rev "$(git commit-tree -m padded "$top")"
	reported <<-'END'
		new unreadable .
		new unreadable api
		new extra-dockerfile api/Dockerfile.dev:1
	END
}

@test "row 37, 38, 39, 40, 41: lets nothing hide in a tree that Git would not have written" {
	git init -q --bare central.git
	server central.git
	repository shop
	good api
	save 'a service'
	file=$(blob)
	inner=$(tree "100644 Dockerfile $file" "100644 Dockerfile.dev $file")
	for entries in \
		"100644 api/Dockerfile.dev $file" \
		"100644 Dockerfile.dev $file,100644 Dockerfile.dev $file" \
		"40000 api $inner,100644 api $file" \
		"100644 b $file,40000 api $inner" \
		"40000 .. $inner" "40000 . $inner" "40000 .git $inner" \
		"50000 api $inner" "170644 Dockerfile $file" "100600 Dockerfile $file"; do
		IFS=, read -r -a list <<<"$entries"
		commit=$(git commit-tree -p main -m odd "$(tree "${list[@]}")")
		push 1 ../central.git "$commit:refs/heads/main"
		says malformed
	done
	for entries in \
		"100644 Dockerfile.dev $file,100644 Dockerfile $file" \
		"100644 api $file,40000 api $inner" "40000 api $inner,40000 api $inner" \
		"100644 a $file,100644 a.b $file,40000 a $inner" \
		"100644 /Dockerfile $file" "100644 Dockerfile/ $file" \
		"40000 .GiT $inner" "100644 .git $file" "40000 GIT~1 $inner" "120000 .. $file" \
		"0 Dockerfile $file" "644 Dockerfile $file" "170000 Dockerfile $file" \
		"100777 Dockerfile $file" "140000 Dockerfile $file"; do
		IFS=, read -r -a list <<<"$entries"
		expect 3 onedockerfile check --rev "$(git commit-tree -m odd "$(tree "${list[@]}")")"
		says malformed
	done
	judge 1 --rev "$(git commit-tree -m old "$(tree "100644 Dockerfile $file" "100664 Dockerfile.dev $file")")"
	# Those that Git itself cannot send.
	for entry in '100644 ' '10064x Dockerfile' '100644Dockerfile' '777777777777 Dockerfile' \
		' Dockerfile' '-100644 Dockerfile' '0x81a4 Dockerfile' '40000100644 Dockerfile'; do
		inner=$(printf '%s\0%020d' "$entry" 0 | git hash-object -t tree -w --literally --stdin)
		expect 3 onedockerfile check --rev "$(git commit-tree -m odd "$inner")"
		says malformed
	done
}

@test "sees modes with leading zeros come and go in a range" {
	repository shop
	base=$(git commit-tree -m base "$(tree "40000 api $(tree "100644 Dockerfile $(blob)")")")
	padded="0100644 Dockerfile $(blob)"
	one=$(tree "40000 api $(tree "$padded")")
	two=$(tree "40000 api $(tree "$padded" "100644 Dockerfile.dev $(blob)")")
	tip=$base
	for top in "$one" "$two" "$base^{tree}" "$one"; do
		tip=$(git commit-tree -m change -p "$tip" "$(git rev-parse "$top")")
	done
	judge 1 --range "$base..$tip"
	reported <<-'END'
		new unreadable api
		new extra-dockerfile api/Dockerfile.dev:1
		new unreadable api
	END
}

@test "row 43: does not pass a tree that ends too early" {
	repository shop
	inner=$(printf '100644 Dockerfile\0abc' | git hash-object -t tree -w --literally --stdin)
	top=$(tree "40000 api $inner")
	expect '[13]' onedockerfile check --rev "$(git commit-tree -m short "$top")"
}

@test "row 45: is not held up by a tree that unfolds to millions of files" {
	repository shop
	inner=$(tree "100644 Dockerfile $(blob)" "100644 Dockerfile.dev $(blob)")
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		inner=$(tree "40000 a $inner" "40000 b $inner" "40000 c $inner" "40000 d $inner" \
			"40000 e $inner" "40000 f $inner" "40000 g $inner" "40000 h $inner")
	done
	expect '[13]' timeout 60 onedockerfile check --rev "$(git commit-tree -m bomb "$inner")"
}

@test "row 44: does not judge a path that no system checks out" {
	local inner name i

	repository shop
	inner=$(tree "100644 Dockerfile $(blob)" "100644 Dockerfile.dev $(blob)")
	name=$(printf '%0254d' 0)
	for i in $(seq 15); do
		inner=$(tree "40000 $name $inner")
	done
	# 15 times 255 bytes, and the 14 of "Dockerfile.dev", leave 257 of 4096.
	judge 1 --rev "$(git commit-tree -m long "$(tree "40000 ${name}00 $inner")")"
	says '"errors":	1,'
	expect 3 onedockerfile check --rev "$(git commit-tree -m longer "$(tree "40000 ${name}000 $inner")")"
	says "'Dockerfile.dev' has a path of more than 4096 bytes"
}

@test "row 75: sees a name that is longer in bytes than Linux takes, but not in characters" {
	local accents name

	repository shop
	# "Dockerfile." has 11 of the 255 units that Windows and macOS count.
	accents=$(printf '\u20ac%.0s' {1..244})
	for name in "Dockerfile.$accents" "${accents:0:240}.dockerfile"; do
		tree=$(printf '100644 blob %s\t%s\n' "$(blob)" Dockerfile "$(blob)" "$name" | git mktree)
		judge 1 --rev "$(git commit-tree -m long "$tree")"
		reported --get summary.errors <<<1
	done
}

@test "does not judge a tree whose paths take too much room" {
	local inner name i

	repository shop
	inner=$(seq -f 'Dockerfile.%06g' 10000 | sed "s|^|100644 blob $(blob)\t|" | git mktree)
	expect 0 onedockerfile check --rev "$(git commit-tree -m wide "$(tree "40000 api $inner")")"
	name=$(printf '%0255d' 0)
	for i in $(seq 15); do
		inner=$(tree "40000 $name $inner")
	done
	expect 3 onedockerfile check --rev "$(git commit-tree -m deep "$inner")"
	says 'the paths below tree '
	says ' take more than 256 MiB'
}

@test "does not judge many files each of which lies deep" {
	local inner

	repository shop
	inner=$(tree "100644 Dockerfile $(blob)")
	for _ in $(seq 250); do
		inner=$(tree "40000 directory $inner")
	done
	seq -f 'service%06g' 1000 | sed "s|^|040000 tree $inner\t|" | git mktree >"$work/top"
	expect 3 timeout 60 onedockerfile check --rev "$(git commit-tree -m deep "$(cat "$work/top")")"
	says 'the paths below tree '
	says ' take more than 256 MiB'
}

@test "row 74, 75: keeps odd names whole and harmless" {
	repository shop
	good api
	printf 'FROM a\n' >"$(printf 'api/Dockerfile.\377')"
	printf 'FROM a\n' >"$(printf 'api/Dockerfile.a\nb')"
	printf 'FROM a\n' >"$(printf 'api/Dockerfile.a,b:%%c')"
	save odd
	judge 1
	reported --get findings <<<3
	reported --get findings.0.path_bytes <<<null
	reported --get findings.2.path_bytes <<<6170692f446f636b657266696c652eff
	judge 1 --rev HEAD
	reported --get findings <<<3
	expect 1 onedockerfile check -f github
	grep -qF 'file=api/Dockerfile.a%0Ab,' "$work/out"
	grep -q 'file=api/Dockerfile.a%2Cb%3A%25c,' "$work/out"
	expect 1 onedockerfile check
	[ "$(LC_ALL=C grep -c $'\377' "$work/out")" -eq 0 ]
}

@test "takes a link to the one Dockerfile for no variant" {
	repository shop
	good api
	ln -s Dockerfile api/Dockerfile.dev
	ln -s /etc/passwd web
	save links
	judge 0
	judge 0 --rev HEAD
	judge 0 --staged
}

@test "takes a link that leaves the tree, or never ends, for a file nobody can read" {
	repository shop
	mkdir out loop chain
	ln -s /etc/passwd out/Dockerfile
	ln -s Dockerfile loop/Dockerfile
	for i in 1 2 3 4 5 6 7 8 9; do
		ln -s "link$((i + 1))" "chain/link$i"
	done
	printf 'FROM alpine:3.20\n' >chain/link10
	ln -s link1 chain/Dockerfile
	save links
	for source in '--rev HEAD' --staged ''; do
		# shellcheck disable=SC2086 # a list of words
		judge 0 $source
		reported --get summary.dockerfiles <<<3
		reported --get unchecked <<<3
	done
}

@test "sees a file that becomes a link, and one that may only be run" {
	repository shop
	good api
	cp api/Dockerfile api/Dockerfile.dev
	echo '# dev' >>api/Dockerfile.dev
	save variant
	chmod +x api/Dockerfile.dev
	save 'a mode'
	ln -sf Dockerfile api/Dockerfile.dev
	save 'a link'
	rm api/Dockerfile.dev && bad api
	save 'a file again'
	judge 1 --range HEAD~3..HEAD
	reported --commits <<-END
		new extra-dockerfile api/Dockerfile.dev:1 $(short HEAD) - -
	END
	judge 0 --range HEAD~3..HEAD~2
	reported --get summary.inherited <<<1
}

@test "tells names apart by case" {
	repository shop
	mkdir api web
	printf 'FROM alpine:3.20\n' >api/dockerfile
	printf 'FROM alpine:3.20\n' >web/DOCKERFILE
	printf 'services:\n  a: {build: api}\n  w: {build: web}\n' >compose.yaml
	save 'other spellings'
	judge 1 --rev HEAD
	reported <<-'END'
		new missing-dockerfile compose.yaml:3:14-16
	END
}

@test "takes a submodule for no Dockerfile" {
	repository shop
	good api
	git add -A
	git update-index --add --cacheinfo "160000,$(git write-tree),api/Dockerfile.dev"
	git update-index --add --cacheinfo "160000,$(git write-tree),web/Dockerfile"
	judge 0 --staged
	reported --get summary.dockerfiles <<<1
	git commit -q -m submodules
	judge 0 --rev HEAD
	reported --get summary.dockerfiles <<<1
}

@test "takes a directory for no Dockerfile" {
	repository shop
	good api
	mkdir api/Dockerfile.dev
	echo x >api/Dockerfile.dev/x
	save directory
	judge 0 --rev HEAD
	judge 0
}

@test "compares a variant that is one blob with each of the two files that it is beside" {
	repository shop
	mkdir a b
	printf 'FROM alpine\nRUN apk add\n' >a/Dockerfile
	printf 'FROM debian\n' >b/Dockerfile
	printf 'FROM alpine\nRUN apk add make\n' | tee a/Dockerfile.dev >b/Dockerfile.dev
	save variants
	expect 1 onedockerfile check --rev HEAD
	says "'a/Dockerfile'; the first instruction is the same"
	says "'b/Dockerfile'; they differ from the first instruction on"
}
