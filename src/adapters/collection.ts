import type { CallOptions, WebhookAdapter } from '../core/adapter.js';
import { AdapterError } from '../core/adapter-error.js';
import type { EventType } from '../core/event-type.js';
import { issuePaths } from '../core/issue-paths.js';
import type { Organization } from '../core/organization.js';
import type { WebhookPage, WebhookQuery } from '../core/page.js';
import { webhookInputSchema, type Webhook, type WebhookInput } from '../core/webhook.js';
import { sealSecrets } from './secret-slots.js';
import { sleep } from './sleep.js';

/** A webhook as it is kept, with the key of the submit that made it. */
export interface Row {
  webhook: Webhook;
  idempotencyKey?: string;
}

/** Runs `work` on all rows. With `write` it is one transaction: what `work` changed in place is kept, unless it throws. */
export type Transact = <Answer>(work: (rows: Row[]) => Answer, write?: boolean) => Promise<Answer>;

export interface CollectionOptions {
  /** What is there at first. The value of a secret in it is not kept. */
  webhooks?: readonly Webhook[];
  /** With it the adapter can `listEventTypes`. */
  eventTypes?: readonly EventType[];
  /** With it the adapter can `listOrganizations`. */
  organizations?: readonly Organization[];
  /** Milliseconds before each answer. */
  latency?: number;
  /** For development: http, private addresses and local names are accepted as well. */
  allowPrivateNetwork?: boolean;
  /** Called before each operation with its first argument. What it throws is how the call fails. */
  intercept?: (operation: keyof WebhookAdapter, argument: unknown) => void | Promise<void>;
}

export const toRows = (webhooks: readonly Webhook[] = []): Row[] =>
  structuredClone(webhooks).map((webhook) => {
    sealSecrets(webhook.authentication, webhook.authentication);
    return { webhook };
  });

const invalid = (paths: string[], text: string) =>
  new AdapterError('validation', { fieldErrors: Object.fromEntries(paths.map((path) => [path, text])) });

/** What the rules refuse of a webhook, by path. They are those of the form and come with it: a page that only lists does without. */
type Judge = (input: WebhookInput) => ReadonlyMap<string, string>;
const judgeOf = async (options: CollectionOptions): Promise<Judge> => {
  const { refusals } = await import('./judge.js');
  return (input) => refusals(input, options);
};

/** The settings in `input`, copied field by field, without the value of any secret. What was there before is not judged. */
function accept(input: object, judge: Judge, stored?: Webhook) {
  const { data, error } = webhookInputSchema.safeParse({ ...stored, ...input });
  if (error) throw invalid(issuePaths(error.issues), 'This value is not valid.');
  const refused = [...judge(data)].filter(([path]) => path.split('.', 1)[0]! in input);
  const missing = sealSecrets(data.authentication, stored?.authentication);
  if (missing.length) throw invalid(missing, 'Nothing is stored here yet: enter the secret.');
  if (refused.length) throw new AdapterError('validation', { fieldErrors: Object.fromEntries(refused) });
  return data as Omit<Webhook, 'id' | 'createdAt' | 'updatedAt'>;
}

function find(rows: Row[], id: string, version?: string): Row {
  const row = rows.find(({ webhook }) => webhook.id === id);
  if (!row) throw new AdapterError('not-found');
  if (version !== undefined && version !== row.webhook.version)
    throw new AdapterError('conflict', { current: structuredClone(row.webhook) });
  return row;
}

const byName = new Intl.Collator(undefined, { numeric: true });

