#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/*
 * Every limit that what strangers write can meet; policies/limits.md is the same for readers, and
 * lint compares the two. Past one of a file there is a finding 'unreadable' or an entry under
 * 'unchecked', past one of the whole run status 3. The message names the place and the limit.
 *
 * Lengths that are merely shown, and what the grammars of Git, Docker and others say, are no limits
 * of this kind and stand where they are used.
 */

/* A file */

/* Bytes of a file that is read. Past it: `unreadable`; `.env`, `.gitattributes`: `unchecked`. */
#define MAX_FILE_SIZE (1u << 20)
/* Bytes of a line of a Dockerfile, the builder's own limit. Past it: `unreadable`. */
#define MAX_LINE_LENGTH 65535
/* Instructions of a Dockerfile, more than a builder can hand on. Past it: `unreadable`. */
#define MAX_INSTRUCTIONS 20000
/* Symbolic links on the way to a file. Past it: `unchecked`. */
#define MAX_LINK_HOPS 8

/* Steps to expand the variables of a Dockerfile's `ARG` and `FROM` lines. Past it: `unreadable`. */
#define MAX_EXPANSION_OF_FILE (1u << 24)
/* Steps to expand the variables of one other instruction. Past it: `unreadable`. */
#define MAX_EXPANSION (1u << 20)
/* Bytes of a word that its variables make longer. Past it: `unreadable`. */
#define MAX_WORD_LENGTH (1u << 16)
/* Variables inside one another in one word of a Dockerfile. Past it: `unreadable`. */
#define MAX_WORD_NESTING 100
/* Instructions read again for builds that have arguments. Past it: `unchecked`. */
#define MAX_VARIANT_STEPS (1u << 20)

/* YAML */

/* Levels of a YAML file, those behind aliases counted. Past it: `unreadable`. */
#define MAX_YAML_DEPTH 64
/* Events of a YAML file: each value, each begin and end of a list. Past it: `unreadable`. */
#define MAX_YAML_EVENTS 100000
/* Values of a YAML document whose aliases are written out. Past it: `unreadable`. */
#define MAX_YAML_NODES 100000
/* Lines of a YAML file that begin with `%`. Past it: `unreadable`. */
#define MAX_YAML_DIRECTIVES 16
/* Words of a YAML file that end with a colon in a list in brackets. Past it: `unreadable`. */
#define MAX_YAML_COLONS 16

/* Compose files */

/* Services that extend one another in a row, and files that include one another. Past it:
 * `unreadable`. */
#define MAX_COMPOSE_DEPTH 16
/* Files read for one project, each time counted. Past it: `unreadable`. */
#define MAX_COMPOSE_FILES 100
/* Documents of a compose file. Past it: `unreadable`. */
#define MAX_COMPOSE_DOCUMENTS 100
/* Services read for one project, each time counted. Past it: `unreadable`. */
#define MAX_COMPOSE_SERVICES 10000
/* Arguments, or named contexts, of one build. Past it: `unreadable`. */
#define MAX_COMPOSE_ITEMS 1000
/* Combinations of the values that the policy has for the variables of one project. Past it: the
 * rest is `unchecked`. */
#define MAX_COMPOSE_CHOICES 64
/* Defaults within defaults of a variable. Past it: `unchecked`. */
#define MAX_TEMPLATE_DEPTH 32

/* Bytes of a text whose variables make it longer. Past it: `unchecked`. */
#define MAX_TEMPLATE_LENGTH (1u << 20)
/* Bytes that variables make of the texts of one project. Past it: `unreadable`. */
#define MAX_COMPOSE_TEXT (16u << 20)
/* Bytes of all names and values of a `.env` file. Past it: `unchecked`. */
#define MAX_DOTENV_SIZE (16u << 20)

/* Attributes */

/* Patterns of a `.gitattributes` file that say something of interest. Past it: the files it is
 * for are `unchecked`. */
#define MAX_ATTRIBUTE_RULES 10000
/* Attributes of interest, and macros, of a `.gitattributes` file. Past it: the same. */
#define MAX_ATTRIBUTE_NAMES 100
/* Bytes of `.gitattributes` files read for one tree. Past it: the same. */
#define MAX_ATTRIBUTES_READ (4u << 20)
/* Steps to match patterns to paths for one tree, bytes of one times bytes of the other. Past it:
 * the same. */
#define MAX_MATCH_STEPS (1u << 27)

/* A tree */

