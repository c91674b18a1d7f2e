import { expect } from '@open-wc/testing';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { parseRetryAfter, pointerToPath } from '../../src/adapters/problem.js';
import { createRestAdapter, type RestAdapterOptions } from '../../src/adapters/rest.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { Webhook } from '../../src/core/webhook.js';
import { sampleWebhookInput, secretsOf } from '../../src/testing/index.js';

const live = () => ({ signal: new AbortController().signal });
const submit = () => ({ ...live(), idempotencyKey: 'key-1' });
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it resolved'),
    (error: unknown) => error as AdapterError,
  );

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  json(body, status, { 'content-type': 'application/problem+json', ...headers });
const empty = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });

type Answer = Response | Error | ((request: Request, signal: AbortSignal) => Response | Promise<Response>);

/** An adapter whose server gives these answers, one a request (the last one for ever), and the requests it got. */
function serve(answers: Answer[], options: Partial<RestAdapterOptions> = {}) {
  const requests: Request[] = [];
  const adapter = createRestAdapter({
    baseUrl: 'https://api.example.com/v1',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = answers[Math.min(requests.length, answers.length - 1)]!;
      requests.push(request);
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(request, init!.signal!) : answer.clone();
    },
    ...options,
  });
  return { adapter: adapter as Required<typeof adapter>, requests };
}

const lines = (requests: Request[]) => requests.map(({ method, url }) => `${method} ${url.replace('https://api.example.com/v1', '')}`);

let webhook: Webhook;
before(async () => {
  webhook = await createMemoryAdapter().create(sampleWebhookInput('basic'), submit());
});

describe('createRestAdapter: requests', () => {
  it('maps each method to its request', async () => {
    const { adapter, requests } = serve([json({})], { capabilities: ['get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver'] });
    const input = sampleWebhookInput('none');
    await adapter.list({ limit: 25 }, live());
    await adapter.list({ limit: 5, cursor: 'a/b=', search: 'ü &', sort: '-name', active: false, test: true, event: 'site.archived' }, live());
    await adapter.get('a/b ?#ü', live());
    await adapter.create(input, submit());
    await adapter.update('wh_1', { name: 'New' }, live());
    await adapter.delete('wh_1', live());
    await adapter.listEventTypes(live());
    await adapter.listOrganizations(live());
    await adapter.sendTest({ id: 'wh_1', input, eventType: 'site.archived' }, live());
    await adapter.listDeliveries('wh_1', { limit: 10, outcome: 'failed' }, live());
    await adapter.redeliver('d/1', live());
    expect(lines(requests)).to.eql([
      'GET /webhooks?limit=25',
      'GET /webhooks?limit=5&cursor=a%2Fb%3D&search=%C3%BC+%26&sort=-name&active=false&test=true&event=site.archived',
      'GET /webhooks/a%2Fb%20%3F%23%C3%BC',
      'POST /webhooks',
      'PATCH /webhooks/wh_1',
      'DELETE /webhooks/wh_1',
      'GET /event-types',
      'GET /organizations',
      'POST /webhooks/test',
      'GET /webhooks/wh_1/deliveries?limit=10&outcome=failed',
      'POST /deliveries/d%2F1/redeliver',
    ]);
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).to.eql([null, null, null, 'key-1', ...Array<null>(7).fill(null)]);
    expect(await requests[3]!.json()).to.eql(input);
    expect(requests[3]!.headers.get('content-type')).to.equal('application/json');
    expect(await requests[4]!.json()).to.eql({ name: 'New' });
    expect(await requests[8]!.json()).to.eql({ id: 'wh_1', input, eventType: 'site.archived' });
    for (const request of [requests[0]!, requests[5]!]) expect(request.headers.get('content-type')).to.equal(null);
  });

  it('has by default all optional methods but those of deliveries', () => {
    const methods = (options: Partial<RestAdapterOptions>) => Object.keys(createRestAdapter({ baseUrl: '/api', ...options })).sort();
    expect(methods({})).to.eql(['create', 'delete', 'get', 'list', 'listEventTypes', 'listOrganizations', 'update']);
    expect(methods({ capabilities: [] })).to.eql(['create', 'list']);
    expect(methods({ capabilities: ['sendTest'] })).to.eql(['create', 'list', 'sendTest']);
  });

  it('takes a base with or without a slash at the end, and a URL', async () => {
    for (const baseUrl of ['https://api.example.com/v1/', new URL('https://api.example.com/v1//')]) {
      const { adapter, requests } = serve([json({})], { baseUrl });
      await adapter.list({ limit: 1 }, live());
      expect(lines(requests)).to.eql(['GET /webhooks?limit=1']);
    }
  });

  it('uses the fetch of the page when none is given, as it is at the time of the call', async () => {
    const own = globalThis.fetch;
    const adapter = createRestAdapter({ baseUrl: '/api' });
    try {
      globalThis.fetch = (input) => Promise.resolve(json({ items: [], asked: input }));
      expect(await adapter.list({ limit: 1 }, live())).to.eql({ items: [], asked: '/api/webhooks?limit=1' });
    } finally {
      globalThis.fetch = own;
    }
  });

  it('sends the headers and credentials that it is given, asking a function each time', async () => {
    const fixed = serve([json({})], { headers: { Authorization: 'Bearer a' }, credentials: 'include' });
    await fixed.adapter.list({ limit: 1 }, live());
    expect(fixed.requests[0]!.headers.get('authorization')).to.equal('Bearer a');
    expect(fixed.requests[0]!.credentials).to.equal('include');

    let count = 0;
    const asked = serve([json({})], { headers: () => Promise.resolve([['X-Count', String(++count)]]) });
    await asked.adapter.list({ limit: 1 }, live());
    await asked.adapter.create(sampleWebhookInput('none'), submit());
    expect(asked.requests.map(({ headers }) => headers.get('x-count'))).to.eql(['1', '2']);
    expect(asked.requests[1]!.headers.get('content-type')).to.equal('application/json');
    expect(asked.requests[0]!.credentials).to.equal('same-origin');
  });
});

