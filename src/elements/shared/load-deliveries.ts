type Deliveries = typeof import('../deliveries/deliveries.js');

let loading: Promise<Deliveries> | undefined;

/** Fetches what looks at requests and deliveries, once. A failure is not kept: the next call tries again. */
export function loadDeliveries(): Promise<Deliveries> {
  loading ??= import('../deliveries/deliveries.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
