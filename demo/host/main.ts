// The host as a process of its own. Everything is set through the environment:
//   DATABASE_URL               a PostgreSQL server; without it an embedded one, in HOST_DATA
//   HOST_DATA                  where files are kept; .data/host by default
//   HOST_SECRET_KEY            32 bytes in base64, for the secrets in the database; made in HOST_DATA by default
//   HOST_PORT                  a free one by default
//   HOST_PUBLIC_URL            where it is reached from elsewhere, such as https://hooks.example.com; else by names of this machine only
//   HOST_ALLOW_LOOPBACK=1      lets the host call receivers on this machine: for a demo, never for a product
//   HOST_RECEIVERS=1           starts the demo's receivers, and lets the host call them
//   HOST_RETRY_BASE_MS, HOST_TIMEOUT_MS   how long to wait before the first retry, and for an answer
import { holderOf, lockFolder } from './database/folder-lock.js';
import { defaults, startHost } from './host.js';
import { startReceivers } from './receivers/start.js';

const { env } = process;

/** The folder, or one beside it where another process works in it. */
function freeFolder(folder: string): string {
  for (let number = 1; number < 10; number++) {
    const candidate = number === 1 ? folder : `${folder}-${number}`;
    const unlock = lockFolder(candidate);
    if (!unlock) continue;
    unlock();
    // Another folder is another database, and perhaps an empty one: whoever looks for their webhooks has to know.
    if (candidate !== folder) console.error(`host: ${folder} is in use by process ${holderOf(folder) ?? '?'}, so this host works in ${candidate}, which has a database of its own.`);
    return candidate;
  }
  throw new Error(`${folder} and those beside it are in use.`);
}

const data = env['HOST_DATA'] ?? '.data/host';
// On a server several hosts share the folder, which has nothing but the key then.
const folder = env['DATABASE_URL'] ? data : freeFolder(data);
const withReceivers = env['HOST_RECEIVERS'] === '1';

let signingSecret = () => Promise.resolve('');
const receivers = withReceivers ? await startReceivers({ signingSecret: () => signingSecret() }) : undefined;
const host = await startHost({
  folder,
  databaseUrl: env['DATABASE_URL'],
  key: env['HOST_SECRET_KEY'],
  port: Number(env['HOST_PORT'] ?? 0),
  publicUrl: env['HOST_PUBLIC_URL'] || undefined,
  allowLoopback: withReceivers || env['HOST_ALLOW_LOOPBACK'] === '1',
  timeoutMs: Number(env['HOST_TIMEOUT_MS'] ?? defaults.timeoutMs),
  localNames: receivers?.localNames,
  retry: { ...defaults.retry, baseMs: Number(env['HOST_RETRY_BASE_MS'] ?? defaults.retry.baseMs) },
});
signingSecret = () => host.signingSecret('acc_brightside');

const addresses = { host: host.url, receivers: receivers?.url };
console.log(JSON.stringify(addresses));
process.send?.(addresses);

let isClosing = false;
async function close() {
  if (isClosing) return;
  isClosing = true;
  await host.close();
  await receivers?.close();
  process.exit(0);
}
process.on('SIGTERM', () => void close());
process.on('SIGINT', () => void close());
// Whoever started it is gone.
process.on('disconnect', () => void close());
