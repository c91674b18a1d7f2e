import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Countdown } from '../../controllers/countdown.js';
import { ObservableController } from '../../controllers/observable-controller.js';
import { toAdapterError, type AdapterError } from '../../core/adapter-error.js';
import { deliveryOutcomes, type DeliveryAttempt, type DeliveryOutcome } from '../../core/delivery.js';
import type { EventType } from '../../core/event-type.js';
import { createDeliveryLog, itemId, type DeliveryItem, type DeliveryLog, type DeliveryView } from '../../core/store/delivery-log.js';
import type { Webhook } from '../../core/webhook.js';
import { WebhookErrorEvent } from '../../events/webhook-error-event.js';
import { closeDialog, framedDialog, showDialog } from '../shared/dialog-frame.js';
import { spokenAnew } from '../shared/live-text.js';
import { errorText, notice } from '../shared/notice.js';
import { Patience } from '../shared/patience.js';
import { localeOf, type Translate } from '../shared/translate.js';
import { wait } from '../shared/wait.js';
import { filterSelect } from '../webhook-settings/tools/filter-select.js';
import type { ToolsHost } from '../webhook-settings/tools/tools-host.js';
import { advice } from './advice.js';
import { exchange } from './exchange-view.js';

/** A time for people: relative for what is near, with the exact one beside it for a pointer or a screen reader. */
function time(iso: string, locale: string): TemplateResult {
  const at = new Date(iso);
  const seconds = (at.getTime() - Date.now()) / 1000;
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
  return html`<time datetime=${iso} title=${exact}>${relative}<span class="hidden-text"> (${exact})</span></time>`;
}

const malformed = (t: Translate, { id, malformed: paths }: Extract<DeliveryItem, { id: string }>): TemplateResult =>
  html`<li class="problem"><span dir="auto">${id}</span> ${t('deliveryMalformed', { paths: paths.join(', ') })}</li>`;

/** What was delivered for one webhook: newest first, each attempt with its exchange, and again what failed. */
export class DeliveriesDialog {
  readonly #host: ToolsHost;
  readonly #log: ObservableController<DeliveryLog>;
  readonly #countdown: Countdown;
  readonly #patience: Patience;
  #webhook: Webhook | undefined;
  #eventTypes: readonly EventType[] = [];
  #canRedeliver = false;
  #said = '';
  /** Whether what is said can be seen, too; how many there are can be counted. */
  #isVisible = true;
  /** Where it is why something was not sent again. */
  #refused: AdapterError | undefined;
  #lastDay = { from: '', to: '' };
  #found: DeliveryAttempt[] | undefined;
  #rangeError: AdapterError | undefined;
  #running: AbortController | undefined;
  #done = 0;
  /** The attempts that are being made anew, by the id of the one before. */
  #sending = new Set<string>();
  /** Stops waiting for them. */
  #stop = new AbortController();

  constructor(host: ToolsHost) {
    this.#host = host;
    this.#log = new ObservableController(host.element);
    this.#countdown = new Countdown(host.element);
    this.#patience = new Patience(host.element);
  }

