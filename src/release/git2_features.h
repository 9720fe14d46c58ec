#ifndef RELEASE_GIT2_FEATURES_H
#define RELEASE_GIT2_FEATURES_H

/*
 * How libgit2 is built for the release binary; every source of libgit2 reads this. What it needs to
 * read repositories of this machine, and nothing that reaches another one.
 */
#include <netdb.h>
#include <pwd.h>

#define GIT_ARCH_64 1
#define GIT_COMPRESSION_ZLIB 1
#define GIT_IO_POLL 1
#define GIT_QSORT_GNU 1
#define GIT_RAND_GETENTROPY 1
#define GIT_REGEX_REGCOMP 1
#define GIT_SHA1_COLLISIONDETECT 1
#define GIT_SHA256_BUILTIN 1
#define GIT_USE_FUTIMENS 1
#define GIT_USE_NSEC 1
#define GIT_USE_STAT_MTIM 1

/* In a static binary these would load shared libraries of the machine: there are no names here. */
#define getaddrinfo(...) EAI_FAIL
#define getpwuid_r(id, user, bytes, size, found) (*(found) = NULL, 0)

#endif
