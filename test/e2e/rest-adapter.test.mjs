// The REST adapter against a real HTTP server, with Node's own fetch; where there has to be a cache, with a browser's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { createMemoryAdapter } from '../../dist/adapters/memory.js';
import { createRestAdapter } from '../../dist/adapters/rest.js';
import { CheckedAdapter, defaultEventTypes, readListItem } from '../../dist/core/index.js';
import { describeAdapterContract, sampleWebhookInput, secretsOf } from '../../dist/testing/index.js';
import { withDeliveries } from '../helpers/deliveries.mjs';
import { startHttpHost } from '../helpers/http-host.mjs';
import { launchBrowser, openPage } from './helpers/browser.mjs';

const live = () => ({ signal: new AbortController().signal });
const submit = () => ({ ...live(), idempotencyKey: crypto.randomUUID() });
const organizations = ['org_1', 'org_2', 'org_3'].map((id) => ({ id, name: id }));
const newState = (options) => withDeliveries(createMemoryAdapter({ eventTypes: defaultEventTypes, organizations, ...options }));

/** All that the contract has. */
const capabilities = ['get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver'];

/** A host for the tests of one suite, and an adapter that speaks to it. */
function useHost(options = {}) {
  const use = {};
  before(async () => {
    use.host = await startHttpHost({ adapter: newState(), ...options });
    use.adapter = createRestAdapter({ baseUrl: use.host.baseUrl, capabilities });
  });
  after(() => use.host.close());
  return use;
}

const problem = (response, status, detail, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify({ detail }));
  return true;
};

/** Creates that are under way, by their key. */
const underWay = new Set();

for (const [what, options, state = newState] of [
  ['over HTTP', {}],
  ['over HTTP, with versions as ETags alone', { versionInBody: false }],
  [
    'over HTTP, where a key that is in use is refused (IETF draft Idempotency-Key)',
    {
      intercept({ method, headers }, response) {
        const key = headers['idempotency-key'];
        if (method !== 'POST' || key === undefined) return false;
        if (underWay.has(key)) return problem(response, 409, 'A request is outstanding for this Idempotency-Key', { 'retry-after': '1' });
        underWay.add(key);
        response.on('close', () => underWay.delete(key));
        return false;
      },
    },
    () => newState({ latency: 5 }),
  ],
])
  describe(what, () => {
    const use = useHost(options);
    describeAdapterContract(
      'rest',
      () => {
        use.host.adapter = state();
        return use.adapter;
      },
      { describe, it },
    );
  });

describe('over HTTP, behind the checked adapter', () => {
  const use = useHost();
  it('passes what a settings page does', async () => {
    const checked = new CheckedAdapter(use.adapter);
    const { id, version } = await checked.create(sampleWebhookInput('aws4', { organizations: ['org_1', 'org_2'] }), submit());
    const { items, total } = await checked.list({ limit: 25 }, live());
    assert.equal(total, 1);
    const { webhook } = readListItem(items[0]);
    assert.equal(webhook.id, id);
    await assert.rejects(use.adapter.update(id, { name: 'x' }, { ...live(), version: 'old' }), ({ code, current }) => {
      assert.equal(code, 'conflict');
      assert.deepEqual(current, webhook);
      return true;
    });
    assert.equal((await checked.update(id, { name: 'New' }, { ...live(), version })).name, 'New');
    assert.deepEqual(await checked.listEventTypes(live()), { items: defaultEventTypes, error: undefined });
  });
});

describe('a host whose versions are ETags alone', () => {
  const use = useHost({ versionInBody: false });

  it('goes round: ETag, version, If-Match', async () => {
    const created = await use.adapter.create(sampleWebhookInput('basic'), submit());
    assert.equal(created.version, '1');
    const updated = await use.adapter.update(created.id, { active: false }, { ...live(), version: created.version });
    assert.equal(updated.version, '2');
    assert.equal(use.host.requests.at(-1).headers['if-match'], '"1"');
  });

  it('asks for what is stored after 412', async () => {
    const { id } = await use.adapter.create(sampleWebhookInput('basic'), submit());
    await use.adapter.update(id, { name: 'Theirs' }, live());
    await assert.rejects(use.adapter.update(id, { name: 'Mine' }, { ...live(), version: '1' }), ({ code, current }) => {
      assert.equal(code, 'conflict');
      assert.equal(current.name, 'Theirs');
      assert.equal(current.version, '2');
      return true;
    });
    assert.deepEqual(
      use.host.requests.slice(-2).map(({ method }) => method),
      ['PATCH', 'GET'],
    );
  });
});

