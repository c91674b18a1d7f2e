import { Problem } from '../problem.js';
import type { Caller } from './caller.js';
import type { AttemptRow, Queue } from './queue.js';

export interface WorkerOptions {
  /** Calls at a time, of all webhooks. */
  concurrency: number;
  /** Milliseconds after which to look again, for what other processes have put in. */
  pollMs: number;
}

export interface Worker {
  start(): void;
  /** Looks for calls that are due, now. */
  kick(): void;
  /** Makes one more call of an event, which a person asks for; settles when it is booked. */
  again(attempt: AttemptRow): Promise<AttemptRow>;
  /** Takes no more calls, and settles when those under way are booked. */
  stop(): Promise<void>;
}

const report = (error: unknown) => console.error(`worker: ${(error as Error).message}`);

/** Takes calls from the queue and makes them, a limited number at a time. */
export function createWorker(queue: Queue, caller: Caller, { concurrency, pollMs }: WorkerOptions): Worker {
  const running = new Set<Promise<void>>();
  /** Those that a person asked for: they wait for no place. */
  const asked = new Set<Promise<unknown>>();
  let ended = false;
  const inFlight = new Map<string, number>();
  let isLooking = false;
  let lookAgain = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let recoveredAt = 0;
  /** Each look costs the database more than a row: one fetches several. */
  const worthwhile = Math.max(1, Math.floor(concurrency / 4));

  const count = (webhookId: string, by: number) => {
    const now = (inFlight.get(webhookId) ?? 0) + by;
    if (now > 0) inFlight.set(webhookId, now);
    else inFlight.delete(webhookId);
  };

  async function run(attempt: AttemptRow): Promise<void> {
    const exchange = await caller.call(attempt);
    await ('dropped' in exchange ? queue.drop(attempt, exchange.dropped) : queue.finish(attempt, exchange));
  }

  function begin(attempt: AttemptRow) {
    count(attempt.webhook_id, 1);
    const call = run(attempt)
      // The claim runs out, and the call is taken up again.
      .catch(report)
      .finally(() => {
        running.delete(call);
        count(attempt.webhook_id, -1);
        if (!running.size || concurrency - running.size >= worthwhile) kick();
      });
    running.add(call);
  }

  async function look() {
    if (Date.now() - recoveredAt > pollMs) {
      await queue.recover(false).catch(report);
      recoveredAt = Date.now();
    }
    do {
      lookAgain = false;
      const free = concurrency - running.size;
      if (free > 0) {
        // Half of the places are for webhooks that work.
        const claimed = await queue.claim(free, Math.max(0, free - Math.floor(concurrency / 2)), inFlight);
        claimed.forEach(begin);
      }
    } while (lookAgain && !stopped);
    const due = await queue.untilNext();
    if (!stopped) timer = setTimeout(kick, Math.min(pollMs, Math.max(due ?? pollMs, running.size ? 50 : 5)));
  }

  function kick() {
    if (stopped) return;
    if (isLooking) {
      lookAgain = true;
      return;
    }
    clearTimeout(timer);
    isLooking = true;
    looking = look()
      .catch((error: unknown) => {
        report(error);
        if (!stopped) timer = setTimeout(kick, pollMs);
      })
      .finally(() => {
        isLooking = false;
        if (lookAgain) kick();
      });
  }

  return {
    start() {
      stopped = false;
      kick();
    },
    kick,
    async again(attempt) {
      if (ended) throw new Problem(503, 'The host is stopping.', { headers: { 'retry-after': '5' } });
      const call = queue.again(attempt).then(async (claimed) => {
        await run(claimed);
        return claimed;
      });
      asked.add(call);
      try {
        return await call;
      } finally {
        asked.delete(call);
      }
    },
    async stop() {
      ended = true;
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.allSettled([...running, ...asked]);
    },
  };
}
