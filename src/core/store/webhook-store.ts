import type { CallOptions, WebhookAdapter } from '../adapter.js';
import { toAdapterError, type AdapterError } from '../adapter-error.js';
import { AdapterReader, readListItem, type CheckedItems, type CheckedPage, type ListItem } from '../adapter-reader.js';
import type { EventType } from '../event-type.js';
import { createObservable, type Observable } from '../observable.js';
import type { Organization } from '../organization.js';
import { givenParts, type WebhookView } from '../page.js';
import { TURNS, turns } from '../turns.js';
import { inSlices } from './slices.js';

/** One row of the list. Its key stays the same for as long as the row is there. */
export type Row = ListItem & { readonly key: string };

type CatalogueCall = 'listEventTypes' | 'listOrganizations';
type ListCall = 'load' | 'refresh' | 'more';

export interface StoreState {
  /** `loading` until the first page is there; then `ready`, whatever happens to later calls. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  /** What runs beside the rows that are shown. */
  readonly busy: 'refresh' | 'more' | undefined;
  /** The list has been waited for longer than usual. */
  readonly slow: boolean;
  readonly view: WebhookView;
  readonly rows: readonly Row[];
  /** How many more items of the last answer are about to become rows. */
  readonly arriving: number;
  readonly nextCursor: string | undefined;
  readonly total: number | undefined;
  /** The last call of the list that failed, and why. */
  readonly failed: { readonly call: ListCall; readonly error: AdapterError } | undefined;
  /** The host's catalogue; absent where it has none or did not answer. */
  readonly eventTypes: readonly EventType[] | undefined;
  readonly organizations: readonly Organization[] | undefined;
  /** Which part of it the host failed to tell, and why. */
  readonly catalogueErrors: { readonly [Call in CatalogueCall]?: AdapterError | undefined };
}

export interface WebhookStore extends Observable<StoreState> {
  /**
   * Loads the first page, and further ones until there are `least` webhooks; with rows on show they stay until the answer is
   * there. Never rejects.
   */
  refresh(least?: number): Promise<void>;
  /** Shows other webhooks, or in another order. A call for the view before is aborted. */
  setView(view: WebhookView): Promise<void>;
  loadMore(): Promise<void>;
  /** Asks again for what failed. */
  retry(): Promise<void>;
  /** Stops waiting for the list: that is no failure. */
  cancel(): void;
  loadCatalogue(): Promise<void>;
  /** Shows other rows, after a change that is known to be stored. */
  show(rows: readonly Row[]): void;
  /** How many webhooks are asked for at a time. */
  readonly pageSize: number;
  /** The host's answers, parsed. */
  readonly adapter: AdapterReader;
  /** The host's adapter as it is. */
  readonly host: WebhookAdapter;
  /** A signal that is also aborted when the store is disposed of. */
  within(signal: AbortSignal): AbortSignal;
  /** Aborts every call; their answers are ignored. */
  dispose(): void;
}

/** A failure is told when what is there has been drawn: a page that listens as soon as it can hears of it. */
const beforeFailure = () => turns(2 * TURNS);

/** How long a call may take before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

const initial: StoreState = {
  status: 'idle',
  busy: undefined,
  slow: false,
  view: {},
  rows: [],
  arriving: 0,
  nextCursor: undefined,
  total: undefined,
  failed: undefined,
  eventTypes: undefined,
  organizations: undefined,
  catalogueErrors: {},
};

/**
 * The list of webhooks behind one adapter: its pages, its mutations and what happens when calls overtake each other.
 * `rows`, of another adapter, stand in until the first answer.
 */
