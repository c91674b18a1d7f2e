// How long a person waits, as ratios against a hand-written DOM list that renders only its window, measured in the same
// run in real Chromium: `npm run bench`. Medians; both sides alternate; absolute figures depend on the machine.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../e2e/helpers/browser.mjs';

// What is on screen waits for a frame, so times come in steps of one: with fewer runs a median falls on one step or the next.
const RUNS = Number(process.env.RUNS ?? 100);
const dist = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));

/** The same rows, and the same search, on both pages. */
const data = `
  const rowsOf = (count) => Array.from({ length: count }, (_, i) => ({
    id: 'wh_' + i, version: '1', name: 'Webhook ' + i, events: ['milestone.status_change'],
    url: 'https://hooks' + (i % 50) + '.example.com/in/' + i, method: 'POST', contentType: 'application/json', headers: [],
    test: i % 7 === 0, active: i % 5 !== 0,
    authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'u', password: { stored: true } }] },
    createdAt: '2026-01-31T12:00:00Z', updatedAt: '2026-01-31T12:00:00Z' }));
  const began = performance.now();
  const all = rowsOf(Number(new URLSearchParams(location.search).get('rows')));
  // How long it takes to make the rows up is no part of showing them.
  const making = performance.now() - began;
  const adapter = {
    list: async ({ search = '' }) => {
      const items = search ? all.filter(({ name, url }) => (name + url).toLowerCase().includes(search.toLowerCase())) : all;
      return { items, total: items.length };
    },
    get: async (id) => all.find((one) => one.id === id),
    create: async () => all[0], update: async () => all[0], delete: async () => {},
  };
  window.shifts = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  // The page at rest, as it is when a person has read what is on it: an idle period is long only when no frame is due.
  window.rest = async () => {
    while ((await new Promise((idle) => requestIdleCallback((deadline) => idle(deadline.timeRemaining())))) < 40);
  };
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
`;

const style = '<style>body{margin:24px;font:16px/1.5 system-ui,sans-serif}</style>';

const widgetPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Widget</title>${style}
<link rel="modulepreload" href="/webhook-settings.js"><link rel="modulepreload" href="/list.js">
<webhook-settings></webhook-settings><script type="module">
  import '/webhook-settings.js';
  ${data}
  const element = document.querySelector('webhook-settings');
  const root = () => element.shadowRoot;
  // What is there without another frame is seen without one, as on the other page.
  const until = async (there) => {
    for (let turn = 0; !there(); turn++) await (turn < 500 ? undefined : new Promise(requestAnimationFrame));
    return painted();
  };
  element.adapter = adapter;
  window.rowsAt = until(() => root().querySelector('[role=rowgroup] > [role=row]')).then((at) => at - making);
  window.ready = () => until(() => root().querySelector('[part=search]'));
  window.search = async (text) => {
    const input = root().querySelector('[part=search]');
    const before = root().querySelector('[part=name]').textContent;
    const start = performance.now();
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return (await until(() => root().querySelector('[part=name]').textContent !== before)) - start;
  };
  window.openModal = async () => {
    const start = performance.now();
    root().querySelector('[part=add-button]').click();
    return (await until(() => root().querySelector('add-webhook-modal').shadowRoot.querySelector('dialog')?.open)) - start;
  };
