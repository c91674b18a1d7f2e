// What happens around the host: its key, its folder, its older databases, its end, and calls that cannot be prepared.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { newPlace, signIn, startBoth, startHost, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const { sql, Migrator } = await import('kysely');
const { openDatabase } = await import('../../demo/host/database/open.ts');
const { lockFolder, holderOf } = await import('../../demo/host/database/folder-lock.ts');
const first = await import('../../demo/host/database/migrations/001-first.ts');
const second = await import('../../demo/host/database/migrations/002-mended.ts');

describe('a call that cannot be prepared', () => {
  it('fails, is tried as often as others, and then no more', async () => {
    const both = await startBoth();
    const maya = await signIn(both.host.url, 'maya');
    const { db } = both.host;
    const { body } = await maya.call('POST', '/webhooks', { body: { ...sampleWebhookInput('token'), events: ['site.archived'], url: `${both.receivers.url}/hooks/other` } });
    const { authentication } = await db.selectFrom('webhooks').select('authentication').where('id', '=', body.id).executeTakeFirst();
    authentication.credentials[0].value.sealed = authentication.credentials[0].value.sealed.replace(/.{3}$/, 'AAA');
    await db.updateTable('webhooks').set({ authentication: JSON.stringify(authentication) }).where('id', '=', body.id).execute();
    await maya.call('POST', '/events', { body: { type: 'site.archived' } });
    const items = await until(async () => {
      const all = (await maya.call('GET', `/webhooks/${body.id}/deliveries`)).body.items;
      return all.length >= 4 && all.every(({ outcome }) => outcome === 'failed') && all;
    }, 'all tries');
    assert.deepEqual(items.map(({ attempt, error }) => [attempt, error]), [4, 3, 2, 1].map((number) => [number, 'Not called: what is stored of this webhook’s secrets cannot be read any more. Enter them again, then redeliver.']));
    assert.equal(both.receivers.arrivals.length, 0);
    await both.close();
  });
});

describe('a host that stops', () => {
  it('waits for a redelivery that is under way', async () => {
    const both = await startBoth();
    let maya = await signIn(both.host.url, 'maya');
    const receiver = await startReceiver();
    const { body } = await maya.call('POST', '/webhooks', { body: { ...sampleWebhookInput('none'), events: ['site.archived'], url: receiver.url } });
    await maya.call('POST', '/events', { body: { type: 'site.archived' } });
    const deliveries = async () => (await maya.call('GET', `/webhooks/${body.id}/deliveries`)).body.items;
    const [only] = await until(async () => {
      const items = await deliveries();
      return items[0]?.outcome === 'succeeded' && items;
    }, 'the call');
    let answer;
    receiver.answer = (_, response) => (answer = () => response.end());
    const asked = maya.call('POST', `/deliveries/${only.id}/redeliver`).catch(() => undefined);
    await until(() => answer, 'the redelivery');
    const closed = both.host.close();
    answer();
    await closed;
    await asked;
    await both.start();
    maya = await signIn(both.host.url, 'maya');
    assert.deepEqual((await deliveries()).map(({ attempt, outcome }) => [attempt, outcome]), [[2, 'succeeded'], [1, 'succeeded']]);
    await receiver.close();
    await both.close();
  });
});

