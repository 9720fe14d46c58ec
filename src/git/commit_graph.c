/* The library reads commit graphs too, but hashes the whole file first, and lets nobody look. */
#include "git/commit_graph.h"

#include <stdio.h>
#include <string.h>

#include "git/mapped.h"

#define HEADER_SIZE 8
#define CHUNK_ROW_SIZE 12
#define FANOUT_SIZE 1024
#define COMMIT_SIZE (GIT_OID_RAWSZ + 16)
#define NO_PARENT 0x70000000u
#define IS_LAST_EDGE 0x80000000u

/* Names of chunks. */
#define FANOUT 0x4f494446u
#define IDS 0x4f49444cu
#define COMMITS 0x43444154u
#define EDGES 0x45444745u

static uint64_t offset(const unsigned char *at)
{
	return (uint64_t)mapped_number(at) << 32 | mapped_number(at + 4);
}

static bool has_order(const unsigned char *fanout)
{
	for (size_t i = 1; i < 256; i++)
		if (mapped_number(fanout + 4 * i) < mapped_number(fanout + 4 * (i - 1)))
			return false;
	return true;
}

/* Note where a chunk is. False: it is malformed. */
static bool add_chunk(struct graph_layer *layer, uint32_t name, const unsigned char *at,
		      size_t size)
{
	switch (name) {
	case FANOUT:
		layer->fanout = at;
		return size == FANOUT_SIZE && has_order(at);
	case IDS:
		layer->ids = at;
		return layer->fanout &&
		       size / GIT_OID_RAWSZ == mapped_number(layer->fanout + 255 * 4);
	case COMMITS:
		layer->commits = at;
		return layer->fanout &&
		       size / COMMIT_SIZE == mapped_number(layer->fanout + 255 * 4);
	case EDGES:
		layer->edges = at;
		layer->edge_count = size / 4;
		return true;
	default:
		return true;
	}
}

static bool parse(struct graph_layer *layer)
{
	const unsigned char *bytes = layer->bytes, *row = bytes + HEADER_SIZE;
	size_t chunks = bytes[6];

	if (memcmp(bytes, "CGPH\1\1", 6) != 0 ||
	    layer->size < HEADER_SIZE + (chunks + 1) * CHUNK_ROW_SIZE)
		return false;
	for (size_t i = 0; i < chunks; i++, row += CHUNK_ROW_SIZE) {
		uint64_t start = offset(row + 4), end = offset(row + CHUNK_ROW_SIZE + 4);

		if (start > end || end > layer->size ||
		    !add_chunk(layer, mapped_number(row), bytes + start, (size_t)(end - start)))
			return false;
	}
	if (!layer->fanout || !layer->ids || !layer->commits)
		return false;
	layer->count = mapped_number(layer->fanout + 255 * 4);
	return layer->count < NO_PARENT - layer->before;
}

/* Map a file as the next layer. */
static bool add_layer(struct commit_graph *graph, const char *path)
{
	struct graph_layer *layer = &graph->layers[graph->count];
	struct text bytes = { 0 };

	if (!mapped_open(&bytes, path))
		return false;
	*layer = (struct graph_layer){ .bytes = (const unsigned char *)bytes.bytes,
				       .size = bytes.length };
	if (graph->count++ > 0)
		layer->before = layer[-1].before + layer[-1].count;
	return layer->size >= HEADER_SIZE + CHUNK_ROW_SIZE && parse(layer);
}

/* commit-graph-chain: the hash in each layer's name, the lowest first. */
static bool add_chain(struct commit_graph *graph, struct arena *arena, const char *directory)
{
	FILE *chain = fopen(arena_printf(arena, "%s/commit-graph-chain", directory), "re");
	char line[GIT_OID_HEXSZ * 2];
	bool is_good = chain != NULL;

	while (is_good && fgets(line, sizeof(line), chain)) {
		line[strcspn(line, "\n")] = '\0';
		is_good =
			graph->count < MAX_GRAPH_LAYERS && strlen(line) == GIT_OID_HEXSZ &&
			add_layer(graph, arena_printf(arena, "%s/graph-%s.graph", directory, line));
	}
	if (chain)
		(void)fclose(chain);
	return is_good;
}