describe('a host whose answers a browser may keep', () => {
  const cdn = new URL('../../dist/cdn/', import.meta.url);
  const kept = { 'cache-control': 'max-age=600', 'last-modified': 'Sat, 31 Jan 2026 12:00:00 GMT' };
  const use = useHost({
    versionInBody: false,
    intercept(request, response) {
      if (request.url === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Host</title>');
      if (request.url.startsWith('/cdn/')) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(new URL(request.url.slice(5), cdn)));
        return true;
      }
      if (request.method === 'GET') for (const [name, value] of Object.entries(kept)) response.setHeader(name, value);
      return false;
    },
  });
  let browser;
  before(async () => (browser = await launchBrowser()));
  after(() => browser?.close());

  it('is asked each time: a list and a conflict show what is stored by now', async () => {
    const { id, version } = await use.adapter.create(sampleWebhookInput('basic'), submit());
    const { page, close } = await openPage(browser);
    try {
      await page.goto(new URL('/', use.host.baseUrl).href);
      const read = () =>
        page.evaluate(async () => {
          const { createRestAdapter } = await import('/cdn/webhook-settings.js');
          globalThis.adapter ??= createRestAdapter({ baseUrl: '/api' });
          const { items } = await globalThis.adapter.list({ limit: 10 }, { signal: new AbortController().signal });
          return items[0].name;
        });
      const before = await read();
      await page.evaluate((one) => globalThis.adapter.get(one, { signal: new AbortController().signal }), id);
      // Somebody else's change.
      await use.adapter.update(id, { name: 'Theirs' }, { ...live(), version });
      const current = await page.evaluate(
        ([one, seen]) =>
          globalThis.adapter.update(one, { name: 'Mine' }, { signal: new AbortController().signal, version: seen }).catch((error) => error.current?.name),
        [id, version],
      );
      assert.deepEqual([before, await read(), current], [sampleWebhookInput('basic').name, 'Theirs', 'Theirs']);
    } finally {
      await close();
    }
  });
});

describe('a host in trouble', () => {
  const troubles = [];
  const use = useHost({ intercept: (request, response) => troubles.shift()?.(request, response) ?? false });
  const refuse = (status, headers) => (_, response) => {
    response.writeHead(status, headers).end();
    return true;
  };

  it('is asked again, and a create whose answer was lost makes one webhook', async () => {
    // The first request arrives and is carried out; its answer is lost.
    const { create } = use.host.adapter;
    let carriedOut = 0;
    use.host.adapter = { ...use.host.adapter, create: (...args) => ((carriedOut += 1), create(...args)) };
    troubles.push((request, response) => {
      response.end = () => request.socket.destroy();
      return false;
    });
    const input = sampleWebhookInput('token');
    const { id } = await use.adapter.create(input, submit());
    assert.equal(carriedOut, 2);
    const { items } = await use.adapter.list({ limit: 10 }, live());
    assert.deepEqual(
      items.map((item) => item.id),
      [id],
    );
  });

  it('that is still at work on the first try of a create is waited for', async () => {
    troubles.push(
      (request) => (request.socket.destroy(), true),
      (_, response) => problem(response, 409, 'A request is outstanding for this Idempotency-Key', { 'retry-after': '0' }),
    );
    const input = sampleWebhookInput('basic');
    assert.equal((await use.adapter.create(input, submit())).name, input.name);
  });

  it('is waited for as long as it says', async () => {
    troubles.push(refuse(429, { 'retry-after': '0' }), refuse(503, { 'retry-after': new Date(0).toUTCString() }));
    assert.equal((await use.adapter.list({ limit: 10 }, live())).total, 2);
    troubles.push(refuse(503, { 'retry-after': '3600' }));
    await assert.rejects(use.adapter.list({ limit: 10 }, live()), { code: 'unavailable', retryAfter: 3600 });
  });

  it('that breaks off its answer is "network"', async () => {
    troubles.push((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"id":');
      setImmediate(() => request.socket.destroy());
      return true;
    });
    await assert.rejects(use.adapter.update('wh_1', {}, live()), { code: 'network' });
  });

  it('stops at the signal, while an answer is on its way', async () => {
    const controller = new AbortController();
    const reason = new Error('navigated away');
    troubles.push(() => {
      controller.abort(reason);
      return true;
    });
    await assert.rejects(use.adapter.list({ limit: 10 }, { signal: controller.signal }), reason);
  });

  it('that is not there is "network", and no secret is in the error', async () => {
    const gone = await startHttpHost({ adapter: newState() });
    await gone.close();
    const adapter = createRestAdapter({ baseUrl: gone.baseUrl });
    const input = sampleWebhookInput('oauth2');
    await assert.rejects(adapter.update('wh_1', input, live()), (error) => {
      assert.equal(error.code, 'network');
      const text = [error.stack, JSON.stringify(error), error.cause?.stack, String(error.cause?.cause?.stack)].join('\n');
      for (const secret of secretsOf(input).values()) assert.ok(!text.includes(secret));
      return true;
    });
  });
});
