import type { WebhookAdapter } from '../core/adapter.js';
import type { AdapterErrorCode } from '../core/adapter-error.js';

/** A call of the adapter failed. It carries no message: a host's words may hold anything. */
export class WebhookErrorEvent extends Event {
  static readonly type = 'webhook-error';
  readonly detail: { readonly operation: keyof WebhookAdapter; readonly code: AdapterErrorCode };

  constructor(operation: keyof WebhookAdapter, code: AdapterErrorCode) {
    super(WebhookErrorEvent.type, { bubbles: true, composed: true });
    this.detail = { operation, code };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-error': WebhookErrorEvent;
  }
}
