import type { MessageKey } from '../messages/index.js';
import type { Finding } from '../rules/finding.js';
import type { UrlOptions } from '../rules/url.js';
import type { Webhook, WebhookInput } from '../webhook.js';
import { formFields } from './form-fields.js';
import { initialState } from './form-state.js';

/** What a rule has to say, and of what. */
export interface FieldFinding extends Finding {
  /** Such as `authentication.credentials.0.secretKey`. */
  readonly path: string;
  /** The message that names the field; the text of a finding has a place for it, `{label}`. */
  readonly label: MessageKey;
}

/**
 * Judges a whole webhook with the rules of the form, field by field, for a server that checks again. Its shape has to be
 * right: `webhookInputSchema` says whether it is. A secret that is to be kept, `{ stored: true }`, holds.
 *
 * @returns errors, warnings and infos, in the order of the form
 */
export function checkWebhookInput(input: WebhookInput, options: UrlOptions = {}): FieldFinding[] {
  // What a form would show that was opened with it; its values may be there in the clear.
  const webhook = input as unknown as Webhook;
  return formFields(initialState(webhook), webhook, options).all.flatMap(({ path, label, findings }) =>
    findings.map((finding) => ({ ...finding, path, label })),
  );
}
