import { expect } from '@open-wc/testing';
import { AdapterError, adapterErrorCodes } from '../../src/core/adapter-error.js';
import type { CreateOptions, WebhookAdapter } from '../../src/core/adapter.js';
import type { WebhookPage } from '../../src/core/page.js';
import type { Webhook } from '../../src/core/webhook.js';
import { Clock } from '../helpers/clock.js';
import { deferred, focused, focusOn, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, recorded, say, storedWebhook, type SettingsPage } from '../helpers/widget.js';
import { announced, byHand, chooseAction, heard, named, refused } from '../helpers/hosts.js';

/** The list on show, and what else there is loaded, as it is a moment later in any browser. */
const complete = (page: SettingsPage) => until(() => page.hasField('Search webhooks'), 'the search field');

describe('failures', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = new Clock();
  });
  afterEach(() => clock.restore());

  for (const code of adapterErrorCodes) {
    // Only with what is stored by now it is known to be another person's doing.
    const said = code === 'conflict' ? 'error.clash' : (`error.${code}` as const);

    it(`${code}, of the list: says what failed and why, tells the page, and Retry mends it`, async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      const errors = heard(document, 'webhook-error');
      answers[0]!.reject(new AdapterError(code));
      await page.appears('alert');
      expect(page.get('alert').textContent).to.include(say('loadFailed')).and.include(say(said));
      expect(errors).to.deep.equal([{ operation: 'list', code }]);
      page.get('heading', 'Webhooks');
      page.press('Retry');
      await until(() => answers.length === 2, 'another call');
      answers[1]!.resolve({ items: named('Here') });
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
      expect(page.has('alert')).to.equal(false);
      expect(errors).to.have.length(1);
    });

    it(`${code}, of a save: keeps everything, says why, tells the page, and can be saved again`, async () => {
      let fails = true;
      const { adapter, of } = memory({
        intercept: (operation) => {
          if (operation === 'create' && fails) throw new AdapterError(code);
        },
      });
      const page = await openSettings({ adapter });
      const errors = heard(document, 'webhook-error');
      const modal = await page.openAdd();
      modal.fillBasics({ Name: 'Kept' });
      await modal.chooseType('Basic');
      modal.fillAll({ Username: 'me', Password: 'kept too' });
      modal.save();
      await until(() => modal.text.includes(say(said)), 'the failure');
      expect(errors).to.deep.equal([{ operation: 'create', code }]);
      expect([modal.field('Name').value, modal.field('Password').value]).to.deep.equal(['Kept', 'kept too']);
      expect(page.parts('empty')).to.have.length(1);
      fails = false;
      modal.save();
      await modal.closed();
      expect(page.names).to.deep.equal(['Kept']);
      expect(of('create')).to.have.length(2);
    });
  }

  describe('a host that is asked too often', () => {
    it('counts the seconds down, then the list is asked for again by itself, once', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      await complete(page);
      void page.element.refresh();
      await until(() => answers.length === 2, 'the call');
      answers[1]!.reject(new AdapterError('rate-limited', { retryAfter: 3 }));
      await until(() => page.text.includes(say('tryingIn', { when: 'in 3 seconds' })), 'the countdown');
      await clock.pass(1);
      await until(() => page.text.includes(say('tryingIn', { when: 'in 2 seconds' })), 'two seconds');
      await clock.pass(1);
      await until(() => page.text.includes(say('tryingIn', { when: 'in 1 second' })), 'one second');
      expect(answers).to.have.length(2);
      expect(page.names).to.deep.equal(['Here']);
      await clock.pass(1);
      await until(() => answers.length === 3, 'another call');
      await clock.pass(5);
      expect(answers).to.have.length(3);
      answers[2]!.resolve({ items: named('Here', 'New') });
      await until(() => page.names.length === 2, 'the rows');
      expect(page.has('alert')).to.equal(false);
      await clock.pass(20);
      expect(answers).to.have.length(3);
    });

    it('is asked again five times by itself, and after that only when the person says so', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      for (let count = 1; count <= 6; count += 1) {
        await until(() => answers.length === count, `call ${count}`);
        answers[count - 1]!.reject(new AdapterError('rate-limited', { retryAfter: 1 }));
        await until(() => page.text.includes(say(count < 6 ? 'tryingIn' : 'retryIn', { when: 'in 1 second' })), `countdown ${count}`);
        await clock.pass(1);
      }
      await clock.pass(60);
      expect(answers).to.have.length(6);
      page.press('Retry');
      await until(() => answers.length === 7, 'the call');
      answers[6]!.resolve({ items: named('Here') });
      await page.loaded();
      // Once it answered the host has as many tries again.
      void page.element.refresh();
      await until(() => answers.length === 8, 'the call');
      answers[7]!.reject(new AdapterError('rate-limited', { retryAfter: 1 }));
      await until(() => page.text.includes(say('tryingIn', { when: 'in 1 second' })), 'the countdown');
    });

    it('is left alone while nobody looks at the page, and asked again when somebody does', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      const show = (hidden: boolean) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      try {
        show(true);
        answers[0]!.reject(new AdapterError('rate-limited', { retryAfter: 2 }));
        await until(() => page.text.includes(say('tryingIn', { when: 'in 2 seconds' })), 'the countdown');
        await clock.pass(30);
        expect(answers).to.have.length(1);
        show(false);
        await until(() => answers.length === 2, 'the call');
      } finally {
        delete (document as { hidden?: boolean }).hidden;
      }
    });

    it('Load more goes on where it was', async () => {
      const { adapter, answers, queries } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('One'), nextCursor: 'second' });
      await page.loaded();
      await complete(page);
      page.press('Load more');
      await until(() => answers.length === 2, 'the call');
      answers[1]!.reject(new AdapterError('rate-limited', { retryAfter: 2 }));
      await until(() => page.text.includes(say('tryingIn', { when: 'in 2 seconds' })), 'the countdown');
      await clock.pass(2);
      await until(() => answers.length === 3, 'another call');
      expect(queries[2]).to.deep.equal({ limit: 25, cursor: 'second' });
    });

    it('Retry need not wait, and then nothing is asked twice', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.reject(new AdapterError('rate-limited', { retryAfter: 5 }));
      await until(() => page.text.includes(say('tryingIn', { when: 'in 5 seconds' })), 'the countdown');
      page.press('Retry');
      await until(() => answers.length === 2, 'the call');
      await clock.pass(10);
      expect(answers).to.have.length(2);
    });

    it('does not repeat by itself what was not asked for a time', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.reject(new AdapterError('rate-limited'));
      await page.appears('alert');
      await clock.pass(60);
      expect(answers).to.have.length(1);
      expect(page.text).not.to.match(/\d second/);
    });

    for (const retryAfter of [-1, NaN, 0, '3', null])
      it(`takes a time of ${String(retryAfter)} for none`, async () => {
        const { adapter, answers } = byHand();
        const page = await mountSettings({ adapter });
        answers[0]!.reject({ code: 'rate-limited', retryAfter });
        await page.appears('alert');
        await clock.pass(5);
        expect(answers).to.have.length(1);
        expect(page.text).not.to.match(/\d second/);
      });

    it('stops to count when the element leaves the page', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.reject(new AdapterError('rate-limited', { retryAfter: 5 }));
      await until(() => page.text.includes(say('tryingIn', { when: 'in 5 seconds' })), 'the countdown');
      page.element.remove();
      expect(clock.waiting).to.equal(0);
      await clock.pass(10);
      expect(answers).to.have.length(1);
    });

    it('a save counts down too, and goes out again only when the person says so', async () => {
      const { adapter, of } = memory({
        intercept: (operation) => {
          if (operation === 'create') throw new AdapterError('rate-limited', { retryAfter: 2 });
        },
      });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid();
      modal.save();
      await until(() => modal.text.includes(say('retryIn', { when: 'in 2 seconds' })), 'the countdown');
      await clock.pass(1);
      await until(() => modal.text.includes(say('retryIn', { when: 'in 1 second' })), 'one second');
      await clock.pass(5);
      await until(() => !/in \d second/.test(modal.text), 'the end of the countdown');
      expect(modal.text).to.include(say('error.rate-limited'));
      expect(of('create')).to.have.length(1);
    });
  });

  describe('offline', () => {
    it('is asked again when the browser is back online', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      await complete(page);
      void page.element.refresh();
      await until(() => answers.length === 2, 'the call');
      answers[1]!.reject(new AdapterError('network'));
      await page.appears('alert');
      expect(page.get('alert').textContent).to.include(say('error.network'));
      dispatchEvent(new Event('online'));
      await until(() => answers.length === 3, 'another call');
      answers[2]!.resolve({ items: named('Here', 'New') });
      await until(() => page.names.length === 2, 'the rows');
      expect(page.has('alert')).to.equal(false);
    });

    it('what the host offers to choose from is asked for as well, also where the list is there', async () => {
      let fails = true;
      const { adapter, of } = memory({
        webhooks: named('Here'),
        eventTypes: [{ id: 'a', label: 'A' }],
        intercept: (operation) => {
          if (fails && operation === 'listEventTypes') throw new AdapterError('network');
        },
      });
      const page = await openSettings({ adapter });
      await complete(page);
      const modal = await page.openAdd();
      await modal.appears('button', 'Retry');
      fails = false;
      dispatchEvent(new Event('online'));
      await modal.disappears('button', 'Retry');
      expect([of('listEventTypes').length, of('list').length]).to.deep.equal([2, 1]);
    });

    it('Retry of the list asks for it, too', async () => {
      let fails = true;
      const { adapter, of } = memory({
        webhooks: named('Here'),
        eventTypes: [{ id: 'a', label: 'A' }],
        organizations: [{ id: 'a', name: 'A' }],
        intercept: () => {
          if (fails) throw new AdapterError('unavailable');
        },
      });
      const page = await mountSettings({ adapter });
      await page.appears('alert');
      fails = false;
      page.press('Retry');
      await page.loaded();
      await until(() => of('listEventTypes').length === 2 && of('listOrganizations').length === 2, 'the catalogue');
    });

    it('other failures are not repeated then, nor anything after the element left', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      await complete(page);
      void page.element.refresh();
      await until(() => answers.length === 2, 'the call');
      answers[1]!.reject(new AdapterError('forbidden'));
      await page.appears('alert');
      dispatchEvent(new Event('online'));
      await page.element.updateComplete;
      expect(answers).to.have.length(2);
      page.press('Retry');
      await until(() => answers.length === 3, 'the call');
      answers[2]!.reject(new AdapterError('network'));
      await page.appears('alert');
      page.element.remove();
      dispatchEvent(new Event('online'));
      await clock.pass(1);
      expect(answers).to.have.length(3);
    });

    it('a draft outlives it', async () => {
      let fails = true;
      const { adapter } = memory({
        intercept: (operation) => {
          if (operation === 'create' && fails) throw new AdapterError('network');
        },
      });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Draft' });
      modal.save();
      await until(() => modal.text.includes(say('error.network')), 'the failure');
      dispatchEvent(new Event('online'));
      await page.element.refresh();
      expect(modal.field('Name').value).to.equal('Draft');
      fails = false;
      modal.save();
      await modal.closed();
      expect(page.names).to.deep.equal(['Draft']);
    });
  });

  describe('a host that never answers', () => {
    it('the list says so after a while; Stop waiting ends it, and Retry asks again', async () => {
      const { adapter, answers, of } = byHand();
      const page = await mountSettings({ adapter });
      await until(() => answers.length === 1, 'the call');
      await clock.pass(7);
      expect(page.text).not.to.include(say('slow'));
      await clock.pass(1);
      await page.appears('button', say('stop'));
      expect(announced(page).some((text) => text.includes(say('slow')))).to.equal(true);
      expect(page.parts('loading')).to.have.length(1);
      page.press(say('stop'));
      await until(() => page.text.includes(say('loadStopped')), 'that it was stopped');
      expect(page.has('alert'), 'a failure').to.equal(false);
      expect(of('list')[0]!.signal.aborted).to.equal(true);
      expect(page.text).not.to.include(say('slow'));
      answers[0]!.resolve({ items: named('Late') });
      await clock.pass(1);
      expect(page.names).to.be.empty;
      page.press('Retry');
      await until(() => answers.length === 2, 'another call');
      answers[1]!.resolve({ items: named('Here') });
      await page.loaded();
      expect(page.names).to.deep.equal(['Here']);
    });

    it('a refresh keeps the rows, and still does when it is stopped', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      void page.element.refresh();
      await until(() => answers.length === 2, 'the call');
      await clock.pass(8);
      await page.appears('button', say('stop'));
      expect(page.names).to.deep.equal(['Here']);
      page.press(say('stop'));
      await until(() => page.text.includes(say('loadStopped')), 'that it was stopped');
      expect(page.names).to.deep.equal(['Here']);
      expect(page.get('table').getAttribute('aria-busy')).to.equal('false');
    });

    it('says nothing of patience when the answer comes in time', async () => {
      const { adapter, answers } = byHand();
      const page = await mountSettings({ adapter });
      await until(() => answers.length === 1, 'the call');
      await clock.pass(5);
      answers[0]!.resolve({ items: named('Here') });
      await page.loaded();
      await clock.pass(10);
      expect(page.text).not.to.include(say('slow'));
      expect(clock.waiting).to.equal(0);
    });

    it('a save says so after a while; Cancel stops waiting and keeps everything', async () => {
      const { adapter, of } = recorded<WebhookAdapter>({ list: () => Promise.resolve({ items: [] }), create: () => deferred<never>().promise });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      await until(() => of('create').length === 1, 'the call');
      await clock.pass(7);
      expect(modal.text).to.include(say('saving')).and.not.include(say('savingSlow'));
      await clock.pass(1);
      await until(() => modal.text.includes(say('savingSlow')), 'patience');
      modal.press('Cancel');
      await until(() => modal.text.includes(say('savingStopped')), 'the end of waiting');
      expect(of('create')[0]!.signal.aborted).to.equal(true);
      expect(modal.field('Name').value).to.equal('Kept');
      expect(modal.isOpen).to.equal(true);
      expect(modal.text).not.to.include(say('savingSlow'));
    });
  });

  describe('a session that ends while someone works', () => {
    for (const code of ['unauthenticated', 'forbidden', 'not-found'] as const)
      it(`${code}: what is on show stays, in the list and in the form`, async () => {
        let fails = false;
        const { adapter } = memory({
          webhooks: named('Here'),
          intercept: () => {
            if (fails) throw new AdapterError(code);
          },
        });
        const page = await openSettings({ adapter });
        const modal = await page.openEdit('Here');
        modal.fill('Name', 'Typed');
        fails = true;
        modal.save();
        await until(() => modal.text.includes(say(`error.${code}`)), 'the failure');
        await page.element.refresh();
        expect(page.names).to.deep.equal(['Here']);
        expect(modal.field('Name').value).to.equal('Typed');
        fails = false;
        modal.save();
        await modal.closed();
        expect(page.names).to.deep.equal(['Typed']);
      });
  });
});

