/** The built page with the mock server behind it: `npm run mock [port]`. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MockServer } from './server.mjs';

const root = fileURLToPath(new URL('../../../../../target/frontend/', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Serves the page as strictly as a careful server would. */
export async function page(url, response) {
  const path = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
  const file = await readFile(join(root, normalize(decodeURIComponent(path)))).catch(() => undefined);
  response.writeHead(file ? 200 : 404, {
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws:",
  });
  response.end(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = new MockServer();
  server.page = page;
  await server.listen(Number(process.argv[2] ?? 9200));
  console.log(`The page is at ${server.url}`);
}
