import * as z from 'zod/mini';
import type { WebhookAdapter } from '../adapter.js';
import { parseAnswer } from '../adapter-answer.js';
import { AdapterError, toAdapterError } from '../adapter-error.js';
import { deliveryAttemptSchema, type DeliveryAttempt, type DeliveryQuery } from '../delivery.js';
import { issuePaths } from '../issue-paths.js';
import { createObservable, type Observable } from '../observable.js';
import { untilAborted } from '../until-aborted.js';

/** Which deliveries are shown. */
export type DeliveryView = Pick<DeliveryQuery, 'outcome' | 'event'>;

/** A delivery, or what could be read of one that the schema refuses, and where it went wrong. */
export type DeliveryItem = { readonly attempt: DeliveryAttempt } | { readonly malformed: readonly string[]; readonly id: string };

export interface DeliveryLogState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly busy: boolean;
  readonly view: DeliveryView;
  /** Newest first. */
  readonly items: readonly DeliveryItem[];
  readonly nextCursor: string | undefined;
  readonly error: AdapterError | undefined;
}

/** What the host delivered for one webhook. */
export interface DeliveryLog extends Observable<DeliveryLogState> {
  setView(view: DeliveryView): Promise<void>;
  loadMore(): Promise<void>;
  /** Stops waiting for a page. */
  cancel(): void;
  /**
   * What failed between two times and has not arrived since: of each event the last attempt, oldest first. An event that
   * is about to be tried again is not among them. @throws {AdapterError}
   */
  failures(range: { from: string; to: string }, signal: AbortSignal): Promise<DeliveryAttempt[]>;
  /** The new attempt, which is in the log by then. @throws {AdapterError} */
  redeliver(attempt: DeliveryAttempt, signal?: AbortSignal): Promise<DeliveryAttempt>;
  dispose(): void;
}

const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.optional(z.unknown()) });
const PAGE_SIZE = 25;

/** The same for as long as the delivery is in the log. */
export const itemId = (item: DeliveryItem): string => ('attempt' in item ? item.attempt.id : `malformed ${item.id}`);

export function createDeliveryLog(adapter: WebhookAdapter, webhookId: string): DeliveryLog {
  const { getState, subscribe, set } = createObservable<DeliveryLogState>({
    status: 'loading',
    busy: false,
    view: {},
    items: [],
    nextCursor: undefined,
    error: undefined,
  });
  const lifetime = new AbortController();
  let call: AbortController | undefined;
  let seenCursors = new Set<string>();
  /** What was sent again since the last call began: its answer may be from before. */
  let sentAgain: DeliveryItem[] = [];

  /** Each item for itself: a malformed one does not break the others. */
  const readItem = (item: unknown, place: number): DeliveryItem => {
    const { data, error } = deliveryAttemptSchema.safeParse(item);
    if (data) return { attempt: data };
    const { id } = { ...(item as { id?: unknown } | undefined) };
    return { malformed: issuePaths(error.issues), id: typeof id === 'string' ? id : `#${place}` };
  };

  const page = async (query: DeliveryQuery, signal: AbortSignal, before = 0) => {
    const options = { signal: AbortSignal.any([signal, lifetime.signal]) };
    const answer = await untilAborted(options.signal, adapter.listDeliveries!(webhookId, query, options));
    const { items, nextCursor } = parseAnswer('listDeliveries', pageSchema, answer);
    return { items: items.map((item, index) => readItem(item, before + index + 1)), nextCursor: typeof nextCursor === 'string' && nextCursor ? nextCursor : undefined };
  };

  const fail = (error: AdapterError) => set({ busy: false, status: getState().status === 'ready' ? 'ready' : 'failed', error });

  const load = async (cursor?: string): Promise<void> => {
    call?.abort();
    const mine = (call = new AbortController());
    sentAgain = [];
    set({ busy: true, error: undefined });
    try {
      const { items, nextCursor } = await page(
        { ...getState().view, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
        mine.signal,
        cursor === undefined ? 0 : getState().items.length,
      );
      const before = cursor === undefined ? sentAgain : getState().items;
      const fresh = new Map([...before, ...items].map((item) => [itemId(item), item]));
      if (cursor === undefined) seenCursors = new Set();
      // A cursor that comes back would walk in a circle: the log ends there.
      const next = nextCursor !== undefined && !seenCursors.has(nextCursor) ? nextCursor : undefined;
      if (next !== undefined) seenCursors.add(next);
      set({ status: 'ready', busy: false, items: [...fresh.values()], nextCursor: next });
    } catch (thrown) {
      if (mine !== call || lifetime.signal.aborted) return;
      fail(toAdapterError(thrown));
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
    cancel() {
      if (!getState().busy) return;
      call?.abort();
      call = undefined;
      fail(new AdapterError('unavailable'));
    },
    async failures({ from, to }, signal) {
      const last = new Map<string, DeliveryAttempt>();
      const failed = new Set<string>();
      const seen = new Set<string>();
      const seenItems = new Set<string>();
      for (let cursor: string | undefined; ; seen.add(cursor)) {
        // All outcomes, until now: what failed then may have arrived since.
        const { items, nextCursor } = await page({ from, limit: 100, ...(cursor === undefined ? {} : { cursor }) }, signal);
        const before = seenItems.size;
        for (const item of items) {
          seenItems.add(itemId(item));
          if (!('attempt' in item)) continue;
          const { attempt } = item;
          const event = attempt.eventId ?? attempt.id;
          // They come newest first.
          if (!last.has(event)) last.set(event, attempt);
          if (attempt.outcome === 'failed' && Date.parse(attempt.startedAt) < Date.parse(to)) failed.add(event);
        }
        cursor = nextCursor;
        // A cursor that comes back, and one that leads to what is known already, lead in a circle.
        if (cursor === undefined || seen.has(cursor) || (items.length && seenItems.size === before))
          return [...last].flatMap(([event, attempt]) => (failed.has(event) && attempt.outcome === 'failed' ? attempt : [])).reverse();
      }
    },
    async redeliver({ id }, signal = new AbortController().signal) {
      const options = { signal: AbortSignal.any([signal, lifetime.signal]) };
      const attempt = parseAnswer('redeliver', deliveryAttemptSchema, await untilAborted(options.signal, adapter.redeliver!(id, options)));
      const { view, items } = getState();
      const isShown = (view.outcome ?? attempt.outcome) === attempt.outcome && (view.event ?? attempt.eventType) === attempt.eventType;
      if (isShown) {
        sentAgain = [{ attempt }, ...sentAgain];
        set({ items: [{ attempt }, ...items.filter((item) => itemId(item) !== attempt.id)] });
      }
      return attempt;
    },
    dispose() {
      lifetime.abort();
    },
  };
}
