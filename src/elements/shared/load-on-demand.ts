import { once } from './load-once.js';

/** Fetches what the list does not need. */
export const loadOnDemand = once(() => import('../on-demand.js'));

/** Runs it when the browser is idle. Returns how to call it off. */
export function whenIdle(run: () => void): () => void {
  // WebKit has no requestIdleCallback.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run);
  return () => cancelIdleCallback(handle);
}

/** Fetches it ahead when the browser is idle; a failure shows when it is needed. Returns how to call it off. */
export const prefetchOnDemand = (then: () => void): (() => void) =>
  whenIdle(() => void loadOnDemand().then(then, () => undefined));
