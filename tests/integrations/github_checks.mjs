// What is wrong with bodies for the Checks API, by GitHub's description of it; a line for each, then
// how many bodies there are: github_checks.mjs BODIES DESCRIPTION
import fs from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const [file, description] = process.argv.slice(2);
const bodies = JSON.parse(fs.readFileSync(file, 'utf8'));
const { paths } = JSON.parse(fs.readFileSync(description, 'utf8'));
const ajv = new Ajv.default({ strict: false, allErrors: true });
addFormats.default(ajv);

const holdsFor = (path, method) =>
	ajv.compile(paths[path][method].requestBody.content['application/json'].schema);
const creates = holdsFor('/repos/{owner}/{repo}/check-runs', 'post');
const updates = holdsFor('/repos/{owner}/{repo}/check-runs/{check_run_id}', 'patch');

bodies.forEach((body, i) => {
	const holds = i === 0 ? creates : updates;
	const sent = i === 0 ? { ...body, head_sha: 'a'.repeat(40) } : body;
	if (!holds(sent)) for (const { instancePath, message } of holds.errors) console.log(`${i}${instancePath} ${message}`);
	// These stand in the descriptions only, for people.
	for (const { title, message, raw_details, start_line, end_line, start_column } of body.output.annotations) {
		if (Buffer.byteLength(title) > 255 || Buffer.byteLength(message) > 65536 || Buffer.byteLength(raw_details ?? '') > 65536)
			console.log(`${i} too long: ${title}`);
		if (start_column !== undefined && start_line !== end_line) console.log(`${i} columns over lines: ${title}`);
	}
});
console.log(`${bodies.length} bodies`);
