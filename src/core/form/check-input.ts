import type { Finding } from '../rules/finding.js';
import type { UrlOptions } from '../rules/url.js';
import type { Webhook, WebhookInput } from '../webhook.js';
import { formFields } from './form-fields.js';
import { initialState } from './form-state.js';

/** What a rule has to say, and of what: a path such as `authentication.credentials.0.secretKey`. */
export interface FieldFinding extends Finding {
  readonly path: string;
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
  return formFields(initialState(webhook), webhook, options).all.flatMap(({ path, findings }) =>
    findings.map((finding) => ({ ...finding, path })),
  );
}
