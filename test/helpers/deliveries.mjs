// Deliveries for an adapter that has none, in the browser's tests and in Node's. Types: deliveries.d.mts.

export const attempt = (changes = {}) => ({
  id: crypto.randomUUID(),
  eventType: 'site.archived',
  outcome: 'succeeded',
  startedAt: new Date().toISOString(),
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [] },
  ...changes,
});

const at = (second) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

export function deliveries({ get }) {
  const logs = new Map();
  return {
    async sendTest(request, { signal }) {
      signal.throwIfAborted();
      return attempt();
    },
    async listDeliveries(id, { cursor = '0', limit }, options) {
      await get(id, options);
      const log = logs.get(id) ?? [3, 2, 1].map((second) => attempt({ startedAt: at(second) }));
      logs.set(id, log);
      const end = Number(cursor) + limit;
      return { items: log.slice(Number(cursor), end), ...(end < log.length && { nextCursor: String(end) }) };
    },
    async redeliver(id, { signal }) {
      signal.throwIfAborted();
      if ([...logs.values()].flat().some((one) => one.id === id)) return attempt();
      throw { code: 'not-found' };
    },
  };
}

export const withDeliveries = (adapter) => ({ ...adapter, ...deliveries(adapter) });
