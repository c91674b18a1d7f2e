import { html, nothing, type TemplateResult } from 'lit';
import type { EventType } from '../../core/event-type.js';
import type { Organization } from '../../core/organization.js';
import { curlOf, previewRequest, sampleOf } from '../../core/form/request-preview.js';
import type { WebhookInput } from '../../core/webhook.js';
import { optionsOf } from '../shared/options.js';
import type { Translate } from '../shared/translate.js';
import { lines } from './exchange-view.js';

export interface PreviewContext {
  readonly t: Translate;
  readonly input: WebhookInput;
  readonly eventTypes: readonly EventType[];
  readonly organizations: readonly Organization[];
  /** Which organization's credential is shown. */
  readonly index: number;
  readonly choose: (index: number) => void;
  readonly announce: (text: string) => void;
}

/** The request that the receiver will get, as the form stands. */
export function preview({ t, input, eventTypes, organizations, index, choose, announce }: PreviewContext): TemplateResult {
  const event = input.events[0] ?? '';
  const { credentials, organizationSpecific } = input.authentication;
  const shown = Math.min(index, Math.max(0, credentials.length - 1));
  const request = previewRequest(input, sampleOf(event, eventTypes.find(({ id }) => id === event)?.sample), shown);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(curlOf(request));
      announce(t('copied'));
    } catch {
      announce(t('copyFailed'));
    }
  };
  return html`<section aria-labelledby="preview-heading">
    <div>
      <h3 id="preview-heading">${t('previewTitle')}</h3>
      <p class="hint">${t('previewHint')}</p>
    </div>
    ${organizationSpecific && credentials.length > 1
      ? html`<select
          part="select"
          aria-label=${t('previewFor')}
          @change=${(change: Event) => choose(Number((change.target as HTMLSelectElement).value))}
        >
          ${optionsOf(
            credentials.map(({ organizationId }, at) => [
              String(at),
              organizations.find(({ id }) => id === organizationId)?.name ?? t('credentialNumber', { number: at + 1 }),
            ]),
            String(shown),
          )}
        </select>`
      : nothing}
    ${lines(t('previewTitle'), `${request.method} ${request.url}`, request)}
    <button type="button" class="add" @click=${copy}>${t('copyCurl')}</button>
  </section>`;
}
