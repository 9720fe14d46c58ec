// Run a composite action's steps on this machine: expressions by GitHub's own evaluator, shells as
// the runner starts them, and its files for outputs, variables, paths and summaries. It knows no
// `uses`, no masks and no containers, and hashFiles() finds nothing.
//
//   github_action.mjs ACTION WORKSPACE [github.KEY=VALUE | runner.KEY=VALUE | INPUT=VALUE]...
//
// github.event is a file. Prints the steps' output; ACTION/../result then has a line for each step,
// output, and command that the runner would follow, and ACTION/../summary the job summary.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import YAML from 'yaml';
import { commandsIn, parseFile } from './github_runner.mjs';

const [directory, workspace, ...settings] = process.argv.slice(2);
const action = YAML.parse(fs.readFileSync(path.join(directory, 'action.yml'), 'utf8'));
const around = path.dirname(directory);
const temporary = fs.mkdtempSync(path.join(around, 'temp-'));
const github = { event_name: 'schedule', ref: 'refs/heads/main', sha: '', token: '', repository: 'o/shop',
	action_repository: 'o/onedockerfile', server_url: 'https://github.com' };
const runner = { os: 'Linux', arch: 'X64', temp: temporary, tool_cache: path.join(around, 'tools') };
const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
const steps = {};
const result = [];
const job = { failed: false, paths: [], variables: {} };

for (const setting of settings) {
	const [, context, name, value] = /^(?:(github|runner)\.)?([^=]*)=([^]*)$/.exec(setting);
	if (!context && !(name in inputs)) throw new Error(`no input ${name}`);
	({ github, runner }[context] ?? inputs)[name] = value;
}
const eventFile = github.event;
if (eventFile) github.event = JSON.parse(fs.readFileSync(eventFile, 'utf8'));

function dataOf(value) {
	if (value === null || value === undefined) return new data.Null();
	if (typeof value === 'string') return new data.StringData(value);
	if (typeof value === 'number') return new data.NumberData(value);
	if (typeof value === 'boolean') return new data.BooleanData(value);
	if (Array.isArray(value)) return new data.Array(...value.map(dataOf));
	return new data.Dictionary(...Object.entries(value).map(([key, of]) => ({ key, value: dataOf(of) })));
}

const states = { always: () => true, success: () => !job.failed, failure: () => job.failed, cancelled: () => false };
const functions = new Map(Object.entries(states).map(([name, call]) =>
	[name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(call()) }]));

function evaluate(expression) {
	const contexts = { github, runner, inputs, steps };
	const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [...functions.values()]).parse();
	return new Evaluator(tree, dataOf(contexts), functions).evaluate();
}

const fill = (text) => String(text).replaceAll(/\$\{\{([^]*?)\}\}/g, (_, inner) => evaluate(inner.trim()).coerceString());

function isDue({ if: condition = 'success()' }) {
	const bare = String(condition).replace(/^\s*\$\{\{([^]*)\}\}\s*$/, '$1');
	const whole = /\b(always|success|failure|cancelled)\s*\(/.test(bare) ? bare : `success() && (${bare})`;
	return !['', '0', 'false'].includes(evaluate(whole).coerceString());
}

function environment(step, file) {
	const given = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]);

	return { PATH: [...job.paths, process.env.PATH].join(':'), HOME: process.env.HOME, LANG: 'C.UTF-8', CI: 'true',
		GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_ACTION_PATH: directory,
		GITHUB_EVENT_NAME: github.event_name, GITHUB_EVENT_PATH: eventFile ?? '', GITHUB_REF: github.ref,
		GITHUB_SHA: github.sha, GITHUB_REPOSITORY: github.repository, GITHUB_SERVER_URL: github.server_url,
		GITHUB_OUTPUT: file('output'), GITHUB_ENV: file('env'), GITHUB_PATH: file('path'),
		GITHUB_STEP_SUMMARY: file('summary'), GITHUB_STATE: file('state'), RUNNER_OS: runner.os,
		RUNNER_ARCH: runner.arch, RUNNER_TEMP: runner.temp, RUNNER_TOOL_CACHE: runner.tool_cache,
		...job.variables, ...Object.fromEntries(given) };
}

// What a step has left for the runner.
function take(read) {
	const summary = read('summary');

	if (Buffer.byteLength(summary) > 1 << 20) throw new Error('the summary is larger than 1 MiB: GitHub drops it');
	fs.appendFileSync(path.join(around, 'summary'), summary);
	Object.assign(job.variables, parseFile(read('env')));
	job.paths.unshift(...read('path').split('\n').filter((line) => line).reverse());
	return parseFile(read('output'));
}

const shells = { sh: ['sh', '-e'], bash: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'] };

function run(step) {
	const file = (name) => path.join(temporary, `${step.id}_${name}`);
	const [program, ...options] = shells[step.shell];

	for (const name of ['output', 'env', 'path', 'summary', 'state']) fs.writeFileSync(file(name), '');
	fs.writeFileSync(file('script'), fill(step.run));
	const { status, stdout, stderr } = spawnSync(program, [...options, file('script')],
		{ cwd: workspace, env: environment(step, file), maxBuffer: 1 << 26 });
	process.stdout.write(stdout);
	process.stderr.write(stderr);
	for (const { name, properties, message } of [...commandsIn(`${stdout}`), ...commandsIn(`${stderr}`)])
		result.push(`${name} ${properties.file ?? '-'}:${properties.line ?? '-'} ${JSON.stringify(message)}`);
	job.failed ||= status !== 0;
	steps[step.id] = { outputs: take((name) => fs.readFileSync(file(name), 'utf8')), outcome: status ? 'failure' : 'success' };
	result.push(`step ${step.id}: ${status}`);
}

for (const step of action.runs.steps) {
	if (isDue(step)) run(step);
	else result.push(`step ${step.id}: skipped`);
}
for (const [name, output] of Object.entries(action.outputs)) result.push(`${name}=${JSON.stringify(fill(output.value))}`);
fs.writeFileSync(path.join(around, 'result'), result.map((line) => `${line}\n`).join(''));
process.exit(job.failed ? 1 : 0);
