// A secret that someone types is found nowhere: not before, during or after a save, a cancel or a change of type.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { watchForSecrets } from './helpers/canary.mjs';
import { startHost } from './helpers/servers.mjs';
import { Modal, authenticationTypes, openAddWebhook, rowOf } from './helpers/widget.mjs';

/** A host on the local adapter whose saves wait for `answer()`, so that a test can look while one is under way. */
const html = `<!doctype html>
<html lang="en">
<head><title>Host</title></head>
<body>
<webhook-settings></webhook-settings>
<script type="module">
  import { createLocalAdapter } from '/cdn/webhook-settings.js';
  const organizations = [{ id: 'org_1', name: 'First' }, { id: 'org_2', name: 'Second' }, { id: 'org_3', name: 'Third' }];
  const local = createLocalAdapter({ name: 'canary', organizations });
  const gate = () => new Promise((resolve, reject) => Object.assign(window, { answer: resolve, fail: reject }));
  document.querySelector('webhook-settings').adapter = {
    ...local,
    create: async (...call) => (window.received = call[0], await gate(), local.create(...call)),
    update: async (...call) => (window.received = call[1], await gate(), local.update(...call)),
  };
</script>
</body>
</html>`;

let host, browser, page, problems, close, watch, count;
before(async () => {
  host = await startHost({ '/': html });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  const opened = await openPage(browser);
  ({ page, problems, close } = opened);
  count = 0;
  watch = await watchForSecrets(opened);
  await page.goto(host.url);
  await page.getByText('No webhooks yet').waitFor();
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

/** As long as an AWS secret key: another length would be warned about. */
const newSecret = () => `cAnArY${(count += 1)}zq${Math.random().toString(36).slice(2)}`.padEnd(40, 'x');
const foundNowhere = async (secrets, options) => assert.deepEqual(await watch.leaks(secrets, options), []);
const savingShows = (modal) => modal.root.getByRole('status').getByText('Saving…').waitFor();

async function discard(modal) {
  await modal.button('Cancel').click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await modal.root.waitFor({ state: 'hidden' });
}

/** Fills a new webhook; returns the secrets that it typed, one for each secret field on screen. */
async function fill(modal, type, organizations) {
  const typed = [];
  const secretFor = () => {
    typed.push(newSecret());
    return typed.at(-1);
  };
  await modal.fillWebhook({ name: 'Canary' });
  await modal.chooseType(type);
  if (organizations.length) await modal.switch('Org. specific authentication').check();
  for (const [index, name] of organizations.entries()) {
    if (index > 0) await modal.button('Add Organization Credential').click();
    await modal.organization(index).getByLabel('Organization', { exact: true }).selectOption(name);
    await modal.fillCredential(type, secretFor, modal.organization(index));
  }
  if (!organizations.length) await modal.fillCredential(type, secretFor);
  return typed;
}

const withSecrets = Object.entries(authenticationTypes).filter(([, { secrets }]) => secrets.length > 0);

for (const [mode, organizations] of [['one credential', []], ['two organizations', ['First', 'Second']]])
  for (const [type, { label }] of Object.entries(authenticationTypes))
    it(`${label}, ${mode}: nowhere before, during and after a save`, async () => {
      const modal = await openAddWebhook(page);
      const secrets = await fill(modal, type, type === 'none' ? [] : organizations);
      await foundNowhere(secrets);

      // Shown on purpose, it is still only in the field.
      const show = modal.root.getByRole('button', { name: /^Show/ });
      while ((await show.count()) > 0) await show.first().click();
      await foundNowhere(secrets);

      await modal.save();
      await savingShows(modal);
      await foundNowhere(secrets);
      const received = JSON.stringify(await page.evaluate(() => window.received.authentication));
      for (const secret of secrets) assert.ok(received.includes(secret), 'the adapter got it');

      await page.evaluate(() => window.answer());
      await modal.root.waitFor({ state: 'hidden' });
      await rowOf(page, 'Canary').getByText(label).waitFor();
      await page.evaluate(() => delete window.received);
      await foundNowhere(secrets, { values: true });
      await page.reload();
      await rowOf(page, 'Canary').waitFor();
      await foundNowhere(secrets, { values: true });
    });

for (const [type, { label }] of withSecrets) {
  it(`${label}: nowhere after Cancel, and not there when the modal opens again`, async () => {
    let modal = await openAddWebhook(page);
    const secrets = await fill(modal, type, []);
    await discard(modal);
    await foundNowhere(secrets, { values: true });
    modal = await openAddWebhook(page);
    await modal.chooseType(type);
    await foundNowhere(secrets, { values: true });
  });

  it(`${label}: nowhere after a switch to another type and back, and after the organization is removed`, async () => {
    const modal = await openAddWebhook(page);
    const secrets = await fill(modal, type, []);
    await modal.chooseType('none');
    await foundNowhere(secrets, { values: true });
    await modal.chooseType(type);
    await foundNowhere(secrets, { values: true });

    await modal.switch('Org. specific authentication').check();
    const block = modal.organization(0);
    const secret = newSecret();
    await block.getByLabel('Organization', { exact: true }).selectOption('First');
    await modal.fillCredential(type, () => secret, block);
    await block.getByRole('button', { name: 'Remove Organization' }).click();
    await foundNowhere([...secrets, secret], { values: true });
  });
}

describe('a secret', () => {
  it('is not told by a paste, a composition, copying or cutting', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const modal = await openAddWebhook(page);
    await modal.chooseType('token');
    const [inserted, pasted] = [newSecret(), newSecret()];
    await modal.field('Value').focus();
    await page.keyboard.insertText(inserted);
    await foundNowhere([inserted]);
    await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
    await modal.field('Value').press('ControlOrMeta+A');
    await modal.field('Value').press('ControlOrMeta+V');
    assert.equal(await modal.field('Value').inputValue(), pasted);
    await modal.root.getByRole('button', { name: /^Show/ }).click();
    await modal.field('Value').press('ControlOrMeta+A');
    await modal.field('Value').press('ControlOrMeta+C');
    await modal.field('Value').press('ControlOrMeta+X');
    assert.equal(await modal.field('Value').inputValue(), '');
    await foundNowhere([inserted, pasted], { values: true });
  });

  it('is found nowhere while it replaces a stored one, nor when that is called off', async () => {
    let modal = await openAddWebhook(page);
    const [first] = await fill(modal, 'hmac-sha256', []);
    await modal.save();
    await savingShows(modal);
    await page.evaluate(() => window.answer());
    await modal.root.waitFor({ state: 'hidden' });
    await page.evaluate(() => delete window.received);

    const edit = async () => {
      await rowOf(page, 'Canary').getByRole('button', { name: 'Canary', exact: true }).click();
      modal = new Modal(page, 'Edit Webhook');
      await modal.button('Replace').click();
    };
    await edit();
    const calledOff = newSecret();
    await modal.field('Client Secret').pressSequentially(calledOff);
    await modal.button('Keep current').click();
    await foundNowhere([first, calledOff], { values: true });
    await modal.button('Replace').click();
    assert.equal(await modal.field('Client Secret').inputValue(), '');
    const second = newSecret();
    await modal.field('Client Secret').pressSequentially(second);
    await foundNowhere([first, calledOff, second]);
    await modal.save();
    await savingShows(modal);
    await foundNowhere([first, calledOff, second]);
    await page.evaluate(() => window.answer());
    await modal.root.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => window.received.authentication.credentials[0].clientSecret), second);
    await page.evaluate(() => delete window.received);
    await foundNowhere([first, calledOff, second], { values: true });
  });

  it('is found nowhere after a save that failed, even where the host says it aloud', async () => {
    const modal = await openAddWebhook(page);
    const secrets = await fill(modal, 'basic', []);
    for (const wrap of ['new Error(text)', "{ code: 'unavailable', message: text }", "{ code: 'validation', fieldErrors: { name: text } }"]) {
      await modal.save();
      await savingShows(modal);
      await page.evaluate(([text, how]) => window.fail(Function('text', `return ${how}`)(text)), [`Bad: ${secrets[0]}`, `(${wrap})`]);
      await modal.root.getByText(/was not saved/).waitFor();
      await page.evaluate(() => delete window.received);
      await foundNowhere(secrets);
    }
    assert.equal(await modal.field('Password').inputValue(), secrets[0], 'the form keeps what was typed');
    await discard(modal);
    await foundNowhere(secrets, { values: true });
  });

  it('is found nowhere when the element leaves the page with the form open', async () => {
    const modal = await openAddWebhook(page);
    const secrets = await fill(modal, 'oauth2', []);
    await page.evaluate(() => {
      window.kept = document.querySelector('webhook-settings');
      window.kept.remove();
    });
    await page.evaluate(() => document.body.append(window.kept));
    await page.getByText('No webhooks yet').waitFor();
    await foundNowhere(secrets, { values: true });
  });

  it('would be noticed: in an attribute, a text, an event, the console and each storage', async () => {
    const secrets = [newSecret()];
    const places = [
      (secret) => document.body.setAttribute('data-x', secret),
      (secret) => document.querySelector('webhook-settings').shadowRoot.append(new Text(secret)),
      (secret) => document.body.dispatchEvent(new InputEvent('input', { data: secret, bubbles: true })),
      (secret) => console.info(secret),
      (secret) => history.replaceState({ secret }, ''),
      (secret) => localStorage.setItem('x', secret),
      (secret) => caches.open(secret).then(() => undefined),
    ];
    let found = 0;
    for (const place of places) {
      await page.evaluate(place, secrets[0]);
      const now = (await watch.leaks(secrets)).length;
      assert.ok(now > found, String(place));
      found = now;
    }
  });
});
