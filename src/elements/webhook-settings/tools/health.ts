import { html, nothing, type TemplateResult } from 'lit';
import type { Webhook } from '../../../core/webhook.js';
import type { Translate } from '../../shared/translate.js';

/** How the last deliveries went: a bar for each, hollow where it failed, and the same in words; why it was switched off. */
export function health(t: Translate, { health: told, active }: Webhook): TemplateResult | typeof nothing {
  if (!told) return nothing;
  const { recent, deactivatedReason } = told;
  const count = recent.length;
  const bad = recent.filter((outcome) => outcome === 'failed').length;
  const text = t('health', { good: count - bad, count });
  return html`${count
      ? html`<div role="cell" class="health">
          <span role="img" aria-label=${text} title=${text}>${recent.map((outcome) => html`<i class=${outcome}></i>`)}</span>
          ${bad ? html`<span class="muted" aria-hidden="true">${t('healthFailed', { bad, count })}</span>` : nothing}
        </div>`
      : nothing}
    ${deactivatedReason && !active
      ? html`<div role="cell" class="wide">${t('deactivatedBecause', { reason: deactivatedReason })}</div>`
      : nothing}`;
}
