import { expect, fixture, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { formatMessage, type MessageKey, type MessageParameters } from '../../src/core/messages/index.js';
import { messages as ar } from '../../src/locales/ar.js';
import { messages as de } from '../../src/locales/de.js';
import { messages as en } from '../../src/locales/en.js';
import { messages as es } from '../../src/locales/es.js';
import { messages as fr } from '../../src/locales/fr.js';
import { messages as ja } from '../../src/locales/ja.js';
import type { AddWebhookModal } from '../../src/elements/add-webhook-modal/add-webhook-modal.js';
import type { WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { everyElement, type Page, textOf, until } from '../helpers/page.js';
import { memory, ModalPage, organizations, SettingsPage, storedWebhook } from '../helpers/widget.js';

const locales = { ar, de, en, es, fr, ja };
type Language = keyof typeof locales;
const say = (language: Language, key: MessageKey, parameters?: MessageParameters) =>
  formatMessage(language, locales[language][key], parameters);

const rows = () => [
  storedWebhook({ name: 'Milestones to CRM' }),
  storedWebhook({
    name: 'Contracts, signed and countersigned, to the archive of the legal department (Europe)',
    test: true,
    active: false,
    events: ['contract_recipient.status_change'],
    url: 'https://integration-gateway.eu-central-1.hooks.example.com:8443/v2/contracts/recipients?source=webhooks',
    authentication: {
      type: 'hmac-sha256',
      organizationSpecific: true,
      credentials: organizations.map(({ id }) => ({ organizationId: id, clientId: 'client', clientSecret: { stored: true } })),
    },
  }),
];

/** The element inside a part of the page that has `lang` and `dir`. */
async function inLanguage(lang: string, properties: Partial<WebhookSettings> = {}, dir = 'ltr'): Promise<{ part: HTMLElement; page: SettingsPage }> {
  const part = await fixture<HTMLElement>(html`<div lang=${lang} dir=${dir}><webhook-settings></webhook-settings></div>`);
  const element = part.querySelector('webhook-settings')!;
  Object.assign(element, { adapter: memory({ webhooks: rows() }).adapter, ...properties });
  return { part, page: await new SettingsPage(element).loaded() };
}

const speaks = (page: Page, language: Language) =>
  until(() => page.has('button', say(language, 'addWebhook')), `the list should speak ${language}`);

async function openForm(page: SettingsPage, language: Language): Promise<ModalPage> {
  await speaks(page, language);
  page.press(say(language, 'addWebhook'));
  return page.modal.opened();
}

/** How wide a field's placeholder is, in pixels. */
function placeholderWidth(field: HTMLInputElement): number {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = getComputedStyle(field).font;
  return context.measureText(field.placeholder).width;
}

describe('the language of <webhook-settings>', () => {
  for (const language of Object.keys(locales) as Language[])
    it(`leaves what the search field says whole, beside the filters: ${language}`, async () => {
      const { part, page } = await inLanguage(language, {}, language === 'ar' ? 'rtl' : 'ltr');
      await speaks(page, language);
      const search = await until(() => page.parts('search')[0] as HTMLInputElement | undefined);
      for (const width of [900, 960, 1200]) {
        part.style.width = `${width}px`;
        const { paddingInlineStart } = getComputedStyle(search);
        await until(() => search.clientWidth - 2 * parseFloat(paddingInlineStart) >= placeholderWidth(search), `all of it at ${width} px`);
      }
    });

  it('is that of its nearest ancestor with `lang`, whatever its region', async () => {
    const { page } = await inLanguage('de-AT');
    await speaks(page, 'de');
    expect(textOf(page.root)).to.include('2 Webhooks').and.include('3 Organisationen').and.include('inaktiv');
    page.press(say('de', 'actionsFor', { name: 'Milestones to CRM' }));
    await until(() => page.has('menuitem'));
    expect(page.all('menuitem').map(textOf)).to.include.members(['Bearbeiten', 'Duplizieren', 'Deaktivieren', 'Löschen']);
  });

  it('is English where there is none that it knows', async () => {
    const { page } = await inLanguage('tlh');
    await page.openAdd();
    expect(page.modal.has('button', 'Save')).to.equal(true);
  });

  it('is that of the form inside it, too', async () => {
    const { page } = await inLanguage('fr');
    const modal = await openForm(page, 'fr');
    expect(modal.has('textbox', 'Nom')).to.equal(true);
    modal.press('Enregistrer');
    await until(() => textOf(modal.root).includes('Renseignez le champ « Nom ».'));
  });

  it('changes live with the page, an ancestor or the element itself, with the form open', async () => {
    const { part, page } = await inLanguage('en');
    const modal = await page.openAdd();
    modal.fill('Name', 'Typed before');
    part.lang = 'de';
    await until(() => modal.has('button', 'Speichern'));
    await until(() => textOf(page.root).includes('2 Webhooks') && page.has('heading', 'Webhooks'));
    expect(modal.field('Name').value).to.equal('Typed before');
    page.element.lang = 'ja';
    await until(() => modal.has('button', say('ja', 'save')));
    page.element.removeAttribute('lang');
    await until(() => modal.has('button', 'Speichern'));
    part.removeAttribute('lang');
    const before = document.documentElement.lang;
    try {
      document.documentElement.lang = 'fr';
      await until(() => modal.has('button', 'Enregistrer'));
    } finally {
      document.documentElement.lang = before;
    }
    await until(() => modal.has('button', 'Save'));
  });

  it('is found across shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="de"></div>`);
    const element = document.createElement('webhook-settings');
    element.adapter = memory({ webhooks: rows() }).adapter;
    outer.attachShadow({ mode: 'open' }).append(element);
    const page = await new SettingsPage(element).loaded();
    await speaks(page, 'de');
    outer.lang = 'fr';
    await speaks(page, 'fr');
  });

  it('is another where the element is moved to', async () => {
    const { page } = await inLanguage('de');
    await speaks(page, 'de');
    const elsewhere = await fixture<HTMLElement>(html`<div lang="fr"></div>`);
    elsewhere.append(page.element);
    await page.loaded();
    await speaks(page, 'fr');
  });

  it('may be two on one page', async () => {
    const [german, french] = [await inLanguage('de'), await inLanguage('fr')];
    await speaks(german.page, 'de');
    await speaks(french.page, 'fr');
    await openForm(french.page, 'fr');
    expect(textOf(german.page.root)).to.include('3 Organisationen');
    expect(textOf(french.page.root)).to.include('3 organisations');
  });

  it('is heeded where nothing may be seen, too', async () => {
    for (const access of ['denied', 'unavailable'] as const) {
      const { page } = await inLanguage('de', { access });
      await until(() => textOf(page.root).includes(say('de', access)));
    }
  });

  it('gives way to the texts of the page', async () => {
    const { page } = await inLanguage('de', { messages: { addWebhook: 'Neu' } });
    await until(() => page.has('button', 'Neu') && textOf(page.root).includes('3 Organisationen'));
  });

  it('may be handed in as a whole', async () => {
    const { page } = await inLanguage('de', { messages: ja });
    expect(page.has('button', say('ja', 'addWebhook'))).to.equal(true);
  });

  it('writes numbers as people there do', async () => {
    const webhooks = Array.from({ length: 1234 }, () => storedWebhook());
    const { page, part } = await inLanguage('de', { adapter: memory({ webhooks }).adapter });
    await until(() => textOf(page.root).includes('25 von 1.234'));
    part.lang = 'fr';
    await until(() => /25 webhooks sur 1\s234/.test(textOf(page.root)));
    part.lang = 'ar-EG';
    await until(() => textOf(page.root).includes('٢٥ من أصل ١٬٢٣٤'));
  });

  it('is followed no more when the element has left the page', async () => {
    const { part, page } = await inLanguage('de');
    await speaks(page, 'de');
    const { element } = page;
    element.remove();
    await element.updateComplete;
    let updates = 0;
    element.requestUpdate = () => void updates++;
    // One that stays hears of it, and by then the other would have.
    const other = document.createElement('webhook-settings');
    other.adapter = memory({ webhooks: rows() }).adapter;
    part.append(other);
    await speaks(await new SettingsPage(other).loaded(), 'de');
    part.lang = 'fr';
    await speaks(new SettingsPage(other), 'fr');
    expect(updates).to.equal(0);
  });
});

describe('the language of <add-webhook-modal>', () => {
  it('is that of its nearest ancestor with `lang`, and changes live', async () => {
    const part = await fixture<HTMLElement>(html`<div lang="de"><add-webhook-modal></add-webhook-modal></div>`);
    const element = part.querySelector<AddWebhookModal>('add-webhook-modal')!;
    await element.show();
    const page = await new ModalPage(element).opened();
    await until(() => page.has('heading', 'Webhook hinzufügen') && page.has('button', 'Speichern'));
    part.lang = 'ar';
    await until(() => page.has('button', say('ar', 'save')));
    part.lang = 'en';
    await until(() => page.has('button', 'Save'));
  });
});

describe('the layout', () => {
  after(() => setViewport({ width: 1280, height: 800 }));

  it('is mirrored in Arabic: what is first is at the right, URLs and keys read from the left', async () => {
    await setViewport({ width: 1280, height: 900 });
    const { page } = await inLanguage('ar', {}, 'rtl');
    await speaks(page, 'ar');
    const [heading, add] = [page.find('heading')!, page.find('button', say('ar', 'addWebhook'))!];
    expect(heading.getBoundingClientRect().right).to.be.greaterThan(add.getBoundingClientRect().right);
    const modal = await openForm(page, 'ar');
    await until(() => modal.has('button', say('ar', 'save')));
    const left = (element: Element) => element.getBoundingClientRect().left;
    expect(left(modal.find('button', say('ar', 'close'))!)).to.be.lessThan(left(modal.find('heading', say('ar', 'addWebhook'))!));
    expect(getComputedStyle(modal.field(say('ar', 'field.url'))).direction).to.equal('ltr');
    for (const code of everyElement(page.root)) if (code.matches('.code')) expect(getComputedStyle(code).direction).to.equal('ltr');
  });
});
