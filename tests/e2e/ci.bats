#!/usr/bin/env bats
# What a CI system has checked out, against what the event at hand names.

load helper

# A server's repository: main has an old fault, and topic, which left it one commit ago, a new one.
# refs/pull/1/merge is the trial merge of topic into the main of today.
upstream() {
	repository upstream
	bad old
	save 'an old fault'
	good api
	save 'a service'
	git checkout -q -b topic
	bad api
	save 'a variant'
	git checkout -q main
	echo words >README
	save 'goes on'
	trial_merge
	cd ..
}

trial_merge() {
	git checkout -q --detach main
	git merge -q --no-edit topic
	git update-ref refs/pull/1/merge HEAD
	git checkout -q main
}

at() {
	git -C "$work/upstream" rev-parse "$1"
}

# checkout REF [--depth=N]: as actions/checkout and its like leave a clone.
checkout() {
	rm -rf "$work/clone"
	git init -q "$work/clone"
	cd "$work/clone" || return 1
	git remote add origin "file://$work/upstream"
	git fetch -q --no-tags ${2+"$2"} origin "+$1:refs/remotes/ci/head"
	git checkout -q --detach refs/remotes/ci/head
}

# in_ci STATUS [VARIABLE=VALUE...] [OPTION...]
in_ci() {
	local wanted=$1

	shift
	# shellcheck disable=SC2086 # a list of variables
	expect "$wanted" env ${system-} "$@" onedockerfile check --ci -f json
	cp "$work/out" "$work/report.json"
}

# on_github STATUS EVENT PAYLOAD [VARIABLE=VALUE...]
on_github() {
	local wanted=$1 event=$2

	printf '%s\n' "$3" >"$work/event.json"
	shift 3
	in_ci "$wanted" GITHUB_ACTIONS=true GITHUB_EVENT_NAME="$event" \
		GITHUB_EVENT_PATH="$work/event.json" "$@"
}

push_of() {
	printf '{"before": "%s", "after": "%s", "commits": [{"message": "\\ud83d \x7f"}]}' "$1" "$2"
}

pull_into() {
	printf '{"number": 1, "pull_request": {"title": "\\"base\\": {", "base": {"ref": "main", "sha": "%s"}}}' "$1"
}

# line LINE: the command that the last refusal ends with. Run it.
line() {
	sed -n 's/.* is not in this clone; run: //p' "$work/err" | diff -u <(echo "$1") -
	sh -c "$1"
}

new_fault() {
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	reported --get summary.inherited <<<1
	reported --get source <<<ci
}

all_faults() {
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
		new extra-dockerfile old/Dockerfile.dev:1
	END
}

@test "measures a push against the commit before" {
	upstream
	checkout refs/heads/topic
	on_github 1 push "$(push_of "$(at topic^)" "$(at topic)")"
	new_fault
	says "GitHub Actions, push: measured against the commit before, $(at topic^ | cut -c 1-12); policy: default"
	checkout refs/heads/main
	on_github 0 push "$(push_of "$(at main^)" "$(at main)")"
	reported --get summary.inherited <<<1
}

@test "counts everything where no commit is named" {
	local zeros=0000000000000000000000000000000000000000

	upstream
	checkout refs/heads/topic --depth=1
	on_github 1 push "$(push_of $zeros "$(at topic)")"
	all_faults
	says 'no commit is named to measure against, so everything counts'
	on_github 1 push "$(push_of "$(at topic)" $zeros)"
	all_faults
	on_github 1 schedule '{}'
	all_faults
	says 'GitHub Actions, schedule: no commit is named'
	on_github 1 workflow_dispatch 'no JSON'
	all_faults
	in_ci 1 GITHUB_ACTIONS=true
	all_faults
}

@test "fetches the commit before a forced push by the line that it prints" {
	upstream
	before=$(at topic)
	git -C upstream checkout -q topic
	git -C upstream commit -q --amend -m 'a variant, rewritten'
	checkout refs/heads/topic
	on_github 3 push "$(push_of "$before" "$(at topic)")"
	reported --get verdict <<<unknown
	line "git fetch --no-tags origin $before"
	on_github 0 push "$(push_of "$before" "$(at topic)")"
	[ ! -e .git/shallow ]
	checkout refs/heads/topic --depth=1
	on_github 3 push "$(push_of "$before" "$(at topic)")"
	line "git fetch --no-tags --depth=1 origin $before"
	on_github 0 push "$(push_of "$before" "$(at topic)")"
	reported --get summary.inherited <<<2
}

