// Checks the packed tarball's types as an ESM-only package: require() of it is not promised, "node10" does not read exports.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pack-'));
try {
  const shell = process.platform === 'win32';
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    shell,
  });
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/@arethetypeswrong/cli/dist/index.js',
      join(folder, Object.values(JSON.parse(packed))[0].filename),
      ...['--profile', 'esm-only', '--no-color', '--exclude-entrypoints', 'cdn/*', 'custom-elements.json', 'package.json'],
    ],
    { cwd: root, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
