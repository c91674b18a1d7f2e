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

/** What the developer is told in the console while `run` runs. */
async function told(run: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const own = { ...console };
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) console[name] = (...args: unknown[]) => lines.push(args.map(String).join(' '));
  try {
    await run();
  } finally {
    Object.assign(console, own);
  }
  return lines;
}

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
      expect(await adapter.list({ limit: 1 }, live())).to.eql({ items: [], asked: `${location.origin}/api/webhooks?limit=1` });
    } finally {
      globalThis.fetch = own;
    }
  });

  it('keeps to the address that a relative base had when it was made, wherever a router goes from there', async () => {
    const before = location.href;
    const { adapter, requests } = serve([json({})], { baseUrl: 'api' });
    const expected = new URL('api/webhooks?limit=1', document.baseURI).href;
    try {
      history.pushState(null, '', '/settings/integrations/webhooks');
      await adapter.list({ limit: 1 }, live());
    } finally {
      history.replaceState(null, '', before);
    }
    expect(requests.map(({ url }) => url)).to.eql([expected]);
  });

  it('asks no cache, which would show what was there before', async () => {
    const { adapter, requests } = serve([json({})]);
    await adapter.list({ limit: 1 }, live());
    await adapter.get('wh_1', live());
    expect(requests.map(({ cache }) => cache)).to.eql(['no-store', 'no-store']);
  });

  it('says that it reads problem details, and sends what the mapping needs whatever the page sends', async () => {
    const { adapter, requests } = serve([json({})], { headers: { Accept: 'text/html', 'Content-Type': 'x/y', 'If-Match': '"own"', 'X-Own': '1' } });
    await adapter.update('wh_1', {}, { ...live(), version: '7' });
    const sent = requests[0]!.headers;
    expect(sent.get('accept')).to.equal('application/json, application/problem+json');
    expect(['content-type', 'if-match', 'x-own'].map((name) => sent.get(name))).to.eql(['application/json', '"7"', '1']);
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

describe('createRestAdapter: null', () => {
  it('is what is absent, in a webhook, a page and a problem', async () => {
    const bare = { ...webhook, version: null, health: null, authentication: { ...webhook.authentication, extra: null } };
    const { adapter } = serve([
      json({ items: [bare], nextCursor: null, total: null }),
      json(bare),
      problem(409, { title: null, detail: 'Taken.', errors: null, current: { ...webhook, health: null } }),
    ]);
    const { version, ...rest } = webhook;
    expect(version).to.be.a('string');
    expect(await adapter.list({ limit: 1 }, live())).to.deep.equal({ items: [rest] });
    expect(await adapter.get('1', live())).to.deep.equal(rest);
    const error = await caught(adapter.update('1', { name: 'New' }, live()));
    expect([error.code, error.message, error.current]).to.deep.equal(['conflict', 'Taken.', webhook]);
  });

  it('stays in the sample of an event, and in a list', async () => {
    const types = [{ id: 'a', label: 'A', group: null, sample: { deletedAt: null, list: [null] } }, null];
    const { adapter } = serve([json(types)]);
    expect(await adapter.listEventTypes(live())).to.deep.equal([{ id: 'a', label: 'A', sample: { deletedAt: null, list: [null] } }, null]);
  });

  it('names of JSON that mean something to JavaScript are names', async () => {
    const { adapter } = serve([new Response('[{"__proto__": {"id": "x"}, "id": null}]')]);
    const [answer] = (await adapter.listEventTypes(live())) as unknown as [object];
    expect(Object.keys(answer)).to.deep.equal(['__proto__']);
    expect((answer as { id?: string }).id).to.equal(undefined);
  });
});

describe('createRestAdapter: versions', () => {
  const versions: [string | null | undefined, string | null, string | undefined][] = [
    [undefined, '"7"', '7'],
    [undefined, 'W/"7"', '7'],
    [undefined, 'W/"a/b"', 'a/b'],
    [undefined, '""', ''],
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

  for (const etag of ['"a b"', '"a%20b"', '"a"b"', '"\xe9"', '"\xc3\xa9"', '""', '"*"', '"W/1"'])
    it(`sends back ${etag} byte by byte`, async () => {
      const { adapter, requests } = serve([json({ ...webhook, version: undefined }, 200, { etag })]);
      const { version } = await adapter.get('wh_1', live());
      await adapter.update('wh_1', {}, { ...live(), version: version! });
      expect(requests[1]!.headers.get('if-match')).to.equal(etag);
    });

  it('sends any version: what would end a tag, or no header can hold, is percent-encoded', async () => {
    const { adapter, requests } = serve([json({})]);
    for (const version of ['2026-01-31 12:00:00', 'a"b', '版', 'é', '🔑', '50%', 'W/x', '"版"']) await adapter.delete('wh_1', { ...live(), version });
    expect(requests.map(({ headers }) => headers.get('if-match'))).to.eql(
      ['2026-01-31 12:00:00', 'a%22b', '%E7%89%88', '%C3%A9', '%F0%9F%94%91', '50%', 'W/x', '%22%E7%89%88%22'].map((tag) => `"${tag}"`),
    );
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
    408: 'unavailable',
    409: 'conflict',
    410: 'not-found',
    412: 'conflict',
    418: 'unknown',
    422: 'validation',
    425: 'unavailable',
    428: 'unknown',
    429: 'rate-limited',
    500: 'unavailable',
    501: 'unknown',
    503: 'unavailable',
    505: 'unknown',
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
  });

  it('takes the title of a problem, unless it is the name of the status, for which there are better words', async () => {
    const messageFor = async (body: object) => (await caught(serve([problem(401, body)]).adapter.update('wh_1', {}, live()))).message;
    expect(await messageFor({ type: 'https://example.com/frozen', title: 'The account is frozen.', detail: 7 })).to.equal('The account is frozen.');
    for (const type of [undefined, 'about:blank', 7, 'https://tools.ietf.org/html/rfc9110#section-15.5.2'])
      expect(await messageFor({ type, title: 'Unauthorized', status: 401 }), String(type)).to.equal('');
    expect(await messageFor({ type: 'about:blank', title: 'Unauthorized', detail: 'Sign in.' })).to.equal('Sign in.');
    expect(await messageFor({ title: 'This name is taken.' })).to.equal('This name is taken.');
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

  it('takes the version of what is stored from the ETag of the 412, or asks for it', async () => {
    const { version: _, ...bare } = webhook;
    const told = serve([problem(412, { current: bare }, { etag: '"9"' })]);
    expect((await caught(told.adapter.update('wh_1', {}, live()))).current).to.eql({ ...webhook, version: '9' });
    expect(told.requests.length).to.equal(1);

    const asked = serve([problem(412, { current: bare }), json(bare, 200, { etag: '"9"' })]);
    expect((await caught(asked.adapter.update('wh_1', {}, live()))).current).to.eql({ ...webhook, version: '9' });
    // What was told is better than nothing.
    for (const [answers, options] of [
      [[empty(500)], {}],
      [[], { capabilities: ['update'] }],
    ] as const)
      expect((await caught(serve([problem(412, { current: bare }), ...answers], options).adapter.update('wh_1', {}, live()))).current).to.eql(bare);
  });

  for (const status of [404, 410])
    it(`what is gone by the time that it is asked for after 412 is "not-found" (${status})`, async () => {
      for (const change of ['update', 'delete'] as const) {
        const { adapter, requests } = serve([empty(412), empty(status)]);
        const call = change === 'update' ? adapter.update('wh_1', {}, live()) : adapter.delete('wh_1', live());
        expect(await caught(call)).to.include({ code: 'not-found' });
        expect(requests.length).to.equal(2);
      }
    });

  it('asks nothing after a 412 on create: there is no webhook to ask for', async () => {
    const { adapter, requests } = serve([empty(412)]);
    expect(await caught(adapter.create(sampleWebhookInput('none'), submit()))).to.include({ code: 'conflict', current: undefined });
    expect(lines(requests)).to.eql(['POST /webhooks']);
  });

  it('a list that is not there is no webhook that is gone: the developer is told that the address is wrong', async () => {
    for (const status of [404, 410]) {
      const { adapter, requests } = serve([empty(status)]);
      const said = await told(async () => {
        for (const call of [adapter.list({ limit: 1 }, live()), adapter.create(sampleWebhookInput('none'), submit())])
          expect(await caught(call)).to.include({ code: 'unavailable', message: '' });
      });
      expect(said).to.have.length(2);
      expect(said[0]).to.include('there is no https://api.example.com/v1/webhooks');
      expect(requests.length, 'asked once each').to.equal(2);
      expect(await caught(adapter.listEventTypes(live())), 'a catalogue need not be there').to.include({ code: 'not-found' });
    }
  });

  it('is a conflict without current when that cannot be had', async () => {
    for (const [answer, options, count] of [
      [empty(500), {}, 2],
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
    // Of a wrapper that gives up by itself; nobody here has aborted.
    expect(await codeOf(new DOMException('aborted', 'AbortError'))).to.equal('network');
    expect(await codeOf(new DOMException('', 'TimeoutError'))).to.equal('network');
    expect(await told(async () => expect(await codeOf(new Error('no token'))).to.equal('unknown'))).to.eql(['webhook-settings: createRestAdapter: fetch failed.']);
    expect(await codeOf(new AdapterError('unauthenticated'))).to.equal('unauthenticated');
  });

  const token = 'canary-token';
  const mistakes: Record<string, Partial<RestAdapterOptions>> = {
    'headers() that throws': { headers: () => { throw new Error(token); } },
    'headers() with a bug': { headers: () => ({ a: (undefined as unknown as { b: string }).b }) },
    'headers() that rejects with something': { headers: () => Promise.reject(token) },
    'headers() that returns null': { headers: () => null as unknown as HeadersInit },
    'a header value that is none': { headers: { Authorization: `Bearer ${token}\nb` } },
    'a header name that is none': { headers: { [`${token}:`]: 'a' } },
    'fetch that returns nothing': { fetch: () => Promise.resolve(undefined as unknown as Response) },
    'fetch that returns junk': { fetch: () => Promise.resolve({ ok: true } as Response) },
    'fetch that throws at once': { fetch: () => { throw new Error(token); } },
  };
  for (const [what, options] of Object.entries(mistakes))
    it(`${what} is the developer's to mend: it is told once, without what was handed in, and not tried again`, async () => {
      const said = await told(async () => {
        const error = await caught(createRestAdapter({ baseUrl: '/api', ...options }).list({ limit: 1 }, live()));
        expect(error).to.be.instanceOf(AdapterError);
        expect(error).to.include({ code: 'unknown', message: '' });
        expect(error.cause).to.be.ok;
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.match(/createRestAdapter: .*(header|fetch)/).and.not.include(token);
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

  for (const status of [200, 202, 204, 205])
    it(`asks for what a change that was answered with ${status} and nothing else has made`, async () => {
      const { adapter, requests } = serve([empty(status), json({ id: 'wh_1' }, 200, { etag: '"2"' })]);
      expect(await adapter.update('wh_1', { name: 'New' }, { ...live(), version: '1' })).to.eql({ id: 'wh_1', version: '2' });
      expect(lines(requests)).to.eql(['PATCH /webhooks/wh_1', 'GET /webhooks/wh_1']);
      expect(requests[1]!.headers.get('if-match')).to.equal(null);
    });

  for (const location of ['/v1/webhooks/wh_1', 'https://elsewhere.example.com/api/webhooks/wh_1/?x=/y', 'wh_1', 'webhooks/wh%5F1#a'])
    it(`asks for what was created where only its Location ${location} is told, and nowhere else`, async () => {
      const { adapter, requests } = serve([empty(201, { location }), json({ id: 'wh_1' })]);
      expect(await adapter.create(sampleWebhookInput('none'), submit())).to.eql({ id: 'wh_1' });
      expect(lines(requests)).to.eql(['POST /webhooks', 'GET /webhooks/wh_1']);
    });

  it('what was created and is told nowhere is "unknown", and not created again', async () => {
    for (const [answer, options] of [
      [empty(201), {}],
      [empty(201, { location: '/webhooks/wh_1' }), { capabilities: [] }],
      [new Response('made', { status: 201, headers: { location: '/webhooks/wh_1' } }), {}],
    ] as const) {
      const { adapter, requests } = serve([answer], options);
      expect(await caught(adapter.create(sampleWebhookInput('none'), submit()))).to.include({ code: 'unknown' });
      expect(requests.length).to.equal(1);
    }
  });

  it('asks for the version that a server demands and has not told in its list', async () => {
    const demanding = serve([empty(428), new Response('{"id":"wh_1"}', { headers: { etag: '"5"' } }), empty(204)]);
    await demanding.adapter.delete('wh_1', live());
    expect(demanding.requests.map(({ method, headers }) => `${method} ${headers.get('if-match')}`)).to.eql(['DELETE null', 'GET null', 'DELETE "5"']);
    const updated = serve([empty(428), new Response('{"id":"wh_1"}', { headers: { etag: '"5"' } }), json({ id: 'wh_1', name: 'New' })]);
    expect(await updated.adapter.update('wh_1', { name: 'New' }, live())).to.eql({ id: 'wh_1', name: 'New' });
    expect(updated.requests.map(({ method, headers }) => `${method} ${headers.get('if-match')}`)).to.eql(['PATCH null', 'GET null', 'PATCH "5"']);
    expect(await updated.requests[2]!.json()).to.eql({ name: 'New' });
    // One that was known and is refused is not replaced behind the person's back.
    const known = serve([empty(428)]);
    expect(await caught(known.adapter.delete('wh_1', { ...live(), version: '4' }))).to.include({ code: 'unknown' });
  });

  it('is a network failure when the page fails to make its headers for want of one, and when its fetch runs out of time', async () => {
    // In Chromium and Firefox, WebKit, Node.
    for (const message of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed', 'fetch failed']) {
      const headers = () => Promise.reject(new TypeError(message));
      const said = await told(async () => expect(await caught(createRestAdapter({ baseUrl: '/api', headers }).update!('wh_1', {}, live()))).to.include({ code: 'network' }));
      expect(said).to.eql([]);
    }
    const slow = () => Promise.reject(new DOMException('', 'TimeoutError'));
    expect(await caught(createRestAdapter({ baseUrl: '/api', fetch: slow }).update!('wh_1', {}, live()))).to.include({ code: 'network' });
  });

  it('refuses a base with a user, a query or a fragment, without repeating it', async () => {
    for (const baseUrl of ['/api?tenant=canary', '/api#canary', 'https://canary@api.example.com', new URL('https://u:canary@api.example.com')]) {
      const said = await told(() => Promise.resolve(expect(() => createRestAdapter({ baseUrl })).to.throw(TypeError, /^baseUrl(?!.*canary)/)));
      expect(said.join()).to.include('baseUrl').and.not.include('canary');
    }
    expect(() => createRestAdapter({ baseUrl: '/@me/api' })).not.to.throw();
  });

  it('an id that leads elsewhere, or that no URL can hold, is one that there is not', async () => {
    const { adapter, requests } = serve([], { capabilities: ['get', 'update', 'delete', 'redeliver', 'listDeliveries'] });
    for (const id of ['', '.', '..', 'a\ud800', '\udc00'])
      for (const call of [
        () => adapter.get(id, live()),
        () => adapter.update(id, {}, live()),
        () => adapter.delete(id, live()),
        () => adapter.redeliver(id, live()),
        () => adapter.listDeliveries(id, { limit: 1 }, live()),
      ])
        expect(await caught(call()), JSON.stringify(id)).to.include({ code: 'not-found' });
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
  /** Milliseconds on a clock that goes on only when someone waits, or when the test says so. */
  let now: number;
  beforeEach(() => {
    waits = [];
    now = 0;
    Math.random = () => 0.5;
    performance.now = () => now;
    // The waits are noted, not waited.
    globalThis.setTimeout = ((run: () => void, duration: number) => {
      waits.push(duration);
      now += duration;
      queueMicrotask(run);
      return 0;
    }) as never;
  });
  afterEach(() => {
    Math.random = random;
    Reflect.deleteProperty(performance, 'now');
    globalThis.setTimeout = timeout;
  });
  const after = (seconds: number, answer: Response) => () => ((now += seconds * 1000), answer.clone());

  for (const [what, failure] of [
    ['no answer', new TypeError('Failed to fetch')],
    ['503', empty(503)],
    ['429', empty(429)],
    ['408', empty(408)],
    ['425', empty(425)],
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
    for (const status of [400, 401, 403, 409, 422, 428, 501, 505]) {
      const { adapter, requests } = serve([empty(status)]);
      await caught(adapter.create(sampleWebhookInput('none'), submit()));
      expect(requests.length, String(status)).to.equal(1);
    }
  });

  it('does not repeat a create that has no key to make it safe', async () => {
    const { adapter, requests } = serve([empty(503)]);
    await caught(adapter.create(sampleWebhookInput('none'), live() as never));
    expect(requests.length).to.equal(1);
    expect(requests[0]!.headers.has('idempotency-key')).to.equal(false);
  });

  it('waits while the first try of a create is still under way (409 on its repeat)', async () => {
    const lost = new TypeError('Failed to fetch');
    const outstanding = problem(409, { title: 'A request is outstanding for this Idempotency-Key' }, { 'retry-after': '1' });
    const { adapter, requests } = serve([lost, outstanding, outstanding, outstanding, json(webhook, 201)]);
    expect(await adapter.create(sampleWebhookInput('basic'), submit())).to.eql(webhook);
    expect(requests.length).to.equal(5);
    // The second that it says, and a moment that doubles each time.
    expect(waits).to.eql([250, 1500, 2000, 3000]);
    // Without a word on how long, as often as after any other failure.
    const vague = serve([lost, problem(409)]);
    expect(await caught(vague.adapter.create(sampleWebhookInput('basic'), submit()))).to.include({ code: 'conflict' });
    expect(vague.requests.length).to.equal(3);
  });

  it('a 409 on the first try, and one that says what clashes, is no wait', async () => {
    const first = serve([problem(409, {}, { 'retry-after': '1' })]);
    expect(await caught(first.adapter.create(sampleWebhookInput('basic'), submit()))).to.include({ code: 'conflict' });
    expect(first.requests.length).to.equal(1);
    for (const body of [{ current: webhook }, { errors: [{ pointer: '#/name', detail: 'Taken' }] }]) {
      const clash = serve([empty(503), problem(409, body, { 'retry-after': '1' })]);
      expect(await caught(clash.adapter.create(sampleWebhookInput('basic'), submit()))).to.include({ code: 'conflict' });
      expect(clash.requests.length).to.equal(2);
    }
  });

  it('gives up 10 seconds after the first try began, however long each try took', async () => {
    const { adapter, requests } = serve([after(6, empty(504))]);
    expect(await caught(adapter.list({ limit: 1 }, live()))).to.include({ code: 'unavailable' });
    expect(requests.length).to.equal(2);
    const slow = serve([after(11, empty(504))]);
    await caught(slow.adapter.list({ limit: 1 }, live()));
    expect(slow.requests.length).to.equal(1);
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

  it('reads each form of an HTTP date (RFC 9110 §5.6.7), all of them in UTC', () => {
    const at = Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
    const [day, date, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ') as [string, string, string, string, string];
    const long = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(at);
    for (const form of [
      `${day}, ${date} ${month} ${year} ${time} GMT`,
      `${long}, ${date}-${month}-${year.slice(2)} ${time} GMT`,
      `${day} ${month} ${String(Number(date)).padStart(2)} ${time} ${year}`,
    ])
      expect(parseRetryAfter(form), form).to.be.within(3598, 3600);
  });

  it('reads an HTTP date, one in the past as no wait', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    expect(parseRetryAfter(inAMinute)).to.be.within(58, 60);
    expect(parseRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT')).to.equal(0);
    expect(parseRetryAfter('Sunday, 06-Nov-94 08:49:37 GMT')).to.equal(0);
  });

  it('ignores what is neither', () => {
    for (const bogus of [null, '', '-5', '1.5', '1e3', '0x10', 'soon', '12345678901', 'Infinity', '2026-01-31', 'Foo, bar GMT', 'Sun Nov 1994', 'at 10:00 in 2026', '120, 120'])
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