describe('a hostile host', () => {
  for (const [what, answer] of [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'created'],
    ['a number', 1],
    ['a list', []],
    ['an empty object', {}],
    ['a webhook with the value of a secret', { ...storedWebhook(), authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'a', password: 'LEAK' }] } }],
    ['a webhook of an unknown type', { ...storedWebhook(), authentication: { type: 'magic', organizationSpecific: false, credentials: [] } }],
    ['__proto__ for a webhook', JSON.parse('{"__proto__":{"id":"x","name":"x","polluted":true}}') as unknown],
  ] as const)
    it(`that answers a save with ${what} is told from one that saved it, and nothing is lost`, async () => {
      const { adapter, of } = recorded<WebhookAdapter>({
        list: () => Promise.resolve({ items: [] }),
        create: () => Promise.resolve(answer as Webhook),
      });
      const page = await openSettings({ adapter });
      const created = heard(page.element, 'webhook-created');
      const errors = heard(page.element, 'webhook-error');
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      await until(() => modal.text.includes(say('error.unknown')), 'the failure');
      expect(modal.text).not.to.include('LEAK');
      expect(modal.field('Name').value).to.equal('Kept');
      expect(created).to.be.empty;
      expect(errors).to.deep.equal([{ operation: 'create', code: 'unknown' }]);
      expect(({} as { polluted?: true }).polluted).to.equal(undefined);
      modal.save();
      await until(() => of('create').length === 2, 'another call');
      const keys = of('create').map(({ args }) => (args[1] as CreateOptions).idempotencyKey);
      expect(keys[0]).to.equal(keys[1]);
    });

  for (const [what, thrown] of [
    ['null', null],
    ['a getter that throws', Object.defineProperty({}, 'code', { get: () => { throw new Error('gotcha'); } })],
    ['field errors that are none', { code: 'validation', message: 7, fieldErrors: 'all of them' }],
    ['field errors of odd names', { code: 'validation', fieldErrors: JSON.parse('{"__proto__":"x","constructor":"Odd one.","toString":7}') as unknown }],
    ['a current webhook on another failure', { code: 'unavailable', current: storedWebhook({ name: 'LEAK' }) }],
  ] as const)
    it(`that rejects a save with ${what} leaves the form as it was`, async () => {
      const { adapter } = recorded<WebhookAdapter>({ list: () => Promise.resolve({ items: [] }), create: () => Promise.reject(thrown) });
      const page = await openSettings({ adapter });
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      await until(() => modal.text.includes(say('saveFailed')), 'the failure');
      expect(modal.text).not.to.include('LEAK').and.not.to.include('gotcha');
      expect(modal.field('Name').value).to.equal('Kept');
      expect(modal.button('Save').hasAttribute('aria-disabled')).to.equal(false);
    });

  it('whose refusal of a save is markup, odd names and paths of no field shows all of it as text, and runs nothing', async () => {
    const markup = '<img src="x" onerror="globalThis.ranMarkup = true"><script>globalThis.ranMarkup = true</script>';
    const fieldErrors = JSON.parse(
      JSON.stringify({
        url: `${markup} at the URL`,
        PROTO: 'of an odd name',
        constructor: 'of the constructor',
        'no.such[0].field': 'of no field',
        '<b>path</b>': 'of a path of markup',
        '': 'of an empty path',
        headers: 7,
      }).replace('PROTO', '__proto__'),
    ) as Record<string, string>;
    const { adapter } = recorded<WebhookAdapter>({
      list: () => Promise.resolve({ items: [] }),
      create: () => Promise.reject({ code: 'validation', message: `${markup} in the message`, fieldErrors }),
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Kept', 'Endpoint URL': 'https://hooks.example.com/kept' });
    modal.save();
    await until(() => modal.problem('Endpoint URL'), 'the error at the URL');
    expect(modal.problem('Endpoint URL')).to.equal(`${markup} at the URL`);
    const summary = modal.within('group', say('saveFailed'));
    expect(summary.text).to.include(`${markup} in the message`);
    expect(summary.all('link').map(({ textContent }) => textContent)).to.deep.equal(['Endpoint URL']);
    for (const said of [
      '__proto__: of an odd name',
      'constructor: of the constructor',
      'no.such[0].field: of no field',
      '<b>path</b>: of a path of markup',
      ': of an empty path',
    ])
      expect(summary.text).to.include(said);
    expect(modal.element.shadowRoot!.querySelector('img, script, b')).to.equal(null);
    expect((globalThis as { ranMarkup?: boolean }).ranMarkup).to.equal(undefined);
    expect(({} as Record<string, unknown>)['of an odd name']).to.equal(undefined);
    expect([modal.field('Name').value, modal.field('Endpoint URL').value]).to.deep.equal(['Kept', 'https://hooks.example.com/kept']);
  });

  it('whose refusal is as long as a book leaves room for the form', async () => {
    const { adapter } = recorded<WebhookAdapter>({
      list: () => Promise.resolve({ items: [] }),
      create: () => Promise.reject(new AdapterError('unavailable', { message: 'x'.repeat(100_000) })),
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Kept' });
    modal.save();
    await until(() => modal.text.includes(say('saveFailed')), 'the failure');
    const body = modal.parts('dialog-body')[0]!;
    expect(body.scrollWidth).to.be.at.most(body.clientWidth + 1);
    const save = modal.button('Save').getBoundingClientRect();
    expect(save.bottom).to.be.at.most(innerHeight);
    expect(save.right).to.be.at.most(innerWidth);
    expect(modal.field('Name').value).to.equal('Kept');
  });

  it('that never answers anything else leaves the list usable', async () => {
    const never = () => deferred<never>().promise;
    const { adapter } = recorded<WebhookAdapter>({
      list: () => Promise.resolve({ items: named('Here') }),
      create: never,
      get: never,
      update: never,
      delete: never,
      listEventTypes: never,
      listOrganizations: never,
    });
    const page = await openSettings({ adapter });
    await chooseAction(page, 'Here', 'Deactivate');
    expect(page.names).to.deep.equal(['Here']);
    const modal = await page.openAdd();
    modal.fill('Event', 'Site Archived');
  });

  it('that answers after the element left changes nothing, and hears that nobody waits', async () => {
    const { adapter, answers, of } = byHand({ update: () => deferred<never>().promise, get: () => deferred<never>().promise });
    const page = await mountSettings({ adapter });
    const told: string[] = [];
    for (const type of ['webhook-error', 'webhook-updated', 'webhook-created', 'webhook-deleted'])
      page.element.addEventListener(type, () => told.push(type));
    answers[0]!.resolve({ items: named('Here', 'There') });
    await page.loaded();
    await chooseAction(page, 'Here', 'Deactivate');
    await until(() => of('update').length, 'the change');
    void page.element.edit('id of There');
    await until(() => of('get').length, 'the webhook');
    void page.element.refresh();
    await until(() => answers.length === 2, 'the list');
    page.element.remove();
    for (const method of ['update', 'get'] as const) expect(of(method)[0]!.signal.aborted, method).to.equal(true);
    expect(of('list')[1]!.signal.aborted).to.equal(true);
    answers[1]!.resolve({ items: named('Late') });
    await answers[1]!.promise;
    await new Promise(requestAnimationFrame);
    expect(told).to.be.empty;
  });

  it('that repeats items on every page doubles no row', async () => {
    const { adapter } = recorded<WebhookAdapter>({
      list: ({ cursor = '0' }) =>
        Promise.resolve({ items: [...named('Same', `Page ${cursor}`), ...named('Same')], nextCursor: String(Number(cursor) + 1) }),
      create: refused,
    });
    const page = await openSettings({ adapter });
    for (const count of [3, 4]) {
      page.press('Load more');
      await until(() => page.names.length === count, 'the next page');
    }
    expect(page.names).to.deep.equal(['Same', 'Page 0', 'Page 1', 'Page 2']);
  });

  it('whose answer is changed afterwards does not change what is shown', async () => {
    const items = named('Here');
    const { adapter } = recorded<WebhookAdapter>({ list: () => Promise.resolve({ items }), create: refused });
    const page = await openSettings({ adapter });
    items[0]!.name = 'Changed behind our back';
    items[0]!.events.push('more');
    page.element.requestUpdate();
    await page.element.updateComplete;
    expect(page.names).to.deep.equal(['Here']);
    expect(page.row('Here').text).not.to.include('more');
  });

  it('that is called twice by a double click on Save gets one call and one key', async () => {
    const answer = deferred<Webhook>();
    const { adapter, of } = recorded<WebhookAdapter>({ list: () => Promise.resolve({ items: [] }), create: () => answer.promise });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Once' });
    const save = modal.button('Save');
    for (let click = 0; click < 5; click += 1) save.click();
    await until(() => of('create').length, 'the call');
    save.click();
    save.closest('form')!.requestSubmit();
    answer.resolve(storedWebhook({ name: 'Once' }));
    await modal.closed();
    expect(of('create')).to.have.length(1);
    expect((of('create')[0]!.args[1] as CreateOptions).idempotencyKey).to.be.a('string').and.not.be.empty;
    expect(page.names).to.deep.equal(['Once']);
  });

  it('whose catalogue comes after the list, or is malformed, does not hide it', async () => {
    const { adapter } = recorded<WebhookAdapter>({
      list: () => Promise.resolve({ items: named('Here') }),
      create: refused,
      listEventTypes: () => Promise.resolve([{ id: 7 } as never]),
      listOrganizations: () => Promise.resolve('none' as never),
    });
    const page = await openSettings({ adapter });
    expect(page.names).to.deep.equal(['Here']);
    expect(page.row('Here').text).to.include('milestone.status_change');
  });
});

describe('a long answer that is still becoming rows', () => {
  const COUNT = 5000;
  /** How many rows assistive technology is told of, without the head. */
  const count = (page: SettingsPage) => Number(page.get('table').getAttribute('aria-rowcount')) - 1;
  const foot = (page: SettingsPage) => page.text.includes(say('shown', { count: COUNT }));
  const arriving = async () => {
    const host = byHand();
    const page = await mountSettings({ adapter: host.adapter });
    const one = storedWebhook();
    const items = Array.from({ length: COUNT }, (_, index) => ({ ...one, id: `id of ${index}`, name: `Webhook ${index}` }));
    host.answers[0]!.resolve({ items, nextCursor: 'next' });
    await page.loaded();
    expect(foot(page), 'all of it so soon').to.equal(false);
    return { page, ...host };
  };

  it('is all there when a refresh fails meanwhile, with Load more', async () => {
    const { page, answers } = await arriving();
    void page.element.refresh();
    await until(() => answers.length === 2, 'the refresh');
    answers[1]!.reject(new AdapterError('unavailable'));
    await until(() => foot(page), 'the whole answer');
    expect(page.text).to.include(say('refreshFailed'));
    expect(page.has('button', 'Load more')).to.equal(true);
    expect(page.get('table').getAttribute('aria-busy')).to.equal('false');
    expect(page.rows.length).to.be.greaterThan(10);
  });

  it('goes on while a refresh is waited for, whose answer then takes its place', async () => {
    const { page, answers } = await arriving();
    void page.element.refresh();
    await until(() => foot(page), 'the whole answer');
    expect(page.get('table').getAttribute('aria-busy')).to.equal('true');
    answers[1]!.resolve({ items: named('New') });
    await until(() => page.names.join() === 'New', 'the new answer');
    expect(count(page)).to.equal(1);
    expect(page.has('button', 'Load more')).to.equal(false);
  });

  it('stops for another search, also one that fails', async () => {
    const { page, answers } = await arriving();
    page.element.view = { search: 'other' };
    await until(() => answers.length === 2, 'the search');
    answers[1]!.reject(new AdapterError('unavailable'));
    await page.appears('alert');
    const before = count(page);
    // Longer than the slices have between them.
    for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
    expect(count(page)).to.equal(before);
    expect(before).to.be.lessThan(COUNT);
    expect(page.has('button', 'Load more'), 'more of another search').to.equal(false);
  });
});

describe('ten thousand rows at once', () => {
  const COUNT = 10_000;
  const many = (): Webhook[] => {
    const one = storedWebhook();
    return Array.from({ length: COUNT }, (_, index) => ({ ...one, id: `id of ${index}`, name: `Webhook ${index}` }));
  };
  const long = async (more: Partial<WebhookAdapter> = {}) => {
    const items = many();
    const host = recorded<WebhookAdapter>({ list: (): Promise<WebhookPage> => Promise.resolve({ items }), create: refused, ...more });
    const page = await openSettings({ adapter: host.adapter });
    await until(() => announced(page).includes(say('shown', { count: COUNT })), 'all rows');
    // What makes room for them is fetched when the browser is idle, in Firefox later than in the others.
    await until(() => document.scrollingElement!.scrollHeight > COUNT * 30, 'room for all rows');
    return { page, ...host };
  };
  const indexes = (page: SettingsPage) => page.rows.map((row) => Number(row.getAttribute('aria-rowindex')));
  const scrollTo = async (top: number, row: (page: SettingsPage) => boolean, page: SettingsPage) => {
    document.scrollingElement!.scrollTop = top;
    await until(() => row(page), 'other rows');
  };
  afterEach(() => {
    document.scrollingElement!.scrollTop = 0;
  });

  it('only few are in the document, and assistive technology knows of all', async () => {
    const { page } = await long();
    expect(page.rows.length).to.be.greaterThan(10).and.lessThan(200);
    expect(page.get('table').getAttribute('aria-rowcount')).to.equal(String(COUNT + 1));
    const there = indexes(page);
    expect(there[0]).to.equal(2);
    expect(there).to.deep.equal(there.map((_, index) => index + 2));
    expect(document.scrollingElement!.scrollHeight).to.be.greaterThan(COUNT * 30);
  });

  it('scrolling shows the others, at their place, up to the last', async () => {
    const { page } = await long();
    const { scrollHeight } = document.scrollingElement!;
    await scrollTo(scrollHeight / 2, () => indexes(page)[0]! > 1000, page);
    await until(() => page.rows.some((row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < innerHeight), 'rows on screen');
    const there = indexes(page);
    expect(there).to.deep.equal(there.map((_, index) => index + there[0]!));
    expect(page.names[0]).to.equal(`Webhook ${there[0]! - 2}`);
    expect(page.rows.length).to.be.lessThan(200);
    await scrollTo(scrollHeight, () => page.names.at(-1) === `Webhook ${COUNT - 1}`, page);
    expect(indexes(page).at(-1)).to.equal(COUNT + 1);
    expect(document.scrollingElement!.scrollHeight).to.be.closeTo(scrollHeight, 200);
    await scrollTo(0, () => page.names[0] === 'Webhook 0', page);
  });

  it('the focus is not lost when its row is scrolled away', async () => {
    const { page } = await long({ update: refused });
    const name = page.button('Webhook 3');
    name.focus();
    await scrollTo(document.scrollingElement!.scrollHeight / 2, () => !name.isConnected, page);
    await focusOn(() => page.get('table'));
    expect(document.activeElement).to.equal(page.element);
  });

  it('a row that keeps its place keeps its element and its focus', async () => {
    const { page } = await long({ update: refused });
    const { scrollHeight } = document.scrollingElement!;
    await scrollTo(scrollHeight / 2, () => indexes(page)[0]! > 1000, page);
    const row = await until(() => page.rows.find((one) => one.getBoundingClientRect().top > 200), 'a row on screen');
    const name = row.querySelector<HTMLElement>('button')!;
    name.focus();
    const before = indexes(page)[0]!;
    await scrollTo(scrollHeight / 2 + row.getBoundingClientRect().height * 15, () => indexes(page)[0]! > before, page);
    expect(name.isConnected).to.equal(true);
    expect(focused()).to.equal(name);
  });

  it('all can be selected; deleting one far down leaves the focus beside it', async () => {
    const { page, of } = await long({ delete: () => Promise.resolve() });
    page.get('checkbox', say('selectAll')).click();
    await page.appears('group', say('selected', { count: COUNT }));
    page.press(say('clearSelection'));
    await complete(page);
    await scrollTo(document.scrollingElement!.scrollHeight / 2, () => indexes(page)[0]! > 1000, page);
    const row = await until(
      () => page.rows.find((one) => one.getBoundingClientRect().top > 50 && one.getBoundingClientRect().bottom < innerHeight - 50),
      'a row on screen',
    );
    const index = Number(row.getAttribute('aria-rowindex')) - 2;
    await chooseAction(page, `Webhook ${index}`, 'Delete');
    await page.appears('alertdialog');
    page.within('alertdialog').press('Delete');
    await page.disappears('alertdialog');
    expect(of('delete')[0]!.args[0]).to.equal(`id of ${index}`);
    await focusOn(() => page.button(`Actions for Webhook ${index + 1}`));
  });

  it('a search that leaves few shows them all', async () => {
    const items = many();
    const { adapter } = recorded<WebhookAdapter>({
      list: ({ search = '' }) => Promise.resolve({ items: items.filter(({ name }) => name.includes(search)) }),
      create: refused,
    });
    const page = await openSettings({ adapter });
    await complete(page);
    await until(() => announced(page).includes(say('shown', { count: COUNT })), 'all rows');
    page.fill('Search webhooks', '999');
    const { length } = items.filter(({ name }) => name.includes('999'));
    await until(() => page.rows.length === length, 'those that match');
    expect(page.get('table').getAttribute('aria-rowcount')).to.equal(String(length + 1));
    page.fill('Search webhooks', '');
    await until(() => announced(page).includes(say('shown', { count: COUNT })), 'all rows again');
    expect(page.rows.length).to.be.lessThan(200);
  });
});
