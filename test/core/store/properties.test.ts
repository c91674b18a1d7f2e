import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { createMemoryAdapter } from '../../../src/adapters/memory.js';
import { AdapterError } from '../../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../../src/core/adapter.js';
import type { Webhook } from '../../../src/core/webhook.js';
import { createWebhookChanges } from '../../../src/core/store/webhook-changes.js';
import { createWebhookStore } from '../../../src/core/store/webhook-store.js';
import { until } from '../../helpers/page.js';
import { sampleWebhookInput } from '../../../src/testing/fixtures.js';

type Action =
  | { do: 'create'; name: string }
  | { do: 'rename'; at: number; name: string }
  | { do: 'toggle'; at: number }
  | { do: 'remove'; at: number }
  | { do: 'fail'; at: number }
  | { do: 'search'; text: string }
  | { do: 'more' }
  | { do: 'refresh' };

const name = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', 'b', 'ü', '🔑', ' ', '<') }).filter((text) => !!text.trim());
const at = fc.nat({ max: 9 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('create' as const), name }),
  fc.record({ do: fc.constant('rename' as const), at, name }),
  fc.record({ do: fc.constant('toggle' as const), at }),
  fc.record({ do: fc.constant('remove' as const), at }),
  fc.record({ do: fc.constant('fail' as const), at }),
  fc.record({ do: fc.constant('search' as const), text: fc.constantFrom('', 'a', 'ü') }),
  fc.constant({ do: 'more' as const }),
  fc.constant({ do: 'refresh' as const }),
);

const signal = new AbortController().signal;

/** A host whose next change can be made to fail, and that counts what it was asked to change. */
function host() {
  const memory = createMemoryAdapter();
  const asked = { create: 0, update: 0, delete: 0 };
  let fails = false;
  const counted =
    <Parameters extends unknown[], Answer>(kind: keyof typeof asked, call: (...all: Parameters) => Promise<Answer>) =>
    (...all: Parameters): Promise<Answer> => {
      asked[kind] += 1;
      if (!fails) return call(...all);
      fails = false;
      return Promise.reject(new AdapterError('unavailable'));
    };
  const adapter: WebhookAdapter = {
    ...memory,
    create: counted('create', memory.create.bind(memory)),
    update: counted('update', memory.update.bind(memory)),
    delete: counted('delete', memory.delete.bind(memory)),
  };
  return { adapter, memory, asked, failNext: () => (fails = true) };
}

describe('the list and what is done from it', () => {
  it('shows what the host has, asks once for each intent, and keeps every row that a failure touched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25, size: 'max' }), async (actions) => {
        const { adapter, memory, asked, failNext } = host();
        const store = createWebhookStore(adapter, { pageSize: 3 });
        const changes = createWebhookChanges(store);
        const wanted = { create: 0, update: 0, delete: 0 };
        const shown = (): Webhook[] => store.getState().rows.flatMap((row) => ('webhook' in row ? row.webhook : []));
        await store.refresh();

        for (const step of actions) {
          const target = 'at' in step ? shown()[step.at] : undefined;
          switch (step.do) {
            case 'create':
              wanted.create += 1;
              await changes.create({ ...sampleWebhookInput('none'), name: step.name }, { signal, idempotencyKey: crypto.randomUUID() });
              break;
            case 'rename':
              if (target) {
                wanted.update += 1;
                await changes.update(target.id, { name: step.name }, target.version, signal);
              }
              break;
            case 'toggle':
              if (target) {
                wanted.update += 1;
                // Twice at once is one intent: the second press comes while the first is under way.
                await Promise.all([changes.change(target, { active: !target.active }), changes.change(target, { active: !target.active })]);
              }
              break;
            case 'remove':
              if (target) {
                wanted.delete += 1;
                await changes.remove(target, signal);
              }
              break;
            case 'fail':
              if (target) {
                wanted.update += 1;
                failNext();
                const before = shown();
                expect(await changes.change(target, { name: 'never' })).to.equal(undefined);
                expect(shown()).to.deep.equal(before);
                expect(changes.getState().problems.get(target.id)?.error.code).to.equal('unavailable');
              }
              break;
            case 'search':
              await store.setView(step.text ? { search: step.text } : {});
              break;
            case 'more':
              await store.loadMore();
              break;
            case 'refresh':
              await store.refresh();
          }
          // A change may move a row out of the view: the list asks again by itself.
          await until(() => !store.getState().busy);
          expect(changes.getState().pending.size).to.equal(0);
          const ids = shown().map(({ id }) => id);
          expect(new Set(ids).size, 'no row twice').to.equal(ids.length);
        }
        expect(asked).to.deep.equal(wanted);

        // After the last page the rows are the host's, in its order.
        await store.refresh();
        while (store.getState().nextCursor !== undefined) await store.loadMore();
        const { view } = store.getState();
        const { items } = await memory.list({ ...view, limit: 1000 }, { signal });
        expect(shown()).to.deep.equal(items);
        store.dispose();
      }),
      { numRuns: 60 },
    );
  });
});

