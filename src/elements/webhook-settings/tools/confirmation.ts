import { html, nothing, type TemplateResult } from 'lit';
import { toAdapterError, type AdapterError } from '../../../core/adapter-error.js';
import { closedUnasked } from '../../shared/closed-unasked.js';
import { closeDialog, isEscape, showDialog } from '../../shared/dialog-frame.js';
import { icons } from '../../shared/icons.js';
import { errorText } from '../../shared/notice.js';
import type { ToolsHost } from './tools-host.js';

export interface Question {
  readonly title: string;
  readonly text: unknown;
  readonly label: string;
  readonly danger?: boolean;
  /** How many steps it has; more than one have a progress that can be stopped. */
  readonly steps: number;
  /** What is done when the person agrees. A rejection is shown and may be tried again. */
  readonly run: (signal: AbortSignal, step: (done: number) => void) => Promise<void>;
  /** After it was done and the dialog closed. */
  readonly done?: () => void;
}

/** A question before something that cannot be undone, and how far it got once the person agreed. */
export class Confirmation {
  readonly #host: ToolsHost;
  #question: Question | undefined;
  #running: AbortController | undefined;
  #step = 0;
  #error: AdapterError | undefined;

  constructor(host: ToolsHost) {
    this.#host = host;
  }

  async ask(question: Question): Promise<void> {
    this.#question = question;
    this.#error = undefined;
    await showDialog(this.#host.element, 'confirm');
  }

  /** Aborts what is under way, and closes. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#close();
  }

  #close(): void {
    this.#question = undefined;
    closeDialog(this.#host.element, 'confirm');
  }

  #handleCancel = (event: Event): void => {
    event.preventDefault();
    this.stop();
  };

  /** Escape is for the question alone, and not for what the page has around it. */
  #handleKeydown = (event: KeyboardEvent): void => {
    if (!isEscape(event)) return;
    event.stopPropagation();
    this.#handleCancel(event);
  };

  /** A browser lets a second Escape through without asking. */
  #handleClose = (event: Event): void => {
    if (this.#question && closedUnasked(event)) this.stop();
  };

  async #run(question: Question): Promise<void> {
    if (this.#running) return;
    const mine = (this.#running = new AbortController());
    const step = (done: number) => {
      this.#step = done;
      this.#host.element.requestUpdate();
    };
    this.#error = undefined;
    step(0);
    try {
      await question.run(mine.signal, step);
      if (mine !== this.#running) return;
      this.#close();
      question.done?.();
    } catch (thrown) {
      if (mine !== this.#running) return;
      this.#error = toAdapterError(thrown);
    } finally {
      if (mine === this.#running) this.#running = undefined;
      this.#host.element.requestUpdate();
    }
  }

  render(): TemplateResult | typeof nothing {
    const question = this.#question;
    if (!question) return nothing;
    const { t } = this.#host;
    const { title, text, label, danger, steps } = question;
    const isRunning = !!this.#running;
    const hasProgress = isRunning && steps > 1;
    return html`<dialog
      part="dialog"
      class="confirm"
      role="alertdialog"
      aria-labelledby="question"
      aria-describedby="question-text"
      @cancel=${this.#handleCancel}
      @keydown=${this.#handleKeydown}
      @close=${this.#handleClose}
    >
      <h2 id="question">${title}</h2>
      ${hasProgress
        ? html`<div class="progress" role="status">
            <progress max=${steps} .value=${this.#step} aria-label=${title}></progress>
            ${t('progress', { count: this.#step, total: steps })}
          </div>`
        : html`<div id="question-text">${text}</div>`}
      ${this.#error
        ? html`<div part="error" class="notice" role="alert">
            ${icons.alert}
            <div><strong>${t('notDone')}</strong> ${errorText(t, this.#error)}</div>
          </div>`
        : nothing}
      <div class="buttons">
        <button type="button" autofocus @click=${() => this.stop()}>${t(hasProgress ? 'stopAction' : 'cancel')}</button>
        <button
          type="button"
          class=${danger ? 'primary danger' : 'primary'}
          aria-disabled=${isRunning ? 'true' : nothing}
          @click=${() => this.#run(question)}
        >
          ${label}
        </button>
      </div>
    </dialog>`;
  }
}
