#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "git/mapped.h"
#include "git/objects.h"
#include "git/packs.h"
#include "tests/support/history.h"

#define MAX_IDS 4096
#define DAMAGED 8 /* objects in the pack that is damaged */

/* Repositories of real Git, each with packs of another make; what they hold is compared with what
 * libgit2 reads on its own. */
static char directory[] = "/tmp/test_pack.XXXXXX";

/* The objects in a directory, as the program reads them, and as libgit2 does. */
struct objects {
	struct arena arena;
	git_odb *ours, *plain;
};

/* Objects of every type, deltas, one that cannot be compressed, and one that is too large for us.
 */
static const char history[] =
	"git init -q --bare -b main all && cd all && git config pack.threads 1 &&"
	"git config user.name a && git config user.email a@b && {"
	"  for i in $(seq 120); do"
	"    echo 'commit refs/heads/main'; echo \"committer a <a@b> $i +0000\"; echo 'data 1'; "
	"echo c;"
	"    echo 'M 644 inline list'; echo 'data <<E'; seq $i; echo E;"
	"    echo 'M 644 inline file'; echo 'data <<E'; seq 400 | sed \"s/^$i$/changed/\"; echo E;"
	"    echo \"M 644 inline d/$i/f\"; echo 'data <<E'; echo $i; echo E;"
	"  done;"
	"  echo 'M 644 inline empty'; echo 'data 0';"
	"  perl -e 'srand 1; print qq(M 644 inline random\ndata 300000\n), "
	"    map(chr rand 256, 1 .. 300000), qq(\n)';"
	"  echo 'M 644 inline large'; echo 'data <<E'; seq 300000; echo E;"
	"  echo 'tag t'; echo 'from refs/heads/main'; echo 'tagger a <a@b> 1 +0000'; echo 'data 1';"
	"  echo t; } | git fast-import --quiet --depth=100";

static void run(const char *command)
{
	assert_int_equal(system(command), 0);
}

static int enter(void **state)
{
	int failed = history_enter(directory, history);

	(void)state;
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	return failed;
}

static int leave(void **state)
{
	(void)state;
	return history_leave(directory);
}

/* The ids of all objects in the repository "copy". */
static size_t list_ids(git_oid *ids)
{
	FILE *list = popen("git -C copy cat-file --batch-all-objects --batch-check='%(objectname)'",
			   "r");
	char line[GIT_OID_HEXSZ + 2];
	size_t count = 0;

	for (; fgets(line, sizeof(line), list); count++) {
		assert_true(count < MAX_IDS);
		assert_int_equal(git_oid_fromstrn(&ids[count], line, GIT_OID_HEXSZ), 0);
	}
	assert_int_equal(pclose(list), 0);
	return count;
}

static struct objects open_objects(void)
{
	struct objects objects = { 0 };
	struct object_store store;

	assert_int_equal(objects_open(&store, &objects.arena, "copy/objects", false), 0);
	objects.ours = store.odb;
	assert_int_equal(git_odb_open(&objects.plain, "copy/objects"), 0);
	return objects;
}

static void close_objects(struct objects *objects)
{
	git_odb_free(objects->ours);
	git_odb_free(objects->plain);
	arena_release(&objects->arena);
}

/* Both read the same, or neither reads anything. */
static void compare(const struct objects *objects, const git_oid *id)
{
	git_odb_object *one = NULL, *other = NULL;
	git_object_t type = GIT_OBJECT_ANY;
	size_t size = 0;
	bool is_read = git_odb_read(&one, objects->ours, id) == 0;

	assert_int_equal(git_odb_read(&other, objects->plain, id) == 0, is_read);
	if (is_read) {
		assert_int_equal(git_odb_object_type(one), git_odb_object_type(other));
		assert_int_equal(git_odb_object_size(one), git_odb_object_size(other));
		assert_memory_equal(git_odb_object_data(one), git_odb_object_data(other),
				    git_odb_object_size(one));
		assert_int_equal(git_odb_read_header(&size, &type, objects->ours, id), 0);
		assert_int_equal(type, git_odb_object_type(other));
		assert_int_equal(size, git_odb_object_size(other));
	}
	git_odb_object_free(one);
	git_odb_object_free(other);
}

