import type { Webhook } from './webhook.js';

export const adapterErrorCodes = [
  'validation',
  'conflict',
  'not-found',
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'unavailable',
  'network',
  'unknown',
] as const;
export type AdapterErrorCode = (typeof adapterErrorCodes)[number];

export interface AdapterErrorDetails {
  /** For people; shown as text. */
  message?: string | undefined;
  /** By path, such as `url` or `authentication.credentials.0.secretKey`; shown at the field. */
  fieldErrors?: Readonly<Record<string, string>> | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
  /** The stored webhook, on a conflict. */
  current?: Webhook | undefined;
  cause?: unknown;
}

/** Longer than that nobody waits; in seconds. */
const LONGEST = 86_400;

/** One text for a field. A host may have several (many frameworks answer with a list), or something that is none. */
const fieldText = (said: unknown): string => [said].flat().filter((one) => typeof one === 'string').join(' ');

/** Why a call failed. What it carries may come from anywhere: a part that is not of its type is left out. Any object with such a `code` is taken for one: it need not be of this class. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly code: AdapterErrorCode;
  readonly fieldErrors: Readonly<Record<string, string>> | undefined;
  readonly retryAfter: number | undefined;
  readonly current: Webhook | undefined;

  constructor(code: AdapterErrorCode, details: AdapterErrorDetails = {}) {
    const { message, fieldErrors, retryAfter, current, cause } = details;
    super(typeof message === 'string' ? message : '', cause === undefined ? undefined : { cause });
    this.code = code;
    this.fieldErrors =
      typeof fieldErrors === 'object' && fieldErrors
        ? Object.fromEntries(
            Object.entries(fieldErrors)
              .map(([path, said]) => [path, fieldText(said)] as const)
              .filter(([, said]) => said),
          )
        : undefined;
    // Not NaN, not infinite, not in the past.
    this.retryAfter = typeof retryAfter === 'number' && retryAfter > 0 ? Math.min(retryAfter, LONGEST) : undefined;
    this.current = current;
  }
}

/** True for an object that carries one of the codes, whichever copy of this package made it. */
export const isAdapterError = (value: unknown): value is AdapterError =>
  typeof value === 'object' &&
  value !== null &&
  adapterErrorCodes.includes((value as { code?: AdapterErrorCode }).code as AdapterErrorCode);

/**
 * Whatever a host threw, as an {@link AdapterError}. The message of something that is no adapter error is not shown to
 * people: it may hold anything.
 */
export function toAdapterError(thrown: unknown): AdapterError {
  if (thrown instanceof AdapterError) return thrown;
  if (!isAdapterError(thrown)) return new AdapterError('unknown', { cause: thrown });
  const { code, message, fieldErrors, retryAfter, current } = thrown;
  return new AdapterError(code, { message, fieldErrors, retryAfter, current, cause: thrown });
}
