// Prints each key of a template that its system does not know in that place, and what it lacks. The
// keys are those of each system's documentation, less what no template uses.
//   template_keys.mjs SYSTEM FILE
import Ajv from 'ajv';
import fs from 'node:fs';
import YAML from 'yaml';

const text = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const list = (items) => ({ type: 'array', items, minItems: 1 });
const map = (properties, ...required) => ({ type: 'object', properties, required, additionalProperties: false });
const named = (values) => ({ type: 'object', additionalProperties: values, minProperties: 1 });
const any = (...anyOf) => ({ anyOf });
const one = (value) => ({ const: value });
const texts = list(text);

const tool = map({
	ONEDOCKERFILE_URL: { type: 'string', pattern: '^https://' },
	ONEDOCKERFILE_SHA256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
}, 'ONEDOCKERFILE_URL', 'ONEDOCKERFILE_SHA256');
const toolAnd = (others) => ({ ...tool, properties: { ...tool.properties, ...others } });

const gitlabJob = (variables) => map({
	stage: text, image: text, needs: { type: 'array' }, variables, script: texts,
	rules: list(map({ if: text }, 'if')),
	artifacts: map({ when: one('always'), paths: texts, reports: map({ codequality: text, junit: text }, 'codequality', 'junit') },
		'when', 'paths', 'reports'),
}, 'script', 'rules', 'artifacts');
const gitlabTool = toolAnd({ GIT_DEPTH: text });
const gitlabInput = map({ description: text, default: text, regex: text });
const azureBranches = map({ branches: map({ include: texts }, 'include') }, 'branches');
const bitbucketStep = list(map({ step: map({ name: text, image: text, script: texts }, 'script') }, 'step'));
const droneStep = map({ name: text, image: text, environment: tool, commands: texts }, 'name', 'image', 'environment', 'commands');

const SHAPES = {
	azure: [map({
		trigger: azureBranches, pr: azureBranches,
		jobs: list(map({
			job: text, pool: map({ vmImage: text }), variables: tool,
			steps: list(any(
				map({ checkout: one('self'), fetchDepth: one(0) }, 'checkout', 'fetchDepth'),
				map({ bash: text, displayName: text }, 'bash'),
				map({
					task: one('PublishTestResults@2'), condition: one('succeededOrFailed()'),
					inputs: map({ testResultsFormat: one('JUnit'), testResultsFiles: text, testRunTitle: text }, 'testResultsFiles'),
				}, 'task', 'condition', 'inputs'))),
		}, 'job', 'variables', 'steps')),
	}, 'trigger', 'pr', 'jobs')],
	bitbucket: [map({
		definitions: map({ steps: bitbucketStep }),
		pipelines: map({ 'pull-requests': named(bitbucketStep), branches: named(bitbucketStep) }, 'pull-requests', 'branches'),
	}, 'pipelines')],
	buildkite: [map({
		steps: list(map({ label: text, key: text, env: tool, command: text, artifact_paths: texts }, 'env', 'command')),
	}, 'steps')],
	circleci: [map({
		version: one(2.1),
		jobs: named(map({
			docker: list(map({ image: text }, 'image')), environment: toolAnd({ TARGET: text }),
			steps: list(any(
				map({ checkout: map({ method: one('full') }, 'method') }, 'checkout'),
				map({ run: map({ name: text, command: text }, 'command') }, 'run'),
				map({ store_test_results: map({ path: text }, 'path') }, 'store_test_results'))),
		}, 'docker', 'environment', 'steps')),
		workflows: named(map({ jobs: texts }, 'jobs')),
	}, 'version', 'jobs', 'workflows')],
	drone: [map({
		kind: one('pipeline'), type: one('docker'), name: text, trigger: map({ event: texts, branch: texts }, 'event', 'branch'),
		steps: list(droneStep),
	}, 'kind', 'type', 'name', 'trigger', 'steps')],
	gitea: [map({
		name: text, on: map({ pull_request: { type: 'null' }, push: map({ branches: texts }, 'branches') }, 'pull_request', 'push'),
		jobs: named(map({
			'runs-on': text, env: tool,
			steps: list(any(
				map({ uses: { type: 'string', pattern: '^https://' }, with: map({ 'fetch-depth': one(0) }, 'fetch-depth') }, 'uses', 'with'),
				map({ name: text, shell: text, env: named(text), run: text }, 'run'))),
		}, 'runs-on', 'env', 'steps')),
	}, 'on', 'jobs')],
	gitlab: [map({ onedockerfile: gitlabJob(gitlabTool) }, 'onedockerfile')],
	'gitlab-component': [
		map({ spec: map({ inputs: named(gitlabInput) }, 'inputs') }, 'spec'),
		map({ onedockerfile: gitlabJob({ ...gitlabTool, properties: { ...gitlabTool.properties, ONEDOCKERFILE_URL: text, ONEDOCKERFILE_SHA256: text } }) },
			'onedockerfile'),
	],
	woodpecker: [map({
		when: list(map({ event: text, branch: text }, 'event')),
		clone: list(map({
			name: text, image: text, settings: map({ partial: one(false), 'fetch-target-branch': flag }, 'partial'),
		}, 'name', 'image', 'settings')),
		steps: list(droneStep),
	}, 'when', 'clone', 'steps')],
};

const [system, file] = process.argv.slice(2);
const documents = YAML.parseAllDocuments(fs.readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true });
const ajv = new Ajv({ allErrors: true, strict: false });

if (documents.length !== SHAPES[system].length) console.log(`${documents.length} documents`);
documents.forEach((document, i) => {
	for (const error of [...document.errors, ...document.warnings]) console.log(error.message);
	ajv.validate(SHAPES[system][i], document.toJS());
	for (const { instancePath, message, params } of ajv.errors ?? [])
		console.log(`${instancePath || '/'}: ${message} ${params.additionalProperty ?? ''}`);
});