/* Dockerfiles and compose files of one tree. Past it: status 3. */
#define MAX_WATCHED_FILES 100000
/* Builds of one tree; a small file that others include has many. Past it: status 3. */
#define MAX_BUILDS 100000
/* Directories inside one another. Past it: status 3. */
#define MAX_TREE_DEPTH 256
/* Bytes of the path of a Dockerfile or compose file. Past it: status 3. */
#define MAX_TREE_PATH 4096
/* Bytes of a name, what 255 units of UTF-16 can need; no file system takes more. Past it: no file
 * of that name is looked at. */
#define MAX_WATCHED_NAME 765
/* Bytes that the paths below one tree take. Past it: status 3. */
#define MAX_TREE_ROOM (256u << 20)
/* Trees of one commit that were not read before. Past it: status 3. */
#define MAX_TREES 200000
/* Entries of the trees of one commit that were not read before. Past it: status 3. */
#define MAX_TREE_ENTRIES 5000000
/* Findings in one tree, inherited and waived ones too. Past it: status 3. */
#define MAX_FINDINGS 100000
/* Words of environments in the path of a directory, by which it has siblings. Past it: the first
 * count. */
#define MAX_ENVIRONMENT_COMPONENTS 8

/* A run */

/* New commits of a push or range. Past it: status 3. (Twice what `make bench` has; each takes 0.9
 * KiB until the run ends, and a server's hook may have little memory.) */
#define MAX_COMMITS 200000
/* Findings that are compared with those of a parent. Past it: status 3. (In a repository with a
 * thousand old faults a push may bring ten thousand refs, each with commits of its own.) */
#define MAX_COMPARISONS 10000000
/* Steps from the parents of merges to what they have in common, where one has a fault that the
 * first has not. Past it: status 3. */
#define MAX_ANCESTOR_STEPS (1u << 24)
/* Tags of tags up to a commit. Past it: status 3. */
#define MAX_TAG_CHAIN 50
/* Bytes of an object that is read: a tree, commit or tag. Past it: status 3. */
#define MAX_OBJECT_SIZE (64u << 20)
/* Bytes of a hook's standard input, some 500,000 refs. Past it: status 3. */
#define MAX_HOOK_INPUT (64u << 20)
/* Bytes of the payload of a CI event; GitHub sends at most 25 MB. Past it: status 3. */
#define MAX_PAYLOAD_SIZE (64u << 20)
/* Changes of changes that make an object of a pack. Past it: libgit2 reads it, more slowly. */
#define MAX_PACK_DEPTH 64
/* Bytes of an object of a pack, or of a change. Past it: libgit2 reads it, more slowly. */
#define MAX_PACK_OBJECT (1u << 20)
/* Alternates of alternates of a repository, as in Git. Past it: they are not looked at. */
#define MAX_ALTERNATES_DEPTH 5
/* Bytes of `info/alternates`. Past it: status 3. */
#define MAX_ALTERNATES_SIZE (1u << 20)

/* Bytes of memory of a server's hook; what is mapped from files is none. Past it: status 3. */
#define MAX_WORKER_MEMORY (1ull << 30)
/* Files that a server's hook has open at a time. Past it: status 3. */
#define MAX_WORKER_FILES 8192
/* Bytes of all reports of a server's hook together. Past it: status 3. */
#define MAX_ANSWER (128u << 20)

/* What is told */

/* Findings that are printed as text. Past it: the number of the others. */
#define MAX_PRINTED 1000
/* Findings in the log of Azure Pipelines. Past it: the number of the others. */
#define MAX_ISSUES 1000
/* Findings in a SARIF report. Past it: the number of the others. */
#define MAX_RESULTS 25000
/* Bytes of a table of findings in Markdown. Past it: the number of the others. */
#define MAX_TABLE (512u << 10)
/* Bytes of a Markdown report that is drawn in. Past it: no more is drawn. */
#define MAX_GRAPHS_END (896u << 10)
/* Drawings of stages in a report. Past it: none are drawn. */
#define MAX_GRAPHS 20
/* Stages of a Dockerfile that is drawn. Past it: it is not drawn. */
#define MAX_GRAPH_STAGES 60
/* Dockerfiles and compose files times variants, up to which a refusal says how to merge them. Past
 * it: it does not say. */
#define MAX_FILES_READ 4000
/* Findings times commits that are looked at for who repairs what is found. Past it: no repair is
 * told. */
#define MAX_REPAIR_STEPS (1u << 22)
/* Names that a wrong one is compared with. Past it: the rest is not suggested. */
#define MAX_NEAREST_OFFERS 256
/* Bytes of a name that is compared with others. Past it: it is like none. */
#define MAX_NEAREST_LENGTH 64

/* The policy */

/* Bytes of a policy file. Past it: status 2. */
#define MAX_POLICY_SIZE (256u << 10)
/* Patterns of one list of a policy, braces multiplied out. Past it: status 2. */
#define MAX_PATTERNS 1000

#endif
