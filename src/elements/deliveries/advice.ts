import type { DeliveryAttempt } from '../../core/delivery.js';
import type { MessageKey } from '../../core/messages/index.js';
import type { Translate } from '../shared/translate.js';

/** Statuses that call for a sentence of their own; the others share one with their class (RFC 9110 §15). */
const known = [400, 401, 403, 404, 405, 415, 429];
const causes = ['timeout', 'dns', 'connection', 'tls', 'refused-address', 'redirect', 'too-large', 'authorization'];

/** One sentence about how a delivery went and, where it failed, what to do about it. */
export function advice(t: Translate, { error, response, request }: DeliveryAttempt): string {
  if (error && causes.includes(error)) return t(`advice.${error}` as MessageKey);
  if (!response) return error ?? '';
  const { status } = response;
  const isBasic = status === 401 && request.headers.some(({ key, value }) => /^authorization$/i.test(key) && /^basic /i.test(value));
  const key = isBasic ? 'basic401' : known.includes(status) ? String(status) : `${Math.floor(status / 100)}xx`;
  return t(`advice.${key}` as MessageKey, { status: String(status) });
}
