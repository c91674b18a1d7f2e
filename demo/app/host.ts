import 'webhook-settings/define';
import type { EventType, Organization, Webhook, WebhookInput } from 'webhook-settings';
import { createRestAdapter } from 'webhook-settings/adapters/rest';
import { apiUrl, callHost } from './host-api.js';

interface Session {
  id: string;
  name: string;
  account: string;
  access: 'manage' | 'denied' | 'unavailable';
}

const find = <Found extends HTMLElement>(selector: string): Found => document.querySelector<Found>(selector)!;

let settings: HTMLElementTagNameMap['webhook-settings'] | undefined;
const status = find('#status');
const user = find<HTMLSelectElement>('#user');
const samples = find<HTMLButtonElement>('#samples');
const form = find<HTMLFormElement>('#fire');
const fire = form.querySelector('button')!;
const logins = find('#logins');
const signing = find('#signing');
const signingSecret = find('#signing-secret');
const showSigning = find<HTMLButtonElement>('#show-signing');

const adapter = createRestAdapter({
  baseUrl: apiUrl,
  capabilities: ['get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver'],
});
const live = () => ({ signal: new AbortController().signal });

/** The event of the demo's receivers. */
const usualEvent = 'milestone.status_change';

const say = (text: string) => {
  status.textContent = text;
};

const option = (value: string, label: string) => new Option(label, value);

/** Runs what a button asks for, and says what went wrong. */
const attempt = (run: () => Promise<void>) => () => void run().catch((error: unknown) => say((error as Error).message));

async function showLogins(): Promise<void> {
  const whose = settings;
  const { items } = await adapter.list({ limit: 100 }, live());
  if (settings !== whose) return;
  const wanting = items.filter(({ authentication }) => authentication.type === 'oauth2' && authentication.credentials.some(({ grantType }) => grantType === 'authorization_code'));
  const rows = await Promise.all(wanting.map(loginRow));
  // Someone else has signed in meanwhile.
  if (settings !== whose) return;
  logins.querySelector('ul')!.replaceChildren(...rows);
  logins.hidden = !rows.length;
}

async function loginRow({ id, name, authentication }: Webhook): Promise<HTMLLIElement> {
  const connected = await callHost<{ organizationId?: string }[]>(`/webhooks/${id}/connections`);
  const row = document.createElement('li');
  const credentials = authentication.credentials as { organizationId?: string }[];
  for (const { organizationId } of credentials) {
    const isConnected = connected.some((one) => one.organizationId === organizationId);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.textContent = isConnected ? 'Connect again' : 'Connect';
    button.setAttribute('aria-label', `${button.textContent}: ${name}`);
    button.addEventListener(
      'click',
      attempt(async () => {
        const { url } = await callHost<{ url: string }>(`/webhooks/${id}/connect`, 'POST', { organizationId });
        open(url, '_blank');
      }),
    );
    row.append(`${[name, organizationId].filter(Boolean).join(', ')}: ${isConnected ? 'connected' : 'not connected'} `, button);
  }
  return row;
}

const hidden = '••••••••';
function hideSigningSecret(): void {
  signingSecret.textContent = hidden;
  showSigning.textContent = 'Show';
}

showSigning.addEventListener(
  'click',
  attempt(async () => {
    if (signingSecret.textContent !== hidden) return hideSigningSecret();
    const whose = settings;
    const { secret } = await callHost<{ secret: string }>('/signing-secret');
    // Someone else has signed in meanwhile.
    if (settings !== whose) return;
    signingSecret.textContent = secret;
    showSigning.textContent = 'Hide';
  }),
);

async function signIn(id: string): Promise<void> {
  // What the one before could see is gone before the next one is there.
  settings?.remove();
  settings = undefined;
  hideSigningSecret();
  const session = await callHost<Session>('/session', 'POST', { user: id });
  const mayManage = session.access === 'manage';
  const mine = (settings = document.createElement('webhook-settings'));
  settings.access = session.access;
  settings.adapter = adapter;
  find('#widget').append(settings);
  samples.disabled = !mayManage;
  fire.disabled = !mayManage;
  logins.hidden = true;
  signing.hidden = !mayManage;
  say(`${session.name} of ${session.account} is signed in.`);
  if (!mayManage) return;
  const [eventTypes, organizations] = await Promise.all([
    callHost<EventType[]>('/event-types'),
    callHost<Organization[]>('/organizations'),
  ]);
  // Someone else has signed in meanwhile, who may not ask for what comes next.
  if (settings !== mine) return;
  (form.elements.namedItem('type') as HTMLSelectElement).replaceChildren(...eventTypes.map(({ id, label }) => new Option(label, id, false, id === usualEvent)));
  (form.elements.namedItem('organizationId') as HTMLSelectElement).replaceChildren(
    option('', 'none'),
    ...organizations.map((one) => option(one.id, one.name)),
  );
  await showLogins();
}

user.addEventListener('change', attempt(() => signIn(user.value)));

samples.addEventListener(
  'click',
  attempt(async () => {
    const inputs = (await (await fetch('/receivers/catalogue')).json()) as WebhookInput[];
    for (const input of inputs) await adapter.create(input, { ...live(), idempotencyKey: crypto.randomUUID() });
    await settings?.refresh();
    await showLogins();
    say(`Added ${inputs.length} webhooks.`);
  }),
);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { type, organizationId, environment } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  attempt(async () => {
    const { calls } = await callHost<{ calls: number }>('/events', 'POST', { type, environment, ...(organizationId && { organizationId }) });
    say(calls === 1 ? 'One webhook is called.' : `${calls} webhooks are called.`);
  })();
});

for (const name of ['webhook-created', 'webhook-updated', 'webhook-deleted'] as const)
  find('#widget').addEventListener(name, attempt(showLogins));
// Someone comes back from a provider's login, in another window.
addEventListener('focus', () => {
  if (!fire.disabled) attempt(showLogins)();
});

const people = await callHost<{ id: string; name: string; description: string }[]>('/users');
user.replaceChildren(...people.map(({ id, name, description }) => option(id, `${name} (${description})`)));
user.disabled = false;
const signedIn = await callHost<Session | null>('/session');
user.value = signedIn?.id ?? people[0]!.id;
attempt(() => signIn(user.value))();
