import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { Clock } from '../helpers/clock.js';
import { pressKey } from '../helpers/keys.js';
import { deferred, focused, focusOn, nameOf, textOf, until } from '../helpers/page.js';
import { memory, openSettings, recorded, say, type SettingsPage } from '../helpers/widget.js';
import { announced, chooseAction, heard, named } from '../helpers/hosts.js';

const ALL = say('selectAll');
const box = (page: SettingsPage, name: string) => page.get<HTMLInputElement>('checkbox', say('select', { name }));
const select = (page: SettingsPage, ...names: string[]) => names.forEach((name) => box(page, name).click());
const bar = async (page: SettingsPage, count: number) => {
  await page.appears('group', say('selected', { count }));
  return page.within('group', say('selected', { count }));
};
const selected = (page: SettingsPage) =>
  page.all<HTMLInputElement>('checkbox').filter(({ checked }) => checked).map(nameOf).filter((name) => name !== ALL);

/** The question about many webhooks, once `action` in the bar was pressed. */
const ask = async (page: SettingsPage, count: number, action: string) => {
  (await bar(page, count)).press(action);
  await page.appears('alertdialog');
  return page.within('alertdialog');
};

/** Whether the row says what failed, and why. */
const problem = (page: SettingsPage, name: string, action: 'Deactivate' | 'Delete') =>
  textOf(page.row(name).get('alert')) === `${say(action === 'Delete' ? 'deleteFailed' : 'deactivateFailed', { name })} Not this one. Retry Dismiss`;

const opened = async (...names: string[]) => {
  const host = memory({ webhooks: named(...names) });
  return { page: await openSettings({ adapter: host.adapter }), ...host };
};

/** A host that holds each change back until the test lets the next one go. */
const stepwise = async (...names: string[]) => {
  const { adapter } = memory({ webhooks: named(...names) });
  const gates: ReturnType<typeof deferred<void>>[] = [];
  const held = async <Answer>(run: () => Promise<Answer>) => {
    const gate = deferred<void>();
    gates.push(gate);
    await gate.promise;
    return run();
  };
  const { adapter: slow, of } = recorded<WebhookAdapter>({
    ...adapter,
    update: (...args) => held(() => adapter.update(...args)),
    delete: (...args) => held(() => adapter.delete(...args)),
  });
  return { page: await openSettings({ adapter: slow }), of, gates };
};

