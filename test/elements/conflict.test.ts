import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { ChangeOptions, WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import { pressKey } from '../helpers/keys.js';
import { focusOn, nameOf, type Page, until } from '../helpers/page.js';
import { memory, openModal, openSettings, recorded, say, storedWebhook, type ModalPage } from '../helpers/widget.js';
import { announced, heard } from '../helpers/hosts.js';

const anySignal = () => ({ signal: new AbortController().signal });
const title = say('conflictTitle');

const original = (): Webhook =>
  storedWebhook({ id: 'wh_1', name: 'Original', url: 'https://hooks.example.com/old', headers: [{ key: 'X-Tenant', value: '7' }] });

/** A host with one webhook, open in the form. */
async function editing(webhook = original(), more?: (adapter: Required<ReturnType<typeof memory>['adapter']>) => Partial<WebhookAdapter>) {
  const host = memory({ webhooks: [webhook] });
  const { adapter, of } = recorded<WebhookAdapter>({ ...host.adapter, ...more?.(host.adapter as never) });
  const page = await openSettings({ adapter });
  const modal = await page.openEdit(webhook.name);
  const elsewhere = (changes: Partial<WebhookInput>) => host.adapter.update(webhook.id, changes, anySignal());
  const now = () => host.adapter.get(webhook.id, anySignal());
  return { page, modal, of, elsewhere, now, adapter: host.adapter };
}

async function conflict(modal: ModalPage): Promise<Page> {
  modal.save();
  await modal.appears('dialog', title);
  return modal.within('dialog', title);
}

const fields = (dialog: Page) => dialog.all('group').map(nameOf);
const mine = new RegExp(`^${say('conflictMine')}`);
const theirs = new RegExp(`^${say('conflictTheirs')}`);
const side = (dialog: Page, field: string, which: RegExp) => dialog.within('group', field).get<HTMLInputElement>('radio', which);
const taken = (dialog: Page, field: string) => (side(dialog, field, theirs).checked ? 'theirs' : 'yours');
const changesOf = (calls: readonly { args: readonly unknown[] }[]) => calls.map(({ args }) => args[1]);
const versionsOf = (calls: readonly { args: readonly unknown[] }[]) => calls.map(({ args }) => (args.at(-1) as ChangeOptions).version);

describe('the version', () => {
  it('goes back with an edit, and the next edit sends the new one', async () => {
    const { page, modal, of } = await editing();
    modal.fill('Name', 'Once');
    modal.save();
    await modal.closed();
    await page.openEdit('Once');
    modal.fill('Name', 'Twice');
    modal.save();
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '8']);
    expect(changesOf(of('update'))).to.deep.equal([{ name: 'Once' }, { name: 'Twice' }]);
  });

  it('is the one that was edited, not one that the list learned of meanwhile', async () => {
    const { page, modal, of, elsewhere } = await editing();
    modal.fill('Name', 'Mine');
    await elsewhere({ active: false });
    await page.element.refresh();
    await conflict(modal);
    expect(versionsOf(of('update'))).to.deep.equal(['7']);
  });

  it('is left out where the host has none', async () => {
    const { version: _, ...webhook } = original();
    const { modal, of } = await editing(webhook);
    modal.fill('Name', 'Mine');
    modal.save();
    await modal.closed();
    expect(of('update')[0]!.args[2]).not.to.have.property('version');
  });
});

