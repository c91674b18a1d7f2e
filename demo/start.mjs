// `npm start`: the demo on a free port. Options: --port <number>, --open
import { parseArgs } from 'node:util';
import { ensureCdn } from './server/cdn.mjs';
import { runHost } from './server/host.mjs';
import { serveDemo } from './server/serve.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    open: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
  },
});

if (!ensureCdn()) console.warn('dist/cdn could not be built: the pages "Bare embed" and "Strict CSP" will not work.');
// It takes a few seconds on the first run; its pages wait for it.
const host = runHost();
const { url } = await serveDemo({ port: Number(values.port), open: values.open && !values['no-open'], host });
console.log(`\n  The demo is at ${url} (Ctrl+C stops it)\n  With a real host behind it: ${url}host.html\n`);
