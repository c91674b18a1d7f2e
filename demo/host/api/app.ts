import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { notFound, Problem } from '../problem.js';
import type { Env, Services } from './context.js';
import { findUser, maySetWebhooks, ownHost, requireAdmin, sameOrigin, SESSION_COOKIE, signedIn } from './guard.js';
import { openApiDocument } from './openapi.js';
import { handleError, problemResponse, reportError, unforeseen } from './problems.js';
import { sessionRoutes } from './session.js';
import { webhookRoutes } from './webhooks.js';

const MAX_BODY = 512 * 1024;
const MAX_DRAINED = 8 * MAX_BODY;

/** Where everything that this host serves is. */
export const BASE = '/host';

const page = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;

/** The whole HTTP side of the host. */
export function createApp(services: Services): Hono<Env> {
  const app = new Hono<Env>().basePath(BASE);
  app.onError(handleError);
  app.notFound((c) => problemResponse(c, new Problem(404, 'There is no such thing.')));
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] }, strictTransportSecurity: false }));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.use(ownHost(services.publicUrl), sameOrigin);
  // PostgreSQL's text has no NUL, so nothing has an id with one.
  app.use(async (c, next) => {
    if (c.req.path.includes('\0') || /%00/.test(new URL(c.req.url).pathname)) throw notFound();
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      onError: async (c) => {
        // Whoever is cut off while still sending may not get to read the answer.
        if (Number(c.req.header('content-length')) <= MAX_DRAINED) await c.req.raw.arrayBuffer();
        throw new Problem(413, 'The body is too large.');
      },
    }),
  );

  app.get('/openapi.json', (c) => c.json(openApiDocument()));
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.route('/api', sessionRoutes(services));

  /** Where a provider sends the browser back to. */
  const redirectUri = (c: Context) =>
    `${services.publicUrl ? new URL(services.publicUrl).origin : `${new URL(c.req.url).protocol}//${c.req.header('host')}`}${BASE}/oauth/callback`;

  // A browser comes here by a link, so a failure is a page.
  app.get('/oauth/callback', async (c) => {
    try {
      const user = await findUser(services.db, getCookie(c, SESSION_COOKIE));
      if (!user) throw new Problem(401, 'Sign in first, then connect again.');
      requireAdmin(user);
      await services.logins.finish({ userId: user.id, accountId: user.accountId }, new URL(c.req.url).searchParams, redirectUri(c));
      return c.html(page('Connected', 'This webhook may now act for you. You can close this window.'));
    } catch (error) {
      if (!(error instanceof Problem)) reportError(c, error as Error);
      const { title, status } = error instanceof Problem ? error : unforeseen();
      return c.html(page('Not connected', title), status as 400);
    }
  });

  const api = new Hono<Env>();
  api.use(signedIn(services.db), maySetWebhooks);
  api.route('/', webhookRoutes(services, redirectUri));
  app.route('/api', api);
  return app;
}
