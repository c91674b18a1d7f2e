import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import { until } from '../helpers/page.js';
import { memory, openModal, openSettings, storedWebhook, type ModalPage } from '../helpers/widget.js';

const SECRET = 'canary-5a1c';
/** What a browser fires at a field that is typed into or dragged from. */
const telling = ['beforeinput', 'input', 'textInput', 'dragstart', 'drag', 'dragenter', 'dragover', 'dragleave', 'drop', 'dragend'];

async function withSecret(): Promise<ModalPage> {
  const modal = await openModal();
  await modal.chooseType('Basic');
  modal.fill('Password', SECRET);
  modal.press('Show');
  await modal.settled();
  expect(modal.field('Password').type).to.equal('text');
  return modal;
}

describe('a secret that is typed', () => {
  it('is told to no listener of the page, typed or dragged', async () => {
    const heard: string[] = [];
    const listen = ({ type }: Event) => heard.push(type);
    for (const type of telling) document.addEventListener(type, listen, true);
    for (const type of telling) document.addEventListener(type, listen);
    try {
      const modal = await openModal();
      await modal.chooseType('Basic');
      const field = modal.field('Password');
      const events = () => heard.splice(0);
      // A capturing listener of the page is before the element: what it gets of an event is the element, and no text.
      for (const type of telling) document.removeEventListener(type, listen, true);
      events();
      modal.fill('Password', SECRET);
      for (const type of telling) field.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }));
      expect(events()).to.be.empty;
      modal.field('Username').dispatchEvent(new Event('dragstart', { bubbles: true, composed: true }));
      expect(events(), 'other fields are as everywhere').to.deep.equal(['dragstart']);
    } finally {
      for (const type of telling) document.removeEventListener(type, listen);
    }
  });

  it('cannot be dragged out, also where it is shown', async () => {
    const modal = await withSecret();
    const drag = (label: string) =>
      modal.field(label).dispatchEvent(new Event('dragstart', { bubbles: true, composed: true, cancelable: true }));
    expect(drag('Password'), 'not prevented').to.equal(false);
    expect(drag('Username')).to.equal(true);
  });

  it('is forgotten once it was saved, also where the page keeps the form open', async () => {
    const modal = await withSecret();
    modal.fillBasics({ Name: 'Kept open' });
    modal.fillAll({ Username: 'me' });
    let closings = 0;
    modal.element.addEventListener('webhook-modal-close', (event) => {
      closings += 1;
      event.preventDefault();
      expect(event.detail.reason).to.equal('saved');
    }, { once: true });
    modal.save();
    await until(() => closings === 1, 'the save');
    await modal.settled();
    expect(modal.isOpen).to.equal(true);
    expect(modal.field('Name').value).to.equal('Kept open');
    expect(modal.field('Password').value).to.equal('');
  });
});

describe('a secret in a field of its own', () => {
  it('is hidden again after Keep current, and after another type', async () => {
    const modal = await openModal({ webhook: storedWebhook() });
    for (const label of ['Replace', 'Show', 'Keep current', 'Replace']) {
      modal.press(label);
      await modal.settled();
    }
    expect(modal.field('Password').type).to.equal('password');
    const fresh = await openModal();
    await fresh.chooseType('Basic');
    fresh.press('Show');
    await fresh.settled();
    for (const type of ['Token', 'Basic']) await fresh.chooseType(type);
    expect(fresh.field('Password').type).to.equal('password');
  });

  it('is not repeated at its field, however short it is', async () => {
    const { adapter } = memory({
      intercept: (operation) => {
        const fieldErrors = { 'authentication.credentials.0.password': 'The password "pw1" is too short.' };
        if (operation === 'create') throw new AdapterError('validation', { fieldErrors });
      },
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fillAll({ Username: 'me', Password: 'pw1' });
    modal.save();
    await until(() => modal.problem('Password'), 'the refusal');
    expect(modal.problem('Password')).to.include('is too short').and.not.include('pw1');
  });

  for (const key of ['Dead', 'Process'])
    it(`tells the page nothing of a key that makes half a character: ${key}`, async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      const keys: string[] = [];
      const listen = (event: KeyboardEvent) => keys.push(event.key);
      document.addEventListener('keydown', listen);
      try {
        for (const label of ['Password', 'Username'])
          modal.field(label).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      } finally {
        document.removeEventListener('keydown', listen);
      }
      expect(keys, 'of the user name alone').to.deep.equal([key]);
    });
});

describe('waitUntil', () => {
  it('throws behind an await: the modal has not waited', async () => {
    const modal = await openModal();
    const thrown: unknown[] = [];
    modal.element.addEventListener('webhook-submit', (event) => {
      void Promise.resolve().then(() => new Promise(requestAnimationFrame)).then(() => {
        for (const wait of [() => event.waitUntil(Promise.resolve()), () => event.detail.waitUntil(Promise.resolve())])
          try {
            wait();
          } catch (error) {
            thrown.push(error);
          }
      });
    });
    await modal.fillValid();
    modal.save();
    await until(() => thrown.length === 2, 'two errors');
    for (const error of thrown) {
      expect(error).to.be.instanceOf(DOMException);
      expect((error as DOMException).name).to.equal('InvalidStateError');
    }
  });
});

describe('allowPrivateNetwork on the form alone', () => {
  for (const way of ['property', 'attribute'] as const)
    it(`as ${way} accepts http and private addresses`, async () => {
      const modal = await openModal(way === 'property' ? { allowPrivateNetwork: true } : {});
      if (way === 'attribute') {
        await modal.element.close();
        modal.element.setAttribute('allow-private-network', '');
        await modal.element.show();
        await modal.opened();
      }
      const urls: string[] = [];
      modal.element.addEventListener('webhook-submit', ({ detail }) => urls.push(detail.input.url));
      await modal.fillValid({ 'Endpoint URL': 'http://10.0.0.1/in' });
      modal.save();
      await modal.closed();
      expect(urls).to.deep.equal(['http://10.0.0.1/in']);
    });

  it('is off unless it is set', async () => {
    const modal = await openModal();
    await modal.fillValid({ 'Endpoint URL': 'https://10.0.0.1/in' });
    modal.save();
    await until(() => modal.problem('Endpoint URL'), 'a problem');
  });
});
