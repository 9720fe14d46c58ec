#include "rules/places.h"
#include "rules/rules.h"

/* Does the policy let this variant be? Then whoever builds it is right to. */
static bool is_let_be(struct pass *pass, const char *path)
{
	const struct finding variant = at_dockerfile(project_dockerfile(pass->project, path));

	return policy_level(pass->policy, &rule_extra_dockerfile) == LEVEL_OFF ||
	       policy_ignores(pass->policy, path) ||
	       pass_waiver(pass, &rule_extra_dockerfile, &variant);
}

static void check_build(struct pass *pass, const struct build *build)
{
	const struct dockerfile *kept =
		build->dockerfile ? variants_kept(pass->variants, build->dockerfile) : NULL;
	struct finding finding = at_build(build, &build->dockerfile_place);

	if (!kept || build->remote || is_let_be(pass, build->dockerfile))
		return;
	finding.value = finding.dockerfile = build->dockerfile;
	finding.help = arena_printf(pass->arena, "build '%s' and pick the stage with 'target:'",
				    kept->path);
	found(pass, finding, "service '%s' builds '%s', a second Dockerfile beside '%s'",
	      build->subject, build->dockerfile, kept->path);
}

static void check(struct pass *pass)
{
	vec_each (const struct build *, build, &pass->project->builds)
		check_build(pass, build->laid ? build->laid : build);
}

const struct rule rule_variant_reference = {
	.id = "variant-reference",
	.title = "Variant built",
	.summary = "a build names a Dockerfile that is a variant of another",
	.level = LEVEL_ERROR,
	.check = check,
};
