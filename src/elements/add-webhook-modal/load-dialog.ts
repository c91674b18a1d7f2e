type DialogModule = typeof import('./modal-dialog.js');

let loading: Promise<DialogModule> | undefined;

/** Fetches the dialog's code once. A failure is not kept: the next call tries again. */
export function loadDialog(): Promise<DialogModule> {
  loading ??= import('./modal-dialog.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Fetches it ahead when the browser is idle; a failure shows when the dialog is opened. Returns how to call it off. */
export function prefetchDialog(): () => void {
  const fetchAhead = () => void loadDialog().catch(() => undefined);
  // WebKit has no requestIdleCallback.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(fetchAhead, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(fetchAhead);
  return () => cancelIdleCallback(handle);
}
