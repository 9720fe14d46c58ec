// What is wrong with a JSON file by a schema, a line for each: schema.mjs SCHEMA FILE
import fs from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [schema, file] = process.argv.slice(2);
const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const holds = new Ajv.default({ allErrors: true }).compile(read(schema));

if (!holds(read(file))) for (const { instancePath, message } of holds.errors) console.log(`${instancePath} ${message}`);
