import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/open.js';
import type { Schema, WebhookTable } from '../database/schema.js';
import { invalid } from '../problem.js';
import { fold } from './fold.js';

export type WebhookRow = Selectable<WebhookTable>;

export interface ListQuery {
  cursor?: string | undefined;
  limit: number;
  search?: string | undefined;
  sort: 'name' | '-name' | 'createdAt' | '-createdAt';
  active?: boolean | undefined;
  test?: boolean | undefined;
  event?: string | undefined;
}

export interface RowPage {
  rows: WebhookRow[];
  nextCursor?: string;
  total: number;
}

/** A cursor names the last row of its page, so that rows that come or go in between double or hide no other. */
const toCursor = ({ seq, name_key }: WebhookRow) => Buffer.from(JSON.stringify([seq, name_key])).toString('base64url');

function fromCursor(cursor: string): [seq: number, name: string] {
  try {
    const [seq, name] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(seq) && typeof name === 'string' && !name.includes('\0')) return [seq as number, name];
  } catch {
    // Not one of ours.
  }
  throw invalid([{ path: 'cursor', detail: 'This value is not valid.' }]);
}

const nameKey = sql<string>`name_key collate "C"`;

type Query = SelectQueryBuilder<Schema, 'webhooks', object>;

const filtered = (query: Query, accountId: string, { search, active, test, event }: ListQuery): Query => {
  let found = query.where('account_id', '=', accountId);
  if (search) found = found.where(sql<boolean>`position(${fold(search)} in search_key) > 0`);
  if (active !== undefined) found = found.where('active', '=', active);
  if (test !== undefined) found = found.where('test', '=', test);
  if (event !== undefined) found = found.where(sql<boolean>`${event} = any(events)`);
  return found;
};

/** One page of an account's webhooks. */
export async function readPage(db: Database, accountId: string, query: ListQuery): Promise<RowPage> {
  const { sort, limit } = query;
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const byName = sort.endsWith('name');
  let page = filtered(db.selectFrom('webhooks'), accountId, query).selectAll();
  if (query.cursor) {
    const [seq, name] = fromCursor(query.cursor);
    const after = sql.raw(direction === 'asc' ? '>' : '<');
    page = page.where(byName ? sql<boolean>`(${nameKey}, seq) ${after} (${name} collate "C", ${seq}::bigint)` : sql<boolean>`seq ${after} ${seq}`);
  }
  if (byName) page = page.orderBy(nameKey, direction);
  const rows = await page.orderBy('seq', direction).limit(limit + 1).execute();
  const { total } = await filtered(db.selectFrom('webhooks'), accountId, query)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const shown = rows.slice(0, limit);
  return { rows: shown, total: Number(total), ...(rows.length > limit && { nextCursor: toCursor(shown.at(-1)!) }) };
}
