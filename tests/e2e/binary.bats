#!/usr/bin/env bats
# How the program is linked makes an error of memory harder to use: nothing lies where it is
# expected, nothing that is written can be run, and what overruns its room ends the program.

load helper

# What readelf says of the program, and the words in it that name a check.
setup_file() {
	local program=${ONEDOCKERFILE:-$BATS_TEST_DIRNAME/../../build/onedockerfile}

	export elf=$BATS_FILE_TMPDIR/elf texts=$BATS_FILE_TMPDIR/texts
	readelf -W --file-header --program-headers --dynamic --dyn-syms --sections "$program" >"$elf"
	grep -aoE '(stack smashing|buffer overflow) detected|__asan_init|__ubsan_handle|__gcov_init|__tsan_init' \
		"$program" | sort -u >"$texts"
}

has() {
	grep -qE -e "$1" "$elf"
}

lacks() {
	! grep -qE -e "$1" "$elf"
}

shipped() {
	! grep -qE '_init|_handle' "$texts" || skip 'built to be examined, not to be shipped'
}

@test "lies at another address each time" {
	has 'Type: +DYN '
	has '\(FLAGS_1\) .*PIE'
	lacks '\(TEXTREL\)'
}

@test "cannot have its tables of addresses written over" {
	has ' GNU_RELRO '
	has '\(FLAGS\) .*BIND_NOW'
}

@test "runs nothing that it can write" {
	has ' GNU_STACK .* RW +0x'
	lacks ' LOAD .* RWE '
}

@test "looks for libraries in no place of its own" {
	lacks '\((RPATH|RUNPATH)\)'
}

@test "ends when a frame of its stack is overrun" {
	shipped
	grep -q 'stack smashing' "$texts" || has ' __stack_chk_fail@'
}

@test "ends when a copy is longer than its room" {
	shipped
	grep -q 'buffer overflow' "$texts" || has ' __(mem|str|v?sn?printf).*_chk@'
}

@test "is shipped without a loader, libraries and symbols" {
	has '\(NEEDED\)' && skip 'not the release binary'
	lacks ' INTERP |\.symtab|\.debug_'
}
