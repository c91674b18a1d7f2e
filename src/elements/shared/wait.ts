import { html, nothing, type TemplateResult } from 'lit';
import type { MessageKey } from '../../core/messages/index.js';
import type { Translate } from './translate.js';

/** How long until a host may be asked again, in the words of `key`; of what takes long in minutes or hours. */
const waitText = (t: Translate, seconds: number, key: MessageKey): string => {
  if (seconds > 5400) return t('retryInHours', { count: Math.ceil(seconds / 3600) });
  return seconds > 90 ? t('retryInMinutes', { count: Math.ceil(seconds / 60) }) : t(key, { count: seconds });
};

/** The same beside why a call failed; not read aloud with each second. */
export const wait = (t: Translate, seconds: number, key: MessageKey = 'retryIn'): TemplateResult | typeof nothing =>
  seconds ? html`<span aria-live="off">${waitText(t, seconds, key)}</span>` : nothing;
