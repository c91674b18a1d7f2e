import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FIRST_ROWS, MOST_ROWS } from '../list-view.js';

/** Rows beyond each edge of the screen, so that a scroll or the Tab key finds them there. */
const SPARE = 12;

/**
 * Keeps only those rows of a long list in the document that are near the screen. The rows then have one height, and the
 * others are stood in for by padding, so that nothing moves.
 */
export class ListWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #count = 0;
  #start = 0;
  #end = FIRST_ROWS;
  #height = 0;
  /** For how many rows there is room, and how wide the list is. */
  #placed = 0;
  #width = 0;
  #frame = 0;
  #resized = 0;
  readonly #observer = new ResizeObserver(([entry]) => this.#handleResize(entry!.contentRect.width));

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Whatever scrolls: the page, or something in it that the list is in.
    addEventListener('scroll', this.#handleScroll, { capture: true, passive: true });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#handleScroll, { capture: true });
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#resized);
    this.#frame = this.#resized = 0;
  }

  /** Which of so many rows to render. */
  range(count: number): readonly [start: number, end: number] {
    this.#count = count;
    if (count <= MOST_ROWS) {
      // The next long list begins at its top.
      [this.#start, this.#end] = [0, FIRST_ROWS];
      return [0, count];
    }
    this.#start = Math.min(this.#start, Math.max(0, count - FIRST_ROWS));
    return [this.#start, Math.min(count, this.#end)];
  }

  get #rows(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.rows');
  }

  hostUpdated(): void {
    const rows = this.#rows;
    if (!rows) return;
    const isPartial = this.#count > MOST_ROWS;
    // Measured once for a width: to measure is to lay out. Where nothing is shown there is no height.
    if (isPartial && !this.#height && rows.firstElementChild) {
      this.#height = rows.firstElementChild.getBoundingClientRect().height;
      this.#placed = 0;
    }
    if (this.#placed !== this.#count) {
      this.#placed = this.#count;
      this.#handleScroll();
    }
    const after = Math.max(0, this.#count - this.#end);
    const padding = isPartial ? `${this.#start * this.#height}px ${after * this.#height}px` : '';
    if (rows.style.paddingBlock !== padding) rows.style.paddingBlock = padding;
  }

  /** Rows are higher in a narrow list, and have no height where it is hidden. */
  #handleResize = (width: number): void => {
    if (width === this.#width) return;
    this.#width = width;
    this.#height = 0;
    // With the next frame: what changes sizes while they are being told is told to the console.
    if (this.#count > MOST_ROWS) this.#resized ||= requestAnimationFrame(() => {
      this.#resized = 0;
      this.#host.requestUpdate();
    });
  };

  #handleScroll = (): void => {
    if (this.#count <= MOST_ROWS) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#follow();
    });
  };

  /** Renders other rows when those on screen come near the end of what is there. */
  #follow(): void {
    const rows = this.#rows;
    if (!rows || !this.#height) return;
    const { top } = rows.getBoundingClientRect();
    const first = Math.max(0, Math.floor(-top / this.#height));
    const last = Math.min(this.#count, Math.ceil((innerHeight - top) / this.#height));
    const near = SPARE / 4;
    if (this.#start <= Math.max(0, first - near) && this.#end >= Math.min(this.#count, last + near)) return;
    const focused = (this.#host.shadowRoot!.activeElement as HTMLElement | null)?.closest('.row');
    this.#start = Math.max(0, Math.min(first, this.#count - 1) - SPARE);
    this.#end = Math.min(this.#count, Math.max(last, this.#start) + SPARE);
    this.#host.requestUpdate();
    // The row with the focus is scrolled out of the document: the list keeps it, so that Tab goes on from here.
    if (focused) void this.#host.updateComplete.then(() => focused.isConnected || rows.parentElement?.focus());
  }
}
