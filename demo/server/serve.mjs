import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { plainPages } from './plugin.mjs';
import { hostProxy } from './proxy.mjs';

/**
 * Starts the demo's server on the first free port from `port` on.
 *
 * @param {object} [options]
 * @param {number} [options.port]
 * @param {boolean} [options.open] show the page in the browser
 * @param {{ addresses?: Promise<{ host: string, receivers: string }> }} [options.host] the reference host, once it runs
 * @param {import('vite').InlineConfig} [options.overrides] further Vite options
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveDemo({ port = 5173, open = false, host = {}, overrides = {} } = {}) {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [plainPages(), hostProxy(host)],
    ...overrides,
    server: { host: '127.0.0.1', port, open, ...overrides.server },
  });
  await server.listen();
  return {
    url: `http://127.0.0.1:${server.httpServer.address().port}/`,
    close: () => server.close(),
  };
}
