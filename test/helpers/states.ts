import { expect, fixture, html } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { AuthTypeId } from '../../src/core/auth/index.js';
import type { DeliveryAttempt } from '../../src/core/delivery.js';
import { formatMessage, type MessageKey, type MessageParameters, type Messages } from '../../src/core/messages/index.js';
import { writeExport } from '../../src/core/store/transfer.js';
import type { Webhook } from '../../src/core/webhook.js';
import type { WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { messages as english } from '../../src/locales/en.js';
import { enter, everyElement, textOf, until } from './page.js';
import { atRest } from './rest.js';
import { memory, organizations, SettingsPage, storedWebhook, type ModalPage } from './widget.js';

/** A language in which the elements are shown. */
export interface Speech {
  readonly name: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** What is said in it. */
  readonly texts: Messages;
  /** Handed to the element instead of chosen by `lang`. */
  readonly messages?: Messages;
}

export const inEnglish: Speech = { name: 'English', lang: 'en', dir: 'ltr', texts: english };

const short = 'Milestones to CRM';
const long = 'Contracts, signed and countersigned, to the archive of the legal department (Europe)';

const ofTwo = {
  type: 'hmac-sha256' as const,
  organizationSpecific: true,
  credentials: organizations.slice(0, 2).map(({ id }) => ({ organizationId: id, clientId: 'client', clientSecret: { stored: true as const, hint: '9f2a' } })),
};

/** With labels, health, several organizations, and why one was switched off. */
export const webhooks = (): Webhook[] => [
  storedWebhook({ name: short, health: { recent: ['succeeded', 'failed', 'succeeded'] } }),
  storedWebhook({
    name: long,
    test: true,
    active: false,
    events: ['contract_recipient.status_change'],
    url: 'https://integration-gateway.eu-central-1.hooks.example.com:8443/v2/contracts/recipients?source=webhooks',
    authentication: ofTwo,
    health: { recent: ['failed', 'failed'], deactivatedReason: '503 — 503 — 503' },
  }),
];

export const attempt = (changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
  id: 'del_1',
  eventType: 'milestone.status_change',
  outcome: 'failed',
  startedAt: new Date(Date.now() - 7_200_000).toISOString(),
  attempt: 2,
  nextAttemptAt: new Date(Date.now() + 600_000).toISOString(),
  durationMs: 1234,
  request: {
    method: 'POST',
    url: 'https://integration-gateway.eu-central-1.hooks.example.com:8443/v2/contracts/recipients?source=webhooks',
    headers: [{ key: 'Content-Type', value: 'application/json' }],
    body: '{}',
  },
  response: { status: 503, headers: [], body: '' },
  ...changes,
});

/** Shows the screen in one state, in one language. */
export class Stage {
  page!: SettingsPage;

  constructor(readonly speech: Speech) {}

  say = (key: MessageKey, parameters?: MessageParameters): string =>
    formatMessage(this.speech.lang, this.speech.texts[key], parameters);

  get root(): ShadowRoot {
    return this.page.element.shadowRoot!;
  }

  async mount(adapter: Partial<WebhookAdapter> = {}, properties: Partial<WebhookSettings> = {}): Promise<SettingsPage> {
    const { lang, dir, messages } = this.speech;
    const part = await fixture<HTMLElement>(html`<div lang=${lang} dir=${dir}><webhook-settings></webhook-settings></div>`);
    const element = part.querySelector('webhook-settings')!;
    Object.assign(element, { adapter: { ...memory({ webhooks: webhooks() }).adapter, ...adapter }, organizations, messages, ...properties });
    this.page = new SettingsPage(element);
    return this.page;
  }

  /** The list, with its filters, in its language. */
  async list(adapter: Partial<WebhookAdapter> = {}, properties: Partial<WebhookSettings> = {}): Promise<SettingsPage> {
    const page = await this.mount(adapter, properties);
    await page.appears('textbox', this.say('search'));
    return page;
  }

  async form(adapter: Partial<WebhookAdapter> = {}): Promise<ModalPage> {
    const page = await this.list(adapter);
    page.press(this.say('addWebhook'));
    const modal = await page.modal.opened();
    await modal.appears('button', this.say('save'));
    return modal;
  }

  async edit(name: string, adapter: Partial<WebhookAdapter> = {}): Promise<ModalPage> {
    const page = await this.list(adapter);
    page.press(name);
    const modal = await page.modal.opened();
    await modal.appears('button', this.say('save'));
    return modal;
  }

  async menu(button: string): Promise<void> {
    this.page.press(button);
    await until(() => this.page.has('menuitem'));
  }

  async choose(button: string, item: MessageKey): Promise<void> {
    await this.menu(button);
    this.page.get('menuitem', this.say(item)).click();
    await until(() => this.root.querySelector('dialog[open]'));
  }

  rowMenu = (item: MessageKey): Promise<void> => this.choose(this.say('actionsFor', { name: short }), item);
}

export interface State {
  readonly name: string;
  readonly show: (stage: Stage) => Promise<unknown>;
}

