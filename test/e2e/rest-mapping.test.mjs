// Every table of demo/rest.md, row by row, against the REST adapter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createMemoryAdapter } from '../../dist/adapters/memory.js';
import { createRestAdapter } from '../../dist/adapters/rest.js';
import { deliveryOutcomes } from '../../dist/core/index.js';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { startHttpHost } from '../helpers/http-host.mjs';
import { launchBrowser, openPage } from './helpers/browser.mjs';

const text = readFileSync(new URL('../../demo/rest.md', import.meta.url), 'utf8');
/** The rows of the table whose head begins like this, as cells. */
function table(head) {
  const lines = text.split('\n');
  const found = lines.flatMap((line, index) => (line.startsWith(`| ${head}`) ? index : []));
  assert.equal(found.length, 1, `one table that begins with “${head}”`);
  const rows = lines.slice(found[0] + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith('|'))).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}
/** What stands in code in a cell. */
const codesIn = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const block = (language) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(text)[1];

const live = () => ({ signal: new AbortController().signal });
const input = sampleWebhookInput('basic');
const capabilities = ['get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver'];
const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });

/** An adapter whose server gives these answers, one a request, the last one for ever; and what it was asked. */
function serve(...answers) {
  const requests = [];
  const fetch = (url, init) => {
    requests.push({ line: `${init.method} ${url.replace('https://api.example.com', '')}`, ...init });
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone());
  };
  return { adapter: createRestAdapter({ baseUrl: 'https://api.example.com', fetch, capabilities }), requests };
}
const calls = {
  list: (adapter) => adapter.list({ limit: 25 }, live()),
  create: (adapter) => adapter.create(input, { ...live(), idempotencyKey: 'key' }),
  get: (adapter) => adapter.get('wh_1', live()),
  update: (adapter) => adapter.update('wh_1', { name: 'New' }, { ...live(), version: '7' }),
  delete: (adapter) => adapter.delete('wh_1', { ...live(), version: '7' }),
  listEventTypes: (adapter) => adapter.listEventTypes(live()),
  listOrganizations: (adapter) => adapter.listOrganizations(live()),
  sendTest: (adapter) => adapter.sendTest({ input, eventType: 'site.archived' }, live()),
  listDeliveries: (adapter) => adapter.listDeliveries('wh_1', { limit: 25 }, live()),
  redeliver: (adapter) => adapter.redeliver('att_1', live()),
};
const errorOf = (call) => call.then(() => assert.fail('it resolved'), (error) => error);
/** Waits take no time, and the console is silent. */
async function quickly(run) {
  const { setTimeout } = globalThis;
  const { error } = console;
  globalThis.setTimeout = (then) => (queueMicrotask(then), 0);
  console.error = () => undefined;
  try {
    return await run();
  } finally {
    globalThis.setTimeout = setTimeout;
    console.error = error;
  }
}

