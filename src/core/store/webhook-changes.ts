import type { ChangeOptions, CreateOptions } from '../adapter.js';
import { malformedAnswer } from '../adapter-answer.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { readListItem, type ListItem } from '../adapter-reader.js';
import { CheckedAdapter } from '../checked-adapter.js';
import { givenParts } from '../page.js';
import { createObservable, type Observable } from '../observable.js';
import type { Webhook, WebhookInput } from '../webhook.js';
import type { WebhookStore } from './webhook-store.js';

export interface ChangeState {
  /** The ids of webhooks that are being opened, changed or deleted. */
  readonly pending: ReadonlySet<string>;
  /** One of them has been waited for longer than usual. */
  readonly slow: boolean;
  /** By id: why the last change of a webhook from the list failed. */
  readonly problems: ReadonlyMap<string, AdapterError>;
}

export interface AllWebhooks {
  readonly items: readonly ListItem[];
  /** The host's pages led back to what was known: there may be more. */
  readonly isCut: boolean;
}

/** What is done with single webhooks, and what became of it. The list shows what was stored. */
export interface WebhookChanges extends Observable<ChangeState> {
  /** The webhook to edit, as fresh as the host can tell. @throws {AdapterError} */
  open(id: string, signal: AbortSignal): Promise<Webhook>;
  /** @throws {AdapterError} and leaves the list as it was */
  create(input: WebhookInput, options: CreateOptions): Promise<Webhook>;
  /** @throws {AdapterError}, on a conflict with what is stored by now, and leaves the list as it was */
  update(id: string, changes: Partial<WebhookInput>, version: string | undefined, signal: AbortSignal): Promise<Webhook>;
  /**
   * The changed webhook; undefined where it failed: its row says why. While another change of it is under way, one among
   * many (with a signal) waits for that, and a second press does nothing.
   */
  change(webhook: Webhook, changes: Partial<WebhookInput>, signal?: AbortSignal): Promise<Webhook | undefined>;
  /** Deletes a webhook; one that is gone already counts as deleted. @throws {AdapterError}, also kept for its row */
  remove(webhook: Webhook, signal: AbortSignal): Promise<void>;
  /** Runs many changes, after which the host is asked for the list once. */
  batch(run: () => Promise<void>): Promise<void>;
  /** All webhooks of the account, page by page, whatever the list shows; tells how many there are by now. @throws {AdapterError} */
  all(signal: AbortSignal, tell: (count: number) => void): Promise<AllWebhooks>;
  /** Stops waiting for the webhooks that are pending. */
  cancel(): void;
  /** Forgets what failed. */
  clear(): void;
}

/** How long a change from the list may take before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** After so many pages in a row with nothing to know again, each with another cursor, a host is not asked for the next. */
const MOST_EMPTY = 10;

