import { ContextConsumer } from '@lit/context';
import { html, nothing, render, type ReactiveController, type TemplateResult } from 'lit';
import { Countdown } from '../../controllers/countdown.js';
import { ObservableController } from '../../controllers/observable-controller.js';
import { authType, authTypeIds } from '../../core/auth/index.js';
import { defaultEventTypes, type EventType } from '../../core/event-type.js';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import { issuePaths } from '../../core/issue-paths.js';
import { deliveryMessages } from '../../core/messages/deliveries.js';
import { findingMessages } from '../../core/messages/findings.js';
import { formMessages } from '../../core/messages/form.js';
import { listMessages } from '../../core/messages/list.js';
import { toolMessages } from '../../core/messages/tools.js';
import { webhookSchema, type Webhook } from '../../core/webhook.js';
import { WebhookModalCloseEvent, type CloseReason } from '../../events/webhook-modal-close-event.js';
import { deliveryStyles } from '../deliveries/deliveries.styles.js';
import { preview } from '../deliveries/preview-view.js';
import { TestDialog } from '../deliveries/test-dialog.js';
import { closedUnasked } from '../shared/closed-unasked.js';
import { isEscape } from '../shared/dialog-frame.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import { webhookContext } from '../shared/context.js';
import { keepInSight } from '../shared/keep-in-sight.js';
import { Localization } from '../shared/localization.js';
import { createTranslate, localeOf, type Translate } from '../shared/translate.js';
import { whenIdle } from '../shared/when-idle.js';
import type { AddWebhookModal } from './add-webhook-modal.js';
import type { FormProperties } from './form-context.js';
import { FormView } from './form-view.js';
import { formStyles } from './form-view.styles.js';
import { discardQuestion, formFrame, unfolding } from './modal-view.js';
import { Saving } from './saving.js';
import { emptySecretsIn, keepSecretsIn } from './typed-secrets.js';

/** What is inside the modal: the native dialog, when it opens and closes, and one form for each opening. */
export class ModalDialog implements ReactiveController {
  readonly #host: AddWebhookModal;
  readonly #root: ShadowRoot;
  readonly #form: ObservableController<WebhookForm>;
  /** What `<webhook-settings>` lends, when the modal is inside one. Its tools may come later: it is asked for again. */
  #context: ContextConsumer<typeof webhookContext, AddWebhookModal> | undefined;
  #view: FormView | undefined;
  /** In the dialog while there is a form to show, else apart from the document. */
  readonly #content = document.createElement('form');
  /** A form made ahead while the browser is idle: of what is there already, less is to be made when the dialog opens. */
  #blank: FormView | undefined;
  #cancelBlank: (() => void) | undefined;
  #webhook: Webhook | undefined;
  /** Where the webhook that the page handed in is none. */
  #malformed: readonly string[] | undefined;
  /** Why closing was asked for, while the person is asked whether to discard what they entered. */
  #confirming: CloseReason | undefined;
  readonly #countdown: Countdown;
  readonly #localization: Localization;
  readonly #saving: Saving;
  readonly #test: TestDialog;
  #isPreviewed = false;
  /** Whose credential the preview shows. */
  #previewed = 0;
  /** False again once it is closed here; what the browser closes by itself is for `#handleClose`. */
  #isShown = false;
  /** A press that began on the backdrop. */
  #pressedBackdrop = false;

