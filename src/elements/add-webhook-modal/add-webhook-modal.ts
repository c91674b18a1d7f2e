import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { AuthTypeId } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { Messages } from '../../core/messages/index.js';
import { listMessages } from '../../core/messages/list.js';
import type { Organization } from '../../core/organization.js';
import type { Webhook } from '../../core/webhook.js';
import type { SendTest } from '../deliveries/test-dialog.js';
import { baseStyles } from '../shared/base.styles.js';
import type { EventSelection } from '../shared/context.js';
import { loadOnDemand } from '../shared/load-on-demand.js';
import { createTranslate, localeOf } from '../shared/translate.js';
import { whenIdle } from '../shared/when-idle.js';
import type { ModalDialog } from './modal-dialog.js';

/**
 * @summary The dialog in which a webhook is added or edited. It knows no host: on Save it dispatches `webhook-submit`.
 *
 * @event {WebhookSubmitEvent} webhook-submit - Save was pressed and the input is valid. Does not bubble, is not composed.
 * @event {WebhookModalCloseEvent} webhook-modal-close - The modal is about to close. Cancelable, does not bubble.
 *
 * @slot footer - A sentence or a link of yours, beside the buttons.
 *
 * @csspart base - The dialog with the form, as in every element.
 * @csspart dialog - A dialog: the form, a question, a test call.
 * @csspart dialog-header - A dialog's heading and close button.
 * @csspart heading - The heading.
 * @csspart dialog-body - The scrolling part of a dialog.
 * @csspart dialog-footer - A dialog's buttons.
 * @csspart toolbar - The row of buttons in the footer.
 * @csspart field - A label with its control, hint and error.
 * @csspart label - A field's label.
 * @csspart input - A text field.
 * @csspart select - A drop-down.
 * @csspart switch - A switch.
 * @csspart hint - The sentence that explains a field.
 * @csspart field-error - What is wrong with a field.
 * @csspart error - The summary of errors, and what went wrong when saving.
 * @csspart loading - Stands in while the form is fetched.
 * @csspart organization - One organization's credentials.
 * @csspart save-button - Save.
 * @csspart cancel-button - Cancel.
 * @csspart close-button - The cross in the corner.
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
export class AddWebhookModal extends LitElement {
  static override styles = baseStyles;
  static override properties = {
    open: { type: Boolean, reflect: true },
    webhook: { attribute: false },
    template: { attribute: false },
    eventTypes: { attribute: false },
    organizations: { attribute: false },
    authTypes: { attribute: false },
    eventSelection: { attribute: 'event-selection' },
    messages: { attribute: false },
    allowPrivateNetwork: { type: Boolean, attribute: 'allow-private-network' },
  };

  /** What is inside, once its code is there: it is fetched apart from the list, which does not need it. */
  #dialog: ModalDialog | undefined;
  #cancelPrefetch: (() => void) | undefined;

  #failed = false;

  /** Whether the dialog is on screen. */
  open = false;
  /**
   * The webhook to edit; absent: add one. One that is malformed, or holds the value of a secret, cannot be edited: the dialog
   * then names what is wrong in place of the form.
   */
  webhook: Webhook | undefined;
  /** Sends a test call of what is in the form; absent: the form offers none. Read when the dialog opens. */
  sendTest: SendTest | undefined;
  /** What a new webhook starts from, without its secrets. */
  template: Webhook | undefined;
  /** The catalogue of events. */
  eventTypes: readonly EventType[] | undefined;
  /** The organizations that credentials can belong to. */
  organizations: readonly Organization[] | undefined;
  /** The authentication types on offer, in this order. An id that is none of the seven is ignored. */
  authTypes: readonly AuthTypeId[] | undefined;
  /** How many events one webhook may have. */
  eventSelection: EventSelection | undefined;
  /** Overrides single texts. */
  messages: Partial<Messages> | undefined;

  /** For a host's own development: http, private addresses and local names are accepted as well. */
  allowPrivateNetwork = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cancelPrefetch = whenIdle(() => void this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelPrefetch?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.open && changed.has('open')) void this.#load();
  }

  /** Fetches what is inside; never rejects, a failure is on screen. */
  async #load(): Promise<void> {
    if (this.#dialog) return;
    this.#failed = false;
    try {
      const { ModalDialog } = await loadOnDemand();
      this.#dialog ??= new ModalDialog(this);
      this.requestUpdate();
    } catch {
      this.#failed = true;
      this.requestUpdate();
    }
  }

  /** Opens the dialog; settles when it is on screen and its fields are there. */
  async show(): Promise<void> {
    this.open = true;
    await this.#load();
    await this.updateComplete;
  }

  /** Closes the dialog without asking the person; the page may still cancel `webhook-modal-close`. */
  async close(): Promise<void> {
    this.open = false;
    await this.updateComplete;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#dialog) return this.#dialog.render();
    if (!this.open) return nothing;
    const t = createTranslate(localeOf(this), this.messages, listMessages);
    return this.#failed
      ? html`<p part="error" role="alert">
          ${t('formUnavailable')} <button type="button" @click=${() => this.#load()}>${t('retry')}</button>
        </p>`
      : html`<p part="loading" role="status">${t('loadingForm')}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'add-webhook-modal': AddWebhookModal;
  }
}
