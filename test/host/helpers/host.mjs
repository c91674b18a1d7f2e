// The host and its receivers in this process, and people who are signed in to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { register } from 'tsx/esm/api';
import pg from 'pg';

register();
const { startHost } = await import('../../../demo/host/host.ts');
const { startReceivers } = await import('../../../demo/host/receivers/start.ts');
const { addAccount } = await import('../../../demo/host/database/seed.ts');
export const { demoCredentials } = await import('../../../demo/host/receivers/credentials.ts');
export const { catalogue } = await import('../../../demo/host/receivers/catalogue.ts');

/** Where the secrets of a credential are, in the API's spelling. */
export const secretsOfType = {
  headers: ['headers/0/value', 'headers/1/value'],
  basic: ['password'],
  token: ['value'],
  aws4: ['secretKey'],
  'hmac-sha256': ['clientSecret'],
  oauth2: ['clientSecret'],
};

/** Retries that come at once, so that a test has nothing to wait for but the receiver. */
export const quickRetry = { attempts: 4, baseMs: 5, longestMs: 50 };

/** A database for one suite on the server that DATABASE_URL names; the embedded one when it names none. */
async function newDatabase() {
  const server = process.env.DATABASE_URL;
  if (!server) return { databaseUrl: undefined, drop: async () => {} };
  const name = `host_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { databaseUrl: url.href, drop: () => run(`drop database ${name} with (force)`) };
}

/** A place for a host's data that outlives the host, and is removed at the end. */
export async function newPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-host-'));
  const { databaseUrl, drop } = await newDatabase();
  return {
    folder,
    databaseUrl,
    async remove() {
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when `holds` is truthy, with its value; looks again every 15 ms. */
export async function until(holds, what, ms = 15_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Someone who is signed in; `call` answers the status, the headers and the body. */
export async function signIn(url, user) {
  const send = async (method, path, { body, headers = {}, cookie } = {}) => {
    const response = await fetch(`${url}/host/api${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(cookie && { cookie }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : undefined };
  };
  if (!user) return { call: send };
  const { headers } = await send('POST', '/session', { body: { user } });
  const cookie = headers.get('set-cookie').split(';')[0];
  return { cookie, call: (method, path, options = {}) => send(method, path, { cookie, ...options }) };
}

/** A session of a person of one more account that has the feature, which the demo does not show. */
export async function signInElsewhere({ db, vault, url }) {
  const { hashToken, newToken } = await import('../../../demo/host/ids.ts');
  await addAccount(db, vault, { id: 'acc_other', name: 'Other', enabled: true });
  await db.insertInto('users').values({ id: 'other', account_id: 'acc_other', name: 'Other', role: 'admin' }).execute();
  const token = newToken();
  await db
    .insertInto('sessions')
    .values({ token_hash: hashToken(token), user_id: 'other', expires_at: new Date(Date.now() + 60_000) })
    .execute();
  const cookie = `webhook_host_session=${token}`;
  const anyone = await signIn(url);
  return { cookie, call: (method, path, options = {}) => anyone.call(method, path, { cookie, ...options }) };
}

/** Starts receivers and a host that may call them. `close` ends both and removes what they stored. */
export async function startBoth(options = {}, receiverOptions = {}) {
  const place = await newPlace();
  let host;
  const receivers = await startReceivers({ signingSecret: () => host.signingSecret('acc_brightside'), ...receiverOptions });
  const start = async (more = {}) => {
    host = await startHost({
      ...{ folder: place.folder, databaseUrl: place.databaseUrl, allowLoopback: true, localNames: receivers.localNames },
      ...{ retry: quickRetry, timeoutMs: 3_000 },
      ...options,
      ...more,
    });
    return host;
  };
  await start();
  return {
    place,
    receivers,
    start,
    get host() {
      return host;
    },
    async close() {
      await host.close();
      await receivers.close();
      await place.remove();
    },
  };
}

/** Someone of each kind, signed in. */
export async function signInAll(host) {
  return {
    maya: await signIn(host.url, 'maya'),
    tom: await signIn(host.url, 'tom'),
    ines: await signIn(host.url, 'ines'),
    nobody: await signIn(host.url),
    other: await signInElsewhere(host),
  };
}

export { startHost, startReceivers };
