import { expect, fixture, html } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { Webhook } from '../../src/core/webhook.js';
import { organizations, openSettings, recorded, say, SettingsPage, storedWebhook } from '../helpers/widget.js';
import { chooseAction, refused } from '../helpers/hosts.js';
import { pressKey } from '../helpers/keys.js';
import { focused, focusOn, until } from '../helpers/page.js';

/** More than are all in the document. */
const COUNT = 300;
const long = 'Contracts, signed and countersigned in all subsidiaries, to the archive of the legal department (Europe)';
const path = 'v2/contracts/recipients/of/all/subsidiaries/in/europe?source=webhooks&tenant=northwind-traders-international';

/** Every tenth has more to say than two lines hold; of these, every other cannot be read. */
const items = (count = COUNT): Webhook[] => {
  const two = organizations.slice(0, 2).map(({ id }) => ({ organizationId: id, username: 'u', password: { stored: true as const } }));
  const plain = storedWebhook();
  const rich = {
    ...plain,
    url: `https://integration-gateway.eu-central-1.hooks.example.com:8443/${path}`,
    events: ['contract.status_change', 'milestone.status_change', 'site.archived', 'task_comment.created'],
    test: true,
    active: false,
    authentication: { type: 'basic' as const, organizationSpecific: true, credentials: two },
    health: { recent: ['failed' as const], deactivatedReason: `${'The endpoint did not answer. '.repeat(12)}Last word.` },
  };
  return Array.from({ length: count }, (_, index) => {
    const isRich = index % 10 === 3;
    const one = { ...(isRich ? rich : plain), id: `id of ${index}`, name: isRich ? `${long} ${index}` : `Webhook ${index}` };
    return index % 20 === 13 ? ({ ...one, url: 7, method: 'GET', contentType: 'text/plain', headers: 'none', events: '' } as never) : one;
  });
};

const host = (more: Partial<WebhookAdapter> = {}, all = items()) =>
  recorded<WebhookAdapter>({
    list: ({ search = '' }) => Promise.resolve({ items: all.filter(({ name }) => name.includes(search)) }),
    create: refused,
    ...more,
  }).adapter;

/** All rows are known, and of many only few are there. */
const ready = async (page: SettingsPage, count = COUNT) => {
  await until(() => page.text.includes(say('shown', { count })), 'all rows');
  await until(() => page.hasField('Search webhooks') && document.scrollingElement!.scrollHeight > count * 40, 'room for all rows');
  return page;
};
const open = async (more: Partial<WebhookAdapter> = {}, all = items()) => ready(await openSettings({ adapter: host(more, all) }), all.length);

const indexes = (page: SettingsPage) => page.rows.map((row) => Number(row.getAttribute('aria-rowindex')));

/** The lines of text in an element that are cut off above or below, so that half of them is seen; or, in full, at any side. */
function cutLines(root: Element, side: 'halved' | 'any' = 'halved'): string[] {
  const cut: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent!.trim() || !node.parentElement!.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects())
      for (let around = node.parentElement; around; around = around === root ? null : around.parentElement) {
        if (around !== root && getComputedStyle(around).overflowY === 'visible') continue;
        const box = around.getBoundingClientRect();
        // Of a box whose text is all above or below nothing is seen; the leading of a line may reach over.
        const isHalved = (line.top < box.top - 3 && line.bottom > box.top) || (line.bottom > box.bottom + 3 && line.top < box.bottom);
        const isShort = line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 3 || line.bottom > box.bottom + 3;
        if (side === 'any' ? isShort : isHalved) cut.push(`“${node.textContent!.trim().slice(0, 40)}” in ${around.className || around.localName}`);
      }
  }
  return cut;
}

/** The rows follow on each other without a gap over the whole of the screen. */
const isFilled = (page: SettingsPage): boolean => {
  const boxes = page.rows.map((row) => row.getBoundingClientRect());
  const list = page.get('rowgroup').getBoundingClientRect();
  const [top, bottom] = [Math.max(0, list.top + 2), Math.min(innerHeight, list.bottom - 2)];
  return boxes[0]!.top <= top && boxes.at(-1)!.bottom >= bottom && boxes.every((box, index) => !index || Math.abs(box.top - boxes[index - 1]!.bottom) < 1);
};

const scroller = () => document.scrollingElement!;

/** Frames in which nothing changes any more. */
const atRest = async () => {
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
};

