import { expect, fixture, html } from '@open-wc/testing';
import { WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { WebhookPage, WebhookQuery } from '../../src/core/page.js';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import type { WebhookErrorEvent } from '../../src/events/index.js';
import { announced, chooseAction, named as byAge } from '../helpers/hosts.js';
import { Clock } from '../helpers/clock.js';
import { pressKey } from '../helpers/keys.js';
import { deferred, everyElement, focusOn, nameOf, Page, textOf, until } from '../helpers/page.js';
import {
  memory,
  mountSettings,
  openSettings,
  organizations,
  recorded,
  say,
  SettingsPage,
  storedWebhook,
} from '../helpers/widget.js';

type Answer<Value> = ReturnType<typeof deferred<Value>>;

const unused = () => Promise.reject(new AdapterError('unknown'));

/** A host whose answers to `list` the test gives, call by call. */
function byHand(more: Partial<WebhookAdapter> = {}) {
  const answers: Answer<WebhookPage>[] = [];
  const queries: WebhookQuery[] = [];
  const { adapter, of } = recorded<WebhookAdapter>({
    list: (query) => {
      const answer = deferred<WebhookPage>();
      queries.push(query);
      answers.push(answer);
      return answer.promise;
    },
    create: unused,
    ...more,
  });
  return { adapter, of, answers, queries };
}

/** A host with these pages; each but the last leads to the next. */
const pages = (...all: unknown[][]) =>
  recorded<WebhookAdapter>({
    list: ({ cursor = '0' }) => {
      const index = Number(cursor);
      return Promise.resolve({
        items: all[index] as Webhook[],
        ...(index + 1 < all.length && { nextCursor: String(index + 1) }),
      });
    },
    create: unused,
  });

const named = (...names: string[]) => names.map((name) => storedWebhook({ id: `id of ${name}`, name }));

const errorsOf = (page: SettingsPage) => {
  const details: WebhookErrorEvent['detail'][] = [];
  page.element.addEventListener('webhook-error', ({ detail }) => details.push(detail));
  return details;
};

/** How many it says below the list that there are. */
const foot = (page: SettingsPage) => [...page.element.shadowRoot!.querySelectorAll('.foot > span')].map((count) => textOf(count));

describe('<webhook-settings>', () => {
  describe('the gate', () => {
    for (const access of ['denied', 'unavailable'] as const)
      it(`${access}: says so and never calls the adapter`, async () => {
        const { adapter, calls } = memory({ webhooks: named('Hidden') });
        const page = await mountSettings({ adapter, access });
        expect(page.text).to.include(say(access)).and.not.include('Hidden');
        expect(page.element.getAttribute('access')).to.equal(access);
        await page.element.refresh();
        await page.element.add();
        await page.element.edit('id of Hidden');
        expect(calls).to.be.empty;
        expect(page.all('button').map(nameOf)).to.be.empty;
        expect(page.has('dialog')).to.equal(false);
      });

    it('denied by attribute, before the adapter is there', async () => {
      const { adapter, calls } = memory();
      const element = await fixture<WebhookSettings>(html`<webhook-settings access="denied"></webhook-settings>`);
      element.adapter = adapter;
      await element.updateComplete;
      expect(calls).to.be.empty;
      expect(new SettingsPage(element).text).to.include(say('denied'));
    });

    it('closes behind a list that was on show, and opens again', async () => {
      const { adapter, of } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      expect(page.names).to.deep.equal(['Here']);
      page.element.access = 'denied';
      await page.element.updateComplete;
      expect(page.text).not.to.include('Here');
      page.element.access = 'manage';
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      expect(of('list')).to.have.length(2);
    });

    it('read-only: rows without anything to add or open', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter, access: 'read-only' });
      expect(page.names).to.deep.equal(['Here']);
      expect(page.all('button').map(nameOf)).to.deep.equal(['POST hooks.example.com']);
      page.rows[0]!.click();
      await page.element.add();
      await page.element.edit('id of Here');
      expect(page.has('dialog')).to.equal(false);
    });

    it('read-only and empty: no button either', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter, access: 'read-only' });
      expect(page.parts('empty')).to.have.length(1);
      expect(page.all('button').map(nameOf)).to.be.empty;
    });

    it('closes an open form when the viewer may only look, and does not open it again', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      await page.openAdd();
      page.element.access = 'read-only';
      await page.element.updateComplete;
      expect(page.has('dialog')).to.equal(false);
      page.element.access = 'manage';
      await page.element.updateComplete;
      await new Promise(requestAnimationFrame);
      expect(page.has('dialog')).to.equal(false);
      await page.openEdit('Here');
    });
  });

  describe('the list', () => {
    it('shows a skeleton until the first answer', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      expect(page.parts('loading')).to.have.length(1);
      expect(page.parts('loading')[0]!.textContent).to.include(say('loading'));
      expect(page.rows).to.be.empty;
      answers[0]!.resolve({ items: named('One') });
      await page.loaded();
      expect(page.names).to.deep.equal(['One']);
    });

    it('says what a webhook is for when there is none, with the button', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      const [empty] = page.parts('empty').map((part) => new Page(part));
      expect(empty!.text).to.include(say('empty')).and.include(say('emptyHint'));
      empty!.button('Add Webhook');
      expect(page.all('button', 'Add Webhook')).to.have.length(1);
    });

    it('shows name, events, method, host, authentication and labels', async () => {
      const webhooks = [
        storedWebhook({ name: 'Plain', createdAt: '2026-01-03T00:00:00Z' }),
        storedWebhook({
          name: 'Full',
          events: ['site.archived', 'task_comment.created'],
          method: 'PATCH',
          url: 'https://crm.example.com:8443/a/b?c=d',
          test: true,
          active: false,
          createdAt: '2026-01-02T00:00:00Z',
          authentication: {
            type: 'token',
            organizationSpecific: true,
            credentials: ['org_1', 'org_2'].map((organizationId) => ({
              organizationId,
              key: 'X-Token',
              value: { stored: true as const },
            })),
          },
        }),
      ];
      const { adapter } = memory({ webhooks });
      const page = await openSettings({ adapter });
      page.get('heading', 'Webhooks');
      expect(page.names).to.deep.equal(['Plain', 'Full']);
      const cells = (name: string) => page.row(name).all('cell').map((cell) => nameOf(cell)).filter(Boolean);
      expect(cells('Plain')).to.deep.equal(['Plain', 'Milestone Status Change', 'POST hooks.example.com', 'Basic']);
      expect(cells('Full')).to.deep.equal([
        'Full test inactive',
        'Site Archived Task Comment Created',
        'PATCH crm.example.com:8443',
        'Token 2 organizations',
      ]);
      expect(page.all('columnheader').map(nameOf)).to.deep.equal([
        say('selectAll'),
        'Name',
        'Events',
        'Endpoint',
        'Authentication',
        'More actions',
      ]);
    });

    it('shows the whole URL on demand', async () => {
      const { adapter } = memory({ webhooks: [storedWebhook({ name: 'Here', url: 'https://a.example.com/long?x=1' })] });
      const page = await openSettings({ adapter });
      expect(page.row('Here').text).not.to.include('long?x=1');
      page.row('Here').press('POST a.example.com');
      // In place of its host.
      const whole = await page.appears('button', 'POST https://a.example.com/long?x=1');
      expect(whole.ariaExpanded).to.equal('true');
      whole.click();
      await page.appears('button', 'POST a.example.com');
      expect(page.row('Here').text).not.to.include('long?x=1');
      expect(page.has('dialog')).to.equal(false);
    });

    describe('by its own width', () => {
      const inPart = async (...webhooks: Webhook[]) => {
        const part = await fixture<HTMLElement>(html`<div><webhook-settings></webhook-settings></div>`);
        const element = part.querySelector('webhook-settings')!;
        element.adapter = memory({ webhooks }).adapter;
        const page = await new SettingsPage(element).loaded();
        const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2;
        return { page, middle, setWidth: (width: number) => (part.style.width = `${width}px`) };
      };
      const cell = (row: Page, text: string) => row.all('cell').find(({ textContent }) => textContent.includes(text))!.getBoundingClientRect();

      it('keeps both labels of a webhook together, beside its name or below it', async () => {
        const { page, setWidth } = await inPart(storedWebhook({ name: 'Milestones to the billing gateway', test: true, active: false }));
        for (let width = 300; width < 1300; width += 20) {
          setWidth(width);
          const [test, inactive] = ['badge--test', 'badge--inactive'].map((part) => page.parts(part)[0]!.getBoundingClientRect());
          expect(inactive!.top, `at ${width} px`).to.be.closeTo(test!.top, 1);
        }
      });

      it('has two columns in a card that has room for them, and one in a narrow one', async () => {
        const { page, middle, setWidth } = await inPart(storedWebhook({ name: 'Here' }));
        const row = page.row('Here');
        const cells = () => ['Here', 'Milestone Status Change', 'hooks.example.com', 'Basic'].map((text) => cell(row, text));
        setWidth(600);
        const [name, events, endpoint, authentication] = cells();
        expect(middle(endpoint!)).to.be.closeTo(middle(name!), 4);
        expect(middle(authentication!)).to.be.closeTo(middle(events!), 4);
        expect(endpoint!.left).to.be.greaterThan(name!.right - 1).and.equal(authentication!.left);
        expect(events!.left).to.equal(name!.left);
        setWidth(400);
        const stacked = cells();
        stacked.forEach(({ left, top }, index) => {
          expect(left).to.equal(stacked[0]!.left);
          if (index) expect(top).to.be.greaterThan(stacked[index - 1]!.top + 10);
        });
      });

      it('has its heading and its buttons on one line of a phone, at its two ends', async () => {
        const { page, middle, setWidth } = await inPart(storedWebhook());
        setWidth(288);
        const [heading, more, add] = [page.get('heading'), page.button(say('moreActions')), page.button('Add Webhook')].map((one) => one.getBoundingClientRect());
        expect(middle(add!)).to.be.closeTo(middle(heading!), 2);
        expect(middle(more!)).to.be.closeTo(middle(heading!), 2);
        expect(add!.right).to.be.closeTo(page.parts('toolbar')[0]!.getBoundingClientRect().right, 1);
      });
    });

    it('lets a host style rows and labels by their parts', async () => {
      const { adapter } = memory({
        webhooks: [
          storedWebhook({ name: 'Plain' }),
          storedWebhook({ name: 'Test', test: true }),
          storedWebhook({ name: 'Off', active: false }),
        ],
      });
      const page = await openSettings({ adapter });
      const partsOf = (name: string) => [...(page.row(name).root as Element).part].sort();
      expect(partsOf('Plain')).to.deep.equal(['row']);
      expect(partsOf('Test')).to.deep.equal(['row', 'row--test']);
      expect(partsOf('Off')).to.deep.equal(['row', 'row--inactive']);
      expect(page.parts('badge--test').map(({ textContent }) => textContent)).to.deep.equal(['test']);
      expect(page.parts('badge--inactive').map(({ textContent }) => textContent)).to.deep.equal(['inactive']);
      for (const part of ['base', 'toolbar', 'heading', 'add-button', 'list'])
        expect(page.parts(part), part).not.to.be.empty;
    });

    it('opens a row by a click anywhere in it, and by Enter on its name', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      page.row('Here').all('cell')[3]!.click();
      await page.modal.opened();
      expect(page.modal.field('Name').value).to.equal('Here');
      page.modal.press('Cancel');
      await page.modal.closed();
      page.button('Here').focus();
      await pressKey('Enter');
      await page.modal.opened();
    });

    it('opens nothing where the host cannot update', async () => {
      const { adapter } = pages(named('Here'));
      const page = await openSettings({ adapter });
      expect(page.has('button', 'Here')).to.equal(false);
      await page.element.edit('id of Here');
      expect(page.has('dialog')).to.equal(false);
      page.button('Add Webhook');
    });

    it('shows the id of an event or organization that nobody knows any more', async () => {
      const { adapter } = memory({ webhooks: [storedWebhook({ name: 'Old', events: ['gone.event'] })] });
      const page = await openSettings({ adapter });
      expect(page.row('Old').text).to.include('gone.event');
    });
  });

  describe('errors', () => {
    it('says what failed and offers Retry', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      const errors = errorsOf(page);
      answers[0]!.reject(new AdapterError('unavailable', { message: 'Down for maintenance until 5.' }));
      const alert = await page.appears('alert');
      expect(alert.textContent).to.include(say('loadFailed')).and.include('Down for maintenance until 5.');
      expect(page.parts('error')).to.have.length(1);
      expect(errors).to.deep.equal([{ operation: 'list', code: 'unavailable' }]);
      page.press('Retry');
      await until(() => answers.length === 2);
      answers[1]!.resolve({ items: named('Here') });
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      expect(page.has('alert')).to.equal(false);
    });

    it('can still add when the list failed', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.reject({ code: 'network' });
      await page.appears('alert');
      await page.openAdd();
    });

    for (const [what, thrown] of [
      ['an Error', new Error('secret token in a stack')],
      ['a text', 'secret token'],
      ['nothing', undefined],
      ['an unknown code', { code: 'teapot', message: 'secret token' }],
    ] as const)
      it(`does not repeat the words of ${what}`, async () => {
        const { adapter, answers } = byHand();
        const page = await mountSettings({ adapter });
        const errors = errorsOf(page);
        answers[0]!.reject(thrown);
        await page.appears('alert');
        expect(page.text).to.include(say('error.unknown')).and.not.include('secret token');
        expect(errors).to.deep.equal([{ operation: 'list', code: 'unknown' }]);
      });

    it('survives an adapter that throws at once, or answers nonsense', async () => {
      for (const list of [
        () => {
          throw new AdapterError('forbidden');
        },
        () => 'nonsense',
        () => Promise.resolve(undefined),
        () => Promise.resolve({ items: {} }),
      ]) {
        const page = await mountSettings({ adapter: { list, create: unused } as unknown as WebhookAdapter });
        await page.appears('alert');
        page.button('Retry');
      }
    });

    it('keeps the rows when a refresh fails', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      const refreshed = page.element.refresh();
      await until(() => answers.length === 2);
      expect(page.names).to.deep.equal(['Here']);
      expect(page.get('table').getAttribute('aria-busy')).to.equal('true');
      answers[1]!.reject({ code: 'network' });
      await refreshed;
      expect(page.names).to.deep.equal(['Here']);
      expect(page.get('alert').textContent).to.include(say('refreshFailed'));
    });

    it('keeps the rows when more cannot be loaded, and tries the same page again', async () => {
      const { adapter, answers, queries } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('One'), nextCursor: 'second' });
      await page.loaded();
      page.press('Load more');
      await until(() => answers.length === 2);
      answers[1]!.reject({ code: 'rate-limited' });
      await page.appears('alert');
      expect(page.names).to.deep.equal(['One']);
      page.press('Retry');
      await until(() => answers.length === 3);
      expect(queries[2]).to.deep.equal({ limit: 25, cursor: 'second' });
      answers[2]!.resolve({ items: named('Two') });
      await until(() => page.names.length === 2);
      expect(page.has('alert')).to.equal(false);
    });

    it('says when a webhook cannot be opened', async () => {
      const { adapter } = memory({
        webhooks: named('Here'),
        intercept: (operation) => {
          if (operation === 'get') throw new AdapterError('not-found');
        },
      });
      const page = await openSettings({ adapter });
      const errors = errorsOf(page);
      await page.element.edit('id of Here');
      expect(page.get('alert').textContent).to.include(say('openFailed', { name: 'Here' })).and.include(say('error.not-found'));
      expect(errors).to.deep.equal([{ operation: 'get', code: 'not-found' }]);
      expect(page.has('dialog')).to.equal(false);
    });

    it('a failed save keeps the form, and says so in an event', async () => {
      const { adapter } = memory({
        intercept: (operation) => {
          if (operation === 'create') throw new AdapterError('validation', { fieldErrors: { url: 'Not this one.' } });
        },
      });
      const page = await openSettings({ adapter });
      const errors = errorsOf(page);
      const modal = await page.openAdd();
      await modal.fillValid();
      modal.save();
      await until(() => modal.problem('Endpoint URL') === 'Not this one.');
      expect(errors).to.deep.equal([{ operation: 'create', code: 'validation' }]);
      expect(modal.field('Name').value).to.equal('Milestones to CRM');
    });

    it('a catalogue that fails says so in the form, and comes with Retry', async () => {
      let fails = true;
      const { adapter } = memory({
        eventTypes: [{ id: 'own.event', label: 'Own event' }],
        intercept: (operation) => {
          if (operation === 'listEventTypes' && fails) throw new AdapterError('unavailable');
        },
      });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      expect(modal.get('alert').textContent).to.include(say('catalogueFailed'));
      fails = false;
      modal.press('Retry');
      await modal.disappears('alert');
      modal.fill('Event', 'Own event');
    });

    it('organizations that fail do not take the events with them', async () => {
      const { adapter } = memory({
        eventTypes: [{ id: 'own.event', label: 'Own event' }],
        intercept: (operation) => {
          if (operation === 'listOrganizations') throw new AdapterError('unavailable');
        },
      });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      modal.get('alert');
      modal.fill('Event', 'Own event');
    });
  });

  describe('items that the schemas refuse', () => {
    const leaked = () => {
      const webhook = storedWebhook({ id: 'wh_leak', name: 'Leaky' });
      const credentials = [{ username: 'integration', password: 'LEAKED-SECRET' }];
      return { ...webhook, authentication: { ...webhook.authentication, credentials } };
    };

    it('are named problems in their rows, beside the good ones', async () => {
      const { adapter } = pages([
        ...named('Good'),
        leaked(),
        { id: 'wh_old', name: 'No method', events: 'x' },
        null,
        'text',
        42,
        [],
        {},
        ...named('Good too'),
      ]);
      const page = await openSettings({ adapter });
      const unnamed = say('unnamed');
      expect(page.names).to.deep.equal(['Good', 'Leaky', 'No method', unnamed, unnamed, unnamed, unnamed, unnamed, 'Good too']);
      expect(page.row('Leaky').text).to.include('authentication.credentials.0.password').and.not.include('LEAKED');
      expect(page.row('No method').text).to.include('events').and.include('method');
      expect(page.has('button', 'Leaky')).to.equal(false);
    });

    it('never show a secret that leaked, anywhere', async () => {
      const { adapter } = pages([leaked()]);
      const page = await openSettings({ adapter });
      expect([...everyElement(page.root)].map(({ outerHTML }) => outerHTML).join()).not.to.include('LEAKED');
    });

    it('keep what is not in the contract out of the page’s reach', async () => {
      const items = JSON.parse(
        JSON.stringify(named('Odd')).replace('{', '{"__proto__":{"polluted":true},"constructor":{"x":1},"extra":"EXTRA",'),
      ) as unknown[];
      const { adapter } = pages(items);
      const page = await openSettings({ adapter });
      expect(page.names).to.deep.equal(['Odd']);
      expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    });

    it('with ids and events of odd names break nothing', async () => {
      const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
      const { adapter } = pages(odd.map((id) => storedWebhook({ id, name: `of ${id}`, events: [id] })));
      const page = await openSettings({ adapter });
      expect(page.names).to.deep.equal(odd.map((id) => `of ${id}`));
      for (const id of odd) expect(page.row(`of ${id}`).all('cell')[2]!.textContent.trim()).to.equal(id);
    });

    it('do not push out a good one of the same id', async () => {
      const { adapter } = pages([...named('Good'), { id: 'id of Good', name: 'Impostor' }]);
      const page = await openSettings({ adapter });
      expect(page.names).to.include('Good');
    });
  });

  describe('pages', () => {
    it('follow each other with Load more, until the last', async () => {
      const { adapter, of } = pages(named('1', '2'), named('3'), named('4'));
      const page = await openSettings({ adapter, pageSize: 2 });
      page.press('Load more');
      await until(() => page.names.length === 3);
      page.press('Load more');
      await until(() => page.names.length === 4);
      expect(page.names).to.deep.equal(['1', '2', '3', '4']);
      expect(page.has('button', 'Load more')).to.equal(false);
      expect(of('list').map(({ args }) => args[0])).to.deep.equal([
        { limit: 2 },
        { limit: 2, cursor: '1' },
        { limit: 2, cursor: '2' },
      ]);
    });

    it('tell the count so far, and of how many', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('1', '2'), nextCursor: 'next', total: 1234 });
      await page.loaded();
      expect(foot(page)).to.deep.equal([say('shownOf', { count: 2, total: 1234 })]);
      page.press('Load more');
      await until(() => answers.length === 2);
      answers[1]!.resolve({ items: named('3') });
      await until(() => page.names.length === 3);
      expect(foot(page)).to.deep.equal(['3 webhooks']);
    });

    it('are counted for assistive technology: of how many, or that this is not known', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      const rowCount = () => page.get('table').getAttribute('aria-rowcount');
      answers[0]!.resolve({ items: named('1', '2'), nextCursor: 'next', total: 1234 });
      await page.loaded();
      expect(rowCount()).to.equal('1235');
      page.press('Load more');
      await until(() => answers.length === 2);
      answers[1]!.resolve({ items: named('3'), nextCursor: 'last' });
      await until(() => page.names.length === 3);
      expect(rowCount()).to.equal('-1');
      page.press('Load more');
      await until(() => answers.length === 3);
      answers[2]!.resolve({ items: named('4') });
      await until(() => page.names.length === 4);
      expect(rowCount()).to.equal('5');
    });

    it('are as many as there are rows, where the host says that there are fewer', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('1', '2'), total: 1 });
      await page.loaded();
      expect(page.get('table').getAttribute('aria-rowcount')).to.equal('3');
    });

    it('tell of how many also after one was deleted, and one added', async () => {
      const { adapter } = memory({ webhooks: byAge('1', '2', '3') });
      const page = await openSettings({ adapter, pageSize: 2 });
      expect(foot(page)).to.deep.equal([say('shownOf', { count: 2, total: 3 })]);
      await chooseAction(page, '3', 'Delete');
      (await page.appears('alertdialog')).querySelector<HTMLElement>('.danger')!.click();
      await until(() => foot(page).join() === say('shownOf', { count: 1, total: 2 }), 'one less');
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'New' });
      modal.save();
      await modal.closed();
      await until(() => foot(page).join() === say('shownOf', { count: 2, total: 3 }), 'one more');
      expect(page.names).to.deep.equal(['New', '2']);
    });

    it('go on by themselves where all that were loaded are deleted', async () => {
      const { adapter, of } = memory({ webhooks: byAge('1', '2', '3') });
      const page = await openSettings({ adapter, pageSize: 2 });
      await chooseAction(page, '3', 'Delete');
      (await page.appears('alertdialog')).querySelector<HTMLElement>('.danger')!.click();
      await until(() => page.names.join() === '2', 'one less');
      expect(of('list')).to.have.length(1);
      await chooseAction(page, '2', 'Delete');
      (await page.appears('alertdialog')).querySelector<HTMLElement>('.danger')!.click();
      await until(() => page.names.join() === '1', 'the last');
      expect(of('list')).to.have.length(2);
      expect(page.has('button', 'Load more')).to.equal(false);
    });

    it('of which one leaves the view with a change are asked for again', async () => {
      const { adapter, of } = memory({ webhooks: byAge('1', '2') });
      const page = await openSettings({ adapter, view: { active: true } });
      await chooseAction(page, '2', 'Deactivate');
      await until(() => page.names.join() === '1', 'the row to leave');
      expect(of('list').map(({ args }) => args[0])).to.deep.equal([
        { active: true, limit: 25 },
        { active: true, limit: 25 },
      ]);
    });

    it('are asked for once, however often the button is pressed', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('1'), nextCursor: 'next' });
      await page.loaded();
      const more = page.button('Load more');
      more.click();
      more.click();
      more.click();
      await until(() => answers.length === 2);
      expect(more.getAttribute('aria-disabled')).to.equal('true');
      answers[1]!.resolve({ items: named('2') });
      await until(() => page.names.length === 2);
      expect(answers).to.have.length(2);
    });

    it('end where a cursor comes back', async () => {
      const { adapter, of } = recorded<WebhookAdapter>({
        list: ({ cursor }) => Promise.resolve({ items: named(cursor ?? 'first'), nextCursor: cursor === 'a' ? 'b' : 'a' }),
        create: unused,
      });
      const page = await openSettings({ adapter });
      for (const count of [2, 3]) {
        page.press('Load more');
        await until(() => page.names.length === count);
      }
      expect(page.has('button', 'Load more')).to.equal(false);
      expect(page.names).to.deep.equal(['first', 'a', 'b']);
      expect(of('list')).to.have.length(3);
    });

    it('that repeat an item update its row instead of doubling it', async () => {
      const { adapter } = pages(named('1', '2'), [storedWebhook({ id: 'id of 2', name: '2 renamed' }), ...named('3')]);
      const page = await openSettings({ adapter });
      page.press('Load more');
      await until(() => page.names.length === 3);
      expect(page.names).to.deep.equal(['1', '2 renamed', '3']);
    });

    it('that are empty, with more to come, do not look like the end', async () => {
      const { adapter } = pages([], named('1'));
      const page = await openSettings({ adapter });
      expect(page.parts('empty')).to.be.empty;
      page.button('Add Webhook');
      await page.appears('textbox', 'Search webhooks');
      page.press('Load more');
      await until(() => page.names.length === 1);
    });

    it('have as many rows as the attribute says', async () => {
      const { adapter, of } = memory();
      const element = await fixture<WebhookSettings>(html`<webhook-settings page-size="7"></webhook-settings>`);
      element.adapter = adapter;
      await new SettingsPage(element).loaded();
      expect(of('list')[0]!.args[0]).to.deep.equal({ limit: 7 });
    });

    it('start over from the first with refresh()', async () => {
      const { adapter } = pages(named('1'), named('2'));
      const page = await openSettings({ adapter });
      page.press('Load more');
      await until(() => page.names.length === 2);
      await page.element.refresh();
      expect(page.names).to.deep.equal(['1']);
      page.button('Load more');
    });
  });

  describe('races', () => {
    it('ignores the answer of an adapter that was replaced', async () => {
      const old = byHand();
      const page = await mountSettings({ adapter: old.adapter });
      const { adapter } = memory({ webhooks: named('New') });
      page.element.adapter = adapter;
      await page.loaded();
      expect(old.of('list')[0]!.signal.aborted).to.equal(true);
      old.answers[0]!.resolve({ items: named('Old') });
      await old.answers[0]!.promise;
      await page.element.updateComplete;
      expect(page.names).to.deep.equal(['New']);
    });

    it('ignores the failure of an adapter that was replaced', async () => {
      const old = byHand();
      const page = await mountSettings({ adapter: old.adapter });
      const errors = errorsOf(page);
      const { adapter } = memory({ webhooks: named('New') });
      page.element.adapter = adapter;
      await page.loaded();
      old.answers[0]!.reject({ code: 'network' });
      await old.answers[0]!.promise.catch(() => undefined);
      await page.element.updateComplete;
      expect(page.has('alert')).to.equal(false);
      expect(errors).to.be.empty;
    });

    it('shows the newest answer when answers come out of order', async () => {
      const { adapter, answers, of } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('First') });
      await page.loaded();
      const second = page.element.refresh();
      await until(() => answers.length === 2);
      const third = page.element.refresh();
      await until(() => answers.length === 3);
      expect(of('list')[1]!.signal.aborted).to.equal(true);
      answers[2]!.resolve({ items: named('Third') });
      await third;
      answers[1]!.resolve({ items: named('Second') });
      await second;
      await page.element.updateComplete;
      expect(page.names).to.deep.equal(['Third']);
    });

    it('a refresh takes over from Load more', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('1'), nextCursor: 'next' });
      await page.loaded();
      page.press('Load more');
      await until(() => answers.length === 2);
      const refreshed = page.element.refresh();
      await until(() => answers.length === 3);
      answers[1]!.resolve({ items: named('late') });
      answers[2]!.resolve({ items: named('fresh') });
      await refreshed;
      expect(page.names).to.deep.equal(['fresh']);
    });

    it('an answer to what was asked before a save does not hide what was saved', async () => {
      const { adapter, answers } = byHand({ create: (input: WebhookInput) => Promise.resolve(storedWebhook({ name: input.name })) });
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Old') });
      await page.loaded();
      const refreshed = page.element.refresh();
      await until(() => answers.length === 2);
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Fresh' });
      modal.save();
      await modal.closed();
      expect(page.names).to.deep.equal(['Fresh', 'Old']);
      answers[1]!.resolve({ items: named('Old') });
      await until(() => answers.length === 3, 'the list should be asked for again');
      expect(page.names).to.deep.equal(['Fresh', 'Old']);
      answers[2]!.resolve({ items: named('Fresh', 'Old') });
      await refreshed;
      expect(page.names).to.deep.equal(['Fresh', 'Old']);
    });
  });

  describe('the order of things', () => {
    it('does not matter when the adapter is set before the element is defined', async () => {
      const { adapter } = memory({ webhooks: named('Early') });
      const element = document.createElement('early-webhook-settings') as WebhookSettings;
      element.adapter = adapter;
      element.heading = 'Early';
      (await fixture<HTMLElement>(html`<div></div>`)).append(element);
      customElements.define('early-webhook-settings', class extends WebhookSettings {});
      const page = await new SettingsPage(element).loaded();
      expect(page.names).to.deep.equal(['Early']);
      page.get('heading', 'Early');
    });

    it('does not matter when the adapter is set before connection', async () => {
      const { adapter, of } = memory({ webhooks: named('Before') });
      const element = document.createElement('webhook-settings');
      element.adapter = adapter;
      expect(of('list')).to.be.empty;
      (await fixture<HTMLElement>(html`<div></div>`)).append(element);
      const page = await new SettingsPage(element).loaded();
      expect(page.names).to.deep.equal(['Before']);
      expect(of('list')).to.have.length(1);
    });

    it('shows the rows of another adapter when it is replaced', async () => {
      const page = await openSettings({ adapter: memory({ webhooks: named('One') }).adapter });
      page.element.adapter = memory({ webhooks: named('Two') }).adapter;
      await until(() => page.names.includes('Two'));
      expect(page.names).to.deep.equal(['Two']);
    });

    it('aborts every call when it leaves the page', async () => {
      const { adapter, of } = byHand({ listEventTypes: () => deferred<never>().promise });
      const page = await mountSettings({ adapter });
      await until(() => of('list').length && of('listEventTypes').length);
      page.element.remove();
      expect([...of('list'), ...of('listEventTypes')].map(({ signal }) => signal.aborted)).to.deep.equal([true, true]);
    });

    it('aborts a save when it leaves the page', async () => {
      const { adapter, of } = byHand({ create: () => deferred<never>().promise });
      const page = await mountSettings({ adapter });
      await until(() => of('list').length);
      page.element.adapter = { ...adapter, list: () => Promise.resolve({ items: [] }) };
      await page.loaded();
      const modal = await page.openAdd();
      await modal.fillValid();
      modal.save();
      await until(() => of('create').length);
      page.element.remove();
      expect(of('create')[0]!.signal.aborted).to.equal(true);
    });

    it('works again when it comes back', async () => {
      const { adapter, of } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      const parent = page.element.parentElement!;
      page.element.remove();
      parent.append(page.element);
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      expect(of('list')).to.have.length(2);
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'After' });
      modal.save();
      await modal.closed();
      expect(page.names).to.have.members(['After', 'Here']);
    });

    it('keeps the form when it leaves the page and comes back', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      await page.openAdd();
      const parent = page.element.parentElement!;
      page.element.remove();
      parent.append(page.element);
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      expect(page.modal.isOpen).to.equal(true);
    });

    it('works when it is moved to another place', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      const other = await fixture<HTMLElement>(html`<div></div>`);
      other.append(page.element);
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      await page.openAdd();
    });
  });

  describe('without an adapter', () => {
    it('shows that it loads, and tells the developer why', async () => {
      const warnings: unknown[][] = [];
      const { warn } = console;
      console.warn = (...texts) => warnings.push(texts);
      try {
        const page = await mountSettings();
        expect(page.parts('loading')).to.have.length(1);
        await until(() => warnings.length);
        expect(String(warnings[0])).to.include('<webhook-settings>').and.include('adapter');
        expect(page.has('button', 'Add Webhook')).to.equal(false);
      } finally {
        console.warn = warn;
      }
    });

    it('tells so each time that there is none any more, and only where there should be one', async () => {
      const warnings: unknown[][] = [];
      const { warn } = console;
      console.warn = (...texts) => warnings.push(texts);
      const clock = new Clock();
      try {
        const page = await mountSettings({ access: 'denied' });
        await clock.pass(3);
        expect(warnings).to.have.length(0);
        page.element.access = 'manage';
        await page.element.updateComplete;
        await clock.pass(3);
        expect(warnings).to.have.length(1);
        page.element.adapter = memory().adapter;
        await page.loaded();
        await clock.pass(3);
        expect(warnings).to.have.length(1);
        page.element.adapter = undefined;
        await page.element.updateComplete;
        await clock.pass(3);
        expect(warnings).to.have.length(2);
        const other = await mountSettings();
        other.element.remove();
        await clock.pass(3);
        expect(warnings).to.have.length(2);
      } finally {
        clock.restore();
        console.warn = warn;
      }
    });
  });

  describe('what the page sets', () => {
    it('eventTypes and organizations win over the adapter’s', async () => {
      const { adapter } = memory({
        eventTypes: [{ id: 'theirs', label: 'Theirs' }],
        webhooks: [storedWebhook({ name: 'Here', events: ['ours'] })],
      });
      const page = await openSettings({
        adapter,
        eventTypes: [{ id: 'ours', label: 'Ours' }],
        organizations: [{ id: 'o', name: 'Our organization' }],
      });
      expect(page.row('Here').text).to.include('Ours');
      const modal = await page.openAdd();
      const options = (label: string) => [...modal.field<HTMLSelectElement>(label).options].map(({ text }) => text);
      expect(options('Event')).to.deep.equal([say('choose'), 'Ours']);
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      expect(options('Organization')).to.deep.equal([say('choose'), 'Our organization']);
    });

    it('the adapter’s catalogue wins over the default six', async () => {
      const { adapter } = memory({ eventTypes: [{ id: 'theirs', label: 'Theirs' }] });
      const modal = await (await openSettings({ adapter })).openAdd();
      await until(() => [...modal.field<HTMLSelectElement>('Event').options].map(({ text }) => text).includes('Theirs'));
      expect(modal.field<HTMLSelectElement>('Event').options).to.have.length(2);
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      expect([...modal.field<HTMLSelectElement>('Organization').options].map(({ text }) => text)).to.deep.equal([
        say('choose'),
        ...organizations.map(({ name }) => name),
      ]);
    });

    it('has the six events of the original where nobody says otherwise', async () => {
      const { adapter } = pages([]);
      const modal = await (await openSettings({ adapter })).openAdd();
      const options = [...modal.field<HTMLSelectElement>('Event').options].slice(1);
      expect(options.map(({ value }) => value)).to.deep.equal([
        'contract_recipient.status_change',
        'contract.status_change',
        'milestone.status_change',
        'qualification.update',
        'site.archived',
        'task_comment.created',
      ]);
    });

    it('event-selection="multiple" lets one webhook have several events', async () => {
      const { adapter, of } = memory();
      const element = await fixture<WebhookSettings>(html`<webhook-settings event-selection="multiple"></webhook-settings>`);
      element.adapter = adapter;
      const page = await new SettingsPage(element).loaded();
      const modal = await page.openAdd();
      for (const label of ['Site Archived', 'Qualification Update']) {
        modal.within('group', 'Events').fill(label, true);
        await modal.settled();
      }
      modal.fillAll({ Name: 'Several', 'Endpoint URL': 'https://hooks.example.com/in' });
      await modal.chooseType('No Authentication');
      modal.save();
      await modal.closed();
      expect((of('create')[0]!.args[0] as WebhookInput).events).to.deep.equal(['site.archived', 'qualification.update']);
      expect(page.row('Several').text).to.include('Site Archived').and.include('Qualification Update');
    });

    it('authTypes says which types are offered, in which order', async () => {
      const { adapter } = memory();
      const modal = await (await openSettings({ adapter, authTypes: ['oauth2', 'none'] })).openAdd();
      expect([...modal.field<HTMLSelectElement>('Authentication type').options].map(({ text }) => text)).to.deep.equal([
        say('choose'),
        'OAuth2',
        'No Authentication',
      ]);
    });

    it('keeps a stored type that is no longer offered', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const modal = await (await openSettings({ adapter, authTypes: ['none'] })).openEdit('Here');
      expect(modal.field<HTMLSelectElement>('Authentication type').value).to.equal('basic');
    });

    it('heading, by attribute', async () => {
      const element = await fixture<WebhookSettings>(html`<webhook-settings heading="Callbacks"></webhook-settings>`);
      new SettingsPage(element).get('heading', 'Callbacks');
    });

    it('messages override single texts, in the form too', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter, messages: { addWebhook: 'New hook', empty: 'Nothing', save: 'Store' } });
      expect(page.text).to.include('Nothing').and.include(say('emptyHint'));
      page.press('New hook');
      const modal = await page.modal.opened();
      modal.button('Store');
      modal.button('Cancel');
    });

    it('lang writes numbers as its language does; two widgets may speak two languages', async () => {
      const list = () => Promise.resolve({ items: named('1'), nextCursor: 'x', total: 12345 });
      const box = await fixture<HTMLElement>(
        html`<div lang="de"><webhook-settings></webhook-settings><webhook-settings lang="en"></webhook-settings></div>`,
      );
      const [german, english] = [...box.querySelectorAll('webhook-settings')].map((element) => {
        element.adapter = { list, create: unused };
        return new SettingsPage(element);
      });
      await german!.loaded();
      await english!.loaded();
      expect(german!.text).to.include('12.345');
      expect(english!.text).to.include('12,345');
    });

    it('a lang that is none does no harm', async () => {
      const element = await fixture<WebhookSettings>(html`<webhook-settings lang="no_such!"></webhook-settings>`);
      element.adapter = memory().adapter;
      await new SettingsPage(element).loaded();
    });

    it('two widgets on one page mind their own business', async () => {
      const first = await openSettings({ adapter: memory({ webhooks: named('One') }).adapter });
      const second = await openSettings({ adapter: memory({ webhooks: named('Two') }).adapter });
      await second.openAdd();
      expect(first.has('dialog')).to.equal(false);
      expect([first.names, second.names]).to.deep.equal([['One'], ['Two']]);
    });
  });

  describe('methods', () => {
    it('add() settles when the form is on screen', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      await page.element.add();
      page.modal.field('Name');
      await focusOn(() => page.modal.field('Name'));
    });

    it('edit(id) settles when the form holds the webhook, as the host has it now', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      await adapter.update('id of Here', { name: 'Renamed elsewhere' }, { signal: new AbortController().signal });
      await page.element.edit('id of Here');
      expect(page.modal.field('Name').value).to.equal('Renamed elsewhere');
    });

    it('edit(id) of an unknown id says so', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      await page.element.edit('nobody');
      expect(page.get('alert').textContent).to.include(say('openFailed', { name: 'nobody' }));
    });

    it('Retry opens the one that could not be opened', async () => {
      let fails = true;
      const { adapter } = memory({
        webhooks: named('Here'),
        intercept: (operation) => {
          if (operation === 'get' && fails) throw new AdapterError('unavailable');
        },
      });
      const page = await openSettings({ adapter });
      await page.element.edit('id of Here');
      fails = false;
      page.press('Retry');
      const modal = await page.modal.opened();
      expect(modal.field('Name').value).to.equal('Here');
      expect(page.has('alert')).to.equal(false);
    });

    it('a page that takes its adapter away for a moment takes nothing that was typed', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      modal.fill('Name', 'Half a webhook');
      page.element.adapter = undefined;
      await page.element.updateComplete;
      page.element.adapter = memory().adapter;
      await page.loaded();
      expect(page.modal.isOpen).to.equal(true);
      expect(page.modal.field('Name').value).to.equal('Half a webhook');
    });

    it('edit(id) works where the host has no get()', async () => {
      const { get: _, ...rest } = memory({ webhooks: named('Here') }).adapter;
      const page = await openSettings({ adapter: rest });
      await page.element.edit('id of Here');
      expect(page.modal.field('Name').value).to.equal('Here');
    });

    it('edit(id) changes one on a page that has not been loaded, which is counted once and comes with its page', async () => {
      const { adapter } = memory({ webhooks: byAge('Last', 'Second', 'First') });
      const page = await openSettings({ adapter, pageSize: 2 });
      expect(page.text).to.include(say('shownOf', { count: 2, total: 3 }));
      await page.element.edit('id of Last');
      page.modal.fill('Name', 'Later');
      page.modal.save();
      await page.modal.closed();
      expect(page.names).to.deep.equal(['First', 'Second']);
      expect(page.text).to.include(say('shownOf', { count: 2, total: 3 }));
      page.press('Load more');
      await until(() => page.names.length === 3);
      expect(page.names).to.deep.equal(['First', 'Second', 'Later']);
    });

    it('add() and edit() leave an open form alone', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      modal.fill('Name', 'Half');
      await page.element.add();
      await page.element.edit('id of Here');
      expect(modal.field('Name').value).to.equal('Half');
      modal.get('heading', 'Add Webhook');
    });

    it('refresh() settles when the list shows the answer', async () => {
      const webhooks = named('Here');
      const { adapter } = pages(webhooks);
      const page = await openSettings({ adapter });
      webhooks.push(...named('New'));
      await page.element.refresh();
      expect(page.names).to.deep.equal(['Here', 'New']);
    });

    it('before there is an adapter they do nothing', async () => {
      const page = await mountSettings();
      await page.element.refresh();
      await page.element.add();
      await page.element.edit('x');
      expect(page.has('dialog')).to.equal(false);
    });
  });

  describe('announcements', () => {
    it('say what was added and saved', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Mine' });
      modal.save();
      await modal.closed();
      await until(() => announced(page).includes(say('added', { name: 'Mine' })));
      await page.openEdit('Mine');
      modal.fill('Name', 'Yours');
      modal.save();
      await modal.closed();
      await until(() => announced(page).includes(say('saved', { name: 'Yours' })));
    });
  });

  describe('what the host sends is text', () => {
    const markup = '<img src=x onerror="globalThis.injected = true"><script>globalThis.injected = true</script>';

    it('in names, events, URLs, organizations, errors and paths', async () => {
      const { adapter } = memory({
        eventTypes: [{ id: 'e', label: `event ${markup}`, group: `group ${markup}` }],
        organizations: [{ id: 'o', name: `organization ${markup}` }],
        webhooks: [storedWebhook({ name: `name ${markup}`, events: ['e'], url: `https://a.example.com/${markup}` })],
        intercept: (operation) => {
          if (operation === 'create')
            throw new AdapterError('validation', { message: `message ${markup}`, fieldErrors: { url: `url ${markup}`, [markup]: 'x' } });
        },
      });
      const page = await openSettings({ adapter, heading: `heading ${markup}` });
      await until(() => page.text.includes(`event ${markup}`));
      expect(page.text).to.include(`name ${markup}`).and.include(`heading ${markup}`);
      const modal = await page.openAdd();
      modal.fill('Event', `event ${markup}`);
      modal.fill('Org. specific authentication', true);
      modal.fillAll({ Name: markup, 'Endpoint URL': 'https://hooks.example.com' });
      await modal.chooseType('Basic');
      modal.fill('Organization', `organization ${markup}`);
      await modal.settled();
      modal.organization(`organization ${markup}`).fill('Username', 'me');
      modal.save();
      await until(() => modal.problem('Endpoint URL') === `url ${markup}`);
      expect(modal.text).to.include(`message ${markup}`).and.include(`${markup}: x`);
      expect([...everyElement(page.root)].filter((element) => element.matches('img, script'))).to.be.empty;
      expect(globalThis).not.to.have.property('injected');
    });

    it('in what was added, as it is announced', async () => {
      const { adapter } = memory();
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid({ Name: markup });
      modal.save();
      await modal.closed();
      expect(page.names).to.deep.equal([markup]);
      expect([...everyElement(page.root)].filter((element) => element.matches('img, script'))).to.be.empty;
    });
  });
});