/** A cursor names the last row of its page, so that rows that come or go in between double or hide no other. */
function page(rows: Row[], { cursor, limit, search = '', sort = '-createdAt', active, test, event }: WebhookQuery): WebhookPage {
  const [direction, key] = sort.startsWith('-') ? [-1, sort.slice(1)] : [1, sort];
  const compare = (a: Webhook, b: Webhook) =>
    direction *
    ((key === 'name' ? byName.compare(a.name, b.name) : Date.parse(a.createdAt) - Date.parse(b.createdAt)) ||
      (a.id < b.id ? -1 : Number(a.id > b.id)));
  const matches = rows
    .map(({ webhook }) => webhook)
    .filter(
      (webhook) =>
        `${webhook.name}\n${webhook.url}`.toLowerCase().includes(search.toLowerCase()) &&
        (active ?? webhook.active) === webhook.active &&
        (test ?? webhook.test) === webhook.test &&
        (event === undefined || webhook.events.includes(event)),
    )
    .sort(compare);
  let rest = matches;
  if (cursor) {
    let last: Webhook;
    try {
      last = { ...(JSON.parse(cursor) as Webhook) };
    } catch {
      throw invalid(['cursor'], 'This value is not valid.');
    }
    rest = matches.filter((webhook) => compare(webhook, last) > 0);
  }
  const items = rest.slice(0, Math.max(1, limit));
  const { id, name, createdAt } = items.at(-1) ?? {};
  return {
    items,
    total: matches.length,
    ...(rest.length > items.length && { nextCursor: JSON.stringify({ id, name, createdAt }) }),
  };
}

/** A well-behaved host whose rows are wherever `transact` keeps them. */
export function createCollection(
  options: CollectionOptions,
  transact: Transact,
): Required<Pick<WebhookAdapter, 'list' | 'get' | 'create' | 'update' | 'delete'>> & WebhookAdapter {
  const { eventTypes, organizations, latency, intercept } = options;
  const call = async <Answer>(
    { signal }: CallOptions,
    operation: keyof WebhookAdapter,
    argument: unknown,
    run: () => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    signal.throwIfAborted();
    if (latency) await sleep(latency, signal);
    await intercept?.(operation, argument);
    signal.throwIfAborted();
    // A copy: what the caller does to an answer does not reach the rows.
    const answer = structuredClone(await run());
    signal.throwIfAborted();
    return answer;
  };

  return {
    list: (query, callOptions) => call(callOptions, 'list', query, () => transact((rows) => page(rows, query))),
    get: (id, callOptions) => call(callOptions, 'get', id, () => transact((rows) => find(rows, id).webhook)),
    create: (input, callOptions) =>
      call(callOptions, 'create', input, async () => {
        const judge = await judgeOf(options);
        return transact((rows) => {
          const { idempotencyKey } = callOptions;
          const known = rows.find((row) => row.idempotencyKey && row.idempotencyKey === idempotencyKey);
          if (known) return known.webhook;
          // No two of the same millisecond: the order by date is the order of creation.
          const now = Math.max(Date.now(), Date.parse(rows.at(-1)?.webhook.createdAt ?? '') + 1 || 0);
          const createdAt = new Date(now).toISOString();
          const id = `wh_${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
          const webhook = { id, version: '1', ...accept(input, judge), createdAt, updatedAt: createdAt };
          rows.push({ webhook, idempotencyKey });
          return webhook;
        }, true);
      }),
    update: (id, changes, callOptions) =>
      call(callOptions, 'update', id, async () => {
        const judge = await judgeOf(options);
        return transact((rows) => {
          const row = find(rows, id, callOptions.version);
          const { version = '', ...stored } = row.webhook;
          return (row.webhook = {
            ...stored,
            ...accept(changes, judge, row.webhook),
            version: String((parseInt(version) || 0) + 1),
            updatedAt: new Date().toISOString(),
          });
        }, true);
      }),
    delete: (id, callOptions) =>
      call(callOptions, 'delete', id, () =>
        transact((rows) => void rows.splice(rows.indexOf(find(rows, id, callOptions.version)), 1), true),
      ),
    ...(eventTypes && { listEventTypes: (callOptions) => call(callOptions, 'listEventTypes', undefined, () => [...eventTypes]) }),
    ...(organizations && {
      listOrganizations: (callOptions) => call(callOptions, 'listOrganizations', undefined, () => [...organizations]),
    }),
  };
}
