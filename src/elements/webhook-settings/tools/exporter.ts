import { html, nothing, type TemplateResult } from 'lit';
import { toAdapterError, type AdapterError } from '../../../core/adapter-error.js';
import { readAll } from '../../../core/store/all-webhooks.js';
import { writeExport } from '../../../core/store/transfer.js';
import type { Webhook } from '../../../core/webhook.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { errorText, notice } from '../../shared/notice.js';
import type { ToolsHost } from './tools-host.js';

/** How long a page may be waited for before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** What came of it. */
interface Outcome {
  readonly count: number;
  /** How many could not be read. */
  readonly leftOut: number;
  readonly isCut: boolean;
}

/** Offers webhooks as a file, without their secrets. */
export class Exporter {
  readonly #host: ToolsHost;
  #running: AbortController | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** How many are there so far. */
  #count = 0;
  #isSlow = false;
  #failure: AdapterError | undefined;
  #outcome: Outcome | undefined;

  constructor(host: ToolsHost) {
    this.#host = host;
  }

  /** Stops what runs, and forgets what came of what ran before. */
  stop = (): void => {
    if (this.#running) this.#host.announce('');
    this.#running?.abort();
    this.#end();
    this.#failure = this.#outcome = undefined;
    this.#host.element.requestUpdate();
  };

  #end(): void {
    clearTimeout(this.#patience);
    this.#running = undefined;
  }

  /** Another page is waited for. */
  #wait(count: number): void {
    const { t, element, announce } = this.#host;
    this.#count = count;
    this.#isSlow = false;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#isSlow = true;
      announce(t('slow'));
    }, PATIENCE);
    element.requestUpdate();
  }

  save = (webhooks: readonly Webhook[], leftOut = 0, isCut = false): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([writeExport(webhooks)], { type: 'application/json' }));
    link.download = 'webhooks.json';
    link.click();
    // Not every browser has taken what it needs by the next task.
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.#outcome = { count: webhooks.length, leftOut, isCut };
    this.#host.announce(this.#outcomeText(this.#outcome));
  };

  /** All of the account, whatever the list shows. */
  async saveAll(): Promise<void> {
    this.stop();
    const { signal } = (this.#running = new AbortController());
    this.#host.announce(this.#host.t('exporting'));
    this.#wait(0);
    try {
      const { items, isCut } = await readAll(this.#host.store, signal, (count) => this.#wait(count));
      this.#end();
      const webhooks = items.flatMap((item) => ('webhook' in item ? item.webhook : []));
      this.save(webhooks, items.length - webhooks.length, isCut);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#end();
      this.#failure = toAdapterError(thrown);
      this.#host.dispatch(new WebhookErrorEvent('list', this.#failure.code));
      this.#host.element.requestUpdate();
    }
  }

  #outcomeText({ count, leftOut, isCut }: Outcome): string {
    const { t } = this.#host;
    return [t('exported', { count }), leftOut && t('exportLeftOut', { count: leftOut }), isCut && t('exportCut')].filter(Boolean).join(' ');
  }

  /** How far it is, or what came of it. It is said in the list's live region. */
  render(): TemplateResult | typeof nothing {
    const { t } = this.#host;
    if (this.#failure) return notice(t('exportFailed'), errorText(t, this.#failure), t('retry'), () => void this.saveAll());
    const calm = (text: string, label: string) =>
      html`<div class="notice calm">
        <div>${text}</div>
        <button type="button" @click=${this.stop}>${label}</button>
      </div>`;
    if (this.#running)
      return calm([t('exporting'), t('shown', { count: this.#count }), this.#isSlow && t('slow')].filter(Boolean).join(' '), t('stopAction'));
    return this.#outcome ? calm(this.#outcomeText(this.#outcome), t('close')) : nothing;
  }
}
