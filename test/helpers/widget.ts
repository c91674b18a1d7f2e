import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.js';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../src/adapters/memory.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { AuthenticationInput } from '../../src/core/auth/index.js';
import type { Organization } from '../../src/core/organization.js';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import type { AddWebhookModal } from '../../src/elements/add-webhook-modal/add-webhook-modal.js';
import type { WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { nameOf, Page, until } from './page.js';
import { formatMessage, type MessageKey, type MessageParameters } from '../../src/core/messages/index.js';
import { messages as english } from '../../src/locales/en.js';

export const organizations: readonly Organization[] = [
  { id: 'org_1', name: 'Northwind' },
  { id: 'org_2', name: 'Südwind GmbH' },
  { id: 'org_3', name: 'Contoso' },
];

/** What the elements say in English, where the contract does not fix it. */
export const say = (key: MessageKey, parameters?: MessageParameters): string => formatMessage('en', english[key], parameters);

let created = 0;

/** A stored webhook: Basic, active, not for tests, unless said otherwise. */
export function storedWebhook(changes: Partial<Webhook> = {}): Webhook {
  created += 1;
  return {
    id: `wh_${created}`,
    version: '7',
    name: `Webhook ${created}`,
    events: ['milestone.status_change'],
    url: 'https://hooks.example.com/in',
    method: 'POST',
    contentType: 'application/json',
    headers: [],
    test: false,
    active: true,
    authentication: {
      type: 'basic',
      organizationSpecific: false,
      credentials: [{ username: 'integration', password: { stored: true, hint: '9f2a' } }],
    },
    createdAt: '2026-01-31T12:00:00.000Z',
    updatedAt: '2026-01-31T12:00:00.000Z',
    ...changes,
  };
}

/** `input` as a host gives it back: with an id, and {stored: true} for each secret. */
export function stored(input: WebhookInput, changes: Partial<Webhook> = {}): Webhook {
  const secrets = new Set(['password', 'secretKey', 'clientSecret']);
  const seal = (value: unknown, name?: string, holder?: Record<string, unknown>): unknown => {
    if (typeof value === 'string') return secrets.has(name!) || (name === 'value' && holder) ? { stored: true } : value;
    if (Array.isArray(value)) return value.map((one) => seal(one, name, holder));
    if (typeof value !== 'object' || !value) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, seal(one, key, value as Record<string, unknown>)]),
    );
  };
  const authentication = seal(input.authentication) as Webhook['authentication'];
  return storedWebhook({ ...input, ...changes, authentication });
}

export interface Call {
  readonly method: keyof WebhookAdapter;
  readonly args: readonly unknown[];
  readonly signal: AbortSignal;
}

/** The adapter, and every call that reached it. */
export function recorded<Adapter extends WebhookAdapter>(adapter: Adapter): { adapter: Adapter; calls: Call[]; of(method: keyof WebhookAdapter): Call[] } {
  const calls: Call[] = [];
  const wrapped = Object.fromEntries(
    Object.entries(adapter).filter(([, run]) => run).map(([method, run]) => [
      method,
      (...args: unknown[]) => {
        const { signal } = args.at(-1) as { signal: AbortSignal };
        calls.push({ method: method as keyof WebhookAdapter, args, signal });
        return (run as (...all: unknown[]) => unknown).apply(adapter, args);
      },
    ]),
  ) as unknown as Adapter;
  return { adapter: wrapped, calls, of: (method) => calls.filter((call) => call.method === method) };
}

export const memory = (options: MemoryAdapterOptions = {}) => recorded(createMemoryAdapter({ organizations, ...options }));

/** The modal as a person meets it. */
export class ModalPage extends Page {
  constructor(readonly element: AddWebhookModal) {
    super(element.shadowRoot!);
  }

  get isOpen(): boolean {
    return !!this.find('dialog');
  }

  async opened(): Promise<this> {
    await until(() => this.isOpen && this.fields().length, 'the modal should open');
    return this;
  }

