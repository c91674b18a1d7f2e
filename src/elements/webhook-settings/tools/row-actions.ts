import { html, nothing, type TemplateResult } from 'lit';
import type { AdapterError } from '../../../core/adapter-error.js';
import { isUnsure, type Problem, type Stored, type WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook } from '../../../core/webhook.js';
import { WebhookCreatedEvent } from '../../../events/webhook-created-event.js';
import { WebhookDeletedEvent } from '../../../events/webhook-deleted-event.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { WebhookUpdatedEvent } from '../../../events/webhook-updated-event.js';
import { errorText } from '../../shared/notice.js';
import type { Confirmation } from './confirmation.js';
import { calm, failure } from './notices.js';
import { pause } from './pause.js';
import type { ToolsHost } from './tools-host.js';

type Action = 'activate' | 'deactivate' | 'delete';

/** How a change of many ended. */
interface Outcome {
  readonly action: Action;
  readonly isStopped: boolean;
  readonly done: number;
  readonly failed: number;
  /** Those that were not begun. */
  readonly left: number;
  /** Those that there was nothing to do with. */
  readonly same: number;
  /** The id of one that was under way when it was stopped. */
  readonly unsure: string | undefined;
}

/** How many names a question about many webhooks tells. */
const NAMES = 5;
/** How long many changes may keep the page from a frame, in milliseconds. */
const FRAME = 16;

/** Switches webhooks on and off, and deletes them: one from its row, or all that are selected. */
export class RowActions {
  readonly #host: ToolsHost;
  readonly #changes: () => WebhookChanges | undefined;
  readonly #confirmation: Confirmation;
  #outcome: Outcome | undefined;

  constructor(host: ToolsHost, changes: () => WebhookChanges | undefined, confirmation: Confirmation) {
    this.#host = host;
    this.#changes = changes;
    this.#confirmation = confirmation;
  }

  /** Tells the page what was stored, also of what nobody waits for any more. */
  stored = (what: Stored, webhook: Webhook): void => {
    const { dispatch, select } = this.#host;
    const { id } = webhook;
    if (what === 'deleted') {
      select([id], false);
      dispatch(new WebhookDeletedEvent(id));
    } else dispatch(new (what === 'created' ? WebhookCreatedEvent : WebhookUpdatedEvent)(webhook));
    const outcome = this.#outcome;
    const action = what === 'deleted' ? 'delete' : webhook.active ? 'activate' : 'deactivate';
    if (outcome?.unsure === id && outcome.action === action) this.#setOutcome({ ...outcome, done: outcome.done + 1, unsure: undefined });
  };

