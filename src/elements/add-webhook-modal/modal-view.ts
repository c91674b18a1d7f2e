import { html, nothing, type TemplateResult } from 'lit';
import { closedUnasked } from '../shared/closed-unasked.js';
import { icons } from '../shared/icons.js';
import type { Translate } from '../shared/translate.js';

export interface FormFrame {
  readonly title: string;
  /** Where the webhook to edit is none. */
  readonly malformed: readonly string[] | undefined;
  readonly body: unknown;
  /** What is said while it is saved; absent: it is not being saved. */
  readonly saving: string | undefined;
  readonly cancel: () => void;
  /** Absent where no test can be sent. */
  readonly test: (() => void) | undefined;
}

/** What is around the fields: the heading, and the buttons below them. */
export const formFrame = (t: Translate, { title, malformed, body, saving, cancel, test }: FormFrame): TemplateResult =>
  html`<header part="dialog-header">
      <h2 id="heading" part="heading">${title}</h2>
      <button part="close-button" class="plain" type="button" aria-label=${t('close')} @click=${cancel}>${icons.close}</button>
    </header>
    ${malformed
      ? html`<p part="error" class="dialog-body" role="alert">${t('malformed', { paths: malformed.join(', ') })}</p>`
      : html`<div part="dialog-body" class="dialog-body" ?inert=${!!saving}>${body}</div>
          <footer part="dialog-footer">
            <div part="toolbar" class="buttons">
              ${test ? html`<button type="button" @click=${test}>${t('sendTest')}</button>` : nothing}
              <button part="cancel-button" type="button" @click=${cancel}>${t('cancel')}</button>
              <button part="save-button" class="primary" type="submit" aria-disabled=${saving ? 'true' : nothing}>
                ${t('save')}
              </button>
            </div>
            <span role="status" class="hint">${saving}</span>
            <slot name="footer"></slot>
          </footer>`}`;

/** The question before what was entered is lost. */
export const discardQuestion = (t: Translate, discard: () => void, keep: () => void): TemplateResult =>
  html`<dialog
    part="dialog"
    class="confirm"
    role="alertdialog"
    aria-labelledby="discard"
    aria-describedby="discard-text"
    @cancel=${keep}
    @close=${(event: Event) => closedUnasked(event) && keep()}
  >
    <h2 id="discard">${t('discardTitle')}</h2>
    <p id="discard-text">${t('discardText')}</p>
    <div class="buttons">
      <button type="button" class="danger" @click=${discard}>${t('discard')}</button>
      <button type="button" class="primary" autofocus @click=${keep}>${t('keepEditing')}</button>
    </div>
  </dialog>`;

/** A part of the form that is unfolded to be seen. */
export const unfolding = (summary: string, isOpen: boolean, setOpen: (isOpen: boolean) => void, content: () => TemplateResult): TemplateResult =>
  html`<details class="preview" .open=${isOpen} @toggle=${({ newState }: ToggleEvent) => setOpen(newState === 'open')}>
    <summary>${summary}</summary>
    ${isOpen ? content() : nothing}
  </details>`;
