type OnDemand = typeof import('../on-demand.js');

let loading: Promise<OnDemand> | undefined;

/** Fetches what the list does not need, once. A failure is not kept: the next call tries again. */
export function loadOnDemand(): Promise<OnDemand> {
  loading ??= import('../on-demand.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

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
