// How GitHub's runner reads what a step prints and what it writes for it: workflow commands by both
// of its parsers (ActionCommand.cs), and the files of outputs and variables (FileCommandManager.cs).

const registered = ['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group',
	'internal-set-repo-path', 'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands',
	'warning'];

function unescape(text, isProperty) {
	const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
	return (isProperty ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%');
}

function commandOf(information, data) {
	const space = information.indexOf(' ');
	const name = (space < 0 ? information : information.slice(0, space)).toLowerCase();
	const properties = {};

	if (!registered.includes(name)) return null;
	for (const pair of space < 0 ? [] : information.slice(space + 1).trim().split(',')) {
		const equals = pair.indexOf('=');
		if (equals > 0 && equals < pair.length - 1)
			properties[pair.slice(0, equals)] = unescape(pair.slice(equals + 1), true);
	}
	return { name, properties, message: unescape(data, false) };
}

// The command in a line, or null: "::name properties::data", else "##[name properties]data" anywhere.
export function parseCommand(line) {
	const text = line.trimStart();
	const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
	const command = end < 0 ? null : commandOf(text.slice(2, end), text.slice(end + 2));
	const start = text.indexOf('##[');
	const bracket = start < 0 ? -1 : text.indexOf(']', start);

	if (command) return command;
	return bracket < 0 ? null : commandOf(text.slice(start + 3, bracket), text.slice(bracket + 1));
}

export const commandsIn = (text) => text.split(/\r\n|\r|\n/).map(parseCommand).filter((command) => command);

// name=value, or name<<DELIMITER and lines up to it.
export function parseFile(text) {
	const lines = text.split(/\r?\n/);
	const values = {};

	while (lines.length) {
		const line = lines.shift();
		const equals = line.indexOf('=');
		const here = line.indexOf('<<');
		if (equals >= 0 && (here < 0 || equals < here)) {
			values[line.slice(0, equals)] = line.slice(equals + 1);
		} else if (here > 0) {
			const end = lines.indexOf(line.slice(here + 2));
			if (end < 0) throw new Error(`no end of '${line}'`);
			values[line.slice(0, here)] = lines.splice(0, end + 1).slice(0, -1).join('\n');
		} else if (line) {
			throw new Error(`neither name=value nor name<<DELIMITER: '${line}'`);
		}
	}
	return values;
}
