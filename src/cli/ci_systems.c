#include "cli/ci_systems.h"

#include <stddef.h>

#include "cli/ci_payload.h"

/* Gitea and Forgejo run GitHub's workflows, and set its variables beside their own. */
#define LIKE_GITHUB                                                                                \
	.event = "GITHUB_EVENT_NAME", .ref = "GITHUB_REF", .commit = "GITHUB_SHA",                 \
	.read = ci_payload_read

const struct ci_system ci_systems[] = {
	{
		.name = "Azure Pipelines",
		.mark = "TF_BUILD",
		.event = "BUILD_REASON",
		.branch = "SYSTEM_PULLREQUEST_TARGETBRANCH",
		.ref = "BUILD_SOURCEBRANCH",
		.commit = "BUILD_SOURCEVERSION",
	},
	{
		.name = "Bitbucket Pipelines",
		.mark = "BITBUCKET_BUILD_NUMBER",
		.branch = "BITBUCKET_PR_DESTINATION_BRANCH",
	},
	{
		.name = "Buildkite",
		.mark = "BUILDKITE",
		.event = "BUILDKITE_SOURCE",
		.target = "BUILDKITE_MERGE_QUEUE_BASE_COMMIT",
		.branch = "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
	},
	/* It tells only its own configuration which commit was before. */
	{ .name = "CircleCI", .mark = "CIRCLECI" },
	{
		.name = "Drone",
		.mark = "DRONE",
		.event = "DRONE_BUILD_EVENT",
		.pull = "pull_request",
		.push = "push",
		.before = "DRONE_COMMIT_BEFORE",
		.branch = "DRONE_TARGET_BRANCH", /* of a push its own branch */
	},
	{ .name = "Forgejo Actions", .mark = "FORGEJO_ACTIONS", LIKE_GITHUB },
	{ .name = "Gitea Actions", .mark = "GITEA_ACTIONS", LIKE_GITHUB },
	{ .name = "GitHub Actions", .mark = "GITHUB_ACTIONS", LIKE_GITHUB },
	{
		.name = "GitLab CI/CD",
		.mark = "GITLAB_CI",
		.event = "CI_PIPELINE_SOURCE",
		.before = "CI_COMMIT_BEFORE_SHA",
		.target = "CI_MERGE_REQUEST_TARGET_BRANCH_SHA", /* only of a trial merge */
		.branch = "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
		.fork = "CI_MERGE_REQUEST_DIFF_BASE_SHA",
	},
	{
		.name = "Jenkins",
		.mark = "JENKINS_URL",
		.before = "GIT_PREVIOUS_SUCCESSFUL_COMMIT", /* what a refused build left is judged
							       again */
		.branch = "CHANGE_TARGET",
	},
	{
		.name = "Travis CI",
		.mark = "TRAVIS",
		.event = "TRAVIS_EVENT_TYPE",
		.pull = "pull_request",
		.branch = "TRAVIS_BRANCH", /* of a push its own branch */
	},
	/* The run before may have been one for a pull request into the same branch, of whose head
	 * nobody knows what it has. */
	{
		.name = "Woodpecker",
		.mark = "CI",
		.mark_value = "woodpecker",
		.event = "CI_PIPELINE_EVENT",
		.push = "push",
		.before = "CI_PREV_COMMIT_SHA",
		.before_event = "CI_PREV_PIPELINE_EVENT",
		.branch = "CI_COMMIT_TARGET_BRANCH",
	},
	{ .name = NULL },
};