export function createWebhookChanges(store: WebhookStore): WebhookChanges {
  const { getState, subscribe, set } = createObservable<ChangeState>({ pending: new Set(), slow: false, problems: new Map() });
  const running = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown>; readonly isChange: boolean }>();
  let batches = 0;
  /** What was added by many changes; shown after them, as a list that follows each takes longer than a host. */
  const created: Webhook[] = [];

  const adapter = new CheckedAdapter(store.host);
  const { within } = store;

  const changeOptions = (version: string | undefined, signal: AbortSignal): ChangeOptions => ({
    signal: within(signal),
    ...(version === undefined ? {} : { version }),
  });

  /** A webhook as its row has it by now. */
  const shown = (webhook: Webhook): Webhook => {
    const row = store.getState().rows.find(({ key }) => key === webhook.id);
    return row && 'webhook' in row ? row.webhook : webhook;
  };

  /** Shows webhooks as they are known to be stored. What is not among the rows is new, or on a page that has not been loaded. */
  const put = (webhooks: readonly Webhook[], areNew = false): void => {
    const others = new Map(webhooks.map((webhook) => [webhook.id, { key: webhook.id, webhook }]));
    const rows = store.getState().rows.map((row) => {
      const other = others.get(row.key);
      others.delete(row.key);
      return other ?? row;
    });
    if (areNew || others.size < webhooks.length) store.show(areNew ? [...[...others.values()].reverse(), ...rows] : rows);
  };

  /** What was asked before a change was stored may not have it yet, a view may not show it, and more may be where none is left: ask again. */
  const follow = (): void => {
    const { status, busy, view, rows, nextCursor } = store.getState();
    // Of a view of many pages a refresh would leave one: it stays as it is, with the changed rows in it.
    const mayLeaveView = Object.keys(givenParts(view)).length > 0 && rows.length <= store.pageSize;
    const isUsedUp = !rows.length && nextCursor !== undefined;
    if (!batches && (status !== 'ready' || busy === 'refresh' || mayLeaveView || isUsedUp)) void store.refresh();
  };

  const tell = (id: string, problem?: AdapterError): void => {
    const problems = new Map(getState().problems);
    if (problem) problems.set(id, problem);
    else problems.delete(id);
    set({ pending: new Set(running.keys()), slow: getState().slow && running.size > 0, problems });
  };

  /**
   * Does one thing with one webhook, after whatever is under way with it. The failure of a change is kept for its row; of
   * that of opening it somebody else tells the person.
   */
  const onRow = async <Answer>(
    id: string,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<Answer>,
    isChange = true,
  ): Promise<Answer> => {
    for (let before = running.get(id); before; before = running.get(id)) {
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await Promise.race([before.ended, aborted]);
      signal.throwIfAborted();
    }
    const stop = new AbortController();
    const call = run(AbortSignal.any([signal, stop.signal]));
    running.set(id, { stop, ended: call.catch(() => undefined), isChange });
    tell(id);
    const patience = setTimeout(() => set({ slow: true }), PATIENCE);
    let problem: AdapterError | undefined;
    try {
      return await call;
    } catch (thrown) {
      if ((thrown as Error).name === 'AbortError') throw thrown;
      throw (problem = toAdapterError(thrown));
    } finally {
      clearTimeout(patience);
      running.delete(id);
      tell(id, isChange ? problem : undefined);
    }
  };

  /** A change that nobody waits for any more may have been stored all the same: then the list has to ask. */
  const unlessStopped = async <Answer>(signal: AbortSignal, call: Promise<Answer>): Promise<Answer> => {
    const ask = () => void store.refresh();
    signal.addEventListener('abort', ask, { once: true });
    try {
      return await call;
    } finally {
      signal.removeEventListener('abort', ask);
    }
  };

  /** A webhook as the host has it by now; undefined where it does not tell. @throws {AdapterError} `not-found` */
  const asked = async (id: string, signal: AbortSignal): Promise<Webhook | undefined> => {
    if (!adapter.can('get')) {
      await store.refresh();
      const row = store.getState().rows.find(({ key }) => key === id);
      return row && 'webhook' in row ? row.webhook : undefined;
    }
    try {
      return await adapter.get(id, { signal: within(signal) });
    } catch (thrown) {
      if (toAdapterError(thrown).code === 'not-found') throw thrown;
      return undefined;
    }
  };

  /** On a conflict of versions, what is stored by now has to be known; its row shows it, so that a second try is made with that in view. */
  const withCurrent = async <Answer>(id: string, version: string | undefined, signal: AbortSignal, call: Promise<Answer>): Promise<Answer> => {
    try {
      return await call;
    } catch (thrown) {
      let error = toAdapterError(thrown);
      const { code, message } = error;
      if (code === 'conflict' && !error.current && version !== undefined) {
        const current = await asked(id, signal);
        // The same version: it clashed with something else (HTTP 409), which the host alone can tell.
        if (current && current.version !== version) error = new AdapterError(code, { ...error, message, current });
      }
      if (error.current) put([error.current]);
      throw error.current ? error : thrown;
    }
  };

  const update: WebhookChanges['update'] = async (id, changes, version, signal) => {
    const call = adapter.update(id, changes, changeOptions(version, signal));
    const webhook = await unlessStopped(signal, withCurrent(id, version, signal, call));
    if (getState().problems.has(id)) tell(id);
    put([webhook]);
    follow();
    return webhook;
  };

  return {
    getState,
    subscribe,
    open: (id, signal) =>
      onRow(
        id,
        signal,
        async (stopped) => {
          if (adapter.can('get')) return adapter.get(id, { signal: within(stopped) });
          const row = store.getState().rows.find(({ key }) => key === id);
          if (!row || !('webhook' in row)) throw new AdapterError('not-found');
          return row.webhook;
        },
        false,
      ),
    async create(input, { signal, idempotencyKey }) {
      const webhook = await unlessStopped(signal, adapter.create(input, { signal: within(signal), idempotencyKey }));
      if (batches) created.push(webhook);
      else {
        put([webhook], true);
        follow();
      }
      return webhook;
    },
    update,
    async change(webhook, changes, signal) {
      const { id } = webhook;
      if (!signal && running.get(id)?.isChange) return undefined;
      const run = (stopped: AbortSignal) => update(id, changes, shown(webhook).version, stopped);
      return onRow(id, signal ?? new AbortController().signal, run).catch(() => undefined);
    },
    remove: (webhook, signal) =>
      onRow(webhook.id, signal, async (stopped) => {
        const { id } = webhook;
        const { version } = shown(webhook);
        const call = adapter.delete(id, changeOptions(version, stopped));
        try {
          await unlessStopped(stopped, withCurrent(id, version, stopped, call));
        } catch (thrown) {
          if (toAdapterError(thrown).code !== 'not-found') throw thrown;
        }
        store.show(store.getState().rows.filter(({ key }) => key !== id));
        follow();
      }),
    async batch(run) {
      batches += 1;
      try {
        await run();
      } finally {
        batches -= 1;
        if (created.length) put(created.splice(0), true);
        follow();
      }
    },
    async all(signal, tell) {
      const items = new Map<unknown, ListItem>();
      const seen = new Set<string>();
      let empty = 0;
      for (let cursor: string | undefined; ; seen.add(cursor)) {
        const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
        const page = await adapter.list(query, { signal: within(signal) });
        const before = items.size;
        let isEmpty = true;
        for (const item of page.items.map(readListItem)) {
          // Not the id that a malformed item claims to have: a good one may have it.
          const key = 'webhook' in item ? item.webhook.id : item.malformed.id === undefined ? item : `malformed ${item.malformed.id}`;
          if (key !== item && !items.has(key)) isEmpty = false;
          items.set(key, item);
        }
        cursor = page.nextCursor;
        // A cursor that comes back, and one that leads to what is known already, lead in a circle.
        const isCut = cursor !== undefined && (seen.has(cursor) || (page.items.length > 0 && items.size === before));
        if (cursor === undefined || isCut) return { items: [...items.values()], isCut };
        empty = isEmpty ? empty + 1 : 0;
        if (empty === MOST_EMPTY) throw malformedAnswer('list', ['nextCursor']);
        tell(items.size);
        // A host may answer at once: the page goes on in between.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    cancel() {
      for (const { stop } of running.values()) stop.abort();
    },
    clear: () => set({ problems: new Map() }),
  };
}
