import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from './translate.js';

/** How long it is until then: in minutes or hours where it is long. */
function whenText(locale: string, seconds: number): string {
  const [size, unit] = seconds > 5400 ? ([3600, 'hour'] as const) : seconds > 90 ? ([60, 'minute'] as const) : ([1, 'second'] as const);
  return new Intl.RelativeTimeFormat(locale).format(Math.ceil(seconds / size), unit);
}

/** How long until a host may be asked again, beside why a call failed; not read aloud with each second. */
export const wait = (t: Translate, seconds: number, key: 'retryIn' | 'tryingIn' = 'retryIn'): TemplateResult | typeof nothing =>
  seconds ? html`<span aria-live="off">${t(key, { when: whenText(t.locale, seconds) })}</span>` : nothing;
