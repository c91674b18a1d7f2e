import { expect, fixture, html } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { WebhookPage } from '../../src/core/page.js';
import type { WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { Clock } from '../helpers/clock.js';
import { byHand, heard, named } from '../helpers/hosts.js';
import { until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, recorded, say, SettingsPage } from '../helpers/widget.js';

const SEARCH = 'Search webhooks';
const frame = () => new Promise(requestAnimationFrame);

/** Everything that was in the element at any time, in the order in which it came: what stood there between two frames as well. */
function everThere(element: WebhookSettings) {
  const parts: string[] = [];
  const note = (nodes: Iterable<Node>) => {
    for (const node of nodes)
      if (node instanceof Element) for (const one of [node, ...node.querySelectorAll('[part]')]) parts.push(...one.part);
  };
  new MutationObserver((records) => records.forEach(({ addedNodes }) => note(addedNodes))).observe(element.shadowRoot!, {
    childList: true,
    subtree: true,
  });
  return parts;
}

const made = (adapter: WebhookAdapter | null | undefined): WebhookSettings =>
  Object.assign(document.createElement('webhook-settings'), { adapter });

async function put(element: WebhookSettings): Promise<SettingsPage> {
  const place = await fixture(html`<div></div>`);
  place.append(element);
  return new SettingsPage(element);
}

describe('an answer that is at hand', () => {
  it('is what is seen first: nothing stands in for it', async () => {
    const element = made(memory({ webhooks: named('Here', 'There') }).adapter);
    const page = await put(element);
    const parts = everThere(element);
    await element.updateComplete;
    expect(page.names).to.have.members(['Here', 'There']);
    await frame();
    await frame();
    expect(parts).not.to.include('loading');
    expect(parts).to.include('row');
  });

  it('of no webhooks as well', async () => {
    const element = made(memory().adapter);
    await put(element);
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part=empty]')).not.to.equal(null);
  });

  it('is not waited for where there is none: a skeleton stands there before the next frame', async () => {
    const { adapter } = byHand();
    const element = made(adapter);
    await put(element);
    let hadSkeleton: boolean | undefined;
    requestAnimationFrame(() => (hadSkeleton = !!element.shadowRoot!.querySelector('[part=loading]')));
    await frame();
    expect(hadSkeleton).to.equal(true);
  });

  it('to a search is what is seen next: the list is never busy', async () => {
    const page = await openSettings({ adapter: memory({ webhooks: named('Here', 'There') }).adapter });
    const seen: unknown[] = [];
    new MutationObserver((records) => seen.push(...records.map(({ target }) => (target as Element).ariaBusy))).observe(
      page.get('table'),
      { attributeFilter: ['aria-busy'] },
    );
    await page.appears('textbox', SEARCH);
    page.fill(SEARCH, 'There');
    await page.element.updateComplete;
    expect(page.names).to.deep.equal(['There']);
    await frame();
    expect(seen).to.deep.equal([]);
  });

  it('is that of the adapter that is there by then', async () => {
    const element = made(memory({ webhooks: named('First') }).adapter);
    const page = await put(element);
    const parts = everThere(element);
    await Promise.resolve();
    element.adapter = memory({ webhooks: named('Second') }).adapter;
    await element.updateComplete;
    await until(() => page.names.includes('Second'));
    expect(page.names).to.deep.equal(['Second']);
    expect(parts.filter((part) => part === 'row')).to.have.length(1);
  });

  it('of an adapter that is taken away at once is not shown', async () => {
    const element = made(memory({ webhooks: named('Here') }).adapter);
    const page = await put(element);
    await Promise.resolve();
    element.adapter = null as never;
    await element.updateComplete;
    await frame();
    await frame();
    expect(page.element.shadowRoot!.querySelector('[part=loading]')).not.to.equal(null);
    // It is at rest.
    expect(await page.element.updateComplete).to.equal(true);
  });

  it('is asked for once where the element is, and once more where it is moved to', async () => {
    const { adapter, of } = recorded<WebhookAdapter>(memory({ webhooks: named('Here') }).adapter);
    const element = made(adapter);
    const page = await put(element);
    const other = await fixture(html`<div></div>`);
    await element.updateComplete;
    const before = of('list').length;
    other.append(element);
    await page.loaded();
    expect([before, of('list').length]).to.deep.equal([1, 2]);
  });
});

