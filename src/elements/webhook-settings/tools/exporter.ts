import { toAdapterError } from '../../../core/adapter-error.js';
import { writeExport } from '../../../core/store/transfer.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook } from '../../../core/webhook.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import type { ToolsHost } from './tools-host.js';

/** Offers webhooks as a file, without their secrets. */
export class Exporter {
  readonly #host: ToolsHost;
  readonly #changes: () => WebhookChanges | undefined;
  #running: AbortController | undefined;

  constructor(host: ToolsHost, changes: () => WebhookChanges | undefined) {
    this.#host = host;
    this.#changes = changes;
  }

  stop(): void {
    this.#running?.abort();
  }

  save = (webhooks: readonly Webhook[]): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([writeExport(webhooks)], { type: 'application/json' }));
    link.download = 'webhooks.json';
    link.click();
    // The browser has taken what it needs by the next task.
    setTimeout(() => URL.revokeObjectURL(link.href));
    this.#host.announce(this.#host.t('exported', { count: webhooks.length }));
  };

  /** All of the account, whatever the list shows. */
  async saveAll(): Promise<void> {
    const { t } = this.#host;
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    try {
      const items = (await this.#changes()?.all(signal)) ?? [];
      this.save(items.flatMap((item) => ('webhook' in item ? item.webhook : [])));
    } catch (thrown) {
      if (signal.aborted) return;
      this.#host.announce(t('exportFailed'));
      this.#host.dispatch(new WebhookErrorEvent('list', toAdapterError(thrown).code));
    }
  }
}
