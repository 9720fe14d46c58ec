#!/usr/bin/env bats
# Each CI template, filled in as its first lines say, in a clone as its system makes one. GitLab's
# are run by gitlab-ci-local; of the others the script is, with the variables of its system.

load helper

bats_require_minimum_version 1.5.0

SYSTEMS='azure bitbucket buildkite circleci drone gitea woodpecker'

file_of() {
	case $1 in
	azure | bitbucket) echo "$1-pipelines.yml" ;;
	jenkins) echo Jenkinsfile ;;
	gitlab-component) echo gitlab-component/templates/onedockerfile.yml ;;
	*) echo "$1.yml" ;;
	esac
}

# A server with two pull requests into main, which has an old fault and went on: 1 has a new fault
# too, 2 has none.
upstream() {
	repository upstream
	git config uploadpack.allowAnySHA1InWant true
	bad old
	save 'an old fault'
	good api
	save 'a service'
	pull_request 1 bad
	pull_request 2 good
	echo words >README
	save 'goes on'
	for number in 1 2; do
		git checkout -q --detach
		git merge -q --no-edit "topic$number"
		git update-ref "refs/pull/$number/merge" HEAD
		git checkout -q main
	done
	cd ..
}

# pull_request NUMBER WHAT
pull_request() {
	git checkout -q -b "topic$1"
	"$2" "web$1"
	save "request $1"
	git update-ref "refs/pull/$1/head" HEAD
	git checkout -q main
}

at() {
	git -C "$work/upstream" rev-parse "$1"
}

# A directory of its own for each run, since some templates write reports into it.
start_clone() {
	rm -rf "$work/clone"
	git init -q "$work/clone"
	cd "$work/clone" || return 1
	git remote add origin "file://$work/upstream"
}

# shallow REF: one commit, and no branch of the server.
shallow() {
	start_clone
	git fetch -q --no-tags --depth=1 origin "+$1:refs/ci/head"
	git checkout -q --detach refs/ci/head
}

# full REF: with all branches.
full() {
	start_clone
	git fetch -q origin '+refs/heads/*:refs/remotes/origin/*' "+$1:refs/ci/head"
	git checkout -q --detach refs/ci/head
}

# What each system clones for a pull request, and the variables it sets.
pull_azure() {
	full "refs/pull/$1/merge"
	variables=(TF_BUILD=True BUILD_REASON=PullRequest BUILD_SOURCEBRANCH="refs/pull/$1/merge"
		BUILD_SOURCEVERSION="$(git rev-parse HEAD)" SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main)
}

pull_bitbucket() {
	shallow "refs/heads/topic$1"
	variables=(BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_BRANCH=main)
}

pull_buildkite() {
	shallow "refs/pull/$1/head"
	variables=(BUILDKITE=true BUILDKITE_SOURCE=webhook BUILDKITE_PULL_REQUEST_BASE_BRANCH=main)
}

pull_circleci() {
	start_clone
	git fetch -q origin "+refs/heads/topic$1:refs/remotes/origin/topic$1"
	git checkout -q "topic$1"
	variables=(CIRCLECI=true CIRCLE_BRANCH="topic$1")
}

pull_drone() {
	start_clone
	git fetch -q origin +refs/heads/main:
	git checkout -q main
	git fetch -q origin "refs/pull/$1/head:"
	git merge -q --no-edit "$(at "topic$1")"
	variables=(DRONE=true DRONE_BUILD_EVENT=pull_request DRONE_TARGET_BRANCH=main DRONE_COMMIT_BEFORE="$(at main)")
}

pull_gitea() {
	full "refs/pull/$1/head"
	printf '{"pull_request": {"base": {"sha": "%s"}}}' "$(at main)" >"$work/event.json"
	variables=(GITEA_ACTIONS=true GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request)
}

pull_gitlab() {
	shallow "refs/heads/topic$1"
	variables=(GITLAB_CI=true CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
		CI_MERGE_REQUEST_DIFF_BASE_SHA="$(git -C "$work/upstream" merge-base main "topic$1")")
}

