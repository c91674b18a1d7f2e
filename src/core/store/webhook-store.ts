import type { CallOptions, WebhookAdapter } from '../adapter.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { CheckedAdapter, type ListItem } from '../checked-adapter.js';
import type { EventType } from '../event-type.js';
import { createObservable, type Observable } from '../observable.js';
import type { Organization } from '../organization.js';
import type { Webhook, WebhookInput } from '../webhook.js';

/** One row of the list. Its key stays the same for as long as the row is there. */
export type Row = ListItem & { readonly key: string };

export interface StoreState {
  /** `loading` until the first page is there; then `ready`, whatever happens to later calls. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  /** What runs beside the rows that are shown. */
  readonly busy: 'refresh' | 'more' | undefined;
  readonly rows: readonly Row[];
  readonly nextCursor: string | undefined;
  readonly total: number | undefined;
  /** The last call of the list that failed, and why. */
  readonly failed: { readonly call: 'load' | 'refresh' | 'more'; readonly error: AdapterError } | undefined;
  /** The host's catalogue; absent where it has none or did not answer. */
  readonly eventTypes: readonly EventType[] | undefined;
  readonly organizations: readonly Organization[] | undefined;
  readonly catalogueError: AdapterError | undefined;
}

/** What a mutation needs besides its input. */
export interface SendOptions {
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
}

export interface WebhookStore extends Observable<StoreState> {
  /** True when the host's adapter has this method. */
  can(capability: keyof WebhookAdapter): boolean;
  /** Loads the first page; with rows on show they stay until the answer is there. Never rejects. */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  loadCatalogue(): Promise<void>;
  /** The webhook to edit, as fresh as the host can tell. @throws {AdapterError} */
  open(id: string): Promise<Webhook>;
  /** @throws {AdapterError} and leaves the rows as they were */
  create(input: WebhookInput, options: SendOptions): Promise<Webhook>;
  /** @throws {AdapterError} and leaves the rows as they were */
  update(id: string, changes: Partial<WebhookInput>, version: string | undefined, signal: AbortSignal): Promise<Webhook>;
  /** Aborts every call; their answers are ignored. */
  dispose(): void;
}

const initial: StoreState = {
  status: 'idle',
  busy: undefined,
  rows: [],
  nextCursor: undefined,
  total: undefined,
  failed: undefined,
  eventTypes: undefined,
  organizations: undefined,
  catalogueError: undefined,
};

