import { nothing, type TemplateResult } from 'lit';
import { toAdapterError, type AdapterError } from '../../../core/adapter-error.js';
import { writeExport } from '../../../core/store/transfer.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook } from '../../../core/webhook.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { errorText, notice } from '../../shared/notice.js';
import type { ToolsHost } from './tools-host.js';

/** Offers webhooks as a file, without their secrets. */
export class Exporter {
  readonly #host: ToolsHost;
  readonly #changes: () => WebhookChanges | undefined;
  #running: AbortController | undefined;
  #failure: AdapterError | undefined;

  constructor(host: ToolsHost, changes: () => WebhookChanges | undefined) {
    this.#host = host;
    this.#changes = changes;
  }

  stop(): void {
    this.#running?.abort();
    this.#failure = undefined;
  }

  renderFailure(): TemplateResult | typeof nothing {
    const { t } = this.#host;
    return this.#failure
      ? notice(t('exportFailed'), errorText(t, this.#failure), t('retry'), () => void this.saveAll())
      : nothing;
  }

  save = (webhooks: readonly Webhook[]): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([writeExport(webhooks)], { type: 'application/json' }));
    link.download = 'webhooks.json';
    link.click();
    // Not every browser has taken what it needs by the next task.
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.#host.announce(this.#host.t('exported', { count: webhooks.length }));
  };

  /** All of the account, whatever the list shows. */
  async saveAll(): Promise<void> {
    this.stop();
    this.#host.element.requestUpdate();
    const { signal } = (this.#running = new AbortController());
    try {
      const items = (await this.#changes()?.all(signal)) ?? [];
      this.save(items.flatMap((item) => ('webhook' in item ? item.webhook : [])));
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = toAdapterError(thrown);
      this.#host.dispatch(new WebhookErrorEvent('list', this.#failure.code));
      this.#host.element.requestUpdate();
    }
  }
}
