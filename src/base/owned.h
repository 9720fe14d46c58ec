#ifndef BASE_OWNED_H
#define BASE_OWNED_H

/*
 * A handle of another library that is given back where its name goes out of scope:
 *
 *	OWNED(git_tree) *tree = NULL;
 *
 * DEFINE_OWNED(git_tree, git_tree_free) says once for a type how.
 */
#define OWNED(type) __attribute__((cleanup(owned_##type##_release))) type

#define DEFINE_OWNED(type, release)                                                                \
	static inline void owned_##type##_release(type **handle)                                   \
	{                                                                                          \
		if (*handle)                                                                       \
			release(*handle);                                                          \
	}                                                                                          \
	struct owned_##type##_defined

#endif
