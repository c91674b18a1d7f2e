// The host as a process of its own, as `npm start` runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts it; resolves once it answers. `output` has all that it printed. */
export async function spawnHost({ folder, databaseUrl }) {
  const env = { ...process.env, HOST_DATA: folder, HOST_ALLOW_LOOPBACK: '1', HOST_RETRY_BASE_MS: '1500', HOST_TIMEOUT_MS: '1000' };
  delete env.DATABASE_URL;
  if (databaseUrl) env.DATABASE_URL = databaseUrl;
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/host/main.ts'], { cwd: root, env });
  const host = { child, url: '', output: '' };
  const answers = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      host.output += chunk;
      const [line] = /^\{.*\}$/m.exec(host.output) ?? [];
      if (!host.url && line) {
        host.url = JSON.parse(line).host;
        resolve();
      }
    });
    child.stderr.on('data', (chunk) => (host.output += chunk));
    child.once('exit', () => reject(new Error(`The host stopped:\n${host.output}`)));
  });
  await answers;
  return host;
}

export async function kill({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
