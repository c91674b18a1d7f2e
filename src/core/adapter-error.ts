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

/** Why a call failed. Any object with such a `code` is taken for one: it need not be of this class. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly code: AdapterErrorCode;
  readonly fieldErrors: Readonly<Record<string, string>> | undefined;
  readonly retryAfter: number | undefined;
  readonly current: Webhook | undefined;

  constructor(code: AdapterErrorCode, details: AdapterErrorDetails = {}) {
    super(details.message ?? '', details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fieldErrors = details.fieldErrors;
    this.retryAfter = details.retryAfter;
    this.current = details.current;
  }
}

/** True for an object that carries one of the codes, whichever copy of this package made it. */
export const isAdapterError = (value: unknown): value is AdapterError =>
  typeof value === 'object' &&
  value !== null &&
  adapterErrorCodes.includes((value as { code?: AdapterErrorCode }).code as AdapterErrorCode);

/**
 * Whatever a host threw, as an {@link AdapterError}. What it carries is untrusted: a part that is not of its type is
 * left out, and the message of something that is no adapter error is not shown to people (it may hold anything).
 */
export function toAdapterError(thrown: unknown): AdapterError {
  if (thrown instanceof AdapterError) return thrown;
  if (!isAdapterError(thrown)) return new AdapterError('unknown', { cause: thrown });
  const { code, message, fieldErrors, retryAfter, current } = thrown;
  return new AdapterError(code, {
    message: typeof message === 'string' ? message : undefined,
    fieldErrors:
      typeof fieldErrors === 'object' && fieldErrors
        ? Object.fromEntries(Object.entries(fieldErrors).filter(([, text]) => typeof text === 'string'))
        : undefined,
    retryAfter: typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : undefined,
    current,
    cause: thrown,
  });
}
