import { expect } from '@open-wc/testing';
import { createMemoryAdapter } from '../../../src/adapters/memory.js';
import { AdapterError } from '../../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../../src/core/adapter.js';
import { createWebhookChanges, type Stored } from '../../../src/core/store/webhook-changes.js';
import { createWebhookStore } from '../../../src/core/store/webhook-store.js';
import { sampleWebhookInput } from '../../../src/testing/index.js';
import { named } from '../../helpers/hosts.js';
import { deferred, until } from '../../helpers/page.js';

const live = () => new AbortController().signal;
const many = (count: number) => named(...Array.from({ length: count }, (_, index) => `W${index}`));
const submit = (key = 'key') => ({ signal: live(), idempotencyKey: key });

/** The list of a host and what is done from it, with so many pages loaded. */
async function open(host: WebhookAdapter, { pages = 1, view = {} } = {}) {
  const lists: (string | undefined)[] = [];
  const list: WebhookAdapter['list'] = (query, options) => {
    lists.push(query.cursor);
    return host.list(query, options);
  };
  const store = createWebhookStore({ ...host, list }, { pageSize: 25, view });
  const told: [Stored, string][] = [];
  const changes = createWebhookChanges(store, (what, { id, active }) => told.push([what, `${id} ${active ? 'active' : 'inactive'}`]));
  await store.refresh();
  for (let page = 1; page < pages; page++) await store.loadMore();
  const rows = () => store.getState().rows.flatMap((row) => ('webhook' in row ? row.webhook : []));
  const settled = () => until(() => !store.getState().busy && !store.getState().arriving, 'the list');
  return { store, changes, rows, settled, lists, told };
}

/** The host does what it is asked, and its answer gets lost. */
const lossy = (host: ReturnType<typeof createMemoryAdapter>): WebhookAdapter => {
  const lose = <All extends unknown[]>(call: (...all: All) => Promise<unknown>) => async (...all: All) => {
    await call(...all);
    throw new AdapterError('network');
  };
  return { ...host, create: lose(host.create), update: lose(host.update), delete: lose(host.delete) };
};

/** The first call does its work at once and is answered when the test says so, whether anybody waits for it or not. */
function lateOnce<All extends unknown[], Answer>(call: (...all: All) => Promise<Answer>) {
  const gate = deferred<void>();
  let calls = 0;
  return {
    gate,
    calls: () => calls,
    call: async (...all: All) => {
      const isFirst = !calls++;
      const answer = await call(...all);
      if (isFirst) await gate.promise;
      return answer;
    },
  };
}

describe('a webhook that is added while a long answer becomes rows', () => {
  it('is in the list when all of it is there', async () => {
    const store = createWebhookStore(createMemoryAdapter({ webhooks: many(400) }), { pageSize: 1000 });
    const changes = createWebhookChanges(store);
    void store.refresh();
    await until(() => store.getState().arriving, 'the first rows');
    const added = await changes.create(sampleWebhookInput('none'), submit());
    expect(store.getState().arriving, 'in the midst of it').to.be.above(0);
    await until(() => !store.getState().arriving && !store.getState().busy, 'the last rows');
    expect(store.getState().rows).to.have.length(401);
    expect(store.getState().rows[0]!.key).to.equal(added.id);
    store.dispose();
  });
});

