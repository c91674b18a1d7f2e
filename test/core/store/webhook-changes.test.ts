import { expect } from '@open-wc/testing';
import { createMemoryAdapter } from '../../../src/adapters/memory.js';
import { createWebhookChanges } from '../../../src/core/store/webhook-changes.js';
import { createWebhookStore } from '../../../src/core/store/webhook-store.js';
import { sampleWebhookInput } from '../../../src/testing/index.js';
import { named } from '../../helpers/hosts.js';
import { until } from '../../helpers/page.js';

describe('a webhook that is added while a long answer becomes rows', () => {
  it('is in the list when all of it is there', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `W${index}`);
    const store = createWebhookStore(createMemoryAdapter({ webhooks: named(...names) }), { pageSize: 1000 });
    const changes = createWebhookChanges(store);
    void store.refresh();
    await until(() => store.getState().arriving, 'the first rows');
    const added = await changes.create(sampleWebhookInput('none'), { signal: new AbortController().signal, idempotencyKey: 'key' });
    expect(store.getState().arriving, 'in the midst of it').to.be.above(0);
    await until(() => !store.getState().arriving && !store.getState().busy, 'the last rows');
    expect(store.getState().rows).to.have.length(401);
    expect(store.getState().rows[0]!.key).to.equal(added.id);
    store.dispose();
  });
});
