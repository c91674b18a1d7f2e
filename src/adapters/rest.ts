import type { AdapterCapability, DeliveryAttempt, DeliveryPage, WebhookAdapter } from '../core/adapter.js';
import { AdapterError, isAdapterError } from '../core/adapter-error.js';
import type { EventType } from '../core/event-type.js';
import type { Organization } from '../core/organization.js';
import type { WebhookPage } from '../core/page.js';
import type { Webhook } from '../core/webhook.js';
import { restCapabilities } from './rest-capabilities.js';
import { asWebhook, toProblemError } from './problem.js';
import { sleep } from './sleep.js';

export interface RestAdapterOptions {
  /** Where the API is; `/webhooks` and so on follow it. */
  baseUrl: string | URL;
  /** Instead of the global one. */
  fetch?: typeof fetch;
  /** Sent with every request, or a function that is asked before each one (for a token that expires, say). */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** As in `fetch`; `include` sends cookies to another origin. */
  credentials?: RequestCredentials;
  /** The optional methods that the server has. Default: get, update, delete, listEventTypes, listOrganizations. */
  capabilities?: readonly AdapterCapability[];
}

interface RestRequest {
  method?: string;
  body?: unknown;
  headers?: Record<string, string | undefined>;
}

const RETRIES = 2;
/** Seconds; whoever would have to wait longer is told instead. */
const LONGEST_WAIT = 10;
const transient = ['network', 'unavailable', 'rate-limited'];

/** An entity tag (RFC 9110 §8.8.3) without its quotes. A weak one loses its mark: If-Match compares strongly. */
const opaqueTag = (tag: string) => tag.replace(/^(?:W\/)?"(.*)"$/, '$1');

const ifMatch = (version?: string) => ({ 'if-match': version === undefined ? undefined : `"${opaqueTag(version)}"` });

const queryOf = (query: object) => {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '') as [string, string][];
  return entries.length ? `?${new URLSearchParams(entries)}` : '';
};

/**
 * An adapter for a host that speaks this mapping to HTTP, in JSON:
 *
 * | method | request |
 * |---|---|
 * | list | `GET /webhooks?cursor&limit&search&sort&active&test&event` |
 * | create | `POST /webhooks` with `Idempotency-Key` |
 * | get, update, delete | `GET`, `PATCH`, `DELETE /webhooks/{id}`; the last two with `If-Match` when a version is known |
 * | listEventTypes, listOrganizations | `GET /event-types`, `GET /organizations`: an array |
 * | sendTest | `POST /webhooks/test` |
 * | listDeliveries, redeliver | `GET /webhooks/{id}/deliveries?cursor&limit&…`, `POST /deliveries/{id}/redeliver` |
 *
 * A webhook's version is its `version`, else its ETag. Failures: 400 and 422 `validation`, 401 `unauthenticated`,
 * 403 `forbidden`, 404 and 410 `not-found`, 409 and 412 `conflict` (`current` is asked for after 412 alone: 409 is
 * another clash than that of versions), 429 `rate-limited`, 5xx `unavailable`, no answer `network`, and the rest, 428
 * included, `unknown`. Problem details (RFC 9457) say more, with `errors: [{ pointer, detail }]` for fields.
 *
 * Reading, and creating (its key makes it safe), is tried up to twice more when it failed in passing. Across origins
 * the server has to expose `ETag` and `Retry-After` (Access-Control-Expose-Headers).
 */
export function createRestAdapter({
  baseUrl,
  fetch: send = (...args) => fetch(...args),
  headers: ownHeaders,
  credentials,
  capabilities = restCapabilities,
}: RestAdapterOptions): WebhookAdapter {
  const base = String(baseUrl).replace(/\/+$/, '');

  async function attempt(path: string, signal: AbortSignal, { method = 'GET', body, ...extra }: RestRequest): Promise<unknown> {
    const headers = new Headers(typeof ownHeaders === 'function' ? await ownHeaders() : ownHeaders);
    const more = { accept: 'application/json', 'content-type': body ? 'application/json' : undefined, ...extra.headers };
    for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value);
    let response: Response;
    let text: string;
    try {
      response = await send(base + path, { method, headers, credentials, signal, body: body ? JSON.stringify(body) : undefined });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      if (isAdapterError(error)) throw error;
      throw new AdapterError((error as Error | undefined)?.name === 'TypeError' ? 'network' : 'unknown', { cause: error });
    }
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      // The parser's message quotes the text, which is nobody's to read.
    }
    if (!response.ok) {
      let current = asWebhook((answer as { current?: unknown } | undefined)?.current);
      if (!current && response.status === 412 && method !== 'GET' && capabilities.includes('get'))
        current = await attempt(path, signal, {}).then(asWebhook, () => undefined);
      throw toProblemError(response, answer, current);
    }
    if (answer === undefined && method !== 'DELETE')
      throw new AdapterError('unknown', { cause: new TypeError(`${method} ${path}: the answer is no JSON`) });
    const tag = response.headers.get('etag');
    return tag && (answer as Webhook | undefined)?.id ? { version: opaqueTag(tag), ...(answer as Webhook) } : answer;
  }

  async function call<Answer>(path: string, signal: AbortSignal, request: RestRequest = {}, repeatable = !request.method): Promise<Answer> {
    for (let retry = 0; ; retry++)
      try {
        return (await attempt(path, signal, request)) as Answer;
      } catch (error) {
        if (!repeatable || retry === RETRIES || !isAdapterError(error) || !transient.includes(error.code)) throw error;
        // Full jitter, so that clients that failed together do not come back together.
        const seconds = error.retryAfter ?? Math.random() * 0.5 * 2 ** retry;
        if (seconds > LONGEST_WAIT) throw error;
        await sleep(seconds * 1000, signal);
      }
  }

  const pathOf = (id: string) => {
    // A URL takes these for steps through folders, whatever their encoding (WHATWG URL).
    if (/^\.\.?$/.test(id)) throw new AdapterError('not-found');
    return `/webhooks/${encodeURIComponent(id)}`;
  };

  const methods: WebhookAdapter = {
    list: (query, { signal }) => call<WebhookPage>(`/webhooks${queryOf(query)}`, signal),
    create: (body, { signal, idempotencyKey }) =>
      call<Webhook>('/webhooks', signal, { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } }, true),
    get: (id, { signal }) => call<Webhook>(pathOf(id), signal),
    update: (id, body, { signal, version }) =>
      call<Webhook>(pathOf(id), signal, { method: 'PATCH', body, headers: ifMatch(version) }),
    delete: async (id, { signal, version }) => {
      await call(pathOf(id), signal, { method: 'DELETE', headers: ifMatch(version) });
    },
    listEventTypes: ({ signal }) => call<EventType[]>('/event-types', signal),
    listOrganizations: ({ signal }) => call<Organization[]>('/organizations', signal),
    sendTest: (body, { signal }) => call<DeliveryAttempt>('/webhooks/test', signal, { method: 'POST', body }),
    listDeliveries: (id, query, { signal }) => call<DeliveryPage>(`${pathOf(id)}/deliveries${queryOf(query)}`, signal),
    redeliver: (id, { signal }) =>
      call<DeliveryAttempt>(`/deliveries/${encodeURIComponent(id)}/redeliver`, signal, { method: 'POST' }),
  };
  const offered = ['list', 'create', ...capabilities];
  return Object.fromEntries(Object.entries(methods).filter(([name]) => offered.includes(name))) as unknown as WebhookAdapter;
}
