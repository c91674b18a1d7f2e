import type { AdapterCapability, DeliveryAttempt, DeliveryPage, WebhookAdapter } from '../core/adapter.js';
import { AdapterError, isAdapterError, type AdapterErrorCode } from '../core/adapter-error.js';
import type { EventType } from '../core/event-type.js';
import type { Organization } from '../core/organization.js';
import type { WebhookPage } from '../core/page.js';
import type { Webhook } from '../core/webhook.js';
import { restCapabilities } from './rest-capabilities.js';
import { asWebhook, toProblemError } from './problem.js';
import { sleep } from './sleep.js';
import { withoutNulls } from './without-nulls.js';

export interface RestAdapterOptions {
  /** Where the API is; `/webhooks` and so on follow it. A relative one is resolved once, against the page (in Node it stays as it is). */
  baseUrl: string | URL;
  /** Instead of the global one. What it is called with has to arrive, `cache: 'no-store'` too: an old answer is no answer. */
  fetch?: typeof fetch;
  /** Sent with every request, or a function that is asked before each one (for a token that expires, say). What the mapping sets itself wins. */
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
/** Seconds from the first try on: longer than that people are told instead, and may retry themselves. */
const PATIENCE = 10;
const transient = ['network', 'unavailable', 'rate-limited'];

/**
 * The version in an entity tag (RFC 9110 §8.8.3): what is between its quotes, or with them where nothing else goes back byte
 * by byte. A weak one loses its mark: If-Match compares strongly.
 */
const toVersion = (tag: string) => tag.replace(/^W\//, '').replace(/^"([ !#-~]*)"$/, '$1');

/**
 * The entity tag of a version: of one in quotes that itself. A space is none of a tag's characters, but hosts that put one
 * in compare what they get; what would end the tag, or no header can hold, is percent-encoded.
 */
const toTag = (version: string) =>
  /^(?:W\/)?("[ -~\x80-\xff]*")$/.exec(version)?.[1] ?? `"${version.replace(/[^ !#-~]+/g, encodeURIComponent)}"`;

const ifMatch = (version?: string) => (version === undefined ? {} : { 'if-match': toTag(version) });

const queryOf = (query: object) => {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '') as [string, string][];
  return entries.length ? `?${new URLSearchParams(entries)}` : '';
};

/** What only a developer can mend, told to them; what they handed in may be a secret, and is not repeated. */
function fault(code: AdapterErrorCode, what: string, cause: unknown = new TypeError(what)): AdapterError {
  console.error(`webhook-settings: createRestAdapter: ${what}.`);
  return new AdapterError(code, { cause });
}

/**
 * An adapter for a host that speaks the mapping of `demo/rest.md` to HTTP, in JSON:
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
 * A webhook's version is its `version`, else its ETag. Refusals are problem details (RFC 9457). Reading, and creating with a
 * key (which makes it safe), is tried up to twice more when it failed in passing.
 */
export function createRestAdapter({
  baseUrl,
  fetch: send = (...args) => fetch(...args),
  headers: ownHeaders,
  credentials,
  capabilities = restCapabilities,
}: RestAdapterOptions): WebhookAdapter {
  // Told in the console as well: from the CDN files it is thrown within the first call.
  if (/[?#]|\/\/[^/]*@/.test(String(baseUrl))) throw fault('unknown', 'baseUrl has a user, a query or a fragment').cause as TypeError;
  const { baseURI } = (globalThis as { document?: Document }).document ?? {};
  // Here and now: a router may change the address of the page later.
  const base = (URL.canParse(baseUrl, baseURI) ? new URL(baseUrl, baseURI).href : String(baseUrl)).replace(/\/+$/, '');
  const canGet = capabilities.includes('get');

  async function headersWith(more: Record<string, string | undefined>): Promise<Headers> {
    let given: HeadersInit | undefined;
    try {
      given = typeof ownHeaders === 'function' ? await ownHeaders() : ownHeaders;
    } catch (error) {
      if (isAdapterError(error)) throw error;
      // A page may have to fetch a token for them; each engine has its own words for a lost connection.
      if (/^(?:Timeout|Abort)Error|^TypeError: (?:failed to fetch|fetch failed|load failed|networkerror)/i.test(String(error)))
        throw new AdapterError('network', { cause: error });
      throw fault('unknown', 'headers() failed', error);
    }
    try {
      const headers = new Headers(given);
      for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value);
      return headers;
    } catch {
      // What the engine says may quote a token.
      throw fault('unknown', 'the headers are not valid');
    }
  }

  async function attempt(path: string, signal: AbortSignal, { method = 'GET', body, ...extra }: RestRequest): Promise<unknown> {
    const headers = await headersWith({
      accept: 'application/json, application/problem+json',
      'content-type': body ? 'application/json' : undefined,
      ...extra.headers,
    });
    const arrived = async <Part>(part: () => Promise<Part>): Promise<Part> => {
      try {
        return await part();
      } catch (error) {
        signal.throwIfAborted();
        if (isAdapterError(error)) throw error;
        const isLost = /^(?:Type|Timeout|Abort)Error/.test(String(error));
        throw isLost ? new AdapterError('network', { cause: error }) : fault('unknown', 'fetch failed', error);
      }
    };
    // Not from a cache: what someone else has changed has to show, and to be what a conflict is resolved with.
    const init: RequestInit = { method, headers, credentials, signal, cache: 'no-store', body: body ? JSON.stringify(body) : undefined };
    const response = await arrived(async () => send(base + path, init));
    if (typeof (response as Partial<Response> | undefined)?.text !== 'function') throw fault('unknown', 'fetch gave no Response');
    const text = await arrived(() => response.text());
    let answer: unknown;
    try {
      answer = withoutNulls(JSON.parse(text));
    } catch {
      // The parser's message quotes the text, which is nobody's to read.
    }
    const tag = response.headers.get('etag');
    const tagged = (one: unknown): unknown => {
      const { id, version } = { ...(one as Webhook | undefined) };
      return tag && id ? { ...(one as Webhook), version: version ?? toVersion(tag) } : one;
    };
    const isChange = method === 'PATCH' || method === 'DELETE';
    if (!response.ok) {
      let current = asWebhook(tagged((answer as { current?: unknown } | undefined)?.current));
      if (response.status === 412 && isChange && canGet && current?.version === undefined)
        current = await attempt(path, signal, {}).then(asWebhook, (error: AdapterError) => {
          if (error.code === 'not-found') throw error;
          return current;
        });
      throw toProblemError(response, answer, current);
    }
    if (answer === undefined && method !== 'DELETE') {
      // Stored, and nothing said of it: asked for, where it is known what to ask for.
      const made = /([^/?#]+)\/?(?:[?#]|$)/.exec((path === '/webhooks' && response.headers.get('location')) || '')?.[1];
      if (!text && canGet && (isChange || made)) return call(made ? pathOf('webhooks', decodeURIComponent(made)) : path, signal);
      throw new AdapterError('unknown', { cause: new TypeError(`${method} ${path}: the answer is no JSON`) });
    }
    return tagged(answer);
  }

  async function call<Answer>(path: string, signal: AbortSignal, request: RestRequest = {}, repeatable = !request.method): Promise<Answer> {
    const start = performance.now();
    for (let retry = 0; ; retry++)
      try {
        return (await attempt(path, signal, request)) as Answer;
      } catch (error) {
        if (!repeatable || !isAdapterError(error)) throw error;
        const { code, retryAfter = 0, current, fieldErrors } = error;
        // The try before is still under way there (IETF draft Idempotency-Key §2.6).
        const isUnderWay = request.method && retry && code === 'conflict' && !current && !fieldErrors;
        if (!isUnderWay && !transient.includes(code)) throw error;
        if (retry >= RETRIES && !(isUnderWay && retryAfter)) throw error;
        // Jitter, so that clients that failed together do not come back together.
        const wait = (retryAfter + Math.random() * 0.5 * 2 ** retry) * 1000;
        if (performance.now() - start + wait > PATIENCE * 1000) throw error;
        await sleep(wait, signal);
      }
  }

  /** Where there is no list, nothing that was in it is gone: the address is wrong. */
  const ofAll = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw isAdapterError(error) && error.code === 'not-found' ? fault('unavailable', `there is no ${base}/webhooks`, error) : error;
    }
  };

  const pathOf = (collection: 'webhooks' | 'deliveries', id: string) => {
    // A URL takes dots for steps through folders, whatever their encoding, and has no half of a surrogate pair (WHATWG URL).
    if (/^\.{0,2}$|\p{Cs}/u.test(id)) throw new AdapterError('not-found');
    return `/${collection}/${encodeURIComponent(id)}`;
  };

  /** Changes a webhook. A server that has versions as ETags alone has told none of them in a list. */
  async function change<Answer>(id: string, signal: AbortSignal, version: string | undefined, request: RestRequest): Promise<Answer> {
    const path = pathOf('webhooks', id);
    try {
      return await call<Answer>(path, signal, { ...request, headers: ifMatch(version) });
    } catch (error) {
      const isDemanded = (error as { cause?: { status?: number } }).cause?.status === 428;
      if (version !== undefined || !isDemanded || !canGet) throw error;
      const current = await call<Webhook>(path, signal);
      return await call<Answer>(path, signal, { ...request, headers: ifMatch(current.version) });
    }
  }

  // Each is async, so that also what is wrong from the start is a rejection.
  const methods: WebhookAdapter = {
    list: async (query, { signal }) => ofAll(call<WebhookPage>(`/webhooks${queryOf(query)}`, signal)),
    // The key as it is, not in the quotes of the IETF draft: most servers of today take it so, and some take nothing else.
    create: async (body, { signal, idempotencyKey: key }) =>
      ofAll(call<Webhook>('/webhooks', signal, { method: 'POST', body, headers: { 'idempotency-key': key } }, !!key)),
    get: async (id, { signal }) => call<Webhook>(pathOf('webhooks', id), signal),
    update: async (id, body, { signal, version }) => change<Webhook>(id, signal, version, { method: 'PATCH', body }),
    delete: async (id, { signal, version }) => {
      await change(id, signal, version, { method: 'DELETE' });
    },
    listEventTypes: async ({ signal }) => call<EventType[]>('/event-types', signal),
    listOrganizations: async ({ signal }) => call<Organization[]>('/organizations', signal),
    sendTest: async (body, { signal }) => call<DeliveryAttempt>('/webhooks/test', signal, { method: 'POST', body }),
    listDeliveries: async (id, query, { signal }) => call<DeliveryPage>(`${pathOf('webhooks', id)}/deliveries${queryOf(query)}`, signal),
    redeliver: async (id, { signal }) =>
      call<DeliveryAttempt>(`${pathOf('deliveries', id)}/redeliver`, signal, { method: 'POST' }),
  };
  const offered = ['list', 'create', ...capabilities];
  return Object.fromEntries(Object.entries(methods).filter(([name]) => offered.includes(name))) as unknown as WebhookAdapter;
}
