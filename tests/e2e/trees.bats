#!/usr/bin/env bats
# Trees that nobody makes by accident.

load helper

# tree ENTRY...: a tree written by hand; an entry is "MODE NAME OBJECT".
tree() {
	local mode name object

	for entry; do
		read -r mode name object <<<"$entry"
		printf '%s %s\0' "$mode" "$name"
		printf '%s' "$object" | perl -ne 'print pack "H*", $_'
	done | git hash-object -t tree -w --literally --stdin
}

blob() {
	printf 'FROM alpine:3.20\n' | git hash-object -w --stdin
}

@test "reads modes with leading zeros" {
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

@test "does not pass a tree that ends too early" {
	repository shop
	inner=$(printf '100644 Dockerfile\0abc' | git hash-object -t tree -w --literally --stdin)
	top=$(tree "40000 api $inner")
	expect '[13]' onedockerfile check --rev "$(git commit-tree -m short "$top")"
}

@test "is not held up by a tree that unfolds to millions of files" {
	repository shop
	inner=$(tree "100644 Dockerfile $(blob)" "100644 Dockerfile.dev $(blob)")
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		inner=$(tree "40000 a $inner" "40000 b $inner" "40000 c $inner" "40000 d $inner" \
			"40000 e $inner" "40000 f $inner" "40000 g $inner" "40000 h $inner")
	done
	expect '[13]' timeout 60 onedockerfile check --rev "$(git commit-tree -m bomb "$inner")"
}

@test "keeps odd names whole and harmless" {
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

@test "takes a directory for no Dockerfile" {
	repository shop
	good api
	mkdir api/Dockerfile.dev
	echo x >api/Dockerfile.dev/x
	save directory
	judge 0 --rev HEAD
	judge 0
}
