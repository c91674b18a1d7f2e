import type { DeliveryAttempt, Webhook, WebhookAdapter } from 'webhook-settings';
import { createMemoryAdapter } from 'webhook-settings/adapters/memory';
import { organizations, samples } from './host-data.js';

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

type Outcomes = NonNullable<Webhook['health']>['recent'];
const outcomes = (marks: string): Outcomes => [...marks].map((mark) => (mark === '+' ? 'succeeded' : 'failed'));

/** How the last deliveries of each sample went. */
const health: readonly (Webhook['health'] | undefined)[] = [
  { recent: outcomes('++++++++++') },
  { recent: outcomes('+++-++++++') },
  { recent: outcomes('++++++--++') },
  undefined,
  { recent: outcomes('++--------'), deactivatedReason: 'Every call failed for three days.' },
  undefined,
];

const webhooks = samples.map((sample, index) => ({
  ...sample,
  id: `wh_${index + 1}`,
  createdAt: ago(index * 60 * 24 + 1),
  updatedAt: ago(index * 60 * 24 + 1),
  health: health[index],
})) as unknown as Webhook[];

/** One call, as a host tells of it. */
function attempt(number: number, outcome: DeliveryAttempt['outcome'], status: number | undefined): DeliveryAttempt {
  return {
    id: `at_${number}`,
    eventType: 'milestone.status_change',
    outcome,
    attempt: 1,
    startedAt: ago(number * 7),
    durationMs: 80 + number * 31,
    ...(outcome === 'pending' && { nextAttemptAt: ago(-2) }),
    request: {
      method: 'POST',
      url: 'https://crm.example.com/milestones',
      headers: [
        { key: 'Content-Type', value: 'application/json' },
        { key: 'X-Tenant', value: '7' },
      ],
      body: '{\n  "type": "milestone.status_change",\n  "site": "Harbor Light 12"\n}',
    },
    ...(status !== undefined && {
      response: { status, headers: [{ key: 'Content-Type', value: 'text/plain' }], body: status < 300 ? 'ok' : 'try again later' },
    }),
  };
}

const attempts = [
  attempt(1, 'succeeded', 200),
  attempt(2, 'pending', undefined),
  attempt(3, 'failed', 503),
  attempt(4, 'succeeded', 204),
  attempt(5, 'succeeded', 200),
];

/** A host in memory with everything that the widget can show. */
export function createThemeHost(): WebhookAdapter {
  return {
    ...createMemoryAdapter({ webhooks, organizations: organizations.slice(0, 3) }),
    sendTest: () => Promise.resolve(attempt(0, 'succeeded', 200)),
    listDeliveries: (_, { outcome }) => Promise.resolve({ items: attempts.filter((one) => !outcome || one.outcome === outcome) }),
    redeliver: () => Promise.resolve(attempt(0, 'succeeded', 200)),
  };
}
