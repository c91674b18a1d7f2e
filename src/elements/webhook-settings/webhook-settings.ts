import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ObservableController } from '../../controllers/observable-controller.js';
import type { WebhookAdapter } from '../../core/adapter.js';
import { toAdapterError, type AdapterError } from '../../core/adapter-error.js';
import { authTypeIds, type AuthTypeId } from '../../core/auth/index.js';
import { defaultEventTypes, type EventType } from '../../core/event-type.js';
import type { Messages } from '../../core/messages/index.js';
import { listMessages } from '../../core/messages/list.js';
import type { Organization } from '../../core/organization.js';
import { createWebhookStore, type WebhookStore } from '../../core/store/webhook-store.js';
import type { Webhook } from '../../core/webhook.js';
import { WebhookCreatedEvent } from '../../events/webhook-created-event.js';
import { WebhookErrorEvent } from '../../events/webhook-error-event.js';
import type { WebhookModalCloseEvent } from '../../events/webhook-modal-close-event.js';
import type { WebhookSubmitEvent } from '../../events/webhook-submit-event.js';
import { WebhookUpdatedEvent } from '../../events/webhook-updated-event.js';
import type { AddWebhookModal } from '../add-webhook-modal/add-webhook-modal.js';
import { baseStyles } from '../shared/base.styles.js';
import { webhookContext, type EventSelection, type WebhookContext } from '../shared/context.js';
import { icons } from '../shared/icons.js';
import { createTranslate, localeOf, type Translate } from '../shared/translate.js';
import { addButton, failure, list, panel, skeleton, type ListContext } from './list-view.js';
import { modalParts } from './modal-parts.js';
import { settingsStyles } from './webhook-settings.styles.js';

/** What the viewer may do: everything, look, or nothing (no Organization Admin; the feature is not turned on). */
export type Access = 'manage' | 'read-only' | 'denied' | 'unavailable';

/** How long the element waits for an adapter before it tells the developer, in milliseconds. */
const PATIENCE = 2000;

/**
 * @summary The screen on which a customer's administrator sees, adds and changes webhooks, on the host's own API.
 *
 * @event {WebhookCreatedEvent} webhook-created - A webhook was added. Bubbles, composed.
 * @event {WebhookUpdatedEvent} webhook-updated - A webhook was changed. Bubbles, composed.
 * @event {WebhookErrorEvent} webhook-error - A call of the adapter failed. Bubbles, composed.
 *
 * @csspart base - Everything.
 * @csspart toolbar - The heading and the button.
 * @csspart heading - The heading.
 * @csspart add-button - Add Webhook.
 * @csspart list - The list of webhooks.
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
 *
 * @cssproperty [--webhook-accent-color=light-dark(#1a7f37, #238636)] - The primary buttons and switches.
 * @cssproperty [--webhook-accent-text-color=#fff] - Text on the accent.
 * @cssproperty [--webhook-text-color=light-dark(#1f2328, #e6edf3)] - Text.
 * @cssproperty [--webhook-muted-color=light-dark(#59636e, #9aa4af)] - Text of less weight.
 * @cssproperty [--webhook-surface-color=light-dark(#fff, #0d1117)] - The ground of the list, the dialog and the fields.
 * @cssproperty [--webhook-subtle-color=light-dark(#f6f8fa, #161c24)] - The ground of headers, footers and hovered rows.
 * @cssproperty [--webhook-border-color=light-dark(#d1d9e0, #30373f)] - Lines.
 * @cssproperty [--webhook-control-border-color=light-dark(#818b95, #6b7580)] - The border of buttons and fields.
 * @cssproperty [--webhook-danger-color=light-dark(#c9222d, #ff7b72)] - Errors, and buttons that remove.
 * @cssproperty [--webhook-warning-color=light-dark(#8a5d00, #d8a12a)] - Warnings, and the label "test".
 * @cssproperty [--webhook-focus-color=light-dark(#0969da, #4493f8)] - The focus ring.
 * @cssproperty [--webhook-control-radius=6px] - The radius of buttons and fields.
 * @cssproperty [--webhook-density-unit=4px] - The grid that spacing is measured in.
 * @cssproperty [--webhook-font-family=inherit] - The typeface.
 * @cssproperty [--webhook-font-size=1em] - The size that all others follow.
 * @cssproperty [--webhook-code-font-family] - The typeface of hosts and URLs.
 */
export class WebhookSettings extends LitElement {
  static override styles = [baseStyles, settingsStyles];

