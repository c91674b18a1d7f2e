import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { authType } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { MessageKey } from '../../core/messages/index.js';
import type { Row, StoreState } from '../../core/store/webhook-store.js';
import type { Webhook } from '../../core/webhook.js';
import { icons } from '../shared/icons.js';
import type { Translate } from '../shared/translate.js';

export interface ListContext {
  readonly t: Translate;
  readonly state: StoreState;
  readonly eventTypes: readonly EventType[];
  /** Absent where nothing can be added, opened or changed. */
  readonly add: (() => void) | undefined;
  readonly open: ((id: string) => void) | undefined;
  readonly retry: () => void;
  readonly loadMore: () => void;
}

/** The host of a URL, or the whole text where there is none to be found. */
const hostOf = (url: string): string => {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
};

export const addButton = (t: Translate, add: () => void): TemplateResult =>
  html`<button part="add-button" class="primary" type="button" @click=${add}>${icons.plus}${t('addWebhook')}</button>`;

/** A panel in place of the list: a gate, or that there is nothing yet. */
export const panel = (part: string, icon: TemplateResult, title: string, text: string, action: unknown = nothing) =>
  html`<div part=${part} class="card panel">${icon}<strong>${title}</strong><p>${text}</p>${action}</div>`;

/** Rows to come: as high as real ones, so that nothing jumps when they arrive. */
export const skeleton = (t: Translate): TemplateResult =>
  html`<div part="loading" class="card" role="status">
    <span class="hidden-text">${t('loading')}</span>
    ${[1, 2, 3].map(() => html`<div class="row bones" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`)}
  </div>`;

export function failure({ t, state, retry, loadMore }: ListContext): TemplateResult | typeof nothing {
  if (!state.failed) return nothing;
  const { call, error } = state.failed;
  const what = call === 'load' ? 'loadFailed' : call === 'more' ? 'moreFailed' : 'refreshFailed';
  return html`<div part="error" class="notice" role="alert">
    ${icons.alert}
    <div><strong>${t(what)}</strong> ${error.message || t(`error.${error.code}`)}</div>
    <button type="button" @click=${call === 'more' ? loadMore : retry}>${t('retry')}</button>
  </div>`;
}

function webhookRow({ t, eventTypes, open }: ListContext, webhook: Webhook): TemplateResult {
  const { id, name, events, test, active, method, url, authentication } = webhook;
  const type = authType(authentication.type);
  const openRow = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
    // What is pressed in the row and has a use of its own, or the end of selecting text, is not meant to open it.
    if ((event.target as Element).closest('button, summary') || !getSelection()?.isCollapsed) return;
    open?.(id);
  };
  return html`<div
    part="row ${test ? 'row--test' : ''} ${active ? '' : 'row--inactive'}"
    class="row ${open ? 'openable' : ''} ${active ? '' : 'off'}"
    role="row"
    @click=${openRow}
    @keydown=${openRow}
  >
    <div role="cell" class="title">
      ${open
        ? html`<button part="name" class="link" type="button" dir="auto" @click=${() => open(id)}>${name}</button>`
        : html`<span part="name" class="name" dir="auto">${name}</span>`}
      ${test ? html`<span part="badge badge--test" class="badge test">${t('test')}</span>` : nothing}
      ${active ? nothing : html`<span part="badge badge--inactive" class="badge inactive">${t('inactive')}</span>`}
    </div>
    <div role="cell">
      ${events.map((event) => html`<div dir="auto">${eventTypes.find((one) => one.id === event)?.label ?? event}</div>`)}
    </div>
    <div role="cell">
      <details>
        <summary><span class="method">${method}</span> <bdi class="code" dir="ltr">${hostOf(url)}</bdi></summary>
        <span class="code" dir="ltr">${url}</span>
      </details>
    </div>
    <div role="cell">
      ${type && t(`auth.${type.id}`)}
      ${authentication.organizationSpecific
        ? html`<div class="muted">${t('organizations', { count: authentication.credentials.length })}</div>`
        : nothing}
    </div>
  </div>`;
}

function row(context: ListContext, one: Row): TemplateResult {
  if ('webhook' in one) return webhookRow(context, one.webhook);
  const { t } = context;
  const { name, id, paths } = one.malformed;
  return html`<div part="row" class="row broken" role="row">
    <div role="cell" class="title">
      ${icons.alert}<span part="name" class="name" dir="auto">${name || id || t('unnamed')}</span>
    </div>
    <div role="cell" class="wide">${t('malformed', { paths: paths.join(', ') })}</div>
  </div>`;
}

const columns = ['name', 'events', 'endpoint', 'authentication'] as const satisfies readonly MessageKey[];

export function list(context: ListContext): TemplateResult {
  const { t, state, loadMore } = context;
  const { rows, total, nextCursor, busy } = state;
  const count = rows.length;
  return html`<div
      part="list"
      class="card"
      role="table"
      aria-label=${t('webhooks')}
      aria-busy=${busy ? 'true' : 'false'}
      aria-rowcount=${(total ?? (nextCursor === undefined ? count : -2)) + 1}
    >
      <div class="row head" role="row">
        ${columns.map((key) => html`<span role="columnheader">${t(key)}</span>`)}
      </div>
      ${repeat(rows, ({ key }) => key, (one) => row(context, one))}
    </div>
    <div class="foot">
      <span role="status">
        ${total !== undefined && total > count ? t('shownOf', { count, total }) : t('shown', { count })}
      </span>
      ${nextCursor !== undefined
        ? html`<button type="button" aria-disabled=${busy ? 'true' : nothing} @click=${loadMore}>
            ${t('loadMore')}
          </button>`
        : nothing}
    </div>`;
}