pull_jenkins() {
	shallow "refs/pull/$1/head"
	variables=(JENKINS_URL=http://localhost/ CHANGE_TARGET=main)
}

pull_woodpecker() {
	start_clone
	git fetch -q --no-tags origin "+$(at "topic$1"):"
	git reset -q --hard "$(at "topic$1")"
	variables=(CI=woodpecker CI_PIPELINE_EVENT=pull_request CI_COMMIT_TARGET_BRANCH=main CI_PREV_COMMIT_SHA=)
}

# fill SYSTEM [PROGRAM]: the template with an address and a checksum, as its first lines ask for.
fill() {
	local program=${2:-$ONEDOCKERFILE}

	: "${sum:=$(sha256sum "$program" | cut -c 1-64)}"
	sed -e "s|https://example.org/onedockerfile/[^ ']*|file://$program|" -e "s|0\{64\}|$sum|" \
		"$root/ci-templates/$(file_of "$1")"
}

# job SYSTEM [PROGRAM]: its script, in $work/SYSTEM.sh.
job() {
	fill "$@" >"$work/template"
	if [ "$1" = jenkins ]; then
		JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")") \
			groovy "$here/jenkinsfile.groovy" "$work/template" 2>"$work/steps" >"$work/$1.sh"
	else
		GITHUB_EVENT_PATH=$work/event.json run_node template_job.mjs "$1" "$work/template" >"$work/$1.sh"
	fi
}

shell_of() {
	case $1 in
	azure | buildkite | circleci | gitea) echo bash ;;
	*) echo sh ;;
	esac
}

# run_job STATUS SYSTEM [VARIABLE=VALUE...]: its script, where it says nothing of this machine.
run_job() {
	local wanted=$1 system=$2

	shift 2
	expect "$wanted" env -i PATH="$work/bin:$PATH" HOME="$HOME" TMPDIR="$work/tmp" CI=true \
		GITHUB_EVENT_PATH="$work/event.json" "$@" "$(shell_of "$system")" -e "$work/$system.sh"
}

ready() {
	mkdir -p "$work/bin" "$work/tmp"
	printf '#!/bin/sh\necho "$*" >"%s"\ncat >>"%s"\n' "$work/annotated" "$work/annotated" >"$work/bin/buildkite-agent"
	chmod +x "$work/bin/buildkite-agent"
	echo '{}' >"$work/event.json"
}