export function createWebhookStore(
  host: WebhookAdapter,
  { pageSize, view = {}, rows = [] }: { pageSize: number; view?: WebhookView; rows?: readonly Row[] | undefined },
): WebhookStore {
  const adapter = new AdapterReader(host);
  const { getState, subscribe, set } = createObservable<StoreState>({ ...initial, view, rows });
  const lifetime = new AbortController();
  /** The call that owns the list; a newer one takes over and aborts it, so that a late answer never overwrites it. */
  let listCall: AbortController | undefined;
  /** The one whose answer is becoming rows: until a newer answer is there it goes on, whatever becomes of that call. */
  let arrival: AbortController | undefined;
  let catalogueCall: AbortController | undefined;
  let seenCursors = new Set<string>();
  let unnamedRows = 0;

  const rowOf = (item: ListItem): Row => ({
    ...item,
    // Not the id that a malformed item claims to have: a good one may have it.
    key: 'webhook' in item ? item.webhook.id : `malformed ${item.malformed.id ?? ++unnamedRows}`,
  });

  /** The rows with these behind them. A host that repeats an item updates its row instead of doubling it. */
  const append = (rows: readonly Row[], items: readonly unknown[]): Row[] => {
    const byKey = new Map(rows.map((row) => [row.key, row]));
    for (const item of items) {
      const row = rowOf(readListItem(item));
      byKey.set(row.key, row);
    }
    return [...byKey.values()];
  };

  const within = (signal: AbortSignal) => AbortSignal.any([signal, lifetime.signal]);

  /** `isOther`: what is shown is of another view, and goes with the first rows of this one. */
  const loadPage = async (call: ListCall, cursor?: string, least = 0, isOther = false): Promise<void> => {
    listCall?.abort();
    const mine = (listCall = new AbortController());
    const superseded = () => mine !== listCall || lifetime.signal.aborted;
    set({ failed: undefined, slow: false, ...(call === 'load' ? { status: 'loading' } : { busy: call }) });
    const patience = setTimeout(() => {
      if (!superseded()) set({ slow: true });
    }, PATIENCE);
    try {
      const seen = new Set(call === 'more' ? seenCursors : []);
      let items: unknown[] = [];
      let next = cursor;
      let page: CheckedPage;
      do {
        page = await adapter.list(
          { ...givenParts(getState().view), limit: pageSize, ...(next === undefined ? {} : { cursor: next }) },
          { signal: within(mine.signal) },
        );
        items = [...items, ...page.items];
        // A cursor that comes back would walk in a circle: the list ends there.
        next = seen.has(page.nextCursor!) ? undefined : page.nextCursor;
        seen.add(next!);
      } while (items.length < least && next !== undefined && page.items.length);
      if (superseded()) return;
      const { total } = page;
      arrival = mine;
      seenCursors = seen;
      const arrived = new Set<string>();
      await inSlices(items, (slice, remaining) => {
        if (mine !== arrival) return false;
        const { rows: before } = getState();
        const rows = append(call === 'more' ? before : before.filter(({ key }) => arrived.has(key)), slice);
        for (const { key } of rows) arrived.add(key);
        // What is there stays, with the focus that may be in it, until all of the answer is.
        const rest = remaining && call === 'refresh' && !isOther ? before.filter(({ key }) => !arrived.has(key)) : [];
        const arriving = Math.max(0, remaining - rest.length);
        set({ status: 'ready', total, rows: [...rows, ...rest], arriving, slow: false, ...(remaining ? {} : { busy: superseded() ? getState().busy : undefined, nextCursor: next }) });
        return true;
      });
    } catch (thrown) {
      await beforeFailure();
      if (superseded()) return;
      const failed = { call, error: toAdapterError(thrown) };
      set({ slow: false, failed, ...(call === 'load' ? { status: 'failed' } : { busy: undefined }) });
    } finally {
      clearTimeout(patience);
    }
  };

  const refresh = (least?: number, isOther?: boolean) =>
    loadPage(getState().status === 'ready' ? 'refresh' : 'load', undefined, least, isOther);

  const loadMore = async () => {
    const { nextCursor, busy } = getState();
    if (nextCursor !== undefined && !busy) await loadPage('more', nextCursor);
  };

  const loadCatalogue = async () => {
    catalogueCall?.abort();
    const mine = (catalogueCall = new AbortController());
    const signal = within(mine.signal);
    const load = async <Item>(call: CatalogueCall, ask: (options: CallOptions) => Promise<CheckedItems<Item>>, take: (items?: Item[]) => Partial<StoreState>) => {
      let error: AdapterError | undefined;
      try {
        const answer = adapter.can(call) ? await ask({ signal }) : undefined;
        set(take(answer?.items));
        error = answer?.error;
      } catch (thrown) {
        error = toAdapterError(thrown);
        // A host need not have a catalogue of its own, and one that speaks HTTP may say so only when it is asked.
        if (error.code === 'not-found') error = undefined;
      }
      if (error) await beforeFailure();
      if (signal.aborted) return;
      set({ catalogueErrors: { ...getState().catalogueErrors, [call]: error } });
    };
    await Promise.all([
      load('listEventTypes', (options) => adapter.listEventTypes(options), (eventTypes) => ({ eventTypes })),
      load('listOrganizations', (options) => adapter.listOrganizations(options), (organizations) => ({ organizations })),
    ]);
  };

  return {
    getState,
    subscribe,
    refresh,
    async setView(next) {
      arrival = undefined;
      set({ view: next, nextCursor: undefined, arriving: 0 });
      await refresh(0, true);
    },
    loadMore,
    async retry() {
      const { failed, catalogueErrors, rows } = getState();
      if (Object.values(catalogueErrors).some(Boolean)) void loadCatalogue();
      await (failed?.call === 'more' ? loadMore() : refresh(rows.length));
    },
    cancel() {
      const { status, busy } = getState();
      if (status !== 'loading' && !busy) return;
      listCall?.abort();
      listCall = undefined;
      set({ busy: undefined, slow: false, ...(status === 'loading' ? { status: 'failed' } : {}) });
    },
    loadCatalogue,
    pageSize,
    show(rows) {
      const { rows: before, total } = getState();
      set({ rows, total: total === undefined ? total : total + rows.length - before.length });
    },
    adapter,
    host,
    within,
    dispose() {
      arrival = undefined;
      lifetime.abort();
    },
  };
}