  async closed(): Promise<void> {
    await until(() => !this.isOpen, 'the modal should close');
  }

  /** After the view has followed. */
  async settled(): Promise<void> {
    await this.element.updateComplete;
  }

  /** One organization's block. */
  organization(name: string): Page {
    return this.within('group', name);
  }

  get organizationNames(): string[] {
    return this.parts('organization').map(nameOf);
  }

  get requestHeaders(): Page {
    return this.within('region', 'Request headers');
  }

  async addRequestHeader(key: string, value: string): Promise<void> {
    this.requestHeaders.press('Add Header');
    await this.settled();
    const row = new Page(this.requestHeaders.all('group', /^Header \d+$/).at(-1)!);
    row.fillAll({ Key: key, Value: value });
  }

  async chooseType(label: string): Promise<void> {
    this.fill('Authentication type', label);
    await this.settled();
  }

  /** Everything that is no credential, acceptable to every rule. */
  fillBasics(changes: Readonly<Record<string, string | boolean>> = {}): void {
    this.fillAll({
      Name: 'Milestones to CRM',
      Event: 'Milestone Status Change',
      'Endpoint URL': 'https://hooks.example.com/in',
      ...changes,
    });
  }

  /** A whole valid webhook without credentials. */
  async fillValid(changes: Readonly<Record<string, string | boolean>> = {}): Promise<void> {
    this.fillBasics(changes);
    await this.chooseType('No Authentication');
  }

  /** Puts in the credentials, type by type, through their labels. */
  async enterCredential(block: Page, values: CredentialValues): Promise<void> {
    if (isRows(values)) {
      for (const [index, row] of values.entries()) {
        if (index) block.press('Add Header');
        await this.settled();
        block.within('group', `Header ${index + 1}`).fillAll(row);
      }
      return;
    }
    // One after another: a choice may bring further fields.
    for (const [label, value] of Object.entries(values)) {
      block.fill(label, value);
      await this.settled();
    }
  }

  get authentication(): Page {
    return this.within('region', 'Authentication');
  }

  save(): void {
    this.press('Save');
  }
}

type Values = Readonly<Record<string, string>>;
/** By label: the fields of a credential, or of each of its rows. */
export type CredentialValues = Values | readonly Values[];
const isRows = (values: CredentialValues): values is readonly Values[] => Array.isArray(values);

/** The screen as a person meets it. */
export class SettingsPage extends Page {
  constructor(readonly element: WebhookSettings) {
    super(element.shadowRoot!);
  }

  get modal(): ModalPage {
    return new ModalPage(this.element.shadowRoot!.querySelector('add-webhook-modal')!);
  }

  /** The rows of the list, without its head. */
  get rows(): HTMLElement[] {
    return this.parts('row');
  }

  get names(): string[] {
    return this.parts('name').map((name) => name.textContent.trim());
  }

  row(name: string): Page {
    const rows = this.rows.filter((row) => new Page(row).parts('name')[0]?.textContent?.trim() === name);
    expect(rows, `rows “${name}” among ${this.names.join(', ')}`).to.have.length(1);
    return new Page(rows[0]!);
  }

  async loaded(): Promise<this> {
    await this.element.updateComplete;
    await until(
      () => ['list', 'empty', 'error'].some((part) => this.parts(part).length),
      'the list should load',
    );
    return this;
  }

  async openAdd(): Promise<ModalPage> {
    this.press('Add Webhook');
    return this.modal.opened();
  }

  async openEdit(name: string): Promise<ModalPage> {
    this.press(name);
    return this.modal.opened();
  }
}

type Properties<Element> = { [Key in keyof Element]?: Element[Key] | undefined };

export async function mountSettings(properties: Properties<WebhookSettings> = {}): Promise<SettingsPage> {
  const element = await fixture<WebhookSettings>(html`<webhook-settings></webhook-settings>`);
  Object.assign(element, properties);
  await element.updateComplete;
  return new SettingsPage(element);
}

