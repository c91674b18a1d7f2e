import { html, type TemplateResult } from 'lit';
import type { EventType } from '../../../core/event-type.js';
import type { MessageKey } from '../../../core/messages/index.js';
import type { WebhookView } from '../../../core/page.js';
import type { Option } from '../../shared/options.js';
import type { Translate } from '../../shared/translate.js';
import { filterSelect } from './filter-select.js';

export interface FilterContext {
  readonly t: Translate;
  readonly view: WebhookView;
  readonly eventTypes: readonly EventType[];
  readonly setView: (change: WebhookView) => void;
}

const flag = (value: string): boolean | undefined => (value ? value === 'true' : undefined);

/** The search field, the filters and the order. */
export function filters({ t, view, eventTypes, setView }: FilterContext): TemplateResult {
  const select = (label: MessageKey, value: string | boolean | undefined, options: readonly Option[], choose: (value: string) => WebhookView) =>
    filterSelect(t(label), String(value ?? ''), options, (chosen) => setView(choose(chosen)));
  const known = eventTypes.map(({ id, label }): Option => [id, label]);
  const { event } = view;
  return html`<input
      part="search"
      type="search"
      autocomplete="off"
      aria-label=${t('search')}
      placeholder=${t('search')}
      .value=${view.search ?? ''}
      @input=${(input: Event) => setView({ search: (input.target as HTMLInputElement).value })}
    />
    ${select(
      'status',
      view.active,
      [
        ['', t('anyStatus')],
        ['true', t('active')],
        ['false', t('inactiveOnly')],
      ],
      (value) => ({ active: flag(value) }),
    )}
    ${select(
      'credentials',
      view.test,
      [
        ['', t('anyCredentials')],
        ['false', t('live')],
        ['true', t('testOnly')],
      ],
      (value) => ({ test: flag(value) }),
    )}
    ${select(
      'events',
      event,
      [
        ['', t('anyEvent')],
        ...known,
        ...(event === undefined || known.some(([id]) => id === event) ? [] : [[event, event] as const]),
      ],
      (value) => ({ event: value || undefined }),
    )}
    ${select(
      'sort',
      view.sort,
      [
        ['', t('hostOrder')],
        ['-createdAt', t('newest')],
        ['createdAt', t('oldest')],
        ['name', t('nameUp')],
        ['-name', t('nameDown')],
      ],
      (value) => ({ sort: (value || undefined) as WebhookView['sort'] }),
    )}`;
}