  async open(webhook: Webhook): Promise<void> {
    const { adapter } = this.#host.element;
    if (!adapter) return;
    this.#webhook = webhook;
    this.#eventTypes = this.#host.catalogue.eventTypes;
    this.#canRedeliver = typeof adapter.redeliver === 'function';
    this.#said = '';
    this.#found = this.#rangeError = this.#refused = undefined;
    // In the form that the browser's field has: local, without a zone.
    const local = (ago: number) => new Date(Date.now() - ago - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    this.#lastDay = { from: local(86_400_000), to: local(-60_000) };
    // What the dialog before waited for may never come.
    this.#sending = new Set();
    const log = createDeliveryLog(adapter, webhook.id);
    this.#log.follow(log);
    await showDialog(this.#host.element, 'deliveries');
    if (log === this.#log.source) await this.#tell(log, log.setView({}));
  }

  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#webhook = undefined;
    this.#log.source?.dispose();
    this.#log.follow(undefined);
    closeDialog(this.#host.element, 'deliveries');
  }

  /** Says what a call of the log has brought. */
  async #tell(log: DeliveryLog, call: Promise<void>): Promise<void> {
    const before = this.#said;
    // What a live region says as it appears is not heard: it has to be on screen before, however fast the host is.
    const onScreen = new Promise(requestAnimationFrame);
    await this.#patience.during(call);
    const { items, busy, error } = log.getState();
    if (log !== this.#log.source || busy) return;
    if (error) return this.#report('listDeliveries', error);
    await onScreen;
    // What was said in the meantime is more to the point.
    if (log === this.#log.source && this.#said === before) this.#say(this.#host.t('deliveriesShown', { count: items.length }), false);
  }

  #report(operation: 'listDeliveries' | 'redeliver', { code }: AdapterError): void {
    this.#host.dispatch(new WebhookErrorEvent(operation, code));
  }

  #say(text: string, isVisible = true, refused?: AdapterError): void {
    this.#refused = refused;
    this.#isVisible = isVisible;
    this.#said = spokenAnew(text, this.#said);
    this.#host.element.requestUpdate();
  }

  async #redeliver(log: DeliveryLog, attempt: DeliveryAttempt): Promise<void> {
    const { id } = attempt;
    const sending = this.#sending;
    if (sending.has(id)) return;
    sending.add(id);
    this.#host.element.requestUpdate();
    const { t } = this.#host;
    const { signal } = this.#stop;
    let said: string;
    let refused: AdapterError | undefined;
    try {
      const { outcome } = await this.#patience.during(log.redeliver(attempt, signal));
      said = `${t('redelivered')} ${t(`outcome.${outcome}`)}`;
    } catch (thrown) {
      refused = toAdapterError(thrown);
      said = `${t('redeliverFailed')} ${errorText(t, refused)}`;
    }
    sending.delete(id);
    // By now it may be another webhook's log.
    if (log !== this.#log.source) return;
    // Nobody waits for it any more, but it may have been sent: then the log has it.
    if (signal.aborted) return this.#tell(log, log.setView(log.getState().view));
    if (refused) this.#report('redeliver', refused);
    this.#say(said, true, refused);
  }

  #stopWaiting = (): void => {
    this.#log.source?.cancel();
    this.#stop.abort();
    this.#stop = new AbortController();
  };

  /** Runs one long task at a time, which Stop aborts. */
  async #run(operation: 'listDeliveries' | 'redeliver', task: (log: DeliveryLog, signal: AbortSignal) => Promise<void>): Promise<void> {
    const log = this.#log.source;
    if (!log || this.#running) return;
    const mine = (this.#running = new AbortController());
    this.#rangeError = undefined;
    this.#done = 0;
    this.#host.element.requestUpdate();
    try {
      await task(log, mine.signal);
    } catch (thrown) {
      if (!mine.signal.aborted) this.#report(operation, (this.#rangeError = toAdapterError(thrown)));
    }
    if (mine === this.#running) this.#running = undefined;
    this.#host.element.requestUpdate();
  }

  #count = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const at = (name: string) => new Date(data.get(name) as string).toISOString();
    this.#found = undefined;
    void this.#run('listDeliveries', async (log, signal) => {
      const found = await log.failures({ from: at('from'), to: at('to') }, signal);
      if (log === this.#log.source) this.#found = found;
    });
  };

  #redeliverFound = (): void => {
    const found = this.#found ?? [];
    void this.#run('redeliver', async (log, signal) => {
      let [done, failed] = [0, 0];
      try {
        for (const attempt of found) {
          if (signal.aborted) return;
          const { outcome } = await log.redeliver(attempt, signal);
          if (outcome === 'failed') failed += 1;
          done += 1;
          if (log !== this.#log.source) return;
          this.#done = done;
          this.#host.element.requestUpdate();
        }
      } finally {
        if (log === this.#log.source) {
          // What was sent is not sent once more when the rest is.
          const left = found.slice(done);
          this.#found = left.length ? left : undefined;
          const { t } = this.#host;
          const more = failed ? ` ${t('redeliverFailedAgain', { count: failed })}` : '';
          if (done) this.#say(t('redeliverDone', { count: done }) + more);
        }
      }
    });
  };

  #wait = (error: AdapterError | undefined) => wait(this.#host.t, this.#countdown.secondsLeft(error));

  #renderMany(t: Translate): TemplateResult {
    const found = this.#found;
    const stop = html`<button type="button" @click=${() => this.#running?.abort()}>${t('stopAction')}</button>`;
    return html`<details>
      <summary>${t('redeliverMany')}</summary>
      <form class="buttons" @submit=${this.#count}>
        <label>${t('redeliverFrom')} <input type="datetime-local" name="from" required .value=${this.#lastDay.from} /></label>
        <label>${t('redeliverTo')} <input type="datetime-local" name="to" required .value=${this.#lastDay.to} /></label>
        <button type="submit">${t('redeliverCount')}</button>
      </form>
      <div role="status">
        ${found ? t('redeliverFound', { count: found.length }) : nothing}
        ${this.#rangeError ? html`<span class="problem error">${errorText(t, this.#rangeError)} ${this.#wait(this.#rangeError)}</span>` : nothing}
        ${this.#running
          ? html`${found
              ? html`<progress max=${found.length} .value=${this.#done} aria-label=${t('redeliverMany')}></progress>
                  ${t('progress', { count: this.#done, total: found.length })}`
              : t('deliveriesLoading')}
            ${stop}`
          : found?.length
            ? html`<button type="button" class="primary" @click=${this.#redeliverFound}>${t('redeliver')}</button>`
            : nothing}
      </div>
    </details>`;
  }

  #renderAttempt(t: Translate, log: DeliveryLog, attempt: DeliveryAttempt): TemplateResult {
    const locale = localeOf(this.#host.element);
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
    const { eventType, outcome, startedAt, attempt: number, nextAttemptAt } = attempt;
    return html`<li>
      <details>
        <summary>
          <span part="badge" class="badge ${outcome}">${t(`outcome.${outcome}`)}</span>
          <span dir="auto">${this.#eventTypes.find(({ id }) => id === eventType)?.label ?? eventType}</span>
          <span class="muted">${time(startedAt, locale)}</span>
          ${number && number > 1 ? html`<span class="muted">${t('attempt', { count: number })}</span>` : nothing}
          ${nextAttemptAt
            ? html`<span class="muted">${t('nextAttempt', { when: clock.format(new Date(nextAttemptAt)) })}</span>`
            : nothing}
          ${outcome === 'failed' ? html`<span class="muted advice">${advice(t, attempt)}</span>` : nothing}
        </summary>
        ${exchange(t, attempt)}
        ${this.#canRedeliver
          ? html`<button
              type="button"
              aria-disabled=${this.#sending.has(attempt.id) ? 'true' : nothing}
              @click=${() => this.#redeliver(log, attempt)}
            >
              ${t('redeliver')}
            </button>`
          : nothing}
      </details>
    </li>`;
  }

  render(): TemplateResult | typeof nothing {
    const webhook = this.#webhook;
    const log = this.#log.source;
    if (!webhook || !log) return nothing;
    const { t } = this.#host;
    const { status, busy, view, items, nextCursor, error } = log.getState();
    const retry = () => void this.#tell(log, log.setView(view));
    // What does not restrict is left out.
    const show = (change: DeliveryView) =>
      void this.#tell(log, log.setView(Object.fromEntries(Object.entries({ ...view, ...change }).filter(([, value]) => value))));
    const filtered = view.outcome !== undefined || view.event !== undefined;
    return framedDialog(t, {
      name: 'deliveries wide-dialog',
      title: t('deliveriesTitle', { name: webhook.name }),
      close: () => this.close(),
      body: html`<div class="buttons narrowing">
          ${filterSelect(
            t('outcome'),
            view.outcome ?? '',
            [['', t('anyOutcome')], ...deliveryOutcomes.map((one) => [one, t(`outcome.${one}`)] as const)],
            (value) => show({ outcome: value as DeliveryOutcome }),
          )}
          ${filterSelect(
            t('events'),
            view.event ?? '',
            [['', t('anyEvent')], ...this.#eventTypes.map(({ id, label }) => [id, label] as const)],
            (value) => show({ event: value }),
          )}
        </div>
        <p role="status" class=${this.#said && this.#isVisible ? 'hint' : 'hidden-text'}>${this.#said} ${this.#wait(this.#refused)}</p>
        ${this.#patience.render(t, this.#stopWaiting)}
        ${error ? notice(t('deliveriesFailed'), html`${errorText(t, error)} ${this.#wait(error)}`, t('retry'), retry) : nothing}
        ${status === 'loading' ? html`<p part="loading" role="status">${t('deliveriesLoading')}</p>` : nothing}
        ${status === 'ready' && !items.length
          ? html`<p class="muted">${t(filtered ? 'deliveriesNoMatch' : 'deliveriesEmpty')}</p>`
          : html`<ul class="candidates" aria-busy=${busy ? 'true' : 'false'}>
              ${repeat(items, itemId, (item) => ('attempt' in item ? this.#renderAttempt(t, log, item.attempt) : malformed(t, item)))}
            </ul>`}
        ${nextCursor === undefined
          ? nothing
          : html`<button type="button" class="add" aria-disabled=${busy ? 'true' : nothing} @click=${() => this.#tell(log, log.loadMore())}>
              ${t('loadMore')}
            </button>`}
        ${this.#canRedeliver ? this.#renderMany(t) : nothing}`,
    });
  }
}
