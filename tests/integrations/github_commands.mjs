// Are annotations what @actions/core would print of them, byte for byte, and do they say what the
// JSON report says? A line for each that is not, then how many were compared:
// github_commands.mjs [OUTPUT JSON]...
import fs from 'node:fs';
import * as core from '@actions/core';
import { parseCommand } from './github_runner.mjs';

const files = process.argv.slice(2);
let compared = 0;
const number = (text) => (text === undefined ? null : Number(text));
const print = { error: core.error, warning: core.warning, notice: core.notice };

// What core prints goes to standard output.
function printedBy(command) {
	const { title, file, line, endLine, col, endColumn } = command.properties;
	const write = process.stdout.write;
	let text = '';

	process.stdout.write = (chunk) => (text += chunk);
	print[command.name](command.message, { title, file, startLine: number(line), endLine: number(endLine),
		startColumn: number(col), endColumn: number(endColumn) });
	process.stdout.write = write;
	return text;
}

// Text of a repository is shown so that no reader takes it for something else; plain text stays.
const isPlain = (text) => /^[ -~]*$/.test(text) && !/##|::/.test(text);

function isOf(command, finding) {
	const { title, file, line, endLine, col, endColumn } = command.properties;

	return command.name === finding.level && title === finding.title &&
		(!isPlain(finding.path) || file === finding.path) &&
		number(line) === finding.start_line && number(endLine) === finding.end_line &&
		number(col) === finding.start_column && number(endColumn) === finding.end_column &&
		command.message.includes(` [${finding.rule}]`) &&
		(!isPlain(finding.message) || command.message.startsWith(`${finding.message} [`)) &&
		(!finding.help || !isPlain(finding.help) || command.message.endsWith(`\n${finding.help}`));
}

function isInReport(command, findings) {
	if (command.properties.file === undefined) return /^\d+ more /.test(command.message);
	return findings.some((finding) => isOf(command, finding));
}

function compare(line, findings) {
	const command = parseCommand(line);

	compared++;
	if (!command || !(command.name in print)) return `no annotation: ${line}`;
	if (printedBy(command) !== `${line}\n`) return `core prints otherwise: ${line}`;
	return isInReport(command, findings) ? '' : `not in the JSON report: ${line}`;
}

for (let i = 0; i < files.length; i += 2) {
	const lines = fs.readFileSync(files[i], 'utf8').split('\n');
	const { findings } = JSON.parse(fs.readFileSync(files[i + 1], 'utf8'));

	if (lines.pop() !== '') console.log('the last line has no end');
	for (const complaint of lines.map((line) => compare(line, findings))) if (complaint) console.log(complaint);
}
console.log(`${compared} compared`);
