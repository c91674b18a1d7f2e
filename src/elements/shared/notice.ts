import { html, type TemplateResult } from 'lit';
import type { AdapterError } from '../../core/adapter-error.js';
import { icons } from './icons.js';
import type { Translate } from './translate.js';

/** Why a call failed, in the host's words or else in ours. A conflict without what is stored by now is not known to be another person's doing. */
export const errorText = (t: Translate, { code, message, current }: Pick<AdapterError, 'code' | 'message'> & { readonly current?: unknown }): string =>
  message || t(code === 'conflict' && !current ? 'error.clash' : `error.${code}`);

/** What went wrong, why, and one thing to do about it. */
export const notice = (title: string, text: unknown, label: string, act: () => void): TemplateResult =>
  html`<div part="error" class="notice" role="alert">
    ${icons.alert}
    <div><strong>${title}</strong> ${text}</div>
    <button type="button" @click=${act}>${label}</button>
  </div>`;
