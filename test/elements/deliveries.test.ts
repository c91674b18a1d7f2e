import { expect } from '@open-wc/testing';
import 'axe-core';
import type axeCore from 'axe-core';
import type { TestRequest, WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { DeliveryAttempt, DeliveryQuery } from '../../src/core/delivery.js';
import type { MessageKey } from '../../src/core/messages/index.js';
import { Clock } from '../helpers/clock.js';
import { pressKey } from '../helpers/keys.js';
import { deferred, nameOf, Page, textOf, until } from '../helpers/page.js';
import { credentialSamples, memory, openModal, openSettings, organizations, recorded, say, storedWebhook, type ModalPage, type SettingsPage } from '../helpers/widget.js';
import { chooseAction, heard, openRowMenu } from '../helpers/hosts.js';

const MARK = 'canary-77d1';
const name = 'Milestones to CRM';
const title = `Deliveries of ${name}`;
const testTitle = say('testTitle');

/** It is no module: it puts itself into the page. */
const { axe } = globalThis as unknown as { axe: typeof axeCore };

let count = 0;
/** Each one a minute older than the one before. */
const attempt = (changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
  id: `att_${++count}`,
  eventType: 'milestone.status_change',
  outcome: 'succeeded',
  attempt: 1,
  startedAt: new Date(Date.now() - count * 60_000).toISOString(),
  durationMs: 41.6,
  request: { method: 'POST', url: `https://hooks.example.com/${count}`, headers: [{ key: 'Authorization', value: 'Basic •••' }], body: '{"n":1}' },
  response: { status: 200, headers: [{ key: 'X-Seen', value: 'yes' }], body: 'taken' },
  ...changes,
});
const status = (code: number) => ({ status: code, headers: [] });
const failed = (changes: Partial<DeliveryAttempt> = {}) => attempt({ outcome: 'failed', error: 'status', response: status(500), ...changes });

/** A host in memory that keeps deliveries. */
function host(attempts: DeliveryAttempt[] = [], more: Partial<WebhookAdapter> = {}, changes: Parameters<typeof storedWebhook>[0] = {}) {
  const webhooks = [storedWebhook({ id: 'wh', name, ...changes })];
  const own: WebhookAdapter = {
    ...memory({ webhooks }).adapter,
    sendTest: ({ input, eventType, payload }) =>
      Promise.resolve(attempt({ eventType, request: { method: input.method, url: input.url, headers: [], body: JSON.stringify(payload) } })),
    listDeliveries: (_, { cursor, limit, outcome, event, from, to }: DeliveryQuery) => {
      const found = attempts.filter(
        (one) =>
          (!outcome || one.outcome === outcome) && (!event || one.eventType === event) && (!from || one.startedAt >= from) && (!to || one.startedAt < to),
      );
      const start = Number(cursor ?? 0);
      const end = start + limit;
      return Promise.resolve({ items: found.slice(start, end), ...(end < found.length && { nextCursor: String(end) }) });
    },
    redeliver: (id) => {
      const before = attempts.find((one) => one.id === id)!;
      const again = attempt({ eventType: before.eventType, startedAt: new Date().toISOString() });
      attempts.unshift(again);
      return Promise.resolve(again);
    },
    ...more,
  };
  return recorded<WebhookAdapter>(own);
}

const openList = (adapter: WebhookAdapter) => openSettings({ adapter });

async function openDeliveries(adapter: WebhookAdapter) {
  const page = await openList(adapter);
  await chooseAction(page, name, say('deliveries'));
  await page.appears('dialog', title);
  const dialog = page.within('dialog', title);
  await until(() => dialog.has('listitem') || dialog.has('alert') || /Nothing was delivered|matches/.test(dialog.text), 'the deliveries');
  return { page, dialog };
}

const rows = (dialog: Page) => dialog.all('listitem').map((item) => textOf(item.querySelector('summary')!));
const pressIn = (item: HTMLElement, label: string) => {
  item.querySelector('details')!.open = true;
  new Page(item).press(label);
};
const linesOf = (page: Page, label: string) => page.get('group', label).textContent.split('\n');

async function openTestOf(page: SettingsPage | ModalPage): Promise<Page> {
  await page.appears('dialog', testTitle);
  return page.within('dialog', testTitle);
}
const payload = (dialog: Page) => dialog.field<HTMLInputElement>(say('testPayload'));
const send = (dialog: Page) => dialog.press(say('send'));

async function openPreview(modal: ModalPage): Promise<Page> {
  const summary = modal.element.shadowRoot!.querySelector<HTMLElement>('details.preview > summary')!;
  expect(summary.textContent).to.equal(say('preview'));
  summary.click();
  await modal.appears('region', say('previewTitle'));
  // With the triangle that says that it opens, also once the styles of deliveries are there.
  const { display, listStyleType } = getComputedStyle(summary);
  expect([display, listStyleType]).to.deep.equal(['list-item', 'disclosure-open']);
  return new Page(summary.parentElement!);
}
const previewLines = (preview: Page) => preview.root instanceof Element ? preview.root.querySelector('pre')!.textContent.split('\n') : [];

async function withClipboard(run: () => Promise<void>): Promise<string[]> {
  const written: string[] = [];
  const clipboard = { writeText: (text: string) => Promise.resolve(void written.push(text)) };
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  try {
    await run();
  } finally {
    Reflect.deleteProperty(navigator, 'clipboard');
  }
  return written;
}

