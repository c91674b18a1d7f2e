import type { Webhook } from '../core/webhook.js';

/** A webhook was changed and the host confirmed it. Its secrets are `StoredSecret`s. */
export class WebhookUpdatedEvent extends Event {
  static readonly type = 'webhook-updated';
  readonly detail: { readonly webhook: Webhook };

  constructor(webhook: Webhook) {
    super(WebhookUpdatedEvent.type, { bubbles: true, composed: true });
    this.detail = { webhook };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-updated': WebhookUpdatedEvent;
  }
}
