import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ObservableController } from '../../controllers/observable-controller.js';
import type { WebhookAdapter } from '../../core/adapter.js';
import { authTypeIds, type AuthTypeId } from '../../core/auth/index.js';
import { defaultEventTypes, type EventType } from '../../core/event-type.js';
import type { Messages } from '../../core/messages/index.js';
import { listMessages } from '../../core/messages/list.js';
import type { Organization } from '../../core/organization.js';
import { givenParts, type WebhookView } from '../../core/page.js';
import { TURNS, turns } from '../../core/turns.js';
import { createWebhookStore, type WebhookStore } from '../../core/store/webhook-store.js';
import { WebhookErrorEvent } from '../../events/webhook-error-event.js';
import { WebhookViewChangeEvent } from '../../events/webhook-view-change-event.js';
import { baseStyles } from '../shared/base.styles.js';
import type { EventSelection, WebhookContext } from '../shared/context.js';
import { icons } from '../shared/icons.js';
import { spokenAnew } from '../shared/live-text.js';
import { loadOnDemand } from '../shared/load-on-demand.js';
import { errorText, notice } from '../shared/notice.js';
import { createTranslate, localeOf, type Translate } from '../shared/translate.js';
import { whenIdle } from '../shared/when-idle.js';
import { firstRows, isFiltered, list, MOST_ROWS, panel, skeleton, viewKey } from './list-view.js';
import type { ListTools } from './tools/list-tools.js';
import type { LentHost } from './tools/tools-host.js';
import { settingsStyles } from './webhook-settings.styles.js';

/** What the viewer may do: everything, look, or nothing (no Organization Admin; the feature is not turned on). */
export type Access = 'manage' | 'read-only' | 'denied' | 'unavailable';

const isGate = (access: Access): boolean => access === 'denied' || access === 'unavailable';

const PAGE_SIZE = 25;

/** How long the element waits for an adapter before it tells the developer, in milliseconds. */
const PATIENCE = 2000;

/** The same each time, so that whoever follows can see that nothing changed. */
const none: readonly never[] = [];

