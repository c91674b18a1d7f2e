import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { DeliveryAttempt } from '../../src/core/delivery.js';
import type { Webhook } from '../../src/core/webhook.js';
import { arrives, choose, describeFocus, expectFocusInSight, fillIn, isOn, press, pressButton, tabTo, turn, type } from '../helpers/keyboard.js';
import { focused, until } from '../helpers/page.js';
import { atRest } from '../helpers/rest.js';
import { memory, organizations, recorded, say, SettingsPage, storedWebhook } from '../helpers/widget.js';

const named = (name: string, changes: Partial<Webhook> = {}) => storedWebhook({ name, ...changes });
const three = () => [named('Alpha'), named('Beta'), named('Gamma')];

const attempt = (changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
  id: 'del_1',
  eventType: 'milestone.status_change',
  outcome: 'succeeded',
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 12,
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [], body: '{}' },
  response: { status: 200, headers: [], body: 'taken' },
  ...changes,
});

/** The element between two buttons of the page, and the focus on the first: from here on there are only keys. */
async function start(adapter: WebhookAdapter, properties: object = {}): Promise<SettingsPage> {
  const around = await fixture<HTMLElement>(html`<div>
    <button>Before</button>
    <webhook-settings></webhook-settings>
    <button>After</button>
  </div>`);
  const element = around.querySelector('webhook-settings')!;
  Object.assign(element, { adapter, organizations, ...properties });
  const page = await new SettingsPage(element).loaded();
  if (page.parts('list').length) await page.appears('textbox', 'Search webhooks');
  around.querySelector('button')!.focus();
  return page;
}

const dialogs = (page: SettingsPage) => [...page.all('dialog'), ...page.all('alertdialog')];
const closed = (page: SettingsPage) => until(() => !dialogs(page).length, 'every dialog closed');

/** Opens the menu of a row from wherever the focus is before it. */
async function openMenu(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await pressButton(`Actions for ${name}`, key);
  await arrives('menuitem', 'Edit');
}

/** Goes to an item of the open menu by its first letters, and takes it. */
async function take(item: string): Promise<void> {
  for (let tries = 0; !isOn('menuitem', item) && tries < 8; tries += 1) await press(item[0]!.toLowerCase());
  expect(isOn('menuitem', item), describeFocus()).to.equal(true);
  await sendKeys({ press: 'Enter' });
}

