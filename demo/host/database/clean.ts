import type { Database } from './open.js';

const DAY_MS = 86_400_000;

/** Removes what is out of date: sessions, logins that never came back, and idempotency keys of the day before. */
export async function clean(db: Database): Promise<void> {
  const now = new Date();
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('oauth_logins').where('expires_at', '<', now).execute();
  await db.deleteFrom('idempotency_keys').where('created_at', '<', new Date(now.getTime() - DAY_MS)).execute();
}
