// What is wrong with a SARIF file, by the schema and by the report of the validator, whose status is
// 0 in any case; a line for each: sarif.mjs SCHEMA FILE VALIDATION
import fs from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [schema, file, validation] = process.argv.slice(2);
const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));

const ajv = new Ajv.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const holds = ajv.compile(read(schema));
const complaints = holds(read(file)) ? [] : holds.errors.map((e) => `schema: ${e.instancePath} ${e.message}`);

// An absent level is a warning; notes are advice. SARIF2005 asks for the address of a home page.
for (const { ruleId, level = 'warning', message } of read(validation).runs[0].results ?? []) {
	if (level === 'note' || ruleId === 'SARIF2005') continue;
	complaints.push(`${ruleId} ${level}: ${[message.text ?? message.id, ...(message.arguments ?? [])].join(' | ')}`);
}
for (const complaint of complaints) console.log(complaint);
