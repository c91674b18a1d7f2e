import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import { chooseAction, openRowMenu } from '../helpers/hosts.js';
import { enter, textOf, until } from '../helpers/page.js';
import { atRest } from '../helpers/rest.js';
import {
  credentialSamples,
  memory,
  mountSettings,
  openSettings,
  organizations,
  say,
  storedWebhook,
  type ModalPage,
  type SettingsPage,
} from '../helpers/widget.js';

// It is no module: it leaves itself in the global scope.
const { axe } = globalThis as unknown as { axe: typeof axeCore };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** These judge a whole page, which a component is not. */
const rules = Object.fromEntries(
  ['region', 'landmark-one-main', 'page-has-heading-one', 'heading-order'].map((rule) => [rule, { enabled: false }]),
);

/** No violation, in light and in dark. */
async function expectAccessible(page: SettingsPage): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = scheme;
    document.body.style.background = scheme === 'dark' ? '#0d1117' : '#fff';
    document.body.style.color = scheme === 'dark' ? '#e6edf3' : '#1f2328';
    await page.element.updateComplete;
    await atRest(page.element);
    const { violations } = await axe.run(page.element, { runOnly: { type: 'tag', values: tags }, rules });
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('; ')}`);
    expect(said, scheme).to.deep.equal([]);
  }
}

const webhooks = [
  storedWebhook({ name: 'Live' }),
  storedWebhook({ name: 'Tested', test: true }),
  storedWebhook({ name: 'Off', active: false, health: { recent: ['succeeded', 'failed'], deactivatedReason: 'It failed for three days.' } }),
  storedWebhook({
    name: 'For two',
    authentication: {
      type: 'token',
      organizationSpecific: true,
      credentials: ['org_1', 'org_2'].map((organizationId) => ({ organizationId, key: 'X-Token', value: { stored: true, hint: '9f2a' } })),
    },
  }),
];

const withRows = () => openSettings({ adapter: memory({ webhooks }).adapter });
const never: WebhookAdapter = { list: () => new Promise(() => undefined), create: () => new Promise(() => undefined) };

describe('axe finds nothing', () => {
  afterEach(() => {
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
  });

  for (const access of ['denied', 'unavailable'] as const)
    it(`behind the gate: ${access}`, async () => {
      const page = await mountSettings({ access, adapter: memory().adapter });
      await page.loaded();
      await expectAccessible(page);
    });

  it('where the viewer may only look', async () => {
    await expectAccessible(await openSettings({ access: 'read-only', adapter: memory({ webhooks }).adapter }));
  });

  it('while it loads', async () => {
    await expectAccessible(await mountSettings({ adapter: never }));
  });

  it('with nothing there yet', async () => {
    await expectAccessible(await openSettings({ adapter: memory().adapter }));
  });

  it('in the list, with labels, health, a malformed webhook and more to load', async () => {
    const { adapter } = memory({ webhooks });
    const mixed: WebhookAdapter = {
      ...adapter,
      list: async (query, options) => {
        const page = await adapter.list(query, options);
        return { items: [...page.items, { id: 'wh_x', name: 'Broken' } as never], nextCursor: 'more', total: 40 };
      },
    };
    const page = await openSettings({ adapter: mixed });
    await page.appears('textbox', 'Search webhooks');
    await expectAccessible(page);
  });

  it('in a narrow list, whose header is for assistive technology, but for the box that selects all', async () => {
    await setViewport({ width: 320, height: 800 });
    try {
      const page = await withRows();
      await page.appears('textbox', 'Search webhooks');
      expect(page.all('columnheader').map(textOf)).to.deep.equal([
        say('selectAll'),
        say('name'),
        say('events'),
        say('endpoint'),
        say('authentication'),
        say('deliveryHealth'),
        say('moreActions'),
      ]);
      await expectAccessible(page);
    } finally {
      await setViewport({ width: 1280, height: 800 });
    }
  });

  it('with rows selected', async () => {
    const page = await withRows();
    page.get('checkbox', 'Select Live').click();
    await page.appears('button', 'Clear selection');
    await expectAccessible(page);
  });

  it('when nothing matches', async () => {
    const page = await withRows();
    enter(await page.appears<HTMLInputElement>('textbox', 'Search webhooks'), 'nothing like it');
    await page.appears('button', 'Clear filters');
    await expectAccessible(page);
  });

  it('in a row’s menu', async () => {
    const page = await withRows();
    await openRowMenu(page, 'Live');
    await expectAccessible(page);
  });

  it('in the question before deleting, and when that fails', async () => {
    const { adapter } = memory({ webhooks });
    const page = await openSettings({
      adapter: { ...adapter, delete: () => Promise.reject(new AdapterError('unavailable')) },
    });
    await chooseAction(page, 'Live', 'Delete');
    await page.appears('alertdialog');
    await expectAccessible(page);
    page.within('alertdialog').press('Delete');
    await until(() => page.within('alertdialog').has('alert'));
    await expectAccessible(page);
  });

  it('in the import', async () => {
    const page = await withRows();
    page.press('More actions');
    (await page.appears('menuitem', say('import'))).click();
    await page.appears('dialog', say('importTitle'));
    await expectAccessible(page);
  });

  it('when the list failed', async () => {
    const { adapter } = memory();
    await expectAccessible(
      await openSettings({ adapter: { ...adapter, list: () => Promise.reject(new AdapterError('rate-limited', { retryAfter: 60 })) } }),
    );
  });

  /** The open form, for one type. */
  const typed = async (modal: ModalPage, label: string): Promise<void> => {
    await modal.chooseType(label);
    await modal.settled();
  };

  for (const { label } of credentialSamples)
    it(`in the form, with ${label}, for one and for several organizations, empty and refused`, async () => {
      const page = await openSettings({ adapter: memory().adapter });
      const modal = await page.openAdd();
      await typed(modal, label);
      await expectAccessible(page);
      enter(modal.get<HTMLInputElement>('switch', 'Org. specific authentication'), true);
      await modal.settled();
      modal.requestHeaders.press('Add Header');
      await modal.settled();
      modal.save();
      await modal.settled();
      await expectAccessible(page);
    });

  it('in the form, with stored secrets, one of them replaced', async () => {
    const page = await withRows();
    const modal = await page.openEdit('For two');
    await expectAccessible(page);
    modal.all('button', 'Replace')[0]!.click();
    await modal.settled();
    await expectAccessible(page);
  });

  it('when a save was refused', async () => {
    const { adapter } = memory({ webhooks });
    const page = await openSettings({
      adapter: {
        ...adapter,
        update: () => Promise.reject(new AdapterError('validation', { fieldErrors: { url: 'This host is blocked.', other: 'And this.' } })),
      },
    });
    const modal = await page.openEdit('Live');
    enter(modal.field('Name'), 'Another');
    modal.save();
    await until(() => modal.parts('error').length > 0);
    await expectAccessible(page);
  });

  it('in the question before discarding', async () => {
    const page = await withRows();
    const modal = await page.openAdd();
    enter(modal.field('Name'), 'Unsaved');
    modal.press('Cancel');
    await modal.appears('alertdialog');
    await expectAccessible(page);
  });

  it('in the question after someone else’s change', async () => {
    const { adapter } = memory({ webhooks });
    const current = { ...webhooks[0]!, name: 'Theirs', version: '8' };
    const page = await openSettings({
      organizations,
      adapter: { ...adapter, update: () => Promise.reject(new AdapterError('conflict', { current })) },
    });
    const modal = await page.openEdit('Live');
    enter(modal.field('Name'), 'Mine');
    modal.save();
    await modal.appears('dialog', say('conflictTitle'));
    await expectAccessible(page);
  });
});
