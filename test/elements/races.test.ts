import { expect } from '@open-wc/testing';
import type { ChangeOptions, WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook } from '../../src/core/webhook.js';
import { Clock } from '../helpers/clock.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import { deferred, enter, focused, textOf, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, recorded, say, type SettingsPage } from '../helpers/widget.js';
import { announced, chooseAction, heard, named, openRowMenu } from '../helpers/hosts.js';

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

describe('a webhook that is being opened', () => {
  const opening = async () => {
    const { adapter } = memory({ webhooks: named('Other', 'Slow') });
    const gate = deferred();
    const host = recorded<WebhookAdapter>({
      ...adapter,
      get: async (...args) => {
        await gate.promise;
        return adapter.get(...args);
      },
    });
    const page = await openSettings({ adapter: host.adapter });
    await page.appears('textbox', 'Search webhooks');
    page.press('Slow');
    await until(() => host.of('get').length === 1, 'the call');
    const isBusy = () => (page.row('Slow').root as Element).ariaBusy === 'true';
    await until(isBusy, 'the row to say so');
    /** Its answer comes, and nothing opens. */
    const opensNothing = async () => {
      expect(host.of('get')[0]!.signal.aborted).to.equal(true);
      await until(() => !isBusy(), 'the row to be free');
      gate.resolve();
      await page.element.updateComplete;
      await new Promise(requestAnimationFrame);
      expect(page.has('dialog')).to.equal(false);
      expect(page.has('alert')).to.equal(false);
    };
    return { page, opensNothing, ...host };
  };

  it('is not opened over a search that the person types by then', async () => {
    const { page, opensNothing } = await opening();
    const search = page.get<HTMLInputElement>('textbox', 'Search webhooks');
    enter(search, 'l');
    await opensNothing();
    enter(search, 'ow');
    expect(focused()).to.equal(search);
  });

  it('is not opened over a filter', async () => {
    const { page, opensNothing } = await opening();
    page.fill('Status', 'Active');
    await opensNothing();
  });

  it('is not opened over a menu', async () => {
    const { page, opensNothing } = await opening();
    await openRowMenu(page, 'Other');
    await opensNothing();
    expect(page.has('menu')).to.equal(true);
  });

  it('is not opened over a question about those that are selected', async () => {
    const { page, opensNothing } = await opening();
    page.get('checkbox', say('select', { name: 'Other' })).click();
    await page.appears('button', 'Delete');
    page.press('Delete');
    await page.appears('alertdialog');
    await opensNothing();
  });

  it('is not opened for a viewer who may only look by then', async () => {
    const { page, opensNothing } = await opening();
    page.element.access = 'read-only';
    await page.element.updateComplete;
    await opensNothing();
  });
});

describe('a webhook that is gone', () => {
  it('is named when it cannot be opened, leaves the list, and the notice can be closed', async () => {
    const { adapter, of } = memory({ webhooks: named('Stays', 'Gone') });
    const page = await openSettings({ adapter });
    await adapter.delete('id of Gone', { signal: new AbortController().signal });
    page.press('Gone');
    await until(() => page.has('alert'), 'the failure');
    expect(textOf(page.get('alert'))).to.equal(`${say('openFailed', { name: 'Gone' })} ${say('error.not-found')} Close`);
    expect(page.names).to.deep.equal(['Stays']);
    page.press('Close');
    await page.disappears('alert');
    expect(of('get')).to.have.length(1);
  });

  it('keeps those of several loaded pages; what failed for another reason can be closed, too', async () => {
    let code: 'not-found' | 'unavailable' = 'unavailable';
    const { adapter, of } = memory({
      webhooks: named('A', 'B', 'C', 'D', 'E'),
      intercept: (operation) => {
        if (operation === 'get') throw new AdapterError(code);
      },
    });
    const page = await openSettings({ adapter, pageSize: 2, view: { sort: 'name' } });
    page.press(await page.appears('button', 'Load more').then(() => 'Load more'));
    await until(() => page.names.length === 4, 'more rows');
    page.press('B');
    await until(() => page.has('alert'), 'the failure');
    expect(textOf(page.get('alert'))).to.equal(`${say('openFailed', { name: 'B' })} ${say('error.unavailable')} Retry Close`);
    code = 'not-found';
    page.press('Retry');
    await until(() => page.text.includes(say('error.not-found')), 'the other reason');
    expect(page.names).to.deep.equal(['A', 'C', 'D']);
    expect(of('list')).to.have.length(2);
  });
});

