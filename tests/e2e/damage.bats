#!/usr/bin/env bats
# Every file of a repository is damaged in turn. Whatever is asked then, the answer is what it was
# of the whole one, or status 3: never another verdict.

load helper

# A policy, a fault, waivers, attributes, a merge and an annotated tag; then something to commit.
shop() {
	repository shop
	good api
	compose prod
	printf 'ignore: [old/**]\n' >.onedockerfile.yaml
	printf '*.sh text\n' >.gitattributes
	save 'one Dockerfile'
	git checkout -q -b side
	bad old
	save 'an old one'
	git checkout -q main
	bad web
	save 'a fault'
	git merge -q --no-edit side
	git tag -a -m first v1
	git checkout -q -b next HEAD~1
	bad worker
	git add -A
}

# What each question is answered, in $1.
ask() {
	local number=0 status question

	mkdir -p "$1"
	while read -r question; do
		number=$((number + 1)) status=0
		eval "timeout 20 onedockerfile $question" >"$1/$number.out" 2>"$1/$number.err" || status=$?
		echo "$status" >"$1/$number.status"
	done <<-'END'
		check --rev main
		check --range v1~2..main
		check --base main
		check --staged
		hook pre-commit
		inspect --rev v1
	END
}

# What the whole repository is answered: faults, and what is there.
whole() {
	ask "$work/whole"
	[ "$(cat "$work"/whole/*.status | tr -d '\n')" = 111110 ]
}

# The same answers as of the whole repository, or none.
same() {
	local status

	for status in "$work"/now/*.status; do
		[ "$(cat "$status")" -eq 3 ] && continue
		cmp -s "$status" "$work/whole/${status##*/}" &&
			cmp -s "${status%.status}.out" "$work/whole/$(basename "$status" .status).out" && continue
		echo "$1: question $(basename "$status" .status) is answered otherwise"
		cat "$status" "${status%.status}.out" "${status%.status}.err"
		return 1
	done
}

# Damage each file of these in turn: it is gone, ends in its middle, or is full of nothing.
damage() {
	local file kind size

	whole
	for file in "$@"; do
		size=$(wc -c <"$file")
		for kind in gone cut zero; do
			cp -p "$file" "$work/kept"
			chmod u+w "$file"
			case $kind in
			gone) rm -f "$file" ;;
			cut) truncate -s $((size / 2)) "$file" ;;
			zero) truncate -s 0 "$file" && truncate -s "$size" "$file" ;;
			esac
			ask "$work/now"
			rm -f "$file"
			mv "$work/kept" "$file"
			same "$kind $file"
		done
	done
}

@test "gives no other verdict when an object is damaged" {
	shop
	mapfile -t objects < <(find .git/objects -type f)
	damage "${objects[@]}"
}

@test "gives no other verdict when a pack, its index or the commit graph is damaged" {
	shop
	git gc -q
	git commit-graph write --reachable
	mapfile -t objects < <(find .git/objects -type f)
	damage "${objects[@]}"
}

@test "gives no other verdict when the index is cut or full of nothing" {
	shop
	whole
	cp .git/index "$work/kept"
	for size in 1 11 12 40 100 200; do
		head -c "$size" "$work/kept" >.git/index
		ask "$work/now"
		same "$size bytes of the index"
	done
	head -c "$(wc -c <"$work/kept")" /dev/zero >.git/index
	ask "$work/now"
	same 'an index of nothing'
}

# change OFFSET BYTES: other bits in a byte of the only pack, so many behind where what is packed there
# is compressed.
change() {
	perl -e 'my ($path, $at, $behind) = @ARGV;
		open my $pack, "+<", $path or die $!;
		seek $pack, $at, 0;
		read $pack, my $head, 32;
		$at += $behind + 1 + index substr($head, 1), "\x78";
		seek $pack, $at, 0;
		read $pack, my $byte, 1;
		seek $pack, $at, 0;
		print $pack $byte ^ "\x15";' .git/objects/pack/*.pack "$1" "$2"
}

# libgit2 takes what happens to stand in its memory for the size of such a delta: each time another.
@test "never takes a damaged delta for a file that is too large" {
	local service offset behind
	repository shop
	for service in a b c d e f; do
		mkdir "$service"
		seq -f "# line %g of $service" 60 >"$service/compose.yml"
		printf 'services:\n  %s:\n    build:\n      context: .\n' "$service" >>"$service/compose.yml"
		printf 'FROM alpine\n' >"$service/Dockerfile"
	done
	save 'six services'
	sed -i 's/line 3/line three/' ./*/compose.yml
	save 'others'
	git repack -adfq
	chmod u+w .git/objects/pack/*.pack
	onedockerfile inspect --rev HEAD~1 >"$work/whole"
	git verify-pack -v .git/objects/pack/*.idx | awk 'NF == 7 && $2 == "blob" { print $5 }' >"$work/deltas"
	[ "$(wc -l <"$work/deltas")" -ge 6 ]
	while read -r offset; do
		for behind in 1 2 3 4 5 6 7 8; do
			change "$offset" "$behind"
			for _ in 1 2 3; do
				onedockerfile inspect --rev HEAD~1 >"$work/now" 2>"$work/err" ||
					[ $? -eq 3 ] || return
				[ -s "$work/err" ] || cmp "$work/whole" "$work/now"
			done
			change "$offset" "$behind"
		done
	done <"$work/deltas"
	onedockerfile inspect --rev HEAD~1 | cmp - "$work/whole"
}
