import { once } from './load-once.js';

/** Fetches what looks at requests and deliveries. */
export const loadDeliveries = once(() => import('../deliveries/deliveries.js'));
