import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryAttempt } from '../../core/delivery.js';
import { readable } from '../../core/form/request-preview.js';
import type { Translate } from '../shared/translate.js';
import { advice } from './advice.js';

interface Message {
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly body?: string | undefined;
}

/** A request or response, line by line as it travels. */
export function lines(label: string, first: string, { headers, body }: Message): TemplateResult {
  const text = [first, ...headers.map(({ key, value }) => `${key}: ${value}`), ...(body ? ['', readable(body)] : [])].join('\n');
  // It may be wider than the dialog: the keyboard must be able to scroll it.
  return html`<pre dir="ltr" role="group" aria-label=${label} tabindex="0">${text}</pre>`;
}

/** How one attempt went: a sentence, what was sent and what came back. */
export const exchange = (t: Translate, attempt: DeliveryAttempt): TemplateResult => {
  const { request, response, durationMs, outcome } = attempt;
  return html`<div class="exchange">
    <p class="outcome ${outcome}">
      <strong>${t(`outcome.${outcome}`)}</strong> ${advice(t, attempt)}
      ${durationMs === undefined ? nothing : html`<span class="muted">${t('took', { count: Math.round(durationMs) })}</span>`}
    </p>
    <h3>${t('request')}</h3>
    ${lines(t('request'), `${request.method} ${request.url}`, request)}
    <h3>${t('response')}</h3>
    ${response ? lines(t('response'), String(response.status), response) : html`<p class="muted">${t('noResponse')}</p>`}
  </div>`;
};
