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
/** Seconds, for all retries together: longer than that people are told instead, and may retry themselves. */
const PATIENCE = 10;
const transient = ['network', 'unavailable', 'rate-limited'];

/** What a version may hold to go back as an entity tag (RFC 9110 §8.8.3). */
const isTag = (version: string) => /^[!#-~\x80-\xff]*$/.test(version);

/** An entity tag (RFC 9110 §8.8.3) without its quotes. A weak one loses its mark: If-Match compares strongly. */
const opaqueTag = (tag: string) => tag.replace(/^(?:W\/)?"(.*)"$/, '$1');

function ifMatch(version?: string): Record<string, string | undefined> {
  if (version === undefined) return {};
  const tag = opaqueTag(version);
  if (!isTag(tag)) throw new AdapterError('unknown', { cause: new TypeError('the version cannot be an entity tag') });
  return { 'if-match': `"${tag}"` };
}

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
 * A webhook's version is its `version`, else its ETag; where neither is known and the server demands one (428), it is asked
 * for. A change that is answered without content is followed by `GET`. Failures: 400 and 422 `validation`, 401 `unauthenticated`,
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
  if (/[?#]/.test(String(baseUrl))) throw new TypeError(`baseUrl has a query or a fragment: ${String(baseUrl)}`);
  const base = String(baseUrl).replace(/\/+$/, '');

  async function attempt(path: string, signal: AbortSignal, { method = 'GET', body, ...extra }: RestRequest): Promise<unknown> {
    const more = { accept: 'application/json', 'content-type': body ? 'application/json' : undefined, ...extra.headers };
    let response: Response;
    let text: string;
    try {
      // Within the try: a page may have to fetch a token for them.
      const headers = new Headers(typeof ownHeaders === 'function' ? await ownHeaders() : ownHeaders);
      for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value);
      response = await send(base + path, { method, headers, credentials, signal, body: body ? JSON.stringify(body) : undefined });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      if (isAdapterError(error)) throw error;
      const isNetwork = ['TypeError', 'TimeoutError'].includes((error as Error | undefined)?.name ?? '');
      throw new AdapterError(isNetwork ? 'network' : 'unknown', { cause: error });
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
    const mayBeEmpty = method === 'DELETE' || (method === 'PATCH' && response.status === 204 && capabilities.includes('get'));
    if (answer === undefined && !mayBeEmpty)
      throw new AdapterError('unknown', { cause: new TypeError(`${method} ${path}: the answer is no JSON`) });
    const tag = response.headers.get('etag');
    const { id, version } = { ...(answer as Webhook | undefined) };
    return tag && id ? { ...(answer as Webhook), version: version ?? opaqueTag(tag) } : answer;
  }

  async function call<Answer>(path: string, signal: AbortSignal, request: RestRequest = {}, repeatable = !request.method): Promise<Answer> {
    let waited = 0;
    for (let retry = 0; ; retry++)
      try {
        return (await attempt(path, signal, request)) as Answer;
      } catch (error) {
        if (!repeatable || retry === RETRIES || !isAdapterError(error) || !transient.includes(error.code)) throw error;
        // Jitter, so that clients that failed together do not come back together.
        const seconds = (error.retryAfter ?? 0) + Math.random() * 0.5 * 2 ** retry;
        waited += seconds;
        if (waited > PATIENCE) throw error;
        await sleep(seconds * 1000, signal);
      }
  }

  const pathOf = (collection: 'webhooks' | 'deliveries', id: string) => {
    // A URL takes dots for steps through folders, whatever their encoding (WHATWG URL).
    if (/^\.{0,2}$/.test(id)) throw new AdapterError('not-found');
    return `/${collection}/${encodeURIComponent(id)}`;
  };

  /** Changes a webhook. A server that has versions as ETags alone has told none of them in a list. */
  async function change<Answer>(id: string, signal: AbortSignal, version: string | undefined, request: RestRequest): Promise<Answer> {
    const path = pathOf('webhooks', id);
    try {
      return await call<Answer>(path, signal, { ...request, headers: ifMatch(version) });
    } catch (error) {
      const isDemanded = (error as { cause?: { status?: number } }).cause?.status === 428;
      if (version !== undefined || !isDemanded || !capabilities.includes('get')) throw error;
      const current = await call<Webhook>(path, signal);
      return await call<Answer>(path, signal, { ...request, headers: ifMatch(current.version) });
    }
  }

  const methods: WebhookAdapter = {
    list: (query, { signal }) => call<WebhookPage>(`/webhooks${queryOf(query)}`, signal),
    create: (body, { signal, idempotencyKey }) =>
      call<Webhook>('/webhooks', signal, { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } }, true),
    get: (id, { signal }) => call<Webhook>(pathOf('webhooks', id), signal),
    update: async (id, body, { signal, version }) =>
      (await change<Webhook | undefined>(id, signal, version, { method: 'PATCH', body })) ?? methods.get!(id, { signal }),
    delete: async (id, { signal, version }) => {
      await change(id, signal, version, { method: 'DELETE' });
    },
    listEventTypes: ({ signal }) => call<EventType[]>('/event-types', signal),
    listOrganizations: ({ signal }) => call<Organization[]>('/organizations', signal),
    sendTest: (body, { signal }) => call<DeliveryAttempt>('/webhooks/test', signal, { method: 'POST', body }),
    listDeliveries: (id, query, { signal }) => call<DeliveryPage>(`${pathOf('webhooks', id)}/deliveries${queryOf(query)}`, signal),
    redeliver: async (id, { signal }) =>
      call<DeliveryAttempt>(`${pathOf('deliveries', id)}/redeliver`, signal, { method: 'POST' }),
  };
  const offered = ['list', 'create', ...capabilities];
  return Object.fromEntries(Object.entries(methods).filter(([name]) => offered.includes(name))) as unknown as WebhookAdapter;
}
