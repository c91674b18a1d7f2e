import type { createMemoryAdapter } from '../../src/adapters/memory.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { DeliveryAttempt } from '../../src/core/delivery.js';

type Readable = Pick<ReturnType<typeof createMemoryAdapter>, 'get'>;
type Delivering = Required<Pick<WebhookAdapter, 'sendTest' | 'listDeliveries' | 'redeliver'>>;

export declare const attempt: (changes?: Partial<DeliveryAttempt>) => DeliveryAttempt;
/** Well-behaved deliveries: three of each webhook, and another with each redelivery. */
export declare const deliveries: (adapter: Readable) => Delivering;
/** The adapter with them: one that can do all that the contract has. */
export declare const withDeliveries: <Adapter extends Readable>(adapter: Adapter) => Adapter & Delivering;
