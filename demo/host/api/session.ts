import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { demoUsers } from '../database/seed.js';
import { hashToken, newToken } from '../ids.js';
import { Problem } from '../problem.js';
import { findUser, SESSION_COOKIE } from './guard.js';
import { readBody } from './read.js';
import type { Services, User } from './context.js';

const HOURS = 12;

/** What the widget's `access` should be for this person. */
const accessOf = ({ role, enabled }: User) => (!enabled ? 'unavailable' : role === 'admin' ? 'manage' : 'denied');

const describe = (user: User) => ({ id: user.id, name: user.name, account: user.accountName, access: accessOf(user) });

export const signInSchema = z.object({ user: z.string() });

/** Signing in as one of the demo's people. A product has a login of its own in this place. */
export function sessionRoutes({ db }: Pick<Services, 'db'>) {
  const app = new Hono();

  app.get('/users', (c) => c.json(demoUsers.map(({ id, name, description }) => ({ id, name, description }))));

  app.get('/session', async (c) => {
    const user = await findUser(db, getCookie(c, SESSION_COOKIE));
    return c.json(user ? describe(user) : null);
  });

  app.post('/session', async (c) => {
    const { user: id } = await readBody(c, signInSchema);
    if (!demoUsers.some((one) => one.id === id)) throw new Problem(403, 'There is no such demo user.');
    const token = newToken();
    await db
      .insertInto('sessions')
      .values({ token_hash: hashToken(token), user_id: id, expires_at: new Date(Date.now() + HOURS * 3_600_000) })
      .execute();
    // Lax, not Strict: a provider's login comes back here by a link.
    setCookie(c, SESSION_COOKIE, token, {
      ...{ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: HOURS * 3600 },
      secure: new URL(c.req.url).protocol === 'https:',
    });
    return c.json(describe((await findUser(db, token))!));
  });

  app.delete('/session', async (c) => {
    const token = getCookie(c, SESSION_COOKIE);
    if (token) await db.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute();
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    return c.body(null, 204);
  });
  return app;
}