/** The list of webhooks behind one adapter: its pages, its mutations and what happens when calls overtake each other. */
export function createWebhookStore(hostAdapter: WebhookAdapter, { pageSize }: { pageSize: number }): WebhookStore {
  const adapter = new CheckedAdapter(hostAdapter);
  const { getState, subscribe, set } = createObservable<StoreState>(initial);
  const lifetime = new AbortController();
  /** The call that owns the list; a newer one takes over and aborts it, so that a late answer never overwrites it. */
  let listCall: AbortController | undefined;
  let seenCursors = new Set<string>();
  let unnamedRows = 0;

  const rowOf = (item: ListItem): Row => ({
    ...item,
    // Not the id that a malformed item claims to have: a good one may have it.
    key: 'webhook' in item ? item.webhook.id : `malformed ${item.malformed.id ?? ++unnamedRows}`,
  });

  /** The rows with these behind them. A host that repeats an item updates its row instead of doubling it. */
  const append = (rows: readonly Row[], items: readonly ListItem[]): Row[] => {
    const byKey = new Map(rows.map((row) => [row.key, row]));
    for (const row of items.map(rowOf)) byKey.set(row.key, row);
    return [...byKey.values()];
  };

  const loadPage = async (call: 'load' | 'refresh' | 'more', cursor?: string): Promise<void> => {
    listCall?.abort(new DOMException('Superseded', 'AbortError'));
    const mine = (listCall = new AbortController());
    set(
      call === 'load'
        ? { status: 'loading', failed: undefined }
        : { busy: call === 'more' ? 'more' : 'refresh', failed: undefined },
    );
    try {
      const { items, nextCursor, total } = await adapter.list(
        cursor === undefined ? { limit: pageSize } : { limit: pageSize, cursor },
        { signal: AbortSignal.any([mine.signal, lifetime.signal]) },
      );
      if (call !== 'more') seenCursors = new Set();
      // A cursor that comes back would walk in a circle: the list ends there.
      const next = nextCursor !== undefined && !seenCursors.has(nextCursor) ? nextCursor : undefined;
      if (next !== undefined) seenCursors.add(next);
      set({
        status: 'ready',
        busy: undefined,
        rows: append(call === 'more' ? getState().rows : [], items),
        nextCursor: next,
        total,
      });
    } catch (thrown) {
      if (mine !== listCall || lifetime.signal.aborted) return;
      const failed = { call, error: toAdapterError(thrown) };
      set(call === 'load' ? { status: 'failed', failed } : { busy: undefined, failed });
    }
  };

  const put = (webhook: Webhook): void => {
    const { rows, total } = getState();
    const row = rowOf({ webhook });
    const known = rows.some(({ key }) => key === row.key);
    set({
      rows: known ? rows.map((one) => (one.key === row.key ? row : one)) : [row, ...rows],
      total: total === undefined || known ? total : total + 1,
    });
    // What was asked before this was stored may not have it yet: ask again.
    const { status, busy } = getState();
    if (status === 'loading' || busy === 'refresh') void loadPage(status === 'loading' ? 'load' : 'refresh');
  };

  const within = (signal: AbortSignal) => AbortSignal.any([signal, lifetime.signal]);

  return {
    getState,
    subscribe,
    can: (capability) => adapter.can(capability),
    refresh: () => loadPage(getState().status === 'ready' ? 'refresh' : 'load'),
    async loadMore() {
      const { nextCursor, busy } = getState();
      if (nextCursor !== undefined && !busy) await loadPage('more', nextCursor);
    },
    async loadCatalogue() {
      // A host need not have a catalogue of its own, and one that speaks HTTP may say so only when it is asked.
      const optional = async <Answer>(capability: keyof WebhookAdapter, load: (options: CallOptions) => Promise<Answer>) => {
        if (!adapter.can(capability)) return undefined;
        try {
          return await load({ signal: lifetime.signal });
        } catch (thrown) {
          if (toAdapterError(thrown).code === 'not-found') return undefined;
          throw thrown;
        }
      };
      const [eventTypes, organizations] = await Promise.allSettled([
        optional('listEventTypes', (options) => adapter.listEventTypes(options)),
        optional('listOrganizations', (options) => adapter.listOrganizations(options)),
      ]);
      if (lifetime.signal.aborted) return;
      const failed = [eventTypes, organizations].find((one) => one.status === 'rejected');
      set({
        ...(eventTypes.status === 'fulfilled' && { eventTypes: eventTypes.value }),
        ...(organizations.status === 'fulfilled' && { organizations: organizations.value }),
        catalogueError: failed && toAdapterError(failed.reason),
      });
    },
    async open(id) {
      if (adapter.can('get')) return adapter.get(id, { signal: lifetime.signal });
      const row = getState().rows.find(({ key }) => key === id);
      if (!row || !('webhook' in row)) throw new AdapterError('not-found');
      return row.webhook;
    },
    async create(input, { signal, idempotencyKey }) {
      const webhook = await adapter.create(input, { signal: within(signal), idempotencyKey });
      put(webhook);
      return webhook;
    },
    async update(id, changes, version, signal) {
      const webhook = await adapter.update(id, changes, {
        signal: within(signal),
        ...(version === undefined ? {} : { version }),
      });
      put(webhook);
      return webhook;
    },
    dispose() {
      lifetime.abort(new DOMException('Disconnected', 'AbortError'));
    },
  };
}
