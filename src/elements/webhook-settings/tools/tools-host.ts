import type { ReactiveControllerHost } from 'lit';
import type { WebhookAdapter } from '../../../core/adapter.js';
import type { EventType } from '../../../core/event-type.js';
import type { MessageKey, MessageParameters } from '../../../core/messages/index.js';
import type { Organization } from '../../../core/organization.js';
import type { WebhookView } from '../../../core/page.js';
import type { WebhookStore } from '../../../core/store/webhook-store.js';
import type { WebhookContext } from '../../shared/context.js';
import type { Translate } from '../../shared/translate.js';

/** What does not change of it. */
interface Base {
  readonly element: ReactiveControllerHost &
    HTMLElement & {
      readonly renderRoot: HTMLElement | DocumentFragment;
      /** As the host gave it: what is asked of it beyond the list is parsed where it is used. */
      readonly adapter: WebhookAdapter | undefined;
      /** What the page sets of the catalogue. */
      readonly eventTypes: readonly EventType[] | undefined;
      readonly organizations: readonly Organization[] | undefined;
      view: WebhookView;
    };
  select(keys: readonly string[], on: boolean): void;
  setView(view: WebhookView): void;
  /** Says it in the live region. */
  announce(text: string): void;
  dispatch(event: Event): void;
}

interface State {
  readonly store: WebhookStore;
  readonly t: Translate;
  /** Whether webhooks may be opened and changed. */
  readonly canOpen: boolean;
  readonly selected: ReadonlySet<string>;
  /** What a webhook may have, as the form gets it. */
  readonly catalogue: WebhookContext;
}

/** What `<webhook-settings>` lends to the tools that are loaded after the list. */
export type ToolsHost = Base & State;
/** The same as the element hands it over: what changes is asked for. */
export type LentHost = Base & { readonly [Name in keyof State]: () => State[Name] };

/** What may turn the direction of the text around it: letters written from right to left, and marks for that (UAX #9). */
const TURNING = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

/** In a sentence such a name is kept to itself. */
function isolating(t: Translate): Translate {
  const isolate = (parameters: MessageParameters = {}) =>
    TURNING.test(String(parameters['name'])) ? { ...parameters, name: `\u2068${parameters['name']!}\u2069` } : parameters;
  return Object.assign((key: MessageKey, parameters?: MessageParameters) => t(key, isolate(parameters)), { locale: t.locale });
}

export const toolsHost = (lent: LentHost): ToolsHost => ({
  ...lent,
  get store() {
    return lent.store();
  },
  get t() {
    return isolating(lent.t());
  },
  get canOpen() {
    return lent.canOpen();
  },
  get selected() {
    return lent.selected();
  },
  get catalogue() {
    return lent.catalogue();
  },
});