describe('many rows at once', () => {
  describe('selecting', () => {
    it('shows how many, and what can be done with them, in place of the filters', async () => {
      const { page } = await opened('One', 'Two', 'Three');
      await until(() => page.hasField('Search webhooks'), 'the filters');
      select(page, 'One', 'Three');
      const actions = await bar(page, 2);
      expect(actions.all('button').map(nameOf)).to.deep.equal(['Activate', 'Deactivate', 'Delete', 'Export', say('clearSelection')]);
      expect(page.hasField('Search webhooks')).to.equal(false);
      expect(page.has('dialog')).to.equal(false);
      select(page, 'One');
      await bar(page, 1);
      select(page, 'Three');
      await until(() => page.hasField('Search webhooks'), 'the filters again');
    });

    it('marks their rows, and no others', async () => {
      const { page } = await opened('One', 'Two');
      const ground = (name: string) => getComputedStyle(page.row(name).root as Element).backgroundColor;
      const bare = ground('One');
      select(page, 'One');
      await bar(page, 1);
      expect(ground('One')).not.to.equal(bare);
      expect(ground('Two')).to.equal(bare);
      select(page, 'One');
      await until(() => ground('One') === bare, 'no mark');
    });

    describe('by its width', () => {
      after(() => setViewport({ width: 1280, height: 800 }));

      for (const width of [1000, 600, 360])
        it(`leaves what gets the focus in sight, below the bar, at ${width} px`, async () => {
          await setViewport({ width, height: 700 });
          const { page } = await opened(...Array.from({ length: 60 }, (_, index) => `Number ${index}`));
          await page.element.updateComplete;
          if (page.has('button', say('loadMore'))) page.press(say('loadMore'));
          await until(() => page.rows.length > 45, 'two pages');
          select(page, page.names.at(-1)!);
          const actions = await bar(page, 1);
          scrollTo(0, document.documentElement.scrollHeight);
          const bottom = () => (actions.root as Element).getBoundingClientRect().bottom;
          // One that the bar lies over.
          const name = await until(() =>
            page.parts('name').find((one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom < bottom()),
          );
          name.focus();
          await until(() => name.getBoundingClientRect().top >= bottom(), 'the name below the bar');
        });
    });

    it('opens no row, by pointer or by key', async () => {
      const { page, of } = await opened('One');
      box(page, 'One').focus();
      await pressKey('Space');
      await bar(page, 1);
      await pressKey('Enter');
      expect(page.has('dialog')).to.equal(false);
      expect(of('get')).to.be.empty;
    });

    it('all that are loaded, in one go and back; some is neither', async () => {
      const { page } = await opened('One', 'Two', 'Three');
      const all = page.get<HTMLInputElement>('checkbox', ALL);
      all.click();
      await bar(page, 3);
      expect(selected(page)).to.have.length(3);
      expect([all.checked, all.indeterminate]).to.deep.equal([true, false]);
      select(page, 'Two');
      await bar(page, 2);
      expect([all.checked, all.indeterminate]).to.deep.equal([false, true]);
      all.click();
      await bar(page, 3);
      all.click();
      await page.disappears('group', /selected/);
      expect(selected(page)).to.be.empty;
    });

    it('leaves out what is not loaded, and what cannot be read', async () => {
      const items = [...named('One', 'Two'), { id: 'x', name: 'Broken' } as never];
      const { adapter } = recorded<WebhookAdapter>({
        list: () => Promise.resolve({ items, nextCursor: 'more', total: 90 }),
        create: () => deferred<never>().promise,
        delete: () => deferred<never>().promise,
      });
      const page = await openSettings({ adapter });
      const all = page.get<HTMLInputElement>('checkbox', ALL);
      all.click();
      await bar(page, 2);
      expect([all.checked, all.indeterminate]).to.deep.equal([true, false]);
    });

    it('a box is what a pointer finds in its place', async () => {
      const { page } = await opened('One');
      const { x, y, width, height } = box(page, 'One').getBoundingClientRect();
      expect(page.element.shadowRoot!.elementFromPoint(x + width / 2, y + height / 2)).to.equal(box(page, 'One'));
    });

    describe('with Shift', () => {
      afterEach(() => resetMouse());

      const click = async (page: SettingsPage, name: string) => {
        const { x, y, width, height } = box(page, name).getBoundingClientRect();
        await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
      };
      const withShift = async (press: () => Promise<void>) => {
        await sendKeys({ down: 'Shift' });
        await press();
        await sendKeys({ up: 'Shift' });
      };
      const names = (...all: string[]) => all.map((name) => say('select', { name }));

      it('a click selects all from the one before, up or down, and clears them so', async () => {
        // The last one is the first in the list.
        const { page, of } = await opened('6', '5', '4', '3', '2', '1');
        await click(page, '2');
        await bar(page, 1);
        await withShift(() => click(page, '5'));
        await bar(page, 4);
        expect(selected(page)).to.deep.equal(names('2', '3', '4', '5'));
        await click(page, '4');
        await withShift(() => click(page, '3'));
        await bar(page, 2);
        expect(selected(page)).to.deep.equal(names('2', '5'));
        await click(page, '3');
        await withShift(() => click(page, '1'));
        await bar(page, 4);
        expect(selected(page)).to.deep.equal(names('1', '2', '3', '5'));
        expect(of('get')).to.be.empty;
        expect(getSelection()!.toString()).to.equal('');
      });

      it('Space does as well', async () => {
        const { page } = await opened('4', '3', '2', '1');
        box(page, '4').focus();
        await pressKey('Space');
        await bar(page, 1);
        box(page, '2').focus();
        await withShift(() => pressKey('Space'));
        await bar(page, 3);
        expect(selected(page)).to.deep.equal(names('2', '3', '4'));
      });

      it('leaves out what cannot be read, and goes by the place where the first one is by now', async () => {
        const items = [...named('1', '2'), { id: 'x', name: 'Broken' } as never, ...named('3')];
        const page = await openSettings({ adapter: { list: () => Promise.resolve({ items }), create: () => deferred<never>().promise } });
        await click(page, '2');
        await bar(page, 1);
        items.unshift(...named('0'));
        await page.element.refresh();
        await withShift(() => click(page, '3'));
        await bar(page, 2);
        expect(selected(page)).to.deep.equal(names('2', '3'));
      });
    });

    it('keeps what one does with them on screen, far down in the list as well', async () => {
      const { page } = await opened(...Array.from({ length: 25 }, (_, index) => `Row ${index}`));
      // In WebKit a page is as high as its window at least.
      await setViewport({ width: 1280, height: 600 });
      const last = box(page, 'Row 0');
      last.scrollIntoView();
      last.click();
      await bar(page, 1);
      const actions = page.get('group', say('selected', { count: 1 }));
      await until(() => actions.getBoundingClientRect().top >= 0, 'the bar on screen');
      expect(actions.getBoundingClientRect().bottom).to.be.at.most(innerHeight);
      await setViewport({ width: 1280, height: 800 });
      scrollTo(0, 0);
    });

    it('stays while the list is being refreshed', async () => {
      const { adapter } = memory({ webhooks: named('One', 'Two') });
      const answers: ReturnType<typeof deferred<void>>[] = [];
      let isSlow = false;
      const page = await openSettings({
        adapter: {
          ...adapter,
          list: async (...args) => {
            const gate = deferred();
            answers.push(gate);
            if (isSlow) await gate.promise;
            return adapter.list(...args);
          },
        },
      });
      select(page, 'One', 'Two');
      await bar(page, 2);
      isSlow = true;
      const refreshed = page.element.refresh();
      await until(() => page.get('table').getAttribute('aria-busy') === 'true', 'the refresh');
      expect(selected(page)).to.have.length(2);
      answers.at(-1)!.resolve();
      await refreshed;
      expect(selected(page)).to.have.length(2);
    });

    it('stays while a long list is coming in another order', async () => {
      const names = Array.from({ length: 120 }, (_, index) => `Row ${1000 + index}`);
      const { adapter } = memory({ webhooks: named(...names) });
      const page = await openSettings({ adapter, pageSize: 120, view: { sort: 'name' } });
      await until(() => page.names.length === 120, 'all rows');
      select(page, 'Row 1000');
      await bar(page, 1);
      page.element.view = { sort: '-name' };
      await until(() => page.names[0] === 'Row 1119', 'the other order');
      expect(page.names.length, 'all of it so soon').to.be.lessThan(120);
      await until(() => page.names.length === 120, 'all rows again');
      expect(selected(page)).to.deep.equal([say('select', { name: 'Row 1000' })]);
    });

    it('is undone by Clear selection', async () => {
      const { page } = await opened('One', 'Two');
      select(page, 'One', 'Two');
      (await bar(page, 2)).press(say('clearSelection'));
      await page.disappears('group', /selected/);
      expect(selected(page)).to.be.empty;
    });

    it('forgets rows that are gone', async () => {
      const { page, adapter } = await opened('One', 'Two', 'Three');
      select(page, 'One', 'Two');
      await bar(page, 2);
      await adapter.delete('id of One', { signal: new AbortController().signal });
      await page.element.refresh();
      await bar(page, 1);
      const question = await ask(page, 1, 'Delete');
      expect(question.text).to.include('Two').and.not.include('One');
    });

    it('forgets a row that was deleted by its menu', async () => {
      const { page } = await opened('One', 'Two');
      select(page, 'One', 'Two');
      await bar(page, 2);
      await chooseAction(page, 'One', 'Delete');
      await page.appears('alertdialog');
      page.within('alertdialog').press('Delete');
      await bar(page, 1);
    });

    it('is for the export alone where the host can neither update nor delete', async () => {
      const { update: _, delete: __, ...adapter } = memory({ webhooks: named('Here') }).adapter;
      const page = await openSettings({ adapter });
      select(page, 'Here');
      expect((await bar(page, 1)).all('button').map(nameOf)).to.deep.equal(['Export', say('clearSelection')]);
    });

    it('offers only what the host can do', async () => {
      const { update: _, ...adapter } = memory({ webhooks: named('Here') }).adapter;
      const page = await openSettings({ adapter });
      select(page, 'Here');
      expect((await bar(page, 1)).all('button').map(nameOf)).to.deep.equal(['Delete', 'Export', say('clearSelection')]);
    });

    it('ends when the viewer may only look', async () => {
      const { page, of } = await opened('One', 'Two');
      select(page, 'One');
      const question = await ask(page, 1, 'Delete');
      expect(question.text).to.include('One');
      page.element.access = 'read-only';
      await page.element.updateComplete;
      expect(page.all('checkbox').map(nameOf)).to.be.empty;
      expect(page.has('group', /selected/)).to.equal(false);
      expect(page.has('alertdialog')).to.equal(false);
      expect(page.all('button').map(nameOf)).to.deep.equal(page.names.map(() => 'POST hooks.example.com'));
      page.element.access = 'manage';
      await page.element.updateComplete;
      expect(selected(page)).to.be.empty;
      expect(page.has('alertdialog')).to.equal(false);
      expect(of('delete')).to.be.empty;
    });
  });

  describe('changing', () => {
    for (const [action, title, active] of [
      ['Activate', 'activateMany', true],
      ['Deactivate', 'deactivateMany', false],
    ] as const)
      it(`${action}: one question that names them, then one call for each`, async () => {
        const webhooks = named('One', 'Two', 'Three').map((webhook) => ({ ...webhook, active: !active }));
        const { adapter, of } = memory({ webhooks });
        const page = await openSettings({ adapter });
        const updated = heard(document, 'webhook-updated');
        select(page, 'One', 'Three');
        const question = await ask(page, 2, action);
        expect(nameOf(page.get('alertdialog'))).to.equal(say(title, { count: 2 }));
        expect(question.all('listitem').map(({ textContent }) => textContent)).to.have.members(['One', 'Three']);
        await focusOn(() => question.button('Cancel'));
        expect(of('update')).to.be.empty;
        question.press(action);
        await page.disappears('alertdialog');
        const label = (name: string) => page.row(name).text.includes('inactive');
        expect(['One', 'Two', 'Three'].map(label)).to.deep.equal([!active, active, !active]);
        expect(of('update').map(({ args }) => [args[0], args[1]])).to.have.deep.members([
          ['id of One', { active }],
          ['id of Three', { active }],
        ]);
        expect(of('update').every(({ args }) => (args[2] as { version?: string }).version === '7')).to.equal(true);
        expect(updated).to.have.length(2);
        await until(() => announced(page).includes(say(active ? 'activateDone' : 'deactivateDone', { count: 2 })), 'an announcement');
      });

    it('leaves the focus, and the place in the list, where it is', async () => {
      const { page } = await opened('One', 'Two');
      select(page, 'One');
      (await ask(page, 1, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      await until(() => page.row('One').text.includes('inactive'), 'the label');
      await page.element.updateComplete;
      expect(focused()).to.equal(page.button('Deactivate'));
    });

    it('sends nothing for those that there is nothing to do with', async () => {
      const [one, ...others] = named('One', 'Two', 'Three');
      const { adapter, of } = memory({ webhooks: [one!, ...others.map((webhook) => ({ ...webhook, active: false }))] });
      const page = await openSettings({ adapter });
      page.get('checkbox', ALL).click();
      const question = await ask(page, 3, 'Deactivate');
      expect(nameOf(page.get('alertdialog'))).to.equal(say('deactivateMany', { count: 1 }));
      question.press('Deactivate');
      await page.disappears('alertdialog');
      expect(of('update').map(({ args }) => args[0])).to.deep.equal(['id of One']);
      const said = `${say('deactivateDone', { count: 1 })} ${say('bulkSame', { count: 2 })}`;
      await until(() => announced(page).includes(said), 'an announcement');
      // Now there is nothing to ask about.
      (await bar(page, 3)).press('Deactivate');
      await until(() => announced(page).includes(say('bulkSame', { count: 3 })), 'that there is nothing to do');
      expect(page.has('alertdialog')).to.equal(false);
      expect(of('update')).to.have.length(1);
    });

    it('shows how it ended, until that is closed', async () => {
      const { page } = await opened('One', 'Two');
      page.get('checkbox', ALL).click();
      (await ask(page, 2, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      await until(() => page.text.includes(say('deactivateDone', { count: 2 })), 'the outcome');
      expect(page.has('alert')).to.equal(false);
      page.press('Close');
      await page.disappears('button', 'Close');
    });

    it('Delete: leaves the focus at the place of the first that went', async () => {
      const { page } = await opened('5', '4', '3', '2', '1');
      select(page, '3', '4');
      (await ask(page, 2, 'Delete')).press('Delete');
      await page.disappears('alertdialog');
      await focusOn(() => page.button('5'));
    });

    it('Delete: names some and counts the rest, and deletes what was selected', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `Webhook ${index}`);
      const { page, of } = await opened(...names);
      const deleted = heard(document, 'webhook-deleted');
      select(page, ...names.slice(1));
      const question = await ask(page, 7, 'Delete');
      expect(nameOf(page.get('alertdialog'))).to.equal(say('deleteMany', { count: 7 }));
      expect(question.all('listitem')).to.have.length(6);
      expect(question.text).to.include(say('andMore', { count: 2 }));
      question.press('Delete');
      await page.disappears('alertdialog');
      expect(page.names).to.deep.equal(['Webhook 0']);
      expect(of('delete')).to.have.length(7);
      expect(deleted).to.have.length(7);
      expect(page.has('group', /selected/)).to.equal(false);
      await focusOn(() => page.button('Webhook 0'));
    });

    it('Cancel does nothing and keeps the selection', async () => {
      const { page, of } = await opened('One', 'Two');
      select(page, 'One', 'Two');
      (await ask(page, 2, 'Delete')).press('Cancel');
      await page.disappears('alertdialog');
      expect(of('delete')).to.be.empty;
      await bar(page, 2);
    });
  });

  describe('the progress', () => {
    it('counts, one call after the other', async () => {
      const { page, of, gates } = await stepwise('One', 'Two', 'Three');
      select(page, 'One', 'Two', 'Three');
      const question = await ask(page, 3, 'Deactivate');
      question.press('Deactivate');
      for (let done = 0; done < 3; done += 1) {
        await until(() => gates.length === done + 1, 'the next call');
        await until(() => question.text.includes(say('progress', { count: done, total: 3 })), 'the count');
        expect(question.get<HTMLProgressElement>('progressbar').value).to.equal(done);
        expect(of('update')).to.have.length(done + 1);
        gates[done]!.resolve();
      }
      await page.disappears('alertdialog');
      await until(() => announced(page).includes(say('deactivateDone', { count: 3 })), 'an announcement');
    });

    it('begins once, however often it is agreed to', async () => {
      const { page, of, gates } = await stepwise('One', 'Two');
      select(page, 'One', 'Two');
      const question = await ask(page, 2, 'Deactivate');
      const agree = question.button('Deactivate');
      agree.click();
      agree.click();
      await until(() => gates.length === 1, 'the first call');
      expect(question.all('button').map(nameOf)).to.deep.equal(['Stop']);
      await focusOn(() => question.button('Stop'));
      expect(nameOf(page.get('alertdialog'))).to.equal(say('deactivateRunning', { count: 2 }));
      agree.click();
      gates[0]!.resolve();
      await until(() => gates.length === 2, 'the second call');
      gates[1]!.resolve();
      await page.disappears('alertdialog');
      expect(of('update')).to.have.length(2);
    });

    for (const way of ['Stop', 'Escape'] as const)
      it(`${way} ends it: what was done is done, the rest is not begun, the selection stays`, async () => {
        const { page, of, gates } = await stepwise('One', 'Two', 'Three');
        select(page, 'One', 'Two', 'Three');
        const question = await ask(page, 3, 'Deactivate');
        question.press('Deactivate');
        await until(() => gates.length === 1, 'the first call');
        gates[0]!.resolve();
        await until(() => gates.length === 2, 'the second call');
        if (way === 'Stop') question.press('Stop');
        else await pressKey('Escape');
        await page.disappears('alertdialog');
        expect(of('update').map(({ signal }) => signal.aborted).at(-1)).to.equal(true);
        gates[1]!.resolve();
        await page.element.updateComplete;
        expect(of('update')).to.have.length(2);
        expect(page.rows.filter((row) => row.textContent.includes('inactive'))).to.have.length(1);
        expect(page.all('alert').map(nameOf)).to.be.empty;
        expect(selected(page)).to.have.length(3);
        // What was stopped may have been done all the same: the list is asked for again.
        await until(() => of('list').length > 1, 'another look at the list');
      });

    it('lets the page draw, however fast the host is', async () => {
      const webhooks = named(...Array.from({ length: 30 }, (_, index) => `Row ${index}`));
      let [calls, tasks, tasksByTheLast] = [0, 0, 0];
      const page = await openSettings({
        pageSize: 30,
        adapter: {
          list: () => Promise.resolve({ items: webhooks }),
          create: () => deferred<never>().promise,
          update: (id, changes) => {
            if (!calls++) setTimeout(() => tasks++);
            // Over all more than there is between two frames.
            const begin = performance.now();
            while (performance.now() - begin < 2);
            tasksByTheLast = tasks;
            return Promise.resolve({ ...webhooks.find((webhook) => webhook.id === id)!, active: changes.active! });
          },
        },
      });
      page.get('checkbox', ALL).click();
      (await ask(page, 30, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      expect(page.rows.filter((row) => row.textContent.includes('inactive'))).to.have.length(30);
      expect(tasksByTheLast).to.equal(1);
    });

    it('counts nothing else that is done later with the one that it was stopped at', async () => {
      const { adapter } = memory({ webhooks: named('One', 'Two', 'Three') });
      let calls = 0;
      const page = await openSettings({
        adapter: { ...adapter, update: (...all) => (++calls === 2 ? deferred<never>().promise : adapter.update(...all)) },
      });
      page.get('checkbox', ALL).click();
      const question = await ask(page, 3, 'Deactivate');
      question.press('Deactivate');
      await until(() => calls === 2, 'the second call');
      question.press('Stop');
      await page.disappears('alertdialog');
      const outcome = [say('stopped'), say('deactivateDone', { count: 1 }), say('bulkUnsure'), say('bulkLeft', { count: 1 })].join(' ');
      await until(() => page.text.includes(outcome), 'the outcome');
      await chooseAction(page, 'Two', 'Delete');
      await page.appears('alertdialog');
      page.within('alertdialog').press('Delete');
      await until(() => page.names.length === 2, 'the row to go');
      expect(page.text).to.include(outcome);
    });

    it('that is cut off by a page that makes its adapter anew says how far it came', async () => {
      const { adapter } = memory({ webhooks: named('One', 'Two', 'Three') });
      const page = await openSettings({ adapter });
      page.element.addEventListener('webhook-updated', () => (page.element.adapter = { ...adapter }));
      page.get('checkbox', ALL).click();
      (await ask(page, 3, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      await until(() => page.text.includes(`${say('stopped')} ${say('deactivateDone', { count: 1 })}`), 'how far it came');
      await page.loaded();
      expect(page.text).to.include(say('stopped'));
      expect(page.rows.filter((row) => row.textContent.includes('inactive'))).to.have.length(1);
    });

    it('ends when the element leaves the page', async () => {
      const { page, of, gates } = await stepwise('One', 'Two');
      select(page, 'One', 'Two');
      (await ask(page, 2, 'Delete')).press('Delete');
      await until(() => gates.length === 1, 'the first call');
      page.element.remove();
      expect(of('delete')[0]!.signal.aborted).to.equal(true);
      gates[0]!.resolve();
      await page.element.updateComplete;
      expect(of('delete')).to.have.length(1);
    });
  });

  describe('a host that is asked too often', () => {
    let clock: Clock;
    beforeEach(() => {
      clock = new Clock();
    });
    afterEach(() => clock.restore());

    const limited = async () => {
      const { adapter } = memory({ webhooks: named('One', 'Two', 'Three') });
      let calls = 0;
      const host = recorded<WebhookAdapter>({
        ...adapter,
        update: (...args) => {
          calls += 1;
          return calls === 2 ? Promise.reject(new AdapterError('rate-limited', { retryAfter: 3 })) : adapter.update(...args);
        },
      });
      const page = await openSettings({ adapter: host.adapter });
      page.get('checkbox', ALL).click();
      const question = await ask(page, 3, 'Deactivate');
      question.press('Deactivate');
      await until(() => question.text.includes(say('tryingIn', { when: 'in 3 seconds' })), 'the countdown');
      return { page, question, ...host };
    };

    it('is waited for as it asks, then the same one is tried again', async () => {
      const { page, question, of } = await limited();
      expect(question.text).to.include(say('error.rate-limited'));
      await clock.pass(2);
      await until(() => question.text.includes(say('tryingIn', { when: 'in 1 second' })), 'one second');
      expect(of('update')).to.have.length(2);
      await clock.pass(1);
      await page.disappears('alertdialog');
      const [, second, again] = of('update').map(({ args }) => args[0]);
      expect(of('update')).to.have.length(4);
      expect(again).to.equal(second);
      await until(() => announced(page).includes(say('deactivateDone', { count: 3 })), 'the outcome');
      expect(page.has('alert')).to.equal(false);
    });

    it('says in the question when a deletion can be tried again', async () => {
      const { adapter } = memory({ webhooks: named('One') });
      const page = await openSettings({ adapter: { ...adapter, delete: () => Promise.reject(new AdapterError('rate-limited', { retryAfter: 5 })) } });
      await chooseAction(page, 'One', 'Delete');
      await page.appears('alertdialog');
      const question = page.within('alertdialog');
      question.press('Delete');
      await until(() => question.text.includes(say('retryIn', { when: 'in 5 seconds' })), 'the countdown');
      await clock.pass(1);
      await until(() => question.text.includes(say('retryIn', { when: 'in 4 seconds' })), 'a second less');
    });

    it('is waited for no longer after Stop', async () => {
      const { page, question, of } = await limited();
      question.press('Stop');
      await page.disappears('alertdialog');
      await until(() => announced(page).includes([say('stopped'), say('deactivateDone', { count: 1 }), say('bulkLeft', { count: 2 })].join(' ')), 'the outcome');
      await clock.pass(10);
      expect(clock.waiting).to.equal(0);
      expect(of('update')).to.have.length(2);
    });
  });

  describe('failures', () => {
    const partly = async (operation: 'update' | 'delete') => {
      let fails = true;
      const host = memory({
        webhooks: named('One', 'Two', 'Three'),
        intercept: (called, id) => {
          if (called === operation && id === 'id of Two' && fails) throw new AdapterError('forbidden', { message: 'Not this one.' });
        },
      });
      const page = await openSettings({ adapter: host.adapter });
      return { page, ...host, mend: () => (fails = false) };
    };

    for (const [action, operation] of [
      ['Deactivate', 'update'],
      ['Delete', 'delete'],
    ] as const)
      it(`${action}: stay on their rows while the rest goes on`, async () => {
        const { page, of, mend } = await partly(operation);
        const errors = heard(page.element, 'webhook-error');
        page.get('checkbox', ALL).click();
        (await ask(page, 3, action)).press(action);
        await page.disappears('alertdialog');
        expect(of(operation)).to.have.length(3);
        expect(problem(page, 'Two', action)).to.equal(true);
        // Above the list, as the row may be far down: until it is closed, or the next attempt.
        const outcome = page.all('alert').filter((alert) => !page.row('Two').all('alert').includes(alert));
        expect(outcome.map((alert) => textOf(alert))).to.deep.equal([`${say(action === 'Delete' ? 'deleteDone' : 'deactivateDone', { count: 2 })} ${say('bulkFailed', { count: 1 })} Close`]);
        expect(errors).to.deep.equal([{ operation, code: 'forbidden' }]);
        const rest = page.names.filter((name) => name !== 'Two');
        if (action === 'Delete') expect(rest).to.be.empty;
        else expect(rest.every((name) => page.row(name).text.includes('inactive'))).to.equal(true);
        // It alone is still selected: a second try mends its row.
        expect(selected(page)).to.deep.equal([say('select', { name: 'Two' })]);
        mend();
        (await ask(page, 1, action)).press(action);
        await page.disappears('alertdialog');
        expect(page.has('alert')).to.equal(false);
      });

    it('are told of until the person has read it', async () => {
      const { page } = await partly('update');
      page.get('checkbox', ALL).click();
      (await ask(page, 3, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      page.press('Close');
      await until(() => page.all('alert').length === 1, 'the outcome to be gone');
      expect(problem(page, 'Two', 'Deactivate')).to.equal(true);
    });

    it('of a session that ended stops the rest, which would fail as well', async () => {
      const { adapter, of } = memory({
        webhooks: named('One', 'Two'),
        intercept: (operation) => {
          if (operation === 'delete') throw new AdapterError('unauthenticated');
        },
      });
      const page = await openSettings({ adapter });
      page.get('checkbox', ALL).click();
      (await ask(page, 2, 'Delete')).press('Delete');
      await page.disappears('alertdialog');
      expect(of('delete')).to.have.length(1);
      expect(page.row('Two').text).to.include(say('error.unauthenticated'));
      const said = [say('stopped'), say('deleteDone', { count: 0 }), say('bulkFailed', { count: 1 }), say('bulkLeft', { count: 1 })];
      expect(page.text).to.include(said.join(' '));
      expect(page.names).to.have.members(['One', 'Two']);
      expect(selected(page)).to.have.length(2);
    });

    it('of one that someone else changed shows it as it is now', async () => {
      const { page, adapter } = await opened('One', 'Two');
      await adapter.update('id of Two', { name: 'Two, changed' }, { signal: new AbortController().signal });
      page.get('checkbox', ALL).click();
      (await ask(page, 2, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      expect(page.row('Two, changed').get('alert').textContent).to.include(say('error.conflict'));
      expect(page.row('One').text).to.include('inactive');
    });

    it('of one that someone else deleted is none when it is to be deleted', async () => {
      const { page, adapter } = await opened('One', 'Two');
      await adapter.delete('id of Two', { signal: new AbortController().signal });
      page.get('checkbox', ALL).click();
      (await ask(page, 2, 'Delete')).press('Delete');
      await page.disappears('alertdialog');
      expect(page.parts('empty')).to.have.length(1);
    });
  });
});