describe('one idempotency key', () => {
  it('goes with each submit, is kept for its retries, and is another for another input', async () => {
    let fails = true;
    const { adapter, of } = memory({
      intercept: (operation) => {
        if (operation === 'create' && fails) throw new AdapterError('unavailable');
      },
    });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'First' });
    const failed = async (count: number) => {
      modal.save();
      await until(() => of('create').length === count && modal.text.includes(say('saveFailed')), 'a failure');
      await until(() => !modal.button('Save').hasAttribute('aria-disabled'), 'the end of saving');
    };
    await failed(1);
    await failed(2);
    modal.fill('Name', 'Second');
    fails = false;
    modal.save();
    await modal.closed();
    const keys = of('create').map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey);
    expect(keys).to.have.length(3);
    expect(keys[0]).to.equal(keys[1]);
    expect(keys[2]).not.to.equal(keys[0]);
    expect(keys[0]!.length).to.be.greaterThan(20);
    await page.openAdd();
    await modal.fillValid({ Name: 'Second' });
    modal.save();
    await modal.closed();
    const again = (of('create')[3]!.args[1] as { idempotencyKey: string }).idempotencyKey;
    expect(again, 'the same input in another form').not.to.equal(keys[2]);
    expect(page.names).to.deep.equal(['Second', 'Second']);
  });
});

