// A host over HTTP, as the REST adapter expects one. It keeps nothing itself: an adapter (the one in memory) is its state.
import { createServer } from 'node:http';

const statuses = {
  validation: 422,
  conflict: 412,
  'not-found': 404,
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  unavailable: 503,
};

const pointerOf = (path) =>
  `#/${path
    .split('.')
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')}`;

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text ? JSON.parse(text) : undefined;
}

/** What is told of webhooks by a host whose versions are ETags alone. */
const withoutVersions = (body) =>
  Array.isArray(body) ? body.map(withoutVersions) : { ...body, version: undefined, current: undefined, ...(body.items && { items: withoutVersions(body.items) }) };

const booleanOf = (text) => (text === null ? undefined : text === 'true');

/** What the request asks of the adapter: [status, body]. */
async function answer(adapter, request, url, signal) {
  const [collection, id, more] = url.pathname.split('/').slice(2).map(decodeURIComponent);
  const version = request.headers['if-match']?.replace(/^"(.*)"$/, '$1');
  const route = `${request.method} ${collection}${id === undefined ? '' : '/id'}${more === undefined ? '' : `/${more}`}`;
  const query = url.searchParams;
  /** A host without a catalogue has nothing there. */
  const catalogue = (method) => {
    if (!adapter[method]) throw { code: 'not-found' };
    return adapter[method]({ signal });
  };
  switch (route) {
    case 'GET webhooks': {
      const given = {
        limit: Number(query.get('limit')),
        cursor: query.get('cursor'),
        search: query.get('search'),
        sort: query.get('sort'),
        event: query.get('event'),
        active: booleanOf(query.get('active')),
        test: booleanOf(query.get('test')),
      };
      const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
      return [200, await adapter.list(known, { signal })];
    }
    case 'POST webhooks': {
      // In the quotes of the IETF draft, too.
      const idempotencyKey = request.headers['idempotency-key']?.replace(/^"(.*)"$/, '$1');
      return [201, await adapter.create(await bodyOf(request), { signal, idempotencyKey })];
    }
    case 'GET webhooks/id':
      return [200, await adapter.get(id, { signal })];
    case 'PATCH webhooks/id':
      return [200, await adapter.update(id, await bodyOf(request), { signal, version })];
    case 'DELETE webhooks/id':
      return [204, await adapter.delete(id, { signal, version })];
    case 'POST webhooks/id':
      if (id !== 'test') throw { code: 'not-found' };
      return [200, await adapter.sendTest(await bodyOf(request), { signal })];
    case 'GET webhooks/id/deliveries': {
      const given = { ...Object.fromEntries(query), limit: Number(query.get('limit')) };
      return [200, await adapter.listDeliveries(id, given, { signal })];
    }
    case 'POST deliveries/id/redeliver':
      return [200, await adapter.redeliver(id, { signal })];
    case 'GET event-types':
      return [200, await catalogue('listEventTypes')];
    case 'GET organizations':
      return [200, await catalogue('listOrganizations')];
    default:
      throw { code: 'not-found' };
  }
}

/**
 * Starts a host on a free port of 127.0.0.1.
 *
 * @param {object} [options]
 * @param {object} [options.adapter] its state; `host.adapter` may be set to another one later
 * @param {(request, response) => boolean | void} [options.intercept] true when it has answered the request itself
 * @param {boolean} [options.versionInBody] false: a version is told by the ETag alone, a conflict without `current`
 * @param {string} [options.allowOrigin] the origin of pages that may call it
 * @returns {Promise<{ baseUrl: string, adapter: object, requests: object[], close(): Promise<void> }>}
 */
export async function startHttpHost({ adapter, intercept, versionInBody = true, allowOrigin } = {}) {
  const host = { adapter, requests: [] };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://host');
    host.requests.push({ method: request.method, path: request.url, headers: request.headers });
    if (allowOrigin) {
      response.setHeader('access-control-allow-origin', allowOrigin);
      response.setHeader('access-control-expose-headers', 'etag, retry-after');
      response.setHeader('access-control-allow-headers', 'content-type, idempotency-key, if-match, authorization');
      response.setHeader('access-control-allow-methods', 'GET, POST, PATCH, DELETE');
      if (request.method === 'OPTIONS') return response.writeHead(204).end();
    }
    if (intercept?.(request, response)) return undefined;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const send = (status, type, body) => {
      const text = body === undefined ? undefined : JSON.stringify(versionInBody ? body : withoutVersions(body));
      response.writeHead(status, text === undefined ? {} : { 'content-type': type }).end(text);
    };
    try {
      const [status, body] = await answer(host.adapter, request, url, gone.signal);
      if (body?.version) response.setHeader('etag', `"${body.version}"`);
      send(status, 'application/json', body);
    } catch (error) {
      const { code, message, fieldErrors = {}, retryAfter, current } = error;
      if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
      send(statuses[code] ?? 500, 'application/problem+json', {
        title: code,
        detail: message,
        errors: Object.entries(fieldErrors).map(([path, detail]) => ({ pointer: pointerOf(path), detail })),
        current,
      });
    }
    return undefined;
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.baseUrl = `http://127.0.0.1:${server.address().port}/api`;
  host.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return host;
}
