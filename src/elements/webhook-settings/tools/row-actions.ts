import { html, nothing, type TemplateResult } from 'lit';
import { toAdapterError } from '../../../core/adapter-error.js';
import type { MessageKey } from '../../../core/messages/index.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook, WebhookInput } from '../../../core/webhook.js';
import { WebhookDeletedEvent } from '../../../events/webhook-deleted-event.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { WebhookUpdatedEvent } from '../../../events/webhook-updated-event.js';
import { notice } from '../../shared/notice.js';
import type { Confirmation } from './confirmation.js';
import type { ToolsHost } from './tools-host.js';

/** How many names a question about many webhooks tells. */
const NAMES = 5;

/** Switches webhooks on and off, and deletes them: one from its row, or all that are selected. */
export class RowActions {
  readonly #host: ToolsHost;
  readonly #changes: () => WebhookChanges | undefined;
  readonly #confirmation: Confirmation;

  /** Of many, when some failed: their rows may be far apart. */
  #outcome: { readonly done: number; readonly failed: number } | undefined;

  constructor(host: ToolsHost, changes: () => WebhookChanges | undefined, confirmation: Confirmation) {
    this.#host = host;
    this.#changes = changes;
    this.#confirmation = confirmation;
  }

  #setOutcome(outcome: { done: number; failed: number } | undefined): void {
    this.#outcome = outcome;
    this.#host.element.requestUpdate();
  }

  forgetOutcome = (): void => {
    if (this.#outcome) this.#setOutcome(undefined);
  };

  renderOutcome(): TemplateResult | typeof nothing {
    const { t } = this.#host;
    if (!this.#outcome) return nothing;
    const { done, failed } = this.#outcome;
    return notice(t('bulkDone', { count: done }), t('bulkFailed', { count: failed }), t('close'), this.forgetOutcome);
  }

  async setActive(webhook: Webhook, active: boolean): Promise<void> {
    const changed = await this.#change(webhook, { active });
    if (changed) this.#host.announce(this.#host.t(active ? 'activated' : 'deactivated', { name: changed.name }));
  }

  async #change(webhook: Webhook, changes: Partial<WebhookInput>, signal?: AbortSignal): Promise<Webhook | undefined> {
    const changed = await this.#changes()?.change(webhook, changes, signal);
    const problem = this.#changes()?.getState().problems.get(webhook.id);
    if (changed) this.#host.dispatch(new WebhookUpdatedEvent(changed));
    else if (problem) this.#host.dispatch(new WebhookErrorEvent('update', problem.code));
    return changed;
  }

  async #remove(webhook: Webhook, signal: AbortSignal): Promise<void> {
    try {
      await this.#changes()?.remove(webhook, signal);
    } catch (thrown) {
      if (!signal.aborted) this.#host.dispatch(new WebhookErrorEvent('delete', toAdapterError(thrown).code));
      throw thrown;
    }
    this.#host.select([webhook.id], false);
    this.#host.dispatch(new WebhookDeletedEvent(webhook.id));
  }

  askDelete(webhook: Webhook): void {
    const { t, store } = this.#host;
    const { name } = webhook;
    const at = store.getState().rows.findIndex(({ key }) => key === webhook.id);
    void this.#confirmation.ask({
      title: t('deleteTitle', { name }),
      text: t('deleteText', { count: 1 }),
      label: t('delete'),
      danger: true,
      steps: 1,
      run: (signal) => this.#remove(webhook, signal),
      done: () => {
        this.#host.announce(t('deleted', { name }));
        void this.#focusRow(at);
      },
    });
  }

  /** The row that took the place of one that is gone; the last one; or, where none is left, the way to add one. */
  async #focusRow(at: number): Promise<void> {
    const { element } = this.#host;
    await element.updateComplete;
    const rows = [...element.renderRoot.querySelectorAll('.rows > .row')];
    // Of a long list only some are there.
    const row = rows.find(({ ariaRowIndex }) => Number(ariaRowIndex) === at + 2) ?? rows.at(-1);
    const target = row?.querySelector<HTMLElement>('[part=name]:is(button), .menu-button');
    (target ?? element.renderRoot.querySelector<HTMLElement>('[part=add-button]'))?.focus();
  }

  get #selected(): Webhook[] {
    const { store, selected } = this.#host;
    return store.getState().rows.flatMap((row) => ('webhook' in row && selected.has(row.key) ? row.webhook : []));
  }

  #askMany(title: MessageKey, label: MessageKey, run: (webhook: Webhook, signal: AbortSignal) => Promise<boolean>): void {
    const { t, announce } = this.#host;
    const webhooks = this.#selected;
    const count = webhooks.length;
    let failed: number;
    const tell = (done: number) => {
      if (failed) this.#setOutcome({ done, failed });
      else announce(t('bulkDone', { count: done }));
    };
    this.forgetOutcome();
    void this.#confirmation.ask({
      title: t(title, { count }),
      text: html`<ul>
          ${webhooks.slice(0, NAMES).map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}
          ${count > NAMES ? html`<li>${t('andMore', { count: count - NAMES })}</li>` : nothing}
        </ul>
        ${label === 'delete' ? t('deleteText', { count }) : nothing}`,
      label: t(label),
      danger: label === 'delete',
      steps: count,
      run: (signal, step) =>
        this.#changes()!.batch(async () => {
          failed = 0;
          // One after the other: a host is asked no faster than it answers.
          for (const [index, webhook] of webhooks.entries()) {
            // Its row says why it failed; the rest goes on.
            const isDone = await run(webhook, signal).catch(() => false);
            if (signal.aborted) return tell(index + Number(isDone) - failed);
            if (!isDone) failed++;
            step(index + 1);
          }
        }),
      done: () => {
        tell(count - failed);
        void this.#focusRow(0);
      },
    });
  }

  /** What one does with the rows that are selected. */
  renderBar(exportThem: (webhooks: readonly Webhook[]) => void): TemplateResult {
    const { t, store, selected, select } = this.#host;
    const activate = (active: boolean) => () =>
      this.#askMany(
        active ? 'activateMany' : 'deactivateMany',
        active ? 'activate' : 'deactivate',
        async (webhook, signal) => !!(await this.#change(webhook, { active }, signal)),
      );
    const remove = () =>
      this.#askMany('deleteMany', 'delete', async (webhook, signal) => {
        await this.#remove(webhook, signal);
        return true;
      });
    return html`<div class="buttons" role="group" aria-label=${t('selected', { count: selected.size })}>
      <strong>${t('selected', { count: selected.size })}</strong>
      ${store.adapter.can('update')
        ? html`<button type="button" @click=${activate(true)}>${t('activate')}</button>
            <button type="button" @click=${activate(false)}>${t('deactivate')}</button>`
        : nothing}
      ${store.adapter.can('delete') ? html`<button type="button" class="danger" @click=${remove}>${t('delete')}</button>` : nothing}
      <button type="button" @click=${() => exportThem(this.#selected)}>${t('export')}</button>
      <button type="button" class="plain" @click=${() => select([...selected], false)}>${t('clearSelection')}</button>
    </div>`;
  }
}
