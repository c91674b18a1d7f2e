import type { Vault } from '../vault.js';
import type { Database } from './open.js';

const CONTEXT = 'key check';

/**
 * Throws where the key is not the one that the secrets in this database are sealed with: with another one every call would
 * fail, and what is typed from then on would be sealed with that other one.
 */
export async function checkKey(db: Database, vault: Vault): Promise<void> {
  const opens = (sealed: string, context: string) => {
    try {
      return Boolean(vault.open(sealed, context));
    } catch {
      throw new Error('HOST_SECRET_KEY (or the file "key" in HOST_DATA) is not the key that the secrets in this database are sealed with. Start the host with that one.');
    }
  };
  // A database from before there was this check has accounts.
  const account = await db.selectFrom('accounts').select(['id', 'signing_secret']).limit(1).executeTakeFirst();
  if (account) opens(account.signing_secret, `account ${account.id} signing`);
  await db
    .insertInto('key_checks')
    .values({ id: 1, sealed: vault.seal('canary', CONTEXT) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { sealed } = await db.selectFrom('key_checks').select('sealed').where('id', '=', 1).executeTakeFirstOrThrow();
  opens(sealed, CONTEXT);
}
