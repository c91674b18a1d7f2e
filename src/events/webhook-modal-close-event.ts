/** What closed the modal: a button, a key, a click beside it, a save, or the page (`close()` or `open = false`). */
export type CloseReason = 'cancel' | 'escape' | 'backdrop' | 'saved' | 'api';

/** The modal is about to close; `preventDefault()` keeps it open. */
export class WebhookModalCloseEvent extends Event {
  static readonly type = 'webhook-modal-close';
  readonly detail: { readonly reason: CloseReason };

  constructor(reason: CloseReason) {
    super(WebhookModalCloseEvent.type, { cancelable: true });
    this.detail = { reason };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-modal-close': WebhookModalCloseEvent;
  }
}
