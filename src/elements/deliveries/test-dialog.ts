import { html, nothing, type TemplateResult } from 'lit';
import { Countdown } from '../../controllers/countdown.js';
import { parseAnswer } from '../../core/adapter-answer.js';
import { toAdapterError, type AdapterError } from '../../core/adapter-error.js';
import { deliveryAttemptSchema, type DeliveryAttempt } from '../../core/delivery.js';
import type { EventType } from '../../core/event-type.js';
import { sampleOf } from '../../core/form/request-preview.js';
import { untilAborted } from '../../core/until-aborted.js';
import type { WebhookInput } from '../../core/webhook.js';
import { closeDialog, framedDialog, showDialog, type DialogHost } from '../shared/dialog-frame.js';
import { icons } from '../shared/icons.js';
import { errorText } from '../shared/notice.js';
import { optionsOf, type Option } from '../shared/options.js';
import { Patience } from '../shared/patience.js';
import type { Translate } from '../shared/translate.js';
import { wait } from '../shared/wait.js';
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
  /** Takes out of what the host says the secrets that it may repeat; absent where none was typed. */
  readonly withoutSecrets?: (said: string) => string;
}

/** A value with each text in it put through `change`. */
const mapTexts = <Value,>(value: Value, change: (text: string) => string): Value =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'string' ? change(one) : one)) as Value;

/** Sends a test event to a webhook, saved or not, and shows the whole exchange. What was written into a payload is kept. */
export class TestDialog {
  readonly #host: DialogHost;
  readonly #countdown: Countdown;
  readonly #patience: Patience;
  readonly #payloads = new Map<string, string>();
  #target: TestTarget | undefined;
  #event = '';
  #attempt: DeliveryAttempt | undefined;
  #error: Pick<AdapterError, 'code' | 'message' | 'fieldErrors' | 'retryAfter'> | undefined;
  #isInvalid = false;
  #running: AbortController | undefined;

  constructor(host: DialogHost) {
    this.#host = host;
    this.#countdown = new Countdown(host);
    this.#patience = new Patience(host);
  }

  async open(target: TestTarget): Promise<void> {
    this.#target = target;
    this.#event = target.input.events[0] ?? target.eventTypes[0]?.id ?? '';
    this.#attempt = this.#error = undefined;
    this.#isInvalid = false;
    await showDialog(this.#host, 'test-dialog');
  }

  #stop = (): void => {
    this.#running?.abort();
    this.#running = undefined;
    this.#host.requestUpdate();
  };

  close(): void {
    this.#stop();
    this.#target = undefined;
    closeDialog(this.#host, 'test-dialog');
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
    const { id, input, send, withoutSecrets = String } = target;
    try {
      const request = { ...(id === undefined ? {} : { id }), input, eventType: this.#event, payload };
      const answer = await this.#patience.during(untilAborted(mine.signal, send(request, mine.signal)));
      const attempt = parseAnswer('sendTest', deliveryAttemptSchema, answer);
      const { error, request: sent, response } = attempt;
      // What is one of a few words or a date stays one, also where a secret is the same word.
      if (mine === this.#running) this.#attempt = { ...attempt, ...mapTexts({ error, request: sent, response }, withoutSecrets) };
    } catch (thrown) {
      const { code, message, fieldErrors, retryAfter } = toAdapterError(thrown);
      if (mine === this.#running) this.#error = { code, retryAfter, ...mapTexts({ message, fieldErrors }, withoutSecrets) };
    }
    if (mine !== this.#running) return;
    this.#running = undefined;
    this.#host.requestUpdate();
  }

  render(t: Translate): TemplateResult | typeof nothing {
    const target = this.#target;
    if (!target) return nothing;
    const attempt = this.#attempt;
    // Its own events, also one that the catalogue does not have any more.
    const own = target.input.events.map((event): Option => {
      const { label = t('unknownOption', { value: event }) } = target.eventTypes.find(({ id }) => id === event) ?? {};
      return [event, label];
    });
    const offered = own.length ? own : target.eventTypes.map(({ id, label }): Option => [id, label]);
    return framedDialog(t, {
      name: 'test-dialog wide-dialog',
      title: t('testTitle'),
      close: () => this.close(),
      body: html`<div class="field">
          <label for="test-event">${t('field.event')}</label>
          <select
            id="test-event"
            @change=${(event: Event) => {
              this.#event = (event.target as HTMLSelectElement).value;
              this.#host.requestUpdate();
            }}
          >
            ${optionsOf(offered, this.#event)}
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
        ${this.#patience.render(t, this.#stop)}
        ${attempt ? exchange(t, attempt) : nothing}
        ${this.#error
          ? html`<div part="error" class="notice" role="alert">
              ${icons.alert}
              <div>
                <strong>${t('testNotSent')}</strong> ${errorText(t, this.#error)} ${wait(t, this.#countdown.secondsLeft(this.#error))}
                ${Object.entries(this.#error.fieldErrors ?? {}).map(([path, text]) => html`<div>${path}: ${text}</div>`)}
              </div>
            </div>`
          : nothing}`,
      buttons: html`<button type="button" class="primary" aria-disabled=${this.#running ? 'true' : nothing} @click=${() => this.#send(target)}>
        ${t('send')}
      </button>`,
    });
  }
}