describe('what failed in a row', () => {
  const failing = async () => {
    const gate = deferred();
    const { adapter } = memory({ webhooks: named('One', 'Two') });
    let fails = true;
    const host = recorded<WebhookAdapter>({
      ...adapter,
      update: async (...args) => {
        await gate.promise;
        if (fails) throw new AdapterError('forbidden');
        return adapter.update(...args);
      },
    });
    const page = await openSettings({ adapter: host.adapter });
    await page.appears('textbox', 'Search webhooks');
    await chooseAction(page, 'One', 'Deactivate');
    await until(() => host.of('update').length === 1, 'the call');
    return { page, fail: () => gate.resolve(), mend: () => (fails = false), ...host };
  };
  const said = `${say('deactivateFailed', { name: 'One' })} ${say('error.forbidden')} Retry Dismiss`;

  it('is said above the list, by name, when a search has taken the row away; and in the row once it is back', async () => {
    const { page, fail } = await failing();
    page.fill('Search webhooks', 'Two');
    await until(() => page.names.join() === 'Two', 'the other row alone');
    fail();
    await until(() => page.has('alert'), 'the failure');
    expect(textOf(page.get('alert'))).to.equal(said);
    page.fill('Search webhooks', '');
    await until(() => page.names.length === 2, 'both rows');
    expect(textOf(page.row('One').get('alert'))).to.equal(said);
    expect(page.all('alert')).to.have.length(1);
    // There it was on show: another search forgets it.
    page.fill('Search webhooks', 'One');
    await page.disappears('alert');
  });

  it('can be tried again from there', async () => {
    const { page, fail, mend, of } = await failing();
    page.fill('Search webhooks', 'Two');
    await until(() => page.names.join() === 'Two', 'the other row alone');
    fail();
    await until(() => page.has('alert'), 'the failure');
    mend();
    page.press('Retry');
    await page.disappears('alert');
    await until(() => of('update').length === 2, 'another call');
    page.fill('Search webhooks', '');
    await until(() => page.names.length === 2 && page.row('One').text.includes('inactive'), 'what came of it');
  });

  it('is forgotten by a filter', async () => {
    const { page, fail } = await failing();
    fail();
    await until(() => page.row('One').has('alert'), 'the failure');
    page.fill('Status', 'Active');
    await page.disappears('alert');
  });
});

describe('what was added or saved and does not match the filters', () => {
  it('is said to be there; Clear filters shows it', async () => {
    const { adapter } = memory({ webhooks: named('Here') });
    const page = await openSettings({ adapter, view: { search: 'Here' } });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Brand new' });
    modal.save();
    await modal.closed();
    const said = `${say('added', { name: 'Brand new' })} ${say('savedElsewhere')}`;
    await until(() => page.text.includes(said), 'that it is there');
    expect(page.names).to.deep.equal(['Here']);
    page.press('Clear filters');
    await until(() => page.names.length === 2, 'all rows');
    expect(page.text).not.to.include(say('savedElsewhere'));
  });

  it('is not told of where it can be seen, and can be closed', async () => {
    const { adapter } = memory({ webhooks: named('Here') });
    const page = await openSettings({ adapter, view: { search: 'Here' } });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'Here, too' });
    modal.save();
    await modal.closed();
    await until(() => page.names.length === 2, 'both rows');
    await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the list to be at rest');
    expect(page.text).not.to.include(say('savedElsewhere'));
    await page.openEdit('Here, too');
    modal.fill('Name', 'Away');
    modal.save();
    await modal.closed();
    await until(() => page.text.includes(`${say('saved', { name: 'Away' })} ${say('savedElsewhere')}`), 'that it is there');
    page.press('Close');
    await until(() => !page.text.includes(say('savedElsewhere')), 'the notice to be gone');
  });
});

