import type { ChangeOptions, CreateOptions } from '../adapter.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { readListItem, type ListItem } from '../checked-adapter.js';
import { createObservable, type Observable } from '../observable.js';
import type { Webhook, WebhookInput } from '../webhook.js';
import type { WebhookStore } from './webhook-store.js';

export interface ChangeState {
  /** The ids of webhooks that are being changed or deleted. */
  readonly pending: ReadonlySet<string>;
  /** By id: why the last change of a webhook from the list failed. */
  readonly problems: ReadonlyMap<string, AdapterError>;
}

/** What is done with single webhooks, and what became of it. The list shows what was stored. */
export interface WebhookChanges extends Observable<ChangeState> {
  /** The webhook to edit, as fresh as the host can tell. @throws {AdapterError} */
  open(id: string): Promise<Webhook>;
  /** @throws {AdapterError} and leaves the list as it was */
  create(input: WebhookInput, options: CreateOptions): Promise<Webhook>;
  /** @throws {AdapterError}, on a conflict with what is stored by now, and leaves the list as it was */
  update(id: string, changes: Partial<WebhookInput>, version: string | undefined, signal: AbortSignal): Promise<Webhook>;
  /** The changed webhook; undefined where it failed (its row says why) or another change of it is under way. */
  change(webhook: Webhook, changes: Partial<WebhookInput>, signal?: AbortSignal): Promise<Webhook | undefined>;
  /** Deletes a webhook; one that is gone already counts as deleted. @throws {AdapterError}, also kept for its row */
  remove(webhook: Webhook, signal: AbortSignal): Promise<void>;
  /** All webhooks of the account, page by page, whatever the list shows. @throws {AdapterError} */
  all(signal: AbortSignal): Promise<ListItem[]>;
  /** Forgets what failed. */
  clear(): void;
}

export function createWebhookChanges(store: WebhookStore): WebhookChanges {
  const { getState, subscribe, set } = createObservable<ChangeState>({ pending: new Set(), problems: new Map() });

  const { adapter, within } = store;

  const changeOptions = (version: string | undefined, signal: AbortSignal): ChangeOptions => ({
    signal: within(signal),
    ...(version === undefined ? {} : { version }),
  });

  const open = async (id: string, signal = new AbortController().signal): Promise<Webhook> => {
    if (adapter.can('get')) return adapter.get(id, { signal: within(signal) });
    const row = store.getState().rows.find(({ key }) => key === id);
    if (!row || !('webhook' in row)) throw new AdapterError('not-found');
    return row.webhook;
  };

  const update: WebhookChanges['update'] = async (id, changes, version, signal) => {
    try {
      const webhook = await adapter.update(id, changes, changeOptions(version, signal));
      store.put(webhook);
      return webhook;
    } catch (thrown) {
      const { code, current, message } = toAdapterError(thrown);
      if (code !== 'conflict' || current || !adapter.can('get')) throw thrown;
      // To show what changed, it must be known.
      throw new AdapterError(code, { message, current: await open(id, signal).catch(() => undefined) });
    }
  };

  const mark = (id: string, isPending: boolean, problem?: AdapterError): void => {
    const pending = new Set(getState().pending);
    const problems = new Map(getState().problems);
    if (isPending) pending.add(id);
    else pending.delete(id);
    if (problem) problems.set(id, problem);
    else problems.delete(id);
    set({ pending, problems });
  };

  /** Runs one change of one webhook; a second one while it is under way does nothing. */
  const onRow = async <Answer>(id: string, run: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (getState().pending.has(id)) return undefined;
    mark(id, true);
    try {
      const answer = await run();
      mark(id, false);
      return answer;
    } catch (thrown) {
      if ((thrown as Error).name === 'AbortError') {
        mark(id, false);
        // It may have been done all the same.
        void store.refresh();
        throw thrown;
      }
      const error = toAdapterError(thrown);
      mark(id, false, error);
      // The row shows what is stored now, so that a second try is made with that in view.
      if (error.current?.id === id) store.put(error.current);
      throw error;
    }
  };

  return {
    getState,
    subscribe,
    open: (id) => open(id),
    async create(input, { signal, idempotencyKey }) {
      const webhook = await adapter.create(input, { signal: within(signal), idempotencyKey });
      store.put(webhook);
      return webhook;
    },
    update,
    change: ({ id, version }, changes, signal = new AbortController().signal) =>
      onRow(id, () => update(id, changes, version, signal)).catch(() => undefined),
    async remove({ id, version }, signal) {
      await onRow(id, async () => {
        try {
          await adapter.delete(id, changeOptions(version, signal));
        } catch (thrown) {
          if (toAdapterError(thrown).code !== 'not-found') throw thrown;
        }
        store.take(id);
      });
    },
    async all(signal) {
      const items = new Map<unknown, ListItem>();
      const seen = new Set<string>();
      for (let cursor: string | undefined; ; seen.add(cursor)) {
        const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
        const page = await adapter.list(query, { signal: within(signal) });
        for (const item of page.items.map(readListItem)) items.set('webhook' in item ? item.webhook.id : item, item);
        cursor = page.nextCursor;
        if (cursor === undefined || seen.has(cursor)) return [...items.values()];
      }
    },
    clear: () => set({ problems: new Map() }),
  };
}
