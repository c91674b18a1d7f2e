// Fails when custom-elements.json is not what the sources say.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/@custom-elements-manifest/analyzer/cem.js',
    ...['analyze', '--config', '.config/custom-elements-manifest.config.mjs', '--quiet'],
    ...['--outdir', relative(root, folder)],
  ],
  { cwd: root, stdio: 'inherit' },
);
const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
const fresh = read(join(folder, 'custom-elements.json'));
const committed = read(join(root, 'custom-elements.json'));
rmSync(folder, { recursive: true, force: true });

if (status !== 0 || fresh === undefined) {
  console.error('manifest: the analyzer failed.');
  process.exit(1);
}
if (fresh !== committed) {
  console.error('manifest: custom-elements.json is stale. Run `npm run manifest` and commit the result.');
  process.exit(1);
}
console.log('manifest: custom-elements.json is fresh.');
