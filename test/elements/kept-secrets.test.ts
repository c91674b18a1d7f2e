import { expect } from '@open-wc/testing';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import { until } from '../helpers/page.js';
import { memory, openModal, openSettings, say, storedWebhook, type ModalPage } from '../helpers/widget.js';

const required = say('required', { label: 'Password' });

/** What the modal hands over when Save is pressed; nothing while something is wrong. */
function submissions(modal: ModalPage): { changes: Partial<WebhookInput> | undefined; input: WebhookInput }[] {
  const all: { changes: Partial<WebhookInput> | undefined; input: WebhookInput }[] = [];
  modal.element.addEventListener('webhook-submit', ({ detail: { changes, input } }) => all.push({ changes, input }));
  return all;
}

const credentialsOf = (input: Partial<WebhookInput> | undefined) => input?.authentication?.credentials;

const perOrganization = (): Webhook =>
  storedWebhook({
    authentication: {
      type: 'basic',
      organizationSpecific: true,
      credentials: [{ organizationId: 'org_1', username: 'north', password: { stored: true, hint: '9f2a' } }],
    },
  });

/** Either part of Basic may be empty. One that was stored does not become empty by itself. */
describe('a Basic password that was stored', () => {
  async function isAskedFor(modal: ModalPage): Promise<void> {
    const sent = submissions(modal);
    modal.save();
    await until(() => modal.problem('Password'), 'what is wrong');
    expect(modal.problem('Password')).to.equal(required);
    expect(sent).to.deep.equal([]);
    modal.fill('Password', 'entered anew');
    modal.save();
    await until(() => sent.length, 'the save');
    expect(sent[0]!.input.authentication.credentials[0]).to.have.property('password', 'entered anew');
  }

  it('is asked for where it is to be replaced and nothing was typed', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    modal.fill('Name', 'Another');
    modal.press('Replace');
    await modal.settled();
    await isAskedFor(modal);
  });

  it('is asked for of another organization', async () => {
    const modal = await openModal({ webhook: perOrganization() });
    modal.fill('Organization', 'Contoso');
    await modal.settled();
    await isAskedFor(modal);
  });

  it('is asked for once it is per organization', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    modal.fill('Org. specific authentication', true);
    await modal.settled();
    modal.fill('Organization', 'Contoso');
    await modal.settled();
    await isAskedFor(modal);
  });

  it('is asked for in a copy, which says so', async () => {
    const modal = await openModal({ template: storedWebhook() });
    expect(modal.text).to.include(say('secretsNotCopied'));
    await isAskedFor(modal);
  });

  it('is kept where it is put back', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    const sent = submissions(modal);
    modal.fill('Username', 'someone');
    for (const label of ['Replace', 'Keep current']) {
      modal.press(label);
      await modal.settled();
    }
    modal.save();
    await until(() => sent.length, 'the save');
    expect(credentialsOf(sent[0]!.changes)).to.deep.equal([{ username: 'someone', password: { stored: true } }]);
  });

  it('is none any more where the person says so', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    const sent = submissions(modal);
    modal.press('Replace');
    await modal.settled();
    modal.press(say('leaveEmpty'));
    await modal.settled();
    modal.save();
    await until(() => sent.length, 'the save');
    expect(credentialsOf(sent[0]!.changes)).to.deep.equal([{ username: 'integration', password: '' }]);
  });

  it('was typed and is gone, since the element was moved: it is asked for again', async () => {
    const modal = await openModal();
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fillAll({ Username: 'me', Password: 'typed' });
    const place = document.createElement('section');
    modal.element.after(place);
    place.append(modal.element);
    await modal.opened();
    await isAskedFor(modal);
  });

  it('was replaced and is gone, since the element was moved: the one before does not come back unsaid', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    modal.press('Replace');
    await modal.settled();
    modal.fillAll({ Name: 'Another', Password: 'typed' });
    const place = document.createElement('section');
    modal.element.after(place);
    place.append(modal.element);
    await modal.opened();
    await isAskedFor(modal);
  });

  it('of a new webhook may be empty beside a user name', async () => {
    const modal = await openModal();
    const sent = submissions(modal);
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fill('Username', 'an API key');
    expect(modal.find('button', say('leaveEmpty'))).to.equal(undefined);
    modal.save();
    await until(() => sent.length, 'the save');
    expect(credentialsOf(sent[0]!.input)).to.deep.equal([{ username: 'an API key', password: '' }]);
  });
});

describe('a form that the page keeps open after a save', () => {
  async function keptOpen(webhook: Webhook): Promise<{ modal: ModalPage; host: ReturnType<typeof memory> }> {
    const host = memory({ webhooks: [webhook] });
    const page = await openSettings({ adapter: host.adapter });
    const modal = await page.openEdit(webhook.name);
    page.element.addEventListener('webhook-modal-close', (event) => event.preventDefault());
    return { modal, host };
  }

  it('goes on from what is stored: the next save is a change to that', async () => {
    const { modal, host } = await keptOpen(storedWebhook({ name: 'Stored' }));
    for (const [index, name] of ['One', 'Two'].entries()) {
      modal.fill('Name', name);
      modal.save();
      await until(() => host.of('update').length === index + 1 && !modal.button('Save').ariaDisabled, 'the save');
      await modal.settled();
    }
    expect(host.of('update').map(({ args }) => args[1])).to.deep.equal([{ name: 'One' }, { name: 'Two' }]);
    expect(modal.find('dialog', say('conflictTitle'))).to.equal(undefined);
    expect(modal.isOpen).to.equal(true);
  });

  it('says of a secret that was replaced that it is set, and of nothing that it is wrong', async () => {
    const { modal, host } = await keptOpen(storedWebhook({ name: 'Stored' }));
    modal.press('Replace');
    await modal.settled();
    modal.fill('Password', 'a long enough secret');
    modal.save();
    await until(() => host.of('update').length === 1 && modal.text.includes(say('secretHint', { hint: 'cret' })), 'what is stored');
    expect(modal.all('alert')).to.deep.equal([]);
    expect(modal.text).not.to.include(say('summaryTitle', { count: 1 }));
  });
});
