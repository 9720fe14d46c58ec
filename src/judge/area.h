#ifndef JUDGE_AREA_H
#define JUDGE_AREA_H

#include <stdbool.h>

#include "model/project.h"

/*
 * A tree is judged area by area, so that a change costs what it touches. An area is the directories
 * whose watched files can only be judged together: one builds what stands in the other, they count
 * as one for variants, or something is said about a file for the sake of both. What was found to
 * belong together once stays together for the run.
 */
struct area {
	const char *name; /* the directory's path, or what directories have in common */
	bool is_directory;
	struct area *leader; /* of those that belong together; itself where it is that */
	struct VEC(struct area *) members; /* of a leader: all of them, itself first */

	size_t trial, size; /* the last one for which it was to be judged, and how many members it
			       had then */
};

struct areas {
	struct arena *arena;
	struct map by_name; /* struct area * */
	struct area *whole; /* NULL: trees are taken apart; else the only area there is */
};

/* The leader of the area that an area belongs to now. */
struct area *area_leader(struct area *area);

/* The area of a directory. */
struct area *areas_get(struct areas *areas, const char *directory);

/* Let an area hold, beside its own, every directory that the project read from it has to do with.
 */
void areas_link(struct areas *areas, struct area *area, const struct project *project);

/* The same for a file about which something is said. */
void areas_link_file(struct areas *areas, struct area *area, struct arena *scratch,
		     const char *path);

/* From now on trees are judged as a whole. */
void areas_join_all(struct areas *areas);

#endif
