import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockFolder } from './folder-lock.js';
import { migrate } from './migrate.js';
import { pgliteDialect } from './pglite-dialect.js';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;

export interface DatabaseOptions {
  /** Where PGlite keeps its files, and the demo its key. */
  folder: string;
  /** A PostgreSQL server instead; several processes of the host may share it. */
  url?: string | undefined;
}

export interface OpenDatabase {
  db: Database;
  /** True when no other process can work on this database. */
  exclusive: boolean;
  close(): Promise<void>;
}

const INT8 = 20;

function openServer(url: string): Kysely<Schema> {
  // As PGlite has it: no sequence here comes near 2^53.
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((id: number, format: 'text') =>
      id === INT8 ? Number : (pg.types.getTypeParser(id, format) as unknown)) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({ connectionString: url, max: 10, types: types });
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on('error', (error) => console.error(`database: ${error.message}`));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Opens the database and brings its schema up to date. Throws when the folder belongs to another process. */
export async function openDatabase({ folder, url }: DatabaseOptions): Promise<OpenDatabase> {
  const unlock = url ? undefined : lockFolder(folder);
  if (!url && !unlock) throw new Error(`${folder} is in use by another process.`);
  const db = url ? openServer(url) : new Kysely<Schema>({ dialect: pgliteDialect(await PGlite.create(join(folder, 'pglite'))) });
  const close = async () => {
    await db.destroy();
    unlock?.();
  };
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, exclusive: !url, close };
}
