import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse, setViewport } from '@web/test-runner-commands';
import { contrast, groundBelow, laidOver } from '../helpers/contrast.js';
import { chooseAction } from '../helpers/hosts.js';
import { everyElement, isThere, nameOf, roleOf, until } from '../helpers/page.js';
import { atRest } from '../helpers/rest.js';
import { show, states } from '../helpers/states.js';
import { memory, openSettings, storedWebhook, type SettingsPage } from '../helpers/widget.js';

/** WCAG 1.4.11. */
const LEAST = 3;

/** The colours of a page that is light or dark; the elements have those of the package. */
const schemes = { light: ['#fff', '#1f2328'], dark: ['#0d1117', '#e6edf3'] } as const;

/** Drawn by the browser in its own colours, but for what is on. */
const native = 'input:is([type=checkbox], [type=radio], [type=file]):not([role=switch])';
/** Told by its text or icon: it has no edge to be told by. */
const withoutEdge = '.plain, .link, [role=menuitem]';

/** The colour of the ring around what has the focus. */
function ringIn(root: ShadowRoot): string {
  const probe = document.createElement('i');
  probe.style.color = 'var(--_webhook-focus)';
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** What is to be seen of each control and mark beside its text, and how far it stands out; only what does not. */
function faint(root: Element): string[] {
  const found: string[] = [];
  const check = (element: Element, what: string, ratio: number) => {
    if (ratio < LEAST) found.push(`${what} of ${roleOf(element) ?? element.localName} “${nameOf(element)}” ${ratio.toFixed(2)}`);
  };
  for (const element of everyElement(root)) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const ground = groundBelow(element);
    // An icon has its colour from the text around it.
    if (element.matches('svg')) check(element.parentElement!, 'the icon', contrast(style.color, ground));
    // Each bar of the health of deliveries.
    if (element.matches('.health i')) check(element.parentElement!, 'a bar', contrast(style.borderInlineStartColor, ground));
    if (!element.matches('button, input, select, textarea') || !isThere(element) || element.closest('[inert]')) continue;
    const own = laidOver(style.backgroundColor, ground);
    if (element.matches(native)) {
      if ((element as HTMLInputElement).checked) check(element, 'the box', contrast(style.accentColor, ground));
    } else if (!element.matches(withoutEdge)) {
      const edge = parseFloat(style.borderTopWidth) > 0 ? laidOver(style.borderTopColor, own) : own;
      check(element, 'the edge', Math.max(contrast(`rgb(${edge.slice(0, 3).join()})`, ground), contrast(style.backgroundColor, ground)));
    }
    if (element.matches('[role=switch]')) check(element, 'the thumb', contrast(getComputedStyle(element, '::before').backgroundColor, own));
    // It is beyond the edge, or in its place.
    check(element, 'the ring', contrast(ringIn(element.getRootNode() as ShadowRoot), ground));
  }
  return found;
}

async function look(page: SettingsPage, scheme: keyof typeof schemes): Promise<void> {
  const [background, color] = schemes[scheme];
  document.documentElement.style.colorScheme = scheme;
  Object.assign(document.body.style, { background, color });
  await atRest(page.element);
}

describe('what is to be seen beside text has a contrast of 3 to 1', () => {
  before(() => setViewport({ width: 1280, height: 900 }));
  afterEach(() => {
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
  });

  for (const state of states)
    it(`in ${state.name}, light and dark`, async () => {
      const { page } = await show(state);
      for (const scheme of ['light', 'dark'] as const) {
        await look(page, scheme);
        expect(faint(page.element), scheme).to.deep.equal([]);
      }
    });

  for (const scheme of ['light', 'dark'] as const)
    for (const red of ['', '#ff7b72', '#ffc9c4', '#e0a800', '#6a0000'])
      it(`and text on the button that deletes one of 4.5 to 1, ${scheme}, ${red || 'as it is'}`, async () => {
        const page = await openSettings({ adapter: memory({ webhooks: [storedWebhook({ name: 'One' })] }).adapter });
        page.element.style.setProperty('--webhook-danger-color', red);
        await chooseAction(page, 'One', 'Delete');
        await page.appears('alertdialog');
        await look(page, scheme);
        const button = page.within('alertdialog').button('Delete');
        const { color, backgroundColor } = getComputedStyle(button);
        expect(contrast(color, laidOver(backgroundColor, groundBelow(button)))).to.be.at.least(4.5);
      });

  for (const scheme of ['light', 'dark'] as const)
    it(`under the pointer, ${scheme}`, async () => {
      const page = await openSettings({ adapter: memory({ webhooks: [storedWebhook({ name: 'One' })] }).adapter });
      const modal = await page.openAdd();
      for (const name of ['Save', 'Cancel', 'Close']) {
        await look(page, scheme);
        const button = modal.button(name);
        const { left, top, width, height } = button.getBoundingClientRect();
        await sendMouse({ type: 'move', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
        await until(() => button.matches(':hover'), `the pointer over ${name}`);
        await atRest(page.element);
        expect(faint(page.element), name).to.deep.equal([]);
      }
      await resetMouse();
    });
});
