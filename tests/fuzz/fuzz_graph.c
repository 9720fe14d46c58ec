#include <stdint.h>
#include <string.h>

#include "git/commit_graph.h"
#include "tests/support/grammar.h"
#include "tests/support/scratch.h"

#define UPPER "0123456789012345678901234567890123456789"
#define LOWER "aaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbb"
#define LAYERS "info/commit-graphs"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each commit that the files list is found, or not; its parents are commits that they list. */
static void visit(const struct commit_graph *graph, struct arena *arena)
{
	struct graph_commit found;
	git_oid id;

	for (size_t i = 0; i < graph->count; i++) {
		const struct graph_layer *layer = &graph->layers[i];

		for (size_t at = 0; at < layer->count; at++) {
			memcpy(id.id, layer->ids + at * GIT_OID_RAWSZ, GIT_OID_RAWSZ);
			if (!commit_graph_find(graph, &found, arena, &id))
				continue;
			require((found.parents == 0) == !found.parent_ids, "parents");
			require(found.date >= 0 && found.date >> 34 == 0, "a date");
		}
	}
	memset(id.id, 0xff, GIT_OID_RAWSZ);
	(void)commit_graph_find(graph, &found, arena, &id);
}

/* One file; or, where the first byte is odd, a chain of two: the length of the lower, then both. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct commit_graph graph;
	struct text all = { (const char *)data + 3, size - 3 };
	size_t length = size < 3 ? 0 : (size_t)data[1] << 8 | data[2];

	if (size < 4)
		return 0;
	length = length < all.length ? length : all.length;
	if (data[0] & 1) {
		scratch_remove("info/commit-graph");
		scratch_write(LAYERS "/commit-graph-chain",
			      (struct text){ LOWER "\n" UPPER "\n", 82 });
		scratch_write(LAYERS "/graph-" LOWER ".graph", (struct text){ all.bytes, length });
		scratch_write(LAYERS "/graph-" UPPER ".graph",
			      (struct text){ all.bytes + length, all.length - length });
	} else {
		scratch_remove(LAYERS "/commit-graph-chain");
		scratch_write("info/commit-graph", all);
	}
	commit_graph_open(&graph, &arena, scratch_directory());
	visit(&graph, &arena);
	commit_graph_close(&graph);
	arena_release(&arena);
	return 0;
}
