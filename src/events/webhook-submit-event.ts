import type { Submission } from '../core/form/webhook-form.js';

/** What `webhook-submit` carries. On an edit, `id` and `changes` (the top-level properties that changed) are set. */
export interface WebhookSubmitDetail extends Submission {
  /** As {@link WebhookSubmitEvent.waitUntil}. */
  waitUntil(promise: Promise<unknown>): void;
}

/**
 * The person pressed Save and everything they entered holds. The only event that carries secrets: it neither bubbles
 * nor leaves the tree, so that only the modal's own listeners see it.
 */
export class WebhookSubmitEvent extends Event {
  static readonly type = 'webhook-submit';
  readonly detail: WebhookSubmitDetail;
  #pending: Promise<unknown>[] = [];
  #isTold = false;

  constructor(submission: Submission) {
    super(WebhookSubmitEvent.type);
    this.detail = { ...submission, waitUntil: (promise) => this.waitUntil(promise) };
  }

  /**
   * Keeps the modal busy until `promise` settles: it closes when the promise resolves; when it rejects, with an object
   * like `AdapterError`, it stays open and shows what went wrong at the fields.
   *
   * @throws {DOMException} `InvalidStateError` after the dispatch, such as behind an `await`
   */
  waitUntil(promise: Promise<unknown>): void {
    // As `ExtendableEvent` (W3C Service Workers): too late, the modal has been told that there is nothing to wait for.
    if (this.#isTold) throw new DOMException('waitUntil() is to be called while the event is dispatched.', 'InvalidStateError');
    this.#pending.push(promise);
  }

  /** Settles when everything that listeners wait for has. @internal */
  get settled(): Promise<unknown> {
    this.#isTold = true;
    return Promise.all(this.#pending);
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-submit': WebhookSubmitEvent;
  }
}
