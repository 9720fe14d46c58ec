#include "cli/policy_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/utf8.h"
#include "model/attributes.h"
#include "rules/rules.h"

#define SHORT_ID 12 /* digits of a commit that people see */

/* Where no other one is named. */
static const char server_file[] = "/etc/onedockerfile/policy.yaml";

bool policy_file_name(const char *name)
{
	return *name == '.' && (strcmp(name, POLICY_FILE) == 0 || strcmp(name, MISNAMED_FILE) == 0);
}

/* RULE=LEVEL */
static int set_level(struct policy *policy, struct arena *arena, const char *text)
{
	size_t length = strcspn(text, "=");
	const char *id = arena_copy(arena, text, length);
	const struct rule *rule = NULL;
	struct rule_setting *setting = NULL;

	if (!text[length])
		return fail_usage("'--level %s': write it as RULE=LEVEL", text);
	if (rules_get(&rule, id) < 0)
		return -1;
	setting = policy_set(policy, arena, rule);
	setting->origin = "--level";
	setting->line = 0;
	if (level_parse(&setting->level, text + length + 1) < 0)
		return fail_usage("'--level %s': the level is error, warning, notice or off", text);
	return 0;
}

static int set_threshold(struct policy *policy, const char *name)
{
	if (strcmp(name, "never") == 0)
		policy->fail_on = LEVEL_OFF;
	else if (level_parse(&policy->fail_on, name) < 0 || policy->fail_on == LEVEL_OFF)
		return fail_usage("'--fail-on %s': it is error, warning, notice or never", name);
	return 0;
}

/* Which day it is for waivers, by UTC: one for all of a run. */
static int set_today(struct policy *policy, struct arena *arena, const char *date)
{
	if (date && !date_is_valid(date))
		return fail_usage("'--date %s': it is a day, as in 2027-03-31", date);
	/* Days are compared as they are written. */
	policy->today = date ? arena_string(arena, date) : date_of(arena, time(NULL));
	return policy->today ? 0 : fail("cannot tell which day it is");
}

static int lay_options_over(struct policy *policy, struct arena *arena,
			    const struct options *options)
{
	vec_each (const char *const *, level, &options->levels)
		if (set_level(policy, arena, *level) < 0)
			return -1;
	if (set_today(policy, arena, options->date) < 0)
		return -1;
	return options->fail_on ? set_threshold(policy, options->fail_on) : 0;
}

int policy_file(struct text *text, struct arena *arena, const char *path)
{
	struct stat status;
	char *bytes = NULL;
	ssize_t count = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT
			       ? 1
			       : fail("cannot read the policy '%s': %s", path, strerror(errno));
	if (fstat(fd, &status) < 0) {
		close(fd);
		return fail("cannot look at the policy '%s': %s", path, strerror(errno));
	}
	if (!S_ISREG(status.st_mode) || status.st_size > MAX_POLICY_SIZE) {
		close(fd);
		return fail_usage("'%s' is no policy file of at most %u bytes", path,
				  MAX_POLICY_SIZE);
	}
	bytes = arena_alloc(arena, (size_t)status.st_size + 1);
	count = read(fd, bytes, (size_t)status.st_size);
	close(fd);
	if (count != status.st_size)
		return fail("cannot read the policy '%s': %s", path,
			    count < 0 ? strerror(errno) : "it changes while it is read");
	*text = (struct text){ bytes, (size_t)count };
	return 0;
}

static int read_over(struct policy *policy, struct arena *arena, struct text text, const char *name)
{
	policy->origin = name;
	return policy_read(policy, arena, text, name, rules);
}

static int read_config(struct policy *policy, struct arena *arena, const char *path)
{
	struct text text = { 0 };
	int absent = policy_file(&text, arena, path);

	if (absent > 0)
		return fail_usage("no policy file '%s'", path);
	return absent < 0 ? -1 : read_over(policy, arena, text, path);
}

/* The file at the root of a snapshot, where there is one. */
static int read_from(struct policy *policy, struct snapshot *snapshot)
{
	struct entry entry;
	struct text text = { 0 };
	const char *change = NULL;

	if (snapshot->lookup(snapshot, &entry, MISNAMED_FILE) < 0)
		return -1;
	if (entry.kind != ENTRY_ABSENT)
		return fail_usage("'%s' is not read; its name is '%s'", MISNAMED_FILE, POLICY_FILE);
	if (snapshot->lookup(snapshot, &entry, POLICY_FILE) < 0)
		return -1;
	if (entry.kind == ENTRY_ABSENT)
		return 0;
	if (entry.kind != ENTRY_FILE)
		return fail_usage("'%s' is no regular file, as a policy has to be", POLICY_FILE);
	/* What it says is not what Git would check out, and people read. */
	if (attributes_change_of(snapshot, &change, POLICY_FILE) < 0)
		return -1;
	if (change)
		return fail("cannot read the policy '%s': %s", POLICY_FILE, change);
	if (snapshot_read(snapshot, &text, &entry) < 0)
		return -1;
	if (!text.bytes || text.length > MAX_POLICY_SIZE)
		return fail_usage("'%s' has more than %u bytes", POLICY_FILE, MAX_POLICY_SIZE);
	return read_over(policy, snapshot->arena, text, POLICY_FILE);
}

