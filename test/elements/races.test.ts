import { expect } from '@open-wc/testing';
import type { ChangeOptions, WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook } from '../../src/core/webhook.js';
import { Clock } from '../helpers/clock.js';
import { deferred, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, recorded, say, type SettingsPage } from '../helpers/widget.js';
import { chooseAction, heard, named } from '../helpers/hosts.js';

const never = () => deferred<never>().promise;

/** A host in memory whose changes wait for the test. */
const stepwise = async (...names: string[]) => {
  const { adapter } = memory({ webhooks: named(...names) });
  const gates: ReturnType<typeof deferred<void>>[] = [];
  const host = recorded<WebhookAdapter>({
    ...adapter,
    update: async (...args) => {
      const gate = deferred<void>();
      gates.push(gate);
      await gate.promise;
      return adapter.update(...args);
    },
  });
  return { page: await openSettings({ adapter: host.adapter }), gates, ...host };
};

async function agreeToDelete(page: SettingsPage, name: string) {
  await chooseAction(page, name, 'Delete');
  await page.appears('alertdialog');
  page.within('alertdialog').press('Delete');
}

describe('one change of a webhook after the other', () => {
  it('Delete waits for what is under way, and is sent once, with the version that came back', async () => {
    const { page, of, gates } = await stepwise('One');
    const deleted = heard(document, 'webhook-deleted');
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => gates.length === 1, 'the update');
    await agreeToDelete(page, 'One');
    await until(() => page.within('alertdialog').button('Delete').getAttribute('aria-disabled') === 'true', 'the wait');
    expect(of('delete')).to.be.empty;
    expect(deleted).to.be.empty;
    gates[0]!.resolve();
    await page.disappears('alertdialog');
    expect(of('delete').map(({ args }) => (args[1] as ChangeOptions).version)).to.deep.equal(['8']);
    expect(deleted).to.deep.equal([{ id: 'id of One' }]);
    expect(page.parts('empty')).to.have.length(1);
  });

  it('Delete that was cancelled while it waited deletes nothing, and says nothing was deleted', async () => {
    const { page, of, gates } = await stepwise('One');
    const deleted = heard(document, 'webhook-deleted');
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => gates.length === 1, 'the update');
    await agreeToDelete(page, 'One');
    page.within('alertdialog').press('Cancel');
    await page.disappears('alertdialog');
    gates[0]!.resolve();
    await until(() => page.row('One').text.includes(say('inactive')), 'the update to be over');
    expect(of('delete')).to.be.empty;
    expect(deleted).to.be.empty;
    expect(page.names).to.deep.equal(['One']);
  });

  it('Deactivate pressed twice is one call', async () => {
    const { page, of, gates } = await stepwise('One');
    const updated = heard(document, 'webhook-updated');
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => gates.length === 1, 'the update');
    await chooseAction(page, 'One', 'Deactivate');
    gates[0]!.resolve();
    await until(() => page.row('One').text.includes(say('inactive')), 'the update to be over');
    await until(() => page.rows[0]!.ariaBusy !== 'true', 'the row to be free');
    expect(of('update')).to.have.length(1);
    expect(updated).to.have.length(1);
  });
});

describe('opening a webhook', () => {
  it('and then another shows the other; what comes late is ignored', async () => {
    const { adapter } = memory({ webhooks: named('Slow', 'Fast') });
    const slow = deferred<Webhook>();
    const host = recorded<WebhookAdapter>({
      ...adapter,
      get: (id, options) => (id === 'id of Slow' ? slow.promise : adapter.get(id, options)),
    });
    const page = await openSettings({ adapter: host.adapter });
    page.press('Slow');
    await until(() => host.of('get').length === 1, 'the first call');
    page.press('Fast');
    const modal = await page.modal.opened();
    expect(modal.field('Name').value).to.equal('Fast');
    expect(host.of('get')[0]!.signal.aborted).to.equal(true);
    slow.resolve(await adapter.get('id of Slow', { signal: new AbortController().signal }));
    await slow.promise;
    await page.element.updateComplete;
    await modal.settled();
    expect(modal.field('Name').value).to.equal('Fast');
    modal.press('Cancel');
    await modal.closed();
    expect(page.has('alert')).to.equal(false);
  });
});

