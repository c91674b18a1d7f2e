import { html, nothing, type TemplateResult } from 'lit';
import { Countdown } from '../../../controllers/countdown.js';
import { toAdapterError, type AdapterError } from '../../../core/adapter-error.js';
import { closedUnasked } from '../../shared/closed-unasked.js';
import { closeDialog, isEscape, showDialog } from '../../shared/dialog-frame.js';
import { errorText } from '../../shared/notice.js';
import { wait } from '../../shared/wait.js';
import type { FormHost } from './form-host.js';
import { failure } from './notices.js';
import type { ToolsHost } from './tools-host.js';

export interface Question {
  /** Asked for anew each time: what it names may change. */
  readonly title: () => string;
  readonly text: unknown;
  readonly label: string;
  readonly isDanger: boolean;
  /** Where it has many steps: how many, and its title meanwhile. They have a progress that can be stopped. */
  readonly steps?: { readonly count: number; readonly title: string };
  /**
   * What is done when the person agrees. A rejection is shown and may be tried again. `step` tells how many are done, and why
   * the next one waits.
   */
  readonly run: (signal: AbortSignal, step: (done: number, wait?: AdapterError) => void) => Promise<void>;
  /** What a rejection means. */
  readonly failed?: (error: AdapterError) => readonly [title: string, text: string];
  /** After it was done and the dialog closed. */
  readonly done: () => void;
}

/** A question before something that cannot be undone, and how far it got once the person agreed. */
export class Confirmation {
  readonly #host: ToolsHost;
  readonly #form: FormHost;
  readonly #isSlow: () => boolean;
  readonly #countdown: Countdown;
  #question: Question | undefined;
  #running: AbortController | undefined;
  #step = 0;
  /** Why it failed, or waits. */
  #error: AdapterError | undefined;

  constructor(host: ToolsHost, form: FormHost, isSlow: () => boolean) {
    this.#host = host;
    this.#form = form;
    this.#isSlow = isSlow;
    this.#countdown = new Countdown(host.element);
  }

  async ask(question: Question): Promise<void> {
    this.#form.interrupt();
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
    const step = (done: number, wait?: AdapterError) => {
      this.#step = done;
      this.#error = wait;
      this.#host.element.requestUpdate();
    };
    step(0);
    // The other button is about to go.
    if (question.steps) this.#host.element.renderRoot.querySelector<HTMLElement>('.confirm button')?.focus();
    try {
      await question.run(mine.signal, step);
      if (mine !== this.#running) return;
      this.#close();
      question.done();
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
    const { text, label, isDanger, steps, failed } = question;
    const isRunning = !!this.#running;
    const progress = isRunning ? steps : undefined;
    const title = progress?.title ?? question.title();
    const error = this.#error;
    const countdown = wait(t, this.#countdown.secondsLeft(error), isRunning ? 'tryingIn' : 'retryIn');
    const [failedTitle, why] = (!isRunning && error && failed?.(error)) || [];
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
      <div>
        ${progress
          ? html`<progress max=${progress.count} .value=${this.#step} aria-label=${title}></progress>`
          : html`<div id="question-text">${text}</div>`}
        <div role="status">
          ${progress ? html`<div>${t('progress', { count: this.#step, total: progress.count })}</div>` : nothing}
          ${isRunning && error ? html`<div>${errorText(t, error)} ${countdown}</div>` : nothing}
          ${isRunning && this.#isSlow() ? html`<div>${t('slow')}</div>` : nothing}
        </div>
      </div>
      ${failedTitle ? failure(failedTitle, html`${why} ${countdown}`) : nothing}
      <div class="buttons">
        <button type="button" autofocus @click=${() => this.stop()}>${t(progress ? 'stopAction' : 'cancel')}</button>
        <button
          type="button"
          class="primary ${isDanger ? 'danger' : ''} ${progress ? 'gone' : ''}"
          aria-disabled=${isRunning ? 'true' : nothing}
          @click=${() => this.#run(question)}
        >
          ${label}
        </button>
      </div>
    </dialog>`;
  }
}