  #setOutcome(outcome?: Outcome): void {
    this.#outcome = outcome;
    this.#host.element.requestUpdate();
  }

  forgetOutcome = (): void => {
    if (this.#outcome) this.#setOutcome();
  };

  #outcomeText({ action, isStopped, done, failed, left, same, unsure }: Outcome): [done: string, failed: string] {
    const { t } = this.#host;
    const rest = [
      failed && t('bulkFailed', { count: failed }),
      unsure && t('bulkUnsure'),
      left && t('bulkLeft', { count: left }),
      same && t('bulkSame', { count: same }),
    ];
    const begin = [isStopped && t('stopped'), (done || !same) && t(`${action}Done`, { count: done })];
    return [begin.filter(Boolean).join(' '), rest.filter(Boolean).join(' ')];
  }

  #tell(outcome: Outcome): void {
    this.#setOutcome(outcome);
    // Failures are an alert.
    if (!outcome.failed) this.#host.announce(this.#outcomeText(outcome).join(' ').trim());
  }

  /** What failed where no row says so, and how a change of many ended. */
  renderOutcomes(): unknown {
    const { t, store } = this.#host;
    const outcome = this.#outcome;
    const rows = new Set(store.getState().rows.map(({ key }) => key));
    const { problems = [], slow = [] } = this.#changes()?.getState() ?? {};
    const close = [t('close'), this.forgetOutcome] as const;
    return [
      [...slow].map((id) => (rows.has(id) ? nothing : this.#renderPatience(id))),
      // One that may have been deleted, and is gone, was.
      [...problems].map(([id, problem]) => (rows.has(id) || (!problem.changes && isUnsure(problem.error)) ? nothing : this.#renderProblem(problem))),
      outcome && (outcome.failed ? failure(...this.#outcomeText(outcome), close) : calm(this.#outcomeText(outcome).join(' '), close)),
    ];
  }

  #failed = (action: Action, name: string, error: AdapterError): string =>
    this.#host.t(action === 'delete' && isUnsure(error) ? 'deleteUnsure' : `${action}Failed`, { name });

  #renderProblem({ webhook, error, changes }: Problem): TemplateResult {
    const { t } = this.#host;
    const { name, id } = webhook;
    const action = !changes ? 'delete' : changes.active ? 'activate' : 'deactivate';
    const retry = () => (action === 'delete' ? this.askDelete(webhook) : void this.setActive(webhook, action === 'activate'));
    return failure(this.#failed(action, name, error), errorText(t, error), [t('retry'), retry], [t('dismiss'), () => this.#changes()?.clear(id)]);
  }

  #renderPatience(id: string): TemplateResult {
    const { t } = this.#host;
    return calm(t('slow'), [t('stop'), () => this.#changes()?.cancel(id)]);
  }

  /** In its row: why something with this webhook failed, or that it takes long. */
  renderState({ id, active }: Webhook): unknown {
    const { problems, slow } = this.#changes()?.getState() ?? {};
    const problem = problems?.get(id);
    // It may have been done all the same.
    const isOpen = problem && problem.changes?.active !== active;
    const said = slow?.has(id) ? this.#renderPatience(id) : isOpen && this.#renderProblem(problem);
    return said && html`<div role="cell" class="wide">${said}</div>`;
  }

  /** Does it. A failure is kept for the row, and the page hears of it; of what was stopped neither is known. */
  async #do(changes: WebhookChanges, action: Action, webhook: Webhook, signal?: AbortSignal): Promise<{ done?: Webhook | undefined; error?: AdapterError | undefined }> {
    const isDelete = action === 'delete';
    const done = isDelete
      ? await changes.remove(webhook, signal!).then(
          () => webhook,
          () => undefined,
        )
      : await changes.change(webhook, { active: action === 'activate' }, signal);
    if (done || signal?.aborted) return { done };
    const error = changes.getState().problems.get(webhook.id)?.error;
    if (error) this.#host.dispatch(new WebhookErrorEvent(isDelete ? 'delete' : 'update', error.code));
    return { error };
  }

  async setActive(webhook: Webhook, active: boolean): Promise<void> {
    const { done } = await this.#do(this.#changes()!, active ? 'activate' : 'deactivate', webhook);
    if (done) this.#host.announce(this.#host.t(active ? 'activated' : 'deactivated', { name: done.name }));
  }

  askDelete(webhook: Webhook): void {
    const { t, store, announce } = this.#host;
    const changes = this.#changes()!;
    const at = store.getState().rows.findIndex(({ key }) => key === webhook.id);
    let name = '';
    void this.#confirmation.ask({
      // As it is by now: someone else may have changed it.
      title: () => t('deleteTitle', { name: changes.shown(webhook).name }),
      text: t('deleteText', { count: 1 }),
      label: t('delete'),
      isDanger: true,
      run: async (signal) => {
        ({ name } = changes.shown(webhook));
        const { error } = await this.#do(changes, 'delete', webhook, signal);
        if (error) throw error;
      },
      failed: (error) => [
        this.#failed('delete', name, error),
        error.current ? t('deleteConflict') : errorText(t, error),
      ],
      done: () => {
        announce(t('deleted', { name }));
        void this.#focusRow(at);
      },
    });
  }

  /** The row that took the place of one that is gone, or the nearest with a control; where there is none, the way to add one. */
  async #focusRow(at: number): Promise<void> {
    const { element } = this.#host;
    await element.updateComplete;
    // Of two that are as near the one below.
    const distance = (control: Element) => Math.abs(Number(control.closest('.row')!.ariaRowIndex) - at - 2.1);
    const controls = [...element.renderRoot.querySelectorAll<HTMLElement>('.rows [part=name]:is(button), .rows .menu-button')];
    const nearest = controls.sort((one, other) => distance(one) - distance(other))[0];
    (nearest ?? element.renderRoot.querySelector<HTMLElement>('[part=add-button]'))?.focus();
  }

  get #selected(): Webhook[] {
    const { store, selected } = this.#host;
    return store.getState().rows.flatMap((row) => ('webhook' in row && selected.has(row.key) ? row.webhook : []));
  }

  #askMany(action: Action): void {
    const { t, store, select } = this.#host;
    const changes = this.#changes()!;
    const { rows } = store.getState();
    const selected = this.#selected;
    const webhooks = action === 'delete' ? selected : selected.filter(({ active }) => active === (action === 'deactivate'));
    const count = webhooks.length;
    const same = selected.length - count;
    let outcome: Outcome = { action, isStopped: false, done: 0, failed: 0, left: 0, same, unsure: undefined };
    let first: Webhook | undefined;
    this.forgetOutcome();
    if (!count) return this.#tell(outcome);
    void this.#confirmation.ask({
      title: () => t(`${action}Many`, { count }),
      text: html`<ul>
          ${webhooks.slice(0, NAMES).map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}
          ${count > NAMES ? html`<li>${t('andMore', { count: count - NAMES })}</li>` : nothing}
        </ul>
        ${action === 'delete' ? t('deleteText', { count }) : nothing}`,
      label: t(action),
      isDanger: action === 'delete',
      steps: { count, title: t(`${action}Running`, { count }) },
      run: (signal, step) =>
        changes.batch(async () => {
          const failed = new Set<string>();
          let [index, done] = [0, 0];
          let unsure: string | undefined;
          let last = performance.now();
          // One after the other: a host is asked no faster than it answers.
          while (index < count && !signal.aborted) {
            // One that answers at once would leave the page no time to draw.
            if (performance.now() - last > FRAME) {
              await pause(0);
              last = performance.now();
            }
            const webhook = webhooks[index]!;
            const result = await this.#do(changes, action, webhook, signal);
            const { error } = result;
            if (error?.retryAfter) {
              changes.clear(webhook.id);
              step(index, error);
              await pause(error.retryAfter, signal);
              continue;
            }
            step(++index);
            if (result.done) {
              done++;
              first ??= webhook;
            } else if (error) failed.add(webhook.id);
            else unsure = webhook.id;
            // Its row says why it failed; the rest goes on, where it can.
            if (error?.code === 'unauthenticated') break;
          }
          const isStopped = done + failed.size < count;
          outcome = { ...outcome, isStopped, done, failed: failed.size, left: count - index, unsure };
          // Another try is for those that failed.
          if (failed.size && !isStopped) select([...this.#host.selected].filter((id) => !failed.has(id)), false);
          if (signal.aborted) this.#tell(outcome);
        }),
      done: () => {
        this.#tell(outcome);
        if (first && action === 'delete') void this.#focusRow(rows.findIndex(({ key }) => key === first!.id));
      },
    });
  }

  /** What one does with the rows that are selected. */
  renderBar(exportThem: (webhooks: readonly Webhook[]) => void): TemplateResult {
    const { t, store, selected, select } = this.#host;
    const { adapter } = store;
    const button = (action: Action, kind = '') =>
      html`<button type="button" class=${kind} @click=${() => this.#askMany(action)}>${t(action)}</button>`;
    return html`<div class="buttons" role="group" aria-label=${t('selected', { count: selected.size })}>
      <strong>${t('selected', { count: selected.size })}</strong>
      ${adapter.can('update') ? [button('activate'), button('deactivate')] : nothing}
      ${adapter.can('delete') ? button('delete', 'danger') : nothing}
      <button type="button" @click=${() => exportThem(this.#selected)}>${t('export')}</button>
      <button type="button" class="plain" @click=${() => select([...selected], false)}>${t('clearSelection')}</button>
    </div>`;
  }
}
