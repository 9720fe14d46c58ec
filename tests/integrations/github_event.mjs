// The payload of an event as GitHub shows it, with other values in it:
// github_event.mjs EVENT [KEY.KEY=VALUE...], values as in JSON, else text
import { createRequire } from 'node:module';

const [event, ...changes] = process.argv.slice(2);
const { examples } = createRequire(import.meta.url)('@octokit/webhooks-examples').find(({ name }) => name === event);
const wanted = event === 'push' ? (example) => example.ref.startsWith('refs/heads/') : () => true;
const payload = examples.find(wanted);

for (const change of changes) {
	const equals = change.indexOf('=');
	const keys = change.slice(0, equals).split('.');
	const last = keys.pop();
	const text = change.slice(equals + 1);
	let place = payload;
	for (const key of keys) place = place[key];
	if (!(last in place)) throw new Error(`no ${change} in the example of ${event}`);
	try {
		place[last] = JSON.parse(text);
	} catch {
		place[last] = text;
	}
}
console.log(JSON.stringify(payload));
