import { expect } from '@open-wc/testing';
import type { WebhookInput } from '../../src/core/webhook.js';
import { until } from '../helpers/page.js';
import { memory, openSettings, recorded, type ModalPage, type SettingsPage } from '../helpers/widget.js';
import { named } from '../helpers/hosts.js';

/** A form of a new webhook with something typed into each kind of field. */
async function typing(): Promise<{ page: SettingsPage; modal: ModalPage; first: ReturnType<typeof memory> }> {
  const first = memory({ webhooks: named('Here') });
  const page = await openSettings({ adapter: first.adapter });
  const modal = await page.openAdd();
  modal.fillBasics({ Name: 'Typed' });
  await modal.chooseType('Basic');
  modal.fillAll({ Username: 'me', Password: 'typed secret' });
  return { page, modal, first };
}

const asked = (host: Pick<ReturnType<typeof memory>, 'of'>, count: number) =>
  until(() => host.of('list').length === count, 'the list to be asked for');
const inputs = (host: Pick<ReturnType<typeof memory>, 'of'>) => host.of('create').map(({ args }) => args[0] as WebhookInput);

describe('what is typed in an open form outlives', () => {
  it('another adapter, which Save then goes to', async () => {
    const { page, modal, first } = await typing();
    const second = memory({ webhooks: named('Here') });
    page.element.adapter = second.adapter;
    await asked(second, 1);
    await page.loaded();
    expect(modal.isOpen).to.equal(true);
    expect(modal.field('Name').value).to.equal('Typed');
    expect(modal.field('Password').value).to.equal('typed secret');
    modal.save();
    await modal.closed();
    expect(inputs(first)).to.be.empty;
    expect(inputs(second).map(({ name }) => name)).to.deep.equal(['Typed']);
    await until(() => page.names.includes('Typed'), 'the row');
  });

  it('the same adapter as a new object, as a page makes one whenever it renders, also on an edit', async () => {
    const { adapter, of } = memory({ webhooks: named('Here') });
    const page = await openSettings({ adapter });
    const modal = await page.openEdit('Here');
    modal.fill('Name', 'There');
    const again = recorded({ ...adapter });
    page.element.adapter = again.adapter;
    await asked(again, 1);
    await page.loaded();
    expect(modal.field('Name').value).to.equal('There');
    modal.save();
    await modal.closed();
    expect(again.of('update').map(({ args }) => [args[0], args[1]])).to.deep.equal([['id of Here', { name: 'There' }]]);
    expect(of('update')).to.have.length(1);
  });

  it('another page size', async () => {
    const { page, modal, first } = await typing();
    page.element.pageSize = 5;
    await asked(first, 2);
    await page.loaded();
    expect(modal.isOpen).to.equal(true);
    expect(modal.field('Name').value).to.equal('Typed');
    expect(modal.field('Password').value).to.equal('typed secret');
    modal.save();
    await modal.closed();
    expect(inputs(first)).to.have.length(1);
  });

  it('a move to another place in the page, without the secrets', async () => {
    const { page, modal, first } = await typing();
    const place = document.createElement('section');
    page.element.after(place);
    place.append(page.element);
    await asked(first, 2);
    await page.loaded();
    await modal.opened();
    expect(modal.get('dialog').matches(':modal')).to.equal(true);
    expect(modal.field('Name').value).to.equal('Typed');
    expect(modal.field('Username').value).to.equal('me');
    expect(modal.field('Password').value).to.equal('');
    modal.fill('Password', 'typed again');
    modal.save();
    await modal.closed();
    expect(inputs(first).map(({ authentication }) => authentication.credentials)).to.deep.equal([[{ username: 'me', password: 'typed again' }]]);
  });
});
