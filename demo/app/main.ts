import 'webhook-settings/define';
import { createLocalAdapter } from 'webhook-settings/adapters/local';
import { underConditions, type Conditions } from './difficult-adapter.js';
import { initDisclosure } from './disclosure.js';
import { logEvents } from './event-log.js';
import { organizations, samples } from './host-data.js';
import { readSettings, writeSettings, type Control, type Settings } from './settings.js';
import { initTabs } from './tabs.js';

const find = <Found extends HTMLElement>(selector: string): Found => document.querySelector<Found>(selector)!;

const widget = find<HTMLElementTagNameMap['webhook-settings']>('webhook-settings');
const form = find<HTMLFormElement>('.controls-form');
const toggle = find('.controls-toggle');
const log = find('.log-entries');

/** What the host stores; the evaluators' buttons reach it directly, whatever the conditions are. */
const stored = createLocalAdapter({ name: 'northlight-demo' });
let settings: Settings = readSettings(new URLSearchParams(location.search));

const conditions = (): Conditions => ({ latency: Number(settings.latency), failures: settings.failures });

/** What each control does. Conditions get a new adapter, so that the widget shows from the start how it copes. */
const connect = () => (widget.adapter = underConditions(stored, conditions));
const apply: { readonly [Name in Control]: () => void } = {
  access: () => (widget.access = settings.access),
  failures: connect,
  latency: connect,
  organizations: () => (widget.organizations = organizations.slice(0, Number(settings.organizations))),
  events: () => (widget.eventSelection = settings.events),
  theme: () => (document.documentElement.dataset['theme'] = settings.theme),
  panel: () => {
    const isOpen = settings.panel === 'open';
    toggle.ariaExpanded = String(isOpen);
    find('.controls-body').hidden = !isOpen;
  },
};

function change(name: Control, value: string): void {
  const query = new URLSearchParams(location.search);
  query.set(name, value);
  settings = readSettings(query);
  const written = writeSettings(settings, query).toString();
  history.replaceState(null, '', written ? `?${written}` : location.pathname);
  apply[name]();
}

async function eachStored(act: (id: string) => Promise<void>): Promise<void> {
  const { signal } = new AbortController();
  for (;;) {
    const { items } = await stored.list({ limit: 100 }, { signal });
    if (items.length === 0) return;
    for (const { id } of items) await act(id);
  }
}

const actions: Readonly<Record<string, () => Promise<void> | void>> = {
  async samples() {
    const { signal } = new AbortController();
    for (const sample of [...samples].reverse())
      await stored.create(sample, { signal, idempotencyKey: crypto.randomUUID() });
    await widget.refresh();
  },
  refresh: () => widget.refresh(),
  async reset() {
    const { signal } = new AbortController();
    await eachStored((id) => stored.delete(id, { signal }));
    await widget.refresh();
  },
  'clear-log': () => log.replaceChildren(),
};

for (const name of ['access', 'failures', 'latency', 'organizations', 'events', 'theme'] as const) {
  (form.elements.namedItem(name) as RadioNodeList).value = settings[name];
  apply[name]();
}
apply.panel();

form.addEventListener('change', ({ target }) => {
  const { name, value } = target as HTMLInputElement;
  change(name as Control, value);
});
form.addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-action]'))
  button.addEventListener('click', () => void actions[button.dataset['action']!]?.());

initTabs(find('[role=tablist]'));
initDisclosure(find('.menu-button'));
initDisclosure(toggle, (isOpen) => change('panel', isOpen ? 'open' : 'closed'));
logEvents(document, log);