const rowOnScreen = (page: SettingsPage) =>
  until(() => page.rows.find((one) => one.getBoundingClientRect().top > 0 && one.getBoundingClientRect().bottom < innerHeight), 'a row on screen');

/** What is on screen, which must be there and in its place after `change`. */
const staysWhile = async (page: SettingsPage, change: () => Promise<unknown>) => {
  const row = await rowOnScreen(page);
  const { top } = row.getBoundingClientRect();
  await change();
  await until(() => isFilled(page), 'rows all over the screen');
  await atRest();
  expect(row.isConnected, 'the row that was on screen').to.equal(true);
  expect(row.getBoundingClientRect().top).to.be.closeTo(top, 2);
};

describe('a list of hundreds', () => {
  afterEach(() => {
    scroller().scrollTop = 0;
  });

  for (const width of ['1000px', '700px', '340px'])
    it(`cuts no line in half, ${width} wide, and plain rows are of one height`, async () => {
      const part = await fixture<HTMLElement>(html`<div><webhook-settings></webhook-settings></div>`);
      part.style.width = width;
      const element = part.querySelector('webhook-settings')!;
      element.adapter = host({ update: refused, delete: refused });
      const page = await ready(new SettingsPage(element));
      for (const row of page.rows) expect(cutLines(row)).to.deep.equal([]);
      const plain = page.rows.filter((row) => /Webhook \d/.test(row.textContent));
      expect(new Set(plain.map((row) => Math.round(row.getBoundingClientRect().height))).size).to.equal(1);
    });

  it('tells a name that is cut in full where a pointer rests on it', async () => {
    const page = await open({ update: refused });
    const titleOf = (name: string) => {
      const button = page.button(name);
      button.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      return button.title;
    };
    expect(titleOf(`${long} 3`)).to.equal(`${long} 3`);
    expect(titleOf('Webhook 1')).to.equal('');
  });

  it('says in full what is wrong with a row that cannot be read, and why one was switched off', async () => {
    const page = await open({ update: refused });
    const off = page.row(`${long} 3`);
    const reason = off.all('cell').find((cell) => cell.textContent.includes('Last word.'))!;
    expect(cutLines(reason, 'any')).to.deep.equal([]);
    expect(reason.getBoundingClientRect().bottom).to.be.at.most((off.root as HTMLElement).getBoundingClientRect().bottom + 1);
    scroller().scrollTop = 400;
    await until(() => page.names.includes(`${long} 13`), 'the row below');
    const unreadable = page.row(`${long} 13`).root as HTMLElement;
    expect(unreadable.textContent).to.include('contentType');
    expect(cutLines(unreadable, 'any')).to.deep.equal([]);
  });

  it('says in full what failed in a row, after a change of many', async () => {
    const message = `${'The gateway in front of this account is being moved. '.repeat(8)}Ask again tomorrow.`;
    const page = await open({ update: () => Promise.reject(new AdapterError('forbidden', { message })) });
    for (const index of [0, 1, 2]) page.get('checkbox', say('select', { name: `Webhook ${index}` })).click();
    await page.appears('group', say('selected', { count: 3 }));
    page.within('group', say('selected', { count: 3 })).press('Deactivate');
    (await page.appears('alertdialog')).querySelector<HTMLElement>('.primary')!.click();
    await page.disappears('alertdialog');
    for (const index of [0, 1, 2]) {
      const row = page.row(`Webhook ${index}`);
      const alert = row.get('alert');
      expect(alert.textContent).to.include('Ask again tomorrow.');
      expect(cutLines(alert, 'any')).to.deep.equal([]);
      expect(cutLines(row.root as Element)).to.deep.equal([]);
    }
  });

  it('cuts nothing but the endpoint, which opens, where a row cannot be opened', async () => {
    const page = await open();
    for (const row of page.rows) {
      const endpoint = row.querySelector<HTMLElement>('.endpoint');
      endpoint?.click();
      await page.element.updateComplete;
      const host = `“${endpoint?.querySelector('.code')!.textContent.slice(0, 40)}`;
      expect(cutLines(row, 'any').filter((cut) => !cut.startsWith(host))).to.deep.equal([]);
    }
    expect(page.row(`${long} 3`).text).to.include('Task Comment Created');
  });

  it('shows the whole URL where its host is pressed', async () => {
    const page = await open({ update: refused });
    const row = page.row(`${long} 3`).root as HTMLElement;
    row.querySelector<HTMLElement>('[aria-expanded]:not([aria-haspopup])')!.click();
    const url = row.querySelector<HTMLElement>('.endpoint bdi')!;
    await until(() => url.textContent.includes(path), 'the URL');
    expect(cutLines(url, 'any')).to.deep.equal([]);
    expect(cutLines(row)).to.deep.equal([]);
  });

  it('still shows it after the row was scrolled out of the document and back', async () => {
    const page = await open({ update: refused });
    page.row('Webhook 1').press('POST hooks.example.com');
    await until(() => page.row('Webhook 1').text.includes('https://hooks.example.com/in'), 'the URL');
    scroller().scrollTop = scroller().scrollHeight;
    await until(() => page.names.at(-1) === `Webhook ${COUNT - 1}` && !page.names.includes('Webhook 1'), 'the last row');
    scroller().scrollTop = 0;
    await until(() => page.names.includes('Webhook 1'), 'the first rows');
    expect(page.row('Webhook 1').text).to.include('https://hooks.example.com/in');
    expect(page.row('Webhook 2').text).not.to.include('https://');
  });

  it('is filled and in order wherever it is scrolled, though some rows are higher than others', async () => {
    const page = await open({ update: refused });
    for (const place of [0.3, 0.5, 1, 0.7, 0]) {
      scroller().scrollTop = place * scroller().scrollHeight;
      await until(() => isFilled(page), `rows all over the screen at ${place}`);
      const there = indexes(page);
      expect(there).to.deep.equal(there.map((_, index) => index + there[0]!));
      expect(page.rows.length).to.be.lessThan(120);
    }
    scroller().scrollTop = scroller().scrollHeight;
    await until(() => page.names.at(-1) === `Webhook ${COUNT - 1}`, 'the last row');
  });

  it('does not move what is on screen as the window goes on down', async () => {
    const page = await open({ update: refused });
    for (let steps = 0; steps < 12; steps += 1) {
      const row = await until(() => page.rows.find((one) => one.getBoundingClientRect().top > innerHeight / 2), 'a row in the lower half');
      const before = row.getBoundingClientRect().top;
      const { scrollTop } = scroller();
      scroller().scrollTop += 200;
      const scrolled = scroller().scrollTop - scrollTop;
      await new Promise(requestAnimationFrame);
      await page.element.updateComplete;
      await until(() => isFilled(page), 'rows all over the screen');
      expect(row.isConnected, 'a row on screen').to.equal(true);
      expect(row.getBoundingClientRect().top).to.be.closeTo(before - scrolled, 2);
    }
    expect(indexes(page)[0]).to.be.greaterThan(2);
  });

  it('does not move what is on screen as the window goes on up to rows that are higher than thought', async () => {
    const page = await open({ update: refused });
    scroller().scrollTop = scroller().scrollHeight;
    await until(() => page.names.at(-1) === `Webhook ${COUNT - 1}` && isFilled(page), 'the last row');
    for (let steps = 0; steps < 12; steps += 1) {
      const row = await until(() => page.rows.find((one) => one.getBoundingClientRect().top > 0), 'a row on screen');
      const before = row.getBoundingClientRect().top;
      scroller().scrollTop -= 200;
      await atRest();
      await until(() => isFilled(page), 'rows all over the screen');
      expect(row.getBoundingClientRect().top).to.be.closeTo(before + 200, 2);
    }
    expect(indexes(page).at(-1)).to.be.lessThan(COUNT);
  });

  for (const pageSize of [50, 100])
    it(`grown by Load more past what is all in the document, ${pageSize} at a time: what is on screen stays`, async () => {
      const all = items(400);
      const page = await openSettings({
        pageSize,
        adapter: host({
          update: refused,
          list: ({ cursor = '0', limit }) => {
            const end = Number(cursor) + limit;
            return Promise.resolve({ items: all.slice(Number(cursor), end), nextCursor: String(end), total: 400 });
          },
        }),
      });
      await until(() => page.hasField('Search webhooks'), 'the tools');
      const shows = (count: number) => until(() => page.text.includes(say('shownOf', { count, total: 400 })), `${count} rows`);
      for (let count = pageSize; count <= 200; count += pageSize) {
        await shows(count);
        scroller().scrollTop = scroller().scrollHeight;
        await staysWhile(page, async () => {
          page.button('Load more').click();
          await shows(count + pageSize);
        });
      }
      expect(indexes(page)[0]).to.be.greaterThan(100);
      expect(page.rows.length).to.be.lessThan(120);
    });

  it('of which one is deleted, so that all are in the document: what is on screen stays', async () => {
    const page = await open({ update: refused, delete: () => Promise.resolve() }, items(201));
    scroller().scrollTop = scroller().scrollHeight / 2;
    await until(() => indexes(page)[0]! > 50 && isFilled(page), 'rows in the middle');
    const { nextElementSibling: below } = await rowOnScreen(page);
    const name = below!.querySelector('[part=name]')!.textContent;
    await staysWhile(page, async () => {
      await chooseAction(page, name, 'Delete');
      (await page.appears('alertdialog')).querySelector<HTMLElement>('.danger')!.click();
      await until(() => page.rows.length === 200, 'all rows');
    });
  });

  it('whose rows above are high, and of which there is another count: what is on screen stays', async () => {
    const all = items();
    const page = await open({ update: refused }, all);
    for (const place of [0.2, 0.4, 0.6, 0.8]) {
      scroller().scrollTop = place * scroller().scrollHeight;
      await until(() => isFilled(page), `rows all over the screen at ${place}`);
    }
    await staysWhile(page, async () => {
      all.push({ ...storedWebhook(), name: 'Another' });
      await page.element.refresh();
      await until(() => page.text.includes(say('shown', { count: COUNT + 1 })), 'one more');
    });
  });

  it('forgets how high the rows were of which there are others now', async () => {
    const high = items(1)[0]!;
    const deactivatedReason = 'The endpoint did not answer. '.repeat(12);
    const all = [
      ...Array.from({ length: COUNT }, (_, index) => ({ ...high, id: `high ${index}`, name: `High ${index}`, active: false, health: { recent: [], deactivatedReason } })),
      ...Array.from({ length: COUNT + 1 }, (_, index) => ({ ...high, id: `low ${index}`, name: `Low ${index}` })),
    ];
    const page = await open({ update: refused }, all);
    for (const place of [0, 0.1, 0.2, 0.3]) {
      scroller().scrollTop = place * scroller().scrollHeight;
      await until(() => isFilled(page), `rows all over the screen at ${place}`);
    }
    page.element.view = { search: 'Low' };
    await until(() => page.text.includes(say('shown', { count: COUNT + 1 })), 'the others');
    await until(() => isFilled(page), 'rows on screen');
    scroller().scrollTop = 0;
    const height = () => page.rows[0]!.getBoundingClientRect().height;
    await until(() => page.names[0] === 'Low 0' && Math.abs(page.get('rowgroup').offsetHeight - height() * (COUNT + 1)) < 5, 'room for these and no more');
  });

  it('is resized: what is on screen stays', async () => {
    const part = await fixture<HTMLElement>(html`<div><webhook-settings></webhook-settings></div>`);
    const element = part.querySelector('webhook-settings')!;
    element.adapter = host({ update: refused });
    const page = await ready(new SettingsPage(element));
    scroller().scrollTop = scroller().scrollHeight / 2;
    await until(() => indexes(page)[0]! > 100 && isFilled(page), 'rows in the middle');
    await atRest();
    for (const width of ['340px', '']) {
      const names = page.rows.filter((row) => row.getBoundingClientRect().top >= 0 && row.getBoundingClientRect().bottom < innerHeight).map((row) => row.textContent);
      part.style.width = width;
      await atRest();
      await until(() => isFilled(page), 'rows all over the screen');
      expect(names).to.include((await rowOnScreen(page)).textContent);
    }
  });
});

