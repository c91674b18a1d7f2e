import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { authType } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { MessageKey } from '../../core/messages/index.js';
import type { WebhookView } from '../../core/page.js';
import type { Row, StoreState } from '../../core/store/webhook-store.js';
import type { Webhook } from '../../core/webhook.js';
import { icons } from '../shared/icons.js';
import type { Translate } from '../shared/translate.js';

/** Up to here all rows are in the document, where find-in-page reaches them; of more, those near the screen. */
export const MOST_ROWS = 200;
/** How many of a long list are in the document before anyone scrolled: a few more than 64 px each would fill the window with. */
export const firstRows = (): number => (innerHeight >> 6) + 2;

export interface ListContext {
  readonly t: Translate;
  readonly state: StoreState;
  readonly eventTypes: readonly EventType[];
  /** Which of so many rows to render. */
  readonly range: (count: number) => readonly [start: number, end: number];
  /** True while a webhook is being changed or deleted. */
  readonly isPending: ((id: string) => boolean | undefined) | undefined;
  /** What else is to be said in a row. */
  readonly extra: ((webhook: Webhook) => readonly [health: unknown, problems: unknown]) | undefined;
  readonly selected: ReadonlySet<string>;
  /** Whose whole URL is shown. */
  readonly expanded: ReadonlySet<string>;
  /** Shows or hides the whole URL. */
  readonly expand: (id: string) => void;
  /** Absent where a webhook can be looked at only. */
  readonly open: ((id: string) => void) | undefined;
  readonly select: ((keys: readonly string[], on: boolean) => void) | undefined;
  readonly openMenu: ((button: HTMLElement, webhook: Webhook) => void) | undefined;
  readonly loadMore: () => void;
}

/** True when the view restricts what is shown; its order does not. */
export const isFiltered = ({ search, active, test, event }: WebhookView): boolean =>
  !!search || active !== undefined || test !== undefined || event !== undefined;

/** The host of a URL, or the whole text where there is none to be found. */
const hostOf = (url: string): string => (URL.canParse(url) && new URL(url).host) || url;

/** A panel in place of the list: a gate, or that there is nothing yet. Its slot takes the host's own words. */
export const panel = (part: string, slot: string, icon: TemplateResult, title: string, text: string, action?: TemplateResult | '') =>
  html`<div part=${part} class="card panel">${icon}<slot name=${slot}><strong>${title}</strong><p>${text}</p></slot>${action}</div>`;

/** Rows to come: in the columns of real ones and as high, so that nothing jumps when they arrive. */
export const skeleton = (t: Translate, selectable: boolean): TemplateResult =>
  html`<div part="loading" class="card ${selectable ? 'selectable' : ''}" role="status">
    <span class="hidden-text">${t('loading')}</span>
    <div class="row head"><i class="check"></i></div>
    <div class="row bones"><i></i><i></i><i></i><i></i></div>
    <div class="row bones"><i></i><i></i><i></i><i></i></div>
    <div class="row bones"><i></i><i></i><i></i><i></i></div>
  </div>`;

/** The fewer templates in a row, the sooner the rows are there: what every row has is written out in it. */
function webhookRow(context: ListContext, webhook: Webhook, index: number): TemplateResult {
  const { t, isPending, extra, eventTypes, selected, expanded, open, select, openMenu } = context;
  const { id, events, test, active, method, url, authentication } = webhook;
  const name = webhook.name.trim() || t('unnamed');
  const [event, ...more] = events.map((event) => eventTypes.find((one) => one.id === event)?.label ?? event);
  const type = authType(authentication.type);
  const [health, problems] = extra?.(webhook) ?? [];
  const isExpanded = expanded.has(id);
  return html`<div
    part="row ${test ? 'row--test' : ''} ${active ? '' : 'row--inactive'}"
    class="row ${open ? 'openable' : ''} ${active ? '' : 'off'}"
    role="row"
    aria-rowindex=${index}
    aria-busy=${isPending?.(id) ? 'true' : nothing}
  >
    ${select
      ? html`<div role="cell">
          <label class="check"><input type="checkbox" aria-label=${t('select', { name })} .checked=${selected.has(id)} /></label>
        </div>`
      : nothing}
    <div role="cell" class="title">
      ${open
        ? html`<button part="name" class="name link" type="button" dir="auto">${name}</button>`
        : html`<span part="name" class="name" dir="auto">${name}</span>`}
      ${test ? html`<span part="badge badge--test" class="badge test">${t('test')}</span>` : nothing}
      ${active ? nothing : html`<span part="badge badge--inactive" class="badge inactive">${t('inactive')}</span>`}
    </div>
    <div role="cell" dir="auto">${event}${more.map((one) => html`<div dir="auto">${one}</div>`)}</div>
    <div role="cell">
      <button class="endpoint link" type="button" aria-expanded=${isExpanded ? 'true' : 'false'}>
        <span class="method">${method}</span> <bdi class="code" dir="ltr">${hostOf(url)}</bdi>
      </button>
      ${isExpanded ? html`<div class="code url" dir="ltr">${url}</div>` : nothing}
    </div>
    <div role="cell">
      ${type && t(`auth.${type.id}`)}
      ${authentication.organizationSpecific && authentication.credentials.length
        ? html`<div class="muted">${t('organizations', { count: authentication.credentials.length })}</div>`
        : nothing}
    </div>
    ${health}
    ${openMenu
      ? html`<div role="cell" class="menu-cell">
          <button
            class="plain menu-button"
            type="button"
            aria-label=${t('actionsFor', { name })}
            aria-haspopup="menu"
            aria-expanded="false"
          >
            ${icons.more}
          </button>
        </div>`
      : nothing}
    ${problems}
  </div>`;
}

