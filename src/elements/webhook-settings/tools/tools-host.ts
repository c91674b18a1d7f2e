import type { ReactiveControllerHost } from 'lit';
import type { WebhookView } from '../../../core/page.js';
import type { SendOptions, WebhookStore } from '../../../core/store/webhook-store.js';
import type { Webhook, WebhookInput } from '../../../core/webhook.js';
import type { Translate } from '../../shared/translate.js';

/** What `<webhook-settings>` lends to the tools that are loaded after the list. */
export interface ToolsHost {
  readonly element: ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };
  readonly store: WebhookStore;
  readonly t: Translate;
  readonly selected: ReadonlySet<string>;
  select(keys: readonly string[], on: boolean): void;
  setView(view: WebhookView): void;
  edit(id: string): void;
  /** @throws {AdapterError} */
  create(input: WebhookInput, options: SendOptions): Promise<Webhook>;
  /** Opens the form for a new webhook, filled in from this one; settles when the form closes, with what was added. */
  addFrom(template: Webhook): Promise<Webhook | undefined>;
  /** Says it in the live region. */
  announce(text: string): void;
  dispatch(event: Event): void;
}
