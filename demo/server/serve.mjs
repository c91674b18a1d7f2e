import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { plainPages } from './plugin.mjs';

/**
 * Starts the demo's server on the first free port from `port` on.
 *
 * @param {object} [options]
 * @param {number} [options.port]
 * @param {boolean} [options.open] show the page in the browser
 * @param {import('vite').InlineConfig} [options.overrides] further Vite options
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveDemo({ port = 5173, open = false, overrides = {} } = {}) {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [plainPages()],
    ...overrides,
    server: { host: '127.0.0.1', port, open, ...overrides.server },
  });
  await server.listen();
  return {
    url: `http://127.0.0.1:${server.httpServer.address().port}/`,
    close: () => server.close(),
  };
}