/** What is done in the rows, heard in one place: listeners for the controls of each would take longer than to draw them. */
function rowListeners({ state: { rows }, open, select, openMenu, expand }: ListContext) {
  const webhookAt = (target: Element): Webhook | undefined => {
    const one = rows[Number(target.closest('.row')?.ariaRowIndex) - 2];
    return one && 'webhook' in one ? one.webhook : undefined;
  };
  return {
    press(event: Event): void {
      const target = event.target as Element;
      const webhook = webhookAt(target);
      const button = target.closest('button');
      if (!webhook || target.closest('label')) return;
      // To a button the browser makes a press of the key.
      if (event instanceof KeyboardEvent && (button || event.key !== 'Enter')) return;
      if (button?.ariaHasPopup) openMenu?.(button, webhook);
      else if (button?.ariaExpanded) expand(webhook.id);
      // The end of selecting text is not meant to open anything. (In a shadow root it counts as collapsed, but for its type.)
      else if (button || getSelection()?.type !== 'Range') open?.(webhook.id);
    },
    check({ target }: Event): void {
      const webhook = webhookAt(target as Element);
      if (webhook) select?.([webhook.id], (target as HTMLInputElement).checked);
    },
  };
}

function row(context: ListContext, one: Row, index: number): TemplateResult {
  if ('webhook' in one) return webhookRow(context, one.webhook, index);
  const { t, select } = context;
  const { name, id, paths } = one.malformed;
  return html`<div part="row" class="row broken" role="row" aria-rowindex=${index}>
    ${select ? html`<div role="cell"></div>` : nothing}
    <div role="cell" class="title wide">
      ${icons.alert}<span part="name" class="name" dir="auto">${name || id || t('unnamed')}</span>
      ${t('malformed', { paths: paths.join(', ') })}
    </div>
  </div>`;
}

const columns = ['name', 'events', 'endpoint', 'authentication', 'deliveryHealth'] as const satisfies readonly MessageKey[];

export function list(context: ListContext): TemplateResult {
  const { t, state, range, selected, select, openMenu, loadMore } = context;
  const { rows, total, nextCursor, busy, arriving } = state;
  const count = rows.length;
  const all = count + arriving;
  const [start, end] = range(all);
  const keys = rows.flatMap((one) => ('webhook' in one ? one.key : []));
  const some = selected.size > 0;
  const { press, check } = rowListeners(context);
  const hasHealth = rows.some((one) => 'webhook' in one && one.webhook.health);
  return html`<div
      part="list"
      class="card list ${select ? 'selectable' : ''} ${hasHealth ? 'with-health' : ''} ${all > MOST_ROWS ? 'even' : ''}"
      role="table"
      tabindex="-1"
      aria-label=${t('webhooks')}
      aria-busy=${busy ? 'true' : 'false'}
      aria-rowcount=${(total ?? (nextCursor === undefined ? all : -2)) + 1}
    >
      <div part="head" class="row head" role="row" aria-rowindex="1">
        ${select
          ? html`<span role="columnheader">
              <label class="check"
                ><input
                  type="checkbox"
                  ?disabled=${!keys.length}
                  .checked=${some && selected.size === keys.length}
                  .indeterminate=${some && selected.size < keys.length}
                  @change=${(event: Event) => select(keys, (event.target as HTMLInputElement).checked)}
                /><span class="hidden-text">${t('selectAll')}</span></label
              >
            </span>`
          : nothing}
        ${columns.slice(0, hasHealth ? 5 : 4).map((key) => html`<span role="columnheader">${t(key)}</span>`)}
        ${openMenu ? html`<span role="columnheader"><span class="hidden-text">${t('moreActions')}</span></span>` : nothing}
      </div>
      <div class="rows" role="rowgroup" @click=${press} @keydown=${press} @change=${check}>
        ${repeat(
          rows.slice(start, end),
          ({ key }) => key,
          (one, index) => row(context, one, start + index + 2),
        )}
      </div>
    </div>
    <div class="foot">
      <span>
        ${total !== undefined && total > count ? t('shownOf', { count, total }) : t('shown', { count })}
      </span>
      ${nextCursor !== undefined
        ? html`<button type="button" aria-disabled=${busy ? 'true' : nothing} @click=${loadMore}>
            ${t('loadMore')}
          </button>`
        : nothing}
    </div>`;
}
