#ifndef GIT_MEMORY_H
#define GIT_MEMORY_H

/*
 * Give libgit2 memory that it always gets: without any, the program ends with status 3 and says so.
 * The library itself crashes in most places where it is told that there is none (measured with
 * 1.5.1). To be called before it is started; again is no harm.
 */
void memory_for_git(void);

#endif
