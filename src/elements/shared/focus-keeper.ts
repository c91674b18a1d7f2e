import type { ReactiveController, ReactiveControllerHost } from 'lit';

const controls = ':is(a[href], button, input, select, textarea, summary, [tabindex]):not([tabindex="-1"], :disabled)';

const canHaveFocus = (element: Element): boolean =>
  element.isConnected && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');

/**
 * When a control goes away that has the focus (a button that is pressed once, the last "Load more"), a browser drops the
 * focus at the top of the page. This hands it to the control that took its place in the order of the page.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #root: ShadowRoot;
  #had: Element | null = null;
  #before: readonly Element[] = [];

  constructor(host: ReactiveControllerHost, root: ShadowRoot) {
    this.#host = host;
    this.#root = root;
    host.addController(this);
  }

  hostUpdate(): void {
    const had = this.#root.activeElement;
    // What is inside another element is for that one to keep.
    this.#had = had?.shadowRoot ? null : had;
    const all = this.#had ? [...this.#root.querySelectorAll(controls)] : [];
    this.#before = all.slice(0, all.indexOf(this.#had!));
  }

  hostUpdated(): void {
    const had = this.#had;
    const before = this.#before;
    // Whoever removed it may have a better place for the focus, and says so once the view has followed.
    if (had && !canHaveFocus(had)) void this.#host.updateComplete.then(() => this.#restore(before));
  }

  #restore(before: readonly Element[]): void {
    // In WebKit the element may still be taken for the active one, with nothing active in it.
    if (this.#root.activeElement || ![document.body, this.#root.host].includes(document.activeElement as HTMLElement)) return;
    const scope: ParentNode = [...this.#root.querySelectorAll('dialog:modal')].at(-1) ?? this.#root;
    const there = [...scope.querySelectorAll<HTMLElement>(controls)].filter(canHaveFocus);
    const last = before.findLast((one) => there.includes(one as HTMLElement)) as HTMLElement | undefined;
    const at = last ? there.indexOf(last) : -1;
    const target = there[at + 1] ?? last ?? (scope).firstElementChild;
    if (!(target instanceof HTMLElement)) return;
    // Nothing in it takes the focus while it loads: then the whole does.
    if (!there.length) target.tabIndex = -1;
    target.focus();
  }
}
