import type { Webhook } from './webhook.js';

/** Which webhooks a person wants to see, and in which order. What is absent does not restrict. */
export interface WebhookView {
  /** Part of a name or URL. */
  search?: string;
  sort?: 'name' | '-name' | 'createdAt' | '-createdAt';
  active?: boolean;
  test?: boolean;
  /** An event type's id. */
  event?: string;
}

/** The parts of a view that say something. A page may hand in anything, or nothing. */
export const givenParts = (view: WebhookView | null | undefined): WebhookView =>
  Object.fromEntries(Object.entries(view ?? {}).filter(([, value]) => (value ?? '') !== ''));

export interface WebhookQuery extends WebhookView {
  /** From the previous page; opaque. */
  cursor?: string;
  /** How many webhooks a page may hold. */
  limit: number;
}

export interface WebhookPage {
  items: Webhook[];
  /** Absent on the last page. */
  nextCursor?: string;
  /** How many webhooks match in all, when the host knows. */
  total?: number;
}
