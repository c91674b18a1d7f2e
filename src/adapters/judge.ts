import { checkWebhookInput } from '../core/form/check-input.js';
import { findingMessages } from '../core/messages/findings.js';
import { formMessages } from '../core/messages/form.js';
import { formatMessage } from '../core/messages/message.js';
import type { UrlOptions } from '../core/rules/url.js';
import type { WebhookInput } from '../core/webhook.js';

/** What the rules of the form refuse of a webhook, in English, by path. */
export const refusals = (input: WebhookInput, options: UrlOptions): Map<string, string> =>
  new Map(
    checkWebhookInput(input, options)
      .filter(({ severity }) => severity === 'error')
      // Of several of one field the first counts.
      .reverse()
      .map(({ path, code, params, label }) => [
        path,
        formatMessage('en', findingMessages[code], { label: formatMessage('en', formMessages[label as keyof typeof formMessages]), ...params }),
      ]),
  );