@test "measures a trial merge against its first parent, of which one commit is enough" {
	upstream
	checkout refs/pull/1/merge --depth=1
	on_github 3 pull_request "$(pull_into "$(at main)")"
	line "git fetch --no-tags --depth=1 origin $(at main)"
	on_github 1 pull_request "$(pull_into "$(at main)")"
	new_fault
	checkout refs/pull/1/merge --depth=2
	on_github 1 pull_request "$(pull_into "$(at main)")"
	new_fault
	says "GitHub Actions, pull_request: measured against commit $(at main | cut -c 1-12), where HEAD left the target"
}

@test "takes the target from the trial merge where the event is older" {
	upstream
	old=$(at main)
	(
		cd upstream
		bad later
		printf 'rules: {unused-stage: error}\n' >.onedockerfile.yaml
		save 'main goes on'
		trial_merge
	)
	merge="GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$(at refs/pull/1/merge)"
	checkout refs/pull/1/merge --depth=1
	# shellcheck disable=SC2086 # two variables
	on_github 3 pull_request "$(pull_into "$old")" $merge
	line "git fetch --no-tags --depth=1 origin $(at main)"
	# shellcheck disable=SC2086
	on_github 1 pull_request "$(pull_into "$old")" $merge
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
	END
	reported --get policy <<<.onedockerfile.yaml
	# A merge that the author of the pull request made says nothing.
	checkout refs/pull/1/merge
	on_github 1 pull_request "$(pull_into "$old")" GITHUB_REF=refs/pull/1/merge GITHUB_SHA="$(at topic)"
	reported <<-'END'
		new extra-dockerfile api/Dockerfile.dev:1
		new extra-dockerfile later/Dockerfile.dev:1
	END
}

@test "measures the head of a pull request against the commit where it left the target" {
	upstream
	checkout refs/heads/topic --depth=1
	on_github 3 pull_request "$(pull_into "$(at main)")"
	line "git fetch --no-tags --unshallow origin $(at main)"
	on_github 1 pull_request "$(pull_into "$(at main)")"
	new_fault
	says "against commit $(at main^ | cut -c 1-12), where HEAD left the target"
	# All is there that is needed.
	checkout refs/heads/topic --depth=2
	git fetch -q --no-tags --depth=2 origin "$(at main)"
	on_github 1 pull_request "$(pull_into "$(at main)")"
	new_fault
	# Both tips are there, and not how they are related.
	checkout refs/heads/topic --depth=1
	git fetch -q --no-tags --depth=1 origin "$(at main)"
	on_github 3 pull_request "$(pull_into "$(at main)")"
	says 'the commit at which HEAD left the target is not in this clone'
	line "git fetch --no-tags --unshallow origin $(at main)"
	on_github 1 pull_request "$(pull_into "$(at main)")"
	new_fault
}

@test "does not take the target for the pull request" {
	upstream
	checkout refs/heads/main
	on_github 3 pull_request_target "$(pull_into "$(at main)")"
	says "what is checked out is not the pull request; check out 'refs/pull/N/merge'"
	# The target goes on, and the event says where it was; or the workflow is that of another branch.
	on_github 3 pull_request_target "$(pull_into "$(at main^)")" GITHUB_SHA="$(at main)"
	says "what is checked out is not the pull request; check out 'refs/pull/N/merge'"
	on_github 3 pull_request_target "$(pull_into "$(at topic)")" GITHUB_SHA="$(at main)"
	checkout refs/heads/main --depth=1
	on_github 3 pull_request_target "$(pull_into "$(at main^)")" GITHUB_SHA="$(at main)"
	says 'not the pull request'
	checkout refs/pull/1/merge
	on_github 1 pull_request_target "$(pull_into "$(at main)")" GITHUB_SHA="$(at main)"
	new_fault
	on_github 1 pull_request_target "$(pull_into "$(at main)")"
	new_fault
}

@test "measures a merge queue against its base" {
	upstream
	checkout refs/pull/1/merge --depth=2
	on_github 1 merge_group "{\"merge_group\": {\"base_sha\": \"$(at main)\"}}"
	new_fault
}

@test "measures on Gitea and Forgejo as on GitHub" {
	upstream
	checkout refs/heads/topic
	git fetch -q origin main
	on_github 1 pull_request_sync "$(pull_into "$(at main)")" GITEA_ACTIONS=true
	new_fault
	says 'Gitea Actions, pull_request_sync: measured'
	on_github 1 push "$(push_of "$(at topic^)" "$(at topic)")" GITEA_ACTIONS=true FORGEJO_ACTIONS=true
	new_fault
	says 'Forgejo Actions, push: measured'
}

