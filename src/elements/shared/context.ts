import { createContext } from '@lit/context';
import type { AuthTypeId } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { Messages } from '../../core/messages/index.js';
import type { Organization } from '../../core/organization.js';

/** How many events one webhook may have. */
export type EventSelection = 'single' | 'multiple';

/** What `<webhook-settings>` lends to the elements inside it; what they were given themselves comes first. */
export interface WebhookContext {
  readonly eventTypes: readonly EventType[];
  readonly organizations: readonly Organization[];
  readonly authTypes: readonly AuthTypeId[];
  readonly eventSelection: EventSelection;
  readonly messages: Partial<Messages> | undefined;
  readonly allowPrivateNetwork: boolean;
  /** Set when the catalogue could not be loaded; called to try again. */
  readonly retryCatalogue: (() => void) | undefined;
}

// A string and not a symbol: two copies of this package on one page understand each other.
export const webhookContext = createContext<WebhookContext>('webhook-settings');
