import { nothing, type TemplateResult } from 'lit';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import type { Webhook, WebhookInput } from '../../core/webhook.js';
import { WebhookSubmitEvent } from '../../events/webhook-submit-event.js';
import type { Translate } from '../shared/translate.js';
import type { AddWebhookModal } from './add-webhook-modal.js';
import { conflictDialog } from './conflict-view.js';
import type { FormProperties } from './form-context.js';
import type { FormView } from './form-view.js';

/** How long a save may take before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** What comes of Save: the wait for the answer, the question after a conflict, the way to what is wrong. */
export class Saving {
  readonly #host: AddWebhookModal;
  readonly #translate: () => Translate;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #view: FormView | undefined;
  /** After a conflict: for each property that differs whether to take what is stored; and while that is asked. */
  #choices: Map<keyof WebhookInput, boolean> | undefined;
  /** It takes long; nothing is wrong yet. */
  isSlow = false;

  constructor(host: AddWebhookModal, translate: () => Translate) {
    this.#host = host;
    this.#translate = translate;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('.conflict');
  }

  /** While the person is asked whose changes to keep. */
  get isAsking(): boolean {
    return !!this.#choices;
  }

  /** Nothing is waited for any more, and nothing asked. */
  end(): void {
    this.#view = undefined;
    this.#choices = undefined;
    this.#endPatience();
  }

  #endPatience(): void {
    clearTimeout(this.#patience);
    this.isSlow = false;
  }

  /** True once it is saved. Else the view says why, or the person was asked, or the form is gone by now. */
  async save(view: FormView, edited: Webhook | undefined, isRepeated = false): Promise<boolean> {
    const { form } = view;
    if (form.getState().saving) return false;
    this.#view = view;
    this.#endPatience();
    this.#patience = setTimeout(() => {
      this.isSlow = true;
      this.#host.requestUpdate();
    }, PATIENCE);
    const result = await form.submit((submission) => {
      const submit = new WebhookSubmitEvent(submission);
      this.#host.dispatchEvent(submit);
      return submit.settled;
    });
    if (view !== this.#view) return false;
    this.#endPatience();
    if (result === 'saved') return true;
    if (result !== 'invalid' && result !== 'failed') return false;
    const { differences } = form;
    const { current, isOwn } = form.getState().failure ?? {};
    if (current && edited && (isOwn || !differences.length) && !isRepeated) {
      // What is stored by now is what is in the form, or was when it was sent before: an earlier try arrived after all.
      form.rebase(current, new Set());
      return this.save(view, edited, true);
    }
    if (differences.length) {
      // What only one of the two changed is taken as they made it; where both did, the person's own comes first.
      this.#choices = new Map(differences.map((one) => [one.property, one.changedByThem && !one.changedByMe]));
      this.#host.requestUpdate();
    }
    await this.#host.updateComplete;
    if (!this.#choices) view.focusFirstError(this.#translate());
    return false;
  }

  #close(): void {
    this.#dialog?.close();
    this.#choices = undefined;
    this.#host.requestUpdate();
  }

  /** Out of the question about a conflict, back to the form as it was and to what it says of it. */
  back = (): void => {
    this.#close();
    this.#view?.focusFirstError(this.#translate());
  };

  /** Shows the question, once the view has it. */
  showConflict(): void {
    if (this.#choices && !this.#dialog?.open) this.#dialog?.showModal();
  }

  renderConflict(properties: FormProperties, form: WebhookForm, save: () => void): TemplateResult | typeof nothing {
    const choices = this.#choices;
    if (!choices) return nothing;
    const resolve = () => {
      const { current } = form.getState().failure ?? {};
      const theirs = [...choices].filter(([, takesTheirs]) => takesTheirs).map(([property]) => property);
      this.#close();
      if (current) form.rebase(current, new Set(theirs));
      save();
    };
    return conflictDialog(properties, form, choices, { back: this.back, save: resolve });
  }
}
