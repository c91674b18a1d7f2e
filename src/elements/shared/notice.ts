import { html, type TemplateResult } from 'lit';
import type { AdapterError } from '../../core/adapter-error.js';
import { icons } from './icons.js';
import type { Translate } from './translate.js';

/** Why a call failed, in the host's words or else in ours. */
export const errorText = (t: Translate, { code, message }: Pick<AdapterError, 'code' | 'message'>): string =>
  message || t(`error.${code}`);

/** What went wrong, why, and one thing to do about it. */
export const notice = (title: string, text: unknown, label: string, act: () => void): TemplateResult =>
  html`<div part="error" class="notice" role="alert">
    ${icons.alert}
    <div><strong>${title}</strong> ${text}</div>
    <button type="button" @click=${act}>${label}</button>
  </div>`;
