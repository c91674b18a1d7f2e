import { html, nothing, type TemplateResult } from 'lit';
import type { Countdown } from '../../../controllers/countdown.js';
import type { AdapterError } from '../../../core/adapter-error.js';
import { icons } from '../../shared/icons.js';
import type { Translate } from '../../shared/translate.js';

type Action = readonly [label: string, act: () => void];

const buttons = (actions: readonly Action[]) =>
  actions.map(([label, act]) => html`<button type="button" @click=${act}>${label}</button>`);

/** What came of something that is not to be seen elsewhere, with what can be done about it. */
export const calm = (text: string, ...actions: Action[]): TemplateResult =>
  html`<div class="notice calm" role="status"><div>${text}</div>${buttons(actions)}</div>`;

/** What failed, why, and what can be done about it: above the list, in its row, or in a question. */
export const failure = (title: string, text: unknown, ...actions: Action[]): TemplateResult =>
  html`<div part="error" class="notice" role="alert">
    ${icons.alert}
    <div><strong>${title}</strong> ${text}</div>
    ${buttons(actions)}
  </div>`;

/** How long the host does not want to be asked again; nothing where it did not say. */
export function wait(t: Translate, key: 'retryIn' | 'tryingIn', countdown: Countdown, error: AdapterError | undefined): TemplateResult | typeof nothing {
  const count = countdown.secondsLeft(error);
  return count ? html`<span aria-live="off">${t(key, { count })}</span>` : nothing;
}
