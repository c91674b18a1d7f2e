import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist/cdn/webhook-settings.js');
const sources = ['src', 'package-lock.json', 'vite.config.ts'];

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newest(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return changedAt(path);
  const inside = readdirSync(path, { recursive: true }).map((name) => changedAt(join(path, String(name))));
  return Math.max(changedAt(path), ...inside);
}

/** Builds `dist/cdn` when it is missing or older than what it is made from. Returns whether it is there to be served. */
export function ensureCdn() {
  if (changedAt(built) >= Math.max(...sources.map((path) => newest(join(root, path))))) return true;
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--mode', 'cdn', '--logLevel', 'warn'],
    { cwd: root, stdio: 'inherit' },
  );
  return status === 0;
}
