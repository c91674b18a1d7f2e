import { deliveryAttemptSchema, eventTypeSchema, organizationSchema, webhookInputSchema, webhookSchema } from 'webhook-settings/core';
import * as z from 'zod';
import { signInSchema } from './session.js';
import { connectSchema, deliveryQuerySchema, eventSchema, listQuerySchema, testSchema } from './webhooks.js';

type Json = Record<string, unknown>;

/** The schemas of the core, which the form and every adapter go by, as JSON Schema (2020-12, OpenAPI 3.1's own). */
function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    // The core's only custom schemas are numbers.
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'number';
    },
  }) as Json;
  return rest;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const listOf = (schema: Json) => ({ type: 'array', items: schema });
const pageOf = (name: string) => ({
  type: 'object',
  properties: { items: listOf(ref(name)), nextCursor: { type: 'string' }, total: { type: 'integer' } },
  required: ['items'],
  additionalProperties: false,
});

const problemSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: listOf({
      type: 'object',
      properties: { pointer: { type: 'string', description: 'RFC 6901, into the body of the request' }, detail: { type: 'string' } },
      required: ['pointer', 'detail'],
      additionalProperties: false,
    }),
    reason: { enum: ['denied', 'unavailable'], description: 'Why this person may not: no admin, or not turned on.' },
    current: ref('Webhook'),
  },
  required: ['type', 'title', 'status'],
  additionalProperties: false,
};

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });
const problems: Record<number, Json> = {
  400: problem('The request cannot be read.'),
  401: problem('Nobody is signed in.'),
  403: problem('Not for this person, or asked for by another site.'),
  404: problem('There is no such thing in this account.'),
  409: problem('Not in this state.'),
  412: { ...problem('Someone else has changed it; `current` is what is stored.'), headers: { ETag: { schema: { type: 'string' } } } },
  413: problem('The body is too large.'),
  415: problem('The body is no JSON.'),
  421: problem('The host is not known by the name that was called.'),
  422: problem('Not valid; `errors` says where.'),
  429: { ...problem('Too many calls.'), headers: { 'Retry-After': { schema: { type: 'integer' } } } },
  500: problem('Something is wrong at the host, which nobody who calls it can mend.'),
  503: { ...problem('The host is stopping.'), headers: { 'Retry-After': { schema: { type: 'integer' } } } },
};

/** The parameters of a query, from its schema. */
const query = (schema: z.ZodObject) => {
  const { properties = {} } = jsonSchema(schema, 'input') as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, one]) => {
    // What arrives is text; the schema reads a number or a flag out of it.
    const read = name === 'limit' ? { type: 'integer', minimum: 1, maximum: 100, default: 25 } : one;
    return { name, in: 'query', schema: read };
  });
};
const pathId = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const header = (name: string, description: string) => ({ name, in: 'header', description, schema: { type: 'string' } });

interface Operation {
  summary: string;
  parameters?: Json[];
  body?: Json;
  answer: Json;
  status?: number;
  /** What it may fail with, beside 401, 403 and 421. */
  failures?: number[];
  open?: true;
}

const operation = ({ summary, parameters, body, answer, status = 200, failures = [], open }: Operation): Json => ({
  summary,
  ...(parameters && { parameters }),
  ...(body && { requestBody: { required: true, ...json(body) } }),
  ...(open && { security: [] }),
  responses: {
    [status]: { description: summary, ...answer },
    ...Object.fromEntries([401, 403, 421, ...failures].map((code) => [code, problems[code]])),
  },
});

const etag = { headers: { ETag: { schema: { type: 'string' } } } };
const webhook = { ...etag, ...json(ref('Webhook')) };
const changes = [400, 404, 412, 413, 415, 422];

const session = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    account: { type: 'string' },
    access: { enum: ['manage', 'denied', 'unavailable'] },
  },
  required: ['id', 'name', 'account', 'access'],
  additionalProperties: false,
};
const demoUser = {
  type: 'object',
  properties: { id: { type: 'string' }, name: { type: 'string' }, description: { type: 'string' } },
  required: ['id', 'name', 'description'],
  additionalProperties: false,
};
const connection = { type: 'object', properties: { organizationId: { type: 'string' } }, additionalProperties: false };

/** WebhookInput, of which nothing has to be there. */
function partialInput(): Json {
  const { required: _, ...rest } = jsonSchema(webhookInputSchema, 'input');
  return rest;
}

function testBody(): Json {
  const { properties, ...rest } = jsonSchema(testSchema, 'input');
  return { ...rest, properties: { ...(properties as Json), input: ref('WebhookInput') }, required: ['input', 'eventType'], description: '`id` is the saved webhook that `input` is an edit of.' };
}

