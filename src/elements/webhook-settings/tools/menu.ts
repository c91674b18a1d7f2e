import { html, nothing, type TemplateResult } from 'lit';
import type { ToolsHost } from './tools-host.js';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly danger?: boolean;
}

/** The distance between a menu and its button, and from the edge of the screen, in CSS pixels. */
const GAP = 4;

/** A menu at its button, by the ARIA pattern "menu button"; the browser's popover closes it on a click elsewhere. */
export class Menu {
  readonly #host: ToolsHost['element'];
  #button: HTMLElement | undefined;
  #items: readonly MenuItem[] = [];
  #closed: AbortController | undefined;
  /** Whether the next one to open has the focus on its last item. */
  startsAtEnd = false;

  /** Whether the press that is under way closes it: the browser lets its click through. */
  #isClosing = false;

  constructor(host: ToolsHost['element']) {
    this.#host = host;
    const { renderRoot } = host;
    renderRoot.addEventListener('pointerdown', ({ target }) => (this.#isClosing = !!this.#button && !(target as Element).closest('.menu')), true);
    renderRoot.addEventListener('click', this.#handleClick, true);
  }

  /** It opens no webhook. What is pressed for itself, such as another menu's button or a box, is still heard. */
  #handleClick = (event: Event): void => {
    const target = event.target as Element;
    // A key or a script presses without a pointer, and without a count.
    if (this.#isClosing && (event as MouseEvent).detail && target.closest('.rows') && !target.closest('[aria-haspopup]')) event.stopPropagation();
    this.#isClosing = false;
  };

  get #popover(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.menu');
  }

  get #entries(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  async open(button: HTMLElement, items: readonly MenuItem[]): Promise<void> {
    const isOpen = this.#button === button;
    this.close(isOpen);
    // Its own button closes an open menu.
    if (isOpen) return;
    this.#button = button;
    this.#items = items;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const popover = this.#popover;
    if (!popover || this.#button !== button) return;
    popover.showPopover();
    button.setAttribute('aria-expanded', 'true');
    this.place();
    // Also when a person zooms, or scrolls whatever the list is in: what scrolls in a shadow root is heard there alone.
    const { signal } = (this.#closed = new AbortController());
    const options = { signal, capture: true };
    addEventListener('resize', this.place, options);
    addEventListener('scroll', this.place, options);
    for (let node: Node | null = button; node; node = (node as Element).assignedSlot ?? node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null)
      if (node instanceof ShadowRoot) node.addEventListener('scroll', this.place, options);
    this.#entries.at(this.startsAtEnd ? -1 : 0)?.focus();
    this.startsAtEnd = false;
  }

  /** Below the button, at its end; above it where there is no room. To be called after each update. */
  place = (): void => {
    const button = this.#button;
    const popover = this.#popover;
    if (!button || !popover) return;
    // Its row may be gone, or scrolled out of the document in a long list.
    if (!button.isConnected) return this.close(true);
    const at = button.getBoundingClientRect();
    const { width, height } = popover.getBoundingClientRect();
    const leftToRight = getComputedStyle(button).direction !== 'rtl';
    const left = leftToRight ? at.right - width : at.left;
    const below = at.bottom + GAP;
    const top = below + height > innerHeight ? at.top - GAP - height : below;
    popover.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
    popover.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  };

  /** Closes it; with `focus` its button has the focus again. */
  close(focus = false): void {
    const button = this.#button;
    if (!button) return;
    this.#button = undefined;
    this.#closed?.abort();
    this.#popover?.hidePopover();
    button.setAttribute('aria-expanded', 'false');
    // A long list may have scrolled the button's row out of the document.
    if (focus) (button.isConnected ? button : this.#host.renderRoot.querySelector<HTMLElement>('[part=list]'))?.focus();
    this.#host.requestUpdate();
  }

  #handleToggle = (): void => {
    // The event comes later: by then another menu may be open.
    if (this.#popover?.matches(':popover-open')) return;
    this.close(!!(this.#host.shadowRoot?.activeElement as Element | null)?.closest('.menu'));
  };

  #handleKeydown = (event: KeyboardEvent): void => {
    const entries = this.#entries;
    const at = entries.indexOf(event.target as HTMLElement);
    const last = entries.length - 1;
    const goTo: Record<string, number> = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last };
    if (event.key === 'Escape' || event.key === 'Tab') this.close(true);
    // The letter that an item begins with goes to the next such item.
    const letter = event.key.length === 1 ? event.key.toLocaleLowerCase() : undefined;
    const begins = (one: HTMLElement) => one.textContent.trim().toLocaleLowerCase().startsWith(letter!);
    const next = letter
      ? [...entries.slice(at + 1), ...entries.slice(0, at)].find(begins)
      : entries[goTo[event.key] ?? -1];
    if (next) {
      next.focus();
      // Firefox leaves one of which an edge can be seen where it is.
      next.scrollIntoView({ block: 'nearest' });
    }
    // Tab goes on from the button.
    else if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
  };

  render(): TemplateResult | typeof nothing {
    if (!this.#button) return nothing;
    return html`<div
      part="menu"
      class="menu"
      popover
      role="menu"
      aria-label=${this.#button.getAttribute('aria-label') ?? nothing}
      @toggle=${this.#handleToggle}
      @keydown=${this.#handleKeydown}
    >
      ${this.#items.map(
        ({ label, run, danger }) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            class=${danger ? 'danger' : nothing}
            @click=${() => {
              this.close(true);
              run();
            }}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }
}