describe('with the keyboard alone', () => {
  beforeEach(() => setViewport({ width: 1280, height: 800 }));

  it('a webhook is added, and the focus comes back to what opened the form', async () => {
    const { adapter, of } = memory({ webhooks: three() });
    const page = await start(adapter);
    await pressButton('Add Webhook');
    await arrives('textbox', 'Name');
    await type('From the keyboard');
    await choose('Event', 'Site Archived');
    await fillIn('Endpoint URL', 'https://hooks.example.com/keys');
    await choose('HTTP method', 'PUT');
    await turn('switch', 'Test credentials');
    await choose('Authentication type', 'Basic');
    await fillIn('Username', 'integration');
    await fillIn('Password', 'a secret');
    await pressButton('Show');
    await pressButton('Add Header');
    await arrives('textbox', 'Key');
    await type('X-Tenant');
    await fillIn('Value', '7');
    await pressButton('Save');
    await closed(page);
    await arrives('button', 'Add Webhook');
    const [input] = of('create')[0]!.args as [Webhook];
    expect(input).to.deep.include({ name: 'From the keyboard', events: ['site.archived'], method: 'PUT', test: true });
    expect(input.headers).to.deep.equal([{ key: 'X-Tenant', value: '7' }]);
    expect(page.names).to.include('From the keyboard');
  });

  it('the first webhook is added with Enter in a field, and the focus has a place though its button is gone', async () => {
    const { adapter } = memory();
    const page = await start(adapter);
    await pressButton('Add Webhook');
    await arrives('textbox', 'Name');
    await type('First');
    await choose('Event', 'Site Archived');
    await choose('Authentication type', 'No Authentication');
    await tabTo('textbox', 'Endpoint URL', 'Shift+Tab');
    await type('https://hooks.example.com/in');
    await press('Enter');
    await closed(page);
    await arrives('button', 'Add Webhook');
    expect(page.names).to.deep.equal(['First']);
  });

  it('credentials of several organizations are added and removed, and the focus goes along', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await pressButton('Add Webhook');
    await arrives('textbox', 'Name');
    await turn('switch', 'Org. specific authentication');
    await choose('Authentication type', 'Token');
    await choose('Organization', 'Northwind');
    await pressButton('Add Organization Credential');
    await arrives('combobox', 'Organization');
    await choose('Organization', 'Contoso');
    await pressButton('Add Organization Credential');
    await arrives('combobox', 'Organization');
    await pressButton('Remove Organization');
    await arrives('combobox', 'Organization');
    expect((focused() as HTMLSelectElement).selectedOptions[0]!.text).to.equal('Contoso');
    await pressButton('Remove Organization');
    await arrives('combobox', 'Organization');
    expect(page.modal.organizationNames).to.deep.equal(['Northwind']);
  });

  it('what is wrong is found, and each error can be gone to from the summary', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await pressButton('Add Webhook');
    await arrives('textbox', 'Name');
    await press('Enter');
    await arrives('textbox', 'Name');
    await tabTo('link', 'Endpoint URL', 'Shift+Tab');
    await press('Enter');
    await arrives('textbox', 'Endpoint URL');
    await type('https://me:secret@hooks.example.com/in');
    await pressButton(say('moveUserinfo'));
    await expectFocusInSight('moving the credentials');
    expect(page.modal.has('dialog')).to.equal(true);
  });

  it('a webhook is opened from its name, changed and saved; its stored secret is replaced and kept again', async () => {
    const { adapter, of } = memory({ webhooks: three() });
    const page = await start(adapter);
    await pressButton('Beta');
    await arrives('textbox', 'Name');
    await fillIn('Name', 'Beta 2');
    await pressButton('Replace');
    await arrives('textbox', 'Password');
    await type('another secret');
    await pressButton('Keep current');
    await arrives('button', 'Replace');
    await pressButton('Save');
    await closed(page);
    await arrives('button', 'Beta 2');
    expect(of('update')[0]!.args[1]).to.deep.equal({ name: 'Beta 2' });
  });

  it('a webhook is deleted from its menu: after a no the focus is where it was, after a yes on the row that follows', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await openMenu('Beta');
    await take('Delete');
    await arrives('button', 'Cancel');
    await press('Enter');
    await closed(page);
    await arrives('button', 'Actions for Beta');
    await press('Enter');
    await arrives('menuitem', 'Edit');
    await take('Delete');
    await arrives('button', 'Cancel');
    await press('Escape');
    await closed(page);
    await arrives('button', 'Actions for Beta');
    await press('Enter');
    await arrives('menuitem', 'Edit');
    await take('Delete');
    await arrives('button', 'Cancel');
    await pressButton('Delete');
    await closed(page);
    const next = page.names;
    expect(next).to.have.length(2).and.not.include('Beta');
    await until(() => next.some((name) => isOn('button', name)));
    await expectFocusInSight('deleting');
  });

  it('the last webhook is deleted, and the focus is on the way to add another', async () => {
    const page = await start(memory({ webhooks: [named('Only')] }).adapter);
    await openMenu('Only');
    await take('Delete');
    await arrives('button', 'Cancel');
    await pressButton('Delete');
    await closed(page);
    await arrives('button', 'Add Webhook');
  });

  it('the menu of a row follows the pattern of a menu button', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    const items = () => page.all('menuitem').map(({ textContent }) => textContent.trim());
    for (const key of ['Enter', 'Space', 'ArrowDown']) {
      await tabTo('button', 'Actions for Alpha');
      await press(key);
      await arrives('menuitem', 'Edit');
      await press('Escape');
      await arrives('button', 'Actions for Alpha');
      expect(page.has('menuitem')).to.equal(false);
    }
    await press('ArrowUp');
    await arrives('menuitem', 'Delete');
    expect(items()).to.deep.equal(['Edit', 'Duplicate', 'Deactivate', 'Delete']);
    await press('ArrowDown');
    await arrives('menuitem', 'Edit');
    await press('ArrowUp');
    await arrives('menuitem', 'Delete');
    await press('Home');
    await arrives('menuitem', 'Edit');
    await press('End');
    await arrives('menuitem', 'Delete');
    await press('d');
    await arrives('menuitem', 'Duplicate');
    await press('d');
    await arrives('menuitem', 'Deactivate');
    // Tab leaves the menu and goes on from its button.
    await press('Tab');
    expect(page.has('menuitem')).to.equal(false);
    await press('Shift+Tab');
    await arrives('button', 'Actions for Alpha');
    expect(page.get('button', 'Actions for Alpha').getAttribute('aria-expanded')).to.equal('false');
    await press('Enter');
    await arrives('menuitem', 'Edit');
    await take('Deactivate');
    await until(() => page.has('row', /inactive/));
    await arrives('button', 'Actions for Alpha');
  });

  it('a webhook is searched for, nothing is found, and the search is cleared', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await fillIn('Search webhooks', 'Alp');
    await until(() => page.names.length === 1);
    await expectFocusInSight('the answer');
    await type('xyz');
    await page.appears('button', 'Clear filters');
    await pressButton('Clear filters');
    await arrives('textbox', 'Search webhooks');
    await until(() => page.names.length === 3);
    await choose('Status', 'Inactive');
    await page.appears('button', 'Clear filters');
    await expectFocusInSight('filtering');
    await pressButton('Clear filters');
    await arrives('textbox', 'Search webhooks');
    await until(() => page.names.length === 3);
    await choose('Sort by', 'Name, Z to A');
    await until(() => page.names.join() === 'Gamma,Beta,Alpha');
    await expectFocusInSight('sorting');
  });

  for (const width of [1280, 320])
    it(`rows are selected, changed together, and the selection is cleared, ${width} px wide`, async () => {
      await setViewport({ width, height: 800 });
      const page = await start(memory({ webhooks: three() }).adapter);
      await turn('checkbox', say('selectAll'));
      await page.appears('button', 'Clear selection');
      await tabTo('button', 'Deactivate', 'Shift+Tab');
      await press('Enter');
      await arrives('button', 'Cancel');
      await pressButton('Deactivate');
      await closed(page);
      await until(() => page.all('row', /inactive/).length === 3);
      await expectFocusInSight('the change');
      await tabTo('button', 'Clear selection', 'Shift+Tab');
      await press('Enter');
      await until(() => !page.has('button', 'Clear selection'));
      await arrives('textbox', 'Search webhooks');
    });

  it('more is loaded to the end, and the focus goes to the first that is new', async () => {
    const webhooks = ['A', 'B', 'C', 'D', 'E'].map((name) => named(name));
    const page = await start(memory({ webhooks }).adapter, { pageSize: 2 });
    await pressButton('Load more');
    await until(() => page.names.length === 4);
    await arrives('button', 'Load more');
    await press('Enter');
    await until(() => page.names.length === 5);
    await arrives('checkbox', `Select ${page.names[4]!}`);
  });

  it('a long list is walked through, the focus in sight in rows that are cut to one height', async () => {
    const webhooks = Array.from({ length: 400 }, (_, index) => named(`Webhook ${index}`));
    const page = await start(memory({ webhooks }).adapter, { pageSize: 400 });
    await until(() => page.element.shadowRoot!.querySelector('.even'), 'a long list');
    for (let row = 0; row < 18; row += 1) await tabTo('button', /^Actions for Webhook/).then(() => press('Tab'));
    await expectFocusInSight('eighteen rows');
    expect(Number(focused()!.closest('[role=row]')!.getAttribute('aria-rowindex'))).to.be.greaterThan(17);
  });

  it('a failed list is retried, and the focus stays in the element', async () => {
    const { adapter } = memory({ webhooks: three() });
    let isDown = true;
    const flaky = recorded<WebhookAdapter>({
      ...adapter,
      list: (query, options) => (isDown ? Promise.reject(new AdapterError('unavailable')) : adapter.list(query, options)),
    });
    const page = await start(flaky.adapter);
    await tabTo('button', 'Retry');
    isDown = false;
    await press('Enter');
    await until(() => page.names.length === 3);
    await expectFocusInSight('Retry');
    expect(page.element.matches(':focus-within')).to.equal(true);
  });

  it('what was typed is discarded only after a question, however often Escape is pressed', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await pressButton('Add Webhook');
    await arrives('textbox', 'Name');
    await type('Not yet saved');
    await press('Escape');
    await arrives('button', 'Keep editing');
    await press('Escape');
    await arrives('textbox', 'Name');
    expect(page.modal.field('Name').value).to.equal('Not yet saved');
    // Twice, as fast as keys go.
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    await arrives('textbox', 'Name');
    await press('Escape');
    await arrives('button', 'Keep editing');
    await press('Enter');
    await arrives('textbox', 'Name');
    await press('Escape');
    await arrives('button', 'Keep editing');
    await pressButton('Discard changes', 'Shift+Tab');
    await closed(page);
    await arrives('button', 'Add Webhook');
  });

  it('someone else’s change is settled: back to the form, and then saved', async () => {
    const webhooks = three();
    const { adapter } = memory({ webhooks });
    const current = { ...webhooks[0]!, name: 'Theirs', version: '8' };
    let isConflict = true;
    const page = await start({
      ...adapter,
      update: (id, changes, options) => {
        if (isConflict) return Promise.reject(new AdapterError('conflict', { current }));
        return adapter.update(id, changes, { signal: options.signal });
      },
    });
    await pressButton('Alpha');
    await arrives('textbox', 'Name');
    await fillIn('Name', 'Mine');
    await press('Enter');
    await page.modal.appears('dialog', say('conflictTitle'));
    await tabTo('button', say('conflictBack'));
    await press('Enter');
    await until(() => !page.modal.has('dialog', say('conflictTitle')));
    await expectFocusInSight('going back');
    expect(page.modal.field('Name').value).to.equal('Mine');
    await pressButton('Save');
    await page.modal.appears('dialog', say('conflictTitle'));
    await tabTo('radio');
    await press('ArrowUp');
    await press('ArrowDown');
    isConflict = false;
    await pressButton(say('conflictSave'));
    await closed(page);
    await expectFocusInSight('saving');
  });

  it('a test is sent and its exchange read, from the list and from the form', async () => {
    const { adapter } = memory({ webhooks: three() });
    const page = await start({ ...adapter, sendTest: () => Promise.resolve(attempt()) });
    await openMenu('Alpha');
    await take('Send test event');
    await page.appears('dialog', say('testTitle'));
    await tabTo('textbox', say('testPayload'));
    await pressButton('Send');
    await page.appears('group', say('response'));
    await tabTo('group', say('response'), 'Shift+Tab');
    await press('Escape');
    await closed(page);
    await arrives('button', 'Actions for Alpha');
    await tabTo('button', 'Alpha', 'Shift+Tab');
    await press('Enter');
    await arrives('textbox', 'Name');
    await pressButton('Send test event');
    await page.modal.appears('dialog', say('testTitle'));
    await press('Escape');
    await until(() => !page.modal.has('dialog', say('testTitle')));
    await arrives('button', 'Send test event');
    await press('Escape');
    await closed(page);
    await arrives('button', 'Alpha');
  });

  it('deliveries are read, filtered, loaded to their end and sent again', async () => {
    const { adapter } = memory({ webhooks: three() });
    const all = [1, 2, 3].map((number) => attempt({ id: `del_${number}`, outcome: 'failed' }));
    const page = await start({
      ...adapter,
      listDeliveries: (_, { cursor, limit }) =>
        Promise.resolve(limit === 100 ? { items: all } : cursor ? { items: all.slice(2) } : { items: all.slice(0, 2), nextCursor: 'more' }),
      redeliver: (id) => Promise.resolve(attempt({ id: `${id} again` })),
    });
    const rows = () => page.element.shadowRoot!.querySelectorAll('.deliveries li').length;
    await openMenu('Alpha');
    await take('View deliveries');
    await until(() => rows() === 2);
    await expectFocusInSight('opening');
    await choose(say('outcome'), 'Failed');
    await until(() => rows() === 2);
    await pressButton('Load more');
    await until(() => rows() === 3);
    await expectFocusInSight('the last page');
    await tabTo('button', 'Close', 'Shift+Tab');
    // The first attempt is opened, and read to its button.
    await until(() => true);
    while (!(focused() as HTMLElement).matches('li summary')) await press('Tab');
    await press('Enter');
    await tabTo('group', say('request'));
    await pressButton('Redeliver');
    await until(() => page.all('status').some(({ textContent }) => textContent.includes(say('redelivered'))));
    await expectFocusInSight('sending one again');
    while (!(focused() as HTMLElement).matches('.stack > details > summary')) await press('Tab');
    await press('Enter');
    await pressButton(say('redeliverCount'));
    await until(() => page.text.includes(say('redeliverFound', { count: 3 })));
    await pressButton('Redeliver');
    await until(() => page.text.includes(say('redeliverDone', { count: 3 })));
    await expectFocusInSight('sending many again');
    await press('Escape');
    await closed(page);
    await arrives('button', 'Actions for Alpha');
  });

  it('the import is opened and closed', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    await pressButton('More actions');
    await arrives('menuitem', say('import'));
    await press('Enter');
    await page.appears('dialog', say('importTitle'));
    await expectFocusInSight('opening');
    await press('Escape');
    await closed(page);
    await arrives('button', 'More actions');
  });
});

