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

  it('is waited for no longer when that is stopped, whatever comes of it later', async () => {
    const late = deferred<Page>();
    const log = logOf({ items: [attempt('a')] }, late.promise, { items: [attempt('c')] });
    await log.setView({});
    const asked = log.setView({ outcome: 'failed' });
    log.cancel();
    await asked;
    expect(log.getState()).to.deep.include({ busy: false, status: 'ready' });
    expect(log.getState().error?.code).to.equal('unavailable');
    late.resolve({ items: [attempt('b')] });
    await late.promise;
    expect(log.getState().items.map(idOf)).to.deep.equal(['a']);
    // Nothing is stopped where nothing is waited for.
    await log.setView({});
    log.cancel();
    expect(log.getState()).to.deep.include({ error: undefined });
    expect(log.getState().items.map(idOf)).to.deep.equal(['c']);
  });
});

describe('what failed in a range', () => {
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' };
  const found = async (...pages: Page[]) => {
    const failures = await logOf(...pages).failures(range, new AbortController().signal);
    return failures.map(({ id }) => id);
  };

  it('is found on all pages, also behind an empty one, oldest first', async () => {
    expect(await found({ items: [attempt('b')], nextCursor: '1' }, { items: [], nextCursor: '2' }, { items: [attempt('a')] })).to.deep.equal(['a', 'b']);
  });

  it('is complete where a cursor comes back', async () => {
    const circle = [
      { items: [attempt('b')], nextCursor: '1' },
      { items: [], nextCursor: '2' },
      { items: [], nextCursor: '1' },
    ];
    expect(await found(...circle)).to.deep.equal(['b']);
  });

  it('is complete where a page under a new cursor has nothing new', async () => {
    const again = { items: [attempt('b'), { id: 'unreadable' }] };
    expect(await found({ ...again, nextCursor: '1' }, { ...again, nextCursor: '2' })).to.deep.equal(['b']);
  });
});
