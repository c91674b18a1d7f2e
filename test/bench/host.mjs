// The host under load, on this machine: `node test/bench/host.mjs`, after `npm run build`. With DATABASE_URL on a server.
// 10 000 webhooks in one account, read by several clients at once; then deliveries to many receivers, some of which hang.
import { newPlace, signIn, startHost, until } from '../host/helpers/host.mjs';
import { startReceiver } from '../host/helpers/receiver.mjs';

const { fold } = await import('../../demo/host/webhooks/fold.ts');

const WEBHOOKS = 10_000;
const CLIENTS = 8;
const REQUESTS = 400;
const RECEIVERS = 200;
const HANGING = 20;
const EVENTS = 10;

const place = await newPlace();
const host = await startHost({ folder: place.folder, databaseUrl: place.databaseUrl, allowLoopback: true, timeoutMs: 2_000 });
const maya = await signIn(host.url, 'maya');

/** The value below which `share` of the sorted values are. */
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
function print(what, values, more = '') {
  const sorted = [...values].sort((a, b) => a - b);
  const [p50, p95, p99, max] = [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share).toFixed(1).padStart(8));
  console.log(`${what.padEnd(34)} n ${String(values.length).padStart(5)}  p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${max} ms  ${more}`);
}

async function addWebhooks(count, columns) {
  const now = new Date();
  for (let done = 0; done < count; done += 500)
    await host.db
      .insertInto('webhooks')
      .values(
        Array.from({ length: Math.min(500, count - done) }, (_, index) => ({
          ...{ account_id: 'acc_brightside', method: 'POST', content_type: 'application/json', headers: '[]', test: false, active: true },
          ...{ created_at: now, updated_at: now, deactivated_reason: null },
          authentication: JSON.stringify({ type: 'none', organizationSpecific: false, credentials: [] }),
          ...columns(done + index),
        })).map((row) => ({ ...row, name_key: fold(row.name), search_key: fold(`${row.name}\n${row.url}`) })),
      )
      .execute();
}

/** `REQUESTS` requests, `CLIENTS` at a time; `next` says the path of each. */
async function load(what, next) {
  const times = [];
  let sent = 0;
  const start = performance.now();
  const client = async () => {
    let state;
    while (sent < REQUESTS) {
      const number = sent++;
      const began = performance.now();
      const { status, body } = await maya.call('GET', next(number, state));
      if (status !== 200) throw new Error(`${what}: HTTP ${status}`);
      times.push(performance.now() - began);
      state = body;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  print(what, times, `${Math.round((times.length / (performance.now() - start)) * 1000)} a second`);
}

console.log(`${place.databaseUrl ? 'PostgreSQL server' : 'embedded PostgreSQL'}, ${CLIENTS} clients\n`);
await addWebhooks(WEBHOOKS, (index) => ({
  id: `wh_bench_${index}`,
  name: `Receiver ${index * 7919} of ${['Cedar', 'Harbor', 'Alpine'][index % 3]}`,
  events: ['task_comment.created'],
  url: `https://hooks${index % 97}.example.com/${index}`,
}));
await load('list, first page of 25', () => '/webhooks?limit=25');
await load('list, page after page', (_, last) => `/webhooks?limit=100${last?.nextCursor ? `&cursor=${last.nextCursor}` : ''}`);
await load('list by name, page after page', (_, last) => `/webhooks?limit=100&sort=name${last?.nextCursor ? `&cursor=${last.nextCursor}` : ''}`);
await load('search, few hits', (number) => `/webhooks?limit=25&search=${7919 * number}`);
await load('search, many hits', () => '/webhooks?limit=25&search=harbor');
await load('one webhook', (number) => `/webhooks/wh_bench_${(number * 31) % WEBHOOKS}`);

const arrived = [];
let firedAt = 0;
const [working, hanging] = await Promise.all([
  startReceiver((_, response) => {
    arrived.push(performance.now() - firedAt);
    response.end();
  }),
  startReceiver(() => {}),
]);
await addWebhooks(RECEIVERS, (index) => ({
  id: `wh_receiver_${index}`,
  name: `Called ${index}`,
  events: ['site.archived'],
  url: `${index < HANGING ? hanging.url : working.url}/${index}`,
}));
const expected = (RECEIVERS - HANGING) * EVENTS;
firedAt = performance.now();
for (let count = 0; count < EVENTS; count++) await maya.call('POST', '/events', { body: { type: 'site.archived' } });
await until(() => arrived.length >= expected, `${expected} deliveries`, 120_000);
const seconds = (performance.now() - firedAt) / 1000;
print(`deliveries, ${HANGING} of ${RECEIVERS} receivers hang`, arrived, `${Math.round(expected / seconds)} a second`);

await working.close();
await hanging.close();
await host.close();
await place.remove();
