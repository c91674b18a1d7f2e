import * as core from 'webhook-settings/core';
import { messages } from 'webhook-settings/locales/en';
import { isLoopbackUrl } from './judge-url.js';

export interface FieldError {
  /** Such as `authentication.credentials.0.secretKey`. */
  path: string;
  detail: string;
}

export interface CheckOptions {
  /** The demo's switch for receivers on this machine. */
  allowLoopback: boolean;
  eventTypes: ReadonlySet<string>;
  organizations: ReadonlySet<string>;
}

type Row = Record<string, unknown>;

/** As it is stored: without the spaces around what no one types on purpose. */
export function normalizeInput(input: core.WebhookInput): core.WebhookInput {
  const { fields } = core.authType(input.authentication.type)!;
  const urls = fields.filter(({ rule }) => rule === 'url').map(({ name }) => name);
  const authentication = structuredClone(input.authentication);
  for (const credential of authentication.credentials as unknown as Row[]) {
    for (const name of urls) if (typeof credential[name] === 'string') credential[name] = core.normalizeUrl(credential[name]);
    for (const { name, when } of fields) if (when && credential[when.field] !== when.is) delete credential[name];
  }
  return { ...input, name: input.name.trim(), url: core.normalizeUrl(input.url), authentication };
}

const textOf = ({ code, params, label }: core.FieldFinding) =>
  core.formatMessage('en', messages[code], { label: core.formatMessage('en', messages[label]), ...params });

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Row | undefined)?.[key], value);

/** What the form's own rules refuse. With the demo's switch, and for this machine alone, http and a private address are legal. */
function refusedByForm(input: core.WebhookInput, allowLoopback: boolean): FieldError[] {
  const isHere = ({ path }: core.FieldFinding) => allowLoopback && isLoopbackUrl(String(valueAt(input, path)));
  return [
    ...core.checkWebhookInput(input).filter((finding) => !isHere(finding)),
    ...core.checkWebhookInput(input, { allowPrivateNetwork: true }).filter(isHere),
  ]
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({ path: finding.path, detail: textOf(finding) }));
}

/** Judges a webhook of the right shape: by the rules that the form has, and by what this account has. Returns what blocks. */
export function checkInput(input: core.WebhookInput, options: CheckOptions): FieldError[] {
  const errors = refusedByForm(input, options.allowLoopback);
  const refuse = (path: string, detail: string) => errors.push({ path, detail });

  input.events.forEach((event, index) => {
    if (!options.eventTypes.has(event)) refuse(`events.${index}`, 'There is no such event.');
    else if (input.events.indexOf(event) < index) refuse(`events.${index}`, 'This event is there already.');
  });
  (input.authentication.credentials as unknown as Row[]).forEach((credential, index) => {
    const organization = credential['organizationId'];
    if (typeof organization === 'string' && !options.organizations.has(organization))
      refuse(`authentication.credentials.${index}.organizationId`, 'There is no such organization.');
  });
  return errors;
}
