import { request as call } from 'node:http';

/** Paths below these go to another server, as if it were this one: the page, its API and its cookie have one origin. */
const prefixes = [
  ['/host/', 'host'],
  ['/receivers/', 'receivers'],
];

/** The embedded database takes a few seconds on the first run. */
const PATIENCE_MS = 30_000;

/**
 * A Vite plugin: hands requests on to the reference host and its receivers, once they run; 503 where they do not.
 *
 * @param {{ addresses?: Promise<{ host: string, receivers: string }> }} host
 */
export function hostProxy(host) {
  return {
    name: 'webhook-settings-demo:host-proxy',
    configureServer({ middlewares }) {
      middlewares.use(async (request, response, next) => {
        const [, name] = prefixes.find(([prefix]) => request.url?.startsWith(prefix)) ?? [];
        if (!name) return next();
        const away = () => {
          if (response.headersSent) return response.destroy();
          return response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'application/problem+json' }).end('{"title":"The host is not running yet.","status":503}');
        };
        let timer;
        const tooLate = new Promise((resolve) => (timer = setTimeout(resolve, host.addresses ? PATIENCE_MS : 0)));
        const addresses = await Promise.race([host.addresses ?? tooLate, tooLate]);
        clearTimeout(timer);
        const address = addresses?.[name];
        if (!address) return away();
        const { method, headers, url } = request;
        const forwarded = call(new URL(url, address), { method, headers }, (answer) => {
          response.writeHead(answer.statusCode, answer.headers);
          answer.pipe(response);
        });
        forwarded.on('error', away);
        response.on('close', () => forwarded.destroy());
        request.pipe(forwarded);
        return undefined;
      });
    },
  };
}
