import { html, nothing, type TemplateResult } from 'lit';
import type { Webhook } from '../../../core/webhook.js';
import type { Translate } from '../../shared/translate.js';

/** How the last deliveries went: a bar for each, hollow where it failed, and the same in words. */
export function health(t: Translate, { health: told }: Webhook): TemplateResult {
  const { recent = [] } = told ?? {};
  const count = recent.length;
  const bad = recent.filter((outcome) => outcome === 'failed').length;
  const text = t('health', { good: count - bad, count });
  // Empty where nothing was delivered, as a table has a cell in each of its columns.
  return html`<div role="cell" class="health">
    ${count
      ? html`<span role="img" aria-label=${text} title=${text}>${recent.map((outcome) => html`<i class=${outcome}></i>`)}</span>
          ${bad ? html`<span class="muted" aria-hidden="true">${t('healthFailed', { bad, count })}</span>` : nothing}`
      : nothing}
  </div>`;
}

/** Why the host switched it off. */
export const deactivation = (t: Translate, { health: told, active }: Webhook): TemplateResult | typeof nothing =>
  told?.deactivatedReason && !active
    ? html`<div role="cell" class="wide muted">${t('deactivatedBecause', { reason: told.deactivatedReason })}</div>`
    : nothing;
