import { expect } from '@open-wc/testing';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import { authTypeIds } from '../../src/core/auth/index.js';
import { webhookInputSchema, type Webhook, type WebhookInput } from '../../src/core/webhook.js';
import { attempt, deliveries } from '../helpers/deliveries.mjs';
import { adapterContract, describeAdapterContract, sampleWebhookInput, secretsOf } from '../../src/testing/index.js';

type Memory = ReturnType<typeof createMemoryAdapter>;

/** The cases that an adapter fails which is like the one in memory but for `fault`, with their messages. */
async function failures(fault: (memory: Memory) => Partial<WebhookAdapter>): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  const cases = adapterContract(() => {
    const memory = createMemoryAdapter();
    return { ...memory, ...fault(memory) };
  });
  for (const { name, run } of cases) await run().catch((error: Error) => failed.set(name, error.message));
  return failed;
}

const withSecret = (webhook: Webhook, input: WebhookInput): Webhook =>
  ({ ...webhook, authentication: input.authentication }) as unknown as Webhook;

describe('adapterContract', () => {
  it('finds no fault with a well-behaved adapter', async () => {
    expect([...(await failures(() => ({})))]).to.eql([]);
  });

  it('finds no fault with one that has deliveries, too', async () => {
    expect([...(await failures(deliveries))]).to.eql([]);
  });

  const tests = 'sendTest: says how the call went, of a new webhook and of a stored one, and repeats no secret';
  const logs = 'listDeliveries: its pages show each attempt once, newest first, and no secret';
  const again = 'redeliver: answers with the new attempt, without a secret, and not when it is aborted';
  const unknown = 'redeliver: an unknown id is "not-found"';
  const signal = new AbortController().signal;
  const faults: [name: string, said: string, make: (own: ReturnType<typeof deliveries>) => Partial<WebhookAdapter>][] = [
    [tests, 'the answer of sendTest is malformed at (root)', () => ({ sendTest: () => Promise.resolve(undefined as never) })],
    [
      tests,
      'the answer of sendTest contains the value of a secret',
      () => ({ sendTest: ({ input }) => Promise.resolve(attempt({ error: [...secretsOf(input).values()].join() })) }),
    ],
    ['sendTest: rejects when it is aborted', 'it resolved', () => ({ sendTest: () => Promise.resolve(attempt()) })],
    [
      logs,
      'an item of listDeliveries is malformed at id, eventType',
      () => ({ listDeliveries: () => Promise.resolve({ items: [{ nonsense: 1 }] as never }) }),
    ],
    [
      logs,
      'a page of listDeliveries has 3 items; the limit is 2',
      ({ listDeliveries }) => ({ listDeliveries: (id, query, options) => listDeliveries(id, { ...query, limit: 3 }, options) }),
    ],
    [
      logs,
      'newest first',
      ({ listDeliveries }) => ({
        listDeliveries: async (id, query, options) => {
          const page = await listDeliveries(id, query, options);
          return { ...page, items: page.items.reverse() };
        },
      }),
    ],
    [
      logs,
      'listDeliveries shows an attempt on more than one page',
      ({ listDeliveries }) => ({
        listDeliveries: async (id, query, options) => {
          const page = await listDeliveries(id, query, options);
          return { ...page, items: page.items.map((one) => ({ ...one, id: 'same' })) };
        },
      }),
    ],
    [
      logs,
      'listDeliveries returns the same cursor again',
      ({ listDeliveries }) => ({
        listDeliveries: async (id, { limit }, options) => ({ ...(await listDeliveries(id, { limit }, options)), nextCursor: 'again' }),
      }),
    ],
    [
      'listDeliveries: rejects when it is aborted',
      'it resolved',
      ({ listDeliveries }) => ({ listDeliveries: (id, query) => listDeliveries(id, query, { signal }) }),
    ],
    [unknown, 'it resolved', () => ({ redeliver: () => Promise.resolve(null as never) })],
    [
      again,
      'the answer of redeliver is malformed at (root)',
      ({ redeliver }) => ({ redeliver: async (id, options) => (await redeliver(id, options), null as never) }),
    ],
    [again, 'that it was to repeat', ({ redeliver }) => ({ redeliver: async (id, options) => ({ ...(await redeliver(id, options)), id }) })],
    [again, 'an aborted redeliver should reject', ({ redeliver }) => ({ redeliver: (id) => redeliver(id, { signal }) })],
  ];
  for (const [name, said, make] of faults)
    it(`catches in “${name}”: ${said}`, async () => {
      const failed = await failures((memory) => {
        const own = deliveries(memory);
        return { ...own, ...make(own) };
      });
      expect(failed.get(name)).to.include(said);
    });

  it('catches a secret in the answer of create', async () => {
    const failed = await failures(({ create }) => ({
      create: async (input, options) => withSecret(await create(input, options), input),
    }));
    for (const type of authTypeIds) {
      const name = `create: keeps a webhook with ${type}, and none of its secrets comes back`;
      expect(failed.get(name)).to.equal(type === 'none' ? undefined : 'the answer of create contains the value of a secret');
    }
    for (const message of failed.values()) expect(message).not.to.include('canary');
  });

  it('catches a secret that only the list shows', async () => {
    const inputs = new Map<string, WebhookInput>();
    const failed = await failures(({ create, list }) => ({
      create: async (input, options) => {
        const webhook = await create(input, options);
        inputs.set(webhook.id, input);
        return webhook;
      },
      list: async (query, options) => {
        const page = await list(query, options);
        return { ...page, items: page.items.map((item) => withSecret(item, inputs.get(item.id)!)) };
      },
    }));
    expect(failed.get('create: keeps a webhook with token per organization, and none of its secrets comes back')).to.equal(
      'a page of list contains the value of a secret',
    );
  });

  it('catches a secret in an error', async () => {
    const failed = await failures(({ create }) => ({
      create: (input, options) =>
        create(input, options).catch((error: AdapterError) => {
          throw new AdapterError(error.code, { message: `refused: ${[...secretsOf(input).values()].join()}` });
        }),
    }));
    expect([...failed]).to.eql([
      [
        'create: refuses a malformed webhook as "validation", stores nothing and repeats no secret',
        'the error of create contains the value of a secret',
      ],
    ]);
  });

  it('catches a hint that gives too much away', async () => {
    const failed = await failures(({ create }) => ({
      create: async (input, options) => {
        const webhook = await create(input, options);
        if (webhook.authentication.type === 'token')
          webhook.authentication.credentials[0]!.value.hint = (
            input.authentication.credentials[0] as { value: string }
          ).value.slice(-20);
        return webhook;
      },
    }));
    expect(failed.get('create: keeps a webhook with token, and none of its secrets comes back')).to.include('20 characters');
  });

  it('catches a forgotten idempotency key', async () => {
    const failed = await failures(({ create }) => ({
      create: (input, options) => create(input, { ...options, idempotencyKey: crypto.randomUUID() }),
    }));
    expect([...failed.keys()]).to.eql(['create: the same idempotency key makes one webhook']);
  });

  it('lets a host refuse one of two creates at once with the same key, but not both, and not the one after', async () => {
    const busy = new Set<string>();
    const outstanding = new AdapterError('conflict');
    const oneAtATime = await failures(({ create }) => ({
      create: async (input, options) => {
        if (busy.has(options.idempotencyKey)) throw outstanding;
        busy.add(options.idempotencyKey);
        // Once the other has been refused.
        await Promise.resolve();
        return create(input, options).finally(() => busy.delete(options.idempotencyKey));
      },
    }));
    expect([...oneAtATime]).to.eql([]);
    const same = 'create: the same idempotency key makes one webhook';
    for (const [refuses, code, said] of [
      [(_: number, arrived: number) => arrived === 2, 'conflict', 'both were refused'],
      [(count: number, arrived: number) => arrived === 2 && count === 2, 'unavailable', ''],
      [(count: number) => count === 3, 'conflict', ''],
    ] as const) {
      const tries = new Map<string, number>();
      const failed = await failures(({ create }) => ({
        create: async (input, options) => {
          const count = (tries.get(options.idempotencyKey) ?? 0) + 1;
          tries.set(options.idempotencyKey, count);
          // Until the other is there, too.
          await Promise.resolve();
          if (refuses(count, tries.get(options.idempotencyKey)!)) throw new AdapterError(code);
          return create(input, options);
        },
      }));
      expect([...failed.keys()]).to.eql([same]);
      expect(failed.get(same)).to.include(said);
    }
  });

  it('finds no fault with a host whose versions are ETags alone: none in a list', async () => {
    const withoutGet = await failures(({ list, create, update, delete: remove }) => ({
      list: async (query, options) => {
        const page = await list(query, options);
        return { ...page, items: page.items.map(({ version: _, ...item }) => item) };
      },
      create,
      update,
      delete: remove,
      get: undefined,
    }));
    expect([...withoutGet]).to.eql([]);
    const failed = await failures(({ list, get }) => ({
      list: async (query, options) => {
        const page = await list(query, options);
        return { ...page, items: page.items.map(({ version: _, ...item }) => item) };
      },
      get: async (id, options) => ({ ...(await get(id, options)), url: 'https://hooks.example.com/other' }),
    }));
    expect(failed.get('update: a change of the name leaves the rest')).to.include('get differs from list');
  });

  it('lets webhooks of the same second come in any order by date, and catches the wrong one', async () => {
    const inSeconds = (webhook: Webhook): Webhook => ({ ...webhook, createdAt: '2026-01-31T12:00:00Z' });
    const coarse = ({ list, get, create, update }: Memory): Partial<WebhookAdapter> => ({
      list: async (query, options) => {
        const page = await list({ ...query, ...(query.sort?.endsWith('createdAt') && { sort: 'name' }) }, options);
        return { ...page, items: page.items.map(inSeconds) };
      },
      get: async (...args) => inSeconds(await get(...args)),
      create: async (...args) => inSeconds(await create(...args)),
      update: (...args) =>
        update(...args).then(inSeconds, ({ code }: AdapterError) => {
          throw new AdapterError(code);
        }),
    });
    expect([...(await failures(coarse))]).to.eql([]);
    const failed = await failures(({ list }) => ({
      list: (query, options) => list({ ...query, ...(query.sort?.endsWith('createdAt') && { sort: 'name' }) }, options),
    }));
    expect([...failed.keys()]).to.eql(['list: sorts by name and by date, both ways']);
  });

  it('catches a row that is on two pages', async () => {
    const failed = await failures(({ list }) => ({
      list: async (query, options) => {
        const page = await list({ ...query, limit: Math.max(1, query.limit - 1) }, options);
        const before = query.cursor && ((await list({ limit: 100 }, options)).items[0] as Webhook);
        return before ? { ...page, items: [before, ...page.items] } : page;
      },
    }));
    expect(failed.get('list: its pages show each webhook once')).to.equal('list shows a webhook on more than one page');
  });

  it('catches paging by offset', async () => {
    const failed = await failures(({ list }) => ({
      list: async ({ cursor, ...query }, options) => {
        const from = Number(cursor ?? 0);
        const { items, total } = await list({ ...query, limit: 1000 }, options);
        const to = from + query.limit;
        return { items: items.slice(from, to), total: total!, ...(to < items.length && { nextCursor: String(to) }) };
      },
      // A row that comes shifts the others; one that goes would shift them back.
      delete: () => Promise.resolve(),
    }));
    expect([...failed.keys()]).to.include('list: its pages hold while rows come and go');
  });

  it('catches a cursor that leads nowhere', async () => {
    const failed = await failures(({ list }) => ({
      list: async (query, options) => ({ ...(await list({ ...query, cursor: '' }, options)), nextCursor: 'again' }),
    }));
    expect(failed.get('list: its pages show each webhook once')).to.equal('list returns the same cursor again');
  });

  it('catches pages that are too long, and searches, sorts and filters that do nothing', async () => {
    const failed = await failures(({ list }) => ({ list: (_, options) => list({ limit: 1000 }, options) }));
    for (const part of ['its pages show', 'searches', 'sorts', 'filters'])
      expect([...failed.keys()].some((name) => name.startsWith(`list: ${part}`)), part).to.be.true;
  });

  it('catches a total that counts a page', async () => {
    const failed = await failures(({ list }) => ({
      list: async (query, options) => {
        const page = await list(query, options);
        return { ...page, total: page.items.length };
      },
    }));
    expect([...failed.values()]).to.eql(['list says that 2 webhooks match, not 3']);
  });

  it('catches a signal that nobody looks at', async () => {
    const signal = new AbortController().signal;
    const failed = await failures(({ create, list, get, update, delete: remove }) => ({
      create: (input, { idempotencyKey }) => create(input, { signal, idempotencyKey }),
      list: (query) => list(query, { signal }),
      get: (id) => get(id, { signal }),
      update: (id, changes, options) => update(id, changes, { ...options, signal }),
      delete: (id, options) => remove(id, { ...options, signal }),
    }));
    expect([...failed.keys()]).to.eql([
      'create: an aborted call rejects and stores nothing',
      'list: rejects when it is aborted',
      'get: rejects when it is aborted',
      'update: an aborted call rejects and changes nothing',
      'delete: an aborted call rejects and deletes nothing',
    ]);
  });

  it('catches a version that nobody looks at', async () => {
    const failed = await failures((memory) => ({
      update: (id, changes, { signal }) => memory.update(id, changes, { signal }),
      delete: (id, { signal }) => memory.delete(id, { signal }),
    }));
    expect([...failed.keys()]).to.eql(['update: an older version is a "conflict"', 'delete: an older version is a "conflict"']);
  });

  it('catches an update that loses what was not sent', async () => {
    const blank: WebhookInput = { ...sampleWebhookInput('none'), headers: [] };
    const failed = await failures(({ update }) => ({ update: (id, changes, options) => update(id, { ...blank, ...changes }, options) }));
    expect(failed.get('update: a change of the name leaves the rest')).to.include('the answer of update');
  });

  it('catches an update that keeps the old secret in place of the new, as the hint tells', async () => {
    const failed = await failures(({ update, get }) => ({
      update: async (id, changes, options) => {
        const { authentication } = await get(id, options);
        await update(id, changes, options);
        return { ...(await get(id, options)), authentication };
      },
    }));
    expect([...failed.keys()]).to.include('update: changes the authentication type');
  });

  it('catches an update that takes "keep it" for a new secret', async () => {
    const failed = await failures(({ update }) => ({
      update: (id, changes, options) =>
        update(
          id,
          JSON.parse(JSON.stringify(changes).replaceAll('{"stored":true}', '"[object Object] and more"')) as typeof changes,
          options,
        ),
    }));
    for (const type of authTypeIds.filter((id) => id !== 'none'))
      expect([...failed.keys()]).to.include(`update: keeps and replaces the secrets of ${type}`);
    expect([...failed.keys()]).to.include('update: refuses to keep a secret that another organization stored');
  });

  it('catches errors without a code, and with the wrong one', async () => {
    const bare = await failures(({ get }) => ({ get: (id, options) => get(id, options).catch(() => Promise.reject(new Error('404'))) }));
    expect(bare.get('get: an unknown id is "not-found"')).to.include('without one of the contract');
    const wrong = await failures(({ get }) => ({
      get: (id, options) => get(id, options).catch(() => Promise.reject(new AdapterError('unknown'))),
    }));
    expect(wrong.get('get: an unknown id is "not-found"')).to.include('rejected with "unknown", not "not-found"');
  });

  it('catches a webhook that does not fit the schema', async () => {
    const failed = await failures(({ create }) => ({
      create: async (input, options) => ({ ...(await create(input, options)), createdAt: 'yesterday' }),
    }));
    expect([...failed.values()]).to.include('the answer of create: createdAt is no date');
  });

  it('skips what the adapter cannot do', async () => {
    const skipped: string[] = [];
    for (const { name, run } of adapterContract(() => {
      const { list, create } = createMemoryAdapter();
      return { list, create };
    }))
      if ((await run()) === 'skipped') skipped.push(name.split(':')[0]!);
    expect(new Set(skipped)).to.eql(new Set(['list', 'get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver']));
  });

  it('deletes what it made', async () => {
    const adapter = createMemoryAdapter();
    for (const { run } of adapterContract(() => adapter)) await run();
    expect((await adapter.list({ limit: 1 }, { signal: new AbortController().signal })).total).to.equal(0);
  });

  it('leaves out the authentication types that a host does not have', async () => {
    const names = adapterContract(createMemoryAdapter, { authTypes: ['none'] }).map(({ name }) => name);
    expect(names.some((name) => /basic|token|secret of|per organization/.test(name))).to.be.false;
    const cases = adapterContract(createMemoryAdapter, { authTypes: ['none'] });
    for (const { run } of cases) await run();
  });
});