void commit_graph_open(struct commit_graph *graph, struct arena *arena, const char *directory)
{
	const char *below = arena_printf(arena, "%s/info/commit-graphs", directory);

	*graph = (struct commit_graph){ 0 };
	if (add_layer(graph, arena_printf(arena, "%s/info/commit-graph", directory)))
		return;
	commit_graph_close(graph);
	if (!add_chain(graph, arena, below))
		commit_graph_close(graph);
}

void commit_graph_close(struct commit_graph *graph)
{
	for (size_t i = 0; i < graph->count; i++)
		mapped_close((struct text){ (const char *)graph->layers[i].bytes,
					    graph->layers[i].size });
	graph->count = 0;
}

/* The layer that a commit's position in all of them together is in, or NULL. */
static const struct graph_layer *layer_at(const struct commit_graph *graph, uint32_t *position)
{
	for (size_t i = graph->count; i-- > 0;) {
		const struct graph_layer *layer = &graph->layers[i];

		if (*position < layer->before)
			continue;
		*position -= layer->before;
		return *position < layer->count ? layer : NULL;
	}
	return NULL;
}

static bool add_parent(struct graph_commit *found, const struct commit_graph *graph,
		       uint32_t position)
{
	const struct graph_layer *layer = layer_at(graph, &position);

	if (layer)
		memcpy(found->parent_ids[found->parents++].id,
		       layer->ids + (size_t)position * GIT_OID_RAWSZ, GIT_OID_RAWSZ);
	return layer != NULL;
}

/* How many edges there are from one on; 0: their list has no end. */
static size_t count_edges(const struct graph_layer *layer, uint32_t first)
{
	for (size_t i = first; i < layer->edge_count; i++)
		if (mapped_number(layer->edges + 4 * i) & IS_LAST_EDGE)
			return i - first + 1;
	return 0;
}

static bool add_parents(struct graph_commit *found, const struct commit_graph *graph,
			struct arena *arena, const struct graph_layer *layer,
			const unsigned char *commit)
{
	uint32_t one = mapped_number(commit + GIT_OID_RAWSZ),
		 other = mapped_number(commit + GIT_OID_RAWSZ + 4);
	uint32_t first = other & ~IS_LAST_EDGE;
	size_t edges = other & IS_LAST_EDGE ? count_edges(layer, first) : 0;

	if (one == NO_PARENT)
		return other == NO_PARENT;
	found->parent_ids = arena_alloc(arena, (2 + edges) * sizeof(git_oid));
	if (!add_parent(found, graph, one))
		return false;
	if (!(other & IS_LAST_EDGE))
		return other == NO_PARENT || add_parent(found, graph, other);
	for (size_t i = 0; i < edges; i++)
		if (!add_parent(found, graph,
				mapped_number(layer->edges + 4 * (first + i)) & ~IS_LAST_EDGE))
			return false;
	return edges > 0;
}

static bool find_in(const struct graph_layer *layer, const git_oid *id, uint32_t *position)
{
	const unsigned char *fanout = layer->fanout + (size_t)4 * id->id[0];
	uint32_t low = id->id[0] ? mapped_number(fanout - 4) : 0, high = mapped_number(fanout);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order =
			memcmp(id->id, layer->ids + (size_t)middle * GIT_OID_RAWSZ, GIT_OID_RAWSZ);

		*position = middle;
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

bool commit_graph_find(const struct commit_graph *graph, struct graph_commit *found,
		       struct arena *arena, const git_oid *id)
{
	const struct graph_layer *layer = NULL;
	const unsigned char *commit = NULL;
	uint32_t position = 0;

	for (size_t i = graph->count; i-- > 0 && !layer;)
		if (find_in(&graph->layers[i], id, &position))
			layer = &graph->layers[i];
	if (!layer)
		return false;
	commit = layer->commits + (size_t)position * COMMIT_SIZE;
	*found = (struct graph_commit){ 0 };
	memcpy(found->tree.id, commit, GIT_OID_RAWSZ);
	found->date = (int64_t)(offset(commit + GIT_OID_RAWSZ + 8) & 0x3ffffffffu);
	return add_parents(found, graph, arena, layer, commit);
}