describe('createRestAdapter: versions', () => {
  const versions: [string | null | undefined, string | null, string | undefined][] = [
    [undefined, '"7"', '7'],
    [undefined, 'W/"7"', '7'],
    [undefined, '"a b"', 'a b'],
    ['6', '"7"', '6'],
    ['6', null, '6'],
    [null, '"7"', '7'],
    [undefined, null, undefined],
  ];
  for (const [version, etag, expected] of versions)
    it(`reads version ${version} with ETag ${etag} as ${expected}`, async () => {
      const { adapter } = serve([json({ ...webhook, version }, 200, etag === null ? {} : { etag })]);
      for (const answer of [
        await adapter.get('wh_1', live()),
        await adapter.create(sampleWebhookInput('none'), submit()),
        await adapter.update('wh_1', {}, live()),
      ])
        expect(answer.version).to.equal(expected);
    });

  it('sends the version back as a strong entity tag', async () => {
    const { adapter, requests } = serve([json({})]);
    for (const version of ['7', '"7"', 'W/"7"', '*']) {
      await adapter.update('wh_1', {}, { ...live(), version });
      await adapter.delete('wh_1', { ...live(), version });
    }
    await adapter.update('wh_1', {}, live());
    expect(requests.map(({ headers }) => headers.get('if-match'))).to.eql([...Array<string>(6).fill('"7"'), '"*"', '"*"', null]);
  });

  it('leaves a list as it is, ETag or not', async () => {
    const { adapter } = serve([json({ items: [webhook] }, 200, { etag: '"list"' })]);
    expect(await adapter.list({ limit: 1 }, live())).to.eql({ items: [webhook] });
  });
});

