import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { WebhookView } from '../../src/core/page.js';
import { whenIdle } from '../../src/elements/shared/when-idle.js';
import { focused, focusOn, nameOf, textOf, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, say, SettingsPage, storedWebhook } from '../helpers/widget.js';
import { announced, byHand, heard, named } from '../helpers/hosts.js';

const SEARCH = 'Search webhooks';

/** The list on show, with all that finds something in it. */
const ready = async (page: SettingsPage) => {
  await until(() => page.hasField(SEARCH), 'the search field');
  return page;
};

const answered = async (...names: string[]) => {
  const host = byHand();
  const page = await mountSettings({ adapter: host.adapter });
  host.answers[0]!.resolve({ items: named(...names) });
  await page.loaded();
  return { page: await ready(page), ...host };
};

const various = () => [
  storedWebhook({ name: 'CRM live', events: ['site.archived'], createdAt: '2026-01-01T00:00:00Z' }),
  storedWebhook({ name: 'CRM test', test: true, createdAt: '2026-01-02T00:00:00Z' }),
  storedWebhook({ name: 'ERP off', active: false, url: 'https://erp.example.com/crm', createdAt: '2026-01-03T00:00:00Z' }),
  storedWebhook({ name: 'ERP live', createdAt: '2026-01-04T00:00:00Z' }),
];

const opened = async (view?: WebhookView) => {
  const host = memory({ webhooks: various() });
  return { page: await ready(await openSettings({ adapter: host.adapter, view: view ?? {} })), ...host };
};

const shows = (page: SettingsPage, ...names: string[]) =>
  until(() => page.names.join() === names.join(), `rows ${names.join()} instead of ${page.names.join()}`);