describe('the preview of a request', () => {
  it('follows the form line by line', async () => {
    const page = await openList(host().adapter);
    const modal = await page.openAdd();
    await modal.fillValid();
    const preview = await openPreview(modal);
    const lines = () => previewLines(preview);
    expect(lines()[0]).to.equal('POST https://hooks.example.com/in');
    modal.fill('Endpoint URL', 'https://hooks.example.com/other');
    modal.fill('HTTP method', 'PATCH');
    await modal.addRequestHeader('X-Tenant', '7');
    await until(() => lines()[0] === 'PATCH https://hooks.example.com/other' && lines().includes('X-Tenant: 7'), 'the preview to follow');
    modal.fill('Content type', 'application/xml');
    await until(() => lines().includes('Content-Type: application/xml') && lines().some((line) => line.includes('<event>')), 'the content type');
    modal.fill('Event', 'Site Archived');
    await until(() => lines().some((line) => line.includes('site.archived')), 'the event');
  });

  for (const { type, label, enter } of credentialSamples)
    it(`of ${label} holds no secret, neither on screen nor in the command for curl`, async () => {
      const page = await openList(host().adapter);
      const modal = await page.openAdd();
      modal.fillBasics();
      await modal.chooseType(label);
      await modal.enterCredential(modal.authentication, enter(MARK));
      const preview = await openPreview(modal);
      const shown = previewLines(preview).join('\n');
      if (type !== 'none') expect(shown).to.match(/\$(HEADER_1|BASE64_OF_USERNAME_AND_PASSWORD|TOKEN|SIGNATURE|ACCESS_TOKEN)/);
      const written = await withClipboard(async () => {
        preview.press(say('copyCurl'));
        await until(() => modal.all('status').some((one) => textOf(one) === say('copied')), 'that it was copied');
      });
      expect(written).to.have.length(1);
      expect(written[0]).to.match(/^curl --globoff --request POST --url 'https:\/\/hooks\.example\.com\/in'/);
      expect(shown + written.join('')).not.to.contain(MARK);
    });

  it('shows the organization that is chosen', async () => {
    const credentials = organizations.map(({ id }, index) => ({ organizationId: id, key: `X-Token-${index}`, value: { stored: true as const } }));
    const { adapter } = host([], {}, { authentication: { type: 'token', organizationSpecific: true, credentials } });
    const page = await openList(adapter);
    const modal = await page.openEdit(name);
    const preview = await openPreview(modal);
    expect(previewLines(preview)).to.include('X-Token-0: $TOKEN');
    preview.fill(say('previewFor'), 'Contoso');
    await until(() => previewLines(preview).includes('X-Token-2: $TOKEN'), 'the other credential');
    expect(previewLines(preview)).not.to.include('X-Token-0: $TOKEN');
  });
});