@test "measures a merge request of GitLab, shallow as it is" {
	upstream
	system="GITLAB_CI=true CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
		CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000 CI_MERGE_REQUEST_DIFF_BASE_SHA=$(at main^)"
	checkout refs/heads/topic --depth=1
	in_ci 3
	says "GitLab CI/CD, merge_request_event: the target 'main' is not in this clone"
	line "git fetch --no-tags --depth=1 origin +refs/heads/main:refs/remotes/origin/main $(at main^)"
	in_ci 1
	new_fault
	says "against commit $(at main^ | cut -c 1-12), where HEAD left the target 'main'"
	checkout refs/heads/topic
	in_ci 3
	line 'git fetch --no-tags origin +refs/heads/main:refs/remotes/origin/main'
	in_ci 1 CI_MERGE_REQUEST_DIFF_BASE_SHA="$(at main~2)"
	new_fault
}

@test "measures a trial merge and a push of GitLab" {
	upstream
	checkout refs/pull/1/merge --depth=2
	in_ci 1 GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
		CI_MERGE_REQUEST_TARGET_BRANCH_SHA="$(at main)" CI_MERGE_REQUEST_DIFF_BASE_SHA="$(at main^)"
	new_fault
	checkout refs/heads/topic --depth=2
	in_ci 1 GITLAB_CI=true CI_PIPELINE_SOURCE=push CI_COMMIT_BEFORE_SHA="$(at topic^)"
	new_fault
	in_ci 1 GITLAB_CI=true CI_PIPELINE_SOURCE=push CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000
	all_faults
}

@test "knows the target where only its name is told" {
	upstream
	for system in 'TF_BUILD=True BUILD_REASON=PullRequest SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main' \
		'BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_BRANCH=main' \
		'BUILDKITE=true BUILDKITE_PULL_REQUEST_BASE_BRANCH=main' \
		'DRONE=true DRONE_BUILD_EVENT=pull_request DRONE_TARGET_BRANCH=main' \
		'JENKINS_URL=http://ci/ CHANGE_TARGET=main' \
		'TRAVIS=true TRAVIS_EVENT_TYPE=pull_request TRAVIS_BRANCH=main' \
		'CI=woodpecker CI_PIPELINE_EVENT=pull_request CI_COMMIT_TARGET_BRANCH=main'; do
		checkout refs/heads/topic --depth=1
		in_ci 3
		line 'git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main'
		in_ci 1
		new_fault
		says "where HEAD left the target 'main'"
	done
}

@test "knows the commit before where it is told" {
	upstream
	for system in "DRONE=true DRONE_BUILD_EVENT=push DRONE_TARGET_BRANCH=topic DRONE_COMMIT_BEFORE=$(at topic^)" \
		"JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT=$(at topic^)" \
		"CI=woodpecker CI_PIPELINE_EVENT=push CI_PREV_PIPELINE_EVENT=push CI_PREV_COMMIT_SHA=$(at topic^)"; do
		checkout refs/heads/topic --depth=1
		in_ci 3
		line "git fetch --no-tags --depth=1 origin $(at topic^)"
		in_ci 1
		new_fault
	done
}

@test "counts everything where a system tells no commit before" {
	upstream
	checkout refs/heads/topic --depth=1
	for system in 'TF_BUILD=True BUILD_REASON=IndividualCI' 'BITBUCKET_BUILD_NUMBER=1' 'CIRCLECI=true' \
		'BUILDKITE=true BUILDKITE_PULL_REQUEST_BASE_BRANCH=' 'JENKINS_URL=http://ci/' \
		'TRAVIS=true TRAVIS_EVENT_TYPE=push TRAVIS_BRANCH=topic' 'CI=true' 'NONE=1' \
		"CI=woodpecker CI_PIPELINE_EVENT=cron CI_PREV_PIPELINE_EVENT=push CI_PREV_COMMIT_SHA=$(at topic^)"; do
		in_ci 1
		all_faults
		says 'no commit is named to measure against, so everything counts'
	done
	system='' in_ci 1
	says 'no CI system that is known here: no commit is named'
	in_ci 1 CI=1
	says 'a CI system that is not known here: no commit is named'
}

@test "takes neither a pull request's commit nor HEAD for the commit before" {
	upstream
	checkout refs/heads/topic
	in_ci 1 CI=woodpecker CI_PIPELINE_EVENT=push CI_PREV_PIPELINE_EVENT=pull_request CI_PREV_COMMIT_SHA="$(at topic)"
	all_faults
	in_ci 1 JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(at topic)"
	all_faults
	says 'Jenkins, push: the commit before is HEAD itself, so everything counts'
}

