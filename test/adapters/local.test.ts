import { expect } from '@open-wc/testing';
import { createLocalAdapter } from '../../src/adapters/local.js';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import type { AdapterError } from '../../src/core/adapter-error.js';
import { authTypeIds } from '../../src/core/auth/index.js';
import { defaultEventTypes } from '../../src/core/event-type.js';
import type { Webhook } from '../../src/core/webhook.js';
import { withDeliveries } from '../helpers/deliveries.mjs';
import { describeAdapterContract, sampleWebhookInput, secretsOf } from '../../src/testing/index.js';

const live = () => ({ signal: new AbortController().signal });
const submit = () => ({ ...live(), idempotencyKey: crypto.randomUUID() });
const organizations = [{ id: 'org_1', name: 'Acme' }, { id: 'org_2', name: 'Bright' }];
const newName = () => `test-${crypto.randomUUID()}`;

/** All that IndexedDB holds under this name, read without the adapter. */
async function dump(name: string): Promise<string> {
  const finished = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  const database = await finished(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const contents = await Promise.all(stores.map((store) => finished(database.transaction(store).objectStore(store).getAll())));
  database.close();
  return JSON.stringify(contents);
}

describeAdapterContract('local', () => withDeliveries(createLocalAdapter({ name: newName(), eventTypes: defaultEventTypes, organizations })));

const shared = newName();
describeAdapterContract('local, on one database', () => withDeliveries(createLocalAdapter({ name: shared, eventTypes: defaultEventTypes, organizations })));

describe('createLocalAdapter', () => {
  it('survives a reload', async () => {
    const name = newName();
    const before = createLocalAdapter({ name });
    const first = await before.create(sampleWebhookInput('oauth2'), submit());
    const second = await before.create(sampleWebhookInput('none'), submit());
    await before.delete(first.id, live());
    const { items } = await createLocalAdapter({ name }).list({ limit: 10 }, live());
    expect(items).to.eql([second]);
  });

  it('keeps apart what has another name', async () => {
    await createLocalAdapter({ name: newName() }).create(sampleWebhookInput('none'), submit());
    expect((await createLocalAdapter({ name: newName() }).list({ limit: 10 }, live())).items).to.eql([]);
  });

  it('loses no row when two tabs write at once', async () => {
    const name = newName();
    const tabs = [createLocalAdapter({ name }), createLocalAdapter({ name })];
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, place) => tabs[place % 2]!.create(sampleWebhookInput('none'), submit())),
    );
    const { items, total } = await createLocalAdapter({ name }).list({ limit: 100 }, live());
    expect(total).to.equal(20);
    expect(items.map(({ id }) => id).sort()).to.eql(made.map(({ id }) => id).sort());
  });

  it('makes one webhook when two tabs send the same submit', async () => {
    const name = newName();
    const options = submit();
    const [one, two] = await Promise.all(
      [1, 2].map(() => createLocalAdapter({ name }).create(sampleWebhookInput('none'), options)),
    );
    expect(one).to.eql(two);
  });

  it('writes no value of a secret', async () => {
    const name = newName();
    const seed = await createMemoryAdapter().create(sampleWebhookInput('token'), submit());
    const leaking = { ...seed, authentication: sampleWebhookInput('token').authentication } as unknown as Webhook;
    const adapter = createLocalAdapter({ name, webhooks: [leaking] });
    const secrets = new Set(secretsOf(sampleWebhookInput('token')).values());
    for (const type of authTypeIds) {
      const input = sampleWebhookInput(type, { organizations: ['org_1', 'org_2'] });
      const replaced = sampleWebhookInput(type, { mark: 'replaced' });
      const { id } = await adapter.create(input, submit());
      await adapter.update(id, { authentication: replaced.authentication }, live());
      for (const secret of [...secretsOf(input).values(), ...secretsOf(replaced).values()]) secrets.add(secret);
    }
    const stored = await dump(name);
    expect(stored).to.include('client-1');
    expect(stored).to.include(seed.id);
    expect([...secrets].filter((secret) => stored.includes(secret))).to.eql([]);
    expect(stored).not.to.include('canary');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.include('canary');
  });

  it('shows what it is given until the first change, and does not bring it back', async () => {
    const name = newName();
    const seed = await createMemoryAdapter().create(sampleWebhookInput('basic'), submit());
    const open = () => createLocalAdapter({ name, webhooks: [seed] });
    expect((await open().list({ limit: 10 }, live())).items).to.eql([seed]);
    await open().delete(seed.id, live());
    expect((await open().list({ limit: 10 }, live())).items).to.eql([]);
  });

  it('changes nothing when a change is refused', async () => {
    const name = newName();
    const adapter = createLocalAdapter({ name });
    const { id } = await adapter.create(sampleWebhookInput('basic'), submit());
    const before = await dump(name);
    const error = await adapter.update(id, { name: 7 } as never, live()).catch((thrown: AdapterError) => thrown);
    expect(error).to.include({ code: 'validation' });
    expect(await dump(name)).to.equal(before);
  });

  it('is "unavailable" where there is no IndexedDB', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    for (const value of [undefined, { open: () => { throw new DOMException('denied', 'SecurityError'); } }]) {
      Object.defineProperty(globalThis, 'indexedDB', { value, configurable: true });
      try {
        const adapter = createLocalAdapter({ name: newName() });
        for (const call of [adapter.list({ limit: 1 }, live()), adapter.create(sampleWebhookInput('none'), submit())])
          expect(await call.catch((error: AdapterError) => error.code)).to.equal('unavailable');
      } finally {
        Object.defineProperty(globalThis, 'indexedDB', own);
      }
    }
  });
});
