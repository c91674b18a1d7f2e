// A secret that was typed is in no answer, no file of the database and no line of the log.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput, secretsOf } from '../../dist/testing/index.js';
import { newPlace, signIn, until } from './helpers/host.mjs';
import { kill, spawnHost } from './helpers/process.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const { openDatabase } = await import('../../demo/host/database/open.ts');
const { sql } = await import('kysely');
const types = ['headers', 'basic', 'token', 'aws4', 'hmac-sha256', 'oauth2'];

/** What a secret may look like where it must not be. */
const spellings = (secret) => [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret), Buffer.from(secret).toString('hex')];

describe('a secret', () => {
  let place, host, receiver, secrets, answers;
  const handedOut = new Set();
  const verifiers = [];
  before(async () => {
    place = await newPlace();
    host = await spawnHost(place);
    // It repeats all that it gets.
    receiver = await startReceiver((request, response) => {
      // A provider of tokens, too; what it hands out is as secret as what was typed.
      if (request.url === '/token') {
        const { body } = receiver.calls.at(-1);
        verifiers.push(...new URLSearchParams(body).getAll('code_verifier'));
        const tokens = { access_token: `access-token-${randomUUID()}`, refresh_token: `refresh-token-${randomUUID()}` };
        for (const token of Object.values(tokens)) handedOut.add(token);
        return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...tokens, token_type: 'bearer', expires_in: 3600 }));
      }
      response.setHeader('x-echo', JSON.stringify(request.headers.authorization ?? ''));
      response.writeHead(request.url === '/fails' ? 500 : 200).end(JSON.stringify({ ...request.headers }));
    });
    const maya = await signIn(host.url, 'maya');
    answers = [];
    secrets = new Set();
    const call = async (method, path, body) => {
      const answer = await maya.call(method, path, body && { body });
      answers.push(`${method} ${path}\n${JSON.stringify([...answer.headers])}\n${answer.text}`);
      return answer.body;
    };
    const typed = (input) => {
      for (const secret of secretsOf(input).values()) secrets.add(secret);
      return input;
    };
    for (const type of types) {
      const input = typed({ ...sampleWebhookInput(type, { mark: 'first' }), events: ['site.archived'], url: `${receiver.url}/${type === 'token' ? 'fails' : 'works'}` });
      if (type === 'oauth2') {
        const [credential] = input.authentication.credentials;
        Object.assign(credential, { grantType: 'client_credentials', tokenUrl: `${receiver.url}/token` });
        delete credential.authorizationUrl;
      }
      await call('POST', '/webhooks/test', { input, eventType: 'site.archived' });
      const { id } = await call('POST', '/webhooks', input);
      await call('POST', '/events', { type: 'site.archived' });
      await call('PATCH', `/webhooks/${id}`, { authentication: typed(sampleWebhookInput(type, { mark: 'second' })).authentication });
      await call('POST', '/webhooks', { ...typed(sampleWebhookInput(type, { mark: 'refused' })), method: 'TELEPATHY' });
      await call('POST', '/webhooks', { ...typed(sampleWebhookInput(type, { mark: 'rules' })), url: 'https://10.0.0.1/' });
      await call('GET', `/webhooks/${id}`);
      const [{ id: delivery }] = await until(async () => {
        const items = (await call('GET', `/webhooks/${id}/deliveries`)).items.filter(({ outcome }) => outcome !== 'pending');
        return items.length && items;
      }, `a delivery with ${type}`);
      await call('POST', `/deliveries/${delivery}/redeliver`);
      await call('GET', `/webhooks/${id}/deliveries`);
    }
    // A person lets a webhook act for them; another login has begun and does not come back.
    const login = typed({ ...sampleWebhookInput('oauth2', { mark: 'login' }), events: ['contract.status_change'], url: `${receiver.url}/works` });
    Object.assign(login.authentication.credentials[0], { grantType: 'authorization_code', authorizationUrl: `${receiver.url}/auth`, tokenUrl: `${receiver.url}/token` });
    const { id: person } = await call('POST', '/webhooks', login);
    const { url } = await call('POST', `/webhooks/${person}/connect`, {});
    const back = await fetch(`${host.url}/host/oauth/callback?code=a-code&state=${new URL(url).searchParams.get('state')}`, { headers: { cookie: maya.cookie } });
    assert.equal(back.status, 200);
    answers.push(`GET /host/oauth/callback\n${await back.text()}`);
    await call('POST', '/events', { type: 'contract.status_change' });
    await until(async () => (await call('GET', `/webhooks/${person}/deliveries`)).items[0]?.outcome === 'succeeded', 'a delivery with the token of a person');
    await call('GET', `/webhooks/${person}/connections`);
    await call('POST', `/webhooks/${person}/connect`, {});
    for (const secret of [...handedOut, ...verifiers]) secrets.add(secret);
    await call('GET', '/webhooks?limit=100');
    await call('GET', '/webhooks?search=second');
    await kill(host);
  });
  after(async () => {
    await receiver.close();
    await place.remove();
  });

  const look = (text, where) => {
    for (const secret of secrets)
      for (const spelling of spellings(secret)) assert.ok(!text.includes(spelling), `${where} has the secret …${secret.slice(-4)}`);
  };

  it('really was on its way', () => {
    assert.ok(secrets.size > 20);
    assert.ok([...handedOut].some((token) => receiver.calls.some(({ headers }) => headers.authorization === `Bearer ${token}`)), 'an access token');
    assert.ok(handedOut.size > 2 && verifiers.length === 1 && verifiers[0].length > 40);
    assert.ok(receiver.calls.some(({ headers }) => [...secrets].includes(headers['x-api-key'])));
  });

  it('is in no answer', () => {
    assert.ok(answers.some((one) => one.includes('•••')));
    for (const answer of answers) look(answer, answer.slice(0, 60));
  });

  it('is in no line that the host printed', () => look(host.output, 'the log'));

  it('is in no row of the database', async () => {
    const { db, close } = await openDatabase({ folder: place.folder, url: place.databaseUrl });
    const tables = await db.introspection.getTables();
    assert.ok(tables.length > 8);
    for (const { name } of tables) {
      const { rows } = await sql`select t::text as row from ${sql.table(name)} t`.execute(db);
      for (const { row } of rows) look(row, `the table ${name}`);
    }
    await close();
  });

  it('is in no file of the host', () => {
    const files = readdirSync(place.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    assert.ok(files.length > 0);
    for (const { name, parentPath, path } of files) look(readFileSync(join(parentPath ?? path, name), 'latin1'), name);
  });
});
