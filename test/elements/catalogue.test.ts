import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { defaultEventTypes, type EventType } from '../../src/core/event-type.js';
import { deferred, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, organizations, recorded, say, storedWebhook, type ModalPage } from '../helpers/widget.js';
import { heard, named } from '../helpers/hosts.js';

const down = () => Promise.reject(new AdapterError('unavailable'));
const hostWith = (more: Partial<WebhookAdapter>, webhooks = named('Here')) =>
  recorded<WebhookAdapter>({ ...memory({ webhooks }).adapter, ...more });
const eventsOf = (modal: ModalPage) =>
  [...modal.field<HTMLSelectElement>('Event').options].map(({ text }) => text).filter((text) => text !== say('choose'));
const own: EventType[] = [{ id: 'own', label: 'Own event' }];

describe('the catalogue', () => {
  it('of events is the default one where only the organizations failed, with Retry', async () => {
    let fails = true;
    const { adapter, of } = hostWith({
      listEventTypes: undefined,
      listOrganizations: () => (fails ? down() : Promise.resolve([...organizations])),
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    expect(eventsOf(modal)).to.have.members(defaultEventTypes.map(({ label }) => label));
    await modal.appears('button', 'Retry');
    fails = false;
    modal.press('Retry');
    await modal.disappears('button', 'Retry');
    expect(of('listOrganizations')).to.have.length(2);
  });

  it('of the page wins: there is nothing to retry', async () => {
    const { adapter, of } = hostWith({ listEventTypes: down, listOrganizations: down });
    const page = await mountSettings({ adapter, eventTypes: own, organizations });
    const errors = heard(page.element, 'webhook-error');
    await page.loaded();
    const modal = await page.openAdd();
    await until(() => of('listEventTypes').length === 1 && errors.length === 2, 'both failures');
    await modal.settled();
    expect(modal.has('button', 'Retry')).to.equal(false);
    expect(eventsOf(modal)).to.deep.equal(['Own event']);
    page.element.organizations = undefined;
    await modal.appears('button', 'Retry');
  });

  it('leaves out what is malformed in it, and tells the page', async () => {
    const good = { id: 'own', label: 'Own event' };
    const { adapter } = hostWith({
      listEventTypes: () => Promise.resolve([good, { id: 'b', label: 'B', description: null } as never]),
      listOrganizations: () => Promise.resolve([organizations[0]!, { id: 7 } as never]),
    });
    const page = await mountSettings({ adapter });
    const errors = heard(page.element, 'webhook-error');
    await page.loaded();
    const modal = await page.openAdd();
    await until(() => eventsOf(modal).length === 1, 'the catalogue');
    expect(eventsOf(modal)).to.deep.equal(['Own event']);
    expect(errors.map(({ operation }) => operation)).to.have.members(['listEventTypes', 'listOrganizations']);
  });

  it('that failed tells the page which call it was, once', async () => {
    const { adapter } = hostWith({ listEventTypes: down, listOrganizations: () => Promise.reject(new AdapterError('forbidden')) });
    const page = await mountSettings({ adapter });
    const errors = heard(document, 'webhook-error');
    await page.loaded();
    await until(() => errors.length >= 2, 'both failures');
    page.element.heading = 'Rendered again';
    await page.element.updateComplete;
    expect(errors).to.have.deep.members([
      { operation: 'listEventTypes', code: 'unavailable' },
      { operation: 'listOrganizations', code: 'forbidden' },
    ]);
  });

  it('is never the older one of two answers', async () => {
    const answers: ReturnType<typeof deferred<EventType[]>>[] = [];
    const { adapter } = hostWith({
      listOrganizations: down,
      listEventTypes: () => {
        const answer = deferred<EventType[]>();
        answers.push(answer);
        return answer.promise;
      },
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.appears('button', 'Retry');
    modal.press('Retry');
    await until(() => answers.length === 2, 'the second call');
    answers[1]!.resolve(own);
    await until(() => eventsOf(modal).join() === 'Own event', 'the newer answer');
    answers[0]!.resolve([{ id: 'old', label: 'Old event' }]);
    await answers[0]!.promise;
    await new Promise(requestAnimationFrame);
    await modal.settled();
    expect(eventsOf(modal)).to.deep.equal(['Own event']);
  });
});

describe('small things that a page may do', () => {
  it('an access attribute that is taken away lets people manage again', async () => {
    const { adapter } = hostWith({});
    const page = await mountSettings({ adapter });
    page.element.setAttribute('access', 'read-only');
    await page.loaded();
    expect(page.has('button', 'Add Webhook')).to.equal(false);
    page.element.removeAttribute('access');
    await page.appears('button', 'Add Webhook');
    expect(page.element.access).to.equal('manage');
    page.button('Here');
  });

  for (const size of ['abc', '-3', '0', ''])
    it(`a page-size of “${size}” is that of the default`, async () => {
      const { adapter, of } = hostWith({});
      const page = await mountSettings();
      page.element.setAttribute('page-size', size);
      page.element.adapter = adapter;
      await page.loaded();
      expect(of('list').map(({ args }) => args[0])).to.deep.equal([{ limit: 25 }]);
    });

  it('a view of undefined shows everything', async () => {
    const { adapter, of } = hostWith({});
    const page = await openSettings({ adapter, view: { search: 'nothing like it' } });
    page.element.view = undefined as never;
    await until(() => page.names.join() === 'Here', 'all rows');
    expect(of('list').at(-1)!.args[0]).to.deep.equal({ limit: 25 });
    page.element.view = undefined as never;
    const other = hostWith({});
    page.element.adapter = other.adapter;
    await until(() => other.of('list').length === 1, 'the other host');
    await page.loaded();
    expect(page.names).to.deep.equal(['Here']);
  });

  it('a view that is handed back as an equal copy is not asked for again', async () => {
    const { adapter, of } = hostWith({});
    const page = await openSettings({ adapter });
    await until(() => page.hasField('Search webhooks'), 'the search field');
    page.element.addEventListener('webhook-view-change', ({ detail }) => {
      page.element.view = { sort: undefined, ...structuredClone(detail.view) };
    });
    page.fill('Search webhooks', 'h');
    await until(() => of('list').length > 1, 'the call');
    await page.element.updateComplete;
    await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the answer');
    expect(of('list')).to.have.length(2);
  });

  it('a webhook of a blank name can be found and opened', async () => {
    const { adapter } = hostWith({}, [storedWebhook({ name: '  ' })]);
    const page = await openSettings({ adapter });
    page.button('Unnamed webhook');
    page.button('Actions for Unnamed webhook');
  });

  it('a webhook without authentication has no count of organizations', async () => {
    const webhook = storedWebhook({ name: 'None', authentication: { type: 'none', organizationSpecific: true, credentials: [] } });
    const { adapter } = hostWith({}, [webhook]);
    const page = await openSettings({ adapter });
    expect(page.row('None').text).to.include('No Authentication').and.not.match(/organization/i);
  });

  it('a stored organization that is not in the catalogue leaves room to add those that are', async () => {
    const basic = storedWebhook();
    const credential = { username: 'me', password: { stored: true as const } };
    const authentication = {
      type: 'basic' as const,
      organizationSpecific: true,
      credentials: ['gone', 'org_1'].map((organizationId) => ({ organizationId, ...credential })),
    };
    const two = organizations.slice(0, 2);
    const { adapter } = hostWith({}, [{ ...basic, name: 'Two', authentication: authentication }]);
    const page = await openSettings({ adapter, organizations: two });
    const modal = await page.openEdit('Two');
    expect(modal.has('button', 'Add Organization Credential')).to.equal(true);
    modal.press('Add Organization Credential');
    await modal.settled();
    expect(modal.has('button', 'Add Organization Credential')).to.equal(true);
    modal.fields('Organization').at(-1)!.focus();
    const last = modal.fields('Organization').at(-1) as HTMLSelectElement;
    last.value = 'org_2';
    last.dispatchEvent(new Event('change', { bubbles: true }));
    await modal.disappears('button', 'Add Organization Credential');
    expect(modal.text).to.include(say('hint.allOrganizations'));
  });

  for (const way of ['property', 'attribute'] as const)
    it(`allowPrivateNetwork as ${way} accepts http and private addresses`, async () => {
      const { adapter, of } = memory({ allowPrivateNetwork: true });
      const page = await openSettings({ adapter, ...(way === 'property' ? { allowPrivateNetwork: true } : {}) });
      if (way === 'attribute') page.element.setAttribute('allow-private-network', '');
      await page.element.updateComplete;
      const modal = await page.openAdd();
      await modal.fillValid({ 'Endpoint URL': 'http://10.0.0.1/in' });
      modal.save();
      await modal.closed();
      expect((of('create')[0]!.args[0] as { url: string }).url).to.equal('http://10.0.0.1/in');
    });
});
