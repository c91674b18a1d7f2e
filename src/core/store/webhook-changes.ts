import type { CallOptions, ChangeOptions, CreateOptions } from '../adapter.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { CheckedAdapter } from '../checked-adapter.js';
import { givenParts } from '../page.js';
import { createObservable, type Observable } from '../observable.js';
import { isStoredAs } from '../stored-as.js';
import type { Webhook, WebhookInput } from '../webhook.js';
import type { WebhookStore } from './webhook-store.js';

/** What failed, and why. */
export interface Problem {
  readonly error: AdapterError;
  /** As it was: its row may not be on show any more. */
  readonly webhook: Webhook;
  /** Absent where it was to be deleted. */
  readonly changes?: Partial<WebhookInput>;
}

export interface ChangeState {
  /** The ids of webhooks that are being opened, changed or deleted. */
  readonly pending: ReadonlySet<string>;
  /** Those of them that have been waited for longer than usual. */
  readonly slow: ReadonlySet<string>;
  /** By id: why the last change of a webhook from the list failed. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** What is done with single webhooks, and what became of it. The list shows what was stored. */
export interface WebhookChanges extends Observable<ChangeState> {
  /** The webhook to edit, as fresh as the host can tell. One that is gone leaves the list. @throws {AdapterError} */
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
  /** A webhook as its row has it by now. */
  shown(webhook: Webhook): Webhook;
  /** Runs many changes, after which the host is asked for the list once. */
  batch(run: () => Promise<void>): Promise<void>;
  /** Stops waiting for this webhook. */
  cancel(id: string): void;
  /** Forgets why this webhook, or those that are on show, failed. */
  clear(id?: string): void;
}

export type Stored = 'created' | 'updated' | 'deleted';

/** True where the host may have done it all the same. */
export const isUnsure = ({ code }: AdapterError): boolean => code === 'network' || code === 'unavailable' || code === 'unknown';

/** How long a change from the list may take before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** `told` hears what was stored, also of what nobody waits for any more. */
export function createWebhookChanges(
  store: WebhookStore,
  told: (what: Stored, webhook: Webhook) => void = () => undefined,
): WebhookChanges {
  const { getState, subscribe, set } = createObservable<ChangeState>({ pending: new Set(), slow: new Set(), problems: new Map() });
  const running = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown>; readonly isChange: boolean }>();
  let batches = 0;
  /** What was added by many changes; shown after them, as a list that follows each takes longer than a host. */
  const created: Webhook[] = [];
  /** A look at the list is due when they are over. */
  let isDue = false;
  /** Of each webhook the change that was sent last: what a host says late of one before it is old. */
  const latest = new Map<string, symbol>();
  /** The ids of what was made here: a save that was stopped and sent again makes one webhook. */
  const made = new Set<string>();

  const adapter = new CheckedAdapter(store.host);
  const { within } = store;

  /** For as long as the list is there. */
  const always = (): CallOptions => ({ signal: within(new AbortController().signal) });

  const changeOptions = (version: string | undefined, signal: AbortSignal): ChangeOptions => ({
    signal: within(signal),
    ...(version === undefined ? {} : { version }),
  });

