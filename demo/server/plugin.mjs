import { createReadStream, statSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strictPolicy } from './policy.mjs';

const demo = fileURLToPath(new URL('..', import.meta.url));
const cdn = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));

const mediaTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What Vite must not touch: it would add its client, and with it what a page under the strict policy may not run. */
const untouched = [
  { path: /^\/cdn\/(.+)$/, folder: cdn },
  { path: /^\/(bare\.html)$/, folder: demo },
  // Asked for by browsers on pages that name no icon.
  { path: /^\/favicon\.ico$/, folder: demo, file: 'public/favicon.svg' },
  { path: /^\/(csp\.html|csp\/[\w.-]+)$/, folder: demo, headers: { 'Content-Security-Policy': strictPolicy } },
];

/** The file that a URL names, or undefined when there is none inside its folder. */
function find(url) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(url, 'http://demo.invalid').pathname);
  } catch {
    return undefined;
  }
  for (const { path, folder, file: fixed, headers } of untouched) {
    const match = path.exec(pathname);
    if (!match) continue;
    const file = resolve(folder, fixed ?? match[1]);
    const isInside = file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    if (isInside && statSync(file, { throwIfNoEntry: false })?.isFile()) return { file, headers };
  }
  return undefined;
}

/** A Vite plugin: serves `dist/cdn` under `/cdn/`, and the pages that must reach the browser as they are written. */
export function plainPages() {
  return {
    name: 'webhook-settings-demo:plain-pages',
    configureServer({ middlewares }) {
      // Added before Vite's own middlewares, so that none of them sees these requests.
      middlewares.use((request, response, next) => {
        const found = find(request.url ?? '/');
        if (!found) return next();
        response.writeHead(200, {
          'Content-Type': mediaTypes[extname(found.file)] ?? 'application/octet-stream',
          'Cache-Control': 'no-cache',
          'X-Content-Type-Options': 'nosniff',
          ...found.headers,
        });
        createReadStream(found.file).pipe(response);
        return undefined;
      });
    },
  };
}
