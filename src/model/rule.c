#include "model/rule.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/sha256.h"
#include "model/waiver.h"

#define MAX_MESSAGE_LENGTH 2000 /* bytes; the names in it may be as long as a file */

static void fingerprint(struct finding *finding)
{
	const char *const parts[] = { finding->rule->id, finding->path, finding->subject,
				      finding->value };
	struct sha256 hash;

	sha256_init(&hash);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (i > 0)
			sha256_add(&hash, "", 1);
		if (parts[i])
			sha256_add(&hash, parts[i], strlen(parts[i]));
	}
	sha256_hex(&hash, finding->fingerprint);
}

/* Findings come file by file, and asking costs all patterns of the policy. */
static bool is_ignored(struct pass *pass, const char *path)
{
	if (!pass->asked || strcmp(pass->asked, path) != 0) {
		pass->asked = path;
		pass->ignored = policy_ignores(pass->policy, path);
	}
	return pass->ignored;
}

const struct policy_waiver *pass_waiver(struct pass *pass, const struct rule *rule,
					const struct finding *finding)
{
	const struct policy_waiver *waiver =
		waiver_find(pass->policy, rule, finding->path, finding->subject);

	if (waiver || !pass->waivers || pass->policy->inline_waivers != INLINE_COUNTS)
		return waiver;
	return inline_waiver_find(pass->waivers, rule, finding->path, finding->span.line);
}

/* One of the policy lives as long as that, one inside a file only as long as the file. */
static void waive(struct pass *pass, struct finding *finding)
{
	const struct policy_waiver *waiver = pass_waiver(pass, finding->rule, finding);
	struct policy_waiver *copy = NULL;

	if (!waiver)
		return;
	finding->status = FINDING_WAIVED;
	finding->waiver = waiver;
	if (waiver->origin)
		return;
	copy = arena_new(pass->keep, struct policy_waiver);
	*copy = (struct policy_waiver){ .rule = waiver->rule,
					.path = arena_string(pass->keep, waiver->path),
					.reason = arena_string(pass->keep, waiver->reason) };
	finding->waiver = copy;
}

void found(struct pass *pass, struct finding finding, const char *format, ...)
{
	char message[MAX_MESSAGE_LENGTH + 1];
	va_list arguments;

	if (pass->failed)
		return;
	finding.rule = pass->rule;
	finding.level = policy_level(pass->policy, pass->rule);
	if (finding.level == LEVEL_OFF || is_ignored(pass, finding.path))
		return;
	if (pass->findings->count == MAX_FINDINGS) {
		pass->failed = true;
		findings_too_many(finding.path);
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	finding.message = message;
	if (pass->excerpts)
		finding.excerpt = excerpts_line(pass->excerpts, finding.path, finding.span.line);
	waive(pass, &finding);
	fingerprint(&finding);
	*vec_add(pass->keep, pass->findings) = finding_copy(&finding, pass->keep);
}

enum entry_kind pass_find(struct pass *pass, const char *path)
{
	struct entry entry = { 0 };

	if (snapshot_find(pass->project->snapshot, &entry, path) < 0) {
		pass->failed = true;
		return ENTRY_OUTSIDE;
	}
	return entry.kind;
}