describe('a conflict', () => {
  it('shows, field by field, what the other person changed and what you changed', async () => {
    const { page, modal, elsewhere } = await editing();
    const errors = heard(page.element, 'webhook-error');
    await elsewhere({ name: 'Theirs', url: 'https://hooks.example.com/theirs' });
    modal.fill('Name', 'Mine');
    modal.fill('Active', false);
    const dialog = await conflict(modal);
    expect((dialog.root as Element).matches(':modal')).to.equal(true);
    expect(fields(dialog)).to.deep.equal(['Name', 'Endpoint URL', 'Active']);
    expect(nameOf(side(dialog, 'Name', theirs))).to.equal(`${say('conflictTheirs')} Theirs`);
    expect(nameOf(side(dialog, 'Name', mine))).to.equal(`${say('conflictMine')} Mine`);
    expect(nameOf(side(dialog, 'Endpoint URL', theirs))).to.include('https://hooks.example.com/theirs');
    expect(nameOf(side(dialog, 'Active', mine))).to.include(say('no'));
    // What only one changed is taken as they made it; where both did, yours comes first.
    expect(fields(dialog).map((field) => taken(dialog, field))).to.deep.equal(['yours', 'theirs', 'yours']);
    expect(errors).to.deep.equal([{ operation: 'update', code: 'conflict' }]);
    expect(modal.isOpen).to.equal(true);
  });

  it('saved as proposed keeps both: the next save sends the new version and only what differs', async () => {
    const { modal, of, elsewhere, now } = await editing();
    await elsewhere({ name: 'Theirs', url: 'https://hooks.example.com/theirs' });
    modal.fill('Name', 'Mine');
    modal.fill('Active', false);
    (await conflict(modal)).press(say('conflictSave'));
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '8']);
    expect(changesOf(of('update'))[1]).to.deep.equal({ name: 'Mine', active: false });
    expect(await now()).to.include({ name: 'Mine', url: 'https://hooks.example.com/theirs', active: false });
  });

  it('saved with theirs for everything sends nothing', async () => {
    const { page, modal, of, elsewhere, now } = await editing();
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    side(dialog, 'Name', theirs).click();
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(of('update')).to.have.length(1);
    expect((await now()).name).to.equal('Theirs');
    await page.element.refresh();
    expect(page.names).to.deep.equal(['Theirs']);
  });

  const authentication = (username: string): Webhook['authentication'] => ({
    type: 'basic',
    organizationSpecific: false,
    credentials: [{ username, password: { stored: true, hint: '9f2a' } }],
  });

  const everything: readonly [field: string, theirs: Partial<WebhookInput>, enter: (modal: ModalPage) => unknown, mine: Partial<WebhookInput>][] = [
    ['Name', { name: 'Theirs' }, (modal) => modal.fill('Name', 'Mine'), { name: 'Mine' }],
    ['Events', { events: ['site.archived'] }, (modal) => modal.fill('Event', 'Qualification Update'), { events: ['qualification.update'] }],
    [
      'Endpoint URL',
      { url: 'https://a.example.com/theirs' },
      (modal) => modal.fill('Endpoint URL', 'https://a.example.com/mine'),
      { url: 'https://a.example.com/mine' },
    ],
    ['HTTP method', { method: 'PUT' }, (modal) => modal.fill('HTTP method', 'PATCH'), { method: 'PATCH' }],
    [
      'Content type',
      { contentType: 'application/xml' },
      (modal) => modal.fill('Content type', 'application/x-www-form-urlencoded'),
      { contentType: 'application/x-www-form-urlencoded' },
    ],
    [
      'Request headers',
      { headers: [{ key: 'X-Theirs', value: '1' }] },
      (modal) => modal.addRequestHeader('X-Mine', '2'),
      {
        headers: [
          { key: 'X-Tenant', value: '7' },
          { key: 'X-Mine', value: '2' },
        ],
      },
    ],
    ['Test credentials', { test: true, name: 'Also' }, (modal) => modal.fill('Name', 'Also mine'), {}],
    [
      'Authentication',
      { authentication: authentication('theirs') },
      (modal) => modal.fill('Username', 'mine'),
      { authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'mine', password: { stored: true } }] } },
    ],
  ];

  for (const [field, changes, enter, sent] of everything)
    for (const which of ['theirs', 'yours'] as const)
      it(`${field}: takes ${which}`, async () => {
        const { modal, of, elsewhere, now } = await editing();
        const other = await elsewhere(changes);
        await enter(modal);
        await modal.settled();
        const dialog = await conflict(modal);
        for (const one of fields(dialog)) side(dialog, one, which === 'theirs' ? theirs : mine).click();
        dialog.press(say('conflictSave'));
        await modal.closed();
        if (which === 'theirs') {
          expect(of('update')).to.have.length(1);
          expect(await now()).to.deep.equal(other);
          return;
        }
        const expected = field === 'Test credentials' ? { name: 'Also mine', test: false } : sent;
        expect(changesOf(of('update'))[1]).to.deep.equal(expected);
        expect(versionsOf(of('update'))[1]).to.equal('8');
      });

  it('keeps a secret that was typed, shows none, and sends it with yours', async () => {
    const { modal, of, elsewhere } = await editing();
    await elsewhere({ authentication: authentication('theirs') });
    modal.press('Replace');
    await modal.settled();
    modal.fill('Password', 'TYPED-SECRET');
    const dialog = await conflict(modal);
    expect(dialog.text).not.to.include('TYPED-SECRET');
    expect(nameOf(side(dialog, 'Authentication', mine))).to.include(say('secretNew'));
    expect(nameOf(side(dialog, 'Authentication', theirs))).to.include(say('secretSet'));
    dialog.press(say('conflictBack'));
    await modal.disappears('dialog', title);
    expect(modal.field('Password').value).to.equal('TYPED-SECRET');
    (await conflict(modal)).press(say('conflictSave'));
    await modal.closed();
    const { authentication: sent } = of('update').at(-1)!.args[1] as WebhookInput;
    expect(sent.credentials).to.deep.equal([{ username: 'integration', password: 'TYPED-SECRET' }]);
  });

  it('asks nothing of a secret that only the other person replaced: it is kept', async () => {
    const { modal, of, elsewhere } = await editing();
    const credentials = [{ username: 'integration', password: 'another password' }];
    await elsewhere({ name: 'Theirs', authentication: { type: 'basic', organizationSpecific: false, credentials } });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    expect(fields(dialog)).to.deep.equal(['Name']);
    side(dialog, 'Name', mine).click();
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(changesOf(of('update')).at(-1)).to.deep.equal({ name: 'Mine' });
  });

  it('theirs for the authentication forgets the secret that was typed', async () => {
    const { modal, of, elsewhere } = await editing();
    await elsewhere({ name: 'Theirs', authentication: authentication('theirs') });
    modal.fill('Name', 'Mine');
    modal.press('Replace');
    await modal.settled();
    modal.fill('Password', 'TYPED-SECRET');
    const dialog = await conflict(modal);
    side(dialog, 'Authentication', theirs).click();
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(changesOf(of('update'))[1]).to.deep.equal({ name: 'Mine' });
  });

  for (const way of ['Back to the form', 'Escape'])
    it(`${way} goes back with everything as it was typed, and saving asks again`, async () => {
      const { modal, of, elsewhere } = await editing();
      await elsewhere({ name: 'Theirs' });
      modal.fill('Name', 'Mine');
      modal.fill('Endpoint URL', 'https://hooks.example.com/mine');
      const dialog = await conflict(modal);
      side(dialog, 'Name', theirs).click();
      if (way === 'Escape') await pressKey('Escape');
      else dialog.press(say('conflictBack'));
      await modal.disappears('dialog', title);
      expect(modal.isOpen).to.equal(true);
      expect(modal.field('Name').value).to.equal('Mine');
      expect(modal.field('Endpoint URL').value).to.equal('https://hooks.example.com/mine');
      const again = await conflict(modal);
      expect(taken(again, 'Name')).to.equal('yours');
      expect(versionsOf(of('update'))).to.deep.equal(['7', '7']);
    });

  it('that comes again while it is being resolved shows what is there by then', async () => {
    const { modal, of, elsewhere, now } = await editing();
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    await elsewhere({ name: 'Theirs again', test: true });
    dialog.press(say('conflictSave'));
    await until(() => modal.find('dialog', title) && modal.text.includes('Theirs again'), 'the second conflict');
    const again = modal.within('dialog', title);
    expect(fields(again)).to.deep.equal(['Name', 'Test credentials']);
    again.press(say('conflictSave'));
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '8', '9']);
    expect(await now()).to.include({ name: 'Mine', test: true });
  });

  it('of a host that can tell no single webhook is looked up in its list', async () => {
    const { modal, of, elsewhere } = await editing(original(), (adapter) => ({
      get: undefined,
      update: (id, changes, options) =>
        adapter.update(id, changes, options).catch((error: AdapterError) => {
          throw new AdapterError(error.code);
        }),
    }));
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    expect(nameOf(side(dialog, 'Name', theirs))).to.include('Theirs');
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '8']);
  });

  it('that the host tells of without the current webhook asks for it', async () => {
    const { modal, of, elsewhere } = await editing(original(), (adapter) => ({
      update: (id, changes, options) =>
        adapter.update(id, changes, options).catch((error: AdapterError) => {
          throw new AdapterError(error.code);
        }),
    }));
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    expect(nameOf(side(dialog, 'Name', theirs))).to.include('Theirs');
    expect(of('get')).to.have.length(2);
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '8']);
  });

  for (const [what, more] of [
    ['cannot be fetched', { get: () => Promise.reject(new AdapterError('unavailable')) }],
    ['is malformed', { get: () => Promise.resolve({ id: 'wh_1' } as Webhook) }],
  ] as const)
    it(`whose current webhook ${what} says so and keeps the text`, async () => {
      let broken = false;
      const { modal } = await editing(original(), (adapter) => ({
        get: (id, options) => (broken ? more.get() : adapter.get(id, options)),
        update: () => Promise.reject(new AdapterError('conflict')),
      }));
      broken = true;
      modal.fill('Name', 'Mine');
      modal.save();
      await until(() => modal.text.includes(say('error.clash')), 'the failure');
      expect(modal.has('dialog', title)).to.equal(false);
      expect(modal.field('Name').value).to.equal('Mine');
    });

  it('with a current webhook that is malformed shows nothing of it', async () => {
    const { modal } = await editing(original(), () => ({
      get: undefined,
      update: () =>
        Promise.reject(new AdapterError('conflict', { current: { id: 'wh_1', name: 'LEAK', authentication: { password: 'LEAK' } } as never })),
    }));
    modal.fill('Name', 'Mine');
    modal.save();
    await until(() => modal.text.includes(say('error.clash')), 'the failure');
    expect(modal.text).not.to.include('LEAK');
    expect(modal.field('Name').value).to.equal('Mine');
  });

  it('of a webhook that was deleted meanwhile says that it no longer exists, and keeps the text', async () => {
    const { modal, adapter } = await editing();
    await adapter.delete('wh_1', anySignal());
    modal.fill('Name', 'Mine');
    modal.save();
    await until(() => modal.text.includes(say('error.not-found')), 'the failure');
    expect(modal.field('Name').value).to.equal('Mine');
  });

  it('has the focus inside, and then at what the form says of it', async () => {
    const { modal, elsewhere } = await editing();
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    await until(() => dialog.root.contains(modal.element.shadowRoot!.activeElement), 'the focus in the question');
    dialog.press(say('conflictBack'));
    await modal.disappears('dialog', title);
    await focusOn(() => modal.get('group', say('saveFailed')));
    expect(modal.text).to.include(say('error.conflict'));
  });
});

