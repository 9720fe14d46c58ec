#ifndef GUARD_BUILD_H
#define GUARD_BUILD_H

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

/* Is this program built with a sanitizer? Those take terabytes of memory that they do not use, and
 * make system calls that nothing else here does. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
	__has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                     \
	__has_feature(memory_sanitizer)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* Is it built to count what the tests reach? Then it writes files when it ends, wherever it was
 * built. */
#ifdef COVERAGE
#define COVERED 1
#else
#define COVERED 0
#endif

#endif