/* The packs of the repository "copy" that we read, by parts however small they are. */
static void open_windows(struct packs *packs, struct arena *arena)
{
	FILE *list = popen("ls copy/objects/pack/*.pack", "r");
	char path[200];

	while (fgets(path, sizeof(path), list)) {
		struct pack pack = { 0 };

		path[strcspn(path, ".")] = '\0';
		assert_true(mapped_open_file(&pack.file.bytes, &pack.file.file,
					     arena_printf(arena, "%s.pack", path)));
		assert_true(mapped_open_file(&pack.index.bytes, &pack.index.file,
					     arena_printf(arena, "%s.idx", path)));
		if (pack_is_known(&pack)) {
			*vec_add(arena, &packs->all) = pack;
		} else {
			window_close(&pack.file);
			window_close(&pack.index);
		}
	}
	assert_int_equal(pclose(list), 0);
}

/* Either way the same is read, or nothing. */
static void compare_packs(struct packs *packs, struct packs *windows, const git_oid *id)
{
	const struct pack_object *one = packs_read(packs, id), *other = packs_read(windows, id);

	assert_int_equal(one != NULL, other != NULL);
	assert_int_equal(packs->is_too_large, windows->is_too_large);
	assert_int_equal(packs_have(packs, id), packs_have(windows, id));
	if (one) {
		assert_int_equal(one->type, other->type);
		assert_int_equal(one->content.length, other->content.length);
		assert_memory_equal(one->content.bytes, other->content.bytes, one->content.length);
	}
}

/* How many objects of the repository "copy" we do not read ourselves. All have to be the same. */
static size_t count_others(void)
{
	static git_oid ids[MAX_IDS];
	struct objects objects = open_objects();
	static struct packs packs, windows; /* that we alone read */
	size_t count = list_ids(ids), others = 0;

	memset(&packs, 0, sizeof(packs));
	memset(&windows, 0, sizeof(windows));
	packs_open(&packs, &objects.arena, "copy/objects/pack");
	open_windows(&windows, &objects.arena);
	for (size_t i = 0; i < count; i++) {
		bool is_ours = packs_read(&packs, &ids[i]) != NULL;

		compare_packs(&packs, &windows, &ids[i]);
		compare(&objects, &ids[i]);
		assert_int_equal(git_odb_exists(objects.ours, &ids[i]),
				 git_odb_exists(objects.plain, &ids[i]));
		/* What the index names and is damaged is there, too. */
		assert_true(packs_have(&packs, &ids[i]) || !is_ours);
		ids[i].id[GIT_OID_RAWSZ - 1] ^= 1;
		assert_false(packs_have(&packs, &ids[i]));
		others += !is_ours;
	}
	packs_close(&packs);
	packs_close(&windows);
	close_objects(&objects);
	return others;
}

/* Make "copy" anew of all objects, and do something in it. */
static void copy(const char *command)
{
	char line[1024];

	run("rm -rf copy && cp -R all copy");
	snprintf(line, sizeof(line), "cd copy && { %s; } >log 2>&1 || { cat log; exit 1; }",
		 command);
	run(line);
}

#define REPACK "repack -q -a -d -f --depth=50 --window=20"

/* So many deltas make one of the objects. */
#define has_chain(length)                                                                          \
	"git verify-pack -v objects/pack/*.idx | grep '^chain length = " length ":'"

static void reads_deltas_by_offset(void **state)
{
	(void)state;
	copy("git " REPACK " && " has_chain("6"));
	assert_int_equal(count_others(), 1);
}

static void reads_deltas_by_id(void **state)
{
	(void)state;
	copy("git -c repack.useDeltaBaseOffset=false " REPACK " && " has_chain("6"));
	assert_int_equal(count_others(), 1);
}

static void reads_a_pack_that_was_thin(void **state)
{
	(void)state;
	run("rm -rf copy && git init -q --bare copy && git -C copy config receive.unpackLimit 1");
	run("git -C all push -q ../copy main~60:refs/heads/main");
	run("git -C all push -q ../copy main t");
	run("test $(ls copy/objects/pack/*.idx | wc -l) -eq 2");
	assert_int_equal(count_others(), 1);
}

static void reads_several_packs(void **state)
{
	(void)state;
	copy("git rev-parse main~50 | git pack-objects -q --revs objects/pack/pack >name && "
	     "touch objects/pack/pack-$(cat name).keep && git repack -q -a -d && "
	     "git pack-objects -q objects/pack/pack </dev/null && "
	     "test $(ls objects/pack/*.idx | wc -l) -eq 3");
	assert_int_equal(count_others(), 1);
	run("git -C copy multi-pack-index write");
	assert_int_equal(count_others(), 1);
}

