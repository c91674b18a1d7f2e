import type { Webhook } from '../core/webhook.js';

/** A webhook was added and the host confirmed it. Its secrets are `StoredSecret`s. */
export class WebhookCreatedEvent extends Event {
  static readonly type = 'webhook-created';
  readonly detail: { readonly webhook: Webhook };

  constructor(webhook: Webhook) {
    super(WebhookCreatedEvent.type, { bubbles: true, composed: true });
    this.detail = { webhook };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-created': WebhookCreatedEvent;
  }
}
