import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ObservableController } from '../../controllers/observable-controller.js';
import { authTypeIds, type AuthTypeId } from '../../core/auth/index.js';
import { defaultEventTypes, type EventType } from '../../core/event-type.js';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import type { Messages } from '../../core/messages/index.js';
import { listMessages } from '../../core/messages/list.js';
import type { Organization } from '../../core/organization.js';
import type { Webhook } from '../../core/webhook.js';
import { WebhookModalCloseEvent, type CloseReason } from '../../events/webhook-modal-close-event.js';
import { WebhookSubmitEvent } from '../../events/webhook-submit-event.js';
import { baseStyles } from '../shared/base.styles.js';
import { webhookContext, type EventSelection } from '../shared/context.js';
import { icons } from '../shared/icons.js';
import { createTranslate, localeOf, type Translate } from '../shared/translate.js';
import { dialogStyles } from './add-webhook-modal.styles.js';
import type { FormView } from './form.js';
import { loadedForm, loadForm, prefetchForm } from './load-form.js';

/**
 * @summary The dialog in which a webhook is added or edited. It knows no host: on Save it dispatches `webhook-submit`.
 *
 * @event {WebhookSubmitEvent} webhook-submit - Save was pressed and the input is valid. Does not bubble, is not composed.
 * @event {WebhookModalCloseEvent} webhook-modal-close - The modal is about to close. Cancelable, does not bubble.
 *
 * @csspart base - The dialog, as in every element.
 * @csspart dialog - The dialog.
 * @csspart dialog-header - The heading and the close button.
 * @csspart heading - The heading.
 * @csspart dialog-body - The scrolling part with the fields.
 * @csspart dialog-footer - The buttons.
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
 * @cssproperty [--webhook-dialog-width=40rem] - The dialog's greatest width.
 * @cssproperty [--webhook-dialog-radius=12px] - The radius of the dialog's corners.
 */
export class AddWebhookModal extends LitElement {
  static override styles = [baseStyles, dialogStyles];

  readonly #context = new ContextConsumer(this, { context: webhookContext, subscribe: true });
  readonly #form = new ObservableController<WebhookForm>(this);
  #view: FormView | undefined;
  #cancelPrefetch: (() => void) | undefined;
  /** True from the close that was asked for until the dialog is shut: any other close came from the browser. */
  #closing = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('dialog.confirm') private readonly confirmation!: HTMLDialogElement | null;

  @state() private confirming: CloseReason | undefined;
  @state() private formFailed = false;

  /** Whether the dialog is on screen. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** The webhook to edit; absent: add one. */
  @property({ attribute: false }) webhook: Webhook | undefined;
  /** The catalogue of events. */
  @property({ attribute: false }) eventTypes: readonly EventType[] | undefined;
  /** The organizations that credentials can belong to. */
  @property({ attribute: false }) organizations: readonly Organization[] | undefined;
  /** The authentication types on offer, in this order. */
  @property({ attribute: false }) authTypes: readonly AuthTypeId[] | undefined;
  /** How many events one webhook may have. */
  @property({ attribute: 'event-selection' }) eventSelection: EventSelection | undefined;
  /** Overrides single texts. */
  @property({ attribute: false }) messages: Partial<Messages> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cancelPrefetch = prefetchForm();
    if (this.open && this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelPrefetch?.();
    // A modal that left the page keeps what was typed, but no secret.
    this.#form.source?.dispose();
    // Removed from the page, a dialog is no longer modal; it is shown again when the element comes back.
    if (this.dialog.open) {
      this.#closing = true;
      this.dialog.close();
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The same webhook handed in again, as a page does when it renders anew, must not undo what was typed.
    const another = changed.has('webhook') && changed.get('webhook')?.id !== this.webhook?.id;
    if (this.open && (changed.has('open') || another)) this.#start();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.open && !this.dialog.open && this.isConnected) {
      this.dialog.showModal();
      this.#focusFirst();
    } else if (!this.open && changed.has('open') && this.dialog.open) this.#shut('api');
    if (this.confirming && !this.confirmation?.open) this.confirmation?.showModal();
  }

  /** Makes a form for this opening, as soon as its code is there. */
  #start(): void {
    const { webhook } = this;
    this.#end();
    const begin = ({ createFormView }: NonNullable<ReturnType<typeof loadedForm>>) => {
      this.#view = createFormView(this, this.renderRoot as ShadowRoot, webhook);
      this.#form.follow(this.#view.form);
      void this.updateComplete.then(() => this.#focusFirst());
    };
    const ready = loadedForm();
    if (ready) return begin(ready);
    this.formFailed = false;
    loadForm().then(
      (module) => this.open && this.webhook === webhook && !this.#view && begin(module),
      () => (this.formFailed = true),
    );
  }

