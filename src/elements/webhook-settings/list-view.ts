import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { authType } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { MessageKey } from '../../core/messages/index.js';
import { givenParts, type WebhookView } from '../../core/page.js';
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
  readonly expanded: ReadonlySet<string> | undefined;
  /** Whether webhooks can be changed; else they can be looked at only. */
  readonly canOpen: boolean;
  /** Whether they can be selected, at least to be exported, and have a menu. */
  readonly canAct: boolean;
  /** Does what was pressed or checked. */
  readonly act: (event: Event) => void;
  readonly loadMore: () => void;
}

/** True when the view restricts what is shown; its order does not. */
export const isFiltered = ({ search, active, test, event }: WebhookView): boolean =>
  !!search || active !== undefined || test !== undefined || event !== undefined;

/** The same for views that mean the same. */
export const viewKey = (view: WebhookView): string => JSON.stringify(Object.entries(givenParts(view)).sort());

/** How many webhooks are shown, and of how many. */
export const howMany = (t: Translate, { rows: { length: count }, total }: StoreState): string =>
  total !== undefined && total > count ? t('shownOf', { count, total }) : t('shown', { count });

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

/** The less there is in a row, the sooner the rows are there: what each has is written out in it, and the dots of its menu are drawn by its style. */
function webhookRow(context: ListContext, hasHealth: boolean, webhook: Webhook, index: number): TemplateResult {
  const { t, isPending, extra, eventTypes, selected, expanded, canOpen, canAct } = context;
  const { id, events, test, active, method, url, authentication } = webhook;
  const name = webhook.name.trim() || t('unnamed');
  const [event, ...more] = events.map((event) => eventTypes.find((one) => one.id === event)?.label ?? event);
  const type = authType(authentication.type);
  const [health, problems] = extra?.(webhook) ?? [];
  const isExpanded = expanded?.has(id);
  const isSelected = selected.has(id);
  return html`<div
    part="row ${test ? 'row--test' : ''} ${active ? '' : 'row--inactive'}"
    class="row ${canOpen ? 'openable' : ''} ${active ? '' : 'off'} ${isSelected ? 'selected' : ''}"
    role="row"
    aria-rowindex=${index}
    aria-busy=${isPending?.(id) ? 'true' : nothing}
  >
    ${canAct
      ? html`<div role="cell">
          <label class="check"><input type="checkbox" aria-label=${t('select', { name })} .checked=${isSelected} /></label>
        </div>`
      : nothing}
    <div role="cell" class="title">
      ${canOpen
        ? html`<button part="name" class="name link" type="button" dir="auto">${name}</button>`
        : html`<span part="name" class="name" dir="auto">${name}</span>`}
      ${test || !active
        ? html`<span class="badges"
            >${test ? html`<span part="badge badge--test" class="badge test">${t('test')}</span>` : nothing}
            ${active ? nothing : html`<span part="badge badge--inactive" class="badge inactive">${t('inactive')}</span>`}</span
          >`
        : nothing}
    </div>
    <div role="cell" dir="auto">${event}${more.map((one) => html`<div dir="auto">${one}</div>`)}</div>
    <div role="cell">
      <button class="endpoint link" type="button" aria-expanded=${isExpanded ? 'true' : 'false'}>
        <span class="method">${method}</span> <bdi class="code" dir="ltr">${isExpanded ? url : hostOf(url)}</bdi>
      </button>
    </div>
    <div role="cell">
      ${type && t(`auth.${type.id}`)}
      ${authentication.organizationSpecific && authentication.credentials.length
        ? html`<div class="muted">${t('organizations', { count: authentication.credentials.length })}</div>`
        : nothing}
    </div>
    ${hasHealth ? health : nothing}
    ${canAct
      ? html`<div role="cell" class="menu-cell">
          <button
            class="bare plain menu-button"
            type="button"
            aria-label=${t('actionsFor', { name })}
            aria-haspopup="menu"
            aria-expanded="false"
          >
          </button>
        </div>`
      : nothing}
    ${problems}
  </div>`;
}

function row(context: ListContext, hasHealth: boolean, one: Row, index: number): TemplateResult {
  if ('webhook' in one) return webhookRow(context, hasHealth, one.webhook, index);
  const { t, canAct } = context;
  const { name, id, paths } = one.malformed;
  return html`<div part="row" class="row broken" role="row" aria-rowindex=${index}>
    ${canAct ? html`<div role="cell"></div>` : nothing}
    <div role="cell" class="title wide">
      ${icons.alert}<span part="name" class="name" dir="auto">${name || id || t('unnamed')}</span>
      ${t('malformed', { paths: paths.join(', ') })}
    </div>
  </div>`;
}

const columns = ['name', 'events', 'endpoint', 'authentication', 'deliveryHealth'] as const satisfies readonly MessageKey[];

export function list(context: ListContext): TemplateResult {
  const { t, state, range, selected, canAct, act, loadMore } = context;
  const { rows, total, nextCursor, busy, arriving, status } = state;
  const count = rows.length;
  const all = count + arriving;
  const [start, end] = range(all);
  const keys = status === 'ready' ? rows.flatMap((one) => ('webhook' in one ? one.key : [])) : [];
  const some = selected.size > 0;
  const hasHealth = rows.some((one) => 'webhook' in one && one.webhook.health);
  // eslint-disable-next-line lit-a11y/click-events-have-key-events -- of the keys that press a button a browser makes clicks
  return html`<div
      part="list"
      class="card list ${canAct ? 'selectable' : ''} ${hasHealth ? 'with-health' : ''} ${all > MOST_ROWS ? 'even' : ''} ${some ? 'choosing' : ''}"
      role="table"
      @click=${act}
      @change=${act}
      tabindex="-1"
      aria-label=${t('webhooks')}
      aria-busy=${busy || status !== 'ready' ? 'true' : 'false'}
      aria-rowcount=${(total! >= all ? total! : nextCursor === undefined ? all : -2) + 1}
    >
      <div part="head" class="row head" role="row" aria-rowindex="1">
        ${canAct
          ? html`<span role="columnheader">
              <label class="check"
                ><input
                  type="checkbox"
                  ?disabled=${!keys.length}
                  .checked=${some && selected.size === keys.length}
                  .indeterminate=${some && selected.size < keys.length}
                /><span class="hidden-text">${t('selectAll')}</span></label
              >
            </span>`
          : nothing}
        ${columns.slice(0, hasHealth ? 5 : 4).map((key) => html`<span role="columnheader">${t(key)}</span>`)}
        ${canAct ? html`<span role="columnheader"><span class="hidden-text">${t('moreActions')}</span></span>` : nothing}
      </div>
      <div class="rows" role="rowgroup">
        ${repeat(
          rows.slice(start, end),
          ({ key }) => key,
          (one, index) => row(context, hasHealth, one, start + index + 2),
        )}
      </div>
    </div>
    <div class="foot">
      <span class="muted">${howMany(t, state)}</span>
      ${nextCursor !== undefined
        ? html`<button type="button" aria-disabled=${busy ? 'true' : nothing} @click=${loadMore}>${t('loadMore')}</button>`
        : nothing}
    </div>`;
}
