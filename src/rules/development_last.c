#include <string.h>
#include <strings.h>

#include "model/dockerfile.h"
#include "rules/places.h"
#include "rules/rules.h"

static bool has(const struct strings *words, const char *bytes, size_t length)
{
	vec_each (const char **, word, words)
		if (strlen(*word) == length && strncasecmp(*word, bytes, length) == 0)
			return true;
	return false;
}

/* Is one of the words a part of the name: "dev" of "dev", "app-dev" and "dev.debian"? */
static bool is_development(const struct strings *words, const char *name)
{
	if (has(words, name, strlen(name)))
		return true;
	while (*name) {
		size_t length = strcspn(name, "-_.");

		if (has(words, name, length))
			return true;
		name += length;
		name += *name != '\0';
	}
	return false;
}

static void check(struct pass *pass)
{
	const struct strings *words = policy_words(pass->policy, pass->rule);

	vec_each (struct dockerfile **, at, &pass->project->dockerfiles) {
		const struct dockerfile *file = *at;
		const struct stage *last = dockerfile_stage(file, NULL);
		struct finding finding = { 0 };

		if (!last || file->stages.count < 2 || !last->name ||
		    !is_development(words, last->name) || is_judged_elsewhere(pass->project, file))
			continue;
		finding = at_stage(file, last, last->name_span);
		finding.value = last->name;
		finding.help = "end the file with the stage that is to be shipped";
		found(pass, finding,
		      "'%s' ends with the development stage '%s', which a build without target "
		      "ships",
		      file->path, last->name);
	}
}

const struct rule rule_development_last = {
	.id = "development-last",
	.title = "Development stage last",
	.summary =
		"the last stage, which a plain build of the Dockerfile ships, is for development",
	.level = LEVEL_WARNING,
	.option = "words",
	.check = check,
};