describe('what was set before the element was upgraded', () => {
  /** Elements that a page made before it knew what they are: upgraded as they come into it. */
  let tags = 0;
  async function upgraded(before: Partial<WebhookSettings>, after: Partial<WebhookSettings>) {
    const tag = `upgraded-settings-${(tags += 1)}`;
    const element = Object.assign(document.createElement(tag), before) as WebhookSettings;
    (await fixture(html`<div></div>`)).append(element);
    customElements.define(tag, class extends (customElements.get('webhook-settings') as typeof WebhookSettings) {});
    Object.assign(element, after);
    await element.updateComplete;
    return new SettingsPage(element);
  }

  it('holds: nothing is asked for a viewer who is denied', async () => {
    const { adapter, of } = recorded<WebhookAdapter>(memory({ webhooks: named('Here') }).adapter);
    const page = await upgraded({ access: 'denied' }, { adapter });
    await frame();
    expect(of('list')).to.deep.equal([]);
    expect(page.text).to.include(say('denied'));
  });

  it('is what the first call asks for, and the answer at hand is what is seen first', async () => {
    const { adapter, of } = recorded<WebhookAdapter>(memory({ webhooks: named('Here', 'There') }).adapter);
    const page = await upgraded({ adapter, view: { search: 'There' }, pageSize: 10 }, {});
    expect(page.names).to.deep.equal(['There']);
    expect(of('list').map(({ args }) => args[0])).to.deep.equal([{ search: 'There', limit: 10 }]);
    expect(page.element.getAttribute('access')).to.equal('manage');
  });
});

describe('what stands in for a list', () => {
  it('goes with an answer that is at hand when it is asked for again', async () => {
    const clock = new Clock();
    try {
      let answer: Promise<WebhookPage> = new Promise(() => {});
      const page = await mountSettings({ adapter: { ...memory().adapter, list: () => answer } });
      await clock.pass(8);
      await page.appears('button', say('stop'));
      page.press(say('stop'));
      await page.appears('button', say('retry'));
      answer = Promise.resolve({ items: named('Here') });
      page.press(say('retry'));
      await until(() => page.names.includes('Here'));
      expect(page.text).not.to.include(say('loadStopped'));
      await until(() => page.text.includes(say('shown', { count: 1 })));
    } finally {
      clock.restore();
    }
  });
});

describe('a failure that is at hand', () => {
  const fails = () => Promise.reject(new AdapterError('forbidden'));

  it('is heard by a page that listens as soon as the element is there', async () => {
    const element = made({ ...memory().adapter, list: fails, listEventTypes: fails });
    await put(element);
    await element.updateComplete;
    const errors = heard(element, 'webhook-error');
    await frame();
    expect(errors).to.have.deep.members([
      { operation: 'list', code: 'forbidden' },
      { operation: 'listEventTypes', code: 'forbidden' },
    ]);
  });

  it('of a search before says nothing any more', async () => {
    const { adapter } = memory({ webhooks: named('Here') });
    let failed = false;
    const page = await openSettings({
      adapter: {
        ...adapter,
        list: (query, options) => (query.search === 'a' ? fails().finally(() => (failed = true)) : adapter.list(query, options)),
      },
    });
    const errors = heard(page.element, 'webhook-error');
    await page.appears('textbox', SEARCH);
    page.fill(SEARCH, 'a');
    // By now it has failed, and nobody knows yet.
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(failed).to.equal(true);
    page.fill(SEARCH, 'Here');
    await page.element.updateComplete;
    await frame();
    await frame();
    expect(errors).to.deep.equal([]);
    expect(page.names).to.deep.equal(['Here']);
  });

  it('of the catalogue says nothing once it was asked again', async () => {
    let fail = true;
    const { adapter } = memory({ webhooks: named('Here') });
    const element = made({ ...adapter, listEventTypes: () => (fail ? fails() : Promise.resolve([])) });
    await put(element);
    const errors = heard(element, 'webhook-error');
    await element.updateComplete;
    fail = false;
    await element.refresh();
    await frame();
    expect(errors).to.deep.equal([]);
  });
});
