import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import { deferred, until } from '../helpers/page.js';
import { memory, openModal, openSettings, recorded, say, storedWebhook, type ModalPage, type SettingsPage } from '../helpers/widget.js';
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

  it('a refresh while it is being saved, also where the save then fails', async () => {
    const answers: ReturnType<typeof deferred<Webhook>>[] = [];
    const host = memory({ webhooks: named('Here') });
    const { adapter, of } = recorded<WebhookAdapter>({
      ...host.adapter,
      update: () => {
        const answer = deferred<Webhook>();
        answers.push(answer);
        return answer.promise;
      },
    });
    const page = await openSettings({ adapter });
    const modal = await page.openEdit('Here');
    modal.fill('Name', 'Typed');
    modal.press('Replace');
    await modal.settled();
    modal.fill('Password', 'typed secret');
    modal.save();
    await until(() => answers.length === 1, 'the save');
    await page.element.refresh();
    expect(of('update')[0]!.signal.aborted, 'the save is stopped').to.equal(false);
    answers[0]!.reject(new AdapterError('unavailable'));
    await until(() => modal.text.includes(say('saveFailed')), 'the failure');
    expect([modal.field('Name').value, modal.field('Password').value]).to.deep.equal(['Typed', 'typed secret']);
    expect(page.names).to.deep.equal(['Here']);
    modal.save();
    await until(() => answers.length === 2, 'the second save');
    await page.element.refresh();
    answers[1]!.resolve({ ...named('Here')[0]!, name: 'Typed', version: '8' });
    await modal.closed();
    expect(page.names).to.deep.equal(['Typed']);
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

describe('what is typed outlives, in the modal alone,', () => {
  for (const [what, other] of [
    ['no webhook', undefined],
    ['another webhook', storedWebhook({ name: 'Another' })],
  ] as const)
    it(`a page that hands in ${what} for a while, as while it fetches`, async () => {
      const webhook = storedWebhook({ name: 'Stored' });
      const modal = await openModal({ webhook });
      modal.fill('Name', 'Typed');
      modal.element.webhook = other;
      await modal.settled();
      expect(modal.has('heading', 'Edit Webhook')).to.equal(true);
      expect(modal.field('Name').value).to.equal('Typed');
      modal.element.webhook = { ...webhook };
      await modal.settled();
      expect(modal.field('Name').value).to.equal('Typed');
      let sent: unknown;
      modal.element.addEventListener('webhook-submit', ({ detail: { id, changes } }) => (sent = { id, changes }));
      modal.save();
      await modal.closed();
      expect(sent).to.deep.equal({ id: webhook.id, changes: { name: 'Typed' } });
    });
});

describe('a page that keeps the form of <webhook-settings> open', () => {
  for (const [whom, of] of [
    ['the settings', ({ element }: SettingsPage): HTMLElement => element],
    ['the modal in them', ({ modal }: SettingsPage): HTMLElement => modal.element],
  ] as const)
    it(`hears of it from ${whom}, once, with the reason`, async () => {
      const page = await openSettings({ adapter: memory().adapter });
      const modal = await page.openAdd();
      const reasons: string[] = [];
      of(page).addEventListener('webhook-modal-close', (event) => {
        event.preventDefault();
        reasons.push(event.detail.reason);
      });
      modal.fill('Name', 'Typed');
      modal.press('Cancel');
      await modal.appears('alertdialog');
      modal.press('Discard changes');
      await modal.disappears('alertdialog');
      await page.element.updateComplete;
      await modal.settled();
      expect(reasons).to.deep.equal(['cancel']);
      expect(modal.isOpen).to.equal(true);
      expect(modal.field('Name').value).to.equal('Typed');
    });
});