describe('the mapping to REST', () => {
  it('has each method, as its request', async () => {
    const rows = table('method ');
    assert.deepEqual(rows.map(([method]) => codesIn(method)[0]), Object.keys(calls));
    for (const [method, request] of rows) {
      const { adapter, requests } = serve(json({ id: 'x' }));
      await calls[codesIn(method)[0]](adapter);
      assert.deepEqual(requests.map(({ line }) => line), codesIn(request));
    }
  });

  it('changes only what changed', async () => {
    const { adapter, requests } = serve(json({ id: 'wh_1' }));
    await calls.update(adapter);
    assert.ok(text.includes('`{ "name": "New" }`'));
    assert.deepEqual(JSON.parse(requests[0].body), { name: 'New' });
  });

  it('asks for what is answered with nothing', async () => {
    const statuses = /answered with nothing \(([\d, ]+)\)/.exec(text)[1].split(', ').map(Number);
    for (const status of statuses) {
      const { adapter, requests } = serve(new Response(null, { status }), json({ id: 'wh_1' }));
      await calls.update(adapter);
      assert.deepEqual(requests.map(({ line }) => line), ['PATCH /webhooks/wh_1', 'GET /webhooks/wh_1'], String(status));
    }
    const { adapter, requests } = serve(new Response(null, { status: 201, headers: { location: 'https://elsewhere.example.com/webhooks/wh_1' } }), json({ id: 'wh_1' }));
    await calls.create(adapter);
    assert.deepEqual(requests.map(({ line }) => line), ['POST /webhooks', 'GET /webhooks/wh_1']);
  });

  for (const [head, ask] of [
    ['query of `GET /webhooks` ', (adapter, query) => adapter.list(query, live())],
    ['query of `GET /webhooks/{id}/deliveries` ', (adapter, query) => adapter.listDeliveries('wh_1', query, live())],
  ])
    it(`has each parameter of the ${head}`, async () => {
      const rows = table(head).flatMap(([name, values]) => codesIn(name).map((one) => [one, codesIn(values)]));
      const expected = head.includes('deliveries') ? ['limit', 'cursor', 'outcome', 'event', 'from', 'to'] : ['limit', 'cursor', 'search', 'sort', 'active', 'test', 'event'];
      assert.deepEqual(rows.map(([name]) => name), expected);
      for (const [name, values] of rows)
        for (const value of /^(sort|active|test|outcome)$/.test(name) ? values : ['x']) {
          const { adapter, requests } = serve(json({ items: [] }));
          await ask(adapter, { limit: 25, [name]: value, search: name === 'search' ? value : '' });
          assert.equal(new URL(requests[0].line.split(' ')[1], 'https://x').searchParams.get(name), value);
          if (name !== 'search') assert.ok(!requests[0].line.includes('search'), 'what does not restrict is not sent');
        }
      const outcomes = rows.find(([name]) => name === 'outcome');
      if (outcomes) assert.deepEqual(outcomes[1], [...deliveryOutcomes]);
    });

  it('sends its headers, which win, asking no cache', async () => {
    const fetch = (_, init) => (sent.push(init), Promise.resolve(json({ id: 'wh_1' })));
    const sent = [];
    const own = { Accept: 'a/b', 'Content-Type': 'a/b', 'Idempotency-Key': 'own', 'If-Match': '"own"', 'X-Own': '1' };
    const adapter = createRestAdapter({ baseUrl: 'https://api.example.com', fetch, headers: own });
    for (const method of ['list', 'create', 'update', 'delete']) await calls[method](adapter);
    const [list, create, update, remove] = sent.map(({ headers }) => headers);
    const where = { Accept: [list, create, update, remove], 'Content-Type': [create, update], 'Idempotency-Key': [create], 'If-Match': [update, remove] };
    const rows = table('header ');
    assert.deepEqual(rows.map(([header]) => codesIn(header)[0]), Object.keys(where));
    for (const [header, , value] of rows) {
      const [name] = codesIn(header);
      const [expected = 'key'] = codesIn(value);
      for (const headers of where[name]) assert.equal(headers.get(name), expected, name);
    }
    for (const { headers, cache } of sent) assert.deepEqual([headers.get('x-own'), cache], ['1', 'no-store']);
  });

  it('sends versions back', async () => {
    for (const [given, sent] of table('ETag, or ')) {
      const [value] = codesIn(given);
      const isTag = given.startsWith('ETag');
      const { adapter, requests } = serve(json({ id: 'wh_1', ...(!isTag && { version: value }) }, 200, isTag ? { etag: value } : {}));
      const { version } = await calls.get(adapter);
      await adapter.update('wh_1', {}, { ...live(), version });
      assert.equal(requests[1].headers.get('if-match'), codesIn(sent)[0], given);
    }
    const { adapter, requests } = serve(new Response(null, { status: 428 }), json({ id: 'wh_1' }, 200, { etag: '"5"' }), json({ id: 'wh_1' }));
    await adapter.update('wh_1', {}, live());
    assert.deepEqual(requests.map(({ line, headers }) => `${line} ${headers.get('if-match')}`), ['PATCH /webhooks/wh_1 null', 'GET /webhooks/wh_1 null', 'PATCH /webhooks/wh_1 "5"']);
  });

  for (const [statuses, code, more] of table('status '))
    for (const status of statuses.split(', '))
      it(`${status} is ${code}${more ? `: ${more}` : ''}`, () =>
        quickly(async () => {
          const answer = status === 'no answer' ? new TypeError('fetch failed') : new Response(null, { status: Number(status) });
          const [name] = codesIn(code);
          const changed = await errorOf(calls.update(serve(answer).adapter));
          assert.equal(changed.code, name);
          const isList = name === 'not-found';
          for (const method of ['list', 'create', 'get']) {
            const { adapter, requests } = serve(answer);
            assert.equal((await errorOf(calls[method](adapter))).code, isList && method !== 'get' ? 'unavailable' : name);
            assert.equal(requests.length, more === 'tried again' ? 3 : 1, method);
          }
        }));

  it('waits for the first try of a create', () =>
    quickly(async () => {
      const { adapter, requests } = serve(new TypeError('fetch failed'), json({}, 409), json({ id: 'wh_1' }, 201));
      assert.equal((await calls.create(adapter)).id, 'wh_1');
      assert.equal(requests.length, 3);
    }));

  it('shows what is stored by now after 412: with its version, the ETag of the answer, or that of a GET', async () => {
    const stored = await createMemoryAdapter().create(input, { ...live(), idempotencyKey: 'key' });
    const bare = { ...stored, version: undefined };
    for (const [answers, version, asked] of [
      [[json({ current: stored }, 412)], '1', 1],
      [[json({ current: bare }, 412, { etag: '"8"' })], '8', 1],
      [[json({}, 412), json(bare, 200, { etag: '"9"' })], '9', 2],
    ]) {
      const { adapter, requests } = serve(...answers);
      const { current } = await errorOf(calls.update(adapter));
      assert.deepEqual([current, requests.length], [{ ...bare, version }, asked]);
    }
  });

  it('reads the problem details that stand there', async () => {
    const problem = JSON.parse(block('json'));
    const error = await errorOf(calls.update(serve(json(problem, 422)).adapter));
    assert.equal(error.message, problem.title);
    assert.deepEqual(error.fieldErrors, { url: problem.errors[0].detail, 'authentication.credentials.0.secretKey': problem.errors[1].detail });
    const detailed = await errorOf(calls.update(serve(json({ ...problem, detail: 'Look again.' }, 422)).adapter));
    assert.equal(detailed.message, 'Look again.');
    assert.equal((await errorOf(calls.update(serve(json({ ...problem, type: undefined, title: 'Unprocessable Content' }, 422)).adapter))).message, '');
  });

  it('is read across origins with the headers that stand there', async () => {
    const given = block('http').trim().split('\n').map((line) => line.split(/: (.*)/).slice(0, 2));
    const page = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>App</title>'));
    await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${page.address().port}`;
    const memory = createMemoryAdapter();
    let isBusy = false;
    const host = await startHttpHost({
      adapter: memory,
      versionInBody: false,
      intercept(request, response) {
        for (const [name, value] of given) response.setHeader(name, value === 'https://app.example.com' ? origin : value);
        if (request.method === 'OPTIONS') return response.writeHead(204).end();
        if (request.url.startsWith('/cdn/')) {
          response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(new URL(`../../dist${request.url}`, import.meta.url)));
          return true;
        }
        if (isBusy) return response.writeHead(429, { 'retry-after': '77' }).end();
        return false;
      },
    });
    const browser = await launchBrowser();
    const { page: tab, close } = await openPage(browser);
    try {
      await tab.goto(origin);
      const seen = await tab.evaluate(
        async ([baseUrl, webhook]) => {
          const { createRestAdapter } = await import(new URL('/cdn/webhook-settings.js', baseUrl).href);
          const adapter = (globalThis.adapter = createRestAdapter({ baseUrl }));
          const options = () => ({ signal: new AbortController().signal });
          const created = await adapter.create(webhook, { ...options(), idempotencyKey: 'key' });
          const updated = await adapter.update(created.id, { name: 'New' }, { ...options(), version: created.version });
          const { items } = await adapter.list({ limit: 9 }, options());
          await adapter.delete(created.id, { ...options(), version: updated.version });
          return [created.version, updated.version, items[0].name];
        },
        [host.baseUrl, input],
      );
      assert.deepEqual(seen, ['1', '2', 'New']);
      isBusy = true;
      const retryAfter = await tab.evaluate(() => globalThis.adapter.update('x', {}, { signal: new AbortController().signal }).catch((error) => error.retryAfter));
      assert.equal(retryAfter, 77);
    } finally {
      await close();
      await browser.close();
      await host.close();
      page.closeAllConnections();
      await new Promise((resolve) => page.close(resolve));
    }
  });
});
