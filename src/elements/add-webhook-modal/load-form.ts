type FormModule = typeof import('./form.js');

let loaded: FormModule | undefined;
let loading: Promise<FormModule> | undefined;

/** The form's code once it is there: it is fetched apart from the list, which does not need it. */
export const loadedForm = (): FormModule | undefined => loaded;

/** Fetches the form's code once. A failure is not kept: the next call tries again. */
export function loadForm(): Promise<FormModule> {
  loading ??= import('./form.js').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Fetches it ahead when the browser is idle; a failure shows when the form is opened. */
export function prefetchForm(): () => void {
  const fetchAhead = () => void loadForm().catch(() => undefined);
  // WebKit has no requestIdleCallback.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(fetchAhead, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(fetchAhead);
  return () => cancelIdleCallback(handle);
}