describe('finding webhooks', () => {
  describe('by a search', () => {
    it('asks with each key, and aborts what was asked before', async () => {
      const { page, of, queries } = await answered('Alpha', 'Beta');
      page.field(SEARCH).focus();
      await sendKeys({ type: 'be' });
      await until(() => queries.length === 3, 'a call for each key');
      expect(queries.slice(1)).to.deep.equal([
        { search: 'b', limit: 25 },
        { search: 'be', limit: 25 },
      ]);
      expect(of('list').slice(1).map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    });

    it('keeps the rows and says that it is busy until the answer is there', async () => {
      const { page, answers } = await answered('Alpha', 'Beta');
      page.fill(SEARCH, 'be');
      await until(() => page.get('table').getAttribute('aria-busy') === 'true', 'the list to be busy');
      expect(page.names).to.deep.equal(['Alpha', 'Beta']);
      answers[1]!.resolve({ items: named('Beta') });
      await shows(page, 'Beta');
      expect(page.get('table').getAttribute('aria-busy')).to.equal('false');
      expect(page.field(SEARCH).value).to.equal('be');
      expect(focused()).to.equal(page.field(SEARCH));
    });

    it('shows the answer to what was asked last, whichever comes last', async () => {
      const { page, answers } = await answered('Alpha', 'Beta');
      page.fill(SEARCH, 'a');
      page.fill(SEARCH, 'al');
      await until(() => answers.length === 3, 'both calls');
      answers[2]!.resolve({ items: named('Alpha') });
      await shows(page, 'Alpha');
      answers[1]!.resolve({ items: named('Late') });
      await answers[1]!.promise;
      await page.element.updateComplete;
      expect(page.names).to.deep.equal(['Alpha']);
    });

    it('says nothing of the failure of what was asked before', async () => {
      const { page, answers } = await answered('Alpha');
      const errors = heard(page.element, 'webhook-error');
      page.fill(SEARCH, 'a');
      page.fill(SEARCH, 'al');
      await until(() => answers.length === 3, 'both calls');
      answers[1]!.reject({ code: 'network' });
      answers[2]!.resolve({ items: named('Alpha') });
      await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the answer');
      expect(page.has('alert')).to.equal(false);
      expect(errors).to.be.empty;
    });

    it('that fails keeps the rows and what was typed, and can be tried again', async () => {
      const { page, answers, queries } = await answered('Alpha');
      page.fill(SEARCH, 'x');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.reject({ code: 'unavailable' });
      await page.appears('alert');
      expect(page.names).to.deep.equal(['Alpha']);
      expect(page.field(SEARCH).value).to.equal('x');
      page.press('Retry');
      await until(() => answers.length === 3, 'another call');
      expect(queries[2]).to.deep.equal({ search: 'x', limit: 25 });
    });

    it('draws the list anew and not the form behind it', async () => {
      const { page, answers } = await answered('Alpha', 'Beta');
      const modal = await page.openAdd();
      modal.press('Cancel');
      await modal.closed();
      // The next form is made ahead.
      await new Promise<void>((resolve) => whenIdle(resolve));
      await modal.settled();
      let drawn = 0;
      modal.element.addController({ hostUpdated: () => (drawn += 1) });
      page.fill(SEARCH, 'be');
      await until(() => answers.length === 2, 'a call');
      answers[1]!.resolve({ items: named('Beta') });
      await shows(page, 'Beta');
      await modal.settled();
      expect(drawn).to.equal(0);
    });

    it('finds by name and URL on a real host, from the first page', async () => {
      const { page, of } = await opened();
      await shows(page, 'ERP live', 'ERP off', 'CRM test', 'CRM live');
      page.fill(SEARCH, 'crm');
      await shows(page, 'ERP off', 'CRM test', 'CRM live');
      page.fill(SEARCH, '');
      await shows(page, 'ERP live', 'ERP off', 'CRM test', 'CRM live');
      expect(of('list').at(-1)!.args[0]).to.deep.equal({ limit: 25 });
    });

    it('goes on with Load more', async () => {
      const { page, answers, queries } = await answered('Alpha');
      page.fill(SEARCH, 'a');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.resolve({ items: named('Alpha'), nextCursor: 'more' });
      await page.appears('button', 'Load more');
      page.press('Load more');
      await until(() => answers.length === 3, 'the second page');
      expect(queries[2]).to.deep.equal({ search: 'a', cursor: 'more', limit: 25 });
    });

    it('forgets where the list before went on', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Alpha'), nextCursor: 'of all' });
      await page.loaded();
      await ready(page);
      page.button('Load more');
      page.fill(SEARCH, 'a');
      await page.disappears('button', 'Load more');
    });
  });

  describe('by filters and order', () => {
    for (const [label, choices] of [
      ['Status', [['Active', { active: true }], ['Inactive', { active: false }]]],
      ['Credentials', [['Live', { test: false }], ['Test', { test: true }]]],
      ['Events', [['Site Archived', { event: 'site.archived' }]]],
      [
        'Sort by',
        [
          ['Name, A to Z', { sort: 'name' }],
          ['Name, Z to A', { sort: '-name' }],
          ['Newest first', { sort: '-createdAt' }],
          ['Oldest first', { sort: 'createdAt' }],
        ],
      ],
    ] as const)
      it(`${label}: each choice is asked of the host, and can be taken back`, async () => {
        const { page, answers, queries } = await answered('Alpha');
        const events = heard(page.element, 'webhook-view-change');
        const asked = async (choice: string) => {
          const { length } = queries;
          page.fill(label, choice);
          await until(() => queries.length > length, 'a call');
        };
        for (const [choice, view] of choices) {
          await asked(choice);
          expect(queries.at(-1)).to.deep.equal({ ...view, limit: 25 });
          expect(events.at(-1)).to.deep.equal({ view });
          answers.at(-1)!.resolve({ items: named('Alpha') });
        }
        const field = page.field<HTMLSelectElement>(label);
        await asked(field.options[0]!.text);
        expect(queries.at(-1)).to.deep.equal({ limit: 25 });
        expect(events.at(-1)).to.deep.equal({ view: {} });
      });

    it('works together on a real host', async () => {
      const { page, of } = await opened();
      page.fill('Status', 'Active');
      await shows(page, 'ERP live', 'CRM test', 'CRM live');
      page.fill('Credentials', 'Live');
      await shows(page, 'ERP live', 'CRM live');
      page.fill('Sort by', 'Name, A to Z');
      await shows(page, 'CRM live', 'ERP live');
      page.fill(SEARCH, 'crm');
      await shows(page, 'CRM live');
      page.fill('Events', 'Site Archived');
      await until(() => of('list').length === 6, 'the last call');
      expect(of('list').at(-1)!.args[0]).to.deep.equal({
        active: true,
        test: false,
        sort: 'name',
        search: 'crm',
        event: 'site.archived',
        limit: 25,
      });
    });

    it('offers the host’s own events, and keeps one that nobody knows', async () => {
      const { adapter } = memory({ webhooks: named('Here'), eventTypes: [{ id: 'own', label: 'Own event' }] });
      const page = await ready(await openSettings({ adapter, view: { event: 'gone.event' } }).then(ready));
      const options = () => [...page.field<HTMLSelectElement>('Events').options].map(({ text }) => text);
      await until(() => options().includes('Own event'), 'the host’s event');
      expect(options()).to.deep.equal([say('anyEvent'), 'Own event', 'gone.event']);
      expect(page.field<HTMLSelectElement>('Events').value).to.equal('gone.event');
    });
  });

  describe('tells how many', () => {
    it('so far of the total of what matches', async () => {
      const { page, answers } = await answered('Alpha', 'Beta');
      page.fill(SEARCH, 'a');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.resolve({ items: named('Alpha'), nextCursor: 'x', total: 12 });
      await until(() => announced(page).includes(say('shownOf', { count: 1, total: 12 })), 'the count');
    });

    it('and takes a total that is none for no total', async () => {
      const { page, answers } = await answered('Alpha', 'Beta');
      page.fill(SEARCH, 'a');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.resolve({ items: named('Alpha'), total: 'many' as unknown as number });
      await until(() => announced(page).includes(say('shown', { count: 1 })), 'the count');
    });
  });

  describe('when nothing matches', () => {
    it('says so, other than “none yet”, and offers to clear the filters', async () => {
      const { page, of } = await opened();
      const events = heard(page.element, 'webhook-view-change');
      for (const [label, value] of [['Sort by', 'Name, A to Z'], ['Status', 'Inactive'], [SEARCH, 'nothing like it']] as const)
        page.fill(label, value);
      await until(() => page.text.includes(say('noMatch')), 'nothing matches');
      expect(page.text).not.to.include(say('empty'));
      expect(page.field(SEARCH).value).to.equal('nothing like it');
      page.press('Clear filters');
      await shows(page, 'CRM live', 'CRM test', 'ERP live', 'ERP off');
      // The order is no filter.
      expect(of('list').at(-1)!.args[0]).to.deep.equal({ sort: 'name', limit: 25 });
      expect(events.at(-1)).to.deep.equal({ view: { sort: 'name' } });
      expect(page.field(SEARCH).value).to.equal('');
      expect(page.field<HTMLSelectElement>('Status').value).to.equal('');
    });

    it('leaves the focus in the search field after Clear filters', async () => {
      const { page } = await opened();
      page.fill(SEARCH, 'nothing like it');
      await page.appears('button', 'Clear filters');
      page.press('Clear filters');
      await until(() => page.names.length === 4, 'all rows');
      await focusOn(() => page.field(SEARCH));
    });

    it('keeps the search field, and never says “none yet”, while it is typed into', async () => {
      const { page, answers } = await answered('Alpha');
      page.fill(SEARCH, 'x');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.resolve({ items: [] });
      await until(() => page.text.includes(say('noMatch')), 'nothing matches');
      const field = page.field(SEARCH);
      page.fill(SEARCH, '');
      await until(() => answers.length === 3, 'the call');
      await page.element.updateComplete;
      expect(page.text).not.to.include(say('empty'));
      expect(focused()).to.equal(field);
      answers[2]!.resolve({ items: named('Alpha') });
      await shows(page, 'Alpha');
      expect(focused()).to.equal(field);
    });
  });

  describe('the view', () => {
    it('of the page is shown and asked for from the start', async () => {
      const { page, of } = await opened({ search: 'erp', active: false, sort: '-name' });
      await shows(page, 'ERP off');
      expect(of('list').map(({ args }) => args[0])).to.deep.equal([{ search: 'erp', active: false, sort: '-name', limit: 25 }]);
      expect(page.field(SEARCH).value).to.equal('erp');
      expect(page.field<HTMLSelectElement>('Status').selectedOptions[0]!.text).to.equal('Inactive');
      expect(page.field<HTMLSelectElement>('Sort by').selectedOptions[0]!.text).to.equal('Name, Z to A');
    });

    it('follows the page when it sets another, without an event', async () => {
      const { page } = await opened();
      const events = heard(page.element, 'webhook-view-change');
      page.element.view = { test: true };
      await shows(page, 'CRM test');
      expect(page.field<HTMLSelectElement>('Credentials').selectedOptions[0]!.text).to.equal('Test');
      expect(events).to.be.empty;
    });

    it('follows the person, and tells the page each time; the event stays at the element', async () => {
      const { page } = await opened();
      const events = heard(page.element, 'webhook-view-change');
      const outside = heard(document, 'webhook-view-change');
      page.fill(SEARCH, 'erp');
      page.fill('Status', 'Active');
      expect(events).to.deep.equal([{ view: { search: 'erp' } }, { view: { search: 'erp', active: true } }]);
      expect(page.element.view).to.deep.equal({ search: 'erp', active: true });
      expect(outside).to.be.empty;
    });

    it('handed back by the page changes nothing and asks for nothing', async () => {
      const { page, of } = await opened();
      page.element.addEventListener('webhook-view-change', ({ detail }) => {
        page.element.view = detail.view;
      });
      page.fill(SEARCH, 'erp');
      await shows(page, 'ERP live', 'ERP off');
      expect(of('list')).to.have.length(2);
    });

    it('handed back late by a page that follows its address does not take back what was typed since', async () => {
      const { page, of } = await opened();
      const events = heard(page.element, 'webhook-view-change');
      for (const search of ['e', 'er', 'erp']) page.fill(SEARCH, search);
      await shows(page, 'ERP live', 'ERP off');
      for (const { view } of [...events]) {
        page.element.view = { ...view };
        await page.element.updateComplete;
        expect(page.field(SEARCH).value).to.equal('erp');
        expect(page.element.view).to.deep.equal({ search: 'erp' });
      }
      expect(of('list')).to.have.length(4);
      // And then it means what it says, though the person was there before.
      page.element.view = { search: 'e' };
      await until(() => page.field(SEARCH).value === 'e', 'what the page wants');
    });

    it('handed back at once, as a copy, is no less the page’s to set anew', async () => {
      const { page } = await opened();
      page.element.addEventListener('webhook-view-change', ({ detail }) => {
        page.element.view = { ...detail.view };
      });
      for (const search of ['erp', '', 'crm']) page.fill(SEARCH, search);
      await shows(page, 'ERP off', 'CRM test', 'CRM live');
      page.element.view = {};
      await shows(page, 'ERP live', 'ERP off', 'CRM test', 'CRM live');
    });

    it('handed in again by a page that renders anew with what it began with leaves the person’s search alone', async () => {
      const { page, of } = await opened({ sort: 'name' });
      page.fill(SEARCH, 'erp');
      await shows(page, 'ERP live', 'ERP off');
      page.element.view = { sort: 'name' };
      await page.element.updateComplete;
      expect(page.field(SEARCH).value).to.equal('erp');
      expect(of('list')).to.have.length(2);
      page.element.view = { sort: '-name' };
      await shows(page, 'ERP off', 'ERP live', 'CRM test', 'CRM live');
    });

    it('that the page restricts without having said so before is followed each time', async () => {
      const { page } = await opened();
      page.fill(SEARCH, 'erp');
      await shows(page, 'ERP live', 'ERP off');
      page.element.view = {};
      await shows(page, 'ERP live', 'ERP off', 'CRM test', 'CRM live');
      expect(page.field(SEARCH).value).to.equal('');
    });

    it('touches neither the address nor the history', async () => {
      const { page } = await opened();
      const { href } = location;
      const { length } = history;
      page.fill(SEARCH, 'erp');
      page.fill('Sort by', 'Name, A to Z');
      await shows(page, 'ERP live', 'ERP off');
      expect(location.href).to.equal(href);
      expect(history.length).to.equal(length);
    });

    it('is kept when the adapter is replaced', async () => {
      const { page } = await opened({ search: 'erp' });
      const other = memory({ webhooks: named('erp', 'crm') });
      page.element.adapter = other.adapter;
      await shows(page, 'erp');
      expect(other.of('list')[0]!.args[0]).to.deep.equal({ search: 'erp', limit: 25 });
    });
  });

  describe('with a page that makes its adapter anew each time', () => {
    it('goes on: what is typed, the focus and the rows stay, and the list is busy until the answer', async () => {
      const { page, adapter, answers, queries } = await answered('Alpha', 'Beta');
      page.element.addEventListener('webhook-view-change', () => {
        page.element.adapter = { ...adapter };
      });
      const field = page.field(SEARCH);
      field.focus();
      await sendKeys({ type: 'be' });
      await until(() => queries.filter(({ search }) => search === 'be').length > 0, 'the call');
      await page.element.updateComplete;
      expect(page.field(SEARCH)).to.equal(field);
      expect(field.value).to.equal('be');
      expect(focused()).to.equal(field);
      expect(page.names).to.deep.equal(['Alpha', 'Beta']);
      expect(page.get('table').getAttribute('aria-busy')).to.equal('true');
      answers.at(-1)!.resolve({ items: named('Beta') });
      await shows(page, 'Beta');
      expect(page.get('table').getAttribute('aria-busy')).to.equal('false');
      expect(focused()).to.equal(field);
    });

    it('does nothing with the rows of the one before, which may be another account’s', async () => {
      const { page } = await answered('Alpha');
      const other = byHand({ update: () => Promise.reject(new Error()), delete: () => Promise.reject(new Error()) });
      page.element.adapter = other.adapter;
      await until(() => other.answers.length === 1, 'the call');
      await page.element.updateComplete;
      page.press('Alpha');
      page.press('Actions for Alpha');
      page.get('checkbox', say('select', { name: 'Alpha' })).click();
      await page.element.updateComplete;
      expect(page.modal.isOpen).to.equal(false);
      expect(page.has('menu')).to.equal(false);
      expect(page.has('group')).to.equal(false);
      expect(page.field(say('selectAll')).disabled).to.equal(true);
      other.answers[0]!.reject({ code: 'forbidden' });
      await page.appears('alert');
      expect(page.text).to.include(say('loadFailed'));
      expect(page.names).to.be.empty;
    });
  });

  describe('that the host refuses', () => {
    it('from the start can be taken back', async () => {
      const host = memory({ webhooks: various() });
      const page = await openSettings({
        view: { event: 'gone.event', sort: 'name' },
        adapter: {
          ...host.adapter,
          list: (query, options) => (query.event ? Promise.reject({ code: 'validation' }) : host.adapter.list(query, options)),
        },
      });
      await page.appears('alert');
      await ready(page);
      expect(page.field<HTMLSelectElement>('Events').value).to.equal('gone.event');
      page.press('Clear filters');
      await shows(page, 'CRM live', 'CRM test', 'ERP live', 'ERP off');
      expect(page.has('alert')).to.equal(false);
      await focusOn(() => page.field(SEARCH));
    });
  });

  describe('that restricts', () => {
    it('can be seen, counted and cleared above the list', async () => {
      const { page, of } = await opened({ sort: 'name' });
      const above = () => textOf(page.field(SEARCH).parentElement!);
      const lookOf = (label: string) => getComputedStyle(page.field<HTMLSelectElement>(label)).fontWeight;
      expect(above()).to.include('4 webhooks');
      expect(page.has('button', 'Clear filters')).to.equal(false);
      page.fill('Status', 'Active');
      await shows(page, 'CRM live', 'CRM test', 'ERP live');
      expect(above()).to.include('3 webhooks');
      expect(lookOf('Status')).not.to.equal(lookOf('Credentials'));
      expect(lookOf('Sort by')).to.equal(lookOf('Credentials'));
      page.press('Clear filters');
      await shows(page, 'CRM live', 'CRM test', 'ERP live', 'ERP off');
      expect(of('list').at(-1)!.args[0]).to.deep.equal({ sort: 'name', limit: 25 });
      expect(page.has('button', 'Clear filters')).to.equal(false);
      await focusOn(() => page.field(SEARCH));
    });

    for (const width of ['1200px', '950px', '800px', '600px', '320px'])
      it(`moves nothing when it comes and goes, nor does a selection, ${width} wide`, async () => {
        const part = await fixture<HTMLElement>(html`<div><webhook-settings></webhook-settings></div>`);
        part.style.width = width;
        const element = part.querySelector('webhook-settings')!;
        element.adapter = memory({ webhooks: various() }).adapter;
        const page = new SettingsPage(element);
        await page.loaded();
        const top = () => page.get('table').getBoundingClientRect().top;
        const before = top();
        await ready(page);
        expect(top(), 'with the filters').to.equal(before);
        page.fill('Status', 'Active');
        await page.appears('button', 'Clear filters');
        expect(top(), 'with Clear filters').to.equal(before);
        page.get('checkbox', say('select', { name: 'CRM live' })).click();
        const bar = await page.appears('group', say('selected', { count: 1 }));
        expect(top(), 'with a selection').to.equal(before);
        // Nor is there a hole: what is above the list ends where the filters end.
        const end = () => bar.parentElement!.lastElementChild!.getBoundingClientRect();
        expect(before - Math.max(end().bottom, bar.getBoundingClientRect().bottom)).to.be.lessThan(24);
        expect(end().top - bar.getBoundingClientRect().bottom).to.be.lessThan(12);
      });
  });

  it('in one row: what can be typed in and chosen from keeps its room when a filter is set', async () => {
    const { adapter } = memory({ webhooks: named('One', 'Two') });
    const page = await openSettings({ adapter });
    page.element.style.cssText = 'display: block; width: 950px';
    const search = await page.appears('textbox', 'Search webhooks');
    const others = [...search.parentElement!.querySelectorAll('select')];
    const widths = () => others.map((select) => Math.round(select.getBoundingClientRect().width));
    await until(() => new Set([search, ...others].map((one) => one.getBoundingClientRect().top)).size === 1, 'one row');
    const before = widths();
    page.fill('Search webhooks', 'One');
    await page.appears('button', 'Clear filters');
    await until(() => page.names.join() === 'One', 'what matches');
    widths().forEach((width, index) => expect(width).to.be.closeTo(before[index]!, 1));
    expect(search.getBoundingClientRect().width).to.be.above(110);
  });

  it('can be done by a viewer who may only look', async () => {
    const { adapter } = memory({ webhooks: various() });
    const page = await ready(await openSettings({ adapter, access: 'read-only' }));
    page.fill(SEARCH, 'erp');
    await shows(page, 'ERP live', 'ERP off');
  });

  it('is not offered where there is nothing to find', async () => {
    const page = await openSettings({ adapter: memory().adapter });
    expect(page.hasField(SEARCH)).to.equal(false);
    expect(page.all('combobox').map(nameOf)).to.be.empty;
    // What was announced may still be there.
    expect(page.text.replace(`${say('shown', { count: 0 })} `, '')).to.equal(['Webhooks', say('empty'), say('emptyHint'), 'Add Webhook'].join(' '));
  });
});