  const shown: WebhookChanges['shown'] = (webhook) => {
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

  const drop = (id: string): void => store.show(store.getState().rows.filter(({ key }) => key !== id));

  /** Asks again for as many webhooks as are on show, or about to be; they stay meanwhile. */
  const look = async (): Promise<void> => {
    const { rows, busy } = store.getState();
    if (batches) isDue = true;
    else await store.refresh(rows.length + (busy === 'more' ? 1 : 0));
  };

  /** What was asked before a change was stored may not have it yet, a view may not show it, and more may be where none is left: ask again. */
  const follow = (): void => {
    const { status, busy, arriving, view, rows, nextCursor } = store.getState();
    // A view of many pages stays as it is, with the changed rows in it.
    const mayLeaveView = Object.keys(givenParts(view)).length > 0 && rows.length <= store.pageSize;
    const isUsedUp = !rows.length && nextCursor !== undefined;
    if (!batches && (status !== 'ready' || busy === 'refresh' || arriving || mayLeaveView || isUsedUp)) void look();
  };

  const tell = (id: string, problem?: Problem): void => {
    const problems = new Map(getState().problems);
    if (problem) problems.set(id, problem);
    else problems.delete(id);
    const slow = new Set(getState().slow);
    slow.delete(id);
    set({ pending: new Set(running.keys()), slow, problems });
  };

  /**
   * Does one thing with one webhook, after whatever is under way with it. Of a change it is kept for its row `what` failed;
   * that it could not be opened somebody else tells.
   */
  const onRow = async <Answer>(
    id: string,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<Answer>,
    what?: Omit<Problem, 'error'>,
  ): Promise<Answer> => {
    for (let before = running.get(id); before; before = running.get(id)) {
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await Promise.race([before.ended, aborted]);
      signal.throwIfAborted();
    }
    const stop = new AbortController();
    const call = run(AbortSignal.any([signal, stop.signal]));
    running.set(id, { stop, ended: call.catch(() => undefined), isChange: !!what });
    tell(id);
    const patience = setTimeout(() => set({ slow: new Set([...getState().slow, id]) }), PATIENCE);
    let problem: Problem | undefined;
    try {
      return await call;
    } catch (thrown) {
      if ((thrown as Error).name === 'AbortError') throw thrown;
      const error = toAdapterError(thrown);
      if (what) problem = { ...what, error };
      throw error;
    } finally {
      clearTimeout(patience);
      running.delete(id);
      tell(id, problem);
    }
  };

  /**
   * Has the host change something, shows it, and reports it. Where the person stops waiting, or the answer gets lost, the list asks
   * what came of it. A host may not know that nobody waits, or be past stopping: then it is reported, and asked again, however late
   * it answers, but what it says by then may be old.
   */
  const send = async <Answer>(
    signal: AbortSignal,
    call: (waiting: CallOptions) => Promise<Answer>,
    show: (answer: Answer) => void,
    report: (answer: Answer) => void,
  ): Promise<Answer> => {
    signal.throwIfAborted();
    const answer = call(always());
    const late = (got: Answer) => {
      report(got);
      void look();
    };
    let stop!: () => void;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => {
        reject(signal.reason as Error);
        void look();
        answer.then(late, (thrown: Error) => void (thrown.name === 'AbortError' || look()));
      };
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      const got = await Promise.race([answer, stopped]);
      if (signal.aborted) return got;
      show(got);
      report(got);
      follow();
      return got;
    } catch (thrown) {
      const error = toAdapterError(thrown);
      const isOver = signal.aborted || (thrown as Error).name === 'AbortError';
      if (!isOver && (isUnsure(error) || error.code === 'not-found')) void look();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };

  /** A webhook as the host has it by now; undefined where it does not tell. @throws {AdapterError} `not-found` */
  const asked = async (id: string, signal: AbortSignal): Promise<Webhook | undefined> => {
    if (!adapter.can('get')) {
      await look();
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

  const update: WebhookChanges['update'] = (id, changes, version, signal) => {
    const mine = Symbol();
    latest.set(id, mine);
    return send(
      signal,
      (waiting) => withCurrent(id, version, signal, adapter.update(id, changes, changeOptions(version, signal), waiting)),
      (webhook) => {
        if (getState().problems.has(id)) tell(id);
        put([webhook]);
      },
      (webhook) => {
        if (latest.get(id) === mine) told('updated', webhook);
      },
    );
  };

  return {
    getState,
    subscribe,
    open: (id, signal) =>
      onRow(id, signal, async (stopped) => {
        if (adapter.can('get'))
          return adapter.get(id, { signal: within(stopped) }).catch((thrown: unknown) => {
            if (toAdapterError(thrown).code === 'not-found') drop(id);
            throw thrown;
          });
        const row = store.getState().rows.find(({ key }) => key === id);
        if (!row || !('webhook' in row)) throw new AdapterError('not-found');
        return row.webhook;
      }),
    create: (input, { signal, idempotencyKey }) =>
      send(
        signal,
        (waiting) => adapter.create(input, { signal: within(signal), idempotencyKey }, waiting),
        (webhook) => {
          if (batches) created.push(webhook);
          else put([webhook], true);
        },
        (webhook) => {
          if (!made.has(webhook.id)) told('created', webhook);
          made.add(webhook.id);
        },
      ),
    update,
    async change(webhook, changes, signal) {
      const { id } = webhook;
      if (!signal && running.get(id)?.isChange) return undefined;
      const run = (stopped: AbortSignal) =>
        update(id, changes, shown(webhook).version, stopped).catch((thrown: unknown) => {
          const { current } = toAdapterError(thrown);
          // Someone else has done the same, or it was done by a call whose answer got lost.
          if (current && Object.entries(changes).every(([name, value]) => isStoredAs(value, current[name as keyof Webhook]))) return current;
          throw thrown;
        });
      return onRow(id, signal ?? new AbortController().signal, run, { webhook, changes }).catch(() => undefined);
    },
    remove(webhook, signal) {
      const { id } = webhook;
      const run = (stopped: AbortSignal) => {
        const { version } = shown(webhook);
        return send(
          stopped,
          (waiting) =>
            withCurrent(id, version, stopped, adapter.delete(id, changeOptions(version, stopped), waiting)).catch((thrown: unknown) => {
              if (toAdapterError(thrown).code !== 'not-found') throw thrown;
            }),
          () => drop(id),
          () => told('deleted', webhook),
        );
      };
      return onRow(id, signal, run, { webhook });
    },
    shown,
    async batch(run) {
      batches += 1;
      try {
        await run();
      } finally {
        batches -= 1;
        if (created.length) put(created.splice(0), true);
        if (isDue && !batches) {
          isDue = false;
          void look();
        } else follow();
      }
    },
    cancel: (id) => running.get(id)?.stop.abort(),
    clear(id) {
      const gone = new Set(id === undefined ? store.getState().rows.map(({ key }) => key) : [id]);
      set({ problems: new Map([...getState().problems].filter(([key]) => !gone.has(key))) });
    },
  };
}
