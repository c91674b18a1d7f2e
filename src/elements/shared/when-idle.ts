/** How long a page that is never idle is waited for. */
const TIMEOUT_MS = 1000;

/** Runs it when the browser is idle, or a second later at the latest. Returns how to call it off. */
export function whenIdle(run: () => void): () => void {
  // WebKit has no requestIdleCallback.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: TIMEOUT_MS });
  return () => cancelIdleCallback(handle);
}