describe('a control that gets the focus in a dialog', () => {
  beforeEach(() => setViewport({ width: 320, height: 800 }));
  after(() => setViewport({ width: 1280, height: 800 }));

  it('comes into sight in the form, also where the engine does not scroll to it, or scrolls away', async () => {
    const page = await start(memory({ webhooks: three() }).adapter);
    page.press('Add Webhook');
    await arrives('textbox', 'Name');
    const body = page.modal.parts('dialog-body')[0]!;
    const header = page.modal.button('Add Header');
    header.focus({ preventScroll: true });
    await expectFocusInSight('going down');
    page.modal.field('Name').focus({ preventScroll: true });
    await expectFocusInSight('going up');
    await press('Tab');
    body.scrollTop = body.scrollHeight;
    await expectFocusInSight('an engine’s own scrolling after a Tab');
    await press('Shift+Tab');
    await atRest(page.element);
    body.dispatchEvent(new WheelEvent('wheel', { bubbles: true, composed: true }));
    body.scrollTop = body.scrollHeight;
    await atRest(page.element);
    expect(body.scrollTop, 'someone who scrolls is left alone').to.be.greaterThan(100);
    body.scrollTop = 0;
    // Of the next one only an edge is in sight.
    const next = page.modal.field<HTMLInputElement>('Endpoint URL');
    body.scrollTop += next.getBoundingClientRect().top - body.getBoundingClientRect().bottom + 3;
    next.focus({ preventScroll: true });
    await expectFocusInSight('going to an edge');
  });

  it('comes into sight in the deliveries, also where the engine does not scroll to it', async () => {
    const { adapter } = memory({ webhooks: three() });
    const items = Array.from({ length: 20 }, (_, index) => attempt({ id: `del_${index}` }));
    const page = await start({ ...adapter, listDeliveries: () => Promise.resolve({ items }) });
    page.press('Actions for Alpha');
    (await page.appears('menuitem', 'View deliveries')).click();
    await until(() => page.element.shadowRoot!.querySelectorAll('.deliveries li').length === 20);
    page.element.shadowRoot!.querySelector<HTMLElement>('.deliveries li:last-child summary')!.focus({ preventScroll: true });
    await expectFocusInSight('going to the last');
  });
});

