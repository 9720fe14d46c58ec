// What GitHub's runner finds in some texts: a list of them as JSON on standard input, a list of
// their commands on standard output.
import fs from 'node:fs';
import { commandsIn } from './github_runner.mjs';

console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map(commandsIn)));
