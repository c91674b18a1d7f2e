import { randomBytes } from 'node:crypto';
import type { Vault } from '../vault.js';
import type { Database } from './open.js';

export interface DemoUser {
  id: string;
  name: string;
  /** What the demo says of this user. */
  description: string;
}

const accounts = [
  { id: 'acc_brightside', name: 'Brightside Energy', enabled: true },
  { id: 'acc_harbor', name: 'Harbor Light Solar', enabled: false },
] as const;

export const demoUsers = [
  { id: 'maya', account_id: 'acc_brightside', name: 'Maya Okafor', role: 'admin', description: 'Organization Admin' },
  { id: 'tom', account_id: 'acc_brightside', name: 'Tom Reyes', role: 'member', description: 'Member without the permission' },
  { id: 'ines', account_id: 'acc_harbor', name: 'Inés Duarte', role: 'admin', description: 'Admin of an account without webhooks' },
] as const;

const organizations = ['Brightside Energy', 'Cedar & Sun Installers', 'Harbor Light Solar'];

/** Adds an account; its calls are signed with a secret that is made here. */
export async function addAccount(db: Database, vault: Vault, account: { id: string; name: string; enabled: boolean }): Promise<void> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await db
    .insertInto('accounts')
    .values({ ...account, signing_secret: vault.seal(secret, `account ${account.id} signing`) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('organizations')
    .values(organizations.map((name, index) => ({ account_id: account.id, id: `org_${index + 1}`, name })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The demo's accounts and people; nothing where they are there. */
export async function seed(db: Database, vault: Vault): Promise<void> {
  for (const account of accounts) await addAccount(db, vault, account);
  await db
    .insertInto('users')
    .values(demoUsers.map(({ id, account_id, name, role }) => ({ id, account_id, name, role })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