/* A policy file below the root says nothing; somebody may think that it does. */
static int warn_of_others(const struct snapshot *snapshot, bool is_push)
{
	struct buf line = { 0 };
	int failed = 0;

	vec_each (const struct entry *, entry, &snapshot->watched)
		if (policy_file_name(path_name(entry->path)) && strchr(entry->path, '/'))
			buf_addf(&line,
				 "onedockerfile: warning: '%s' is not read; a policy is at the "
				 "root\n",
				 utf8_clean(snapshot->arena, entry->path, is_push));
	failed = buf_write(&line, STDERR_FILENO, "standard error");
	buf_release(&line);
	return failed;
}

const char *policy_place(struct arena *arena, const char *revision, const char *commit)
{
	return arena_printf(arena, "%s, commit %.*s", revision, SHORT_ID, commit);
}

static int begin(struct policy *policy, struct arena *arena)
{
	*policy = (struct policy){ 0 };
	return policy_default(policy, arena, rules);
}

static int read_tree(struct policy *policy, const struct history *history, const char *tree,
		     bool is_push)
{
	struct arena *arena = ((struct git_source *)history->source)->arena;
	struct snapshot snapshot = { 0 };

	if (history->open(history, &snapshot, arena, (struct view){ .tree = tree }) < 0)
		return -1;
	return read_from(policy, &snapshot) < 0 ? -1 : warn_of_others(&snapshot, is_push);
}

int policy_of_tree(struct policy *policy, const struct history *history,
		   const struct options *options, const char *tree)
{
	struct git_source *source = history->source;
	struct arena *arena = source->arena;

	if (begin(policy, arena) < 0)
		return -1;
	if (options->config) {
		if (read_config(policy, arena, options->config) < 0)
			return -1;
	} else {
		policy->tree = tree;
		policy->place = tree                ? "a commit"
				: source->is_staged ? "the index"
						    : "the work tree";
		if (read_tree(policy, history, tree, false) < 0)
			return -1;
	}
	return lay_options_over(policy, arena, options);
}

int policy_check(const struct history *history, const struct policy *before, const char *tree)
{
	struct arena *arena = ((struct git_source *)history->source)->arena;
	struct policy policy;

	if (begin(&policy, arena) < 0 || read_tree(&policy, history, tree, true) < 0)
		return -1;
	if (!before->extends_repository)
		return 0;
	policy.for_server = true;
	return read_config(&policy, arena, before->origin);
}

int policy_default_only(struct policy *policy, struct arena *arena, const struct options *options)
{
	if (begin(policy, arena) < 0)
		return -1;
	if (options->config && read_config(policy, arena, options->config) < 0)
		return -1;
	return lay_options_over(policy, arena, options);
}

/* The tree of HEAD, as the server has it before the push. */
static int read_head(struct policy *policy, struct git_source *source)
{
	struct history history = { 0 };
	const struct change *change = NULL;

	if (history_of_revision(&history, source, "HEAD", NULL) < 0)
		return -1;
	policy->place = "HEAD";
	policy->tree = "";
	if (history.changes.count == 0)
		return 0;
	change = history.changes.items;
	policy->place = policy_place(source->arena, "HEAD", change->commit);
	policy->tree = change->tree;
	return read_tree(policy, &history, change->tree, true);
}

/* The server's own file. 1 where there is none. */
static int read_server_file(struct policy *policy, struct git_source *source, const char *path)
{
	struct text text = { 0 };
	int absent = policy_file(&text, source->arena, path);

	if (absent)
		return absent;
	policy->for_server = true;
	if (read_over(policy, source->arena, text, path) < 0)
		return -1;
	if (!policy->extends_repository)
		return 0;
	if (begin(policy, source->arena) < 0 || read_head(policy, source) < 0)
		return -1;
	policy->for_server = true;
	return read_over(policy, source->arena, text, path);
}

int policy_server_file(const char **path, struct git_source *source, const struct options *options)
{
	struct repository *repository = &source->repository;

	*path = options->config;
	if (*path)
		return 0;
	if (repository_setting(repository, path, "onedockerfile.policy") < 0)
		return -1;
	if (!*path)
		*path = server_file;
	else if (**path != '/')
		*path = arena_printf(source->arena, "%s/%s", repository->git_dir, *path);
	return 0;
}

static int read_for_server(struct policy *policy, struct git_source *source,
			   const struct options *options)
{
	const char *path = NULL;
	int absent = 0;

	if (policy_server_file(&path, source, options) < 0)
		return -1;
	absent = read_server_file(policy, source, path);
	if (absent > 0 && path != server_file)
		return fail_usage("no policy file '%s', which 'onedockerfile.policy' names", path);
	return absent > 0 ? read_head(policy, source) : absent;
}

int policy_of_server(struct policy *policy, struct git_source *source,
		     const struct options *options)
{
	const char *threshold = NULL;

	if (begin(policy, source->arena) < 0)
		return -1;
	if (options->config ? read_config(policy, source->arena, options->config) < 0
			    : read_for_server(policy, source, options) < 0)
		return -1;
	if (repository_setting(&source->repository, &threshold, "onedockerfile.failOn") < 0)
		return -1;
	if (threshold && set_threshold(policy, threshold) < 0)
		return fail_in("setting onedockerfile.failOn");
	return lay_options_over(policy, source->arena, options);
}
