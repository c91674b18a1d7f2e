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
/** How many of a long list are in the document before anyone scrolled. */
export const FIRST_ROWS = 24;

export interface ListContext {
  readonly t: Translate;
  readonly state: StoreState;
  readonly eventTypes: readonly EventType[];
  /** Which of so many rows to render. */
  readonly range: (count: number) => readonly [start: number, end: number];
  /** True while a webhook is being changed or deleted. */
  readonly isPending: ((id: string) => boolean | undefined) | undefined;
  /** What else is to be said in a row. */
  readonly extra: ((webhook: Webhook) => unknown) | undefined;
  readonly selected: ReadonlySet<string>;
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
const hostOf = (url: string): string => {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
};

/** A host breaks between its labels before it breaks within one. */
const breakable = (host: string) => host.split('.').map((label, index) => html`${index ? html`.<wbr />` : nothing}${label}`);

/** A panel in place of the list: a gate, or that there is nothing yet. Its slot takes the host's own words. */
export const panel = (part: string, slot: string, icon: TemplateResult, title: string, text: string, action?: TemplateResult | '') =>
  html`<div part=${part} class="card panel">${icon}<slot name=${slot}><strong>${title}</strong><p>${text}</p></slot>${action}</div>`;

/** Rows to come: as high as real ones, so that nothing jumps when they arrive. */
export const skeleton = (t: Translate): TemplateResult =>
  html`<div part="loading" class="card" role="status">
    <span class="hidden-text">${t('loading')}</span>
    ${[1, 2, 3].map(() => html`<div class="row bones" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`)}
  </div>`;

/** `mixed` is for the one of the header, whose name is a text: in a narrow list it is seen. */
const checkbox = (label: string, checked: boolean, change: (on: boolean) => void, mixed?: boolean): TemplateResult =>
  html`<label class="check"
    ><input
      type="checkbox"
      aria-label=${mixed === undefined ? label : nothing}
      .checked=${checked}
      .indeterminate=${!!mixed}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />${mixed === undefined ? nothing : html`<span class="hidden-text">${label}</span>`}</label
  >`;

function webhookRow(context: ListContext, webhook: Webhook, index: number): TemplateResult {
  const { t, isPending, extra, eventTypes, selected, open, select, openMenu } = context;
  const { id, events, test, active, method, url, authentication } = webhook;
  const name = webhook.name.trim() || t('unnamed');
  const type = authType(authentication.type);
  const openRow = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
    // What is pressed in the row and has a use of its own, or the end of selecting text, is not meant to open it.
    if ((event.target as Element).closest('button, summary, label') || !getSelection()?.isCollapsed) return;
    open?.(id);
  };
  return html`<div
    part="row ${test ? 'row--test' : ''} ${active ? '' : 'row--inactive'}"
    class="row ${open ? 'openable' : ''} ${active ? '' : 'off'}"
    role="row"
    aria-rowindex=${index}
    aria-busy=${isPending?.(id) ? 'true' : nothing}
    @click=${openRow}
    @keydown=${openRow}
  >
    ${select
      ? html`<div role="cell">${checkbox(t('select', { name }), selected.has(id), (on) => select([id], on))}</div>`
      : nothing}
    <div role="cell" class="title">
      ${open
        ? html`<button part="name" class="name link" type="button" dir="auto" @click=${() => open(id)}>${name}</button>`
        : html`<span part="name" class="name" dir="auto">${name}</span>`}
      ${test ? html`<span part="badge badge--test" class="badge test">${t('test')}</span>` : nothing}
      ${active ? nothing : html`<span part="badge badge--inactive" class="badge inactive">${t('inactive')}</span>`}
    </div>
    <div role="cell">
      ${events.map((event) => html`<div dir="auto">${eventTypes.find((one) => one.id === event)?.label ?? event}</div>`)}
    </div>
    <div role="cell">
      <details>
        <summary><span class="method">${method}</span> <bdi class="code" dir="ltr">${breakable(hostOf(url))}</bdi></summary>
        <span class="code" dir="ltr">${url}</span>
      </details>
    </div>
    <div role="cell">
      ${type && t(`auth.${type.id}`)}
      ${authentication.organizationSpecific && authentication.credentials.length
        ? html`<div class="muted">${t('organizations', { count: authentication.credentials.length })}</div>`
        : nothing}
    </div>
    ${openMenu
      ? html`<div role="cell" class="menu-cell">
          <button
            class="plain menu-button"
            type="button"
            aria-label=${t('actionsFor', { name })}
            aria-haspopup="menu"
            aria-expanded="false"
            @click=${(event: Event) => openMenu(event.currentTarget as HTMLElement, webhook)}
          >
            ${icons.more}
          </button>
        </div>`
      : nothing}
    ${extra?.(webhook)}
  </div>`;
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

const columns = ['name', 'events', 'endpoint', 'authentication'] as const satisfies readonly MessageKey[];

export function list(context: ListContext): TemplateResult {
  const { t, state, range, selected, select, openMenu, loadMore } = context;
  const { rows, total, nextCursor, busy, arriving } = state;
  const count = rows.length;
  const all = count + arriving;
  const [start, end] = range(all);
  const keys = rows.flatMap((one) => ('webhook' in one ? one.key : []));
  const some = selected.size > 0;
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
              ${checkbox(t('selectAll'), some && selected.size === keys.length, (on) => select(keys, on), some && selected.size < keys.length)}
            </span>`
          : nothing}
        ${columns.map((key) => html`<span role="columnheader">${t(key)}</span>`)}
        ${openMenu ? html`<span role="columnheader"><span class="hidden-text">${t('moreActions')}</span></span>` : nothing}
      </div>
      <div class="rows" role="rowgroup">
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