/**
 * @summary The screen on which a customer's administrator sees, adds and changes webhooks, on the host's own API.
 *
 * @event {WebhookCreatedEvent} webhook-created - A webhook was added. Bubbles, composed.
 * @event {WebhookUpdatedEvent} webhook-updated - A webhook was changed. Bubbles, composed.
 * @event {WebhookDeletedEvent} webhook-deleted - A webhook was deleted. Bubbles, composed.
 * @event {WebhookViewChangeEvent} webhook-view-change - The person searched, filtered or sorted. Does not bubble.
 * @event {WebhookErrorEvent} webhook-error - A call of the adapter failed. Bubbles, composed.
 * @event {WebhookModalCloseEvent} webhook-modal-close - The form is about to close. Cancelable, does not bubble.
 *
 * @slot header - A sentence or a link of yours, below the heading.
 * @slot empty - Replaces the text while there are no webhooks; the button stays.
 * @slot no-match - Replaces the text where no webhook matches; the button stays.
 * @slot denied - Replaces the text for a viewer who is no Organization Admin.
 * @slot unavailable - Replaces the text where the feature is not turned on.
 * @slot modal-footer - A sentence or a link of yours, in the form's footer.
 *
 * @csspart base - Everything.
 * @csspart toolbar - The heading and the button.
 * @csspart heading - The heading.
 * @csspart add-button - Add Webhook.
 * @csspart search - The search field.
 * @csspart filter - A drop-down that restricts or sorts the list.
 * @csspart list - The list of webhooks.
 * @csspart head - The names of the columns.
 * @csspart row - One webhook.
 * @csspart row--test - A webhook with test credentials.
 * @csspart row--inactive - A webhook that is switched off.
 * @csspart name - A webhook's name.
 * @csspart badge - A label beside the name.
 * @csspart badge--test - The label "test".
 * @csspart badge--inactive - The label "inactive".
 * @csspart empty - Stands in while there are no webhooks.
 * @csspart loading - Stands in while the first webhooks are loaded.
 * @csspart error - What went wrong, with Retry; and the two gates.
 * @csspart menu - The menu of a row, and that of the list.
 * @csspart dialog - A question, the import, a test call or the deliveries.
 * @csspart dialog-header - A dialog's heading and close button.
 * @csspart dialog-body - The scrolling part of a dialog.
 * @csspart dialog-footer - A dialog's buttons.
 * @csspart modal-base - The part `base` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-dialog - The part `dialog` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-dialog-header - The part `dialog-header` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-heading - The part `heading` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-dialog-body - The part `dialog-body` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-dialog-footer - The part `dialog-footer` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-toolbar - The part `toolbar` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-field - The part `field` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-label - The part `label` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-input - The part `input` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-select - The part `select` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-switch - The part `switch` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-hint - The part `hint` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-field-error - The part `field-error` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-error - The part `error` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-loading - The part `loading` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-organization - The part `organization` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-save-button - The part `save-button` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-cancel-button - The part `cancel-button` of the form, as in `<add-webhook-modal>`.
 * @csspart modal-close-button - The part `close-button` of the form, as in `<add-webhook-modal>`.
 *
 * @cssproperty [--webhook-accent-color=light-dark(#1a7f37, #238636)] - The primary buttons, switches and checked boxes.
 * @cssproperty [--webhook-accent-text-color=#fff] - Text on the accent.
 * @cssproperty [--webhook-text-color=light-dark(#1f2328, #e6edf3)] - Text.
 * @cssproperty [--webhook-muted-color=light-dark(#59636e, #9aa4af)] - Text of less weight.
 * @cssproperty [--webhook-surface-color=light-dark(#fff, #0d1117)] - The ground of the list, the dialogs and the fields.
 * @cssproperty [--webhook-subtle-color=light-dark(#f6f8fa, #161c24)] - The ground of headers, footers and what is hovered.
 * @cssproperty [--webhook-border-color=light-dark(#d1d9e0, #30373f)] - Lines.
 * @cssproperty [--webhook-control-border-color=light-dark(#818b95, #6b7580)] - The border of buttons and fields.
 * @cssproperty [--webhook-danger-color=light-dark(#c9222d, #ff7b72)] - Errors, and buttons that remove.
 * @cssproperty [--webhook-warning-color=light-dark(#8a5d00, #d8a12a)] - Warnings, and the label "test".
 * @cssproperty [--webhook-success-color=light-dark(#1a7f37, #3fb950)] - Deliveries that succeeded.
 * @cssproperty [--webhook-focus-color=light-dark(#0969da, #4493f8)] - The focus ring.
 * @cssproperty [--webhook-control-radius=6px] - The radius of buttons and fields; cards and menus have half as much again.
 * @cssproperty [--webhook-button-radius=var(--webhook-control-radius, 6px)] - The radius of buttons, where it is another.
 * @cssproperty [--webhook-dialog-radius=12px] - The radius of the dialogs' corners.
 * @cssproperty [--webhook-dialog-width=40em] - The form's greatest width.
 * @cssproperty [--webhook-density-unit=4px] - The grid that spacing and the height of controls are measured in.
 * @cssproperty [--webhook-font-family=inherit] - The typeface.
 * @cssproperty [--webhook-font-size=1em] - The size that all others follow.
 * @cssproperty [--webhook-code-font-family=ui-monospace, 'SF Mono', Menlo, Consolas, monospace] - The typeface of hosts, URLs and requests.
 */
export class WebhookSettings extends LitElement {
  static override styles = [baseStyles, settingsStyles];
  static override properties = {
    adapter: { attribute: false },
    access: { reflect: true },
    eventTypes: { attribute: false },
    organizations: { attribute: false },
    authTypes: { attribute: false },
    eventSelection: { attribute: 'event-selection' },
    pageSize: { type: Number, attribute: 'page-size' },
    heading: {},
    messages: { attribute: false },
    view: { attribute: false },
    allowPrivateNetwork: { type: Boolean, attribute: 'allow-private-network' },
  };

  readonly #store = new ObservableController<WebhookStore>(this);
  #patience: ReturnType<typeof setTimeout> | undefined;
  #cancelPrefetch: (() => void) | undefined;
  /** The failures that the page has been told of. */
  #reported = new Set<unknown>();
  #tools: ListTools | undefined;
  #selected: ReadonlySet<string> = new Set();
  /** What was asked for before the tools were there; done when they are, or on Retry. */
  #wanted: ((tools: ListTools) => unknown) | undefined;
  #isIncomplete = false;
  /** Has what was set before its class was there. */
  #isWhole = false;
  #isFiltered = false;
  #announcement = '';

