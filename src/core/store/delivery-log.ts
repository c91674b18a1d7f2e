import * as z from 'zod/mini';
import type { WebhookAdapter } from '../adapter.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { deliveryAttemptSchema, type DeliveryAttempt, type DeliveryQuery } from '../delivery.js';
import { issuePaths } from '../issue-paths.js';
import { createObservable, type Observable } from '../observable.js';

/** Which deliveries are shown. */
export type DeliveryView = Pick<DeliveryQuery, 'outcome' | 'event'>;

export interface DeliveryLogState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly busy: boolean;
  readonly view: DeliveryView;
  /** Newest first. */
  readonly attempts: readonly DeliveryAttempt[];
  readonly nextCursor: string | undefined;
  readonly error: AdapterError | undefined;
}

/** What the host delivered for one webhook. */
export interface DeliveryLog extends Observable<DeliveryLogState> {
  setView(view: DeliveryView): Promise<void>;
  loadMore(): Promise<void>;
  /** The failures between two times, oldest first. @throws {AdapterError} */
  failures(range: { from: string; to: string }, signal: AbortSignal): Promise<DeliveryAttempt[]>;
  /** @throws {AdapterError} */
  redeliver(attempt: DeliveryAttempt, signal?: AbortSignal): Promise<void>;
  dispose(): void;
}

const pageSchema = z.object({ items: z.array(deliveryAttemptSchema), nextCursor: z.optional(z.unknown()) });
const PAGE_SIZE = 25;

/** A host's answer, parsed. @throws {AdapterError} */
export function parseAnswer<Schema extends z.ZodMiniType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const { data, error, success } = schema.safeParse(answer);
  if (!success)
    throw new AdapterError('unknown', { cause: new TypeError(`malformed answer at ${issuePaths(error.issues).join(', ')}`) });
  return data;
}

export function createDeliveryLog(adapter: WebhookAdapter, webhookId: string): DeliveryLog {
  const { getState, subscribe, set } = createObservable<DeliveryLogState>({
    status: 'loading',
    busy: false,
    view: {},
    attempts: [],
    nextCursor: undefined,
    error: undefined,
  });
  const lifetime = new AbortController();
  let call: AbortController | undefined;

  const page = async (query: DeliveryQuery, signal: AbortSignal) => {
    const options = { signal: AbortSignal.any([signal, lifetime.signal]) };
    const { items, nextCursor } = parseAnswer(pageSchema, await adapter.listDeliveries!(webhookId, query, options));
    options.signal.throwIfAborted();
    return { items, nextCursor: typeof nextCursor === 'string' ? nextCursor : undefined };
  };

  const load = async (cursor?: string): Promise<void> => {
    call?.abort();
    const mine = (call = new AbortController());
    set({ busy: true, error: undefined });
    try {
      const { items, nextCursor } = await page(
        { ...getState().view, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
        mine.signal,
      );
      const before = cursor === undefined ? [] : getState().attempts;
      const fresh = new Map([...before, ...items].map((attempt) => [attempt.id, attempt]));
      // A cursor that comes back would walk in a circle.
      set({ status: 'ready', busy: false, attempts: [...fresh.values()], nextCursor: nextCursor === cursor ? undefined : nextCursor });
    } catch (thrown) {
      if (mine !== call || lifetime.signal.aborted) return;
      set({ busy: false, status: getState().status === 'ready' ? 'ready' : 'failed', error: toAdapterError(thrown) });
    }
  };

  return {
    getState,
    subscribe,
    async setView(view) {
      set({ view });
      await load();
    },
    async loadMore() {
      const { nextCursor, busy } = getState();
      if (nextCursor !== undefined && !busy) await load(nextCursor);
    },
    async failures({ from, to }, signal) {
      const found = new Map<string, DeliveryAttempt>();
      const seen = new Set<string>();
      for (let cursor: string | undefined; ; seen.add(cursor)) {
        const { items, nextCursor } = await page(
          { outcome: 'failed', from, to, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
          signal,
        );
        for (const attempt of items) found.set(attempt.id, attempt);
        cursor = nextCursor;
        if (cursor === undefined || seen.has(cursor)) return [...found.values()].reverse();
      }
    },
    async redeliver({ id }, signal = new AbortController().signal) {
      const options = { signal: AbortSignal.any([signal, lifetime.signal]) };
      parseAnswer(deliveryAttemptSchema, await adapter.redeliver!(id, options));
      await load();
    },
    dispose() {
      lifetime.abort();
    },
  };
}