describe('a refresh', () => {
  it('of rows that come in slices leaves each in its place, with its focus, until the answer is there whole', async () => {
    const { adapter } = memory({ webhooks: named(...Array.from({ length: 100 }, (_, index) => `W${index}`)) });
    const page = await openSettings({ adapter, pageSize: 100 });
    await until(() => page.rows.length === 100, 'all rows');
    const opener = page.button('Actions for W5');
    opener.focus();
    let fewest = 100;
    const watch = new MutationObserver(() => (fewest = Math.min(fewest, page.rows.length)));
    watch.observe(page.root, { childList: true, subtree: true });
    try {
      await adapter.update('id of W5', { name: 'Five' }, { signal: new AbortController().signal });
      await page.element.refresh();
      await until(() => page.names.includes('Five'), 'the answer');
    } finally {
      watch.disconnect();
    }
    expect(fewest).to.equal(100);
    expect(focused()).to.equal(opener);
  });
});

describe('a pointer in the list', () => {
  afterEach(() => resetMouse());

  const opened = async () => {
    const page = await openSettings({ adapter: memory({ webhooks: named('Here') }).adapter });
    // All that the form needs is there.
    const modal = await page.openAdd();
    modal.press('Cancel');
    await modal.closed();
    return page;
  };

  it('that selects text opens no form', async () => {
    const page = await opened();
    const { left, top, width } = page.row('Here').all('cell').find((cell) => cell.textContent.includes('Milestone'))!.getBoundingClientRect();
    const y = Math.round(top + 8);
    await sendMouse({ type: 'move', position: [Math.round(left + 2), y] });
    await sendMouse({ type: 'down' });
    for (const share of [0.3, 0.6]) await sendMouse({ type: 'move', position: [Math.round(left + width * share), y] });
    await sendMouse({ type: 'up' });
    expect(String(getSelection())).not.to.equal('');
    await page.element.updateComplete;
    expect(page.modal.isOpen).to.equal(false);
    getSelection()!.removeAllRanges();
  });

  it('that misses a box by a little checks it, and opens no form', async () => {
    const page = await opened();
    const box = page.get<HTMLInputElement>('checkbox', say('select', { name: 'Here' }));
    const row = page.rows[0]!.getBoundingClientRect();
    const { left, bottom } = box.getBoundingClientRect();
    for (const y of [bottom + 4, row.top + 2, row.bottom - 2]) {
      const { checked } = box;
      await sendMouse({ type: 'click', position: [Math.round(left + 2), Math.round(y)] });
      await until(() => box.checked !== checked, `a click at ${y} of ${row.top} to ${row.bottom}`);
    }
    expect(page.modal.isOpen).to.equal(false);
  });

  it('that clicks twice on a row opens its form, and leaves it open', async () => {
    const page = await opened();
    const { left, bottom } = page.rows[0]!.getBoundingClientRect();
    const position: [number, number] = [Math.round(left + 60), Math.round(bottom - 3)];
    await sendMouse({ type: 'click', position });
    await page.modal.opened();
    // The second press of a double click, as a browser reports it.
    const dialog = page.modal.get('dialog');
    for (const type of ['pointerdown', 'pointerup', 'click'])
      dialog.dispatchEvent(new MouseEvent(type, { detail: 2, bubbles: true, composed: true, clientX: position[0], clientY: position[1] }));
    await page.modal.settled();
    expect(page.modal.isOpen).to.equal(true);
  });
});

it('the box that selects all has nothing to select where no row can be read', async () => {
  const page = await openSettings({ adapter: { list: () => Promise.resolve({ items: [{ id: 'x' } as never] }), create: () => Promise.reject(new Error()) } });
  expect(page.field(say('selectAll')).disabled).to.equal(true);
});
