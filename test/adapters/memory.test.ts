import { expect } from '@open-wc/testing';
import { createMemoryAdapter } from '../../src/adapters/memory.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import { defaultEventTypes } from '../../src/core/event-type.js';
import type { Webhook } from '../../src/core/webhook.js';
import { withDeliveries } from '../helpers/deliveries.mjs';
import { describeAdapterContract, sampleWebhookInput } from '../../src/testing/index.js';

const organizations = ['org_1', 'org_2', 'org_3'].map((id) => ({ id, name: `Organization ${id}` }));
const live = () => ({ signal: new AbortController().signal });
const submit = (idempotencyKey: string = crypto.randomUUID()) => ({ ...live(), idempotencyKey });
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it resolved'),
    (error: unknown) => error as AdapterError,
  );

describeAdapterContract('memory', () => withDeliveries(createMemoryAdapter({ eventTypes: defaultEventTypes, organizations })));
describeAdapterContract('memory, slow', () => withDeliveries(createMemoryAdapter({ latency: 1, eventTypes: defaultEventTypes, organizations })));

describe('createMemoryAdapter', () => {
  it('lists the newest webhook first, even of those created in one millisecond', async () => {
    const adapter = createMemoryAdapter();
    for (const name of ['first', 'second', 'third']) await adapter.create({ ...sampleWebhookInput('none'), name }, submit());
    const { items } = await adapter.list({ limit: 10 }, live());
    expect(items.map(({ name }) => name)).to.eql(['third', 'second', 'first']);
  });

  it('sorts numbers in names as numbers', async () => {
    const adapter = createMemoryAdapter();
    for (const name of ['Hook 10', 'Hook 2', 'hook 1']) await adapter.create({ ...sampleWebhookInput('none'), name }, submit());
    const { items } = await adapter.list({ limit: 10, sort: 'name' }, live());
    expect(items.map(({ name }) => name)).to.eql(['hook 1', 'Hook 2', 'Hook 10']);
  });

  it('refuses a cursor that it did not make', async () => {
    for (const cursor of ['next', '{', '"'])
      expect((await caught(createMemoryAdapter().list({ limit: 1, cursor }, live()))).code).to.equal('validation');
    expect((await createMemoryAdapter().list({ limit: 1, cursor: 'null' }, live())).items).to.eql([]);
  });

  it('has the catalogues as capabilities only when they are given', async () => {
    const bare = createMemoryAdapter();
    expect([bare.listEventTypes, bare.listOrganizations]).to.eql([undefined, undefined]);
    const full = createMemoryAdapter({ eventTypes: defaultEventTypes, organizations });
    expect(await full.listEventTypes!(live())).to.eql(defaultEventTypes);
    expect(await full.listOrganizations!(live())).to.eql(organizations);
  });

  it('gives copies: changing an answer changes nothing', async () => {
    const adapter = createMemoryAdapter({ organizations });
    const created = await adapter.create(sampleWebhookInput('basic'), submit());
    const { id } = created;
    const before = JSON.stringify(created);
    const spoil = (webhook: Webhook) => {
      webhook.name = 'spoilt';
      webhook.events.push('spoilt');
      webhook.authentication.credentials.length = 0;
    };
    spoil(created);
    spoil(await adapter.get(id, live()));
    spoil((await adapter.list({ limit: 1 }, live())).items[0]!);
    spoil((await caught(adapter.update(id, {}, { ...live(), version: 'old' }))).current!);
    (await adapter.listOrganizations!(live()))[0]!.name = 'spoilt';
    expect(JSON.stringify(await adapter.get(id, live()))).to.equal(before);
    expect((await adapter.listOrganizations!(live()))[0]!.name).to.equal('Organization org_1');
  });

  it('does not change when the input or a seed changes later', async () => {
    const input = sampleWebhookInput('basic');
    const seed = await createMemoryAdapter().create(input, submit());
    const adapter = createMemoryAdapter({ webhooks: [seed] });
    const { id } = await adapter.create(input, submit());
    input.events.push('spoilt');
    seed.events.push('spoilt');
    for (const each of [id, seed.id]) expect((await adapter.get(each, live())).events).to.eql(['milestone.status_change']);
  });

  it('keeps no value of a secret in a seed', async () => {
    const seed = await createMemoryAdapter().create(sampleWebhookInput('token'), submit());
    const leaking = { ...seed, authentication: sampleWebhookInput('token').authentication } as unknown as Webhook;
    const { items } = await createMemoryAdapter({ webhooks: [leaking] }).list({ limit: 1 }, live());
    expect(items[0]!.authentication.credentials).to.eql([{ key: 'X-Auth-Token', value: { stored: true, hint: '00zz' } }]);
  });

  it('counts versions, also onwards from one of a seed', async () => {
    const seed = await createMemoryAdapter().create(sampleWebhookInput('none'), submit());
    const adapter = createMemoryAdapter({ webhooks: [{ ...seed, version: '41' }] });
    expect((await adapter.update(seed.id, { name: 'a' }, { ...live(), version: '41' })).version).to.equal('42');
    const { code, current } = await caught(adapter.update(seed.id, { name: 'b' }, { ...live(), version: '41' }));
    expect(code).to.equal('conflict');
    expect(current).to.include({ id: seed.id, name: 'a', version: '42' });
  });

  it('says which fields it refuses, by path', async () => {
    const adapter = createMemoryAdapter();
    const fieldsOf = async (input: unknown) =>
      Object.keys((await caught(adapter.create(input as never, submit()))).fieldErrors ?? {});
    const aws4 = sampleWebhookInput('aws4');
    expect(await fieldsOf({ ...aws4, name: 7, headers: [{ key: 'a' }] })).to.eql(['name', 'headers.0.value']);
    expect(await fieldsOf({ ...aws4, authentication: { ...aws4.authentication, type: 'magic' } })).to.eql(['authentication.type']);
    (aws4.authentication.credentials[0] as Record<string, unknown>).secretKey = { stored: true };
    expect(await fieldsOf(aws4)).to.eql(['authentication.credentials.0.secretKey']);
  });

  it('refuses what the form refuses, by path and in words, and of a change only what changes', async () => {
    const input = sampleWebhookInput('basic');
    const adapter = createMemoryAdapter();
    const refused = async (call: Promise<unknown>) => (await caught(call)).fieldErrors;
    expect(await refused(adapter.create({ ...input, url: 'https://10.0.0.1/in' }, submit()))).to.eql({
      url: 'Use a public address; 10.0.0.1 is private or reserved.',
    });
    const { id } = await adapter.create(input, submit());
    expect(Object.keys((await refused(adapter.update(id, { headers: [{ key: 'Host', value: 'x' }] }, live())))!)).to.eql(['headers.0.key']);
    const inside = { ...(await adapter.get(id, live())), id: 'inside', url: 'https://10.0.0.1/in' };
    const older = createMemoryAdapter({ webhooks: [inside] });
    expect((await older.update('inside', { name: 'Renamed' }, live())).url, 'what is not changed is not judged').to.equal(inside.url);
    const lenient = createMemoryAdapter({ allowPrivateNetwork: true });
    expect((await lenient.create({ ...input, url: 'http://10.0.0.1/in' }, submit())).url).to.equal('http://10.0.0.1/in');
  });

  it('keeps the secret of a header by its key, whatever the case of its ASCII letters', async () => {
    const adapter = createMemoryAdapter();
    const { id, authentication } = await adapter.create(sampleWebhookInput('headers'), submit());
    const change = (keys: string[]) => ({
      authentication: {
        type: 'headers' as const,
        organizationSpecific: false,
        credentials: [{ headers: keys.map((key) => ({ key, value: { stored: true as const } })) }],
      },
    });
    const [key, secret] = (authentication.credentials[0] as { headers: { value: unknown }[] }).headers;
    const kept = await adapter.update(id, change(['x-api-SECRET', 'X-API-KEY']), live());
    expect((kept.authentication.credentials[0] as { headers: unknown }).headers).to.eql([
      { key: 'x-api-SECRET', value: secret!.value },
      { key: 'X-API-KEY', value: key!.value },
    ]);
    // U+212A, the Kelvin sign.
    const { fieldErrors } = await caught(adapter.update(id, change(['X-Api-Secret', 'X-Api-\u212aey']), live()));
    expect(Object.keys(fieldErrors!)).to.eql(['authentication.credentials.0.headers.1.value']);
  });

  it('asks intercept before each operation and fails as it does', async () => {
    const calls: unknown[] = [];
    const adapter = createMemoryAdapter({
      intercept: (operation, argument) => {
        calls.push([operation, argument]);
        if (operation === 'delete') throw new AdapterError('forbidden', { message: 'Ask an owner' });
      },
    });
    const { id } = await adapter.create(sampleWebhookInput('none'), submit());
    const error = await caught(adapter.delete(id, live()));
    expect(error).to.include({ code: 'forbidden', message: 'Ask an owner' });
    await adapter.get(id, live());
    expect(calls).to.eql([
      ['create', sampleWebhookInput('none')],
      ['delete', id],
      ['get', id],
    ]);
  });

  it('stops waiting when it is aborted, with the reason of the signal', async () => {
    const adapter = createMemoryAdapter({ latency: 1e6 });
    const controller = new AbortController();
    const answer = caught(adapter.list({ limit: 1 }, { signal: controller.signal }));
    const reason = new Error('navigated away');
    controller.abort(reason);
    expect(await answer).to.equal(reason);
  });
});