/** What many pages have around everything: a component that scrolls what it is given. */
class ScrollingShell extends HTMLElement {
  constructor() {
    super();
    const part = document.createElement('div');
    Object.assign(part.style, { height: '500px', overflow: 'auto' });
    part.append(document.createElement('slot'));
    this.attachShadow({ mode: 'open' }).append(part);
  }
}
customElements.define('scrolling-shell', ScrollingShell);

describe('ten thousand rows in one answer', () => {
  const MANY = 10_000;
  const many = () => {
    const one = storedWebhook();
    return Array.from({ length: MANY }, (_, index) => ({ ...one, id: `id of ${index}`, name: `Webhook ${index}` }));
  };
  const rowCount = (page: SettingsPage) => Number(page.get('table').getAttribute('aria-rowcount')) - 1;
  afterEach(() => {
    scroller().scrollTop = 0;
  });

  const byPerson = (page: SettingsPage, search: string) => page.fill('Search webhooks', search);
  const byPage = (page: SettingsPage, search: string) => void (page.element.view = { search });
  for (const [who, find, text, left] of [
    ['the person', byPerson, '9999', 1],
    // Still more than are all in the document.
    ['the person', byPerson, '99', 280],
    // Which leaves it scrolled as it is.
    ['the page', byPage, '99', 280],
  ] as const)
    it(`scrolled far, of which ${who} wants “${text}” and then all: rows are on screen again each time`, async () => {
      const page = await open({ update: refused }, many());
      scroller().scrollTop = scroller().scrollHeight * 0.7;
      await until(() => indexes(page)[0]! > 5000 && isFilled(page), 'rows far down');
      find(page, text);
      const { length } = many().filter(({ name }) => name.includes(text));
      expect(length).to.equal(left);
      await until(() => page.text.includes(say('shown', { count: length })), 'those that match');
      await until(() => isFilled(page), 'rows on screen');
      expect(rowCount(page)).to.equal(length);
      find(page, '');
      await until(() => page.text.includes(say('shown', { count: MANY })), 'all rows again');
      await until(() => isFilled(page), 'rows on screen again');
      expect(rowCount(page)).to.equal(MANY);
      expect(page.rows.length).to.be.lessThan(120);
    });

  it('scrolled far, nothing found, filters cleared: rows are on screen again', async () => {
    const page = await open({ update: refused }, many());
    scroller().scrollTop = scroller().scrollHeight * 0.7;
    await until(() => indexes(page)[0]! > 5000 && isFilled(page), 'rows far down');
    page.fill('Search webhooks', 'nothing like it');
    await page.appears('button', 'Clear filters');
    page.press('Clear filters');
    await until(() => page.text.includes(say('shown', { count: MANY })), 'all rows again');
    await until(() => isFilled(page), 'rows on screen again');
    expect(indexes(page)[0]).to.equal(2);
    expect(rowCount(page)).to.equal(MANY);
  });

  it('loaded where nothing is shown, and then shown: rows are there, with room for all', async () => {
    const part = await fixture<HTMLElement>(html`<div hidden><webhook-settings></webhook-settings></div>`);
    const element = part.querySelector('webhook-settings')!;
    element.adapter = host({ update: refused }, many());
    const page = new SettingsPage(element);
    const foot = () => element.shadowRoot!.querySelector('.foot')?.textContent.includes(say('shown', { count: MANY }));
    await until(foot, 'all rows');
    part.hidden = false;
    await ready(page, MANY);
    await until(() => isFilled(page), 'rows on screen');
    expect(rowCount(page)).to.equal(MANY);
    scroller().scrollTop = scroller().scrollHeight / 2;
    await until(() => indexes(page)[0]! > 1000 && isFilled(page), 'rows in the middle');
  });

  it('in a place that becomes narrow and wide again: no gap, and all are counted', async () => {
    const part = await fixture<HTMLElement>(html`<div><webhook-settings></webhook-settings></div>`);
    const element = part.querySelector('webhook-settings')!;
    element.adapter = host({ update: refused }, many());
    const page = await ready(new SettingsPage(element), MANY);
    scroller().scrollTop = scroller().scrollHeight / 2;
    await until(() => indexes(page)[0]! > 1000 && isFilled(page), 'rows in the middle');
    const wide = scroller().scrollHeight;
    part.style.width = '320px';
    await until(() => scroller().scrollHeight > wide * 2, 'room for rows that are higher');
    await until(() => isFilled(page), 'rows on a narrow screen');
    expect(rowCount(page)).to.equal(MANY);
    part.style.width = '';
    await until(() => Math.abs(scroller().scrollHeight - wide) < 200, 'room for rows as high as before');
    await until(() => isFilled(page), 'rows on a wide screen');
    expect(rowCount(page)).to.equal(MANY);
    expect(page.rows.length).to.be.lessThan(120);
  });

  it('has rows where it comes to be on screen though nobody scrolled', async () => {
    const part = await fixture<HTMLElement>(html`<div><p></p><webhook-settings></webhook-settings></div>`);
    const above = part.querySelector('p')!;
    Object.assign(part.style, { height: '100vh', overflow: 'auto', overflowAnchor: 'none' });
    Object.assign(above.style, { height: '6000px', margin: '0' });
    const element = part.querySelector('webhook-settings')!;
    element.adapter = host({ update: refused }, many());
    const page = new SettingsPage(element);
    await until(() => page.text.includes(say('shown', { count: MANY })) && page.hasField('Search webhooks'), 'all rows');
    part.scrollTop = 6000;
    await until(() => isFilled(page), 'rows on screen');
    // At rest: what it took to get there is over.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    above.remove();
    await until(() => indexes(page)[0]! > 2 && isFilled(page), 'rows where the list is now');
    expect(part.scrollTop).to.equal(6000);
  });

  for (const [what, shell] of [
    ['the page', html`<div style="height: 500px; overflow: auto"><webhook-settings></webhook-settings></div>`],
    ['another component', html`<scrolling-shell><webhook-settings></webhook-settings></scrolling-shell>`],
  ] as const)
    it(`scrolled by a part of ${what}: rows are wherever it is scrolled`, async () => {
      const part = await fixture<HTMLElement>(shell);
      const inner = part.shadowRoot?.querySelector('div') ?? part;
      const element = part.querySelector('webhook-settings')!;
      element.adapter = host({ update: refused }, many());
      const page = new SettingsPage(element);
      await until(() => page.text.includes(say('shown', { count: MANY })) && inner.scrollHeight > MANY * 40, 'room for all rows');
      for (const place of [0.1, 0.5, 1]) {
        inner.scrollTop = place * inner.scrollHeight;
        await until(() => isFilled(page), `rows all over the screen at ${place}`);
      }
      expect(page.names.at(-1)).to.equal(`Webhook ${MANY - 1}`);
      for (let step = 0; step < 10; step += 1) {
        inner.scrollTop -= 300;
        await atRest();
        await until(() => isFilled(page), `rows all over the screen after ${step} steps up`);
      }
      expect(scroller().scrollTop).to.equal(0);
    });

  it('in a window that becomes higher: rows are all over it though nobody scrolled', async () => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A window"></iframe>`);
    Object.assign(frame.style, { width: '700px', height: '300px' });
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.srcdoc = `<script type="module" src="${new URL('../../src/define.ts', import.meta.url).href}"></script><webhook-settings></webhook-settings>`;
    await loaded;
    const inner = frame.contentWindow!;
    const element = inner.document.querySelector('webhook-settings')!;
    element.adapter = host({ update: refused }, many());
    const rows = () => [...element.shadowRoot!.querySelectorAll('.rows > .row')];
    const area = () => inner.document.scrollingElement!;
    const isAllOver = () => rows()[0]!.getBoundingClientRect().top <= Math.max(0, element.shadowRoot!.querySelector('.rows')!.getBoundingClientRect().top + 2) && rows().at(-1)!.getBoundingClientRect().bottom >= inner.innerHeight;
    // While some still arrive there is more to draw.
    await until(() => element.shadowRoot!.querySelector('.foot')!.textContent.includes(say('shown', { count: MANY })), 'all rows');
    await until(() => area().scrollHeight > MANY * 40 && isAllOver(), 'rows all over a low window');
    await atRest();
    frame.style.height = '2000px';
    await until(() => inner.innerHeight === 2000 && isAllOver(), 'rows all over a high window');
    frame.style.height = '300px';
    inner.scrollTo(0, 50_000);
    await until(() => inner.innerHeight === 300 && Number(rows()[0]!.ariaRowIndex) > 100 && isAllOver(), 'rows further down');
    await atRest();
    frame.style.height = '2000px';
    await until(() => inner.innerHeight === 2000 && isAllOver(), 'rows all over a high window, further down');
    expect(inner.scrollY).to.be.closeTo(50_000, 2);
  });

  it('goes on with Tab from the first row on screen after the row with the focus was scrolled away', async () => {
    const page = await open({ update: refused }, many());
    page.button('Webhook 3').focus();
    scroller().scrollTop = 6000;
    await focusOn(() => page.get('table'));
    await until(() => isFilled(page), 'rows all over the screen');
    await atRest();
    const first = page.rows.find((row) => row.getBoundingClientRect().top >= 0)!;
    await pressKey('Tab');
    await until(() => first.contains(focused()) && focused() !== first, 'the focus in the first row on screen');
    expect(scroller().scrollTop).to.equal(6000);
    expect(first.hasAttribute('tabindex')).to.equal(false);
  });

  it('takes the menu of a row with it when that is scrolled out of the document', async () => {
    const page = await open({ update: refused });
    page.press('Actions for Webhook 1');
    await page.appears('menu');
    scroller().scrollTop = scroller().scrollHeight;
    await until(() => !page.names.includes('Webhook 1'), 'the row to be gone');
    scroller().scrollTop -= 1;
    await page.disappears('menu');
    await focusOn(() => page.get('table'));
  });
});