describe('createRestAdapter: failures', () => {
  const codes: Record<number, string> = {
    400: 'validation',
    401: 'unauthenticated',
    402: 'unknown',
    403: 'forbidden',
    404: 'not-found',
    405: 'unknown',
    409: 'conflict',
    410: 'not-found',
    412: 'conflict',
    418: 'unknown',
    422: 'validation',
    428: 'unknown',
    429: 'rate-limited',
    500: 'unavailable',
    501: 'unavailable',
    503: 'unavailable',
  };
  for (const [status, code] of Object.entries(codes))
    it(`${status} is "${code}"`, async () => {
      const { adapter } = serve([empty(Number(status))]);
      for (const error of await Promise.all([caught(adapter.update('wh_1', {}, live())), caught(adapter.delete('wh_1', live()))])) {
        expect(error).to.be.instanceOf(AdapterError);
        expect(error).to.include({ code, message: '', fieldErrors: undefined, retryAfter: undefined, current: undefined });
      }
    });

  it('reads problem details: detail before title, and errors by pointer', async () => {
    const { adapter } = serve([
      problem(422, {
        type: 'https://example.com/invalid',
        title: 'Invalid',
        detail: 'Two fields need a look.',
        errors: [
          { pointer: '#/url', detail: 'Not reachable' },
          { pointer: '/authentication/credentials/0/secretKey', detail: 'Too short' },
          { pointer: '#/headers/0/x~1y%20~01', detail: 'Odd' },
          { pointer: '#/__proto__', detail: 'Own' },
          { pointer: 7, detail: 'No pointer' },
          { pointer: '#/name' },
          { detail: 'Nowhere' },
          null,
          'text',
        ],
      }),
    ]);
    const { message, fieldErrors } = await caught(adapter.update('wh_1', {}, live()));
    expect(message).to.equal('Two fields need a look.');
    expect(Object.entries(fieldErrors!)).to.eql([
      ['url', 'Not reachable'],
      ['authentication.credentials.0.secretKey', 'Too short'],
      ['headers.0.x/y ~1', 'Odd'],
      ['__proto__', 'Own'],
    ]);
    expect(await caught(serve([problem(422, { title: 'Invalid', detail: 7 })]).adapter.update('wh_1', {}, live()))).to.include({
      message: 'Invalid',
      fieldErrors: undefined,
    });
  });

  it('joins what a problem says of one field, and takes what it says of the whole for the message', async () => {
    const { adapter } = serve([
      problem(422, {
        errors: [
          { pointer: '#/name', detail: 'Too short.' },
          { pointer: '#/name', detail: 'No digits.' },
          { pointer: '', detail: 'Not today.' },
          { pointer: '#', detail: 'Nor tomorrow.' },
        ],
      }),
    ]);
    const { message, fieldErrors } = await caught(adapter.update('wh_1', {}, live()));
    expect(fieldErrors).to.deep.equal({ name: 'Too short. No digits.' });
    expect(message).to.equal('Not today. Nor tomorrow.');
  });

  it('takes bodies that are no problem details for what they are: nothing', async () => {
    for (const body of ['<h1>Bad gateway</h1>', '"text"', 'null', '[]', '{"errors":{"url":"no"}}', '']) {
      const { adapter } = serve([new Response(body, { status: 422 })]);
      expect(await caught(adapter.update('wh_1', {}, live()))).to.include({ code: 'validation', message: '', fieldErrors: undefined });
    }
  });

  it('shows what is stored after 412: the current of the problem, else that of a GET', async () => {
    const told = serve([problem(412, { current: webhook })]);
    expect(await caught(told.adapter.update('wh_1', {}, live()))).to.deep.include({ code: 'conflict', current: webhook });
    expect(told.requests.length).to.equal(1);

    for (const change of ['update', 'delete'] as const) {
      const { version: _, ...bare } = webhook;
      const asked = serve([problem(412, { current: { id: 'wh_1' } }), json(bare, 200, { etag: '"9"' })]);
      const call = change === 'update' ? asked.adapter.update('wh_1', {}, live()) : asked.adapter.delete('wh_1', live());
      expect((await caught(call)).current).to.eql({ ...webhook, version: '9' });
      expect(lines(asked.requests)[1]).to.equal('GET /webhooks/wh_1');
      expect(asked.requests[1]!.headers.get('if-match')).to.equal(null);
    }
  });

  it('is a conflict without current when that cannot be had', async () => {
    for (const [answer, options, count] of [
      [empty(404), {}, 2],
      [json({ id: 'wh_1' }), {}, 2],
      [json(webhook), { capabilities: ['update'] }, 1],
    ] as const) {
      const { adapter, requests } = serve([empty(412), answer], options);
      expect(await caught(adapter.update('wh_1', {}, live()))).to.include({ code: 'conflict', current: undefined });
      expect(requests.length).to.equal(count);
    }
  });

  it('asks nothing after 409, which is another clash than that of versions', async () => {
    const { adapter, requests } = serve([problem(409, { detail: 'The name is taken.', errors: [{ pointer: '#/name', detail: 'Taken' }] })]);
    const error = await caught(adapter.update('wh_1', {}, live()));
    expect(error).to.deep.include({ code: 'conflict', message: 'The name is taken.', fieldErrors: { name: 'Taken' } });
    expect(error.current).to.equal(undefined);
    expect(requests.length).to.equal(1);
  });

  it('no answer is "network"; another failure of fetch is "unknown", unless it has a code', async () => {
    const codeOf = async (thrown: Error) => (await caught(serve([thrown]).adapter.update('wh_1', {}, live()))).code;
    expect(await codeOf(new TypeError('Failed to fetch'))).to.equal('network');
    expect(await codeOf(new Error('no token'))).to.equal('unknown');
    expect(await codeOf(new AdapterError('unauthenticated'))).to.equal('unauthenticated');
  });

  it('an answer that is no JSON is "unknown", and the error quotes none of it', async () => {
    const { adapter } = serve([new Response('<p>canary</p>')]);
    const error = await caught(adapter.get('wh_1', live()));
    expect(error).to.include({ code: 'unknown', message: '' });
    expect((error.cause as Error).message).to.equal('GET /webhooks/wh_1: the answer is no JSON');
  });

  it('a change needs no answer where the webhook can be asked for', async () => {
    const changed = serve([empty(204), json({ id: 'wh_1' })]);
    expect(await changed.adapter.update('wh_1', { name: 'New' }, live())).to.eql({ id: 'wh_1' });
    expect(changed.requests.map(({ method }) => method)).to.eql(['PATCH', 'GET']);
    expect(await caught(serve([empty(204)], { capabilities: ['update'] }).adapter.update('wh_1', {}, live()))).to.include({ code: 'unknown' });
  });

  it('asks for the version that a server demands and has not told in its list', async () => {
    const demanding = serve([empty(428), new Response('{"id":"wh_1"}', { headers: { etag: '"5"' } }), empty(204)]);
    await demanding.adapter.delete('wh_1', live());
    expect(demanding.requests.map(({ method, headers }) => `${method} ${headers.get('if-match')}`)).to.eql(['DELETE null', 'GET null', 'DELETE "5"']);
    // One that was known and is refused is not replaced behind the person's back.
    const known = serve([empty(428)]);
    expect(await caught(known.adapter.delete('wh_1', { ...live(), version: '4' }))).to.include({ code: 'unknown' });
  });

  it('is a network failure when the page fails to make its headers for want of one, and when its fetch runs out of time', async () => {
    const headers = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await caught(createRestAdapter({ baseUrl: '/api', headers, capabilities: [] }).create(sampleWebhookInput('none'), submit()))).to.include({ code: 'network' });
    const slow = () => Promise.reject(new DOMException('', 'TimeoutError'));
    expect(await caught(createRestAdapter({ baseUrl: '/api', fetch: slow }).update!('wh_1', {}, live()))).to.include({ code: 'network' });
  });

  it('refuses a base with a query, an id that leads elsewhere, and a version that no header can carry', async () => {
    expect(() => createRestAdapter({ baseUrl: '/api?tenant=1' })).to.throw(TypeError, 'baseUrl');
    const { adapter, requests } = serve([], { capabilities: ['delete', 'redeliver'] });
    for (const id of ['', '.', '..']) {
      expect(await caught(adapter.delete(id, live()))).to.include({ code: 'not-found' });
      expect(await caught(adapter.redeliver(id, live()))).to.include({ code: 'not-found' });
    }
    expect(await caught(adapter.delete('wh_1', { ...live(), version: '版' }))).to.include({ code: 'unknown' });
    expect(requests).to.eql([]);
  });

  it('a delete needs no answer', async () => {
    for (const answer of [empty(204), json({ deleted: true }), new Response('gone')])
      expect(await serve([answer]).adapter.delete('wh_1', live())).to.equal(undefined);
  });

  it('puts no secret that was sent into an error or the console', async () => {
    const logged: unknown[] = [];
    const own = { ...console };
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) console[name] = (...args: unknown[]) => logged.push(args);
    try {
      const input = sampleWebhookInput('oauth2');
      for (const answer of [new TypeError('Failed to fetch'), empty(400), new Response('<p>'), problem(409)]) {
        const { adapter } = serve([answer]);
        const error = await caught(adapter.update('wh_1', input, live()));
        const text = `${error.stack}${JSON.stringify(error)}${String(error.cause)}`;
        for (const secret of secretsOf(input).values()) expect(text).not.to.include(secret);
      }
    } finally {
      Object.assign(console, own);
    }
    expect(logged).to.eql([]);
  });

  it('rejects with the reason of the signal when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('navigated away');
    const { adapter } = serve([
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    ]);
    const call = caught(adapter.list({ limit: 1 }, { signal: controller.signal }));
    await Promise.resolve();
    controller.abort(reason);
    expect(await call).to.equal(reason);
  });
});