/** The API, described for people and machines: OpenAPI 3.1. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Webhook settings: the reference host', version: '1' },
    servers: [{ url: '/host/api' }],
    security: [{ session: [] }],
    paths: {
      '/users': { get: operation({ summary: 'Whom one can sign in as', answer: json(listOf(demoUser)), open: true }) },
      '/session': {
        get: operation({ summary: 'Who is signed in; null for nobody', answer: json({ anyOf: [session, { type: 'null' }] }), open: true }),
        post: operation({ summary: 'Sign in', body: jsonSchema(signInSchema, 'input'), answer: json(session), failures: [400, 415, 422], open: true }),
        delete: operation({ summary: 'Sign out', answer: {}, status: 204, open: true }),
      },
      '/event-types': { get: operation({ summary: 'The catalogue of events', answer: json(listOf(ref('EventType'))) }) },
      '/signing-secret': {
        get: operation({
          summary: 'What calls are signed with (Standard Webhooks), unless the webhook has a secret of its own; its receivers need it',
          answer: json({ type: 'object', properties: { secret: { type: 'string' } }, required: ['secret'], additionalProperties: false }),
          failures: [500],
        }),
      },
      '/organizations': { get: operation({ summary: 'The organizations of the account', answer: json(listOf(ref('Organization'))) }) },
      '/webhooks': {
        get: operation({ summary: 'A page of webhooks', parameters: query(listQuerySchema), answer: json(pageOf('Webhook')), failures: [422] }),
        post: operation({
          summary: 'Add a webhook',
          parameters: [{ ...header('Idempotency-Key', 'The same for each try; then one webhook is made. In quotes or not.'), schema: { type: 'string', minLength: 1, maxLength: 257 } }],
          body: ref('WebhookInput'),
          answer: webhook,
          status: 201,
          failures: [400, 409, 413, 415, 422],
        }),
      },
      '/webhooks/{id}': {
        get: operation({ summary: 'A webhook', parameters: [pathId], answer: webhook, failures: [404] }),
        patch: operation({
          summary: 'Change what is named',
          parameters: [pathId, header('If-Match', 'The version that was seen.')],
          body: { ...partialInput(), description: 'Top-level properties of WebhookInput; those that are absent stay as they are.' },
          answer: webhook,
          failures: changes,
        }),
        delete: operation({
          summary: 'Delete a webhook',
          parameters: [pathId, header('If-Match', 'The version that was seen.')],
          answer: {},
          status: 204,
          failures: [404, 412],
        }),
      },
      '/webhooks/test': {
        post: operation({
          summary: 'Call the receiver with what is in a form',
          body: testBody(),
          answer: json(ref('DeliveryAttempt')),
          failures: [400, 404, 413, 415, 422, 429, 500],
        }),
      },
      '/webhooks/{id}/deliveries': {
        get: operation({
          summary: 'The calls of a webhook, newest first',
          parameters: [pathId, ...query(deliveryQuerySchema)],
          answer: json(pageOf('DeliveryAttempt')),
          failures: [404, 422],
        }),
      },
      '/deliveries/{id}/redeliver': {
        post: operation({ summary: 'Make this call again', parameters: [pathId], answer: json(ref('DeliveryAttempt')), failures: [404, 409, 429, 503] }),
      },
      '/webhooks/{id}/connections': {
        get: operation({ summary: 'Which logins are connected (OAuth2)', parameters: [pathId], answer: json(listOf(connection)), failures: [404] }),
      },
      '/webhooks/{id}/connect': {
        post: operation({
          summary: 'Begin a login at the provider (OAuth2)',
          parameters: [pathId],
          body: jsonSchema(connectSchema, 'input'),
          answer: json({ type: 'object', properties: { url: { type: 'string' } }, required: ['url'], additionalProperties: false }),
          failures: [400, 404, 415, 422],
        }),
      },
      '/events': {
        post: operation({
          summary: 'Something happened (in the demo: a button)',
          body: jsonSchema(eventSchema, 'input'),
          answer: json({
            type: 'object',
            properties: { id: { type: 'string' }, calls: { type: 'integer' } },
            required: ['id', 'calls'],
            additionalProperties: false,
          }),
          status: 202,
          failures: [400, 413, 415, 422],
        }),
      },
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'webhook_host_session' } },
      schemas: {
        Webhook: jsonSchema(webhookSchema),
        WebhookInput: jsonSchema(webhookInputSchema, 'input'),
        EventType: jsonSchema(eventTypeSchema),
        Organization: jsonSchema(organizationSchema),
        DeliveryAttempt: jsonSchema(deliveryAttemptSchema),
        Problem: problemSchema,
      },
    },
  };
}
