import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { pressKey, tabIntoPage } from './keys.js';
import { focused, nameOf, roleOf, until } from './page.js';

/** How many controls a test may walk past. */
const FAR = 80;

/** What has the focus, for people who read a failed test. */
export const describeFocus = (): string => {
  const element = focused();
  return element ? `${roleOf(element) ?? element.localName} “${nameOf(element)}”` : 'nothing';
};

/** The elements around this one, out of shadow roots, up to the document. */
function* around(element: Element): Generator<Element> {
  for (let node: Node | null = element; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null)
    if (node instanceof Element && node !== element) yield node;
}

/** What is on top at a point, inside whatever shadow roots. */
function topAt(x: number, y: number): Element | null {
  let top = document.elementFromPoint(x, y);
  for (let inner = top; inner?.shadowRoot; top = inner) {
    inner = inner.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === top) break;
    top = inner;
  }
  return top;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The part of the page in which an element can be seen: the window, less what scrolls or cuts around it. */
function windowOf(element: Element): Box {
  let { left, top, right, bottom } = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const one of around(element)) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(one);
    // What is in the top layer is cut by nothing around it.
    if (one.matches(':modal, :popover-open')) break;
    if (overflowX === 'visible' && overflowY === 'visible' && clipPath === 'none') continue;
    const box = one.getBoundingClientRect();
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return { left, top, right, bottom };
}

/** A ring of this width is what is seen of the focus. WCAG 2.4.7, and 2.4.13 for its width. */
const RING = 2;
/** Rounding, in CSS pixels. */
const SLACK = 1;

/** How many sides of the ring around the focused element are drawn and not cut off. */
function sidesOfRing(element: Element): number {
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < RING) return 0;
  const reach = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const box = element.getBoundingClientRect();
  const seen = windowOf(element);
  return [
    box.left - reach >= seen.left - SLACK,
    box.top - reach >= seen.top - SLACK,
    box.right + reach <= seen.right + SLACK,
    box.bottom + reach <= seen.bottom + SLACK,
  ].filter(Boolean).length;
}

/** Its edges, for people who read a failed test. */
const place = ({ left, top, right, bottom }: Box) => [left, top, right, bottom].map(Math.round).join(' ');

/** What would leave a person who cannot point without knowing where they are; empty when nothing does. */
export function focusProblems(): string[] {
  const element = focused();
  if (!element || element === document.body) return ['the focus is lost'];
  const problems: string[] = [];
  const what = describeFocus();
  const box = element.getBoundingClientRect();
  const seen = windowOf(element);
  const [left, right] = [Math.max(box.left, seen.left), Math.min(box.right, seen.right)];
  const [top, bottom] = [Math.max(box.top, seen.top), Math.min(box.bottom, seen.bottom)];
  if (right - left < Math.min(box.width, 4) || bottom - top < Math.min(box.height, 4)) problems.push(`${what} is out of sight: ${place(box)} of ${place(seen)}`);
  else {
    const over = topAt((left + right) / 2, (top + bottom) / 2);
    // A label belongs to its control, and a control may be drawn by what is in it.
    const isOwn =
      over && (element === over || element.contains(over) || [...around(element)].some((one) => one === over && one.matches('label')));
    if (!isOwn) problems.push(`${what} is under ${over ? `${over.localName}.${over.className.toString()}` : 'nothing'}`);
  }
  // Half of the ring says where it is; the other half may be beyond the edge of what scrolls.
  // The ring of what is not in the elements is the browser's and the page's own.
  if (element.getRootNode() !== document && sidesOfRing(element) < 2) problems.push(`the ring around ${what} cannot be seen`);
  return problems;
}

/** The focus is somewhere, and a person sees where. */
export const expectFocusInSight = (after: string): Promise<unknown> =>
  until(() => {
    const problems = focusProblems();
    if (problems.length) throw new Error(`after ${after}: ${problems.join('; ')}`);
    return true;
  }, `the focus in sight after ${after}`);

/** Presses a key; afterwards the focus must be somewhere in sight. */
export async function press(key: string): Promise<void> {
  if (key === 'Shift+Tab') {
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
  } else await pressKey(key);
  if (key.endsWith('Tab')) await tabIntoPage();
  await expectFocusInSight(key);
}

/** Types a text into what has the focus. */
export async function type(text: string): Promise<void> {
  await sendKeys({ type: text });
  await expectFocusInSight(`typing “${text}”`);
}

/** Whether the focus is on the control with this role and name. */
export const isOn = (role: string, name?: string | RegExp): boolean => {
  const element = focused();
  if (!element || roleOf(element) !== role) return false;
  return name === undefined || (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)));
};

/** Waits until the focus is there. */
export const arrives = (role: string, name?: string | RegExp): Promise<unknown> =>
  until(() => {
    if (!isOn(role, name)) throw new Error(`the focus is on ${describeFocus()}`);
    return focusProblems().length === 0;
  }, `the focus on ${role} “${String(name ?? '')}”`);

/** Walks with Tab until `there` holds, and tells past what. */
async function walk(there: () => boolean, what: string, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  const passed: string[] = [];
  while (!there()) {
    if (passed.length > FAR) throw new Error(`${what} cannot be reached; passed ${passed.join(', ')}`);
    await press(key);
    passed.push(describeFocus());
  }
  return passed;
}

/** Walks with Tab until the focus is on the control with this role and name, and tells past what. */
export const tabTo = (role: string, name?: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> =>
  walk(() => isOn(role, name), `${role} “${String(name ?? '')}”`, key);

/** Walks to a button and presses it with Enter. */
export async function pressButton(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo('button', name, key);
  await press('Enter');
}

/** Walks to a check box or switch and turns it with Space. */
export async function turn(role: 'checkbox' | 'switch' | 'radio', name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(role, name, key);
  await press('Space');
}

/** Walks to a text field and puts a text in place of what is there. */
export async function fillIn(label: string, text: string): Promise<void> {
  await walk(() => isOn('textbox', label) || isOn('combobox', label), `the field “${label}”`, 'Tab');
  const field = focused() as HTMLInputElement;
  // What selects all differs between systems: the caret to the end, and back over what is there.
  if (field.value) await sendKeys({ press: 'End' });
  for (let left = field.value.length; left > 0; left -= 1) await sendKeys({ press: 'Backspace' });
  await type(text);
  expect(field.value).to.equal(text);
}

/** Walks to a closed drop-down and chooses as its engine lets one: by the first letters, or by the arrow. */
export async function choose(label: string, option: string): Promise<void> {
  await tabTo('combobox', label);
  const select = focused() as HTMLSelectElement;
  const chosen = () => select.selectedOptions[0]?.text.trim();
  const [word = ''] = option.split(' ');
  for (const letter of word) if (chosen() !== option) await sendKeys({ press: letter });
  for (let tries = 0; chosen() !== option && tries < select.length; tries += 1) await sendKeys({ press: 'ArrowDown' });
  expect(chosen(), `the choice in “${label}”`).to.equal(option);
  await expectFocusInSight(`choosing “${option}”`);
}
