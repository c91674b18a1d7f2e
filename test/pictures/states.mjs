// Every state of the list and the modal that a person can get to see. What is pressed is found by part, role and place: the
// states are the same in every language.

const list = (page) => page.locator('webhook-settings [part~=list]').waitFor();
/** The tools, which come after the list, are there with the filters. */
const tools = async (page) => {
  await list(page);
  await page.locator('webhook-settings [part~=search]').waitFor();
};
const openAdd = async (page) => {
  await page.locator('[part~=add-button]').first().click();
  await field(page, 'name').waitFor();
};
const openRow = async (page, index) => {
  await tools(page);
  await page.locator('button[part~=name]').nth(index).click();
  await field(page, 'name').waitFor();
};
/** The row menu's items: Edit, Duplicate, Deactivate, Send test event, View deliveries, Delete. */
const chooseAction = async (page, row, item) => {
  await tools(page);
  await page.locator('.row .menu-button, .row [aria-haspopup=menu]').nth(row).click();
  await page.locator('[role=menuitem]').first().waitFor();
  if (item !== undefined) await page.locator('[role=menuitem]').nth(item).click();
};
const modal = (page) => page.locator('add-webhook-modal');
const field = (page, id) => modal(page).locator(`[id="${id}"], [name="${id}"]`).first();
const chooseType = (page, type) => modal(page).locator('select:has(option[value=oauth2])').selectOption(type);
const perOrganization = (page) => modal(page).locator('[role=switch]').nth(2).check();
const save = (page) => modal(page).locator('[part~=save-button]').click();
const edit = async (page, name) => {
  await field(page, 'name').fill(name);
};

const form = { tall: true };
const types = ['headers', 'basic', 'token', 'aws4', 'hmac-sha256', 'none', 'oauth2'];

/** By name: what the host is like, and what a person did. `tall`: on a screen that has room for a whole form. */
export const states = {
  'gate-denied': { wish: { properties: { access: 'denied' } } },
  'gate-unavailable': { wish: { properties: { access: 'unavailable' } } },
  'read-only': { wish: { properties: { access: 'read-only' } }, reach: list },
  loading: { wish: { never: 'list' }, reach: (page) => page.locator('[part~=loading]').waitFor() },
  empty: { wish: { webhooks: 0 }, reach: (page) => page.locator('[part~=empty]').waitFor() },
  list: { wish: { malformed: true, nextCursor: 'more' }, reach: tools },
  'list-selected': {
    reach: async (page) => {
      await tools(page);
      await page.locator('.rows input[type=checkbox]').first().check();
      await page.locator('[part~=search]').waitFor({ state: 'detached' });
    },
  },
  'list-failed': {
    wish: { fail: { list: { code: 'rate-limited', message: 'Too many requests.' } } },
    reach: (page) => page.locator('[part~=error]').waitFor(),
  },
  'no-match': {
    reach: async (page) => {
      await tools(page);
      await page.locator('[part~=search]').fill('nothing like it');
      await page.locator('[part~=empty]').waitFor();
    },
  },
  'row-menu': { reach: (page) => chooseAction(page, 0) },
  delete: { reach: (page) => chooseAction(page, 0, 5) },
  'delete-failed': {
    wish: { fail: { delete: 'unavailable' } },
    reach: async (page) => {
      await chooseAction(page, 0, 5);
      await page.locator('dialog.confirm button.primary').click();
      await page.locator('dialog.confirm [role=alert]').waitFor();
    },
  },
  ...Object.fromEntries(
    types.flatMap((type) => [
      [
        `form-${type}`,
        {
          ...form,
          reach: async (page) => {
            await tools(page);
            await openAdd(page);
            await chooseType(page, type);
          },
        },
      ],
    ]),
  ),
  'form-organizations': {
    ...form,
    reach: async (page) => {
      await tools(page);
      await openAdd(page);
      await perOrganization(page);
      await chooseType(page, 'basic');
      await modal(page).locator('[part~=organization]').waitFor();
    },
  },
  'form-errors': {
    ...form,
    reach: async (page) => {
      await tools(page);
      await openAdd(page);
      await chooseType(page, 'token');
      await save(page);
      await modal(page).locator('[part~=error]').first().waitFor();
    },
  },
  'form-edit': { ...form, reach: (page) => openRow(page, 1) },
  'form-refused': {
    ...form,
    wish: { fail: { update: { code: 'validation', fieldErrors: { name: 'This name is taken.' } } } },
    reach: async (page) => {
      await openRow(page, 0);
      await edit(page, 'Taken');
      await save(page);
      await modal(page).locator('[part~=field-error]').first().waitFor();
    },
  },
  discard: {
    ...form,
    reach: async (page) => {
      await openRow(page, 0);
      await edit(page, 'Another name');
      await modal(page).locator('[part~=cancel-button]').click();
      await modal(page).locator('dialog.confirm').waitFor();
    },
  },
  conflict: {
    ...form,
    reach: async (page) => {
      await openRow(page, 0);
      await edit(page, 'Another name');
      await save(page);
      await modal(page).locator('dialog.conflict').waitFor();
    },
  },
  preview: {
    ...form,
    reach: async (page) => {
      await openRow(page, 0);
      await modal(page).locator('summary').last().click();
      await modal(page).locator('pre').waitFor();
    },
  },
  test: {
    reach: async (page) => {
      await chooseAction(page, 0, 3);
      await page.locator('dialog.test-dialog button.primary').click();
      await page.locator('dialog.test-dialog pre').first().waitFor();
    },
  },
  deliveries: {
    reach: async (page) => {
      await chooseAction(page, 0, 4);
      await page.locator('dialog.deliveries li').first().waitFor();
    },
  },
  'delivery-open': {
    reach: async (page) => {
      await chooseAction(page, 0, 4);
      await page.locator('dialog.deliveries li summary').nth(1).click();
      await page.locator('dialog.deliveries details[open] pre').first().waitFor();
    },
  },
  import: {
    reach: async (page) => {
      await tools(page);
      await page.locator('.toolbar [aria-haspopup=menu]').click();
      await page.locator('[role=menuitem]').first().click();
      await page.locator('dialog.import input').waitFor();
      await page.locator('dialog.import input').setInputFiles({
        name: 'webhooks.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify({
            webhooks: [
              { name: 'Open', events: ['site.archived'], url: 'https://a.example.com', authentication: { type: 'none', organizationSpecific: false, credentials: [] } },
              { name: 'Wrong', events: ['site.archived'], url: 'http://10.0.0.1', authentication: { type: 'none', organizationSpecific: false, credentials: [] } },
              { name: 'With a secret', events: ['site.archived'], url: 'https://b.example.com', authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'u' }] } },
            ],
          }),
        ),
      });
      await page.locator('dialog.import li').nth(2).waitFor();
    },
  },
};

const wide = { width: 960, height: 720 };
const narrow = { width: 390, height: 720 };

/** By name: the browser's settings, and the page's. */
export const variants = {
  light: { viewport: wide },
  dark: { viewport: wide, colorScheme: 'dark' },
  rtl: { viewport: wide, lang: 'ar', dir: 'rtl' },
  narrow: { viewport: narrow },
  forced: { viewport: wide, forcedColors: 'active' },
};

/** The dialog that a “tall” state is about. */
export const modalOf = (page) => modal(page).locator('dialog').first();

/** As high as the longest form, and no more. */
export const tallHeight = { wide: 2000, narrow: 2000 };
