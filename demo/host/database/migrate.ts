import { Migrator, type Kysely } from 'kysely';
import * as first from './migrations/001-first.js';
import * as mended from './migrations/002-mended.js';
import type { Schema } from './schema.js';

/** Each one runs once, in this order. What has been released is never edited: a change is a further file. */
const migrations = { '001-first': first, '002-mended': mended };

/** Brings the database to the newest schema. Processes that start together wait for each other (an advisory lock). */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The database could not be brought up to date.');
}
