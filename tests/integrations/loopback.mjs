// Serve files of a directory over HTTP on the loopback, for a minute at most; prints the port. The
// repositories in it are below /git/, for whoever has the token: loopback.mjs DIRECTORY [TOKEN]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [directory, token] = process.argv.slice(2);
const wanted = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

function serveFile(response, file) {
	const isThere = fs.statSync(file, { throwIfNoEntry: false })?.isFile();
	response.writeHead(isThere ? 200 : 404);
	response.end(isThere ? fs.readFileSync(file) : 'Not Found');
}

// As a web server's CGI.
function serveGit(request, response, url) {
	const backend = spawn('git', ['http-backend'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env,
		GIT_PROJECT_ROOT: directory, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: url.pathname.slice('/git'.length),
		QUERY_STRING: url.search.slice(1), REQUEST_METHOD: request.method, REMOTE_USER: 'x', REMOTE_ADDR: '127.0.0.1',
		CONTENT_TYPE: request.headers['content-type'] ?? '', GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
		HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '' } });
	const chunks = [];

	request.pipe(backend.stdin);
	backend.stdout.on('data', (chunk) => chunks.push(chunk));
	backend.on('close', () => {
		const answer = Buffer.concat(chunks);
		const end = answer.indexOf('\r\n\r\n');
		const headers = answer.subarray(0, end).toString().split('\r\n').map((line) => line.split(': '));
		const status = headers.find(([name]) => name === 'Status');
		response.writeHead(Number.parseInt(status?.[1] ?? '200', 10), Object.fromEntries(headers));
		response.end(answer.subarray(end + 4));
	});
}

const server = http.createServer((request, response) => {
	const url = new URL(request.url, 'http://loopback');
	// Of two tokens one is wrong, as at GitHub.
	if (!url.pathname.startsWith('/git/')) serveFile(response, path.join(directory, path.normalize(url.pathname)));
	else if (request.headers.authorization?.toLowerCase() === wanted.toLowerCase()) serveGit(request, response, url);
	else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
setTimeout(() => process.exit(0), 60_000);
