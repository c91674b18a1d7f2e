import type { ReactiveControllerHost } from 'lit';
import type { WebhookAdapter } from '../../../core/adapter.js';
import type { EventType } from '../../../core/event-type.js';
import type { WebhookView } from '../../../core/page.js';
import type { WebhookStore } from '../../../core/store/webhook-store.js';
import type { Translate } from '../../shared/translate.js';

/** What `<webhook-settings>` lends to the tools that are loaded after the list. */
export interface ToolsHost {
  readonly element: ReactiveControllerHost &
    HTMLElement & {
      readonly renderRoot: HTMLElement | DocumentFragment;
      /** As the host gave it: what is asked of it beyond the list is parsed where it is used. */
      readonly adapter: WebhookAdapter | undefined;
      readonly eventTypes: readonly EventType[] | undefined;
    };
  readonly store: WebhookStore;
  readonly t: Translate;
  /** Whether webhooks may be opened and changed. */
  readonly canOpen: boolean;
  readonly selected: ReadonlySet<string>;
  select(keys: readonly string[], on: boolean): void;
  setView(view: WebhookView): void;
  /** Says it in the live region. */
  announce(text: string): void;
  dispatch(event: Event): void;
}
