import { once } from './load-once.js';
import { whenIdle } from './when-idle.js';

/** Fetches what the list does not need. */
export const loadOnDemand = once(() => import('../on-demand.js'));

/** Fetches it ahead when the browser is idle; a failure shows when it is needed. Returns how to call it off. */
export const prefetchOnDemand = (then: () => void): (() => void) =>
  whenIdle(() => void loadOnDemand().then(then, () => undefined));