describe('createRestAdapter: trying again', () => {
  const ok = () => json({ items: [] });
  const random = Math.random;
  const timeout = globalThis.setTimeout;
  let waits: number[];
  beforeEach(() => {
    waits = [];
    Math.random = () => 0.5;
    // The waits are noted, not waited.
    globalThis.setTimeout = ((run: () => void, duration: number) => {
      waits.push(duration);
      queueMicrotask(run);
      return 0;
    }) as never;
  });
  afterEach(() => {
    Math.random = random;
    globalThis.setTimeout = timeout;
  });

  for (const [what, failure] of [
    ['no answer', new TypeError('Failed to fetch')],
    ['503', empty(503)],
    ['429', empty(429)],
  ] as const) {
    it(`reads again after ${what}, waiting longer each time`, async () => {
      const { adapter, requests } = serve([failure, failure, ok()]);
      expect(await adapter.list({ limit: 1 }, live())).to.eql({ items: [] });
      expect(requests.length).to.equal(3);
      expect(waits).to.eql([250, 500]);
    });

    it(`gives up after two more tries that end in ${what}`, async () => {
      const { adapter, requests } = serve([failure]);
      await caught(adapter.get('wh_1', live()));
      expect(requests.length).to.equal(3);
    });
  }

  it('sends a create again with the same key and body', async () => {
    const { adapter, requests } = serve([new TypeError('Failed to fetch'), empty(502), json(webhook, 201)]);
    const input = sampleWebhookInput('basic');
    expect(await adapter.create(input, submit())).to.eql(webhook);
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).to.eql(['key-1', 'key-1', 'key-1']);
    for (const request of requests) expect(await request.json()).to.eql(input);
  });

  it('sends nothing else again', async () => {
    const { adapter, requests } = serve([empty(503)], { capabilities: ['update', 'delete', 'sendTest', 'redeliver'] });
    await caught(adapter.update('wh_1', {}, live()));
    await caught(adapter.delete('wh_1', live()));
    await caught(adapter.sendTest({ input: sampleWebhookInput('none'), eventType: 'a' }, live()));
    await caught(adapter.redeliver('d_1', live()));
    expect(requests.length).to.equal(4);
  });

  it('does not repeat what would fail again', async () => {
    for (const status of [400, 401, 403, 404, 409, 422, 428]) {
      const { adapter, requests } = serve([empty(status)]);
      await caught(adapter.create(sampleWebhookInput('none'), submit()));
      expect(requests.length, String(status)).to.equal(1);
    }
  });

  it('waits as long as Retry-After says and a moment more, up to 10 seconds in all, and passes a longer wait on', async () => {
    const short = serve([empty(429, { 'retry-after': '6' }), empty(503, { 'retry-after': '0' }), ok()]);
    await short.adapter.list({ limit: 1 }, live());
    expect(waits).to.have.length(2);
    expect(waits[0]).to.be.within(6000, 6500);
    expect(waits[1]).to.be.within(0, 1000);

    const twice = serve([empty(429, { 'retry-after': '6' }), empty(429, { 'retry-after': '6' })]);
    expect(await caught(twice.adapter.list({ limit: 1 }, live()))).to.include({ code: 'rate-limited', retryAfter: 6 });
    expect(twice.requests.length).to.equal(2);

    const long = serve([empty(429, { 'retry-after': '11' })]);
    expect(await caught(long.adapter.list({ limit: 1 }, live()))).to.include({ code: 'rate-limited', retryAfter: 11 });
    expect(long.requests.length).to.equal(1);
  });

  it('stops waiting when it is aborted', async () => {
    globalThis.setTimeout = timeout;
    const controller = new AbortController();
    const reason = new Error('navigated away');
    const { adapter, requests } = serve([
      () => {
        timeout(() => controller.abort(reason));
        return empty(503, { 'retry-after': '5' });
      },
    ]);
    expect(await caught(adapter.list({ limit: 1 }, { signal: controller.signal }))).to.equal(reason);
    expect(requests.length).to.equal(1);
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds', () => {
    expect(['0', '120', ' 7 '].map(parseRetryAfter)).to.eql([0, 120, 7]);
  });

  it('reads an HTTP date, one in the past as no wait', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    expect(parseRetryAfter(inAMinute)).to.be.within(58, 60);
    expect(parseRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT')).to.equal(0);
    expect(parseRetryAfter('Sunday, 06-Nov-94 08:49:37 GMT')).to.equal(0);
  });

  it('ignores what is neither', () => {
    for (const bogus of [null, '', '-5', '1.5', '1e3', '0x10', 'soon', '12345678901', 'Infinity', '2026-01-31', 'Foo, bar GMT'])
      expect(parseRetryAfter(bogus), String(bogus)).to.equal(undefined);
  });
});

describe('pointerToPath', () => {
  const paths: [string, string][] = [
    ['/url', 'url'],
    ['#/url', 'url'],
    ['#/headers/10/key', 'headers.10.key'],
    ['/a~1b/~0c/~01', 'a/b.~c.~1'],
    ['#/a%20b/%C3%BC', 'a b.ü'],
    ['/a%20b', 'a%20b'],
    ['#/50%', '50%'],
    ['', ''],
    ['#', ''],
  ];
  for (const [pointer, path] of paths)
    it(`reads ${JSON.stringify(pointer)} as ${JSON.stringify(path)}`, () => {
      expect(pointerToPath(pointer)).to.equal(path);
    });
});
