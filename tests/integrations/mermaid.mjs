// Each drawing of a Markdown file as Mermaid itself reads it: how many nodes and edges, or what is
// wrong: mermaid.mjs FILE
import fs from 'node:fs';
import { JSDOM } from 'jsdom';

globalThis.window = new JSDOM('').window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

const text = fs.readFileSync(process.argv[2], 'utf8');
for (const [, drawing] of text.matchAll(/^```mermaid\n([^]*?)^```$/gm)) {
	try {
		await mermaid.parse(drawing);
		const { db } = await mermaid.mermaidAPI.getDiagramFromText(drawing);
		console.log(`${db.getVertices().size} nodes, ${db.getEdges().length} edges`);
	} catch (error) {
		console.log(`refused: ${error.message}`);
	}
}
