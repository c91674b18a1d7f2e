// The page that the pictures are taken of: the elements from dist/cdn, on data that never changes, in fonts that are the same
// on every machine.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startHost } from '../e2e/helpers/servers.mjs';

const require = createRequire(import.meta.url);
const fonts = {
  inter: (weight) => `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`,
  arabic: (weight) => `@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-${weight}-normal.woff2`,
};
const weights = [400, 500, 600, 700];

const fontPages = Object.entries(fonts).flatMap(([name, file]) =>
  weights.map((weight) => [`/fonts/${name}-${weight}.woff2`, readFileSync(require.resolve(file(weight)))]),
);
const faces = Object.keys(fonts).flatMap((name) =>
  weights.map((weight) => `@font-face { font-family: ${name}; font-weight: ${weight}; src: url(/fonts/${name}-${weight}.woff2); }`),
);

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>Pictures</title>
<script type="module" src="/cdn/webhook-settings.js"></script>
<style>
  ${faces.join('\n  ')}
  :root { color-scheme: light dark; font: 16px/1.5 inter, arabic; --webhook-code-font-family: inter, arabic; }
  body { margin: 24px; background: Canvas; color: CanvasText; }
  @media (width < 40rem) { body { margin: 16px; } }
  /* The whole of a form in one picture, however long it is. */
  webhook-settings::part(modal-dialog) { max-height: none; }
</style>
</head>
<body><webhook-settings></webhook-settings></body>
</html>`;

export const startStage = () => startHost({ '/': html, ...Object.fromEntries(fontPages) });

/**
 * Runs in the page: gives the element a host that answers as the state wants it.
 *
 * @param {object} wish what differs from a well-behaved host: `webhooks` (how many), `fail` (method to code), `never`
 */
export async function mount(wish = {}) {
  const { webhooks: count, fail = {}, never, nextCursor, malformed, properties = {} } = wish;
  await Promise.all([...document.fonts].map((face) => face.load()));
  await customElements.whenDefined('webhook-settings');
  const base = {
    method: 'POST',
    contentType: 'application/json',
    headers: [],
    test: false,
    active: true,
    version: '7',
    createdAt: '2026-01-31T12:00:00Z',
    updatedAt: '2026-01-31T12:00:00Z',
  };
  const secret = { stored: true, hint: '9f2a' };
  const organizations = [
    { id: 'org_1', name: 'Northwind' },
    { id: 'org_2', name: 'Südwind GmbH' },
    { id: 'org_3', name: 'Contoso' },
  ];
  const all = [
    {
      id: 'wh_1',
      name: 'Milestones to CRM',
      events: ['milestone.status_change'],
      url: 'https://hooks.crm.example.com/in/7f3a',
      authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'integration', password: secret }] },
      health: { recent: ['succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'] },
    },
    {
      id: 'wh_2',
      name: 'Recipient status, staging',
      events: ['contract_recipient.status_change'],
      url: 'https://staging.example.com/webhooks',
      method: 'PUT',
      test: true,
      headers: [{ key: 'X-Tenant', value: '7' }],
      authentication: {
        type: 'aws4',
        organizationSpecific: true,
        credentials: organizations.slice(0, 2).map(({ id }) => ({
          organizationId: id,
          accessKey: 'AKIAIOSFODNN7EXAMPLE',
          secretKey: secret,
          region: 'us-east-1',
          service: 'execute-api',
          baseEndpoint: 'https://api.example.com',
        })),
      },
    },
    {
      id: 'wh_3',
      name: 'Archived sites to the warehouse',
      events: ['site.archived'],
      url: 'https://warehouse.example.com',
      active: false,
      authentication: { type: 'none', organizationSpecific: false, credentials: [] },
      health: { recent: ['succeeded', 'failed', 'failed', 'failed'], deactivatedReason: '20 failures in a row' },
    },
  ].map((one) => ({ ...base, ...one }));
  const items = all.slice(0, count ?? all.length);
  if (malformed) items.splice(1, 0, { id: 'wh_x', name: 'Half a webhook', url: 7 });

  const attempt = (id, outcome, status, more = {}) => ({
    id,
    eventType: 'milestone.status_change',
    outcome,
    startedAt: '2026-02-01T11:58:00Z',
    durationMs: 184,
    ...(outcome === 'failed' && { error: 'status' }),
    request: {
      method: 'POST',
      url: 'https://hooks.crm.example.com/in/7f3a',
      headers: [
        { key: 'Content-Type', value: 'application/json' },
        { key: 'Authorization', value: 'Basic •••' },
      ],
      body: '{\n  "type": "milestone.status_change"\n}',
    },
    response: { status, headers: [{ key: 'Content-Type', value: 'text/plain' }], body: status < 300 ? 'taken' : 'no' },
    ...more,
  });
  const answer = (method, value) => async (...parameters) => {
    if (never === method) return new Promise(() => {});
    if (fail[method]) throw typeof fail[method] === 'string' ? { code: fail[method] } : fail[method];
    return typeof value === 'function' ? value(...parameters) : value;
  };
  const element = document.querySelector('webhook-settings');
  Object.assign(element, properties, {
    adapter: {
      list: answer('list', ({ search }) => ({
        items: search ? [] : items,
        total: search ? 0 : items.length + (nextCursor ? 40 : 0),
        ...(nextCursor && !search && { nextCursor }),
      })),
      create: answer('create', () => all[0]),
      get: answer('get', (id) => all.find((one) => one.id === id)),
      update: answer('update', () => {
        const error = { code: 'conflict', current: { ...all[0], version: '8', name: 'Milestones to the new CRM', active: false } };
        throw error;
      }),
      delete: answer('delete', undefined),
      listOrganizations: answer('listOrganizations', organizations),
      sendTest: answer('sendTest', () => attempt('t_1', 'failed', 401)),
      listDeliveries: answer('listDeliveries', {
        items: [
          attempt('d_1', 'pending', 503, { attempt: 3, nextAttemptAt: '2026-02-01T12:04:00Z', error: 'status' }),
          attempt('d_2', 'failed', 503, { startedAt: '2026-02-01T10:30:00Z', attempt: 2 }),
          attempt('d_3', 'succeeded', 200, { startedAt: '2026-01-31T12:00:00Z' }),
        ],
        nextCursor: 'more',
      }),
      redeliver: answer('redeliver', () => attempt('d_4', 'succeeded', 200)),
    },
  });
}
