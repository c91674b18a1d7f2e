import { sql, type Kysely } from 'kysely';

interface Webhooks {
  webhooks: { id: string; name: string; url: string; name_key: string; search_key: string };
}

// As webhooks/fold.ts was when this was written.
const fold = (text: string) => text.normalize('NFC').toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ').normalize('NFC');

export async function up(db: Kysely<unknown>): Promise<void> {
  // Sorted by, and searched in: what SQL makes of `lower()` depends on the server's locale.
  await db.schema
    .alterTable('webhooks')
    .addColumn('name_key', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('search_key', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('paused_until', 'timestamptz')
    .execute();
  const webhooks = db as Kysely<Webhooks>;
  for (const { id, name, url } of await webhooks.selectFrom('webhooks').select(['id', 'name', 'url']).execute())
    await webhooks
      .updateTable('webhooks')
      .set({ name_key: fold(name), search_key: fold(`${name}\n${url}`) })
      .where('id', '=', id)
      .execute();
  for (const column of ['name_key', 'search_key']) await sql`alter table webhooks alter column ${sql.ref(column)} drop default`.execute(db);
  await db.schema.dropIndex('webhooks_by_name').execute();
  await sql`create index webhooks_by_name on webhooks (account_id, name_key collate "C", seq)`.execute(db);

  // Which call of its chain: a redelivery that a person asks for takes a number, and none of the chain's.
  await db.schema.alterTable('attempts').addColumn('tries', 'integer', (column) => column.notNull().defaultTo(1)).execute();
  await sql`update attempts set tries = number where retries`.execute(db);

  // Tokens and logins belong to a credential, by its fingerprint. Of those that are here nobody knows which: people connect again.
  await sql`delete from oauth_tokens`.execute(db);
  await sql`delete from oauth_logins`.execute(db);
  await db.schema.alterTable('oauth_logins').addColumn('credential', 'text', (column) => column.notNull()).execute();
  await db.schema.alterTable('oauth_tokens').addColumn('credential', 'text', (column) => column.notNull()).execute();
  await db.schema.alterTable('oauth_tokens').dropConstraint('oauth_tokens_key').execute();
  await db.schema.alterTable('oauth_tokens').addPrimaryKeyConstraint('oauth_tokens_key', ['webhook_id', 'organization_id', 'credential']).execute();

  await db.schema
    .createTable('key_checks')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .execute();
}
