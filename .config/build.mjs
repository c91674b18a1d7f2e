// Builds dist/: the library, its declarations, and the files for a <script type="module">.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function node(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const vite = 'node_modules/vite/bin/vite.js';
node(vite, 'build', '--logLevel', 'warn');
node(vite, 'build', '--mode', 'cdn', '--logLevel', 'warn');
node('node_modules/typescript/bin/tsc', '-p', '.config/tsconfig.declarations.json');

writeFileSync(`${root}dist/cdn/webhook-settings.d.ts`, `export * from '../cdn.js';\n`);
