/** A webhook was deleted and the host confirmed it. */
export class WebhookDeletedEvent extends Event {
  static readonly type = 'webhook-deleted';
  readonly detail: { readonly id: string };

  constructor(id: string) {
    super(WebhookDeletedEvent.type, { bubbles: true, composed: true });
    this.detail = { id };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-deleted': WebhookDeletedEvent;
  }
}
