import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveDemo } from '../../../demo/server/serve.mjs';

export const cdnFolder = fileURLToPath(new URL('../../../dist/cdn/', import.meta.url));
const cacheDir = fileURLToPath(new URL('../../../node_modules/.vite/e2e', import.meta.url));

function requireCdn() {
  if (!existsSync(`${cdnFolder}webhook-settings.js`)) throw new Error('dist/cdn is missing: run `npm run build` first.');
}

/** The demo on a free port, without watching files: a change on disk must not reload a page in the middle of a test. */
export function startDemo(options = {}) {
  requireCdn();
  return serveDemo({
    port: 0,
    ...options,
    // What an earlier run has left in the cache may lack a dependency; adding it later would load Lit twice.
    overrides: { cacheDir, optimizeDeps: { force: true }, server: { hmr: false, watch: null } },
  });
}

const mediaTypes = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };

/**
 * A host's own server: the given pages, and `dist/cdn` under each of the folders, as a CDN would have it.
 *
 * @param {Record<string, string>} pages HTML by path
 * @param {string[]} [folders]
 */
export async function startHost(pages, folders = ['/cdn/']) {
  requireCdn();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host.invalid');
    const folder = folders.find((prefix) => pathname.startsWith(prefix));
    const file = folder && `${cdnFolder}${pathname.slice(folder.length)}`;
    const body = pages[pathname] ?? (file && existsSync(file) ? readFileSync(file) : undefined);
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (body === undefined) return response.writeHead(404).end();
    const type = mediaTypes[extname(pathname)] ?? 'text/html; charset=utf-8';
    return response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
