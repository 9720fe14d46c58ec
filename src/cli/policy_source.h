#ifndef CLI_POLICY_SOURCE_H
#define CLI_POLICY_SOURCE_H

#include "cli/options.h"
#include "git/history.h"
#include "model/policy.h"

#define POLICY_FILE ".onedockerfile.yaml" /* at the root of a tree */
#define MISNAMED_FILE ".onedockerfile.yml"

/*
 * Where a policy comes from. Each function gives the default where there is no file; what is
 * wrong with one is a usage failure. The options --level and --fail-on are laid over it.
 */

/* --config FILE where it is given, else .onedockerfile.yaml of a tree (NULL: the live files). */
int policy_of_tree(struct policy *policy, const struct history *history,
		   const struct options *options, const char *tree);

/* --config FILE, else the default: for where nothing has files. */
int policy_default_only(struct policy *policy, struct arena *arena, const struct options *options);

/*
 * On a server: --config, else the file that `onedockerfile.policy` names in the repository's own
 * configuration, else /etc/onedockerfile/policy.yaml, else that of the tree of HEAD. So a push
 * cannot loosen the gate that is to judge it.
 */
int policy_of_server(struct policy *policy, struct git_source *source,
		     const struct options *options);

/* The file of the server that is read for that, whether it is there or not. 0, or -1. */
int policy_server_file(const char **path, struct git_source *source, const struct options *options);

/* Can the policy in a tree be read, where there is one, and the server's over it, where the one
 * from before extends it? 0, or -1 with its usage failure. */
int policy_check(const struct history *history, const struct policy *before, const char *tree);

/* "HEAD, commit 0123456789ab": a revision, as people call it, and what it names. */
const char *policy_place(struct arena *arena, const char *revision, const char *commit);

/* A regular file of the file system. 0; 1 where it is not there; or -1, a usage failure. */
int policy_file(struct text *text, struct arena *arena, const char *path);

/* Is this the name of a policy file? The files of a tree that are in the wrong place are watched
 * so that somebody can say so. */
bool policy_file_name(const char *name);

#endif
