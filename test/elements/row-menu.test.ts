import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse, setViewport } from '@web/test-runner-commands';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookInput } from '../../src/core/webhook.js';
import { pressKey as press } from '../helpers/keys.js';
import { deferred, focused, focusOn, nameOf, type Page, textOf, until } from '../helpers/page.js';
import { memory, openSettings, organizations, recorded, say, storedWebhook, type SettingsPage } from '../helpers/widget.js';
import { announced, chooseAction, heard, named, openRowMenu } from '../helpers/hosts.js';

/** A press of the mouse in the middle of it, as a person's. */
const click = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
};

const items = (menu: Page) => menu.all('menuitem').map(nameOf);
const focusedName = () => nameOf(focused()!);
const button = (page: SettingsPage, name: string) => page.button(`Actions for ${name}`);

const opened = async (...names: string[]) => {
  const host = memory({ webhooks: named(...names) });
  return { page: await openSettings({ adapter: host.adapter }), ...host };
};

describe('the menu of a row', () => {
  afterEach(() => resetMouse());

  describe('as a menu button', () => {
    it('opens by a click, says so, is named, and starts at its first item', async () => {
      const { page } = await opened('Here');
      const opener = button(page, 'Here');
      expect(opener.getAttribute('aria-haspopup')).to.equal('menu');
      expect(opener.getAttribute('aria-expanded')).to.equal('false');
      const menu = await openRowMenu(page, 'Here');
      expect(opener.getAttribute('aria-expanded')).to.equal('true');
      expect(nameOf(page.get('menu'))).to.equal('Actions for Here');
      expect(items(menu)).to.deep.equal(['Edit', 'Duplicate', 'Deactivate', 'Delete']);
      await focusOn(() => menu.get('menuitem', 'Edit'));
      expect(page.has('dialog')).to.equal(false);
    });

    for (const key of ['Enter', 'Space'])
      it(`opens by ${key}, and ${key} chooses`, async () => {
        const { page } = await opened('Here');
        button(page, 'Here').focus();
        await press(key);
        await page.appears('menu');
        await focusOn(() => page.get('menuitem', 'Edit'));
        await press(key);
        await page.modal.opened();
        expect(page.has('menu')).to.equal(false);
        expect(page.modal.field('Name').value).to.equal('Here');
      });

    it('goes round with the arrows, and to the ends with Home and End', async () => {
      const { page } = await opened('Here');
      await openRowMenu(page, 'Here');
      const walk: string[] = [];
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp']) {
        await press(key);
        walk.push(focusedName());
      }
      expect(walk).to.deep.equal(['Duplicate', 'Deactivate', 'Duplicate', 'Delete', 'Edit', 'Delete', 'Edit', 'Delete']);
    });

    it('goes to the next item that begins with a letter', async () => {
      const { page } = await opened('Here');
      await openRowMenu(page, 'Here');
      const walk: string[] = [];
      for (const key of ['d', 'd', 'D', 'd', 'x', 'e']) {
        await press(key);
        walk.push(focusedName());
      }
      expect(walk).to.deep.equal(['Duplicate', 'Deactivate', 'Delete', 'Duplicate', 'Duplicate', 'Edit']);
    });

    it('is one stop: its items are not in the order of Tab', async () => {
      const { page } = await opened('Here');
      const menu = await openRowMenu(page, 'Here');
      expect(menu.all('menuitem').map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, -1, -1, -1]);
    });

    it('closes by Escape, and the focus is back at its button', async () => {
      const { page } = await opened('Here');
      await openRowMenu(page, 'Here');
      await press('ArrowDown');
      await press('Escape');
      await page.disappears('menu');
      await focusOn(() => button(page, 'Here'));
      expect(button(page, 'Here').getAttribute('aria-expanded')).to.equal('false');
    });

    it('closes by Tab, which goes on from its button', async () => {
      const { page } = await opened('One', 'Two');
      await openRowMenu(page, 'Two');
      await press('Tab');
      await page.disappears('menu');
      await until(() => page.row('One').root.contains(focused()), 'the focus in the row below');
    });

    it('closes by a click elsewhere, which opens no row', async () => {
      const { page } = await opened('Here');
      await openRowMenu(page, 'Here');
      await sendMouse({ type: 'click', position: [2, 2] });
      await page.disappears('menu');
      expect(button(page, 'Here').getAttribute('aria-expanded')).to.equal('false');
      expect(page.has('dialog')).to.equal(false);
    });

    it('closes by a click on a row, which opens nothing; the next click does', async () => {
      const { page, of } = await opened('Below', 'Here');
      const events = page.row('Below').all('cell')[2]!;
      for (const target of [events, page.button('Below')]) {
        await openRowMenu(page, 'Here');
        await click(target);
        await page.disappears('menu');
        // Whatever the click has begun would have been asked by then.
        await page.element.updateComplete;
        await new Promise(requestAnimationFrame);
        expect(of('get').length).to.equal(0);
      }
      await click(events);
      const modal = await page.modal.opened();
      expect(modal.field('Name').value).to.equal('Below');
    });

    it('closes by a click on a box, which is checked, and by one on another button, whose menu opens', async () => {
      const { page } = await opened('Here', 'Above');
      await openRowMenu(page, 'Here');
      const box = page.get<HTMLInputElement>('checkbox', say('select', { name: 'Above' }));
      await click(box);
      await page.disappears('menu');
      expect(box.checked).to.equal(true);
      await openRowMenu(page, 'Here');
      await click(button(page, 'Above'));
      await page.appears('menu', 'Actions for Above');
    });

    it('goes with its row', async () => {
      const { page, adapter } = await opened('Stays', 'Goes');
      await openRowMenu(page, 'Goes');
      await adapter.delete('id of Goes', { signal: new AbortController().signal });
      await page.element.refresh();
      await page.disappears('menu');
      expect(page.names).to.deep.equal(['Stays']);
    });

    it('closes by another click on its button', async () => {
      const { page } = await opened('Here');
      const { x, y, width, height } = button(page, 'Here').getBoundingClientRect();
      const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
      await sendMouse({ type: 'click', position });
      await page.appears('menu');
      await sendMouse({ type: 'click', position });
      await page.disappears('menu');
      expect(button(page, 'Here').getAttribute('aria-expanded')).to.equal('false');
    });

    it('is one at a time', async () => {
      const { page } = await opened('One', 'Two');
      await openRowMenu(page, 'One');
      await openRowMenu(page, 'Two');
      expect(nameOf(page.get('menu'))).to.equal('Actions for Two');
      await until(() => button(page, 'One').getAttribute('aria-expanded') === 'false', 'the first to be closed');
      expect(button(page, 'Two').getAttribute('aria-expanded')).to.equal('true');
    });

    it('stays on screen at the end of a page', async () => {
      const { page } = await opened(...Array.from({ length: 20 }, (_, index) => `Row ${index}`));
      button(page, 'Row 0').scrollIntoView({ block: 'end' });
      await openRowMenu(page, 'Row 0');
      const { top, bottom, left, right } = page.get('menu').getBoundingClientRect();
      expect(top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth).to.equal(true);
    });
  });

  describe('on a small screen with large text', () => {
    before(() => setViewport({ width: 320, height: 256 }));
    after(() => setViewport({ width: 1280, height: 800 }));
    afterEach(() => document.body.removeAttribute('style'));

    it('is all on screen, and scrolls to its last item', async () => {
      document.body.style.fontSize = '24px';
      const { adapter } = memory({ webhooks: named('Here') });
      const never = () => deferred<never>().promise;
      const page = await openSettings({ adapter: { ...adapter, sendTest: never, listDeliveries: never } });
      button(page, 'Here').scrollIntoView({ block: 'center' });
      const menu = await openRowMenu(page, 'Here');
      const { top, bottom } = page.get('menu').getBoundingClientRect();
      expect(top).to.be.at.least(0);
      expect(bottom).to.be.at.most(innerHeight);
      await press('End');
      const last = menu.get('menuitem', 'Delete');
      await focusOn(() => last);
      await until(() => last.getBoundingClientRect().bottom <= innerHeight, 'the last item on screen');
    });
  });

  describe('has what can be done', () => {
    it('no Edit and no Deactivate where the host cannot update', async () => {
      const { update: _, ...adapter } = memory({ webhooks: named('Here') }).adapter;
      const page = await openSettings({ adapter });
      expect(items(await openRowMenu(page, 'Here'))).to.deep.equal(['Duplicate', 'Delete']);
    });

    it('no Delete where the host cannot delete', async () => {
      const { delete: _, ...adapter } = memory({ webhooks: named('Here') }).adapter;
      const page = await openSettings({ adapter });
      expect(items(await openRowMenu(page, 'Here'))).to.deep.equal(['Edit', 'Duplicate', 'Deactivate']);
    });

    it('Activate where it is switched off', async () => {
      const { adapter } = memory({ webhooks: [storedWebhook({ name: 'Off', active: false })] });
      const page = await openSettings({ adapter });
      expect(items(await openRowMenu(page, 'Off'))).to.deep.equal(['Edit', 'Duplicate', 'Activate', 'Delete']);
    });

    it('is not there for a viewer who may only look, and gone when that changes', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter });
      await openRowMenu(page, 'Here');
      page.element.access = 'read-only';
      await page.element.updateComplete;
      expect(page.has('menu')).to.equal(false);
      expect(page.all('button').map(nameOf)).to.deep.equal(['POST hooks.example.com']);
    });

    it('is not there for a row that cannot be read', async () => {
      const { adapter } = recorded({
        list: () => Promise.resolve({ items: [{ id: 'x', name: 'Broken' } as never] }),
        create: () => Promise.reject(new AdapterError('unknown')),
      });
      const page = await openSettings({ adapter });
      expect(page.row('Broken').all('button').map(nameOf)).to.be.empty;
    });
  });

  describe('Edit', () => {
    it('opens the webhook as the host has it now; the focus comes back to the button', async () => {
      const { page, adapter } = await opened('Here');
      await adapter.update('id of Here', { name: 'Elsewhere' }, { signal: new AbortController().signal });
      await chooseAction(page, 'Here', 'Edit');
      const modal = await page.modal.opened();
      modal.get('heading', 'Edit Webhook');
      expect(modal.field('Name').value).to.equal('Elsewhere');
      modal.press('Cancel');
      await modal.closed();
      await focusOn(() => button(page, 'Here'));
    });
  });

  describe('Duplicate', () => {
    it('fills the form in, asks for the secret again and adds one webhook', async () => {
      const original = storedWebhook({
        name: 'First',
        events: ['site.archived'],
        url: 'https://crm.example.com/in',
        method: 'PATCH',
        contentType: 'application/xml',
        headers: [{ key: 'X-Tenant', value: '7' }],
        test: true,
        active: false,
      });
      const { adapter, of } = memory({ webhooks: [original] });
      const page = await openSettings({ adapter });
      const created = heard(page.element, 'webhook-created');
      await chooseAction(page, 'First', 'Duplicate');
      const modal = await page.modal.opened();
      modal.get('heading', 'Add Webhook');
      expect(modal.field('Name').value).to.equal(say('copyName', { name: 'First' }));
      expect(modal.field('Username').value).to.equal('integration');
      expect(modal.field('Password').value).to.equal('');
      expect(modal.has('button', 'Replace')).to.equal(false);
      modal.fill('Name', 'Second');
      modal.fill('Password', 'entered again');
      modal.save();
      await modal.closed();
      const calls = of('create');
      expect(calls).to.have.length(1);
      const { id: _, version: __, createdAt: ___, updatedAt: ____, ...rest } = original;
      expect(calls[0]!.args[0]).to.deep.equal({
        ...rest,
        name: 'Second',
        authentication: {
          type: 'basic',
          organizationSpecific: false,
          credentials: [{ username: 'integration', password: 'entered again' }],
        },
      });
      expect(of('update')).to.be.empty;
      expect(created).to.have.length(1);
      expect(page.names).to.have.members(['First', 'Second']);
    });

    it('does not go out without the secrets', async () => {
      const token = storedWebhook({
        name: 'First',
        authentication: { type: 'token', organizationSpecific: false, credentials: [{ key: 'X-Token', value: { stored: true } }] },
      });
      const { adapter, of } = memory({ webhooks: [token] });
      const page = await openSettings({ adapter });
      await chooseAction(page, 'First', 'Duplicate');
      const modal = await page.modal.opened();
      modal.save();
      await until(() => modal.authentication.problem('Value'), 'an error at the secret');
      expect(modal.authentication.problem('Value')).to.equal(say('required', { label: 'Value' }));
      expect(of('create')).to.be.empty;
    });

    it('may be for another organization', async () => {
      const original = storedWebhook({
        name: 'North',
        authentication: {
          type: 'hmac-sha256',
          organizationSpecific: true,
          credentials: [{ organizationId: 'org_1', clientId: 'client-1', clientSecret: { stored: true, hint: '9f2a' } }],
        },
      });
      const { adapter, of } = memory({ webhooks: [original] });
      const page = await openSettings({ adapter, organizations });
      await chooseAction(page, 'North', 'Duplicate');
      const modal = await page.modal.opened();
      expect(modal.organizationNames).to.deep.equal(['Northwind']);
      modal.fill('Organization', 'Contoso');
      await modal.settled();
      expect(modal.organization('Contoso').field('Client ID').value).to.equal('client-1');
      modal.organization('Contoso').fill('Client Secret', 'of Contoso');
      modal.save();
      await modal.closed();
      expect((of('create')[0]!.args[0] as WebhookInput).authentication).to.deep.equal({
        type: 'hmac-sha256',
        organizationSpecific: true,
        credentials: [{ organizationId: 'org_3', clientId: 'client-1', clientSecret: 'of Contoso' }],
      });
    });

    it('is of the webhook as the host has it now', async () => {
      const { page, adapter } = await opened('Here');
      await adapter.update('id of Here', { url: 'https://new.example.com/in' }, { signal: new AbortController().signal });
      await chooseAction(page, 'Here', 'Duplicate');
      const modal = await page.modal.opened();
      expect(modal.field('Endpoint URL').value).to.equal('https://new.example.com/in');
    });

    for (const character of ['N', '👩‍👩‍👧‍👦'])
      it(`cuts a name of ${character} that would become too long, between characters`, async () => {
        const { page, of } = await opened(character.repeat(97));
        await chooseAction(page, character.repeat(97), 'Duplicate');
        const modal = await page.modal.opened();
        expect(modal.field('Name').value).to.equal(say('copyName', { name: character.repeat(93) }));
        modal.fill('Password', 'entered again');
        modal.save();
        await modal.closed();
        expect(of('create')).to.have.length(1);
      });

    it('leaves no trace in the form that is opened next', async () => {
      const { page } = await opened('Here');
      await chooseAction(page, 'Here', 'Duplicate');
      await page.modal.opened();
      page.modal.press('Cancel');
      await page.modal.closed();
      const modal = await page.openAdd();
      expect(modal.field('Name').value).to.equal('');
      expect(modal.hasField('Username')).to.equal(false);
    });
  });

  describe('Deactivate and Activate', () => {
    it('change that alone, with the version, say so and tell the page', async () => {
      const { page, of } = await opened('Here');
      const updated = heard(document, 'webhook-updated');
      await chooseAction(page, 'Here', 'Deactivate');
      await until(() => page.row('Here').text.includes('inactive'), 'the label');
      expect(of('update').map(({ args }) => [args[0], args[1]])).to.deep.equal([['id of Here', { active: false }]]);
      expect(of('update')[0]!.args[2]).to.include({ version: '7' });
      expect(updated.map(({ webhook }) => [webhook.id, webhook.active])).to.deep.equal([['id of Here', false]]);
      await until(() => announced(page).includes(say('deactivated', { name: 'Here' })), 'an announcement');
      await focusOn(() => button(page, 'Here'));
      await chooseAction(page, 'Here', 'Activate');
      await until(() => !page.row('Here').text.includes('inactive'), 'no label');
      expect(of('update')[1]!.args[1]).to.deep.equal({ active: true });
      expect(of('update')[1]!.args[2]).to.include({ version: '8' });
    });

    it('shows that it is under way, and does nothing twice', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const answer = deferred();
      const { adapter: slow, of } = recorded({
        ...adapter,
        update: async (...args: Parameters<typeof adapter.update>) => {
          await answer.promise;
          return adapter.update(...args);
        },
      });
      const page = await openSettings({ adapter: slow });
      await chooseAction(page, 'Here', 'Deactivate');
      const row = page.row('Here').root as Element;
      await until(() => row.getAttribute('aria-busy') === 'true', 'the row to be busy');
      expect(page.row('Here').text).not.to.include('inactive');
      await chooseAction(page, 'Here', 'Deactivate');
      answer.resolve();
      await until(() => page.row('Here').text.includes('inactive'), 'the label');
      expect((page.row('Here').root as Element).hasAttribute('aria-busy')).to.equal(false);
      expect(of('update')).to.have.length(1);
    });

    it('that fail say why in the row, leave it as it was, and can be tried again', async () => {
      let fails = true;
      const { adapter } = memory({
        webhooks: named('Other', 'Here'),
        intercept: (operation) => {
          if (operation === 'update' && fails) throw new AdapterError('forbidden', { message: 'Only the owner may.' });
        },
      });
      const page = await openSettings({ adapter });
      const errors = heard(page.element, 'webhook-error');
      const updated = heard(page.element, 'webhook-updated');
      await chooseAction(page, 'Here', 'Deactivate');
      await until(() => page.row('Here').find('alert'), 'the failure in the row');
      expect(textOf(page.row('Here').get('alert'))).to.equal(`${say('deactivateFailed', { name: 'Here' })} Only the owner may. Retry Dismiss`);
      expect(page.row('Other').has('alert')).to.equal(false);
      expect(page.row('Here').text).not.to.include('inactive');
      expect(errors).to.deep.equal([{ operation: 'update', code: 'forbidden' }]);
      expect(updated).to.be.empty;
      fails = false;
      await chooseAction(page, 'Here', 'Deactivate');
      await until(() => page.row('Here').text.includes('inactive'), 'the label');
      expect(page.row('Here').has('alert')).to.equal(false);
    });
  });

  describe('a failure in a row', () => {
    const failing = async () => {
      let fails = true;
      const host = memory({
        webhooks: named('Here'),
        intercept: (operation) => {
          if (operation === 'update' && fails) throw new AdapterError('forbidden');
        },
      });
      const page = await openSettings({ adapter: host.adapter });
      await chooseAction(page, 'Here', 'Deactivate');
      await until(() => page.row('Here').has('alert'), 'the failure in the row');
      return { page, ...host, mend: () => (fails = false) };
    };

    it('can be tried again there, and opens no form', async () => {
      const { page, of, mend } = await failing();
      mend();
      await click(page.row('Here').get('alert'));
      page.row('Here').press('Retry');
      await until(() => page.row('Here').text.includes('inactive'), 'the label');
      expect(page.row('Here').has('alert')).to.equal(false);
      await until(() => page.rows[0]!.ariaBusy !== 'true', 'the row to be free');
      await new Promise(requestAnimationFrame);
      expect(of('get').length).to.equal(0);
    });

    it('can be dismissed', async () => {
      const { page, of } = await failing();
      await click(page.row('Here').button(say('dismiss')));
      await page.disappears('alert');
      await new Promise(requestAnimationFrame);
      expect(of('update')).to.have.length(1);
      expect(of('get').length).to.equal(0);
    });
  });

  describe('Delete', () => {
    const ask = async (page: SettingsPage, name: string) => {
      await chooseAction(page, name, 'Delete');
      await page.appears('alertdialog', say('deleteTitle', { name }));
      return page.within('alertdialog');
    };

    it('asks by name, with the focus on Cancel; nothing is sent before', async () => {
      const { page, of } = await opened('Here');
      const question = await ask(page, 'Here');
      expect(page.get('alertdialog').matches(':modal')).to.equal(true);
      expect(question.text).to.include('Here').and.include(say('deleteText', { count: 1 }));
      await focusOn(() => question.button('Cancel'));
      expect(of('delete')).to.be.empty;
      await press('Enter');
      await page.disappears('alertdialog');
      expect(page.names).to.deep.equal(['Here']);
      expect(of('delete')).to.be.empty;
      await focusOn(() => button(page, 'Here'));
    });

    for (const [what, name, named] of [
      ['reverses the reading direction', 'a\u202Egnp.exe', '\u2068a\u202Egnp.exe\u2069'],
      ['is read from right to left', 'طلب', '\u2068طلب\u2069'],
      ['does neither', 'Ünïcode 会社 🔑', 'Ünïcode 会社 🔑'],
    ] as const)
      it(`names a webhook whose name ${what}${name === named ? '' : ', and keeps that to itself'}`, async () => {
        const { page } = await opened(name);
        await chooseAction(page, name, 'Delete');
        await page.appears('alertdialog');
        expect(nameOf(page.get('alertdialog'))).to.equal(`Delete “${named}”?`);
      });

    it('is stopped when the browser closes the question by itself, as it may on a second Escape', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const { adapter: never, of } = recorded({ ...adapter, delete: () => deferred<never>().promise });
      const page = await openSettings({ adapter: never });
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => of('delete').length, 'the call');
      page.get<HTMLDialogElement>('alertdialog').close();
      await until(() => of('delete')[0]!.signal.aborted, 'the end of waiting');
      const again = await ask(page, 'Here');
      expect(again.button('Delete').getAttribute('aria-disabled')).to.equal(null);
    });

    it('any number of Escapes delete nothing', async () => {
      const { page, of } = await opened('Here');
      await ask(page, 'Here');
      await press('Escape');
      await press('Escape');
      await page.disappears('alertdialog');
      expect(of('delete')).to.be.empty;
      expect(page.names).to.deep.equal(['Here']);
      await focusOn(() => button(page, 'Here'));
    });

    it('deletes with the version, once, says so and tells the page', async () => {
      const { page, of } = await opened('Other', 'Here');
      const deleted = heard(document, 'webhook-deleted');
      const question = await ask(page, 'Here');
      const agree = question.button('Delete');
      agree.click();
      agree.click();
      await page.disappears('alertdialog');
      expect(page.names).to.deep.equal(['Other']);
      expect(of('delete').map(({ args }) => args[0])).to.deep.equal(['id of Here']);
      expect(of('delete')[0]!.args[1]).to.include({ version: '7' });
      expect(deleted).to.deep.equal([{ id: 'id of Here' }]);
      await until(() => announced(page).includes(say('deleted', { name: 'Here' })), 'an announcement');
    });

    it('leaves the focus in the row that took its place', async () => {
      const { page } = await opened('Third', 'Second', 'First');
      (await ask(page, 'Second')).press('Delete');
      await page.disappears('alertdialog');
      await focusOn(() => page.button('Third'));
    });

    it('leaves it in the last row after the last', async () => {
      const { page } = await opened('Last', 'First');
      (await ask(page, 'Last')).press('Delete');
      await page.disappears('alertdialog');
      await focusOn(() => page.button('First'));
    });

    it('leaves it at Add Webhook when none is left', async () => {
      const { page } = await opened('Only');
      (await ask(page, 'Only')).press('Delete');
      await page.disappears('alertdialog');
      expect(page.parts('empty')).to.have.length(1);
      await focusOn(() => page.button('Add Webhook'));
    });

    it('that fails says so in the question, and can be tried again', async () => {
      let fails = true;
      const { adapter, of } = memory({
        webhooks: named('Here'),
        intercept: (operation) => {
          if (operation === 'delete' && fails) throw new AdapterError('forbidden', { message: 'Back at five.' });
        },
      });
      const page = await openSettings({ adapter });
      const errors = heard(page.element, 'webhook-error');
      const deleted = heard(page.element, 'webhook-deleted');
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => question.find('alert'), 'the failure');
      expect(textOf(question.get('alert'))).to.equal(`${say('deleteFailed', { name: 'Here' })} Back at five.`);
      expect(page.names).to.deep.equal(['Here']);
      expect(errors).to.deep.equal([{ operation: 'delete', code: 'forbidden' }]);
      expect(deleted).to.be.empty;
      fails = false;
      question.press('Delete');
      await page.disappears('alertdialog');
      expect(page.parts('empty')).to.have.length(1);
      expect(of('delete')).to.have.length(2);
    });

    it('whose answer got lost says that it may have been done, and looks', async () => {
      const { adapter } = memory({ webhooks: named('Other', 'Here') });
      const lost = recorded({
        ...adapter,
        delete: async (...args: Parameters<typeof adapter.delete>) => {
          await adapter.delete(...args);
          throw new AdapterError('network');
        },
      });
      const page = await openSettings({ adapter: lost.adapter });
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => question.find('alert'), 'the failure');
      expect(textOf(question.get('alert'))).to.equal(`${say('deleteUnsure', { name: 'Here' })} ${say('error.network')}`);
      await until(() => page.names.join() === 'Other', 'a look at the list');
      question.press('Cancel');
      await page.disappears('alertdialog');
      // The list shows that it was.
      expect(page.has('alert')).to.equal(false);
    });

    it('of which nothing is known says so in its row as well', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = await openSettings({ adapter: { ...adapter, delete: () => Promise.reject(new AdapterError('network')) } });
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => question.find('alert'), 'the failure');
      question.press('Cancel');
      await page.disappears('alertdialog');
      expect(textOf(page.row('Here').get('alert'))).to.equal(`${say('deleteUnsure', { name: 'Here' })} ${say('error.network')} Retry Dismiss`);
      page.row('Here').press('Retry');
      await page.appears('alertdialog', say('deleteTitle', { name: 'Here' }));
    });

    it('leaves the focus in the nearest row that can have it', async () => {
      const { adapter } = memory({ webhooks: named('Last', 'Goes', 'First') });
      const page = await openSettings({
        adapter: {
          ...adapter,
          list: async (...args) => {
            const { items, ...more } = await adapter.list(...args);
            return { ...more, items: items.map((item) => (item.name === 'Last' ? ({ id: 'x', name: 'Broken' } as never) : item)) };
          },
        },
      });
      (await ask(page, 'Goes')).press('Delete');
      await page.disappears('alertdialog');
      await focusOn(() => page.button('First'));
    });

    it('of one that someone else deleted counts as done', async () => {
      const { page, adapter } = await opened('Other', 'Gone');
      const deleted = heard(page.element, 'webhook-deleted');
      const errors = heard(page.element, 'webhook-error');
      await adapter.delete('id of Gone', { signal: new AbortController().signal });
      (await ask(page, 'Gone')).press('Delete');
      await page.disappears('alertdialog');
      expect(page.names).to.deep.equal(['Other']);
      expect(deleted).to.deep.equal([{ id: 'id of Gone' }]);
      expect(errors).to.be.empty;
    });

    it('of one that someone else changed shows it, and deletes that only when asked again', async () => {
      const { page, adapter, of } = await opened('Here');
      await adapter.update('id of Here', { name: 'Changed' }, { signal: new AbortController().signal });
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => question.find('alert'), 'the conflict');
      expect(textOf(question.get('alert'))).to.equal(`${say('deleteFailed', { name: 'Here' })} ${say('deleteConflict')}`);
      expect(nameOf(page.get('alertdialog'))).to.equal(say('deleteTitle', { name: 'Changed' }));
      expect(page.names).to.deep.equal(['Changed']);
      question.press('Delete');
      await page.disappears('alertdialog');
      expect(of('delete').map(({ args }) => (args[1] as { version?: string }).version)).to.deep.equal(['7', '8']);
      expect(page.parts('empty')).to.have.length(1);
    });

    it('Cancel stops waiting for an answer that does not come', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const { adapter: never, of } = recorded({ ...adapter, delete: () => deferred<never>().promise });
      const page = await openSettings({ adapter: never });
      const question = await ask(page, 'Here');
      question.press('Delete');
      await until(() => of('delete').length, 'the call');
      question.press('Cancel');
      await page.disappears('alertdialog');
      expect(of('delete')[0]!.signal.aborted).to.equal(true);
      // It may have been deleted all the same: the list is asked for again.
      await until(() => of('list').length === 2, 'another look at the list');
      expect(page.names).to.deep.equal(['Here']);
    });
  });

  describe('is of the list that it was opened in', () => {
    it('and closes when another takes its place, or it leaves the page', async () => {
      const { page } = await opened('Here');
      const other = memory({ webhooks: [storedWebhook({ id: 'id of Here', name: 'Of another account' })] });
      await openRowMenu(page, 'Here');
      page.element.adapter = other.adapter;
      await until(() => page.names.includes('Of another account'), 'the other list');
      expect(page.has('menu')).to.equal(false);
      await openRowMenu(page, 'Of another account');
      const { element } = page;
      const parent = element.parentElement!;
      element.remove();
      parent.append(element);
      await element.updateComplete;
      await until(() => page.names.includes('Of another account'), 'the list');
      expect(page.has('menu')).to.equal(false);
      expect(button(page, 'Of another account').getAttribute('aria-expanded')).to.equal('false');
    });

    it('and stays at its button in what scrolls inside of another component', async () => {
      const { page } = await opened(...Array.from({ length: 25 }, (_, index) => `W${index}`));
      const shell = document.createElement('div');
      const root = shell.attachShadow({ mode: 'open' });
      root.innerHTML = '<div><slot></slot></div>';
      const scroller = root.firstElementChild as HTMLElement;
      Object.assign(scroller.style, { height: '400px', overflow: 'auto' });
      page.element.replaceWith(shell);
      shell.append(page.element);
      await page.element.updateComplete;
      const opener = await page.appears('button', 'Actions for W20');
      await openRowMenu(page, 'W20');
      const gap = () => Math.round(page.get('menu').getBoundingClientRect().top - opener.getBoundingClientRect().bottom);
      const [before, top] = [gap(), opener.getBoundingClientRect().top];
      scroller.scrollTop += 40;
      await until(() => opener.getBoundingClientRect().top !== top && gap() === before, 'the menu to follow');
      shell.remove();
    });

    it('and stays at its button when the page is scrolled', async () => {
      const { page } = await opened(...Array.from({ length: 25 }, (_, index) => `W${index}`));
      const opener = button(page, 'W12');
      opener.scrollIntoView({ block: 'center' });
      await openRowMenu(page, 'W12');
      const gap = () => Math.round(page.get('menu').getBoundingClientRect().top - opener.getBoundingClientRect().bottom);
      const [before, top] = [gap(), opener.getBoundingClientRect().top];
      scrollBy(0, -60);
      await until(() => opener.getBoundingClientRect().top !== top && gap() === before, 'the menu to follow');
    });
  });

  it('switches one off that is just being opened', async () => {
    const gate = deferred();
    const { adapter, of } = memory({ webhooks: named('Here'), intercept: (operation) => (operation === 'get' ? gate.promise : undefined) });
    const page = await openSettings({ adapter });
    void page.element.edit('id of Here');
    await until(() => of('get').length === 1, 'the call');
    await chooseAction(page, 'Here', 'Deactivate');
    gate.resolve();
    await until(() => page.row('Here').text.includes('inactive'), 'the label');
    expect(of('update').map(({ args }) => args[1])).to.deep.equal([{ active: false }]);
  });

  it('keeps Escape at the question to itself', async () => {
    const { page } = await opened('Here');
    let left = 0;
    const listen = ({ key, defaultPrevented }: KeyboardEvent) => (left += Number(key === 'Escape' && !defaultPrevented));
    document.addEventListener('keydown', listen);
    try {
      await chooseAction(page, 'Here', 'Delete');
      await page.appears('alertdialog');
      await press('Escape');
      await page.disappears('alertdialog');
      expect(left).to.equal(0);
    } finally {
      document.removeEventListener('keydown', listen);
    }
  });
});
