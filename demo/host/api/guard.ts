import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Database } from '../database/open.js';
import { hashToken } from '../ids.js';
import { Problem } from '../problem.js';
import type { Env, User } from './context.js';

export const SESSION_COOKIE = 'webhook_host_session';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site asks for with this person's cookie. Every browser sends Origin with it; what sends
 * none is no browser, and has no cookie that it was not given.
 */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  if (!safeMethods.has(c.req.method)) {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isForeign = origin !== undefined ? origin.replace(/^https?:\/\//, '') !== c.req.header('host') : site !== undefined && site !== 'same-origin' && site !== 'none';
    if (isForeign) throw new Problem(403, 'This request comes from another site.');
  }
  await next();
};

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses a request that names another host than this one (DNS rebinding): a site may have its own name resolve to this
 * machine, and its pages would then be of the same origin as the host, by the browser's rules.
 */
export const ownHost =
  (publicUrl: string | undefined): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? '';
    const isPublic = publicUrl !== undefined && host.toLowerCase() === new URL(publicUrl).host;
    if (!isPublic && !loopbackHost.test(host)) throw new Problem(421, 'This host is not known by that name.');
    await next();
  };

export async function findUser(db: Database, token: string | undefined): Promise<User | undefined> {
  if (!token) return undefined;
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('accounts', 'accounts.id', 'users.account_id')
    .select(['users.id', 'users.name', 'users.role', 'users.account_id as accountId', 'accounts.name as accountName', 'accounts.enabled'])
    .where('sessions.token_hash', '=', hashToken(token))
    .where('sessions.expires_at', '>', new Date())
    .executeTakeFirst();
}

/** Lets through whoever is signed in. */
export const signedIn =
  (db: Database): MiddlewareHandler<Env> =>
  async (c, next) => {
    const user = await findUser(db, getCookie(c, SESSION_COOKIE));
    if (!user) throw new Problem(401, 'Sign in first.', { headers: { 'www-authenticate': 'Cookie' } });
    c.set('user', user);
    await next();
  };

/** Throws unless this is an Organization Admin whose account has the feature. */
export function requireAdmin({ role, enabled }: User): void {
  if (!enabled) throw new Problem(403, 'Webhooks are not turned on for this account.', { extensions: { reason: 'unavailable' } });
  if (role !== 'admin') throw new Problem(403, 'Only an Organization Admin may do this.', { extensions: { reason: 'denied' } });
}

export const maySetWebhooks: MiddlewareHandler<Env> = async (c, next) => {
  requireAdmin(c.get('user'));
  await next();
};
