export interface RetryPolicy {
  /** Calls in all, the first one included. */
  attempts: number;
  /** Milliseconds before the second call; doubled with each further one. */
  baseMs: number;
  longestMs: number;
}

/** Seconds; no receiver may put a call off for longer. */
export const longestRetryAfter = 24 * 60 * 60;

/**
 * How long to wait after the failed call `number`: exponential, with jitter of up to a half, so that receivers that came
 * back are not overrun; at least as long as the receiver asked for.
 */
export function retryDelay({ baseMs, longestMs }: RetryPolicy, number: number, retryAfter = 0, random = Math.random()): number {
  const full = Math.min(longestMs, baseMs * 2 ** Math.min(number - 1, 30));
  return Math.round(Math.max(full * (0.5 + random / 2), Math.min(retryAfter, longestRetryAfter) * 1000));
}

/** More of the same would not help: the receiver took the call, or says that it is gone for good. */
export const isFinal = (error: string | undefined, status: number | undefined): boolean => error === 'too-large' || status === 410;
