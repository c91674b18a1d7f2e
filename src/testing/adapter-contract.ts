import type { AdapterCapability, ChangeOptions, WebhookAdapter } from '../core/adapter.js';
import { isAdapterError, type AdapterError, type AdapterErrorCode } from '../core/adapter-error.js';
import { authTypeIds, type AuthTypeId } from '../core/auth/index.js';
import { deliveryAttemptSchema, type DeliveryAttempt } from '../core/delivery.js';
import { eventTypeSchema } from '../core/event-type.js';
import { organizationSchema } from '../core/organization.js';
import type { WebhookQuery } from '../core/page.js';
import { webhookInputSchema, webhookSchema, type Webhook, type WebhookInput } from '../core/webhook.js';
import { secretSlots } from '../adapters/secret-slots.js';
import { check, checkSame, rejection } from './assert.js';
import { sampleWebhookInput, secretsOf } from './fixtures.js';

export type CreateAdapter = () => WebhookAdapter | Promise<WebhookAdapter>;

export interface ContractOptions {
  /** Ids of three organizations that the host knows. */
  organizations?: readonly [string, string, string];
  /** Ids of two event types that the host knows. */
  events?: readonly [string, string];
  /** The authentication types that the host supports; all by default. */
  authTypes?: readonly AuthTypeId[];
}

export interface ContractCase {
  name: string;
  /** The optional methods without which there is nothing to check. */
  requires: readonly AdapterCapability[];
  /** Rejects with an Error that says what is wrong. `skipped` when the adapter lacks one of `requires`. */
  run: () => Promise<'passed' | 'skipped'>;
}

const live = () => ({ signal: new AbortController().signal });
const aborted = () => ({ signal: AbortSignal.abort() });

let marks = 0;
/** Unlike every other one, also those of an earlier run against the same host. */
const newMark = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}${++marks}`;

/** `authentication` as a host should return it, without the hints that it may add. */
function sealed(authentication: WebhookInput['authentication'] | Webhook['authentication']): unknown {
  const copy = structuredClone(authentication);
  for (const { row, name } of secretSlots(copy)) row[name] = { stored: true };
  return copy;
}

/** Throws when `answer` holds one of `secrets`. Says where from, never which. */
function checkNoSecret(answer: unknown, secrets: Iterable<string>, what: string): void {
  const parts = answer instanceof Error ? [answer.message, answer.stack, { ...answer }, answer.cause] : [answer];
  const text = parts.map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? String(part)))).join('\n');
  for (const secret of secrets) check(!text.includes(JSON.stringify(secret).slice(1, -1)), `${what} contains the value of a secret`);
}

function checkWebhook(answer: unknown, secrets: Iterable<string>, what: string): Webhook {
  checkNoSecret(answer, secrets, what);
  const { data, error } = webhookSchema.safeParse(answer);
  check(!error, `${what} is malformed at ${error?.issues.map(({ path }) => path.join('.') || '(root)').join(', ')}`);
  check(!Number.isNaN(Date.parse(data.createdAt)), `${what}: createdAt is no date`);
  check(!Number.isNaN(Date.parse(data.updatedAt)), `${what}: updatedAt is no date`);
  // As it came: what is parsed has been cut.
  for (const { path, row, name } of secretSlots((answer as Webhook).authentication)) {
    const { hint = '' } = row[name] as { hint?: string };
    check(hint.length <= 8, `${what}: the hint at ${path} gives away ${hint.length} characters`);
  }
  return data as Webhook;
}

function checkAttempt(answer: unknown, secrets: Iterable<string>, what: string): DeliveryAttempt {
  checkNoSecret(answer, secrets, what);
  const { data, error } = deliveryAttemptSchema.safeParse(answer);
  check(!error, `${what} is malformed at ${error?.issues.map(({ path }) => path.join('.') || '(root)').join(', ')}`);
  return data;
}

/** Throws unless `webhook` has the settings of `input`, with every secret stored. */
function checkSettings(webhook: Webhook, input: WebhookInput, what: string): void {
  for (const key of Object.keys(webhookInputSchema.shape) as (keyof WebhookInput)[])
    if (key !== 'authentication') checkSame(webhook[key], input[key], `${what}: ${key}`);
  checkSame(sealed(webhook.authentication), sealed(input.authentication), `${what}: authentication`);
}

async function checkRejects(promise: Promise<unknown>, code: AdapterErrorCode, what: string): Promise<AdapterError> {
  const error = await rejection(promise, `${what} should reject with "${code}"`);
  check(isAdapterError(error), `${what} rejected without one of the contract's codes: ${String(error)}`);
  check(error.code === code, `${what} rejected with "${error.code}", not "${code}"`);
  return error;
}

