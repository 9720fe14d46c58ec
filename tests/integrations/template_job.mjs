// The job of a CI template as shell: what its system exports, then what it runs. What the system
// puts in place of its own marks before a shell sees the text is put there too.
//   template_job.mjs SYSTEM FILE
import fs from 'node:fs';
import YAML from 'yaml';

const event = () => JSON.parse(fs.readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));

// GitHub's expressions, as far as templates use them.
function evaluated(value) {
	return value.replace('${{ github.event.before }}', () => event().before ?? '');
}

// `buildkite-agent pipeline upload` reads variables itself; two dollars are one for the shell.
function uploaded(script) {
	if (/(^|[^$])(\$\$)*\$([^$]|$)/.test(script)) throw Error(`one dollar: ${script}`);
	return script.replaceAll('$$', '$');
}

// Before they parse it, both put the values of their own variables in place of ${NAME}.
function substituted(script) {
	if (script.includes('${')) throw Error(`a variable in braces: ${script}`);
	return script;
}

const only = (values) => {
	const [one, ...others] = Object.values(values);
	if (others.length) throw Error('more than one');
	return one;
};

const JOBS = {
	azure({ jobs }) {
		const { variables, steps } = only(jobs);
		return [variables, only(steps.filter((step) => step.bash)).bash];
	},
	bitbucket({ definitions }) {
		return [{}, only(definitions.steps).step.script.join('\n')];
	},
	buildkite({ steps }) {
		const { env, command } = only(steps);
		return [env, uploaded(command)];
	},
	circleci({ jobs }) {
		const { environment, steps } = only(jobs);
		return [environment, only(steps.filter((step) => step.run)).run.command];
	},
	drone({ steps }) {
		const { environment, commands } = only(steps);
		return [environment, substituted(commands.join('\n'))];
	},
	gitea({ jobs }) {
		const job = only(jobs);
		const step = only(job.steps.filter((step) => step.run));
		const env = Object.entries(step.env).map(([name, value]) => [name, evaluated(value)]);
		if (step.run.includes('${{')) throw Error('an expression in a script');
		return [{ ...job.env, ...Object.fromEntries(env) }, step.run];
	},
	gitlab({ onedockerfile: { variables, script } }) {
		return [variables, script.join('\n')];
	},
};
JOBS.woodpecker = JOBS.drone;

const quoted = (value) => `'${String(value).replaceAll("'", "'\\''")}'`;
const [system, file] = process.argv.slice(2);
const documents = YAML.parseAllDocuments(fs.readFileSync(file, 'utf8'), { strict: true });
const [variables, script] = JOBS[system](documents.at(-1).toJS());

for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${quoted(value)}`);
console.log(script);
