import { html, type TemplateResult } from 'lit';
import { icons } from '../../shared/icons.js';

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