/** The screen with an adapter, once its list is there. */
export const openSettings = async (properties: Properties<WebhookSettings>): Promise<SettingsPage> =>
  (await mountSettings(properties)).loaded();

export async function mountModal(properties: Properties<AddWebhookModal> = {}): Promise<ModalPage> {
  const element = await fixture<AddWebhookModal>(html`<add-webhook-modal></add-webhook-modal>`);
  Object.assign(element, { organizations, ...properties });
  await element.updateComplete;
  return new ModalPage(element);
}

/** The modal, open. */
export async function openModal(properties: Properties<AddWebhookModal> = {}): Promise<ModalPage> {
  const page = await mountModal(properties);
  await page.element.show();
  return page.opened();
}

/** The labels and values of one credential of each type, and what the host gets for them. By the contract's tables. */
export interface CredentialSample {
  readonly type: AuthenticationInput['type'];
  readonly label: string;
  enter(mark: string): CredentialValues;
  credential(mark: string): object | undefined;
}

export const credentialSamples: readonly CredentialSample[] = [
  {
    type: 'headers',
    label: 'Headers',
    enter: (mark) => [
      { Key: 'X-Api-Key', Value: `key-${mark}` },
      { Key: 'X-Api-Secret', Value: `secret-${mark}` },
    ],
    credential: (mark) => ({
      headers: [
        { key: 'X-Api-Key', value: `key-${mark}` },
        { key: 'X-Api-Secret', value: `secret-${mark}` },
      ],
    }),
  },
  {
    type: 'basic',
    label: 'Basic',
    enter: (mark) => ({ Username: 'ü 🔑', Password: `pa:ss ${mark}` }),
    credential: (mark) => ({ username: 'ü 🔑', password: `pa:ss ${mark}` }),
  },
  {
    type: 'token',
    label: 'Token',
    enter: (mark) => ({ Key: 'Authorization', Value: `Bearer ${mark}` }),
    credential: (mark) => ({ key: 'Authorization', value: `Bearer ${mark}` }),
  },
  {
    type: 'aws4',
    label: 'AWS4',
    enter: (mark) => ({
      'Access Key': 'AKIDEXAMPLE123456789',
      'Secret Key': `secret/${mark}`,
      'AWS Region': 'us-gov-west-1',
      'AWS Service': 'execute-api',
      'Base Endpoint': 'https://execute-api.us-gov-west-1.amazonaws.com',
    }),
    credential: (mark) => ({
      accessKey: 'AKIDEXAMPLE123456789',
      secretKey: `secret/${mark}`,
      region: 'us-gov-west-1',
      service: 'execute-api',
      baseEndpoint: 'https://execute-api.us-gov-west-1.amazonaws.com',
    }),
  },
  {
    type: 'hmac-sha256',
    label: 'HMAC-SHA256',
    enter: (mark) => ({ 'Client ID': 'client-1', 'Client Secret': `hmac ${mark}` }),
    credential: (mark) => ({ clientId: 'client-1', clientSecret: `hmac ${mark}` }),
  },
  { type: 'none', label: 'No Authentication', enter: () => ({}), credential: () => undefined },
  {
    type: 'oauth2',
    label: 'OAuth2',
    enter: (mark) => ({
      'Grant type': 'authorization_code',
      'Authorization URL': 'https://login.example.com/authorize',
      'Token URL': 'https://login.example.com/token',
      'Client ID': 'client-1',
      'Client Secret': `oauth ${mark}`,
      Scope: 'events.write events.read',
      Audience: 'https://api.example.com',
      'Client authentication': 'post',
    }),
    credential: (mark) => ({
      grantType: 'authorization_code',
      authorizationUrl: 'https://login.example.com/authorize',
      tokenUrl: 'https://login.example.com/token',
      clientId: 'client-1',
      clientSecret: `oauth ${mark}`,
      scope: 'events.write events.read',
      audience: 'https://api.example.com',
      clientAuthentication: 'post',
    }),
  },
];