const listed = (more: Partial<Awaited<ReturnType<WebhookAdapter['list']>>> = {}): Partial<WebhookAdapter> => {
  const { adapter } = memory({ webhooks: webhooks() });
  return {
    list: async (query, options) => {
      const page = await adapter.list(query, options);
      return { ...page, items: [...page.items, { id: 'wh_x', name: 'Malformed' } as never], ...more };
    },
  };
};

const none = async (stage: Stage) => {
  await stage.mount(memory().adapter);
  await until(() => stage.page.has('button', stage.say('addWebhook')) && textOf(stage.root).includes(stage.say('emptyHint')));
};

const gate = (access: 'denied' | 'unavailable') => async (stage: Stage) => {
  await stage.mount({}, { access });
  await until(() => textOf(stage.root).includes(stage.say(access)));
};

/** The form for one type of authentication, once or for organizations, and with what is wrong with it. */
async function typed(stage: Stage, type: AuthTypeId, isSpecific: boolean): Promise<void> {
  const modal = await stage.form();
  modal.fill(stage.say('field.type'), type);
  await modal.settled();
  if (!isSpecific) return;
  modal.fill(stage.say('field.organizationSpecific'), true);
  await modal.settled();
  modal.within('region', stage.say('headers')).press(stage.say('addHeader'));
  await modal.settled();
  modal.press(stage.say('save'));
  await until(() => modal.parts('field-error').length);
}

const types: readonly AuthTypeId[] = ['headers', 'basic', 'token', 'aws4', 'hmac-sha256', 'none', 'oauth2'];

const refusal = () => Promise.reject(new AdapterError('rate-limited', { retryAfter: 90 }));