describe('an answer that comes when nobody waits for it any more', () => {
  it('does not overwrite a newer change, and is not told of', async () => {
    const host = createMemoryAdapter({ webhooks: many(2) });
    const late = lateOnce((id: string, ...rest: [object, object]) => host.update(id, rest[0], { signal: live() }));
    const { store, changes, rows, told, lists, settled } = await open({ ...host, update: late.call });
    const { id } = rows()[0]!;
    void changes.change(rows()[0]!, { active: false });
    await until(() => late.calls() === 1, 'the call');
    changes.cancel(id);
    await until(() => !rows()[0]!.active, 'the list to tell what came of it');
    await changes.change(rows()[0]!, { active: true });
    const asked = lists.length;
    let wasOld = false;
    store.subscribe(() => (wasOld ||= !rows()[0]!.active));
    late.gate.resolve();
    await until(() => lists.length > asked, 'a look at the list');
    await settled();
    expect(rows()[0]!.active).to.equal(true);
    expect(wasOld, 'for a moment').to.equal(false);
    expect(told).to.deep.equal([['updated', `${id} active`]]);
    store.dispose();
  });

  it('does not bring back what was deleted since', async () => {
    const host = createMemoryAdapter({ webhooks: many(2) });
    const late = lateOnce((input: Parameters<typeof host.create>[0], { idempotencyKey }: { idempotencyKey: string }) => host.create(input, submit(idempotencyKey)));
    const { store, changes, rows, lists, settled, told } = await open({ ...host, create: late.call });
    const stop = new AbortController();
    const input = sampleWebhookInput('none');
    const stopped = changes.create(input, { signal: stop.signal, idempotencyKey: 'key' }).catch(() => 'stopped');
    await until(() => late.calls() === 1, 'the call');
    stop.abort();
    expect(await stopped).to.equal('stopped');
    const made = await changes.create(input, submit());
    await changes.remove(made, live());
    const asked = lists.length;
    late.gate.resolve();
    await until(() => lists.length > asked, 'a look at the list');
    await settled();
    expect(rows().map(({ id }) => id)).not.to.include(made.id);
    expect(told.map(([what]) => what)).to.deep.equal(['created', 'deleted']);
    store.dispose();
  });
});

describe('an answer that got lost', () => {
  it('to a deletion: the rows, how many there are, and whether there are more, are the host’s', async () => {
    for (const [count, left] of [
      [60, 59],
      [51, 50],
    ] as const) {
      const { store, changes, rows, settled } = await open(lossy(createMemoryAdapter({ webhooks: many(count) })), { pages: 2 });
      expect([rows().length, store.getState().total]).to.deep.equal([50, count]);
      await changes.remove(rows()[3]!, live()).catch(() => undefined);
      await settled();
      const { total, nextCursor } = store.getState();
      expect([rows().length, total, nextCursor !== undefined]).to.deep.equal([50, left, left > 50]);
      store.dispose();
    }
  });

  it('what others added meanwhile can be reached', async () => {
    const host = createMemoryAdapter({ webhooks: many(40) });
    const { store, changes, rows, settled } = await open(lossy(host), { pages: 2 });
    for (let index = 0; index < 20; index++) await host.create(sampleWebhookInput('none'), submit(`${index}`));
    await changes.change(rows()[3]!, { active: false });
    await settled();
    while (store.getState().nextCursor !== undefined) await store.loadMore();
    await settled();
    expect(rows()).to.have.length(60);
    store.dispose();
  });

  it('to what the form sent: its row shows it, and what was added is there', async () => {
    const { store, changes, rows, settled } = await open(lossy(createMemoryAdapter({ webhooks: many(3) })));
    const { id, version } = rows()[0]!;
    await changes.update(id, { name: 'New name' }, version, live()).catch(() => undefined);
    await until(() => rows().some(({ name }) => name === 'New name'), 'the new name');
    await changes.create(sampleWebhookInput('none'), submit()).catch(() => undefined);
    await until(() => rows().length === 4, 'the new row');
    await settled();
    store.dispose();
  });

  it('is not undone by a refresh that was under way', async () => {
    const host = createMemoryAdapter({ webhooks: many(60) });
    const gate = deferred<void>();
    let isHeld = false;
    const { store, changes, rows, settled } = await open(
      {
        ...lossy(host),
        list: async (query, options) => {
          const mine = isHeld;
          isHeld = false;
          const answer = await host.list(query, options);
          if (mine) await gate.promise;
          return answer;
        },
      },
      { pages: 2 },
    );
    const { id } = rows()[3]!;
    isHeld = true;
    const refreshed = store.refresh();
    await changes.change(rows()[3]!, { active: false });
    gate.resolve();
    await refreshed;
    await settled();
    expect(rows().find((one) => one.id === id)!.active).to.equal(false);
    expect(rows()).to.have.length(50);
    store.dispose();
  });

  it('a look that fails: Retry keeps the pages that are loaded', async () => {
    const host = createMemoryAdapter({ webhooks: many(60) });
    let fails = false;
    const list: WebhookAdapter['list'] = (...all) => (fails ? Promise.reject(new AdapterError('unavailable')) : host.list(...all));
    const { store, changes, rows, settled } = await open({ ...lossy(host), list }, { pages: 2 });
    const { id } = rows()[3]!;
    fails = true;
    await changes.change(rows()[3]!, { active: false });
    await settled();
    expect(store.getState().failed?.call).to.equal('refresh');
    fails = false;
    await store.retry();
    await settled();
    expect(rows()).to.have.length(50);
    expect(rows().find((one) => one.id === id)!.active).to.equal(false);
    store.dispose();
  });

  it('a look that takes long is told, and can be stopped', async () => {
    const host = createMemoryAdapter({ webhooks: many(60) });
    let hangs = false;
    const { store, changes, rows } = await open(
      { ...lossy(host), list: (...all) => (hangs ? deferred<never>().promise : host.list(...all)) },
      { pages: 2 },
    );
    hangs = true;
    await changes.change(rows()[3]!, { active: false });
    expect(store.getState().busy).to.equal('refresh');
    store.cancel();
    expect(store.getState().busy).to.equal(undefined);
    expect(rows()).to.have.length(50);
    store.dispose();
  });

  it('a host whose cursors never end is not asked for ever', async () => {
    const webhooks = many(30);
    const { store, changes, rows, lists, settled } = await open(
      {
        list: ({ cursor }) =>
          Promise.resolve(cursor ? { items: cursor === 'first' ? webhooks.slice(25) : [], nextCursor: `${cursor}.` } : { items: webhooks.slice(0, 25), nextCursor: 'first' }),
        create: () => Promise.reject(new AdapterError('network')),
        update: () => Promise.reject(new AdapterError('network')),
      },
      { pages: 2 },
    );
    webhooks.splice(25);
    await changes.change(rows()[3]!, { active: false });
    await settled();
    expect(lists).to.deep.equal([undefined, 'first', undefined, 'first']);
    expect(rows()).to.have.length(25);
    store.dispose();
  });
});