  constructor(host: AddWebhookModal) {
    this.#host = host;
    this.#root = host.renderRoot as ShadowRoot;
    this.#root.adoptedStyleSheets.push(...[dialogStyles, formStyles, deliveryStyles].map(({ styleSheet }) => styleSheet!));
    this.#test = new TestDialog(host);
    this.#saving = new Saving(host, () => this.#translate());
    keepSecretsIn(this.#root);
    this.#content.noValidate = true;
    this.#content.autocomplete = 'off';
    this.#content.addEventListener('submit', this.#handleSubmit);
    this.#form = new ObservableController(host);
    this.#countdown = new Countdown(host);
    this.#localization = new Localization(host);
    host.addController(this);
    new FocusKeeper(host, this.#root);
    keepInSight(this.#root);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#root.querySelector('dialog');
  }

  get #confirmation(): HTMLDialogElement | null {
    return this.#root.querySelector('.confirm:not(.conflict)');
  }

  hostConnected(): void {
    if (this.#host.open) this.#host.requestUpdate();
    else this.#makeBlank();
  }

  hostDisconnected(): void {
    this.#cancelBlank?.();
    // A modal that left the page keeps what was typed, but no secret.
    this.#forgetSecrets();
    // It holds them as they were when it was opened.
    this.#test.close();
    this.#host.requestUpdate();
    // Removed from the page, a dialog is no longer modal; it is shown again when the element comes back.
    this.#hide();
  }

  hostUpdate(): void {
    const { open, webhook, template } = this.#host;
    if (!open && this.#view) this.#close('api');
    // The same webhook handed in again, as a page does when it renders anew, must not undo what was typed.
    // Nor may another one, or none while a page fetches it anew: whoever types goes on with the one it was opened with.
    const isOther = webhook?.id !== this.#webhook?.id && !this.#form.source?.dirty;
    if (open && (!this.#view || isOther || (this.#malformed && webhook !== this.#webhook))) {
      this.#end();
      this.#askForContext();
      this.#webhook = webhook;
      const given = webhook ?? template;
      // The dates are for no field: a page need not have them.
      const parsed = given && webhookSchema.safeParse(Object.assign({ createdAt: '', updatedAt: '' }, given));
      this.#malformed = parsed?.error && issuePaths(parsed.error.issues);
      this.#view = new FormView(this.#host, this.#root, {
        [webhook ? 'webhook' : 'template']: parsed?.data,
        allowPrivateNetwork: this.#host.allowPrivateNetwork || !!this.#context?.value?.allowPrivateNetwork,
      });
      this.#form.follow(this.#view.form);
    }
  }

  hostUpdated(): void {
    if (!this.#view) this.#hide();
    else if (this.#host.isConnected) {
      if (!this.#isShown) {
        this.#isShown = true;
        this.#dialog!.showModal();
      }
      if (this.#confirming && !this.#confirmation?.open) this.#confirmation?.showModal();
      this.#saving.showConflict();
    }
    // While it is saved the fields are inert, and cannot keep the focus.
    const { activeElement } = this.#root;
    if (this.#form.source?.getState().saving && (!activeElement || activeElement.closest('.dialog-body')))
      this.#root.querySelector<HTMLElement>('[part=save-button]')?.focus();
  }

  #hide(): void {
    this.#isShown = false;
    // With the questions inside it.
    for (const dialog of this.#root.querySelectorAll('dialog')) dialog.close();
  }

  #forgetSecrets(): void {
    this.#form.source?.dispose();
    emptySecretsIn(this.#root);
  }

  #askForContext(): void {
    if (this.#context?.value) return;
    if (this.#context) this.#host.removeController(this.#context);
    this.#context = new ContextConsumer(this.#host, { context: webhookContext, subscribe: true });
  }

  #makeBlank(): void {
    this.#cancelBlank?.();
    this.#cancelBlank = whenIdle(() => {
      if (this.#view || !this.#host.isConnected) return;
      this.#blank = new FormView(this.#host, this.#root, {});
      this.#askForContext();
      this.#host.requestUpdate();
    });
  }

  #end(): void {
    this.#forgetSecrets();
    // Nothing of what was in it stays, not even apart from the document.
    this.#blank = undefined;
    this.#malformed = undefined;
    this.#makeBlank();
    this.#form.follow(undefined);
    this.#view = undefined;
    this.#confirming = undefined;
    this.#saving.end();
    this.#test.close();
    this.#isPreviewed = false;
  }

  /** Closes, unless the page prevents it. */
  #close(reason: CloseReason): void {
    this.#host.open = !this.#host.dispatchEvent(new WebhookModalCloseEvent(reason));
    if (!this.#host.open) this.#end();
    // The page has a reason of its own.
    else if (this.#confirming) this.#handleKeep();
  }

  /** Closes, unless something would be lost: then it asks. While a save is under way it stops waiting for that first. */
  #requestClose(reason: CloseReason): void {
    const form = this.#form.source;
    if (form?.getState().saving) form.stop();
    else if (form?.dirty) {
      this.#confirming = reason;
      this.#host.requestUpdate();
    } else this.#close(reason);
  }

  #handleKeydown = (event: KeyboardEvent): void => {
    if (!isEscape(event) || event.defaultPrevented) return;
    // A browser lets a second Escape close a dialog without asking; a key that is handled here never gets that far.
    event.preventDefault();
    event.stopPropagation();
    if (this.#confirming) this.#handleKeep();
    else if (this.#saving.isAsking) this.#saving.back();
    else this.#requestClose('escape');
  };

  // What asks to close without a key: a gesture, an assistive technology.
  #handleCancel = (event: Event): void => {
    if (event.target !== this.#dialog) return;
    event.preventDefault();
    this.#requestClose('escape');
  };

  #handleClose = (event: Event): void => {
    if (event.target !== this.#dialog || !this.#view || !closedUnasked(event)) return;
    this.#dialog?.showModal();
    this.#requestClose('escape');
  };

  #handlePointerdown = ({ target }: PointerEvent): void => {
    this.#pressedBackdrop = target === this.#dialog;
    this.#view?.press();
  };

  #handlePointerup = ({ target }: PointerEvent): void => {
    this.#pressedBackdrop &&= target === this.#dialog;
  };

  #handleClick = ({ target, detail }: MouseEvent): void => {
    // Not when the press began or ended inside: selecting text and letting go outside is no wish to close. Nor is the second
    // press of a double click, of which the first opened the dialog.
    if (target === this.#dialog && this.#pressedBackdrop && detail < 2) this.#requestClose('backdrop');
  };

  #handleKeep = (): void => {
    this.#confirmation?.close();
    this.#confirming = undefined;
    this.#host.requestUpdate();
  };

  /** Tests what is in the form, once it holds. */
  async #openTest(eventTypes: readonly EventType[]): Promise<void> {
    const { sendTest } = this.#host;
    const view = this.#view;
    if (!view || !sendTest) return;
    if (!view.form.check()) {
      await this.#host.updateComplete;
      view.focusFirstError(this.#translate());
    } else
      await this.#test.open({
        id: this.#webhook?.id,
        input: view.form.input,
        eventTypes,
        // The one that the page has by then.
        send: (request, signal) => (this.#host.sendTest ?? sendTest)(request, signal),
        withoutSecrets: view.form.withoutSecrets,
      });
  }

  #handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    const view = this.#view;
    const isSaved = !!view && (await this.#saving.save(view, this.#webhook));
    if (!isSaved || view !== this.#view) return;
    // Also where the page keeps the form open.
    this.#forgetSecrets();
    this.#close('saved');
  }

  #translate(): Translate {
    const host = this.#host;
    return createTranslate(
      localeOf(host),
      host.messages,
      this.#context?.value?.messages,
      this.#localization.messages,
      formMessages,
      findingMessages,
      listMessages,
      toolMessages,
      deliveryMessages,
    );
  }

  get #properties(): FormProperties {
    const host = this.#host;
    const context = this.#context?.value;
    return {
      t: this.#translate(),
      eventTypes: host.eventTypes ?? context?.eventTypes ?? defaultEventTypes,
      organizations: host.organizations ?? context?.organizations ?? [],
      authTypes: (host.authTypes ?? context?.authTypes ?? authTypeIds).filter((id) => authType(id)),
      eventSelection: host.eventSelection ?? context?.eventSelection ?? 'single',
      retryCatalogue: context?.retryCatalogue,
      wait: this.#countdown.secondsLeft(this.#form.source?.getState().failure),
    };
  }

