import type { ListItem } from '../../../core/adapter-reader.js';
import { isInvalid, type FormField } from '../../../core/form/form-fields.js';
import type { FieldId } from '../../../core/form/form-state.js';
import { createWebhookForm, type WebhookForm } from '../../../core/form/webhook-form.js';
import type { MessageKey, MessageParameters } from '../../../core/messages/index.js';
import type { UrlOptions } from '../../../core/rules/url.js';
import type { Webhook } from '../../../core/webhook.js';

/** What is wrong, in the language that is spoken when it is shown. */
export interface Problem {
  /** Of which field, and how its id ends in any form. */
  readonly label?: MessageKey;
  readonly at?: FieldId;
  readonly text: MessageKey;
  readonly params?: MessageParameters;
}

/** What a file says of one webhook, and what becomes of it. */
export interface Candidate {
  readonly name: string | undefined;
  /** Absent where it is none. */
  readonly webhook?: Webhook;
  /**
   * A form filled in from it: the same rules judge what is imported and what is typed. It keeps one idempotency key for all
   * tries, and knows how the last one went.
   */
  readonly form?: WebhookForm;
  /** What is wrong wherever it is imported. */
  readonly own: readonly Problem[];
  /** Where its first secret is to be entered. */
  readonly missing?: FieldId | undefined;
  /** Its text was in another encoding. */
  readonly isGarbled?: boolean;
  /** What is wrong here, by the last judgement; and whether some of it cannot be judged yet. */
  problems: readonly Problem[];
  isUnsure: boolean;
  isAdded: boolean;
}

/** The ids on offer, and whether they are all. */
export interface Choices {
  readonly ids: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/** What a webhook may have here. */
export interface Offer {
  readonly events: Choices;
  readonly organizations: Choices;
  readonly types: Choices;
  readonly isSingle: boolean;
}

/** The end of a field's id that is the same in each form; its beginning names a row or a block. */
export const idEnd = (id: FieldId): FieldId => id.replace(/^[ch]\d+/, '');

export function readCandidate(item: ListItem, options: UrlOptions): Candidate {
  const fresh = { problems: [], isUnsure: false, isAdded: false };
  if ('malformed' in item) {
    const { name, paths } = item.malformed;
    return { ...fresh, name, own: [{ text: 'importMalformed', params: { paths: paths.join(', ') } }] };
  }
  const { webhook } = item;
  const form = createWebhookForm({ ...options, template: webhook });
  const { all } = form.fields;
  const isMissing = ({ definition, value }: FormField) => definition?.kind === 'secret' && !value;
  const missing = all.find(isMissing);
  const own = all
    // A user name may be empty beside a password, which is asked for.
    .filter((field) => isInvalid(field) && !isMissing(field) && field.findings[0]?.code !== 'basic.empty')
    .map(({ id, label, findings }): Problem => {
      const { code, params } = findings.find(({ severity }) => severity === 'error')!;
      return { label, at: idEnd(id), text: code, ...(params && { params }) };
    });
  const isGarbled = JSON.stringify(webhook).includes('\uFFFD');
  return { ...fresh, name: webhook.name, webhook, form, own, missing: missing && idEnd(missing.id), isGarbled };
}

/** Judges it by what the form would offer: a file may name another account's events, organizations or types. */
export function judge(candidate: Candidate, { events, organizations, types, isSingle }: Offer): void {
  const { webhook, own } = candidate;
  const problems = [...own];
  let isUnsure = false;
  const look = (label: MessageKey, at: FieldId, value: string | undefined, { ids, isComplete }: Choices) => {
    if (value === undefined || ids.has(value)) return;
    if (isComplete) problems.push({ label, at, text: 'importUnknown', params: { value } });
    else isUnsure = true;
  };
  if (webhook) {
    const { type, credentials } = webhook.authentication;
    for (const event of webhook.events) look('field.events', 'events', event, events);
    for (const { organizationId } of credentials) look('field.organizationId', '.organizationId', organizationId, organizations);
    look('field.type', 'type', type, types);
    if (isSingle && webhook.events.length > 1) problems.push({ label: 'field.events', at: 'events', text: 'importOneEvent' });
  }
  candidate.problems = problems;
  candidate.isUnsure = isUnsure;
}

/** Whether it can be sent as it is. */
export const isReady = ({ form, missing, problems, isUnsure, isAdded }: Candidate): boolean =>
  !!form && !missing && !problems.length && !isUnsure && !isAdded;

/** First what somebody has to do something about, then what can be added, then what is. */
export function rank(candidate: Candidate): number {
  if (candidate.isAdded) return 2;
  const { failure, stopped } = candidate.form?.getState() ?? {};
  return isReady(candidate) && !failure && !stopped && !candidate.isGarbled ? 1 : 0;
}
