/** How long a condition may take to come true, in milliseconds: three engines share the machine. */
const PATIENCE = 10_000;

/** Waits, frame by frame, until `condition` holds, and returns what it returned. Where it throws it does not hold yet. */
export async function until<T>(condition: () => T, message = String(condition)): Promise<NonNullable<T>> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    let cause: unknown;
    try {
      const value = condition();
      if (value) return value;
    } catch (thrown) {
      cause = thrown;
    }
    if (performance.now() > deadline)
      throw new Error(`Still waiting: ${message}${cause instanceof Error ? `\n${cause.message}` : ''}`, { cause });
    await new Promise(requestAnimationFrame);
  }
}

/** Waits until the focus is where `wanted` says. */
export const focusOn = (wanted: () => Element): Promise<boolean> =>
  until(() => focused() === wanted(), `the focus at ${String(wanted).replace('() => ', '')}`);

/** A promise that the test settles. */
export function deferred<T = void>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Every element below `node`, through open shadow roots, in the order of the document. */
export function* everyElement(node: Node): Generator<Element> {
  const inner = node instanceof Element && node.shadowRoot ? [node.shadowRoot, node] : [node];
  for (const parent of inner)
    for (const child of parent.childNodes)
      if (child instanceof Element) {
        yield child;
        yield* everyElement(child);
      }
}

const normal = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The text of a node as assistive technology reads it: without what is hidden from it. */
export function textOf(node: Node): string {
  const read = (one: Node): string => {
    if (one instanceof Text) return one.data;
    if (one instanceof Element) {
      if (one.getAttribute('aria-hidden') === 'true' || one.matches('script, style, select, datalist')) return '';
      if (one instanceof HTMLSlotElement) return (one.assignedNodes().length ? one.assignedNodes() : [...one.childNodes]).map(read).join('');
      if (one !== node && !one.checkVisibility()) return '';
      const inline = getComputedStyle(one).display.startsWith('inline');
      const text = [...(one.shadowRoot ?? one).childNodes].map(read).join('');
      return inline ? text : ` ${text} `;
    }
    return [...one.childNodes].map(read).join('');
  };
  return normal(read(node));
}

const rootOf = (element: Element) => element.getRootNode() as ShadowRoot | Document;

const referenced = (element: Element, attribute: string): Element[] =>
  (element.getAttribute(attribute) ?? '').split(/\s+/).flatMap((id) => (id && rootOf(element).getElementById(id)) || []);

const namedByContent = new Set(['button', 'heading', 'link', 'option', 'cell', 'columnheader', 'row', 'menuitem']);

/** The accessible name (WAI-ARIA accname), as far as these elements need it. */
export function nameOf(element: Element): string {
  const by = referenced(element, 'aria-labelledby');
  if (by.length) return normal(by.map(textOf).join(' '));
  const label = element.getAttribute('aria-label');
  if (label) return normal(label);
  const { labels } = element as HTMLInputElement;
  if (labels?.length) return normal([...labels].map(textOf).join(' '));
  if (element instanceof HTMLFieldSetElement) return textOf(element.querySelector('legend') ?? document.createElement('i'));
  if (element instanceof HTMLOptGroupElement) return element.label;
  return namedByContent.has(roleOf(element)!) ? textOf(element) : normal(element.getAttribute('title') ?? '');
}

/** What the element's `aria-describedby` says. */
export const descriptionOf = (element: Element): string =>
  normal(referenced(element, 'aria-describedby').map(textOf).join(' '));

const implicitRoles: readonly (readonly [selector: string, role: string])[] = [
  ['button, input[type=button], input[type=submit]', 'button'],
  ['a[href]', 'link'],
  ['h1, h2, h3, h4, h5, h6', 'heading'],
  ['select:not([multiple])', 'combobox'],
  ['input[type=checkbox]', 'checkbox'],
  ['input[type=radio]', 'radio'],
  ['progress', 'progressbar'],
  ['input[list]', 'combobox'],
  // A password field has no role of its own; to the person it is a text field.
  ['input:not([type]), input[type=text], input[type=url], input[type=search], input[type=password], textarea', 'textbox'],
  ['dialog', 'dialog'],
  ['fieldset, details, optgroup', 'group'],
  ['section[aria-label], section[aria-labelledby]', 'region'],
  ['option', 'option'],
  ['ul, ol', 'list'],
  ['li', 'listitem'],
  ['output', 'status'],
];

export const roleOf = (element: Element): string | undefined =>
  element.getAttribute('role') ?? implicitRoles.find(([selector]) => element.matches(selector))?.[1];

/** True when a person can perceive it: rendered, and not hidden from assistive technology. */
export function isThere(element: Element): boolean {
  if (!element.checkVisibility({ visibilityProperty: true }) && element.localName !== 'option') return false;
  for (let node: Node | null = element; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null)
    if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return false;
  return true;
}

