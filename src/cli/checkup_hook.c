#include <string.h>

#include "base/fail.h"
#include "base/program.h"
#include "base/shell.h"
#include "cli/checkup.h"
#include "cli/version.h"
#include "git/hook_look.h"
#include "git/rehearsal.h"
#include "rules/rules.h"

/* What to run so that a hook of somebody else, or of ours, refuses. */
static const char *cure(const struct checkup *checkup, const struct hook_look *look)
{
	if (look->manager && strcmp(look->manager, "husky") == 0)
		return arena_printf(checkup->arena, "echo 'onedockerfile hook %s -- \"$@\"' >>%s",
				    look->name, shell_word(checkup->arena, look->settings));
	return checkup_cure(checkup);
}

/* A hook that does not name us: what it does shows when it is tried. */
static void say_foreign(struct checkup *checkup, const struct hook_look *look)
{
	const char *whose = look->manager ? look->manager : "somebody else";

	if (look->is_named)
		checkup_say(checkup, HEALTH_OK,
			    "%s: '%s' is a hook of %s, and '%s' names onedockerfile", look->name,
			    look->path, whose, look->settings);
	else
		checkup_say(checkup, HEALTH_OK, "%s: '%s' is a hook of %s; what it does is tried",
			    look->name, look->path, whose);
}

/* What to run so that the hook finds this program by the name that it has for it. */
static const char *supply(const struct checkup *checkup, const struct hook_look *look)
{
	const char *place =
		strchr(look->program, '/')
			? look->program
			: arena_printf(checkup->arena, "/usr/local/bin/%s", look->program);

	if (look->is_ours)
		return checkup_cure(checkup);
	return arena_printf(checkup->arena, "ln -sf %s %s",
			    shell_word(checkup->arena, checkup->self),
			    shell_word(checkup->arena, place));
}

static void say_program(struct checkup *checkup, const struct hook_look *look)
{
	const char *program = program_find(checkup->arena, look->program);
	const char *version = program ? program_version(checkup->arena, program) : NULL;

	if (!program)
		checkup_say(checkup, HEALTH_WRONG, "%s: it runs '%s', which is not there; run: %s",
			    look->name, look->program, supply(checkup, look));
	else if (program_is_same(program, checkup->self))
		checkup_say(checkup, HEALTH_OK, "%s: it runs '%s', version %s, this program",
			    look->name, program, VERSION);
	else if (!version)
		checkup_say(checkup, HEALTH_UNKNOWN,
			    "%s: it runs '%s', whose version cannot be told; this is '%s', %s",
			    look->name, program, checkup->self, VERSION);
	else if (strcmp(version, VERSION) == 0)
		checkup_say(checkup, HEALTH_OK,
			    "%s: it runs '%s', version %s, another copy of this program",
			    look->name, program, version);
	else
		checkup_say(checkup, HEALTH_WRONG,
			    "%s: it runs '%s', version %s, and this is %s; run: %s", look->name,
			    program, version, VERSION, supply(checkup, look));
}

/* What lets a second Dockerfile pass although the hook runs: the settings, or the policy. NULL:
 * neither. */
static const char *leniency(const struct checkup *checkup)
{
	const struct policy *policy = &checkup->judging->policy;
	enum level level = policy_level(policy, &rule_extra_dockerfile);
	const char *threshold = NULL;

	if (checkup->of_server && repository_setting(&checkup->judging->source.repository,
						     &threshold, "onedockerfile.failOn") < 0)
		failure_clear();
	if (threshold && strcmp(threshold, "error") != 0)
		return arena_printf(checkup->arena,
				    "onedockerfile.failOn is '%s'; run: git config --unset "
				    "onedockerfile.failOn",
				    threshold);
	if (policy->fail_on != LEVEL_OFF && level >= policy->fail_on)
		return NULL;
	return arena_printf(checkup->arena,
			    "by the policy %s extra-dockerfile is %s, and %s refuses; run: "
			    "onedockerfile rules",
			    checkup->policy, level_name(level),
			    policy->fail_on == LEVEL_OFF ? "nothing" : level_name(policy->fail_on));
}

static void say_passed(struct checkup *checkup, const struct hook_look *look, const char *what)
{
	const char *why = look->program || look->is_named ? leniency(checkup) : NULL;

	checkup_say(checkup, HEALTH_WRONG,
		    "%s: it let a %s with a second Dockerfile pass in a throw-away clone; %s%s",
		    look->name, what, why ? why : "run: ", why ? "" : cure(checkup, look));
}

static void try_it(struct checkup *checkup, const struct hook_look *look)
{
	struct repository *repository = &checkup->judging->source.repository;
	struct rehearsal rehearsal = { 0 };

	if (rehearse(&rehearsal, repository, look->name, look->path) < 0) {
		checkup_failed(checkup, HEALTH_UNKNOWN, look->name);
		return;
	}
	switch (rehearsal.end) {
	case REHEARSAL_REFUSED:
		checkup_say(checkup, HEALTH_OK,
			    "%s: it refused a %s with a second Dockerfile in a throw-away clone",
			    look->name, rehearsal.what);
		break;
	case REHEARSAL_PASSED:
		say_passed(checkup, look, rehearsal.what);
		break;
	case REHEARSAL_FOR_OTHER:
		checkup_say(checkup, HEALTH_UNKNOWN,
			    "%s: it refused a %s in a throw-away clone, but not for its second "
			    "Dockerfile: %s",
			    look->name, rehearsal.what, rehearsal.said);
		break;
	}
}

void checkup_hook(struct checkup *checkup, const char *name)
{
	struct hook_look look = { .name = name };

	hook_look(&look, checkup->arena, checkup->place.directory,
		  checkup->judging->source.repository.work_dir);
	if (!look.is_there) {
		checkup_say(checkup, HEALTH_WRONG, "%s: there is none in '%s'; run: %s", name,
			    checkup->place.directory, checkup_cure(checkup));
		return;
	}
	if (!look.is_executable) {
		checkup_say(checkup, HEALTH_WRONG,
			    "%s: '%s' is not executable, so Git passes it by; run: chmod +x %s",
			    name, look.path, shell_word(checkup->arena, look.path));
		return;
	}
	if (look.program)
		say_program(checkup, &look);
	else
		say_foreign(checkup, &look);
	try_it(checkup, &look);
}
