import type { Database } from '../database/open.js';
import type { Caller } from '../delivery/caller.js';
import type { DeliveryLog } from '../delivery/log.js';
import type { Worker } from '../delivery/worker.js';
import type { Logins } from '../oauth/login.js';
import type { TokenStore } from '../oauth/tokens.js';
import type { Vault } from '../vault.js';
import type { CheckOptions } from '../webhooks/check-input.js';
import type { WebhookRepository } from '../webhooks/repository.js';

/** What the routes work with. */
export interface Services {
  db: Database;
  vault: Vault;
  webhooks: WebhookRepository;
  checks: (accountId: string) => Promise<CheckOptions>;
  log: DeliveryLog;
  worker: Worker;
  caller: Caller;
  tokens: TokenStore;
  logins: Logins;
  /** Where the host is reached from elsewhere, such as behind a proxy. */
  publicUrl?: string | undefined;
}

export interface User {
  id: string;
  name: string;
  role: 'admin' | 'member';
  accountId: string;
  accountName: string;
  /** Whether the account has the feature. */
  enabled: boolean;
}

/** What a request carries with it in Hono: the person, once signed in. */
export interface Env {
  Variables: { user: User };
}
