import type { DeliveryAttempt, WebhookInput } from 'webhook-settings/core';
import { buildRequest, describeRequest, type BuiltRequest, type Call } from './build-request.js';
import { createMask } from './mask.js';
import { send, SendError, type Answer, type SendOptions } from './send.js';

/** What came of one call, without a secret in it. */
export interface Exchange extends Pick<DeliveryAttempt, 'request' | 'response' | 'startedAt'> {
  outcome: 'succeeded' | 'failed';
  durationMs: number;
  error?: string;
  /** Seconds that the receiver asks to be left alone. */
  retryAfter?: number;
}

const errorOf = ({ status, tooLarge }: Answer): string | undefined =>
  tooLarge ? 'too-large' : status >= 200 && status < 300 ? undefined : status >= 300 && status < 400 ? 'redirect' : 'status';

/** The seconds in a Retry-After header (RFC 9110 §10.2.3), where the receiver is overloaded or away (429, 503). */
export function retryAfterOf({ status, headers }: Pick<Answer, 'status' | 'headers'>): number | undefined {
  const value = headers.find(({ key }) => key.toLowerCase() === 'retry-after')?.value.trim() ?? '';
  if (status !== 429 && status !== 503) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const at = /^[A-Z][a-z]+, .+ GMT$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** What a call that could not be built would have been. */
export const describeUnbuilt = ({ method, url, headers }: Pick<WebhookInput, 'method' | 'url' | 'headers'>): DeliveryAttempt['request'] => ({ method, url, headers });

/**
 * Calls the receiver once. Never rejects: what went wrong is in the answer.
 *
 * @param renew forgets an access token that the receiver refused, and says whether there may be a new one
 */
export async function deliver(call: Call, options: SendOptions, renew?: () => Promise<boolean>): Promise<Exchange> {
  const start = new Date();
  const startedAt = start.toISOString();
  const duration = () => Date.now() - start.getTime();
  let built: BuiltRequest | undefined;
  try {
    built = await buildRequest(call);
    let answer = await send(built, options);
    if (answer.status === 401 && (await renew?.())) {
      built = await buildRequest(call);
      answer = await send(built, options);
    }
    const mask = createMask(built.secrets);
    const error = errorOf(answer);
    const retryAfter = retryAfterOf(answer);
    return {
      outcome: error === undefined ? 'succeeded' : 'failed',
      startedAt,
      durationMs: duration(),
      request: describeRequest(built),
      response: { status: answer.status, headers: mask.headers(answer.headers), body: mask.text(answer.body, answer.tooLarge) },
      ...(error !== undefined && { error }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
  } catch (error) {
    // Of an error that is none of ours nothing is shown: it may hold anything.
    const code = error instanceof SendError ? error.code : 'internal';
    if (code === 'internal') console.error(`delivery: ${(error as Error).name}`);
    return { outcome: 'failed', startedAt, durationMs: duration(), request: built ? describeRequest(built) : describeUnbuilt(call.webhook), error: code };
  }
}