describe('a change that is there already', () => {
  it('is done: someone else made it, or a call whose answer got lost', async () => {
    const [webhook] = named('Here') as [Webhook];
    const { adapter } = memory({ webhooks: [webhook] });
    const updated = heard(document, 'webhook-updated');
    const page = await openSettings({
      adapter: {
        ...adapter,
        update: () => Promise.reject(new AdapterError('conflict', { current: { ...webhook, version: 'newer', active: false } })),
      },
    });
    await chooseAction(page, 'Here', say('deactivate'));
    await until(() => announced(page).includes(say('deactivated', { name: 'Here' })), 'that it is done');
    expect(page.row('Here').text).to.include('inactive');
    expect(page.has('alert')).to.equal(false);
    expect(updated).to.deep.equal([]);
  });

  it('is not where something else was changed', async () => {
    const [webhook] = named('Here') as [Webhook];
    const { adapter } = memory({ webhooks: [webhook] });
    const page = await openSettings({
      adapter: {
        ...adapter,
        update: () => Promise.reject(new AdapterError('conflict', { current: { ...webhook, version: 'newer', name: 'Hers' } })),
      },
    });
    await chooseAction(page, 'Here', say('deactivate'));
    await until(() => page.text.includes(say('error.conflict')), 'the conflict');
    expect(page.names).to.deep.equal(['Hers']);
  });
});

describe('a webhook that someone else deleted', () => {
  it('leaves the list when it cannot be switched off; that is said above it', async () => {
    const { adapter } = memory({ webhooks: named('Gone', 'Here') });
    const page = await openSettings({ adapter });
    await adapter.delete('id of Gone', { signal: new AbortController().signal });
    await chooseAction(page, 'Gone', say('deactivate'));
    await until(() => page.names.join() === 'Here', 'the row to go');
    expect(page.get('alert').textContent).to.include(say('deactivateFailed', { name: 'Gone' })).and.include(say('error.not-found'));
  });
});

describe('rows that stand in for those of another adapter', () => {
  const swapped = async () => {
    const { adapter } = memory({ webhooks: named('A', 'B', 'C') });
    const page = await openSettings({ adapter });
    await until(() => page.hasField('Search webhooks'), 'all that there is to use');
    const gate = deferred<void>();
    const other = recorded<WebhookAdapter>({
      ...adapter,
      list: async (...all) => {
        await gate.promise;
        return adapter.list(...all);
      },
    });
    const box = (name: string) => page.get<HTMLInputElement>('checkbox', say('select', { name }));
    const swap = async () => {
      page.element.adapter = other.adapter;
      await page.element.updateComplete;
    };
    return { page, gate, box, swap };
  };

  it('cannot be selected: a box that is pressed stays empty', async () => {
    const { page, gate, box, swap } = await swapped();
    await swap();
    box('B').click();
    await until(() => !box('B').checked, 'the box to be empty again');
    gate.resolve();
    await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the list');
    expect(box('B').checked).to.equal(false);
    expect(page.has('group')).to.equal(false);
  });

  it('cannot with Shift either, nor later from one that was pressed before', async () => {
    const { page, gate, box, swap } = await swapped();
    const withShift = (name: string) => {
      box(name).dispatchEvent(new KeyboardEvent('keydown', { key: ' ', shiftKey: true, bubbles: true, composed: true }));
      box(name).click();
    };
    box('A').click();
    await page.appears('group', say('selected', { count: 1 }));
    await swap();
    withShift('B');
    withShift('C');
    await page.element.updateComplete;
    expect(page.has('group')).to.equal(false);
    gate.resolve();
    await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the list');
    withShift('C');
    await page.appears('group', say('selected', { count: 1 }));
  });
});