type Press =
  | { do: 'search'; text: string }
  | { do: 'more' | 'refresh' | 'cancel' }
  | { do: 'toggle' | 'remove'; at: number }
  | { do: 'create'; name: string };

const looking: fc.Arbitrary<Press> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('search' as const), text: fc.constantFrom('', 'a', 'ü') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('more' as const, 'refresh' as const) }) },
  fc.constant({ do: 'cancel' as const }),
);
const changing: fc.Arbitrary<Press> = fc.oneof(
  { weight: 3, arbitrary: looking },
  fc.record({ do: fc.constantFrom('toggle' as const, 'remove' as const), at }),
  fc.record({ do: fc.constant('create' as const), name }),
);

/** Answers that are on their way: the host did at once what it was asked, and what it says of it comes when the test likes. */
type Call = (...all: never[]) => Promise<unknown>;

function onTheirWay() {
  const waiting: (() => void)[] = [];
  const late =
    (call: Call): Call =>
    async (...all) => {
      const answer = await call(...all).then((value) => () => value, (error: unknown) => () => {
        throw error;
      });
      await new Promise<void>((resolve) => waiting.push(resolve));
      return answer();
    };
  /** Lets everybody go on who can, and then one more answer arrive: which one is for the test to say. */
  const arrive = async (which: number): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve));
    const [resolve] = waiting.splice(waiting.length && which % waiting.length, 1);
    resolve?.();
    await new Promise((done) => setTimeout(done));
    return waiting.length > 0;
  };
  return { late, arrive };
}

describe('the list, whatever answers come late and in whatever order', () => {
  for (const [what, press] of [
    ['looked at', looking],
    ['changed', changing],
  ] as const)
    it(`comes to what the host has where it is ${what}: no stale answer, no row twice, one call for each intent`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(press, fc.nat({ max: 5 }), fc.boolean()), { maxLength: 20, size: 'max' }), async (presses) => {
          const { adapter, memory, asked } = host();
          for (const text of ['a', 'aü', 'ü', 'b', 'ab', 'üb', 'aa', '🔑'])
            await memory.create({ ...sampleWebhookInput('none'), name: text }, { signal, idempotencyKey: crypto.randomUUID() });
          const { late, arrive } = onTheirWay();
          const store = createWebhookStore(
            Object.fromEntries(Object.entries(adapter).map(([method, call]) => [method, late(call as Call)])) as unknown as WebhookAdapter,
            { pageSize: 3 },
          );
          const changes = createWebhookChanges(store);
          const shown = () => store.getState().rows.map((row) => ('webhook' in row ? row.webhook.id : ''));
          const stop = store.subscribe(() => {
            expect(new Set(shown()).size, 'no row twice').to.equal(shown().length);
          });
          const wanted = { create: 0, update: 0, delete: 0 };
          let stopped = false;
          const busyWith = new Set<string>();
          const during = async (id: string, work: Promise<unknown>) => {
            busyWith.add(id);
            await work.catch(() => undefined);
            busyWith.delete(id);
          };
          const settle = async () => {
            while ((await arrive(0)) || store.getState().busy || store.getState().status === 'loading' || busyWith.size);
          };
          void store.refresh();
          for (const [step, which, arrives] of presses) {
            const row = 'at' in step ? store.getState().rows[step.at] : undefined;
            const target = row && 'webhook' in row && !busyWith.has(row.key) ? row.webhook : undefined;
            switch (step.do) {
              case 'search':
                stopped = false;
                void store.setView(step.text ? { search: step.text } : {});
                break;
              case 'more':
                void store.loadMore();
                break;
              case 'refresh':
                stopped = false;
                void store.refresh();
                break;
              case 'cancel':
                stopped ||= !!store.getState().busy;
                store.cancel();
                break;
              case 'toggle':
                if (!target) break;
                wanted.update += 1;
                void during(target.id, changes.change(target, { active: !target.active }));
                break;
              case 'remove':
                if (!target) break;
                wanted.delete += 1;
                void during(target.id, changes.remove(target, signal));
                break;
              case 'create':
                wanted.create += 1;
                void during(`new ${wanted.create}`, changes.create({ ...sampleWebhookInput('none'), name: step.name }, { signal, idempotencyKey: crypto.randomUUID() }));
            }
            if (arrives) await arrive(which);
          }
          await settle();
          expect(asked).to.deep.equal(wanted);
          expect(changes.getState().pending.size).to.equal(0);
          const { view, status, failed } = store.getState();
          const of = async (limit: number) => (await memory.list({ ...view, limit }, { signal })).items.map(({ id }) => id);
          const changed = wanted.create + wanted.update + wanted.delete > 0;
          // What was asked for last is what is shown, whatever came after it; but for what the person stopped waiting for.
          if (!changed && !stopped && status === 'ready' && !failed) expect(shown()).to.deep.equal(await of(shown().length || 1));
          void store.refresh();
          await settle();
          while (store.getState().nextCursor !== undefined) {
            void store.loadMore();
            await settle();
          }
          expect(shown()).to.deep.equal(await of(1000));
          stop();
          store.dispose();
        }),
        { numRuns: 60 },
      );
    }).timeout(60_000);
});
