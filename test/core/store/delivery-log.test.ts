import { expect } from '@open-wc/testing';
import type { WebhookAdapter } from '../../../src/core/adapter.js';
import { createDeliveryLog, type DeliveryItem } from '../../../src/core/store/delivery-log.js';
import { deferred } from '../../helpers/page.js';

const attempt = (id: string) => ({
  id,
  eventType: 'site.archived',
  outcome: 'failed' as const,
  attempt: 1,
  startedAt: '2026-01-31T12:00:00Z',
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [] },
});
type Page = { items: unknown[]; nextCursor?: string };

/** A log of a host that answers with these pages, one a call. */
function logOf(...pages: (Page | Promise<Page>)[]) {
  const answers = [...pages];
  const adapter = {
    listDeliveries: () => Promise.resolve(answers.shift()),
    redeliver: (id: string) => Promise.resolve(attempt(`${id} again`)),
  } as unknown as WebhookAdapter;
  return createDeliveryLog(adapter, 'wh');
}
const idOf = (item: DeliveryItem) => ('attempt' in item ? item.attempt.id : item.id);

describe('the log of deliveries', () => {
  it('ends at an empty cursor, as the list of webhooks does', async () => {
    const log = logOf({ items: [attempt('a')], nextCursor: '' });
    await log.setView({});
    expect(log.getState().nextCursor).to.equal(undefined);
  });

  it('keeps apart what cannot be read and has no id, over all pages', async () => {
    const log = logOf({ items: [{ bad: 1 }], nextCursor: 'next' }, { items: [{ bad: 2 }] });
    await log.setView({});
    await log.loadMore();
    expect(log.getState().items.map(idOf)).to.deep.equal(['#1', '#2']);
  });

  it('keeps what was sent again while it was asked for: the answer may be from before', async () => {
    const late = deferred<Page>();
    const log = logOf({ items: [attempt('a')] }, late.promise);
    await log.setView({});
    const asked = log.setView({ outcome: 'failed' });
    const again = await log.redeliver(attempt('a'));
    late.resolve({ items: [attempt('a')] });
    await asked;
    expect(log.getState().items.map(idOf)).to.deep.equal([again.id, 'a']);
  });
});