/** Each state of the screen that looks different. */
export const states: readonly State[] = [
  {
    name: 'the list, with labels, health, a malformed webhook and more to load',
    show: (stage) => stage.list(listed({ nextCursor: 'more', total: 1234 })),
  },
  {
    name: 'the list with rows selected',
    show: async (stage) => {
      const page = await stage.list(listed());
      page.get('checkbox', stage.say('select', { name: short })).click();
      await page.appears('button', stage.say('clearSelection'));
    },
  },
  {
    name: 'a list of hundreds',
    show: async (stage) => {
      const all = Array.from({ length: 240 }, (_, index) => webhooks()[index % 2]!);
      await stage.list(memory({ webhooks: all }).adapter, { pageSize: 240 });
      await until(() => stage.root.querySelector('.even'));
    },
  },
  {
    name: 'nothing that matches',
    show: async (stage) => {
      const page = await stage.list();
      enter(page.get<HTMLInputElement>('textbox', stage.say('search')), 'nothing like it');
      await page.appears('button', stage.say('clearFilters'));
    },
  },
  { name: 'no webhooks yet', show: none },
  { name: 'the gate: denied', show: gate('denied') },
  { name: 'the gate: unavailable', show: gate('unavailable') },
  {
    name: 'the list to look at only',
    show: async (stage) => {
      await stage.mount({}, { access: 'read-only' });
      await until(() => textOf(stage.root).includes(stage.say('endpoint')));
    },
  },
  { name: 'loading', show: (stage) => stage.mount({ list: () => new Promise(() => undefined) }) },
  {
    name: 'a list that failed',
    show: async (stage) => {
      await stage.mount({ list: refusal });
      await until(() => textOf(stage.root).includes(stage.say('loadFailed')) && /90|89|٩٠|٨٩/.test(textOf(stage.root)));
    },
  },
  {
    name: 'a list that could not be refreshed',
    show: async (stage) => {
      let calls = 0;
      const { adapter } = memory({ webhooks: webhooks() });
      const page = await stage.list({ list: (...call) => (calls++ ? refusal() : adapter.list(...call)) });
      await page.element.refresh();
      await until(() => textOf(stage.root).includes(stage.say('refreshFailed')));
    },
  },
  {
    name: 'the menu of a row',
    show: async (stage) => {
      await stage.list({ sendTest: () => Promise.resolve(attempt()), listDeliveries: () => Promise.resolve({ items: [] }) });
      await stage.menu(stage.say('actionsFor', { name: short }));
    },
  },
  {
    name: 'the other menu',
    show: async (stage) => {
      await stage.list();
      await stage.menu(stage.say('moreActions'));
    },
  },
  ...types.flatMap((type): State[] => [
    { name: `the form with ${type}`, show: (stage) => typed(stage, type, false) },
    { name: `the form with ${type} per organization, with errors`, show: (stage) => typed(stage, type, true) },
  ]),
  {
    name: 'the form with stored secrets, one replaced',
    show: async (stage) => {
      const modal = await stage.edit(long);
      modal.all('button', stage.say('replace'))[0]!.click();
      await modal.settled();
    },
  },
  {
    name: 'the form when a save was refused',
    show: async (stage) => {
      const modal = await stage.edit(short, {
        update: () => Promise.reject(new AdapterError('validation', { fieldErrors: { url: '4711', other: '4712' } })),
      });
      modal.fill(stage.say('field.name'), 'Another');
      modal.press(stage.say('save'));
      await until(() => modal.parts('error').length);
    },
  },
  {
    name: 'the form while it is saved',
    show: async (stage) => {
      const modal = await stage.edit(short, { update: () => new Promise(() => undefined) });
      modal.fill(stage.say('field.name'), 'Another');
      modal.press(stage.say('save'));
      await until(() => textOf(modal.root).includes(stage.say('saving')));
    },
  },
  {
    name: 'the form with several events and the preview',
    show: async (stage) => {
      const page = await stage.list({}, { eventSelection: 'multiple' });
      page.press(long);
      const modal = await page.modal.opened();
      await modal.appears('button', stage.say('save'));
      ([...everyElement(modal.root)].find((one) => one.matches('.preview')) as HTMLDetailsElement).open = true;
      await modal.appears('button', stage.say('copyCurl'));
    },
  },
  {
    name: 'the question before discarding',
    show: async (stage) => {
      const modal = await stage.form();
      modal.fill(stage.say('field.name'), 'Unsaved');
      modal.press(stage.say('cancel'));
      await modal.appears('alertdialog');
    },
  },
  {
    name: 'the question after someone else’s change',
    show: async (stage) => {
      const current = { ...webhooks()[1]!, name: 'Theirs', version: '8' };
      const modal = await stage.edit(short, { update: (id) => Promise.reject(new AdapterError('conflict', { current: { ...current, id } })) });
      modal.fill(stage.say('field.name'), 'Mine');
      modal.press(stage.say('save'));
      await modal.appears('dialog', stage.say('conflictTitle'));
    },
  },
  {
    name: 'the question before deleting, after a failure',
    show: async (stage) => {
      await stage.list({ delete: () => Promise.reject(new AdapterError('unavailable')) });
      await stage.rowMenu('delete');
      stage.page.within('alertdialog').press(stage.say('delete'));
      await until(() => stage.page.within('alertdialog').has('alert'));
    },
  },
  {
    name: 'the question before many are deleted',
    show: async (stage) => {
      const page = await stage.list();
      for (const name of [short, long]) page.get('checkbox', stage.say('select', { name })).click();
      await page.appears('button', stage.say('clearSelection'));
      page.press(stage.say('delete'));
      await page.appears('alertdialog');
    },
  },
  {
    name: 'the import, with a file',
    show: async (stage) => {
      await stage.list();
      await stage.choose(stage.say('moreActions'), 'import');
      const file = writeExport([
        ...webhooks(),
        storedWebhook({ name: 'Ready', authentication: { type: 'none', organizationSpecific: false, credentials: [] } }),
        storedWebhook({ name: 'Private', url: 'https://10.0.0.1/in' }),
      ]);
      const input = stage.root.querySelector<HTMLInputElement>('input[type=file]')!;
      const files = new DataTransfer();
      files.items.add(new File([file], 'webhooks.json'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
      await until(() => stage.root.querySelectorAll('.candidates li').length === 4);
    },
  },
  {
    name: 'the deliveries',
    show: async (stage) => {
      const items = [attempt(), attempt({ id: 'del_2', outcome: 'succeeded', response: { status: 200, headers: [], body: '' } })];
      await stage.list({ listDeliveries: () => Promise.resolve({ items, nextCursor: 'more' }), redeliver: () => Promise.resolve(attempt()) });
      await stage.rowMenu('deliveries');
      await until(() => stage.root.querySelectorAll('.deliveries li').length === 2);
      for (const one of stage.root.querySelectorAll<HTMLDetailsElement>('.deliveries details')) one.open = true;
      stage.page.press(stage.say('redeliverCount'));
      await until(() => textOf(stage.root).includes(stage.say('redeliverFound', { count: 1 })));
    },
  },
  {
    name: 'the test, with its exchange',
    show: async (stage) => {
      await stage.list({ sendTest: () => Promise.resolve(attempt()) });
      await stage.rowMenu('sendTest');
      stage.page.press(stage.say('send'));
      await stage.page.appears('group', stage.say('response'));
    },
  },
  {
    name: 'the test with a payload that is none',
    show: async (stage) => {
      await stage.list({ sendTest: () => Promise.resolve(attempt()) });
      await stage.rowMenu('sendTest');
      enter(stage.page.get<HTMLInputElement>('textbox', stage.say('testPayload')), '{');
      stage.page.press(stage.say('send'));
      await stage.page.appears('alert');
    },
  },
];

/** Shows a state, once what moves has come to rest. */
export async function show(state: State, speech: Speech = inEnglish): Promise<Stage> {
  const stage = new Stage(speech);
  await state.show(stage);
  await settled(stage);
  expect(stage.page.element.isConnected).to.equal(true);
  return stage;
}

/** Once the view has followed, and what ends of its own has ended. */
export async function settled(stage: Stage): Promise<void> {
  const { element } = stage.page;
  await element.updateComplete;
  await atRest(element);
}