const hintsOf = ({ authentication }: Webhook) => secretSlots(authentication).map(({ row, name }) => row[name]);

/** The adapter under test, with every answer checked before a case sees it. */
function createBench(adapter: WebhookAdapter) {
  const secrets = new Set<string>();
  /** What there is to clean up, with its version. */
  const made = new Map<string, string | undefined>();
  const remember = (input: Partial<WebhookInput>) => {
    if (input.authentication) for (const secret of secretsOf({ authentication: input.authentication }).values()) secrets.add(secret);
  };

  const bench = {
    adapter: adapter as Required<WebhookAdapter>,
    secrets,
    can: (capability: AdapterCapability) => typeof adapter[capability] === 'function',

    async create(input: WebhookInput, idempotencyKey = newMark()): Promise<Webhook> {
      remember(input);
      const webhook = checkWebhook(await adapter.create(input, { ...live(), idempotencyKey }), secrets, 'the answer of create');
      made.set(webhook.id, webhook.version);
      return webhook;
    },

    /** The options of a change to the webhook as it was last seen. */
    latest(id: string): ChangeOptions {
      const version = made.get(id);
      return version === undefined ? live() : { ...live(), version };
    },

    async update(id: string, changes: Partial<WebhookInput>): Promise<Webhook> {
      remember(changes);
      const webhook = checkWebhook(await adapter.update!(id, changes, bench.latest(id)), secrets, 'the answer of update');
      made.set(id, webhook.version);
      return webhook;
    },

    /** Every row that `query` finds, page by page. */
    async all(query: Partial<WebhookQuery> = {}): Promise<Webhook[]> {
      const rows: Webhook[] = [];
      const cursors = new Set<string>();
      const limit = query.limit ?? 50;
      let cursor: string | undefined;
      do {
        const page = await adapter.list({ limit, ...query, ...(cursor !== undefined && { cursor }) }, live());
        checkNoSecret(page, secrets, 'a page of list');
        check(Array.isArray(page.items), 'a page of list has no array of items');
        check(page.items.length <= limit, `a page of list has ${page.items.length} items; the limit is ${limit}`);
        rows.push(...page.items.map((item) => checkWebhook(item, secrets, 'an item of list')));
        cursor = page.nextCursor ?? undefined;
        check(cursor === undefined || !cursors.has(cursor), 'list returns the same cursor again');
        if (cursor !== undefined) cursors.add(cursor);
      } while (cursor !== undefined);
      return rows;
    },

    /**
     * The row of this webhook, and its own page where the adapter has one: both have to say the same, but for its version:
     * a host that tells that as an ETag tells none in a list.
     */
    async read(id: string): Promise<Webhook> {
      const row = (await bench.all()).find((item) => item.id === id);
      check(row, 'list does not have a webhook that was created');
      const one = bench.can('get') ? checkWebhook(await adapter.get!(id, live()), secrets, 'the answer of get') : undefined;
      const version = row.version ?? (one ? one.version : made.get(id));
      const known = version === undefined ? row : { ...row, version };
      if (one) checkSame(one, known, 'get differs from list');
      return known;
    },

    /** Each delivery of a webhook, page by page. */
    async deliveries(id: string): Promise<DeliveryAttempt[]> {
      const found: DeliveryAttempt[] = [];
      const cursors = new Set<string>();
      for (let cursor: string | undefined; ; cursors.add(cursor)) {
        const page = await adapter.listDeliveries!(id, { limit: 2, ...(cursor !== undefined && { cursor }) }, live());
        check(Array.isArray(page?.items), 'a page of listDeliveries has no array of items');
        check(page.items.length <= 2, `a page of listDeliveries has ${page.items.length} items; the limit is 2`);
        found.push(...page.items.map((item) => checkAttempt(item, secrets, 'an item of listDeliveries')));
        cursor = page.nextCursor ?? undefined;
        if (cursor === undefined) return found;
        check(!cursors.has(cursor), 'listDeliveries returns the same cursor again');
      }
    },

    async cleanUp(): Promise<void> {
      for (const id of made.keys()) await adapter.delete?.(id, bench.latest(id)).catch(() => undefined);
    },
  };
  return bench;
}

