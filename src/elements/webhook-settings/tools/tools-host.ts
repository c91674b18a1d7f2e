import type { ReactiveControllerHost } from 'lit';
import type { WebhookView } from '../../../core/page.js';
import type { WebhookStore } from '../../../core/store/webhook-store.js';
import type { Translate } from '../../shared/translate.js';

/** What `<webhook-settings>` lends to the tools that are loaded after the list. */
export interface ToolsHost {
  readonly element: ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };
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