@test "takes the trial merge of Azure, and the queue of Buildkite, by its commit" {
	upstream
	checkout refs/pull/1/merge --depth=1
	system="TF_BUILD=True BUILD_SOURCEBRANCH=refs/pull/1/merge BUILD_SOURCEVERSION=$(at refs/pull/1/merge)
		SYSTEM_PULLREQUEST_TARGETBRANCH=main"
	in_ci 3
	line "git fetch --no-tags --depth=1 origin $(at main)"
	in_ci 1
	new_fault
	checkout refs/heads/topic
	git fetch -q origin "+refs/heads/main:refs/remotes/origin/main"
	in_ci 1 BUILD_SOURCEVERSION="$(at topic)"
	new_fault
	system='' in_ci 1 BUILDKITE=true BUILDKITE_MERGE_QUEUE_BASE_COMMIT="$(at main)"
	new_fault
}

@test "does not take a branch for the target since it has its name" {
	upstream
	checkout refs/heads/topic
	git checkout -q -b main
	in_ci 3 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	line 'git fetch --no-tags origin +refs/heads/main:refs/remotes/origin/main'
	in_ci 1 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	new_fault
	checkout refs/heads/topic
	git fetch -q origin main:main
	in_ci 1 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	new_fault
}

@test "quotes what somebody has chosen, and runs nothing" {
	upstream
	checkout refs/heads/topic
	in_ci 3 JENKINS_URL=http://ci/ CHANGE_TARGET='--upload-pack=touch x'
	line "git fetch --no-tags origin '+refs/heads/--upload-pack=touch x:refs/remotes/origin/--upload-pack=touch x'" && return 1
	in_ci 3 JENKINS_URL=http://ci/ CHANGE_TARGET="a;touch x;'\$(touch x)"
	says "origin '+refs/heads/a;touch x;'\\''\$(touch x):refs/remotes/origin/a;touch x;'\\''\$(touch x)'"
	in_ci 3 JENKINS_URL=http://ci/ CHANGE_TARGET=$'x\n::error::\e[31m##[add-mask]'
	says_not $'\e'
	says_not '##['
	[ "$(wc -l <"$work/err")" -eq 1 ]
	git -C "$work/upstream" branch 'a;b' main
	in_ci 3 JENKINS_URL=http://ci/ CHANGE_TARGET='a;b'
	line "git fetch --no-tags origin '+refs/heads/a;b:refs/remotes/origin/a;b'"
	in_ci 1 JENKINS_URL=http://ci/ CHANGE_TARGET='a;b'
	new_fault
	[ ! -e x ]
}

@test "3 where what is named can be no commit" {
	upstream
	checkout refs/heads/topic
	for word in --output=x HEAD main "$(at topic | tr a-f A-F | sed 's/./A/')" 123; do
		in_ci 3 JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$word"
		says "'$word' is no commit, as which GIT_PREVIOUS_SUCCESSFUL_COMMIT names it"
		reported --get verdict <<<unknown
	done
	in_ci 3 JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(at topic^:api)"
	says "Jenkins, push: object $(at topic^:api) is a tree where a commit should be"
	in_ci 3 GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_SHA=HEAD
	says "'HEAD' is no commit, as which CI_MERGE_REQUEST_TARGET_BRANCH_SHA names it"
	in_ci 3 TF_BUILD=True BUILD_SOURCEBRANCH=refs/pull/1/merge BUILD_SOURCEVERSION=HEAD
	says "'HEAD' is no commit, as which BUILD_SOURCEVERSION names it"
	in_ci 1 TF_BUILD=True BUILD_SOURCEBRANCH=refs/heads/a-merge BUILD_SOURCEVERSION=HEAD
	in_ci 1 TF_BUILD=True BUILD_SOURCEBRANCH=refs/pull/1/merge-not BUILD_SOURCEVERSION=HEAD
	git tag -a -m before before "$(at topic^)"
	in_ci 1 JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(git rev-parse before)"
	new_fault
}

@test "3 where the event cannot be read" {
	upstream
	checkout refs/heads/topic
	in_ci 3 GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push
	says 'GITHUB_EVENT_PATH is not set, which GitHub Actions has'
	in_ci 3 GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH="$work/none"
	says "cannot read '$work/none': No such file or directory"
	in_ci 3 GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=/dev/zero
	says "'/dev/zero' is no file of at most 67108864 bytes"
	in_ci 3 GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=
	says 'GITHUB_EVENT_PATH is not set, which GitHub Actions has'
	on_github 1 push "{\"before\": \"$(at topic^)\"}"
	new_fault
	on_github 1 push "{\"before\": \"$(at topic^)\", \"after\": \"\"}"
	new_fault
	on_github 1 push '{"before": "", "after": "x"}'
	all_faults
	on_github 3 push '{"before": '
	says "no 'before' in the description of the event 'push'"
	on_github 3 push '{"before": "--force", "after": "x"}'
	says "'--force' is no commit"
	on_github 3 pull_request '{"pull_request": null}'
	says "no 'base' in the description of the event 'pull_request'"
}

