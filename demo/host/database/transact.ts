import { setTimeout as wait } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Database } from './open.js';
import type { Schema } from './schema.js';

/** Deadlock, serialization failure: the server gave up this transaction, and asks to run it again (PostgreSQL, Appendix A). */
const again = new Set(['40P01', '40001']);
const TRIES = 6;

/** Runs a transaction; once more where it and another one waited for each other. `run` may run several times. */
export async function transact<Result>(db: Database, run: (tx: Transaction<Schema>) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++)
    try {
      return await db.transaction().execute(run);
    } catch (error) {
      if (tries === TRIES || !again.has(String((error as { code?: unknown }).code))) throw error;
      await wait(Math.random() * 20 * tries);
    }
}