/** The element that has the focus, inside whatever shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

export type Field = HTMLInputElement | HTMLSelectElement;

const editable = new Set(['textbox', 'combobox', 'checkbox', 'switch']);

/** What a person finds in a part of the page, by role and accessible name. */
export class Page {
  constructor(readonly root: Node) {}

  /** All that are there, with this role and, if given, exactly this name. */
  all<Found extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): Found[] {
    return [...everyElement(this.root)].filter(
      (element): element is Found =>
        roleOf(element) === role &&
        (name === undefined || (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)))) &&
        isThere(element),
    );
  }

  find<Found extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): Found | undefined {
    return this.all<Found>(role, name)[0];
  }

  has(role: string, name?: string | RegExp): boolean {
    return this.all(role, name).length > 0;
  }

  /** The only one. */
  get<Found extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): Found {
    const found = this.all<Found>(role, name);
    if (found.length !== 1)
      throw new Error(`${found.length} × ${role} “${String(name ?? '')}”, wanted one. There is:\n${this.outline()}`);
    return found[0]!;
  }

  /** The only one, as soon as it is there. */
  async appears<Found extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): Promise<Found> {
    try {
      await until(() => this.find(role, name));
    } catch {
      // get() says what there is instead.
    }
    return this.get<Found>(role, name);
  }

  async disappears(role: string, name?: string | RegExp): Promise<void> {
    await until(() => !this.find(role, name), `${role} “${String(name ?? '')}” should go away`);
  }

  /** Part of this page: what is inside the one element with this role and name. */
  within(role: string, name?: string | RegExp): Page {
    return new Page(this.get(role, name));
  }

  button(name: string | RegExp): HTMLButtonElement {
    return this.get<HTMLButtonElement>('button', name);
  }

  press(name: string | RegExp): void {
    const button = this.button(name);
    // As a pointer or a key does, which click() does not.
    button.focus();
    button.click();
  }

  findField(label: string): Field | undefined {
    return this.fields(label)[0];
  }

  hasField(label: string): boolean {
    return this.fields(label).length > 0;
  }

  /** Every field with this label. */
  fields(label?: string): Field[] {
    return [...everyElement(this.root)].filter(
      (element): element is Field =>
        editable.has(roleOf(element) ?? '') && (label === undefined || nameOf(element) === label) && isThere(element),
    );
  }

  /** The only field with this label. */
  field<Found extends Field = HTMLInputElement>(label: string): Found {
    const found = this.fields(label);
    if (found.length !== 1) throw new Error(`${found.length} fields “${label}”, wanted one. There is:\n${this.outline()}`);
    return found[0] as Found;
  }

  /** Sets the field with this label as a person would: text is entered, an option is chosen, a switch is set. */
  fill(label: string, value: string | boolean): void {
    enter(this.field<Field>(label), value);
  }

  fillAll(values: Readonly<Record<string, string | boolean>>): void {
    for (const [label, value] of Object.entries(values)) this.fill(label, value);
  }

  /** What the field with this label says is wrong; empty when nothing is. */
  problem(label: string): string {
    return problemOf(this.field<Field>(label));
  }

  get text(): string {
    return textOf(this.root);
  }

  /** The elements that a host can style by this part. */
  parts(part: string): HTMLElement[] {
    return [...everyElement(this.root)].filter((element): element is HTMLElement => element.part.contains(part));
  }

  /** Roles and names, for messages of failed tests. */
  outline(): string {
    return [...everyElement(this.root)]
      .filter((element) => roleOf(element) && roleOf(element) !== 'option' && isThere(element))
      .map((element) => `  ${roleOf(element)} “${nameOf(element).slice(0, 60)}”`)
      .join('\n');
  }
}

export const problemOf = (field: Element): string =>
  normal(
    referenced(field, 'aria-describedby')
      .filter((one) => one.part.contains('field-error'))
      .map(textOf)
      .join(' '),
  );

/** Puts a value into a field with the events that a browser fires, and leaves the field focused. */
export function enter(field: Field, value: string | boolean): void {
  field.focus();
  if (focused() !== field) throw new Error(`“${nameOf(field)}” does not take the focus`);
  if (field instanceof HTMLSelectElement) {
    const option = [...field.options].find(({ text, value: own }) => text === value || own === value);
    if (!option)
      throw new Error(`No option “${value}” in “${nameOf(field)}”: ${[...field.options].map(({ text }) => text).join(', ')}`);
    field.value = option.value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (typeof value === 'boolean') {
    if (field.checked !== value) field.click();
  } else {
    field.select();
    // Trusted events, as of a keyboard. (A command that changes nothing fires none.)
    document.execCommand(value ? 'insertText' : 'delete', false, value);
  }
}