describe('an answer that never comes', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = new Clock();
  });
  afterEach(() => clock.restore());

  const stopWaiting = async (page: SettingsPage) => {
    expect(page.has('button', say('stop'))).to.equal(false);
    await clock.pass(9);
    await page.appears('button', say('stop'));
    expect(page.text).to.include(say('slow'));
    page.press(say('stop'));
    await page.disappears('button', say('stop'));
    await until(() => page.rows.every((row) => row.ariaBusy !== 'true'), 'rows that are free');
  };

  it('to opening a webhook is said after a while, and Stop waiting leaves the list usable', async () => {
    const { adapter } = memory({ webhooks: named('Stuck', 'Fine') });
    const host = recorded<WebhookAdapter>({ ...adapter, get: (id, options) => (id === 'id of Stuck' ? never() : adapter.get(id, options)) });
    const page = await openSettings({ adapter: host.adapter });
    page.press('Stuck');
    await until(() => host.of('get').length === 1, 'the call');
    await stopWaiting(page);
    expect(page.has('alert')).to.equal(false);
    const modal = await page.openEdit('Fine');
    expect(modal.field('Name').value).to.equal('Fine');
  });

  it('to Deactivate is said after a while, and Stop waiting leaves the row usable', async () => {
    const { adapter } = memory({ webhooks: named('One') });
    let isStuck = true;
    const host = recorded<WebhookAdapter>({ ...adapter, update: (...args) => (isStuck ? never() : adapter.update(...args)) });
    const page = await openSettings({ adapter: host.adapter });
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => host.of('update').length === 1, 'the call');
    await stopWaiting(page);
    isStuck = false;
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => page.row('One').text.includes(say('inactive')), 'the second try');
    expect(host.of('update')).to.have.length(2);
  });
});

describe('a save that the person stopped', () => {
  it('makes the list ask again: it may have been stored', async () => {
    let isStored = false;
    const { adapter } = memory({ webhooks: named('Here') });
    const host = recorded<WebhookAdapter>({
      ...adapter,
      create: async (...args) => {
        await adapter.create(...args);
        isStored = true;
        return never();
      },
    });
    const page = await openSettings({ adapter: host.adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Stored after all' });
    modal.save();
    await until(() => isStored, 'the host to have stored it');
    modal.press('Cancel');
    await until(() => modal.text.includes(say('savingStopped')), 'the end of waiting');
    await until(() => page.names.includes('Stored after all'), 'the list to be asked for again');
    expect(host.of('list')).to.have.length(2);
  });
});

describe('an element that is not in the page', () => {
  it('asks another adapter for nothing until it is back', async () => {
    const page = await openSettings({ adapter: memory({ webhooks: named('Here') }).adapter });
    const { parentNode } = page.element;
    const other = memory({ webhooks: named('There') });
    page.element.remove();
    page.element.adapter = other.adapter;
    await page.element.updateComplete;
    expect(other.calls).to.be.empty;
    parentNode!.append(page.element);
    await until(() => page.names.join() === 'There', 'the other list');
    expect(other.of('list')).to.have.length(1);
  });
});

describe('adding while the list failed', () => {
  it('makes the list load', async () => {
    let fails = true;
    const { adapter } = memory({ webhooks: named('Here') });
    const host = recorded<WebhookAdapter>({
      ...adapter,
      list: (...args) => (fails ? Promise.reject(new Error('down')) : adapter.list(...args)),
    });
    const page = await mountSettings({ adapter: host.adapter });
    await page.appears('alert');
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Added' });
    fails = false;
    modal.save();
    await modal.closed();
    await until(() => page.names.length === 2, 'the list');
    expect(page.names).to.have.members(['Here', 'Added']);
    expect(page.has('alert')).to.equal(false);
  });
});

describe('a form that is moved or left behind while it saves', () => {
  it('sends the same key again, so that one webhook is made', async () => {
    const { adapter } = memory();
    const gate = deferred();
    const host = recorded<WebhookAdapter>({
      ...adapter,
      create: async (...call) => {
        const made = await adapter.create(...call);
        await gate.promise;
        return made;
      },
    });
    const page = await openSettings({ adapter: host.adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Once' });
    modal.save();
    await until(() => host.of('create').length === 1, 'the first call');
    const { parentElement } = page.element;
    page.element.remove();
    parentElement!.append(page.element);
    await page.loaded();
    await page.modal.opened();
    gate.resolve();
    await until(() => page.modal.button('Save').getAttribute('aria-disabled') !== 'true', 'the end of the first call');
    page.modal.save();
    await page.modal.closed();
    const keys = host.of('create').map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey);
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
    await until(() => page.names.length, 'the list');
    expect(page.names).to.deep.equal(['Once']);
  });

  it('is stopped, and the page hears of no failure, when the page makes its adapter anew', async () => {
    const gate = deferred();
    const { adapter } = memory();
    let calls = 0;
    const make = (): WebhookAdapter => ({
      ...adapter,
      create: async (...call) => {
        calls += 1;
        await gate.promise;
        return adapter.create(...call);
      },
    });
    const page = await openSettings({ adapter: make() });
    const errors = heard(page.element, 'webhook-error');
    const modal = await page.openAdd();
    await modal.fillValid();
    modal.save();
    await until(() => calls === 1, 'the call');
    page.element.adapter = make();
    await page.element.updateComplete;
    gate.resolve();
    await until(() => page.modal.text.includes(say('savingStopped')), 'the end of waiting');
    expect(page.modal.isOpen).to.equal(true);
    expect(errors).to.be.empty;
  });
});
