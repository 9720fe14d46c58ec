#include "cli/merge_told.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "reports/reports.h"

/* What is said, being written. */
struct telling {
	struct buf out;
	struct arena scratch;
};

static const char *clean(struct telling *telling, const char *text)
{
	return utf8_clean(&telling->scratch, text, false);
}

static void tell_place(struct telling *telling, const struct place *place)
{
	buf_addf(&telling->out, "  %s", clean(telling, place->path));
	if (place->span.line)
		buf_addf(&telling->out, ":%u", place->span.line);
	buf_add(&telling->out, ": ");
}

static void tell_refusals(struct telling *telling, const struct merged *merged)
{
	vec_each (const struct refusal *, refusal, &merged->refusals) {
		tell_place(telling, &refusal->place);
		buf_addf(&telling->out, "%s\n", clean(telling, refusal->message));
		buf_addf(&telling->out, "    help: %s\n", clean(telling, refusal->help));
	}
	if (merged->variants.count > 1)
		buf_add(&telling->out, "  to merge some of them: --only FILE\n");
}

/* "Dockerfile.dev, last stage -> base: 3 instructions, the same". */
static void tell_proof(struct telling *telling, const struct merged *merged)
{
	vec_each (const struct proven *, proven, &merged->provens) {
		buf_addf(&telling->out, "  %s, ", clean(telling, proven->path));
		if (proven->target)
			buf_addf(&telling->out, "stage '%s'", clean(telling, proven->target));
		else
			buf_add(&telling->out, "last stage");
		buf_addf(&telling->out, ": now target '%s'%s; %s, identical\n",
			 clean(telling, proven->now),
			 proven->is_last ? ", and what a build without target gets" : "",
			 plural(&telling->scratch, proven->length, "instruction"));
	}
}

static void tell_references(struct telling *telling, const struct merged *merged)
{
	vec_each (const struct reference *, reference, &merged->references)
		buf_addf(&telling->out, "  %s:%u: %s '%s'\n", clean(telling, reference->path),
			 reference->line,
			 reference->breaks ? "would break, since it names"
					   : "is to be changed by hand, since it speaks of",
			 clean(telling, reference->of));
}

static void tell_service(struct telling *telling, const struct merged *merged)
{
	bool is_refused = merged->refusals.count > 0;
	size_t named = 0;

	buf_addf(&telling->out, "%s: %s ", clean(telling, merged->kept),
		 is_refused ? "cannot be merged with" : "merged with");
	vec_each (const char *const *, variant, &merged->variants)
		buf_addf(&telling->out, "%s'%s'", named++ ? ", " : "", clean(telling, *variant));
	buf_add(&telling->out, "\n");
	if (is_refused) {
		tell_refusals(telling, merged);
		return;
	}
	tell_proof(telling, merged);
	tell_references(telling, merged);
}

int merge_tell(const struct mergeds *mergeds, bool is_written)
{
	struct telling telling = { 0 };
	int failed = 0;

	if (mergeds->count == 0)
		buf_add(&telling.out,
			"every service has one Dockerfile: there is nothing to merge\n");
	vec_each (const struct merged *, merged, mergeds)
		tell_service(&telling, merged);
	if (is_written && told_breaks(mergeds))
		buf_add(&telling.out, "nothing is written: first change what would break, or merge "
				      "without --write\n");
	failed = buf_write(&telling.out, STDERR_FILENO, "standard error");
	buf_release(&telling.out);
	arena_release(&telling.scratch);
	return failed;
}

void told_dirty(const char *path)
{
	struct telling telling = { 0 };

	buf_addf(&telling.out,
		 "%s: nothing is written, since it is not as HEAD has it; commit or stash it "
		 "first\n",
		 clean(&telling, path));
	(void)buf_write(&telling.out, STDERR_FILENO, "standard error");
	buf_release(&telling.out);
	arena_release(&telling.scratch);
}

bool told_of(const struct mergeds *mergeds, const char *path)
{
	vec_each (const struct merged *, merged, mergeds) {
		if (strcmp(merged->kept, path) == 0)
			return true;
		vec_each (const char *const *, variant, &merged->variants)
			if (strcmp(*variant, path) == 0)
				return true;
	}
	return false;
}

bool told_refusals(const struct mergeds *mergeds)
{
	vec_each (const struct merged *, merged, mergeds)
		if (merged->refusals.count > 0)
			return true;
	return false;
}

bool told_breaks(const struct mergeds *mergeds)
{
	vec_each (const struct merged *, merged, mergeds)
		vec_each (const struct reference *, reference, &merged->references)
			if (reference->breaks)
				return true;
	return false;
}