  #end(): void {
    this.#view?.form.dispose();
    this.#view = undefined;
    this.#form.follow(undefined);
    this.confirming = undefined;
  }

  #focusFirst(): void {
    if (this.open && this.dialog.open) this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
  }

  /** Closes after asking: the page by the event, the person if something would be lost. */
  #requestClose(reason: CloseReason): void {
    if (this.#form.source?.getState().saving) {
      this.#form.source.stop();
      return;
    }
    if (reason !== 'saved' && this.#form.source?.dirty) this.confirming = reason;
    else this.#shut(reason);
  }

  #shut(reason: CloseReason): boolean {
    const allowed = this.dispatchEvent(new WebhookModalCloseEvent(reason));
    this.open = !allowed;
    if (!allowed) return false;
    this.#closing = true;
    this.confirmation?.close();
    this.dialog.close();
    this.#end();
    return true;
  }

  #handleKeydown = (event: KeyboardEvent): void => {
    // A second Escape would close the dialog without asking; a key that is handled here never gets that far.
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.confirming) this.#handleKeep();
    else this.#requestClose('escape');
  };

  // What asks to close without a key: a gesture, an assistive technology.
  #handleCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.#requestClose('escape');
  };

  #handleClose = (event: Event): void => {
    if (event.target !== this.dialog) return;
    const expected = this.#closing;
    this.#closing = false;
    if (expected || !this.open) return;
    this.dialog.showModal();
    this.#requestClose('escape');
  };

  #pressedBackdrop = false;

  #handlePointerdown = (event: PointerEvent): void => {
    this.#pressedBackdrop = event.target === this.dialog;
  };

  #handleClick = (event: MouseEvent): void => {
    // Only a press that also began beside the dialog: selecting text and letting go outside is no wish to close.
    if (event.target === this.dialog && this.#pressedBackdrop) this.#requestClose('backdrop');
  };

  #handleKeep = (): void => {
    this.confirmation?.close();
    this.confirming = undefined;
  };

  #handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const view = this.#view;
    const result = await view?.form.submit((submission) => {
      const submit = new WebhookSubmitEvent(submission);
      this.dispatchEvent(submit);
      return submit.settled;
    });
    if (view !== this.#view) return;
    if (result === 'saved') this.#shut('saved');
    else if (result === 'invalid' || result === 'failed') {
      await this.updateComplete;
      view?.focusFirstError();
    }
  };

  /** Opens the dialog; settles when it is on screen and its fields are there. */
  async show(): Promise<void> {
    this.open = true;
    await loadForm().catch(() => undefined);
    await this.updateComplete;
    await this.updateComplete;
  }

  /** Closes the dialog without asking the person; the page may still cancel `webhook-modal-close`. */
  async close(): Promise<void> {
    if (this.open) this.#shut('api');
    await this.updateComplete;
  }

  #translate(): Translate {
    const form = loadedForm();
    return createTranslate(
      localeOf(this),
      this.messages,
      this.#context.value?.messages,
      form?.formMessages,
      form?.findingMessages,
      listMessages,
    );
  }

  #renderBody(t: Translate): TemplateResult | typeof nothing {
    const context = this.#context.value;
    if (this.#view)
      return this.#view.render({
        t,
        eventTypes: this.eventTypes ?? context?.eventTypes ?? defaultEventTypes,
        organizations: this.organizations ?? context?.organizations ?? [],
        authTypes: this.authTypes ?? context?.authTypes ?? authTypeIds,
        eventSelection: this.eventSelection ?? context?.eventSelection ?? 'single',
        retryCatalogue: context?.retryCatalogue,
      });
    return this.formFailed
      ? html`<div part="error" class="notice" role="alert">
          ${icons.alert}
          <div>${t('formUnavailable')}</div>
          <button type="button" @click=${() => this.#start()}>${t('retry')}</button>
        </div>`
      : html`<p part="loading" role="status">${t('loadingForm')}</p>`;
  }

  #renderConfirmation(t: Translate): TemplateResult | typeof nothing {
    const reason = this.confirming;
    if (!reason) return nothing;
    return html`<dialog class="confirm" role="alertdialog" aria-labelledby="discard" aria-describedby="discard-text">
      <h2 id="discard">${t('discardTitle')}</h2>
      <p id="discard-text">${t('discardText')}</p>
      <div class="buttons">
        <button type="button" class="danger" @click=${() => this.#shut(reason)}>${t('discard')}</button>
        <button type="button" class="primary" autofocus @click=${this.#handleKeep}>${t('keepEditing')}</button>
      </div>
    </dialog>`;
  }

  override render(): TemplateResult {
    const t = this.#translate();
    const saving = this.#form.source?.getState().saving ?? false;
    return html`<dialog
      part="base dialog"
      aria-labelledby="heading"
      @keydown=${this.#handleKeydown}
      @cancel=${this.#handleCancel}
      @close=${this.#handleClose}
      @pointerdown=${this.#handlePointerdown}
      @click=${this.#handleClick}
    >
      ${this.open
        ? html`<form novalidate autocomplete="off" @submit=${this.#handleSubmit}>
              <header part="dialog-header">
                <h2 id="heading" part="heading">${t(this.webhook ? 'editWebhook' : 'addWebhook')}</h2>
                <button
                  part="close-button"
                  class="plain"
                  type="button"
                  aria-label=${t('close')}
                  @click=${() => this.#requestClose('cancel')}
                >
                  ${icons.close}
                </button>
              </header>
              <div part="dialog-body" ?inert=${saving}>${this.#renderBody(t)}</div>
              <footer part="dialog-footer">
                <div part="toolbar" class="buttons">
                  <button part="cancel-button" type="button" @click=${() => this.#requestClose('cancel')}>
                    ${t('cancel')}
                  </button>
                  <button part="save-button" class="primary" type="submit" aria-disabled=${saving ? 'true' : nothing}>
                    ${t('save')}
                  </button>
                </div>
                <span role="status" class="status">${saving ? t('saving') : nothing}</span>
              </footer>
            </form>
            ${this.#renderConfirmation(t)}`
        : nothing}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'add-webhook-modal': AddWebhookModal;
  }
}
