import type { WebhookView } from '../core/page.js';

/** The person searched, filtered or sorted: a page may keep the view, for instance in its URL. */
export class WebhookViewChangeEvent extends Event {
  static readonly type = 'webhook-view-change';
  readonly detail: { readonly view: WebhookView };

  constructor(view: WebhookView) {
    super(WebhookViewChangeEvent.type);
    this.detail = { view };
  }
}

declare global {
  interface HTMLElementEventMap {
    'webhook-view-change': WebhookViewChangeEvent;
  }
}
