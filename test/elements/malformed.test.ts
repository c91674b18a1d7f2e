import { expect } from '@open-wc/testing';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { Webhook } from '../../src/core/webhook.js';
import { chooseAction, heard, named, refused } from '../helpers/hosts.js';
import { until } from '../helpers/page.js';
import { openSettings, recorded, say } from '../helpers/widget.js';

const [here] = named('Here') as [Webhook];

/** What a host may answer instead of a webhook. */
const answers = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'done'],
  ['a list', [here]],
  ['an empty object', {}],
  ['one of an unknown type', { ...here, authentication: { type: 'magic', organizationSpecific: false, credentials: [] } }],
  [
    'one with the value of a secret',
    { ...here, authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'a', password: 'LEAK' }] } },
  ],
] as const;

async function open(more: Partial<WebhookAdapter>) {
  const { adapter, of } = recorded<WebhookAdapter>({
    list: () => Promise.resolve({ items: [here] }),
    create: refused,
    get: () => Promise.resolve(here),
    update: () => Promise.resolve(here),
    delete: () => Promise.resolve(),
    ...more,
  });
  const page = await openSettings({ adapter });
  return { page, of, errors: heard(page.element, 'webhook-error') };
}

describe('where a host answers with something else than the webhook', () => {
  for (const [what, answer] of answers) {
    it(`${what}, to a change in the list: the row says so, and stays as it was`, async () => {
      const { page, errors } = await open({ update: () => Promise.resolve(answer as Webhook) });
      const updated = heard(page.element, 'webhook-updated');
      await chooseAction(page, 'Here', say('deactivate'));
      await until(() => page.text.includes(say('error.unknown')), 'the failure');
      expect(page.text).not.to.include('LEAK');
      expect(page.parts('badge--inactive')).to.be.empty;
      expect(updated).to.be.empty;
      await until(() => errors.length, 'that the page hears of it');
      expect(errors).to.deep.equal([{ operation: 'update', code: 'unknown' }]);
    });

    it(`${what}, to a save: the form says so, and keeps what was typed`, async () => {
      const { page } = await open({ update: () => Promise.resolve(answer as Webhook) });
      const modal = await page.openEdit('Here');
      modal.fill('Name', 'Typed');
      modal.save();
      await until(() => modal.text.includes(say('saveFailed')), 'the failure');
      expect(modal.text).to.include(say('error.unknown')).and.not.include('LEAK');
      expect(modal.field('Name').value).to.equal('Typed');
    });

    it(`${what}, to opening it: no form of something else is opened`, async () => {
      const { page, of } = await open({ get: () => Promise.resolve(answer as Webhook) });
      page.press('Here');
      await until(() => page.text.includes(say('error.unknown')), 'the failure');
      expect(page.modal.isOpen).to.equal(false);
      expect(page.text).not.to.include('LEAK');
      expect(of('get')).to.have.length(1);
    });

    it(`${what}, to a delete: it needs no answer`, async () => {
      const { page } = await open({ delete: () => Promise.resolve(answer as unknown as undefined) });
      const deleted = heard(page.element, 'webhook-deleted');
      await chooseAction(page, 'Here', say('delete'));
      await page.appears('alertdialog');
      page.within('alertdialog').press(say('delete'));
      await until(() => deleted.length, 'the end');
      expect(page.names).to.be.empty;
    });
  }

  it('as what is stored by now: the conflict is told without it', async () => {
    const current = answers.at(-1)![1] as unknown as Webhook;
    const { page } = await open({
      update: () => Promise.reject(new AdapterError('conflict', { current })),
      get: () => Promise.resolve(here),
    });
    await chooseAction(page, 'Here', say('deactivate'));
    await until(() => page.text.includes(say('error.clash')), 'the conflict');
    expect(page.text).not.to.include('LEAK');
    expect(page.names).to.deep.equal(['Here']);
  });
});

describe('what a host need not have, or says wrongly', () => {
  it('a catalogue that is not there is no failure: the page hears of none, and there is nothing to retry', async () => {
    const none = () => Promise.reject(new AdapterError('not-found'));
    const { page, of, errors } = await open({ listEventTypes: none, listOrganizations: none });
    await until(() => of('listEventTypes').length && of('listOrganizations').length, 'that it was asked');
    const modal = await page.openAdd();
    expect(modal.has('button', 'Retry')).to.equal(false);
    expect([...modal.field<HTMLSelectElement>('Event').options].map(({ text }) => text)).to.include('Site Archived');
    expect(errors).to.deep.equal([]);
  });

  for (const [said, total] of Object.entries({ '“9”': '9', NaN, Infinity, null: null, 'an object': {}, 'a list': [9] }))
    it(`a total of ${said} is none: the rows are counted`, async () => {
      const { page } = await open({ list: () => Promise.resolve({ items: [here], nextCursor: 'next', total: total as number }) });
      await until(() => page.text.includes(say('shown', { count: 1 })), 'how many there are');
      expect(page.get('table').getAttribute('aria-rowcount')).to.equal('-1');
    });

  it('a total counts all that there are', async () => {
    const { page } = await open({ list: () => Promise.resolve({ items: [here], nextCursor: 'next', total: 9 }) });
    await until(() => page.text.includes(say('shownOf', { count: 1, total: 9 })), 'how many there are');
    expect(page.get('table').getAttribute('aria-rowcount')).to.equal('10');
  });

  it('a part of the view that is null restricts nothing', async () => {
    const { page, of } = await open({});
    page.element.view = { search: null, active: null, sort: 'name' } as never;
    await until(() => of('list').length === 2, 'the call');
    expect(of('list')[1]!.args[0]).to.deep.equal({ limit: 25, sort: 'name' });
  });
});
