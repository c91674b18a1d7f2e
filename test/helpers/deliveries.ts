import type { createMemoryAdapter } from '../../src/adapters/memory.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { DeliveryAttempt } from '../../src/core/delivery.js';

export const attempt = (changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
  id: crypto.randomUUID(),
  eventType: 'site.archived',
  outcome: 'succeeded',
  startedAt: new Date().toISOString(),
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [] },
  ...changes,
});
export const notFound = () => Promise.reject(new AdapterError('not-found'));

/** Well-behaved deliveries: three of each webhook, and another with each redelivery. */
export function deliveries({ get }: Pick<ReturnType<typeof createMemoryAdapter>, 'get'>): Required<Pick<WebhookAdapter, 'sendTest' | 'listDeliveries' | 'redeliver'>> {
  const logs = new Map<string, DeliveryAttempt[]>();
  return {
    sendTest: (_, { signal }) => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve(attempt())),
    listDeliveries: async (id, { cursor = '0', limit }, options) => {
      await get(id, options);
      const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
      const log = logs.get(id) ?? [3, 2, 1].map((second) => attempt({ startedAt: at(second) }));
      logs.set(id, log);
      const end = Number(cursor) + limit;
      return { items: log.slice(Number(cursor), end), ...(end < log.length && { nextCursor: String(end) }) };
    },
    redeliver: async (id, { signal }) => {
      signal.throwIfAborted();
      return [...logs.values()].flat().some((one) => one.id === id) ? attempt() : notFound();
    },
  };
}

/** The adapter with them: one that can do all that the contract has. */
export const withDeliveries = <Adapter extends Pick<ReturnType<typeof createMemoryAdapter>, 'get'>>(adapter: Adapter) => ({
  ...adapter,
  ...deliveries(adapter),
});