  readonly #store = new ObservableController<WebhookStore>(this);
  readonly #context = new ContextProvider(this, { context: webhookContext, initialValue: this.#contextValue() });
  #patience: ReturnType<typeof setTimeout> | undefined;
  #reported: unknown;

  @state() private modalOpen = false;
  @state() private edited: Webhook | undefined;
  @state() private openError: AdapterError | undefined;
  @state() private announcement = '';

  /** The host's API. */
  @property({ attribute: false }) adapter: WebhookAdapter | undefined;
  /** What the viewer may do. With `denied` and `unavailable` the adapter is never called. */
  @property({ reflect: true }) access: Access = 'manage';
  /** The catalogue of events; wins over the adapter's. */
  @property({ attribute: false }) eventTypes: readonly EventType[] | undefined;
  /** The organizations that credentials can belong to; wins over the adapter's. */
  @property({ attribute: false }) organizations: readonly Organization[] | undefined;
  /** The authentication types on offer, in this order. */
  @property({ attribute: false }) authTypes: readonly AuthTypeId[] = authTypeIds;
  /** How many events one webhook may have. */
  @property({ attribute: 'event-selection' }) eventSelection: EventSelection = 'single';
  /** How many webhooks are asked of the adapter at a time. */
  @property({ type: Number, attribute: 'page-size' }) pageSize = 25;
  /** The list's heading. */
  @property() heading: string | undefined;
  /** Overrides single texts. */
  @property({ attribute: false }) messages: Partial<Messages> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Coming back to the page starts over: what was loaded before may be old, and its calls were aborted.
    if (this.hasUpdated) this.#connectStore();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnectStore();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('adapter') || changed.has('access') || changed.has('pageSize')) {
      const gated = (access?: Access) => access === 'denied' || access === 'unavailable';
      if (
        changed.has('adapter') ||
        changed.has('pageSize') ||
        !this.hasUpdated ||
        gated(changed.get('access')) !== gated(this.access)
      )
        this.#connectStore();
    }
    if (this.access !== 'manage') this.modalOpen = false;
    this.#context.setValue(this.#contextValue());
  }

  protected override updated(): void {
    const failed = this.#store.source?.getState().failed;
    if (failed && failed !== this.#reported) this.dispatchEvent(new WebhookErrorEvent('list', failed.error.code));
    this.#reported = failed;
  }

  #connectStore(): void {
    this.#disconnectStore();
    if (this.#gated) return;
    if (!this.adapter) {
      this.#patience = setTimeout(() => {
        console.warn('<webhook-settings> has no adapter: set its `adapter` property to show webhooks.');
      }, PATIENCE);
      return;
    }
    const store = createWebhookStore(this.adapter, { pageSize: this.pageSize });
    this.#store.follow(store);
    void store.refresh();
    void store.loadCatalogue();
  }

  #disconnectStore(): void {
    clearTimeout(this.#patience);
    this.#store.source?.dispose();
    this.#store.follow(undefined);
    this.modalOpen = false;
    this.edited = undefined;
    this.openError = undefined;
  }

  get #gated(): boolean {
    return this.access === 'denied' || this.access === 'unavailable';
  }

  #contextValue(): WebhookContext {
    const store = this.#store.source;
    const { eventTypes, organizations, catalogueError } = store?.getState() ?? {};
    return {
      eventTypes: this.eventTypes ?? eventTypes ?? (catalogueError ? [] : defaultEventTypes),
      organizations: this.organizations ?? organizations ?? [],
      authTypes: this.authTypes,
      eventSelection: this.eventSelection,
      messages: this.messages,
      retryCatalogue: catalogueError && (() => void store?.loadCatalogue()),
    };
  }

  #handleSubmit = (event: WebhookSubmitEvent): void => {
    event.waitUntil(this.#save(event));
  };

  async #save({ detail }: WebhookSubmitEvent): Promise<void> {
    const { input, id, changes, signal, idempotencyKey } = detail;
    const store = this.#store.source!;
    const t = this.#translate();
    if (id !== undefined && changes && !Object.keys(changes).length) return;
    try {
      if (id === undefined) {
        const webhook = await store.create(input, { signal, idempotencyKey });
        this.announcement = t('added', { name: webhook.name });
        this.dispatchEvent(new WebhookCreatedEvent(webhook));
      } else {
        const webhook = await store.update(id, changes!, this.edited?.version, signal);
        this.announcement = t('saved', { name: webhook.name });
        this.dispatchEvent(new WebhookUpdatedEvent(webhook));
      }
    } catch (thrown) {
      if (!signal.aborted)
        this.dispatchEvent(new WebhookErrorEvent(id === undefined ? 'create' : 'update', toAdapterError(thrown).code));
      throw thrown;
    }
  }

  #handleModalClose = (event: WebhookModalCloseEvent): void => {
    // The page hears of it as it would from a modal of its own, and may keep it open.
    if (event.defaultPrevented) return;
    this.modalOpen = false;
    void this.#restoreFocus();
  };

  /** What opened the form may be gone when it closes: the empty state's button, once there is a webhook. */
  async #restoreFocus(): Promise<void> {
    await this.updateComplete;
    await this.#modal?.updateComplete;
    if (!(this.renderRoot as ShadowRoot).activeElement && document.activeElement === document.body)
      this.renderRoot.querySelector<HTMLElement>('[part=add-button]')?.focus();
  }

  get #modal(): AddWebhookModal | null {
    return this.renderRoot.querySelector('add-webhook-modal');
  }

  get #canAdd(): boolean {
    return this.access === 'manage' && !!this.#store.source;
  }

  get #canOpen(): boolean {
    return this.#canAdd && this.#store.source!.can('update');
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
    if (this.#canAdd) await this.#show(undefined);
  }

  /**
   * Opens the form for the webhook with this id, as the host has it now; settles when it is on screen. Says so in the
   * list when it cannot be opened, and does nothing where nothing can be changed.
   */
  async edit(id: string): Promise<void> {
    await this.updateComplete;
    const store = this.#store.source;
    if (!store || !this.#canOpen) return;
    this.openError = undefined;
    try {
      const webhook = await store.open(id);
      if (store === this.#store.source && this.#canOpen) await this.#show(webhook);
    } catch (thrown) {
      if (store !== this.#store.source) return;
      this.openError = toAdapterError(thrown);
      this.dispatchEvent(new WebhookErrorEvent('get', this.openError.code));
      await this.updateComplete;
    }
  }

  async #show(webhook: Webhook | undefined): Promise<void> {
    // An open form keeps what was typed in it.
    if (this.modalOpen) return;
    this.edited = webhook;
    this.modalOpen = true;
    await this.updateComplete;
    await this.#modal?.show();
  }

  #translate(): Translate {
    return createTranslate(localeOf(this), this.messages, listMessages);
  }

  #renderContent(t: Translate): TemplateResult {
    if (this.access === 'denied') return panel('error', icons.lock, t('denied'), t('deniedHint'));
    if (this.access === 'unavailable') return panel('error', icons.lock, t('unavailable'), t('unavailableHint'));
    const store = this.#store.source;
    const state = store?.getState();
    if (!store || !state || state.status === 'idle' || state.status === 'loading') return skeleton(t);
    const context: ListContext = {
      t,
      state,
      eventTypes: this.#context.value.eventTypes,
      add: this.#canAdd ? () => void this.add() : undefined,
      open: this.#canOpen ? (id) => void this.edit(id) : undefined,
      retry: () => void store.refresh(),
      loadMore: () => void store.loadMore(),
    };
    const problem = this.openError
      ? html`<div part="error" class="notice" role="alert">
          ${icons.alert}
          <div>
            <strong>${t('openFailed')}</strong> ${this.openError.message || t(`error.${this.openError.code}`)}
          </div>
          <button type="button" @click=${() => void this.refresh().then(() => (this.openError = undefined))}>
            ${t('retry')}
          </button>
        </div>`
      : nothing;
    const empty = () =>
      panel('empty', icons.hook, t('empty'), t('emptyHint'), context.add ? addButton(t, context.add) : nothing);
    return html`${problem} ${failure(context)}
    ${state.status === 'failed' ? nothing : state.rows.length || state.nextCursor !== undefined ? list(context) : empty()}`;
  }

  override render(): TemplateResult {
    const t = this.#translate();
    const { status, rows = [] } = this.#store.source?.getState() ?? {};
    return html`<div part="base" class="base">
        <div part="toolbar" class="toolbar">
          <h2 part="heading">${this.heading ?? t('webhooks')}</h2>
          ${this.#canAdd && (rows.length || status === 'failed') ? addButton(t, () => void this.add()) : nothing}
        </div>
        <p class="hidden-text" role="status">${this.announcement}</p>
        ${this.#renderContent(t)}
      </div>
      ${this.#canAdd
        ? html`<add-webhook-modal
            exportparts=${modalParts}
            .webhook=${this.edited}
            .open=${this.modalOpen}
            @webhook-submit=${this.#handleSubmit}
            @webhook-modal-close=${this.#handleModalClose}
          ></add-webhook-modal>`
        : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webhook-settings': WebhookSettings;
  }
}