describe('describeAdapterContract', () => {
  it('defines one test for each case with the functions it is given, and skips through the context', async () => {
    const titles: string[] = [];
    const runs: (() => Promise<void>)[] = [];
    let skips = 0;
    describeAdapterContract('mine', createMemoryAdapter, {
      describe: (title, define) => {
        titles.push(title);
        define();
      },
      it: (_, run) => runs.push(() => run({ skip: () => void (skips += 1) })),
    });
    for (const run of runs) await run();
    expect(titles).to.eql(['adapter contract: mine']);
    expect(runs.length).to.equal(adapterContract(createMemoryAdapter).length);
    // listEventTypes, listOrganizations, and what the cases of deliveries ask for.
    expect(skips).to.equal(8);
  });
});

describe('sampleWebhookInput', () => {
  for (const type of authTypeIds)
    it(`is well-formed for ${type}, with secrets unlike each other`, () => {
      for (const organizations of [undefined, ['org_1', 'org_2']]) {
        const input = sampleWebhookInput(type, { organizations });
        expect(webhookInputSchema.parse(input)).to.eql(input);
        const secrets = [...secretsOf(input).values()];
        expect(new Set(secrets).size).to.equal(secrets.length);
        expect(secrets.length > 0).to.equal(type !== 'none');
      }
    });
});
