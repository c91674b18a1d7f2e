import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createApp } from './api/app.js';
import { checkKey } from './database/check-key.js';
import { clean } from './database/clean.js';
import { openDatabase, type Database } from './database/open.js';
import { seed } from './database/seed.js';
import { createCaller } from './delivery/caller.js';
import type { DeactivationPolicy } from './delivery/failures.js';
import { createDeliveryLog } from './delivery/log.js';
import { createQueue } from './delivery/queue.js';
import type { RetryPolicy } from './delivery/retry.js';
import type { SendOptions } from './delivery/send.js';
import { createWorker } from './delivery/worker.js';
import { eventTypeIds } from './events.js';
import { createLogins } from './oauth/login.js';
import { createTokenStore } from './oauth/tokens.js';
import { createVault, loadKey, type Vault } from './vault.js';
import { createWebhookRepository } from './webhooks/repository.js';

export interface HostOptions extends SendOptions {
  /** 0: a free one. */
  port: number;
  /** Where the embedded database and the key are. */
  folder: string;
  databaseUrl?: string | undefined;
  /** 32 bytes in base64; made in `folder` when absent. */
  key?: string | undefined;
  retry: RetryPolicy;
  deactivation: DeactivationPolicy;
  /** Where the host is reached from elsewhere; else by names of this machine only. */
  publicUrl?: string | undefined;
  /** Calls at a time, of all webhooks and of one. */
  concurrency: number;
  perWebhook: number;
}

export interface Host {
  /** Where the API is. */
  url: string;
  db: Database;
  vault: Vault;
  /** What an account's calls are signed with, unless the webhook has a secret of its own. Its receivers need it. */
  signingSecret(accountId: string): Promise<string>;
  /** Looks for calls that are due, now. */
  kick(): void;
  /** Takes no more work, finishes what is under way, and closes. */
  close(): Promise<void>;
}

const MINUTE = 60_000;

/** What suits a demo; a product waits longer before it gives up on a receiver. */
export const defaults = {
  port: 0,
  allowLoopback: false,
  timeoutMs: 10_000,
  maxResponseBytes: 64 * 1024,
  retry: { attempts: 8, baseMs: 5_000, longestMs: 60 * MINUTE },
  deactivation: { failures: 20, afterMs: 24 * 60 * MINUTE },
  concurrency: 64,
  perWebhook: 4,
} satisfies Omit<HostOptions, 'folder'>;

const POLL_MS = 1_000;

/** Starts the host: database, queue and HTTP, on loopback. */
export async function startHost(given: Partial<HostOptions> & { folder: string }): Promise<Host> {
  const options: HostOptions = { ...defaults, ...given };
  if (options.publicUrl !== undefined && !/^https?:$/.test(URL.canParse(options.publicUrl) ? new URL(options.publicUrl).protocol : ''))
    throw new Error('HOST_PUBLIC_URL has to be a URL, such as https://hooks.example.com.');
  const vault = createVault(loadKey(options.folder, options.key));
  const { db, exclusive, close: closeDatabase } = await openDatabase({ folder: options.folder, url: options.databaseUrl });
  try {
    await checkKey(db, vault);
  } catch (error) {
    await closeDatabase();
    throw error;
  }
  await seed(db, vault);
  await clean(db);
  const cleaning = setInterval(() => void clean(db).catch((error: unknown) => console.error(`clean: ${(error as Error).message}`)), 60 * MINUTE);

  const checks = async (accountId: string) => {
    const organizations = await db.selectFrom('organizations').select('id').where('account_id', '=', accountId).execute();
    return { allowLoopback: options.allowLoopback, eventTypes: eventTypeIds, organizations: new Set(organizations.map(({ id }) => id)) };
  };
  const webhooks = createWebhookRepository(db, vault, checks);
  const tokens = createTokenStore(db, vault, options);
  const caller = createCaller(db, vault, tokens, options);
  // Twice: a call may be made again with a new access token, which takes a call of its own.
  const leaseSeconds = (options.timeoutMs * 4) / 1000 + 5;
  const queue = createQueue(db, { ...options, leaseSeconds });
  await queue.recover(exclusive);
  const worker = createWorker(queue, caller, { concurrency: options.concurrency, pollMs: POLL_MS });
  const app = createApp({
    ...{ db, vault, webhooks, checks, log: createDeliveryLog(db), worker, caller, tokens },
    logins: createLogins(db, vault, tokens, options),
    publicUrl: options.publicUrl,
  });

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port });
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  worker.start();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    db,
    vault,
    signingSecret: caller.signingSecret,
    kick: worker.kick,
    async close() {
      clearInterval(cleaning);
      const closed = new Promise((resolve) => server.close(resolve));
      // First: a redelivery is a request that waits for its call.
      await worker.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await closeDatabase();
    },
  };
}
