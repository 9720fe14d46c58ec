#include "cli/checkup.h"

#include <stdarg.h>
#include <string.h>

#include "base/fail.h"
#include "base/shell.h"
#include "base/utf8.h"

static const char *const words[] = { "ok", "wrong", "unknown" };

void checkup_say(struct checkup *checkup, enum health health, const char *format, ...)
{
	va_list arguments;
	const char *line = NULL;

	va_start(arguments, format);
	line = arena_vprintf(checkup->arena, format, arguments);
	va_end(arguments);
	checkup->wrong = checkup->wrong || health == HEALTH_WRONG;
	checkup->unknown = checkup->unknown || health == HEALTH_UNKNOWN;
	buf_addf(&checkup->out, "%s: %s\n", words[health], utf8_clean(checkup->arena, line, false));
}

void checkup_failed(struct checkup *checkup, enum health health, const char *what)
{
	const char *message = arena_string(checkup->arena, failure_message());

	failure_clear();
	checkup_say(checkup, health, "%s: %s", what, message);
}

const char *checkup_cure(const struct checkup *checkup)
{
	const struct hook_place *place = &checkup->place;
	const char *common = checkup->judging->source.repository.common_dir;
	const char *hooks = arena_printf(checkup->arena, "%s/hooks", common);
	const char *install =
		checkup->of_server ? "onedockerfile install --server" : "onedockerfile install";

	if (!place->is_own)
		return arena_printf(checkup->arena, "git config core.hooksPath %s && %s",
				    shell_word(checkup->arena, hooks), install);
	if (place->is_empty)
		return arena_printf(checkup->arena, "git config --%s --unset core.hooksPath && %s",
				    place->scope, install);
	return install;
}
