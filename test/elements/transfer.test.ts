import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import { Clock } from '../helpers/clock.js';
import { pressKey } from '../helpers/keys.js';
import { deferred, enter, focused, focusOn, nameOf, Page, until } from '../helpers/page.js';
import { credentialSamples, memory, openSettings, organizations, recorded, say, stored, storedWebhook, type SettingsPage } from '../helpers/widget.js';
import { announced, heard, named, refused } from '../helpers/hosts.js';

interface Exported {
  webhooks: Record<string, unknown>[];
}

/** Every file that the page is offered while `run` runs: its name and text. */
async function downloads(run: () => Promise<unknown>): Promise<{ name: string; text: string; type: string }[]> {
  const blobs = new Map<string, Blob>();
  const files: { name: string; blob: Blob }[] = [];
  const { createObjectURL, revokeObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  URL.createObjectURL = (blob: Blob) => {
    const url = createObjectURL.call(URL, blob);
    blobs.set(url, blob);
    return url;
  };
  const revoked: string[] = [];
  URL.revokeObjectURL = (url: string) => {
    revoked.push(url);
    revokeObjectURL.call(URL, url);
  };
  HTMLAnchorElement.prototype.click = function () {
    files.push({ name: this.download, blob: blobs.get(this.href)! });
  };
  try {
    await run();
    await until(() => revoked.length === files.length, 'the files to be let go');
  } finally {
    Object.assign(URL, { createObjectURL, revokeObjectURL });
    HTMLAnchorElement.prototype.click = click;
  }
  return Promise.all(files.map(async ({ name, blob }) => ({ name, text: await blob.text(), type: blob.type })));
}

const openMore = async (page: SettingsPage, item: string) => {
  page.press(say('moreActions'));
  await page.appears('menu');
  page.within('menu').get('menuitem', item).click();
};

const exportAll = (page: SettingsPage) =>
  downloads(async () => {
    await openMore(page, say('exportAll'));
    await until(() => announced(page).some((text) => text.includes('exported')), 'the export to be over');
  });

const title = say('importTitle');

async function openImport(page: SettingsPage): Promise<Page> {
  await openMore(page, say('import'));
  await page.appears('dialog', title);
  return page.within('dialog', title);
}

const fileInput = (dialog: Page) => (dialog.root as Element).querySelector<HTMLInputElement>('input[type=file]')!;

/** Puts a file into the dialog, as its chooser does. */
async function choose(dialog: Page, text: BlobPart): Promise<void> {
  const input = fileInput(dialog);
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], 'webhooks.json', { type: 'application/json' }));
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await until(() => dialog.all('listitem').length || dialog.find('alert'), 'the file to be read');
}

const file = (...webhooks: unknown[]) => JSON.stringify({ webhooks });
const candidate = (dialog: Page, name: string) => new Page(dialog.all('listitem').find((item) => item.textContent.includes(name))!);

/** What an export says of a webhook without any secret. */
const settings = (changes: Partial<WebhookInput> = {}) => ({
  name: 'Imported',
  events: ['site.archived'],
  url: 'https://hooks.example.com/in',
  method: 'PUT',
  contentType: 'application/json',
  headers: [{ key: 'X-Tenant', value: '7' }],
  test: true,
  active: false,
  authentication: { type: 'none', organizationSpecific: false, credentials: [] },
  ...changes,
});

const basic = (name: string) =>
  settings({
    name,
    authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'me' }] } as never,
  });

/** The idempotency keys that webhooks of this name were sent with. */
const keysOf = (creates: { args: readonly unknown[] }[], name: string): string[] =>
  creates.filter(({ args }) => (args[0] as WebhookInput).name === name).map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey);

const listItem = (dialog: Page, name: string, ...texts: string[]) =>
  until(() => texts.every((text) => candidate(dialog, name).text.includes(text)), `${name}: ${texts.join()}`);

const opened = async (webhooks: Webhook[] = []) => {
  const host = memory({ webhooks });
  return { page: await openSettings({ adapter: host.adapter }), ...host };
};

