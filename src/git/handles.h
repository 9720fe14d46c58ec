#ifndef GIT_HANDLES_H
#define GIT_HANDLES_H

#include <git2.h>

#include "base/fail.h"
#include "base/owned.h"

/* Since which release of libgit2; the others are told apart at compile time. */
#define LIBGIT2_SINCE(major, minor)                                                                \
	(LIBGIT2_VER_MAJOR > (major) ||                                                            \
	 (LIBGIT2_VER_MAJOR == (major) && LIBGIT2_VER_MINOR >= (minor)))

DEFINE_OWNED(git_config, git_config_free);
DEFINE_OWNED(git_config_entry, git_config_entry_free);
DEFINE_OWNED(git_config_iterator, git_config_iterator_free);
DEFINE_OWNED(git_object, git_object_free);
DEFINE_OWNED(git_odb_object, git_odb_object_free);
DEFINE_OWNED(git_reference, git_reference_free);
DEFINE_OWNED(git_reference_iterator, git_reference_iterator_free);

/* libgit2's own words for its last error. */
static inline const char *git_words(void)
{
	const git_error *error = git_error_last();

	return error && error->message ? error->message : "unknown error";
}

/* fail() with libgit2's words behind ours. */
#define fail_git(format, ...) fail(format ": %s", __VA_ARGS__, git_words())

#endif