describe('a host', () => {
  let place;
  before(async () => (place = await newPlace()));
  after(() => place.remove());
  const start = (more) => startHost({ folder: place.folder, databaseUrl: place.databaseUrl, ...more });

  it('with another key than that of its database does not start, and says why', async () => {
    const key = randomBytes(32).toString('base64');
    await (await start({ key })).close();
    await assert.rejects(start({ key: randomBytes(32).toString('base64') }), /HOST_SECRET_KEY .* is not the key that the secrets in this database are sealed with/);
    await assert.rejects(start({ key: 'c2hvcnQ=' }), /32 bytes/);
    await (await start({ key })).close();
  });

  it('is reached by its public name where it has one, which logins come back to', async () => {
    const key = randomBytes(32).toString('base64');
    const other = await newPlace();
    const options = { folder: other.folder, databaseUrl: other.databaseUrl, key };
    await assert.rejects(startHost({ ...options, publicUrl: 'hooks.example.com' }), /HOST_PUBLIC_URL/);
    const host = await startHost({ ...options, publicUrl: 'https://hooks.example.com' });
    const { request } = await import('node:http');
    const { hostname, port } = new URL(host.url);
    const ask = (name) =>
      new Promise((resolve) => request({ hostname, port, path: '/host/health', headers: { host: name } }, (answer) => resolve(answer.resume().statusCode)).end());
    assert.deepEqual(await Promise.all(['hooks.example.com', 'HOOKS.example.com', `127.0.0.1:${port}`, 'hooks.example.com:444', 'example.com'].map(ask)), [200, 200, 200, 421, 421]);
    const maya = await signIn(host.url, 'maya');
    const { body } = await maya.call('POST', '/webhooks', { body: sampleWebhookInput('oauth2') });
    const { url } = (await maya.call('POST', `/webhooks/${body.id}/connect`, { body: {} })).body;
    assert.equal(new URL(url).searchParams.get('redirect_uri'), 'https://hooks.example.com/host/oauth/callback');
    await host.close();
    await other.remove();
  });
});

describe('the lock of a folder', () => {
  it('is of a process, and not of the next one that has its number', async () => {
    const { folder, remove } = await newPlace();
    const file = join(folder, 'lock');
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    // That of a process that has been started since the lock was written.
    writeFileSync(file, `${child.pid} some other beginning`);
    assert.equal(holderOf(folder), undefined);
    const unlock = lockFolder(folder);
    assert.ok(unlock);
    const [, ...beginning] = readFileSync(file, 'utf8').split(' ');
    assert.ok(beginning.length > 0);
    unlock();
    // One that says no more than the number, as it was before.
    writeFileSync(file, String(child.pid));
    assert.equal(holderOf(folder), child.pid);
    assert.equal(lockFolder(folder), undefined);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(holderOf(folder), undefined);
    lockFolder(folder)();
    await remove();
  });
});

describe('a database of the first version', () => {
  it('is brought up to date with what is in it', async () => {
    const place = await newPlace();
    let { db, close } = await openDatabase({ folder: place.folder, url: place.databaseUrl });
    // As it was: nothing but the first migration.
    await sql`drop schema public cascade`.execute(db);
    await sql`create schema public`.execute(db);
    await new Migrator({ db, provider: { getMigrations: async () => ({ '001-first': first }) } }).migrateToLatest();
    await sql`insert into accounts values ('acc', 'A', true, 'x')`.execute(db);
    for (const [index, name] of ['İzmir', 'Äpfel'].entries())
      await sql`insert into webhooks (id, account_id, name, events, url, method, content_type, headers, test, active, authentication)
        values (${`wh_${index}`}, 'acc', ${name}, '{}', 'https://a.example.com/Ü', 'POST', 'application/json', '[]', false, true, '{"type":"none","organizationSpecific":false,"credentials":[]}')`.execute(db);
    await sql`insert into events (id, account_id, type, environment, payload) values ('evt', 'acc', 'site.archived', 'live', '{}')`.execute(db);
    await sql`insert into attempts (id, account_id, webhook_id, event_id, number, outcome, started_at) values ('att', 'acc', 'wh_0', 'evt', 3, 'pending', now())`.execute(db);
    await close();
    ({ db, close } = await openDatabase({ folder: place.folder, url: place.databaseUrl }));
    const { rows } = await sql`select name_key, search_key from webhooks order by id`.execute(db);
    assert.deepEqual(rows, [
      { name_key: 'izmir', search_key: 'izmir\nhttps://a.example.com/ü' },
      { name_key: 'äpfel', search_key: 'äpfel\nhttps://a.example.com/ü' },
    ]);
    assert.deepEqual((await sql`select tries from attempts`.execute(db)).rows, [{ tries: 3 }]);
    assert.equal(typeof second.up, 'function');
    await close();
    await place.remove();
  });
});