  #renderPreview({ form, say }: FormView, { t, eventTypes, organizations }: FormProperties): TemplateResult {
    return preview({
      t,
      input: form.input,
      eventTypes,
      organizations,
      index: this.#previewed,
      choose: (index) => {
        this.#previewed = index;
        this.#host.requestUpdate();
      },
      announce: say,
    });
  }

  #renderForm(view: FormView, properties: FormProperties): TemplateResult {
    const { t, eventTypes } = properties;
    const unfold = (isOpen: boolean) => {
      this.#isPreviewed = isOpen;
      this.#host.requestUpdate();
    };
    return formFrame(t, {
      title: t(this.#webhook ? 'editWebhook' : 'addWebhook'),
      malformed: this.#malformed,
      body: [
        view.render(properties),
        unfolding(t('preview'), this.#isPreviewed, unfold, () => this.#renderPreview(view, properties)),
      ],
      saving: this.#form.source?.getState().saving ? t(this.#saving.isSlow ? 'savingSlow' : 'saving') : undefined,
      cancel: () => this.#requestClose('cancel'),
      test: this.#host.sendTest && (() => void this.#openTest(eventTypes)),
    });
  }

  render(): TemplateResult {
    const view = this.#view;
    const reason = this.#confirming;
    const properties = this.#properties;
    const { t } = properties;
    const made = view ?? this.#blank;
    render(made ? this.#renderForm(made, properties) : nothing, this.#content);
    return html`<dialog
      part="base dialog"
      aria-labelledby="heading"
      @keydown=${this.#handleKeydown}
      @cancel=${this.#handleCancel}
      @close=${this.#handleClose}
      @pointerdown=${this.#handlePointerdown}
      @pointerup=${this.#handlePointerup}
      @click=${this.#handleClick}
    >
      ${view
        ? [
            this.#content,
            reason ? discardQuestion(t, () => this.#close(reason), this.#handleKeep) : nothing,
            this.#test.render(t),
            this.#saving.renderConflict(properties, view.form, () => void this.#save()),
          ]
        : nothing}
    </dialog>`;
  }
}
