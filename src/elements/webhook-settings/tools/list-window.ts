import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { firstRows, MOST_ROWS } from '../list-view.js';

/** Rows beyond each edge of the screen, so that a scroll or the Tab key finds them there. */
const SPARE = 12;

/**
 * Keeps only those rows of a long list in the document that are near the screen. The others are stood in for by padding, so
 * that nothing moves: as high as they were when they were there, or else as rows are in which nothing is out of the ordinary.
 */
export class ListWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #count = 0;
  #start = 0;
  #end = firstRows();
  /** Of the lowest row. Where nothing is shown there is none. */
  #height = 0;
  /** Of the rows that have been there, by their place. */
  #heights: number[] = [];
  /** How wide the list is. */
  #width = 0;
  #frame = 0;
  readonly #observer = new ResizeObserver(([entry]) => this.#handleResize(entry!.contentRect.width));
  /** Rows also come into sight, and go, where nobody scrolls: the window grows, what is above the list goes. */
  readonly #sight = new IntersectionObserver(() => this.#handleScroll(), { threshold: [0, 1] });

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Whatever scrolls: the page, or something in it that the list is in.
    addEventListener('scroll', this.#handleScroll, true);
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#handleScroll, true);
    this.#observer.disconnect();
    this.#sight.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Which of so many rows to render. */
  range(count: number): readonly [start: number, end: number] {
    if (this.#count !== count) this.#heights = [];
    this.#count = count;
    if (count <= MOST_ROWS) {
      // The next long list begins at its top.
      [this.#start, this.#end] = [0, firstRows()];
      return [0, count];
    }
    this.#start = Math.min(this.#start, Math.max(0, count - firstRows()));
    this.#end = Math.min(this.#end, count);
    return [this.#start, this.#end];
  }

  get #rows(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.rows');
  }

  hostUpdated(): void {
    this.#pad();
    this.#sight.disconnect();
    if (this.#count > MOST_ROWS) for (const row of this.#rows?.children ?? []) this.#sight.observe(row);
    // Measured with the next frame: to measure is to lay out.
    this.#handleScroll();
  }

  /** Rows are higher in a narrow list, and have no height where it is hidden. */
  #handleResize = (width: number): void => {
    if (width === this.#width) return;
    this.#width = width;
    this.#height = 0;
    this.#heights = [];
    // With the next frame: what changes sizes while they are being told is told to the console.
    this.#handleScroll();
  };

  #handleScroll = (): void => {
    if (this.#count <= MOST_ROWS) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#follow();
    });
  };

  #heightOf(index: number): number {
    return this.#heights[index] ?? this.#height;
  }

  /** Makes room for the rows that are not there. */
  #pad(): void {
    const rows = this.#rows;
    if (!rows) return;
    let [before, after] = [0, 0];
    for (let index = 0; index < this.#start; index++) before += this.#heightOf(index);
    for (let index = this.#end; index < this.#count; index++) after += this.#heightOf(index);
    rows.style.paddingBlock = this.#count > MOST_ROWS ? `${before}px ${after}px` : '';
  }

  /** Renders other rows when those on screen come near the end of what is there. */
  #follow(): void {
    const rows = this.#rows;
    if (!rows?.clientHeight) return;
    const there = [...rows.children].map((row) => row.getBoundingClientRect().height);
    this.#height = Math.min(this.#height || Infinity, ...there);
    there.forEach((height, index) => (this.#heights[this.#start + index] = height));
    this.#pad();
    let [first, { top }] = [0, rows.getBoundingClientRect()];
    while (first < this.#count - 1 && top + this.#heightOf(first) <= 0) top += this.#heightOf(first++);
    let last = first;
    while (last < this.#count && top < innerHeight) top += this.#heightOf(last++);
    // At its top a list has all it needs until someone scrolls.
    const near = first && SPARE / 4;
    if (this.#start <= Math.max(0, first - near) && this.#end >= Math.min(this.#count, last + near)) return;
    const focused = (this.#host.shadowRoot!.activeElement as HTMLElement | null)?.closest('.row');
    this.#start = Math.max(0, first - SPARE);
    this.#end = Math.min(this.#count, last + SPARE);
    this.#host.requestUpdate();
    // The row with the focus is scrolled out of the document: the list keeps it, so that Tab goes on from here.
    if (focused) void this.#host.updateComplete.then(() => focused.isConnected || rows.parentElement?.focus());
  }
}
