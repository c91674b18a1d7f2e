import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { deferred, until } from '../helpers/page.js';
import { memory, openSettings, recorded, say, type SettingsPage } from '../helpers/widget.js';
import { announced, named } from '../helpers/hosts.js';

const ALL = say('selectAll');

/** The question about many webhooks, once `action` in the bar was pressed. */
const ask = async (page: SettingsPage, count: number, action: string) => {
  await page.appears('group', say('selected', { count }));
  page.within('group', say('selected', { count })).press(action);
  await page.appears('alertdialog');
  return page.within('alertdialog');
};

const heedless = new AbortController().signal;

/** A host that holds each change back until the test lets the next one go, and does not hear that nobody waits any more. */
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
    update: (id, changes, options) => held(() => adapter.update(id, changes, { ...options, signal: heedless })),
    delete: (id, options) => held(() => adapter.delete(id, { ...options, signal: heedless })),
  });
  return { page: await openSettings({ adapter: slow }), of, gates };
};

describe('many rows at once,', () => {
  describe('in a sorted list of which several pages are loaded', () => {
    const paged = async (intercept?: (operation: string, id: unknown) => void) => {
      const host = memory({ webhooks: named('A', 'B', 'C', 'D', 'E', 'F'), intercept: intercept as never });
      const page = await openSettings({ adapter: host.adapter, view: { sort: 'name' }, pageSize: 2 });
      for (const count of [4, 6]) {
        await page.appears('button', 'Load more');
        page.press('Load more');
        await until(() => page.names.length === count, 'more rows');
      }
      return { page, ...host };
    };

    it('all rows stay, the failure is at its row, and the list is asked for at most once', async () => {
      const { page, of } = await paged((operation, id) => {
        if (operation === 'update' && id === 'id of E') throw new AdapterError('forbidden', { message: 'Not this one.' });
      });
      const asked = of('list').length;
      page.get('checkbox', ALL).click();
      (await ask(page, 6, 'Deactivate')).press('Deactivate');
      await page.disappears('alertdialog');
      await until(() => page.text.includes(say('bulkFailed', { count: 1 })), 'the outcome');
      expect(page.text).to.include(say('deactivateDone', { count: 5 }));
      await until(() => page.get('table').getAttribute('aria-busy') === 'false', 'the list to be at rest');
      expect(page.names).to.deep.equal(['A', 'B', 'C', 'D', 'E', 'F']);
      expect(page.row('E').get('alert').textContent).to.include('Not this one.');
      expect(page.rows.filter((row) => row.textContent.includes('inactive'))).to.have.length(5);
      expect(of('list').length - asked).to.be.at.most(1);
    });
  });

  describe('Stop in a list of which several pages are loaded', () => {
    for (const canGet of [true, false])
      it(`leaves all of them, and the selection${canGet ? '' : ', also where the host can show none alone'}`, async () => {
        const host = memory({ webhooks: named('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H') });
        const { get, ...rest } = host.adapter;
        const stuck = deferred<never>();
        let calls = 0;
        const adapter: WebhookAdapter = {
          ...rest,
          ...(canGet ? { get } : {}),
          // The second is done, and its answer never comes.
          update: async (...args) => {
            const answer = await host.adapter.update(...args);
            return ++calls === 2 ? stuck.promise : answer;
          },
        };
        const page = await openSettings({ adapter, pageSize: 2, view: { sort: 'name' } });
        for (const count of [4, 6]) {
          await page.appears('button', 'Load more');
          page.press('Load more');
          await until(() => page.names.length === count, 'more rows');
        }
        page.get('checkbox', ALL).click();
        const question = await ask(page, 6, 'Deactivate');
        question.press('Deactivate');
        await until(() => calls === 2, 'the second call');
        question.press('Stop');
        await page.disappears('alertdialog');
        await until(() => page.row('B').text.includes('inactive'), 'what became of the second');
        expect(page.names).to.deep.equal(['A', 'B', 'C', 'D', 'E', 'F']);
        expect(page.has('group', say('selected', { count: 6 }))).to.equal(true);
        page.press('Load more');
        await until(() => page.names.length === 8, 'the rest');
      });
  });

  it('Stop in the middle tells how many were done', async () => {
    const { page, gates } = await stepwise('One', 'Two', 'Three');
    page.get('checkbox', ALL).click();
    const question = await ask(page, 3, 'Deactivate');
    question.press('Deactivate');
    await until(() => gates.length === 1, 'the first call');
    gates[0]!.resolve();
    await until(() => gates.length === 2, 'the second call');
    question.press('Stop');
    await page.disappears('alertdialog');
    const so = (count: number, more: string) => `${say('stopped')} ${say('deactivateDone', { count })} ${more}${say('bulkLeft', { count: 1 })}`;
    await until(() => announced(page).includes(so(1, `${say('bulkUnsure')} `)), 'an announcement');
    // The host goes on with the one that it had begun.
    gates[1]!.resolve();
    await until(() => page.text.includes(so(2, '')), 'what became of it');
  });
});
