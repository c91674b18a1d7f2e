import { Hono, type Context } from 'hono';
import type { Webhook } from 'webhook-settings/core';
import * as z from 'zod';
import { eventTypeIds, eventTypes, fireEvent, sampleOf } from '../events.js';
import { readableOwnersOf } from '../oauth/owners.js';
import { Problem, invalid } from '../problem.js';
import { acceptInput } from '../webhooks/repository.js';
import type { Env, Services } from './context.js';
import { isDeeperThan } from './depth.js';
import { createLimit } from './limit.js';
import { idempotencyKey, ifMatch, parse, readBody, readJson } from './read.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const LONGEST_PAGE = 100;
const limit = z.coerce
  .number()
  .int()
  .min(1)
  .transform((count) => Math.min(count, LONGEST_PAGE))
  .default(25);

/** What the database can hold and be asked for: PostgreSQL's text has no NUL. */
const text = z.string().regex(/^[^\0]*$/);

export const listQuerySchema = z.object({
  cursor: text.optional(),
  limit,
  search: text.max(500).optional(),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('-createdAt'),
  active: flag.optional(),
  test: flag.optional(),
  event: text.optional(),
});

export const deliveryQuerySchema = z.object({
  cursor: z.string().optional(),
  limit,
  outcome: z.enum(['succeeded', 'failed', 'pending']).optional(),
  event: text.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** What can be written as XML and as a form, too: not nested without an end. */
const DEEPEST = 64;
const payload = z.unknown().refine((value) => !isDeeperThan(value, DEEPEST), `nested more than ${DEEPEST} levels deep`);

export const testSchema = z.object({
  id: text.optional(),
  input: z.unknown(),
  eventType: z.string(),
  payload: payload.optional(),
});

export const eventSchema = z.object({
  type: z.string(),
  organizationId: text.optional(),
  environment: z.enum(['live', 'test']).default('live'),
  payload: payload.optional(),
});

export const connectSchema = z.object({ organizationId: text.optional() });

const checkEventType = (path: string, type: string) => {
  if (!eventTypeIds.has(type)) throw invalid([{ path, detail: 'There is no such event.' }]);
};

/** Test calls of one account at a time: they keep a connection open for as long as a receiver likes. */
const TESTS_AT_ONCE = 5;

/** The mapping of the REST adapter. Every handler reaches the rows of the signed-in person's account only. */
export function webhookRoutes({ db, vault, webhooks, checks, log, worker, caller, tokens, logins }: Services, redirectUri: (c: Context) => string) {
  const app = new Hono<Env>();
  const limitTests = createLimit(TESTS_AT_ONCE);
  const tagged = (webhook: Webhook) => ({ etag: `"${webhook.version}"` });

  app.get('/event-types', (c) => c.json(eventTypes));

  app.get('/signing-secret', async (c) => c.json({ secret: await caller.signingSecret(c.get('user').accountId) }));

  app.get('/organizations', async (c) => {
    const found = await db.selectFrom('organizations').select(['id', 'name']).where('account_id', '=', c.get('user').accountId).orderBy('id').execute();
    return c.json(found);
  });

  app.get('/webhooks', async (c) => c.json(await webhooks.list(c.get('user').accountId, parse(listQuerySchema, c.req.query()))));

  app.post('/webhooks', async (c) => {
    const created = await webhooks.create(c.get('user').accountId, await readJson(c), idempotencyKey(c));
    return c.json(created, 201, { ...tagged(created), location: `${c.req.path}/${created.id}` });
  });

  app.post('/webhooks/test', async (c) => {
    const { accountId } = c.get('user');
    const { id, input: given, eventType, payload } = await readBody(c, testSchema);
    checkEventType('eventType', eventType);
    const stored = id === undefined ? undefined : await webhooks.row(accountId, id);
    const options = await checks(accountId);
    try {
      const input = acceptInput(given, options);
      return c.json(
        await limitTests(accountId, () => caller.test({ accountId, input, stored, eventType, payload: payload ?? sampleOf(eventType) })),
      );
    } catch (error) {
      // Its pointers are into the body of this request, where the webhook is a part of it.
      if (error instanceof Problem && error.errors.length)
        throw new Problem(error.status, error.title, { errors: error.errors.map(({ path, detail }) => ({ path: `input.${path}`, detail })) });
      throw error;
    }
  });

  app.get('/webhooks/:id', async (c) => {
    const webhook = await webhooks.get(c.get('user').accountId, c.req.param('id'));
    return c.json(webhook, 200, tagged(webhook));
  });

  app.patch('/webhooks/:id', async (c) => {
    const webhook = await webhooks.update(c.get('user').accountId, c.req.param('id'), await readJson(c), ifMatch(c));
    return c.json(webhook, 200, tagged(webhook));
  });

  app.delete('/webhooks/:id', async (c) => {
    await webhooks.remove(c.get('user').accountId, c.req.param('id'), ifMatch(c));
    return c.body(null, 204);
  });

  app.get('/webhooks/:id/deliveries', async (c) => {
    const { id } = await webhooks.row(c.get('user').accountId, c.req.param('id'));
    return c.json(await log.list(c.get('user').accountId, id, parse(deliveryQuerySchema, c.req.query())));
  });

  app.post('/deliveries/:id/redeliver', async (c) => {
    const { accountId } = c.get('user');
    const attempt = await log.row(accountId, c.req.param('id'));
    if (attempt.outcome === 'pending') throw new Problem(409, 'This call has not been made yet.');
    const { active } = await webhooks.row(accountId, attempt.webhook_id);
    if (!active) throw new Problem(409, 'This webhook is inactive.');
    const again = await limitTests(accountId, () => worker.again(attempt));
    return c.json(await log.get(accountId, again.id));
  });

  app.get('/webhooks/:id/connections', async (c) => {
    const owners = readableOwnersOf(vault, await webhooks.row(c.get('user').accountId, c.req.param('id')));
    return c.json((await tokens.connected(owners)).map(({ organizationId }) => (organizationId ? { organizationId } : {})));
  });

  app.post('/webhooks/:id/connect', async (c) => {
    const { id: userId, accountId } = c.get('user');
    const { organizationId = '' } = await readBody(c, connectSchema);
    const webhook = await webhooks.row(accountId, c.req.param('id'));
    return c.json({ url: await logins.start({ userId, accountId }, webhook, organizationId, redirectUri(c)) });
  });

  app.post('/events', async (c) => {
    const event = await readBody(c, eventSchema);
    checkEventType('type', event.type);
    const fired = await fireEvent(db, c.get('user').accountId, event);
    worker.kick();
    return c.json(fired, 202);
  });
  return app;
}