static void leaves_other_indexes_to_libgit2(void **state)
{
	(void)state;
	copy("git -c pack.indexVersion=1 " REPACK);
	assert_true(count_others() > 400);
	/* Where an object starts behind 0x8000 is a number of 64 bits. */
	copy("git " REPACK " && cd objects/pack && rm -f *.idx *.rev && "
	     "git index-pack --index-version=2,0x8000 *.pack");
	assert_in_range(count_others(), 300, 500);
}

static void leaves_long_chains_to_libgit2(void **state)
{
	(void)state;
	copy(has_chain("100"));
	assert_in_range(count_others(), 1, 100);
}

static void reads_on_while_packs_come_and_go(void **state)
{
	static git_oid ids[MAX_IDS];
	struct objects objects = { 0 };
	size_t count = 0;

	(void)state;
	copy("git " REPACK);
	objects = open_objects();
	run("git -C copy commit-tree -m new main^{tree} | xargs git -C copy update-ref new");
	run("git -C copy repack -q -a -d -f --depth=3");
	count = list_ids(ids);
	git_odb_refresh(objects.plain);
	for (size_t i = 0; i < count; i++)
		compare(&objects, &ids[i]);
	close_objects(&objects);
}

static void write_file(const char *path, struct text text)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(text.bytes, 1, text.length, file), text.length);
	assert_int_equal(fclose(file), 0);
}

/* Compare all objects where one of the two files is another one. */
static void compare_changed(const char *path, struct text text, const git_oid *ids)
{
	struct objects objects = { 0 };

	write_file(path, text);
	objects = open_objects();
	for (size_t i = 0; i < DAMAGED; i++)
		compare(&objects, &ids[i]);
	close_objects(&objects);
}

/* libgit2 reads where an offset of the index says, even if that is behind the end of the pack. */
static bool may_change(const char *path, size_t length, size_t at, unsigned change)
{
	size_t offsets = length - 2 * GIT_OID_RAWSZ - DAMAGED * 4;

	return !strstr(path, ".idx") || at < offsets || at >= offsets + DAMAGED * 4 ||
	       (at % 4 == 3 && change == 1);
}

/* Each byte is changed in turn, then the end is cut off byte by byte. */
static void compare_damaged(const char *path, const git_oid *ids)
{
	struct arena arena = { 0 };
	struct text text = { 0 };
	char *bytes = NULL;

	assert_true(mapped_open(&text, path));
	bytes = arena_copy(&arena, text.bytes, text.length);
	mapped_close(text);
	text.bytes = bytes;
	for (size_t i = 0; i < text.length; i++) {
		for (unsigned change = 1; change < 256; change += 127) {
			if (!may_change(path, text.length, i, change))
				continue;
			bytes[i] = (char)(bytes[i] ^ (int)change);
			compare_changed(path, text, ids);
			bytes[i] = (char)(bytes[i] ^ (int)change);
		}
	}
	while (text.length-- > 0)
		compare_changed(path, text, ids);
	arena_release(&arena);
}

static void says_of_damage_what_libgit2_says(void **state)
{
	static const char *const options[] = { "--delta-base-offset", "" };
	git_oid ids[DAMAGED];
	char command[512];

	(void)state;
	for (int i = 0; i < 2; i++) {
		snprintf(
			command, sizeof(command),
			"git rev-parse main:d/1/f main:list main~1:list main~3:list main main~3 "
			"main^{tree} t | git pack-objects -q --no-reuse-delta %s damaged && rm -rf "
			"objects/?? objects/pack/* && mv damaged-*.pack objects/pack/p.pack && "
			"mv damaged-*.idx objects/pack/p.idx && chmod u+w objects/pack/* "
			"&& " has_chain("1"),
			options[i]);
		copy(command);
		assert_int_equal(list_ids(ids), DAMAGED);
		assert_int_equal(count_others(), 0);
		compare_damaged("copy/objects/pack/p.pack", ids);
		copy(command);
		compare_damaged("copy/objects/pack/p.idx", ids);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_deltas_by_offset),
		cmocka_unit_test(reads_deltas_by_id),
		cmocka_unit_test(reads_a_pack_that_was_thin),
		cmocka_unit_test(reads_several_packs),
		cmocka_unit_test(leaves_other_indexes_to_libgit2),
		cmocka_unit_test(leaves_long_chains_to_libgit2),
		cmocka_unit_test(reads_on_while_packs_come_and_go),
		cmocka_unit_test(says_of_damage_what_libgit2_says),
	};

	return cmocka_run_group_tests_name("pack", tests, enter, leave);
}
