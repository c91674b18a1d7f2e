import 'webhook-settings/define';
import { createMemoryAdapter } from 'webhook-settings/adapters/memory';
import { underConditions, type Conditions } from './difficult-adapter.js';
import { organizations, samples } from './host-data.js';
import { redact } from './redact.js';

const find = <Found extends HTMLElement>(selector: string): Found => document.querySelector<Found>(selector)!;

const modal = find<HTMLElementTagNameMap['add-webhook-modal']>('add-webhook-modal');
const answer = find<HTMLSelectElement>('#answer');

const { signal } = new AbortController();
const stored = createMemoryAdapter();
const server = underConditions(stored, () => ({
  latency: 600,
  failures: answer.value as Conditions['failures'],
}));

modal.organizations = organizations.slice(0, 3);

find('#add').addEventListener('click', () => {
  modal.webhook = undefined;
  void modal.show();
});

find('#edit').addEventListener('click', () => void edit());

async function edit(): Promise<void> {
  const { items } = await stored.list({ limit: 1 }, { signal });
  modal.webhook =
    items[0] ?? (await stored.create(samples[2]!, { signal, idempotencyKey: crypto.randomUUID() }));
  await modal.show();
}

modal.addEventListener('webhook-submit', ({ detail }) => {
  const { input, id, changes, idempotencyKey, waitUntil } = detail;
  find('#input').textContent = JSON.stringify(id === undefined ? redact(input) : { id, changes: redact(changes ?? {}) }, null, 2);
  waitUntil(
    id === undefined
      ? server.create(input, { signal: detail.signal, idempotencyKey })
      : server.update!(id, changes ?? {}, { signal: detail.signal }),
  );
});

modal.addEventListener('webhook-modal-close', ({ detail }) => {
  find('#closed').textContent = detail.reason;
});