  /** The host's API. */
  adapter: WebhookAdapter | undefined;
  /** What the viewer may do. With `denied` and `unavailable` the adapter is never called. */
  access: Access = 'manage';
  /** The catalogue of events; wins over the adapter's. */
  eventTypes: readonly EventType[] | undefined;
  /** The organizations that credentials can belong to; wins over the adapter's. */
  organizations: readonly Organization[] | undefined;
  /** The authentication types on offer, in this order. An id that is none of the seven is ignored. */
  authTypes: readonly AuthTypeId[] = authTypeIds;
  /** How many events one webhook may have. */
  eventSelection: EventSelection = 'single';
  /** How many webhooks are asked of the adapter at a time. */
  pageSize = PAGE_SIZE;
  /** The list's heading. */
  heading: string | undefined;
  /** Overrides single texts. */
  messages: Partial<Messages> | undefined;
  /**
   * Which webhooks are shown, in which order. It follows the person; `webhook-view-change` tells when. A copy of what was handed in
   * last, or of what the event told of just now, changes nothing.
   */
  view: WebhookView = {};

  /** For a host's own development: http, private addresses and local names are accepted as well. */
  allowPrivateNetwork = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cancelPrefetch = whenIdle(() => void this.#withTools());
    // Coming back to the page starts over: what was loaded before may be old, and its calls were aborted.
    if (this.hasUpdated) this.#connectStore();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelPrefetch?.();
    this.#patience = void clearTimeout(this.#patience);
    this.#disconnectStore();
  }

  protected override shouldUpdate(): boolean {
    return this.#isWhole;
  }