describe('sending a test event', () => {
  it('for a saved webhook sends its id and what was written into the payload, and shows the exchange', async () => {
    const { adapter, of } = host();
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    dialog.fill(say('testPayload'), '{"n": 5}');
    send(dialog);
    await dialog.appears('group', say('request'));
    const [request] = of('sendTest')[0]!.args as [TestRequest];
    expect(request.id).to.equal('wh');
    expect(request.payload).to.deep.equal({ n: 5 });
    expect(request.input.authentication.credentials[0]).to.deep.include({ password: { stored: true, hint: '9f2a' } });
    expect(linesOf(dialog, say('request'))).to.deep.equal(['POST https://hooks.example.com/in', '', '{', '  "n": 5', '}']);
    expect(linesOf(dialog, say('response'))).to.deep.equal(['200', 'X-Seen: yes', '', 'taken']);
    expect(dialog.text).to.contain('200: the receiver took it.').and.to.contain('42 ms');
  });

  it('keeps the payload of each event between sends and openings, until it is reset', async () => {
    const { adapter, of } = host();
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    let dialog = await openTestOf(page);
    const sample = payload(dialog).value;
    dialog.fill(say('testPayload'), '{"kept": 1}');
    send(dialog);
    await dialog.appears('group', say('response'));
    expect(payload(dialog).value).to.equal('{"kept": 1}');
    dialog.all('button', say('close')).at(-1)!.click();
    await page.disappears('dialog');
    await chooseAction(page, name, say('sendTest'));
    dialog = await openTestOf(page);
    expect(dialog.has('group', say('response'))).to.equal(false);
    expect(payload(dialog).value).to.equal('{"kept": 1}');
    dialog.press(say('testReset'));
    await until(() => payload(dialog).value === sample, 'the sample');
    expect(of('sendTest')).to.have.length(1);
  });

  it('for an unsaved webhook sends what is in the form, without an id, and saves nothing', async () => {
    const { adapter, of } = host();
    const page = await openList(adapter);
    const modal = await page.openAdd();
    modal.fillBasics({ Name: 'Unsaved' });
    await modal.chooseType('Basic');
    await modal.enterCredential(modal.authentication, { Username: 'u', Password: MARK });
    modal.press(say('sendTest'));
    const dialog = await openTestOf(modal);
    send(dialog);
    await dialog.appears('group', say('response'));
    const [request] = of('sendTest')[0]!.args as [TestRequest];
    expect(request).not.to.have.property('id');
    expect(request.input.authentication.credentials).to.deep.equal([{ username: 'u', password: MARK }]);
    expect(of('create')).to.have.length(0);
    await pressKey('Escape');
    await modal.disappears('dialog', testTitle);
    expect(modal.field('Name').value, 'the form below stays').to.equal('Unsaved');
  });

  it('marks the fields of a form that does not hold, and sends nothing', async () => {
    const { adapter, of } = host();
    const modal = await (await openList(adapter)).openAdd();
    modal.fill('Endpoint URL', 'http://');
    modal.press(say('sendTest'));
    await until(() => modal.problem('Name') && modal.problem('Endpoint URL'), 'the fields to be marked');
    expect(modal.has('dialog', testTitle)).to.equal(false);
    expect(of('sendTest')).to.have.length(0);
  });

  it('says at the field that a payload is no JSON, and sends nothing', async () => {
    const { adapter, of } = host();
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    dialog.fill(say('testPayload'), '{"n": }');
    send(dialog);
    await until(() => payload(dialog).getAttribute('aria-invalid') === 'true', 'the field to be marked');
    const described = payload(dialog).getAttribute('aria-describedby')!;
    expect(textOf((payload(dialog).getRootNode() as ShadowRoot).getElementById(described)!)).to.equal(say('testPayloadInvalid'));
    expect(of('sendTest')).to.have.length(0);
    dialog.fill(say('testPayload'), '{}');
    send(dialog);
    await dialog.appears('group', say('response'));
    expect(payload(dialog).hasAttribute('aria-invalid')).to.equal(false);
  });

  const bearer = { method: 'POST', url: 'https://a.example', headers: [{ key: 'Authorization', value: 'Bearer •••' }] };
  const sentences: [MessageKey, Partial<DeliveryAttempt>][] = [
    ['advice.basic401', { response: status(401) }],
    ['advice.401', { response: status(401), request: bearer }],
    ['advice.403', { response: status(403) }],
    ['advice.404', { response: status(404) }],
    ['advice.4xx', { response: status(418) }],
    ['advice.429', { response: status(429) }],
    ['advice.5xx', { response: status(503) }],
    ['advice.3xx', { response: status(301), error: 'status' }],
    ...(['timeout', 'dns', 'connection', 'tls', 'refused-address', 'authorization'] as const).map(
      (error): [MessageKey, Partial<DeliveryAttempt>] => [`advice.${error}`, { error, response: undefined }],
    ),
  ];
  for (const [key, changes] of sentences)
    it(`says what to do: ${key}`, async () => {
      const { adapter } = host([], { sendTest: () => Promise.resolve(failed(changes)) });
      const page = await openList(adapter);
      await chooseAction(page, name, say('sendTest'));
      const dialog = await openTestOf(page);
      send(dialog);
      await dialog.appears('group', say('request'));
      expect(dialog.text).to.contain(say(key, { status: String(changes.response?.status ?? '') }));
      expect(dialog.text.includes(say('noResponse'))).to.equal(!changes.response);
    });

  it('says why a test was not sent', async () => {
    const rejected = new AdapterError('validation', { message: 'Not so.', fieldErrors: { url: 'No such place.' } });
    const page = await openList(host([], { sendTest: () => Promise.reject(rejected) }).adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    send(dialog);
    await until(() => dialog.text.includes(`${say('testNotSent')} Not so.`), 'the reason');
    expect(dialog.text).to.contain('url: No such place.');
  });

  it('ends by closing', async () => {
    const answer = deferred<DeliveryAttempt>();
    const { adapter, of } = host([], { sendTest: () => answer.promise });
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    send(dialog);
    await until(() => dialog.text.includes(say('sending')), 'the call');
    send(dialog);
    dialog.all('button', say('close')).at(-1)!.click();
    await page.disappears('dialog');
    expect(of('sendTest').map(({ signal }) => signal.aborted)).to.deep.equal([true]);
  });
});

describe('the deliveries', () => {
  it('are newest first, each with outcome, event, advice, attempt and next attempt, and its exchange', async () => {
    const nextAttemptAt = new Date(Date.now() + 60_000).toISOString();
    const { dialog } = await openDeliveries(host([failed({ attempt: 3, nextAttemptAt }), attempt({ eventType: 'site.archived' })]).adapter);
    const [first, second] = rows(dialog);
    const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' }).format(new Date(nextAttemptAt));
    for (const text of ['Failed', 'Milestone Status Change', say('advice.5xx', { status: '500' }), 'Attempt 3', `Next attempt ${clock}`]) expect(first).to.contain(text);
    expect(second).to.match(/^Delivered Site Archived/).and.not.to.contain('Attempt');
    const item = dialog.all('listitem')[1]!;
    item.querySelector('summary')!.click();
    const inside = new Page(item);
    await inside.appears('group', say('request'));
    expect(linesOf(inside, say('request'))[1]).to.equal('Authorization: Basic •••');
    expect(linesOf(inside, say('response'))[0]).to.equal('200');
  });

  it('are filtered by outcome and event, and say when none matches', async () => {
    const { adapter, of } = host([failed(), attempt(), attempt({ eventType: 'site.archived' })]);
    const { dialog } = await openDeliveries(adapter);
    dialog.fill(say('outcome'), 'failed');
    await until(() => rows(dialog).length === 1, 'the failure alone');
    dialog.fill(say('events'), 'site.archived');
    await until(() => dialog.text.includes(say('deliveriesNoMatch')), 'that none matches');
    dialog.fill(say('outcome'), '');
    await until(() => rows(dialog).length === 1, 'the one of this event');
    expect(of('listDeliveries').at(-1)!.args[1]).to.deep.equal({ event: 'site.archived', limit: 25 });
  });

  it('come page by page', async () => {
    const { adapter, of } = host(Array.from({ length: 30 }, () => attempt()));
    const { dialog } = await openDeliveries(adapter);
    expect(rows(dialog)).to.have.length(25);
    dialog.press(say('loadMore'));
    await until(() => rows(dialog).length === 30, 'the rest');
    expect(dialog.has('button', say('loadMore'))).to.equal(false);
    expect(of('listDeliveries').map(({ args }) => (args[1] as DeliveryQuery).cursor)).to.deep.equal([undefined, '25']);
  });

  it('say when there are none', async () => {
    const { dialog } = await openDeliveries(host().adapter);
    expect(dialog.text).to.contain(say('deliveriesEmpty'));
  });

  for (const [what, answer] of [
    ['a failure', () => Promise.reject(new AdapterError('unavailable'))],
    ['a malformed answer', () => Promise.resolve({ items: 'none' })],
  ] as const)
    it(`say that they could not be loaded after ${what}, and retry`, async () => {
      let works = false;
      const own = host([attempt()]).adapter;
      const listDeliveries = ((...args: Parameters<NonNullable<WebhookAdapter['listDeliveries']>>) =>
        works ? own.listDeliveries!(...args) : answer()) as WebhookAdapter['listDeliveries'];
      const { dialog } = await openDeliveries(host([], { listDeliveries }).adapter);
      expect(textOf(dialog.get('alert'))).to.contain(say('deliveriesFailed'));
      works = true;
      dialog.press(say('retry'));
      await until(() => rows(dialog).length === 1 && !dialog.has('alert'), 'the deliveries');
    });

  it('are sent again one by one, and say how it went', async () => {
    const { adapter, of } = host([failed({ id: 'att_again' })]);
    const { dialog } = await openDeliveries(adapter);
    pressIn(dialog.all('listitem')[0]!, say('redeliver'));
    await until(() => dialog.text.includes(say('redelivered')) && rows(dialog).length === 2, 'the new one');
    expect(rows(dialog)[0]).to.match(/^Delivered/);
    expect(of('redeliver').map(({ args }) => args[0])).to.deep.equal(['att_again']);
  });

  it('say why one was not sent again', async () => {
    const { adapter } = host([failed()], { redeliver: () => Promise.reject(new AdapterError('forbidden', { message: 'Not you.' })) });
    const { dialog } = await openDeliveries(adapter);
    pressIn(dialog.all('listitem')[0]!, say('redeliver'));
    await until(() => dialog.text.includes(`${say('redeliverFailed')} Not you.`), 'the reason');
  });

  it('that failed in a range are counted, then sent again oldest first, with progress; Stop stops, and what is left stays', async () => {
    const failures = [1, 2, 3].map((n) => failed({ id: `fail_${n}`, startedAt: new Date(Date.now() - n * 60_000).toISOString() }));
    const old = failed({ id: 'fail_old', startedAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    const answers: ReturnType<typeof deferred<DeliveryAttempt>>[] = [];
    const redeliver: NonNullable<WebhookAdapter['redeliver']> = (_, { signal }) => {
      const answer = deferred<DeliveryAttempt>();
      answers.push(answer);
      signal.addEventListener('abort', () => answer.reject(signal.reason));
      return answer.promise;
    };
    const { adapter, of } = host([...failures, attempt(), old], { redeliver });
    const { dialog } = await openDeliveries(adapter);
    (dialog.root as Element).querySelector<HTMLElement>('.stack > details > summary')!.click();
    dialog.press(say('redeliverCount'));
    await until(() => dialog.text.includes('3 failures in this range.'), 'the count');
    expect(of('redeliver')).to.have.length(0);
    const again = () => dialog.all('status').flatMap((one) => new Page(one).all('button', say('redeliver')))[0]!;
    again().click();
    await until(() => answers.length === 1 && dialog.text.includes('0 of 3'), 'the first');
    expect(nameOf(dialog.get('progressbar'))).to.equal(say('redeliverMany'));
    answers[0]!.resolve(attempt());
    await until(() => answers.length === 2 && dialog.text.includes('1 of 3'), 'the second');
    dialog.press(say('stopAction'));
    await until(() => !dialog.has('progressbar'), 'the end');
    expect(dialog.text).to.contain('2 failures in this range.');
    again().click();
    await until(() => answers.length === 3, 'the second, again');
    answers[2]!.resolve(attempt());
    await until(() => answers.length === 4, 'the third');
    answers[3]!.resolve(attempt());
    await until(() => dialog.text.includes(say('redeliverDone', { count: 2 })), 'what was done');
    expect(of('redeliver').map(({ args }) => args[0])).to.deep.equal(['fail_3', 'fail_2', 'fail_2', 'fail_1']);
  });
});

describe('sending again what failed', () => {
  it('is one call for each event, the last attempt of it, keeps the pages that were loaded, and says what failed again', async () => {
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    // Thirty deliveries, of which one page is 25; two events failed, one of them in three attempts.
    const attempts = Array.from({ length: 30 }, (_, index) => attempt({ id: `ok_${index}`, startedAt: at(index + 1) }));
    attempts[1] = failed({ id: 'a_3', eventId: 'a', attempt: 3, startedAt: at(2) });
    attempts[4] = failed({ id: 'a_2', eventId: 'a', attempt: 2, startedAt: at(5) });
    attempts[6] = failed({ id: 'b_1', eventId: 'b', startedAt: at(7) });
    attempts[9] = failed({ id: 'a_1', eventId: 'a', startedAt: at(10) });
    const { adapter, of } = host(attempts, {
      redeliver: (id) =>
        Promise.resolve((id === 'b_1' ? failed : attempt)({ id: `again_${id}`, eventId: id[0]!, startedAt: new Date().toISOString() })),
    });
    const { dialog } = await openDeliveries(adapter);
    dialog.press('Load more');
    await until(() => rows(dialog).length === 30, 'both pages');
    const listed = of('listDeliveries').length;
    (dialog.root as Element).querySelector<HTMLElement>('.stack > details > summary')!.click();
    dialog.press(say('redeliverCount'));
    await until(() => dialog.text.includes(say('redeliverFound', { count: 2 })), 'the count');
    const counted = of('listDeliveries').length;
    expect(counted).to.be.greaterThan(listed);
    dialog.all('status').flatMap((one) => new Page(one).all('button', say('redeliver')))[0]!.click();
    const said = `${say('redeliverDone', { count: 2 })} ${say('redeliverFailedAgain', { count: 1 })}`;
    await until(() => dialog.all('status').some(({ textContent }) => textContent.trim() === said), 'what was done');
    expect(of('redeliver').map(({ args }) => args[0])).to.deep.equal(['b_1', 'a_3']);
    expect(rows(dialog)).to.have.length(32);
    expect(of('listDeliveries'), 'asked again').to.have.length(counted);
  });
});

describe('health', () => {
  it('is a column where a webhook tells it, with a cell in each row, and else there is none', async () => {
    const told = storedWebhook({ id: 'told', name: 'Told', health: { recent: ['succeeded'] } });
    const silent = storedWebhook({ id: 'silent', name: 'Silent' });
    for (const [webhooks, columns] of [[[told, silent], 7], [[silent], 6]] as const) {
      const page = await openSettings({ adapter: memory({ webhooks: [...webhooks] }).adapter });
      await page.appears('textbox', 'Search webhooks');
      const cells = page.rows.map((row) => row.querySelectorAll('[role=cell]').length);
      expect([page.all('columnheader').length, ...cells]).to.deep.equal([columns, ...webhooks.map(() => columns)]);
    }
  });

  it('is a picture with a text equivalent, and says why a webhook was deactivated', async () => {
    const health = { recent: ['failed', 'succeeded', 'succeeded'] as const, deactivatedReason: 'It failed for a day.' };
    const { adapter } = host([], {}, { active: false, health: { ...health, recent: [...health.recent] } });
    const page = await openList(adapter);
    // What a row has beyond the list comes with the tools.
    const picture = await page.appears('img', '2 of the last 3 deliveries succeeded');
    expect(picture.children).to.have.length(3);
    expect(page.row(name).text).to.contain('Deactivated: It failed for a day.');
  });

  it('gives no reason for one that is active, and no picture where nothing was delivered', async () => {
    const { adapter } = host([], {}, { health: { recent: [], deactivatedReason: 'Long ago.' } });
    const page = await openList(adapter);
    await openRowMenu(page, name);
    expect(page.row(name).has('img', /of the last/)).to.equal(false);
    expect(page.row(name).text).not.to.contain('Long ago.');
  });
});

describe('without the capability', () => {
  it('there is no test, no list of deliveries and no way to send again', async () => {
    const { adapter } = host([attempt()], { sendTest: undefined!, listDeliveries: undefined! });
    const page = await openList(adapter);
    const menu = await openRowMenu(page, name);
    expect(menu.all('menuitem').map(nameOf)).to.deep.equal(['Edit', 'Duplicate', 'Deactivate', 'Delete']);
    await pressKey('Escape');
    const modal = await page.openEdit(name);
    expect(modal.has('button', say('sendTest'))).to.equal(false);
  });

  it('to redeliver, deliveries can be looked at alone', async () => {
    const { dialog } = await openDeliveries(host([failed()], { redeliver: undefined! }).adapter);
    dialog.all('listitem')[0]!.querySelector('details')!.open = true;
    expect(dialog.has('button', say('redeliver'))).to.equal(false);
    expect(dialog.text).not.to.contain(say('redeliverMany'));
  });
});

describe('a delivery that the schemas refuse', () => {
  it('is a named problem in its place, and the others are there', async () => {
    const broken = [{ ...attempt(), id: 'dl_odd', startedAt: 'yesterday' }, { ...attempt(), nextAttemptAt: 'soon', response: { status: '200', headers: [] } }, null];
    const items = [attempt(), ...(broken as DeliveryAttempt[]), failed()];
    const { dialog } = await openDeliveries(host([], { listDeliveries: () => Promise.resolve({ items }) }).adapter);
    const said = dialog.all('listitem').map(textOf);
    expect(said).to.have.length(5);
    expect(said[1]).to.contain('dl_odd').and.to.contain(say('deliveryMalformed', { paths: 'startedAt' }));
    expect(said[2]).to.contain(say('deliveryMalformed', { paths: 'nextAttemptAt, response.status' }));
    expect(said[3]).to.contain('#4').and.to.contain(say('deliveryMalformed', { paths: '(root)' }));
    expect(said[4]).to.contain(say('outcome.failed'));
  });
});

describe('what is typed, pressed or answered at an awkward moment', () => {
  const SECRET = 'canary-hunter2';
  /** The test dialog of a webhook that is not saved yet, with a secret in it. */
  const unsaved = async (sendTest: NonNullable<WebhookAdapter['sendTest']>) => {
    const own = host([], { sendTest });
    const page = await openList(own.adapter);
    const modal = await page.openAdd();
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fillAll({ Username: 'me', Password: SECRET });
    modal.press(say('sendTest'));
    return { page, modal, dialog: await openTestOf(modal), ...own };
  };

  it('a test shows no secret that was typed, where the answer or the error repeats it', async () => {
    let fails = false;
    const { dialog, of } = await unsaved(() =>
      fails
        ? Promise.reject(new AdapterError('validation', { message: `Not ${SECRET}.`, fieldErrors: { password: `${SECRET} is weak.` } }))
        : Promise.resolve(attempt({ response: { status: 200, headers: [{ key: 'X-Echo', value: SECRET }], body: `you sent ${SECRET}` } })),
    );
    send(dialog);
    await until(() => dialog.text.includes('you sent'), 'the answer');
    expect(JSON.stringify(of('sendTest')[0]!.args), 'the receiver gets it').to.include(SECRET);
    expect(dialog.text).not.to.include(SECRET);
    fails = true;
    send(dialog);
    await dialog.appears('alert');
    expect(dialog.text).to.include('is weak.').and.not.include(SECRET);
  });

  it('a test says how it went, also where a secret is the word for it', async () => {
    const own = host([], { sendTest: () => Promise.resolve(attempt({ response: { status: 200, headers: [], body: 'succeeded' } })) });
    const page = await openList(own.adapter);
    const modal = await page.openAdd();
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fillAll({ Username: 'me', Password: 'succeeded' });
    modal.press(say('sendTest'));
    const dialog = await openTestOf(modal);
    send(dialog);
    await dialog.appears('group', say('response'));
    expect(dialog.text).to.include(say('outcome.succeeded'));
    expect(linesOf(dialog, say('response')).at(-1)).to.equal('•••');
  });

  it('a test is closed, and sends nothing that was typed, once the form left the page', async () => {
    const { page, modal, of } = await unsaved(() => deferred<DeliveryAttempt>().promise);
    const { element } = page;
    const parent = element.parentElement!;
    element.remove();
    await modal.settled();
    expect(!!modal.element.shadowRoot!.querySelector('.test-dialog'), 'with what it would send').to.equal(false);
    parent.append(element);
    await page.loaded();
    await modal.opened();
    expect(modal.has('dialog', testTitle)).to.equal(false);
    expect(modal.field('Password').value).to.equal('');
    expect(of('sendTest')).to.be.empty;
  });

  it('a test goes to the host that the page has by then', async () => {
    const asked: string[] = [];
    const sendTo = (host: string) => () => {
      asked.push(host);
      return Promise.resolve(attempt());
    };
    const modal = await openModal({ sendTest: sendTo('the one before') });
    await modal.fillValid();
    modal.press(say('sendTest'));
    const dialog = await openTestOf(modal);
    modal.element.sendTest = sendTo('the one by then');
    await modal.settled();
    send(dialog);
    await dialog.appears('group', say('request'));
    expect(asked).to.deep.equal(['the one by then']);
  });

  it('an answer to a test that is none is an error, also of a page that sends them itself', async () => {
    const page = await openModal({ sendTest: () => Promise.resolve({ ok: true } as never) });
    await page.fillValid();
    page.press(say('sendTest'));
    const dialog = await openTestOf(page);
    send(dialog);
    await dialog.appears('alert');
    expect(dialog.text).to.include(say('testNotSent'));
  });

  it('a test offers the events of the webhook, also one that is not in the catalogue any more', async () => {
    const { adapter, of } = host([], {}, { events: ['gone.event'] });
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    const event = dialog.field<HTMLSelectElement>('Event');
    expect([...event.selectedOptions].map(({ text }) => text)).to.deep.equal([say('unknownOption', { value: 'gone.event' })]);
    send(dialog);
    await dialog.appears('group', say('request'));
    expect((of('sendTest')[0]!.args[0] as TestRequest).eventType).to.equal('gone.event');
  });

  it('the page hears what failed', async () => {
    let fails = true;
    const down = () => Promise.reject(new AdapterError('unavailable'));
    const page = await openList(
      host([], { sendTest: down, redeliver: down, listDeliveries: () => (fails ? down() : Promise.resolve({ items: [failed()] })) }).adapter,
    );
    const errors = heard(page.element, 'webhook-error');
    await chooseAction(page, name, say('deliveries'));
    await page.appears('dialog', title);
    const dialog = page.within('dialog', title);
    await dialog.appears('alert');
    fails = false;
    dialog.press(say('retry'));
    await until(() => dialog.has('listitem'), 'the deliveries');
    pressIn(dialog.get('listitem'), say('redeliver'));
    await until(() => dialog.text.includes(say('redeliverFailed')), 'the second failure');
    await pressKey('Escape');
    await page.disappears('dialog', title);
    await chooseAction(page, name, say('sendTest'));
    const test = await openTestOf(page);
    send(test);
    await test.appears('alert');
    expect(errors).to.deep.equal(['listDeliveries', 'redeliver', 'sendTest'].map((operation) => ({ operation, code: 'unavailable' })));
  });

  it('a double click sends again once', async () => {
    const answer = deferred<DeliveryAttempt>();
    const { adapter, of } = host([failed()], { redeliver: () => answer.promise });
    const { page, dialog } = await openDeliveries(adapter);
    const item = dialog.get('listitem');
    pressIn(item, say('redeliver'));
    pressIn(item, say('redeliver'));
    await page.element.updateComplete;
    expect(new Page(item).button(say('redeliver')).getAttribute('aria-disabled')).to.equal('true');
    pressIn(item, say('redeliver'));
    answer.resolve(attempt());
    await until(() => dialog.text.includes(say('redelivered')), 'the answer');
    expect(of('redeliver')).to.have.length(1);
  });

  it('what a closed dialog waits for in vain can be sent again from the next one', async () => {
    const { adapter, of } = host([failed()], { redeliver: () => deferred<DeliveryAttempt>().promise });
    const { page, dialog } = await openDeliveries(adapter);
    pressIn(dialog.get('listitem'), say('redeliver'));
    await pressKey('Escape');
    await page.disappears('dialog', title);
    await chooseAction(page, name, say('deliveries'));
    await page.appears('dialog', title);
    const next = page.within('dialog', title);
    await until(() => next.has('listitem'), 'the deliveries');
    pressIn(next.get('listitem'), say('redeliver'));
    expect(of('redeliver')).to.have.length(2);
  });

  it('what a closed dialog waited for is not told in that of another webhook', async () => {
    const late = deferred<DeliveryAttempt>();
    const other = 'Another';
    const own = host([failed()], { redeliver: () => late.promise });
    const list: WebhookAdapter['list'] = () =>
      Promise.resolve({ items: [storedWebhook({ id: 'wh', name }), storedWebhook({ id: 'other', name: other })] });
    const { page, dialog } = await openDeliveries({ ...own.adapter, list });
    pressIn(dialog.get('listitem'), say('redeliver'));
    await pressKey('Escape');
    await page.disappears('dialog', title);
    await chooseAction(page, other, say('deliveries'));
    await page.appears('dialog', `Deliveries of ${other}`);
    const next = page.within('dialog', `Deliveries of ${other}`);
    await until(() => next.has('listitem'), 'the deliveries');
    late.reject(new AdapterError('unavailable'));
    await Promise.allSettled([late.promise]);
    await page.element.updateComplete;
    expect(next.text).not.to.include(say('redeliverFailed'));
  });

  it('pages end where a host gives a cursor again', async () => {
    const items = [attempt(), attempt()];
    const { adapter, of } = host([], {
      listDeliveries: (_, { cursor }) => Promise.resolve({ items, nextCursor: cursor === 'a' ? 'b' : 'a' }),
    });
    const { page, dialog } = await openDeliveries(adapter);
    for (const asked of [2, 3]) {
      dialog.press(say('loadMore'));
      await page.element.updateComplete;
      await until(() => of('listDeliveries').length === asked && !dialog.find('list')!.matches('[aria-busy=true]'), 'a page');
    }
    expect(dialog.has('button', say('loadMore'))).to.equal(false);
  });
});

describe('what takes long, and what has to wait', () => {
  let clock: Clock;
  beforeEach(() => (clock = new Clock()));
  afterEach(() => clock.restore());

  const slow = say('slow');
  const never = <Answer>() => deferred<Answer>().promise;
  const limited = (retryAfter: number) => () => Promise.reject(new AdapterError('rate-limited', { retryAfter }));

  /** The dialog of deliveries, whatever is in it. */
  async function openEmpty(adapter: WebhookAdapter) {
    const page = await openList(adapter);
    await chooseAction(page, name, say('deliveries'));
    await page.appears('dialog', title);
    return page.within('dialog', title);
  }

  it('deliveries that do not come can be waited for no longer, and asked for again', async () => {
    let works = false;
    const own = host([attempt()]).adapter;
    const { adapter, of } = host([], { listDeliveries: (...args) => (works ? own.listDeliveries!(...args) : never()) });
    const dialog = await openEmpty(adapter);
    await until(() => dialog.text.includes(say('deliveriesLoading')), 'that it loads');
    await clock.pass(7);
    expect(dialog.text).not.to.include(slow);
    await clock.pass(1);
    await until(() => dialog.all('status').some((one) => textOf(one).includes(slow)), 'that it takes long');
    dialog.press(say('stop'));
    await until(() => dialog.has('alert'), 'that nothing came');
    expect(dialog.text).not.to.include(slow).and.not.to.include(say('deliveriesLoading'));
    expect(of('listDeliveries')[0]!.signal.aborted).to.equal(true);
    works = true;
    dialog.press(say('retry'));
    await until(() => rows(dialog).length === 1 && !dialog.has('alert'), 'the deliveries');
    expect(clock.waiting, 'timers that are left').to.equal(0);
  });

  it('one that is sent again and not heard of can be waited for no longer; whether it was sent is asked', async () => {
    const attempts = [failed({ id: 'att_lost' })];
    const { adapter, of } = host(attempts, { redeliver: () => never() });
    const dialog = await openEmpty(adapter);
    await until(() => dialog.has('listitem'), 'the deliveries');
    pressIn(dialog.get('listitem'), say('redeliver'));
    await clock.pass(8);
    await until(() => dialog.text.includes(slow), 'that it takes long');
    // It arrived after all.
    attempts.unshift(attempt());
    dialog.press(say('stop'));
    await until(() => rows(dialog).length === 2, 'the new one');
    expect(dialog.text).not.to.include(slow).and.not.to.include(say('redeliverFailed'));
    const old = dialog.all('listitem')[1]!;
    expect(new Page(old).button(say('redeliver')).ariaDisabled).to.equal(null);
    pressIn(old, say('redeliver'));
    expect(of('redeliver').map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
  });

  it('a test that is not answered can be waited for no longer, and sent again', async () => {
    const { adapter, of } = host([], { sendTest: () => never() });
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const dialog = await openTestOf(page);
    send(dialog);
    await clock.pass(8);
    await until(() => dialog.all('status').some((one) => textOf(one).includes(slow)), 'that it takes long');
    dialog.press(say('stop'));
    await until(() => !dialog.text.includes(slow), 'that nothing is waited for');
    expect(dialog.text).not.to.include(say('sending'));
    expect(dialog.has('alert')).to.equal(false);
    await until(() => dialog.root.contains(page.element.shadowRoot!.activeElement), 'the focus in the dialog');
    send(dialog);
    await until(() => dialog.text.includes(say('sending')), 'the second');
    expect(of('sendTest').map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    dialog.all('button', say('close')).at(-1)!.click();
    await page.disappears('dialog', testTitle);
    await until(() => clock.waiting === 0, 'that no timer is left');
  });

  it('says beside each refusal when one may try again, counted down', async () => {
    const { adapter } = host([], { sendTest: limited(3), listDeliveries: limited(3) });
    const page = await openList(adapter);
    await chooseAction(page, name, say('sendTest'));
    const test = await openTestOf(page);
    send(test);
    await test.appears('alert');
    const left = (dialog: Page, count: number) => until(() => textOf(dialog.get('alert')).includes(say('retryIn', { when: `in ${count} second${count === 1 ? '' : 's'}` })), `${count} seconds`);
    await left(test, 3);
    await clock.pass(1);
    await left(test, 2);
    await pressKey('Escape');
    await page.disappears('dialog', testTitle);
    await chooseAction(page, name, say('deliveries'));
    await page.appears('dialog', title);
    const dialog = page.within('dialog', title);
    await dialog.appears('alert');
    await left(dialog, 3);
    await clock.pass(2);
    await left(dialog, 1);
    await clock.pass(1);
    await until(() => !/retry in/.test(textOf(dialog.get('alert'))), 'the end');
  });

  it('says it of a redelivery, and of many', async () => {
    const { adapter } = host([failed()], { redeliver: limited(3) });
    const dialog = await openEmpty(adapter);
    await until(() => dialog.has('listitem'), 'the deliveries');
    pressIn(dialog.get('listitem'), say('redeliver'));
    await until(() => dialog.text.includes(say('redeliverFailed')), 'the refusal');
    await until(() => dialog.text.includes(say('retryIn', { when: 'in 3 seconds' })), 'how long');
    await clock.pass(3);
    await until(() => !dialog.text.includes('retry in'), 'the end');
    (dialog.root as Element).querySelector<HTMLElement>('.stack > details > summary')!.click();
    dialog.press(say('redeliverCount'));
    await until(() => dialog.text.includes(say('redeliverFound', { count: 1 })), 'the count');
    dialog.all('status').flatMap((one) => new Page(one).all('button', say('redeliver')))[0]!.click();
    await until(() => dialog.text.includes(say('retryIn', { when: 'in 3 seconds' })), 'how long');
  });

  for (const [seconds, text] of [
    [1, 'You can retry in 1 second.'],
    [90, 'You can retry in 90 seconds.'],
    [91, 'You can retry in 2 minutes.'],
    [5400, 'You can retry in 90 minutes.'],
    [5401, 'You can retry in 2 hours.'],
    [86_400, 'You can retry in 24 hours.'],
  ] as const)
    it(`says ${seconds} seconds as “${text}”`, async () => {
      const dialog = await openEmpty(host([], { listDeliveries: limited(seconds) }).adapter);
      await dialog.appears('alert');
      await until(() => textOf(dialog.get('alert')).includes(text), text);
    });

  it('says it of the list and of the form, too', async () => {
    const page = await openSettings({ adapter: { ...host().adapter, list: limited(5400) } });
    await until(() => page.text.includes('Trying again in 90 minutes.'), 'the list');
    page.element.remove();
    const form = await openList({ ...host().adapter, create: limited(7200) });
    const modal = await form.openAdd();
    await modal.fillValid();
    modal.save();
    await until(() => modal.text.includes('You can retry in 2 hours.'), 'the form');
  });

  it('looking for failures can be stopped while it looks, even where the host never answers', async () => {
    const own = host([failed()]).adapter;
    const { adapter, of } = host([], { listDeliveries: (id, query, options) => (query.from ? never() : own.listDeliveries!(id, query, options)) });
    const dialog = await openEmpty(adapter);
    await until(() => dialog.has('listitem'), 'the deliveries');
    (dialog.root as Element).querySelector<HTMLElement>('.stack > details > summary')!.click();
    dialog.press(say('redeliverCount'));
    await until(() => dialog.has('button', say('stopAction')), 'Stop');
    expect(dialog.all('status').map(textOf).join()).to.include(say('deliveriesLoading'));
    dialog.press(say('stopAction'));
    await until(() => !dialog.has('button', say('stopAction')), 'the end');
    expect(dialog.has('alert')).to.equal(false);
    dialog.press(say('redeliverCount'));
    await until(() => of('listDeliveries').length === 3, 'the second search');
  });

  it('looking for failures ends where a host gives the same delivery under ever new cursors', async () => {
    let cursor = 0;
    const items = [failed()];
    const listDeliveries = () => Promise.resolve({ items, nextCursor: String(++cursor) });
    const dialog = await openEmpty(host([], { listDeliveries }).adapter);
    await until(() => dialog.has('listitem'), 'the deliveries');
    (dialog.root as Element).querySelector<HTMLElement>('.stack > details > summary')!.click();
    dialog.press(say('redeliverCount'));
    await until(() => dialog.text.includes(say('redeliverFound', { count: 1 })), 'the count');
    expect(cursor).to.equal(3);
  });
});

describe('nothing is inaccessible', () => {
  afterEach(() => document.documentElement.style.removeProperty('color-scheme'));

  const views: Record<string, () => Promise<{ page: SettingsPage; root: Node }>> = {
    async 'the deliveries'() {
      const attempts = [failed({ attempt: 2 }), attempt(), attempt({ outcome: 'pending', response: undefined })];
      const { page, dialog } = await openDeliveries(host(attempts).adapter);
      for (const details of (dialog.root as Element).querySelectorAll('details')) details.open = true;
      return { page, root: dialog.root };
    },
    async 'a test and its exchange'() {
      const page = await openList(host([], { sendTest: () => Promise.resolve(failed()) }).adapter);
      await chooseAction(page, name, say('sendTest'));
      const dialog = await openTestOf(page);
      send(dialog);
      await dialog.appears('group', say('request'));
      return { page, root: dialog.root };
    },
    async 'the preview'() {
      const page = await openList(host().adapter);
      const preview = await openPreview(await page.openEdit(name));
      return { page, root: preview.root };
    },
  };

  for (const [what, open] of Object.entries(views))
    it(`in ${what}, in light and in dark`, async () => {
      const grounds = new Set<string>();
      for (const scheme of ['light', 'dark']) {
        document.documentElement.style.colorScheme = scheme;
        const { page, root } = await open();
        const dialog = (root as Element).closest('dialog')!;
        // While it fades in, nothing has its own colours.
        await Promise.all(dialog.getAnimations({ subtree: true }).map(({ finished }) => finished));
        grounds.add(getComputedStyle(dialog).backgroundColor);
        const { violations, passes } = await axe.run(root as Element);
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), scheme).to.deep.equal([]);
        expect(passes, 'what was looked at').not.to.be.empty;
        page.element.remove();
      }
      expect(grounds.size, 'two colour schemes').to.equal(2);
    });
});
