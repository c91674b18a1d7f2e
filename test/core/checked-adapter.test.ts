import { expect } from '@open-wc/testing';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import { CheckedAdapter } from '../../src/core/checked-adapter.js';
import type { Webhook } from '../../src/core/webhook.js';
import { sampleWebhookInput } from '../../src/testing/index.js';
import { deferred } from '../helpers/page.js';
import { storedWebhook } from '../helpers/widget.js';

const live = () => ({ signal: new AbortController().signal });
const submit = () => ({ ...live(), idempotencyKey: 'key-1' });
const input = sampleWebhookInput('none');
const webhook = storedWebhook({ id: 'wh_1', name: 'Stored' });

/** Each way to get a webhook from a host that does `run` for all of them. */
function ways(run: () => unknown): Record<'get' | 'create' | 'update', () => Promise<Webhook>> {
  const adapter = { list: run, get: run, create: run, update: run, delete: run } as unknown as WebhookAdapter;
  const checked = new CheckedAdapter(adapter);
  return {
    get: () => checked.get('wh_1', live()),
    create: () => checked.create(input, submit()),
    update: () => checked.update('wh_1', { name: 'New' }, live()),
  };
}

const caught = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('it resolved'),
    (error: unknown) => error as AdapterError,
  );

describe('the checked adapter', () => {
  it('copies a webhook field by field: what the schemas do not know stays outside', async () => {
    for (const call of Object.values(ways(() => Promise.resolve({ ...webhook, extra: 'x' })))) {
      const answer = await call();
      expect(answer).to.deep.equal(webhook);
      expect(answer).not.to.equal(webhook);
    }
  });

  for (const [what, answer] of [
    ['nothing', undefined],
    ['a text', 'stored'],
    ['a webhook without a name', { ...webhook, name: undefined }],
    [
      'a webhook with the value of a secret',
      { ...webhook, authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'a', password: 'canary' }] } },
    ],
  ] as const)
    it(`refuses ${what}, and names where, never what`, async () => {
      for (const [method, call] of Object.entries(ways(() => Promise.resolve(answer)))) {
        const error = await caught(call());
        expect(error).to.be.instanceOf(AdapterError);
        expect(error).to.include({ code: 'unknown', message: '' });
        expect((error.cause as Error).message).to.match(new RegExp(`^${method}: malformed answer at `)).and.not.include('canary');
      }
    });

  it('hands on what is stored with a conflict, parsed like any other answer', async () => {
    const current = { ...webhook, extra: 'x' } as Webhook;
    for (const [method, call] of Object.entries(ways(() => Promise.reject(new AdapterError('conflict', { message: 'Not now.', retryAfter: 3, fieldErrors: { name: 'Taken' }, current }))))) {
      const error = await caught(call());
      expect(error).to.deep.include({ code: 'conflict', message: 'Not now.', retryAfter: 3, fieldErrors: { name: 'Taken' } });
      // What was to be created is none that is stored.
      expect(error.current).to.deep.equal(method === 'create' ? undefined : webhook);
    }
  });

  it('takes no answer about another webhook', async () => {
    const another = { ...webhook, id: 'wh_2' };
    for (const [method, call] of Object.entries(ways(() => Promise.resolve(another))))
      if (method !== 'create') expect(((await caught(call())).cause as Error).message).to.equal(`${method}: malformed answer at id`);
    for (const call of Object.values(ways(() => Promise.reject(new AdapterError('conflict', { current: another })))))
      expect((await caught(call())).current).to.equal(undefined);
  });

  it('leaves out what is stored where it is none, and keeps the rest of the refusal', async () => {
    const bad = [
      { id: 'wh_1' },
      'stored',
      { ...webhook, authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'a', password: 'canary' }] } },
    ];
    for (const current of bad)
      // Of another copy of this package, or none of its classes.
      for (const thrown of [new AdapterError('conflict', { message: 'Not now.', current: current as never, cause: 'why' }), { code: 'conflict', message: 'Not now.', current }])
        for (const call of Object.values(ways(() => Promise.reject(thrown as Error)))) {
          const error = await caught(call());
          expect(error).to.include({ code: 'conflict', message: 'Not now.', current: undefined });
          expect(error.cause).to.be.ok;
        }
  });

  it('asks for nothing once it is aborted, and lets nobody wait for a host that does not listen', async () => {
    const controller = new AbortController();
    const reason = new Error('navigated away');
    let calls = 0;
    const adapter = { delete: () => ((calls += 1), deferred<void>().promise) } as unknown as WebhookAdapter;
    const checked = new CheckedAdapter(adapter);
    const call = caught(checked.delete('wh_1', { signal: controller.signal }));
    await Promise.resolve();
    controller.abort(reason);
    expect(await call).to.equal(reason);
    expect(await caught(checked.delete('wh_1', { signal: controller.signal }))).to.equal(reason);
    expect(calls).to.equal(1);
  });
});