describe('export', () => {
  /** One of each type, each with secrets that a host should not have sent and one that it may. */
  const each = () =>
    credentialSamples.map((sample, index) =>
      stored(
        {
          ...settings({ name: sample.label }),
          authentication: {
            type: sample.type,
            organizationSpecific: false,
            credentials: [sample.credential('MARK')].filter(Boolean),
          },
        } as WebhookInput,
        { id: `wh_${sample.type}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString() },
      ),
    );

  it('of all holds what a person can set of each webhook, and no secret', async () => {
    const { page } = await opened(each());
    const [one, ...others] = await exportAll(page);
    expect(others).to.be.empty;
    expect([one!.name, one!.type]).to.deep.equal(['webhooks.json', 'application/json']);
    expect(one!.text).not.to.match(/MARK|stored|hint|secretKey|clientSecret|password|wh_|version|createdAt/);
    const { webhooks } = JSON.parse(one!.text) as Exported;
    expect(webhooks.map(({ name }) => name)).to.have.members(credentialSamples.map(({ label }) => label));
    const aws = webhooks.find(({ name }) => name === 'AWS4') as unknown as WebhookInput;
    expect(aws).to.deep.equal({
      ...settings({ name: 'AWS4' }),
      authentication: {
        type: 'aws4',
        organizationSpecific: false,
        credentials: [
          {
            accessKey: 'AKIDEXAMPLE123456789',
            region: 'us-gov-west-1',
            service: 'execute-api',
            baseEndpoint: 'https://execute-api.us-gov-west-1.amazonaws.com',
          },
        ],
      },
    });
    await until(() => announced(page).includes(say('exported', { count: webhooks.length })), 'an announcement');
  });

  it('of all goes through every page, whatever the list shows', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `Webhook ${index}`);
    const { adapter, of } = memory({ webhooks: named(...names) });
    const page = await openSettings({ adapter, pageSize: 10, view: { search: 'Webhook 1' } });
    expect(page.names).to.have.length(10);
    const [one] = await exportAll(page);
    expect((JSON.parse(one!.text) as Exported).webhooks).to.have.length(130);
    const queries = of('list').slice(1).map(({ args }) => args[0] as { search?: string; cursor?: string });
    expect(queries.map(({ search }) => search)).to.deep.equal([undefined, undefined]);
    expect(page.names).to.have.length(10);
  });

  it('of all ends where a cursor comes back, and names no webhook twice', async () => {
    const { adapter, of } = recorded<WebhookAdapter>({
      list: ({ cursor }) =>
        Promise.resolve({ items: named('Always', cursor ?? 'first'), nextCursor: cursor === 'a' ? 'b' : 'a' }),
      create: refused,
    });
    const page = await openSettings({ adapter });
    const [one] = await exportAll(page);
    expect((JSON.parse(one!.text) as Exported).webhooks.map(({ name }) => name)).to.deep.equal(['Always', 'first', 'a', 'b']);
    expect(of('list')).to.have.length(4);
  });

  it('leaves out what cannot be read, with any secret in it', async () => {
    const leaking = { ...storedWebhook({ name: 'Leaking' }), authentication: { type: 'basic', password: 'LEAKED' } };
    const { adapter } = recorded<WebhookAdapter>({
      list: () => Promise.resolve({ items: [...named('Fine'), leaking as never] }),
      create: refused,
    });
    const page = await openSettings({ adapter });
    const [one] = await exportAll(page);
    expect((JSON.parse(one!.text) as Exported).webhooks.map(({ name }) => name)).to.deep.equal(['Fine']);
    expect(one!.text).not.to.include('LEAKED');
  });

  it('that fails says so, tells the page and offers no file', async () => {
    let fails = false;
    const { adapter } = memory({
      webhooks: named('Here'),
      intercept: (operation) => {
        if (operation === 'list' && fails) throw new AdapterError('unavailable');
      },
    });
    const page = await openSettings({ adapter });
    const errors = heard(page.element, 'webhook-error');
    fails = true;
    await openMore(page, say('exportAll'));
    await page.appears('alert');
    expect(page.within('alert').text).to.include(say('exportFailed')).and.include(say('error.unavailable'));
    expect(errors).to.deep.equal([{ operation: 'list', code: 'unavailable' }]);
    expect(page.names).to.deep.equal(['Here']);
    fails = false;
    const files = await downloads(async () => {
      page.press('Retry');
      await until(() => announced(page).includes(say('exported', { count: 1 })), 'the export to be over');
    });
    expect(files).to.have.length(1);
    expect(page.has('alert')).to.equal(false);
  });

  it('of a selection holds just that', async () => {
    const { page, of } = await opened(named('One', 'Two', 'Three'));
    for (const name of ['One', 'Three']) page.get('checkbox', say('select', { name })).click();
    await page.appears('button', 'Export');
    const [one] = await downloads(async () => {
      page.press('Export');
      await until(() => announced(page).includes(say('exported', { count: 2 })), 'the export to be over');
    });
    expect((JSON.parse(one!.text) as Exported).webhooks.map(({ name }) => name)).to.deep.equal(['Three', 'One']);
    expect(one!.text).not.to.match(/password|stored|9f2a/);
    expect(of('list')).to.have.length(1);
  });

  it('of all tells how many there are so far, and can be stopped', async () => {
    const answers = [deferred<{ items: Webhook[]; nextCursor?: string }>(), deferred<{ items: Webhook[] }>()];
    let calls = 0;
    const { adapter, of } = recorded<WebhookAdapter>({
      list: () => (calls++ ? answers[calls - 2]!.promise : Promise.resolve({ items: named('Here') })),
      create: refused,
    });
    const page = await openSettings({ adapter });
    const files = await downloads(async () => {
      await openMore(page, say('exportAll'));
      await page.appears('button', say('stopAction'));
      expect(page.text).to.include(`${say('exporting')} ${say('shown', { count: 0 })}`);
      await until(() => announced(page).includes(say('exporting')), 'an announcement');
      answers[0]!.resolve({ items: named('One', 'Two'), nextCursor: 'more' });
      await until(() => page.text.includes(`${say('exporting')} ${say('shown', { count: 2 })}`), 'the count');
      page.press(say('stopAction'));
      await page.disappears('button', say('stopAction'));
    });
    expect(of('list').map(({ signal }) => signal.aborted)).to.deep.equal([false, true, true]);
    expect(files).to.be.empty;
    expect(page.text).not.to.include(say('exporting'));
  });

  it('of all says when it takes longer than usual', async () => {
    let calls = 0;
    const { adapter } = recorded<WebhookAdapter>({
      list: () => (calls++ ? deferred<never>().promise : Promise.resolve({ items: named('Here') })),
      create: refused,
    });
    const page = await openSettings({ adapter });
    const clock = new Clock();
    try {
      await openMore(page, say('exportAll'));
      await page.appears('button', say('stopAction'));
      await clock.pass(7);
      expect(page.text).not.to.include(say('slow'));
      await clock.pass(1);
      await until(() => announced(page).includes(say('slow')) && page.text.includes(`${say('shown', { count: 0 })} ${say('slow')}`), 'patience');
      page.press(say('stopAction'));
      await page.disappears('button', say('stopAction'));
      expect(clock.waiting).to.equal(0);
    } finally {
      clock.restore();
    }
  });

  it('shows what came of it until that is closed', async () => {
    const { page } = await opened(named('One', 'Two'));
    await exportAll(page);
    expect(page.text).to.include(`${say('exported', { count: 2 })} Close`);
    page.press('Close');
    await page.disappears('button', 'Close');
  });

  it('says how many could not be read and are not in the file', async () => {
    const items = [...named('Fine'), { id: 'bad' }, 'worse', { id: 'id of Fine', name: 'Another Fine' }] as never;
    const { adapter } = recorded<WebhookAdapter>({ list: () => Promise.resolve({ items }), create: refused });
    const page = await openSettings({ adapter });
    const [one] = await exportAll(page);
    expect((JSON.parse(one!.text) as Exported).webhooks.map(({ name }) => name)).to.deep.equal(['Fine']);
    const said = `${say('exported', { count: 1 })} ${say('exportLeftOut', { count: 3 })}`;
    expect(announced(page)).to.include(said);
    expect(page.text).to.include(`${said} Close`);
  });

  for (const [what, list] of [
    ['a cursor comes back', ({ cursor }) => ({ items: named(cursor ?? 'first'), nextCursor: 'again' })],
    ['each page is the first one, with another cursor', ({ cursor = '' }) => ({ items: named('Always'), nextCursor: `${cursor}x` })],
  ] as readonly (readonly [string, (query: { cursor?: string }) => { items: Webhook[]; nextCursor: string }])[])
    it(`says that webhooks may be missing where ${what}`, async () => {
      const { adapter } = recorded<WebhookAdapter>({ list: (query) => Promise.resolve(list(query)), create: refused });
      const page = await openSettings({ adapter });
      await exportAll(page);
      expect(page.text).to.include(`${say('exportCut')} Close`);
    });

  it('that is whole says nothing of missing webhooks', async () => {
    const { page } = await opened(named('One'));
    await exportAll(page);
    expect(page.text).not.to.include(say('exportCut'));
  });

  for (const [what, items] of [
    ['nothing', []],
    ['nothing that has an id', [{ name: 'Nobody' }]],
  ] as const)
    it(`fails where page after page has ${what}, each with a new cursor`, async () => {
      let calls = 0;
      const { adapter } = recorded<WebhookAdapter>({
        list: () => Promise.resolve({ items: calls++ ? (items as never) : named('Here'), nextCursor: `cursor ${calls}` }),
        create: refused,
      });
      const page = await openSettings({ adapter });
      await openMore(page, say('exportAll'));
      await page.appears('alert');
      expect(page.within('alert').text).to.include(say('exportFailed'));
      expect(calls).to.be.below(20);
    });

  it('takes an empty page for no end', async () => {
    const pages = [named('One'), [], [], named('Two'), []];
    const { adapter } = recorded<WebhookAdapter>({
      list: ({ cursor = '0' }) => {
        const items = pages[Number(cursor)]!;
        return Promise.resolve({ items, ...(Number(cursor) < 4 && { nextCursor: String(Number(cursor) + 1) }) });
      },
      create: refused,
    });
    const page = await openSettings({ adapter });
    const [one] = await exportAll(page);
    expect((JSON.parse(one!.text) as Exported).webhooks.map(({ name }) => name)).to.deep.equal(['One', 'Two']);
  });

  it('leaves the page alive while a host answers at once', async () => {
    let tasks = 0;
    const seen: number[] = [];
    const { adapter } = recorded<WebhookAdapter>({
      list: ({ cursor = '0' }) => {
        seen.push(tasks);
        return Promise.resolve({ items: named(cursor), ...(Number(cursor) < 20 && { nextCursor: String(Number(cursor) + 1) }) });
      },
      create: refused,
    });
    const page = await openSettings({ adapter });
    const timer = setInterval(() => (tasks += 1));
    try {
      await exportAll(page);
    } finally {
      clearInterval(timer);
    }
    expect(seen.at(-1)).to.be.above(seen[1]!);
  });

  it('that fails on a later page says so and offers no file', async () => {
    const { adapter } = recorded<WebhookAdapter>({
      list: ({ cursor }) =>
        cursor === undefined
          ? Promise.resolve({ items: named('First'), nextCursor: 'second' })
          : Promise.reject(new AdapterError('rate-limited', { retryAfter: 30, message: 'Slow down.' })),
      create: refused,
    });
    const page = await openSettings({ adapter });
    const files = await downloads(async () => {
      await openMore(page, say('exportAll'));
      await page.appears('alert');
    });
    expect(files).to.be.empty;
    expect(page.within('alert').text).to.include(say('exportFailed')).and.include('Slow down.');
    expect(page.has('button', say('stopAction'))).to.equal(false);
  });

  it('of all is offered where there is something to export, whatever the list shows', async () => {
    const offers = async (page: SettingsPage) => {
      page.press(say('moreActions'));
      await page.appears('menu');
      const items = page.all('menuitem').map(nameOf);
      await pressKey('Escape');
      await page.disappears('menu');
      return items;
    };
    const { page } = await opened();
    expect(await offers(page)).to.deep.equal([say('import')]);
    const { adapter } = memory({ webhooks: named('Here') });
    const filtered = await openSettings({ adapter, view: { search: 'nothing like it' } });
    expect(await offers(filtered)).to.deep.equal([say('import'), say('exportAll')]);
  });
});

describe('import', () => {
  it('shows what a file holds and sends nothing before it is told to', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    expect((dialog.root as Element).matches(':modal')).to.equal(true);
    expect(dialog.has('button', /^Add /)).to.equal(false);
    await choose(dialog, file(settings({ name: 'One' }), basic('Two')));
    expect(dialog.all('listitem')).to.have.length(2);
    expect(candidate(dialog, 'One').text).to.include(say('importReady')).and.include('https://hooks.example.com/in');
    candidate(dialog, 'Two').button(say('importEnter', { name: 'Two' }));
    dialog.button(say('importOne', { count: 1 }));
    expect(of('create')).to.be.empty;
    await pressKey('Escape');
    await page.disappears('dialog', title);
    expect(of('create')).to.be.empty;
  });

  it('stays open when the file picker is left without a file', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'One' })));
    // As a browser does (HTML, "file upload" state): the event bubbles, unlike that of a dialog.
    (dialog.root as Element).querySelector('[type=file]')!.dispatchEvent(new Event('cancel', { bubbles: true }));
    await page.element.updateComplete;
    expect((dialog.root as HTMLDialogElement).open).to.equal(true);
    candidate(dialog, 'One');
  });

  it('adds what is ready, each once, as it was exported', async () => {
    const { page, of } = await opened();
    const created = heard(document, 'webhook-created');
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'One' }), settings({ name: 'Two', method: 'PATCH' })));
    const add = dialog.button(say('importOne', { count: 2 }));
    add.click();
    add.click();
    await until(() => of('create').length === 2 && candidate(dialog, 'Two').text.includes(say('importAdded')), 'both to be added');
    expect(candidate(dialog, 'One').text).to.include(say('importAdded'));
    expect(of('create').map(({ args }) => args[0])).to.deep.equal([settings({ name: 'One' }), settings({ name: 'Two', method: 'PATCH' })]);
    const keys = of('create').map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey);
    expect(new Set(keys).size).to.equal(2);
    expect(created.map(({ webhook }) => webhook.name)).to.deep.equal(['One', 'Two']);
    expect(page.names).to.have.members(['One', 'Two']);
    // There is nothing left to add.
    expect(dialog.has('button', /^Add /)).to.equal(false);
    expect(of('create')).to.have.length(2);
  });

  it('says for each row what is wrong with it, and sends none of those', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    await choose(
      dialog,
      file(
        settings({ name: 'Fine' }),
        settings({ name: 'Plain http', url: 'http://hooks.example.com/in' }),
        settings({ name: 'Bad header', headers: [{ key: 'Connection', value: '1' }] }),
        settings({ name: 'No event', events: [] }),
        { ...settings({ name: 'Odd method' }), method: 'DELETE' },
        { ...settings({ name: 'Odd type' }), authentication: { type: 'magic', organizationSpecific: false, credentials: [{}] } },
        'not a webhook',
        null,
        [],
      ),
    );
    expect(dialog.all('listitem')).to.have.length(9);
    expect(candidate(dialog, 'Plain http').text).to.include(say('importProblem', { label: 'Endpoint URL', text: say('url.scheme') }));
    expect(candidate(dialog, 'Bad header').text).to.include(say('header.connection', { name: 'Connection' }));
    expect(candidate(dialog, 'No event').text).to.include(say('select.required', { label: 'Event' }));
    expect(candidate(dialog, 'Odd method').text).to.include(say('importMalformed', { paths: 'method' }));
    expect(candidate(dialog, 'Odd type').text).to.include('authentication');
    expect(dialog.all('listitem').filter(({ textContent }) => textContent.includes(say('unnamed')))).to.have.length(3);
    dialog.press(say('importOne', { count: 1 }));
    await until(() => candidate(dialog, 'Fine').text.includes(say('importAdded')), 'the one to be added');
    expect(of('create').map(({ args }) => (args[0] as WebhookInput).name)).to.deep.equal(['Fine']);
  });

  it('says what the catalogue does not know, and sends none of it', async () => {
    const { adapter, of } = memory({ eventTypes: [{ id: 'site.archived', label: 'Site Archived' }] });
    const page = await openSettings({ adapter, authTypes: ['basic', 'none'] });
    const dialog = await openImport(page);
    const authentication = (more: object) => ({ type: 'none', organizationSpecific: false, credentials: [], ...more }) as never;
    await choose(
      dialog,
      file(
        settings({ name: 'Odd event', events: ['gone.event'] }),
        settings({
          name: 'Odd organization',
          authentication: authentication({ type: 'basic', organizationSpecific: true, credentials: [{ organizationId: 'org_9', username: 'u' }] }),
        }),
        settings({ name: 'Odd type', authentication: authentication({ type: 'token', credentials: [{ key: 'X-Key' }] }) }),
        settings({ name: 'Two events', events: ['site.archived', 'site.archived'] }),
        settings({ name: 'Fine' }),
      ),
    );
    const problem = (label: string, text: string) => say('importProblem', { label, text });
    for (const [name, text] of [
      ['Odd event', problem('Event', say('importUnknown', { value: 'gone.event' }))],
      ['Odd organization', problem('Organization', say('importUnknown', { value: 'org_9' }))],
      ['Odd type', problem('Authentication type', say('importUnknown', { value: 'token' }))],
      ['Two events', problem('Event', say('importOneEvent'))],
    ] as const) {
      expect(candidate(dialog, name).text).to.include(text);
      expect(candidate(dialog, name).all('button').map(nameOf), `what can be done with ${name}`).to.deep.equal([`${say('importFix')} ${name}`]);
    }
    dialog.press(say('importOne', { count: 1 }));
    await until(() => candidate(dialog, 'Fine').text.includes(say('importAdded')), 'the one to be added');
    expect(of('create').map(({ args }) => (args[0] as WebhookInput).name)).to.deep.equal(['Fine']);
  });

  it('takes several events where one webhook may have them', async () => {
    const { adapter, of } = memory();
    const page = await openSettings({ adapter, eventSelection: 'multiple' });
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'Two', events: ['site.archived', 'qualification.update'] })));
    dialog.press(say('importOne', { count: 1 }));
    await until(() => of('create').length, 'the call');
    expect((of('create')[0]!.args[0] as WebhookInput).events).to.deep.equal(['site.archived', 'qualification.update']);
  });

  it('asks for the password alone where Basic has no user name', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    const nameless = basic('Nameless');
    (nameless.authentication.credentials as unknown[])[0] = { username: '' };
    await choose(dialog, file(nameless));
    dialog.press(say('importEnter', { name: 'Nameless' }));
    const modal = await page.modal.opened();
    expect(modal.field('Username').value).to.equal('');
    modal.fill('Password', 'alone');
    modal.save();
    await modal.closed();
    expect((of('create')[0]!.args[0] as WebhookInput).authentication.credentials).to.deep.equal([{ username: '', password: 'alone' }]);
  });

  for (const slower of ['first', 'second'] as const)
    it(`of two files in a row shows the second, though the ${slower} is read slower`, async () => {
      const { page } = await opened();
      const dialog = await openImport(page);
      const input = (dialog.root as Element).querySelector<HTMLInputElement>('input[type=file]')!;
      const texts = { first: deferred<string>(), second: deferred<string>() };
      for (const text of [texts.first, texts.second]) {
        const chosen = Object.assign(new File([], 'webhooks.json'), { text: () => text.promise });
        Object.defineProperty(input, 'files', { value: [chosen], configurable: true });
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
      const read = (which: keyof typeof texts) => texts[which].resolve(file(settings({ name: `From the ${which}` })));
      const names = () => dialog.all('listitem').map((item) => item.querySelector('strong')!.textContent);
      read(slower === 'first' ? 'second' : 'first');
      if (slower === 'first') await until(() => names().join() === 'From the second', 'the second file');
      else {
        await texts.first.promise;
        await page.element.updateComplete;
        expect(names(), 'of the first').to.be.empty;
      }
      read(slower);
      await until(() => names().join() === 'From the second', 'the second file');
      await page.element.updateComplete;
      expect(names()).to.deep.equal(['From the second']);
      dialog.button(say('importOne', { count: 1 }));
    });

  it('asks for the secrets of a row in the form, filled in, and counts it as added then', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(basic('Needs one')));
    dialog.press(say('importEnter', { name: 'Needs one' }));
    const modal = await page.modal.opened();
    modal.get('heading', 'Add Webhook');
    expect(modal.field('Name').value).to.equal('Needs one');
    expect(modal.field('Username').value).to.equal('me');
    expect(modal.field('Password').value).to.equal('');
    modal.fill('Password', 'entered now');
    modal.save();
    await modal.closed();
    await until(() => candidate(dialog, 'Needs one').text.includes(say('importAdded')), 'the row to be added');
    expect(of('create')).to.have.length(1);
    expect((of('create')[0]!.args[0] as WebhookInput).authentication.credentials).to.deep.equal([
      { username: 'me', password: 'entered now' },
    ]);
  });

  it('goes on after the form was closed without saving', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(basic('Needs one')));
    dialog.press(say('importEnter', { name: 'Needs one' }));
    const modal = await page.modal.opened();
    modal.press('Cancel');
    await modal.closed();
    dialog.button(say('importEnter', { name: 'Needs one' }));
    await focusOn(() => dialog.button(say('importEnter', { name: 'Needs one' })));
    expect(of('create')).to.be.empty;
  });

  it('takes no secret from a file: it is asked for', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    const leaky = basic('Leaky');
    (leaky.authentication.credentials as unknown[])[0] = { username: 'me', password: 'SECRET-IN-FILE' };
    await choose(dialog, file(leaky));
    expect(dialog.text).not.to.include('SECRET-IN-FILE');
    dialog.press(say('importEnter', { name: 'Leaky' }));
    const modal = await page.modal.opened();
    expect(modal.field('Password').value).to.equal('');
  });

  it('takes no id, version or dates from a file', async () => {
    const { page, of } = await opened(named('Here'));
    const dialog = await openImport(page);
    await choose(dialog, file({ ...settings(), id: 'id of Here', version: '7', createdAt: 'x', updatedAt: 'y', extra: 'EXTRA' }));
    dialog.press(say('importOne', { count: 1 }));
    await until(() => candidate(dialog, 'Imported').text.includes(say('importAdded')), 'the row to be added');
    expect(of('create')[0]!.args[0]).to.deep.equal(settings());
    expect(of('update')).to.be.empty;
    expect(page.names).to.have.members(['Here', 'Imported']);
  });

  for (const { type, label, credential } of credentialSamples)
    for (const organizationSpecific of [false, true])
      it(`adds what was exported, with its secrets entered: ${label}${organizationSpecific ? ', per organization' : ''}`, async () => {
        const names = organizationSpecific ? organizations.slice(0, 2).map(({ name }) => name) : [''];
        const credentials = names.map((name, index) => ({
          ...(name && { organizationId: organizations[index]!.id }),
          ...credential(`entered-${index}`),
        }));
        const authentication = { type, organizationSpecific, credentials: type === 'none' ? [] : credentials };
        const input = settings({ name: 'Round trip', authentication: authentication as never }) as WebhookInput;
        const { page, of } = await opened([stored(input)]);
        const [exported] = await exportAll(page);
        const dialog = await openImport(page);
        await choose(dialog, exported!.text);
        if (type === 'none') dialog.press(say('importOne', { count: 1 }));
        else {
          dialog.press(say('importEnter', { name: 'Round trip' }));
          const modal = await page.modal.opened();
          for (const [index, name] of names.entries()) {
            const block = name ? modal.organization(name) : modal.authentication;
            const secrets = Object.values(credentials[index]!).flat().flatMap((one) => (typeof one === 'object' ? (one as { value: string }).value : one));
            // Whatever of it was not in the file is asked for.
            const missing = secrets.filter((one) => !exported!.text.includes(JSON.stringify(one)));
            const fields = block.fields().filter((field) => field.type === 'password');
            expect(fields, `secrets of ${name}`).to.have.length(missing.length);
            for (const [at, field] of fields.entries()) enter(field, missing[at]!);
          }
          modal.save();
          await modal.closed();
        }
        await listItem(dialog, 'Round trip', say('importAdded'));
        expect(of('create').map(({ args }) => args[0])).to.deep.equal([input]);
      });

  it('reads what was exported, of every type', async () => {
    const webhooks = credentialSamples.map((sample) =>
      stored({
        ...settings({ name: `of type ${sample.type}` }),
        authentication: { type: sample.type, organizationSpecific: false, credentials: [sample.credential('x')].filter(Boolean) },
      } as WebhookInput),
    );
    const { page } = await opened(webhooks);
    const [exported] = await exportAll(page);
    const dialog = await openImport(page);
    await choose(dialog, exported!.text);
    const asked = credentialSamples.filter(({ type }) => type !== 'none').map(({ type }) => say('importEnter', { name: `of type ${type}` }));
    expect(dialog.all('button').map(nameOf).filter((name) => name.startsWith('Enter'))).to.have.members(asked);
    expect(candidate(dialog, 'of type none').text).to.include(say('importReady'));
  });

  for (const [what, text] of [
    ['no JSON', '{ "webhooks": ['],
    ['nothing', ''],
    ['JSON of something else', '{ "hooks": [] }'],
    ['a number', '42'],
    ['null', 'null'],
    ['a list that is none', '{ "webhooks": { "0": {} } }'],
    ['an empty list', '{ "webhooks": [] }'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000'],
  ] as const)
    it(`says that a file with ${what} holds no webhooks, and takes the next one`, async () => {
      const { page } = await opened();
      const dialog = await openImport(page);
      await choose(dialog, text);
      expect(dialog.get('alert').textContent).to.equal(say('importInvalid'));
      expect(dialog.has('button', /^Add /)).to.equal(false);
      await choose(dialog, file(settings()));
      await until(() => dialog.all('listitem').length === 1, 'the next file');
      expect(dialog.has('alert')).to.equal(false);
    });

  it('is not harmed by __proto__ and constructor in JSON', async () => {
    const { page, of } = await opened();
    const dialog = await openImport(page);
    const odd = JSON.stringify(settings({ name: 'Odd', headers: [{ key: '__proto__', value: '1' }] })).replace(
      '{',
      '{"__proto__":{"polluted":true,"active":true},"constructor":{"prototype":{"polluted":true}},',
    );
    const worse = JSON.stringify(basic('Worse')).replace(/\{"username"/, '{"__proto__":{"polluted":true,"password":"P"},"username"');
    const type = JSON.stringify(basic('Type')).replace('"basic"', '"__proto__"');
    await choose(dialog, `{"__proto__":{"polluted":true},"webhooks":[${odd},${worse},${type}]}`);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    expect(candidate(dialog, 'Type').text).to.include('authentication');
    dialog.button(say('importEnter', { name: 'Worse' }));
    dialog.press(say('importOne', { count: 1 }));
    await until(() => candidate(dialog, 'Odd').text.includes(say('importAdded')), 'the odd one to be added');
    const input = of('create')[0]!.args[0] as WebhookInput;
    expect(JSON.stringify(input)).to.equal(JSON.stringify(settings({ name: 'Odd', headers: [{ key: '__proto__', value: '1' }] })));
    expect(Object.getPrototypeOf(input)).to.equal(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('a row that the host refuses says why, the rest goes on, and it can be tried again with the same key', async () => {
    let fails = true;
    const { adapter, of } = memory({
      intercept: (operation, input) => {
        if (operation === 'create' && fails && (input as WebhookInput).name === 'One')
          throw new AdapterError('unavailable', { message: 'Not now.' });
      },
    });
    const page = await openSettings({ adapter });
    const errors = heard(page.element, 'webhook-error');
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'One' }), settings({ name: 'Two' })));
    dialog.press(say('importOne', { count: 2 }));
    await until(() => candidate(dialog, 'Two').text.includes(say('importAdded')), 'the second to be added');
    expect(candidate(dialog, 'One').text).to.include('Not now.');
    expect(errors).to.deep.equal([{ operation: 'create', code: 'unavailable' }]);
    fails = false;
    dialog.press(say('importOne', { count: 1 }));
    await until(() => candidate(dialog, 'One').text.includes(say('importAdded')), 'the first to be added');
    const keys = of('create')
      .filter(({ args }) => (args[0] as WebhookInput).name === 'One')
      .map(({ args }) => (args[1] as { idempotencyKey: string }).idempotencyKey);
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
  });

  it('starts empty each time', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(settings()));
    await pressKey('Escape');
    await page.disappears('dialog', title);
    const again = await openImport(page);
    expect(again.all('listitem')).to.be.empty;
    expect((again.root as Element).querySelector<HTMLInputElement>('input[type=file]')!.value).to.equal('');
  });

  it('and export are not there for a viewer who may only look', async () => {
    const { adapter } = memory({ webhooks: named('Here') });
    const page = await openSettings({ adapter, access: 'read-only' });
    expect(page.has('button', say('moreActions'))).to.equal(false);
  });

  it('counts nothing as added that the form did not add', async () => {
    const gate = deferred();
    const { adapter } = memory();
    const page = await openSettings({
      adapter: {
        ...adapter,
        create: async (...call) => {
          await gate.promise;
          return adapter.create(...call);
        },
      },
    });
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'Plain' }), basic('Secretive')));
    dialog.press(say('importOne', { count: 1 }));
    await page.element.updateComplete;
    candidate(dialog, 'Secretive').press(say('importEnter', { name: 'Secretive' }));
    const modal = await page.modal.opened();
    gate.resolve();
    await until(() => candidate(dialog, 'Plain').text.includes(say('importAdded')), 'the other to be added');
    modal.press('Cancel');
    await modal.closed();
    await page.element.updateComplete;
    expect(candidate(dialog, 'Secretive').text).not.to.include(say('importAdded'));
    candidate(dialog, 'Secretive').button(say('importEnter', { name: 'Secretive' }));
  });

  it('judges by the catalogue that is there by then', async () => {
    const gate = deferred();
    const { adapter } = memory({
      organizations: [{ id: 'org_9', name: 'Late' }],
      intercept: (operation) => (operation === 'listOrganizations' ? gate.promise : undefined),
    });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    const authentication = { type: 'token', organizationSpecific: true, credentials: [{ organizationId: 'org_9', key: 'X-Key' }] };
    await choose(dialog, file(settings({ name: 'Early', authentication: authentication as never })));
    gate.resolve();
    await until(() => dialog.has('button', say('importEnter', { name: 'Early' })), 'it to be known');
  });

  it('takes every authentication type where the page sets none', async () => {
    const { page } = await opened();
    page.element.authTypes = undefined as never;
    page.element.eventSelection = undefined as never;
    await page.element.updateComplete;
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'One' })));
    dialog.button(say('importOne', { count: 1 }));
  });
});

describe('import, while it adds', () => {
  let clock: Clock | undefined;
  afterEach(() => {
    clock?.restore();
    clock = undefined;
  });

  /** A host that stores, but where `answer` settles otherwise for a name. */
  const host = (answer: (name: string) => unknown) => {
    const { adapter } = memory();
    return recorded<WebhookAdapter>({
      ...adapter,
      create: async (input, options) => {
        await answer(input.name);
        return adapter.create(input, options);
      },
    });
  };

  const names = (count: number) => Array.from({ length: count }, (_, index) => `R${index + 1}`);
  const start = async (adapter: WebhookAdapter, count: number, before?: (page: SettingsPage) => void) => {
    const page = await openSettings({ adapter });
    before?.(page);
    const dialog = await openImport(page);
    await choose(dialog, file(...names(count).map((name) => settings({ name }))));
    dialog.press(say('importOne', { count }));
    return { page, dialog };
  };
  const sent = (of: ReturnType<typeof recorded>['of']) => of('create').map(({ args }) => (args[0] as WebhookInput).name);
  const allAdded = (dialog: Page, count: number) =>
    until(() => names(count).every((name) => candidate(dialog, name).text.includes(say('importAdded'))), 'all to be added');

  for (const [what, press] of [
    ['Escape', () => pressKey('Escape')],
    ['the cross', (dialog) => dialog.all('button', say('stopAction'))[0]!.click()],
    ['the button that closes', (dialog) => dialog.all('button', say('stopAction'))[1]!.click()],
  ] as readonly (readonly [string, (dialog: Page) => unknown])[])
    it(`${what} stops it at first, and says how far it got; Add goes on with the same keys`, async () => {
      let hangs = true;
      const { adapter, of } = host((name) => hangs && name === 'R3' && deferred().promise);
      const { page, dialog } = await start(adapter, 5);
      await listItem(dialog, 'R3', say('importAdding'));
      expect(dialog.all('button', say('stopAction'))).to.have.length(2);
      expect(dialog.has('button', 'Close')).to.equal(false);
      await press(dialog);
      await listItem(dialog, 'R3', say('importStopped'));
      expect((dialog.root as HTMLDialogElement).open).to.equal(true);
      expect(of('create').at(-1)!.signal.aborted).to.equal(true);
      for (const name of ['R1', 'R2']) expect(candidate(dialog, name).text).to.include(say('importAdded'));
      for (const name of ['R4', 'R5']) expect(candidate(dialog, name).text).to.include(say('importNotAdded'));
      const outcome = `${say('importDone', { count: 2 })} ${say('importLeft', { count: 3 })}`;
      expect(dialog.get('status').textContent.trim()).to.equal(outcome);
      expect(dialog.text).to.include(outcome);
      hangs = false;
      dialog.press(say('importOne', { count: 3 }));
      await allAdded(dialog, 5);
      expect(sent(of)).to.deep.equal(['R1', 'R2', 'R3', 'R3', 'R4', 'R5']);
      expect(new Set(keysOf(of('create'), 'R3')).size).to.equal(1);
      expect(page.names).to.have.members(names(5));
    });

  it('a browser that closes the dialog by itself stops it, too', async () => {
    const { adapter } = host(() => deferred().promise);
    const { dialog } = await start(adapter, 2);
    await listItem(dialog, 'R1', say('importAdding'));
    const element = dialog.root as HTMLDialogElement;
    element.close();
    await listItem(dialog, 'R1', say('importStopped'));
    await until(() => element.open, 'it to be there again');
    // A gesture, or an assistive technology.
    const cancel = new Event('cancel', { cancelable: true });
    element.dispatchEvent(cancel);
    expect(cancel.defaultPrevented).to.equal(true);
    await until(() => !element.isConnected, 'it to be closed');
  });

  it('a second Escape closes, and nothing more is sent', async () => {
    const { adapter, of } = host(() => deferred().promise);
    const { page, dialog } = await start(adapter, 2);
    await listItem(dialog, 'R1', say('importAdding'));
    await pressKey('Escape');
    await listItem(dialog, 'R1', say('importStopped'));
    await pressKey('Escape');
    await page.disappears('dialog', title);
    await page.element.updateComplete;
    expect(of('create').map(({ signal }) => signal.aborted)).to.deep.equal([true]);
  });

  it('ends at once when the page gets another adapter', async () => {
    const { adapter, of } = host(() => deferred().promise);
    const { page, dialog } = await start(adapter, 2);
    await listItem(dialog, 'R1', say('importAdding'));
    page.element.adapter = memory().adapter;
    await page.disappears('dialog', title);
    expect(of('create').map(({ signal }) => signal.aborted)).to.deep.equal([true]);
  });

  it('that is cut off by a page that makes its adapter anew says above the list how far it came', async () => {
    const { adapter } = host(() => undefined);
    const { page } = await start(adapter, 3, (page) => {
      page.element.addEventListener('webhook-created', () => (page.element.adapter = { ...adapter }));
    });
    await page.disappears('dialog', title);
    const outcome = `${say('importDone', { count: 1 })} ${say('importLeft', { count: 2 })}`;
    await until(() => page.text.includes(outcome), 'how far it came');
    await page.loaded();
    expect(page.names).to.deep.equal(['R1']);
    page.press('Close');
    await until(() => !page.text.includes(outcome), 'the notice to go');
  });

  it('shows how far it is, and says when that takes longer than usual', async () => {
    const gate = deferred();
    const { adapter } = host((name) => name === 'R2' && gate.promise);
    clock = new Clock();
    const { dialog } = await start(adapter, 3);
    await listItem(dialog, 'R2', say('importAdding'));
    await until(() => dialog.text.includes(say('progress', { count: 1, total: 3 })), 'the count');
    const { value, max } = dialog.get<HTMLProgressElement>('progressbar', title);
    expect([value, max]).to.deep.equal([1, 3]);
    expect(dialog.get('status').textContent).to.equal(say('importAdding'));
    await clock.pass(7);
    expect(dialog.text).not.to.include(say('slow'));
    await clock.pass(1);
    await until(() => dialog.get('status').textContent === say('slow'), 'patience');
    gate.resolve();
    await allAdded(dialog, 3);
    await until(() => dialog.get('status').textContent === say('importDone', { count: 3 }), 'the outcome');
    expect(dialog.has('progressbar')).to.equal(false);
    expect(dialog.text).to.include(say('importDone', { count: 3 }));
    expect(clock.waiting, 'timers left').to.equal(0);
  });

  it('waits as long as the host asks, and goes on with the same key', async () => {
    let busy = true;
    const { adapter, of } = host((name) => {
      if (busy && name === 'R3') throw new AdapterError('rate-limited', { retryAfter: 60 });
    });
    clock = new Clock();
    const { dialog } = await start(adapter, 4);
    await until(() => dialog.text.includes(say('tryingIn', { when: 'in 60 seconds' })), 'the wait');
    expect(dialog.get('status').textContent).to.equal(say('error.rate-limited'));
    await clock.pass(2);
    await until(() => dialog.text.includes(say('tryingIn', { when: 'in 58 seconds' })), 'the countdown');
    expect(dialog.get('status').textContent, 'not read out again').to.equal(say('error.rate-limited'));
    await clock.pass(57);
    expect(sent(of)).to.deep.equal(['R1', 'R2', 'R3']);
    busy = false;
    await clock.pass(1);
    await allAdded(dialog, 4);
    expect(sent(of)).to.deep.equal(['R1', 'R2', 'R3', 'R3', 'R4']);
    expect(new Set(keysOf(of('create'), 'R3')).size).to.equal(1);
  });

  it('can be stopped while it waits', async () => {
    const { adapter, of } = host(() => {
      throw new AdapterError('rate-limited', { retryAfter: 60 });
    });
    clock = new Clock();
    const { dialog } = await start(adapter, 3);
    await until(() => dialog.text.includes(say('tryingIn', { when: 'in 60 seconds' })), 'the wait');
    await pressKey('Escape');
    await listItem(dialog, 'R2', say('importNotAdded'));
    expect(dialog.text).not.to.include(say('tryingIn', { when: 'in 60 seconds' }));
    await clock.pass(61);
    expect(sent(of)).to.deep.equal(['R1']);
    dialog.button(say('importOne', { count: 3 }));
  });

  for (const code of ['unauthenticated', 'forbidden', 'network', 'rate-limited'] as const)
    it(`stops where the host says ${code}: the rest is sent when Add is pressed again`, async () => {
      let fails = true;
      const { adapter, of } = host((name) => {
        if (fails && name === 'R2') throw new AdapterError(code);
      });
      const { dialog } = await start(adapter, 4);
      await listItem(dialog, 'R2', say(`error.${code}`));
      await listItem(dialog, 'R3', say('importNotAdded'));
      expect(sent(of)).to.deep.equal(['R1', 'R2']);
      const outcome = [say('importDone', { count: 1 }), say('importFailed', { count: 1 }), say('importLeft', { count: 2 })].join(' ');
      expect(dialog.text).to.include(outcome);
      fails = false;
      dialog.press(say('importOne', { count: 3 }));
      await allAdded(dialog, 4);
      expect(sent(of)).to.deep.equal(['R1', 'R2', 'R2', 'R3', 'R4']);
    });

  it('takes no other file', async () => {
    const gate = deferred();
    const { adapter, of } = host((name) => name === 'R2' && gate.promise);
    const { dialog } = await start(adapter, 3);
    await listItem(dialog, 'R2', say('importAdding'));
    expect(fileInput(dialog).disabled).to.equal(true);
    drag(dialog, 'drop', file(settings({ name: 'Other' })));
    // A chooser that was open before.
    await choose(dialog, file(settings({ name: 'Another' })));
    gate.resolve();
    await allAdded(dialog, 3);
    expect(sent(of)).to.deep.equal(names(3));
    await until(() => !fileInput(dialog).disabled, 'the field to be back');
  });

  it('shows the new webhooks in the list when it is over', async () => {
    const { adapter, of } = host(() => undefined);
    const page = await openSettings({ adapter, view: { sort: 'name' } });
    const dialog = await openImport(page);
    await choose(dialog, file(...names(30).map((name) => settings({ name }))));
    dialog.press(say('importOne', { count: 30 }));
    await until(() => dialog.text.includes(say('importDone', { count: 30 })), 'the outcome');
    await until(() => page.names.length >= 25, 'the list');
    // The host is asked for the list once, not after each.
    expect(of('list').length).to.be.below(4);
  });
});

/** What a browser fires while a file is dragged over the dialog, away from its field, or dropped there. */
function drag(dialog: Page, type: 'dragover' | 'dragleave' | 'drop', text = ''): DragEvent {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'dropped.json'));
  const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer });
  (dialog.root as Element).querySelector('ul')!.dispatchEvent(event);
  return event;
}

describe('import, its file', () => {
  it('may be dropped anywhere on the dialog', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    const looks = () => (dialog.root as Element).className;
    const before = looks();
    expect(drag(dialog, 'dragover').defaultPrevented, 'the browser opens it').to.equal(true);
    await until(() => looks() !== before, 'it to be seen');
    drag(dialog, 'dragleave');
    await until(() => looks() === before, 'it to be gone');
    expect(drag(dialog, 'drop', file(settings({ name: 'Dropped' }))).defaultPrevented, 'the browser opens it').to.equal(true);
    await until(() => dialog.all('listitem').length, 'the file');
    candidate(dialog, 'Dropped');
    expect(fileInput(dialog).files![0]!.name).to.equal('dropped.json');
  });

  it('can be chosen again once it was mended', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'Before' })));
    const input = fileInput(dialog);
    // The chooser itself is the browser's.
    input.addEventListener('click', (event) => event.preventDefault());
    input.click();
    expect(input.value, 'the same file would be no change').to.equal('');
    input.dispatchEvent(new Event('cancel', { bubbles: true }));
    expect(input.files![0]!.name, 'left without a choice').to.equal('webhooks.json');
    candidate(dialog, 'Before');
  });

  it('in another encoding is told by what could not be read', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    const latin1 = Uint8Array.from(file(settings({ name: 'Café' }), settings({ name: 'Plain' })), (letter) => letter.charCodeAt(0));
    await choose(dialog, latin1);
    expect(candidate(dialog, 'Caf').text).to.include(say('importGarbled'));
    expect(candidate(dialog, 'Plain').text).not.to.include(say('importGarbled'));
  });

  it('of hundreds shows first what there is something to do about, and the others when asked', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    const many = Array.from({ length: 240 }, (_, index) => settings({ name: `R${index}`, ...(index === 230 && { url: 'http://hooks.example.com/' }) }));
    await choose(dialog, file(...many));
    await until(() => dialog.has('button', say('importOne', { count: 239 })), 'all to be read');
    expect(dialog.text).to.include(say('shown', { count: 240 }));
    expect(dialog.all('listitem')).to.have.length(100);
    expect(dialog.all('listitem')[0]!.textContent).to.include('R230');
    expect(dialog.text).to.include(say('andMore', { count: 140 }));
    dialog.press('Load more');
    await until(() => dialog.all('listitem').length === 200, 'more');
    dialog.press('Load more');
    await until(() => dialog.all('listitem').length === 240, 'all');
    expect(dialog.has('button', 'Load more')).to.equal(false);
  });

  it('of hundreds shows what failed first, when all had their turn', async () => {
    const { adapter } = memory({
      intercept: (operation, input) => {
        if (operation === 'create' && (input as WebhookInput).name === 'R130') throw new AdapterError('unavailable');
      },
    });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    await choose(dialog, file(...Array.from({ length: 140 }, (_, index) => settings({ name: `R${index}` }))));
    await until(() => dialog.has('button', say('importOne', { count: 140 })), 'all to be read');
    dialog.press(say('importOne', { count: 140 }));
    await until(() => dialog.text.includes(`${say('importDone', { count: 139 })} ${say('importFailed', { count: 1 })}`), 'the outcome');
    expect(dialog.all('listitem')[0]!.textContent).to.include('R130').and.include(say('error.unavailable'));
  });
});

describe('import, what is to be mended', () => {
  const fix = (name: string) => `${say('importFix')} ${name}`;

  it('by the host’s word is told by field, mended in the form, and added then', async () => {
    const { adapter, of } = memory({
      intercept: (operation, input) => {
        if (operation === 'create' && (input as WebhookInput).url.includes('taken'))
          throw new AdapterError('validation', { fieldErrors: { url: 'This endpoint is already registered.', plan: 'Ten at most.' } });
      },
    });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'Taken', url: 'https://taken.example.com/' })));
    dialog.press(say('importOne', { count: 1 }));
    const problem = (label: string, text: string) => say('importProblem', { label, text });
    await listItem(dialog, 'Taken', problem('Endpoint URL', 'This endpoint is already registered.'), problem('plan', 'Ten at most.'));
    dialog.press(fix('Taken'));
    const modal = await page.modal.opened();
    await focusOn(() => modal.field('Endpoint URL'));
    modal.fill('Endpoint URL', 'https://free.example.com/');
    modal.save();
    await modal.closed();
    await listItem(dialog, 'Taken', say('importAdded'));
    expect(of('create').map(({ args }) => (args[0] as WebhookInput).url)).to.deep.equal(['https://taken.example.com/', 'https://free.example.com/']);
    expect(dialog.has('button', /^Add /)).to.equal(false);
  });

  for (const [what, changes, label] of [
    ['a wrong URL', { url: 'http://hooks.example.com/' }, 'Endpoint URL'],
    ['an unknown event', { events: ['gone.event'] }, 'Event'],
    [
      'an unknown organization',
      { authentication: { type: 'token', organizationSpecific: true, credentials: [{ organizationId: 'org_9', key: 'X-Key' }] } as never },
      'Organization',
    ],
    ['a wrong header', { headers: [{ key: 'Connection', value: '1' }] }, 'Key'],
  ] as readonly (readonly [string, Partial<WebhookInput>, string])[])
    it(`such as ${what} is open in the form, where it is wrong`, async () => {
      const { page } = await opened();
      const dialog = await openImport(page);
      await choose(dialog, file(settings({ name: 'Odd', ...changes })));
      dialog.press(fix('Odd'));
      const modal = await page.modal.opened();
      await until(() => nameOf(focused()!) === label, `the focus in ${label}`);
      expect(modal.field('Name').value).to.equal('Odd');
      modal.press('Cancel');
      await modal.closed();
      dialog.button(fix('Odd'));
    });

  it('asks for a secret where the first is missing', async () => {
    const { page } = await opened();
    const dialog = await openImport(page);
    await choose(dialog, file(basic('Needs one')));
    dialog.press(say('importEnter', { name: 'Needs one' }));
    const modal = await page.modal.opened();
    await focusOn(() => modal.field('Password'));
  });

  it('is not offered for what is no webhook, nor for what the host could not do', async () => {
    const { adapter } = memory({
      intercept: (operation) => {
        if (operation === 'create') throw new AdapterError('unavailable');
      },
    });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    await choose(dialog, file('no webhook', settings({ name: 'Refused' })));
    dialog.press(say('importOne', { count: 1 }));
    await listItem(dialog, 'Refused', say('error.unavailable'));
    expect(dialog.has('button', new RegExp(`^${say('importFix')}`))).to.equal(false);
  });
});

describe('import, without a catalogue', () => {
  const elsewhere = (name: string) =>
    settings({ name, authentication: { type: 'token', organizationSpecific: true, credentials: [{ organizationId: 'org_9', key: 'X-Key' }] } as never });

  it('that failed to load judges nothing by it, and offers Retry', async () => {
    let fails = true;
    const { adapter } = memory({
      eventTypes: [{ id: 'site.archived', label: 'Site Archived' }],
      intercept: (operation) => {
        if (operation === 'listEventTypes' && fails) throw new AdapterError('unavailable');
      },
    });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    await choose(dialog, file(settings({ name: 'Known' }), settings({ name: 'Unknown', events: ['gone.event'] }), settings({ name: 'Wrong', url: 'http://a.example.com' })));
    for (const name of ['Known', 'Unknown']) expect(candidate(dialog, name).text).to.include(say('importUnchecked'));
    expect(candidate(dialog, 'Wrong').text).to.include(say('url.scheme'));
    expect(dialog.text).not.to.include('gone.event');
    expect(dialog.get('alert').textContent).to.include(say('catalogueFailed'));
    expect(dialog.has('button', /^Add /)).to.equal(false);
    fails = false;
    dialog.press('Retry');
    await listItem(dialog, 'Known', say('importReady'));
    await listItem(dialog, 'Unknown', say('importUnknown', { value: 'gone.event' }));
    expect(dialog.has('alert')).to.equal(false);
  });

  it('that is still to come waits for it', async () => {
    const gate = deferred();
    const { adapter } = memory({ intercept: (operation) => (operation === 'listOrganizations' ? gate.promise : undefined) });
    const page = await openSettings({ adapter });
    const dialog = await openImport(page);
    await choose(dialog, file(elsewhere('Elsewhere'), settings({ name: 'Anywhere' })));
    expect(candidate(dialog, 'Elsewhere').text).to.include(say('importUnchecked'));
    expect(candidate(dialog, 'Anywhere').text).to.include(say('importReady'));
    expect(dialog.text).to.include(say('importChecking'));
    gate.resolve();
    await listItem(dialog, 'Elsewhere', say('importUnknown', { value: 'org_9' }));
    expect(dialog.text).not.to.include(say('importChecking'));
  });

  it('of its own takes the page’s', async () => {
    const { adapter } = memory({ intercept: (operation) => (operation === 'listOrganizations' ? deferred().promise : undefined) });
    const page = await openSettings({ adapter, organizations: [{ id: 'org_9', name: 'Ours' }] });
    const dialog = await openImport(page);
    await choose(dialog, file(elsewhere('Ours')));
    dialog.button(say('importEnter', { name: 'Ours' }));
  });
});