  /** What the host has at hand is shown at once: before a frame nothing has to stand in for it. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.#isWhole) {
      // With its first update Lit applies what was set before the upgrade: that one does no more, and is still to be made.
      void super.scheduleUpdate();
      this.#isWhole = this.isUpdatePending = true;
    }
    this.#connectStore();
    await turns(TURNS, () => {
      const { status, busy } = this.#store.source?.getState() ?? {};
      return !busy && status !== 'loading';
    });
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Also of an attribute that was removed.
    this.access ??= 'manage';
    // What was set in the meantime counts.
    this.#connectStore();
    const store = this.#store.source;
    // A page hands the same view in again, as a copy, whenever it follows its own URL.
    if (store && changed.has('view') && !this.#tools?.isEcho(this.view) && viewKey(this.view) !== viewKey(store.getState().view))
      void store.setView(givenParts(this.view));
    if (this.access !== 'manage') this.#tools?.close();
    const { view = {}, busy, status } = store?.getState() ?? {};
    // Until the answer to a wider view is there, what matched nothing stays.
    this.#isFiltered = isFiltered(view) || ((!!busy || status !== 'ready') && this.#isFiltered);
  }

  protected override updated(): void {
    const store = this.#store.source;
    const { failed, catalogueErrors } = store?.getState() ?? {};
    const errors = Object.entries({ ...catalogueErrors, list: failed?.error });
    for (const [call, error] of errors)
      if (error && !this.#reported.has(error)) this.dispatchEvent(new WebhookErrorEvent(call as keyof WebhookAdapter, error.code));
    this.#reported = new Set(errors.map(([, error]) => error));
  }

  /** Makes another store when the adapter or the size of a page is another. While it is not in the page nothing is asked. */
  #connectStore(): void {
    if (!this.isConnected) return;
    const adapter = (!isGate(this.access) && this.adapter) || undefined;
    if (adapter || isGate(this.access)) this.#patience = void clearTimeout(this.#patience);
    else this.#patience ??= setTimeout(() => console.warn('<webhook-settings> needs an `adapter`.'), PATIENCE);
    const pageSize = Math.max(0, Math.floor(this.pageSize)) || PAGE_SIZE;
    const before = this.#store.source;
    if (before?.host === adapter && (!before || before.pageSize === pageSize)) return;
    this.#disconnectStore();
    if (!adapter) return;
    // A page may make its adapter anew each time it renders: what is on show stays until the first answer.
    const rows = this.hasUpdated ? before?.getState().rows : undefined;
    const store = createWebhookStore(adapter, { pageSize, view: givenParts(this.view), rows });
    this.#store.follow(store);
    this.#tools?.follow(store);
    void store.refresh();
    void store.loadCatalogue();
  }

  #disconnectStore(): void {
    this.#tools?.follow(undefined);
    this.#store.source?.dispose();
    this.#store.follow(undefined);
    this.#selected = new Set();
    this.#isIncomplete = false;
  }

  get #catalogue(): WebhookContext {
    const store = this.#store.source;
    const { eventTypes, organizations, catalogueErrors: { listEventTypes, listOrganizations } = {} } = store?.getState() ?? {};
    return {
      eventTypes: this.eventTypes ?? eventTypes ?? (listEventTypes ? none : defaultEventTypes),
      organizations: this.organizations ?? organizations ?? none,
      authTypes: this.authTypes ?? authTypeIds,
      eventSelection: this.eventSelection ?? 'single',
      messages: this.messages,
      retryCatalogue:
        (!this.eventTypes && listEventTypes) || (!this.organizations && listOrganizations)
          ? () => void store?.loadCatalogue()
          : undefined,
      allowPrivateNetwork: this.allowPrivateNetwork,
    };
  }

  /** Fetches what the list has no need of before it is used, and uses it. A failure is shown, with Retry. */
  async #withTools(use?: (tools: ListTools) => unknown): Promise<void> {
    if (!this.#tools) {
      this.#wanted = use ?? this.#wanted;
      this.#isIncomplete = false;
      this.requestUpdate();
      try {
        const { ListTools } = await loadOnDemand();
        this.#tools ??= new ListTools(this.#lend());
        this.#wanted = undefined;
      } catch {
        this.#isIncomplete = true;
      }
      this.requestUpdate();
    }
    if (this.#tools && this.#store.source) await use?.(this.#tools);
  }

  #lend(): LentHost {
    return {
      element: this,
      store: () => this.#store.source!,
      t: () => this.#translate(),
      canOpen: () => this.#canOpen,
      selected: () => this.#selected,
      catalogue: () => this.#catalogue,
      select: (keys, on) => this.#select(keys, on),
      setView: (view) => this.#setView(view),
      announce: (text) => this.#announce(text),
      dispatch: (event) => void this.dispatchEvent(event),
    };
  }

  #announce(text: string): void {
    this.#announcement = spokenAnew(text, this.#announcement);
    this.requestUpdate();
  }

  #select(keys: readonly string[], on: boolean): void {
    const selected = new Set(this.#selected);
    for (const key of keys) if (on) selected.add(key);
      else selected.delete(key);
    this.#selected = selected;
    this.requestUpdate();
  }

  #setView(view: WebhookView): void {
    this.view = view;
    // At once and not with the next update, so that the call before is aborted with the keystroke.
    void this.#store.source?.setView(view);
    // A copy: what the page hands back is told from what is set here.
    this.dispatchEvent(new WebhookViewChangeEvent({ ...view }));
  }

  get #canAdd(): boolean {
    return this.access === 'manage' && !!this.#store.source;
  }

  get #canOpen(): boolean {
    return this.#canAdd && this.#store.source!.adapter.can('update');
  }

  /** Loads the list again; settles when it shows the answer. */
  async refresh(): Promise<void> {
    await this.updateComplete;
    await Promise.all([this.#store.source?.refresh(), this.#store.source?.loadCatalogue()]);
    await this.updateComplete;
  }

  /** Opens the form for a new webhook; settles when it is on screen. Does nothing where nothing can be added. */
  async add(): Promise<void> {
    await this.updateComplete;
    if (this.#canAdd) await this.#withTools((tools) => tools.form.add());
  }

  /**
   * Opens the form for the webhook with this id, as the host has it now; settles when it is on screen. Says so in the
   * list when it cannot be opened, and does nothing where nothing can be changed.
   */
  async edit(id: string): Promise<void> {
    await this.updateComplete;
    if (this.#canOpen) await this.#withTools((tools) => tools.form.edit(id));
  }

  #translate(): Translate {
    return createTranslate(localeOf(this), this.messages, this.#tools?.messages, listMessages);
  }

  #renderAddButton(t: Translate): TemplateResult {
    return html`<button part="add-button" class="primary" type="button" @click=${() => void this.add()}>
      ${icons.plus}${t('addWebhook')}
    </button>`;
  }

  /** What failed of the list, with Retry. */
  #renderFailed(t: Translate, store: WebhookStore): unknown {
    const { failed } = store.getState();
    return (
      failed &&
      notice(
        t(failed.call === 'load' ? 'loadFailed' : failed.call === 'more' ? 'moreFailed' : 'refreshFailed'),
        html`${errorText(t, failed.error)} ${this.#tools?.renderWait(failed.error)}`,
        t('retry'),
        // With the tools, which keep the focus when the button goes.
        () => void this.#withTools().then(() => store.retry()),
      )
    );
  }

  #renderFailures(t: Translate, failed: unknown): unknown {
    return [
      this.#isIncomplete
        ? notice(t('formUnavailable'), '', t('retry'), () => void this.#withTools(this.#wanted))
        : this.#wanted && html`<p part="loading" role="status">${t('loadingForm')}</p>`,
      this.#tools?.renderOutcomes(),
      failed,
      this.#tools?.renderPatience(),
    ];
  }

  #renderContent(t: Translate): unknown {
    if (this.access === 'denied') return panel('error', 'denied', icons.lock, t('denied'), t('deniedHint'));
    if (this.access === 'unavailable') return panel('error', 'unavailable', icons.lock, t('unavailable'), t('unavailableHint'));
    const store = this.#store.source;
    const canAdd = this.#canAdd;
    // Their place is there before they are, so that nothing moves.
    const filters = (content: unknown) => html`<div class="filters buttons">${content}</div>`;
    if (!store) return [filters(nothing), skeleton(t, canAdd)];
    const state = store.getState();
    const { status, rows, nextCursor } = state;
    const failed = this.#renderFailed(t, store);
    // What failed at the end of the list is said there.
    const isMore = state.failed?.call === 'more';
    const failures = this.#renderFailures(t, isMore ? nothing : failed);
    const { eventTypes } = this.#catalogue;
    const isFirst = !rows.length && (status === 'idle' || status === 'loading');
    const some = this.#isFiltered || rows.length || nextCursor !== undefined;
    const search = some || isFirst ? filters(some ? this.#tools?.renderFilters(eventTypes) : nothing) : nothing;
    if (isFirst) return [search, failures, skeleton(t, canAdd)];
    if (status === 'failed') return [search, failures];
    if (rows.length || nextCursor !== undefined)
      return [
        search,
        failures,
        list({
          t,
          state,
          eventTypes,
          range: (count) => this.#tools?.range(count) ?? [0, count > MOST_ROWS ? firstRows() : count],
          isPending: this.#tools?.isPending,
          extra: this.#tools?.renderExtra,
          selected: this.#selected,
          expanded: this.#tools?.expanded,
          canOpen: this.#canOpen,
          canAct: canAdd,
          // Later it is no longer known what in here was pressed.
          act: ({ target, type }) => void this.#withTools((tools) => tools.act(target as Element, type)),
          loadMore: () => void store.loadMore(),
        }),
        isMore ? failed : nothing,
      ];
    return [
      search,
      failures,
      this.#isFiltered
        ? this.#tools?.renderNoMatch()
        : panel('empty', 'empty', icons.hook, t('empty'), t('emptyHint'), canAdd ? this.#renderAddButton(t) : ''),
    ];
  }

  override render(): TemplateResult {
    const t = this.#translate();
    const { status, rows = [], nextCursor } = this.#store.source?.getState() ?? {};
    const canAdd = this.#canAdd;
    return html`<div part="base" class="base">
        <div part="toolbar" class="toolbar">
          <h2 part="heading">${this.heading ?? t('webhooks')}</h2>
          ${canAdd && (rows.length || status !== 'loading')
            ? html`<div class="buttons">
                <button
                  class="menu-button"
                  type="button"
                  aria-label=${t('moreActions')}
                  aria-haspopup="menu"
                  aria-expanded="false"
                  @click=${({ currentTarget }: Event) =>
                    void this.#withTools((tools) => tools.openMoreMenu(currentTarget as HTMLElement))}
                >
                  ${icons.more}
                </button>
                ${rows.length || nextCursor !== undefined || status === 'failed' || this.#isFiltered ? this.#renderAddButton(t) : nothing}
              </div>`
            : nothing}
        </div>
        <slot name="header"></slot>
        <p class="hidden-text" role="status">${this.#announcement}</p>
        ${this.#renderContent(t)}
      </div>
      ${this.access === 'manage'
        ? html`${this.#tools?.render()}<add-webhook-modal><slot name="modal-footer" slot="footer"></slot></add-webhook-modal>`
        : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webhook-settings': WebhookSettings;
  }
}