describe('a conflict about credentials per organization', () => {
  const credential = (organizationId: string, username: string) => ({ organizationId, username, password: { stored: true as const, hint: '9f2a' } });
  const shared = (...credentials: ReturnType<typeof credential>[]): Pick<Webhook, 'authentication'> => ({
    authentication: { type: 'basic', organizationSpecific: true, credentials },
  });
  const both = () => ({ ...original(), ...shared(credential('org_1', 'north'), credential('org_2', 'south')) });

  it('shows what differs, organization by organization, and nothing of the rest', async () => {
    const { modal, elsewhere } = await editing(both());
    await elsewhere(shared(credential('org_1', 'theirs'), credential('org_2', 'south')));
    modal.within('group', 'Northwind').fill('Username', 'mine');
    const dialog = await conflict(modal);
    expect(fields(dialog)).to.deep.equal(['Authentication']);
    expect(nameOf(side(dialog, 'Authentication', theirs))).to.equal('Theirs Northwind Username: theirs');
    expect(nameOf(side(dialog, 'Authentication', mine))).to.equal('Yours Northwind Username: mine');
  });

  it('names an organization by its id where the catalogue has it no more', async () => {
    const { modal, elsewhere } = await editing(both());
    const gone = { organizationId: 'org_gone', username: 'who', password: 'a password of theirs' };
    await elsewhere({ authentication: { type: 'basic', organizationSpecific: true, credentials: [credential('org_1', 'north'), gone] } });
    modal.within('group', 'Northwind').fill('Username', 'mine');
    expect(nameOf(side(await conflict(modal), 'Authentication', theirs))).to.include('org_gone');
  });

  it('asks nothing where they were only put into another order', async () => {
    const { modal, of, elsewhere } = await editing(both());
    await elsewhere({ name: 'Theirs', ...shared(credential('org_2', 'south'), credential('org_1', 'north')) });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    expect(fields(dialog)).to.deep.equal(['Name']);
    dialog.press(say('conflictSave'));
    await modal.closed();
    expect(changesOf(of('update')).at(-1)).to.have.property('name', 'Mine');
  });

  it('says that a secret that was typed is not saved with theirs', async () => {
    const { modal, elsewhere } = await editing(both());
    await elsewhere(shared(credential('org_1', 'theirs'), credential('org_2', 'south')));
    const block = modal.within('group', 'Northwind');
    block.press('Replace');
    await modal.settled();
    block.fill('Password', 'TYPED-SECRET');
    const dialog = await conflict(modal);
    const warning = say('conflictDropsSecret', { label: 'Password' });
    expect(nameOf(side(dialog, 'Authentication', theirs))).to.include(warning);
    expect(nameOf(side(dialog, 'Authentication', mine))).not.to.include(warning);
  });

  const token = { type: 'token' as const, organizationSpecific: false, credentials: [{ key: 'X-Token', value: 'theirs' }] };
  const others: readonly (readonly [what: string, other: Partial<WebhookInput>])[] = [
    ['removed its organization', shared(credential('org_1', 'north'))],
    ['chose another type', { authentication: token }],
  ];
  for (const [what, other] of others)
    it(`asks for a password that is stored no more, since the other person ${what}: none is emptied`, async () => {
      const { modal, of, elsewhere } = await editing(both());
      await elsewhere(other);
      const block = modal.within('group', 'Südwind GmbH');
      block.fill('Username', 'mine');
      (await conflict(modal)).press(say('conflictSave'));
      await modal.disappears('dialog', title);
      await until(() => block.problem('Password'), 'what is wrong');
      expect(block.problem('Password')).to.equal(say('required', { label: 'Password' }));
      expect(of('update')).to.have.length(1);
      for (const field of modal.all<HTMLInputElement>('textbox', 'Password')) {
        field.value = 'entered anew';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      modal.save();
      await modal.closed();
      const sent = (changesOf(of('update')).at(-1) as WebhookInput).authentication.credentials as { password: unknown }[];
      for (const { password } of sent) expect(password).not.to.equal('');
    });

  it('says that there is nothing where one side has no headers', async () => {
    const { modal, elsewhere } = await editing();
    await elsewhere({ headers: [] });
    await modal.addRequestHeader('X-Mine', '2');
    expect(nameOf(side(await conflict(modal), 'Request headers', theirs))).to.equal(`${say('conflictTheirs')} ${say('conflictNone')}`);
  });
});

describe('an answer about another webhook', () => {
  const other = (): Webhook => storedWebhook({ id: 'wh_2', name: 'Another', version: '1' });

  it('to a conflict is not taken for what is stored: nothing goes to that webhook', async () => {
    const { page, modal, of } = await editing(original(), () => ({
      get: undefined,
      update: () => Promise.reject(new AdapterError('conflict', { current: other() })),
    }));
    modal.fill('Name', 'Mine');
    modal.save();
    await until(() => modal.text.includes(say('error.clash')), 'the failure');
    expect(modal.has('dialog', title)).to.equal(false);
    modal.save();
    await until(() => of('update').length === 2, 'another try');
    expect(of('update').map(({ args }) => args[0])).to.deep.equal(['wh_1', 'wh_1']);
    expect(page.names).to.deep.equal(['Original']);
  });

  it('to an edit is an error, and its row stays as it is', async () => {
    const { page, modal } = await editing(original(), () => ({ update: () => Promise.resolve(other()) }));
    modal.fill('Name', 'Mine');
    modal.save();
    await until(() => modal.text.includes(say('error.unknown')), 'the failure');
    expect(page.names).to.deep.equal(['Original']);
  });

  it('to the modal alone is none', async () => {
    const modal = await openModal({ webhook: original() });
    modal.element.addEventListener('webhook-submit', (event) => event.waitUntil(Promise.reject({ code: 'conflict', current: other() })));
    modal.fill('Name', 'Mine');
    modal.save();
    await until(() => modal.text.includes(say('error.clash')), 'the failure');
    expect(modal.has('dialog', title)).to.equal(false);
  });
});

describe('a lost answer', () => {
  it('to one’s own save is not taken for another person’s change, also where a secret was replaced', async () => {
    let isLost = true;
    const { modal, of, now } = await editing(original(), (adapter) => ({
      async update(id, changes, options) {
        const webhook = await adapter.update(id, changes, options);
        if (!isLost) return webhook;
        isLost = false;
        throw new AdapterError('network');
      },
    }));
    modal.fill('Name', 'Mine');
    modal.press('Replace');
    await modal.settled();
    modal.fill('Password', 'TYPED-SECRET');
    modal.save();
    await until(() => modal.text.includes(say('error.network')), 'the failure');
    modal.fill('Name', 'Mine, again');
    modal.save();
    await modal.closed();
    expect(versionsOf(of('update'))).to.deep.equal(['7', '7', '8']);
    expect((await now()).name).to.equal('Mine, again');
  });
});

describe('a clash that is none of versions', () => {
  it('of a host without versions asks nothing, and says at the field what the host says', async () => {
    const { version: _, ...unversioned } = original();
    const { modal, of } = await editing(unversioned, () => ({
      update: () => Promise.reject(new AdapterError('conflict', { message: 'No.', fieldErrors: { name: 'This name is taken.' } })),
    }));
    modal.fill('Name', 'Taken');
    modal.save();
    await until(() => modal.problem('Name'), 'what the host says');
    expect(modal.problem('Name')).to.equal('This name is taken.');
    expect(modal.has('dialog', title)).to.equal(false);
    expect(of('get'), 'only to open it').to.have.length(1);
  });

  it('of a host without versions says what the host says, and no more', async () => {
    const { version: _, ...unversioned } = original();
    const { modal } = await editing(unversioned, () => ({ update: () => Promise.reject(new AdapterError('conflict')) }));
    modal.fill('Name', 'Taken');
    modal.save();
    await until(() => modal.text.includes(say('error.clash')), 'the failure');
    expect(modal.has('dialog', title)).to.equal(false);
  });

  it('shows what the host says in the form, and asks nothing', async () => {
    const { page, modal, of } = await editing(original(), () => ({
      update: () => Promise.reject(new AdapterError('conflict', { message: 'This name is taken.' })),
    }));
    modal.fill('Name', 'Taken');
    modal.save();
    await until(() => modal.text.includes('This name is taken.'), 'what the host says');
    expect(modal.has('dialog', title)).to.equal(false);
    expect(modal.field('Name').value).to.equal('Taken');
    expect(of('update')).to.have.length(1);
    expect(page.names).to.deep.equal(['Original']);
  });

  it('with what is in the form saves without a question', async () => {
    const { modal, of, elsewhere, now } = await editing();
    await elsewhere({ name: 'Both' });
    modal.fill('Name', 'Both');
    modal.save();
    await modal.closed();
    expect(versionsOf(of('update'))[0]).to.equal('7');
    expect((await now()).name).to.equal('Both');
  });
});

describe('a conflict after which nothing is left to send', () => {
  it('shows in the row what is stored by now, says that it is saved and tells the page', async () => {
    const { page, modal, of, elsewhere } = await editing();
    const updated = heard(page.element, 'webhook-updated');
    await elsewhere({ name: 'Both' });
    modal.fill('Name', 'Both');
    modal.save();
    await modal.closed();
    await until(() => announced(page).includes(say('saved', { name: 'Both' })), 'the announcement');
    expect(page.names).to.deep.equal(['Both']);
    expect(updated.map(({ webhook }) => [webhook.name, webhook.version])).to.deep.equal([['Both', '8']]);
    expect(of('update')).to.have.length(1);
  });

  it('because theirs was taken for everything, does the same', async () => {
    const { page, modal, elsewhere } = await editing();
    const updated = heard(page.element, 'webhook-updated');
    await elsewhere({ name: 'Theirs', active: false });
    modal.fill('Name', 'Mine');
    const dialog = await conflict(modal);
    side(dialog, 'Name', theirs).click();
    dialog.press(say('conflictSave'));
    await modal.closed();
    await until(() => announced(page).includes(say('saved', { name: 'Theirs' })), 'the announcement');
    expect(page.names).to.deep.equal(['Theirs']);
    expect(page.row('Theirs').text).to.include('inactive');
    expect(updated.map(({ webhook }) => webhook.name)).to.deep.equal(['Theirs']);
  });

  it('because everything was put back as it was, closes without a word of saving, and the row is as stored', async () => {
    const { page, modal, elsewhere } = await editing();
    const updated = heard(page.element, 'webhook-updated');
    await elsewhere({ name: 'Theirs' });
    modal.fill('Name', 'Mine');
    (await conflict(modal)).press(say('conflictBack'));
    await modal.disappears('dialog', title);
    modal.fill('Name', 'Original');
    modal.save();
    await modal.closed();
    await page.element.updateComplete;
    expect(page.names).to.deep.equal(['Theirs']);
    expect(updated).to.deep.equal([]);
    expect(announced(page)).not.to.include(say('saved', { name: 'Theirs' }));
  });
});
