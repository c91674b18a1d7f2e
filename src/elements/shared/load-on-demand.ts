import { once } from './load-once.js';

/** Fetches what the list does not need. */
export const loadOnDemand = once(() => import('../on-demand.js'));