</script>`;

const plainPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>By hand</title>${style}
<style>.row{display:grid;grid-template-columns:24px 1.4fr 1.2fr 1.4fr .9fr 24px;gap:16px;height:52px;align-items:center;border-top:1px solid #ddd;font-size:14px}
dialog{width:40rem}label{display:block}</style>
<h2>Webhooks</h2><input type="search" aria-label="Search"><button id="add">Add Webhook</button><div id="rows"></div>
<dialog></dialog><script type="module">
  ${data}
  const HEIGHT = 52, SPARE = 20;
  const list = document.querySelector('#rows');
  let items = [];
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    return element;
  };
  const render = () => {
    const { top } = list.getBoundingClientRect();
    const start = Math.max(0, Math.floor(-top / HEIGHT) - SPARE);
    const end = Math.min(items.length, Math.ceil((innerHeight - top) / HEIGHT) + SPARE);
    list.replaceChildren(...items.slice(start, end).map((webhook) => {
      const row = make('div', '', { class: 'row', role: 'row' });
      const title = make('div');
      title.append(make('button', webhook.name, { class: 'name' }));
      if (webhook.test) title.append(make('span', 'test'));
      if (!webhook.active) title.append(make('span', 'inactive'));
      row.append(make('input', '', { type: 'checkbox', 'aria-label': 'Select ' + webhook.name }), title, make('div', webhook.events[0]),
        make('div', webhook.method + ' ' + new URL(webhook.url).host), make('div', webhook.authentication.type),
        make('button', '…', { 'aria-label': 'Actions for ' + webhook.name }));
      return row;
    }));
    list.style.paddingBlock = start * HEIGHT + 'px ' + (items.length - end) * HEIGHT + 'px';
  };
  const load = async (search) => { ({ items } = await adapter.list({ search })); render(); };
  addEventListener('scroll', () => requestAnimationFrame(render));
  window.rowsAt = load('').then(painted).then((at) => at - making);
  window.ready = async () => {};
  window.search = async (text) => { const start = performance.now(); await load(text); return (await painted()) - start; };
  const dialog = document.querySelector('dialog');
  window.openModal = async () => {
    const start = performance.now();
    const form = make('form');
    const field = (name, control) => {
      const block = make('div', '', { class: 'field' });
      control.id = name;
      block.append(make('label', name, { for: name }), control, make('p', 'A hint that says what it is for.'));
      form.append(block);
    };
    const select = (...options) => {
      const control = make('select');
      control.append(...options.map((option) => make('option', option, { value: option })));
      return control;
    };
    field('Name', make('input'));
    field('Event', select('Choose…', 'Contract Recipient', 'Contract', 'Milestone', 'Qualification', 'Site', 'Task'));
    field('Endpoint URL', make('input'));
    field('HTTP method', select('POST', 'PUT', 'PATCH'));
    field('Content type', select('JSON', 'XML', 'Form'));
    for (const name of ['Test credentials', 'Active', 'Org. specific authentication']) field(name, make('input', '', { type: 'checkbox', role: 'switch' }));
    field('Authentication type', select('Choose…', 'Headers', 'Basic', 'Token', 'AWS4', 'HMAC-SHA256', 'No Authentication', 'OAuth2'));
    form.append(make('h3', 'Request headers'), make('p', 'Sent with every request.'));
    form.append(make('button', 'Add Header'), make('button', 'Cancel'), make('button', 'Save'));
    dialog.replaceChildren(make('h2', 'Add Webhook'), form);
    dialog.showModal();
    return (await painted()) - start;
  };
</script>`;

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const page = { '/widget': widgetPage, '/plain': plainPage, '/blank': '<!doctype html>' }[pathname];
  if (page) response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  else
    readFile(join(dist, pathname.slice(1))).then(
      (file) => response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' }).end(file),
      () => response.writeHead(404).end(),
    );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await launchBrowser();
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
const devtools = await page.context().newCDPSession(page);
let shifts = 0;

async function once(kind, rows, measure) {
  // Between them an empty page and a swept heap, so that none pays for what the one before left behind.
  await page.goto(`${base}/blank`);
  await devtools.send('HeapProfiler.collectGarbage');
  await page.goto(`${base}/${kind}?rows=${rows}`);
  const rowsAt = await page.evaluate('rowsAt');
  if (!measure) {
    if (kind === 'widget') {
      await page.evaluate('ready()');
      shifts = Math.max(shifts, await page.evaluate('shifts'));
    }
    return rowsAt;
  }
  await page.evaluate('ready().then(rest)');
  return page.evaluate(measure);
}

/** Measures the cases in turns, so that what slows the machine for a while slows all of them. */
async function compare(cases) {
  const times = cases.map(() => ({ widget: [], plain: [] }));
  for (let run = -1; run < RUNS; run++)
    for (const [index, { rows, measure }] of cases.entries())
      // Each goes first as often as the other.
      for (const kind of run % 2 ? ['plain', 'widget'] : ['widget', 'plain']) {
        const time = await once(kind, rows, measure);
        // The first round warms the caches.
        if (run >= 0) times[index][kind].push(time);
      }
  return cases.map(({ name, goal }, index) => {
    const [widget, plain] = [median(times[index].widget), median(times[index].plain)];
    const ratio = widget / plain;
    console.log(
      `${name.padEnd(34)} ${widget.toFixed(0).padStart(6)} ms ${plain.toFixed(0).padStart(6)} ms ${ratio.toFixed(2).padStart(6)}×  ${verdict(ratio <= goal)}, ≤ ${goal}×`,
    );
    return widget;
  });
}

let missed = 0;
function verdict(isMet) {
  if (!isMet) missed++;
  return isMet ? 'ok' : 'MISSED';
}

console.log(`${''.padEnd(34)} ${'widget'.padStart(9)} ${'by hand'.padStart(9)} ${'ratio'.padStart(7)}   (medians of ${RUNS})`);
const [, thousand, tenThousand] = await compare([
  { name: '20 rows on screen', rows: 20, goal: 1.5 },
  { name: '1 000 rows on screen', rows: 1000, goal: 1.3 },
  { name: '10 000 rows on screen', rows: 10_000, goal: 1.3 },
]);
const apart = Math.abs(tenThousand / thousand - 1) * 100;
console.log(`10 000 rows against 1 000: ${apart.toFixed(0)} % apart  ${verdict(apart <= 10)}, ≤ 10 %`);
await compare([
  { name: 'a keystroke in search, 10 000 rows', rows: 10_000, measure: "search('9')", goal: 2 },
  { name: 'opening the modal', rows: 20, measure: 'openModal()', goal: 2 },
]);
console.log(`layout shift: ${shifts.toFixed(4)}  ${verdict(shifts === 0)}, 0`);
await browser.close();
server.close();
process.exit(missed ? 1 : 0);
