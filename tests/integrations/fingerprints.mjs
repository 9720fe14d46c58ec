// Print what each line of a SARIF file is known by, and write a copy without it that finds its files
// below a directory: fingerprints.mjs DIRECTORY FILE COPY
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const [directory, file, copy] = process.argv.slice(2);
const log = JSON.parse(fs.readFileSync(file, 'utf8'));

for (const result of log.runs[0].results) {
	console.log(result.partialFingerprints?.primaryLocationLineHash ?? 'none');
	delete result.partialFingerprints;
}
log.runs[0].originalUriBaseIds['%SRCROOT%'].uri = `${pathToFileURL(directory).href}/`;
fs.writeFileSync(copy, JSON.stringify(log));