describe('a host that does not hear that nobody waits any more', () => {
  const heedless = new AbortController().signal;
  const deaf = async (...names: string[]) => {
    const { adapter } = memory({ webhooks: named(...names) });
    const gate = deferred();
    const host = recorded<WebhookAdapter>({
      ...adapter,
      update: async (id, changes, options) => {
        await gate.promise;
        return adapter.update(id, changes, { ...options, signal: heedless });
      },
      delete: async (id, options) => {
        await gate.promise;
        return adapter.delete(id, { ...options, signal: heedless });
      },
    });
    return { page: await openSettings({ adapter: host.adapter }), gate, ...host };
  };

  it('and deletes a webhook after Cancel: its row goes, and the page is told', async () => {
    const { page, gate, of } = await deaf('One', 'Two');
    const deleted = heard(document, 'webhook-deleted');
    await agreeToDelete(page, 'One');
    await until(() => of('delete').length === 1, 'the call');
    page.within('alertdialog').press('Cancel');
    await page.disappears('alertdialog');
    await until(() => of('list').length === 2, 'a look at the list');
    expect(page.names).to.have.members(['One', 'Two']);
    gate.resolve();
    await until(() => page.names.join() === 'Two', 'the row to go');
    expect(deleted).to.deep.equal([{ id: 'id of One' }]);
  });

  it('and leaves nothing behind in a list that is gone', async () => {
    const { page, gate, of } = await deaf('One');
    const deleted = heard(page.element, 'webhook-deleted');
    await agreeToDelete(page, 'One');
    await until(() => of('delete').length === 1, 'the call');
    page.within('alertdialog').press('Cancel');
    page.element.adapter = memory({ webhooks: named('One') }).adapter;
    await page.element.updateComplete;
    gate.resolve();
    await page.loaded();
    await new Promise(requestAnimationFrame);
    expect(page.names).to.deep.equal(['One']);
    expect(deleted).to.be.empty;
  });

  it('and refuses late: the list is asked once more', async () => {
    const { adapter } = memory({ webhooks: named('One') });
    const refusal = deferred<never>();
    const host = recorded<WebhookAdapter>({ ...adapter, delete: () => refusal.promise });
    const page = await openSettings({ adapter: host.adapter });
    await agreeToDelete(page, 'One');
    await until(() => host.of('delete').length === 1, 'the call');
    page.within('alertdialog').press('Cancel');
    await until(() => host.of('list').length === 2, 'a look at the list');
    refusal.reject(new AdapterError('network'));
    await until(() => host.of('list').length === 3, 'another');
    expect(page.has('alert')).to.equal(false);
  });
});

describe('an answer that never comes', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = new Clock();
  });
  afterEach(() => clock.restore());

  /** In the row of this name; else above the list. */
  const stopWaiting = async (page: SettingsPage, name?: string) => {
    expect(page.has('button', say('stop'))).to.equal(false);
    await clock.pass(9);
    await page.appears('button', say('stop'));
    const place = name === undefined ? page : page.row(name);
    expect(place.text).to.include(say('slow'));
    place.press(say('stop'));
    await page.disappears('button', say('stop'));
    await until(() => page.rows.every((row) => row.ariaBusy !== 'true'), 'rows that are free');
  };

  it('to Delete is said in the question, where it can be cancelled', async () => {
    const { adapter } = memory({ webhooks: named('One') });
    const host = recorded<WebhookAdapter>({ ...adapter, delete: () => never() });
    const page = await openSettings({ adapter: host.adapter });
    await agreeToDelete(page, 'One');
    await until(() => host.of('delete').length === 1, 'the call');
    const question = page.within('alertdialog');
    await clock.pass(7);
    expect(question.text).not.to.include(say('slow'));
    await clock.pass(1);
    await until(() => question.within('status').text.includes(say('slow')), 'patience');
    question.press('Cancel');
    await page.disappears('alertdialog');
    await until(() => !page.text.includes(say('slow')), 'the end of patience');
  });

  it('to one of many is said beside the progress', async () => {
    const { adapter } = memory({ webhooks: named('One', 'Two') });
    const page = await openSettings({ adapter: { ...adapter, delete: () => never() } });
    page.get('checkbox', say('selectAll')).click();
    await page.appears('button', 'Delete');
    page.press('Delete');
    await page.appears('alertdialog');
    const question = page.within('alertdialog');
    question.press('Delete');
    await page.appears('progressbar');
    await clock.pass(9);
    await until(() => question.text.includes(say('slow')), 'patience');
  });

  it('to opening one that is not in the list is said above it', async () => {
    const { adapter } = memory({ webhooks: named('One') });
    const host = recorded<WebhookAdapter>({ ...adapter, get: () => never() });
    const page = await openSettings({ adapter: host.adapter });
    void page.element.edit('elsewhere');
    await until(() => host.of('get').length === 1, 'the call');
    await stopWaiting(page);
    expect(host.of('get')[0]!.signal.aborted).to.equal(true);
  });

  it('to opening a webhook is said after a while, and Stop waiting leaves the list usable', async () => {
    const { adapter } = memory({ webhooks: named('Stuck', 'Fine') });
    const host = recorded<WebhookAdapter>({ ...adapter, get: (id, options) => (id === 'id of Stuck' ? never() : adapter.get(id, options)) });
    const page = await openSettings({ adapter: host.adapter });
    page.press('Stuck');
    await until(() => host.of('get').length === 1, 'the call');
    await stopWaiting(page, 'Stuck');
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
    await stopWaiting(page, 'One');
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