@test "judges by the policy of the target's tip" {
	upstream
	(
		cd upstream
		git checkout -q topic
		printf 'rules: {extra-dockerfile: off}\n' >.onedockerfile.yaml
		save 'a loose policy'
		git checkout -q main
		printf 'rules: {extra-dockerfile: warning}\n' >.onedockerfile.yaml
		save 'the policy'
	)
	checkout refs/heads/topic
	git fetch -q origin "+refs/heads/main:refs/remotes/origin/main"
	in_ci 0 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	reported --get summary.warnings <<<1
	says "Jenkins, pull request: measured against commit $(at main~2 | cut -c 1-12), where HEAD left the target 'main'; policy: .onedockerfile.yaml of the target 'main', commit $(at main | cut -c 1-12); '.onedockerfile.yaml' is changed"
	expect 0 env JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(at topic^)" onedockerfile check --ci
	says 'note: Jenkins, push: measured against the commit before'
	expect 0 env JENKINS_URL=http://ci/ onedockerfile check --ci
	says 'policy: .onedockerfile.yaml of HEAD, commit'
}

@test "lets nobody wave himself through without a base" {
	upstream
	cd upstream
	git checkout -q --orphan fresh
	git rm -qrf .
	bad api
	sed -i '1i # onedockerfile: allow extra-dockerfile since I say so' api/Dockerfile.dev
	save 'a fresh start'
	checkout refs/heads/fresh
	git fetch -q origin "+refs/heads/main:refs/remotes/origin/main"
	in_ci 1 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	says "HEAD and the target 'main' have no commit in common, so everything counts"
	in_ci 0 JENKINS_URL=http://ci/
	in_ci 2 JENKINS_URL=http://ci/ CHANGE_TARGET=main onedockerfile check --ci nowhere
	says "there is no 'nowhere' in what is judged"
}

@test "lets a target say itself whether waivers inside files count" {
	upstream
	cd upstream
	echo 'inline: true' >.onedockerfile.yaml
	save 'a policy that trusts'
	git checkout -q -B topic
	sed -i '1i # onedockerfile: allow extra-dockerfile since I say so' old/Dockerfile.dev
	bad api
	sed -i '1i # onedockerfile: allow extra-dockerfile since I say so' api/Dockerfile.dev
	save 'a variant'
	checkout refs/heads/topic
	git fetch -q origin "+refs/heads/main:refs/remotes/origin/main"
	in_ci 0 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	expect 0 env JENKINS_URL=http://ci/ CHANGE_TARGET=main onedockerfile check --ci -f text
	says 'note: '
}

@test "inherits from every merge base of branches that were merged both ways" {
	upstream
	cd upstream
	git checkout -q -b other main
	bad other
	save 'one side'
	git checkout -q main
	bad web
	save 'the other side'
	git checkout -q -b both
	git merge -q --no-edit other
	git checkout -q other
	git merge -q --no-edit main
	git update-ref refs/heads/main both
	bad new
	save 'goes on'
	[ "$(git merge-base --all HEAD main | wc -l)" -eq 2 ]
	in_ci 1 JENKINS_URL=http://ci/ CHANGE_TARGET=main
	reported <<-'END'
		new extra-dockerfile new/Dockerfile.dev:1
	END
	reported --get summary.inherited <<<3
}

@test "judges what is committed, not what a job has left" {
	upstream
	checkout refs/heads/main
	bad web
	git add -A
	in_ci 0 JENKINS_URL=http://ci/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$(at main^)"
	git init -q "$work/empty"
	cd "$work/empty"
	expect 0 onedockerfile check --ci
	[ ! -s "$work/out" ]
	[ ! -s "$work/err" ]
	mkdir "$work/nowhere"
	cd "$work/nowhere"
	expect 3 onedockerfile check --ci
	says 'there is no Git repository here'
}

@test "goes with no other source" {
	repository shop
	good api
	save 'a service'
	for option in --staged --rev=HEAD --range=HEAD..HEAD --base=HEAD; do
		expect 2 onedockerfile check --ci "$option"
	done
	expect 2 onedockerfile inspect --ci
}