describe('the order of Tab', () => {
  /** Left to right in a line, and the lines from top to bottom. */
  const isAfter = (one: DOMRect, other: DOMRect) => {
    const sameLine = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.min(one.height, other.height) / 2;
    return sameLine ? other.left >= one.right - 1 : other.top >= one.bottom - 1 || other.top > one.top;
  };

  after(() => setViewport({ width: 1280, height: 800 }));

  it('is that of the screen, in the list, and no control is left out', async () => {
    const page = await start(memory({ webhooks: three(), }).adapter, { pageSize: 2 });
    await press('Tab');
    let last = focused()!.getBoundingClientRect();
    const names = [describeFocus()];
    for (;;) {
      await press('Tab');
      if (isOn('button', 'After')) break;
      const box = focused()!.getBoundingClientRect();
      expect(isAfter(last, box), `${names.at(-1)!} before ${describeFocus()}`).to.equal(true);
      names.push(describeFocus());
      last = box;
    }
    const controls = [...page.element.shadowRoot!.querySelectorAll<HTMLElement>('button, input, select, summary')];
    expect(names).to.have.length(controls.filter((one) => one.checkVisibility()).length);
    // And the same way back.
    const back: string[] = [];
    for (await press('Shift+Tab'); !isOn('button', 'Before'); await press('Shift+Tab')) back.unshift(describeFocus());
    expect(back).to.deep.equal(names);
  });

  for (const width of [1280, 320])
    it(`is that of the screen, in the form, ${width} px wide`, async () => {
      await setViewport({ width, height: 800 });
      const page = await start(memory({ webhooks: three() }).adapter);
      await pressButton('Add Webhook');
      await arrives('textbox', 'Name');
      await choose('Authentication type', 'OAuth2');
      await tabTo('button', 'Close', 'Shift+Tab');
      const body = page.modal.parts('dialog-body')[0]!;
      const at = () => {
        const { left, top, width: wide, height } = focused()!.getBoundingClientRect();
        const scrolled = body.contains(focused()) ? body.scrollTop : 0;
        return new DOMRect(left, top + scrolled, wide, height);
      };
      let last = at();
      let where = describeFocus();
      while (!isOn('button', 'Cancel')) {
        await press('Tab');
        // In Firefox what scrolls is a stop of its own.
        if (focused() === body) continue;
        const box = at();
        // The footer is below what scrolls, wherever that is.
        if (body.contains(focused())) expect(isAfter(last, box), `${where} before ${describeFocus()}`).to.equal(true);
        last = box;
        where = describeFocus();
      }
      await press('Tab');
      expect(isOn('button', 'Save')).to.equal(true);
    });
});