describe('Load more that is under way', () => {
  for (const [what, make, view] of [
    ['a change whose answer got lost', lossy, {}],
    ['a change in a list that is sorted', (host: ReturnType<typeof createMemoryAdapter>) => host, { sort: 'name' as const }],
  ] as const)
    it(`is not lost by ${what}`, async () => {
      const host = createMemoryAdapter({ webhooks: many(60) });
      const gate = deferred<void>();
      const list: WebhookAdapter['list'] = async (query, options) => {
        if (query.cursor !== undefined) await gate.promise;
        return host.list(query, options);
      };
      const { store, changes, rows, settled } = await open({ ...make(host), list }, { view });
      void store.loadMore();
      await changes.change(rows()[3]!, { active: false });
      gate.resolve();
      await settled();
      expect(rows()).to.have.length(50);
      store.dispose();
    });
});

describe('many conflicts at once, with a host that shows no webhook alone', () => {
  it('are followed by one look at the pages that are loaded', async () => {
    const { get, ...host } = createMemoryAdapter({ webhooks: many(60) });
    expect(get).to.be.a('function');
    const { store, changes, rows, lists, settled } = await open(
      { ...host, update: () => Promise.reject(new AdapterError('conflict')) },
      { pages: 2 },
    );
    lists.length = 0;
    const some = rows().slice(0, 10);
    await changes.batch(async () => {
      for (const one of some) await changes.change(one, { active: false }, live());
    });
    await settled();
    expect(lists).to.have.length(2);
    expect(rows()).to.have.length(50);
    store.dispose();
  });
});