type Bench = ReturnType<typeof createBench>;

/**
 * The adapter contract as cases that any test runner can run. Each case asks for an adapter of its own; they may share
 * one host, which need not be empty. What a case creates it deletes, where the adapter can.
 */
export function adapterContract(createAdapter: CreateAdapter, options: ContractOptions = {}): ContractCase[] {
  const [one, two, three] = options.organizations ?? ['org_1', 'org_2', 'org_3'];
  const events = options.events ?? ['milestone.status_change', 'site.archived'];
  const types = options.authTypes ?? authTypeIds;
  const withSecrets = types.filter((type) => type !== 'none');
  const cases: ContractCase[] = [];

  const add = (name: string, requires: AdapterCapability[], check: (bench: Bench) => Promise<void>) =>
    cases.push({
      name,
      requires,
      run: async () => {
        const bench = createBench(await createAdapter());
        if (!requires.every(bench.can)) return 'skipped';
        try {
          await check(bench);
        } finally {
          await bench.cleanUp();
        }
        return 'passed';
      },
    });

  const sample = (type: AuthTypeId = types[0]!, organizations?: string[]): WebhookInput => ({
    ...sampleWebhookInput(type, { organizations, mark: newMark() }),
    events: [events[0]],
  });

  for (const type of types)
    for (const organizations of type === 'none' ? [undefined] : [undefined, [one, two]]) {
      const manner = organizations ? ' per organization' : '';
      add(`create: keeps a webhook with ${type}${manner}, and none of its secrets comes back`, [], async (bench) => {
        const input = sample(type, organizations);
        const created = await bench.create(input);
        checkSettings(created, input, 'the answer of create');
        checkSame(await bench.read(created.id), created, 'list differs from the answer of create');
      });
    }

  add('create: keeps unusual but legal text as it is', [], async (bench) => {
    const input: WebhookInput = {
      ...sample(),
      name: `Ünïcødé 蜂 🔑 <b>&amp;"' ${newMark()}`,
      headers: [
        { key: '__proto__', value: 'a' },
        { key: 'constructor', value: 'b  c\td' },
      ],
      method: 'PATCH',
      contentType: 'application/x-www-form-urlencoded',
      test: true,
      active: false,
    };
    const { id } = await bench.create(input);
    checkSettings(await bench.read(id), input, 'the stored webhook');
  });

  if (types.includes('basic'))
    add('create: takes a secret as it was typed, even when it looks like a mask', [], async (bench) => {
      const input = sample('basic');
      input.authentication = {
        type: 'basic',
        organizationSpecific: false,
        credentials: [{ username: '', password: '••••••••' }],
      };
      checkSettings(await bench.create(input), input, 'the answer of create');
    });

  add('create: the same idempotency key makes one webhook', [], async (bench) => {
    const input = sample();
    const key = newMark();
    const [first, second] = await Promise.allSettled([bench.create(input, key), bench.create(input, key)]);
    const made = [first, second].flatMap((result) => {
      if (result.status === 'fulfilled') return result.value.id;
      // While the other is under way a host may refuse it (IETF draft Idempotency-Key §2.6).
      if (isAdapterError(result.reason) && result.reason.code === 'conflict') return [];
      throw result.reason;
    });
    check(made.length, 'of two creates at once with one idempotency key both were refused');
    const third = await bench.create(input, key);
    check(made[0] === made.at(-1), 'two creates at once with one idempotency key made two webhooks');
    check(made[0] === third.id, 'a create with the idempotency key of an earlier one made another webhook');
    const rows = (await bench.all()).filter(({ name }) => name === input.name);
    check(rows.length === 1, `list has ${rows.length} rows of a webhook created with one idempotency key`);
  });

  add('create: another idempotency key makes another webhook', [], async (bench) => {
    const input = sample();
    const [first, second] = [await bench.create(input), await bench.create(input)];
    check(first.id !== second.id, 'two creates with different idempotency keys made one webhook');
  });

  add('create: refuses a malformed webhook as "validation", stores nothing and repeats no secret', [], async (bench) => {
    const input = sample(withSecrets[0]);
    for (const secret of secretsOf(input).values()) bench.secrets.add(secret);
    const malformed = { ...input, method: 'TELEPATHY' } as unknown as WebhookInput;
    const error = await checkRejects(bench.adapter.create(malformed, { ...live(), idempotencyKey: newMark() }), 'validation', 'create');
    checkNoSecret(error, bench.secrets, 'the error of create');
    check(!(await bench.all()).some(({ name }) => name === input.name), 'create stored a webhook that it refused');
  });

  if (withSecrets.length)
    add('create: refuses to keep a secret that was never stored', [], async (bench) => {
      const input = sample(withSecrets[0]);
      const [slot] = secretSlots(input.authentication);
      slot!.row[slot!.name] = { stored: true };
      const { fieldErrors } = await checkRejects(
        bench.adapter.create(input, { ...live(), idempotencyKey: newMark() }),
        'validation',
        'create',
      );
      check(!fieldErrors || slot!.path in fieldErrors, `the error of create names other fields than ${slot!.path}`);
    });

  add('create: an aborted call rejects and stores nothing', [], async (bench) => {
    const input = sample();
    const signal = AbortSignal.abort();
    await rejection(bench.adapter.create(input, { signal, idempotencyKey: newMark() }), 'an aborted create should reject');
    check(!(await bench.all()).some(({ name }) => name === input.name), 'an aborted create stored a webhook');
  });

  add('list: rejects when it is aborted', [], async ({ adapter }) => {
    await rejection(adapter.list({ limit: 10 }, { signal: AbortSignal.abort() }), 'a list aborted beforehand should reject');
    const controller = new AbortController();
    const answer = adapter.list({ limit: 10 }, { signal: controller.signal });
    controller.abort();
    await rejection(answer, 'a list aborted on its way should reject');
  });

  add('list: its pages show each webhook once', [], async (bench) => {
    const ids = new Set<string>();
    for (let count = 0; count < 5; count++) ids.add((await bench.create(sample())).id);
    const shown = (await bench.all({ limit: 2 })).map(({ id }) => id);
    check(new Set(shown).size === shown.length, 'list shows a webhook on more than one page');
    for (const id of ids) check(shown.includes(id), 'list leaves out a webhook when it is read in pages of 2');
  });

  add('list: its pages hold while rows come and go', ['delete'], async (bench) => {
    const mark = newMark();
    const make = async (place: number) => (await bench.create({ ...sample(), name: `${mark} ${place}` })).id;
    const ids = [await make(1), await make(2), await make(3), await make(4)];
    const query = { limit: 2, search: mark, sort: 'name' } as const;
    const first = await bench.adapter.list(query, live());
    check(first.nextCursor != null, 'list has no cursor though there are more rows');
    await bench.adapter.delete(ids[0]!, bench.latest(ids[0]!));
    await make(0);
    const second = await bench.adapter.list({ ...query, cursor: first.nextCursor }, live());
    checkSame(second.items.map(({ id }) => id), ids.slice(2), 'the second page after a row of the first was deleted and one was added');
  });

  add('list: searches names and endpoints, whatever the case', [], async (bench) => {
    const mark = newMark();
    const byName = await bench.create({ ...sample(), name: `By ${mark} Name` });
    const byUrl = await bench.create({ ...sample(), url: `https://hooks.example.com/${mark}` });
    await bench.create(sample());
    const found = (await bench.all({ search: mark.toUpperCase() })).map(({ id }) => id);
    checkSame(found.sort(), [byName.id, byUrl.id].sort(), `list with search`);
  });

  add('list: sorts by name and by date, both ways', [], async (bench) => {
    const mark = newMark();
    const made: Webhook[] = [];
    for (const letter of ['b', 'c', 'a']) made.push(await bench.create({ ...sample(), name: `${mark} ${letter}` }));
    const [b, c, a] = made as [Webhook, Webhook, Webhook];
    const expected = { name: [a, b, c], '-name': [c, b, a], createdAt: [b, c, a], '-createdAt': [a, c, b] };
    for (const [sort, order] of Object.entries(expected)) {
      const found = await bench.all({ search: mark, sort: sort as keyof typeof expected, limit: 2 });
      // Of one and the same time (a host may keep whole seconds) either may come first.
      const place = ({ id, createdAt }: Webhook) => (sort.endsWith('name') ? id : Date.parse(createdAt));
      checkSame(found.map(place), order.map(place), `list with sort ${sort}`);
      checkSame(new Set(found.map(({ id }) => id)).size, 3, `webhooks in the list with sort ${sort}`);
    }
  });

  add('list: filters by active, test and event', [], async (bench) => {
    const mark = newMark();
    const make = (settings: Partial<WebhookInput>) => bench.create({ ...sample(), name: mark, ...settings });
    const inactive = await make({ active: false });
    const test = await make({ test: true });
    const other = await make({ events: [events[1]] });
    const all = [inactive, test, other];
    const expected: [Partial<WebhookQuery>, Webhook[]][] = [
      [{}, all],
      [{ active: true }, [test, other]],
      [{ active: false }, [inactive]],
      [{ test: true }, [test]],
      [{ test: false }, [inactive, other]],
      [{ event: events[1] }, [other]],
      [{ event: events[0], active: true, test: false }, []],
    ];
    for (const [query, found] of expected)
      checkSame(
        (await bench.all({ ...query, search: mark })).map(({ id }) => id).sort(),
        found.map(({ id }) => id).sort(),
        `list with ${JSON.stringify(query)}`,
      );
  });

  add('list: a total counts what matches, not what a page shows', [], async (bench) => {
    const mark = newMark();
    for (let count = 0; count < 3; count++) await bench.create({ ...sample(), name: mark });
    const { total } = await bench.adapter.list({ limit: 2, search: mark }, live());
    check(total == null || total === 3, `list says that ${total} webhooks match, not 3`);
  });

  add('get: an unknown id is "not-found"', ['get'], async ({ adapter }) => {
    for (const id of [`no-${newMark()}`, `../${newMark()}?a=b#c %2F`])
      await checkRejects(adapter.get(id, live()), 'not-found', 'get of an unknown id');
  });

  add('get: rejects when it is aborted', ['get'], async (bench) => {
    const { id } = await bench.create(sample());
    await rejection(bench.adapter.get(id, aborted()), 'an aborted get should reject');
  });

  add('update: a change of the name leaves the rest', ['update'], async (bench) => {
    const input = sample(types.at(-1), types.at(-1) === 'none' ? undefined : [one, two]);
    const before = await bench.create(input);
    const name = `Renamed ${newMark()}`;
    const after = await bench.update(before.id, { name });
    checkSettings(after, { ...input, name }, 'the answer of update');
    checkSame(hintsOf(after), hintsOf(before), 'the stored secrets after a change of the name');
    check(after.id === before.id, 'update changed the id');
    check(after.createdAt === before.createdAt, 'update changed createdAt');
    checkSame(await bench.read(before.id), after, 'list differs from the answer of update');
  });

  add('update: an empty change changes nothing', ['update'], async (bench) => {
    const input = sample();
    const { id } = await bench.create(input);
    checkSettings(await bench.update(id, {}), input, 'the answer of update');
  });

  for (const type of withSecrets) {
    add(`update: keeps and replaces the secrets of ${type}`, ['update'], async (bench) => {
      const input = sample(type, [one, two]);
      const before = await bench.create(input);
      const changed = sample(type, [one, two]).authentication;
      // The secrets of the first organization are kept, those of the second replaced.
      const ofFirst = (path: string) => path.startsWith('authentication.credentials.0.');
      for (const { path, row, name } of secretSlots(changed)) if (ofFirst(path)) row[name] = { stored: true };
      const after = await bench.update(before.id, { authentication: changed });
      checkSettings(after, { ...input, authentication: changed }, 'the answer of update');
      const slots = secretSlots(after.authentication);
      const kept = slots.filter(({ path }) => ofFirst(path)).length;
      checkSame(hintsOf(after).slice(0, kept), hintsOf(before).slice(0, kept), 'the hints of the secrets that were kept');
      checkSame(await bench.read(before.id), after, 'list differs from the answer of update');
    });
  }

  if (withSecrets.length) {
    const type = withSecrets[0]!;
    add('update: takes an organization out and another in', ['update'], async (bench) => {
      const input = sample(type, [one, two]);
      const before = await bench.create(input);
      const { authentication } = sample(type, [two, three]);
      for (const { path, row, name } of secretSlots(authentication))
        if (path.startsWith('authentication.credentials.0.')) row[name] = { stored: true };
      const after = await bench.update(before.id, { authentication });
      checkSettings(after, { ...input, authentication }, 'the answer of update');
      const half = hintsOf(after).length / 2;
      checkSame(hintsOf(after).slice(0, half), hintsOf(before).slice(half), 'the hints of the organization that stayed');
    });

    add('update: refuses to keep a secret that another organization stored', ['update'], async (bench) => {
      const before = await bench.create(sample(type, [one]));
      const { authentication } = sample(type, [two]);
      for (const { row, name } of secretSlots(authentication)) row[name] = { stored: true };
      await checkRejects(bench.adapter.update(before.id, { authentication }, bench.latest(before.id)), 'validation', 'update');
      checkSame(await bench.read(before.id), before, 'the webhook after an update that was refused');
    });
  }

  if (withSecrets.length > 1)
    add('update: changes the authentication type', ['update'], async (bench) => {
      const [from, to] = withSecrets as [AuthTypeId, AuthTypeId];
      const input = sample(from);
      const { id } = await bench.create(input);
      const { authentication } = sample(to);
      checkSettings(await bench.update(id, { authentication }), { ...input, authentication }, 'the answer of update');
    });

  add('update: refuses malformed changes as "validation" and leaves the webhook', ['update'], async (bench) => {
    const before = await bench.create(sample());
    const changes = { method: 'TELEPATHY' } as unknown as Partial<WebhookInput>;
    await checkRejects(bench.adapter.update(before.id, changes, bench.latest(before.id)), 'validation', 'update');
    checkSame(await bench.read(before.id), before, 'the webhook after an update that was refused');
  });

  add('update: an older version is a "conflict"', ['update'], async (bench) => {
    const first = await bench.create(sample());
    if (first.version === undefined) return;
    const second = await bench.update(first.id, { active: false });
    check(second.version !== undefined && second.version !== first.version, 'update returned the version it was given');
    const { current } = await checkRejects(
      bench.adapter.update(first.id, { active: true }, { ...live(), version: first.version }),
      'conflict',
      'an update with an older version',
    );
    if (current !== undefined) checkSame(checkWebhook(current, bench.secrets, 'current'), second, 'current of the conflict');
    checkSame(await bench.read(first.id), second, 'the webhook after a conflict');
  });

  add('update: an unknown id is "not-found"', ['update'], async ({ adapter }) => {
    await checkRejects(adapter.update(`no-${newMark()}`, { active: false }, live()), 'not-found', 'update of an unknown id');
  });

  add('update: an aborted call rejects and changes nothing', ['update'], async (bench) => {
    const before = await bench.create(sample());
    const changes = { active: false };
    await rejection(bench.adapter.update(before.id, changes, { ...bench.latest(before.id), ...aborted() }), 'an aborted update should reject');
    checkSame(await bench.read(before.id), before, 'the webhook after an update that was aborted');
  });

  add('delete: takes the webhook away', ['delete'], async (bench) => {
    const { id } = await bench.create(sample());
    const other = await bench.create(sample());
    await bench.adapter.delete(id, bench.latest(id));
    const ids = (await bench.all()).map((item) => item.id);
    check(!ids.includes(id), 'list still has a webhook that was deleted');
    check(ids.includes(other.id), 'delete took another webhook away too');
    await checkRejects(bench.adapter.delete(id, bench.latest(id)), 'not-found', 'deleting the same webhook again');
    if (bench.can('get')) await checkRejects(bench.adapter.get(id, live()), 'not-found', 'get of a deleted webhook');
  });

  add('delete: an older version is a "conflict"', ['delete', 'update'], async (bench) => {
    const { id, version } = await bench.create(sample());
    if (version === undefined) return;
    await bench.update(id, { active: false });
    await checkRejects(bench.adapter.delete(id, { ...live(), version }), 'conflict', 'a delete with an older version');
    await bench.read(id);
  });

  add('delete: an aborted call rejects and deletes nothing', ['delete'], async (bench) => {
    const { id } = await bench.create(sample());
    await rejection(bench.adapter.delete(id, { ...bench.latest(id), ...aborted() }), 'an aborted delete should reject');
    await bench.read(id);
  });

  add('listEventTypes: well-formed, none twice', ['listEventTypes'], async ({ adapter }) => {
    const found = await adapter.listEventTypes(live());
    for (const item of found) check(eventTypeSchema.safeParse(item).success, `a malformed event type: ${JSON.stringify(item)}`);
    check(new Set(found.map(({ id }) => id)).size === found.length, 'an event type is there twice');
  });

  add('listOrganizations: well-formed, none twice', ['listOrganizations'], async ({ adapter }) => {
    const found = await adapter.listOrganizations(live());
    for (const item of found) check(organizationSchema.safeParse(item).success, `a malformed organization: ${JSON.stringify(item)}`);
    check(new Set(found.map(({ id }) => id)).size === found.length, 'an organization is there twice');
  });

  add('sendTest: says how the call went, of a new webhook and of a stored one, and repeats no secret', ['sendTest'], async (bench) => {
    const input = sample(withSecrets[0]);
    for (const secret of secretsOf(input).values()) bench.secrets.add(secret);
    checkAttempt(await bench.adapter.sendTest({ input, eventType: events[0] }, live()), bench.secrets, 'the answer of sendTest');
    const { id, authentication } = await bench.create(input);
    const request = { id, input: { ...input, authentication }, eventType: events[0] };
    checkAttempt(await bench.adapter.sendTest(request, live()), bench.secrets, 'the answer of sendTest');
  });

  add('sendTest: rejects when it is aborted', ['sendTest'], async ({ adapter }) => {
    await rejection(adapter.sendTest({ input: sample(), eventType: events[0] }, aborted()), 'an aborted sendTest should reject');
  });

  add('listDeliveries: its pages show each attempt once, newest first, and no secret', ['listDeliveries'], async (bench) => {
    const { id } = await bench.create(sample(withSecrets[0]));
    const found = await bench.deliveries(id);
    check(new Set(found.map((one) => one.id)).size === found.length, 'listDeliveries shows an attempt on more than one page');
    const times = found.map(({ startedAt }) => Date.parse(startedAt));
    checkSame(times, [...times].sort((a, b) => b - a), 'the times that listDeliveries shows, newest first');
  });

  add('listDeliveries: rejects when it is aborted', ['listDeliveries'], async (bench) => {
    const { id } = await bench.create(sample());
    await rejection(bench.adapter.listDeliveries(id, { limit: 2 }, aborted()), 'an aborted listDeliveries should reject');
  });

  add('redeliver: an unknown id is "not-found"', ['redeliver'], async ({ adapter }) => {
    await checkRejects(adapter.redeliver(`no-${newMark()}`, live()), 'not-found', 'redeliver of an unknown id');
  });

  add('redeliver: answers with the new attempt, without a secret, and not when it is aborted', ['redeliver', 'listDeliveries'], async (bench) => {
    const { id } = await bench.create(sample(withSecrets[0]));
    const [newest] = await bench.deliveries(id);
    // A host may have none yet.
    if (!newest) return;
    await rejection(bench.adapter.redeliver(newest.id, aborted()), 'an aborted redeliver should reject');
    const again = checkAttempt(await bench.adapter.redeliver(newest.id, live()), bench.secrets, 'the answer of redeliver');
    check(again.id !== newest.id, 'redeliver returned the attempt that it was to repeat');
  });

  return cases;
}

export interface Runner {
  describe: (title: string, define: () => void) => unknown;
  it: (title: string, run: (...context: unknown[]) => Promise<void>) => unknown;
}

interface Skippable {
  skip?: () => void;
}

/** The contract as a suite of mocha, Jest, Vitest or node:test (whose `describe` and `it` are handed in). */
export function describeAdapterContract(
  label: string,
  createAdapter: CreateAdapter,
  { describe, it, ...options }: Partial<Runner> & ContractOptions = {},
): void {
  const runner = globalThis as unknown as Runner;
  (describe ?? runner.describe)(`adapter contract: ${label}`, () => {
    for (const { name, requires, run } of adapterContract(createAdapter, options))
      // No declared parameter: mocha would wait for a callback.
      (it ?? runner.it)(name, async function (this: unknown, ...context: unknown[]) {
        if ((await run()) === 'passed') return;
        const test = [this, ...context].find((part) => typeof (part as Skippable | undefined)?.skip === 'function');
        if (test) (test as Required<Skippable>).skip();
        else console.warn(`skipped: the adapter has no ${requires.join(', ')}`);
      });
  });
}
