import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { toAdapterError, type AdapterError } from '../../core/adapter-error.js';
import type { DeliveryAttempt } from '../../core/delivery.js';
import type { EventType } from '../../core/event-type.js';
import { sampleOf } from '../../core/form/request-preview.js';
import type { WebhookInput } from '../../core/webhook.js';
import { closedUnasked } from '../shared/closed-unasked.js';
import { icons } from '../shared/icons.js';
import { errorText } from '../shared/notice.js';
import type { Translate } from '../shared/translate.js';
import { advice } from './advice.js';
import { exchange } from './exchange-view.js';

/** Sends a test call of a webhook and resolves with how it went. */
export type SendTest = (
  request: { id?: string; input: WebhookInput; eventType: string; payload: unknown },
  signal: AbortSignal,
) => Promise<DeliveryAttempt>;

export interface TestTarget {
  readonly id: string | undefined;
  readonly input: WebhookInput;
  readonly eventTypes: readonly EventType[];
  readonly send: SendTest;
}

/** Sends a test event to a webhook, saved or not, and shows the whole exchange. What was written into a payload is kept. */
export class TestDialog {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };
  readonly #payloads = new Map<string, string>();
  #target: TestTarget | undefined;
  #event = '';
  #attempt: DeliveryAttempt | undefined;
  #error: AdapterError | undefined;
  #isInvalid = false;
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment }) {
    this.#host = host;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('.test-dialog');
  }

  async open(target: TestTarget): Promise<void> {
    this.#target = target;
    this.#event = target.input.events[0] ?? target.eventTypes[0]?.id ?? '';
    this.#attempt = this.#error = undefined;
    this.#isInvalid = false;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (this.#dialog && !this.#dialog.open) this.#dialog.showModal();
  }

  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#target = undefined;
    this.#dialog?.close();
    this.#host.requestUpdate();
  }

  get #sample(): string {
    const { sample } = this.#target?.eventTypes.find(({ id }) => id === this.#event) ?? {};
    return JSON.stringify(sampleOf(this.#event, sample), undefined, 2);
  }

  async #send(target: TestTarget): Promise<void> {
    if (this.#running) return;
    let payload: unknown;
    try {
      payload = JSON.parse(this.#payloads.get(this.#event) ?? this.#sample);
      this.#isInvalid = false;
    } catch {
      this.#isInvalid = true;
      this.#host.requestUpdate();
      return;
    }
    const mine = (this.#running = new AbortController());
    this.#attempt = this.#error = undefined;
    this.#host.requestUpdate();
    try {
      const { id, input, send } = target;
      const request = { ...(id === undefined ? {} : { id }), input, eventType: this.#event, payload };
      const attempt = await send(request, mine.signal);
      if (mine === this.#running) this.#attempt = attempt;
    } catch (thrown) {
      if (mine === this.#running) this.#error = toAdapterError(thrown);
    }
    if (mine !== this.#running) return;
    this.#running = undefined;
    this.#host.requestUpdate();
  }

  render(t: Translate): TemplateResult | typeof nothing {
    const target = this.#target;
    if (!target) return nothing;
    const close = () => this.close();
    const attempt = this.#attempt;
    const events = target.eventTypes.filter(({ id }) => target.input.events.includes(id));
    const offered = events.length ? events : target.eventTypes;
    return html`<dialog
      part="dialog"
      class="test-dialog wide-dialog"
      aria-labelledby="test-title"
      @cancel=${(event: Event) => {
        event.stopPropagation();
        close();
      }}
      @close=${(event: Event) => {
        event.stopPropagation();
        if (this.#target && closedUnasked(event)) close();
      }}
      @keydown=${(event: KeyboardEvent) => {
        // Escape closes this dialog and not the one below it.
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
    >
      <header part="dialog-header">
        <h2 id="test-title">${t('testTitle')}</h2>
        <button class="plain" type="button" aria-label=${t('close')} @click=${close}>${icons.close}</button>
      </header>
      <div part="dialog-body" class="dialog-body stack">
        <div class="field">
          <label for="test-event">${t('field.event')}</label>
          <select
            id="test-event"
            @change=${(event: Event) => {
              this.#event = (event.target as HTMLSelectElement).value;
              this.#host.requestUpdate();
            }}
          >
            ${offered.map(({ id, label }) => html`<option value=${id} .selected=${id === this.#event}>${label}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="test-payload">${t('testPayload')}</label>
          <textarea
            id="test-payload"
            rows="8"
            dir="ltr"
            spellcheck="false"
            aria-invalid=${this.#isInvalid ? 'true' : nothing}
            aria-describedby=${this.#isInvalid ? 'test-payload-error' : nothing}
            .value=${this.#payloads.get(this.#event) ?? this.#sample}
            @input=${(event: Event) => this.#payloads.set(this.#event, (event.target as HTMLTextAreaElement).value)}
          ></textarea>
          ${this.#isInvalid
            ? html`<p class="problem error" id="test-payload-error" role="alert">${t('testPayloadInvalid')}</p>`
            : nothing}
          <button
            type="button"
            class="add"
            @click=${() => {
              this.#payloads.delete(this.#event);
              this.#host.requestUpdate();
            }}
          >
            ${t('testReset')}
          </button>
        </div>
        <p role="status" class=${this.#running ? 'hint' : 'hidden-text'}>
          ${this.#running ? t('sending') : attempt ? `${t(`outcome.${attempt.outcome}`)}. ${advice(t, attempt)}` : nothing}
        </p>
        ${attempt ? exchange(t, attempt) : nothing}
        ${this.#error
            ? html`<div part="error" class="notice" role="alert">
                ${icons.alert}
                <div>
                  <strong>${t('testNotSent')}</strong> ${errorText(t, this.#error)}
                  ${Object.entries(this.#error.fieldErrors ?? {}).map(([path, text]) => html`<div>${path}: ${text}</div>`)}
                </div>
              </div>`
          : nothing}
      </div>
      <footer part="dialog-footer">
        <div class="buttons">
          <button type="button" @click=${close}>${t('close')}</button>
          <button
            type="button"
            class="primary"
            aria-disabled=${this.#running ? 'true' : nothing}
            @click=${() => this.#send(target)}
          >
            ${t('send')}
          </button>
        </div>
      </footer>
    </dialog>`;
  }
}
