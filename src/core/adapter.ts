import type { DeliveryAttempt, DeliveryPage, DeliveryQuery } from './delivery.js';
import type { EventType } from './event-type.js';
import type { Organization } from './organization.js';
import type { WebhookPage, WebhookQuery } from './page.js';
import type { Webhook, WebhookInput } from './webhook.js';

export type { DeliveryAttempt, DeliveryPage, DeliveryQuery } from './delivery.js';

/** Every call can be aborted; the answer of an aborted call is ignored. */
export interface CallOptions {
  signal: AbortSignal;
}

export interface CreateOptions extends CallOptions {
  /** The same for every retry of one submit, so that a host stores it once (IETF draft Idempotency-Key). */
  idempotencyKey: string;
}

export interface ChangeOptions extends CallOptions {
  /** The version that the person saw; a host that stores another one answers `conflict`. */
  version?: string;
}

/** A test call of what is in the form, saved or not. */
export interface TestRequest {
  /** The saved webhook that is edited: a secret `{ stored: true }` in `input` means the one it has. */
  id?: string;
  input: WebhookInput;
  eventType: string;
  /** What to send; the host's sample of the event type when absent. */
  payload?: unknown;
}

/**
 * The host's API. `list` and `create` are all that a host must have; each further method is a capability, and the
 * controls for it exist only where the method does. A method rejects with an object that has one of
 * {@link adapterErrorCodes} as its `code`, for instance an {@link AdapterError}.
 */
export interface WebhookAdapter {
  list(query: WebhookQuery, options: CallOptions): Promise<WebhookPage>;
  create(input: WebhookInput, options: CreateOptions): Promise<Webhook>;
  get?(id: string, options: CallOptions): Promise<Webhook>;
  /** `changes` holds only the top-level properties that changed. */
  update?(id: string, changes: Partial<WebhookInput>, options: ChangeOptions): Promise<Webhook>;
  delete?(id: string, options: ChangeOptions): Promise<void>;
  listEventTypes?(options: CallOptions): Promise<EventType[]>;
  listOrganizations?(options: CallOptions): Promise<Organization[]>;
  sendTest?(request: TestRequest, options: CallOptions): Promise<DeliveryAttempt>;
  listDeliveries?(id: string, query: DeliveryQuery, options: CallOptions): Promise<DeliveryPage>;
  redeliver?(deliveryId: string, options: CallOptions): Promise<DeliveryAttempt>;
}

/** A method that a host may have or not. */
export type AdapterCapability = Exclude<keyof WebhookAdapter, 'list' | 'create'>;