# leaves FILE...: that is what the job has left in the clone.
leaves() {
	git status --porcelain --untracked-files=all | sed 's/^?? //' | diff -u <([ $# -eq 0 ] || printf '%s\n' "$@") -
}

# pulls SYSTEM: it refuses the pull request with a fault, and accepts the one without.
pulls() {
	ready
	upstream
	job "$1"
	"pull_$1" 2
	run_job 0 "$1" "${variables[@]}"
	says_not old/Dockerfile.dev
	"pull_$1" 1
	run_job 1 "$1" "${variables[@]}"
	says web1/Dockerfile.dev
	says_not old/Dockerfile.dev
}

# forgets SYSTEM: an agent that keeps its workspace is left no report of the build before, which
# would be published for one that has judged nothing.
forgets() {
	printf '#!/bin/sh\nexit 22\n' >"$work/bin/curl"
	chmod +x "$work/bin/curl"
	run_job 22 "$1" "${variables[@]}"
	leaves
}

@test "each template says where it goes and what to change, and has the keys its system knows" {
	for system in $SYSTEMS gitlab gitlab-component; do
		file=$(file_of "$system")
		run_node template_keys.mjs "$system" "$root/ci-templates/$file" >"$work/said"
		diff -u /dev/null "$work/said"
	done
	for file in "$root"/ci-templates/*.yml "$root"/ci-templates/github/*.yml "$root"/ci-templates/Jenkinsfile \
		"$root"/ci-templates/gitlab-component/templates/* "$root"/ci-templates/husky/*; do
		sed '/^\(#\|\/\/\)/!q' "$file" | tr '\n' ' ' >"$work/head"
		grep -Eq '(Copy|Put this file)' "$work/head"
		grep -q 'Change: ' "$work/head"
	done
}

@test "Gitea and Forgejo: a workflow to GitHub's parser and to actionlint, but for the address" {
	mkdir "$work/scripts"
	sed 's|uses: https://github.com/|uses: |' "$root/ci-templates/gitea.yml" >"$work/gitea.yml"
	run_node github_files.mjs "$work/scripts" "$work/gitea.yml" >"$work/said"
	diff -u /dev/null "$work/said"
}

@test "each script is good shell, and runs no program whose checksum is another" {
	ready
	printf '#!/bin/sh\necho "$@" >"%s"\n' "$work/ran" >"$work/program"
	sum=$(sha256sum "$work/program" | cut -c 1-64)
	repository upstream
	save 'nothing yet'
	start_clone
	git commit -q --allow-empty -m x
	for system in $SYSTEMS gitlab jenkins; do
		# A push to a new main: nothing is there to fetch.
		set -- CI_PIPELINE_SOURCE=push BUILDKITE_PULL_REQUEST_BASE_BRANCH= CIRCLE_BRANCH=main
		job "$system" "$work/program"
		shellcheck -s "$(shell_of "$system")" "$work/$system.sh"
		run_job 0 "$system" "$@"
		grep -q '^check --ci' "$work/ran"
		rm "$work/ran"
		sed -i "s/$sum/$(tr 0-9a-f 1-9a-f0 <<<"$sum")/" "$work/$system.sh"
		run_job '[1-9]*' "$system" "$@"
		says 'onedockerfile: FAILED'
		[ ! -e "$work/ran" ]
	done
}

@test "Azure Pipelines: logging commands, and what PublishTestResults reads" {
	pulls azure
	leaves onedockerfile-junit.xml
	[ "$(grep -c '^##vso\[task.logissue type=error' "$work/out")" -eq 1 ]
	forgets azure
}

@test "Bitbucket Pipelines: JUnit in a folder that is looked for" {
	pulls bitbucket
	leaves test-results/onedockerfile.xml
}

@test "Buildkite: an annotation where something is wrong" {
	pulls buildkite
	leaves onedockerfile.md onedockerfile.sarif
	head -n 1 "$work/annotated" | diff <(echo 'annotate --style error --context onedockerfile') -
	sed 1d "$work/annotated" | diff onedockerfile.md -
	rm "$work/annotated"
	pull_buildkite 2
	run_job 0 buildkite "${variables[@]}"
	[ ! -e "$work/annotated" ]
}

@test "CircleCI: a branch against the one it is to be merged into" {
	pulls circleci
	leaves test-results/onedockerfile/junit.xml
	# Of that branch everything counts.
	full refs/heads/main
	run_job 1 circleci CIRCLECI=true CIRCLE_BRANCH=main
	says 'old/Dockerfile.dev'
}

@test "Drone: a pull request as it is merged into its target" {
	pulls drone
	leaves
	# The clone did not name the target.
	git update-ref -d refs/remotes/origin/main
	run_job 1 drone "${variables[@]}"
	says '1 inherited'
}

@test "Gitea and Forgejo: a pull request" {
	pulls gitea
	leaves
	run_job 1 gitea "${variables[@]}" FORGEJO_ACTIONS=true
	says 'Forgejo Actions, pull_request: measured'
}

@test "Jenkins: SARIF and JUnit, which it records also of a failure" {
	pulls jenkins
	leaves onedockerfile-junit.xml onedockerfile.sarif
	diff -u - "$work/steps" <<-'END'
		changeRequest[]
		branch[main]
		recordIssues[[enabledForFailure:true, tools:[sarif[[pattern:onedockerfile.sarif, id:onedockerfile]]]]]
		junit[[testResults:onedockerfile-junit.xml, allowEmptyResults:true]]
	END
	forgets jenkins
}

@test "Woodpecker: a pull request, with the target in the clone and without" {
	pulls woodpecker
	leaves
	git update-ref -d refs/remotes/origin/main
	git fetch -q origin main
	git remote set-url origin /nowhere
	run_job 1 woodpecker "${variables[@]}"
	says '1 inherited'
}

@test "a push is measured against the commit before, also where it was forced" {
	ready
	upstream
	before=$(at main)
	(
		cd upstream
		git commit -q --amend -m 'says it better'
		git reflog expire --expire=now --all
	)
	for system in drone gitea jenkins woodpecker; do
		full refs/heads/main
		expect '[1-9]*' git cat-file -e "$before"
		case $system in
		drone) set -- DRONE=true DRONE_BUILD_EVENT=push DRONE_TARGET_BRANCH=main DRONE_COMMIT_BEFORE="$before" ;;
		gitea)
			set -- GITEA_ACTIONS=true GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push
			printf '{"before": "%s", "after": "%s"}' "$before" "$(at main)" >"$work/event.json"
			;;
		jenkins) set -- JENKINS_URL=http://localhost/ GIT_PREVIOUS_SUCCESSFUL_COMMIT="$before" ;;
		*) set -- CI=woodpecker CI_PIPELINE_EVENT=push CI_PREV_PIPELINE_EVENT=push CI_PREV_COMMIT_SHA="$before" ;;
		esac
		job "$system"
		run_job 0 "$system" "$@"
		says "measured against the commit before, ${before:0:12}"
	done
}

@test "no script reads as shell what somebody has called a branch" {
	# shellcheck disable=SC2016 # is not to expand
	local odd='main;$(touch${IFS}ran)`touch${IFS}ran`;"touch${IFS}ran;'

	ready
	upstream
	git -C upstream branch "$odd" main
	for system in $SYSTEMS gitlab jenkins; do
		job "$system"
		"pull_$system" 1
		run_job 1 "$system" "${variables[@]/%main/$odd}" CIRCLE_BRANCH="$odd"
		says web1/Dockerfile.dev
		says_not old/Dockerfile.dev
		[ ! -e ran ]
	done
}

@test "GitLab: a trial merge of which there is one commit, and a target that went on" {
	ready
	upstream
	target=$(at main)
	git -C upstream commit -q --allow-empty -m 'goes on again'
	job gitlab
	for number in 2 1; do
		pull_gitlab "$number"
		shallow "refs/pull/$number/merge"
		run_job $((number % 2)) gitlab "${variables[@]}" CI_MERGE_REQUEST_TARGET_BRANCH_SHA="$target"
		says_not old/Dockerfile.dev
	done
	says web1/Dockerfile.dev
}

# gitlab STATUS [OPTION...]: the pipeline of the clone at hand, by gitlab-ci-local. Its clone is
# what GitLab's runner leaves: shallow, with an origin that it may fetch from.
gitlab() {
	local wanted=$1

	shift
	git remote set-url origin git@gitlab.example.org:group/project.git
	cat >"$work/bin/ssh" <<-END
		#!/bin/sh
		for command; do :; done
		exec "\${command%% *}" "$work/upstream"
	END
	chmod +x "$work/bin/ssh"
	GIT_SSH=$work/bin/ssh GIT_SSH_VARIANT=ssh TMPDIR=$work/tmp GCL_IGNORE_PREDEFINED_VARS=CI_PIPELINE_SOURCE,CI_COMMIT_BEFORE_SHA \
		expect "$wanted" "$(echo "$modules"/node-linux-*/bin/node)" "$modules/gitlab-ci-local/dist/index.js" \
		--force-shell-executor --shell-isolation "$@"
}

# gitlab_merge STATUS NUMBER
gitlab_merge() {
	shallow "refs/heads/topic$2"
	gitlab "$1" --variable CI_PIPELINE_SOURCE=merge_request_event --variable CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
		--variable CI_MERGE_REQUEST_DIFF_BASE_SHA="$(git -C "$work/upstream" merge-base main "topic$2")"
}

artifacts() {
	(cd .gitlab-ci-local/artifacts/onedockerfile && ls) | diff -u - <(printf '%s\n' gl-code-quality-report.json onedockerfile-junit.xml)
}

# blamed: the paths in GitLab's report are those of standard input.
blamed() {
	{ grep -o '"path":\s*"[^"]*"' .gitlab-ci-local/artifacts/onedockerfile/gl-code-quality-report.json || true; } |
		tr -d '[:blank:]' >"$work/blamed"
	diff -u - "$work/blamed"
}

# What the pipeline consists of is on main before the requests are made.
@test "GitLab: the template in a merge request and after a push" {
	ready
	repository upstream
	mkdir .gitlab
	fill gitlab >.gitlab/onedockerfile.yml
	echo 'include: [{local: .gitlab/onedockerfile.yml}]' >.gitlab-ci.yml
	save 'a pipeline'
	cd ..
	upstream
	gitlab_merge 0 2
	artifacts
	blamed </dev/null
	gitlab_merge 1 1
	says "measured against commit $(at main~1 | cut -c 1-12), where HEAD left the target 'main'"
	says '1 inherited'
	artifacts
	blamed <<<'"path":"web1/Dockerfile.dev"'
	shallow refs/heads/main
	git checkout -q -B main
	gitlab 0 --variable CI_PIPELINE_SOURCE=push --variable CI_COMMIT_BEFORE_SHA="$(at main~1)"
	says 'measured against the commit before'
}

@test "GitLab: the component, fetched from its project by its version" {
	ready
	repository upstream
	mkdir templates
	cp "$root/ci-templates/gitlab-component/templates/onedockerfile.yml" templates
	cat >.gitlab-ci.yml <<-END
		include:
		  - component: \$CI_SERVER_FQDN/group/project/onedockerfile@0.1.0
		    inputs:
		      url: file://$ONEDOCKERFILE
		      sha256: $(sha256sum "$ONEDOCKERFILE" | cut -c 1-64)
	END
	save 'a component'
	git tag 0.1.0
	cd ..
	upstream
	gitlab_merge 1 1
	says '1 inherited'
	artifacts
	sed -n '/GIT_DEPTH/,$p' "$root/ci-templates/gitlab.yml" |
		diff -u - <(sed -n '/GIT_DEPTH/,$p' "$root/ci-templates/gitlab-component/templates/onedockerfile.yml")
}
